"""Several rounds: one chain, one log, extra rounds, history, and the registers that were deposited."""

import hashlib
import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from edits import Edit, file, put
from forge import STRATA, text
from forge_draws import Full

from supervision.sampling.protocol.verifier import verify

HEX = "0" * 64


def name_of(out: Path, **options: Any) -> str:
    """Return the first condition that is broken, or the verdict."""
    report = verify(out, **options)
    return report.difference.name if report.difference else f"exit {report.code}"


def after(one: Full, *, round: str = "2027-01", days: int = 31, **options: Any) -> Full:
    """Begin the round that follows another in chain and log."""
    lines = [*one.lines]
    options = {"sequence": one.sequence, "previous": one.previous, "lines": lines} | options
    return Full(round=round, shift=timedelta(days=days), **options)


@pytest.fixture
def first(tmp_path: Path) -> Full:
    """Return a first round, written to `out`."""
    one = Full().whole()
    one.finish(tmp_path / "out")
    return one


@pytest.mark.parametrize(
    ("condition", "edit"),
    [
        ("exit 0", put()),
        ("chain.fork", put(sequence=3, previous=HEX)),
        ("chain.gap", put(sequence=5)),
        ("chain.previous", put(previous=HEX)),
        ("chain.key_twice", put(key_digest=hashlib.sha256(hashlib.sha256(b"key of 2026-12").digest()).hexdigest())),
    ],
)
def test_two_rounds_are_one_chain(condition: str, edit: Edit, first: Full, tmp_path: Path) -> None:
    """Sequence by sequence, each names the one before, and no key serves twice."""
    after(first, edits={"commitment": edit}).commit().finish(tmp_path / "out")
    assert name_of(tmp_path / "out") == condition


def test_clocks_of_two_rounds_never_fall(tmp_path: Path) -> None:
    """A next round that is committed at an earlier time than the last commitment differs."""
    one = Full().commit()
    one.finish(tmp_path / "out")
    after(one, round="2026-11", days=-1, lines=[]).commit().finish(tmp_path / "out")
    assert name_of(tmp_path / "out") == "chain.clock"


def test_nothing_follows_an_overdue_round(tmp_path: Path) -> None:
    """Neither drawn nor abandoned by the time of its last source, a round stops the next commitment."""
    one = Full().commit()
    one.finish(tmp_path / "late")
    after(one).commit().finish(tmp_path / "late")
    assert name_of(tmp_path / "late") == "chain.overdue"
    two = Full().commit()
    two.finish(tmp_path / "early")
    after(two, days=4).commit("2026-11-25T21:25:00").finish(tmp_path / "early")
    assert name_of(tmp_path / "early") == "exit 0"


def give_up(one: Full, at: str, cancelled: str | None = None) -> Full:
    """Abandon a round."""
    path = f"{one.pub}/abandoned.json"
    record = {"at": at, "cancelled": cancelled, "commitment": one.digest.hex(), "reason": "停售", "round": one.round}
    one.files[path] = text(record)
    one.log("abandon", "alice", at, [path])
    one.anchor("abandoned", one.h(one.files[path]), at[:19])
    return one


def test_an_abandoned_round_lets_the_next_letter_follow(tmp_path: Path) -> None:
    """Abandoned before the next commitment it is no hindrance; abandoned later it was overdue then."""
    out = tmp_path / "good"
    one = give_up(Full().commit(), "2026-11-26T09:00:00+08:00")
    one.finish(out)
    after(one, round="2026-12-b", days=2).commit().draw().finish(out)
    assert name_of(out) == "exit 0"
    out = tmp_path / "same second"
    one = give_up(Full().commit(), "2026-12-26T09:00:00+08:00", "ssq-red")
    one.finish(out)
    at_once = {"log": put(at="2026-12-26T09:00:00+08:00")}
    after(one, edits=at_once).commit().finish(out)
    assert name_of(out) == "exit 6"
    out = tmp_path / "bad"
    one = Full().commit()
    head = [*one.lines]
    give_up(one, "2026-12-27T09:00:00+08:00", "ssq-red").finish(out)
    after(one, lines=head).commit().finish(out)
    assert name_of(out) == "chain.overdue_then"


