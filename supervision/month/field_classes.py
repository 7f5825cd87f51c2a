"""Classes of fields (各领域的类别): which class counts for the items of a field, and who was visited too seldom."""

from __future__ import annotations

import pandas as pd

from supervision.month.report import Report
from supervision.month.round import Round
from supervision.risk.professional import BOTH, GENERAL, PROFESSIONAL, resolved, short_of_duty
from supervision.tables import tuples


def of_fields(round: Round, scores: pd.DataFrame) -> pd.DataFrame:
    """Return what counts for the items of each field (各领域取用的类别), a row a unit and field."""
    return resolved(round.register("professional"), scores, on=round.evidence_day, law=round.law)


def say_fields(report: Report, round: Round, table: pd.DataFrame) -> None:
    """Put into a report which class came from which (报告类别来源), and who falls short of a field's duty."""
    if table.empty:
        return
    names, facts = round.code_lists, {}
    for field, part in table.groupby("field"):
        by = {name: int((part["decided_by"] == name).sum()) for name in (PROFESSIONAL, GENERAL, BOTH)}
        classes = {str(name): int(many) for name, many in part["class"].value_counts().sort_index().items()}
        facts[str(field)] = {"units": len(part), "classes": classes, "decided_by": by}
        words = "; ".join(f"{name} {many:,}" for name, many in classes.items())
        label = names.row("credit_field", str(field)).label
        report.say("month.professional", field=label, units=len(part), classes=words, **by)
    items = {item.item_id: item.field for item in round.items.values() if item.field}
    history = round.register("history", ["unit_id", "item_id", "date"])
    short = short_of_duty(table, history, items, on=round.evidence_day, law=round.law)
    for field, *figures in tuples(short[short["short"] > 0]):
        told = dict(zip(("professional", "per_year", "units", "short"), figures, strict=True))
        report.say("month.professional_short", field=names.row("credit_field", field).label, **told)
    report.facts["professional"] = {"fields": facts, "duties": short.to_dict("records")}
