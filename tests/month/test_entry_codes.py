"""Entry codes of a rehearsed month: signed on papers, checked by the published page, matched with check-ins."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from docx import Document
from qr_codes import codes_in, pages_of

from supervision.canonical import digest
from supervision.errors import UsageError
from supervision.month.calendars import standing
from supervision.month.checkin_matching import match
from supervision.month.city import City
from supervision.month.importing import import_file
from supervision.month.issued_codes import issued_codes
from supervision.month.paper_making import papers
from supervision.month.publishing import publish
from supervision.month.signing import make_key, open_key, sign
from supervision.notice.signatures import fingerprint
from supervision.sampling.protocol.verifier import verify

ROUND, SECRET = "2026-12", "lang genug 2026"
HEAD = "统一社会信用代码,入企码编号,扫码日期,扫码时间,扫码地点\n"
LAST = date(2026, 12, 31)


class Door:
    """A rehearsed month whose busiest office has its papers, and who checks in."""

    def __init__(self, copied):
        self.city = City.open(copied.store, who="tester")
        self.out, self.work = copied.out, copied.store.parent
        make_key(self.work / "agency.pem", SECRET)
        self.key = open_key(self.work / "agency.pem", SECRET)
        places = standing(self.round)[["office", "visit_id"]].drop_duplicates()
        self.office = str(places["office"].value_counts().sort_index().sort_values(kind="stable").index[-1])
        self.report = papers(self.round, self.out, offices=[self.office], key=self.key)

    @property
    def round(self):
        """The round as the store has it now."""
        return self.city.round(ROUND, rehearsal=True)

    @property
    def folder(self) -> Path:
        """Where the office's papers stand."""
        return self.out / "papers" / self.round.key / self.office

    def scan(self, *rows):
        """Import check-ins: unit, code, day, time."""
        path = self.work / f"checkins-{len(list(self.work.glob('checkins*')))}.csv"
        path.write_text(HEAD + "".join(f"{','.join(row)},前台\n" for row in rows))
        return import_file(self.city, "checkins", path, as_of=LAST)

    def record(self, visits, result="1"):
        """Put results of visits on record, all their items."""
        places = standing(self.round)
        rows = []
        for visit in visits:
            own = places[(places["visit_id"] == visit) & (places["office"] == self.office)]
            department = self.round.offices[self.office].department
            for item in sorted({item for text in own["items"] for item in text.split()}):
                rows.append((self.round.key, visit, visit.rpartition("~")[0], item, department, result))
        names = ["round", "visit_id", "unit_id", "item_id", "agency", "result"]
        frame = pd.DataFrame(rows, columns=names, dtype="str")
        frame["inspected_on"] = pd.Timestamp("2026-12-03").as_unit("s")
        versions = self.city.store.versions("results", of=[self.round.key])
        frame["known_on"] = pd.Timestamp(LAST).as_unit("s")
        frame = frame.reindex(columns=versions.columns).astype(versions.dtypes.to_dict())
        self.city.store.insert("results", frame, who="x", at="2026-12-31T10:00:00+08:00", source_digest="x")


@pytest.fixture
def door(copied):
    """The month of one test."""
    return Door(copied)


def test_codes_on_paper(door, tmp_path):
    """Every notice as PDF and Word has the code of its visit; every number that was issued is on one of them."""
    issued = issued_codes(door.round).set_index("visit_id")["code"]
    found = {}
    for path in sorted(door.folder.rglob("*-notice.pdf")):
        folder = tmp_path / path.stem
        folder.mkdir()
        (text,) = [text for page in pages_of(path.read_bytes(), folder) for text in codes_in(page)]
        lines = dict(line.split(":", 1) for line in text.splitlines()[1:])
        visit = path.name.removesuffix("-notice.pdf")
        assert (lines["V"], lines["R"], lines["D"][:10]) == (visit, f"{ROUND}/REHEARSAL", path.parent.name)
        assert lines["O"].partition("/")[0] == door.office
        assert lines["K"] == fingerprint(door.key.public_key())[:16]
        assert lines["C"] == committed(door)
        assert lines["P"].count("|") >= 1
        word = Document(path.with_suffix(".docx"))
        assert [shape._inline.docPr.get("name") for shape in word.inline_shapes] == [issued[visit]]
        found[visit] = issued[visit]
    assert found == issued.to_dict()
    assert (door.report.facts["codes"], door.report.facts["new_codes"]) == (len(found), len(found))


