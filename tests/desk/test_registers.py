"""Registers at the desk: files dropped onto the page, what was rejected shown at its cell, templates, and who may."""

import io
import os
import re
import time

import openpyxl
import pytest

from supervision.desk import jobs, uploads
from supervision.directory.register import register

OFFICE = "office_id,department,region,name\n"
GOOD = "market-320599,market,320505,市局第九执法大队\n"
BAD = "market-320598,market,nowhere,市局第十执法大队\n"


def given(text, name="offices.csv"):
    """Return a file as a browser sends it."""
    return (io.BytesIO(text.encode()), name)


def upload(person, *files, kind="offices", as_of="2026-11-20"):
    """Send files of a kind and return the page of the job."""
    return person.work("/registers", kind=kind, as_of=as_of, files=list(files))


def left(desk):
    """Return what stands in the folder of uploads."""
    return sorted(path.name for path in desk.settings.store.with_name("x.db.uploads").rglob("*") if path.is_file())


def test_good_rows_go_in_and_the_file_is_deleted(at):
    """The page of the registers counts them afterwards, with when and who; nothing of the file is left."""
    desk = at("committed")
    person = desk.person("wang-01")
    before = int(cell(person.get("/registers").text, "offices")[0].replace(",", ""))
    page = upload(person, given(OFFICE + GOOD))
    assert "新增 1 行" in page
    rows, last = cell(person.get("/registers").text, "offices")
    assert int(rows.replace(",", "")) == before + 1
    assert "wang-01" in last
    assert left(desk) == []
    assert desk.acts("upload")[0]["inputs"] == {"kind": "offices", "files": "offices.csv"}
    again = person.work("/jobs/1/again")
    assert "请重新上传" in again


def cell(page, kind):
    """Return the texts of a register's row: its number of rows and its last import."""
    row = next(row for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if f">{kind}</span>" in row)
    told = [re.sub(r"<.*?>", "", part).strip() for part in re.findall(r"<td.*?</td>", row, re.DOTALL)]
    return told[1], told[2]


def test_what_is_rejected_stands_at_its_cell(at):
    """The faulty cell is marked, its reason under it, in the reader's language; the workbook can be had."""
    desk = at("committed")
    person = desk.person("wang-01")
    page = upload(person, given(OFFICE + GOOD + BAD, "机构（新）.csv"), given(OFFICE + GOOD, "二.csv"))
    assert str(desk.settings.store.parent) not in page
    shown = person.get("/registers/rejects/1").text
    assert "nowhere" in re.search(r'<td class="bad">(.*?)</td>', shown, re.DOTALL)[1]
    assert len(re.findall(r'<td class="bad"', shown)) == 1
    assert "机构（新）.csv" in shown
    english = person.get("/registers/rejects/1?lang=en").text
    reason = re.search(r'<td class="bad">nowhere<span class="why">(.*?)</span>', english)[1]
    assert reason.isascii()
    answer = person.get("/registers/rejects/1/0")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["3"]
    assert person.get("/registers/rejects/1/1").status_code == 404
    assert person.get("/registers/rejects/1/2").status_code == 404
    assert left(desk) == ["rejects.json", "机构（新）.csv.rejected.xlsx"]


def test_a_row_that_cannot_be_split_is_shown_whole(at):
    """It has no cells: its text stands there with the reason."""
    desk = at("committed")
    person = desk.person("wang-01")
    upload(person, given(OFFICE + GOOD + "market-320597,market,320505,甲,乙,丙\n"))
    shown = person.get("/registers/rejects/1").text
    assert "market-320597" in re.search(r'<td class="bad" colspan="\d+">(.*?)</td>', shown, re.DOTALL)[1]


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"files": []}, "没有收到文件"),
        ({"files": [given("x", "a.exe")]}, "a.exe"),
        ({"files": [given(OFFICE + GOOD)], "kind": "results"}, "results"),
        ({"files": [given(OFFICE + GOOD)], "kind": "nothing"}, "nothing"),
        ({"files": [given(OFFICE + GOOD)], "as_of": "tomorrow"}, "tomorrow"),
    ],
)
def test_what_is_no_register_is_refused_before_anything_is_kept(at, form, told):
    """No file, another ending, another kind, no day: said clearly, no job, no bytes kept."""
    desk = at("committed")
    answer = desk.person("wang-01").post("/registers", **{"kind": "offices", "as_of": "", **form})
    assert answer.status_code == 422
    assert told in answer.text
    assert jobs.latest(desk.file, last=9) == []
    assert left(desk) == []


