"""How large the city's parts are (规模): what follows from the number of units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from supervision.demo.trades import KEY_LISTS, RARE_LIST, TRADES

UNITS = (5_000, 50_000, 2_800_000)
VISITS = (150, 1_150, 11_000)
INSPECTORS = (180, 480, 2_500)
DISCLOSURE_SHARE = 0.25  # of the enterprises, times the month's list; more of them in a small city
BATCH_SHARE = 0.62  # of the units of a city of 50,000


def _between(entities: int, values: tuple[int, ...]) -> float:
    """Interpolate on logarithms; outside the table in proportion to its nearest end."""
    logs = np.interp(np.log(entities), np.log(UNITS), np.log(values))
    edge = min(1.0, entities / UNITS[0]) * max(1.0, entities / UNITS[-1])
    return float(np.exp(logs)) * edge


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Sizes of one city (规模) of `entities` units."""

    entities: int

    @property
    def visits(self) -> float:
        """The visits to aim at in the month (目标检查户次)."""
        return _between(self.entities, VISITS)

    @property
    def inspectors(self) -> int:
        """The inspectors of all offices (检查人员数)."""
        return round(_between(max(self.entities, UNITS[0]), INSPECTORS))

    @property
    def batch_share(self) -> float:
        """The share of the units on the month's list (本月批次比例)."""
        return min(1.0, BATCH_SHARE * (self.visits / self.entities) / (VISITS[1] / UNITS[1]))

    @property
    def disclosure_share(self) -> float:
        """The share of the enterprises from which the open list is drawn (年报公示批次比例)."""
        more = max(1.0, float(np.sqrt(UNITS[1] / self.entities)))
        return self.batch_share * min(1.0, DISCLOSURE_SHARE * more)

    def list_share(self, tag: str, share: float) -> float:
        """Return the share of a trade on a special list (专项库比例); lists that are covered in full stay short.

        New trades are so rare that a city of fewer than 5,000 has about as many of them as one of 5,000.
        """
        if tag == RARE_LIST:
            return min(1.0, share * max(1.0, UNITS[0] / self.entities))
        if tag not in KEY_LISTS:
            return share
        units = sum(trade.share * part for trade in TRADES for name, part in trade.tags if name == tag)
        total = sum(trade.share for trade in TRADES)
        wanted = KEY_LISTS[tag] * self.visits / VISITS[1]
        return share * min(1.0, wanted / (self.entities * units / total))
