"""Merged cells: a value that stands for several rows is read for each of them, and what is not is said."""

import pytest
from builders import said

from supervision.directory.reading.merged_cells import MergedDown
from supervision.directory.reading.register_file import read_table
from supervision.directory.reading.xlsx_cells import Merge, Row


def read(made, rows, *merges):
    """Return a sheet with merged cells as a table."""
    return read_table("entities", "e.xlsx", made.book({"名录": made.sheet(rows, more=made.merged(*merges))}))


def test_tags_merged_down(made, column_of):
    """A unit under the first of a merged area has its value, and the rows are said."""
    rows = [made.head, made.unit(1), made.unit(2, tags=None), made.unit(3, tags=None), made.unit(4, tags=None)]
    table = read(made, rows, "F2:F4")
    assert column_of(table, "tags") == ["食品经营", "食品经营", "食品经营", None]
    assert said(table) == ("工作表“名录”的“专项库”有 2 格在合并单元格内，按合并区域的值填充（第 3、4 行）",)


def test_a_required_column_merged_down(made, column_of):
    """The region merged over two units is the region of both."""
    rows = [made.head, made.unit(1), made.unit(2, region=None)]
    assert column_of(read(made, rows, "E2:E3"), "region") == ["320505", "320505"]


def test_an_area_over_rows_and_columns(made, column_of):
    """An area over two columns fills its first column down; the rows in which it spans columns are said."""
    rows = [made.head, made.unit(1, day=None), made.unit(2, status=None, day=None)]
    table = read(made, rows, "C2:D3")
    assert (column_of(table, "status"), column_of(table, "established")) == (["存续", "存续"], [None, None])
    assert made.codes_of(table) == ["note_merged", "note_merged_across"]
    assert str(table.notes[1]) == "工作表“名录”有 1 行的合并单元格横跨几列，其值只算最左一列（第 2 行）"


def test_a_value_in_an_unread_column_that_spans_a_read_one(made):
    """A value that stands in a column that is not read, merged over one that is, is said."""
    rows = [["序号", *made.head], ["1", *made.unit(1)], ["虎丘区", None, "甲", "存续", None, "320505"]]
    assert "note_merged_across" in made.codes_of(read(made, rows, "A3:B3"))


def test_merged_cells_outside_the_columns_read(made):
    """Merged cells of columns that nobody reads, and of the banner, are not worth a word."""
    rows = [["名录"], [*made.head, "天气"], [*made.unit(1), "晴"], [*made.unit(2)]]
    assert made.codes_of(read(made, rows, "A1:G1", "G3:G4")) == ["note_unknown"]


def test_a_cell_of_its_own_stays(made, column_of):
    """A cell inside a merged area that holds a value of its own keeps it."""
    rows = [made.head, made.unit(1), made.unit(2, tags="医疗器械"), made.unit(3, tags=None)]
    assert column_of(read(made, rows, "F2:F4"), "tags") == ["食品经营", "医疗器械", "食品经营"]


def test_an_area_down_to_the_last_row(made, column_of):
    """An area merged to the end of the sheet makes no units out of rows without a cell."""
    rows = [made.head, made.unit(1), made.unit(2, tags=None), None]
    table = read(made, rows, "F2:F1048576")
    assert (len(table.line), column_of(table, "tags")) == (2, ["食品经营", "食品经营"])


@pytest.mark.parametrize("text", ["", None])
def test_an_empty_area(made, column_of, text):
    """An area without a value fills nothing."""
    rows = [made.head, made.unit(1, tags=text), made.unit(2, tags=None)]
    table = read(made, rows, "F2:F3")
    assert (column_of(table, "tags"), made.codes_of(table)) == ([None, None], [])


def test_areas_follow_each_other():
    """Areas open at their first row and close after their last; one that begins in the header is left alone."""
    merges = [Merge(1, 0, 3, 0), Merge(2, 1, 3, 1), Merge(4, 1, 5, 1), Merge(3, 0, 4, 0)]
    down = MergedDown(sorted(merges, key=lambda merge: merge.top), after=1, places={0, 1})
    rows = [
        Row(number, False, cells, (), ())
        for number, cells in enumerate(({0: "h"}, {1: "a"}, {0: "x"}, {1: "b"}, {0: "y"}, {0: "z"}), start=1)
    ]
    for row in rows[1:]:
        down.fill(row)
    assert [row.cells for row in rows[1:]] == [{1: "a"}, {0: "x", 1: "a"}, {0: "x", 1: "b"}, {0: "y", 1: "b"}, {0: "z"}]
    assert down.filled == {1: [3, 5], 0: [4]}
