"""A real month's phone forms come back: recorded once; sent twice, edited or foreign files add nothing."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from browser import Browser, chromium
from notice.test_phone_form import choose, draw, form_of, saved
from phones import open_page
from real_rounds import ROUND
from result_desk import Desk

from supervision.canonical import canonical_json
from supervision.errors import SupervisionError
from supervision.month.checkin_matching import match
from supervision.month.exporting import export
from supervision.month.importing import import_file
from supervision.month.paper_making import papers
from supervision.month.signing import make_key, open_key
from supervision.sampling.protocol.verifier import verify


class Phone:
    """A real month after its second draw, and the form of its busiest office's first day."""

    def __init__(self, played, work):
        self.desk = Desk(played, work)
        self.office = self.desk.book.stem
        make_key(work / "agency.pem", "secret")
        self.print()
        pages = sorted((self.desk.out / "papers" / ROUND / self.office).rglob("*-form.html"))
        self.page = pages[0]
        self.form = form_of(self.page)

    def print(self):
        """Write the office's papers and forms, with codes."""
        key = open_key(self.desk.work / "agency.pem", "secret")
        papers(self.desk.city.round(ROUND), self.desk.out, offices=[self.office], formats=["word"], key=key)

    def rows(self):
        """A well filled row for each item of the form, as the form's file has them."""
        return [
            {
                "agency": self.form["agency"], "follow_up": "", "inspected_on": self.form["day"],
                "inspectors": " ".join(one["id"] for one in visit["inspectors"]), "item_id": item["item_id"],
                "item_result": "", "method": "", "note": "", "points": [], "result": "1 未发现问题",
                "reviewer": "钱审核", "unit_id": visit["unit_id"], "visit_id": visit["visit_id"],
            }
            for visit in self.form["visits"] for item in visit["items"]
        ]  # fmt: skip

    def file(self, name="results-a.json", rows=None, **changes) -> Path:
        """Write a result file with its digest."""
        head = {name: self.form[name] for name in ("day", "form", "office", "round")}
        told = {**head, "format": "supervision-form-results-1", "saved": "2026-12-20T09:00", "visits": []}
        told |= {"rows": self.rows() if rows is None else rows, **changes}
        path = self.desk.work / name
        path.write_bytes(canonical_json({**told, "digest": hashlib.sha256(canonical_json(told)).hexdigest()}))
        return path

    def kept(self):
        """Which files are kept with the round."""
        return sorted(path for path in self.desk.city.round(ROUND).paths if path.startswith("phone/"))


@pytest.fixture
def phone(at, tmp_path):
    """The month of one test."""
    return Phone(at("matched"), tmp_path)


def test_from_the_form_to_the_public_page(phone):
    """Filled and signed in the browser, recorded, published: each item is a public result; all still verifies."""
    visit = phone.form["visits"][0]
    with Browser(chromium()) as browser:
        open_page(browser, phone.page)
        browser.value("document.querySelector('.visit').open = true")
        for place in range(1, len(visit["items"]) + 1):
            choose(browser, f".visit .item:nth-of-type({place}) .result", phone.form["choices"]["result"][0])
            choose(browser, f".visit .item:nth-of-type({place}) .item-result", "合格")
        choose(browser, ".visit .item textarea", "冷柜温度高", "input")
        choose(browser, ".visit input[type=date]", "2026-12-09", "input")
        choose(browser, ".visit .reviewer", "钱审核", "input")
        draw(browser, ".visit .sign-unit")
        name, source = saved(browser)
    path = phone.desk.work / name
    path.write_bytes(source)
    report, taken = phone.desk.record(path)
    assert (report.exit_code, taken["inserted"], taken["rejected"]) == (0, len(visit["items"]), 0)
    assert phone.kept() == [f"phone/{hashlib.sha256(source).hexdigest()}.json"]
    versions = phone.desk.versions()
    assert versions["note"].fillna("").tolist() == ["冷柜温度高"] + [""] * (len(versions) - 1)
    assert versions["item_result"].tolist() == ["passed"] * len(versions)
    for target in ("jianguan", "gsxt"):
        handed = export(phone.desk.city.round(ROUND), target=target, out=phone.desk.work / "handover")
        assert (handed.facts["rejected"], handed.exit_code) == (0, 0)
    public, _ = phone.desk.publish()
    assert {row["unit_id"] for row in public["results"]} == {visit["unit_id"]}
    assert "冷柜" not in json.dumps(public, ensure_ascii=False)
    assert verify(phone.desk.out).difference is None


