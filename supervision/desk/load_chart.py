"""Chart of the preview (负荷图): what each office must expect against what it has, as places on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 400
LEAST_TOP = 1.25  # the scale shows at least this share of what an office has
HIGHEST_TOP = 3.0  # beyond it a bar ends at the edge: its figures stand beside it


@dataclass(frozen=True, kw_only=True)
class LoadLine:
    """The load of an office in its fullest stretch of days (一个机构的负荷): `row` as the preview has it.

    `bar`, `low`, `high`: places of the expected load and of the ends of its interval; "" where nobody is there.
    """

    row: Mapping[str, Any]
    bar: str = ""
    low: str = ""
    high: str = ""


def lines_of(rows: Sequence[Mapping[str, Any]], limit: float) -> list[LoadLine]:
    """Return a line for each office (各机构负荷), the fullest first: its stretch of days with the greatest load.

    An office that has nobody in a stretch is the fullest of all.
    """
    worst: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        if row["office"] not in worst or _load(row) > _load(worst[row["office"]]):
            worst[row["office"]] = row
    return [_line(row, limit) for row in sorted(worst.values(), key=lambda row: (-_load(row), row["office"]))]


def scale(limit: float) -> dict[str, str]:
    """Return the places of the limit and of everything that an office has (刻度)."""
    return {"limit": _place(limit, _top(limit)), "whole": _place(1.0, _top(limit))}


def _load(row: Mapping[str, Any]) -> float:
    return float("inf") if row["load"] is None else float(row["load"])


def _line(row: Mapping[str, Any], limit: float) -> LoadLine:
    if not row["available"]:
        return LoadLine(row=row)
    top = _top(limit)
    shares = (row["load"], row["half_days_low"] / row["available"], row["half_days_high"] / row["available"])
    bar, low, high = (_place(float(share), top) for share in shares)
    return LoadLine(row=row, bar=bar, low=low, high=high)


def _top(limit: float) -> float:
    return min(HIGHEST_TOP, max(LEAST_TOP, limit * LEAST_TOP))


def _place(share: float, top: float) -> str:
    return f"{WIDTH * min(share, top) / top:.1f}"
