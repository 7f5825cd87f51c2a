"""Who may be put on a list, and how long a list stands (列入清单的条件与更新), from the rule shared/list_entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from supervision.law.rules import Law

RULE = "shared/list_entry"


@dataclass(frozen=True, kw_only=True)
class ListEntry:
    """The conditions of one list (一张清单的条件).

    A unit with an event of a kind in `barred_by`, of at least that severity, in the last `barred_years` years may not
    be on it; 0 = nobody is barred. A list that was known longer than `renewed_months` months ago no longer counts;
    0 = it stands as long as its dates say.
    """

    name: str
    barred_years: int = 0
    barred_by: Mapping[str, int]
    renewed_months: int = 0


def list_entries(law: Law) -> dict[str, ListEntry]:
    """Return the conditions of each list that has some (各清单的条件), by code of the list; none without the rule."""
    value = {} if RULE in law.missing() or RULE not in law.rules else law.value(RULE)
    return {name: ListEntry(name=name, **{"barred_by": {}, **terms}) for name, terms in value.items()}
