"""What the report on a month or a year says (督查考核报告): tables of plain cells, and what of them may be public.

One content for page, workbook and Word file. A share is a count of a whole and knows on how many units it rests: what
may be public can be told from the figure itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

TEXT, COUNT, SHARE, NUMBER = "text", "count", "share", "number"
Row = Mapping[str, Any]
PUBLIC: Mapping[str, tuple[str, ...]] = {
    "departments": ("name", "units", "fulfilled", "joint", "in_time"),
    "districts": ("name", "units", "fulfilled", "joint", "in_time"),
    "fields": ("name", "units", "fulfilled", "hit"),
}
"""Tables and columns that an extract for the public may have; the others, all of classes among them, stay inside."""
PUBLIC_KEYS = ("fulfilled", "joint", "saved", "in_time", "for_cause", "stepped_in", "beyond")
FOUND = ("hit",)
"""Shares of units with a problem: they need enough units with and without one."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many of so many (占比): `units` it rests on; `low`, `high` tenths of a percent, None where none is given."""

    number: int
    of: int
    units: int
    low: int | None = None
    high: int | None = None

    @property
    def value(self) -> float | None:
        """The share from 0 to 1 (比例), None of nothing."""
        return self.number / self.of if self.of else None

    @property
    def percent(self) -> str:
        """The share in percent with one decimal (百分数), "" of nothing.

        >>> Share(number=1, of=8, units=8).percent, Share(number=0, of=0, units=0).percent
        ('12.5', '')
        """
        return tenths(round(Fraction(1000 * self.number, self.of))) if self.of else ""

    @property
    def interval(self) -> str:
        """The limits in percent (区间), "" where none are given.

        >>> Share(number=1, of=8, units=8, low=22, high=471).interval
        '2.2–47.1'
        """
        return "" if self.low is None or self.high is None else f"{tenths(self.low)}–{tenths(self.high)}"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column (列): its name in the catalogue, and of which kind its cells are: text, count, share or number."""

    name: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table (表): `name` in the catalogue; `chart`: the column of shares that is drawn, "" = none.

    A cell is a text, int, float or `Share`, or None where there is no such figure.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    chart: str = ""

    @property
    def charted(self) -> list[tuple[str, Share]]:
        """The rows that the chart shows (图中各行): label and share, those of something."""
        label = self.columns[0].name
        pairs = ((row[label], row[self.chart]) for row in self.rows if self.chart)
        return [(name, share) for name, share in pairs if share is not None and share.of]


@dataclass(frozen=True, kw_only=True)
class Content:
    """The report (报告内容): `period` such as 2026-12 or 2026; `rounds` it rests on; `key` the figures a leader reads.

    `key`: name in the catalogue → `Share` or int, None where there is none. `on` is the day on which it was made.
    """

    city: str
    period: str
    rehearsal: bool
    on: str
    rounds: Sequence[str]
    key: Mapping[str, Share | int | float | None]
    tables: Sequence[Table]

    def table(self, name: str) -> Table:
        """Return a table (取表)."""
        return next(one for one in self.tables if one.name == name)


def tenths(number: int) -> str:
    """Return tenths of a percent as a text in percent (百分数).

    >>> tenths(125), tenths(1000)
    ('12.5', '100.0')
    """
    return f"{number // 10}.{number % 10}"


def public_extract(content: Content, rule: Mapping[str, Any]) -> Content:
    """Return what of a report may be public (公开摘要): `rule` is the value of shared/estimate_publication.

    No class, and no figure that rests on fewer units than the rule says: such a row is left out, such a share blank.
    Where something is left out, the smallest of what could be shown goes with it: what is left of a total that is
    known is then no figure on few units, either.
    """
    tables = [_public_table(content.table(name), columns, rule) for name, columns in PUBLIC.items()]
    whole = content.key["fulfilled"]
    large = isinstance(whole, Share) and whole.units >= int(rule["least_units"])
    key = {name: _shown(name, content.key[name], rule) if large else None for name in PUBLIC_KEYS}
    return replace(content, key=key, tables=tables)


def _public_table(table: Table, columns: Sequence[str], rule: Mapping[str, Any]) -> Table:
    least = int(rule["least_units"])
    told = [row for row in table.rows if row["units"]]
    large = sorted((row for row in told if row["units"] >= least), key=lambda row: -row["units"])
    if len(large) < len(told):
        large = large[:-1]
    kept = [place for place, row in enumerate(told) if any(row is one for one in large)]
    shown = {place: {name: _shown(name, told[place][name], rule) for name in columns} for place in kept}
    for name in columns:
        cells = {place: row[name] for place, row in enumerate(told) if isinstance(row[name], Share) and row[name].of}
        there = [place for place in cells if place in shown and shown[place][name] is not None]
        hidden = [cells[place].units for place in cells if place not in there]
        if there and hidden and max(hidden) < least:
            shown[min(there, key=lambda place: cells[place].units)][name] = None
    columns_kept = [column for column in table.columns if column.name in columns]
    chart = table.chart if table.chart in columns else ""
    return replace(table, columns=columns_kept, rows=list(shown.values()), chart=chart)


def _shown(name: str, cell: Any, rule: Mapping[str, Any]) -> Any:
    """A cell as the public may read it: a share without its limits, None where it rests on too few."""
    if not isinstance(cell, Share):
        return cell
    least = int(rule["least_found"]) if name in FOUND else 0
    if cell.units < int(rule["least_units"]) or min(cell.number, cell.of - cell.number) < least:
        return None
    return replace(cell, low=None, high=None)


def plain(content: Content) -> dict[str, Any]:
    """Return the report as plain values without floats (报告数据): for JSON, the same bytes every time."""
    return {
        "city": content.city,
        "period": content.period,
        "rehearsal": "yes" if content.rehearsal else "no",
        "on": content.on,
        "rounds": list(content.rounds),
        "key": {name: plain_cell(cell) for name, cell in content.key.items()},
        "tables": {
            table.name: [{name: plain_cell(cell) for name, cell in row.items()} for row in table.rows]
            for table in content.tables
        },
    }


def plain_cell(cell: Any) -> Any:
    """Return a cell as a plain value (单元格数据): a float as a text of one decimal."""
    if isinstance(cell, Share):
        limits = {"interval": cell.interval} if cell.interval else {}
        return {"number": cell.number, "of": cell.of, "percent": cell.percent, **limits}
    return f"{cell:.1f}" if isinstance(cell, float) else cell


def words(cell: Any) -> str:
    """Return a cell as people read it (单元格文字), a dash where there is none."""
    if cell is None or (isinstance(cell, Share) and not cell.of):
        return "–"
    if isinstance(cell, Share):
        limits = f"（{cell.interval}）" if cell.interval else ""
        return f"{cell.percent} %{limits}"
    if isinstance(cell, float):
        return f"{cell:,.1f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def cells(table: Table) -> Iterator[list[str]]:
    """Yield the rows as texts (各行文字), in the order of the columns."""
    for row in table.rows:
        yield [words(row[column.name]) for column in table.columns]
