"""Objections (异议): a record that its enterprise disputes rests while that is open, and where it is upheld."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from supervision.errors import SupervisionError
from supervision.risk.coded_registers import among

RULE = "shared/objection"
COLUMNS = (
    "unit_id", "objection_no", "filed", "disputed_kind", "disputed_date", "disputed_no", "decision", "decided",
    "known_on",
)  # fmt: skip
OPEN = "open"
STATES = (OPEN, "upheld", "rejected", "retracted")
USES = ("used", "unused")


def states(objections: pd.DataFrame, *, on: date) -> pd.DataFrame:
    """Return the objections that were filed and known by a day (某日的异议), the latest version of each.

    With a column `state`: "open", or what was decided by that day.
    """
    day = pd.Timestamp(on)
    known = objections[(objections["known_on"] <= day) & (objections["filed"] <= day)]
    latest = known.sort_values("known_on", kind="stable").drop_duplicates(["unit_id", "objection_no"], keep="last")
    decided = latest["decision"].notna() & (latest["decided"] <= day)
    return latest.assign(state=latest["decision"].where(decided, OPEN).astype("str"))


def unused(rule: object) -> list[str]:
    """Return the states in which a record is not used (记录暂停使用的状态), by the value of shared/objection."""
    want = "{open, upheld, rejected, retracted: used / unused, decide_days}"
    if not isinstance(rule, Mapping) or set(rule) != {*STATES, "decide_days"}:
        raise SupervisionError("risk.rule_shape", rule=RULE, value=rule, want=want)
    days = rule["decide_days"]
    if any(rule[state] not in USES for state in STATES) or type(days) is not int or days < 0:
        raise SupervisionError("risk.rule_shape", rule=RULE, value=dict(rule), want=want)
    return [state for state in STATES if rule[state] == "unused"]


def without_disputed(
    events: pd.DataFrame, history: pd.DataFrame, objections: pd.DataFrame, *, on: date, rule: object
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return both registers without what rests because of objections (剔除异议期间不使用的记录).

    An objection names its record by kind, day and number: an event's number; for an inspection (no kind) its number,
    alone or with the item behind it. Without a number all of that kind and day are meant. `rule`: the value of
    shared/objection. Other rows keep their order and index.
    """
    named = resting(objections, on=on, rule=rule)
    return undisputed("events", events, named), undisputed("history", history, named)


def resting(objections: pd.DataFrame, *, on: date, rule: object) -> pd.DataFrame:
    """Return the objections whose records rest on a day (使记录暂停使用的异议), as `states` gives them."""
    found = states(objections, on=on)
    return found[found["state"].isin(unused(rule))]


def undisputed(kind: str, rows: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the register `kind` that no objection of `named` disputes (某登记表未被异议的记录).

    Only records and inspections can be disputed.
    """
    if named.empty or kind not in ("events", "history"):
        return rows
    return rows[~(disputed_events if kind == "events" else disputed_results)(rows, named)]


def disputed_events(events: pd.DataFrame, objections: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which events are named by some of these objections (被异议的信用记录), bool (rows,)."""
    return _disputed(*_events(events), objections[objections["disputed_kind"].notna()])


def disputed_results(history: pd.DataFrame, objections: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which inspections are named by some of these objections (被异议的检查结果), bool (rows,)."""
    return _disputed(*_results(history), objections[objections["disputed_kind"].isna()])


def names_a_record(objections: pd.DataFrame, events: pd.DataFrame, history: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which objections name a record that is there (所指记录是否存在), bool (objections,)."""
    found = np.zeros(len(objections), dtype=np.bool_)
    of_events = objections["disputed_kind"].notna().to_numpy(dtype=np.bool_)
    for chosen, records in ((of_events, _events(events)), (~of_events, _results(history))):
        found[chosen] = _naming(*records, objections[chosen])
    return found


def _events(events: pd.DataFrame) -> tuple[pd.DataFrame, list[pd.Series]]:
    """What an objection names events by: unit, kind and day, and their numbers."""
    return events[["unit_id", "kind"]].assign(day=events["happened"]), [events["event_no"]]


def _results(history: pd.DataFrame) -> tuple[pd.DataFrame, list[pd.Series]]:
    """What an objection names inspections by: unit and day, and the visit's number, alone or with the item."""
    numbers = [history["visit_no"], history["visit_no"] + "/" + history["item_id"]]
    return history[["unit_id"]].assign(day=history["date"]), numbers


def _disputed(rows: pd.DataFrame, numbers: list[pd.Series], objections: pd.DataFrame) -> NDArray[np.bool_]:
    found = np.zeros(len(rows), dtype=np.bool_)
    if objections.empty:
        return found
    some = np.flatnonzero(among(rows["unit_id"], objections["unit_id"]))
    part, (whole, exact) = rows.iloc[some], _wanted(objections, list(rows.columns))
    found[some] = _among(part, whole)
    for number in numbers:
        found[some] |= _among(part.assign(disputed_no=number.iloc[some]), exact)
    return found


def _naming(rows: pd.DataFrame, numbers: list[pd.Series], objections: pd.DataFrame) -> NDArray[np.bool_]:
    whole, exact = _wanted(objections, list(rows.columns))
    found = np.zeros(len(objections), dtype=np.bool_)
    numbered = objections["disputed_no"].notna().to_numpy(dtype=np.bool_)
    found[~numbered] = _among(whole, rows)
    for number in numbers:
        found[numbered] |= _among(exact, rows.assign(disputed_no=number))
    return found


def _wanted(objections: pd.DataFrame, key: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What objections without a number name, and what those with one do."""
    wanted = objections.rename(columns={"disputed_kind": "kind", "disputed_date": "day"})
    numbered = wanted["disputed_no"].notna()
    return wanted.loc[~numbered, key], wanted.loc[numbered, [*key, "disputed_no"]]


def _among(rows: pd.DataFrame, wanted: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which rows stand among the wanted ones, all columns alike."""
    return pd.MultiIndex.from_frame(rows).isin(pd.MultiIndex.from_frame(wanted))
