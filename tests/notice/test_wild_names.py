"""Names nobody expects (怪名): markup, formulas, 200 characters, rare characters are texts on every page, no more."""

from __future__ import annotations

from html import escape

import citizens
import pytest
from browser import Browser, chromium
from citizens import PUBLISHER
from english_pages import names
from notice.test_annual_page import APPROVED, ROWS
from notice.test_pages import read

from supervision.month.city_pages import notices_page
from supervision.notice.annual_page import annual_files
from supervision.notice.item_list import COLUMNS, item_list_files
from supervision.notice.publisher import Publisher
from supervision.notice.site.enterprise import Site
from supervision.notice.site.entry_page import entry_page
from supervision.notice.site.pages import write_pages
from supervision.notice.task_notice import notice_name

WILD = ("<script>alert(1)</script>店", "=1+1&\"'店", "长" * 200, "𠮷㛃\u9fb4店")
CODE = "91320505MA1EXAMP07"


def round_pages(sample, name):
    """The pages of a round whose units, tasks, items and offices are all called so."""
    given = sample.make_content()
    for table, columns in {
        "lists": ["name"],
        "results": ["name", "item"],
        "plan": ["name"],
        "items": ["name", "basis"],
        "oversight": ["name"],
        "changes": ["office"],
    }.items():
        frame = getattr(given, table)
        for column in set(columns) & set(frame.columns):
            frame[column] = name
    return {path: body for path, body in write_pages(given).items() if path.endswith(".html")}


def city_pages(folder, name):
    """The pages over all rounds of a city, a body, a task and an item that are called so."""
    body = Publisher(**{**vars(PUBLISHER), "zh": name, "en": name, "address": name})
    site = Site(city=name, publisher=body, rights=(citizens.RIGHT,), objection_days=20)
    task = {**citizens.TASK, "name": name, "number": name, "round": "2026-12", "rehearsal": "no"}
    place = folder / "2026-12" / notice_name("T1")
    place.parent.mkdir(parents=True)
    place.write_text("<p>", encoding="utf-8")
    row = dict.fromkeys(COLUMNS, name) | {"from_date": "2026-01-01", "until_date": ""}
    plan = [{**one, "name": name, "items": name} for one in ROWS]
    return {
        "items.html": item_list_files(name, [row], publisher=body)["items.html"],
        "notices.html": notices_page(site, folder, [task], {}),
        "entry.html": entry_page(site, []),
        "annual.html": annual_files(name, 2026, plan, APPROVED, on="2026-03-31", last="2026-03-31", publisher=body)[
            "index.html"
        ],
    }


@pytest.mark.parametrize("name", WILD)
def test_names_are_texts_on_every_page(sample, tmp_path, name):
    """No name opens a tag or is cut; where it stands it is whole, on the pages of a round and on the city's."""
    pages = {**round_pages(sample, name), **city_pages(tmp_path, name)}
    for path, body in pages.items():
        read(body)
        assert b"<script>alert" not in body, path
    for path in ("plan.html", "draw.html", "results.html", "items.html", "notices.html", "annual.html"):
        assert name in names(pages[path]), path
    assert escape(name).encode() in pages["entry.html"].replace(b"&#34;", b"&quot;").replace(b"&#39;", b"&#x27;")


def test_they_fit_a_phone(sample, tmp_path):
    """A name of 200 characters, and one that cannot be broken at a space, make no page wider than 360 points."""
    wide = {}
    with Browser(chromium()) as browser:
        for number, name in enumerate(("长" * 200, "A" * 200)):
            folder = tmp_path / str(number)
            pages = {**round_pages(sample, name), **city_pages(folder, name)}
            for path, body in pages.items():
                (folder / path).write_bytes(body)
                browser.open((folder / path).as_uri(), width=360)
                wide[f"{path} {name[0]}"] = browser.value("document.documentElement.scrollWidth")
    assert wide == dict.fromkeys(wide, 360)
