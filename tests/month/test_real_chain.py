"""Several rounds: one chain of commitments, one clock, one folder; rehearsals beside real rounds."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256

import pytest
from real_rounds import ACCEPTS, COMMITS, CONFIRMS, DRAWS, EXTRA, FIRST, FOOD, MATCHED, ROUND, SECOND, Play, extra_task

from supervision.errors import SupervisionError, UsageError
from supervision.month import committing, drawing, line, publishing
from supervision.sampling.protocol.verifier import verify
from supervision.store.store import Store

JANUARY = "2027-01"
YEAR = (  # an invented arrangement of 2027, whose own notice nobody has seen
    "2027-01-01,休息日,元旦,\n2027-01-31,调休上班,春节,\n2027-02-20,调休上班,春节,\n2027-04-05,休息日,清明,\n"
    + "".join(f"2027-02-{day},休息日,春节,\n" for day in ("05", "08", "09", "10", "11", "12"))
    + "2027-05-03,休息日,劳动节,\n2027-05-04,休息日,劳动节,\n2027-06-09,休息日,端午,\n2027-09-15,休息日,中秋,\n"
    + "2027-10-01,休息日,国庆节,\n2027-10-04,休息日,国庆节,\n2027-10-05,休息日,国庆节,\n"
)


def below(folder):
    """Return every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def digest(play, name, round_id=ROUND):
    """Return the digest of a published file."""
    return sha256((play.out / "public" / round_id / name).read_bytes()).hexdigest()


def place(play, name, round_id=ROUND):
    """Return sequence and previous of a published commitment."""
    found = play.public(name, round_id)
    return found["sequence"], found["previous"]


def next_month(play):
    """Write the input folder of January: the same tasks under other names."""
    inputs = play.work / "next"
    inputs.mkdir()
    shutil.copytree(play.inputs / "rules", inputs / "rules")
    text = (play.inputs / "tasks.csv").read_text(encoding="utf-8")
    for old, new in (
        ("2026-12", JANUARY),
        ("2026-11-21", "2026-11-28"),
        ('"T01-', '"N01-'),
        ('"T11-', '"N11-'),
    ):
        text = text.replace(old, new)
    (inputs / "tasks.csv").write_text(text, encoding="utf-8")
    (inputs / "calendar.csv").write_text(f"日期,类型,节日名称,地区\n{YEAR}", encoding="utf-8")
    return inputs


def test_first_and_second_commitments_stand_in_one_chain(at):
    """1 the round, 2 its roster, 3 the next month's: each names the digest of the one before."""
    play = at("matched")
    assert place(play, "commitment.json") == (1, None)
    assert place(play, "roster_commitment.json") == (2, digest(play, "commitment.json"))
    second = play.public("roster_commitment.json")
    assert (second["number"], second["commitment"]) == (1, digest(play, "commitment.json"))
    play.month(COMMITS, round_id=JANUARY, inputs=next_month(play))
    assert place(play, "commitment.json", JANUARY) == (3, digest(play, "roster_commitment.json"))
    play.check()


def test_a_chain_is_followed_through_earlier_folders(at):
    """A later round alone is one of unknown history; with the earlier folder the chain has no gap."""
    play = at("matched")
    elsewhere = play.work / "out-january"
    play.month(COMMITS, round_id=JANUARY, inputs=next_month(play), out=elsewhere)
    assert verify(elsewhere, history=[play.out]).difference is None
    found = play.out / "public" / ROUND / "roster_commitment.json"
    shutil.rmtree(play.out / "audit")
    body = json.loads(found.read_bytes())
    assert body["sequence"] == 2
    report = verify(elsewhere, history=[play.out])
    assert report.difference is None


