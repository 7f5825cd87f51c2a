"""Who holds what in a round so far (持有情况): the state of the second draw; draw protocol 1, section 7."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from supervision.canonical import digest
from supervision.sampling.inspectors.positions import Inspector, Place

REASONS = ("absent", "scope", "recused", "busy", "daily_limit")
SLACK = 2


class Holdings:
    """Places held so far (已持有岗位): half-days, half-days a day and load of every inspector, and who is barred.

    `load` counts the places held so far in the round, earlier calendars of the round among them.
    """

    def __init__(self, *, recusals: frozenset[tuple[str, str]], seed: bytes, hash_name: str) -> None:
        self.load: Counter[str] = Counter()
        self._recusals = recusals
        self._seed = seed
        self._hash = hash_name
        self._half_days: set[tuple[str, str]] = set()
        self._days: Counter[tuple[str, str]] = Counter()

    def hold(self, inspector_id: str, place: Place) -> None:
        """Give a place to an inspector (分配)."""
        self._half_days.update((inspector_id, one) for one in place.half_days)
        for day, count in place.days.items():
            self._days[inspector_id, day] += count
        self.load[inspector_id] += 1

    def release(self, inspector_id: str, place: Place) -> None:
        """Take a place from an inspector (释放)."""
        self._half_days.difference_update((inspector_id, one) for one in place.half_days)
        for day, count in place.days.items():
            self._days[inspector_id, day] -= count
        self.load[inspector_id] -= 1

    def barred(self, one: Inspector, place: Place, held: Place | None = None) -> str | None:
        """Return the first of REASONS why an inspector cannot take a place (不可担任的原因), None when eligible.

        `held` is a place of this half-day that would be taken from the inspector first.
        """
        if not one.on_duty(place.half_days):
            return "absent"
        if not place.items <= one.scopes:
            return "scope"
        if (one.inspector_id, place.unit_id) in self._recusals:
            return "recused"
        freed = held.half_days if held else ()
        if any((one.inspector_id, half) in self._half_days and half not in freed for half in place.half_days):
            return "busy"
        back = held.days if held else {}
        for day, count in place.days.items():
            if self._days[one.inspector_id, day] - back.get(day, 0) + count > one.daily_limit:
                return "daily_limit"
        return None

    def rank(self, place: Place) -> bytes:
        """Return P(place) (岗位次序)."""
        return digest(self._hash, self._seed, place.label)

    def lot(self, place: Place, one: Inspector) -> bytes:
        """Return R(place, inspector) (人员签号)."""
        return digest(self._hash, self._seed, place.label, one.inspector_id.encode())

    def choose(self, place: Place, eligible: Sequence[Inspector]) -> Inspector:
        """Return who takes a place (抽定): among the eligible with load ≤ least + 2 the least lot."""
        least = min(self.load[one.inspector_id] for one in eligible)
        light = [one for one in eligible if self.load[one.inspector_id] <= least + SLACK]
        return min(light, key=lambda one: self.lot(place, one))
