"""Proportion (过罚相当): the lists of leniency and discretion that may apply beside a finding. Advice, never a penalty.

A lookup in the dated rule shared/proportion, by item, severity, whether it is the first time, and whether it was
corrected in time. What is not known yet stands as a condition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from supervision.errors import SupervisionError
from supervision.messages import Label

RULE = "shared/proportion"
ANY_ITEM = "*"
_FIELDS = ("severity", "corrected", "earlier_months", "entries")
_ENTRY_FIELDS = ("id", "items", "severity", "first_time", "corrected", "advice", "basis")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A finding as the lookup sees it (检查发现的问题): item and result code; whether nothing was found before."""

    item_id: str
    result: str
    first_time: bool


@dataclass(frozen=True, kw_only=True)
class Advice:
    """A list that may apply (可能适用的清单): `if_corrected` where that holds only once it is corrected in time."""

    entry: str
    severity: int
    advice: Label
    basis: str
    if_corrected: bool


def applicable(rule: object, finding: Finding) -> list[Advice] | None:
    """Return the lists that may apply to a finding (可能适用的清单), in the rule's order.

    None where the rule does not say how grave a result code is: then somebody must look. A rule of another shape raises
    `results.proportion_rule`.
    """
    value = _checked(rule)
    severity = value["severity"].get(finding.result)
    if severity is None:
        return None
    corrected = finding.result in value["corrected"]
    return [
        Advice(
            entry=entry["id"],
            severity=severity,
            advice=Label(entry["advice"]["zh"], entry["advice"]["en"]),
            basis=entry["basis"],
            if_corrected=entry["corrected"] is True and not corrected,
        )
        for entry in value["entries"]
        if _of_item(entry, finding.item_id)
        and severity in entry["severity"]
        and entry["first_time"] in (None, finding.first_time)
        and not (entry["corrected"] is False and corrected)
    ]


def earlier_months(rule: object) -> int:
    """Return how far back an earlier finding makes this one not the first (初次的年限), in months."""
    return int(_checked(rule)["earlier_months"])


def _of_item(entry: Mapping[str, Any], item_id: str) -> bool:
    return ANY_ITEM in entry["items"] or item_id in entry["items"]


def _checked(rule: object) -> Mapping[str, Any]:
    known = rule if isinstance(rule, Mapping) else {}
    lacking = list(_lacking(known))
    if lacking:
        raise SupervisionError("results.proportion_rule", rule=RULE, fields=" ".join(lacking))
    return known


def _lacking(rule: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is missing of the rule, field by field."""
    yield from (name for name in _FIELDS if name not in rule)
    for number, entry in enumerate(rule.get("entries") or (), start=1):
        for name in _ENTRY_FIELDS:
            if not isinstance(entry, Mapping) or name not in entry:
                yield f"entries[{number}].{name}"
