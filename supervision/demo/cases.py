"""Follow-up cases of the demo city (演示后续处置): its newest problems, some ordered, told to others, or closed."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from supervision.demo.files import Row

PENDING = "A"
MOST = 6
DAYS, ORDERED = 30, 15


def case_rows(history: pa.Table, known: date) -> list[Row]:
    """Return the steps of cases (后续处置步骤) on the newest results that found a problem and left it pending.

    `history`: see `visits.history_table`. Every first one is only opened, every second one ordered to be corrected,
    every third one told to another department and closed.
    """
    found = history.filter(pc.equal(history["result"], PENDING))
    order = [("known_on", "descending"), ("visit_no", "ascending"), ("item_id", "ascending")]
    rows: list[Row] = []
    for number, one in enumerate(found.sort_by(order).slice(0, MOST).to_pylist()):
        opened = one["known_on"]
        about: Row = {
            "case_no": f"YS{known:%Y%m}-{number + 1:04}", "matter": "problem", "unit_id": one["unit_id"],
            "office_id": one["office_id"], "visit_no": one["visit_no"], "item_id": one["item_id"],
        }  # fmt: skip
        first = about | _step(0, "opened", opened, "核实改正情况，依法处置", opened + timedelta(days=DAYS))
        steps: list[list[Row]] = [
            [],
            [
                _step(1, "ordered", known, "责令改正", known + timedelta(days=ORDERED))
                | {"document_no": f"演示责改{number}"}
            ],
            [
                _step(1, "informed", known, "抄告有关情况")
                | {"department": "fire", "document_no": f"演示抄告{number}"},
                _step(2, "closed", known, "由被抄告部门处理") | {"outcome": "handled_elsewhere"},
            ],
        ]
        told = [first, *(about | step for step in steps[number % len(steps)])]
        rows += [step | {"known_on": known.isoformat()} for step in told]
    return rows


def _step(number: int, action: str, day: date, text: str, due: date | None = None) -> Row:
    told: Row = {
        "step": f"{number:02}",
        "action": action,
        "happened": day.isoformat(),
        "text": text,
        "by": "演示经办人",
    }
    return told if due is None else told | {"due": due.isoformat()}