def test_a_file_of_something_else_is_refused_by_the_import(at):
    """A picture that is called a workbook is no table: the job says so; the file stays for another try."""
    desk = at("committed")
    page = upload(desk.person("wang-01"), (io.BytesIO(b"\x89PNG\r\n" + bytes(200)), "list.xlsx"))
    assert 'class="alarm"' in page
    assert "list.xlsx" in page
    assert str(desk.settings.store.parent) not in page
    assert left(desk) == ["list.xlsx"]


def test_a_name_leads_nowhere_else(at):
    """Folders, signs and dots of a name are taken off; twice the same name stays two files."""
    desk = at("committed")
    names = ["../../x.csv", "..\\x.csv", "\u202ea.csv", "a" * 300 + ".csv"]
    token, kept = uploads.take(desk.settings.store, [Sent(name) for name in names])
    assert kept[:3] == ["x.csv", "2-x.csv", "_a.csv"]
    assert len(kept[3].encode()) == uploads.LONGEST
    back = ["a.csv", "a.csv.rejected.xlsx"]
    assert uploads.take(desk.settings.store, [Sent(name) for name in back])[1] == ["a.csv", "2-a.csv.rejected.xlsx"]
    assert uploads.take(desk.settings.store, [Sent(back[1])])[1] == back[1:]
    folder = desk.settings.store.with_name("x.db.uploads")
    assert sorted(path.parent.name for path in (folder / token).rglob("*.csv")) == [token] * 4
    assert folder.stat().st_mode & 0o777 == 0o700


class Sent:
    """A file as the form gives it."""

    def __init__(self, name):
        self.filename = name

    def save(self, path):
        """Write it."""
        path.write_bytes(b"x")


def test_what_is_left_behind_goes_after_a_day(at, monkeypatch):
    """Younger uploads stay."""
    desk = at("committed")
    store = desk.settings.store
    old, _ = uploads.take(store, [Sent("old.csv")])
    uploads.take(store, [Sent("young.csv")])
    then = time.time() - uploads.KEPT - 60
    os.utime(uploads.place(store, old, "old.csv").parent, (then, then))
    uploads.sweep(store)
    assert left(desk) == ["young.csv"]


def test_a_blank_form_for_every_register(at):
    """In the reader's language; of no other name."""
    desk = at("committed")
    person = desk.person("wang-01")
    for kind in ("entities", "handed_down"):
        body = person.get(f"/registers/{kind}/template?lang=en").data
        assert openpyxl.load_workbook(io.BytesIO(body)).sheetnames[0].startswith(register(kind).title.en[:20])
    assert person.get("/registers/nothing/template").status_code == 404


@pytest.mark.parametrize("name", ["li-02", "qian-05", "zhou-06", "wu-07"])
def test_only_the_coordinator_imports(at, name):
    """For others the pages are not there, and the log says that they asked."""
    desk = at("committed")
    upload(desk.person("wang-01"), given(OFFICE + BAD))
    person = desk.person(name)
    assert person.post("/registers", kind="offices", files=[given(OFFICE + GOOD)]).status_code == 404
    for path in ("/registers", "/registers/rejects/1", "/registers/rejects/1/0", "/registers/offices/template"):
        assert person.get(path).status_code == 404
    assert len(desk.acts("refused")) == 5


def test_the_page_of_rejects_belongs_to_imports(at):
    """Another job has none."""
    desk = at("drawn")
    person = desk.person("wang-01")
    person.work("/rounds/2026-12/preview")
    assert person.get("/registers/rejects/1").status_code == 404
    assert person.get("/registers/rejects/9").status_code == 422