def committed(door):
    """Return the digest of the first commitment, of the bytes that the public folder shows."""
    shown = (door.out / "public" / ROUND / "commitment.json").read_bytes()
    return digest(door.round.hash_name, shown).hex()


def test_day_sheets_in_word(door):
    """The day's sheet in Word has a picture a visit, each with its own file."""
    for path in door.folder.rglob("*-task-sheet.docx"):
        visits = len(list(path.parent.glob("*-notice.docx")))
        pictures = [shape._inline.graphic.graphicData.pic.blipFill.blip.embed for shape in Document(path).inline_shapes]
        assert len(set(pictures)) == len(pictures) == visits


def test_again_and_without_a_key(door, files):
    """The same key signs the same codes; another key's are new; without a key papers say that there is none."""
    before = files(door.folder)
    again = papers(door.round, door.out, offices=[door.office], key=door.key)
    assert (files(door.folder), again.facts["new_codes"]) == (before, 0)
    make_key(door.work / "other.pem", SECRET)
    other = papers(door.round, door.out, offices=[door.office], key=open_key(door.work / "other.pem", SECRET))
    assert other.facts["new_codes"] == other.facts["codes"] == door.report.facts["codes"]
    assert len(issued_codes(door.round)) == 2 * other.facts["codes"]
    plain = papers(door.round, door.out, offices=[door.office])
    assert plain.facts["codes"] == 0
    assert "month.papers_no_codes" in {line.code for line in plain.lines}
    (one, *_) = door.folder.rglob("*-notice.docx")
    assert len(Document(one).inline_shapes) == 0
    assert "未签发" in "".join(cell.text for table in Document(one).tables for row in table.rows for cell in row.cells)


def test_the_page_is_public_and_the_codes_are_not(door, files):
    """The page knows the key once it signed; no public byte holds a code, and the folder still verifies."""
    page = door.out / "public/entry.html"
    assert b'id="entry-keys">[]<' in page.read_bytes()
    sign(door.out, door.key)
    raw = door.key.public_key().public_bytes_raw().hex()
    assert raw.encode() in page.read_bytes()
    publish(door.round, door.out)
    assert raw.encode() in page.read_bytes()
    assert verify(door.out).difference is None
    listed = {entry["path"] for entry in json.loads((door.out / "public/manifest.json").read_bytes())["files"]}
    assert "entry.html" in listed
    numbers = [code.encode() for code in issued_codes(door.round)["code"]]
    for part in ("public", "audit"):
        for path, content in files(door.out / part).items():
            assert b"\nP:" not in content or not path.endswith((".json", ".csv", ".html", ".txt"))
            assert not any(number in content for number in numbers), path


