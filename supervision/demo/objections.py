"""Objections of the demo city (演示异议): every fiftieth penalty is disputed, some of them are decided."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from supervision.demo.events import Events, numbered
from supervision.demo.files import Row
from supervision.demo.units import Units

EACH = 50
DECISIONS = (None, "upheld", "rejected")
EPOCH = date(1970, 1, 1)


def objection_rows(units: Units, events: Events, known: date) -> list[Row]:
    """Return the objections (异议): filed ten days before they became known here, decided on that day."""
    places = events.of("penalty")[::EACH]
    filed = known - timedelta(days=10)
    rows: list[Row] = []
    for number, (place, unit) in enumerate(zip(places.tolist(), units.ids(events.row[places]), strict=True)):
        decision = DECISIONS[number % len(DECISIONS)]
        row: Row = {
            "unit_id": unit.decode(), "objection_no": f"演示异议{number + 1:04}", "filed": filed.isoformat(),
            "filed_by": "企业", "ground": "认为该处罚记录有误", "disputed_kind": "penalty",
            "disputed_date": (EPOCH + timedelta(days=int(events.happened[place]))).isoformat(),
            "disputed_no": str(numbered(np.array([place]))[0]), "known_on": known.isoformat(),
        }  # fmt: skip
        if decision:
            row |= {"decision": decision, "decided": known.isoformat(), "decided_by": "演示复核人",
                    "decision_ground": "核对处罚决定书"}  # fmt: skip
        rows.append(row)
    return rows
