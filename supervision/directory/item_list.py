"""The list of items over time (事项清单动态管理): what changed between two days, which items nobody used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from supervision.directory.register import register
from supervision.tables import valid_between

VERSION = ("known_on", "item_id")  # no change of the item itself
UNUSED, YOUNG, UNKNOWN = "unused", "young", "unknown"


@dataclass(frozen=True, kw_only=True)
class ItemChange:
    """One change of the list (一项变动): `kind` added, removed or changed; `fields`: name → (was, is)."""

    item_id: str
    name: str
    kind: str
    fields: dict[str, tuple[str, str]]


def in_force(items: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the items in force on a day (某日有效的事项) of the register as it was known then, by item_id."""
    return valid_between(items, day, day).sort_values("item_id").set_index("item_id")


def changes(before: pd.DataFrame, after: pd.DataFrame) -> list[ItemChange]:
    """Return what changed between two lists as `in_force` gives them (清单变动), by item_id."""
    found = []
    columns = [name for name in register("items").names if name not in VERSION]
    for item in sorted(before.index.union(after.index)):
        if item not in after.index:
            found.append(ItemChange(item_id=item, name=str(before.at[item, "name"]), kind="removed", fields={}))
            continue
        name = str(after.at[item, "name"])
        if item not in before.index:
            found.append(ItemChange(item_id=item, name=name, kind="added", fields={}))
            continue
        pairs = {c: (_text(before.at[item, c]), _text(after.at[item, c])) for c in columns}
        differ = {column: pair for column, pair in pairs.items() if pair[0] != pair[1]}
        if differ:
            found.append(ItemChange(item_id=item, name=name, kind="changed", fields=differ))
    return found


def unused(items: pd.DataFrame, used: pd.DataFrame, *, since: date, records_from: date | None) -> pd.DataFrame:
    """Return the items of a list that nobody used since a day (长期未使用的事项): item_id, last (date or NaT), state.

    `used`: item_id and date of every use. `records_from`: the first day of the records, None where there are none.
    `state`: "unused"; "young" of an item in force for less long; "unknown" where the records begin later, so that
    nobody can say. An item used since is left out.
    """
    last = used.groupby("item_id")["date"].max().reindex(items.index)
    start = pd.Timestamp(since)
    idle = items[~(last >= start).to_numpy(dtype=bool)]
    young = idle["from_date"] > start
    short = records_from is None or records_from > since
    state = young.map({True: YOUNG, False: UNKNOWN if short else UNUSED})
    return pd.DataFrame(
        {
            "item_id": idle.index,
            "name": idle["name"].array,
            "last": last.reindex(idle.index).array,
            "state": state.array,
        }
    )


def _text(value: object) -> str:
    if pd.isna(value):  # type: ignore[call-overload]  # a cell
        return ""
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)
