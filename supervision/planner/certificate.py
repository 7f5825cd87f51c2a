"""The certificate (日程证明): what is proven of a calendar, per district and in all, in integers and texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from supervision.planner.demand import Demand
from supervision.planner.district import District
from supervision.planner.district_plan import DistrictPlan

COUNTS = (
    "visits",
    "held",
    "not_held",
    "proven_not_held",
    "proven_as_divided",
    "gap",
    "impossible_parts",
    "fewest_visits",
    "delay",
    "proven_delay",
    "uneven",
    "trips",
    "greedy_not_held",
    "iterations",
)


def certificate(demand: Demand, problems: Sequence[District], solved: Sequence[DistrictPlan]) -> dict[str, object]:
    """Return the certificate (生成证明).

    Each district: the counts above; `fewest_visits` the least number of visits that hold all possible parts, proven
    (`visits` is how many there are; more only where an office's least number of people needs several items); `gap` =
    not held − proven; `proven_as_divided` the visits not held at least while items are divided into visits as here;
    `proven_delay` the least delay with the same visits held; `busiest_office` with the inspector-half-days it needs and
    has; `status`. Other names stand for the fields of objective.Score, `greedy_not_held` for the calendar before the
    search.
    """
    parts = Counter(demand.impossible["region"])
    rows: list[dict[str, object]] = []
    for problem, found in zip(problems, solved, strict=True):
        office, needed, available = _busiest(problem)
        visits = len(problem.jobs)
        rows.append(
            {
                "region": problem.region,
                "visits": visits,
                "held": visits - found.score.not_held,
                "not_held": found.score.not_held,
                "proven_not_held": found.proven,
                "proven_as_divided": found.proven_divided,
                "gap": found.score.not_held - found.proven,
                "impossible_parts": parts[problem.region],
                "fewest_visits": demand.fewest[problem.region],
                "delay": found.score.delay,
                "proven_delay": found.proven_delay,
                "uneven": found.score.uneven,
                "trips": found.score.trips,
                "greedy_not_held": found.first.not_held,
                "iterations": found.iterations,
                "status": found.status,
                "busiest_office": office,
                "busiest_needed": needed,
                "busiest_available": available,
            }
        )
    total: dict[str, object] = {name: sum(int(str(row[name])) for row in rows) for name in COUNTS}
    total |= {
        "units": demand.units,
        "forced_splits": sum(demand.fewest.values()) - demand.units,
        "impossible_parts": len(demand.impossible),
        "status": "optimal" if all(row["status"] == "optimal" for row in rows) else "limit",
    }
    return {"districts": rows, "total": total}


def _busiest(district: District) -> tuple[str, int, int]:
    """Office with the greatest load, and the inspector-half-days it needs and has."""
    loads = []
    for office, crew in enumerate(district.crews):
        loads.append((crew.office, district.needed[office], crew.half_days))
    return max(loads, key=lambda row: (row[1] / max(1, row[2]), row[0]))
