"""Warnings told (预警清单): who has which, what is overdue; and a file for each office's messenger, day by day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from supervision.canonical import digest
from supervision.domain.people import Office
from supervision.errors import UsageError
from supervision.messages import Message
from supervision.month.city import City
from supervision.month.output_folder import refuse_foreign, write_whole
from supervision.month.report import Report
from supervision.month.step_journals import offices_of
from supervision.month.warning_steps import standing_of, steps_of, without_event
from supervision.results.warning_journal import RECORDS

SHOWN = 50
FORMAT = "supervision-warnings-1"
FOLDER = "internal/warnings"


def list_warnings(
    city: City, *, on: date | None = None, office: str = "", overdue: bool = False, out: Path | None = None
) -> Report:
    """Tell which warnings are open, whose, until when (预警清单), overdue ones first; exit code 4 where one is overdue.

    With `out` also write the day's file of each office that has some: for its messenger, never for the public.
    """
    day, report, offices = on or city.now().date(), Report(), offices_of(city)
    if office and office not in offices:
        near = " ".join(sorted(offices)[:10])
        raise UsageError("month.warning_office_unknown", office=office, unit="-", near=near)
    standing = standing_of(city, on=day)
    lost = without_event(city, standing[~standing["is_open"]])
    rows = _told(city, standing[standing["is_open"]], day)
    rows = [row for row in rows if (not office or row["office"] == office) and (row["overdue"] or not overdue)]
    late = sum(row["overdue"] for row in rows)
    closed = int((~standing["is_open"]).sum())
    report.facts |= {"on": day.isoformat(), "warnings": rows, "overdue": late, "closed": closed}
    report.say("month.warnings_open", on=day, count=len(rows), overdue=late, closed=closed)
    for row in rows[:SHOWN]:
        code = "month.warning_line_overdue" if row["overdue"] else "month.warning_line"
        report.say(code, number=row["warning"], unit=row["unit"], name=row["name"], **_words(city, row, offices))
    if len(rows) > SHOWN:
        report.say("month.more", more=len(rows) - SHOWN)
    for number in lost:
        report.say("month.warning_event_missing", number=number)
    report.facts["without_event"] = lost
    if out is not None:
        _write(city, rows, offices, out, day, report)
    report.exit_code = 4 if late or lost else 0
    return report


def _told(city: City, standing: pd.DataFrame, day: date) -> list[dict[str, Any]]:
    """Open warnings as plain values, overdue ones first, then by deadline; those without one last."""
    units = city.register("entities", on=day, columns=["unit_id", "name", "address"], of=set(standing["unit_id"]))
    units = units.fillna("").set_index("unit_id")
    rows = []
    for row in standing.to_dict("records"):
        known = row["unit_id"] in units.index
        due = None if pd.isna(row["due"]) else row["due"].date()
        rows.append(
            {
                "warning": row["warning_no"],
                "signal": row["signal"],
                "unit": row["unit_id"],
                "name": units.at[row["unit_id"], "name"] if known else "",
                "address": units.at[row["unit_id"], "address"] if known else "",
                "office": row["office_id"],
                "raised": str(row["raised"])[:10],
                "due": due.isoformat() if due else "",
                "awaits": None if due else int(row["awaits"]),
                "overdue": due is not None and due < day,
                "to_do": row["text"],
                "records": row["evidence"].split(RECORDS),
                "hand_over": row["hand_over"],
                "done": row["done"],
            }
        )
    return sorted(rows, key=lambda row: (not row["overdue"], row["due"] or "9999", row["warning"]))


def _words(city: City, row: Mapping[str, Any], offices: Mapping[str, Office]) -> dict[str, object]:
    office = offices.get(row["office"])
    signal = city.code_lists.named("warning_signal").codes.get(row["signal"])
    due = row["due"] or Message.of("month.warning_due_awaits", year=row["awaits"])
    return {
        "signal": signal.label if signal else row["signal"],
        "office": office.name if office else row["office"],
        "due": due,
    }


def _write(
    city: City, rows: list[dict[str, Any]], offices: Mapping[str, Office], out: Path, day: date, report: Report
) -> None:
    """Write each office's file of the day, JSON for programs and a text to send on; what is new is put on record."""
    refuse_foreign(out)
    files: dict[str, bytes] = {}
    for office_id in sorted({row["office"] for row in rows}):
        own, office = [row for row in rows if row["office"] == office_id], offices.get(office_id)
        name = office.name if office else office_id
        told = {"format": FORMAT, "date": day.isoformat(), "office": {"id": office_id, "name": name}, "warnings": own}
        said = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1)
        files[f"{day.isoformat()}/{office_id}.json"] = f"{said}\n".encode()
        files[f"{day.isoformat()}/{office_id}.txt"] = _text(city, own, offices, name, day).encode()
    folder = out / FOLDER
    for path, body in files.items():
        write_whole(folder / path, body)
    if files:
        steps = steps_of(city, on=day).astype("str").to_csv(index=False).encode()
        inputs = {"warnings": digest("sha256", steps).hex()}
        outputs = {path: digest("sha256", body).hex() for path, body in files.items()}
        city.store.note_new("warning-files", who=city.who, at=city.now().isoformat(), inputs=inputs, outputs=outputs)
    report.facts["files"] = sorted(files)
    report.say("month.warning_files", folder=folder / day.isoformat(), count=len(files) // 2)


def _text(city: City, rows: list[dict[str, Any]], offices: Mapping[str, Office], office: str, day: date) -> str:
    late = sum(row["overdue"] for row in rows)
    lines = [Message.of("month.warning_text_head", office=office, on=day, count=len(rows), overdue=late).text()]
    for number, row in enumerate(rows, start=1):
        words = _words(city, row, offices)
        mark = Message.of(
            "month.warning_text_overdue" if row["overdue"] else "month.warning_text_due", due=words["due"]
        )
        told = {"number": row["warning"], "signal": words["signal"], "name": row["name"], "unit": row["unit"]}
        lines.append(Message.of("month.warning_text_line", place=number, **told, mark=mark).text())
        lines.append(
            Message.of("month.warning_text_do", text=row["to_do"], records=RECORDS.join(row["records"])).text()
        )
        if row["hand_over"]:
            lists = city.code_lists.named("department").codes
            to = lists[row["hand_over"]].label if row["hand_over"] in lists else row["hand_over"]
            lines.append(Message.of("month.warning_text_hand_over", department=to).text())
        if row["done"]:
            lines.append(Message.of("month.warning_text_done", done=row["done"]).text())
    return "\n".join(lines) + "\n"
