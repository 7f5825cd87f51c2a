"""The first draw (第一次抽取): numbers, drawn lists, reserve and step-ins; draw protocol 2, sections 5 and 6."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from supervision.sampling.bytes.unit_numbers import Numbers, numbers
from supervision.sampling.frame.strata import stratum_rows
from supervision.sampling.pareto.selection import order
from supervision.sampling.protocol.frozen_frames import FrozenFrame
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
    """Draw all tasks of a round (抽取): task_id → Drawn.

    A unit has one number in all tasks of a group, because it depends on nothing else; to compute it again for each
    task costs less than to find out which units the tasks have in common.
    """
    found: dict[str, Drawn] = {}
    for record in sorted(records, key=lambda record: record.task_id):
        units, group = record.rows["unit_id"], record.group
        known = numbers(units, record.salt, seed1=seed1, round_id=round_id, group=group, hash_name=hash_name)
        found[record.task_id] = select(record, known)
    return found


def select(record: FrozenFrame, known: Numbers) -> Drawn:
    """Select the first n + r units of each stratum (逐层选取); `known` are the numbers of the record's rows."""
    return selected(record.task_id, record.rows, record.strata, known)


def selected(task_id: str, frame_rows: pd.DataFrame, strata: pd.DataFrame, known: Numbers) -> Drawn:
    """Select the first n + r units of each stratum (逐层选取) among rows of a frame that hold all of these.

    `frame_rows`: unit_id, stratum (category), L; `strata`: stratum, sample, reserve; `known`: the rows' numbers.
    """
    L, chosen = frame_rows["L"].to_numpy(), []
    cells = dict[str, list[Any]](stratum=[], rank=[], role=[])
    for stratum, rows in stratum_rows(frame_rows, strata):
        sample, reserve = int(stratum["sample"]), int(stratum["reserve"])
        chosen.append(order(rows, L, known, sample + reserve))
        count = len(chosen[-1])
        cells["stratum"] += [str(stratum["stratum"])] * count
        cells["rank"] += range(1, count + 1)
        cells["role"] += [DRAWN] * sample + [RESERVE] * reserve
    found = np.concatenate(chosen)
    text = known.D[found].tobytes().hex()
    cells |= {"unit_id": frame_rows["unit_id"].take(found).tolist(), "U": known.U[found].tolist()}
    cells["D"] = [text[at : at + 64] for at in range(0, len(text), 64)]
    return Drawn(task_id=task_id, order=pd.DataFrame(cells)[ORDER.names].astype(ORDER.columns))


def step_in(order_rows: pd.DataFrame, *, unit_id: str, used: Collection[str]) -> str | None:
    """Return the reserve unit that steps in for a unit which cannot be inspected (递补): None when none is left.

    `order_rows` as in Drawn.order; `used` are the reserve units of the task that have stepped in before. A unit that
    stepped in itself may be replaced in turn.
    """
    stratum = order_rows.loc[order_rows["unit_id"] == unit_id, "stratum"].iloc[0]
    left = order_rows[(order_rows["stratum"] == stratum) & (order_rows["role"] == RESERVE)]
    left = left[~left["unit_id"].isin(list(used))].sort_values("rank")
    return str(left["unit_id"].iloc[0]) if len(left) else None
