"""Files as offices send them: formats, encodings, banners, examples, and what cannot be read."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlsxwriter

from supervision.directory.reading.register_file import Table, read_table
from supervision.errors import DirectoryError

HEADER = "统一社会信用代码/注册号,企业名称,行政区划代码,备注"
ROWS = f"{HEADER}\na1,苏州一厂,320505,甲\na2,苏州二厂,320506,\n"
FRAME = [
    {"unit_id": "a1", "name": "苏州一厂", "region": "320505", "note": "甲"},
    {"unit_id": "a2", "name": "苏州二厂", "region": "320506", "note": None},
]


def workbook(rows: list[list[Any]], *, sheets: tuple[str, ...] = ("表",), first: tuple[int, int] = (0, 0)) -> bytes:
    """Return an xlsx file with the rows on its first sheet, from the cell given."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy/m/d"})
        for sheet in [book.add_worksheet(title) for title in sheets][:1]:
            for row, cells in enumerate(rows, start=first[0]):
                for column, cell in enumerate(cells, start=first[1]):
                    if isinstance(cell, date):
                        sheet.write_datetime(row, column, cell, day)
                    elif isinstance(cell, str) and cell.startswith("="):
                        sheet.write_formula(row, column, cell, None, "#N/A" if "NA" in cell else "#DIV/0!")
                    elif cell is not None:
                        sheet.write(row, column, cell)
    return stream.getvalue()


def cells(table: Table) -> list[dict[str, str | None]]:
    """Return the rows of a table with None for missing cells."""
    frame = table.frame.astype(object)
    return frame.where(frame.notna(), None).to_dict("records")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_encodings(encoding: str) -> None:
    """A CSV gives the same table in each encoding that spreadsheets write."""
    table = read_table("entities", "e.csv", ROWS.encode(encoding))
    assert cells(table) == FRAME
    assert table.line.tolist() == [2, 3]
    assert [str(column) for column in table.frame.dtypes] == ["str"] * 4


def test_gb18030_under_an_english_header() -> None:
    """The encoding is found even where only the rows are Chinese."""
    text = ROWS.replace(HEADER, "unit_id,name,region,note")
    assert cells(read_table("entities", "e.csv", text.encode("gb18030"))) == FRAME


@pytest.mark.parametrize("name", ["e.xlsx", "e.xls"])
def test_xlsx_whatever_its_name(name: str) -> None:
    """An xlsx file is read as one, even when its name ends in .xls."""
    data = workbook([line.split(",") for line in ROWS.splitlines()])
    assert cells(read_table("entities", name, data)) == FRAME


def test_open_file() -> None:
    """An open file will do in place of bytes."""
    assert cells(read_table("entities", "e.csv", io.BytesIO(ROWS.encode()))) == FRAME


def test_old_xls() -> None:
    """A real old xls with a banner is read; the identity number is neither read nor kept."""
    data = (Path(__file__).parent / "old.xls").read_bytes()
    table = read_table("inspectors", "old.xls", data)
    assert cells(table) == [
        {
            "inspector_id": "0010",
            "name": "张三",
            "office_id": "market-320505",
            "status": "在岗",
            "cert_no": "10050100001",
            "cert_until": "2028-12-31",
            "scopes": "market-001，market-002",
        }
    ]
    assert table.line.tolist() == [3]
    assert [str(note) for note in table.notes] == ["个人信息列，不读取、不保存：身份证号"]
    assert table.notes[0].text("en") == "personal columns, neither read nor kept: 身份证号"


def test_banner_and_examples() -> None:
    """An instruction above the header is passed over, example rows under it are left out, line numbers stay true."""
    examples = "案例（请删除）,某厂,320505,\nx,示例（导入前请删除）,,\n示例,,,\n"
    text = f'"填表说明：\n1. 请勿改动列名",,,\n{HEADER}\n{examples}a1,b,320505,\n'
    table = read_table("entities", "e.csv", text.encode())
    assert [row["unit_id"] for row in cells(table)] == ["a1"]
    assert table.line.tolist() == [6]
    assert [str(note) for note in table.notes] == ["第 3、4、5 行是示例，未导入"]


def test_example_marked_in_an_unknown_column() -> None:
    """An example may be marked in a column that is not read, such as the running number."""
    text = "序号,统一社会信用代码,企业名称,行政区划代码\n案例（请删除）,z9,某厂,320505\n1,a1,b,320505\n"
    assert [row["unit_id"] for row in cells(read_table("entities", "e.csv", text.encode()))] == ["a1"]


