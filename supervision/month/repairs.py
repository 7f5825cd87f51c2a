"""Credit repairs that name nothing (未对应的信用修复): a slip in a number would leave a record on the page."""

from __future__ import annotations

import pandas as pd

from supervision.directory.table import Checked
from supervision.messages import Message
from supervision.month.city import City

REPAIR = "repair"


def of_nothing(city: City, kind: str, checked: Checked) -> list[Message]:
    """Return a note on repairs whose `repaired_no` is no record or result of their unit yet (修复编号核对).

    A repair names a credit event by its number, or a result by the inspection's, alone or with the item behind it. What
    it names may still come: the row is stored, and counts once the record is there.
    """
    if kind != "events" or not (checked.good["kind"] == REPAIR).any():
        return []
    repairs = checked.good.loc[checked.good["kind"] == REPAIR, ["unit_id", "repaired_no"]].dropna()
    units = set(repairs["unit_id"])
    events, history = (city.store.versions(name, of=units) for name in ("events", "history"))
    numbers = [(rows["unit_id"], rows["event_no"]) for rows in (events, checked.good)]
    results = (history["visit_no"], history["visit_no"] + "/" + history["item_id"])
    numbers += [(history["unit_id"], number) for number in results]
    named = [pd.DataFrame({"unit_id": unit, "repaired_no": number}) for unit, number in numbers]
    known = pd.MultiIndex.from_frame(pd.concat(named, ignore_index=True).dropna())
    lost = repairs[~pd.MultiIndex.from_frame(repairs).isin(known)]
    if lost.empty:
        return []
    unit, number = lost.iloc[0]
    return [Message.of("month.repair_of_nothing", rows=len(lost), number=number, unit=unit)]
