"""The record form on a phone: narrow, offline, filled, killed, opened again, saved; what `record` reads of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Browser, chromium
from builders import LISTS
from notice.entry.test_code import KEY
from notice.papers.test_forms import month_of
from phones import HEIGHT, WIDTH, fits, kill_tab, open_page, outside, violations

from supervision.canonical import canonical_json
from supervision.notice.entry.office_codes import office_codes
from supervision.notice.formats import phone_form
from supervision.notice.public_content import Heading
from supervision.results.phone_reader import read_phone_results

REHEARSAL = Heading(city="苏州市", round="2026-12", rehearsal=True, stage="matched")
AGREEING = {"E 已改正": ["不合格"]}
BOX = "(({x, y, width, height}) => [x, y, width, height])"
HASHED = """new Promise((done) => {
  const look = () => (document.querySelector(".photos li") ? done() : setTimeout(look, 5));
  look();
})"""
SAVING = """(() => {
  window.saved = [];
  URL.createObjectURL = (blob) => (window.saved.push(blob), "blob:x");
  HTMLAnchorElement.prototype.click = function () { window.saved.push(this.download); };
})()"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for all tests of this file."""
    with Browser(chromium()) as one:
        yield one


@pytest.fixture
def forms(sample, tmp_path) -> dict[str, Path]:
    """The forms of one office's month, by day, as files."""
    content = month_of(sample)
    codes = office_codes(content, commitment="cd" * 32, certificates={}, key=KEY)
    found = {}
    for day, page in phone_form.write(content, codes, agreeing=AGREEING):
        found[day] = tmp_path / f"{day}-form.html"
        found[day].write_bytes(page)
    return found


@pytest.fixture
def phone(browser):
    """A phone that keeps nothing of earlier tests and notes what is saved."""
    yield browser
    browser.value("localStorage.clear()")


def form_of(page: Path) -> dict[str, object]:
    """Return what a page's form holds."""
    text = page.read_text(encoding="utf-8").partition('id="form">')[2].partition("</script>")[0]
    return json.loads(text)


def choose(browser, selector, value, event="change"):
    """Enter a value in a field of the first visit."""
    browser.value(
        f"""(() => {{
          const field = document.querySelector({selector!r});
          field.value = {value!r};
          field.dispatchEvent(new Event({event!r}, {{bubbles: true}}));
        }})()"""
    )


def draw(browser, selector):
    """Sign with the pointer: a stroke over the canvas."""
    browser.value(f"document.querySelector({selector!r}).scrollIntoView({{block: 'center'}})")
    box = browser.value(f"{BOX}(document.querySelector({selector!r}).getBoundingClientRect())")
    x, y, width, height = box
    points = [(x + width * part, y + height * (0.3 + 0.4 * (part > 0.5))) for part in (0.2, 0.4, 0.6, 0.8)]
    kinds = ["mousePressed", "mouseMoved", "mouseMoved", "mouseReleased"]
    for kind, (left, top) in zip(kinds, points, strict=True):
        browser.call("Input.dispatchMouseEvent", type=kind, x=left, y=top, button="left", buttons=1, clickCount=1)


def saved(browser) -> tuple[str, bytes]:
    """Press the button; return the name and the bytes of the file."""
    browser.value(f"{SAVING}; document.getElementById('save').click()")
    text = browser.value("window.saved.length ? window.saved[0].text() : ''")
    return (browser.value("window.saved[1]") or ""), text.encode()


def fill(browser, tmp_path):
    """Fill the first visit of a form: its first item, a photograph, a signature, the reviewer."""
    browser.value("document.querySelector('.visit').open = true")
    choose(browser, ".visit .result", "E 已改正")
    choose(browser, ".visit .item-result", "不合格")
    choose(browser, ".visit .item textarea", "冷柜温度高", "input")
    choose(browser, ".visit .reviewer", " 钱审核 ", "input")
    browser.value("document.querySelector('.visit .item .tick input').click()")
    photo = tmp_path / "IMG_1.jpg"
    photo.write_bytes(b"\xff\xd8photograph" * 1000)
    browser.choose(".visit input[type=file]", photo)
    browser.value(HASHED)
    draw(browser, ".visit .sign-unit")
    return photo