def test_company_named_like_an_example() -> None:
    """A company whose name begins with the word for an example is not one."""
    text = f"{HEADER}\na1,示例传媒有限公司,320505,\n"
    assert len(read_table("entities", "e.csv", text.encode()).frame) == 1


def test_cells_of_a_workbook() -> None:
    """Days, numbers, truth values and numbers that lost digits become texts that say so."""
    rows = [
        ["单位工号", "姓名", "机构编号", "执法人员状态", "执法证编号", "执法证有效期", "执法事项范围", "是否专家"],
        ["0010", "甲", "o1", "在岗", 913205050000000012, date(9999, 9, 9), 12.0, True],
        ["0011", "乙", "o1", "在岗", 1.5, datetime(2028, 1, 5, 8, 30), "a_x000D_\nb", None],
    ]
    assert cells(read_table("inspectors", "i.xlsx", workbook(rows, first=(3, 2)))) == [
        {
            "inspector_id": "0010",
            "name": "甲",
            "office_id": "o1",
            "status": "在岗",
            "cert_no": "9.13205050000000E+17",
            "cert_until": "9999-09-09",
            "scopes": "12",
            "is_expert": "TRUE",
        },
        {
            "inspector_id": "0011",
            "name": "乙",
            "office_id": "o1",
            "status": "在岗",
            "cert_no": "1.5",
            "cert_until": "2028-01-05 08:30:00",
            "scopes": "a_x000D_\nb",
            "is_expert": None,
        },
    ]


def test_lines_of_a_workbook_that_starts_lower() -> None:
    """Row numbers are the spreadsheet's own, wherever the table begins."""
    rows = [line.split(",") for line in ROWS.splitlines()]
    assert read_table("entities", "e.xlsx", workbook(rows, first=(3, 2))).line.tolist() == [5, 6]


def test_failed_formulas_are_seen() -> None:
    """A failed formula is not a blank: its text comes through, wherever the table begins."""
    rows = [line.split(",") for line in ROWS.splitlines()]
    rows[2][1], rows[1][3] = "=1/0", "=NA()"
    table = read_table("entities", "e.xlsx", workbook(rows, first=(2, 1)))
    assert (cells(table)[1]["name"], cells(table)[0]["note"]) == ("#DIV/0!", "#N/A")


def test_the_fitting_sheet_is_read() -> None:
    """Of several sheets the one whose header fits is read."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet("说明").write_row(0, 0, ["请阅读"])
        sheet = book.add_worksheet("名录")
        for number, line in enumerate(ROWS.splitlines()):
            sheet.write_row(number, 0, line.split(","))
        book.add_worksheet("空")
    assert cells(read_table("entities", "e.xlsx", stream.getvalue())) == FRAME


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_delimiters(delimiter: str) -> None:
    """Tabs, semicolons and bars split columns as commas do."""
    assert cells(read_table("entities", "e.csv", ROWS.replace(",", delimiter).encode())) == FRAME


def test_header_variants() -> None:
    """Headers are known by English name, in full width, with spaces, stars and any case."""
    text = "UNIT_ID*, 企 业 名 称（必填）,Ｒegion\na1,b,320505\n"
    assert list(read_table("entities", "e.csv", text.encode()).frame) == ["unit_id", "name", "region"]


def test_empty_lines_and_rows() -> None:
    """Empty lines and rows without any known cell are passed over; line numbers count them."""
    text = f"{HEADER}\na1,b,320505,\n\n,,,\n \t, ,,\na2,c,320505,\n\n"
    table = read_table("entities", "e.csv", text.encode())
    assert table.line.tolist() == [2, 6]


def test_line_ends_and_inner_breaks() -> None:
    """Windows and old Mac line ends are read, and a break inside quotes does not end a row."""
    for end in ("\r\n", "\r"):
        assert cells(read_table("entities", "e.csv", ROWS.replace("\n", end).encode())) == FRAME
    text = f'{HEADER}\na1,"甲\n乙,丙 ""丁""",320505,\na2,b,320505,\n'
    table = read_table("entities", "e.csv", text.encode())
    assert (cells(table)[0]["name"], table.line.tolist()) == ('甲\n乙,丙 "丁"', [2, 3])