def test_a_copy_made_before_the_draw_is_no_second_ticket(tmp_path: Path) -> None:
    """A history that holds the same commitment, not yet drawn, changes nothing, whichever comes first."""
    Full().commit().finish(tmp_path / "early")
    Full().whole().finish(tmp_path / "late")
    assert name_of(tmp_path / "late", history=[tmp_path / "early"]) == "exit 0"
    assert name_of(tmp_path / "early", history=[tmp_path / "late"]) == "exit 0"


def test_a_rehearsal_may_be_abandoned_at_any_time(tmp_path: Path) -> None:
    """It is exempt from the order of commitment and sources in time."""
    one = give_up(Full(real=False).commit(), "2026-12-20T09:00:00+08:00")
    assert name_of(one.finish(tmp_path / "out")) == "exit 0"


def test_letters_follow_each_other(tmp_path: Path) -> None:
    """The extra round of a month is committed after the month's own."""
    out = tmp_path / "out"
    one = give_up(Full(round="2026-12-b").commit(), "2026-11-26T09:00:00+08:00")
    one.finish(out)
    after(one, round="2026-12", days=2).commit().finish(out)
    assert name_of(out) == "chain.letter"


def extra(one: Full, out: Path, **tasks: Any) -> str:
    """Write an extra round after a drawn one and return the verdict."""
    one.finish(out)
    strata = {name: STRATA[name] for name in STRATA} | tasks
    after(one, round="2026-12-b", days=20, strata=strata).commit().finish(out)
    return name_of(out)


def test_an_extra_round_frames_no_unit_again(tmp_path: Path) -> None:
    """Units of a drawn round stay out of the month's extra round wherever an item is shared, in any of its tasks."""
    fresh = {
        "fire": {"A": (1, 0, {"N0": 1, "N1": 1})},
        "market": {"A": (1, 0, {"N2": 1, "N3": 1})},
        "open": {"A": (1, 0, {"N4": 1, "N5": 1})},
    }
    assert extra(Full().whole(), tmp_path / "a", **fresh) == "exit 0"
    assert (
        extra(Full().whole(), tmp_path / "b", **fresh | {"fire": {"A": (1, 0, {"A00": 1, "N1": 1})}})
        == "extra.framed_again"
    )
    assert (
        extra(Full().whole(), tmp_path / "c", **fresh | {"open": {"A": (1, 0, {"A00": 1, "N1": 1})}})
        == "extra.framed_again"
    )
    assert extra(Full().whole(), tmp_path / "d", **fresh | {"market": {"A": (1, 0, {"D00": 1, "N1": 1})}}) == "exit 0"


def test_an_extra_round_alone_says_what_it_cannot_know(tmp_path: Path) -> None:
    """Without the month's first round the report says that overlap is not checked."""
    out = Full(round="2026-12-b").commit().finish(tmp_path / "out")
    report = verify(out)
    assert report.code == 0
    assert [en for _, en in report.unchecked if en == "2026-12: whether the extra round frames units again"]


def test_logs_of_two_rounds_are_one_log(first: Full, tmp_path: Path) -> None:
    """A log with the same beginning that goes on otherwise is a second log."""
    two = after(first)
    two.lines[-1] = text(json.loads(two.lines[-1]) | {"who": "another"})
    two.commit().finish(tmp_path / "out")
    assert name_of(tmp_path / "out") == "log.forked"


def test_what_was_due_was_drawn_before_by_the_log(tmp_path: Path) -> None:
    """A round drawn only after the next commitment was overdue when that was made."""
    out = tmp_path / "out"
    one = Full().commit()
    two = after(one).commit()
    one.lines[:] = two.lines
    one.draw("2026-12-27T09:00:00").finish(out)
    two.lines[:] = one.lines
    two.finish(out)
    assert name_of(out) == "chain.overdue_then"


