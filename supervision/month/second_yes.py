"""What waits for a second person's yes besides results (待复核的递补与请假), and whether who acts may say it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from supervision.errors import SupervisionError
from supervision.messages import Label, Message
from supervision.month import round_files as files
from supervision.month.calendars import changes, step_ins
from supervision.month.proposals import ProposedLeave, ProposedStepIn
from supervision.month.round import Round
from supervision.month.round_people import units_of
from supervision.tables import tuples

# who did one of these held the key, the order or the reserve of the draw
KNEW = frozenset({"commit", "draw", "commit_roster", "match"})
STEP_IN, LEAVE = "stepin", "leave"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One proposal that waits for its second person (待复核事项).

    `kind` stepin or leave; `of`: the unit or the inspector; `name` theirs; `told` what was recorded; `by` who recorded
    it on what `evidence` (a digest); `barred`: why who acts may not say yes, None where they may.
    """

    kind: str
    of: str
    name: str
    told: Message
    by: str
    evidence: str
    barred: Message | None


def second_yes(round: Round) -> list[Waiting]:
    """Return the proposals of a round that wait (本轮待复核事项): at most one step-in and one leave."""
    found: list[Waiting] = []
    if round.holds(files.PROPOSED_STEP_IN):
        one = round.read(files.PROPOSED_STEP_IN)
        if (one.task_id, one.unit_id) not in {(had.task_id, had.out) for had in step_ins(round)}:
            found.append(_step_in(round, one))
    if round.holds(files.PROPOSED_LEAVE):
        leave = round.read(files.PROPOSED_LEAVE)
        had = {(one.inspector_id, one.half_days) for one in changes(round) if one.kind == "leave"}
        if (leave.inspector_id, leave.half_days) not in had:
            found.append(_leave(round, leave))
    return found


def _step_in(round: Round, one: ProposedStepIn) -> Waiting:
    units = units_of(round, pd.Series([one.unit_id], dtype="str"), ["name"])
    lists = round.code_lists
    reason = Label(*(f"{one.reason} {lists.label('result', one.reason, lang)}" for lang in ("zh", "en")))
    return Waiting(
        kind=STEP_IN,
        of=one.unit_id,
        name=str(units["name"].iloc[0]),
        told=Message.of("month.second_step_in", task=one.task_id, reason=reason),
        by=one.by,
        evidence=one.evidence,
        barred=_same(round, one.by) or _knew(round),
    )


def _leave(round: Round, one: ProposedLeave) -> Waiting:
    rows = round.city.register("inspectors", on=round.city.now().date(), columns=["inspector_id", "name"])
    names = dict(tuples(rows))
    return Waiting(
        kind=LEAVE,
        of=one.inspector_id,
        name=str(names.get(one.inspector_id, "")),
        told=Message.of("month.second_leave", ground=one.ground, half_days=" ".join(one.half_days)),
        by=one.by,
        evidence=one.evidence,
        barred=_same(round, one.by),
    )


def _same(round: Round, by: str) -> Message | None:
    """Why who recorded a thing may not confirm it; the records of the draw refuse one person in a rehearsal, too."""
    return Message.of("month.second_own", who=by) if by == round.city.who else None


def _knew(round: Round) -> Message | None:
    try:
        round.refuse_who_did(KNEW)
    except SupervisionError as error:
        return error.message
    return None
