"""Corrections of registers (登记表更正): what is imported over a row that was corrected, or to correct one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from supervision.directory.corrections import BESIDE, REASON, settle
from supervision.directory.register import CORRECTION, KNOWN_ON, register
from supervision.directory.table import Checked
from supervision.month.city import City


def corrected(city: City, kind: str, checked: Checked) -> tuple[Checked, int]:
    """Return a checked file with its corrections numbered (更正编号), without `held` rows that are on record; and held.

    Rows with a reason correct what is on record, the same day too. Rows of what was corrected once need a reason as
    well, lest an old file undo a correction in silence. All other rows follow the register's own rule: known later, a
    row is a new version.
    """
    definition = register(kind)
    if CORRECTION.name not in definition.names or checked.good.empty:
        return checked, 0
    good = checked.good.assign(correction=pd.Series(pd.NA, index=checked.good.index, dtype="str"))
    first = good[definition.key[0]]
    asked = good[REASON.name].notna() | first.isin(city.store.corrected(kind))
    rows = np.flatnonzero(asked.to_numpy())
    if not len(rows):
        return replace(checked, good=good), 0
    part = good.iloc[rows].reset_index(drop=True)
    versions = city.store.versions(kind, of=set(part[definition.key[0]]))
    plain = part[REASON.name].isna().to_numpy()
    there = _is_corrected(part, versions, list(definition.key))
    settled = settle(kind, part, versions, who=city.who, lists=city.code_lists)
    looked_at = ~plain | there
    held = looked_at & (settled.same | (plain & said_then(part, versions)))
    faults = settled.faults[(looked_at & ~held)[settled.faults["line"].to_numpy(dtype=np.int64)]]
    for column in (CORRECTION.name, *(name for name in BESIDE if name != KNOWN_ON.name)):
        texts = good[column].to_numpy(dtype=object)
        texts[rows[looked_at]] = settled.rows.loc[looked_at, column].to_numpy(dtype=object)
        good[column] = pd.Series(texts, index=good.index, dtype="str")
    bad = faults.assign(line=rows[faults["line"].to_numpy(dtype=np.int64)])
    kept = replace(checked, good=good).without(bad)
    gone = np.isin(np.delete(np.arange(len(good)), np.unique(bad["line"].to_numpy(dtype=np.int64))), rows[held])
    left = replace(kept, good=kept.good[~gone].reset_index(drop=True), lines=kept.lines[~gone])
    return left, int(gone.sum())


def _is_corrected(
    rows: pd.DataFrame, versions: pd.DataFrame, key: list[str]
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell which rows are of a key that was corrected (是否已有更正)."""
    keys = versions.loc[versions[CORRECTION.name].notna(), key].drop_duplicates()
    return rows[key].merge(keys, on=key, how="left", indicator=True)["_merge"].eq("both").to_numpy(dtype=np.bool_)


def said_then(
    rows: pd.DataFrame, versions: pd.DataFrame, *, but_day: bool = False
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell which rows a version says already, known on the same day (是否与某一版本相同); or on any day."""
    names = [name for name in rows.columns if name not in BESIDE or (name == KNOWN_ON.name and not but_day)]
    said = versions[names].drop_duplicates()
    return rows[names].merge(said, on=names, how="left", indicator=True)["_merge"].eq("both").to_numpy(dtype=np.bool_)
