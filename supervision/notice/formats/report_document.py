"""Word file of the oversight report (督查考核报告 Word 文件): key figures, bars, then every table, on A4 across."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from supervision.messages import say
from supervision.notice.archive import EPOCH
from supervision.notice.papers.archive import zipped
from supervision.notice.report_content import SHARE, TEXT, Content, Share, Table, cells, words
from supervision.notice.site.report_page import SHOWN

FONT, LATIN = "宋体", "Times New Roman"
BAR, BLOCKS = "█", 30
ROOMY = 8
DEEP = RGBColor(0x2F, 0x6E, 0xA5)
WIDE = Cm(26.3)


def write(content: Content, title: str) -> bytes:
    """Return the Word file (生成 Word 报告); the same content gives the same bytes."""
    document = Document()
    _page(document)
    mark = "【演练 REHEARSAL】" if content.rehearsal else ""
    heading = document.add_heading(f"{mark}{title}", 0)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(
        f"内部资料，含信用风险类别，不得公开。轮次：{'、'.join(content.rounds)}；截至 {content.on}。"
    )
    document.add_heading("一分钟", 1)
    _key(document, content)
    for table in content.tables:
        document.add_heading(say(f"notice.report.table.{table.name}"), 1)
        document.add_paragraph(say(f"notice.report.about.{table.name}"))
        if table.charted:
            _bars(document, table)
        if table.rows:
            _table(document, table)
        else:
            document.add_paragraph(say("notice.report.no_data"))
    made = date.fromisoformat(content.on)
    about = document.core_properties
    about.title, about.author, about.comments = title, content.city, ""
    about.created = about.modified = datetime(made.year, made.month, made.day)
    target = BytesIO()
    document.save(target)
    return _still(target.getvalue())


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.7)
    section.top_margin = section.bottom_margin = Cm(1.6)
    for name, size in (("Normal", 10.5), ("Title", 20), ("Heading 1", 14)):
        style = document.styles[name]
        style.font.name, style.font.size = LATIN, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]  # a theme's font would go before the one that is named
        for place in ("w:ascii", "w:hAnsi"):
            fonts.set(qn(place), LATIN)
        fonts.set(qn("w:eastAsia"), FONT)


def _key(document: Any, content: Content) -> None:
    rows = []
    for name, cell in content.key.items():
        text = words(cell)
        counts = f"{cell.number:,} / {cell.of:,}" if isinstance(cell, Share) and cell.of else ""
        interval = cell.interval if isinstance(cell, Share) else ""
        value = say("notice.report.no_data") if text == "–" else text.partition("（")[0]
        rows.append([say(f"notice.report.key.{name}"), value, counts, interval])
    _grid(document, ["指标", "数字", "件数 / 总数", "95 % 区间（%）"], rows, [Cm(9), Cm(5), Cm(6), Cm(6.3)], left={0})


def _bars(document: Any, table: Table) -> None:
    """The chart as bars of text: they print on every machine and are read by a screen reader beside their figures."""
    pairs = table.charted[:SHOWN]
    most = max(share.value or 0.0 for _, share in pairs) or 1.0
    grid = document.add_table(rows=0, cols=3)
    for label, share in pairs:
        row = grid.add_row().cells
        length = round(BLOCKS * (share.value or 0.0) / most)
        for cell, text, width in zip(row, (label, BAR * length, _told(share)), (Cm(7), Cm(10), Cm(9.3)), strict=True):
            cell.width = width
            run = _text(cell, text, 9)
            if text.startswith(BAR):
                run.font.color.rgb = DEEP
    document.add_paragraph(f"▲ {say(f'notice.report.column.{table.chart}')}").runs[0].font.size = Pt(9)


def _told(share: Share) -> str:
    return f"{words(share)}　{share.number:,} / {share.of:,}"


def _table(document: Any, table: Table) -> None:
    heads = [say(f"notice.report.column.{column.name}") for column in table.columns]
    weights = [4.0 if not place else 2.4 if column.kind in (SHARE, TEXT) else 1.5
               for place, column in enumerate(table.columns)]  # fmt: skip
    widths = [int(WIDE * weight / sum(weights)) for weight in weights]
    left = {place for place, column in enumerate(table.columns) if column.kind == TEXT}
    # where many columns stand side by side, limits would break every line in three: page and workbook have them
    rows = [[text.partition("（")[0] if column.kind == SHARE and len(heads) > ROOMY else text
             for text, column in zip(row, table.columns, strict=True)] for row in cells(table)]  # fmt: skip
    _grid(document, heads, rows, widths, left=left)


def _grid(document: Any, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int],
          *, left: set[int]) -> None:  # fmt: skip
    grid = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    for place, head in enumerate(heads):
        cell = grid.rows[0].cells[place]
        _text(cell, head, 9).bold = True
        # the library has no word of its own for shade and for a header that repeats on every page
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "DCE6F1")
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(repeat)  # noqa: SLF001
    for row in rows:
        filled = grid.add_row().cells
        for place, text in enumerate(row):
            _text(filled[place], text, 9)
            if place not in left:
                filled[place].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for line in grid.rows:
        for cell, width in zip(line.cells, widths, strict=True):
            cell.width = width
    document.add_paragraph()


def _text(cell: Any, text: str, size: float) -> Any:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    return run


def _still(made: bytes) -> bytes:
    """The same file with its parts dated alike: the clock of the day it was made does not stand in it."""
    with zipfile.ZipFile(BytesIO(made)) as source:
        return zipped({entry.filename: source.read(entry) for entry in source.infolist()}, at=EPOCH)
