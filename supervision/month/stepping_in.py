"""Step-ins (递补): a drawn unit that could not be inspected is replaced by the next of its stratum; draw protocol 2, 6.

One person records it with evidence, a second confirms it, and only then is the next reserve unit revealed. Neither may
be somebody who held the key or the order of the draw.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from supervision.canonical import canonical_json, parse_canonical
from supervision.errors import SupervisionError, UsageError
from supervision.month import round_files as files
from supervision.month.calendars import step_ins
from supervision.month.evidence import digest_of
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import File, Step
from supervision.sampling.drawing import DRAWN, step_in
from supervision.sampling.protocol.records import StepIn

KNEW = {"commit", "draw", "commit_roster", "match"}
COULD_NOT = "could_not"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A step-in that waits for its second person (待复核的递补)."""

    task_id: str
    unit_id: str
    reason: str
    evidence: str
    by: str

    def to_bytes(self) -> bytes:
        """Return the file's bytes (文件字节)."""
        return canonical_json(vars(self))

    @classmethod
    def from_bytes(cls, source: bytes) -> Proposal:
        """Read the file (读取文件)."""
        return cls(**parse_canonical(source))


def propose(round: Round, unit_id: str, *, task_id: str, reason: str, evidence: Path) -> Report:
    """Record that a drawn unit could not be inspected (登记无法检查): nothing is revealed yet."""
    round.need(Step.DRAW, "draw")
    _refuse_insider(round)
    if round.code_lists.outcome(reason) != COULD_NOT:
        known = " ".join(code for code, kind in round.code_lists.outcomes().items() if kind == COULD_NOT)
        raise UsageError("month.reason_not_could_not", reason=reason, known=known)
    _standing(round, task_id, unit_id)
    proposal = Proposal(
        task_id=task_id, unit_id=unit_id, reason=reason, evidence=digest_of(evidence), by=round.city.who
    )
    with round.save(Step.PROPOSE_STEP_IN) as saving:
        saving.put(PROPOSED_FILE, proposal)
    report = Report(facts=dict(vars(proposal)))
    report.say("month.stepin_proposed", unit=unit_id, task=task_id, who=round.city.who)
    return report


def confirm(round: Round, unit_id: str) -> Report:
    """Confirm a recorded step-in as a second person (复核递补), and reveal the next reserve unit of the stratum."""
    if not round.holds(PROPOSED_FILE) or round.read(PROPOSED_FILE).unit_id != unit_id:
        raise UsageError("month.stepin_unknown", unit=unit_id)
    _refuse_insider(round)
    proposal, before = round.read(PROPOSED_FILE), step_ins(round)
    stratum = _standing(round, proposal.task_id, unit_id)
    order = round.read(files.ORDER, task=proposal.task_id)
    used = [one.stepped_in for one in before if one.task_id == proposal.task_id and one.stepped_in]
    entry = StepIn(
        at=round.city.now().isoformat() if not round.is_rehearsal else _held(round),
        by=proposal.by,
        evidence=proposal.evidence,
        stepped_in=step_in(order, unit_id=unit_id, used=used),
        no=len(before) + 1,
        out=unit_id,
        reason=proposal.reason,
        reviewed_by=round.city.who,
        stratum=stratum,
        task_id=proposal.task_id,
    ).check()
    with round.save(Step.STEP_IN) as saving:
        saving.put(files.STEP_INS, (*before, entry))
    report = Report(facts={"no": entry.no, "task_id": entry.task_id, "in": entry.stepped_in})
    if entry.stepped_in is None:
        report.say("month.stepin_none", unit=unit_id, task=entry.task_id)
        report.exit_code = 4
    else:
        report.say("month.stepped_in", unit=entry.stepped_in, task=entry.task_id)
    return report


PROPOSED_FILE: File[Proposal] = File("proposed_stepin.json", Proposal)


def _standing(round: Round, task_id: str, unit_id: str) -> str:
    """The stratum of a unit that stands for a task: drawn or stepped in, and not replaced yet."""
    if task_id not in {task.task_id for task in round.tasks}:
        raise UsageError("month.task_unknown", task=task_id, known=" ".join(task.task_id for task in round.tasks))
    order = round.read(files.ORDER, task=task_id)
    mine = order[order["unit_id"] == unit_id]
    before = [one for one in step_ins(round) if one.task_id == task_id]
    there = len(mine) and (mine["role"].iloc[0] == DRAWN or unit_id in {one.stepped_in for one in before})
    if not there:
        raise SupervisionError("month.not_drawn", unit=unit_id, task=task_id)
    if unit_id in {one.out for one in before}:
        raise SupervisionError("month.replaced_before", unit=unit_id, task=task_id)
    return str(mine["stratum"].iloc[0])


def _held(round: Round) -> str:
    return max(round.read(files.REVEAL).held.values())


def _refuse_insider(round: Round) -> None:
    """Who held key, order or reserve of the draw neither records nor reviews a step-in."""
    if round.is_rehearsal:
        return
    for line in round.log.splitlines():
        entry = json.loads(line)
        if entry["who"] == round.city.who and entry["step"] in KNEW:
            raise UsageError("month.one_person", who=round.city.who, step=entry["step"], round=round.id)
