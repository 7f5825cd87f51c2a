"""Registers beside the three (其他登记表): relations and licences, and which licences are needed.

A city may keep neither: then their indicators are unknown for everybody, and nothing else changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from supervision.errors import SupervisionError

COLUMNS: dict[str, tuple[str, ...]] = {
    "relations": ("unit_id", "related", "kind", "share", "from_date", "until_date", "known_on"),
    "licences": ("unit_id", "kind", "number", "issued", "valid_until", "status", "known_on"),
}
"""The columns of these registers that this stage reads (所用登记字段)."""
RULE = "shared/licence_needed"
_WANT = "[{tag, licence}] / [{industry, licence}]"


@dataclass(frozen=True, kw_only=True)
class OtherRegisters:
    """Relations, licences and needed licences (关联关系、许可证、所需许可).

    `relations` and `licences` are frames of the data model, all versions, rows in any order; `needed` the value of the
    rule shared/licence_needed, None where it is decided that nothing is needed.
    """

    relations: pd.DataFrame
    licences: pd.DataFrame
    needed: object = None

    @classmethod
    def none(cls) -> OtherRegisters:
        """Return registers without rows (未归集)."""
        dates = ("from_date", "until_date", "issued", "valid_until", "known_on")
        frames = {
            kind: pd.DataFrame(
                {
                    name: pd.Series(
                        [], dtype="datetime64[s]" if name in dates else "float64" if name == "share" else "str"
                    )
                    for name in columns
                }
            )
            for kind, columns in COLUMNS.items()
        }
        return cls(relations=frames["relations"], licences=frames["licences"])


def needs(rule: object) -> list[tuple[str, str, str]]:
    """Return (column, value, licence) of each entry (所需许可); another shape raises `risk.rule_shape`."""
    entries = [] if rule is None else rule
    if not isinstance(entries, list) or not all(_is_entry(entry) for entry in entries):
        raise SupervisionError("risk.rule_shape", rule=RULE, value=rule, want=_WANT)
    found = []
    for entry in entries:
        (column,) = set(entry) - {"licence"}
        found.append(("tags" if column == "tag" else column, str(entry[column]), str(entry["licence"])))
    return found


def _is_entry(entry: Any) -> bool:
    return (
        isinstance(entry, Mapping)
        and set(entry) in ({"tag", "licence"}, {"industry", "licence"})
        and all(isinstance(value, str) and value for value in entry.values())
    )