def test_one_issue_has_one_outcome(first: Full, tmp_path: Path) -> None:
    """An issue of an earlier round, announced again for a later day, has its old values or it is a lie."""
    old = first.commitment["sources"][2]["issue"]

    def forge(one: Any) -> Any:
        return one | {"sources": [s | {"issue": old} if s["name"] == "ssq-red" else s for s in one["sources"]]}

    after(first, edits={"commitment": forge}).commit().draw().finish(tmp_path / "out")
    assert name_of(tmp_path / "out") == "source.two_outcomes"


def test_history_closes_the_chain(first: Full, tmp_path: Path) -> None:
    """The round before, given as history, in whole or its public part alone, completes the chain."""
    out, past = tmp_path / "next", tmp_path / "out"
    after(first).commit().draw().finish(out)
    alone = verify(out)
    assert [en for _, en in alone.unchecked if en == "commitments before sequence 4 were not given (--history)"]
    for history in (past, past / "public", past / "public" / "2026-12", past / "audit" / "2026-12"):
        report = verify(out, history=[history])
        assert report.code == 0, report.lines("en")[-1]
        assert not [en for _, en in report.unchecked if "history" in en]
        assert ("suzhou 的承诺链：第 1 至 4 号", "chain of suzhou: sequence 1 to 4") in report.checked
    assert name_of(out, history=[out, past]) == "exit 0"


def test_history_shows_a_second_ticket(first: Full, tmp_path: Path) -> None:
    """Another commitment of the same round, or with the same sequence, anywhere in the history, is named."""
    copy = Full(edits={"commitment": put(evidence="2026-11-23")}).commit().finish(tmp_path / "copy")
    assert name_of(tmp_path / "out", history=[copy]) == "chain.second_round"
    other = Full(round="2026-11").commit().finish(tmp_path / "other")
    assert name_of(tmp_path / "out", history=[other]) == "chain.fork"


def test_history_shows_a_gap(first: Full, tmp_path: Path) -> None:
    """A round taken away between two others is a missing sequence."""
    two = after(first).commit().draw()
    after(two, round="2027-02", days=62).commit().finish(tmp_path / "last")
    assert name_of(tmp_path / "last") == "exit 0"
    assert name_of(tmp_path / "last", history=[tmp_path / "out"]) == "chain.gap"
    two.finish(tmp_path / "middle")
    assert name_of(tmp_path / "last", history=[tmp_path / "out", tmp_path / "middle"]) == "exit 0"


def test_a_forged_history_is_named(first: Full, tmp_path: Path) -> None:
    """History is read like any round: a changed file in it is a difference."""
    out = after(first).commit().finish(tmp_path / "next")
    (tmp_path / "out/public/2026-12/reveal.json").write_bytes(b"{}")
    assert name_of(out, history=[tmp_path / "out"]) == "manifest.size"


def test_two_agencies_are_two_chains(first: Full, tmp_path: Path) -> None:
    """Each agency counts for itself."""
    other = Full(round="2027-01", shift=timedelta(days=31), edits={"commitment": put(agency="wuxi")}).commit()
    other.finish(tmp_path / "out")
    assert name_of(tmp_path / "out") == "exit 0"


# registers


def deposit(folder: Path, **files: str) -> dict[str, str]:
    """Write deposited registers and return their digests."""
    folder.mkdir()
    for name, body in files.items():
        (folder / f"{name}.csv").write_text(body, "utf-8", newline="")
    return {name: hashlib.sha256(body.encode()).hexdigest() for name, body in files.items()}


def units() -> str:
    """Return a register of all units of the forger's rounds."""
    every = {unit for spec in STRATA.values() for _, _, sizes in spec.values() for unit in sizes}
    return "name,unit_id\n" + "".join(f'"x,{unit}",{unit}\n' for unit in sorted(every))


PEOPLE = "inspector_id\n" + "".join(f"F-{k}\n" for k in range(6)) + "".join(f"M-{k}\n" for k in range(4))


