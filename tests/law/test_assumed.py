"""Assumed rules: a value over another, in memory, and nothing that is misspelt passes as a table without difference."""

from __future__ import annotations

from datetime import date

import pytest

from supervision.errors import SupervisionError
from supervision.law.assumed import Assumption, assume, differences, overlaid
from supervision.law.review import due, later
from supervision.law.rules import Rules

DAY = date(2026, 12, 1)


def rule(name: str, *values: str, example: str = "") -> tuple[str, bytes]:
    """Return a rule file of dated values, each `from|value|verified|review_by`."""
    lines = [f"id: shared/{name}", f"title: {{zh: 规则{name}, en: rule {name}}}", "unit: none", "values:"]
    for value in values:
        since, what, verified, review = value.split("|")
        lines.append(f"  - {{from: {since}, value: {what}, basis: b, verified: {verified}, review_by: {review}}}")
    if example:
        lines.insert(3, f"example: {example}")
    return f"shared/{name}.yaml", "\n".join(lines).encode()


FILES = dict(
    [
        rule("ratio", "2024-01-01|{A: 1%, D: 30%}|true|2027-12-31", "2026-06-01|{A: 1%, D: 35%}|true|2027-12-31"),
        rule("days", "2024-01-01|3|false|2026-11-30", "2027-01-01|9|false|2028-12-31"),
        rule("later", "2024-01-01|1|true|2027-02-28"),
        (
            "shared/unset.yaml",
            "id: shared/unset\ntitle: {zh: 甲, en: a}\nunit: n\nexample: {x: 1}\nvalues: []".encode(),
        ),
    ]
)


@pytest.mark.parametrize(
    ("text", "path", "field", "value"),
    [
        ("shared/days=5", "shared/days", "", 5),
        (" shared/ratio.D = 50% ", "shared/ratio", "D", "50%"),
        ("shared/ratio={A: 2%, D: 50%}", "shared/ratio", "", {"A": "2%", "D": "50%"}),
        ("tasks/T.1.ratio=A=2%;D=50%", "tasks/T.1", "ratio", "A=2%;D=50%"),
        ("shared/days=null", "shared/days", "", None),
    ],
)
def test_an_assumption_is_read_as_in_a_rule_file(text, path, field, value):
    """The field stands after the last point, the value after the first equals sign."""
    assert Assumption.parse(text) == Assumption(path=path, field=field, value=value)


@pytest.mark.parametrize("text", ["shared/days", "=5", "shared/days=", "shared/ratio.=5", ".D=5"])
def test_what_is_no_assumption_is_refused(text):
    """Without rule, field or value there is nothing to assume."""
    with pytest.raises(SupervisionError) as refused:
        Assumption.parse(text)
    assert refused.value.code == "law.assumed.malformed"


def test_assumed_values_are_in_force_all_year_and_the_rules_stay():
    """One field is replaced, the others stay as they are in force; the given rules do not change."""
    rules = Rules.read(FILES)
    made = assume(rules, [Assumption.parse("shared/ratio.D=50%"), Assumption.parse("shared/ratio.A=3%")], on=DAY)
    assert made.on(DAY).value("shared/ratio") == {"A": "3%", "D": "50%"}
    assert made.on(date(2026, 1, 1)).value("shared/ratio") == {"A": "3%", "D": "50%"}
    assert made.on(date(2025, 12, 31)).value("shared/ratio") == {"A": "1%", "D": "30%"}
    assert rules.on(DAY).value("shared/ratio") == {"A": "1%", "D": "35%"}
    later_value = assume(rules, [Assumption.parse("shared/days=5")], on=DAY)
    assert (later_value.on(DAY).value("shared/days"), later_value.on(date(2027, 1, 1)).value("shared/days")) == (5, 9)
    assert [(was.value, will.value) for was, will in differences(rules.on(DAY), later_value.on(DAY))] == [(3, 5)]
    filled = assume(rules, [Assumption.parse("shared/unset={x: 2}")], on=DAY)
    assert [(was, will.value) for was, will in differences(rules.on(DAY), filled.on(DAY))] == [(None, {"x": 2})]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("shared/dais=5", "law.assumed.rule_unknown"),
        ("shared/ratio.E=5%", "law.assumed.field_unknown"),
        ("shared/days.hours=5", "law.assumed.field_unknown"),
        ("shared/unset.x=5", "law.assumed.whole_value"),
        ("shared/days=3", "law.assumed.no_difference"),
        ("shared/ratio.D=35%", "law.assumed.no_difference"),
    ],
)
def test_an_assumption_that_would_change_nothing_is_refused(text, code):
    """A misspelt rule or field, or the value in force."""
    with pytest.raises(SupervisionError) as refused:
        assume(Rules.read(FILES), [Assumption.parse(text)], on=DAY)
    assert refused.value.code == code


def test_a_folder_takes_the_place_of_the_citys_own_files():
    """Same path, later date wins over the shipped file; the city's own file of that path no longer counts."""
    city = dict([rule("days", "2025-01-01|4|true|2027-12-31"), rule("later", "2025-01-01|2|true|2027-12-31")])
    made = overlaid(FILES, city, dict([rule("days", "2025-06-01|8|true|2027-12-31")])).on(DAY)
    assert (made.value("shared/days"), made.value("shared/later")) == (8, 2)
    assert (
        overlaid(FILES, city, dict([rule("days", "2025-06-01|8|true|2027-12-31")]))
        .on(date(2025, 3, 1))
        .value("shared/days")
        == 3
    )
    for wrong in ({}, dict([rule("new", "2025-01-01|1|true|2027-12-31")]), {"calendar/2026.yaml": b""}):
        with pytest.raises(SupervisionError) as refused:
            overlaid(FILES, city, wrong)
        assert refused.value.code in ("law.assumed.folder_empty", "law.assumed.rule_unknown")


def test_rules_due_for_review():
    """Overdue ones first; one whose day is the last of the stretch is near; what is not in force is left out."""
    law = Rules.read(FILES).on(DAY)
    assert [(one.entry.path, one.days, one.passed) for one in due(law, months=3)] == [
        ("shared/days", -1, True),
        ("shared/later", 89, False),
    ]
    assert [one.entry.path for one in due(law, months=2)] == ["shared/days"]
    at_end = Rules.read(FILES).on(date(2026, 11, 30))
    assert [(one.entry.path, one.days, one.passed) for one in due(at_end, months=0)] == [("shared/days", 0, False)]
    assert [one.entry.path for one in due(at_end, months=3)] == ["shared/days", "shared/later"]


def test_months_later():
    """The same day of the month, or the last day of a shorter one."""
    assert later(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert later(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert later(date(2026, 11, 15), 1) == date(2026, 12, 15)
    assert later(date(2026, 1, 15), -1) == date(2025, 12, 15)
