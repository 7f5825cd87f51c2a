"""A real round from its commitment to its first draw: what is published, who may do what, and when."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from real_rounds import (
    ACCEPTS,
    COMMITS,
    CONFIRMS,
    DRAWN,
    DRAWS,
    EXTRA,
    FIRST,
    FOOD,
    ROUND,
    codes,
    extra_task,
    rows,
    said,
)

from supervision.errors import SupervisionError, UsageError
from supervision.month import committing, drawing, line, scoring
from supervision.sampling.protocol.verifier import verify

NAMES = "ssq-red ssq-blue dlt-front dlt-back"
TUESDAY, WEDNESDAY = "2026-11-24T21:15:00+08:00", "2026-11-25T21:25:00+08:00"


def refused(call):
    """Return the error that a call raises."""
    with pytest.raises(SupervisionError) as caught:
        call()
    return caught.value


def test_commits_and_waits(at):
    """The first run ends at the commitment, names the sources that it waits for; said again nothing changes."""
    play = at("committed")
    play.set("2026-11-24T15:00")
    before = {path: path.read_bytes() for path in play.out.rglob("*") if path.is_file()}
    report = play.month(DRAWS)
    assert report.exit_code == 0
    assert said(report, "month.values_missing") == {"names": NAMES, "at": WEDNESDAY}
    assert "month.waiting" in codes(report)
    assert {path: path.read_bytes() for path in play.out.rglob("*") if path.is_file()} == before
    assert play.state() == ["open", "train", "score", "commit", "publish"]
    committed = play.public("commitment.json")
    assert [(one["name"], one["at"]) for one in committed["sources"]] == [
        *((name, TUESDAY) for name in ("ssq-red", "ssq-blue")),
        *((name, WEDNESDAY) for name in ("dlt-front", "dlt-back")),
    ]
    assert (committed["rehearsal"], committed["sequence"], committed["previous"]) == ("no", 1, None)
    assert (committed["committed_at"], committed["evidence"]) == ("2026-11-23T09:00:00+08:00", "2026-11-23")
    assert not (play.out / "public" / ROUND / "reveal.json").exists()
    assert "演练" not in (play.out / "public" / ROUND / "index.html").read_text(encoding="utf-8")
    play.check()


def test_the_commitment_binds_what_was_there(at):
    """Software, log, rules, registers, key and roster are those that stand in the folders."""
    play = at("committed")
    committed = play.public("commitment.json")
    verifier = (play.out / "public" / ROUND / "verify.py").read_bytes()
    lines = play.audit("log.jsonl").splitlines()
    assert committed["software"] == sha256(verifier).hexdigest()
    assert committed["log"] == sha256(lines[-2]).hexdigest()
    assert json.loads(lines[-1])["step"] == "commit"
    assert committed["rules"] == sha256(play.audit("rules.json")).hexdigest()
    assert committed["register"] == sha256(play.audit("registers.json")).hexdigest()
    assert committed["key_digest"] == sha256(bytes.fromhex(play.audit("frame_key.hex").decode())).hexdigest()
    assert len(rows(play.audit("roster-0.csv"))) > 10
    rules = json.loads(play.audit("rules.json"))
    assert {path.split("/")[0] for path in rules} == {"shipped", "city"}
    assert rules["city/shared/city.yaml"] == sha256((play.inputs / "rules/shared/city.yaml").read_bytes()).hexdigest()


def test_nobody_scores_after_the_commitment(at):
    """Scorecard, scores and classes are bound: training and scoring are refused."""
    play = at("committed")
    before = play.state()
    for work in (scoring.train, scoring.score):
        assert refused(lambda: work(play.round(COMMITS))).code == "month.already_committed"  # noqa: B023
    assert play.state() == before


def test_abandon_before_the_first_source(at, tmp_path):
    """Before its first source the round can be given up in public; then it cannot be drawn, and it still verifies."""
    play = at("committed")
    digest = sha256((play.out / "public" / ROUND / "commitment.json").read_bytes()).hexdigest()
    committing.abandon(play.round(COMMITS), reason=" 抽样框有误 ")
    play.set(DRAWN)
    assert refused(lambda: drawing.draw(play.round(DRAWS), values=FIRST)).code == "month.was_abandoned"
    report = play.month(DRAWS)
    assert said(report, "month.abandoned")["reason"] == "抽样框有误"
    assert play.public("abandoned.json") == {
        "at": "2026-11-23T09:00:00+08:00",
        "cancelled": None,
        "commitment": digest,
        "reason": "抽样框有误",
        "round": ROUND,
    }
    assert "抽样框有误" in (play.out / "public" / ROUND / "index.html").read_text(encoding="utf-8")
    play.check()
    # what was given up is no draw: the next letter may hold its population, and goes on in the chain
    city = play.city(COMMITS)
    extra_task(play, city, tmp_path, "X01", items="market-food", population=FOOD)
    assert line.commit(city, EXTRA, cause="投诉集中", accept_unverified=ACCEPTS).facts["tasks"][0]["task_id"] == "X01"


@pytest.mark.parametrize("reason", ["", "x" * 501, "a\nb"])
def test_a_reason_is_a_text(at, reason):
    """Nothing, too much and control characters are no reason."""
    play = at("committed")
    assert refused(lambda: committing.abandon(play.round(COMMITS), reason=reason)).code == "sampling.text"
    assert "abandon" not in play.state()


def test_abandon_after_the_first_source(at):
    """From the first source on the list stands, unless the organiser cancelled one of its issues."""
    play = at("committed")
    play.set("2026-11-24T21:14")
    committing.abandon(play.copy(play.work.with_name("early")).round(COMMITS), reason="不满意")
    play.set("2026-11-24T21:15")
    error = refused(lambda: committing.abandon(play.round(COMMITS), reason="不满意"))
    assert (error.code, error.params["at"]) == ("month.too_late_to_abandon", TUESDAY)
    error = refused(lambda: committing.abandon(play.round(COMMITS), reason="停售", cancelled="pl5"))
    assert (error.code, error.params["name"]) == ("month.source_unknown", "pl5")
    committing.abandon(play.round(COMMITS), reason="停售", cancelled="dlt-front")
    play.month(DRAWS)
    assert play.public("abandoned.json")["cancelled"] == "dlt-front"
    play.check()


@pytest.mark.parametrize(
    "wrong",
    [
        {"ssq-blue": ["17"]},
        {"ssq-blue": ["5", "6"]},
        {"ssq-red": ["06", "06", "14", "20", "27", "31"]},
        {"dlt-front": ["35", "02", "11", "19"]},
    ],
)
def test_malformed_values_are_refused(at, wrong):
    """A value out of its range or form never comes on record."""
    play = at("committed")
    play.set(DRAWN)
    error = refused(lambda: play.month(DRAWS, FIRST | wrong))
    assert error.exit_code in (1, 2)
    assert next(iter(wrong)) in error.text("zh")
    assert "enter" not in play.state()


def test_who_committed_does_not_enter_values(at):
    """The person who committed is refused as one who enters or confirms; the month says so and goes no further."""
    play = at("committed")
    play.set(DRAWN)
    assert said(play.month(COMMITS, FIRST), "month.one_person") == {"who": COMMITS, "step": "commit", "round": ROUND}
    assert refused(lambda: drawing.draw(play.round(COMMITS), values=FIRST)).code == "month.one_person"
    assert "enter" not in play.state()
    drawing.draw(play.round(DRAWS), values=FIRST)
    assert refused(lambda: drawing.draw(play.round(COMMITS), values=FIRST)).code == "month.one_person"
    assert "draw" not in play.state()


def test_values_are_entered_twice(at):
    """One person's values are kept and nothing is drawn; the same person again changes nothing; a second one draws."""
    play = at("committed")
    play.set(DRAWN)
    first = drawing.draw(play.round(DRAWS), values=FIRST)
    assert codes(first) == ["month.values_entered"]
    assert first.facts == {"entered_by": DRAWS}
    assert play.state()[-1] == "enter"
    log = play.log()
    assert codes(drawing.draw(play.round(DRAWS), values=FIRST)) == ["month.values_entered"]
    assert play.log() == log
    second = drawing.draw(play.round(CONFIRMS), values=FIRST)
    assert second.facts["units"] > 0
    assert [(entry["step"], entry["who"]) for entry in play.log()[-2:]] == [("draw", DRAWS), ("draw", CONFIRMS)]
    assert drawing.draw(play.round(CONFIRMS), values={}).facts == second.facts