def test_what_does_not_fit(door):
    """A right scan with a result fits; each other kind is told, in the workbook too, with names."""
    issued = issued_codes(door.round)
    first, second, third = issued.head(3).to_dict("records")
    unit = {one["code"]: one["visit_id"].rpartition("~")[0] for one in (first, second, third)}
    day = {one["code"]: one["half_days"][:10] for one in (first, second, third)}
    door.record([first["visit_id"], second["visit_id"]])
    taken = door.scan(
        (unit[first["code"]], first["code"], day[first["code"]], "09:05"),
        (unit[third["code"]], third["code"], day[third["code"]], "09:05"),
        (unit[second["code"]], first["code"], day[first["code"]], "10:00"),
        (unit[second["code"]], "0" * 16, day[second["code"]], "10:05"),
        (unit[third["code"]], "", day[third["code"]], "11:00"),
        (unit[first["code"]], first["code"], "2026-11-30", "09:05"),
    )
    assert (taken.inserted, taken.rejected) == (6, 0)
    book = door.work / "found.xlsx"
    report = match(door.round, on=LAST, workbook=book)
    told = {cause: count for cause, count in report.facts["counts"].items() if count}
    assert told == {"no_code": 1, "not_held": 1, "unknown_code": 1, "other_unit": 1, "came_without_code": 1}
    assert (report.exit_code, report.facts["checkins"]) == (4, 5)  # the one of November is another month's
    lines = {row["cause"]: row for row in report.facts["found"]}
    assert lines["no_code"]["visit_id"] == second["visit_id"]
    assert lines["not_held"]["code"] == third["code"]
    assert lines["other_unit"]["unit_id"] == unit[second["code"]]
    assert all(row["name"] for row in lines.values())
    sheet = openpyxl.load_workbook(io.BytesIO(book.read_bytes())).active
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert [row[0] for row in rows] == [
        "有检查，没有扫码", "扫了码，没有检查结果", "码不是本轮签发的", "码是给另一单位的", "来人没有码，也没有事由",
    ]  # fmt: skip
    assert rows[0][3] == door.round.offices[door.office].name
    early = match(door.round, on=date(2026, 11, 30))
    assert early.facts["counts"]["not_held"] == 0


def test_bad_check_ins(door):
    """A code that is no number and a time that is none are rejected with their reason; the same file twice is one."""
    good = (issued_codes(door.round)["visit_id"][0].rpartition("~")[0], "0" * 16, "2026-12-03", "09:05")
    taken = door.scan(good, (good[0], "xyz", *good[2:]), (*good[:3], "25:00"))
    assert (taken.inserted, taken.rejected) == (1, 2)
    assert door.scan(good).inserted == 0


def test_other_inspections(door):
    """The history's inspections of the month that nobody drew: routine ones and those without a cause are told."""
    (unit, other) = issued_codes(door.round)["visit_id"].str.rpartition("~")[0].unique()[:2]
    item = sorted(door.round.items)[0]
    agency = door.round.items[item].department
    path = door.work / "history.csv"
    path.write_text(
        "unit_id,agency,item_id,date,kind,on_site,result,trigger,visit_no\n"
        f"{unit},{agency},{item},2026-12-03,routine,是,1,,a1\n"
        f"{unit},{agency},{item},2026-12-04,for_cause,是,1,,a2\n"
        f"{unit},{agency},{item},2026-12-05,for_cause,是,1,投诉举报,a3\n"
        f"{unit},{agency},{item},2026-12-06,routine,否,1,,a4\n"
        f"{other},{agency},{item},2026-11-03,routine,是,1,,a5\n"
    )
    assert import_file(door.city, "history", path, as_of=LAST).inserted == 5
    door.scan((unit, "", "2026-12-05", "10:00"), (unit, "", "2026-12-03", "10:00"))
    found = match(door.round, on=LAST).facts["found"]
    assert [(row["cause"], row["date"]) for row in found] == [
        ("came_without_code", "2026-12-03"), ("undrawn", "2026-12-03"), ("no_ground", "2026-12-04"),
    ]  # fmt: skip
    assert found[1]["office_name"] == door.round.code_lists.label("department", agency, "zh")


def test_before_the_lottery(door):
    """A round whose inspectors are not drawn has no codes and nothing to compare; its name is asked for."""
    with pytest.raises(UsageError):
        match(door.city.round("2026-11", rehearsal=True))


def test_nothing_issued(copied):
    """Without codes the command says so and lists only what needs none."""
    city = City.open(copied.store, who="tester")
    report = match(city.round(ROUND, rehearsal=True), on=LAST)
    assert [line.code for line in report.lines] == ["month.checkins", "month.checkins_no_codes", "month.checkins_agree"]
    assert (report.exit_code, report.facts["found"]) == (0, [])
