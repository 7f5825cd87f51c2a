"""Search over all rounds (检索): by name or code, in a real browser, from files, in few of the index's files."""

from __future__ import annotations

import json

import citizens
import pytest
from browser import Browser, chromium

from supervision.notice.site import search_index
from supervision.notice.site.citizen_scripts import joined
from supervision.notice.site.search_index import bucket, folded

NAMES = {
    "91320505MA1EXAMP07": "苏州（吴门）美食有限公司",
    "91320505MA1EXAMP15": "苏州甲乙<script>alert(1)</script>店",
    "91320506MA1EXAMP23": "𠮷㛃龴食品行",
    "u-lower.7": "ＡＢＣ Food №1",
    "91320507MA1EXAMP31": "长" * 200,
}


@pytest.fixture(scope="module")
def browser():
    """A browser for all tests of this file."""
    with Browser(chromium()) as one:
        yield one


@pytest.fixture
def city(browser, tmp_path, monkeypatch):
    """The browser at the home page of two rounds, the index cut into files of two units."""
    monkeypatch.setattr(search_index, "SHARD", 2)
    monkeypatch.setattr(search_index, "WORD_BYTES", 200)
    results = [citizens.result(code, name) for code, name in NAMES.items()]
    first = citizens.published("2026-11", results=results[:1])
    folder = citizens.write_city(tmp_path / "public", first, citizens.published(results=results))
    browser.open((folder / "index.html").as_uri())
    return browser


def found(browser, text):
    """Return the codes that a search shows, and what is said above them."""
    browser.value(f"document.getElementById('search-text').value = {json.dumps(text)}")
    browser.value("document.getElementById('search').requestSubmit()")
    citizens.settle(browser)
    links = "[...document.querySelectorAll('.hits a')].map((a) => decodeURIComponent(a.hash.slice(1)))"
    return browser.value(links), browser.value("document.querySelector('#search-answer p .zh').textContent")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("美食", ["91320505MA1EXAMP07"]),
        ("苏州(吴门)", ["91320505MA1EXAMP07"]),
        ("苏州", ["91320505MA1EXAMP07", "91320505MA1EXAMP15"]),
        (" 91320505ma1examp15 ", ["91320505MA1EXAMP15"]),
        ("91320505", ["91320505MA1EXAMP07", "91320505MA1EXAMP15"]),
        ("9132050", [code for code in sorted(NAMES) if code.startswith("9132")]),
        ("𠮷㛃", ["91320506MA1EXAMP23"]),
        ("abc food", ["u-lower.7"]),
        ("U-LOWER.7", ["u-lower.7"]),
        ("<script>", ["91320505MA1EXAMP15"]),
        ("长" * 60, ["91320507MA1EXAMP31"]),
    ],
)
def test_what_is_typed_is_found(city, text, codes):
    """Part of a name, whatever its width, case, brackets and rare characters; the beginning of a code."""
    assert found(city, text)[0] == codes


@pytest.mark.parametrize(
    ("text", "said"), [("苏", "两个字以上"), ("", "两个字以上"), ("美州", "没有查到"), ("食美", "没有查到")]
)
def test_what_is_not_found_is_said(city, text, said):
    """Too short, unknown, or the same characters in another order."""
    codes, words = found(city, text)
    assert codes == []
    assert said in words


def test_a_common_word_alone_is_not_looked_up(browser, tmp_path, monkeypatch):
    """A pair of characters of very many units tells nothing alone, and helps nobody beside a rarer one."""
    monkeypatch.setattr(search_index, "COMMON", 3)
    results = [citizens.result(f"U{n}", f"苏州{'甲乙丙丁'[n]}店") for n in range(4)]
    folder = citizens.write_city(tmp_path / "public", citizens.published(results=results))
    browser.open((folder / "index.html").as_uri())
    assert "太常见" in found(browser, "苏州")[1]
    assert found(browser, "苏州乙")[0] == ["U1"]


