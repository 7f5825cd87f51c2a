"""Proportion: which lists may apply, by item, severity, first time, corrected in time; advice and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from supervision.errors import SupervisionError
from supervision.law.rules import Rules
from supervision.results.proportion import RULE, Finding, applicable, earlier_months
from supervision.store import shipped_files

SHIPPED = Rules.read(shipped_files.shipped_rules()).on(date(2026, 12, 1)).value(RULE)


def advised(result: str, *, first: bool = True, item: str = "market-food") -> dict[str, bool]:
    """Entries of the shipped rule that may apply → whether only once corrected."""
    found = applicable(SHIPPED, Finding(item_id=item, result=result, first_time=first))
    assert found is not None
    return {one.entry: one.if_corrected for one in found}


def test_by_severity_first_time_and_correction() -> None:
    """A corrected first finding has leniency; one not corrected has it on terms; a grave one has discretion alone."""
    assert advised("E") == {"statute-33-minor": False, "statute-33-first": False, "suzhou-leniency-2": False}
    assert advised("E", first=False) == {"statute-33-minor": False}
    assert advised("A") == {
        "statute-33-first": True,
        "statute-32": True,
        "suzhou-leniency-2": True,
        "discretion": False,
    }
    assert advised("A", first=False) == {"statute-32": True, "discretion": False}
    assert advised("C") == {"statute-32": True, "discretion": False}
    assert advised("8") == {"discretion": False}


def entry(**changes: object) -> dict[str, object]:
    """A rule of one entry."""
    one = {"id": "x", "items": ["a", "b"], "severity": [1], "first_time": None, "corrected": None, "basis": "某办法"}
    one |= {"advice": {"zh": "可从轻", "en": "lighter"}, **changes}
    return {"severity": {"A": 1, "E": 1}, "corrected": ["E"], "earlier_months": 12, "entries": [one]}


@pytest.mark.parametrize(
    ("changes", "finding", "many"),
    [
        ({}, ("a", "A", True), 1),
        ({}, ("c", "A", True), 0),
        ({"items": ["*"]}, ("c", "A", True), 1),
        ({"severity": [2]}, ("a", "A", True), 0),
        ({"first_time": True}, ("a", "A", False), 0),
        ({"first_time": False}, ("a", "A", True), 0),
        ({"first_time": False}, ("a", "A", False), 1),
        ({"corrected": False}, ("a", "E", True), 0),
        ({"corrected": False}, ("a", "A", True), 1),
        ({"corrected": True}, ("a", "E", True), 1),
    ],
)
def test_each_condition(changes: dict[str, object], finding: tuple[str, str, bool], many: int) -> None:
    """Item, severity, first time and correction each decide alone."""
    item, result, first = finding
    found = applicable(entry(**changes), Finding(item_id=item, result=result, first_time=first))
    assert found is not None
    assert [(one.basis, one.severity, one.advice.en) for one in found] == [("某办法", 1, "lighter")] * many


def test_a_result_of_which_the_rule_says_nothing() -> None:
    """None, so that somebody looks; the years are the rule's own."""
    assert applicable(entry(), Finding(item_id="a", result="Z", first_time=True)) is None
    assert earlier_months(entry()) == 12
    assert earlier_months(SHIPPED) == 24


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        ("x", "severity corrected earlier_months entries"),
        ({"severity": {}, "corrected": [], "entries": []}, "earlier_months"),
        ({**entry(), "entries": [{"id": "x"}]}, "entries[1].items"),
        ({**entry(), "entries": [None]}, "entries[1].id"),
    ],
)
def test_a_rule_of_another_shape(rule: object, named: str) -> None:
    """What is missing is named, field by field."""
    with pytest.raises(SupervisionError) as refused:
        applicable(rule, Finding(item_id="a", result="A", first_time=True))
    assert refused.value.code == "results.proportion_rule"
    assert named in refused.value.text("zh")
