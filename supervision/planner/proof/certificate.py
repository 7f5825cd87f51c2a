"""The certificate (日程证明): what is proven of a calendar, per district and in all, in integers and texts.

`proven_…` can be recomputed without a solver (`check.certificate`), from the prices that stand here; `computed_…` is a
solver's bound and is called so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from supervision.planner.proof.prices import SCALE

COUNTS = (
    *("units", "duties", "held", "lost", "proven_lost", "computed_lost", "incomplete"),
    *("doors", "proven_doors", "team_days", "proven_team_days", "uneven"),
)


def certificate(districts: Sequence[Mapping[str, object]], impossible: int) -> dict[str, object]:
    """Return the certificate (生成证明).

    Each district: its counts; `offices`: for each office that loses a duty in any calendar `office`, `item` (whose
    holders the proof speaks of, "" everybody), `prices` (one for each need, needs in ascending order), `proven_lost`,
    `computed_lost`. `doors` of the calendar and the fewest for the units it holds whole; `team_days` and the fewest for
    the duties it holds; `uneven` people above an office's even share; `impossible` items that no calendar can hold.
    """
    total = {name: sum(int(str(row[name])) for row in districts) for name in COUNTS}
    return {"districts": list(districts), "impossible": impossible, "scale": SCALE, "total": total}
