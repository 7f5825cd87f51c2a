"""What a paper is built of (文书构件): one description, from which both the Word template and the PDF are made.

Texts hold fields in double braces, `{{ 企业名称 }}`, as in the templates that an office may write itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

COLUMNS = 12  # every table stands on one grid of so many columns
UNKNOWN_HEIGHT = 0


@dataclass(frozen=True, kw_only=True)
class Title:
    """The paper's title (标题)."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """A paragraph (段落): `align` is "left", "right" or "center"; a left one is indented by two characters."""

    text: str
    align: str = "left"
    indent: bool = True


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell (单元格): how many of the `COLUMNS` it takes; a label is shaded and centred, `small` is print."""

    text: str
    span: int
    label: bool = False
    small: bool = False


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of cells (表格行): `height` is the least height in millimetres, for handwriting."""

    cells: Sequence[Cell]
    height: int = UNKNOWN_HEIGHT


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table whose rows are fixed (固定表格): `together` on one page, where they make sense together alone."""

    rows: Sequence[Row]
    together: bool = False


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A table with a row for each entry of a list (清单表格).

    `of`: the list's field; `each`: what an entry is called in the cells; `head`: the header's cells, `row`: an entry's.
    """

    of: str
    each: str
    head: Row
    row: Row


Block = Title | Line | Table | Listing


def field_rows(*rows: tuple[str, ...], label: int = 2, height: int = UNKNOWN_HEIGHT) -> list[Row]:
    """Return rows of label and text (栏目行): two or four texts a row, which together take the whole width."""
    made = []
    for row in rows:
        wide = (COLUMNS * 2 // len(row)) - label
        cells = [
            Cell(text=text, span=wide if place % 2 else label, label=not place % 2) for place, text in enumerate(row)
        ]
        made.append(Row(cells=cells, height=height))
    return made


def listing(of: str, each: str, *columns: tuple[str, str, int], height: int = UNKNOWN_HEIGHT) -> Listing:
    """Return a list's table (清单): a column is its title, its text and its span."""
    return Listing(
        of=of,
        each=each,
        head=Row(cells=[Cell(text=title, span=span, label=True) for title, _, span in columns]),
        row=Row(cells=[Cell(text=text, span=span) for _, text, span in columns], height=height),
    )
