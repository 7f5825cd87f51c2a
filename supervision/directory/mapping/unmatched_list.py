"""The list of unmatched names (未匹配名单): a workbook for a person, who fills in ids and hands it back as `units`."""

from __future__ import annotations

import io

import xlsxwriter

from supervision.directory.mapping.applied import Applied
from supervision.directory.mapping.source import unit_key
from supervision.directory.mapping.unit_matches import MOST_CANDIDATES
from supervision.directory.reading.register_file import read_as
from supervision.directory.register import Column, Register
from supervision.directory.returning.template import CREATED
from supervision.directory.returning.text_marks import without_marks
from supervision.directory.table import place_of_line
from supervision.messages import Label, say
from supervision.spreadsheet_text import neutral
from supervision.tables import tuples

ID, NAME, ADDRESS = (
    Column(name="unit_id", zh="统一社会信用代码", en="Unit id", required=True),
    Column(name="name", zh="单位名称", en="Name", required=True),
    Column(name="address", zh="单位地址", en="Address"),
)
UNITS = Register(
    kind="units",
    title=Label("未匹配名单", "Unmatched names"),
    key=("name",),
    columns=(ID, NAME, ADDRESS),
    example={},
)
WIDTHS = (24, 36, 40, 8, 12, 44)


def unmatched(applied: Applied, lang: str) -> bytes | None:
    """Return the names that no unit was found for (未匹配名单) as xlsx bytes; None where every name has its unit.

    One row a name and address, most rows first: an empty cell for the id, the name, its rows, why it was not matched,
    and units that it may be. The file can be handed back as it is: rows without an id say nothing.
    """
    open_pairs = [pair for pair, match in applied.matches.items() if not match.unit_id]
    if not open_pairs:
        return None
    open_pairs.sort(key=lambda pair: (-applied.rows[pair], pair))
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": UNITS.title.text(lang), "created": CREATED})
        sheet = book.add_worksheet(UNITS.title.text(lang))
        text, head = (
            book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
            book.add_format({"bold": True, "bg_color": "#DDEBF7"}),
        )
        asked = book.add_format({"num_format": "@", "bg_color": "#FFF2CC"})
        fixed = [say(f"directory.unmatched_{name}", lang) for name in ("rows", "first", "why")]
        titles = [ID.title.text(lang), NAME.title.text(lang), ADDRESS.title.text(lang), *fixed]
        titles += [say("directory.unmatched_candidate", lang, number=n + 1) for n in range(MOST_CANDIDATES)]
        for at, title in enumerate(titles):
            sheet.set_column(at, at, WIDTHS[min(at, len(WIDTHS) - 1)], text)
            sheet.write_string(0, at, title, head)
        sheet.freeze_panes(1, 2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for row, pair in enumerate(open_pairs, start=1):
            match = applied.matches[pair]
            place = place_of_line(applied.first[pair], applied.table.sheets)
            why = say(f"directory.unit_{match.reason}", lang, name=pair[0])
            beside = [" ".join(filter(None, candidate)) for candidate in match.candidates]
            sheet.write_blank(row, 0, None, asked)
            cells: list[str] = [*pair, str(applied.rows[pair]), place, why, *beside]
            for at, cell in enumerate(cells, start=1):
                if cell:
                    sheet.write_string(row, at, neutral(cell), text)
    return stream.getvalue()


def read_units(name: str, data: bytes) -> dict[str, str]:
    """Return what a filled list says (读取填好的名单): name, or name and address → id.

    A workbook or CSV with the columns 统一社会信用代码 and 单位名称, perhaps 单位地址; rows without an id say nothing.
    Ids are checked with the rows that they are filled into. Raises DirectoryError for a file that cannot be read.
    """
    frame = without_marks(read_as(UNITS, name, data)).frame.reindex(
        columns=["unit_id", "name", "address"], fill_value=""
    )
    filled = frame[frame["unit_id"].fillna("").str.strip().ne("") & frame["name"].fillna("").str.strip().ne("")]
    rows = tuples(filled.fillna(""))
    return {unit_key(name.strip(), address.strip()): unit_id.strip() for unit_id, name, address in rows}