def test_a_second_person_must_agree(at):
    """Another value, or another time, than the first person's is refused by name, with what was entered before."""
    play = at("committed")
    play.set(DRAWN)
    drawing.draw(play.round(DRAWS), values=FIRST)
    error = refused(lambda: drawing.draw(play.round(CONFIRMS), values=FIRST | {"ssq-blue": ["12"]}))
    assert (error.code, error.params) == (
        "month.values_differ",
        {"name": "ssq-blue", "values": "11", "who": DRAWS},
    )
    late = {"ssq-red": "2026-11-24T21:30:00+08:00"}
    error = refused(lambda: drawing.draw(play.round(CONFIRMS), values=FIRST, held=late))
    assert (error.code, error.params["name"]) == ("month.values_differ", "ssq-red")
    written_otherwise = FIRST | {"ssq-blue": ["011"], "dlt-front": sorted(FIRST["dlt-front"])}
    assert drawing.draw(play.round(CONFIRMS), values=written_otherwise).facts["units"] > 0


def test_an_issue_held_later_counts(at):
    """Its values count, with the time at which it was held; before that time nobody can know them."""
    play = at("committed")
    late, early = {"dlt-back": "2026-11-25T22:10:00+08:00"}, {"dlt-back": "2026-11-25T21:24:59+08:00"}
    play.set("2026-11-25T22:00")
    assert refused(lambda: drawing.draw(play.round(DRAWS), values=FIRST, held=early)).code == "sampling.held_early"
    assert refused(lambda: drawing.draw(play.round(DRAWS), values=FIRST, held=late)).code == "month.values_early"
    play.set("2026-11-25T22:10")
    for who in (DRAWS, CONFIRMS):
        drawing.draw(play.round(who), values=FIRST, held=late)
    play.month(CONFIRMS)
    assert play.public("reveal.json")["held"] == {
        "dlt-back": "2026-11-25T22:10:00+08:00",
        "dlt-front": WEDNESDAY,
        "ssq-blue": TUESDAY,
        "ssq-red": TUESDAY,
    }
    play.check()


