"""The month before of the demo: a rehearsed month with its results, by the same steps as the commands take."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from builders import LISTS
from english_pages import HAN, chinese_left, has_switch, masthead, names, pages_of

from supervision.errors import UsageError
from supervision.month import exporting, line, publishing, recording, starting, stepping_in
from supervision.month.city import City, silent
from supervision.month.overseeing import oversee_month
from supervision.month.page_heading import publisher_of
from supervision.notice.public_content import english_names
from supervision.notice.site.languages import Words
from supervision.sampling.protocol.verifier import verify

ROUND, CITY = "2026-11", "苏州市（演示）"
RULES = Path(starting.__file__).parents[2] / "data" / "rules"


class Before:
    """The month before of a city of 3,000 units, played to its end."""

    def __init__(self, work: Path) -> None:
        self.work, self.out, self.answers = work, work / "out", work / "answers"
        starting.write_earlier_demo(work / "in", entities=3000, month_id="2026-12", progress=silent)
        given = {"values": {}, "rehearsal": True, "who": "wang", "progress": silent}
        line.run(work / "d.db", ROUND, inputs=work / "in", out=self.out, **given)
        written = starting.write_demo_results(self.answers, self.out, month_id=ROUND).facts
        place = self.answers / "step_in"
        self.unit, self.task = ((place / name).read_text(encoding="utf-8") for name in ("unit", "task"))
        reason = (place / "reason").read_text(encoding="utf-8")
        evidence = place / "evidence.txt"
        stepping_in.propose(self.round("li"), self.unit, task_id=self.task, reason=reason, evidence=evidence)
        stepping_in.confirm(self.round("zhao"), self.unit)
        self.recorded = recording.record(self.city("sun"), [self.answers / "results"]).facts["files"]
        self.corrected = recording.record(self.city("sun"), [self.answers / "correction.csv"]).facts["files"]
        publishing.publish(self.round("sun"), self.out)
        self.written = written

    def city(self, who: str) -> City:
        """The city, opened by somebody."""
        return City.open(self.work / "d.db", who=who)

    def round(self, who: str):
        """The round, opened by somebody."""
        return self.city(who).round(ROUND, rehearsal=True)

    def read(self, name: str):
        """A published file."""
        return json.loads((self.out / "public" / ROUND / name).read_bytes())


@pytest.fixture(scope="module")
def before(tmp_path_factory) -> Before:
    """The month, played once for all tests of this file."""
    return Before(tmp_path_factory.mktemp("before"))


def test_results_come_back_whole(before):
    """No row of what inspectors hand in is refused; a week is a file; one result is corrected."""
    assert before.written["results"] == sum(one["inserted"] for one in before.recorded) > 20
    assert [one["rejected"] for one in before.recorded] == [0] * len(before.recorded)
    assert [re.fullmatch(r"2026-W\d\d\.csv", one["file"]) is not None for one in before.recorded]
    assert [(one["inserted"], one["corrected"]) for one in before.corrected] == [(1, 1)]


def test_every_public_category_is_there(before):
    """Each of the eight categories stands on the page of results, the corrected one among them."""
    found = Counter(row["category"] for row in before.read("results.json")["results"])
    assert set(found) == {LISTS.label("category", code) for code in LISTS.codes("category")}
    (changed,) = before.read("results.json")["corrections"]
    assert (changed["old"], changed["new"]) == (
        LISTS.label("category", "false_information"),
        LISTS.label("category", "none_found"),
    )


def test_one_steps_in(before):
    """Who cannot be reached is a drawn unit of the open list; the next of its stratum steps in, counted on the page."""
    (step,) = json.loads((before.out / "audit" / ROUND / "stepins.json").read_bytes())
    assert (step["out"], step["task_id"], step["reason"]) == (before.unit, "B01-disclosure", "6")
    assert step["in"] not in {None, before.unit}
    counts = [row["number"] for row in before.read("oversight.json")["counts"] if row["kind"] == "stepped_in"]
    assert sum(counts) == 1
    page = (before.out / "public" / ROUND / "draw.html").read_text(encoding="utf-8")
    assert "递补：抽中的企业无法检查的" in page and "本轮 1 户次" in page


def test_the_month_verifies(before):
    """What it published and what auditors get agree with the protocol."""
    assert verify(before.out / "public").difference is None
    assert verify(before.out).difference is None


def test_the_month_is_handed_over_whole(before, tmp_path):
    """Every result that came back goes to the national system with the result of its item; none is refused."""
    told = exporting.export(before.round("sun"), target="jianguan", out=tmp_path)
    assert (told.facts["inserted"], told.facts["rejected"]) == (before.written["results"], 0)


def test_the_same_results_twice(before, tmp_path):
    """Asked again, inspectors hand in the same; a folder of something else, or no workbooks, are refused."""
    starting.write_demo_results(tmp_path / "again", before.out, month_id=ROUND)
    for path in before.answers.rglob("*.csv"):
        assert path.read_bytes() == (tmp_path / "again" / path.relative_to(before.answers)).read_bytes()
    with pytest.raises(UsageError) as foreign:
        starting.write_demo_results(before.work / "in", before.out, month_id=ROUND)
    assert foreign.value.code == "month.folder_not_empty"
    with pytest.raises(UsageError) as nothing:
        starting.write_demo_results(tmp_path / "none", before.out, month_id="2026-10")
    assert nothing.value.code == "month.demo_no_workbooks"


def test_every_page_in_english(before):
    """Every published page has the switch; in English nothing Chinese is left but what an office or the law wrote."""
    oversee_month(before.city("sun"), ROUND, rehearsal=True, out=before.out)
    folder = before.out / "public"
    strings = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.json")))
    strings += "".join(path.read_text(encoding="utf-8") for path in sorted(RULES.rglob("*.yaml")))
    strings += "".join(path.read_text(encoding="utf-8") for path in sorted((before.work / "in").rglob("*.yaml")))
    known, words = re.sub(r"\s", "", strings), Words(english_names(LISTS))
    pages = pages_of(folder)
    assert len(pages) >= 18
    for path in pages:
        page = path.read_bytes()
        assert has_switch(page), path
        assert chinese_left(page, CITY) == [], path
        own = {text.removesuffix("…") for text in names(page)}
        assert [text for text in own if re.sub(r"\s", "", text) not in known] == [], path
        assert [text for text in own if not HAN.search(str(words.english(text) or text))] == [], path


def test_every_page_says_who_publishes_it(before):
    """The masthead of every page names the publishing body; only what is posted on a wall has none."""
    oversee_month(before.city("sun"), ROUND, rehearsal=True, out=before.out)
    folder, told = before.out / "public", publisher_of(before.city("sun").rules.on(date(2026, 11, 30)))
    hosts = {path.relative_to(folder).as_posix(): masthead(path.read_bytes()) for path in pages_of(folder)}
    posted = {f"{ROUND}/notice.html", f"{ROUND}/notice-roster.html"}
    assert {hosts.pop(path) for path in posted} == {""}
    assert {"statistics.html", "items.html", "data.html", "notices.html", "entry.html"} <= hosts.keys()
    assert hosts == dict.fromkeys(hosts, f"主办单位：{told.zh}")


def test_the_walk_would_find_something():
    """A page without the switch, and Chinese outside a name, are found."""
    inside = "<p class='zh'>甲</p><p>乙</p><p><span class='own'>丙</span></p><p class='tr'>d</p>"
    cells = "<table><tr><td data-label='戊'>1</td></tr></table><select><option data-en='丁'></option></select>"
    page = f"<html><head><meta charset='utf-8'></head><body>{inside}{cells}</body></html>".encode()
    assert not has_switch(page)
    assert chinese_left(page, "") == ["乙", "丁", "戊"]
    assert names(page) == {"丙"}


def test_home_links_the_extract(before):
    """The report's extract is linked from the home page, and the home manifest lists its files."""
    oversee_month(before.city("sun"), ROUND, rehearsal=True, out=before.out)
    home = json.loads((before.out / "public" / "manifest.json").read_bytes())
    place = f"report/{ROUND}.rehearsal/index.html"
    assert f'href="{place}"' in (before.out / "public" / "index.html").read_text(encoding="utf-8")
    assert place in {one["path"] for one in home["files"]}
    assert verify(before.out / "public").difference is None
