"""Signals of early warning (风险预警信号): which units a dated rule asks somebody to look at, on what records.

One function a signal; the rule shared/early_warning says from which figure it stands. What is counted lies within so
many days up to the newest record, which is itself no older than that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from supervision.errors import SupervisionError
from supervision.results.public_categories import require_columns

RULE = "shared/early_warning"
SIGNAL_COLUMNS = ("signal", "unit_id", "agency", "office_id", "records")
EVENT_COLUMNS = ("unit_id", "kind", "called", "happened", "event_no", "severity", "known_on")
VISIT_COLUMNS = (
    *("unit_id", "agency", "called", "office_id", "date", "kind", "on_site", "visit", "visit_no", "trigger"),
)
SHARED_FIELDS = ("working_days", "measure", "hand_over")
_RECORD = ["unit_id", "day", "record", "agency", "office_id"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence:
    """What signals are looked for in (预警依据), as known on a day.

    `events`: `EVENT_COLUMNS`; `visits`: `VISIT_COLUMNS`, a row a visit and agency, `visit` (int64) the same for those
    that came together; `called`: how records name the kind of event, or the agency. `rises`: unit_id, rise (points) and
    record, by how much the score of a unit rose since the round before, without rows where nothing can be compared.
    """

    on: date
    events: pd.DataFrame
    visits: pd.DataFrame
    rises: pd.DataFrame


def signals(rule: object, evidence: Evidence) -> pd.DataFrame:
    """Return the units that a signal names (触发预警的检查对象), `SIGNAL_COLUMNS`, sorted by signal and unit.

    `agency` and `office_id` are those who came last, or the rule's department and ""; `records` a tuple of texts. A
    signal that is not known, or an entry that lacks a field, raises SupervisionError.
    """
    require_columns(evidence.events, EVENT_COLUMNS, "events")
    require_columns(evidence.visits, VISIT_COLUMNS, "history")
    entries = _entries(rule)
    rows: list[tuple[object, ...]] = []
    for signal in sorted(entries):
        _, find = SIGNALS[signal]
        records = find(entries[signal], evidence).sort_values(["unit_id", "day", "record"], kind="stable")
        for unit, own in records.groupby("unit_id", sort=True):
            agency, office = own[["agency", "office_id"]].iloc[-1]
            rows.append((signal, unit, agency, office, tuple(dict.fromkeys(own["record"]))))
    return pd.DataFrame(rows, columns=list(SIGNAL_COLUMNS))


def complaint_surge(entry: Mapping[str, Any], evidence: Evidence) -> pd.DataFrame:
    """Find units with many complaints in few days (投诉激增)."""
    events = evidence.events[evidence.events["kind"].isin(entry["events"])]
    records = _of_events(events, entry, day=events["happened"])
    recent = _recent(records, entry, evidence.on)
    return _at_least(recent, recent["record"], entry["count"])


def grave_event(entry: Mapping[str, Any], evidence: Evidence) -> pd.DataFrame:
    """Find units of which a grave event became known (重大事件)."""
    grave = evidence.events["severity"].fillna(-1).astype("int64") >= entry["severity"]
    events = evidence.events[evidence.events["kind"].isin(entry["events"]) & grave]
    records = _of_events(events, entry, day=events["known_on"])
    return _last_days(records, entry, evidence.on)


def score_jump(entry: Mapping[str, Any], evidence: Evidence) -> pd.DataFrame:
    """Find units whose score rose by many points (风险评分骤升)."""
    rises = evidence.rises[evidence.rises["rise"] >= entry["points"]]
    found = rises.assign(day=pd.Timestamp(evidence.on).as_unit("s"), agency=entry["department"], office_id="")
    return pd.DataFrame(found[_RECORD])


def over_inspection(entry: Mapping[str, Any], evidence: Evidence) -> pd.DataFrame:
    """Find units that were inspected too often (检查过频): visits on site, a joint one counts once."""
    visits = _on_site(evidence.visits, entry)
    recent = _recent(_of_visits(visits), entry, evidence.on)
    return _at_least(recent, visits.loc[recent.index, "visit"], entry["count"])


def without_code(entry: Mapping[str, Any], evidence: Evidence) -> pd.DataFrame:
    """Find units that were inspected without a number of the visit (检查无编号)."""
    visits = _on_site(evidence.visits, entry)
    visits = visits[_blank(visits["visit_no"])]
    recent = _recent(_of_visits(visits), entry, evidence.on)
    return _at_least(recent, visits.loc[recent.index, "visit"], entry["count"])


def without_cause(entry: Mapping[str, Any], evidence: Evidence) -> pd.DataFrame:
    """Find units that were inspected for cause, and no cause is on record (个案无事由); off site as well."""
    visits = evidence.visits[evidence.visits["kind"].isin(entry["kinds"]) & _blank(evidence.visits["trigger"])]
    recent = _recent(_of_visits(visits), entry, evidence.on)
    return _at_least(recent, visits.loc[recent.index, "visit"], entry["count"])


Find = Callable[[Mapping[str, Any], Evidence], pd.DataFrame]
SIGNALS: Mapping[str, tuple[tuple[str, ...], Find]] = {
    "complaint_surge": (("events", "count", "days", "department"), complaint_surge),
    "grave_event": (("events", "severity", "days", "department"), grave_event),
    "score_jump": (("points", "department"), score_jump),
    "over_inspection": (("kinds", "count", "days"), over_inspection),
    "without_code": (("kinds", "count", "days"), without_code),
    "without_cause": (("kinds", "count", "days"), without_cause),
}


def _entries(rule: object) -> Mapping[str, Mapping[str, Any]]:
    """Look that the rule names known signals with all their fields."""
    if not isinstance(rule, Mapping):
        raise SupervisionError("results.warning_rule", rule=RULE, value=rule)
    for signal, entry in rule.items():
        if signal not in SIGNALS:
            raise SupervisionError("results.warning_rule_unknown", rule=RULE, signal=signal, known=" ".join(SIGNALS))
        needed = (*SIGNALS[signal][0], *SHARED_FIELDS)
        missing = [name for name in needed if not isinstance(entry, Mapping) or name not in entry]
        if missing:
            raise SupervisionError("results.warning_rule_field", rule=RULE, signal=signal, fields=" ".join(missing))
    return rule


def _of_events(events: pd.DataFrame, entry: Mapping[str, Any], *, day: pd.Series[Any]) -> pd.DataFrame:
    words = events["called"].astype("str") + " " + events["happened"].dt.strftime("%Y-%m-%d")
    record = words + (" " + events["event_no"].astype("str")).where(~_blank(events["event_no"]), "")
    return events.assign(day=day, record=record, agency=entry["department"], office_id="")[_RECORD]


def _of_visits(visits: pd.DataFrame) -> pd.DataFrame:
    words = visits["date"].dt.strftime("%Y-%m-%d") + " " + visits["called"].astype("str")
    record = words + (" " + visits["visit_no"].astype("str")).where(~_blank(visits["visit_no"]), "")
    office = visits["office_id"].astype("str").fillna("")
    return visits.assign(day=visits["date"], record=record, office_id=office)[_RECORD]


def _on_site(visits: pd.DataFrame, entry: Mapping[str, Any]) -> pd.DataFrame:
    """Where nothing is said, somebody came on site, as caps count it."""
    site = visits["on_site"].astype("boolean").fillna(True).to_numpy(dtype=bool)
    return visits[visits["kind"].isin(entry["kinds"]) & site]


def _last_days(records: pd.DataFrame, entry: Mapping[str, Any], on: date) -> pd.DataFrame:
    day = pd.Timestamp(on)
    return records[(records["day"] <= day) & (records["day"] > day - pd.Timedelta(days=entry["days"]))]


def _recent(records: pd.DataFrame, entry: Mapping[str, Any], on: date) -> pd.DataFrame:
    """Records within so many days up to the unit's newest, of units whose newest is no older than that."""
    told = records[records["day"] <= pd.Timestamp(on)]
    newest = told.groupby("unit_id")["day"].transform("max")
    days = pd.Timedelta(days=entry["days"])
    return told[(told["day"] > newest - days) & (newest > pd.Timestamp(on) - days)]


def _at_least(records: pd.DataFrame, of: pd.Series[Any], count: int) -> pd.DataFrame:
    """Records of units that have at least so many different ones."""
    many = of.groupby(records["unit_id"]).transform("nunique")
    return records[many >= count]


def _blank(column: pd.Series[Any]) -> pd.Series[Any]:
    return column.isna() | column.astype("str").str.strip().eq("")
