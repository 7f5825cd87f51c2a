"""Which rules are due, what a month rested on, and how the list of items changed."""

from __future__ import annotations

from datetime import date

import pytest

from supervision.errors import UsageError
from supervision.month.city import City
from supervision.month.item_watch import item_changes
from supervision.month.law_watch import rules_due, rules_used
from supervision.month.unverified import READ, unverified

ROUND = "2026-12"


def test_rules_due(city):
    """The source list is to be reviewed by the end of 2026: near in December, passed in January, with exit code 4."""
    near = rules_due(city / "rules", on=date(2026, 12, 1), months=1)
    passed = rules_due(city / "rules", on=date(2027, 1, 1), months=1)
    assert [(row["path"], row["days"], row["passed"], row["read"]) for row in near.facts["rules"]] == [
        ("shared/draw_source", 30, False, True)
    ]
    assert (near.exit_code, near.facts["passed"]) == (0, 0)
    assert [(row["path"], row["days"]) for row in passed.facts["rules"]] == [("shared/draw_source", -1)]
    assert (passed.exit_code, passed.facts["passed"]) == (4, 1)
    assert [line.code for line in passed.lines] == ["month.due_head", "month.due_passed"]


def test_what_a_rehearsal_rested_on(rehearsal):
    """All rules of the demo city are unverified, and a rehearsal needs nobody's acceptance."""
    city = City.open(rehearsal.store, who="tester", rules=rehearsal.inputs / "rules")
    round = city.round(ROUND, rehearsal=True)
    report = rules_used(round)
    assert [row["path"] for row in report.facts["rules"]] == [entry.path for entry in unverified(round.law)]
    assert report.facts["unverified"] == len(unverified(round.law)) <= report.facts["read"] <= len(READ)
    assert (report.facts["overdue"], report.facts["accepted"], report.facts["changed"]) == (0, None, [])
    assert [line.code for line in report.lines][:2] == ["month.used_head", "month.used_rehearsal"]


def test_what_a_real_month_rested_on_and_what_changed_since(at, tmp_path):
    """Who accepted the rules; a rule that the city changes afterwards is named with both values."""
    play = at("committed")
    city = City.open(play.store, who="tester")
    report = rules_used(city.round(ROUND))
    assert report.facts["accepted"]["rules"] == [row["path"] for row in report.facts["rules"]]
    assert "month.used_accepted" in [line.code for line in report.lines]
    file = play.store.parent / "rules" / "shared" / "class_ratio.yaml"
    text = file.read_text(encoding="utf-8")
    assert "30%" in text
    file.write_text(text.replace("30%", "50%").replace("verified: false", "verified: true"), encoding="utf-8")
    again = rules_used(City.open(play.store, who="tester").round(ROUND))
    assert [row["rule"] for row in again.facts["changed"]] == ["shared/class_ratio"]
    assert (again.facts["changed"][0]["then"]["D"], again.facts["changed"][0]["now"]["D"]) == ("30%", "50%")
    assert again.facts["unverified"] == report.facts["unverified"]


def test_a_round_must_be_committed(rehearsal):
    """Before the commitment nothing rests on anything."""
    city = City.open(rehearsal.store, who="tester", rules=rehearsal.inputs / "rules")
    with pytest.raises(UsageError) as refused:
        rules_used(city.upcoming("2027-01"))
    assert refused.value.code == "month.step_missing"


def test_the_list_of_items(rehearsal):
    """Entered in November, in force since January: the whole list is new, and records reach two years back."""
    city = City.open(rehearsal.store, who="tester", rules=rehearsal.inputs / "rules")
    report = item_changes(city, date(2026, 11, 1), date(2026, 12, 1))
    codes = [line.code for line in report.lines]
    assert report.facts["added"] == report.facts["items"] == codes.count("month.items_added") > 20
    assert (report.facts["removed"], report.facts["changed"]) == (0, 0)
    assert "month.items_none_before" in codes and "month.items_short_records" in codes
    assert {row["state"] for row in report.facts["unused"]["items"]} == {"young"}
    assert report.facts["unused"]["since"] == date(2021, 12, 1)
    same = item_changes(city, date(2026, 12, 1), date(2026, 12, 2))
    assert same.facts["changes"] == [] and "month.items_none_before" not in [line.code for line in same.lines]
    with pytest.raises(UsageError) as refused:
        item_changes(city, date(2026, 12, 1), date(2026, 12, 1))
    assert refused.value.code == "month.items_days"
