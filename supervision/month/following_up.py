"""What is due (公示期限跟踪): published, open and overdue results of a round."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from supervision.messages import Label, Message
from supervision.month.due_step_ins import due_step_ins
from supervision.month.follow_up_files import owed_results, write_owed
from supervision.month.open_dues import cases_due
from supervision.month.proportions import advice_of
from supervision.month.public_results import rounds_to_publish
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_results import can_report, clock_of

SHOWN = 10


def follow_up(round: Round, *, on: date | None = None, out: Path | None = None) -> Report:
    """Say what is published, open and overdue (公示期限跟踪); exit code 4 when something is overdue.

    With `out` also write each office's workbook of what it owes, and the day's file (督办清单).
    """
    if not can_report(round):
        round.need(Step.MATCH, "match")
    day = on or round.city.now().date()
    table = clock_of(round, on=day)
    report = Report(facts={"on": day.isoformat(), "rows": [] if table is None else _plain(table)})
    states = {} if table is None else table["state"].value_counts().to_dict()
    overdue = int(states.get("overdue", 0))
    published = int(states.get("published", 0) + states.get("published_late", 0))
    owed = owed_results(round, table, on=day)
    missing = sum(row["waits"] == "missing" for row in owed)
    report.say(
        "month.clock",
        on=day,
        due=sum(states.values()),
        recorded=sum(states.values()) - missing,
        open=missing,
        overdue=overdue,
    )
    report.facts["published"] = published
    if waiting := len(owed) - missing:
        report.say("month.clock_unreviewed", rows=waiting)
    if table is not None:
        for row in table[table["state"] == "overdue"].head(SHOWN).to_dict("records"):
            report.say("month.clock_line", visit=row["visit_id"], agency=row["agency"], due=row["due"].date())
        for year, rows in table[table["awaits"].notna()].groupby("awaits"):
            report.say("month.clock_awaits", year=year, rows=len(rows))
    _advise(round, report)
    waiting_units = due_step_ins(round, on=day)
    report.facts["step_ins_due"] = len(waiting_units)
    if waiting_units:
        report.say("month.step_ins_due", count=len(waiting_units))
    if out is not None:
        write_owed(round, owed, cases_due(round, on=day), out, on=day, report=report)
    again = rounds_to_publish(round.city)
    report.facts["publish_again"] = again
    if again:
        report.say("month.publish_again", rounds=" ".join(again))
    report.exit_code = 4 if overdue else 0
    return report


def _advise(round: Round, report: Report) -> None:
    """Put the lists that may apply to findings beside them (过罚相当提示): advice, never a penalty."""
    advice = advice_of(round)
    report.facts["advice"] = [
        {str(name): value.text() if isinstance(value, Message | Label) else value for name, value in row.items()}
        for row in advice.to_dict("records")
    ]
    if advice.empty:
        return
    report.say("month.advice_head", count=len(advice.drop_duplicates(["visit_id", "item_id"])))
    for row in advice.head(SHOWN).to_dict("records"):
        said = {"visit": row["visit_id"], "item": row["item_id"], "advice": row["advice"], "basis": row["basis"]}
        report.say("month.advice_line", **said)
    if len(advice) > SHOWN:
        report.say("month.more", more=len(advice) - SHOWN)


def _plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    days = [name for name in table.columns if str(table[name].dtype).startswith("datetime64")]
    return [
        {str(name): value for name, value in row.items()}
        for row in table.assign(**{name: table[name].dt.strftime("%Y-%m-%d") for name in days}).to_dict("records")
    ]
