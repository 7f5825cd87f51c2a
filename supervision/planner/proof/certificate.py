"""The certificate (日程证明): what is proven of a calendar, per district and in all, in integers and texts.

`proven_…` can be recomputed without a solver (`check.certificate`), from the prices that stand here; `computed_…` is a
solver's bound and is called so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from supervision.planner.proof.prices import SCALE
from supervision.planner.visits.demand import Demand

if TYPE_CHECKING:
    from supervision.planner.solver.district_plan import DistrictPlan, Proof

COUNTS = (
    "units",
    "duties",
    "held",
    "lost",
    "proven_lost",
    "computed_lost",
    "incomplete",
    "doors",
    "proven_doors",
    "team_days",
    "proven_team_days",
    "uneven",
)


def certificate(demand: Demand, plans: Sequence[DistrictPlan]) -> dict[str, object]:
    """Return the certificate (生成证明).

    Each district: its counts; `offices`: for each office that loses a duty in any calendar `office`, `item` (whose
    holders the proof speaks of, "" everybody), `prices` (one for each need, needs in ascending order), `proven_lost`,
    `computed_lost`. `doors` of the calendar and the fewest for the units it holds whole; `team_days` and the fewest for
    the duties it holds; `uneven` people above an office's even share; `impossible` items that no calendar can hold.
    """
    rows: list[dict[str, object]] = []
    for district, plan in zip(demand.districts, plans, strict=True):
        duties = sum(len(unit.duties) for unit in district.units)
        units = len({unit for unit, _, _ in plan.held})
        offices = [_office(proof) for proof in plan.proofs]
        rows.append(
            {
                "region": district.region,
                "units": units,
                "duties": duties,
                "held": duties - plan.score.lost,
                "lost": plan.score.lost,
                "proven_lost": sum(proof.bound.proven for proof in plan.proofs),
                "computed_lost": sum(proof.bound.computed for proof in plan.proofs),
                "incomplete": plan.score.incomplete,
                "doors": units + plan.score.further,
                "proven_doors": units + plan.least_further,
                "team_days": plan.score.team_days,
                "proven_team_days": plan.least_team_days,
                "uneven": plan.score.uneven,
                "offices": offices,
            }
        )
    total = {name: sum(int(str(row[name])) for row in rows) for name in COUNTS}
    return {"districts": rows, "impossible": len(demand.impossible), "scale": SCALE, "total": total}


def _office(proof: Proof) -> dict[str, object]:
    prices = [proof.bound.prices.get(need, 0) for need in sorted(proof.room.needs)]
    return {
        "office": proof.room.office,
        "item": proof.room.item,
        "prices": prices,
        "proven_lost": proof.bound.proven,
        "computed_lost": proof.bound.computed,
    }
