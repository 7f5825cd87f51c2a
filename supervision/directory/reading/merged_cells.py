"""Merged cells (合并单元格): a value that stands once for several rows is read for each of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from supervision.directory.reading.xlsx_cells import MOST_COLUMNS, Merge, Row


def spread(rows: Sequence[tuple[int, list[str]]], merges: Sequence[Merge]) -> None:
    """Write each merged value into all cells of its area, in a file's first rows (表头合并区展开)."""
    places = dict(rows)
    left = len(rows) * MOST_COLUMNS  # areas never overlap; in a damaged file they may, a million times
    for merge in merges:
        top = places.get(merge.top)
        if top is None or len(top) <= merge.left or not top[merge.left].strip():
            continue
        bottom = min(merge.bottom, rows[-1][0])
        left -= (bottom - merge.top + 1) * (merge.right - merge.left + 1)
        if left < 0:
            return
        for number in range(merge.top, bottom + 1):
            cells = places.get(number)
            if cells is None:
                continue
            cells += [""] * (merge.right + 1 - len(cells))
            for place in range(merge.left, merge.right + 1):
                cells[place] = cells[place] or top[merge.left]


class MergedDown:
    """Fills the columns of merged areas from their first row down (按合并区域向下填充), row by row.

    `filled` counts the cells filled by the place of their column; `across` are the rows, from 1, in which one value
    stands for several of the columns that are read – only the first of them gets it.
    """

    def __init__(self, merges: Sequence[Merge], *, after: int, places: Collection[int]) -> None:
        self._waiting = [merge for merge in merges if merge.top > after and _meets(merge, places)][::-1]
        self._places = places
        self._open: dict[int, tuple[Merge, str]] = {}  # by column: areas never overlap
        self.filled: dict[int, list[int]] = {}
        self.across: list[int] = []

    def fill(self, row: Row) -> None:
        """Fill a row's cells (填充一行); rows come in their order. A row without a cell of its own stays so."""
        own = dict(row.cells)
        self._open = {place: (merge, text) for place, (merge, text) in self._open.items() if merge.bottom >= row.number}
        for place, (_, text) in self._open.items():
            if own and place not in own:
                row.cells[place] = text
                self.filled.setdefault(place, []).append(row.number)
        while self._waiting and self._waiting[-1].top <= row.number:
            merge = self._waiting.pop()
            if merge.top < row.number:
                continue
            if sum(merge.left <= place <= merge.right for place in self._places) > 1 or merge.left not in self._places:
                self.across.append(row.number)
            if merge.bottom > merge.top and (text := own.get(merge.left, "")).strip():
                self._open[merge.left] = merge, text


def _meets(merge: Merge, places: Collection[int]) -> bool:
    return any(merge.left <= place <= merge.right for place in places)
