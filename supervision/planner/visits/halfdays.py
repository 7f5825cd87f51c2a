"""Half-days (半天) of a month as bits: slot 2·d + h is half h (0 morning, 1 afternoon) of working day number d."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from supervision.domain.visits import PARTS


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The half-days of one district (半天网格): `days` ISO dates ascending, `open` a mask of slots that may be used."""

    days: tuple[str, ...]
    open: int

    @classmethod
    def of(cls, half_days: Iterable[str]) -> Grid:
        """Return the grid of half-day texts such as `2026-12-03T1` (由半天列表生成网格)."""
        own = set(half_days)
        grid = cls(days=tuple(sorted({h[:10] for h in own})), open=-1)
        return replace(grid, open=grid.listed(own))

    def name(self, slot: int) -> str:
        """Return the half-day text of a slot (半天名称)."""
        return f"{self.days[slot >> 1]}{PARTS[slot & 1]}"

    def between(self, start: str, end: str) -> int:
        """Return the open slots of the days start … end, ISO dates, both included (起止日期内的半天)."""
        low, high = bisect_left(self.days, start), bisect_right(self.days, end)
        return self.open & ((1 << 2 * high) - 1) & ~((1 << 2 * low) - 1) if low < high else 0

    def listed(self, names: Iterable[str]) -> int:
        """Return the slots of half-days or of whole dates (所列半天或日期), as far as they are in the grid."""
        number = {day: d for d, day in enumerate(self.days)}
        mask = 0
        for name in names:
            if name[:10] in number:
                slot = 2 * number[name[:10]]
                mask |= 3 << slot if len(name) == 10 else 1 << slot + PARTS.index(name[10:])
        return mask & self.open

    def starts(self, mask: int, half_days: int) -> int:
        """Return the slots of a mask from which one half-day, or two of a day, lie in it (可开始的半天)."""
        return mask & mask >> 1 & self.mornings if half_days == 2 else mask

    @property
    def mornings(self) -> int:
        """The mask of all mornings (全部上午)."""
        return ((1 << 2 * len(self.days)) - 1) // 3


def mask_of(slots: Iterable[int]) -> int:
    """Return slots as a bit mask (半天集合)."""
    mask = 0
    for slot in slots:
        mask |= 1 << slot
    return mask


def slots_of(mask: int) -> Iterator[int]:
    """Yield the slots of a bit mask, ascending (集合中的半天)."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
