"""Rows of one file with the same key (重复行): repeats are dropped, contradictions rejected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from supervision.directory.columns import as_arrow
from supervision.directory.register import KNOWN_ON, Register
from supervision.directory.table import no_problems, problems
from supervision.texts import say

Rows = np.ndarray[tuple[int], np.dtype[np.int64]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]

SHOWN_LINES = 5


def find_duplicates(
    definition: Register, typed: Mapping[str, pd.Series[Any]], keep: Flags, line: Rows
) -> tuple[Rows, pd.DataFrame]:
    """Return the rows that repeat an earlier row, and the faults of contradicting rows (重复与矛盾的行).

    Only rows where `keep` is true are compared, on the key and `known_on`. Rows and the faults' `line` are positions;
    `line` gives the file's row numbers for the reasons.
    """
    rows = np.flatnonzero(keep)
    version = np.zeros(len(rows), dtype=np.int64)
    for name in (*definition.key, KNOWN_ON.name):
        codes = _numbered(typed[name])[rows]
        if len(codes) and codes.min() != codes.max():
            version = pd.factorize(version * (int(codes.max()) + 2) + codes + 1)[0]
    twice = pd.Series(version).duplicated(keep=False).to_numpy()
    rows, version = rows[twice], version[twice]
    if not len(rows):
        return np.zeros(0, np.int64), no_problems()
    alike = pd.DataFrame({name: values.iloc[rows].reset_index(drop=True) for name, values in typed.items()})
    repeated = alike.duplicated(keep="first").to_numpy()
    groups = pd.Series(~repeated).groupby(version).transform("sum").to_numpy()
    faults = _contradictions(definition, typed, rows[groups > 1], version[groups > 1], line)
    return rows[repeated & (groups == 1)], faults


def _numbered(values: pd.Series[Any]) -> Rows:
    """Return the values as whole numbers (值编号): equal numbers for equal values, -1 for missing."""
    if values.dtype == "str":
        return pd.factorize(values)[0] if len(values) < 1000 else _encoded(values)
    codes: Rows = pd.factorize(values)[0].astype(np.int64)
    return codes


def _encoded(values: pd.Series[Any]) -> Rows:
    encoded = pc.dictionary_encode(as_arrow(values)).unify_dictionaries()
    numbers = [pc.fill_null(chunk.indices, -1).to_numpy(zero_copy_only=False) for chunk in encoded.chunks]
    return np.concatenate(numbers).astype(np.int64)


def _contradictions(
    definition: Register, typed: Mapping[str, pd.Series[Any]], rows: Rows, version: Rows, line: Rows
) -> pd.DataFrame:
    """Return one fault per contradicting row (矛盾行的问题), naming the lines of the others."""
    if not len(rows):
        return no_problems()
    others: dict[int, list[int]] = {}
    for row, group in zip(rows.tolist(), version.tolist(), strict=True):
        others.setdefault(group, []).append(row)
    zh, en = [], []
    for row, group in zip(rows.tolist(), version.tolist(), strict=True):
        lines = [str(line[other]) for other in others[group] if other != row]
        named = "、".join(lines[:SHOWN_LINES]) + ("…" if len(lines) > SHOWN_LINES else "")
        zh.append(say("directory.duplicate", "zh", lines=named))
        en.append(say("directory.duplicate", "en", lines=named))
    key = definition.key[0]
    return problems(
        line=rows,
        column=key,
        value=[str(value) for value in typed[key].iloc[rows]],
        code="directory.duplicate",
        reason_zh=zh,
        reason_en=en,
    )
