"""Corrections (更正): a row on record changes only with a reason and a second person; both values stay on record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from supervision.directory.checking.problems import no_problems, problem
from supervision.directory.register import CORRECTION, CORRECTIONS, KNOWN_ON, Column, register
from supervision.domain.nobody import is_nobody
from supervision.law.code_lists import CodeLists, normal
from supervision.messages import Label

REASON, REVIEWER = CORRECTIONS[1], CORRECTIONS[2]
MOST = 99
BESIDE = (KNOWN_ON.name, *(column.name for column in CORRECTIONS))

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Settled:
    """Rows held against what is on record (与库中比对的结果).

    `rows`: the rows that came, in order, those that correct numbered in `correction`; `same`: which of them say what
    the latest version says; `faults`: see `directory.checking.problems`, `line` is a position in `rows`, one a cell
    that differs without leave. What is neither the same nor at fault may be stored.
    """

    rows: pd.DataFrame
    same: Flags
    faults: pd.DataFrame


def settle(kind: str, rows: pd.DataFrame, on_record: pd.DataFrame, *, who: str, lists: CodeLists) -> Settled:
    """Hold rows against what is on record (与库中比对).

    `rows`: typed rows of the register, with known_on; `on_record`: all versions of their keys, in order, the latest
    last; `who` enters them and so cannot be the one who agrees; `lists` name the codes that differ.
    """
    definition = register(kind)
    key = list(definition.key)
    rows = rows.reset_index(drop=True)
    latest = on_record.drop_duplicates(key, keep="last")
    old = rows[key].merge(latest, on=key, how="left", validate="many_to_one")
    there = old[KNOWN_ON.name].notna().to_numpy()
    compared = [column for column in definition.columns if column.name not in (*key, *BESIDE)]
    differs = {column.name: there & _differs(rows[column.name], old[column.name]) for column in compared}
    changed = np.logical_or.reduce([np.zeros(len(rows), dtype=np.bool_), *differs.values()])
    counted = pd.to_numeric(on_record[CORRECTION.name], errors="coerce").fillna(0).astype("int64")
    numbers = rows[key].merge(
        on_record[key].assign(number=counted).groupby(key, dropna=False).max(), on=key, how="left"
    )
    number = numbers["number"].fillna(0).to_numpy(dtype=np.int64) + 1
    faults = [*_unreasoned(rows, old, changed, differs, compared, lists), *_unagreed(rows, changed, who)]
    faults += _out_of_order(rows, old, changed, number)
    corrected = rows.assign(
        correction=pd.Series([f"{n:02}" if change else None for n, change in zip(number, changed, strict=True)]),
        correction_reason=rows[REASON.name].where(changed),
        correction_reviewer=rows[REVIEWER.name].where(changed),
    ).astype(dict.fromkeys((column.name for column in CORRECTIONS), "str"))
    return Settled(rows=corrected, same=there & ~changed, faults=pd.concat([no_problems(), *faults], ignore_index=True))


def _differs(new: pd.Series[Any], old: pd.Series[Any]) -> Flags:
    """Tell where two columns differ (不同之处); missing equals missing."""
    both = new.isna() & old.isna()
    return ~((new == old).fillna(False) | both).to_numpy(dtype=np.bool_)


def _unreasoned(
    rows: pd.DataFrame,
    old: pd.DataFrame,
    changed: Flags,
    differs: Mapping[str, Flags],
    compared: list[Column],
    lists: CodeLists,
) -> Iterator[pd.DataFrame]:
    """Yield the faults of rows that change without a reason (无理由的改动): each cell with both values."""
    silent = changed & rows[REASON.name].isna().to_numpy()
    for column in compared:
        for row in np.flatnonzero(differs[column.name] & silent).tolist():
            stored, offered = (_shown(column, frame[column.name].iloc[row], lists) for frame in (old, rows))
            yield problem(np.array([row]), column, _text(offered), "directory.changed", stored=stored, offered=offered)


def _unagreed(rows: pd.DataFrame, changed: Flags, who: str) -> Iterator[pd.DataFrame]:
    """Yield the faults of corrections that no second person agreed to (无另一人审核的更正)."""
    reasoned = changed & rows[REASON.name].notna().to_numpy()
    reviewer = rows[REVIEWER.name]
    missing = np.flatnonzero(reasoned & reviewer.map(is_nobody).to_numpy(dtype=np.bool_))
    yield problem(missing, REVIEWER, "", "directory.correction_unreviewed")
    own = np.flatnonzero(reasoned & reviewer.fillna("").map(normal).eq(normal(who)).to_numpy())
    yield problem(own, REVIEWER, who, "directory.correction_own", who=who)


def _out_of_order(
    rows: pd.DataFrame, old: pd.DataFrame, changed: Flags, number: np.ndarray[Any, np.dtype[np.int64]]
) -> Iterator[pd.DataFrame]:
    """Yield the faults of corrections known before what they correct, and of those beyond the last number."""
    early = changed & (rows[KNOWN_ON.name] < old[KNOWN_ON.name]).to_numpy(dtype=np.bool_)
    for row in np.flatnonzero(early).tolist():
        stored, day = (str(frame[KNOWN_ON.name].iloc[row])[:10] for frame in (old, rows))
        yield problem(np.array([row]), KNOWN_ON, day, "directory.correction_early", stored=stored)
    yield problem(np.flatnonzero(changed & (number > MOST)), CORRECTION, "", "directory.correction_too_many", most=MOST)


def _shown(column: Column, value: object, lists: CodeLists) -> str | Label:
    """Return a value as people read it (显示值): codes with their names."""
    if pd.isna(value):  # type: ignore[call-overload]  # one cell of a frame
        return Label("（空）", "(blank)")
    text = str(value)[:10] if column.dtype == "date" else str(value)
    codes = lists.named(column.code_list).codes if column.code_list else {}
    if text not in codes:
        return text
    name = codes[text].label
    return Label(f"{text} {name.zh}", f"{text} {name.en}")


def _text(shown: str | Label) -> str:
    return shown.zh if isinstance(shown, Label) else shown