def test_early_values_are_refused(at):
    """Nobody can know a value before its source happens: refused a second before, taken on time."""
    play = at("committed")
    play.set("2026-11-25T21:24:59")
    error = refused(lambda: drawing.draw(play.round(DRAWS), values=FIRST))
    assert (error.code, error.params) == ("month.values_early", {"name": "dlt-front", "at": WEDNESDAY})
    play.set("2026-11-25T21:25")
    assert codes(drawing.draw(play.round(DRAWS), values=FIRST)) == ["month.values_entered"]


def test_part_of_the_values_waits_for_the_rest(at):
    """Values are entered together; what is missing is named, an unknown name is refused."""
    play = at("committed")
    play.set(DRAWN)
    report = drawing.draw(play.round(DRAWS), values={name: FIRST[name] for name in ("ssq-blue", "dlt-front")})
    assert report.facts["waits_for"] == {"names": "ssq-red dlt-back", "at": WEDNESDAY}
    error = refused(lambda: drawing.draw(play.round(DRAWS), values=FIRST | {"dice": ["1"]}))
    assert (error.code, error.params) == ("month.source_unknown", {"name": "dice", "known": NAMES})
    assert "enter" not in play.state()


def test_names_of_people_are_names(at, town, tmp_path):
    """Who acts in a real round has a name that every file can hold."""
    play = at("committed")
    play.set(DRAWN)
    assert refused(lambda: drawing.draw(play.round("李抽取"), values=FIRST)).code == "sampling.name"
    play.month(CONFIRMS, FIRST)
    assert play.log()[-1]["who"] == CONFIRMS


def test_draws_plans_and_waits(at):
    """After two persons' values the lists are drawn and planned; nobody who drew commits the roster."""
    play = at("drawn")
    assert play.state()[:7] == ["open", "train", "score", "commit", "publish", "enter", "draw"]
    assert play.state()[-1] == "plan"
    report = play.month(CONFIRMS, FIRST)
    assert said(report, "month.one_person")["who"] == CONFIRMS
    shown = {task["task_id"]: set(task) for task in play.public("result.json")["tasks"]}
    assert shown == {"T01-food": {"task_id", "digest"}, "T11-disclosure": {"task_id", "drawn"}}
    reveal = play.public("reveal.json")
    assert reveal["key_string"] == "6.9.14.20.27.31./11./2.8.11.19.35./7.12./"
    assert reveal["values"]["dlt-front"] == ["2", "8", "11", "19", "35"]
    assert play.round(CONFIRMS).content("audit/unheld.csv").decode().splitlines()[0] == "unit_id,task_ids,reason"
    assert not (play.out / "audit" / ROUND / "unheld.csv").exists()
    play.check()


def test_drawn_once(at):
    """Other values given later change nothing: a round is drawn once."""
    play = at("drawn")
    before = {path: path.read_bytes() for path in (play.out / "public").rglob("*") if path.is_file()}
    play.month(DRAWS, FIRST | {"ssq-blue": ["12"]})
    assert {path: path.read_bytes() for path in (play.out / "public").rglob("*") if path.is_file()} == before
    with pytest.raises(UsageError) as caught:
        committing.abandon(play.round(COMMITS), reason="不满意")
    assert caught.value.code == "month.already_drawn"


def test_a_public_folder_of_an_open_round_verifies_alone(at):
    """One round's public folder needs no other, and says what it cannot check."""
    play = at("drawn")
    report = verify(play.out / "public" / ROUND)
    assert (report.difference, report.code) == (None, 6)
    assert any("public part alone" in en for _, en in report.unchecked)
