"""Prices (对偶价格): how many duties an office loses at least, by HiGHS through MathOpt, turned into a proof.

The program over patterns of days (Dantzig and Wolfe 1960; rows made when they are violated, Kelley 1960) gives a price
for each kind of need. Rounded to integers, `rooms.lost_at_least` makes a proof of them, whatever the solver answered.
The same month as a program in whole numbers is solved up to a limit of nodes: its bound is computed, not proven.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ortools.math_opt.python import mathopt

from supervision.planner.proof.rooms import Need, Room, lost_at_least, pattern

SCALE = 1_000_000
NODES = 2_000
ROUNDS = 40  # rows are made at most so often; prices of any round prove something

Row = tuple[int, tuple[tuple[Need, int], ...]]  # a pattern: its day, and needs with their numbers


class Bound(NamedTuple):
    """Duties of a room that cannot be held at least (至少无法安排): proven by `prices`, and as a solver computed it."""

    room: Room
    proven: int
    prices: Mapping[Need, int]
    computed: int

    def stated(self) -> dict[str, object]:
        """Return the bound as it stands in a certificate (证明中的下界)."""
        return {
            "office": self.room.office,
            "item": self.room.item,
            "prices": [self.prices[need] for need in sorted(self.room.needs)],
            "proven_lost": self.proven,
            "computed_lost": self.computed,
        }


def bound(room: Room) -> Bound:
    """Return the proven and the computed bound of a set of inspectors (一组人员的下界)."""
    prices = chosen = dict.fromkeys(room.needs, 0)
    best, rows = 0, dict[Row, None]()
    for _ in range(ROUNDS):
        proven = lost_at_least(room, prices, SCALE)
        if proven > best:
            best, chosen = proven, prices
        known = len(rows)
        for t in range(len(room.days)):
            rows[t, tuple(sorted(pattern(room, t, prices, SCALE)[1].items()))] = None
        found = _master(room, rows) if len(rows) > known else None
        if found is None:
            break
        prices = found
    return Bound(room, best, chosen, max(best, _computed(room)))


def solve(model: mathopt.Model, nodes: int | None = None) -> mathopt.SolveResult:
    """Solve with HiGHS, one thread, limited by nodes and never by seconds (求解): the same answer anywhere."""
    parameters = mathopt.SolveParameters(node_limit=nodes, relative_gap_tolerance=0.0)
    parameters.highs.int_options["threads"] = 1
    parameters.highs.string_options["parallel"] = "off"
    return mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)


def _master(room: Room, rows: Iterable[Row]) -> dict[Need, int] | None:
    """Prices under which needs and days pay least for the patterns known so far, or None where the solver fails."""
    model = mathopt.Model()
    price = {need: model.add_variable(lb=0, ub=1) for need in room.needs}
    days = [model.add_variable(lb=0) for _ in room.days]
    for t, own in rows:
        least = sum(count for _, count in own) - mathopt.fast_sum([count * price[need] for need, count in own])
        model.add_linear_constraint(days[t] >= least)
    model.minimize(mathopt.fast_sum([*(c * price[n] for n, c in room.needs.items()), *days]))
    result = solve(model)
    if not result.has_primal_feasible_solution():
        return None
    values = result.variable_values()
    return {need: min(SCALE, max(0, round(SCALE * values[own]))) for need, own in price.items()}


def _computed(room: Room) -> int:
    """The bound of the program in whole numbers over (need, half-day)."""
    model, every, duties = mathopt.Model(), [], sum(room.needs.values())
    by_need: dict[Need, list[mathopt.Variable]] = {need: [] for need in room.needs}
    for t, there in enumerate(room.days):
        used: tuple[list[mathopt.LinearTerm], ...] = ([], [], [])
        for need, count in room.needs.items():
            for half in (0, 1):
                if need.slots >> 2 * t + half & 1:
                    held = model.add_integer_variable(lb=0, ub=count)
                    by_need[need].append(held)
                    used[2 if need.whole else half].append(need.people * held)
        am, pm, out = (mathopt.fast_sum(terms) for terms in used)
        model.add_linear_constraint(am + out <= there.first)
        model.add_linear_constraint(pm + out <= there.second)
        model.add_linear_constraint(out <= there.both)
        model.add_linear_constraint(am + pm + 2 * out <= there.half_days)
    for need, own in by_need.items():
        model.add_linear_constraint(mathopt.fast_sum(own) <= room.needs[need])
        every.extend(own)
    model.maximize(mathopt.fast_sum(every))
    most = solve(model, NODES).termination.objective_bounds.dual_bound
    return max(0, duties - math.floor(most + 1e-6)) if math.isfinite(most) else 0
