"""Results handed back (退回的检查结果): the rows that were not accepted, in the form in which they go in again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO

import xlsxwriter

from supervision.notice.formats.result_form import (
    CHOICES,
    CORRECTION_COLUMNS,
    FORM_COLUMNS,
    REASON,
    RESULTS,
    FormRow,
    write_choices,
    write_form,
)
from supervision.notice.formats.sheets import OPTIONS, cell_formats, title_of
from supervision.notice.public_content import Heading


def write(heading: Heading, file: str, rows: Sequence[FormRow], *, choices: Mapping[str, Sequence[str]]) -> bytes:
    """Return a workbook of rejected rows (生成退回工作簿): sheet, pick-lists and names as in an office's workbook.

    Each row has `reason`, all its reasons. A faulty cell is coloured, open, and has its reason as a comment; rows that
    would change what is on record have cells for why and who agreed. Corrected, the workbook can be recorded as it is.
    The same rows give the same bytes.
    """
    target = BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    title = title_of(heading, file, "退回的检查结果")
    book.set_properties({"created": datetime(2020, 1, 1), "title": title})
    book.set_size(2400, 1400)
    agreed = {name for name, _, _ in CORRECTION_COLUMNS}
    changes = CORRECTION_COLUMNS if any(agreed & row.open for row in rows) else ()
    write_form(
        book.add_worksheet(RESULTS),
        title,
        (*FORM_COLUMNS, *changes, REASON),
        rows,
        choices=choices,
        formats=cell_formats(book),
        rehearsal=heading.rehearsal,
    )
    write_choices(book.add_worksheet(CHOICES), choices)
    book.close()
    return target.getvalue()
