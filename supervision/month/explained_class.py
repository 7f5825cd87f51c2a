"""What a class rests on beside the score (类别的由来): the class of before, the bound of the month, its fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from supervision.law.code_lists import CodeLists
from supervision.law.professional_scale import RULE, conflict, scale
from supervision.law.rules import Law
from supervision.messages import Message
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import CLASSING, PROFESSIONAL, SCORES
from supervision.risk.professional import resolved

STAYS, BOUND = "stays", "bound"


def differs_how(round: Round, mine: Mapping[str, Any]) -> str:
    """Return why a unit's class is not the one of its score's rank alone (类别与得分名次不一致的原因).

    `mine` is its row of the round's scores. `STAYS`: nothing new is known and the class is that of the round before;
    `BOUND`: units that keep their class take places, so the bound of the month is another.
    """
    before = round.read(CLASSING)["previous"] if round.holds(CLASSING) else ""
    previous = round.city.find(before) if before else None
    if previous is None:
        return BOUND
    rows = previous.table(SCORES, ["unit_id", "by_score", "mark"])
    rows = rows[rows["unit_id"] == mine["unit_id"]]
    same = len(rows) == 1 and rows["mark"].iloc[0] == mine["mark"] and rows["by_score"].iloc[0] == mine["by_score"]
    return STAYS if same else BOUND


def fields_of(round: Round, unit: str, class_: str, *, on: date, law: Law, stored: bool) -> list[dict[str, Any]]:
    """Return what counts for the items of each field in which a department has classed the unit (各领域取用的类别).

    As the round has it where it is `stored`, else by the register as known on the day and the general class given. With
    each field's rule and the least visits a year that it asks for (None: no number issued).
    """
    if stored:
        rows = round.table(PROFESSIONAL)
        rows = rows[rows["unit_id"] == unit]
    else:
        held = round.city.register("professional", on=on)
        general = pd.DataFrame({"unit_id": [unit], "class": [class_]}, dtype="str")
        rows = resolved(held[held["unit_id"] == unit], general, on=on, law=law)
    found = []
    for row in rows.sort_values("field").to_dict("records"):
        levels = scale(law, row["field"])
        level = levels.level(row["professional"])
        told = {str(name): value for name, value in row.items() if name != "unit_id"}
        found.append({**told, "rule": levels.rule, "conflict": conflict(law),
                      "per_year": level.per_year if level else None})  # fmt: skip
    return found


def say_fields_of(report: Report, names: CodeLists, fields: list[dict[str, Any]]) -> None:
    """Put a unit's fields into its sheet (写入各领域取用的类别)."""
    for one in fields:
        often = one["per_year"]
        duty = Message.of("month.field_duty", many=often) if often is not None else Message.of("month.field_no_duty")
        by = Message.of(f"month.field_by_{one['decided_by']}", way=Message.of(f"month.field_{one['conflict']}"))
        told = {name: one[name] for name in ("class", "professional", "compares", "general", "rule")}
        report.say("month.explain_field", field=names.row("credit_field", one["field"]).label, by=by, duty=duty,
                   resolves=RULE, **told)  # fmt: skip
