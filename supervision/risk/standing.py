"""Standing classes (上期类别): what the last round said, whether it can be compared, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from supervision.domain.strata import CLASSES
from supervision.risk.cards import Cards
from supervision.risk.coded_registers import places_among
from supervision.risk.evidence_marks import Marks, marked_columns
from supervision.risk.hysteresis import NEW, Ranks

COLUMNS = ["unit_id", "class", "override", "by_score", "mark"]
CAUSES = ("stays", "new_unit", "gone", "statutory", "new_rule", "new_evidence", "new_card", "none")
MOVES = ["from_class", "to_class", "cause", "units"]
NONE = -1

Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The classes of the last scored round (上期类别).

    `table`: a row a unit with `COLUMNS` of `assess`; `event`: "new_rule" or "new_card" where the rule of classes or the
    kind of card is another now: then nobody keeps a class, everybody is classed anew. `retrained`: the card is another
    one, of the same kind.
    """

    table: pd.DataFrame
    event: str = ""
    retrained: bool = False

    @classmethod
    def of_nobody(cls) -> Standing:
        """Return what stands before the first round (首轮之前): nobody has a class."""
        texts = {name: pd.Series(dtype="str") for name in COLUMNS[:-1]}
        return cls(table=pd.DataFrame({**texts, "mark": pd.Series(dtype="int64")}))

    def ranks(self, units: pd.Series, marks: Marks) -> Ranks:
        """Return the class by score that each unit keeps (可保留的类别), int8, `NEW` where it is free."""
        place = self._places(units)
        if self.event or not len(self.table):
            return np.full(len(units), NEW, dtype=np.int8)
        same = (place >= 0) & (self.table["mark"].to_numpy()[place] == marks)
        ranks = _taken(_codes(self.table["by_score"], CLASSES), place)
        return np.where(same, ranks, NEW).astype(np.int8)

    def moves(self, now: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
        """Return who changed class and why (类别变动表), and what became of those with nothing new known.

        `now`: a row a unit with `COLUMNS` and `waiting`. The table: from_class, to_class, cause (one of `CAUSES`),
        units; a class that a unit has not is "". The counts: `nothing_new` units of which nothing new is known,
        `changed` of them for no statutory reason, `waiting` that may not change yet.
        """
        place = self._places(now["unit_id"])
        known = place >= 0
        to, was = _codes(now["class"], CLASSES), _taken(_codes(self.table["class"], CLASSES), place)
        kinds = sorted({*now["override"].dropna().unique(), *self.table["override"].dropna().unique()})
        override, overrode = _codes(now["override"], kinds), _taken(_codes(self.table["override"], kinds), place)
        same = known & (_taken(self.table["mark"].to_numpy(), place) == now["mark"].to_numpy())
        changed = known & (was != to)
        rest = "new_card" if self.event or self.retrained else "none"
        cause = np.full(len(now), CAUSES.index(rest), dtype=np.int64)
        for name, mask in (  # the first cause that explains a move comes last
            ("new_evidence", ~same),
            ("new_rule", np.full(len(now), self.event == "new_rule")),
            ("statutory", override != overrode),
            ("stays", ~changed),
            ("new_unit", ~known),
        ):
            cause[mask] = CAUSES.index(name)
        there = np.zeros(len(self.table), dtype=np.bool_)
        there[place[known]] = True
        gone = _codes(self.table["class"], CLASSES)[~there]
        table = _counted(
            np.concatenate([np.where(known, was, NONE), gone]),
            np.concatenate([to, np.full(len(gone), NONE)]),
            np.concatenate([cause, np.full(len(gone), CAUSES.index("gone"))]),
        )
        counts = {
            "nothing_new": int(same.sum()),
            "changed": int((same & changed & (cause != CAUSES.index("statutory"))).sum()),
            "waiting": int(now["waiting"].sum()),
        }
        return table, counts

    def _places(self, units: pd.Series) -> Ints:
        """The row of each unit in the table, −1 where it is not there."""
        if self.table["unit_id"].array.equals(units.array):
            return np.arange(len(units))
        return places_among(units, self.table["unit_id"])


def class_signature(cards: Cards, rule: object) -> dict[str, Any]:
    """Return what must be alike for two rounds' classes to be compared (类别可比性): JSON without floats.

    The rule of classes, the kind of card and the indicators of all cards, and what marks are made of. Cards trained
    anew on the same indicators have scores of the same meaning: 500 are the usual odds, 100 more are odds doubled; so
    has an industry's own card, whose scores are on the general scale.
    """
    return {"rule": rule, "kind": cards.general.kind, "indicators": sorted(cards.names), "marks": marked_columns()}


def _codes(texts: pd.Series, names: Sequence[str]) -> Ints:
    """Texts as their places among names, −1 for none of them."""
    return places_among(texts, pd.Series(list(names), dtype="str")).astype(np.int64)


def _taken(values: Ints, place: Ints) -> Ints:
    """The values at some places, −1 where there is none."""
    return np.where(place >= 0, values[place], NONE) if len(values) else np.full(len(place), NONE)


def _counted(was: Ints, to: Ints, cause: Ints) -> pd.DataFrame:
    """The table of moves: how many units of each (class then, class now, cause)."""
    names = [*CLASSES, ""]  # the last one is what −1 stands for
    size = len(names)
    keys, units = np.unique((was % size * size + to % size) * len(CAUSES) + cause, return_counts=True)
    rows = [
        (names[key // len(CAUSES) // size], names[key // len(CAUSES) % size], CAUSES[key % len(CAUSES)], int(many))
        for key, many in zip(keys.tolist(), units.tolist(), strict=True)
    ]
    table = pd.DataFrame(sorted(rows), columns=MOVES)
    return table.astype({**dict.fromkeys(MOVES[:3], "str"), "units": "int64"})
