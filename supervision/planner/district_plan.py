"""One district from problem to result (单区求解): greedy, search, bound, reasons; a pure function of its input."""

from __future__ import annotations

from dataclasses import dataclass

from supervision.planner.cuts import cuts
from supervision.planner.district import District
from supervision.planner.greedy import start
from supervision.planner.objective import Score
from supervision.planner.reasons import Reason, reason


@dataclass(frozen=True, kw_only=True)
class DistrictPlan:
    """A solved district (单区结果): first slots (−1 not held), objective before and after the search, bound, reasons.

    `proven` visits that no calendar can hold, however the items are divided into visits; `proven_divided` as they are
    divided here; `proven_delay` no calendar of the held visits beats; `iterations` done;
    `status` "optimal" when as many visits are held as is proven possible, else "limit"; `reasons` by job number.
    """

    slot_of: tuple[int, ...]
    first: Score
    score: Score
    proven: int
    proven_divided: int
    proven_delay: int
    iterations: int
    status: str
    reasons: dict[int, Reason]


def plan_district(district: District, iterations: int, freed: int, effort: float) -> DistrictPlan:
    """Return the calendar of one district (求解一个区)."""
    from supervision.planner.bounds import delay_at_least, not_held_at_least
    from supervision.planner.improve import improve

    proven = not_held_at_least(district, cuts(district))
    bottlenecks = cuts(district.as_divided())
    hopeless = sum(1 for job in district.jobs if not job.starts)
    divided = max(proven, hopeless + not_held_at_least(district, bottlenecks))
    ledger, first = start(district)
    done, last = 0, first
    if iterations:
        done, last = improve(ledger, first, divided, iterations=iterations, freed=freed, effort=effort)
    divided = min(divided, last.not_held)  # a bound above what was done would be the solver's error
    missing = [n for n, slot in enumerate(ledger.slot_of) if slot < 0]
    return DistrictPlan(
        slot_of=tuple(ledger.slot_of),
        first=first,
        score=last,
        proven=min(proven, divided),
        proven_divided=divided,
        proven_delay=delay_at_least(district, ledger.slot_of),
        iterations=done,
        status="optimal" if last.not_held == min(proven, divided) else "limit",
        reasons={n: reason(ledger, n, bottlenecks) for n in missing},
    )
