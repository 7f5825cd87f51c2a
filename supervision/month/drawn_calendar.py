"""The drawn calendar as the planner sees it (已抽定的日程): who holds what, who could, and the lottery's choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from supervision.domain.items import only_halves
from supervision.domain.visits import PARTS
from supervision.errors import CannotHold
from supervision.month import round_files as files
from supervision.month.calendar_making import unit_rows
from supervision.month.calendars import chosen_units
from supervision.month.change_order import UrgentPlace
from supervision.month.off_site_tasks import visited, visited_tasks
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_people import half_days, less_leave, people_day
from supervision.planner.check.people import Place as Wanted
from supervision.planner.replan.change import Change, Event, replan
from supervision.planner.replan.holdings import Choose
from supervision.planner.visits.demand import Inputs
from supervision.sampling.inspectors.changes import Standing
from supervision.sampling.inspectors.holdings import Holdings
from supervision.sampling.inspectors.positions import Place, inspectors_of, recusal_pairs

OPEN = "-"  # the holder of an open place: nobody of any roster, so that a change tries to fill it
COLUMNS = ["visit_id", "unit_id", "office", "place", "half_days", "items", "inspector_id"]


def held_places(now: Standing) -> pd.DataFrame:
    """Return who holds what (现时岗位), columns `COLUMNS`, as the planner takes it."""
    rows = [
        (
            one.place.visit_id,
            one.place.unit_id,
            one.place.office,
            one.place.place,
            " ".join(one.place.half_days),
            " ".join(sorted(one.place.items)),
            one.inspector_id or OPEN,
        )
        for _, one in sorted(now.held.items())
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def least_change(round: Round, now: Standing, event: Event, *, first: str, notice: str) -> Change:
    """Return the least change of the drawn calendar (最小变更) once leave is entered in `now`.

    `first`: the first half-day that may change, `notice`: the first one after the notice period.
    Units of tasks whose list is public before the visits know that somebody comes: their visits are the told ones.
    """
    table = held_places(now)
    tasks = visited_tasks(round)
    chosen = visited(chosen_units(round), tasks)
    chosen = chosen[chosen["unit_id"].isin(table["unit_id"])].reset_index(drop=True)
    matched = round.count(Step.MATCH)
    open_tasks = [task.task_id for task in round.tasks if task.access == "open"]
    told = set(chosen.loc[chosen["task_id"].isin(open_tasks), "unit_id"])
    given = Inputs(
        drawn=chosen,
        tasks=tasks,
        items=round.items,
        offices=round.offices,
        units=unit_rows(round, table["unit_id"]),
        roster=less_leave(round.read(files.ROSTER, matched), now.leave),
        half_days=half_days(round, round.working_days(people_day(round))),
        least=int(round.law.value("shared/minimum_inspectors")),
        recusals=round.read(files.RECUSALS, matched),
        halves=only_halves(round.items),
    )
    return replan(
        given,
        table,
        event,
        choose=_lottery(round, now),
        first=first,
        notice=notice,
        told=table.loc[table["unit_id"].isin(told), "visit_id"],
        moved=now.moved,
    )


def wanted_places(urgent: Sequence[UrgentPlace]) -> tuple[Wanted, ...]:
    """Return the places of urgent visits as the planner takes them (紧急检查名额)."""
    return tuple(
        Wanted(
            visit_id=f"{one.visit}~1",
            unit=one.unit_id or one.visit,
            office=one.office,
            number=one.place,
            half_days=one.half_days,
            items=frozenset(one.items),
            holder="",
        )
        for one in urgent
    )


def urgent_by_lot(
    round: Round, urgent: Sequence[UrgentPlace], roster: pd.DataFrame, recused: pd.DataFrame
) -> dict[str, tuple[str, ...]]:
    """Return who goes to urgent visits before inspectors are drawn (抽调人员): by lot with the seed of the units' draw.

    Inspector → half-days, the whole day where he works one half-day a day only; a place that finds nobody: CannotHold.
    """
    seed = round.read(files.REVEAL).seed
    barred = recusal_pairs(recused)
    state = Holdings(recusals=barred, seed=seed, hash_name=round.hash_name)
    staff = inspectors_of(roster)
    found: dict[str, tuple[str, ...]] = {}
    for one in wanted_places(urgent):
        place = _position(one)
        free = [p for p in staff if p.office == place.office and state.barred(p, place) is None]
        free = [p for p in free if (p.inspector_id, one.unit) not in barred]
        if not free:
            raise CannotHold("month.urgent_nobody", office=place.office, half_days=" ".join(place.half_days))
        who = state.choose(place, [p.inspector_id for p in free])
        state.hold(who, place)
        limit = next(p.daily_limit for p in free if p.inspector_id == who)
        away = place.half_days if limit > len(place.half_days) else tuple(f"{place.day}{part}" for part in PARTS)
        found[who] = tuple(sorted({*found.get(who, ()), *away}))
    return found


def _lottery(round: Round, now: Standing) -> Choose:
    """The lottery's choice: with the seed of the draw that filled a visit's places, else of the latest draw."""
    seeds = {one.place.visit_id: one.seed for one in now.held.values()}
    latest = round.read(files.REVEAL_ROSTER, round.count(Step.MATCH)).seed

    def choose(place: Wanted, free: Sequence[str], load: Mapping[str, int]) -> str:
        seed = seeds.get(place.visit_id, latest)
        state = Holdings(recusals=now.recusals, seed=seed, hash_name=round.hash_name)
        state.load.update(load)
        return state.choose(_position(place), free)

    return choose


def _position(one: Wanted) -> Place:
    return Place(visit_id=one.visit_id, office=one.office, place=one.number, half_days=one.half_days, items=one.items)
