"""Jumps in score: two real rounds, one ruler; a card that was trained anew is nobody's jump."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from real_rounds import Play

from supervision.month import line
from supervision.month.importing import import_file, import_folder
from supervision.month.round_files import SCORECARD, SCORES
from supervision.month.score_rises import newest_scored, rises
from supervision.month.warning_making import make_warnings
from supervision.store.store import Store

FIRST, SECOND = date(2026, 11, 22), date(2026, 11, 28)


@pytest.fixture
def play(town, tmp_path):
    """A town whose registers are in, on a day after both evidence days."""
    played = Play(tmp_path, town, "2026-11-29T09:00")
    Store.create(played.store)
    import_folder(played.city("wang-01"), town, as_of=FIRST)
    return played


def worsen(play, unit):
    """Put grave records of a unit into the register, known between the two rounds."""
    path = play.work / "grave.csv"
    rows = [f"{unit},{kind},2026-11-25,N{kind},3,2026-11-25" for kind in ("penalty", "abnormal", "dishonesty")]
    path.write_text("\n".join(["unit_id,kind,happened,event_no,severity,known_on", *rows]) + "\n", encoding="utf-8")
    assert import_file(play.city("wang-01"), "events", path, as_of=None).inserted == 3


def test_nothing_to_compare(play):
    """No scored round, one scored round, a rehearsal: no rows, and the report says that nothing was compared."""
    city = play.city("wang-01")
    assert (newest_scored(city), rises(city)[1]) == (None, "")
    line.score(city, "2026-11", on=FIRST)
    line.score(city, "2026-12", on=SECOND, rehearsal=True)
    city = play.city("wang-01")
    assert newest_scored(city).id == "2026-11"
    found, compared = rises(city)
    assert (len(found), compared) == (0, "")
    report = make_warnings(city, on=SECOND)
    assert "month.warnings_not_compared" in [said.code for said in report.lines]


def test_who_rose_between_two_rounds(play):
    """The unit with grave records rose by what its two scores differ; it is warned of, and no figure is kept."""
    city = play.city("wang-01")
    line.score(city, "2026-11", on=FIRST)
    units = city.round("2026-11").table(SCORES, ["unit_id", "score"])
    unit = units.sort_values(["score", "unit_id"])["unit_id"].iloc[0]
    worsen(play, unit)
    city = play.city("wang-01")
    line.score(city, "2026-12", on=SECOND)
    before, after = city.round("2026-11"), city.round("2026-12")
    found, compared = rises(city)
    assert compared == "2026-11→2026-12"
    own = found.set_index("unit_id")["rise"]
    assert own[unit] == own.max() > 0
    if before.read(SCORECARD).to_json() == after.read(SCORECARD).to_json():
        told = after.table(SCORES, ["unit_id", "score"]).set_index("unit_id")["score"].astype("int64")
        assert own[unit] == told[unit] - int(units.set_index("unit_id")["score"][unit])
    report = make_warnings(city, on=SECOND)
    jumped = [row for row in report.facts["opened"] if row["signal"] == "score_jump"]
    assert (unit in [row["unit"] for row in jumped]) == bool(own[unit] >= 150)
    steps = city.register("warnings", on=SECOND)
    assert set(steps.loc[steps["signal"] == "score_jump", "evidence"]) <= {"2026-11→2026-12"}


@pytest.mark.parametrize(("other_card", "rise"), [(False, 300), (True, 0)])
def test_another_card_alone_is_no_jump(play, other_card, rise):
    """Scores 300 points higher on the same evidence: a jump by the same card, none where only the card is another."""
    city = play.city("wang-01")
    line.score(city, "2026-11", on=SECOND)
    line.score(city, "2026-12", on=SECOND)
    after = city.round("2026-12")
    card, table = after.read(SCORECARD), after.table
    newer = replace(card, base=card.base + 1) if other_card else card
    after.read = lambda file: newer if file is SCORECARD else pytest.fail("another file was read")
    after.table = lambda name, columns: table(name, columns).assign(score=lambda rows: rows["score"] + 300)
    found, _ = rises(city)
    assert len(found) == 500
    assert set(found["rise"]) == {rise}
