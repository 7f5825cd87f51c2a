"""The oversight report as a page (督查考核报告网页): the figures of the first minute, charts as SVG, all tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import escape

from supervision.messages import say
from supervision.notice.publisher import Publisher
from supervision.notice.report_content import SHARE, TEXT, Content, Share, Table, words
from supervision.notice.site.charts import Line, place
from supervision.notice.site.languages import NO_NAMES, own
from supervision.notice.site.pages import render

SHOWN = 12
ENDS = (0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart (图): of which table and column, its rows, where its scale ends in percent, how many rows it omits."""

    name: str
    column: str
    lines: Sequence[Line]
    end: str
    more: int


def report_page(
    content: Content,
    *,
    public: bool,
    english: Mapping[str, str] = NO_NAMES,
    publisher: Publisher | None = None,
) -> bytes:
    """Return the page (报告网页); `public`: the content is the extract, and the page says so; `english`: names.

    `publisher`: who stands in the masthead of the extract.
    """
    charts = [chart_of(table) for table in content.tables if table.charted]
    tables = [(table, [_cells(table, row) for row in table.rows]) for table in content.tables]
    key = [(name, words(cell), _counts(cell)) for name, cell in content.key.items()]
    code = "notice.report.extract" if public else "notice.report.title"
    english_name = escape(say(code, "en", city="{}", period=content.period))  # the city's name stays as it is
    names = (say(code, city=content.city, period=content.period), english_name.format(own(content.city)))
    values = {"content": content, "names": names, "public": public, "key": key, "charts": charts, "tables": tables}
    return render("report", {**values, "text": TEXT, "english": english, "publisher": publisher})


def chart_of(table: Table) -> Chart:
    """Return a table's chart (表的图): its first rows, on a scale that takes all of them and their limits."""
    pairs = table.charted[:SHOWN]
    highest = max(max(share.value or 0.0, (share.high or 0) / 1000) for _, share in pairs)
    end = next((one for one in ENDS if highest <= one), highest)
    lines = [_line(name, share, end) for name, share in pairs]
    more = len(table.charted) - len(pairs)
    return Chart(name=table.name, column=table.chart, lines=lines, end=f"{100 * end:.0f}", more=more)


def _line(label: str, share: Share, end: float) -> Line:
    told = f"{share.percent} % ({share.number:,} / {share.of:,})"
    parts = [("part", place(0.0), place((share.value or 0.0) / end))]
    if share.low is None or share.high is None:
        return Line(label=label, told=told, parts=parts)
    low, high = (place(bound / 1000 / end) for bound in (share.low, share.high))
    return Line(label=label, told=told, parts=parts, low=low, high=high)


def _counts(cell: Any) -> str:
    return f"{cell.number:,} / {cell.of:,}" if isinstance(cell, Share) and cell.of else ""


def _cells(table: Table, row: Any) -> list[dict[str, str]]:
    """A row's cells: the text, the counts of a share below it, its kind and its column."""
    return [
        {
            "text": words(row[column.name]),
            "counts": _counts(row[column.name]) if column.kind == SHARE else "",
            "kind": column.kind,
            "column": column.name,
        }
        for column in table.columns
    ]
