"""Months as people write them, and what makes two plans one task."""

from __future__ import annotations

import pytest
from small_years import plan

from supervision.domain.plans import months_text, parse_months
from supervision.errors import SupervisionError


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("1", (1,)),
        ("12月", (12,)),
        ("3-5", (3, 4, 5)),
        ("3月至5月、9", (3, 4, 5, 9)),
        ("1—12月", tuple(range(1, 13))),
        ("9,3 ; 3", (3, 9)),
        ("10到11", (10, 11)),
    ],
)
def test_months(text: str, months: tuple[int, ...]) -> None:
    """Single months and spans, with any dash and any separator; written again they are read the same."""
    assert parse_months(text) == months
    assert parse_months(months_text(months)) == months


@pytest.mark.parametrize("text", ["0", "13", "5-3", "0-2", "11-13", "三月", "", "3-"])
def test_months_that_nobody_can_read(text: str) -> None:
    """No month of the year, a span backwards, words: refused with the text."""
    with pytest.raises(SupervisionError) as caught:
        parse_months(text)
    assert (caught.value.code, caught.value.params["text"]) == ("domain.months_malformed", text)


def test_plans_of_one_task() -> None:
    """Department, items and months may differ; whom, how many and what is public may not."""
    first = plan("P1")
    assert first.terms == plan("P2", "fire", months=(3,)).terms
    for other in (
        {"ratio": "20%"},
        {"population": "tags=餐饮"},
        {"batches": 2},
        {"level": "city"},
        {"by_region": True},
    ):
        assert first.terms != plan("P2", **other).terms
    assert (first.apart, plan("P", access="open").apart, plan("P", group="own").apart) == (False, True, True)
    assert (months_text([1, 2, 3, 5, 7, 8]), months_text(())) == ("1-3、5、7-8", "")
