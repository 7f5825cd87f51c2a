"""Counts of what went otherwise than drawn (监督计数), and their intervals."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pandas as pd
import pytest

from supervision.results.oversight import add_counts, all_offices, count_kinds, wilson, with_shares


def happened(*rows: tuple[str, bool]) -> pd.DataFrame:
    """Return rows of office and whether it happened."""
    return pd.DataFrame(list(rows), columns=["office", "happened"]).astype({"office": "str", "happened": "bool"})


COUNTS = count_kinds(
    {
        "changed": happened(("m-2", False), ("m-1", True), ("m-1", False)),
        "stepped_in": happened(("m-1", True), ("m-1", True), ("m-1", False)),
        "could_not": happened(),
    }
)


def test_each_office_is_counted_kind_by_kind() -> None:
    """An office stands for the kinds it has cases of, sorted by office, then in the order of the kinds."""
    assert COUNTS.values.tolist() == [
        ["m-1", "stepped_in", 2, 3],
        ["m-1", "changed", 1, 2],
        ["m-2", "changed", 0, 1],
    ]


def test_rounds_add_up_and_totals_have_every_kind() -> None:
    """Two equal rounds are twice the counts; the totals name each kind, also one that nobody has."""
    both = add_counts(pd.concat([COUNTS, COUNTS], ignore_index=True))
    assert both["number"].tolist() == [4, 2, 0]
    assert both["of"].tolist() == [6, 4, 2]
    assert all_offices(both).values.tolist() == [
        ["stepped_in", 4, 6],
        ["could_not", 0, 0],
        ["unheld", 0, 0],
        ["sent_back", 0, 0],
        ["changed", 2, 6],
        ["few_candidates", 0, 0],
    ]


def test_shares_stand_as_texts_and_nothing_has_none() -> None:
    """Percent with one digit; where there was nothing to count, no share is made up."""
    shares = with_shares(all_offices(COUNTS))
    assert shares[["kind", "percent", "low", "high"]].values.tolist()[:2] == [
        ["stepped_in", "66.7", "20.7", "93.9"],
        ["could_not", "", "", ""],
    ]


@pytest.mark.parametrize(
    ("number", "of", "low", "high"),
    [(0, 20, 0, 162), (1, 20, 8, 237), (10, 20, 299, 701), (20, 20, 838, 1000), (8, 263, 15, 59), (1, 1, 206, 1000)],
)
def test_intervals_are_wilsons(number: int, of: int, low: int, high: int) -> None:
    """Values of Newcombe (1998) and others, rounded outwards to a tenth of a percent."""
    assert wilson(number, of) == (low, high)


@pytest.mark.parametrize("of", [1, 7, 40, 1000])
def test_bounds_solve_the_score_equation(of: int) -> None:
    """Just outside a bound the score test at 5 % refuses the share, at the bound's inner tenth it does not."""
    square = Fraction("3.841458820694124")
    for number in range(0, of + 1, max(1, of // 7)):
        found = wilson(number, of)
        assert found is not None
        for bound, inward in zip(found, (1, -1), strict=True):
            outer, inner = Fraction(bound, 1000), Fraction(bound + inward, 1000)
            if 0 < outer < 1:
                assert (Fraction(number, of) - outer) ** 2 * of >= square * outer * (1 - outer)
            if 0 < inner < 1:
                assert (Fraction(number, of) - inner) ** 2 * of <= square * inner * (1 - inner)


def test_the_interval_covers_about_as_often_as_it_says() -> None:
    """Over all shares from 2 to 98 %, of 50 it covers 95 % on average and never under 88 %."""
    bounds = [wilson(number, 50) for number in range(51)]
    covered = []
    for tenth in range(20, 981, 5):
        p = Fraction(tenth, 1000)
        chances = (
            comb(50, k) * p**k * (1 - p) ** (50 - k) for k, b in enumerate(bounds) if b and b[0] <= tenth <= b[1]
        )
        covered.append(float(sum(chances)))
    assert min(covered) > 0.88
    assert 0.945 < sum(covered) / len(covered) < 0.965
