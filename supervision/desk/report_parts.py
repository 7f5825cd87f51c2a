"""Parts of a report at the desk (报告各部分): what the month's functions counted, as plain charts and tables.

Everything is counted in `supervision.month`; here it becomes values that JSON has, so that a job makes a report once
and many pages show it. A text is a pair: Chinese, English.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from supervision.errors import UsageError
from supervision.messages import say
from supervision.month.city import City
from supervision.month.covering import coverage_report
from supervision.month.estimating import estimate
from supervision.month.round import Round
from supervision.month.round_estimates import named
from supervision.notice.report_content import SHARE, Content, Share, Table, words
from supervision.notice.site.charts import Line, bar
from supervision.notice.site.report_page import chart_of

Pair = list[str]
Part = dict[str, Any]
# table of the report → columns of shares that are drawn
DRAWN: Mapping[str, tuple[str, ...]] = {
    "departments": ("fulfilled", "hit", "in_time"),
    "districts": ("fulfilled", "hit"),
    "rounds": (),
    "classes": ("hit",),
    "plan": ("batches",),
    "publication": ("in_time",),
    "loads": ("load",),
    "fields": ("hit",),
}
HELD = (("done", "published"), ("planned", "pending"), ("unplanned", "overdue"))
COVERED = (("reached", "published"), ("late", "overdue"))
MONTHS = 24  # months of what falls due that are drawn
CUT = {"zh": 15, "en": 26}  # characters of a label that a chart has room for; the table has all of it
TEXT, COUNT = "text", "count"


def pair(code: str, **params: object) -> Pair:
    """Return the words of a code in both languages (双语文字)."""
    return [say(code, lang, **params) for lang in ("zh", "en")]


def key_figures(content: Content) -> list[Part]:
    """Return the figures of the first minute (一分钟): name, value, counts."""
    return [
        {"name": pair(f"notice.report.key.{name}"), "value": words(cell).partition("（")[0], "counts": _counts(cell)}
        for name, cell in content.key.items()
    ]


def report_parts(content: Content, english: Mapping[str, str]) -> list[Part]:
    """Return the report's tables, each with its charts (报告各表及其图)."""
    return [_of_table(table, english) for table in content.tables]


def _of_table(table: Table, english: Mapping[str, str]) -> Part:
    charts = []
    for column in DRAWN.get(table.name, ()):
        drawn = replace(table, chart=column)
        if drawn.charted:
            chart = chart_of(drawn)
            title = pair(f"notice.report.column.{column}")
            charts.append(_chart(title, chart.lines, english=english, end=chart.end, more=chart.more))
    if table.name == "rounds" and table.rows:
        charts.append(_held(table))
    return {
        "title": pair(f"notice.report.table.{table.name}"),
        "about": pair(f"notice.report.about.{table.name}"),
        "charts": charts,
        "columns": [
            {"name": pair(f"notice.report.column.{one.name}"), "number": one.kind != TEXT} for one in table.columns
        ],
        "rows": [
            [_cell(row[one.name], english, share=one.kind == SHARE) for one in table.columns] for row in table.rows
        ],
    }


def _held(table: Table) -> Part:
    """Inspections of each round: held, still to come, without a visit."""
    lines = [
        bar(row["name"], f"{row['done']:,} / {row['duties']:,}", [(style, row[name]) for name, style in HELD],
            max(row["duties"], 1))
        for row in table.rows
    ]  # fmt: skip
    key = [[style, *pair(f"notice.report.column.{name}")] for name, style in HELD]
    return _chart(pair("notice.report.column.duties"), lines, key=key)


def coverage_parts(city: City, *, rehearsal: bool) -> list[Part]:
    """Return the certificate of today (覆盖证明): which duties reach their units in time, and what falls due when."""
    facts: Any = coverage_report(city, rehearsal=rehearsal).facts
    duties, due = facts["duties"], facts.get("coverage", [])
    lines = [
        bar(one["duty"], f"{one['reached']:,} / {one['units']:,}", [(style, one[name]) for name, style in COVERED],
            max(one["units"], 1))
        for one in duties
    ]  # fmt: skip
    key = [["published", *pair("desk.column_reached")], ["overdue", *pair("desk.column_late")]]
    months: dict[str, int] = {}
    for row in due:
        for month, units in row["months"].items():
            months[month] = months.get(month, 0) + units
    most = max(months.values(), default=0)
    falls = [bar(name, f"{months[name]:,}", [("part", months[name])], most) for name in sorted(months)[:MONTHS]]
    charts = [_chart(pair("desk.part_reached"), lines, key=key)] if lines else []
    charts += [_chart(pair("desk.part_due"), falls, more=max(len(months) - MONTHS, 0))] if falls else []
    columns = [("duty", TEXT), ("years", COUNT), ("units", COUNT), ("reached", COUNT), ("late", COUNT)]
    whole = _plain("desk.part_coverage", "desk.about_coverage", columns, duties, charts)
    by_office = [{**row, "first": min(row["months"], default="–")} for row in due]
    where = [("duty", TEXT), ("office", TEXT), ("units", COUNT), ("first", TEXT)]
    return [whole, _plain("desk.part_due", "desk.about_due", where, by_office, [])]


