"""Templates (导入模板): a blank workbook per register, with pick-lists, notes and an example to delete."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from supervision.directory.checking.cells import EVERYTHING, SEPARATORS
from supervision.directory.reading.headers import letters
from supervision.directory.register import Column, Register, register
from supervision.law.code_lists import CodeLists
from supervision.messages import LISTED, say

CREATED = datetime(2020, 1, 1)
BANNER_ROW, HEADER_ROW, EXAMPLE_ROW = 0, 1, 2
LAST_ROW = 20_000
FORMATS = {"date": "yyyy-mm-dd", "integer": "0", "number": "General"}


def template(kind: str, lang: str, lists: CodeLists) -> bytes:
    """Return a blank workbook of one register (导入模板) as xlsx bytes, in "zh" or "en"; the same bytes every time.

    Line 1 is an instruction, line 2 the header (required columns with *), line 3 an example; all of it may be imported
    again as it is and gives no rows. The codes of `lists` stand on a second sheet and as pick-lists in the columns.
    """
    definition = register(kind)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": definition.title.text(lang), "created": CREATED})
        sheet = book.add_worksheet(definition.title.text(lang)[:31])
        _banner(book, sheet, lang)
        sheet.freeze_panes(HEADER_ROW + 1, 1)
        for position, column in enumerate(definition.columns):
            _column(book, sheet, column, position, lang=lang, lists=lists)
        _example(sheet, definition, lang, lists)
        _choices(book, sheet, definition, lang, lists)
    return stream.getvalue()


def _banner(book: Any, sheet: Any, lang: str) -> None:
    style = book.add_format({"italic": True, "font_color": "#7F3F00", "text_wrap": False})
    sheet.write_string(BANNER_ROW, 0, say("directory.template_banner", lang), style)


def _column(book: Any, sheet: Any, column: Column, position: int, *, lang: str, lists: CodeLists) -> None:
    """Write one column's header and set its format (写一列的表头与格式); codes stay text, so no digit is lost."""
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#FCE4D6" if column.required else "#DDEBF7"})
    cell = book.add_format({"num_format": FORMATS.get(column.dtype, "@")})
    label = column.title.text(lang)
    sheet.set_column(position, position, max(12, min(40, 2 * len(label))), cell)
    sheet.write_string(HEADER_ROW, position, f"{label}*" if column.required else label, head)
    if hint := _hint(column, lang, lists):
        sheet.write_comment(HEADER_ROW, position, hint, {"author": "", "x_scale": 2})


def _hint(column: Column, lang: str, lists: CodeLists) -> str:
    """Return what a header's note says (列说明)."""
    lines = [say("directory.template_required", lang)] if column.required else []
    lines += [text for text in (column.note.text(lang), column.form.text(lang)) if text]
    if column.dtype in ("date", "list", "boolean"):
        lines.append(say(f"directory.template_{column.dtype}", lang))
    if column.dtype == "list":
        lines.append(LISTED[lang].join(_labels(column, lang, lists).values()))
    return "\n".join(filter(None, dict.fromkeys(lines)))


def _labels(column: Column, lang: str, lists: CodeLists) -> dict[str, str]:
    """Return code → label of what may be written in a column (可填代码的名称)."""
    if column.code_list is None:
        return {}
    every = {EVERYTHING[0]: EVERYTHING[0]} if column.everything else {}
    codes = lists.named(column.code_list).codes
    return every | {code: row.label.text(lang) for code, row in codes.items()}


def _example(sheet: Any, definition: Register, lang: str, lists: CodeLists) -> None:
    marker = say("directory.template_example", lang)
    for position, column in enumerate(definition.columns):
        text = _shown(column, definition.example.get(column.name, ""), lang, lists)
        if position == 0:
            text = f"{marker}{text}"
        if text:
            sheet.write_string(EXAMPLE_ROW, position, text)


def _shown(column: Column, text: str, lang: str, lists: CodeLists) -> str:
    """Return an example value as a reader of the language would write it (示例显示).

    A city's own list may not have the example's code: then its first code stands there.
    """
    if column.dtype == "boolean" and lang == "en":
        return {"是": "yes", "否": "no"}.get(text, text)
    shown = _labels(column, lang, lists)
    if not shown:
        return text
    parts = SEPARATORS.split(text) if column.dtype == "list" else [text]
    return ("，" if lang == "zh" else ", ").join(shown.get(part, next(iter(shown.values()))) for part in parts if part)


def _choices(book: Any, sheet: Any, definition: Register, lang: str, lists: CodeLists) -> None:
    """Write the choices on their own sheet and offer them in the columns (可选值与下拉列表)."""
    title = say("directory.template_choices", lang)
    listed = book.add_worksheet(title)
    place = 0
    for position, column in enumerate(definition.columns):
        offered = list(_labels(column, lang, lists).values())
        if column.dtype == "boolean":
            offered = ["是", "否"] if lang == "zh" else ["yes", "no"]
        if not offered:
            continue
        listed.set_column(place, place, 24)
        listed.write_string(0, place, column.title.text(lang))
        listed.write_column(1, place, offered)
        if column.dtype != "list":
            letter = letters(place)
            rule = {
                "validate": "list",
                "source": f"='{title}'!${letter}$2:${letter}${len(offered) + 1}",
                "error_type": "information" if column.open_codes else "stop",
                "ignore_blank": True,
            }
            sheet.data_validation(EXAMPLE_ROW, position, LAST_ROW, position, rule)
        place += 1
    if not place:
        listed.hide()
