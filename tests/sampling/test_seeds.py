"""Sources, values, key strings and the schedule of sources."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from supervision.errors import SupervisionError
from supervision.sampling.protocol.seeds import Source, check_sources, key_string, parse_values
from supervision.sampling.protocol.source_schedule import schedule_sources

DICE = Source(
    name="dice",
    issue="2026-11-26",
    kind="sequence",
    count=2,
    low=0,
    high=999,
    at="2026-11-26T15:15:00+08:00",
    deadline="2026-11-26T17:00:00+08:00",
    fallback="none",
)
EVENING = {"at": "2026-11-26T21:15:00+08:00", "deadline": "2026-11-27T09:15:00+08:00"}
RED = replace(DICE, name="red", kind="set", count=6, low=1, high=33, **EVENING)
BLUE = replace(DICE, name="blue", kind="number", count=1, low=1, high=16, **EVENING)
VALUES = {"dice": ["442", "918"], "red": ["31", "06", "09", "14", "20", "27"], "blue": ["11"]}

RULE: dict[str, list[dict[str, Any]]] = {
    "first": [
        {"name": "dice", "kind": "sequence", "count": 5, "low": 0, "high": 999, "before_last_hours": 6}
        | {"deadline_hours": 2, "fallback": "f"},
        {"name": "red", "kind": "set", "count": 6, "low": 1, "high": 33, "weekdays": [2, 4, 7], "time": "21:15"}
        | {"deadline_hours": 12, "fallback": "f"},
    ]
}


def test_key_string_of_the_protocol() -> None:
    """The example of section 4: sets ascending, sequences as thrown, no leading zeros."""
    assert key_string([DICE, RED, BLUE], VALUES) == "442.918./6.9.14.20.27.31./11./"


@pytest.mark.parametrize("text", ["6,9,14", "6 9 14", "6、9，14", " 6;9 ; 14 "])
def test_values_as_people_write_them(text: str) -> None:
    """Commas and blanks of both kinds part values."""
    assert parse_values(text) == ["6", "9", "14"]


@pytest.mark.parametrize(
    ("name", "texts", "code"),
    [
        ("dice", ["1"], "sampling.value_count"),
        ("dice", ["1", "1000"], "sampling.value"),
        ("dice", ["1", "-1"], "sampling.value"),
        ("dice", ["1", "１"], "sampling.value"),
        ("blue", ["0"], "sampling.value"),
        ("red", ["6", "06", "1", "2", "3", "4"], "sampling.value_twice"),
    ],
)
def test_wrong_values_name_their_source(name: str, texts: list[str], code: str) -> None:
    """Count, range, digits and doubles are refused, with the source's name."""
    with pytest.raises(SupervisionError) as caught:
        key_string([DICE, RED, BLUE], VALUES | {name: texts})
    assert (caught.value.code, caught.value.params["name"]) == (code, name)


def test_missing_and_unknown_sources() -> None:
    """Values must be those of the sources, no fewer and no more."""
    with pytest.raises(SupervisionError, match="blue"):
        key_string([DICE, RED, BLUE], {"dice": VALUES["dice"], "red": VALUES["red"]})
    with pytest.raises(SupervisionError, match="green"):
        key_string([DICE, RED, BLUE], VALUES | {"green": ["1"]})


@pytest.mark.parametrize(
    ("sources", "code"),
    [
        ([], "sampling.source_names"),
        ([RED, RED], "sampling.source_names"),
        ([RED, BLUE, DICE], "sampling.source_order"),
        ([DICE, BLUE], "sampling.entropy_last"),
        ([RED, BLUE], "sampling.entropy_all"),
        ([replace(DICE, kind="dice"), RED], "sampling.source_shape"),
        ([DICE, replace(BLUE, count=2)], "sampling.source_shape"),
        ([DICE, replace(RED, count=40)], "sampling.source_shape"),
        ([replace(DICE, at="2026-11-26T15:15:00"), RED], "sampling.source_time"),
        ([DICE, replace(RED, deadline="2026-11-26T21:00:00+08:00")], "sampling.source_time"),
    ],
)
def test_lists_of_sources_that_are_refused(sources: list[Source], code: str) -> None:
    """Order, randomness, shape and times of a commitment's sources."""
    with pytest.raises(SupervisionError) as caught:
        check_sources(sources)
    assert caught.value.code == code


def test_sources_come_after_the_commitment() -> None:
    """A source less than the interval after the commitment is refused, one exactly at it is not."""
    check_sources([DICE, RED], committed_at="2026-11-25T15:15:00+08:00", interval_hours=24)
    with pytest.raises(SupervisionError, match="dice"):
        check_sources([DICE, RED], committed_at="2026-11-25T15:15:01+08:00", interval_hours=24)


@pytest.mark.parametrize(
    ("after", "dice", "red"),
    [
        ("2026-11-25T09:00:00+08:00", "2026-11-26T15:15:00+08:00", "2026-11-26T21:15:00+08:00"),
        ("2026-11-25T15:15:00+08:00", "2026-11-26T15:15:00+08:00", "2026-11-26T21:15:00+08:00"),
        ("2026-11-25T15:16:00+08:00", "2026-11-29T15:15:00+08:00", "2026-11-29T21:15:00+08:00"),
        ("2026-11-28T00:00:00+08:00", "2026-11-29T15:15:00+08:00", "2026-11-29T21:15:00+08:00"),
    ],
)
def test_first_regular_draw_late_enough(after: str, dice: str, red: str) -> None:
    """The last event is the first regular draw that leaves the dice, too, a day after the commitment."""
    found = schedule_sources(RULE, after, 24)
    assert [(source["name"], source["at"]) for source in found] == [("dice", dice), ("red", red)]
    assert found[1]["issue"] == red[:10]
    assert schedule_sources(RULE, after, 24, issues={"red": "2026139"})[1]["issue"] == "2026139"


def test_a_rule_that_gives_no_date() -> None:
    """Dice alone have no regular day."""
    with pytest.raises(SupervisionError, match="first"):
        schedule_sources({"first": RULE["first"][:1]}, "2026-11-25T09:00:00+08:00", 24)
