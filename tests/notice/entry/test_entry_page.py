"""The page that checks entry codes, on a phone: typed, photographed from a printed notice, swapped, old, forged."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files
from pathlib import Path

import browser as programs
import pytest
from citizens import PUBLISHER, RIGHT, settle
from notice.entry.test_code import KEY, NAME, STATEMENT
from notice.papers.test_forms import FORMS, month_of
from phones import fits, open_page, outside, set_day, violations
from qr_codes import codes_in, filmed, pages_of, picture_of

from supervision.notice.entry.code import MOST, sign_entry
from supervision.notice.entry.office_codes import office_codes
from supervision.notice.entry.picture import EntryPicture
from supervision.notice.papers import pdf
from supervision.notice.papers.fields import VISIT
from supervision.notice.papers.values import NARROW, day_values, visit_values
from supervision.notice.site.enterprise import Site
from supervision.notice.site.entry_page import entry_page, with_keys

SITE = Site(city="某市", publisher=PUBLISHER, rights=(RIGHT,), objection_days=15)
CODE = sign_entry(STATEMENT, KEY)


@pytest.fixture
def page(browser, tmp_path):
    """The page at nine on the day of the visit, opened at a phone's width."""
    place = tmp_path / "entry.html"
    place.write_bytes(entry_page(SITE, [KEY.public_key()]))
    name = set_day(browser, "2026-12-03T09:05:00")
    open_page(browser, place)
    yield browser
    browser.value("localStorage.clear()")
    browser.call("Page.removeScriptToEvaluateOnNewDocument", identifier=name)


@pytest.fixture
def codes(sample):
    """The codes of one office's month."""
    content = month_of(sample)
    return content, office_codes(content, commitment="cd" * 32, certificates={}, key=KEY)


def typed(browser, text, unit=""):
    """Type a code and a unit; return the verdict and all that is shown."""
    browser.value(
        f"""(() => {{
          document.getElementById("own-unit").value = {json.dumps(unit)};
          document.getElementById("code-text").value = {json.dumps(text)};
          document.querySelector("#typed button").click();
        }})()"""
    )
    return verdict(browser)


def verdict(browser):
    """Return the kind of verdict that is shown, and the answer's text in Chinese."""
    settle(browser, "document.querySelector('#answer .verdict, #answer .note')")
    kind = browser.value("(document.querySelector('#answer .verdict') || {className: 'none none'}).className")
    return kind.split()[1], browser.value("document.getElementById('answer').innerText")


def test_what_it_says_of_a_right_code(page):
    """Who, when, what, on what ground and the commitment are shown; the rights are there; nothing leaves the phone."""
    kind, said = typed(page, CODE.text)
    assert kind == "valid"
    for part in ("苏州某某 有限公司", "91320505MA1EXAMP07", "虎丘区市场监管局", "2026-12-03 上午", "2026-12-03 下午"):
        assert part in said
    for part in ("张三（320505001）", "李四", "食品｜检查（food）", "苏市监抽查〔2026〕1号", "ab" * 32, CODE.number):
        assert part in said
    assert "核对来人的执法证" in said
    body = page.value("document.body.innerText")
    assert RIGHT.words_zh in body and "12345" in body and NAME in body
    assert fits(page)
    assert outside(page) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everybody_can_use_it(page, lang):
    """axe-core finds nothing wrong with the page and its answers, in either language; nothing is too wide."""
    page.value(f"document.querySelector('[data-choose={lang}]').click()")
    for text in (CODE.text, CODE.text + "x"):
        typed(page, text)
        assert (violations(page), fits(page)) == ([], True)
    said = page.value("document.getElementById('answer').innerText")
    assert ("Forged" in said, "伪造" in said) == (lang == "en", lang == "zh")


