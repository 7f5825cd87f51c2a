"""Checking a province's plan of work (核对分机构工作计划): every fault of every row, before anything is run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from supervision.directory.agency_plan import REHEARSAL, fault, read_plan
from supervision.domain.rounds import RoundId
from supervision.errors import UsageError
from supervision.messages import Message
from supervision.month.agency_months import AgencyMonth
from supervision.month.agency_places import Placed, place, place_faults


@dataclass(frozen=True, kw_only=True)
class AskedOfAll:
    """What the command asks of all agencies (对各机构的共同要求), where a row of the plan says nothing else."""

    round_id: str
    rehearsal: bool
    own_ids: bool
    accept_unverified: str
    who: str


def read_months(plan: Path, asked: AskedOfAll, *, result: Path | None) -> tuple[list[AgencyMonth], tuple[Message, ...]]:
    """Return the months that a plan asks for (读取并核对工作计划), in its order, and what was left out of its file.

    Relative places are relative to the plan. `result`: where the province's own table goes. Raises UsageError with
    every fault of every row in `told`.
    """
    RoundId.parse(asked.round_id)
    if not plan.is_file():
        raise UsageError("month.file_missing", file=plan)
    read = read_plan(plan.name, plan.read_bytes())
    placed = [place(row, plan.absolute().parent) for row in read.rows]
    faults = [*read.faults, *_not_rehearsed(placed, asked), *place_faults(placed, result)]
    if faults:
        error = UsageError("month.province_refused", file=plan, count=len(faults))
        error.told = tuple(faults)
        raise error
    if not placed:
        raise UsageError("month.province_empty", file=plan)
    return [_month(one, asked) for one in placed], read.notes


def _month(one: Placed, asked: AskedOfAll) -> AgencyMonth:
    row = one.row
    return AgencyMonth(
        place=row.place,
        agency=row.agency,
        store=one.places["store"],
        inputs=one.places["inputs"],
        out=one.places["out"],
        round_id=asked.round_id,
        rehearsal=asked.rehearsal if row.rehearsal is None else row.rehearsal,
        own_ids=asked.own_ids if row.own_ids is None else row.own_ids,
        accept_unverified=row.accept_unverified or asked.accept_unverified,
        who=asked.who,
        was_there=one.places["store"].is_file(),
    )


def _not_rehearsed(placed: Sequence[Placed], asked: AskedOfAll) -> Iterator[Message]:
    """Rows that say they are no rehearsal, where the command says that all are."""
    for one in placed:
        if asked.rehearsal and one.row.rehearsal is False:
            yield fault(one.row.place, REHEARSAL, "", Message.of("month.province_real_row"))
