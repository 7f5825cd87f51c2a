"""What has no supervision (监管空白): permits without a measure, licensed units not listed, regimes without item."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from supervision.law.regimes import regimes
from supervision.law.rules import Law
from supervision.messages import Message
from supervision.month.city import City
from supervision.month.report import Report
from supervision.sampling.frame.exclusion import rule_field
from supervision.tables import valid_between

RULE = "shared/permit_handover"
SHOWN = 20


def gaps_on(city: City, on: date) -> Report:
    """List what has no supervision on a day (监管空白清单); exit code 4 where there is any.

    Every permit of a kind of change that the rule names must say its item, level, department and method; the item must
    stand in the published list, belong to that department, know that method and be in a task of that year. Units that a
    licence names must be in the directory. Every regime of the law must be that of some item.
    """
    law = city.rules.on(on)
    items, permits = valid_between(city.register("items", on=on), on, on), _permits(city, law, on)
    lines = [
        *_permit_gaps(permits, items, _task_items(city, on), [str(name) for name in rule_field(law, RULE, "names")]),
        *_unlisted_units(city, on),
        *_regimes_without_item(law, items),
    ]
    report = Report(exit_code=4 if lines else 0, lines=lines)
    report.facts |= {"on": on.isoformat(), "permits": len(permits), "gaps": list(lines)}
    if report.exit_code:
        report.say("month.gaps_counted", on=on, permits=len(permits), count=len(report.lines))
    else:
        report.say("month.gaps_none", on=on, permits=len(permits))
    return report


def _permits(city: City, law: Law, on: date) -> list[dict[str, Any]]:
    """The permits that must be supervised on a day, by id; one cancelled later than the day is not yet."""
    rows = city.register("permits", on=on)
    changed = rows["change"].isin(rule_field(law, RULE, "changes")) & (rows["from_date"] <= pd.Timestamp(on))
    found: list[dict[str, Any]] = rows[changed].sort_values("permit_id").to_dict("records")  # type: ignore[assignment]
    return found


def _task_items(city: City, on: date) -> set[str]:
    """The items that a task of the year has."""
    tasks = city.register("tasks", on=on, columns=["round", "items"])
    own = tasks[tasks["round"].str.startswith(f"{on.year}-")]
    return {item for items in own["items"] for item in items.split()}


def _permit_gaps(
    permits: list[dict[str, Any]], items: pd.DataFrame, held: set[str], names: list[str]
) -> Iterator[Message]:
    listed = items.set_index("item_id")
    for permit in permits:
        told = {"permit": permit["permit_id"], "name": permit["name"]}
        lacking = [name for name in names if not isinstance(permit[name], str)]
        if lacking:
            yield Message.of("month.gap_not_named", **told, columns=" ".join(lacking))
        item = permit["item"]
        if not isinstance(item, str):
            continue
        if item not in listed.index:
            yield Message.of("month.gap_item_unlisted", **told, item=item)
            continue
        row = listed.loc[item]
        if isinstance(permit["department"], str) and permit["department"] != row["department"]:
            own, other = permit["department"], row["department"]
            yield Message.of("month.gap_department", **told, item=item, department=own, other=other)
        if isinstance(permit["method"], str) and not set(permit["method"].split()) <= set(row["method"].split()):
            yield Message.of("month.gap_method", **told, item=item, method=permit["method"], known=row["method"])
        if item not in held:
            yield Message.of("month.gap_no_task", **told, item=item)


def _unlisted_units(city: City, on: date) -> Iterator[Message]:
    """Licences of units that the directory does not have, by kind: newly licensed ones enter it by import."""
    licences = city.register("licences", on=on, columns=["unit_id", "kind", "status"])
    known = city.register("entities", on=on, columns=["unit_id"])["unit_id"]
    outside = licences[(licences["status"] == "valid") & ~licences["unit_id"].isin(known)]
    for kind, rows in outside.groupby("kind", sort=True):
        units = sorted(set(rows["unit_id"]))
        yield Message.of("month.gap_units", kind=kind, units=len(units), some=" ".join(units[:SHOWN]))


def _regimes_without_item(law: Law, items: pd.DataFrame) -> Iterator[Message]:
    named = set(items["rule"].dropna())
    for regime in regimes(law):
        if regime.path not in named and not regime.names:
            yield Message.of("month.gap_regime", rule=regime.path, title=law.rules[regime.path].title)