def test_scanned_and_recorded(phone):
    """A visit on record whose code nobody scanned is told; once its check-in is in, everything fits."""
    visit = phone.form["visits"][0]
    phone.desk.record(phone.file(rows=[row for row in phone.rows() if row["visit_id"] == visit["visit_id"]]))
    round = phone.desk.city.round(ROUND)
    before = match(round, on=phone.desk.city.now().date())
    assert [(row["cause"], row["code"]) for row in before.facts["found"]] == [("no_code", visit["code"])]
    path = phone.desk.work / "checkins.csv"
    path.write_text(
        f"统一社会信用代码,入企码编号,扫码日期,扫码时间\n{visit['unit_id']},{visit['code']},{phone.form['day']},09:05\n"
    )
    assert import_file(phone.desk.city, "checkins", path, as_of=phone.desk.city.now().date()).inserted == 1
    assert match(round, on=phone.desk.city.now().date()).facts["found"] == []


def test_sent_twice(phone):
    """The same file again, and a folder that holds it, add nothing; a later file of the form adds what is new."""
    rows = phone.rows()
    first = phone.file(rows=rows[:1])
    assert phone.desk.record(first)[1]["inserted"] == 1
    again = phone.desk.record(first)[1]
    assert (again["inserted"], again["unchanged"], again["rejected"]) == (0, 1, 0)
    folder = phone.desk.work / "sent"
    folder.mkdir()
    (folder / "results-a (1).json").write_bytes(first.read_bytes())
    (folder / "manifest.json").write_bytes(b"{}")
    assert phone.desk.record(folder)[1]["inserted"] == 0
    assert len(phone.kept()) == 1
    later = phone.desk.record(phone.file("results-b.json", rows=[*rows[:1], *rows[1:2]]))[1]
    assert (later["inserted"], later["unchanged"]) == (len(rows[1:2]), 1)
    assert len(phone.kept()) == 2


def test_an_edited_file(phone):
    """A result that was changed in the file: refused whole; of several files the others are taken."""
    path = phone.file()
    edited = phone.desk.work / "results-edited.json"
    edited.write_bytes(path.read_bytes().replace("1 未发现问题".encode(), "2 未发现问题".encode(), 1))
    with pytest.raises(SupervisionError) as refused:
        phone.desk.record(edited)
    assert refused.value.code == "results.form_digest"
    assert (phone.desk.versions().empty, phone.kept()) == (True, [])
    report, taken = phone.desk.record(edited, path)
    assert taken["inserted"] == len(phone.rows())
    assert "month.not_recorded" in {line.code for line in report.lines}


def test_another_rounds_and_unknown_visits(phone):
    """Another month's file and a visit that is not in the calendar go back row by row; nothing of them is stored."""
    rows = phone.rows()
    report, taken = phone.desk.record(phone.file(rows=rows[:1], round="2026-11"))
    assert (report.exit_code, taken["inserted"], taken["rejected"]) == (3, 0, 1)
    strange = {**rows[0], "visit_id": f"{rows[0]['unit_id']}~9"}
    foreign = {**rows[0], "agency": next(a for a in ("fire", "market") if a != rows[0]["agency"])}
    alone = {**rows[0], "reviewer": "", "inspectors": rows[0]["inspectors"].split()[0]}
    for row in (strange, foreign, alone):
        report, taken = phone.desk.record(phone.file(rows=[row]))
        assert (report.exit_code, taken["inserted"], taken["rejected"]) == (3, 0, 1)
        assert Path(taken["rejects_file"]).is_file()
    assert (phone.desk.versions().empty, phone.kept()) == (True, [])


def test_a_later_form_shows_what_is_on_record(phone):
    """After recording, a new form says that an item has its result and takes no second one."""
    row = phone.rows()[0]
    phone.desk.record(phone.file(rows=[row]))
    phone.print()
    items = {(v["visit_id"], i["item_id"]): i["recorded"] for v in form_of(phone.page)["visits"] for i in v["items"]}
    assert items.pop((row["visit_id"], row["item_id"])) == "yes"
    assert set(items.values()) <= {"no"}