def test_nothing_published_is_said(browser, tmp_path):
    """Before the first list there is nothing to look up."""
    folder = citizens.write_city(tmp_path / "public", citizens.published(results=[]))
    browser.open((folder / "index.html").as_uri())
    assert "没有已公示" in found(browser, "苏州")[1]


def test_only_the_first_hits_are_listed(browser, tmp_path):
    """Twenty are listed, and that there are more is said."""
    results = [citizens.result(f"U{n:03}", f"同名{n:03}店") for n in range(30)]
    folder = citizens.write_city(tmp_path / "public", citizens.published(results=results))
    browser.open((folder / "index.html").as_uri())
    assert found(browser, "同名")[0] == [f"U{n:03}" for n in range(20)]
    assert "只列出前 20 家" in browser.value("document.getElementById('search-answer').textContent")


def test_few_files_are_read_and_nothing_outside(browser, tmp_path):
    """Of a hundred files of units a search reads those of its hits, and asks for nothing but files of the site."""
    results = [citizens.result(f"U{n:05}", f"企业{n:05}号") for n in range(100 * search_index.SHARD)]
    folder = citizens.write_city(tmp_path / "public", citizens.published(results=results))
    browser.open((folder / "index.html").as_uri())
    assert found(browser, "企业04711")[0] == ["U04711"]
    asked = browser.requests()
    assert {address.partition("public/")[0] for address in asked} == {f"{tmp_path.as_uri()}/"}
    assert len([address for address in asked if "/units-" in address]) == 1
    assert len(list((folder / "search").glob("units-*.js"))) == 100


def test_a_file_that_is_missing_is_named(browser, tmp_path):
    """Whoever moved the page without its folder is told which file it lacks."""
    folder = citizens.write_city(tmp_path / "public", citizens.published(results=[citizens.result("U1", "甲乙店")]))
    (folder / "search" / "units-1.js").unlink()
    browser.open((folder / "index.html").as_uri())
    assert "units-1.js" in found(browser, "甲乙")[1]
    browser.open((folder / "enterprise.html").as_uri() + "#U1")
    citizens.settle(browser)
    assert "units-1.js" in browser.value("document.getElementById('unit').textContent")


def test_page_and_index_compare_alike(browser):
    """The page folds names and finds the file of a pair as the index does."""
    browser.open("about:blank")
    browser.value(f"{joined('shards', 'search')}\nundefined")
    for name in [*NAMES.values(), "ßeta（Ⅲ）", "①②", "a\u3000b\tc"]:
        code = f"folded({json.dumps(name)}, {json.dumps(search_index.DROPPED)})"
        assert browser.value(code) == folded(name)
    for pair in ("州食", "𠮷㛃", "AB"):
        assert browser.value(f"bucket({json.dumps(pair)}, 4093)") == bucket(pair, 4093)


def test_the_index_holds_named_columns_only():
    """A column that somebody adds to the results does not get into the index."""
    row = citizens.result("U1", "甲乙", inspectors="MARKINSPECTOR", score="MARKSCORE")
    listed = {"task_id": "T1", "unit_id": "U2", "name": "丙丁", "class": "MARKCLASS"}
    task = {**citizens.TASK, "note": "MARKNOTE"}
    files = citizens.told([citizens.published(results=[row], lists=[listed], tasks=[task])]).index.files()
    assert not [path for path, body in files.items() if b"MARK" in body]
    assert any("丙丁".encode() in body for body in files.values())


def test_the_newest_name_is_shown_and_the_old_one_found():
    """A unit that was renamed stands once, under its newest name, and is found by both."""
    rounds = [
        citizens.published(one, results=[citizens.result("U1", name)])
        for one, name in (("2026-11", "老名字店"), ("2026-12", "新招牌店"))
    ]
    files = citizens.told(rounds).index.files()
    assert '"新招牌店","老名字店"'.encode() in files["search/units-1.js"]
    words = files["search/words-0.js"].decode()
    assert '"老名":[0]' in words and '"新招":[0]' in words
