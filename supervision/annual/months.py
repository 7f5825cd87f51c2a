"""The best months (选择月份): fewest expected doors within the offices' room, then the lowest peak load, with a bound.

A CP-SAT model of one worker, stopped by counted work and never by the clock: the same year gives the same months on
any machine. It begins with a descent by hand – greedy, then moves and swaps – and can only improve on it. The bound is
the solver's proof, on weights rounded down; doors and loads of the choice are computed again without the solver.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations, pairwise

from ortools.sat.python import cp_model

from supervision.annual.calendar_year import Months, Year
from supervision.annual.doors import doors, least_doors
from supervision.errors import SupervisionError

SCALE = 100  # weights in hundredths of a door
THOUSAND = 1_000


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The months that were chosen (选定月份) and what they cost; `excess` in inspector-half-days, 0 = all have room."""

    months: Months
    doors: float
    bound: float
    excess: float
    peak: Fraction


@dataclass(kw_only=True)
class _Model:
    year: Year
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    held: dict[tuple[int, int], cp_model.IntVar] = field(default_factory=dict)
    over: list[cp_model.IntVar] = field(default_factory=list)
    covered: list[cp_model.LinearExprT] = field(default_factory=list)
    peak: cp_model.IntVar | None = None


def choose(year: Year, *, effort: float) -> Choice:
    """Return the best months that were found (选择月份), and the proven bound on doors.

    Aims in this order: work above offices' room and above the month's ceiling, expected doors, peak load; each of them
    may take `effort` deterministic seconds.
    """
    best = descend(year, _greedy(year))
    if year.excess(best):
        less, _ = _solve(_built(year), best, aim="excess", effort=effort)
        best = min((best, less), key=year.excess)
    limits = {"excess": year.excess(best)}
    fewer, bound = _solve(_built(year, **limits), best, aim="doors", effort=effort)
    best = min((best, fewer), key=lambda months: doors(year.weights, months))
    limits["doors"] = _scaled_doors(year, best)
    lower, _ = _solve(_built(year, **limits), best, aim="peak", effort=effort)
    best = min((best, lower), key=year.peak_load)
    if wrong := year.violations(best):
        raise SupervisionError("annual.months_wrong", wrong="; ".join(wrong))
    floor = least_doors(year.weights, year.batches)
    return Choice(
        months=best,
        doors=doors(year.weights, best),
        bound=max(bound, floor),
        excess=year.excess(best) / 100,
        peak=year.peak_load(best),
    )


def _scaled(weight: float) -> int:
    return int(weight * SCALE)


def _scaled_doors(year: Year, months: Months) -> int:
    scaled = {own: _scaled(weight) for own, weight in year.weights.items()}
    return round(doors(scaled, months))


def _built(year: Year, *, excess: int | None = None, doors: int | None = None) -> _Model:
    """The program: plans in their months, groups together, what sets cover, and the limits reached so far."""
    built = _Model(year=year)
    model, held = built.model, built.held
    for g, allowed in enumerate(year.allowed):
        for m in year.months:
            held[g, m] = model.new_bool_var("")
            if m not in allowed:
                model.add(held[g, m] == 0)
        model.add(sum(held[g, m] for m in year.months) == year.batches[g])
    for group in year.groups:
        ranked = sorted(group, key=lambda g: year.batches[g])
        for fewer, more in pairwise(ranked):
            for m in year.months:
                model.add_implication(held[fewer, m], held[more, m])
    _cover(built)
    _room(built)
    if excess is not None:
        model.add(sum(built.over) <= excess)
    if doors is not None:
        model.add(sum(built.covered) <= doors)
    return built


def _cover(built: _Model) -> None:
    """Count the months that every set of plans covers, by its weight."""
    year, model = built.year, built.model
    for own, weight in sorted(year.weights.items(), key=lambda pair: sorted(pair[0])):
        most = max(year.batches[g] for g in own)
        if len(own) == 1:
            built.covered.append(_scaled(weight) * most)
            continue
        covered = []
        for m in year.months:
            one = model.new_bool_var("")
            for g in sorted(own):
                model.add_implication(built.held[g, m], one)
            covered.append(one)
        model.add(sum(covered) >= most)
        built.covered.append(_scaled(weight) * sum(covered))


def _room(built: _Model) -> None:
    """Measure the work above offices' room and above the ceiling of a month."""
    year, model = built.year, built.model
    everything = int(year.work.sum()) * len(year.months)
    for number, m in enumerate(year.months):
        month = []
        for work, room in zip(year.work.tolist(), year.room[:, number].tolist(), strict=True):
            load = [own * built.held[g, m] for g, own in enumerate(work) if own]
            if load:
                over = model.new_int_var(0, everything, "")
                model.add(sum(load) <= room + over)
                built.over.append(over)
                month += load
        over = model.new_int_var(0, everything, "")
        model.add(sum(month) <= year.ceiling + over)
        built.over.append(over)


