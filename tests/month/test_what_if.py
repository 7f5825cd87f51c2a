"""The same month under another rule: what differs is the rule alone, nothing is saved, nobody is named."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from supervision.errors import SupervisionError, UsageError
from supervision.month import what_if as comparing
from supervision.month.assumed_round import AssumedRound
from supervision.month.city import City
from supervision.month.round_files import COMMITMENT, DRAWN, SCORES, Step
from supervision.planner.plan import Budget

ROUND = "2026-12"
COUNTS = ("framed", "capped", "drawn", "duties", "held", "unheld", "doors")


@pytest.fixture(autouse=True)
def little_search(monkeypatch):
    """Plan in this process and with little search."""
    monkeypatch.setattr(comparing, "BUDGET", Budget(turns=1, rescue=1, processes=1))


@pytest.fixture
def round(rehearsal):
    """Return the rehearsed month of the city, only to read."""
    return City.open(rehearsal.store, who="tester", rules=rehearsal.inputs / "rules").round(ROUND, rehearsal=True)


def figures(report):
    """Return both sides' figures."""
    return report.facts["figures"]["is"], report.facts["figures"]["assumed"]


def bytes_of(folder: Path) -> dict[str, str]:
    """Return the digest of every file below a folder but the database's own side files."""
    paths = [p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.endswith(("-wal", "-shm"))]
    return {str(p.relative_to(folder)): sha256(p.read_bytes()).hexdigest() for p in paths}


def test_a_greater_share_of_one_class(round, rehearsal):
    """D at 100 % in every task that names it: all of D is reached, the frames stay, the left column is the month."""
    before = bytes_of(rehearsal.store.parent)
    report = comparing.what_if(round, assumptions=["tasks/*.D=100%"])
    now, then = figures(report)
    assert bytes_of(rehearsal.store.parent) == before
    assert (now["framed"], now["capped"]) == (then["framed"], then["capped"])
    assert then["drawn"] > now["drawn"] and then["doors"] > now["doors"]
    assert then["coverage_by_class"]["D"] > now["coverage_by_class"]["D"]
    assert then["expected_visited"] > now["expected_visited"]
    assert then["coverage_by_class"]["C"] == pytest.approx(now["coverage_by_class"]["C"], abs=0.02)
    assert report.facts["committed_sample"] == sum(task.sample for task in round.read(COMMITMENT).tasks)
    codes = [line.code for line in report.lines]
    assert "month.what_if_moved" not in codes and codes[-1] == "month.what_if_not_a_draw"
    said = "\n".join(line.text(lang) for line in report.lines for lang in ("zh", "en")) + json.dumps(report.facts)
    units = round.table(DRAWN)["unit_id"]
    assert not [unit for unit in units if unit in said]


def test_the_left_column_is_the_month_and_its_draw_another_one(round):
    """A rule that nothing of it rests on: both columns are alike and the report says why."""
    report = comparing.what_if(round, assumptions=["shared/publication_deadline.working_days=10"])
    now, then = figures(report)
    assert now == then
    assert "month.what_if_alike" in [line.code for line in report.lines]
    assert now["held"] + now["unheld"] >= now["duties"] >= now["drawn"] > 0
    assert now["expected_visited"] == pytest.approx(now["drawn"], rel=0.2)
    assert report.facts["rules"] == [
        {"rule": "shared/publication_deadline", "is": {"working_days": 20}, "assumed": {"working_days": 10}}
    ]


def test_a_higher_cap_lets_units_into_the_frames(round):
    """Caps of the rule and of the register together; the units that a cap left out come back."""
    report = comparing.what_if(
        round,
        assumptions=[
            "shared/yearly_visit_cap={same_agency: 9, all_agencies: 9}",
            *(
                f"{rule}.{field}={value}"
                for rule in (
                    "caps/all/all",
                    "caps/market/all",
                    "caps/all/x78cffeae38ed",
                    "caps/emergency/x409d0719010a",
                )
                for field, value in (("per_year", 9), ("min_interval_days", "null"))
            ),
        ],
    )
    now, then = figures(report)
    assert "caps/market/all" in now["capped_by_rule"]
    assert then["capped_by_rule"] and all(rule.startswith("items/") for rule in then["capped_by_rule"])
    assert then["framed"] >= now["framed"] and then["expected_visited"] > now["expected_visited"]


def test_a_rule_of_classes_classes_both_sides_anew(round):
    """With other bounds more units are of class D; the classes of the store stay."""
    classes = round.table(SCORES)["class"].value_counts().to_dict()
    report = comparing.what_if(round, assumptions=["shared/risk_cutoff={shares: {B: 25, C: 9, D: 3}}"])
    now, then = figures(report)
    assert then["expected_visited"] > now["expected_visited"]
    assert round.table(SCORES)["class"].value_counts().to_dict() == classes


def test_a_folder_of_rules(round, tmp_path):
    """A folder holds whole rule files."""
    file = tmp_path / "shared" / "minimum_inspectors.yaml"
    file.parent.mkdir()
    file.write_text(
        "id: shared/minimum_inspectors\ntitle: {zh: 最少人数, en: least}\nunit: people\nvalues:\n"
        "  - {from: 2026-01-01, value: 3, basis: b, verified: true, review_by: 2027-12-31}\n",
        encoding="utf-8",
    )
    report = comparing.what_if(round, assumptions=[], folder=tmp_path)
    assert report.facts["rules"] == [{"rule": "shared/minimum_inspectors", "is": 2, "assumed": 3}]
    now, then = figures(report)
    assert (now["framed"], now["drawn"]) == (then["framed"], then["drawn"])
    assert now["unheld"] <= then["unheld"] and now["overloaded"] <= then["overloaded"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("tasks/T99.ratio=3%", "month.assumed_task"),
        ("tasks/T11-disclosure.D=3%", "month.assumed_class"),
        ("tasks/T01-food.ratio=many", "domain.ratio.allocation_malformed"),
        ("caps/market/none.per_year=2", "month.assumed_cap"),
        ("caps/market/all.per_year=null", "month.assumed_cap_field"),
        ("caps/market/all.per_year=-1", "month.assumed_cap_field"),
        ("caps/market/all.basis=2", "month.assumed_cap_field"),
        ("tasks/T01-food.D=101%", "domain.ratio.share_malformed"),
    ],
)
def test_what_a_round_does_not_rest_on_is_refused(round, text, code):
    """Each is named with what there is."""
    with pytest.raises(SupervisionError) as refused:
        comparing.what_if(round, assumptions=[text])
    assert refused.value.code == code


def test_nothing_assumed_is_no_question(round):
    """Without any assumption there is nothing to compare."""
    with pytest.raises(UsageError) as refused:
        comparing.what_if(round, assumptions=[])
    assert refused.value.code == "month.what_if_same"


def test_a_step_under_assumed_rules_is_never_saved(round):
    """Nobody can commit by what was assumed."""
    with pytest.raises(UsageError) as refused, AssumedRound(round, round.rules).save(Step.PLAN, 2):
        raise AssertionError("the block must not be entered")
    assert (refused.value.code, refused.value.params["step"]) == ("month.assumed_unsaved", "plan-2")
