"""The first commitment (第一次承诺): frames frozen and published by their roots before any source exists."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import pandas as pd

from supervision.canonical import canonical_json, digest
from supervision.errors import UsageError
from supervision.month import round_files as files
from supervision.month.frames import built_frames, kept_in_year
from supervision.month.other_rounds import previous_commitment, refuse_repeated
from supervision.month.report import Report
from supervision.month.round import Round, Saving
from supervision.month.round_files import Step
from supervision.month.round_people import PLACE, need_known_month, units_of
from supervision.month.source_values import check_person, is_stuck
from supervision.month.unverified import accepted
from supervision.sampling.frame.frame import Frame
from supervision.sampling.protocol.commitment import Commitment
from supervision.sampling.protocol.frame_files import frame_files
from supervision.sampling.protocol.frozen_frames import FrozenFrame, commit_frames
from supervision.sampling.protocol.reveal import Abandonment
from supervision.sampling.protocol.seeds import Source
from supervision.sampling.protocol.source_schedule import schedule_sources

FROZEN = ("tasks", "items", "offices")
OPEN_NAMES = ("frame.csv", "strata.json")


def commit(round: Round, *, cause: str = "", key: str = "", accept_unverified: str = "") -> Report:
    """Commit the round's frames (承诺): commitment.json is fixed, and with it who can be drawn with which chance.

    A round is committed once: a second call changes nothing. A real round makes its own frame key; a rehearsal takes
    the one it is given (protocol 4). An extra round names its cause. `accept_unverified`: the person who answers for
    rules that nobody has verified; without one a real round that rests on such is refused.
    """
    if round.has(Step.COMMIT):
        return committed(round)
    round.need(Step.SCORE, "score")
    _check_cause(round, cause)
    need_known_month(round)
    acceptance = accepted(round, accept_unverified)
    frame_key, at = _frame_key(key, rehearsal=round.is_rehearsal), round.at
    check_person(round, "commit")
    register = round.register_digests()
    built = built_frames(round)
    refuse_repeated(round, built)
    built = kept_in_year(round, built)
    round.city.progress("month.roots", 0, 0)
    frozen = commit_frames(built, round_id=round.id, frame_key=frame_key, hash_name=round.hash_name)
    commitment = _commitment(round, frozen, frame_key=frame_key, at=at, register=register, cause=cause)
    with round.save(Step.COMMIT, inputs={"cause": cause or None, **acceptance}) as saving:
        saving.put(files.RULES, round.city.rule_files)
        saving.put(files.REGISTERS, register)
        for kind in FROZEN:
            saving.table(files.FROZEN, round.register(kind), kind=kind)
        saving.table(files.FROZEN_UNITS, _units(round, built))
        saving.put(files.COMMITMENT, commitment)
        saving.put(files.FRAME_KEY, frame_key)
        saving.put(files.AUDIT_SCORECARD, round.read(files.SCORECARD))
        for one in frozen:
            _put_frame(saving, one)
    report = committed(round)
    report.lines.extend(remark for frame in built for remark in frame.remarks)
    return report


def committed(round: Round) -> Report:
    """Say what was committed and which sources the round waits for (承诺内容与等待的信源)."""
    found = round.read(files.COMMITMENT)
    report = Report(
        facts={
            "commitment": found.digest.hex(),
            "tasks": [dict(vars(task)) for task in found.tasks],
            "sources": [source.as_json() for source in found.sources],
        }
    )
    report.say(
        "month.committed",
        round=round.id,
        digest=found.digest.hex(),
        tasks=len(found.tasks),
        units=sum(task.units for task in found.tasks),
        sample=sum(task.sample for task in found.tasks),
    )
    for source in found.sources:
        report.say("month.waits_for", **source.as_json())
    return report


def abandon(round: Round, *, reason: str) -> Report:
    """Give a round up (放弃一轮), publicly and with a reason, only before its first source has a value (protocol 3).

    One exception: when a value that belongs before the last event was not put on record in time, nobody can ever know
    the seed, and the round can only be given up.
    """
    round.need(Step.COMMIT, "commit")
    if not reason.strip():
        raise UsageError("month.reason_empty")
    if round.has(Step.ABANDON):
        return _abandoned(round)
    if round.has(Step.DRAW):
        raise UsageError("month.already_drawn", round=round.id)
    found = round.read(files.COMMITMENT)
    begun = not found.rehearsal and round.city.now().isoformat() >= found.sources[0].at
    if begun and not is_stuck(round, found):
        raise UsageError("month.too_late_to_abandon", round=round.id, at=found.sources[0].at)
    body = Abandonment(round=round.id, commitment=found.digest.hex(), reason=reason, at=round.at)
    with round.save(Step.ABANDON) as saving:
        saving.put(files.ABANDONED, body)
    return _abandoned(round)


def _abandoned(round: Round) -> Report:
    found = round.read(files.ABANDONED)
    report = Report(facts=dict(vars(found)))
    report.say("month.abandoned", round=round.id, reason=found.reason)
    return report


def _commitment(
    round: Round,
    frozen: Sequence[FrozenFrame],
    *,
    frame_key: bytes,
    at: str,
    register: dict[str, str],
    cause: str,
) -> Commitment:
    hours = int(round.law.value("shared/commit_interval")["hours"])
    sources = schedule_sources(round.law.value("shared/draw_source"), at, hours)
    return Commitment(
        round=round.id,
        rehearsal=round.is_rehearsal,
        committed_at=at,
        hash_name=round.hash_name,
        key_digest=digest(round.hash_name, frame_key).hex(),
        previous=None if round.is_rehearsal else previous_commitment(round),
        cause=_cause(round, cause),
        rules=round.city.rules.digest(round.hash_name),
        register=digest(round.hash_name, canonical_json(register)).hex(),
        sources=tuple(Source.of(entry) for entry in sources),
        tasks=tuple(one.entry(round.hash_name) for one in sorted(frozen, key=lambda one: one.task_id)),
    ).check(interval_hours=hours)


def _units(round: Round, built: Sequence[Frame]) -> pd.DataFrame:
    """Where the frames' units are and what they are called, as committed: it decides which office visits them."""
    framed = pd.concat([frame.rows["unit_id"] for frame in built], ignore_index=True).unique()
    return units_of(round, pd.Series(framed, dtype="str"), list(PLACE))