def test_a_form_a_day(forms, sample):
    """Every day has its form, its visits in calendar order with points, people and code; the name of none ends it."""
    content = month_of(sample)
    assert sorted(forms) == sorted(set(content.visits["date"]))
    for day, page in forms.items():
        told = form_of(page)
        own = content.visits[content.visits["date"] == day]
        assert [visit["visit_id"] for visit in told["visits"]] == own["visit_id"].tolist()
        assert (told["round"], told["office"], told["day"], told["rehearsal"]) == ("2026-12", "market-01", day, "no")
        assert all(visit["code"] and visit["items"] for visit in told["visits"])
        rest = {key: value for key, value in told.items() if key != "form"}
        assert told["form"] == hashlib.sha256(canonical_json(rest)).hexdigest()
    codes = office_codes(content, commitment="cd" * 32, certificates={}, key=KEY)
    again = dict(phone_form.write(content, codes, agreeing=AGREEING))
    assert again == {day: page.read_bytes() for day, page in forms.items()}


def test_a_rehearsal_and_no_codes(sample):
    """A rehearsal's form is marked and names the rehearsal's round; without codes the number is blank."""
    pages = phone_form.write(month_of(sample, heading=REHEARSAL), {}, agreeing=AGREEING)
    page = next(page for _, page in pages).decode()
    assert "演练：不产生任何效力" in page
    told = json.loads(page.partition('id="form">')[2].partition("</script>")[0])
    assert (told["round"], told["rehearsal"], told["visits"][0]["code"]) == ("2026-12.rehearsal", "yes", "")


def test_filled_killed_and_saved(phone, forms, tmp_path):
    """What is entered is there after the tab was killed; the saved file is read as rows, its digests are right."""
    day, page = next(iter(sorted(forms.items())))
    open_page(phone, page)
    assert fits(phone)
    photo = fill(phone, tmp_path)
    digest = hashlib.sha256(photo.read_bytes()).hexdigest()
    shown = phone.value("document.querySelector('.visit').innerText")
    assert "已填 1 /" in shown
    kill_tab(phone)
    open_page(phone, page)
    assert phone.value("document.querySelector('.visit .result').value") == "E 已改正"
    assert phone.value("document.querySelector('.visit .item-result').value") == "不合格"
    assert phone.value("document.querySelector('.visit .reviewer').value") == " 钱审核 "
    assert phone.value("document.querySelector('.photos code').textContent") == digest
    name, source = saved(phone)
    assert name == f"results-market-01-{day}.json"
    told = json.loads(source)
    assert source == canonical_json(told)
    rest = {key: value for key, value in told.items() if key != "digest"}
    assert told["digest"] == hashlib.sha256(canonical_json(rest)).hexdigest()
    form = form_of(page)
    (visit,) = told["visits"]
    (found,) = visit["photos"]
    assert found == {
        "name": "IMG_1.jpg",
        "sha256": digest,
        "size": photo.stat().st_size,
    }
    signature = visit["signatures"]["unit"]
    assert signature["png"].startswith("data:image/png;base64,")
    assert signature["sha256"] == hashlib.sha256(signature["png"].encode()).hexdigest()
    assert (visit["signatures"]["inspectors"], visit["code"]) == (None, form["visits"][0]["code"])
    read = read_phone_results(name, source, codes=LISTS.named("result"))
    (row,) = read.frame.to_dict("records")
    first = form["visits"][0]
    named = (row["visit_id"], row["unit_id"], row["item_id"])
    assert named == (
        first["visit_id"],
        first["unit_id"],
        first["items"][0]["item_id"],
    )
    assert (row["round"], row["agency"], row["inspected_on"], row["reviewer"]) == ("2026-12", "market", day, "钱审核")
    assert row["inspectors"] == " ".join(one["id"] for one in first["inspectors"])
    assert row["method"] == form["choices"]["method"][0]
    assert (row["note"], row["item_result"]) == ("冷柜温度高", "不合格")
    assert outside(phone) == []


