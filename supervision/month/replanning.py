"""Change of a calendar (日程变更): an illness, a closed office, a unit that cannot be visited, an urgent visit.

Before inspectors are drawn the calendar, still a draft, is made anew. Afterwards the planner says which visits move;
who goes and where a visit moves to is the protocol's rule (draw protocol 2, 7), by which all is replayed and compared.
"""

from __future__ import annotations

from supervision.errors import SupervisionError, UsageError
from supervision.month import round_files as files
from supervision.month.calendar_making import draft_paths, keep
from supervision.month.calendars import changes
from supervision.month.change_order import Asked
from supervision.month.change_proposal import Proposal, on_record, propose, state_of
from supervision.month.change_request import NOBODY
from supervision.month.change_words import as_proposed, said
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.planner.plan import Budget

BUDGET = Budget(processes=2)


def look(round: Round, asked: Asked) -> Report:
    """Say what a change would be (预览日程变更) and keep nothing.

    The facts are those of `replan`, and `seen`, which `replan` compares, and `state`, see `state_of`. What is on record
    already has no `seen`: there is nothing to approve.
    """
    round.need(Step.PLAN, "plan")
    before, state = on_record(round, asked), state_of(round)
    if before is not None:
        report = said(round, before, again=True)
        report.facts |= {"seen": "", "state": state}
        return report
    found = propose(round, asked, budget=BUDGET)
    report = as_proposed(round, found)
    report.facts |= {"seen": found.fingerprint, "state": state}
    return report


def replan(round: Round, asked: Asked, *, seen: str = "") -> Report:
    """Change the calendar by what happened (日程变更): one step with its order; asked again, nothing changes.

    `seen`: what `look` said of the change; one that would be another by now is refused, `month.replan_other`.
    """
    round.need(Step.PLAN, "plan")
    if asked.reviewed_by == NOBODY:
        raise SupervisionError("sampling.name", what="reviewed_by", value=NOBODY)
    before = on_record(round, asked)
    if before is not None:
        return said(round, before, again=True)
    found = propose(round, asked, budget=BUDGET)
    if seen and found.fingerprint != seen:
        raise UsageError("month.replan_other", round=round.id)
    _keep(round, found)
    report = said(round, found.order)
    report.lines += found.counted
    return report


def _keep(round: Round, found: Proposal) -> None:
    """Keep a change: its order, and its rows or the calendar made anew."""
    order = found.order
    if found.made is not None:
        number, read = round.count(Step.PLAN), [files.REVEAL.path()]
        with round.save(Step.REPLAN, order.no, inputs=read, drafts=draft_paths(found.made, number)) as saving:
            saving.put(files.CHANGE_ORDER, order)
            keep(round, saving, number, found.made, [order])
        return
    before, matched = changes(round), round.count(Step.MATCH)
    read = [files.ROSTER.path(matched), files.CALENDAR.path(matched), *([files.CHANGES.path()] if before else [])]
    with round.save(Step.REPLAN, order.no, inputs=read) as saving:
        saving.put(files.CHANGE_ORDER, order)
        if found.rows:
            saving.put(files.CHANGES, (*before, *found.rows))