def test_publishing_a_round_touches_no_other(at):
    """Two rounds stand in one OUT: the second's publication leaves the first one's bytes as they are."""
    play = at("matched")
    before = {part: below(play.out / part / ROUND) for part in ("public", "audit", "internal")}
    assert all(before.values())
    play.month(COMMITS, round_id=JANUARY, inputs=next_month(play))
    assert {part: below(play.out / part / ROUND) for part in ("public", "audit", "internal")} == before
    assert sorted(path.name for path in (play.out / "public").iterdir() if path.is_dir()) == [
        ROUND,
        JANUARY,
        "data",
        "manifests",
        "search",
    ]
    page = (play.out / "public" / "index.html").read_text(encoding="utf-8")
    assert ROUND in page and JANUARY in page
    play.check()


def test_the_home_page_has_a_chain_of_manifests_of_its_own(at):
    """Each change of the home page is a manifest more, which names the one before; earlier ones stay."""
    play = at("committed")
    public = play.out / "public"
    first = (public / "manifest.json").read_bytes()
    assert (json.loads(first)["sequence"], json.loads(first)["previous"], json.loads(first)["reason"]) == (
        1,
        None,
        None,
    )
    committing.abandon(play.round(COMMITS), reason="有误")
    play.month(COMMITS)
    second = (public / "manifest.json").read_bytes()
    assert json.loads(second)["sequence"] == 2
    assert json.loads(second)["previous"] == sha256(first).hexdigest()
    assert json.loads(second)["reason"]
    assert (public / "manifests" / "0001.json").read_bytes() == first
    listed = {entry["path"]: entry["digest"] for entry in json.loads(second)["files"]}
    assert listed["index.html"] == sha256((public / "index.html").read_bytes()).hexdigest()
    play.month(COMMITS)
    assert (public / "manifest.json").read_bytes() == second


def test_the_clock_never_goes_back(at):
    """A clock before the log's last entry is refused, in this round and in any other real one; at it, it goes on."""
    play = at("committed")
    committing.abandon(play.round(COMMITS), reason="有误")
    play.set("2026-11-23T08:59:59")
    for round_id in (ROUND, EXTRA, JANUARY):
        with pytest.raises(SupervisionError) as caught:
            line.score(play.city(COMMITS), round_id)
        if round_id == ROUND:
            assert caught.value.code == "month.already_committed"
        else:
            assert (caught.value.code, caught.value.params) == (
                "month.clock_back",
                {"now": "2026-11-23T08:59:59+08:00", "last": "2026-11-23T09:00:00+08:00"},
            )
    with pytest.raises(SupervisionError) as caught:
        publishing.publish(play.round(COMMITS), play.out)
    assert caught.value.code == "month.clock_back"
    play.set("2026-11-23T09:00")
    publishing.publish(play.round(COMMITS), play.out)


def test_an_overdue_round_refuses_the_next_commitment(at, tmp_path):
    """Past its last source a round must be drawn or given up before anything else is committed; at it, not yet."""
    play = at("committed")
    city = play.city(COMMITS)
    extra_task(play, city, tmp_path, "X01", items="market-production", population=FOOD)
    in_time = play.copy(play.work.with_name("in-time"))
    play.set("2026-11-25T21:25:01")
    with pytest.raises(UsageError) as caught:
        line.commit(play.city(COMMITS), EXTRA, cause="投诉集中", accept_unverified=ACCEPTS)
    assert (caught.value.code, caught.value.params) == (
        "month.overdue",
        {"round": ROUND, "at": "2026-11-25T21:25:00+08:00"},
    )
    in_time.set("2026-11-25T21:25:00")
    assert line.commit(in_time.city(COMMITS), EXTRA, cause="投诉集中", accept_unverified=ACCEPTS).facts["commitment"]
    for who in (DRAWS, CONFIRMS):
        drawing.draw(play.round(who), values=FIRST)
    assert line.commit(play.city(COMMITS), EXTRA, cause="投诉集中", accept_unverified=ACCEPTS).facts["commitment"]


