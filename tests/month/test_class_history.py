"""Classes from round to round: which round stands before, what is kept, what the report and the audit bundle say."""

from datetime import date

import pandas as pd
import pytest
from real_rounds import Play

from supervision.month import line, scoring
from supervision.month.class_history import round_before
from supervision.month.importing import import_file, import_folder
from supervision.month.round_files import AUDIT_CLASS_MOVES, CLASS_MOVES, CLASSING, EVIDENCE, SCORES
from supervision.store.store import Store

FIRST, SECOND = date(2026, 11, 22), date(2026, 11, 28)


@pytest.fixture
def play(town, tmp_path):
    """A town whose registers are in, on a day after both evidence days."""
    played = Play(tmp_path, town, "2026-11-29T09:00")
    Store.create(played.store)
    import_folder(played.city("wang-01"), town, as_of=SECOND)
    return played


def scored(play, name, on, *, rehearsal=False):
    """Score a round on a day; the round and its report."""
    city = play.city("wang-01")
    report = line.score(city, name, on=on, rehearsal=rehearsal)
    return city.round(name, rehearsal=rehearsal), report


def complain(play, unit, day):
    """Put a complaint about a unit into the register of events."""
    path = play.work / "complaint.csv"
    path.write_text(f"unit_id,kind,happened,source,known_on\n{unit},complaint,{day},12345,{day}\n", encoding="utf-8")
    assert import_file(play.city("wang-01"), "events", path, as_of=SECOND).inserted == 1


def test_first_round_has_none_before(play):
    """Nobody had a class: nothing is said of moves, and all are new."""
    round, report = scored(play, "2026-11", FIRST)
    assert round_before(round) is None
    assert "class_moves" not in report.facts
    assert set(round.read(CLASS_MOVES)["cause"]) == {"new_unit"}
    assert round.read(CLASSING)["previous"] == ""


def test_second_round_keeps_what_nothing_is_known_against(play):
    """Who has nothing new keeps the class by score; the report says how many moved, and for what cause."""
    before, _ = scored(play, "2026-11", FIRST)
    complain(play, unit := before.table(SCORES)["unit_id"].iloc[0], SECOND)
    round, report = scored(play, "2026-12", SECOND)
    facts = report.facts["class_moves"]
    was, now = before.table(SCORES).set_index("unit_id"), round.table(SCORES).set_index("unit_id")
    assert round.read(CLASSING)["previous"] == facts["since"] == "2026-11"
    assert facts["event"] == ""
    same = was["mark"] == now["mark"]
    assert not same[unit]
    assert facts["nothing_new"] == same.sum() > 400
    assert facts["changed"] <= facts["nothing_new"] // 100
    kept = same & ~now["waiting"]
    assert (was["by_score"] == now["by_score"])[kept].mean() > 0.99
    table = pd.DataFrame(facts["table"])
    assert table["units"].sum() == len(now)
    assert table.groupby("to_class")["units"].sum().to_dict() == now["class"].value_counts().to_dict()
    assert table.groupby("from_class")["units"].sum().to_dict() == was["class"].value_counts().to_dict()
    assert next(one.code for one in report.lines if one.code.startswith("month.class")) == "month.class_moves"


def test_a_rehearsal_is_no_round_before(play):
    """A rehearsal goes on from the last real round; nothing goes on from a rehearsal, nor from a later day."""
    rehearsed, _ = scored(play, "2026-11", FIRST, rehearsal=True)
    real, _ = scored(play, "2026-12", SECOND)
    assert round_before(rehearsed) is None
    assert round_before(real) is None
    again, _ = scored(play, "2027-01", SECOND, rehearsal=True)
    assert round_before(again).id == "2026-12"
    assert not round_before(again).is_rehearsal
    earlier, _ = scored(play, "2026-10", FIRST)
    assert round_before(play.city("x").round("2026-12")).id == "2026-10"
    assert round_before(earlier) is None


def test_another_rule_is_a_named_event(play):
    """A city that changes its shares classes everybody anew, and the report names the cause."""
    before, _ = scored(play, "2026-11", FIRST)
    rules = play.inputs / "rules" / "shared" / "risk_cutoff.yaml"
    text = (
        "id: shared/risk_cutoff\ntitle: {zh: 划分, en: Cut-offs}\nunit: '%'\nvalues:\n  - from: 2026-12-01\n"
        "    value: {shares: {B: 40, C: 20, D: 10}}\n    basis: 试验\n    verified: true\n    review_by: 2027-12-31\n"
    )
    try:
        rules.write_text(text, encoding="utf-8")
        round, report = scored(play, "2026-12", SECOND)
    finally:
        rules.unlink()
    facts = report.facts["class_moves"]
    assert facts["event"] == "new_rule"
    assert {row["cause"] for row in facts["table"]} >= {"new_rule", "stays"}
    assert "month.classes_anew" in [one.code for one in report.lines]
    assert facts["changed"] > facts["nothing_new"] // 100
    assert round.table(SCORES)["by_score"].value_counts()["D"] > before.table(SCORES)["by_score"].value_counts()["D"]


def test_scores_are_stale_when_the_round_before_is_scored_anew(play):
    """What the classes of before rest on is part of what these rest on."""
    scored(play, "2026-11", FIRST)
    round, _ = scored(play, "2026-12", SECOND)
    assert scoring.is_current(round)
    complain(play, round.table(SCORES)["unit_id"].iloc[0], FIRST)
    round, _ = scored(play, "2026-12", SECOND)
    assert scoring.is_current(round)
    held = round.read(EVIDENCE)
    scored(play, "2026-11", FIRST)
    round = play.city("wang-01").round("2026-12")
    assert not scoring.is_current(round)
    scored(play, "2026-12", SECOND)
    assert {**held, "previous": ""} == {**play.city("x").round("2026-12").read(EVIDENCE), "previous": ""}


def test_moves_are_for_auditors_only(rehearsal):
    """The table is in the audit bundle as it was scored, and nowhere in public."""
    audit = rehearsal.out / "audit" / "2026-12" / "class_moves.csv"
    rows = audit.read_text(encoding="utf-8").splitlines()
    assert rows[0] == "from_class,to_class,cause,units"
    assert sum(int(row.rpartition(",")[2]) for row in rows[1:]) == 1500
    assert not [path for path in (rehearsal.out / "public").rglob("*") if "class_moves" in path.name]
    assert AUDIT_CLASS_MOVES.path().startswith("audit/")
    assert not CLASS_MOVES.path().startswith(("audit/", "public/"))
