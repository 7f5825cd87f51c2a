"""The first commitment (第一次承诺): frames frozen and published by their roots before any source exists."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from supervision.canonical import canonical_json, digest
from supervision.errors import SupervisionError, UsageError
from supervision.law.rules import Law
from supervision.month import round_files as files
from supervision.month.coverage_rows import certificate
from supervision.month.doubtful_lists import doubtful
from supervision.month.frames import built_frames, kept_in_year
from supervision.month.off_site_tasks import check_off_site
from supervision.month.other_levels import shadowed_offices
from supervision.month.other_rounds import chain, refuse_overdue, refuse_repeated, undrawn_beside
from supervision.month.regime_checks import check_regimes, stale_lists
from supervision.month.report import Report
from supervision.month.round import Round, Saving
from supervision.month.round_files import File, Step
from supervision.month.round_people import PLACE, need_known_month, people, units_of
from supervision.month.source_values import check_person, waits_for
from supervision.month.unverified import accepted
from supervision.sampling.bytes.identifiers import check_name, check_text
from supervision.sampling.bytes.unit_numbers import Secret
from supervision.sampling.frame.frame import Frame
from supervision.sampling.protocol import verifier
from supervision.sampling.protocol.commitment import Commitment
from supervision.sampling.protocol.frame_files import Kept, kept_frames
from supervision.sampling.protocol.reveal import Abandonment
from supervision.sampling.protocol.roster_commitment import RosterCommitment
from supervision.sampling.protocol.source_schedule import schedule_sources

FROZEN = ("tasks", "items", "offices")
OPEN_NAMES = ("frame.csv", "strata.json")
ROSTER = "roster"
PROCESSES = 2
CITY = "shared/city"


def commit(round: Round, *, cause: str = "", key: str = "", accept_unverified: str = "") -> Report:
    """Commit the round's frames (承诺): commitment.json is fixed, and with it who can be drawn with which chance.

    A round is committed once: a second call changes nothing. A real round makes its own frame key; a rehearsal takes
    the one it is given (protocol 3). An extra round names its cause. `accept_unverified`: the person who answers for
    rules that nobody has verified; without one a real round that rests on such is refused.
    """
    if round.has(Step.COMMIT):
        return committed(round)
    round.need(Step.SCORE, "score")
    check_before(round, cause=cause, key=key, accept_unverified=accept_unverified)
    acceptance = accepted(round, accept_unverified)
    frame_key = _frame_key(key, rehearsal=round.is_rehearsal)
    register = round.register_digests()
    built = built_frames(round)
    refuse_repeated(round, built)
    built = kept_in_year(round, built)
    coverage = certificate(round, built)
    roster, _ = people(round, on=round.evidence_day)
    round.city.progress("month.roots", 0, 0)
    secret = Secret(frame_key=frame_key, round_id=round.id, hash_name=round.hash_name)
    frozen = kept_frames(built, secret, processes=PROCESSES)
    commitment = _commitment(round, frozen, secret, register=register, cause=cause, roster=roster)
    with round.save(Step.COMMIT) as saving:
        if acceptance:
            saving.put(files.ACCEPTED, acceptance)
        saving.put(files.RULES, round.city.rule_files)
        saving.put(files.RULE_DIGESTS, round.city.rules.digests(round.hash_name))
        saving.put(files.REGISTERS, register)
        for kind in FROZEN:
            saving.table(files.FROZEN, round.register(kind), kind=kind)
        saving.table(files.FROZEN_UNITS, _units(round, built))
        saving.put(files.COMMITMENT, commitment)
        saving.put_bytes(files.VERIFIER, _verifier())
        saving.put(files.FRAME_KEY, frame_key)
        saving.put(files.ROSTER_0, roster)
        saving.put(files.AUDIT_SCORECARD, round.read(files.SCORECARD))
        if round.holds(files.INDUSTRY_CARDS):
            saving.put(files.AUDIT_INDUSTRY_CARDS, round.read(files.INDUSTRY_CARDS))
        saving.put(files.AUDIT_PROFESSIONAL, round.read(files.PROFESSIONAL_COUNTS))
        saving.put(files.AUDIT_CLASS_MOVES, round.read(files.CLASS_MOVES))
        _put_nouns(saving, round)
        for one in frozen:
            _put_frame(saving, one)
        saving.put(files.STRATA_KEYS, _strata_keys(frozen))
        if coverage is not None:
            saving.put(files.COVERAGE, coverage.table)
            saving.put(files.COVERAGE_DUTIES, coverage.facts)
    report = committed(round)
    report.lines.extend(remark for frame in built for remark in frame.remarks)
    report.lines += [*undrawn_beside(round, built), *shadowed_offices(round), *doubtful(round), *stale_lists(round)]
    return report


def check_before(round: Round, *, cause: str, key: str, accept_unverified: str) -> None:
    """Refuse a commitment for what can be known before anybody is scored (承诺前核对).

    `commit` scores where no scores stand: a commitment that is refused here has left nothing in the log.
    """
    _check_cause(round, cause)
    need_known_month(round)
    check_regimes(round)
    check_off_site(round)
    accepted(round, accept_unverified)
    _agency(round.law)
    if key or round.is_rehearsal:
        _frame_key(key, rehearsal=round.is_rehearsal)
    check_person(round, "commit")
    refuse_overdue(round)


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
    report.lines += [waits_for(source) for source in found.sources]
    return report


def abandon(round: Round, *, reason: str, cancelled: str | None = None) -> Report:
    """Give a round up (放弃一轮), publicly and with a reason: before its first source, or when an issue was cancelled.

    `cancelled` names the source whose issue the organiser cancelled or put off beyond the month (protocol 3).
    """
    round.need(Step.COMMIT, "commit")
    check_text(reason.strip(), what="reason")
    if round.has(Step.ABANDON):
        return _abandoned(round, files.ABANDONED)
    if round.has(Step.DRAW):
        raise UsageError("month.already_drawn", round=round.id)
    found = round.read(files.COMMITMENT)
    if cancelled is not None:
        _check_cancelled(cancelled, found)
    if round.holds(files.ENTERED):
        raise UsageError("month.values_known", round=round.id)
    begun = not found.rehearsal and round.city.now().isoformat() >= found.sources[0].at
    if begun and cancelled is None:
        raise UsageError("month.too_late_to_abandon", round=round.id, at=found.sources[0].at)
    body = Abandonment(
        round=round.id, commitment=found.digest.hex(), reason=reason.strip(), at=round.at, cancelled=cancelled
    )
    with round.save(Step.ABANDON, inputs=[files.COMMITMENT.path()]) as saving:
        saving.put(files.ABANDONED, body)
    return _abandoned(round, files.ABANDONED)


def abandon_roster(round: Round, *, reason: str, cancelled: str) -> Report:
    """Give up a roster commitment whose source's issue was cancelled (放弃第二次承诺), between it and its draw.

    Calendar and roster are then planned and committed again under the next number, which is no supplement (protocol
    3). Once a person has entered the values it is too late: they are known.
    """
    round.need(Step.ROSTER, "commit --roster")
    check_text(reason.strip(), what="reason")
    number = round.count(Step.ROSTER)
    if round.has(Step.ABANDON_ROSTER, number):
        return _abandoned(round, files.ABANDONED_ROSTER, number)
    if round.has(Step.MATCH, number):
        raise UsageError("month.already_matched", round=round.id, number=number)
    found = round.read(files.ROSTER_COMMITMENT, number)
    _check_cancelled(cancelled, found)
    if round.holds(files.ENTERED_ROSTER, number):
        raise UsageError("month.values_known", round=round.id)
    body = Abandonment(
        round=round.id, commitment=found.digest.hex(), reason=reason.strip(), at=round.at, cancelled=cancelled
    )
    with round.save(Step.ABANDON_ROSTER, number, inputs=[files.ROSTER_COMMITMENT.path(number)]) as saving:
        saving.put(files.ABANDONED_ROSTER, body)
    return _abandoned(round, files.ABANDONED_ROSTER, number)


def _check_cancelled(cancelled: str, found: Commitment | RosterCommitment) -> None:
    """Refuse a cancelled source that is none of the commitment's."""
    known = [source.name for source in found.sources]
    if cancelled not in known:
        raise UsageError("month.source_unknown", name=cancelled, known=" ".join(known))


