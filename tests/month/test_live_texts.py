"""Texts that begin like formulas, in every text column of every register: no file that people open runs one.

Each text column of each input file of a rehearsed town is marked with =, +, -, @ or a tab; results with such notes are
recorded, corrected and handed back; then every published CSV and workbook is searched.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import datetime

import openpyxl
import pytest

from supervision.directory.register import register
from supervision.month import publishing, recording
from supervision.month.city import BEIJING, City
from supervision.month.importing import import_files
from supervision.month.result_checks import Agreement
from supervision.spreadsheet_text import is_live

ROUND = "2026-12"
LIVE = ("=HYPERLINK(0)", "+1", "-1", "@SUM(1)", "\t=1", "＝1")
SHAPED = ("visit_no", "event_no")  # numbers by which rows are told apart
NAMES = ("企业名称", "抽查事项")


def text_columns(kind):
    """Return the columns of a register that hold free text."""
    definition = register(kind)
    return [
        column
        for column in definition.columns
        if column.dtype == "text"
        and not (column.pattern or column.link or column.code_list or column.private)
        and column.name not in (*definition.key, *SHAPED, "status", "cause")
    ]


def mark(path, kind):
    """Put a live beginning before every free text of an input file; return the marked columns."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        head, *rows = csv.reader(handle)
    columns = {word: column.name for column in text_columns(kind) for word in (column.name, column.zh, *column.aliases)}
    places = [place for place, name in enumerate(head) if name in columns]
    for number, row in enumerate(rows):
        for place in places:
            row[place] = f"{LIVE[(number + place) % len(LIVE)]}{row[place]}"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([head, *rows])
    return {f"{kind}.{columns[head[place]]}" for place in places}


@pytest.fixture(scope="module")
def town_of_formulas(town, rehearse, tmp_path_factory):
    """A rehearsed town whose every free text is a formula; its columns, month and folder."""
    work = tmp_path_factory.mktemp("live")
    inputs = shutil.copytree(town, work / "inputs")
    marked = set()
    for path in sorted(inputs.glob("*.csv")):
        marked |= mark(path, path.stem)
    (inputs / "sources.csv").write_text(
        "name,values\n" + "".join(f"{name}{end},{values}\n" for end in ("", "-2") for name, values in SOURCES)
    )
    (inputs / "frame_key.hex").write_text("11" * 32)
    return marked, rehearse(inputs, work), work


SOURCES = (("dlt-front", "35 02 11 19 08"), ("dlt-back", "07 12"), ("ssq-red", "06 09 14 20 27 31"), ("ssq-blue", "11"))


def live_cells(out):
    """Yield every cell of a CSV or workbook that a spreadsheet would run."""
    for path in sorted(out.rglob("*.csv")):
        if "audit" not in path.relative_to(out).parts and "open" not in path.relative_to(out).parts:
            for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")):
                yield from ((path.name, cell) for cell in row if is_live(cell))
    yield from live_in(out.rglob("*.xlsx"))


def live_in(paths):
    """Yield every cell of workbooks that a spreadsheet would run."""
    for path in sorted(paths):
        for sheet in openpyxl.load_workbook(path):
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
                if cell.data_type == "f" or (isinstance(cell.value, str) and is_live(cell.value)):
                    yield path.name, cell.value


def put(cell, value):
    """Type a value into a cell as a text cell takes it: never as a formula."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def test_no_file_that_people_open_runs_a_formula(town_of_formulas):
    """Site, workbooks and rejects hold the texts as texts, JSON holds them exactly, and they come back exactly."""
    marked, played, work = town_of_formulas
    assert {
        "entities.name",
        "entities.address",
        "items.name",
        "offices.name",
        "inspectors.name",
        "tasks.name",
    } <= marked
    now = datetime(2026, 12, 20, 10, tzinfo=BEIJING)
    city = City.open(played.store, who="赵录入", rules=played.inputs / "rules", now=lambda: now)
    book_path = min((played.out / "internal" / ROUND).glob("*/*.xlsx"))
    book = openpyxl.load_workbook(book_path)
    sheet = book["结果录入"]
    at = {cell.value: cell.column for cell in sheet[2]}
    assert all(sheet.cell(3, at[name]).value.startswith("'") for name in NAMES)
    for header, value in (
        ("检查结果", "A"),
        ("检查日期", datetime(2026, 12, 9)),
        ("审核人", "=钱审核"),
        ("备注", "@备注"),
    ):
        put(sheet.cell(3, at[header]), value)
    put(sheet.cell(4, at["检查结果"]), "=1")
    book.save(work / "one.xlsx")
    report = recording.record(city, [work / "one.xlsx"])
    assert report.facts["files"][0]["inserted"] == 1
    sheet.cell(3, at["检查结果"], "1")
    book.save(work / "two.xlsx")
    recording.record(city, [work / "two.xlsx"], agreement=Agreement(reason="+误录", reviewer="-李复核"))
    publishing.publish(city.round(ROUND, rehearsal=True), played.out)
    kept = city.store.versions("results", of=[f"{ROUND}.rehearsal"])
    assert kept[["reviewer", "note"]].drop_duplicates().values.tolist() == [["=钱审核", "@备注"]]
    data = json.loads((played.out / "public" / ROUND / "results.json").read_bytes())
    assert is_live(data["results"][0]["name"])
    assert data["corrections"][0]["reason"] == "+误录"
    assert "'+误录" in (played.out / "public" / ROUND / "corrections.csv").read_text(encoding="utf-8")
    assert list(live_cells(played.out)) == []
    rejects = list(work.glob("*.rejected.xlsx"))
    assert rejects
    assert list(live_in(rejects)) == []


def test_rejects_of_a_register_are_texts_and_come_back(town_of_formulas, tmp_path):
    """A rejected unit's name is marked in the rejects workbook; corrected and imported, it is as it was sent."""
    _, played, _ = town_of_formulas
    city = City.open(played.store, who="t", rules=played.inputs / "rules", own_ids=True)
    path = tmp_path / "entities.csv"
    path.write_text("unit_id,name,region,established\nu-1,=HYPERLINK(0)甲,320505,2020-13-41\n", encoding="utf-8")
    day = datetime(2026, 11, 30).date()
    taken = import_files(city, "entities", [path], as_of=day).facts["files"][0]
    assert taken["rejected"] == 1
    book = openpyxl.load_workbook(taken["rejects_file"])
    sheet = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    assert (sheet.cell(2, at["name"]).value, sheet.cell(2, at["name"]).data_type) == ("'=HYPERLINK(0)甲", "s")
    sheet.cell(2, at["established"]).value = "2020-11-30"
    book.save(tmp_path / "again.xlsx")
    assert import_files(city, "entities", [tmp_path / "again.xlsx"], as_of=day).facts["files"][0]["inserted"] == 1
    found = city.register("entities", on=day).set_index("unit_id")
    assert found.at["u-1", "name"] == "=HYPERLINK(0)甲"
