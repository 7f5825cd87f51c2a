"""CSV rows that do not fit their header: what is whole all the same is read, the rest is handed back by its line."""

import numpy as np
import pyarrow as pa
import pytest

from supervision.directory.reading.csv_rows import Shape, open_quote, swallowed_rows
from supervision.directory.reading.register_file import read_table
from supervision.errors import DirectoryError

HEAD = "统一社会信用代码,企业名称,登记状态,成立日期,行政区划代码,专项库"


def row(number: int, name: str = "", tags: str = ",食品经营") -> str:
    """Return a unit's line."""
    return f"91320505YY000000{number},{name or f'演示第{number}号企业'},存续,2015-03-09,320505{tags}\n"


def read(text: str, kind: str = "entities"):
    """Return a CSV as a table."""
    return read_table(kind, "e.csv", text.encode())


@pytest.mark.parametrize("end", [",", ",,,", ", ,"])
def test_commas_at_the_end_of_every_row(made, column_of, end):
    """Commas after the last cell of all rows, none in the header, are no cells."""
    table = read(f"{HEAD}\n" + "".join(row(number, tags=f",食品经营{end}") for number in (1, 2, 3)))
    assert column_of(table, "tags") == ["食品经营"] * 3
    assert (table.line.tolist(), made.rejected_of(table)) == ([2, 3, 4], [])


def test_commas_at_the_end_of_some_rows(made, column_of):
    """Commas after the last cell of some rows are no cells either; order and line numbers stay."""
    table = read(f"{HEAD}\n{row(1)}{row(2, tags=',食品经营,,')}{row(3)}\n{row(4, tags=',')}")
    assert column_of(table, "unit_id") == [f"91320505YY000000{number}" for number in (1, 2, 3, 4)]
    assert column_of(table, "tags") == ["食品经营", "食品经营", "食品经营", None]
    assert (table.line.tolist(), made.rejected_of(table)) == ([2, 3, 4, 6], [])


def test_commas_at_the_end_of_the_header(made, column_of):
    """Commas after the header's last cell, none in the rows, are no columns."""
    table = read(f"{HEAD},,\n{row(1)}{row(2)}")
    assert (column_of(table, "tags"), table.line.tolist()) == (["食品经营"] * 2, [2, 3])
    assert made.codes_of(table) == []


@pytest.mark.parametrize("blank", ["", ","])
def test_cells_left_out_at_the_end(made, column_of, blank):
    """Cells that a spreadsheet left out at the end of some rows, or of all, are blank."""
    table = read(f"{HEAD},备注\n{row(1, tags=blank)}{row(2)}{row(3, tags='')}{row(4, tags=',食品经营,注')}")
    assert column_of(table, "tags") == [None, "食品经营", None, "食品经营"]
    assert column_of(table, "note") == [None, None, None, "注"]
    table = read(f"{HEAD}\n{row(1, tags='')}{row(2, tags='')}")
    assert (column_of(table, "tags"), made.rejected_of(table)) == ([None, None], [])


def test_rows_that_are_not_whole(made):
    """Rows without a required cell, or with filled cells beyond the header, are handed back whole."""
    short, long = "91320505YY0000002,演示,存续,2015-03-09\n", row(3, tags=",食品经营,多余")
    table = read(f"{HEAD}\n{row(1)}{short}{long}{row(4)}")
    assert table.line.tolist() == [2, 5]
    assert made.rejected_of(table) == [(3, "", "directory.ragged"), (4, "", "directory.ragged")]
    assert [str(reason) for reason in table.rejected["reason"]] == [
        "本行有 4 格，表头有 6 格；请检查逗号和引号",
        "本行有 7 格，表头有 6 格；请检查逗号和引号",
    ]
    assert table.rejected["value"].tolist() == [short.strip(), long.strip()]


def test_the_pieces_of_a_torn_row(made):
    """Both pieces of a row torn by a line break are handed back, though each could be a row with cells left out."""
    head = "统一社会信用代码,企业名称,行政区划代码,住所,街道,备注"
    torn = "u1,甲店,320505,科技\n路,街道,注\n"
    table = read(f"{head}\n{torn}u2,乙店,320505,丙路,丁街,\n")
    assert (table.line.tolist(), made.rejected_of(table)) == (
        [4],
        [(2, "", "directory.ragged"), (3, "", "directory.ragged")],
    )
    table = read(f"{head}\nu1,甲店,320505\nu2,乙店,320505\nu3,丙店,320505,,,\n")
    assert table.line.tolist() == [2, 3, 4]


def test_filled_cells_beyond_the_header_of_rows_that_all_have_more(made):
    """Where all rows have a cell more than the header, those that fill it are handed back whole."""
    table = read(
        f"{HEAD}\n" + "".join(row(number, tags=",食品经营,") for number in range(1, 7)) + row(7, tags=",食品经营,多")
    )
    assert made.rejected_of(table) == [(8, "", "directory.ragged")]
    many = "".join(row(number % 9, tags=",食品经营,") for number in range(30))
    table = read(f"{HEAD}\n{many}{row(7, tags=',食品经营,多')}{row(8, tags=',食品经营,')}")
    assert table.line.tolist() == [*range(2, 32), 33]
    assert made.rejected_of(table) == [(32, "", "directory.ragged")]
    assert table.rejected["value"].tolist() == ["91320505YY0000007,演示第7号企业,存续,2015-03-09,320505,食品经营,多"]


