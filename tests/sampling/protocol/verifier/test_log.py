"""The log: each condition is broken once by a forger who chains all lines again."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from edits import Edit, drop, put
from forge import text
from forge_draws import Full

HEX, PUB, AUD = "0" * 64, "public/2026-12", "audit/2026-12"


def entry(step: str, edit: Edit, number: int = 1) -> Edit:
    """Change the n-th entry of a step."""
    seen = [0]

    def change(one: Any) -> Any:
        seen[0] += one["step"] == step
        return edit(one) if one["step"] == step and seen[0] == number else None

    return change


def output(change: Callable[[dict[str, str]], dict[str, str]]) -> Edit:
    """Change the outputs of an entry."""
    return lambda one: one | {"outputs": change(one["outputs"])}


def without(*names: str) -> Edit:
    """Take outputs away."""
    return output(lambda paths: {path: digest for path, digest in paths.items() if not path.endswith(names)})


CASES: list[tuple[str, Edit]] = [
    ("fields.missing", entry("draw", drop("who"))),
    ("fields.value", entry("draw", put(step="paint"))),
    ("fields.value", entry("draw", put(inputs={"../x": HEX}))),
    ("log.seq", entry("draw", put(seq=7))),
    ("log.previous", entry("draw", put(previous=HEX))),
    ("log.previous", entry("import", put(previous=HEX))),
    ("log.time", entry("draw", put(at="2026-11-25T08:59:59+08:00"))),
    ("log.twice", entry("draw", output(lambda paths: paths | {f"{PUB}/commitment.json": HEX}))),
    ("log.twice", entry("match", output(lambda paths: paths | {f"{AUD}/roster-0.csv": HEX}))),
    ("log.twice", entry("stepin", output(lambda paths: paths | {f"{AUD}/tasks/fire/frame.csv": HEX}))),
    ("log.input", entry("draw", put(inputs={f"{PUB}/commitment.json": HEX}))),
    ("log.never_put", entry("commit", without("frame_key.hex"))),
    ("log.never_put", entry("commit", without("fire/frame.csv"))),
    ("log.never_put", entry("match", without("reveal2.json"))),
    ("log.digest", entry("commit", output(lambda paths: paths | {f"{AUD}/strata_keys.csv": HEX}))),
    ("log.digest", entry("commit", output(lambda paths: paths | {f"{AUD}/tasks.csv": HEX}))),
    ("log.digest", entry("import", output(lambda paths: paths | {f"{AUD}/rules.json": HEX}))),
    ("log.gone", entry("match", output(lambda paths: paths | {f"{AUD}/sent_back-5.json": HEX}))),
    ("log.step", entry("commit", put(step="publish"))),
    ("log.step", entry("draw", put(step="commit"))),
    ("log.step", entry("match", put(step="draw"))),
    ("log.step", entry("commit_roster", put(step="commit"))),
    ("log.step", entry("stepin", put(step="publish"))),
    ("log.step", entry("substitute", put(step="publish"))),
    ("log.list", entry("stepin", output(lambda paths: {f"{AUD}/stepins.json": HEX}))),
    ("log.list", entry("replan", output(lambda paths: {f"{AUD}/changes.json": HEX}))),
    ("log.one_by_one", entry("stepin", without("stepins.json"))),
    ("log.list_missing", entry("stepin", without("stepins.json"), 3)),
    ("log.list_missing", entry("replan", without("changes.json"), 2)),
    ("log.drawn_early", entry("draw", put(at="2026-11-29T21:24:59+08:00"))),
    ("log.drawn_early", entry("match", put(at="2026-12-01T21:24:59+08:00"))),
    ("log.clock", entry("import", put(at="2026-11-25T09:00:01+08:00"))),
    ("log.committed_after", entry("commit", put(at="2026-11-25T08:59:59+08:00"))),
    ("log.committed_late", entry("commit", put(at="2026-11-29T21:25:00+08:00"))),
    ("log.later", entry("stepin", put(at="2026-12-02T08:59:59+08:00"))),
    ("log.later", entry("substitute", put(at="2026-12-02T09:29:59+08:00"))),
    ("persons.draw", entry("draw", put(who="alice"))),
    ("persons.match", entry("match", put(who="alice"))),
    ("persons.match", entry("match", put(who="alice"), 2)),
    ("exit 0", entry("draw", put(inputs={f"{PUB}/commitment.json": None}))),
    ("exit 0", entry("substitute", without("changes.json"))),
    ("exit 0", entry("draw", put(at="2026-11-29T21:25:00+08:00"))),
    ("exit 0", entry("import", put(at="2026-11-25T09:00:00+08:00"))),
]
EARLY = {"import": "2026-11-25T09:00:01+08:00", "commit": "2026-11-25T08:59:59+08:00"}


@pytest.mark.parametrize(("condition", "edit"), CASES, ids=[f"{c[0]}-{k}" for k, c in enumerate(CASES)])
def test_a_forged_log_is_named(condition: str, edit: Edit, differs: Any) -> None:
    """The lines are chained again and all heads are those of the forged log; the condition itself names it."""

    def change(one: Any) -> Any:
        made = edit(one)
        if made and made["inputs"] == {f"{PUB}/commitment.json": None}:  # the digest that was put
            made = made | {"inputs": {f"{PUB}/commitment.json": put_digest[0]}}
        if one["step"] == "commit":
            put_digest[:] = [one["outputs"][f"{PUB}/commitment.json"]]
        if condition in ("log.clock",) and one["step"] == "commit":
            made = one | {"at": "2026-11-25T09:00:01+08:00"}
        if condition == "log.committed_after" and one["step"] == "import":
            made = one | {"at": "2026-11-24T18:00:00+08:00"}
        return made

    put_digest: list[str] = []
    assert differs({"log": change}) == condition


@pytest.mark.parametrize(
    ("condition", "edit"),
    [("log.head", put(log=HEX)), ("log.head", put(log=None))],
)
@pytest.mark.parametrize("record", ["commitment", "roster_commitment", "roster_commitment-2"])
def test_a_commitment_binds_the_log_before_it(condition: str, edit: Edit, record: str, differs: Any) -> None:
    """The log head of a commitment is the digest of the line before its own."""
    assert differs({record: edit}) == condition


def test_a_real_round_has_a_log_and_a_rehearsal_may_lack_it(forged: Any, differs: Any) -> None:
    """An empty log is none."""
    empty = {"files": lambda files: files | {f"{AUD}/log.jsonl": b""}}
    gone = {"files": lambda files: {path: data for path, data in files.items() if not path.endswith("log.jsonl")}}
    assert differs(empty) == "log.empty"
    assert differs(gone) == "paths.missing"
    report = forged(gone, real=False)
    assert report.code == 0
    assert ("2026-12 无日志", "2026-12 has no log") in report.unchecked


def test_who_records_a_step_in_held_no_key(differs: Any) -> None:
    """The clerks of commit and draw know the order; they neither record nor review."""
    assert differs({"stepin": put(by="alice")}) == "persons.stepin"
    assert differs({"stepin": put(reviewed_by="bob")}) == "persons.stepin"
    assert differs({"stepin": put(reviewed_by="bob")}, real=False) == "exit 0"


def moved(path: str, step: str) -> Any:
    """Return an edit of the log that puts a file in a later step instead of its own."""
    kept: dict[str, str] = {}

    def change(one: Any) -> Any:
        if path in one["outputs"]:
            kept[path] = one["outputs"][path]
            return one | {"outputs": {p: d for p, d in one["outputs"].items() if p != path}}
        if one["step"] == step and kept:
            return one | {"outputs": one["outputs"] | {path: kept.pop(path)}}
        return None

    return change


@pytest.mark.parametrize(
    ("path", "step"),
    [
        (f"{AUD}/frame_key.hex", "draw"),
        (f"{AUD}/tasks/fire/strata.json", "draw"),
        (f"{AUD}/strata_keys.csv", "commit_roster"),
        (f"{AUD}/roster-0.csv", "commit_roster"),
        (f"{AUD}/calendar.csv", "match"),
        (f"{AUD}/roster.csv", "match"),
        (f"{AUD}/recusals.csv", "stepin"),
    ],
)
def test_what_a_commitment_binds_was_put_before_it(path: str, step: str, differs: Any) -> None:
    """A file that enters the log after its commitment was not fixed by it."""
    assert differs({"log": moved(path, step)}) == "log.order"


def test_what_a_draw_gives_is_put_by_it(differs: Any) -> None:
    """Orders, inspectors and visits sent back are not known before the draw."""
    for path, step in ((f"{AUD}/tasks/fire/order.csv", "commit"), (f"{AUD}/roster.json", "commit_roster")):
        digest = [""]

        def learn(one: Any, path: str = path, digest: list[str] = digest) -> Any:
            if path in one["outputs"]:
                digest[0] = one["outputs"][path]
                return one | {"outputs": {p: d for p, d in one["outputs"].items() if p != path}}
            return None

        differs({"log": learn}, real=False)

        def early(one: Any, path: str = path, step: str = step, digest: list[str] = digest) -> Any:
            outputs = {p: d for p, d in one["outputs"].items() if p != path}
            if one["step"] == step and digest[0]:
                outputs, digest[0] = outputs | {path: digest[0]}, ""
            return one | {"outputs": outputs}

        assert differs({"log": early}, real=False) == "log.order"  # a rehearsal's seed does not hang on the log


def test_steps_are_in_their_order(differs: Any) -> None:
    """A roster commitment that the log knows before the draw of the round is out of order."""

    def course(one: Full) -> Full:
        one.commit()
        log, later = one.log, []
        one.log = lambda *given: later.append(given)  # type: ignore[method-assign]
        one.draw()
        one.log = log  # type: ignore[method-assign]
        one.second("2026-11-30T09:00:00", "2026-12-01", one.plan())
        for step, who, _, names in later:
            one.log(step, who, "2026-11-30T10:00:00+08:00", names)
        return one

    assert differs({}, course=course) == "log.order"


def test_an_abandonment_is_in_the_log_in_time(differs: Any) -> None:
    """It is entered when it is made, and before the first source."""

    def course(at: str, entered: str) -> Any:
        def run(one: Full) -> Full:
            one.commit()
            record = {"at": at, "cancelled": None, "commitment": one.digest.hex(), "reason": "有误", "round": one.round}
            one.files[f"{PUB}/abandoned.json"] = text(record)
            one.log("abandon", "alice", entered, [f"{PUB}/abandoned.json"])
            return one

        return run

    on = "2026-11-26T09:00:00+08:00"
    assert differs({}, course=course(on, on)) == "exit 0"
    assert differs({}, course=course(on, "2026-11-26T08:59:59+08:00")) == "log.abandoned_early"
    assert differs({}, course=course(on, "2026-11-29T21:25:00+08:00")) == "log.abandoned_late"


def test_the_log_is_one_line_a_step(forged: Any, tmp_path: Any) -> None:
    """Each line's digest stands in the next one."""
    lines = (tmp_path / "0" / AUD / "log.jsonl").read_bytes().splitlines() if forged({}).code == 0 else []
    heads = [hashlib.sha256(line).hexdigest() for line in lines]
    assert [json.loads(line)["previous"] for line in lines] == [None, *heads[:-1]]
