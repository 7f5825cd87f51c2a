"""The publication clock (公示期限): what is due, published, open and overdue."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from supervision.month.desk import Desk
from supervision.month.report import Report
from supervision.month.returns import KEY, expected, public_results, results_of, today_of
from supervision.results import deadlines

SHOWN = 10


def clock_of(desk: Desk, round_id: str, *, on: date | None = None) -> pd.DataFrame | None:
    """Return the publication clock (公示期限) of all visits whose planned day has come; None before the second draw.

    A visit that is not recorded yet counts from its planned day, a recorded one from the day it was inspected; the day
    on which its result became known counts as the day of publication, for pages follow the record.
    """
    if "match" not in desk.finished(round_id):
        return None
    found, day = results_of(desk, round_id), on or today_of(desk, round_id)
    planned = expected(desk, round_id)
    done = found[[*KEY, "inspected_on"]].rename(columns={"inspected_on": "actual"})
    planned = planned.merge(done, on=KEY, how="left")
    public = public_results(desk, round_id)
    if public is not None:  # closed, moved and withheld ones are recorded, but nothing of them is to be published
        shown = planned[KEY].merge(public[KEY], on=KEY, how="left", indicator=True)["_merge"].eq("both").to_numpy()
        planned = planned[shown | planned["actual"].isna()]
    planned["inspected_on"] = planned["actual"].fillna(planned["inspected_on"]).astype("datetime64[s]")
    due = planned[planned["inspected_on"] <= pd.Timestamp(day)]
    if due.empty:
        return None
    published = found[[*KEY, "known_on"]].rename(columns={"known_on": "published_on"})
    law = desk.law_of(round_id)
    return deadlines.clock(due, published=published, workdays=desk.workdays(day, law), law=law, on=day)


def follow_up(desk: Desk, round_id: str, *, on: date | None = None) -> Report:
    """Say what is published, open and overdue (公示期限跟踪); exit code 4 when something is overdue."""
    desk.need(round_id, "match", "match")
    day = on or desk.now().date()
    table = clock_of(desk, round_id, on=day)
    report = Report(facts={"on": day.isoformat(), "rows": [] if table is None else _plain(table)})
    states = {} if table is None else table["state"].value_counts().to_dict()
    overdue = int(states.get("overdue", 0))
    recorded = int(states.get("published", 0) + states.get("published_late", 0))
    report.say(
        "month.clock",
        on=day,
        due=sum(states.values()),
        recorded=recorded,
        open=int(states.get("pending", 0)) + overdue,
        overdue=overdue,
    )
    if table is not None:
        for row in table[table["state"] == "overdue"].head(SHOWN).to_dict("records"):
            report.say("month.clock_line", visit=row["visit_id"], agency=row["agency"], due=row["due"].date())
    report.exit_code = 4 if overdue else 0
    return report


def _plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    days = [name for name in table.columns if str(table[name].dtype).startswith("datetime64")]
    return [
        {str(name): value for name, value in row.items()}
        for row in table.assign(**{name: table[name].dt.strftime("%Y-%m-%d") for name in days}).to_dict("records")
    ]