def test_by_camera(tmp_path, monkeypatch):
    """A camera that sees the code: the page reads it, judges it and lets go of the camera."""
    film = tmp_path / "film.y4m"
    film.write_bytes(filmed(CODE.text))
    camera = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    monkeypatch.setattr(programs, "FLAGS", (*programs.FLAGS, *camera, f"--use-file-for-fake-video-capture={film}"))
    (tmp_path / "entry.html").write_bytes(entry_page(SITE, [KEY.public_key()]))
    with programs.Browser(programs.chromium()) as browser:
        set_day(browser, "2026-12-03T09:05:00")
        open_page(browser, tmp_path / "entry.html")
        browser.value("document.getElementById('camera').click()")
        assert verdict(browser)[0] == "valid"
        assert browser.value("document.getElementById('video').hidden") is True


@pytest.mark.parametrize(
    ("text", "unit", "kind", "says"),
    [
        (CODE.text.replace("张三", "王五"), "", "forged", "伪造或改动"),
        (CODE.text.replace(NAME[:16], "0" * 16), "", "unknown_key", "不是本机关签发"),
        (CODE.text, "91320505MA1EXAMP15", "other_unit", "不是给本单位的码"),
        (CODE.text, " 91320505ma1examp07 ", "valid", "有效"),
        ("谁家的二维码", "", "not_a_code", "不是入企码"),
    ],
)
def test_what_it_says_of_others(page, text, unit, kind, says):
    """Forged, of an unknown key, swapped, no code at all: in words, and what it claims is said to be unproved."""
    found, said = typed(page, text, unit)
    assert (found, says in said) == (kind, True)
    assert ("未经证实" in said) == (kind in ("forged", "unknown_key"))


def test_days_and_halves(browser, page):
    """The phone's own day decides; in the other half of the day it is right and the page says which half was meant."""
    morning = sign_entry(type(STATEMENT)(**{**vars(STATEMENT), "half_days": ["2026-12-03T1"]}), KEY).text
    afternoon = morning.replace("T1", "T2")
    assert "码上写的是" not in typed(page, morning)[1]
    late = sign_entry(type(STATEMENT)(**{**vars(STATEMENT), "half_days": ["2026-12-03T2"]}), KEY).text
    assert typed(page, late)[0] == "valid"
    assert "码上写的是下午" in typed(page, late)[1]
    page.value("document.querySelector('[data-choose=en]').click()")
    assert "The code says afternoon: look at the time." in typed(page, late)[1]
    assert typed(page, afternoon)[0] == "forged"
    for day, kind in (("2026-12-01", "late"), ("2026-12-09", "early")):
        other = sign_entry(type(STATEMENT)(**{**vars(STATEMENT), "half_days": [f"{day}T1"]}), KEY).text
        assert typed(page, other)[0] == kind


def test_a_rehearsal_is_marked(page):
    """A rehearsal's code says that it is of no effect."""
    code = sign_entry(type(STATEMENT)(**{**vars(STATEMENT), "rehearsal": True}), KEY)
    assert "演练的码" in typed(page, code.text)[1]


def test_a_photograph_of_the_printed_notice(page, codes, tmp_path):
    """The PDF's page as a picture: another program and the page itself read the same code, and it is right."""
    content, signed = codes
    day, visit, values = next(iter(visit_values(content, signed)))
    pictures = pages_of(pdf.write(FORMS["notice"], values), tmp_path)
    assert [text for one in pictures for text in codes_in(one)] == [signed[visit].text]
    shown = next(one for one in pictures if codes_in(one))
    page.choose("#photo", picture_of(pdf.write(FORMS["notice"], values), tmp_path, pictures.index(shown) + 1))
    kind, said = verdict(page)
    assert page.value("document.getElementById('code-text').value") == signed[visit].text
    assert kind == ("valid" if "2026-12-03" in day else "early")
    assert signed[visit].number in said


