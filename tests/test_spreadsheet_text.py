"""Texts in spreadsheets (表格软件中的文字): neutral where people open them, exact when they come back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.spreadsheet_text import exact, is_live, neutral, open_csv

LIVE = [
    "=HYPERLINK(0)",
    "+86 512",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\t苏州",
    "\r苏州",
    "\n苏州",
    " =1",
    "\u3000=1",
    "\u200b=1",
    "\ufeff=1",
    "＝1",
    "＋1",
    "－1",
    "＠a",
]
PLAIN = ["", "苏州=1", "a+b", "1-2", "x@y", "'苏州'", "''", " 苏州", "—", "2026-12-03", "·=1"]


@pytest.mark.parametrize("text", LIVE)
def test_what_begins_like_a_formula_gets_an_apostrophe(text):
    """Every beginning that a spreadsheet runs, full-width or after spaces, is marked; the mark comes off again."""
    assert is_live(text)
    assert neutral(text) == f"'{text}"
    assert exact(neutral(text)) == text


@pytest.mark.parametrize("text", PLAIN)
def test_other_texts_stay(text):
    """A sign further in, a dash of words, a day or a quoted name changes nothing."""
    assert not is_live(text)
    assert neutral(text) == text
    assert exact(text) == text


@given(st.text(alphabet="'=+-@\t\r\n ＝x苏", max_size=6))
def test_marked_texts_come_back_exactly(text):
    """Whatever was sent comes back, apostrophes of its own too, and nothing that is sent is live."""
    assert exact(neutral(text)) == text
    assert not is_live(neutral(text))


def test_csv_for_people():
    """Texts and headers are marked, numbers and blanks are not; a CSV reader gets the same number of cells."""
    data = open_csv(("name", "=head"), [("=1,2", -3), ("苏州", None)])
    assert data == b"name,'=head\n\"'=1,2\",-3\n" + "苏州,\n".encode()
    assert list(csv.reader(io.StringIO(data.decode()))) == [["name", "'=head"], ["'=1,2", "-3"], ["苏州", ""]]
