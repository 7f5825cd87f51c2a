"""Ods workbooks: the same rules as for xlsx, on another way of writing the same things."""

import io
import tracemalloc
import zipfile

import pytest

from supervision.directory.reading.register_file import read_table
from supervision.errors import DirectoryError


def ods(rows: str, *, styles: str = "", second: str = "") -> bytes:
    """Return an ods file of one sheet, or two."""
    spaces = ("office", "table", "text", "style")
    names = " ".join(f'xmlns:{space}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"' for space in spaces)
    sheets = f'<table:table table:name="甲">{rows}</table:table>{second}'
    body = f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
    content = f"<office:document-content {names}>{styles}{body}</office:document-content>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<x/>")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def row(*texts: str, mark: str = "") -> str:
    """Return a row of an ods sheet."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts
    )
    return f"<table:table-row{mark}>{cells}</table:table-row>"


HEAD = row("统一社会信用代码", "企业名称", "行政区划代码", "成立日期", "备注")


def cell(text: str, kind: str = "string", more: str = "") -> str:
    """Return a cell that shows a text."""
    return f'<table:table-cell office:value-type="{kind}" {more}><text:p>{text}</text:p></table:table-cell>'


def unit(number: int, *cells: str, mark: str = "") -> str:
    """Return a unit's row; further cells follow its region."""
    return row(f"u{number}", f"{number}店", "320505", mark=mark).replace(
        "</table:table-row>", "".join(cells) + "</table:table-row>"
    )


def read(data: bytes):
    """Return an ods workbook as a table."""
    return read_table("entities", "e.ods", data)


def test_ods(made):
    """An ods file is read sheet by sheet like any other workbook."""
    second = f'<table:table table:name="乙">{row("名录")}{HEAD}{row("u2", "乙店", "320506")}</table:table>'
    table = read_table("entities", "e.ods", ods(f"{HEAD}{row('u1', '甲店', '320505')}", second=second))
    assert [cells["name"] for cells in made.rows_of(table)] == ["甲店", "乙店"]
    assert table.sheets == ("甲", "乙")
    assert (table.line % 10_000_000).tolist() == [2, 3]


DAYS = {
    cell("15-3-9", "date", 'office:date-value="2015-03-09"'): "2015-03-09",
    cell("x", "date", 'office:date-value="2015-03-09T00:00:00"'): "2015-03-09",
    cell("x", "date", 'office:date-value="2015-03-09T23:59:17.5"'): "2015-03-09 23:59:17",
    cell("42,072.00", "float", 'office:value="42072"'): "42072",
    cell("2015年"): "2015年",
    cell("", "string", 'office:string-value="2016"'): "2016",
    cell("TRUE", "boolean", 'office:boolean-value="true"'): "TRUE",
    cell("#N/A", "string", 'calcext:value-type="error"'): "#N/A",
    cell("Err:502", "string", 'calcext:value-type="error"'): "#VALUE!",
    cell("5%", "percentage", 'office:value="0.05"'): "0.05",
    "<table:table-cell/>": None,
}


@pytest.mark.parametrize(("xml", "text"), DAYS.items())
def test_values(column_of, xml, text):
    """A cell's value counts, not what it shows, and a failed formula says so."""
    assert column_of(read(ods(HEAD + unit(1, xml))), "established") == [text]


def test_texts(column_of):
    """Paragraphs, spans, spaces and tabs make one text; a comment on a cell is none of it."""
    comment = "<office:annotation><text:p>批注</text:p></office:annotation>"
    text = "<text:p>甲<text:span>乙</text:span><text:s/>丙</text:p><text:p>丁<text:tab/>戊<text:line-break/>己</text:p>"
    xml = f'<table:table-cell/><table:table-cell office:value-type="string">{comment}{text}</table:table-cell>'
    assert column_of(read(ods(HEAD + unit(1, xml))), "note") == ["甲乙 丙\n丁\t戊\n己"]


