"""Standing classes (上期类别): what the last round said, whether it can be compared, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from supervision.domain.strata import CLASSES
from supervision.risk.evidence_marks import Marks, marked_columns
from supervision.risk.hysteresis import NEW, Ranks
from supervision.risk.scorecard import Scorecard

COLUMNS = ["unit_id", "class", "override", "by_score", "mark"]
CAUSES = ("stays", "new_unit", "gone", "statutory", "new_rule", "new_evidence", "new_card", "none")
MOVES = ["from_class", "to_class", "cause", "units"]


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
        ranks = _ranks(self.table["by_score"])[place]
        return np.where(same, ranks, NEW).astype(np.int8)

    def moves(self, now: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
        """Return who changed class and why (类别变动表), and what became of those with nothing new known.

        `now`: a row a unit with `COLUMNS` and `waiting`. The table: from_class, to_class, cause (one of `CAUSES`),
        units; a class that a unit has not is "". The counts: `nothing_new` units of which nothing new is known,
        `changed` of them for no statutory reason, `waiting` that may not change yet.
        """
        place = self._places(now["unit_id"])
        known = place >= 0
        old = self.table if len(self.table) else Standing.of_nobody().table.reindex([0])
        to = now["class"].to_numpy(dtype=object)
        was = np.where(known, old["class"].to_numpy(dtype=object)[place], "")
        override = now["override"].fillna("").to_numpy(dtype=object)
        overrode = np.where(known, old["override"].fillna("").to_numpy(dtype=object)[place], "")
        same = known & (old["mark"].to_numpy()[place] == now["mark"].to_numpy())
        changed = known & (was != to)
        ways = [~known, ~changed, override != overrode, self.event == "new_rule", ~same]
        named = ["new_unit", "stays", "statutory", "new_rule", "new_evidence"]
        rest = "new_card" if self.event or self.retrained else "none"
        masks = [np.broadcast_to(np.asarray(way, dtype=np.bool_), len(now)) for way in ways]
        cause = np.select(masks, named, default=rest)
        gone = self.table.loc[~self.table["unit_id"].isin(now["unit_id"]), "class"]
        rows = pd.DataFrame({"from_class": was, "to_class": to, "cause": cause}).astype("str")
        left = pd.DataFrame({"from_class": gone, "to_class": "", "cause": "gone"}).astype("str")
        table = pd.concat([rows, left]).groupby(MOVES[:3], as_index=False).size().rename(columns={"size": "units"})
        counts = {
            "nothing_new": int(same.sum()),
            "changed": int((same & changed & (cause != "statutory")).sum()),
            "waiting": int(now["waiting"].sum()),
        }
        return table[MOVES], counts

    def _places(self, units: pd.Series) -> NDArray[np.intp]:
        """The row of each unit in the table, −1 where it is not there."""
        if self.table["unit_id"].array.equals(units.array):
            return np.arange(len(units))
        places: NDArray[np.intp] = pd.Index(self.table["unit_id"]).get_indexer(pd.Index(units))
        return places


def class_signature(scorecard: Scorecard, rule: object) -> dict[str, Any]:
    """Return what must be alike for two rounds' classes to be compared (类别可比性): JSON without floats.

    The rule of classes, the kind of card and its indicators, and what marks are made of. A card trained anew on the
    same indicators has scores of the same meaning: 500 are the usual odds, 100 more are odds doubled.
    """
    names = sorted(feature.name for feature in scorecard.features)
    return {"rule": rule, "kind": scorecard.kind, "indicators": names, "marks": marked_columns()}


def _ranks(classes: pd.Series) -> Ranks:
    return pd.Index(CLASSES).get_indexer(pd.Index(classes)).astype(np.int8)
