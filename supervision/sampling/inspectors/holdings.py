"""Who holds what in a round so far (持有情况): the state of the lottery of inspectors; draw protocol 2, section 7."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from supervision.canonical import digest
from supervision.sampling.inspectors.positions import Inspector, Place

REASONS = ("absent", "scope", "recused", "busy", "daily_limit")
SLACK = 2

Node = tuple[str, str]


class Holdings:
    """Places held so far (已持有岗位): half-days and load of every inspector, and who could hold what.

    `load` counts half-day places held so far in the round, a whole-day place twice, earlier draws of the round among
    them. `seed` is that of the draw whose places are filled.
    """

    def __init__(self, *, recusals: frozenset[tuple[str, str]], seed: bytes, hash_name: str) -> None:
        self.load: Counter[str] = Counter()
        self._recusals = recusals
        self._seed = seed
        self._hash = hash_name
        self._half_days: dict[str, set[str]] = {}

    def hold(self, inspector_id: str, place: Place) -> None:
        """Give a place to an inspector (分配)."""
        self._half_days.setdefault(inspector_id, set()).update(place.half_days)
        self.load[inspector_id] += len(place.half_days)

    def release(self, inspector_id: str, place: Place) -> None:
        """Take a place from an inspector (释放)."""
        self._half_days[inspector_id].difference_update(place.half_days)
        self.load[inspector_id] -= len(place.half_days)

    def on_day(self, inspector_id: str, day: str) -> frozenset[str]:
        """Return the half-days that an inspector holds on a day (当日已占半天)."""
        return frozenset(half for half in self._half_days.get(inspector_id, ()) if half.startswith(day))

    def barred(self, one: Inspector, place: Place, before: frozenset[str] | None = None) -> str | None:
        """Return the first of REASONS why an inspector could not hold a place (不能担任的原因), None when they could.

        `before`: the half-days held that day in earlier draws or stages; all that are held now where it is None.
        """
        if not one.on_duty(place.half_days):
            return "absent"
        if "*" not in one.scopes and not place.items <= one.scopes:
            return "scope"
        if (one.inspector_id, place.unit_id) in self._recusals:
            return "recused"
        held = self.on_day(one.inspector_id, place.day) if before is None else before
        if held & set(place.half_days):
            return "busy"
        return "daily_limit" if len(held) + len(place.half_days) > one.daily_limit else None

    def rank(self, place: Place) -> bytes:
        """Return P(place) (岗位次序)."""
        return digest(self._hash, self._seed, place.label)

    def lot(self, place: Place, inspector_id: str) -> bytes:
        """Return R(place, inspector) (人员签号)."""
        return digest(self._hash, self._seed, place.label, inspector_id.encode())

    def choose(self, place: Place, eligible: Sequence[str]) -> str:
        """Return who takes a place (抽定): among the eligible with load ≤ least + 2 the least lot."""
        least = min(self.load[one] for one in eligible)
        light = [one for one in eligible if self.load[one] <= least + SLACK]
        return min(light, key=lambda one: self.lot(place, one))
