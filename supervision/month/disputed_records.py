"""What objections dispute (异议所指的记录): one whose record is nowhere rests nothing, and is told on import."""

from __future__ import annotations

from supervision.directory.table import Checked
from supervision.messages import Message
from supervision.month.city import City
from supervision.risk.objections import names_a_record


def of_no_record(city: City, kind: str, checked: Checked) -> list[Message]:
    """Return a note on objections that name no record of their unit (异议所指记录核对).

    Kind, day and number must be those of the record. It may still come: the row is stored, and the record rests once it
    is there.
    """
    if kind != "objections" or checked.good.empty:
        return []
    units = set(checked.good["unit_id"])
    events, history = (city.store.versions(name, of=units) for name in ("events", "history"))
    lost = checked.good.loc[~names_a_record(checked.good, events, history), ["objection_no", "unit_id"]]
    if lost.empty:
        return []
    number, unit = lost.iloc[0]
    return [Message.of("month.objection_of_nothing", rows=len(lost), number=number, unit=unit)]
