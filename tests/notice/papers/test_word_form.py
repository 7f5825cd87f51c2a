"""How a shipped Word template is laid out (Word 版式), read by python-docx."""

from __future__ import annotations

import io

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from supervision.notice.papers.form import shipped_forms
from supervision.notice.papers.word_form import word_form

FORMS = {form.name: form for form in shipped_forms()}
CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def opened(name: str) -> docx.document.Document:
    """Open a template."""
    return docx.Document(io.BytesIO(word_form(FORMS[name])))


@pytest.mark.parametrize("name", list(FORMS))
def test_pages_are_a4_and_tables_fit_between_the_margins(name: str) -> None:
    """A4, upright or across; tables are as wide as the text, but for what twelve equal columns leave over."""
    made = opened(name)
    section = made.sections[0]
    sides = (round(section.page_width.mm), round(section.page_height.mm))
    assert (sides, section.orientation) == (
        ((297, 210), WD_ORIENT.LANDSCAPE) if FORMS[name].wide else ((210, 297), WD_ORIENT.PORTRAIT)
    )
    text = section.page_width - section.left_margin - section.right_margin
    for table in made.tables:
        assert 0 <= text - sum(column.width for column in table.columns) < Mm(1)


def test_titles_are_centred_and_numbers_stand_on_the_right() -> None:
    """The mark and the title in the middle, the number on the right; sentences begin two characters in."""
    lines = [paragraph for paragraph in opened("notice").paragraphs if paragraph.text.strip()]
    assert [(line.text[:8], line.alignment) for line in lines[1:5]] == [
        ("{{ 演练 }}", CENTER),
        ("{%p endi", None),
        ("行政检查通知书", CENTER),
        ("编号：{{ 任务", RIGHT),
    ]
    indented = {line.text[:2]: bool(line.paragraph_format.first_line_indent) for line in lines[5:]}
    assert (indented["{{"], indented["根据"], indented["你单"]) == (False, True, True)


def test_rows_leave_room_to_write_and_headers_come_again() -> None:
    """A list's header stands on every page, a row is never cut by a page's end, and findings have room."""
    listed = opened("record").tables[1]
    header, start, row, end = listed.rows
    assert [len(one._tr.trPr.xpath("w:tblHeader")) for one in listed.rows] == [1, 0, 0, 0]
    assert all(one._tr.trPr.xpath("w:cantSplit") for one in listed.rows)
    assert (row.height_rule, round(row.height.mm)) == (WD_ROW_HEIGHT_RULE.AT_LEAST, 22)
    assert (start.cells[0].text, end.cells[0].text) == ("{%tr for 项 in 事项 %}", "{%tr endfor %}")
    assert header.height is None
    assert [bool(cell._tc.tcPr.xpath("w:shd")) for cell in (header.cells[0], row.cells[0])] == [True, False]


def test_the_code_stays_with_its_heading() -> None:
    """The heading of the entry code keeps with the row of the code; other tables may go over a page's end."""
    *others, code = opened("notice").tables
    kept = [[len(row._tr.xpath(".//w:keepNext")) for row in table.rows] for table in (code, *others)]
    assert (kept[0], {mark for table in kept[1:] for mark in table}) == ([1, 0], {0})
