"""What changed since inspectors were drawn (变更明细): each place with its time and holder before and after."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from supervision.domain.visits import VisitId
from supervision.month.calendars import PLACE_KEY, assigned_places, changes
from supervision.month.round import Round
from supervision.month.round_files import CALENDAR, ROSTER, Step
from supervision.sampling.protocol.records import Change
from supervision.tables import tuples

CHANGED = ["no", "order", "at", "kind", "visit_id", "unit_id", "office", "place", "was", "half_days", "out", "into"]
KINDS = ["substituted", "moved", "cancelled"]


def changed_places(round: Round, more: Sequence[Change] = ()) -> pd.DataFrame:
    """Return the rows of changes.json with what was before (变更明细), columns `CHANGED`, in their order.

    `more`: rows that are not on record yet.
    `order`: the number of the first row with the same evidence and time, which all rows of one change order share;
    `was`, `half_days`: half-days before and after, joined by a space; `out`, `into`: holders before and after, "" none.
    Of leave `into` is who is away, `office` that of the roster, and there is no visit.
    """
    listed = (*changes(round), *more)
    if not listed:  # as at most publications
        return pd.DataFrame(columns=CHANGED)
    times, offices = _planned(round), _offices(round)
    first: dict[tuple[str, str], int] = {}
    rows = []
    for one in listed:
        order, half_days = first.setdefault((one.at, one.evidence), one.no), " ".join(one.half_days)
        visit, who = one.visit_id or "", one.inspector_id or ""
        key = (visit, one.office or offices.get(who, ""), one.place or 0)
        was = times.get(key, "")
        unit = VisitId.parse(visit).unit_id if visit else ""
        rows.append((one.no, order, one.at, one.kind, visit, unit, *key[1:], was, half_days, one.out or "", who))
        if one.kind == "moved":
            times[key] = half_days
    return pd.DataFrame(rows, columns=CHANGED)


def teams_after(round: Round) -> dict[tuple[int, str, str], list[str]]:
    """Return (order, visit, office) → ids of who goes after that order (变更后的检查人员), of the visits it touched."""
    table = changed_places(round)
    if table.empty:
        return {}
    holders = [assigned_places(round, number) for number in round.drawn_numbers]
    columns = [*PLACE_KEY, "inspector_id"]
    held = {(v, o, int(p)): who for rows in holders for v, o, p, who in tuples(rows, *columns)}
    found: dict[tuple[int, str, str], list[str]] = {}
    for order in dict.fromkeys(table["order"].tolist()):
        rows = table[(table["order"] == order) & (table["kind"] != "leave")]
        for visit, office, place, who in tuples(rows, *PLACE_KEY, "into"):
            held[visit, office, int(place)] = who
        touched = set(rows["visit_id"])
        for visit, office, _ in (key for key in sorted(held) if key[0] in touched):
            found[order, visit, office] = sorted({w for k, w in held.items() if k[:2] == (visit, office)} - {""})
    return found


def change_counts(round: Round) -> pd.DataFrame:
    """Return how much changed in each office (各机构变更数), which the public may know: office, and visits or places.

    Columns substituted (places that changed hands), moved and cancelled (visits); offices without any are left out.
    """
    table = changed_places(round)
    table = table[table["kind"] != "leave"]
    told = table["visit_id"].where(table["kind"] != "substituted", table["no"].astype("str"))
    once = table.assign(told=told).drop_duplicates(["office", "kind", "told"])
    rows = [
        (office, *(int((own["kind"] == kind).sum()) for kind in KINDS))
        for office, own in once.groupby("office", sort=True)
    ]
    return pd.DataFrame(rows, columns=["office", *KINDS])


def _planned(round: Round) -> dict[tuple[str, str, int], str]:
    """Place → half-days as planned, in its latest calendar."""
    found: dict[tuple[str, str, int], str] = {}
    for number in round.planned_numbers:
        columns = ["visit_id", "office", "place", "half_days"]
        rows = tuples(round.read(CALENDAR, number), *columns)
        found |= {(visit, office, int(place)): half_days for visit, office, place, half_days in rows}
    return found


def _offices(round: Round) -> dict[str, str]:
    found: dict[str, str] = {}
    for number in range(1, round.count(Step.ROSTER) + 1):
        found |= dict(tuples(round.read(ROSTER, number), "inspector_id", "office"))
    return found
