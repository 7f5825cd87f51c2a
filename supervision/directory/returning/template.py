"""Templates (导入模板): a blank workbook per register, with pick-lists, notes and an example to delete."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from supervision.directory.checking.cells import SEPARATORS, labels
from supervision.directory.reading.headers import letters
from supervision.directory.register import Column, Register, register
from supervision.messages import say

CREATED = datetime(2020, 1, 1)
BANNER_ROW, HEADER_ROW, EXAMPLE_ROW = 0, 1, 2
LAST_ROW = 20_000
FORMATS = {"date": "yyyy-mm-dd", "integer": "0", "number": "General"}


def template(kind: str, lang: str) -> bytes:
    """Return a blank workbook of one register (导入模板) as xlsx bytes, in "zh" or "en"; the same bytes every time.

    Line 1 is an instruction, line 2 the header (required columns with *), line 3 an example; all of it may be imported
    again as it is and gives no rows. Choices stand on a second sheet and as pick-lists in the columns.
    """
    definition = register(kind)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": definition.title[lang == "en"], "created": CREATED})
        sheet = book.add_worksheet(definition.title[lang == "en"][:31])
        _banner(book, sheet, lang)
        sheet.freeze_panes(HEADER_ROW + 1, 1)
        for position, column in enumerate(definition.columns):
            _column(book, sheet, column, position, lang)
        _example(sheet, definition, lang)
        _choices(book, sheet, definition, lang)
    return stream.getvalue()


def _banner(book: Any, sheet: Any, lang: str) -> None:
    style = book.add_format({"italic": True, "font_color": "#7F3F00", "text_wrap": False})
    sheet.write_string(BANNER_ROW, 0, say("directory.template_banner", lang), style)


def _column(book: Any, sheet: Any, column: Column, position: int, lang: str) -> None:
    """Write one column's header and set its format (写一列的表头与格式); codes stay text, so no digit is lost."""
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#FCE4D6" if column.required else "#DDEBF7"})
    cell = book.add_format({"num_format": FORMATS.get(column.dtype, "@")})
    label = column.label(lang)
    sheet.set_column(position, position, max(12, min(40, 2 * len(label))), cell)
    sheet.write_string(HEADER_ROW, position, f"{label}*" if column.required else label, head)
    if hint := _hint(column, lang):
        sheet.write_comment(HEADER_ROW, position, hint, {"author": "", "x_scale": 2})


def _hint(column: Column, lang: str) -> str:
    """Return what a header's note says (列说明)."""
    english = lang == "en"
    lines = [say("directory.template_required", lang)] if column.required else []
    lines += [text for text in (column.note[english], column.form[english]) if text]
    if column.dtype in ("date", "list", "boolean"):
        lines.append(say(f"directory.template_{column.dtype}", lang))
    if column.dtype == "list" and column.choices:
        lines.append(", ".join(labels(column, lang).values()) if english else "、".join(labels(column, lang).values()))
    return "\n".join(dict.fromkeys(lines))


def _example(sheet: Any, definition: Register, lang: str) -> None:
    marker = say("directory.template_example", lang)
    for position, column in enumerate(definition.columns):
        text = _shown(column, definition.example.get(column.name, ""), lang)
        if position == 0:
            text = f"{marker}{text}"
        if text:
            sheet.write_string(EXAMPLE_ROW, position, text)


def _shown(column: Column, text: str, lang: str) -> str:
    """Return an example value as a reader of the language would write it (示例显示)."""
    if column.dtype == "boolean" and lang == "en":
        return {"是": "yes", "否": "no"}.get(text, text)
    if not column.choices:
        return text
    shown = labels(column, lang)
    parts = SEPARATORS.split(text) if column.dtype == "list" else [text]
    return ("，" if lang == "zh" else ", ").join(shown.get(part, part) for part in parts)


def _choices(book: Any, sheet: Any, definition: Register, lang: str) -> None:
    """Write the choices on their own sheet and offer them in the columns (可选值与下拉列表)."""
    title = say("directory.template_choices", lang)
    listed = book.add_worksheet(title)
    place = 0
    for position, column in enumerate(definition.columns):
        offered = list(labels(column, lang).values())
        if column.dtype == "boolean":
            offered = ["是", "否"] if lang == "zh" else ["yes", "no"]
        if not offered:
            continue
        listed.set_column(place, place, 24)
        listed.write_string(0, place, column.label(lang))
        listed.write_column(1, place, offered)
        if column.dtype != "list":
            letter = letters(place)
            lenient = column.open_choices or column.pattern is not None
            rule = {
                "validate": "list",
                "source": f"='{title}'!${letter}$2:${letter}${len(offered) + 1}",
                "error_type": "information" if lenient else "stop",
                "ignore_blank": True,
            }
            sheet.data_validation(EXAMPLE_ROW, position, LAST_ROW, position, rule)
        place += 1
    if not place:
        listed.hide()