def test_ragged_rows() -> None:
    """Rows with too few or too many cells are rejected with their line, and the others are read."""
    text = f"{HEADER}\na1,b,320505,\na2,c\n\na3,d,320505,,,\na4,e,320505,\n"
    table = read_table("entities", "e.csv", text.encode())
    assert table.line.tolist() == [2, 6]
    rows = table.rejected.itertuples(index=False, name=None)
    assert [[line, value, reason.code, str(reason)] for line, _, value, reason in rows] == [
        [3, "a2,c", "directory.ragged", "本行有 2 格，表头有 4 格；请检查逗号和引号"],
        [5, "a3,d,320505,,,", "directory.ragged", "本行有 6 格，表头有 4 格；请检查逗号和引号"],
    ]


def test_notes_on_columns() -> None:
    """Unknown columns are named and left out; running numbers and earlier reasons are not worth a word."""
    text = f"行号,{HEADER},天气,原因\n1,a1,b,320505,,晴,x\n"
    assert [str(note) for note in read_table("entities", "e.csv", text.encode()).notes] == ["未识别的列，未导入：天气"]


def test_own_name_goes_before_an_alias() -> None:
    """Where a column stands under its own name and an alias, its own name counts and the other is named."""
    text = "统一社会信用代码,企业名称,行政区划代码,住所,经营场所\na1,b,320505,甲路,乙路\n"
    table = read_table("entities", "e.csv", text.encode())
    assert cells(table)[0]["address"] == "甲路"
    assert [str(note) for note in table.notes] == ["多列都是“住所”，采用“住所”，未导入：经营场所"]


def test_same_header_twice() -> None:
    """Two columns with the same header are an error that names both."""
    text = "统一社会信用代码,企业名称,行政区划代码,企业名称\na1,b,320505,c\n"
    with pytest.raises(DirectoryError) as caught:
        read_table("entities", "e.csv", text.encode())
    assert caught.value.text() == "e.csv 第 1 行表头有多列都是“企业名称”：B“企业名称”、D“企业名称”。请只留一列。"


def test_missing_header() -> None:
    """A missing required column is named, with the closest header that was found."""
    with pytest.raises(DirectoryError) as caught:
        read_table("entities", "e.csv", "统一社会信用代码,企业名字,行政区划代码\na1,b,320505\n".encode())
    assert caught.value.code == "directory.missing_header"
    assert caught.value.text() == (
        "e.csv 第 1 行表头缺少必需的列：企业名称；最接近的列名：“企业名字”。请改列名或补上。"
    )


@pytest.mark.parametrize(
    ("data", "code"),
    {
        b"": "directory.empty",
        b"\xef\xbb\xbf \r\n": "directory.empty",
        b"a,b\n1,2\n": "directory.no_header",
        b"<html><table><tr><td>1</td></tr></table></html>": "directory.unreadable",
        b"PK\x03\x04 but no workbook": "directory.unreadable",
        b"\xd0\xcf\x11\xe0 but no workbook": "directory.unreadable",
        b"\xff\x81\xff,\xff\n": "directory.unreadable",
        b"unit_id,name,region\na,\xff\xff,320505\n": "directory.unreadable",
        workbook([]): "directory.empty",
    }.items(),
)
def test_files_that_cannot_be_read(data: bytes, code: str) -> None:
    """What cannot be read at all is one clear error with the file's name."""
    with pytest.raises(DirectoryError) as caught:
        read_table("entities", "坏文件.xls", data)
    assert caught.value.code == code
    assert "坏文件.xls" in caught.value.text()


def test_unknown_kind() -> None:
    """An unknown kind is answered with the list of kinds."""
    with pytest.raises(DirectoryError, match="entities"):
        read_table("weather", "w.csv", b"")


@pytest.mark.parametrize("data", [HEADER.encode(), f"{HEADER}\r\n".encode(), workbook([HEADER.split(",")])])
def test_header_only(data: bytes) -> None:
    """A header without rows is an empty table with a note."""
    table = read_table("entities", "e", data)
    assert (len(table.frame), len(table.line), list(table.frame)) == (0, 0, ["unit_id", "name", "region", "note"])
    assert [str(note) for note in table.notes] == ["表头下没有数据行"]


def test_workbook_without_cell_names() -> None:
    """A failed formula in an archive without the usual parts is simply not looked for."""
    with pytest.raises(DirectoryError):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("readme.txt", "no workbook")
        read_table("entities", "e.xlsx", stream.getvalue())


def test_many_rows() -> None:
    """Rows beyond one block keep their order and line numbers."""
    body = "".join(f'u{number},"n{number}",320505,\n' for number in range(50_000))
    table = read_table("entities", "e.csv", f"{HEADER}\n{body}".encode())
    assert np.array_equal(table.line, np.arange(2, 50_002))
    assert table.frame["unit_id"].iloc[-1] == "u49999"
