"""The first commitment (第一次承诺): frames frozen and published by their roots before any source exists."""

from __future__ import annotations

import json
import secrets
from typing import Any

import pandas as pd

from supervision.canonical import canonical_json, digest
from supervision.domain.population import Population
from supervision.errors import UsageError
from supervision.month.desk import Desk
from supervision.month.nouns import items_of, tasks_of
from supervision.month.report import Report
from supervision.month.rounds import VISITS, pledged_visits, refuse_repeated
from supervision.month.scoring import evidence_digests, score
from supervision.month.sources import check_person, is_stuck
from supervision.month.timetable import PLACE, units_of
from supervision.sampling.frame.frame import Frame, build_frame
from supervision.sampling.protocol.commitment import commitment
from supervision.sampling.protocol.draw_files import excluded_csv, frame_csv, strata_json
from supervision.sampling.protocol.frozen_frames import FrameRecord, commit_frames
from supervision.sampling.protocol.source_schedule import schedule_sources

ALWAYS = ("unit_id", "status", "type", "region", "established")
FROZEN = ("tasks", "items", "offices")


def frames(desk: Desk, round_id: str) -> list[Frame]:
    """Build every task's frame (生成各任务抽样框) from the registers as known on the evidence day."""
    day, law, items = desk.evidence_day(round_id), desk.law_of(round_id), items_of(desk, round_id)
    tasks = tasks_of(desk, round_id)
    columns = {name for task in tasks for name in Population.parse(task.population).columns}
    entities = desk.store.register("entities", on=day, columns=[*ALWAYS, *sorted(columns - set(ALWAYS))])
    scores = desk.store.table(round_id, "scores", columns=["unit_id", "score", "class"])
    exemptions, caps = desk.store.register("exemptions", on=day), desk.store.register("caps", on=day)
    visits = desk.store.register("history", on=day, columns=VISITS)
    visits = pd.concat([visits, pledged_visits(desk, round_id, visits)], ignore_index=True)
    built = []
    for number, task in enumerate(tasks):
        desk.progress("month.frames", number, len(tasks))
        built.append(
            build_frame(
                task,
                items=items,
                entities=entities,
                scores=scores,
                exemptions=exemptions,
                visits=visits,
                caps=caps,
                law=law,
            )
        )
    return built


def commit(desk: Desk, round_id: str, *, rehearsal: bool = False, cause: str = "", key: str = "") -> Report:
    """Commit the round's frames (承诺): commitment.json is fixed, and with it who can be drawn with which chance.

    A round is committed once: a second call changes nothing. A real round makes its own frame key; a rehearsal takes
    the one it is given (protocol 4). An extra round names its cause.
    """
    if desk.is_open(round_id) and "commit" in desk.finished(round_id):
        return committed(desk, round_id)
    report = Report()
    if not desk.is_open(round_id) or "score" not in desk.finished(round_id):
        report.join("score", score(desk, round_id, rehearsal=rehearsal))
    rehearsal = desk.is_rehearsal(round_id)
    _check_cause(desk, round_id, cause)
    frame_key = _frame_key(key, rehearsal=rehearsal)
    hash_name, at = desk.card(round_id)["hash"], desk.committed_at(round_id, rehearsal=rehearsal)
    check_person(desk, round_id, "commit")
    law = desk.law_of(round_id)
    register = desk.store.register_digests(on=desk.evidence_day(round_id), hash_name=hash_name)
    if json.loads(desk.store.get(round_id, "evidence.json")) != evidence_digests(register):
        report.join("score", score(desk, round_id, anew=True))
    built = frames(desk, round_id)
    refuse_repeated(desk, round_id, built)
    desk.progress("month.roots", 0, 0)
    records = commit_frames(built, round_id=round_id, frame_key=frame_key, hash_name=hash_name)
    hours = int(law.value("shared/commit_interval")["hours"])
    body = commitment(
        records,
        round_id=round_id,
        rehearsal=rehearsal,
        committed_at=at,
        hash_name=hash_name,
        frame_key=frame_key,
        previous=None if rehearsal else previous_commitment(desk, round_id),
        cause=_cause(desk, round_id, cause),
        rules=desk.rules.digest(hash_name),
        register=digest(hash_name, canonical_json(register)).hex(),
        sources=schedule_sources(law.value("shared/draw_source"), at, hours),
        interval_hours=hours,
    )
    with desk.store.step(
        round_id, "commit", who=desk.whom(round_id), at=desk.at(round_id), inputs={"cause": cause or None}
    ) as step:
        step.put("audit/rules.json", desk.frozen_rules())
        step.put("audit/registers.json", canonical_json(register))
        for kind in FROZEN:
            step.table(f"frozen_{kind}", desk.store.register(kind, on=desk.evidence_day(round_id)))
        step.table("frozen_units", _units(desk, round_id, built))
        step.put("public/commitment.json", body)
        step.put("audit/frame_key.hex", frame_key.hex().encode())
        step.put("audit/scorecard.json", desk.store.get(round_id, "scorecard.json"))
        for record in records:
            _put_frame(step, record)
    return _joined(report, committed(desk, round_id), built)