def test_everybody_can_use_it(phone, forms):
    """axe-core finds nothing wrong with the form, an opened visit and its signature fields."""
    open_page(phone, forms[min(forms)])
    phone.value("document.querySelector('.visit').open = true")
    assert violations(phone) == []


def test_what_is_lacking(phone, forms, tmp_path):
    """Until reviewer, two inspectors and a signature or its refusal are there the visit says what it lacks."""
    open_page(phone, forms[min(forms)])
    lacking = "document.querySelector('.visit .lacking').textContent"
    assert phone.value(lacking) == ""
    choose(phone, ".visit .result", "E 已改正")
    said = phone.value(lacking)
    assert "审核人" in said and "签名" in said and "单项结果" in said
    choose(phone, ".visit .item-result", "不合格")
    assert "单项结果" not in phone.value(lacking)
    choose(phone, ".visit .reviewer", "钱审核", "input")
    assert "审核人" not in phone.value(lacking)
    phone.value("document.querySelector('.visit').open = true")
    draw(phone, ".visit .sign-unit")
    assert "签名" not in phone.value(lacking)
    phone.value("document.querySelector('.visit .block .quiet:last-child').click()")
    assert "签名" in phone.value(lacking)


def test_only_item_results_that_go_with_the_result(phone, forms):
    """All are offered until a result is chosen, then those that go with it; one that no longer does is blank again."""
    page = forms[min(forms)]
    open_page(phone, page)
    offered = "[...document.querySelector('.visit .item-result').options].map((one) => one.value)"
    value = "document.querySelector('.visit .item-result').value"
    assert phone.value(offered) == ["", *form_of(page)["choices"]["item_result"]] == ["", "合格", "不合格"]
    choose(phone, ".visit .item-result", "合格")
    choose(phone, ".visit .result", "E 已改正")
    assert (phone.value(offered), phone.value(value)) == (["", "不合格"], "")
    choose(phone, ".visit .item-result", "不合格")
    choose(phone, ".visit .result", "")
    assert (len(phone.value(offered)), phone.value(value)) == (3, "不合格")
    choose(phone, ".visit .result", "E 已改正")
    assert json.loads(saved(phone)[1])["rows"][0]["item_result"] == "不合格"


def test_nothing_is_saved_of_nothing(phone, forms):
    """Without a result there is no file; clearing asks first and forgets what was kept."""
    open_page(phone, forms[min(forms)])
    assert saved(phone) == ("", b"")
    assert "没有可保存的" in phone.value("document.getElementById('saved').textContent")
    choose(phone, ".visit .result", "E 已改正")
    phone.value("window.confirm = () => false; document.getElementById('clear').click()")
    assert phone.value("document.querySelector('.visit .result').value") == "E 已改正"
    phone.value("window.confirm = () => true; document.getElementById('clear').click()")
    assert phone.value("document.querySelector('.visit .result').value") == ""


def test_a_phone_that_keeps_nothing(phone, forms):
    """Where the browser refuses to store, or has no room, the page says so in red, and the file can be saved."""
    open_page(phone, forms[min(forms)])
    for error, says in (("QuotaExceededError", "存储已满"), ("SecurityError", "不保存数据")):
        phone.value(f"Storage.prototype.setItem = () => {{ throw new DOMException('x', {error!r}); }}")
        choose(phone, ".visit .result", "E 已改正")
        assert says in phone.value("document.getElementById('kept').textContent")
        assert phone.value("document.getElementById('kept').classList.contains('alarm')")
    assert len(json.loads(saved(phone)[1])["rows"]) == 1
    assert (WIDTH, HEIGHT) == (390, 844)
