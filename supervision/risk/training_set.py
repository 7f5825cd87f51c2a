"""Outcomes (检查结果作为样本): every past inspection with the evidence known the day before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from supervision.risk.dated_rows import FAR, day_numbers
from supervision.risk.features import features_at
from supervision.risk.findings import HALF_YEAR
from supervision.risk.other_registers import OtherRegisters
from supervision.risk.past_rate import held_and_hits
from supervision.risk.snapshot import Moment
from supervision.risk.transforms import COULD_NOT, PROBLEM, SinceVisit
from supervision.risk.usable import Read, usable

KINDS = ("routine", "special")
MOST_ROWS = 150_000  # more find no more: the years before are of other units and inspectors (docs/measured.md)
LONG_AGO = 6  # half-years since the last visit; longer is as long


@dataclass(frozen=True, kw_only=True)
class Training:
    """Inspections to learn from (训练样本), arrays (rows,), ordered by date, unit, agency, item.

    `features` int32 as of the day before; `found` int8, 1 problem, 0 clean; `date` and `known` datetime64[s]: the
    inspection, and when its result was known; `nuisance` texts that explain results but never score:
    inspector, agency, item, half-years since the last visit (−1: none). `past` float64: the share of the unit's own
    visits before that found something, the plain rule. `could_not` inspections are left out of the rows; `backfilled`
    rows are from before their unit stood in the register: its lasting facts are those first registered; `left_out`
    older rows are beyond the size limit.
    """

    features: pd.DataFrame
    found: NDArray[np.int8]
    date: NDArray[np.datetime64]
    known: NDArray[np.datetime64]
    nuisance: pd.DataFrame
    past: NDArray[np.float64]
    could_not: int = 0
    backfilled: int = 0
    left_out: int = 0

    def where(self, chosen: NDArray[np.bool_]) -> Training:
        """Return the chosen rows (部分样本); the counts of rows not in it become 0."""
        return Training(features=self.features[chosen].reset_index(drop=True), found=self.found[chosen],
                        date=self.date[chosen], known=self.known[chosen],
                        nuisance=self.nuisance[chosen].reset_index(drop=True), past=self.past[chosen])  # fmt: skip


def training_table(entities: pd.DataFrame, events: pd.DataFrame, history: pd.DataFrame, *, until: date,
                   outcomes: Mapping[str, str], record_use: object, others: OtherRegisters | None = None,
                   most: int = MOST_ROWS) -> Training:  # fmt: skip
    """Return what can be learned from on a day (训练样本).

    Every routine or special inspection held and known by `until` becomes a row, for-cause ones do not: they were not
    chosen by chance. Where a kind of event is not known yet, its indicators are unknown, and only those. Of more than
    `most` rows the latest stay. Frames may hold
    several versions of a row; each counts from its own known_on. What was repaired by `until` teaches nothing, other
    records for their term: `record_use` is the value of the rule shared/record_use. `others`: relations and licences,
    None where neither is kept. Raises SupervisionError
    `risk.result_unknown` for a code that `outcomes` does not have.
    """
    other = others or OtherRegisters.none()
    given = {"entities": entities, "events": events, "history": history, "relations": other.relations,
             "licences": other.licences}  # fmt: skip
    return city_training(given.__getitem__, until=until, outcomes=outcomes, record_use=record_use, needed=other.needed,
                         most=most)  # fmt: skip


def city_training(read: Read, *, until: date, outcomes: Mapping[str, str], record_use: object, needed: object,
                  most: int = MOST_ROWS) -> Training:  # fmt: skip
    """Return what can be learned from in a city (全市训练样本) as `training_table`, one register's texts at once.

    `read` as `usable` takes it, `needed` the value of the rule shared/licence_needed.
    """
    evidence, _ = usable(read, on=until, record_use=record_use, statutory=[], outcomes=outcomes, needed=needed,
                         marked=False)  # fmt: skip
    history, last = evidence.history, int(np.datetime64(until, "D").astype(np.int64))
    known = day_numbers(history["known_on"], missing=FAR)
    usual = (evidence.visited <= last) & (known <= last) & (evidence.history_ends > last)
    usual &= history["kind"].isin(KINDS).to_numpy(dtype=np.bool_, na_value=False)
    held = usual & (evidence.outcome != COULD_NOT)
    rows = np.flatnonzero(held)
    rows = rows[_ordered(history.iloc[rows], evidence.visited[rows])]
    left_out = max(0, len(rows) - most)
    rows = rows[left_out:]
    unit, visited = evidence.history_unit[rows], evidence.visited[rows].astype(np.int64)
    moment = evidence.at(unit, visited - 1, backfill=True)
    chosen = history.iloc[rows]
    nuisance = pd.DataFrame({"inspector": chosen["inspector"].to_numpy(), "agency": chosen["agency"].to_numpy(),
                             "item": chosen["item_id"].to_numpy()})  # fmt: skip
    nuisance["since"] = np.minimum(SinceVisit().values(moment) // HALF_YEAR, LONG_AGO)
    return Training(
        features=features_at(evidence, unit, visited - 1, backfill=True),
        found=(evidence.outcome[rows] == PROBLEM).astype(np.int8),
        date=visited.astype("datetime64[D]").astype("datetime64[s]"),
        known=chosen["known_on"].to_numpy(dtype="datetime64[s]"),
        nuisance=nuisance.astype("str"), past=past_rate(moment), could_not=int((usual & ~held).sum()),
        backfilled=int(((moment.now < 0) & (moment.first >= 0)).sum()), left_out=left_out,
    )  # fmt: skip


def past_rate(moment: Moment) -> NDArray[np.float64]:
    """Return the share of each unit's visits that found something (过往发现率); of all visits where it had none."""
    held, hits = held_and_hits(moment)
    usual = hits.sum() / held.sum() if held.sum() else 0.0
    return np.where(held > 0, hits / np.maximum(held, 1), usual)


def _ordered(chosen: pd.DataFrame, visited: NDArray[np.int64]) -> NDArray[np.int64]:
    keys = [pa.array(chosen[name].fillna("")) for name in ("item_id", "agency", "unit_id")]
    ranks = [pc.rank(key, tiebreaker="dense").to_numpy() for key in keys]
    order: NDArray[np.int64] = np.lexsort((*ranks, visited))
    return order
