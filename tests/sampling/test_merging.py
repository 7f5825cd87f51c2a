"""Which strata are put together to stay within a legal maximum."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from supervision.sampling.frame.merging import merge_strata

REGIONS = "A-320505 A-320506 B-320505 D-320506"


@pytest.mark.parametrize(
    ("names", "most", "kept"),
    [
        ("A B C D", 9, "A B C D"),
        ("A B C D", 4, "A B C D"),
        ("A B C D", 3, "AB C D"),
        ("A B C D", 2, "ABC D"),
        ("A B C D", 1, "all"),
        ("B D", 1, "all"),
        ("B C D", 2, "BC D"),
        ("A C D", 2, "AC D"),
        ("D", 1, "D"),
        ("all", 1, "all"),
        (REGIONS, 4, REGIONS),
        (REGIONS, 3, "A B D"),
        (REGIONS, 2, "AB D"),
        (REGIONS, 1, "all"),
        ("D-320505 D-320506", 1, "D"),
        ("all-320505 all-320506", 1, "all"),
    ],
)
def test_strata_that_are_left(names: str, most: int, kept: str) -> None:
    """Never more strata than units allowed, no more merged than needed, and names that the protocol allows."""
    merging = merge_strata(names.split(), most=most)
    assert sorted(set(merging.into.values())) == kept.split()
    assert sorted(merging.into) == names.split()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]{1,40}", name) for name in merging.into.values())
    assert bool(merging.steps) == (names != kept)


def test_order_of_the_names_does_not_matter() -> None:
    """The same strata in another order are merged the same way."""
    assert merge_strata(["D", "B", "A"], most=2) == merge_strata(["A", "B", "D"], most=2)


def test_units_and_quotas_are_added() -> None:
    """What is merged has the units and the exact quotas of its parts."""
    merging = merge_strata(["A-320505", "A-320506", "B-320505", "D-320506"], most=2)
    assert merging.units({"A-320505": 8, "A-320506": 6, "B-320505": 5, "D-320506": 2}) == {"AB": 19, "D": 2}
    third = Fraction(1, 3)
    quotas = {"A-320505": third, "A-320506": third, "B-320505": third, "D-320506": Fraction(3, 5)}
    assert merging.quotas(quotas) == {"AB": Fraction(1), "D": Fraction(3, 5)}
