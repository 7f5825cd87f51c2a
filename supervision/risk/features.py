"""Features (风险特征): integers computed from what was known about a unit on a day."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import TypeVar

import numpy as np
import pandas as pd

from supervision.risk.dated_rows import Ints
from supervision.risk.indicators import LARGEST
from supervision.risk.name_words import NameRatio
from supervision.risk.other_registers import COLUMNS as OTHERS
from supervision.risk.other_registers import OtherRegisters
from supervision.risk.past_rate import EVERY
from supervision.risk.record_use import without_repaired, without_repaired_results
from supervision.risk.snapshot import Evidence, Moment
from supervision.spare_memory import give_back

T = TypeVar("T")

PART = 32_768  # units at once: what is computed of them stays small, and near the processor
THREADS = 2
SPARE = 8  # parts between which freed memory is given back
COLUMNS: dict[str, tuple[str, ...]] = {
    "entities": (
        "unit_id", "name", "type", "established", "region", "street", "tags", "industry", "address", "legal_rep",
        "capital", "above_scale",
        "licence_until", "employees", "paid_capital", "capital_due", "last_annual_report", "known_on",
    ),
    "events": (
        "unit_id", "kind", "happened", "event_no", "severity", "amount", "until", "repaired_no", "known_on",
    ),
    "history": ("unit_id", "agency", "item_id", "date", "kind", "result", "visit_no", "inspector", "known_on"),
    **OTHERS,
}  # fmt: skip
"""The columns of each register that this stage reads (所用登记字段); others need not be given."""
CODED = ("type", "region", "street", "tags", "industry", "address", "legal_rep")
"""Texts of units of which only what is the same is asked (只比较异同的字段): their texts need not be kept apart."""
MEASURED = ("severity", "amount")
"""What is asked of an event beside kind and days (信用记录的数值字段)."""


def build_features(entities: pd.DataFrame, events: pd.DataFrame, history: pd.DataFrame, *, on: date,
                   outcomes: Mapping[str, str], others: OtherRegisters | None = None) -> pd.DataFrame:  # fmt: skip
    """Return the features of every unit (风险特征), known on a day.

    One row a row of `entities`, its index and order; one int32 column an indicator, −1 = unknown, at most 9,999.
    Only rows with known_on ≤ `on` that had happened by then count, in any order, and no record or result that was
    repaired by then. `outcomes` maps each result code to clean, problem or could_not; another code raises
    SupervisionError `risk.result_unknown`. `others`: relations and licences, None where neither is kept.
    """
    columns = {row.name: np.empty(len(entities), dtype=np.int32) for row in EVERY}
    for part, table in feature_parts(entities, events, history, on=on, outcomes=outcomes, others=others):
        for name, column in columns.items():
            column[part] = table[name]
    return pd.DataFrame(columns, index=entities.index, copy=False)


def feature_parts(entities: pd.DataFrame, events: pd.DataFrame, history: pd.DataFrame, *, on: date,
                  outcomes: Mapping[str, str], others: OtherRegisters | None = None,
                  ) -> Iterator[tuple[slice, pd.DataFrame]]:  # fmt: skip
    """Yield rows of `entities` and their features (分批风险特征), as `build_features` returns them of all.

    A city's features together need more memory than anything made of them.
    """
    evidence = usable_evidence(entities, events, history, on=on, outcomes=outcomes, others=others)
    yield from parts_of(evidence, on=on)


def parts_of(evidence: Evidence, *, on: date) -> Iterator[tuple[slice, pd.DataFrame]]:
    """Yield rows of the units and their features (分批风险特征) of evidence that was made ready."""
    yield from each_part(evidence, lambda features: features, on=on)


def each_part(evidence: Evidence, work: Callable[[pd.DataFrame], T], *,
              on: date) -> Iterator[tuple[slice, T]]:  # fmt: skip
    """Yield rows of the units and what `work` makes of them and their features (分批计算), part by part in order.

    `THREADS` parts are at work at once: numpy lets go of the interpreter while it works on one.
    """
    index = evidence.entities.index
    evidence = replace(evidence, events=evidence.events[list(MEASURED)])  # the texts are codes by now

    def made(part: slice) -> T:
        unit = evidence.unit[part]
        day = np.full(len(unit), np.datetime64(on, "D").astype(np.int64))
        return work(tabulate(evidence.at(unit, day, backfill=False), index=index[part]))

    parts = _parts(len(index))
    yield from zip(parts, _in_threads(made, parts, evidence), strict=True)


def features_at(evidence: Evidence, unit: Ints, on: Ints, *, backfill: bool) -> pd.DataFrame:
    """Return the features of units, each on its own day (各单位某日的风险特征); arguments as of `Evidence.at`."""
    columns = {row.name: np.empty(len(unit), dtype=np.int32) for row in EVERY}
    parts = _parts(len(unit))

    def made(part: slice) -> pd.DataFrame:
        some = unit[part]
        return tabulate(evidence.at(some, on[part], backfill=backfill), index=pd.RangeIndex(len(some)))

    for part, table in zip(parts, _in_threads(made, parts, evidence), strict=True):
        for name, column in columns.items():
            column[part] = table[name]
    return pd.DataFrame(columns, copy=False)


def _parts(rows: int) -> list[slice]:
    return [slice(start, start + PART) for start in range(0, rows, PART)]


def _in_threads(made: Callable[[slice], T], parts: list[slice], evidence: Evidence) -> Iterator[T]:
    """What is made of each part, in order, `THREADS` parts at once; the first part makes ready what all share.

    The words of names, which take the longest, are made ready beside it.
    """
    coming: deque[Future[T]] = deque()
    with ThreadPoolExecutor(THREADS) as pool:
        words = [pool.submit(row.recipe.ready, evidence) for row in EVERY if isinstance(row.recipe, NameRatio)]
        for part in parts[:1]:
            yield made(part)
            give_back()
        for one in words:
            one.result()
        for number, part in enumerate(parts[1:], 1):
            coming.append(pool.submit(made, part))
            if len(coming) > THREADS:
                yield coming.popleft().result()
            if number % SPARE == 0:
                give_back()
        for waited in coming:
            yield waited.result()


def usable_evidence(entities: pd.DataFrame, events: pd.DataFrame, history: pd.DataFrame, *, on: date,
                    outcomes: Mapping[str, str], others: OtherRegisters | None = None) -> Evidence:  # fmt: skip
    """Make registers ready without what was repaired by a day (某日可用的证据); as `build_features` takes them."""
    held = without_repaired_results(history, events, on=on)
    return Evidence.of(entities, without_repaired(events, on=on), held, outcomes=outcomes, others=others)


def tabulate(moment: Moment, *, index: pd.Index) -> pd.DataFrame:
    """Return the features of a moment (特征表): int32, one column an indicator and the past rate, a row a question."""
    columns = {row.name: np.minimum(row.recipe.values(moment), LARGEST).astype(np.int32) for row in EVERY}
    return pd.DataFrame(columns, index=index, copy=False)
