"""Who may be put on a list, and how long a list stands (列入清单的条件与更新), from the rule shared/list_entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from supervision.errors import SupervisionError
from supervision.law.rules import Law

RULE = "shared/list_entry"
KEYS = {"barred_years": int, "barred_by": dict, "renewed_months": int}


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
    if not isinstance(value, Mapping):
        raise SupervisionError("law.list_entry", rule=RULE, list="-", known=" ".join(KEYS))
    found = {}
    for name, terms in value.items():
        good = isinstance(terms, Mapping) and all(type(part) is KEYS.get(key) for key, part in terms.items())
        good = good and all(type(least) is int for least in terms.get("barred_by", {}).values())
        if not good:
            raise SupervisionError("law.list_entry", rule=RULE, list=name, known=" ".join(KEYS))
        found[name] = ListEntry(name=name, **{"barred_by": {}, **terms})
    return found