def _solve(built: _Model, start: Months, *, aim: str, effort: float) -> tuple[Months, float]:
    """Minimise one aim from a start; return the months found and the bound on doors, 0 where doors are not the aim."""
    year, model = built.year, built.model
    if aim == "peak":
        _aim_at_peak(built)
    else:
        model.minimize(sum(built.over) if aim == "excess" else sum(built.covered))
    for (g, m), held in built.held.items():
        model.add_hint(held, m in start[g])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.interleave_search = True
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = effort
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return start, max(0.0, solver.best_objective_bound / SCALE if aim == "doors" else 0.0)
    found = tuple(
        tuple(m for m in year.months if solver.boolean_value(built.held[g, m])) for g in range(len(year.batches))
    )
    return found, solver.best_objective_bound / SCALE if aim == "doors" else 0.0


def _aim_at_peak(built: _Model) -> None:
    year, model = built.year, built.model
    most = int(1 + max((work * THOUSAND // max(room, 1) for work, room in _extremes(year)), default=0))
    peak = model.new_int_var(0, most, "")
    for work, rooms in zip(year.work.tolist(), year.room.tolist(), strict=True):
        for m, room in zip(year.months, rooms, strict=True):
            load = [own * built.held[g, m] for g, own in enumerate(work) if own]
            if load:
                model.add(THOUSAND * sum(load) <= peak * max(room, 1))
    model.minimize(peak)


def _extremes(year: Year) -> Iterator[tuple[int, int]]:
    """For every office all work that could meet in one month, and its smallest room."""
    for work, rooms in zip(year.work.tolist(), year.room.tolist(), strict=True):
        yield sum(work), min(rooms)


def _greedy(year: Year) -> Months:
    """Groups by their work, the largest first, each into the months where it costs least."""
    chosen: list[tuple[int, ...]] = [() for _ in year.batches]
    for group in sorted(year.groups, key=lambda group: (-int(year.work[:, group].sum()), group)):
        most = max(year.batches[g] for g in group)
        common = sorted(frozenset.intersection(*(year.allowed[g] for g in group)) & set(year.months))
        found = min(combinations(common, most), key=lambda own: _cost(year, _with(year, chosen, group, own)))
        chosen = list(_with(year, chosen, group, found))
    return tuple(chosen)


def _with(year: Year, chosen: list[tuple[int, ...]], group: tuple[int, ...], months: tuple[int, ...]) -> Months:
    found = list(chosen)
    for g in group:
        found[g] = tuple(sorted(months[: year.batches[g]]))
    return tuple(found)


def _cost(year: Year, months: Months) -> tuple[int, float, Fraction]:
    return year.excess(months), round(doors(year.weights, months), 6), year.peak_load(months)


def descend(year: Year, start: Months) -> Months:
    """Return months after moving groups, or swapping two, as long as it helps (逐步改进月份)."""
    best, cost = start, _cost(year, start)
    better = True
    while better:
        better = False
        for months in _neighbours(year, best):
            found = _cost(year, months)
            if found < cost:
                best, cost, better = months, found, True
                break
    return best


def _neighbours(year: Year, chosen: Months) -> Iterator[Months]:
    for group in year.groups:
        yield from _moved(year, chosen, group)
    for one, other in combinations(year.groups, 2):
        for a in _months(chosen, one) - _months(chosen, other):
            for b in _months(chosen, other) - _months(chosen, one):
                if _may(year, one, b) and _may(year, other, a):
                    yield _moving(_moving(chosen, one, a, b), other, b, a)


def _moved(year: Year, chosen: Months, group: tuple[int, ...]) -> Iterator[Months]:
    own = _months(chosen, group)
    for a in sorted(own):
        for b in year.months:
            if b not in own and _may(year, group, b):
                yield _moving(chosen, group, a, b)


def _months(chosen: Months, group: tuple[int, ...]) -> set[int]:
    return set().union(*(chosen[g] for g in group))


def _may(year: Year, group: tuple[int, ...], month: int) -> bool:
    return all(month in year.allowed[g] for g in group)


def _moving(chosen: Months, group: tuple[int, ...], a: int, b: int) -> Months:
    return tuple(
        tuple(sorted((set(own) - {a}) | {b})) if g in group and a in own else own for g, own in enumerate(chosen)
    )
