"""Visits handed down (上级下达的检查): what the newest parts of a higher level's lists ask of units here."""

from __future__ import annotations

from datetime import date

import pandas as pd

from supervision.domain.rounds import REHEARSED, RoundId
from supervision.month.city import City
from supervision.month.own_visits import SAME
from supervision.notice.county_part import NOT_HELD

HANDED_DOWN = "handed_down"
PART = ["sender", "round"]


def handed_down(city: City, *, on: date, rehearsal: bool) -> pd.DataFrame:
    """Return the rows of the newest version of each part that was taken by a day (最新下达名单), all columns.

    Parts of rehearsals are apart from those of real rounds.
    """
    rows = city.register(HANDED_DOWN, on=on)
    rows = rows[rows["round"].str.endswith(REHEARSED).to_numpy(dtype=bool) == rehearsal]
    newest = rows["version"] == rows.groupby(PART)["version"].transform("max")
    found: pd.DataFrame = rows[newest.to_numpy(dtype=bool)].reset_index(drop=True)
    return found


def handed_on_site(city: City, month: RoundId, *, on: date, rehearsal: bool) -> pd.DataFrame:
    """Return those rows of `handed_down` that are visits on site in a month and are held (本月下达的入企检查)."""
    rows = handed_down(city, on=on, rehearsal=rehearsal)
    held = (rows["state"] != NOT_HELD) & rows["on_site"].to_numpy(dtype=bool)
    return rows[held & rows["date"].between(pd.Timestamp(month.first_day), pd.Timestamp(month.last_day))]


def handed_visits(city: City, history: pd.DataFrame, *, on: date, rehearsal: bool) -> pd.DataFrame:
    """Return the visits that are handed down and not in the history yet (已下达未入库的检查), as rows of history.

    What the history already says of such a visit is that visit, not a second one. `level` stays blank: the people who
    come are the county's own, so that every cap counts them, whatever levels it counts.
    """
    rows = handed_down(city, on=on, rehearsal=rehearsal)
    rows = rows[rows["state"] != NOT_HELD].reset_index(drop=True)
    number = rows["sender"] + "/" + rows["round"] + "/" + rows["visit"].fillna(rows["unit_id"])
    found = rows.assign(
        agency=rows["department"], kind="routine", visit_no=number, level=None, known_on=pd.Timestamp(on)
    )
    found = found.drop_duplicates(["visit_no", "agency", "item_id"])
    held = history.loc[history["unit_id"].isin(found["unit_id"]), SAME]
    there = pd.MultiIndex.from_frame(found[SAME]).isin(pd.MultiIndex.from_frame(held))
    return found[~there].reset_index(drop=True)
