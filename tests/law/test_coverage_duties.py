"""Coverage duties: what the city names and the department's rule says, and shapes that are refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from supervision.errors import RuleMissing, SupervisionError
from supervision.law.coverage_duties import coverage_duties
from supervision.law.rules import Rules
from supervision.store.shipped_files import shipped_rules

GIVEN: dict[str, Any] = {
    "rule": "market/food",
    "items": ["m2", "m1"],
    "population": "tags=食品生产",
    "begins": date(2025, 1, 1),
    "months": [9, 3, 3],
}
LEAST = {"visits": 1, "years": 2, "counted": "rolling"}


class _Law:
    def __init__(self, duty: Any, numbers: Any) -> None:
        self.values = {"shared/coverage": {"food": duty}, "market/food": numbers}

    def value(self, path: str) -> Any:
        return self.values[path]


def test_a_duty_joins_the_citys_items_and_the_departments_numbers() -> None:
    """Lists are sorted and without doubles; items that count but do not do the duty are apart."""
    law = _Law(GIVEN | {"also": ["m0"]}, {"coverage": {"minimum": LEAST, "maximum": {"visits": 2, "years": 1}}})
    (duty,) = coverage_duties(law)
    assert (duty.name, duty.rule, duty.items, duty.also) == ("food", "market/food", ("m1", "m2"), ("m0",))
    assert (duty.months, duty.years, duty.counted, duty.most, duty.most_years) == ((3, 9), 2, "rolling", 2, 1)
    assert duty.done_by == ("m0", "m1", "m2")
    assert (duty.asks_of(["m2", "x"]), duty.asks_of(["m0"]), duty.begins) == (True, False, date(2025, 1, 1))


def test_a_rule_with_a_maximum_alone_asks_nobody() -> None:
    """Without a minimum no task draws for it."""
    (duty,) = coverage_duties(_Law(GIVEN, {"coverage": {"maximum": {"visits": 1, "years": 1}}}))
    assert (duty.years, duty.most, duty.asks_of(["m1"])) == (0, 1, False)


@pytest.mark.parametrize(
    "change",
    [
        {"items": []},
        {"items": "m1"},
        {"also": "m1"},
        {"months": []},
        {"months": [0]},
        {"months": [13]},
        {"months": [True]},
        {"begins": "2025"},
        {"population": 3},
        {"people": 2},
    ],
)
def test_a_duty_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    """The message names the shared rule and what stands there."""
    with pytest.raises(SupervisionError) as raised:
        coverage_duties(_Law(GIVEN | change, {"coverage": {"minimum": LEAST}}))
    assert (raised.value.code, raised.value.message.params["rule"]) == ("law.scale_shape", "shared/coverage")


def test_a_duty_names_all_that_it_needs() -> None:
    """Nothing has a default."""
    for name in GIVEN:
        with pytest.raises(SupervisionError, match="shared/coverage"):
            coverage_duties(_Law({k: v for k, v in GIVEN.items() if k != name}, {"coverage": {"minimum": LEAST}}))
    with pytest.raises(SupervisionError, match="shared/coverage"):
        coverage_duties(_Law(["food"], {"coverage": {"minimum": LEAST}}))


@pytest.mark.parametrize(
    "numbers",
    [
        "random",
        {},
        {"coverage": {}},
        {"coverage": {"most": 1}},
        {"coverage": {"minimum": LEAST | {"visits": 2}}},
        {"coverage": {"minimum": LEAST | {"years": 0}}},
        {"coverage": {"minimum": LEAST | {"years": 6}}},
        {"coverage": {"minimum": LEAST | {"years": True}}},
        {"coverage": {"minimum": LEAST | {"counted": "yearly"}}},
        {"coverage": {"minimum": {"visits": 1, "years": 2}}},
        {"coverage": {"maximum": {"visits": 0, "years": 1}}},
        {"coverage": {"maximum": {"visits": 1, "years": 0}}},
        {"coverage": {"maximum": {"visits": 1}}},
        {"coverage": {"minimum": LEAST, "maximum": {"visits": 1, "years": 3}}},
    ],
)
def test_numbers_of_another_shape_or_against_each_other_are_refused(numbers: Any) -> None:
    """The message names the department's rule; once in two years and at most once in three cannot both be."""
    with pytest.raises(SupervisionError) as raised:
        coverage_duties(_Law(GIVEN, numbers))
    assert (raised.value.code, raised.value.message.params["rule"]) == ("law.scale_shape", "market/food")


def test_once_in_two_years_at_least_and_at_most_is_a_duty() -> None:
    """Limits may meet."""
    numbers = {"coverage": {"minimum": LEAST, "maximum": {"visits": 1, "years": 2}}}
    assert coverage_duties(_Law(GIVEN, numbers))[0].most_years == 2


def test_what_is_shipped_asks_for_nothing_until_a_city_names_its_items() -> None:
    """The shipped list is empty; a city's own rests on the shipped numbers, and a rule that is not there is named."""
    assert coverage_duties(Rules.read(shipped_rules()).on(date(2026, 12, 1))) == []
    text = (
        "id: shared/coverage\ntitle: {zh: 覆盖, en: coverage}\nunit: duties\nvalues:\n  - from: 2024-01-01\n"
        "    value: {key: {rule: RULE, items: [m1], population: '*', begins: 2025-01-01, months: [1]}}\n"
        "    basis: 本市\n    verified: false\n    review_by: 2027-12-31\n"
    )
    for rule, wanted in (("market/medical_device", (1, "calendar")), ("market/food", (2, "rolling"))):
        law = Rules.read(shipped_rules(), {"shared/coverage.yaml": text.replace("RULE", rule).encode()})
        (duty,) = coverage_duties(law.on(date(2026, 12, 1)))
        assert (duty.years, duty.counted) == wanted
    lacking = Rules.read(shipped_rules(), {"shared/coverage.yaml": text.replace("RULE", "market/nothing").encode()})
    with pytest.raises(RuleMissing, match="market/nothing"):
        coverage_duties(lacking.on(date(2026, 12, 1)))
