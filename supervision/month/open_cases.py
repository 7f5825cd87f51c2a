"""Open cases told (未办结台账): whose, about what, until when; overdue ones first."""

from __future__ import annotations

from datetime import date
from typing import Any

from supervision.errors import UsageError
from supervision.messages import Message
from supervision.month.case_steps import standing_of
from supervision.month.city import City
from supervision.month.report import Report

SHOWN = 50


def open_cases(city: City, *, on: date) -> list[dict[str, Any]]:
    """Return the cases that are open on a day (未办结台账), plain values as the second sheet of 督办清单 has them."""
    standing = standing_of(city, on=on)
    standing = standing[standing["is_open"]]
    named = set(standing["unit_id"].dropna())
    units = city.register("entities", on=on, columns=["unit_id", "name"], of=named).set_index("unit_id")["name"]
    items = city.register("items", on=on, columns=["item_id", "name"]).set_index("item_id")["name"]
    matters, rows = city.code_lists.named("case_matter").codes, []
    for row in standing.to_dict("records"):
        due = row["due"].date()
        late = max((on - due).days, 0)
        rows.append(
            {
                **{name: row[name] for name in ("case_no", "office_id", "unit_id", "visit_no", "text", "done")},
                "matter": matters[row["matter"]].label.zh,
                "name": units.get(row["unit_id"], ""),
                "item": items.get(row["item_id"], row["item_id"]),
                "due": due.isoformat(),
                "late": late,
                "state": Message.of("month.case_state_late" if late else "month.case_state_open").text(),
            }
        )
    return sorted(rows, key=lambda row: (-row["late"], row["due"], row["case_no"]))


def list_cases(city: City, *, on: date | None = None, office: str = "", overdue: bool = False) -> Report:
    """Tell which cases are open, whose, until when (后续处置清单); exit code 4 where one is overdue."""
    day, report = on or city.now().date(), Report()
    offices = city.register("offices", on=day, columns=["office_id", "name"]).set_index("office_id")["name"]
    if office and office not in offices.index:
        raise UsageError("month.case_office_unknown", office=office, known=" ".join(sorted(offices.index)[:10]))
    rows = [
        row
        for row in open_cases(city, on=day)
        if (not office or row["office_id"] == office) and (row["late"] or not overdue)
    ]
    late = sum(row["late"] > 0 for row in rows)
    closed = int((~standing_of(city, on=day)["is_open"]).sum())
    report.facts |= {"on": day.isoformat(), "cases": rows, "overdue": late, "closed": closed}
    report.say("month.cases_open", on=day, count=len(rows), overdue=late, closed=closed)
    for row in rows[:SHOWN]:
        told = {name: row[name] for name in ("state", "matter", "name", "item", "due")}
        report.say("month.case_line", number=row["case_no"], office=offices.get(row["office_id"], ""), **told)
    if len(rows) > SHOWN:
        report.say("month.more", more=len(rows) - SHOWN)
    report.exit_code = 4 if late else 0
    return report
