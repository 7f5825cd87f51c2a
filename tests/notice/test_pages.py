"""The public site (公示网站)."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from english_pages import chinese_left, has_switch

from supervision.canonical import canonical_json, digest, parse_canonical
from supervision.notice.site.pages import PAGES, ROWS_A_PAGE, write_pages
from supervision.notice.task_notice import notice_name
from supervision.spreadsheet_text import exact

VOID = {"meta", "br", "link", "img", "hr", "input"}


class Tree(HTMLParser):
    """Reads a page: balance of its tags, links, texts, captions."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag, attrs):
        """Note a tag, its links and attributes."""
        self.tags.append(tag)
        self.attributes += attrs
        self.links += [value for name, value in attrs if name in ("href", "src")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Close a tag; the last one opened must be it."""
        assert self.open.pop() == tag


def read(source):
    """Return a page as a tree."""
    tree = Tree()
    tree.feed(source.decode())
    assert tree.open == []
    return tree


def html(files):
    """Return the pages among the files."""
    return {path: source for path, source in files.items() if path.endswith(".html")}


@pytest.mark.parametrize("stage", ["committed", "results"])
def test_pages_are_whole_and_ask_for_nothing_outside(sample, stage):
    """Tags balance, every link is a file of the folder or its zip; nothing is fetched."""
    changes = {} if stage == "results" else {"proofs": {}, "frames": {}, "results": None, "clock": None, "counts": None}
    content = sample.make_content(stage=stage, **changes)
    files, notices = write_pages(content), {notice_name(task_id) for task_id in content.plan["task_id"]}
    assert {f"{name}.html" for name, _, _ in PAGES} <= files.keys()
    for path, source in html(files).items():
        tree = read(source)
        links = {link.partition("#")[0] for link in tree.links} - {""}
        assert links <= files.keys() | notices | {"manifest.json", "verify.py", "../2026-12.zip", "../index.html"}
        assert not {"link", "img", "iframe"} & set(tree.tags)
        assert tree.tags.count("script") == (4 if path.startswith("verify") else 1 + path.startswith("results"))
        assert not [word for word in OUTSIDE if word in source]


OUTSIDE = b"http: https: //www @import url( fetch( XMLHttpRequest WebSocket EventSource import( crypto. src=".split()


def test_the_plan_says_how_far_its_calendar_goes(sample):
    """Windows of tasks are public, the day of a visit only with its result: no day of a visit stands before it."""
    content = sample.make_content(stage="matched", results=None, clock=None)
    page = write_pages(content)["plan.html"].decode()
    _, _, calendar = page.partition('id="calendar"')
    assert "检查之前不公布" in calendar and 'href="results.html"' in calendar and 'href="index.html"' in calendar
    windows = {row[day] for row in content.plan.to_dict("records") for day in ("start", "end")}
    assert set(re.findall(r"20\d\d-\d\d-\d\d", page.partition("<main")[2].partition('id="calendar"')[0])) == windows


def test_the_page_for_checking_may_ask_for_nothing(content):
    """Its own policy forbids every request: only the scripts in it and a worker made of them may run."""
    page = write_pages(content)["verify.html"]
    assert b"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline' blob:; worker-src blob:" in page
    assert page.count(b"<script") == page.count(b"</script>") == 4 and b"<!--" not in page


def test_pages_can_be_read_by_everybody(content):
    """Language, title, one first heading, a caption for each table, headers with a scope, a viewport."""
    for source in html(write_pages(content)).values():
        tree = read(source)
        assert ("lang", "zh-CN") in tree.attributes and ("name", "viewport") in tree.attributes
        assert (tree.tags.count("title"), tree.tags.count("h1")) == (1, 1)
        assert tree.tags.count("table") == tree.tags.count("caption")
        assert tree.tags.count("th") == sum(name == "scope" for name, _ in tree.attributes)


def test_names_are_escaped(content):
    """Markup in a name is shown as text, never read as markup."""
    page = write_pages(content)["draw.html"].decode()
    assert "苏州&lt;b&gt;甲&lt;/b&gt;有限公司" in page
    assert "<b>甲" not in page


def test_rehearsal_stands_on_every_page(sample):
    """Each page of a rehearsal says 演练 and REHEARSAL at its top and in its title; a real round's page never does."""
    proofs = {"commitment.json": sample.commitment(rehearsal="yes")}
    for source in html(write_pages(sample.make_content(rehearsal=True, proofs=proofs))).values():
        assert source.count("演练".encode()) >= 3 and b"REHEARSAL" in source
    for source in html(write_pages(sample.make_content())).values():
        said = re.sub(rb"<script.*?</script>", b"", source, flags=re.DOTALL)
        assert "演练".encode() not in said and b"REHEARSAL" not in said


def test_data_stands_beside_each_page(content):
    """Each page has CSV and canonical JSON with the same rows."""
    files = write_pages(content)
    for name in ("index", "plan", "commitment", "draw", "results", "verify"):
        assert {f"{name}.csv", f"{name}.json"} <= files.keys()
        parse_canonical(files[f"{name}.json"])
    rows = list(csv.DictReader(io.StringIO(files["results.csv"].decode())))
    assert [{name: exact(cell) for name, cell in row.items()} for row in rows] == json.loads(files["results.json"])[
        "results"
    ]
    header = b"unit_id,name,agency,item,inspected_on,category,corrected_on,correction"
    assert files["results.csv"].startswith(header)
    assert (
        files["draw.csv"]
        == (
            "task_id,unit_id,name\nopen-02,91320505MA1EXAMP07,苏州<b>甲</b>有限公司\nopen-02,U2,'=HYPERLINK(1)\n"
        ).encode()
    )


def test_proofs_and_open_frames_go_out_unchanged(sample, content):
    """Files of the protocol are published byte by byte; open tasks' frames where the verifier looks for them."""
    files = write_pages(content)
    assert files["commitment.json"] == sample.commitment()
    assert files["reveal.json"] == sample.REVEAL
    assert files["open/open-02/frame.csv"] == sample.FRAME
    assert files["open/open-02/strata.json"] == sample.STRATA
    assert [path for path in files if path.startswith("open/")] == [
        "open/open-02/frame.csv",
        "open/open-02/strata.json",
    ]


def test_what_the_page_tells_to_type_gives_the_seeds(sample):
    """The lines of Python on the page for checking print the seeds that were published, of the second draw too."""
    second = {"roster_commitment.json": sample.roster_commitment(), "reveal2.json": sample.REVEAL2}
    proofs = {"commitment.json": sample.commitment(), "reveal.json": sample.REVEAL, **second}
    page = write_pages(sample.make_content(proofs=proofs))["verify.html"].decode().replace("&#39;", "'")
    lines = re.findall(r"print\((.*?)\)\"</pre>", page)
    import hashlib

    assert [eval(line, {"hashlib": hashlib, "bytes": bytes}) for line in lines] == [
        json.loads(sample.REVEAL)["seed"],
        json.loads(sample.REVEAL2)["seed"],
    ]
    assert digest("sha256", sample.commitment()).hex() in page
    assert '<code class="hex">743.29.540.227.782./</code>' in page


def test_second_draws_are_shown_in_their_order(sample):
    """Roster commitments and supplements follow the first draw, by number and not by text."""
    proofs = {"commitment.json": sample.commitment()}
    for name, number in (("-10", 10), ("-2", 2), ("", 1)):
        proofs[f"roster_commitment{name}.json"] = sample.roster_commitment(number)
    files = write_pages(sample.make_content(stage="matched", proofs=proofs))
    assert [draw["file"] for draw in json.loads(files["verify.json"])["draws"]] == [
        "commitment.json",
        "roster_commitment.json",
        "roster_commitment-2.json",
        "roster_commitment-10.json",
    ]


def test_long_tables_go_on_over_pages(sample):
    """More than a page's rows are split; numbers run on; each page links the others."""
    count = 2 * ROWS_A_PAGE + 1
    results = pd.concat([sample.RESULTS.iloc[:1]] * count, ignore_index=True)
    files = write_pages(sample.make_content(results=results))
    names = [path for path in files if path.startswith("results") and path.endswith(".html")]
    assert sorted(names) == ["results-2.html", "results-3.html", "results.html"]
    assert files["results.html"].count(b'<tr><td class="n no"') == ROWS_A_PAGE
    assert f"第 2,001–{count:,} 项，共 {count:,} 项".encode() in files["results-3.html"]
    assert b'href="results.html"' in files["results-3.html"]
    units = [f"U{number:05d}" for number in range(count)]
    proofs = {"commitment.json": sample.commitment(), "result.json": sample.result(open_02=units)}
    files = write_pages(sample.make_content(proofs=proofs))
    assert f"第 1001–{2 * ROWS_A_PAGE} 户".encode() in files["draw-2.html"]


def test_abandoned_round_says_so(sample):
    """An abandoned round tells when and why on every page."""
    told = {"at": "2026-11-30T10:00:00+08:00", "cancelled": None, "commitment": "00" * 32, "round": "2026-12"}
    gone = canonical_json({**told, "reason": "名录<误>"})
    proofs = {"commitment.json": sample.commitment(), "abandoned.json": gone}
    for source in html(write_pages(sample.make_content(stage="committed", proofs=proofs))).values():
        assert "本轮已公开放弃（2026-11-30 10:00:00，北京时间），不再抽取。理由：名录&lt;误&gt;".encode() in source


@pytest.mark.parametrize("stage", ["committed", "drawn", "matched"])
def test_every_stage_has_its_english(sample, stage):
    """Before there are results, and where a round was abandoned, the pages are English by their switch as well."""
    told = {"at": "2026-11-30T10:00:00+08:00", "cancelled": None, "commitment": "00" * 32, "round": "2026-12"}
    gone = canonical_json({**told, "reason": "名录有误"})
    proofs = {"commitment.json": sample.commitment(), "abandoned.json": gone} if stage == "committed" else {}
    changes = {"proofs": proofs, "frames": {}} if stage != "matched" else {}
    for path, page in write_pages(sample.make_content(stage=stage, results=None, **changes)).items():
        if path.endswith(".html"):
            assert has_switch(page) and chinese_left(page, "某市") == [], path


def test_the_clock_says_which_year_it_waits_for(sample):
    """Deadlines in a year whose calendar is not announced are said so on the home page, and only there and then."""
    clock = sample.CLOCK.assign(awaits=2027)
    assert "期限待 2027 年安排公布" in write_pages(sample.make_content(clock=clock))["index.html"].decode()
    assert "安排公布" not in write_pages(sample.make_content())["index.html"].decode()


def test_pages_repeat_to_the_byte(sample):
    """The same content gives the same files."""
    assert write_pages(sample.make_content()) == write_pages(sample.make_content())
