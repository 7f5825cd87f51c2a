"""A roster commitment whose source was cancelled (放弃第二次承诺): given up in public, planned and committed again."""

from __future__ import annotations

import pytest
from real_rounds import COMMITS, CONFIRMS, DRAWS, FIRST, ROUND, SECOND, THIRD
from second_reader import comparison

from supervision.errors import UsageError
from supervision.month import anchoring, assigning, committing, publishing
from supervision.month.calendars import standing
from supervision.month.round_files import ROSTER_COMMITMENT, Step
from supervision.sampling.protocol.verifier import verify

WHY = {"reason": "该期开奖取消", "cancelled": "ssq-red"}


def refused(call):
    """The code of the error that a call raises."""
    with pytest.raises(UsageError) as error:
        call()
    return error.value.code


def test_it_is_made_again_and_is_no_supplement(at) -> None:
    """Abandoned, shown, anchored; the same visits get a new calendar, commitment and draw, and everything verifies."""
    play = at("rostered")
    play.set("2026-11-27T10:00")
    visits = set(standing(play.round(COMMITS))["visit_id"])
    report = committing.abandon_roster(play.round(COMMITS), **WHY)
    assert report.facts["commitment"] == play.round(COMMITS).read(ROSTER_COMMITMENT).digest.hex()
    committing.abandon_roster(play.round(COMMITS), reason="again", cancelled="ssq-red")  # repeated, nothing changes
    assert play.state().count("abandon_roster") == 1
    assert [entry["step"] for entry in play.log()].count("abandon") == 1
    play.evidence = play.work / "paper.pdf"
    play.evidence.write_bytes(b"printed")
    anchoring.anchor(play.round(COMMITS), of="abandoned", kind="newspaper", file=play.evidence)
    publishing.publish(play.round(COMMITS), play.out)
    assert play.public("abandoned2.json")["cancelled"] == "ssq-red"
    assert "该期开奖取消" in (play.out / "public" / ROUND / "index.html").read_text(encoding="utf-8")
    play.check()  # nothing is planned yet: no difference
    assert refused(lambda: assigning.match(play.round(DRAWS), values={})) == "month.roster_abandoned"

    play.month(COMMITS)
    round = play.round(COMMITS)
    assert (round.count(Step.PLAN), round.count(Step.ROSTER), round.drawn_numbers) == (2, 2, [])
    assert set(standing(round)["visit_id"]) == visits
    second = play.public("roster_commitment-2.json")
    assert (second["number"], second["sequence"]) == (2, 3)
    issues = {source["issue"] for source in play.public("roster_commitment.json")["sources"]}
    assert issues.isdisjoint(source["issue"] for source in second["sources"])
    play.check()

    play.set("2026-12-05T23:00")
    play.month(DRAWS, FIRST | THIRD)
    play.month(CONFIRMS, FIRST | THIRD)
    round = play.round(COMMITS)
    assert round.drawn_numbers == [2]
    places = standing(round)
    assert places["inspector_id"].notna().all()
    assert set(places["visit_id"]) == visits
    play.check()
    assert comparison.compare(play.out) == []
    home = play.public("../oversight.json")["abandoned"]
    assert [(row["kind"], row["number"], row["of"]) for row in home] == [
        ("abandoned", 0, 1),
        ("abandoned_roster", 1, 2),
    ]


def test_a_commitment_is_not_given_up_to_choose(at) -> None:
    """Neither for another reason, nor when somebody has entered the values, nor when the inspectors are drawn."""
    play = at("rostered")
    no_source = {"reason": "不满意", "cancelled": "pl5"}
    assert refused(lambda: committing.abandon_roster(play.round(COMMITS), **no_source)) == "month.source_unknown"
    assert refused(lambda: committing.abandon(play.round(COMMITS), reason="不满意")) == "month.already_drawn"
    play.set("2026-11-29T22:00")
    play.month(DRAWS, FIRST | SECOND)
    assert refused(lambda: committing.abandon_roster(play.round(COMMITS), **WHY)) == "month.values_known"
    play.month(CONFIRMS, FIRST | SECOND)
    assert refused(lambda: committing.abandon_roster(play.round(COMMITS), **WHY)) == "month.already_matched"
    assert "abandon_roster" not in play.state()


def test_without_evidence_from_outside_it_is_not_shown_to_be_the_only_one(at) -> None:
    """The verifier names the abandonment among what nobody outside can confirm (exit 6)."""
    play = at("rostered")
    play.set("2026-11-27T10:00")
    committing.abandon_roster(play.round(COMMITS), **WHY)
    publishing.publish(play.round(COMMITS), play.out)
    report = verify(play.out)
    assert report.code == 6
    assert any("abandoned2.json" in en for _, en in report.unanchored)


def test_no_commitment_while_a_roster_waits_too_long(at, tmp_path) -> None:
    """A roster commitment past its last source holds up the next commitment, as a first one does (protocol 3)."""
    play = at("rostered")
    play.set("2026-12-01T10:00")
    assert refused(lambda: committing.refuse_overdue(play.round(COMMITS))) == "month.overdue"
    committing.abandon_roster(play.round(COMMITS), **WHY)
    committing.refuse_overdue(play.round(COMMITS))
