"""Sample sizes as exact fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest

from supervision.errors import SupervisionError
from supervision.sampling.frame.allocation import class_quotas, overall_quotas, reserves, round_quotas

F = Fraction
RATIOS = {"A": F(1, 100), "B": F(2, 100), "C": F(10, 100), "D": F(30, 100)}


@pytest.mark.parametrize(
    ("units", "sizes"),
    [
        ({"A": 1050, "B": 175}, {"A": 11, "B": 3}),
        ({"A": 700, "D": 10}, {"A": 7, "D": 3}),
        ({"A": 30, "B": 20, "C": 5, "D": 2}, {"A": 1, "B": 1, "C": 1, "D": 1}),
        ({"A": 150, "B": 50}, {"A": 2, "B": 1}),
        ({"D-320505": 10, "D-320506": 10, "D-320507": 15}, {"D-320505": 3, "D-320506": 3, "D-320507": 5}),
    ],
)
def test_quotas_round_once(units: dict[str, int], sizes: dict[str, int]) -> None:
    """The total is the sum of quotas rounded half up; remainders decide, then ids; one a stratum at least."""
    assert round_quotas(class_quotas(units, RATIOS, task_id="T"), units) == sizes


def test_seven_percent_of_a_hundred_is_seven() -> None:
    """No float: math.ceil(0.07 * 100) would be 8."""
    assert round_quotas(class_quotas({"A": 100}, {"A": F(7, 100)}, task_id="T"), {"A": 100}) == {"A": 7}
    assert reserves({"A": 100}, {"A": 900}, F(7, 100)) == {"A": 7}


def test_overall_sample_follows_risk_within_bounds() -> None:
    """100 of 1,000 A, 50 C and 10 D in proportion to units × ratio; what D cannot take goes to the others."""
    units = {"A": 1000, "C": 50, "D": 10}
    quotas = overall_quotas(units, RATIOS, F(100), task_id="T")
    assert quotas == {"D": 10, "C": F(450, 15), "A": F(900, 15)}
    assert round_quotas(quotas, units) == {"A": 60, "C": 30, "D": 10}


def test_a_maximum_bounds_rounding() -> None:
    """10 % of 105 is 10.5: rounded up it would pass the limit of 10 units, so it is cut. It never yields to strata."""
    quotas = class_quotas({"C": 105}, RATIOS, task_id="T")
    assert round_quotas(quotas, {"C": 105}) == {"C": 11}
    assert round_quotas(quotas, {"C": 105}, most=10) == {"C": 10}
    with pytest.raises(ValueError, match="2 strata"):
        round_quotas({"A": F(1, 2), "B": F(1, 2)}, {"A": 5, "B": 5}, most=1)


@pytest.mark.parametrize(
    ("allocation", "found"), [(F(1, 5), {"A": 2, "D": 1}), (5, {"A": 4, "D": 2}), (F(2), {"A": 20, "D": 2})]
)
def test_reserves(allocation: Fraction | int, found: dict[str, int]) -> None:
    """A ratio or number, rounded up in each stratum, never above the units that are left."""
    assert reserves({"A": 10, "D": 5}, {"A": 100, "D": 7}, allocation) == found


@pytest.mark.parametrize(
    ("ratios", "code"),
    [({"A": F(1)}, "sampling.class_without_ratio"), ({"A": F(1), "D": F(0)}, "sampling.class_ratio")],
)
def test_a_class_that_could_never_be_drawn(ratios: dict[str, Fraction], code: str) -> None:
    """A class with units needs a ratio above zero."""
    with pytest.raises(SupervisionError) as caught:
        class_quotas({"A": 10, "D": 3}, ratios, task_id="T")
    assert (caught.value.code, caught.value.params["name"]) == (code, "D")


def test_more_than_all() -> None:
    """A number above the frame is refused, not cut in silence."""
    with pytest.raises(SupervisionError, match="13"):
        overall_quotas({"A": 10, "D": 3}, RATIOS, F(14), task_id="T")