def _put_frame(saving: Saving, frozen: FrozenFrame) -> None:
    """Keep a task's frame for the auditor, and for everybody where the task is open."""
    made = frame_files(frozen)
    for name, content in made.items():
        saving.put_bytes(files.TASK_FILE.format(task=frozen.task_id, name=name), content)
    if frozen.access == "open":
        for name in OPEN_NAMES:
            saving.put_bytes(files.OPEN_FILE.format(task=frozen.task_id, name=name), made[name])


def _frame_key(key: str, *, rehearsal: bool) -> bytes:
    if not rehearsal:
        if key:
            raise UsageError("month.key_in_real_round")
        return secrets.token_bytes(32)
    try:
        found = bytes.fromhex(key.strip())
    except ValueError as error:
        raise UsageError("month.key_malformed") from error
    if len(found) != 32:
        raise UsageError("month.key_malformed")
    return found


def _check_cause(round: Round, cause: str) -> None:
    """An extra round names its cause (protocol 3)."""
    if round.name.extra and not cause and not all(task.cause for task in round.tasks):
        raise UsageError("month.cause_missing", round=round.id)


def _cause(round: Round, cause: str) -> str | None:
    """The cause of an extra round: the one given, else those that its tasks name."""
    if cause or not round.name.extra:
        return cause or None
    return "；".join(sorted({task.cause for task in round.tasks})) or None
