"""Visits of this store's own rounds (本系统各轮的检查): one record each, whoever else reports them.

A visit's result comes by `record`. What another system says of the same inspection – the same unit, agency, item and
day – is no second one: not for caps, not for items' frequencies, not for what is learned.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from supervision.directory.checking.problems import no_problems, problem
from supervision.directory.register import KNOWN_ON, WITHDRAWN, register
from supervision.directory.table import Checked
from supervision.messages import Message
from supervision.month.city import City
from supervision.month.register_corrections import said_then

HISTORY = "history"
SAME = ["unit_id", "agency", "item_id", "date"]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


def is_own(numbers: pd.Series[Any], rounds: Collection[str]) -> Flags:
    """Tell which visit numbers are of these rounds (是否本系统的检查): "2026-12/U~1"."""
    return numbers.fillna("").str.extract(r"^([^/]+)/", expand=False).isin(list(rounds)).to_numpy(dtype=np.bool_)


def same_visits(rows: pd.DataFrame, known: pd.DataFrame) -> pd.Series[Any]:
    """Return for each row the visit_no of the same inspection among `known` (同一次检查的编号), missing = none."""
    first = known[[*SAME, "visit_no"]].drop_duplicates(SAME)
    return rows[SAME].merge(first, on=SAME, how="left", validate="many_to_one")["visit_no"].set_axis(rows.index)


def misplaced(city: City, kind: str, checked: Checked) -> pd.DataFrame:
    """Return the faults of past inspections that cannot come by this door (不应导入的检查记录).

    A visit of a round of this store has its result from `record`; an inspection is not known before it is held.
    """
    if kind != HISTORY or checked.good.empty:
        return no_problems()
    good = checked.good
    held, visit = register(kind).column("date"), register(kind).column("visit_no")
    faults = [no_problems()]
    for row in np.flatnonzero((good["date"] > good[KNOWN_ON.name]).to_numpy()).tolist():
        day, known = (str(good[name].iloc[row])[:10] for name in ("date", KNOWN_ON.name))
        faults.append(problem(np.array([row]), held, day, "month.history_in_future", known_on=known))
    mine = np.flatnonzero(is_own(good["visit_no"], city.store.rounds()))
    if len(mine):
        part = good.iloc[mine].reset_index(drop=True)
        there = said_then(part, city.store.versions(kind, of=set(part["unit_id"])), but_day=True)
        for row in mine[~there].tolist():
            text = good["visit_no"].iloc[row]
            faults.append(problem(np.array([row]), visit, text, "month.history_of_round", visit=text))
    return pd.concat(faults, ignore_index=True)


def without_own(city: City, kind: str, checked: Checked) -> tuple[Checked, int]:
    """Return a file without inspections whose result was recorded here (剔除已录入的检查), and how many they are."""
    good, rounds = checked.good, city.store.rounds()
    if kind != HISTORY or good.empty or not rounds:
        return checked, 0
    known = city.store.register(kind, on=date.max, columns=[*SAME, "visit_no", WITHDRAWN.name])
    known = known[is_own(known["visit_no"], rounds) & ~known[WITHDRAWN.name].fillna(False).to_numpy(dtype=bool)]
    number = same_visits(good, known)
    same = number.notna().to_numpy() & ~is_own(good["visit_no"], rounds)
    if not same.any():
        return checked, 0
    note = Message.of("month.history_same_visit", rows=int(same.sum()), visit=number[same].iloc[0])
    left = replace(
        checked, good=good[~same].reset_index(drop=True), lines=checked.lines[~same], notes=(*checked.notes, note)
    )
    return left, int(same.sum())
