"""One neighbourhood as a CP-SAT model (子问题模型): a 0/1 variable for every freed visit and possible start.

Coefficients stay below a million. The model knows the ledger's families; the caller checks what it finds exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from ortools.sat.python import cp_model

from supervision.planner.ledger import Ledger


class Aim(Enum):
    """What an iteration tries to better (改进目标), in the order of the objective."""

    HELD = "held"
    EARLY = "early"
    LEVEL = "level"


Terms = list[tuple[Any, int]]


@dataclass
class _Row:
    """What the freed visits may take of one family on one day: lists of (variable, people)."""

    morning: Terms = field(default_factory=list)
    afternoon: Terms = field(default_factory=list)
    long: Terms = field(default_factory=list)
    tired: Terms = field(default_factory=list)


def place(
    ledger: Ledger, chosen: Sequence[int], before: Mapping[int, int], *, aim: Aim, effort: float, turn: int
) -> dict[int, int] | None:
    """Return job → slot for the chosen jobs that are held (重新安排), or None when nothing was found.

    The ledger holds everybody else. `before`: their former slots, a first solution. With EARLY and LEVEL as many are
    held as before; LEVEL keeps the delay too, and offers each visit the days of its street and a third of the others,
    by `turn`.
    `effort`: deterministic limit of the model.
    """
    model = cp_model.CpModel()
    options = {n: _options(ledger, n, before) for n in chosen}
    if aim is Aim.LEVEL:
        near = _near_days(ledger, before)
        trip = {n: ledger.district.jobs[n].trip for n in chosen}
        options = {
            n: [s for s in own if s // 2 in near[trip[n]] or (s // 2 + turn) % 3 == 0] for n, own in options.items()
        }
    x = {(n, s): model.new_bool_var("") for n in chosen for s in options[n]}
    for number in chosen:
        own = [x[number, s] for s in options[number]]
        if aim is not Aim.HELD and number in before:
            model.add_exactly_one(own)
        elif own:
            model.add_at_most_one(own)
    for (number, slot), variable in x.items():
        model.add_hint(variable, before.get(number, -1) == slot)
    _capacity(model, ledger, x)
    _apart(model, ledger, x)
    jobs = ledger.district.jobs
    delay = [(v, jobs[n].weight * (s // 2)) for (n, s), v in x.items() if jobs[n].weight]
    if aim is Aim.LEVEL:
        limit = sum(jobs[n].weight * (s // 2) for n, s in before.items())
        if delay:
            model.add(_sum(delay) <= limit)
        model.minimize(_unevenness(model, ledger, x) * (len(chosen) + 1) + _trips(model, ledger, x))
    else:
        last = len(ledger.district.grid.days)
        most = 1 + sum(jobs[n].weight * last for n in chosen)
        reward = [(v, -most - jobs[n].weight * last) for (n, _), v in x.items()] if aim is Aim.HELD else []
        model.minimize(_sum(delay + reward))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = effort
    solver.parameters.linearization_level = 2
    solver.parameters.symmetry_level = 0
    solver.parameters.cp_model_probing_level = 0
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return {n: s for (n, s), v in x.items() if solver.boolean_value(v)}


def _options(ledger: Ledger, number: int, before: Mapping[int, int]) -> list[int]:
    """Slots that the families leave open; the former one always belongs to them."""
    found = {int(s) for s in ledger.open_slots(number).nonzero()[0]}
    return sorted(found | ({before[number]} if number in before else set()))


def _near_days(ledger: Ledger, before: Mapping[int, int]) -> dict[int, set[int]]:
    """Days on which the visits of each freed visit's street and offices are or were."""
    jobs = ledger.district.jobs
    found: dict[int, set[int]] = {jobs[n].trip: set() for n in before}
    for number, slot in [*before.items(), *enumerate(ledger.slot_of)]:
        if slot >= 0 and jobs[number].trip in found:
            found[jobs[number].trip].add(slot // 2)
    return found


def _capacity(model: Any, ledger: Ledger, x: Mapping[tuple[int, int], Any]) -> None:
    """Every family on every day, as in `safety`; what can never bind is left out."""
    rows: dict[tuple[int, int], _Row] = {}
    for (number, slot), variable in x.items():
        share = ledger.shares[number]
        columns = (share.inside, share.inside_long, share.across_long, share.across_limited)
        people = [share.rows.tolist(), *(c[:, 0].tolist() for c in columns)]
        for r, inside, inside_long, long, tired in zip(*people, strict=True):
            row = rows.setdefault((r, slot // 2), _Row())
            if slot % 2:
                row.afternoon.append((variable, inside))
            else:
                row.morning.append((variable, inside + inside_long))
                row.long.append((variable, long))
                row.tired.append((variable, tired))
    for (r, day), row in sorted(rows.items()):
        room = int(ledger.morning_room[r, day] - ledger.morning[r, day])
        if sum(a for _, a in row.morning) > room:
            model.add(_sum(row.morning) <= room)
        _afternoon(model, ledger, r, day, row)


def _apart(model: Any, ledger: Ledger, x: Mapping[tuple[int, int], Any]) -> None:
    """A unit's visits never share a half-day."""
    for (number, slot), variable in x.items():
        for other in ledger.siblings.get(number, ()):
            for taken in ledger.apart(number, slot, other):
                if other > number and (other, taken) in x:
                    model.add_at_most_one([variable, x[other, taken]])


def _afternoon(model: Any, ledger: Ledger, r: int, day: int, row: _Row) -> None:
    """Nobody in the afternoon, or enough people although all limited ones are gone, or all limited ones counted."""
    held, long, tired = (int(t[r, day]) for t in (ledger.afternoon, ledger.long, ledger.tired))
    room, limited = int(ledger.afternoon_room[r, day]), int(ledger.limited[r, day])
    base = row.afternoon + row.long
    full = sum(a for _, a in base) + held + long
    if full + min(limited, tired + sum(a for _, a in row.tired)) <= room:
        return
    ways: list[tuple[Terms, int]] = [(base, room - held - long - limited)]
    if limited:
        ways.append((base + row.tired, room - held - long - tired))
    if held == 0 and (limited or long or any(a for _, a in row.long)):
        ways.append((row.afternoon, 0))
    if len(ways) == 1:
        model.add(_sum(ways[0][0]) <= ways[0][1])
        return
    choice = [model.new_bool_var("") for _ in ways]
    model.add_bool_or(choice)
    for literal, (terms, limit) in zip(choice, ways, strict=True):
        model.add(_sum(terms) <= limit).only_enforce_if(literal)


def _unevenness(model: Any, ledger: Ledger, x: Mapping[tuple[int, int], Any]) -> Any:
    """People above the even share of an office in a half-day, summed."""
    district = ledger.district
    share = district.even_share
    terms: dict[tuple[int, int], Terms] = {}
    for (number, slot), variable in x.items():
        for office, group in district.jobs[number].groups:
            for s in (slot, slot + 1) if group.whole_day else (slot,):
                terms.setdefault((office, s), []).append((variable, group.people))
    over = []
    for (office, s), own in sorted(terms.items()):
        fixed = _people(ledger, office, s)
        most = sum(a for _, a in own) + fixed - share[office]
        if most > 0:
            above = model.new_int_var(0, most, "")
            model.add(above >= _sum(own) + fixed - share[office])
            over.append((above, 1))
    return _sum(over)


def _people(ledger: Ledger, office: int, slot: int) -> int:
    morning, afternoon = ledger.places(office, slot // 2)
    groups = morning if slot % 2 == 0 else [*afternoon, *(g for g in morning if g.whole_day)]
    return sum(g.people for g in groups)


def _trips(model: Any, ledger: Ledger, x: Mapping[tuple[int, int], Any]) -> Any:
    """Trips of streets that have a freed visit, where a second visit can save one."""
    jobs = ledger.district.jobs
    free = {n for n, _ in x}
    fixed: dict[tuple[int, int], list[int]] = {}
    for number, slot in enumerate(ledger.slot_of):
        if slot >= 0 and number not in free:
            halves = fixed.setdefault((jobs[number].trip, slot // 2), [0, 0])
            halves[slot % 2] += 1
            halves[1] += jobs[number].whole_day
    terms: dict[tuple[int, int], tuple[Terms, Terms]] = {}
    for (number, slot), variable in x.items():
        own = terms.setdefault((jobs[number].trip, slot // 2), ([], []))
        own[slot % 2].append((variable, 1))
        if jobs[number].whole_day:
            own[1].append((variable, 1))
    saved: Terms = []
    for key, halves_of in sorted(terms.items()):
        halves = fixed.get(key, [0, 0])
        number = model.new_int_var(0, max(len(h) + f for h, f in zip(halves_of, halves, strict=True)), "")
        for own_terms, count in zip(halves_of, halves, strict=True):
            model.add(number >= _sum(own_terms) + count)
        saved.append((number, 1))
    return _sum(saved)


def _sum(terms: Terms) -> Any:
    return cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [a for _, a in terms]) if terms else 0
