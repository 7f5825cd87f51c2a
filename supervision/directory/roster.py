"""The roster of a month (执法人员名册): who may be sent when, from the registers of inspectors and of leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from supervision.domain.people import ALL_ITEMS, ROSTER, Office

if TYPE_CHECKING:
    from supervision.law.rules import Law

ON_DUTY = "在岗"
HALVES = {"all": ("T1", "T2"), "am": ("T1",), "pm": ("T2",)}


def roster_frame(
    inspectors: pd.DataFrame,
    leave: pd.DataFrame,
    items_by_department: Mapping[str, Sequence[str]],
    offices: Mapping[str, Office],
    *,
    start: date,
    end: date,
    law: Law,
) -> pd.DataFrame:
    """Return the roster of the days start … end (执法人员名册), all texts, with the columns of roster.csv.

    `inspectors`, `leave`: the registers. In it is who is on duty (在岗), belongs to an office of `offices`, and holds a
    certificate on at least one of the days; from and until are the certificate's dates within the days. `*` in scopes
    becomes all items of the office's department. The daily limit is the smaller of the inspector's own and the rule
    shared/daily_limit. `absent`: half-days on leave. Sorted by inspector_id.
    """
    limit = int(law.value("shared/daily_limit")["half_days"])
    away = half_days_of(leave, "inspector_id", start=start, end=end)
    rows = []
    columns = ["inspector_id", "office_id", "status", "cert_from", "cert_until", "scopes", "daily_limit"]
    for who, office, status, since, until, scopes, own in inspectors[columns].to_numpy().tolist():
        if status != ON_DUTY or office not in offices or pd.isna(until):
            continue
        first = start if pd.isna(since) else max(start, since.date())
        last = min(end, until.date())
        if first > last:
            continue
        listed = scopes.split() if isinstance(scopes, str) else []
        covered = items_by_department.get(offices[office].department, ()) if ALL_ITEMS in listed else listed
        scope, absent = " ".join(sorted(set(covered))), " ".join(sorted(away.get(who, ())))
        half_days = str(limit if pd.isna(own) else min(limit, int(own)))
        rows.append((who, office, first.isoformat(), last.isoformat(), scope, half_days, absent))
    return pd.DataFrame(sorted(rows), columns=ROSTER).astype("str")


def half_days_of(table: pd.DataFrame, key: str, *, start: date, end: date) -> dict[str, set[str]]:
    """Return whose half-days between start and end a register takes away (请假或不可检查的半天), by its column `key`.

    `table`: key, from_date, until_date, half (all, am, pm; missing: all), as in the registers leave and blocked.
    """
    found: dict[str, set[str]] = {}
    columns = [key, "from_date", "until_date", "half"]
    for who, since, until, half in table[columns].to_numpy().tolist():
        first, last = max(start, since.date()), min(end, until.date())
        halves = HALVES["all" if pd.isna(half) or not half else half]
        for number in range((last - first).days + 1):
            day = (first + timedelta(days=number)).isoformat()
            found.setdefault(who, set()).update(f"{day}{h}" for h in halves)
    return found
