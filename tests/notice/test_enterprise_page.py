"""My enterprise (我的企业): its own visits, why it was drawn, its rights, whom to call; nothing of anybody else."""

from __future__ import annotations

import citizens
import pytest
from browser import Browser, chromium

from supervision.errors import SupervisionError
from supervision.notice.publisher import read_publisher, read_rights
from supervision.notice.site.enterprise import Site, enterprise_files
from supervision.notice.site.search_index import SearchIndex

MINE, OTHER = "91320505MA1EXAMP07", "91320505MA1EXAMP15"
CORRECTION = {
    "unit_id": MINE,
    "name": "甲<b>店</b>",
    "agency": "市场监管",
    "item": "食品检查",
    "corrected_on": "2026-12-09",
}
CORRECTION |= {"field": "检查日期", "old": "2026-12-02", "new": "2026-12-03", "reason": "笔误"}


@pytest.fixture(scope="module")
def browser():
    """A browser for all tests of this file."""
    with Browser(chromium()) as one:
        yield one


@pytest.fixture
def page(browser, tmp_path):
    """Return what opens the page of a unit and returns its text in Chinese."""
    rows = [
        citizens.result(MINE, "甲<b>店</b>", category="发现问题待后续处理", correction="2026-12-09 更正：检查日期"),
        citizens.result(OTHER, "乙店", follow_up="责令改正"),
    ]
    first = citizens.published("2026-11", rehearsal=True, lists=[{"task_id": "T1", "unit_id": MINE, "name": "甲店"}])
    last = citizens.published(results=rows, corrections=[CORRECTION])
    folder = citizens.write_city(tmp_path / "public", first, last)

    def opened(code: str) -> str:
        browser.open("about:blank")
        browser.open((folder / "enterprise.html").as_uri() + (f"#{code}" if code else ""))
        citizens.settle(browser)
        return str(browser.value("document.querySelector('main').innerText"))

    return opened


def test_the_newest_round_comes_first_with_its_results(page):
    """Result, follow-up, office, dates and corrections of the unit's own visit; the name as text, never as HTML."""
    text = page(MINE)
    assert text.index("2026-12 轮次") < text.index("2026-11 轮次（演练，不是真实的抽查）")
    assert "甲<b>店</b>" in text
    for said in (
        "发现问题待后续处理",
        "虎丘分局",
        "2026-12-03",
        "2026-12-04",
        "应于 2026-12-31 前公示",
        "无需后续处置",
    ):
        assert said in text
    assert "2026-12-09 市场监管 食品检查 检查日期：2026-12-02 → 2026-12-03。理由：笔误" in text


def test_why_it_was_drawn_and_what_is_checked(page):
    """Task, number, source and population; items with points, basis and method – of a list before its visits, too."""
    text = page(MINE)
    for said in (
        "餐饮抽查<i>",
        "苏市监抽查〔2026〕1号",
        "年度计划",
        "标签为餐饮",
        "食品安全法",
        "证照、索票",
        "实地检查",
    ):
        assert text.count(said) >= 2
    assert "检查结果尚未公示" in text.partition("2026-11 轮次")[2]
    assert "消防检查" in text.partition("2026-11 轮次")[2]


def test_nothing_of_another_unit_is_shown(page):
    """The file that was read holds others, the page shows none of them."""
    text = page(MINE)
    assert "乙店" not in text and OTHER not in text and "责令改正" not in text.partition("您的权利")[0]


def test_rights_and_whom_to_call_are_for_everybody(page):
    """Without a unit, too, there stand rights, telephone numbers, how to object, and how to get one's own proof."""
    for text in (page(""), page(MINE)):
        for said in ("亮证", "应当出示证件。", "某法", "010-00000000", "12345", "20 日内", "本单位证明"):
            assert said in text
    assert "请先在首页" in page("")
    assert "请先在首页" not in page(MINE)


@pytest.mark.parametrize("code", ["91320505MA1EXAMP99", "!", "zz", "%3Cb%3E"])
def test_a_unit_that_is_not_published_is_said_so(page, code):
    """Not to be listed does not mean not to be drawn."""
    assert "查不到不等于没有被抽中" in page(code)


def test_the_whole_page_is_there_in_english(page, browser):
    """After the switch no word of the page itself is Chinese; what registers say stays as it is."""
    page(MINE)
    browser.value("document.querySelector('[data-choose=en]').click()")
    text = str(browser.value("document.querySelector('main').innerText"))
    for said in ("Why drawn", "Your rights", "They show it.", "Whom to call", "within 20 days", "your own proof"):
        assert said in text
    for gone in ("我的企业", "为什么抽中", "您的权利", "找谁问", "查什么", "应于"):
        assert gone not in text
    assert browser.value("document.documentElement.lang") == "en"
    browser.value("document.querySelector('[data-choose=zh]').click()")
    assert "您的权利" in str(browser.value("document.querySelector('main').innerText"))


def test_no_publisher_is_said_so():
    """A city that has not entered who publishes has no line to call on its page, and says so."""
    page = enterprise_files(Site(city="某市"), SearchIndex())["enterprise.html"].decode()
    assert "主办单位和热线尚未登记" in page
    assert "日内办理" not in page


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        {"zh": "甲", "en": "A", "phone": 12345, "address": "乙", "hotlines": []},
        {"zh": "甲", "en": "A", "phone": "1", "address": " ", "hotlines": []},
        {"zh": "甲", "en": "A", "phone": "1", "address": "乙", "hotlines": "12345"},
        {"zh": "甲", "en": "A", "phone": "1", "address": "乙", "hotlines": [{"number": 12345, "zh": "甲", "en": "A"}]},
    ],
)
def test_a_publisher_of_another_shape_is_refused(value):
    """A number without quotes would lose its zeros; a blank or missing field would be a blank on every page."""
    with pytest.raises(SupervisionError) as caught:
        read_publisher(value)
    assert (caught.value.code, caught.value.params["rule"]) == ("notice.rule_shape", "shared/publisher")


def test_rights_of_another_shape_are_refused():
    """Each right has its words in both languages and its basis."""
    with pytest.raises(SupervisionError) as caught:
        read_rights([{"key": "x", "zh": "甲"}])
    assert caught.value.params["rule"] == "shared/inspected_rights"
    assert read_rights([vars(citizens.RIGHT)]) == (citizens.RIGHT,)
