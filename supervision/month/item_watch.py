"""The list of items by date (事项清单动态管理): its changes between two days, and items unused for years."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from supervision.directory.item_list import UNUSED, changes, in_force, unused
from supervision.directory.register import register
from supervision.errors import SupervisionError, UsageError
from supervision.law.review import MONTHS_A_YEAR, later
from supervision.messages import Label, Message
from supervision.month.city import City
from supervision.month.report import Report
from supervision.month.round_files import Step

RULE = "shared/item_list_review"


def item_changes(city: City, start: date, end: date) -> Report:
    """Tell what changed in the list of items between two days (清单变动), each as the store knew it then.

    Then the items in force on the second day that nobody used for the years of the rule: neither a visit in the history
    nor a task of a committed round names them. What the records are too short for is said, not guessed.
    """
    if start >= end:
        raise UsageError("month.items_days", start=start, end=end)
    report = Report()
    before, after = (in_force(city.register("items", on=day), day) for day in (start, end))
    found = changes(before, after)
    kinds = [one.kind for one in found]
    counts = {kind: kinds.count(kind) for kind in ("added", "removed", "changed")}
    report.say("month.items_head", start=start, end=end, was=len(before), items=len(after), **counts)
    if before.empty:
        report.say("month.items_none_before", start=start)
    for one in found:
        report.say(f"month.items_{one.kind}", item=one.item_id, name=one.name)
        for column, (was, will) in one.fields.items():
            report.say("month.items_field", column=_column(column), was=was or "–", now=will or "–")
    rows = [{"item_id": one.item_id, "name": one.name, "kind": one.kind, "fields": one.fields} for one in found]
    report.facts |= {"from": start, "to": end, "items": len(after), "changes": rows, **counts}
    _unused(city, after, end, report)
    return report


def _unused(city: City, items: pd.DataFrame, day: date, report: Report) -> None:
    years = _years(city, day)
    since = later(day, -years * MONTHS_A_YEAR)
    used = _uses(city, day)
    begin = None if used.empty else used["date"].min().date()
    found = unused(items, used, since=since, records_from=begin)
    rows: list[dict[str, Any]] = []
    counts = {str(state): int(many) for state, many in found["state"].value_counts().sort_index().items()}
    report.say("month.items_unused_head", years=years, since=since, items=counts.get(UNUSED, 0))
    if begin is None or begin > since:
        first: object = begin or Message.of("month.items_no_records")
        report.say("month.items_short_records", begin=first, years=years)
    for row in found.to_dict("records"):
        last = None if pd.isna(row["last"]) else row["last"].date()
        rows.append({"item_id": row["item_id"], "name": row["name"], "last": last, "state": row["state"]})
        told: object = last or Message.of("month.items_never")
        report.say(f"month.items_{row['state']}", item=row["item_id"], name=row["name"], last=told)
    report.facts["unused"] = {"years": years, "since": since, "records_from": begin, "items": rows}


def _uses(city: City, day: date) -> pd.DataFrame:
    """Every use of an item until a day: item_id, date of visits in the history and of tasks of committed rounds."""
    history = city.register("history", on=day, columns=["item_id", "date"]).dropna()
    tasks = [
        (item, pd.Timestamp(task.start))
        for round in city.rounds()
        if not round.is_rehearsal and round.has(Step.COMMIT) and not round.has(Step.ABANDON)
        for task in round.tasks
        for item in task.items
    ]
    held = pd.DataFrame(tasks, columns=["item_id", "date"]).astype(history.dtypes.to_dict())
    found = pd.concat([history, held], ignore_index=True)
    return found[found["date"] <= pd.Timestamp(day)]


def _years(city: City, day: date) -> int:
    rule = city.rules.on(day).value(RULE)
    if not isinstance(rule, dict) or not isinstance(rule.get("unused_years"), int):
        raise SupervisionError("sampling.rule_field", rule=RULE, field="unused_years")
    return int(rule["unused_years"])


def _column(name: str) -> Label:
    column = register("items").column(name)
    return Label(column.zh, column.en)