def test_a_round_that_was_given_up_is_not_overdue(at, tmp_path):
    """An abandonment settles it as a draw does."""
    play = at("committed")
    extra_task(play, play.city(COMMITS), tmp_path, "X01", items="market-production", population=FOOD)
    committing.abandon(play.round(COMMITS), reason="有误")
    play.set("2026-12-01T09:00")
    assert line.commit(play.city(COMMITS), EXTRA, cause="投诉集中", accept_unverified=ACCEPTS).facts["commitment"]


@pytest.fixture
def rehearsed(town, city, tmp_path):
    """A town whose month was rehearsed before anything real was done."""
    inputs = shutil.copytree(town, tmp_path / "inputs")
    for name in ("sources.csv", "frame_key.hex"):
        shutil.copy(city / name, inputs)
    play = Play(tmp_path, inputs)
    play.month("anybody", rehearsal=True)
    for name in ("sources.csv", "frame_key.hex"):
        (inputs / name).unlink()
    return play


def test_a_rehearsal_never_blocks_a_real_round(rehearsed):
    """The real round of the same name is committed after it as if it had not been, and takes its place in OUT."""
    play = rehearsed
    assert place(play, "commitment.json") == (0, None)
    page = (play.out / "public" / ROUND / "index.html").read_text(encoding="utf-8")
    assert "演练" in page
    before = below(play.out / "public" / ROUND)
    log = Store.open(play.store).log(f"{ROUND}.rehearsal")
    report = play.month(COMMITS)
    assert place(play, "commitment.json") == (1, None)
    assert Store.open(play.store).log(f"{ROUND}.rehearsal") == log
    kept = play.out.with_name("out-kept")
    assert below(kept / "public" / ROUND) == before
    assert sorted(path.name for path in kept.iterdir()) == ["audit", "internal", "public"]
    assert "month.kept" in [said.code for said in report.lines]
    play.check()
    # afterwards the rehearsal still is one, but is not published over the real round
    with pytest.raises(UsageError) as caught:
        publishing.publish(play.city("anybody").round(ROUND, rehearsal=True), play.out)
    assert caught.value.code == "month.real_round_there"
    assert place(play, "commitment.json") == (1, None)


def test_both_have_names_of_their_own(rehearsed):
    """What is only rehearsed, only real or neither is said so."""
    play = rehearsed

    def code(round_id, *, rehearsal):
        with pytest.raises(UsageError) as caught:
            play.city(COMMITS).round(round_id, rehearsal=rehearsal)
        return caught.value.code

    assert code(ROUND, rehearsal=False) == "month.only_rehearsed"
    assert code("2026-11", rehearsal=False) == code("2026-11", rehearsal=True) == "month.round_unknown"
    play.city(COMMITS).begin(JANUARY)
    assert code(JANUARY, rehearsal=True) == "month.only_real"
    assert play.city(COMMITS).round(ROUND, rehearsal=True).is_rehearsal


def test_rehearsals_are_in_no_chain(rehearsed):
    """Nothing of a rehearsal counts for a real round: not the clock, not the sequence, not an overdue draw."""
    play = rehearsed
    play.set("2026-11-21T09:00")
    assert line.commit(play.city(COMMITS), ROUND, accept_unverified=ACCEPTS).facts["commitment"]
    found = json.loads(Store.open(play.store).get(ROUND, "public/commitment.json"))
    assert (found["sequence"], found["previous"], found["log"] is None) == (1, None, False)


def test_values_of_another_source_are_refused(at):
    """A name that no rule knows is said with those that it knows; the draw's own go on."""
    play = at("rostered")
    play.set(MATCHED)
    with pytest.raises(UsageError) as caught:
        play.month(DRAWS, {"pl5-2": ["1"]})
    assert (caught.value.code, caught.value.params) == (
        "month.source_unknown",
        {"name": "pl5-2", "known": "dlt-back dlt-front ssq-blue ssq-red"},
    )
    assert play.month(DRAWS, FIRST | SECOND).exit_code in (0, 4)
