"""Substitutes (替补): leave after the lottery, and who takes the places by lot; draw protocol 2, section 7.

One person records the leave with evidence, a second confirms it; the lot says who goes instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from supervision.domain.visits import HalfDay
from supervision.errors import UsageError
from supervision.month import round_files as files
from supervision.month.calendars import change_time, changes, standing_now
from supervision.month.evidence import digest_of
from supervision.month.proposals import ProposedLeave
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.sampling.inspectors.changes import Outcome
from supervision.sampling.protocol.records import Change


def propose(round: Round, inspector_id: str, *, half_days: Sequence[str], ground: str, evidence: Path) -> Report:
    """Record that an inspector is away in some half-days after the lottery (登记请假): nothing changes yet."""
    round.need(Step.MATCH, "match")
    wanted = tuple(sorted({str(HalfDay.parse(half_day)) for half_day in half_days}))
    today = round.city.now().date().isoformat()
    if not round.is_rehearsal and wanted[0][:10] < today:
        raise UsageError("month.leave_past", half_day=wanted[0], today=today)
    standing_now(round).enter_leave(inspector_id, wanted)
    proposal = ProposedLeave(
        inspector_id=inspector_id, half_days=wanted, ground=ground, evidence=digest_of(evidence), by=round.city.who
    )
    with round.save(Step.PROPOSE_CHANGE) as saving:
        saving.put(files.PROPOSED_LEAVE, proposal)
    report = Report(facts={"inspector_id": inspector_id, "half_days": list(wanted)})
    report.say("month.leave_proposed", inspector=inspector_id, half_days=" ".join(wanted), who=round.city.who)
    return report


def confirm(round: Round, inspector_id: str) -> Report:
    """Confirm the leave as a second person (复核请假): the places it touches go to the least lot, or stay open."""
    if not round.holds(files.PROPOSED_LEAVE) or round.read(files.PROPOSED_LEAVE).inspector_id != inspector_id:
        raise UsageError("month.leave_unknown", inspector=inspector_id)
    proposal, before, now = round.read(files.PROPOSED_LEAVE), changes(round), standing_now(round)
    at = change_time(round, round.read(files.REVEAL_ROSTER, round.count(Step.MATCH)))
    now.enter_leave(inspector_id, proposal.half_days)
    touched = sorted(
        one.place.key
        for one in now.held.values()
        if one.inspector_id == inspector_id and set(one.place.half_days) & set(proposal.half_days)
    )
    outcomes = [now.substitute(*key) for key in touched]
    made = [_leave(proposal, round, at, len(before) + 1)]
    made += [_substituted(one, proposal, round, at, len(before) + 2 + n) for n, one in enumerate(outcomes)]
    with round.save(Step.CHANGE) as saving:
        saving.put(files.CHANGES, (*before, *(one.check() for one in made)))
    open_places = sum(one.inspector_id is None for one in outcomes)
    report = Report(facts={"substituted": len(outcomes), "open": open_places}, exit_code=4 if open_places else 0)
    report.say("month.substituted", inspector=inspector_id, places=len(outcomes), open=open_places)
    for one in outcomes:
        report.say(
            "month.substitute_line",
            visit=one.place.visit_id,
            office=one.place.office,
            place=one.place.place,
            who=one.inspector_id or "-",
        )
    return report


def _leave(proposal: ProposedLeave, round: Round, at: str, number: int) -> Change:
    return Change(
        at=at,
        by=proposal.by,
        evidence=proposal.evidence,
        ground=proposal.ground,
        half_days=proposal.half_days,
        inspector_id=proposal.inspector_id,
        kind="leave",
        no=number,
        office=None,
        out=None,
        place=None,
        reviewed_by=round.city.who,
        visit_id=None,
    )


def _substituted(one: Outcome, proposal: ProposedLeave, round: Round, at: str, number: int) -> Change:
    return Change(
        at=at,
        by=proposal.by,
        evidence=proposal.evidence,
        ground=proposal.ground,
        half_days=one.place.half_days,
        inspector_id=one.inspector_id,
        kind="substituted",
        no=number,
        office=one.place.office,
        out=one.out,
        place=one.place.place,
        reviewed_by=round.city.who,
        visit_id=one.place.visit_id,
    )
