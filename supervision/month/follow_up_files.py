"""Files of what is owed (督办清单): a workbook an office and a day, and one file of the day for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from supervision.messages import Message
from supervision.month.output_folder import refuse_foreign, write_whole
from supervision.month.page_heading import heading
from supervision.month.report import Report
from supervision.month.result_review import recorded_results, unreviewed_of
from supervision.month.round import Round
from supervision.month.round_people import units_of
from supervision.month.round_results import expected
from supervision.notice.formats import follow_up_workbook
from supervision.results.review import WAITING
from supervision.tables import tuples

FOLDER = "internal/follow-up"
FORMAT = "supervision-follow-up-1"
KEY = ["visit_id", "item_id"]
OPEN = ("pending", "overdue")
STATES = {
    "missing": "month.owed_missing",
    WAITING: "month.owed_waiting",
    "sent_back": "month.owed_sent_back",
    "unpublished": "month.owed_unpublished",
}


def owed_results(round: Round, table: pd.DataFrame | None, *, on: date) -> list[dict[str, Any]]:
    """Return the results that are due and not public yet (未公示的结果) as plain values, overdue ones first.

    `table`: see `results.deadlines.clock`. `waits` says for what: `missing`, `waiting`, `sent_back` (see
    `results.review`), each with its words in `state`.
    """
    if table is None:
        return []
    rows = table[table["state"].isin(OPEN)].merge(expected(round)[[*KEY, "office_id"]], on=KEY, how="left")
    there = set(tuples(recorded_results(round), *KEY))
    waits = unreviewed_of(round).set_index(KEY)
    names = units_of(round, rows["unit_id"], ["name"]).set_index("unit_id")["name"]
    found = []
    for row in rows.to_dict("records"):
        key = (row["visit_id"], row["item_id"])
        said = waits.loc[key] if key in waits.index else None
        why = "missing" if key not in there else "unpublished" if said is None else str(said["state"])
        due = "" if pd.isna(row["due"]) else str(row["due"])[:10]
        remark = "" if said is None or not said["reason"] else f"{said['sent_back_by']}：{said['reason']}"
        if not due:
            remark = Message.of("month.owed_awaits", year=int(row["awaits"])).text()
        late = (on - date.fromisoformat(due)).days if row["state"] == "overdue" else 0
        found.append(
            {
                **{name: row[name] for name in (*KEY, "unit_id", "agency", "office_id")},
                "name": names.get(row["unit_id"], ""),
                "item": round.items[row["item_id"]].name if row["item_id"] in round.items else row["item_id"],
                "ended": str(row["ended"])[:10],
                "due": due,
                "late": late,
                "waits": why,
                "state": _state(late, why),
                "remark": remark,
            }
        )
    return sorted(found, key=lambda row: (-row["late"], row["due"] or "9999", row["visit_id"], row["item_id"]))


def write_owed(
    round: Round,
    rows: Sequence[Mapping[str, Any]],
    cases: Sequence[Mapping[str, Any]],
    out: Path,
    *,
    on: date,
    report: Report,
) -> None:
    """Write each office's workbook of the day and the day's file (写出督办清单), for the inside alone.

    `rows`: see `owed_results`; `cases`: open ones, with the columns of the second sheet and office_id. An office that
    owes nothing gets none. Files of an earlier day stay as they are.
    """
    refuse_foreign(out)
    folder = out / FOLDER / round.key / on.isoformat()
    offices = sorted({row["office_id"] for row in (*rows, *cases)})
    page = heading(round)
    for office in offices:
        name = round.offices[office].name if office in round.offices else office
        own = [[row for row in listed if row["office_id"] == office] for listed in (rows, cases)]
        write_whole(folder / f"{office}.xlsx", follow_up_workbook.write(page, name, on, *own))
    told = {"format": FORMAT, "round": round.key, "date": on.isoformat(), "results": list(rows), "cases": list(cases)}
    said = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1)
    write_whole(folder / "follow-up.json", f"{said}\n".encode())
    report.facts["files"] = [*(f"{office}.xlsx" for office in offices), "follow-up.json"]
    report.say("month.owed_files", folder=folder, count=len(offices))


def _state(late: int, why: str) -> str:
    return Message.of("month.owed_overdue" if late else "month.owed_open", what=Message(STATES[why], {})).text()
