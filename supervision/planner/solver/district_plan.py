"""One district's calendar (一个区的日程), a function of its demand and the budget alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from supervision.planner.plan import Budget
from supervision.planner.proof.prices import Bound, bound
from supervision.planner.proof.rooms import rooms
from supervision.planner.proof.teamdays import team_days_at_least
from supervision.planner.reasons import Why, shortage
from supervision.planner.solver.board import Board
from supervision.planner.solver.exact import optimum
from supervision.planner.solver.greedy import start
from supervision.planner.solver.search import exchange, improve, recover
from supervision.planner.visits.district import District

Row = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class DistrictPlan:
    """A district's calendar (一个区的日程), with its part of the certificate.

    `places`: rows of the calendar; `unheld`: rows of what is not held, up to task_ids, each with its reason.
    """

    places: tuple[Row, ...]
    unheld: tuple[tuple[Row, Why], ...]
    certificate: Mapping[str, object]


def plan_district(district: District, budget: Budget) -> DistrictPlan:
    """Return a district's calendar (编排一个区): greedy, recovery, ties, then ruin and recreate."""
    board = Board(district)
    start(board)
    bounds: list[Bound] = []
    if board.lost() or board.score().further > _further(board):
        bounds = _bounds(board)
        least = sum(own.proven for own in bounds)
        recover(board, budget.rescue * len(board.doors), budget.seed, least)
        if len(board.lost()) > least or board.score().further > _further(board):
            optimum(board)
        exchange(board)
    improve(board, budget.turns * len(board.doors), budget.seed)
    exchange(board)
    return DistrictPlan(
        places=tuple(_places(board)), unheld=tuple(_unheld(board, bounds)), certificate=_certificate(board, bounds)
    )


def _further(board: Board) -> int:
    """Doors beyond the first that are proven for units that are held whole."""
    return sum(len(unit.prices) - 1 for u, unit in enumerate(board.district.units) if not any(board.missed[u]))


def _bounds(board: Board) -> list[Bound]:
    """For each office with a lost duty what is proven with the set of its inspectors that proves most."""
    units = board.district.units
    return [
        max((bound(room) for room in rooms(board.district, office)), key=lambda own: (own.proven, own.computed))
        for office in sorted({units[u].duties[d].office for u, d in board.lost()})
    ]


def _certificate(board: Board, bounds: list[Bound]) -> dict[str, object]:
    district, score, units = board.district, board.score(), sum(1 for own in board.at if own)
    whole = [(u, d) for u, duties in enumerate(board.missed) for d, left in enumerate(duties) if not left]
    return {
        "region": district.region,
        "units": units,
        "duties": len(whole) + score.lost,
        "held": len(whole),
        "lost": score.lost,
        "proven_lost": sum(own.proven for own in bounds),
        "computed_lost": sum(own.computed for own in bounds),
        "incomplete": score.incomplete,
        "doors": units + score.further,
        "proven_doors": units + _further(board),
        "team_days": score.team_days,
        "proven_team_days": team_days_at_least(district, whole),
        "uneven": score.uneven,
        "offices": [own.stated() for own in bounds if own.computed],
    }


def _places(board: Board) -> Iterator[Row]:
    """A row for each place, as the way that the half-day allows lays a part's items."""
    grid = board.district.grid
    for piece, slot in zip(board.pieces, board.slot, strict=True):
        if slot >= 0:
            unit, number = board.district.units[piece.unit], 1 + sorted(board.at[piece.unit]).index(slot)
            found = board.district.ways(unit, unit.duties[piece.duty], piece.asks)
            way = next(way for way in found if way.slots >> slot & 1)
            places = (team for team in way.teams for _ in range(team.people))
            for place, team in enumerate(places, start=1):
                times = " ".join(grid.name(s) for s in range(slot, slot + team.half_days))
                visit = (f"{unit.unit_id}~{number}", unit.unit_id, number)
                yield *visit, board.district.staffs[piece.office].office, place, times, " ".join(team.items)


def _unheld(board: Board, bounds: list[Bound]) -> Iterator[tuple[Row, Why]]:
    """A row for each set of tasks of a lost duty, and why it is lost."""
    district, lost = board.district, board.lost()
    sets = {office: rooms(district, office) for office in {district.units[u].duties[d].office for u, d in lost}}
    proven = {own.room.office: own.proven for own in bounds}
    for u, d in lost:
        unit, duty = district.units[u], district.units[u].duties[d]
        slots, by_tasks = 0, dict[tuple[str, ...], list[str]]()
        for n in sorted(board.missed[u][d]):
            slots |= district.slots(unit, duty, (n,))
            by_tasks.setdefault(duty.asks[n].tasks, []).append(duty.asks[n].item.item_id)
        name = district.staffs[duty.office].office
        why = shortage(district.grid.days, sets[duty.office], slots or district.grid.open, proven.get(name, 0))
        of = (unit.unit_id, district.region, name)
        yield from (((*of, " ".join(sorted(i)), " ".join(sorted(t))), why) for t, i in by_tasks.items())
