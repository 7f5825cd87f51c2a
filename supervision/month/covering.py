"""The certificate of a day (某日的覆盖证明): is every unit reached by its date, and if not, why."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from supervision.canonical import csv_bytes
from supervision.directory import typed_rows
from supervision.messages import Label, Message
from supervision.month.city import City
from supervision.month.coverage_figures import say_due
from supervision.month.coverage_rows import (
    BEFORE_START,
    NO_TASK,
    NOT_HELD,
    asked_of,
    certified,
    columns_of,
    in_force,
    why_late,
)
from supervision.month.frames import coverage_in
from supervision.month.other_rounds import VISITS, drawn_rounds, pledged
from supervision.month.output_folder import write_whole
from supervision.month.report import Report
from supervision.tables import tuples

SHOWN = 20
COLUMNS = ("duty", "unit_id", "region", "last", "by", "month", "why")
OWN = (BEFORE_START, NO_TASK, NOT_HELD)


def coverage_report(city: City, *, on: date | None = None, rehearsal: bool = False, out: Path | None = None) -> Report:
    """Tell which units are not reached by their dates, and what falls due when (覆盖证明).

    `on`: the day of the certificate, today where it is not given; `out`: a CSV of every duty and unit. Exit code 4
    where a date has passed.
    """
    today, report = on or city.now().date(), Report()
    law = city.rules.on(today)
    items = typed_rows.items(city.register("items", on=today), first=today, last=today)
    offices = typed_rows.offices(city.register("offices", on=today))
    coverage = coverage_in(law, items, city.code_lists)
    asking = [duty for duty in coverage.duties if duty.years]
    if not asking:
        report.say("month.coverage_none")
        report.facts["duties"] = []
        return report
    entities = city.register("entities", on=today, columns=columns_of(coverage))
    entities = in_force(entities, asking, lists=city.code_lists, law=law)
    rounds = drawn_rounds(city, rehearsal=rehearsal)
    visits = pledged(rounds, city.register("history", on=today, columns=VISITS), known_on=today)
    table = asked_of(entities, visits, coverage, month=today.replace(day=1))
    late = (table["by"] < f"{today}").to_numpy()
    table = table.assign(why="")
    table.loc[late, "why"] = why_late(table[late], certified(rounds, before=f"{today:%Y-%m}~"))
    facts: list[dict[str, Any]] = []
    for duty in asking:
        own = table[table["duty"] == duty.name]
        passed = own[own["why"] != ""]
        told = {"duty": duty.name, "rule": duty.rule, "years": duty.years, "units": len(own)}
        figures = {"reached": len(own) - len(passed), "late": len(passed)}
        facts.append({**told, **figures, "why": {str(k): int(n) for k, n in passed["why"].value_counts().items()}})
        report.say("month.coverage_head", **told, **figures)
        for row in passed.sort_values(["by", "unit_id"]).head(SHOWN).to_dict("records"):
            named = {"unit": row["unit_id"], "by": row["by"], "why": _why(city, row["why"])}
            report.say("month.coverage_late", **named, last=row["last"] or "–")
        if len(passed) > SHOWN:
            report.say("month.more", more=len(passed) - SHOWN)
    report.facts |= {"duties": facts, "on": today.isoformat()}
    say_due(report, table, coverage, offices)
    if out is not None:
        write_whole(out, csv_bytes(COLUMNS, tuples(table, *COLUMNS)))
        report.say("month.coverage_written", file=out, rows=len(table))
    report.exit_code = 4 if late.any() else 0
    return report


def _why(city: City, code: str) -> Message | Label:
    """A reason in words: of this certificate's own, or of the code list of exclusions."""
    return (
        Message.of(f"month.coverage_{code}")
        if code in OWN
        else Label(*(city.code_lists.label("exclusion", code, lang) for lang in ("zh", "en")))
    )
