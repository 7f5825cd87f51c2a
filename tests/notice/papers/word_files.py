"""Word files for tests: made by python-docx, as an office would write them, and read again."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.table import _Cell


def written(*paragraphs: str, table: tuple[str, ...] = (), header: str = "") -> bytes:
    """Return a .docx with these paragraphs, a table of one column, and a header."""
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if table:
        grid = made.add_table(len(table), 1)
        for row, text in zip(grid.rows, table, strict=True):
            row.cells[0].text = text
    if header:
        made.sections[0].header.paragraphs[0].text = header
    return saved(made)


def saved(made: object) -> bytes:
    """Return the bytes of a document."""
    target = io.BytesIO()
    made.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


def texts(source: bytes) -> list[str]:
    """Return all texts of a .docx that are not blank: paragraphs, then cells of tables, row by row."""
    made = docx.Document(io.BytesIO(source))
    cells = [_Cell(one, table).text for table in made.tables for row in table.rows for one in row._tr.tc_lst]
    header = [paragraph.text for paragraph in made.sections[0].header.paragraphs]
    return [text for text in (*header, *(paragraph.text for paragraph in made.paragraphs), *cells) if text.strip()]


def rezipped(source: bytes, part: str, content: bytes) -> bytes:
    """Return a .docx with one part replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return target.getvalue()
