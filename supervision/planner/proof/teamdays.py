"""Team-days (派组天数下界): no calendar that holds the same duties sends out fewer teams.

A team that stays all day makes one team-day; two half-day duties of one office in one street are one team-day at best,
and only where one can be in the morning and the other in the afternoon of one day. The largest matching of such pairs
is bounded by half of the largest matching between two copies of the duties (a fractional matching).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from supervision.planner.visits.district import District
from supervision.planner.visits.doors import ever
from supervision.planner.visits.matching import matched


def team_days_at_least(district: District, held: Iterable[tuple[int, int]]) -> int:
    """Return the least team-days of a calendar that holds some (unit, duty) whole (派组天数下界)."""
    total = 0
    mornings = district.grid.mornings
    streets: dict[tuple[int, str], list[int]] = {}
    for u, d in held:
        unit = district.units[u]
        duty = unit.duties[d]
        if not unit.street or any(ask.item.half_days == 2 for ask in duty.asks):
            total += 1
        else:
            slots = 0
            for mask in ever(district, unit, duty):
                slots |= mask
            streets.setdefault((duty.office, unit.street), []).append(slots)
    for own in streets.values():
        total += len(own) - pairs(own, mornings)
    return total


def pairs(slots: Sequence[int], mornings: int) -> int:
    """Return how many of these can be paired on one day at most (最多可同日的对数), by the slots of each."""
    if len(slots) < 2:
        return 0
    mates = [
        [m for m, other in enumerate(slots) if m != n and (own & mornings & other >> 1 or other & mornings & own >> 1)]
        for n, own in enumerate(slots)
    ]
    return len(matched(mates)) // 2