def test_stray_quotes_swallow_rows(made, column_of):
    """Two stray quotes in one column make rows part of a cell: the row is handed back, with how many it swallowed."""
    table = read(f"{HEAD}\n{row(1, chr(34) + '演示甲店')}{row(2)}{row(3, '演示丙店' + chr(34))}{row(4)}")
    assert made.rejected_of(table) == [(2, "name", "directory.swallowed")]
    assert [str(reason) for reason in table.rejected["reason"]] == [
        "引号不成对，把后面约 2 行并入了这一格；请检查本行及后面各行的引号"
    ]
    assert column_of(table, "unit_id")[1] == "91320505YY0000004"


@pytest.mark.parametrize(
    ("first", "last"),
    [(0, 1), (0, 5), (5, 5), (1, 0), (5, 0), (3, 4)],
)
def test_stray_quotes_in_any_two_columns(made, first, last):
    """Wherever the quote opens and closes, the rows between are not lost without a word."""

    def quoted(number: int, place: int, mark: str) -> str:
        cells = row(number).strip().split(",")
        cells[place] = {"open": f'"{cells[place]}', "close": f'{cells[place]}"'}[mark]
        return ",".join(cells) + "\n"

    for between in ((), (2,), (2, 3)):
        rows = quoted(1, first, "open") + "".join(row(number) for number in between) + quoted(4, last, "close") + row(5)
        table = read(f"{HEAD}\n{rows}")
        assert {code for _, _, code in made.rejected_of(table)} == {"directory.swallowed"}
        assert {line for line, _, _ in made.rejected_of(table)} == {2}


def test_stray_quotes_in_two_columns():
    """In a file of two columns a swallowed row shows as well; in one of a single column every line is a cell."""
    texts = ["节假日\n2027-01-02,节假日", "节\n假日", None, "甲"]
    cells = {1: pa.chunked_array([pa.array(texts, pa.large_string())])}
    line = np.arange(2, 6)
    two, one = (Shape(width=width, usual=width, delimiter=",", required=()) for width in (2, 1))
    found = swallowed_rows(cells, line, {1: "kind"}, two)
    assert [(fault.line, fault.column, fault.reason.params) for fault in found] == [(2, "kind", {"rows": 1})]
    assert swallowed_rows(cells, line, {1: "kind"}, one) == []


def test_examples_under_a_late_header(column_of):
    """Example rows are left out under a header that stands in the last rows looked at."""
    banner = "".join(f"说明{number}\n" for number in range(19))
    table = read(f"{banner}{HEAD}\n案例（请删除）,x,,,320505,\n示例,x,,,320505,\n{row(1)}")
    assert column_of(table, "unit_id") == ["91320505YY0000001"]
    assert table.line.tolist() == [23]


def test_a_quote_that_is_never_closed(made):
    """A quote that opens and never closes hands back the rest of the file with its line."""
    for name in ('"演示甲店', '演示甲店,"'):
        table = read(f"{HEAD}\n{row(1)}{row(2, name)}{row(3)}{row(4)}")
        assert made.rejected_of(table)[0] == (3, "", "directory.swallowed")
    last = row(2, tags=',"食品经营')
    assert [code for *_, code in made.rejected_of(read(f"{HEAD}\n{row(1)}{last}{row(3)}{row(4)}"))] == [
        "directory.swallowed"
    ]


def test_a_quote_that_swallows_more_than_a_block(monkeypatch):
    """A quote that swallows more than can be read at once stops the import and names its line."""
    monkeypatch.setattr("supervision.directory.reading.csv_files.BLOCK", 1 << 12)
    body = "".join(row(number % 10) for number in range(400))
    with pytest.raises(DirectoryError) as caught:
        read(f"{HEAD}\n{row(1)}{row(2, chr(34) + '甲')}{body}")
    assert caught.value.text() == "e.csv：第 3 行的引号没有闭合，后面的行都并入了它。请改正该行的引号后重新导入。"


def test_the_quote_that_stays_open_longest():
    """The line is that of the quote that stays open longest, not of the first odd one."""
    assert open_quote(b'a\nb"\nc"\nd"\ne\nf\n', 2) == 5
    assert open_quote(b'a"\nb\nc\nd"\ne"\nf"\n', 2) == 2
    assert open_quote(b'"a","b"\n"c\n', 7) == 8
    assert open_quote(b'a"\nb\nc\nd"\ne"\nf\n', 2) == 2


def test_cells_of_several_lines_are_no_swallowed_rows(made, column_of):
    """An address or a note of several lines, with commas and quotes of its own, is one cell."""
    cells = ('"甲\n乙,丙 ""丁"""', '"甲,乙\n丙"', '"一\n二\n三"', '"a,b,c\nd"')
    for note in cells:
        table = read(f"统一社会信用代码,企业名称,行政区划代码,住所,备注\nu1,甲,320505,{note},x\nu2,乙,320505,,\n")
        assert (table.line.tolist(), made.rejected_of(table)) == ([2, 3], [])


def test_sep_in_the_first_line(column_of):
    """A line that only tells the separator is passed over."""
    for mark in (",", ";", "\t"):
        text = f"sep={mark}\n" + f"{HEAD}\n{row(1)}".replace(",", mark)
        assert column_of(read(text), "tags") == ["食品经营"]


def test_repaired_rows_of_a_large_file(column_of):
    """Rows repaired here and there keep the order of the file over many blocks."""
    lines = [
        f"u{number},店,320505" + (",," if number % 7 == 0 else "" if number % 11 == 0 else ",x")
        for number in range(60_000)
    ]
    table = read("统一社会信用代码,企业名称,行政区划代码,备注\n" + "\n".join(lines) + "\n")
    assert column_of(table, "unit_id") == [f"u{number}" for number in range(60_000)]
    assert table.line.tolist() == list(range(2, 60_002))
    assert column_of(table, "note")[:12] == [None, *["x"] * 6, None, *["x"] * 3, None]
