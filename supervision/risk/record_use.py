"""Use of records (记录的使用): repaired ones not at all from the day of repair, others only for their term.

The term is that of the rule shared/record_use, or the record's own `until` where that is earlier.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from supervision.errors import SupervisionError
from supervision.risk.coded_registers import among

RULE = "shared/record_use"
REPAIR = "repair"
_KEYS = {"event", "severity", "months"}
_WANT = "[{event, severity, months}]"


def without_repaired(events: pd.DataFrame, *, on: date) -> pd.DataFrame:
    """Return the register as if what was repaired by a day had never been in it (剔除已修复的记录).

    A repair names the record that it ends by its number (`repaired_no`, the same unit's `event_no`). It counts once it
    has happened and is known; of several versions the one known last. All versions of the record leave, and all
    repairs: that a unit had something to repair is no evidence either. Other rows keep their order and index.
    """
    is_repair = events["kind"] == REPAIR
    if not is_repair.any():
        return events
    repairs = _repairs(events, on)
    some = _of_units(events, repairs)
    gone = np.array(is_repair, dtype=np.bool_)
    gone[some] |= _ended(events.iloc[some], "happened", ["event_no"], repairs)
    return events[~gone]


def without_repaired_results(history: pd.DataFrame, events: pd.DataFrame, *, on: date) -> pd.DataFrame:
    """Return past inspections without those whose results were repaired by a day (剔除已修复的检查结果).

    A repair names such a result as it does to take it off the page: the inspection's number (`visit_no`), or number and
    item, "2026-12/U~1/food". That somebody came still counts for caps, which are not looked up here.
    """
    if not (events["kind"] == REPAIR).any():
        return history
    repairs = _repairs(events, on)
    some = _of_units(history, repairs)
    part = history.iloc[some]
    named = part.assign(item=part["visit_no"] + "/" + part["item_id"])
    gone = np.zeros(len(history), dtype=np.bool_)
    gone[some] = _ended(named, "date", ["visit_no", "item"], repairs)
    return history[~gone] if gone.any() else history


def _repairs(events: pd.DataFrame, on: date) -> pd.Series[Any]:
    """The day of the last repair that counts by a day (有效的信用修复), by unit_id and repaired_no."""
    day = pd.Timestamp(on)
    known = events[(events["kind"] == REPAIR) & (events["known_on"] <= day)].sort_values("known_on", kind="stable")
    known = known.drop_duplicates(["unit_id", "happened", "event_no"], keep="last")
    known = known.loc[(known["happened"] <= day) & known["repaired_no"].notna(), ["unit_id", "repaired_no", "happened"]]
    return known.groupby(["unit_id", "repaired_no"])["happened"].max()


def _of_units(rows: pd.DataFrame, repairs: pd.Series[Any]) -> NDArray[np.int64]:
    """The places of rows whose unit has repaired anything: few of a city's have."""
    units = repairs.index.get_level_values(0).to_series()
    return np.flatnonzero(among(rows["unit_id"], units))


def _ended(rows: pd.DataFrame, day: str, numbers: list[str], repairs: pd.Series[Any]) -> NDArray[np.bool_]:
    """Which rows were repaired on their day or later, by any of their numbers."""
    found = np.zeros(len(rows), dtype=np.bool_)
    days = rows[day].to_numpy(dtype="datetime64[s]")
    for number in numbers:
        named = pd.MultiIndex.from_arrays([rows["unit_id"], rows[number]])
        found |= days <= repairs.reindex(named).to_numpy(dtype="datetime64[s]")
    return found


def within_terms(events: pd.DataFrame, rule: object) -> pd.DataFrame:
    """Return the register with `until` no later than a record may be used (按期限使用记录).

    `rule`: the value of shared/record_use, a list of {event, severity, months}: records of that kind and one of these
    severities (null = not said) are used for so many months from the day they happened; None sets no term.
    """
    until = np.array(events["until"], dtype="datetime64[s]")
    severity = events["severity"].to_numpy(dtype=np.float64, na_value=np.nan)
    for entry in _entries(rule):
        levels = [np.nan if level is None else float(level) for level in entry["severity"]]
        graded = np.isin(severity, levels) | (np.isnan(severity) & (None in entry["severity"]))
        chosen = graded & np.asarray(events["kind"] == entry["event"], dtype=np.bool_)
        ends = events["happened"][chosen] + pd.DateOffset(months=entry["months"])
        until[chosen] = np.fmin(until[chosen], ends.to_numpy(dtype="datetime64[s]"))
    return events.assign(until=pd.Series(until, index=events.index))


def in_force(events: pd.DataFrame, on: date) -> pd.DataFrame:
    """Return the records that count on a day (有效记录): happened, known in their last version, and not ended."""
    day = pd.Timestamp(on)
    known = events[(events["known_on"] <= day) & (events["happened"] <= day)]
    latest = known.sort_values("known_on", kind="stable").drop_duplicates(
        ["unit_id", "kind", "happened", "event_no"], keep="last")  # fmt: skip
    return latest[latest["until"].isna() | (latest["until"] > day)]


def _entries(rule: object) -> list[Mapping[str, Any]]:
    entries = [] if rule is None else rule
    if not isinstance(entries, list) or not all(_is_entry(entry) for entry in entries):
        raise SupervisionError("risk.rule_shape", rule=RULE, value=rule, want=_WANT)
    return entries


def _is_entry(entry: object) -> bool:
    return (
        isinstance(entry, Mapping)
        and set(entry) == _KEYS
        and type(entry["months"]) is int
        and isinstance(entry["severity"], list)
        and all(level is None or type(level) is int for level in entry["severity"])
    )
