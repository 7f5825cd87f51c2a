"""Step-ins (递补): a drawn unit that could not be inspected is replaced by the next of its stratum; draw protocol 2, 6.

One person records it with evidence, a second confirms it, and only then is the next reserve unit revealed. Neither may
be somebody who held the key or the order of the draw.
"""

from __future__ import annotations

from pathlib import Path

from supervision.errors import SupervisionError, UsageError
from supervision.month import round_files as files
from supervision.month.calendars import change_time, step_ins
from supervision.month.evidence import digest_of
from supervision.month.proposals import ProposedStepIn
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.second_yes import KNEW
from supervision.sampling.drawing import DRAWN, step_in
from supervision.sampling.protocol.records import StepIn

COULD_NOT = "could_not"


def propose(round: Round, unit_id: str, *, task_id: str, reason: str, evidence: Path) -> Report:
    """Record that a drawn unit could not be inspected (登记无法检查): nothing is revealed yet."""
    round.need(Step.DRAW, "draw")
    round.refuse_who_did(KNEW)
    if round.code_lists.outcome(reason) != COULD_NOT:
        known = " ".join(code for code, kind in round.code_lists.outcomes().items() if kind == COULD_NOT)
        raise UsageError("month.reason_not_could_not", reason=reason, known=known)
    _standing(round, task_id, unit_id)
    proposal = ProposedStepIn(
        task_id=task_id, unit_id=unit_id, reason=reason, evidence=digest_of(evidence), by=round.city.who
    )
    with round.save(Step.PROPOSE_STEP_IN) as saving:
        saving.put(files.PROPOSED_STEP_IN, proposal)
    report = Report(facts=dict(vars(proposal)))
    report.say("month.stepin_proposed", unit=unit_id, task=task_id, who=round.city.who)
    return report


def confirm(round: Round, unit_id: str) -> Report:
    """Confirm a recorded step-in as a second person (复核递补), and reveal the next reserve unit of the stratum."""
    if not round.holds(files.PROPOSED_STEP_IN) or round.read(files.PROPOSED_STEP_IN).unit_id != unit_id:
        raise UsageError("month.stepin_unknown", unit=unit_id)
    round.refuse_who_did(KNEW)
    proposal, before = round.read(files.PROPOSED_STEP_IN), step_ins(round)
    stratum = _standing(round, proposal.task_id, unit_id)
    order = round.read(files.ORDER, task=proposal.task_id)
    used = [one.stepped_in for one in before if one.task_id == proposal.task_id and one.stepped_in]
    entry = StepIn(
        at=change_time(round, round.read(files.REVEAL)),
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