def _abandoned(round: Round, file: File[Abandonment], number: int = 1) -> Report:
    found = round.read(file, number)
    report = Report(facts=dict(vars(found)))
    report.say("month.abandoned", round=round.id, reason=found.reason)
    return report


def _commitment(
    round: Round,
    frozen: Sequence[Kept],
    secret: Secret,
    *,
    register: dict[str, str],
    cause: str,
    roster: pd.DataFrame,
) -> Commitment:
    law, at, hash_name = round.law, round.at, round.hash_name
    hours = int(law.value("shared/commit_interval")["hours"])
    sequence, previous = chain(round)
    return Commitment(
        agency=_agency(law),
        round=round.id,
        rehearsal=round.is_rehearsal,
        committed_at=at,
        evidence=round.evidence_day.isoformat(),
        hash_name=hash_name,
        sequence=sequence,
        previous=previous,
        log=round.log_head,
        cause=_cause(round, cause),
        key_digest=digest(hash_name, secret.frame_key).hex(),
        rules=round.city.rules.digest(hash_name),
        register=digest(hash_name, canonical_json(register)).hex(),
        roster=secret.file_digest(ROSTER, 0, files.ROSTER_0.to_bytes(roster)),
        software=digest(hash_name, _verifier()).hex(),
        sources=schedule_sources(law.value("shared/draw_source"), after=at, interval_hours=hours),
        tasks=tuple(one.entry for one in frozen),
    ).check(interval_hours=hours)


