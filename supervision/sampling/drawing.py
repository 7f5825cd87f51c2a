"""The first draw (第一次抽取): numbers, drawn lists, reserve and step-ins; draw protocol 1, sections 5 and 6."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from supervision.sampling.bytes.unit_numbers import Numbers, numbers
from supervision.sampling.frame.frame import stratum_rows
from supervision.sampling.pareto.selection import order
from supervision.sampling.protocol.frozen_frames import FrozenFrame, union
from supervision.tables import TableSchema

DRAWN = "drawn"
RESERVE = "reserve"
ORDER = TableSchema(
    name="order.csv",
    columns={"unit_id": "str", "stratum": "str", "rank": "int64", "role": "str", "U": "int64", "D": "str"},
    units={"rank": "from 1 in each stratum", "U": "number × 2^54", "D": "32 bytes as hex"},
)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One task's draw (一个任务的抽取结果).

    `order`: every drawn and reserve unit, strata sorted, in the order of the draw: unit_id, stratum (str), rank (int64,
    from 1 in each stratum), role ("drawn" or "reserve"), U (int64), D (str, hex).
    """

    task_id: str
    order: pd.DataFrame

    @property
    def drawn(self) -> list[str]:
        """The drawn units (抽中), sorted."""
        return self._units(DRAWN)

    @property
    def reserve(self) -> list[str]:
        """The reserve units (备选), sorted."""
        return self._units(RESERVE)

    def _units(self, role: str) -> list[str]:
        return sorted(self.order["unit_id"][self.order["role"] == role].tolist())


def draw(records: Sequence[FrozenFrame], *, seed1: bytes, round_id: str, hash_name: str) -> dict[str, Drawn]:
    """Draw all tasks of a round (抽取): task_id → Drawn. Numbers are computed once for each group's units."""
    groups: dict[str, list[FrozenFrame]] = {}
    for record in records:
        groups.setdefault(record.group, []).append(record)
    found: dict[str, Drawn] = {}
    for group, members in groups.items():
        units, places = union([record.rows["unit_id"] for record in members])
        salt = np.empty((len(units), members[0].salt.shape[1]), dtype=np.uint8)
        for record, place in zip(members, places, strict=True):
            salt[place] = record.salt
        known = numbers(units, salt, seed1=seed1, round_id=round_id, group=group, hash_name=hash_name)
        for record, place in zip(members, places, strict=True):
            found[record.task_id] = select(record, known.take(place))
    return dict(sorted(found.items()))


def select(record: FrozenFrame, known: Numbers) -> Drawn:
    """Select the first n + r units of each stratum (逐层选取); `known` are the numbers of the record's rows."""
    L = record.rows["L"].to_numpy()
    parts = []
    for stratum, rows in stratum_rows(record.rows, record.strata):
        sample, reserve = int(stratum["sample"]), int(stratum["reserve"])
        chosen = rows[order(L[rows], known.take(rows), sample + reserve)]
        part = pd.DataFrame({"unit_id": record.rows["unit_id"].take(chosen).reset_index(drop=True)})
        part["stratum"] = pd.Series(str(stratum["stratum"]), index=part.index, dtype="str")
        part["rank"] = np.arange(1, len(part) + 1, dtype=np.int64)
        part["role"] = pd.Series(np.where(part["rank"] <= sample, DRAWN, RESERVE), dtype="str")
        part["U"] = known.U[chosen]
        text = known.D[chosen].tobytes().hex()
        part["D"] = pd.Series([text[at : at + 64] for at in range(0, len(text), 64)], dtype="str")
        parts.append(part)
    return Drawn(task_id=record.task_id, order=pd.concat(parts, ignore_index=True)[ORDER.names])


def step_in(order_rows: pd.DataFrame, *, unit_id: str, used: Collection[str]) -> str | None:
    """Return the reserve unit that steps in for a unit which cannot be inspected (递补): None when none is left.

    `order_rows` as in Drawn.order; `used` are the reserve units of the task that have stepped in before. A unit that
    stepped in itself may be replaced in turn.
    """
    stratum = order_rows.loc[order_rows["unit_id"] == unit_id, "stratum"].iloc[0]
    left = order_rows[(order_rows["stratum"] == stratum) & (order_rows["role"] == RESERVE)]
    left = left[~left["unit_id"].isin(list(used))].sort_values("rank")
    return str(left["unit_id"].iloc[0]) if len(left) else None
