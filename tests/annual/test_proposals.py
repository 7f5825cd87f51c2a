"""Which plans are proposed as a joint task, who leads, and what it saves."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from small_years import demand, item, plan

from supervision.annual.demand import Demand
from supervision.annual.proposals import Terms, propose
from supervision.domain.plans import ALL_MONTHS
from supervision.errors import SupervisionError

TERMS = Terms(shared=Fraction(1, 2), apart=1, peak=Fraction(3, 2))
ITEMS = {name: item(name) for name in ("market-1", "fire-1", "health-1")}
EVER = [set(ALL_MONTHS)] * 3


def proposed(given: Demand, items: object = ITEMS, terms: Terms = TERMS, months: object = EVER) -> list[object]:
    """The proposals as tuples."""
    found = propose(given, items, terms, months)  # type: ignore[arg-type]
    return [(one.plans, one.lead, round(one.alone, 6), round(one.saved, 6)) for one in found]


def test_plans_that_share_units_are_joined(three: Demand) -> None:
    """The pair that shares most of the smaller population; the third shares too few."""
    assert proposed(three) == [((0, 1), 1, 38.0, 11.0)]
    assert proposed(three, terms=Terms(shared=Fraction(11, 100), apart=1, peak=Fraction(1))) == proposed(three)
    assert proposed(three, terms=Terms(shared=Fraction(9, 100), apart=1, peak=Fraction(1))) == [
        ((0, 1, 2), 2, 78.0, 13.0)
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"months": [{1, 2}, {3}, {3}]},
        {"items": ITEMS | {"fire-1": item("fire-1", half_days=3)}},
    ],
)
def test_what_keeps_plans_apart(three: Demand, change: dict[str, object]) -> None:
    """No common month, visits of very different length."""
    assert proposed(three, **change) == []


@pytest.mark.parametrize("off_site", [{0}, {1}, {0, 1}])
def test_what_is_checked_off_site_is_joined_with_nothing(three: Demand, off_site: set[int]) -> None:
    """Papers open no door, beside a visit or beside other papers."""
    assert proposed(replace(three, off_site=frozenset(off_site))) == []


@pytest.mark.parametrize("more", [{"level": "county"}, {"access": "open"}, {"group": "own"}])
def test_other_levels_and_lists_of_their_own_stay_alone(three: Demand, more: dict[str, str]) -> None:
    """One level of government comes to a door; lists with numbers of their own meet nobody."""
    plans = (three.plans[0], plan("P2", "fire", **more), three.plans[2])
    given = demand(plans, list(zip(three.units.tolist(), three.chance.tolist(), strict=True)))
    assert proposed(given) == []


def test_low_frequency_joins_high() -> None:
    """A plan of one batch joins one of the two months of another, if there are two in common."""
    plans = (plan("P1", batches=2), plan("P2", "fire"))
    given = demand(plans, [(100, (0.1, 0.2))])
    assert proposed(given, months=[{1, 2, 3}, {2, 3}]) == [((0, 1), 0, 40.0, 10.0)]
    assert proposed(given, months=[{1, 2, 3}, {3}]) == []


def test_rule_is_read_or_refused() -> None:
    """The rule's three fields become exact figures; one that lacks a field is named."""
    assert Terms.of({"shared_units": "50%", "half_days_apart": 1, "peak": "150%"}) == TERMS
    with pytest.raises(SupervisionError) as caught:
        Terms.of({"shared_units": "50%", "half_days_apart": 1})
    assert (caught.value.code, caught.value.params["field"]) == ("annual.rule_field", "peak")