@pytest.mark.parametrize(
    ("condition", "registers", "edit"),
    [
        ("exit 0", {"entities": units(), "inspectors": PEOPLE}, None),
        ("exit 0", {"tasks": "task_id\n"}, None),
        ("registers.missing", {"entities": units()}, lambda path: (path / "entities.csv").unlink()),
        ("registers.digest", {"entities": units()}, lambda path: (path / "entities.csv").write_text("unit_id\n")),
        ("registers.unit", {"entities": "unit_id\nA00\n"}, None),
        ("registers.column", {"entities": "id\nA00\n"}, None),
        ("registers.inspector", {"inspectors": "inspector_id\nF-0\n"}, None),
        ("paths.link", {"tasks": "x\n"}, lambda path: (path / "more").symlink_to("tasks.csv")),
    ],
)
@pytest.mark.parametrize("hash_name", ["sha256", "sm3"])
def test_deposited_registers(
    condition: str, registers: dict[str, str], edit: Any, hash_name: str, tmp_path: Path
) -> None:
    """Registers have the digests of registers.json, and framed units and inspectors stand in them."""
    digests = deposit(tmp_path / "registers", **registers)
    if hash_name == "sm3":
        digests = {name: hashlib.new("sm3", body.encode()).hexdigest() for name, body in registers.items()}
    if edit:
        edit(tmp_path / "registers")
    edits = {"registers": lambda value: digests}
    out = Full(edits=edits, hash=hash_name).commit().draw().finish(tmp_path / "out")
    assert name_of(out, registers=tmp_path / "registers") == condition


def test_deposited_rules(tmp_path: Path) -> None:
    """A deposited rule has the digest of rules.json; one that is not there is not asked for."""
    digests = deposit(tmp_path / "registers", tasks="x\n")
    rule = tmp_path / "registers" / "rules" / "shared" / "cap.yaml"
    edits = {
        "registers": lambda v: digests,
        "rules": lambda v: {"shared/cap.yaml": hashlib.sha256(b"id: cap\n").hexdigest()},
    }
    out = Full(edits=edits).commit().finish(tmp_path / "out")
    assert name_of(out, registers=tmp_path / "registers") == "exit 0"
    rule.parent.mkdir(parents=True)
    rule.write_bytes(b"id: cap\n")
    assert name_of(out, registers=tmp_path / "registers") == "exit 0"
    rule.write_bytes(b"id: Cap\n")
    assert name_of(out, registers=tmp_path / "registers") == "registers.rule"


def test_registers_are_for_the_auditor(tmp_path: Path) -> None:
    """With the public part alone there is nothing to compare them with."""
    deposit(tmp_path / "registers", tasks="x\n")
    out = Full().commit().finish(tmp_path / "out")
    shutil.rmtree(out / "audit")
    assert name_of(out, registers=tmp_path / "registers") == "exit 0"


def test_open_frames_are_checked_in_public(tmp_path: Path) -> None:
    """With the public part alone an open task is drawn again; what it excluded is beyond the public."""

    def run(edits: dict[str, Edit]) -> str:
        out = tmp_path / str(len([*tmp_path.iterdir()]))
        Full(edits=edits).whole().finish(out)
        shutil.rmtree(out / "audit")
        return name_of(out)

    def tasks(**fields: Any) -> Edit:
        return lambda rows: [*rows[:2], rows[2] | fields]

    assert run({}) == "exit 0"
    assert run({"drawn:open": lambda u: [f"P0{k}" for k in range(7) if f"P0{k}" not in u][:2]}) == "result.drawn"
    assert run({"tasks": tasks(excluded_root=HEX)}) == "excluded.none"
    assert run({"tasks": tasks(excluded={"cap": 1})}) == "excluded.none"
    assert run({"frame:open": lambda rows: [*rows[:-1], ["p05", *rows[-1][1:]]]}) == "frame.case"
    assert (
        run(
            {
                "anchors": lambda rows: [
                    *rows,
                    {
                        "at": "2026-12-01T00:00:00+08:00",
                        "digest": HEX,
                        "file": "anchors/x.pdf",
                        "kind": "tsa",
                        "of": "manifest",
                    },
                ][-1:]
            }
        )
        == "exit 6"
    )
    assert run({"files": file("/open/open/frame.csv", lambda data: data.replace(b"P06", b"P07"))}) == "frame.root"