def estimate_part(round: Round) -> Part:
    """Return what a round's results say of everybody (抽查推断): small groups are left out, as in public."""
    try:
        facts: Any = estimate(round).facts
    except UsageError as error:
        part = _plain("desk.part_estimate", "desk.about_estimate", [], [], [])
        return part | {"instead": [error.message.text(lang) for lang in ("zh", "en")]}
    lines = pd.DataFrame(facts["lines"])
    rows = [row for row in facts["lines"] if row["reported"]]
    names = list(zip(named(round, lines), named(round, lines, "en"), strict=True)) if len(lines) else []
    shown = [list(name) for name, row in zip(names, facts["lines"], strict=True) if row["reported"]]
    figures = [
        {
            "name": name,
            "reported": row["reported"],
            "found": row["found"],
            "share": f"{100 * row['share']:.1f} %（{100 * row['low']:.1f}–{100 * row['high']:.1f}）",
        }
        for name, row in zip(shown, rows, strict=True)
    ]
    top = max((row["high"] for row in rows), default=0) or 1
    drawn = [_limits(name, row, top) for name, row in zip(shown, rows, strict=True)]
    charts = [{"title": pair("desk.column_share"), "lines": drawn, "end": f"{100 * top:.1f}", "more": 0, "key": []}]
    columns = [("name", TEXT), ("reported", COUNT), ("found", COUNT), ("share", COUNT)]
    return _plain("desk.part_estimate", "desk.about_estimate", columns, figures, charts if drawn else [])


def _limits(name: Pair, row: Mapping[str, Any], top: float) -> Part:
    low, share, high = (f"{340 * row[one] / top:.1f}" for one in ("low", "share", "high"))
    told = f"{100 * row['share']:.1f} %"
    return {"label": [_cut(name[0], "zh"), _cut(name[1], "en")], "told": told, "parts": [], "low": low, "high": high,
            "share": share}  # fmt: skip


def _plain(
    title: str, about: str, columns: Sequence[tuple[str, str]], rows: Sequence[Mapping[str, Any]], charts: list[Part]
) -> Part:
    return {
        "title": pair(title),
        "about": pair(about),
        "charts": charts,
        "columns": [{"name": pair(f"desk.column_{name}"), "number": kind != TEXT} for name, kind in columns],
        "rows": [[_cell(row[name], {}, share=False) for name, _ in columns] for row in rows],
    }


def _chart(
    title: Pair, lines: Sequence[Line], *, english: Mapping[str, str] | None = None, end: str = "", more: int = 0,
    key: Sequence[Pair] = (),
) -> Part:  # fmt: skip
    known = english or {}
    told = [
        {
            "label": [_cut(one.label, "zh"), _cut(known.get(one.label, one.label), "en")],
            "told": one.told,
            "parts": [list(part) for part in one.parts],
            "low": one.low,
            "high": one.high,
            "share": one.share,
        }
        for one in lines
    ]
    return {"title": title, "lines": told, "end": end, "more": more, "key": [list(one) for one in key]}


def _cut(label: str, lang: str) -> str:
    return label if len(label) <= CUT[lang] else label[: CUT[lang] - 1] + "…"


def _cell(cell: Any, english: Mapping[str, str], *, share: bool) -> Part:
    if isinstance(cell, list):
        return {"text": cell, "counts": ""}
    said = words(cell)
    return {"text": [said, english.get(said, said)], "counts": _counts(cell) if share else ""}


def _counts(cell: Any) -> str:
    return f"{cell.number:,} / {cell.of:,}" if isinstance(cell, Share) and cell.of else ""
