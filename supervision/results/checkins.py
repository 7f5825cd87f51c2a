"""Check-ins beside visits (扫码登记核对): visits without code, codes without visit, checks without draw or cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from supervision.results.public_categories import require_columns

HELD, COULD_NOT, NOTHING = "held", "could_not", ""
VISITS = ("visit_id", "unit_id", "office", "half_days", "state")
ISSUED = ("code", "visit_id", "office", "half_days")
CHECKINS = ("unit_id", "code", "scanned_on", "scanned_at", "place")
CHECKS = ("unit_id", "agency", "date", "kind", "trigger")
FOUND = ("cause", "unit_id", "office", "visit_id", "code", "date", "time", "place")
FOR_CAUSE, ROUTINE = "for_cause", "routine"
CAUSES = (
    *("no_code", "not_held", "unknown_code", "other_unit", "superseded", "other_day"),
    *("came_without_code", "undrawn", "no_ground"),
)
"""What can be wrong (不符之处), in the order in which it is told."""


def match_checkins(
    visits: pd.DataFrame, issued: pd.DataFrame, checkins: pd.DataFrame, checks: pd.DataFrame, *, on: str
) -> pd.DataFrame:
    """Return what does not fit (核对结果), `FOUND`, text, in the order of `CAUSES`.

    Parameters
    ----------
    visits : DataFrame
        `VISITS`, a row a visit and office of the calendar that stands; `state` says whether results are on record:
        "held", "could_not" or "" for none.
    issued : DataFrame
        `ISSUED` in the order of issue: the last code of a visit and office is the one that counts.
    checkins : DataFrame
        `CHECKINS`, `scanned_on` datetime64; a blank `code` says that who came had none.
    checks : DataFrame
        `CHECKS`: inspections of the month that no draw of this store ordered, `date` datetime64.
    on : str
        The day of the comparison, "2026-12-31": a visit is over when its last half-day lies before it.
    """
    for frame, columns, name in (
        (visits, VISITS, "visits"),
        (issued, ISSUED, "issued"),
        (checkins, CHECKINS, "checkins"),
        (checks, CHECKS, "checks"),
    ):
        require_columns(frame, columns, name)
    rows = [
        *_at_the_door(visits, issued, checkins, checks),
        *_of_visits(visits, issued, checkins, on),
        *_others(checks),
    ]
    rows.sort(key=lambda row: (CAUSES.index(row["cause"]), row["date"], row["unit_id"], row["office"], row["time"]))
    return pd.DataFrame([{**dict.fromkeys(FOUND, ""), **row} for row in rows], columns=list(FOUND), dtype="str")


def _at_the_door(
    visits: pd.DataFrame, issued: pd.DataFrame, checkins: pd.DataFrame, checks: pd.DataFrame
) -> Iterator[dict[str, str]]:
    """Check-ins that fit no visit: each is told once, by the first thing that is wrong with it."""
    codes = {row["code"]: row for row in issued.to_dict("records")}
    last = {(row["visit_id"], row["office"]): row["code"] for row in issued.to_dict("records")}
    places = {(row["visit_id"], row["office"]): row for row in visits.to_dict("records")}
    caused = {(row["unit_id"], _day(row["date"])) for row in checks.to_dict("records") if _has_ground(row)}
    for row in checkins.to_dict("records"):
        unit, day = row["unit_id"], _day(row["scanned_on"])
        told = {"unit_id": unit, "date": day, "time": row["scanned_at"], "place": _text(row["place"])}
        if not _text(row["code"]):
            if (unit, day) not in caused:
                yield {"cause": "came_without_code", "office": "", **told}
            continue
        code = codes.get(row["code"])
        if code is None:
            yield {"cause": "unknown_code", "office": "", "code": row["code"], **told}
            continue
        own = (code["visit_id"], code["office"])
        cause = _cause(code, places.get(own), unit, day, is_last=last[own] == row["code"])
        if cause:
            yield {"cause": cause, "office": own[1], "visit_id": own[0], "code": row["code"], **told}


def _cause(code: Mapping[Any, Any], place: Mapping[Any, Any] | None, unit: str, day: str, *, is_last: bool) -> str:
    """What is wrong with an issued code at a unit on a day, "" where nothing is."""
    if code["visit_id"].rpartition("~")[0] != unit:
        return "other_unit"
    if not is_last or place is None or place["half_days"] != code["half_days"]:
        return "superseded"
    return "" if day in _days(code["half_days"]) else "other_day"


def _of_visits(visits: pd.DataFrame, issued: pd.DataFrame, checkins: pd.DataFrame, on: str) -> Iterator[dict[str, str]]:
    """Visits on record that nobody scanned a right code of, and scanned ones that are over and were not held."""
    code_of = {(row["visit_id"], row["office"]): row for row in issued.to_dict("records")}
    scanned = {(row["code"], row["unit_id"], _day(row["scanned_on"])) for row in checkins.to_dict("records")}
    for row in visits.to_dict("records"):
        code, days = code_of.get((row["visit_id"], row["office"])), _days(row["half_days"])
        seen = code is not None and any((code["code"], row["unit_id"], day) in scanned for day in days)
        told = {"unit_id": row["unit_id"], "office": row["office"], "visit_id": row["visit_id"], "date": days[0]}
        told |= {"code": code["code"] if code else "", "time": ""}
        if row["state"] == HELD and not seen:
            yield {"cause": "no_code", **told}
        if row["state"] != HELD and seen and days[-1] < on:
            yield {"cause": "not_held", **told}


def _others(checks: pd.DataFrame) -> Iterator[dict[str, str]]:
    """Inspections that no draw ordered: routine ones, and checks for cause that name no cause."""
    for row in checks.drop_duplicates(["unit_id", "agency", "date", "kind"]).to_dict("records"):
        told = {"unit_id": row["unit_id"], "office": row["agency"], "date": _day(row["date"]), "time": ""}
        if row["kind"] == ROUTINE:
            yield {"cause": "undrawn", **told}
        elif row["kind"] == FOR_CAUSE and not _has_ground(row):
            yield {"cause": "no_ground", **told}


def _has_ground(row: Mapping[Any, Any]) -> bool:
    """Tell whether an inspection outside the draw has its ground on record: a cause, or a special campaign's plan."""
    return bool(_text(row["trigger"])) if row["kind"] == FOR_CAUSE else row["kind"] != ROUTINE


def _days(half_days: str) -> list[str]:
    return sorted({half_day[:10] for half_day in half_days.split(" ")})


def _day(value: Any) -> str:
    return str(value)[:10]


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value).strip()
