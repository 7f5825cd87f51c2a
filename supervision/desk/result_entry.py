"""Results typed at the desk (在线录入): a form becomes a list in the register's columns, checked and taken by `record`.

What is entered once for the whole visit – day, people, method, reviewer – holds for every item that says nothing else.
A result on record is corrected with all its fields, a reason and a second person.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from werkzeug.datastructures import MultiDict

from supervision.desk.office_months import Duty, Key, Row
from supervision.directory.register import CORRECTION
from supervision.messages import Label, Message
from supervision.month.recording import hold, take_whole
from supervision.month.result_checks import AGREED, Received, Reception
from supervision.notice.office_content import ANSWERS
from supervision.spreadsheet_text import open_csv

COMMON = ("inspected_on", "method", "inspectors", "reviewer")
LISTS = ("method", "inspectors")
ITEM_FIELDS = (*ANSWERS, *AGREED)
IDS = ("round", "visit_id", "unit_id", "item_id", "agency")
COLUMNS = (*IDS, *ITEM_FIELDS)
OPTIONAL = ("method", "follow_up", "item_result", "note", *AGREED)
CORRECTS = "corrects"  # the form showed what is on record, this version of it, and all its fields came back
Said = dict[str, Any]  # {"visit": column → text, "items": item_id → column → text}


def said_in(form: MultiDict[str, str], duties: Sequence[Duty]) -> Said:
    """Return what a form says (读取表单): fields `column@` of the visit, `column@item` of an item; others are left."""
    items = {}
    for duty in duties:
        own = {name: _field(form, name, duty.item_id) for name in (*ITEM_FIELDS, CORRECTS)}
        items[duty.item_id] = {name: text for name, text in own.items() if text}
    return {"visit": {name: text for name in COMMON if (text := _field(form, name, ""))}, "items": items}


def _field(form: MultiDict[str, str], column: str, item_id: str) -> str:
    texts = form.getlist(f"{column}@{item_id}")
    return " ".join(" ".join(texts).split())  # a cell is one line


def without_unchanged(
    said: Said, duties: Sequence[Duty], stored: Mapping[Key, Mapping[str, str]], *, visit_id: str
) -> Said:
    """Return what was said without items that say what is on record (去除未改动的事项): they need no draft."""
    items = dict(said["items"])
    for duty in duties:
        before = stored.get((visit_id, duty.item_id))
        if before is not None and not _differs(values_of(said, duty.item_id, before), before):
            items.pop(duty.item_id, None)
    return {**said, "items": items}


def _differs(values: Mapping[str, str], before: Mapping[str, str]) -> bool:
    return any(values[name] != before.get(name, "") for name in ANSWERS) or any(values[name] for name in AGREED)


def at_first(duties: Sequence[Duty]) -> Said:
    """Return what the form holds before anybody typed (初始内容): who was drawn, and an off-site check's methods."""
    people = sorted({who for duty in duties for who, _ in duty.people}, key=str.encode)
    off_site = any(duty.team.off_site for duty in duties)
    methods = sorted(set.intersection(*(set(duty.methods) for duty in duties))) if off_site else []
    visit = {"inspectors": "" if off_site else " ".join(people), "method": " ".join(methods)}
    return {"visit": {name: text for name, text in visit.items() if text}, "items": {}}


def values_of(said: Said, item_id: str, stored: Mapping[str, str] | None) -> dict[str, str]:
    """Return the fields of an item as its row has them (事项各字段): its own, else the visit's, else what is stored."""
    own = said["items"].get(item_id, {})
    if own.get(CORRECTS):
        return {name: own.get(name, "") for name in ITEM_FIELDS}
    if stored is not None and not own.get("result"):
        return {name: stored.get(name, "") if name in ANSWERS else own.get(name, "") for name in ITEM_FIELDS}
    return {name: own.get(name) or said["visit"].get(name, "") for name in ITEM_FIELDS}


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Rows to be sent (待提交的行): in the register's columns.

    `left`: items begun that have no result yet; `seen`: item_id → the version on record that its form showed.
    """

    rows: Sequence[Mapping[str, str]]
    left: Sequence[str]
    seen: Mapping[str, str] = field(default_factory=dict)

    @property
    def versions(self) -> dict[Key, str]:
        """Which version of what is on record the writer saw (所见版本): visit and item → its number."""
        return {
            (row["visit_id"], row["item_id"]): self.seen[row["item_id"]]
            for row in self.rows
            if row["item_id"] in self.seen
        }

    def to_csv(self) -> bytes:
        """Return the list as `record` reads it (结果列表文件), without columns that nobody filled and nobody must."""
        columns = [name for name in COLUMNS if name not in OPTIONAL or any(row[name] for row in self.rows)]
        return open_csv(columns, ([row[name] for name in columns] for row in self.rows))


def rows_of(
    said: Said, duties: Sequence[Duty], stored: Mapping[Key, Mapping[str, str]], *, round_id: str, visit: Row
) -> Rows:
    """Return what is to be sent (待提交内容): items with a result, and items on record that say something else now."""
    rows, left, seen, visit_id = [], [], {}, visit["visit_id"]
    for duty in duties:
        before = stored.get((visit_id, duty.item_id))
        values = values_of(said, duty.item_id, before)
        if before is not None:
            if not _differs(values, before):
                continue
        elif not values["result"]:
            left += [duty.item_id] if said["items"].get(duty.item_id) else []
            continue
        ids = (round_id, visit_id, visit["unit_id"], duty.item_id, duty.agency)
        rows.append({**dict(zip(IDS, ids, strict=True)), **values})
        if version := said["items"].get(duty.item_id, {}).get(CORRECTS):
            seen[duty.item_id] = version
    return Rows(rows=rows, left=left, seen=seen)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the checks say (核对结论): (item_id, column) → reasons, column "" for the whole row; and notes.

    `corrected`: how many rows say something else than what is on record.
    """

    faults: Mapping[tuple[str, str], Sequence[Message | Label]]
    notes: Sequence[Message | Label]
    corrected: int = 0


def checked(reception: Reception, rows: Rows) -> Verdict:
    """Say what recording the rows would do (提交前核对), by the checks of `record`; nothing is stored."""
    with _as_file(rows) as path:
        return _verdict(hold(reception, path, seen=rows.versions), rows)


def recorded(reception: Reception, rows: Rows) -> Verdict:
    """Record the rows, unless one of them is at fault (录入): the same door as files of results."""
    with _as_file(rows) as path:
        return _verdict(take_whole(reception, path, seen=rows.versions), rows)


def _verdict(received: Sequence[Received], rows: Rows) -> Verdict:
    faults: dict[tuple[str, str], list[Message | Label]] = defaultdict(list)
    for one in received:
        cells = one.checked.rejected
        for line, column, reason in zip(cells["line"], cells["column"], cells["reason"], strict=True):
            item = rows.rows[int(line) - 2]["item_id"]  # line 1 is the header
            faults[item, column if column in ITEM_FIELDS else ""].append(reason)
    return Verdict(
        faults=faults,
        notes=list(dict.fromkeys(note for one in received for note in one.checked.notes)),
        corrected=sum(int(one.news[CORRECTION.name].notna().sum()) for one in received),
    )


@contextmanager
def _as_file(rows: Rows) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "results.csv"
        path.write_bytes(rows.to_csv())
        yield path


def rest_of(said: Said, rows: Rows) -> Said | None:
    """Return what stays as a draft once rows were sent (剩余草稿): items begun without a result; None: nothing does."""
    if not rows.left:
        return None
    return {"visit": said["visit"], "items": {item: said["items"][item] for item in rows.left}}