def committed(desk: Desk, round_id: str) -> Report:
    """Say what was committed and which sources the round waits for (承诺内容与等待的信源)."""
    body = desk.store.get(round_id, "public/commitment.json")
    found = json.loads(body)
    report = Report(
        facts={"commitment": digest(found["hash"], body).hex(), "tasks": found["tasks"], "sources": found["sources"]}
    )
    report.say(
        "month.committed",
        round=round_id,
        digest=report.facts["commitment"],
        tasks=len(found["tasks"]),
        units=sum(t["units"] for t in found["tasks"]),
        sample=sum(t["sample"] for t in found["tasks"]),
    )
    for source in found["sources"]:
        report.say("month.waits_for", **source)
    return report


def abandon(desk: Desk, round_id: str, *, reason: str) -> Report:
    """Give a round up (放弃一轮), publicly and with a reason, only before its first source has a value (protocol 3).

    One exception: when a value that belongs before the last event was not put on record in time, nobody can ever know
    the seed, and the round can only be given up.
    """
    desk.need(round_id, "commit", "commit")
    if not reason.strip():
        raise UsageError("month.reason_empty")
    if "abandon" in desk.finished(round_id):
        return _abandoned(desk, round_id)
    if "draw" in desk.finished(round_id):
        raise UsageError("month.already_drawn", round=round_id)
    found = json.loads(desk.store.get(round_id, "public/commitment.json"))
    begun = found["rehearsal"] == "no" and desk.now().isoformat() >= found["sources"][0]["at"]
    if begun and not is_stuck(desk, round_id, found):
        raise UsageError("month.too_late_to_abandon", round=round_id, at=found["sources"][0]["at"])
    body = {
        "round": round_id,
        "commitment": digest(found["hash"], canonical_json(found)).hex(),
        "reason": reason,
        "at": desk.at(round_id),
    }
    with desk.store.step(round_id, "abandon", who=desk.whom(round_id), at=desk.at(round_id), inputs={}) as step:
        step.put("public/abandoned.json", canonical_json(body))
    return _abandoned(desk, round_id)


def _abandoned(desk: Desk, round_id: str) -> Report:
    report = Report(facts=json.loads(desk.store.get(round_id, "public/abandoned.json")))
    report.say("month.abandoned", round=round_id, reason=report.facts["reason"])
    return report


def _units(desk: Desk, round_id: str, built: list[Frame]) -> pd.DataFrame:
    """Where the frames' units are and what they are called, as committed: it decides which office visits them."""
    framed = pd.concat([frame.rows["unit_id"] for frame in built], ignore_index=True).unique()
    return units_of(desk, round_id, pd.Series(framed, dtype="str"), list(PLACE))


def _cause(desk: Desk, round_id: str, cause: str) -> str | None:
    """The cause of an extra round: the one given, else those that its tasks name."""
    if cause or len(round_id) == 7:
        return cause or None
    return "；".join(sorted({task.cause for task in tasks_of(desk, round_id)})) or None


def _put_frame(step: Any, record: FrameRecord) -> None:
    """Keep a task's frame for the auditor, and for everybody where the task is open."""
    name, frame, strata = record.task_id, frame_csv(record), strata_json(record.strata)
    step.put(f"audit/tasks/{name}/frame.csv", frame)
    step.put(f"audit/tasks/{name}/strata.json", strata)
    step.put(f"audit/tasks/{name}/excluded.csv", excluded_csv(record.excluded))
    if record.access == "open":
        step.put(f"public/open/{name}/frame.csv", frame)
        step.put(f"public/open/{name}/strata.json", strata)


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


def _check_cause(desk: Desk, round_id: str, cause: str) -> None:
    """An extra round names its cause (protocol 3)."""
    if len(round_id) > 7 and not cause and not all(task.cause for task in tasks_of(desk, round_id)):
        raise UsageError("month.cause_missing", round=round_id)


def previous_commitment(desk: Desk, round_id: str) -> str | None:
    """Digest of the agency's last commitment of any kind (上一份承诺): one chain over all real rounds."""
    last: tuple[str, str] | None = None
    for other in desk.store.rounds():
        if not desk.is_open(other) or desk.is_rehearsal(other):
            continue
        for path in desk.store.paths(other):
            if path.startswith("public/commitment"):
                body = desk.store.get(other, path)
                found = json.loads(body)
                last = max(last or ("", ""), (found["committed_at"], digest(found["hash"], body).hex()))
    return last[1] if last else None


def _joined(report: Report, other: Report, built: list[Frame]) -> Report:
    for frame in built:
        for remark in frame.remarks:
            other.say(remark.code, **remark.params)
    report.lines += other.lines
    report.facts |= other.facts
    return report