def test_the_largest_code_is_still_read(page, tmp_path):
    """A code of as many bytes as may be, on the narrow picture of the day's sheet: another program and the page."""
    room = MOST - len(type(STATEMENT)(**{**vars(STATEMENT), "unit": "a"}).text(NAME).encode()) + 1
    code = sign_entry(type(STATEMENT)(**{**vars(STATEMENT), "unit": "a" * room}), KEY)
    assert len(code.text.rpartition("\nS:")[0].encode()) == MOST
    values = {"轮次": "2026-12", "城市": "某市", "演练": "", "检查机关": "某局", "检查日期": "", "户数": "1"}
    visit = {**dict.fromkeys(VISIT, ""), "入企码": EntryPicture(code, width=NARROW)}
    source = pdf.write(FORMS["task-sheet"], {**values, "入企": [visit]})
    assert [text for one in pages_of(source, tmp_path, dpi=200) for text in codes_in(one)] == [code.text]
    page.choose("#photo", picture_of(source, tmp_path, 1, dpi=250))
    assert verdict(page)[0] == "valid"


def test_every_visit_of_the_day_sheet_has_its_code(codes, tmp_path):
    """The day's sheet carries the code of each of its visits, small and still readable."""
    content, signed = codes
    for _, values in day_values(content, visit_values(content, signed)):
        folder = tmp_path / values["检查日期"]
        folder.mkdir()
        found = [text for one in pages_of(pdf.write(FORMS["task-sheet"], values), folder) for text in codes_in(one)]
        assert sorted(found) == sorted(signed[visit["检查编号"]].text for visit in values["入企"])


def test_a_picture_without_a_code(page, tmp_path):
    """A photograph in which no code is seen is said to be one; a file that is no picture as well."""
    for name, content in (("a.png", CODE_FREE), ("b.png", b"no picture")):
        (tmp_path / name).write_bytes(content)
        page.value("document.getElementById('answer').replaceChildren()")
        page.choose("#photo", tmp_path / name)
        assert "没有认出二维码" in verdict(page)[1]


CODE_FREE = bytes.fromhex(  # forty by forty white points
    "89504e470d0a1a0a0000000d4948445200000028000000280800000000a995e7b10000001c49444154789c63f84f2460185538aa7054e1a8c2"
    "5185a30a495708002c963a1b7f87c0b50000000049454e44ae426082"
)


def test_check_in_file(page):
    """The check-in is a row of the register: unit, number, day, time and place; without a code the number is blank."""
    page.value(
        """(() => {
          window.saved = [];
          URL.createObjectURL = (blob) => (window.saved.push(blob), "blob:x");
          HTMLAnchorElement.prototype.click = function () { window.saved.push(this.download); };
        })()"""
    )
    save = "document.getElementById('place').value = '前台 \"东\"'; document.getElementById('register').click();"
    typed(page, CODE.text)
    page.value(save)
    typed(page, "no code", "91320505MA1EXAMP15")
    page.value(save)
    told = page.value("Promise.all(window.saved.map((one) => (one.text ? one.text() : one)))")
    head = '"统一社会信用代码","入企码编号","扫码日期","扫码时间","扫码地点"\r\n'
    rows = [f'"91320505MA1EXAMP07","{CODE.number}"', '"91320505MA1EXAMP15",""']
    for text, row in zip(told[::2], rows, strict=True):
        assert text.removeprefix("\ufeff") == f'{head}{row},"2026-12-03","09:05","前台 ""东"""\r\n'
    assert told[1] == "checkins-91320505MA1EXAMP07-2026-12-03-0905.csv"


def test_keys_are_put_in_afterwards():
    """Signing writes the keys into a page that is there: the same as made with them; none leaves an empty list."""
    key = KEY.public_key()
    empty = entry_page(SITE, [])
    assert b'id="entry-keys">[]<' in empty
    assert with_keys(empty, [key]) == entry_page(SITE, [key])
    assert with_keys(entry_page(SITE, [key]), []) == empty


def test_the_program_of_others_is_unchanged():
    """JsQR is the file of its package, to the byte, and the page holds it as it is."""
    folder = files("supervision.notice.site") / "vendor"
    source = (folder / "jsQR.js").read_bytes()
    told = (folder / "README.txt").read_text(encoding="utf-8")
    assert re.search(r"SHA-256 ([0-9a-f]{64})", told)[1] == hashlib.sha256(source).hexdigest()
    assert source in entry_page(SITE, [])
    assert Path(str(folder / "jsQR-LICENSE.txt")).read_text().lstrip().startswith("Apache License")
