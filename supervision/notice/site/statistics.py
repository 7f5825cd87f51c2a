"""The page of statistics (抽查统计页): charts drawn as SVG in the page itself, each with its figures in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from supervision.canonical import canonical_json
from supervision.domain.publication import CLOCK, DECIDED
from supervision.messages import Label
from supervision.notice.estimate_content import scale_end
from supervision.notice.open_data import Row
from supervision.notice.publisher import Publisher
from supervision.notice.site.charts import Line, bar, limits
from supervision.notice.site.languages import NO_NAMES
from supervision.notice.site.pages import render
from supervision.notice.statistics import MonthFigures, Statistics
from supervision.spreadsheet_text import open_csv

STATES = {
    "published": Label("按期公示", "in time"),
    "published_late": Label("逾期公示", "late"),
    "overdue": Label("已到期未公示", "overdue"),
    "pending": Label("未到期", "not due yet"),
}
GROUPS_SHOWN = 20
COLUMNS = ("month", "rounds", "results", "visits", "office_visits", "saved", *CLOCK)


def statistics_files(
    city: str,
    statistics: Statistics,
    english: Mapping[str, str] = NO_NAMES,
    *,
    publisher: Publisher | None = None,
) -> dict[str, bytes]:
    """Return the files of the page (统计页文件): statistics.html, the same figures as .json and, by month, as .csv.

    `english`: names of code lists → the same in English.
    """
    months = [_month(one) for one in statistics.months]
    told = {
        "city": city,
        "rehearsal": "yes" if statistics.rehearsal else "no",
        "months": months,
        "categories": [{"category": name, "results": count} for name, count in statistics.categories.items()],
        "agencies": [{"agency": name, **counts(of)} for name, of in statistics.agencies.items()],
        "rates": list(statistics.rates),
        "groups": list(statistics.groups),
        "removed": statistics.removed,
    }
    names = {**english, **{state.zh: state.en for state in STATES.values()}}
    page = {"city": city, "publisher": publisher, "statistics": statistics, "english": names, **_charts(statistics)}
    return {
        "statistics.html": render("statistics", page),
        "statistics.json": canonical_json(told),
        "statistics.csv": open_csv(COLUMNS, ([one[name] for name in COLUMNS] for one in months)),
    }


def counts(of: Mapping[str, int]) -> dict[str, int]:
    """Return the states of the clock that are none as zero (公示期限各状态的项数)."""
    return {state: of.get(state, 0) for state in CLOCK}


def in_time(of: Mapping[str, int]) -> str:
    """Return the share that was published in time (按期公示率) of what was due or published, in percent; "" of none.

    >>> in_time({"published": 19, "published_late": 1, "pending": 7}), in_time({"pending": 7})
    ('95.0', '')
    """
    decided = sum(of.get(state, 0) for state in DECIDED)
    return f"{100 * of.get('published', 0) / decided:.1f}" if decided else ""


def _month(one: MonthFigures) -> Row:
    doors: Row = {"visits": one.visits, "office_visits": one.office_visits, "saved": one.saved}
    doors = doors if one.planned else dict.fromkeys(doors)
    return {"month": one.month, "rounds": one.rounds, "results": one.categories.total(), **doors, **counts(one.clock)}


def _charts(statistics: Statistics) -> dict[str, Any]:
    planned = [one for one in statistics.months if one.office_visits]
    timed = [one for one in statistics.months if one.clock.total()]
    groups = statistics.groups[:GROUPS_SHOWN]
    most = max(statistics.categories.values(), default=1)
    longest = max((one.office_visits for one in planned), default=1)
    top = scale_end([float(row["high"]) for row in (*statistics.rates, *groups)] or [0.0])
    return {
        "category_bars": [bar(name, f"{count:,}", [("all", count)], most) for name, count in _items(statistics)],
        "category_rows": [(name, count, _percent(count, statistics)) for name, count in _items(statistics)],
        "door_bars": [_doors(one, longest) for one in planned],
        "planned": planned,
        "time_bars": [_times(one.month, one.clock) for one in timed],
        "agency_bars": [_times(name, of) for name, of in statistics.agencies.items()],
        "timed": [(one.month, counts(one.clock), in_time(one.clock)) for one in timed],
        "agencies": [(name, counts(of), in_time(of)) for name, of in statistics.agencies.items()],
        "states": STATES,
        "rate_rows": [limits(row["round"], row, top) for row in statistics.rates],
        "group_rows": [limits(row["name"], row, top) for row in groups],
        "groups": groups,
        "more_groups": len(statistics.groups) - len(groups),
        "top": top,
        "all_categories": list(statistics.categories),
        "result_months": [one for one in statistics.months if one.categories],
    }


def _items(statistics: Statistics) -> list[tuple[str, int]]:
    return list(statistics.categories.items())


def _percent(count: int, statistics: Statistics) -> str:
    return f"{100 * count / sum(statistics.categories.values()):.1f}"


def _doors(one: MonthFigures, longest: int) -> Line:
    share = 100 * one.saved / one.office_visits
    told = f"{one.visits:,} / {one.office_visits:,} (−{one.saved:,}, {share:.1f} %)"
    return bar(one.month, told, [("all", one.visits), ("saved", one.saved)], longest)


def _times(label: str, of: Counter[str]) -> Line:
    share = in_time(of)
    told = f"{share} %" if share else STATES["pending"].zh
    return bar(label, told, [(state, of[state]) for state in STATES], of.total())
