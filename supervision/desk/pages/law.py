"""Rules in force (有效规则): value, unit, basis, dates, whether verified, and what the law still lacks; read only."""

from __future__ import annotations

from datetime import date
from typing import Any

import yaml
from flask import Blueprint, render_template, request

from supervision.desk.context import the_city
from supervision.desk.roles import needs
from supervision.errors import UsageError
from supervision.law.rules import Law

blueprint = Blueprint("rulebook", __name__)


@blueprint.get("/rules")
@needs("rounds")
def rules() -> str:
    """Show the rules in force on a day (有效规则), today where none is named; `show` picks some of them."""
    asked = request.args.get("on", "").strip()
    show = request.args.get("show", "")
    with the_city() as city:
        today = city.now().date()
        law = city.rules.on(_day(asked) if asked else today)
    rows = [row for row in _rows(law) if _picked(row, show)]
    return render_template(
        "rules.html",
        on=law.on,
        today=today,
        show=show,
        rows=rows,
        count=len(law.entries()),
        unverified=sum(not entry.verified for entry in law.entries()),
        overdue=sum(entry.review_by < law.on for entry in law.entries()),
        missing=[law.rules[path] for path in law.missing()],
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError("desk.no_day", value=text) from error


def _rows(law: Law) -> list[dict[str, Any]]:
    return [
        {
            "entry": entry,
            "rule": law.rules[entry.path],
            "value": written(entry.value),
            "overdue": entry.review_by < law.on,
        }
        for entry in law.entries()
    ]


def _picked(row: dict[str, Any], show: str) -> bool:
    entry = row["entry"]
    found = {"unverified": not entry.verified, "overdue": row["overdue"], "city": entry.origin == "city"}
    return bool(found.get(show, True))


def written(value: Any) -> str:
    """Return a rule's value as a page shows it (规则的值): plain where it is one, structures as YAML, as in its file.

    >>> written("10%"), written(None), written(3)
    ('10%', '', '3')
    """
    if value is None:
        return ""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_flow_style=None, width=60).strip()
