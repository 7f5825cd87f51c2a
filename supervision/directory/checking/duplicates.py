"""Rows of one file with the same key (重复行): repeats are dropped, contradictions rejected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from supervision.directory.checking import text_scan
from supervision.directory.checking.problems import no_problems, problems
from supervision.directory.register import KNOWN_ON, Register
from supervision.directory.row_selection import as_arrow
from supervision.messages import Message

Rows = np.ndarray[tuple[int], np.dtype[np.int64]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]

Fingerprints = np.ndarray[tuple[int], np.dtype[np.uint64]]

SHOWN_LINES = 5
FACTOR = np.uint64(0x9E3779B97F4A7C15)


def find_duplicates(
    definition: Register, typed: Mapping[str, pd.Series[Any]], keep: Flags, line: Rows
) -> tuple[Rows, pd.DataFrame]:
    """Return the rows that repeat an earlier row, and the faults of contradicting rows (重复与矛盾的行).

    Only rows where `keep` is true are compared, on the key and `known_on`. Rows and the faults' `line` are positions;
    `line` gives the file's row numbers for the reasons.
    """
    names = (*definition.key, KNOWN_ON.name)
    rows = _candidates([typed[name] for name in names], np.flatnonzero(keep))
    version = np.zeros(len(rows), dtype=np.int64)
    for name in names:
        codes = pd.factorize(typed[name].iloc[rows])[0].astype(np.int64)
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


def _candidates(keys: Sequence[pd.Series[Any]], rows: Rows) -> Rows:
    """Return the rows whose key may occur twice (可能重复的行): those that share a fingerprint of 64 bits."""
    mixed = np.zeros(len(rows), dtype=np.uint64)
    for values in keys:
        mixed = _mix(mixed, _fingerprints(values)[rows])
    ordered = np.sort(mixed)
    shared = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    return rows[np.isin(mixed, shared)] if len(shared) else rows[:0]


def _mix(left: Fingerprints, right: Fingerprints) -> Fingerprints:
    """Return two fingerprints as one (合并指纹)."""
    mixed = (left ^ (left >> np.uint64(29))) * FACTOR + right
    return mixed ^ (mixed >> np.uint64(32))


def _fingerprints(values: pd.Series[Any]) -> Fingerprints:
    """Return a number of 64 bits per value (指纹), equal for equal values, 0 for missing; not for security."""
    if values.dtype != "str":
        return values.to_numpy().astype("datetime64[s]").astype(np.int64).view(np.uint64)
    found = [np.zeros(0, dtype=np.uint64)]
    for chunk in as_arrow(values).chunks:
        prints = np.zeros(len(chunk), dtype=np.uint64)
        offsets, _ = text_scan.parts(chunk)
        for length in np.unique(np.diff(offsets)).tolist():
            rows, texts = text_scan.of_length(chunk, length)
            padded = np.zeros((len(rows), -(-length // 8) * 8), dtype=np.uint8)
            padded[:, :length] = texts
            mixed = np.full(len(rows), length, dtype=np.uint64)
            for word in padded.view(np.uint64).T:
                mixed = _mix(mixed, word)
            prints[rows] = mixed
        prints[np.asarray(chunk.is_null())] = 0
        found.append(prints)
    return np.concatenate(found)


def _contradictions(
    definition: Register, typed: Mapping[str, pd.Series[Any]], rows: Rows, version: Rows, line: Rows
) -> pd.DataFrame:
    """Return one fault per contradicting row (矛盾行的问题), naming the lines of the others."""
    if not len(rows):
        return no_problems()
    others: dict[int, list[int]] = {}
    for row, group in zip(rows.tolist(), version.tolist(), strict=True):
        others.setdefault(group, []).append(row)
    reasons = []
    for row, group in zip(rows.tolist(), version.tolist(), strict=True):
        lines = [str(line[other]) for other in others[group] if other != row]
        named = "、".join(lines[:SHOWN_LINES]) + ("…" if len(lines) > SHOWN_LINES else "")
        reasons.append(Message.of("directory.duplicate", lines=named))
    key = definition.key[0]
    return problems(
        line=rows,
        column=key,
        value=[str(value) for value in typed[key].iloc[rows]],
        reason=reasons,
    )