def test_hidden_sheets_rows_and_columns(made, column_of):
    """What is hidden is said: sheets are left out, rows and columns are imported."""
    styles = (
        '<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style>'
        '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    )
    second = f'<table:table table:name="乙" table:style-name="ta2">{HEAD}{unit(2)}</table:table>'
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    rows = HEAD + unit(1, mark=' table:visibility="filter"') + unit(3) + unit(4, mark=' table:visibility="collapse"')
    table = read(ods(columns + rows, styles=styles, second=second))
    assert column_of(table, "unit_id") == ["u1", "u3", "u4"]
    assert made.codes_of(table) == ["note_hidden_sheets", "note_hidden_columns", "note_hidden_rows"]
    assert "行政区划代码" in str(table.notes[1]) and "第 2、4 行" in str(table.notes[2])


def test_merged_cells(made, column_of):
    """Merged cells are filled down as in other workbooks."""
    covered = "<table:table-cell/><table:covered-table-cell/>"
    merged = "<table:table-cell/>" + cell("注", more='table:number-rows-spanned="3" table:number-columns-spanned="1"')
    table = read(ods(HEAD + unit(1, merged) + unit(2, covered) + unit(3, covered) + unit(4)))
    assert column_of(table, "note") == ["注", "注", "注", None]
    assert made.codes_of(table) == ["note_merged"]


def test_repeated_rows_and_cells(made, column_of):
    """A row or a cell written once for several stands for each of them; blank ones cost nothing."""
    blank = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    twice = cell("320505", more='table:number-columns-repeated="2"')
    head = row("统一社会信用代码", "企业名称", "行政区划代码", "备注")
    pair = row("u1", "甲").replace("</table:table-row>", twice + "</table:table-row>")
    table = read(ods(head + pair + unit(2, mark=' table:number-rows-repeated="3"') + blank))
    assert column_of(table, "unit_id") == ["u1", "u2", "u2", "u2"]
    assert column_of(table, "note") == ["320505", None, None, None]
    assert table.line.tolist() == [2, 3, 4, 5]


def test_a_stray_cell_costs_a_cell():
    """A space in the last cell of the sheet costs no memory for the cells between."""
    far = '<table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row>'
    stray = f'<table:table-row><table:table-cell table:number-columns-repeated="16383"/>{cell(" ")}</table:table-row>'
    data = ods(HEAD + unit(1) + far + stray)
    read(data)
    tracemalloc.start()
    table = read(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (table.line.tolist(), peak < 8_000_000) == ([2], True)


def test_formulas_without_results(made):
    """A formula without its result hands the row back; one whose result is an empty text does not."""
    empty = '<table:table-cell table:formula="of:=A1"/>'
    text = '<table:table-cell table:formula="of:=A1" office:value-type="string"/>'
    table = read(ods(HEAD + unit(1, empty) + unit(2, text) + unit(3)))
    assert made.rejected_of(table) == [(2, "established", "directory.unsaved_formula")]


def test_days_of_1904(made, column_of):
    """Numbers typed as days in a workbook that counts from 1904 are brought to the usual system."""
    settings = '<table:calculation-settings><table:null-date table:date-value="{}"/></table:calculation-settings>'
    number = cell("42969", "float", 'office:value="42969"')
    for first, text in (("1904-01-01", "44431"), ("1899-12-30", "42969")):
        table = read(ods(settings.format(first) + HEAD + unit(1, number)))
        assert column_of(table, "established") == [text]


def test_locked_and_damaged_files():
    """A file with a password is said to have one, a damaged one to be damaged."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ods(HEAD))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<manifest:encryption-data/>" if name.startswith("META") else old.read(name))
    with pytest.raises(DirectoryError, match="密码"):
        read(stream.getvalue())
    with pytest.raises(DirectoryError) as caught:
        read(ods("<table:table-row>"))
    assert caught.value.code == "directory.unreadable"