def _verifier() -> bytes:
    """The verifier that is published with the round (核验程序): the committed one, whatever is installed later."""
    return Path(verifier.__file__).read_bytes()


def _units(round: Round, built: Sequence[Frame]) -> pd.DataFrame:
    """Where the frames' units are and what they are called, as committed: it decides which office visits them."""
    framed = pd.concat([frame.rows["unit_id"] for frame in built], ignore_index=True).unique()
    return units_of(round, pd.Series(framed, dtype="str"), list(PLACE))


def _put_nouns(saving: Saving, round: Round) -> None:
    """Keep tasks, items and offices for the auditor, as they were frozen."""
    tasks = [(task.task_id, " ".join(sorted(task.items))) for task in round.tasks]
    saving.put(files.TASKS, files.TASKS_TABLE.frame(tasks))
    items = [
        (one.item_id, one.department, one.kind, one.ratio, str(one.half_days), str(one.inspectors))
        for one in round.items.values()
    ]
    saving.put(files.ITEMS, files.ITEMS_TABLE.frame(items))
    offices = [(one.office_id, one.department, one.region, one.name) for one in round.offices.values()]
    saving.put(files.OFFICES, files.OFFICES_TABLE.frame(offices))


def _put_frame(saving: Saving, frozen: Kept) -> None:
    """Keep a task's frame for the auditor, and for everybody where the task is open."""
    task = frozen.entry.task_id
    for name, content in frozen.files.items():
        saving.put_bytes(files.TASK_FILE.format(task=task, name=name), content)
    if frozen.entry.access == "open":
        for name in OPEN_NAMES:
            saving.put_bytes(files.OPEN_FILE.format(task=task, name=name), frozen.files[name])


def _strata_keys(frozen: Sequence[Kept]) -> pd.DataFrame:
    rows = [(one.entry.task_id, name, key) for one in frozen for key, name in one.keys.items()]
    return files.STRATA_KEYS_TABLE.frame(rows)


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
    if not round.name.extra:
        return None
    return cause or "；".join(sorted({task.cause for task in round.tasks}))


def _agency(law: Law) -> str:
    """The coordinating body's code (统筹机关), under which the chain of commitments stands."""
    value = law.value(CITY)
    if not isinstance(value, dict) or not value.get("agency"):
        raise SupervisionError("sampling.rule_field", rule=CITY, field="agency")
    return check_name(str(value["agency"]), what="agency")
