"""Rows of charts (图的各行): labels, bars and limits as places on a scale; drawn as SVG by charts.html."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 340
Part = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of a chart (图中一行): its label, what stands beside it, and what is drawn, places on a scale of `WIDTH`.

    `parts` of a bar: (style, start, width); `low`, `high`: limits; `share`: a point between them. "" is not drawn.
    """

    label: str
    told: str
    parts: Sequence[Part] = ()
    low: str = ""
    high: str = ""
    share: str = ""


def bar(label: str, told: str, parts: Sequence[tuple[str, int]], whole: int) -> Line:
    """Return a bar (条形) of parts one after the other, each (style, length) of a scale that ends at `whole`."""
    placed, start = [], 0
    for style, length in parts:
        if length:
            placed.append((style, place(start / whole), place(length / whole)))
        start += length
    return Line(label=label, told=told, parts=placed)


def limits(label: str, row: Mapping[str, Any], top: float) -> Line:
    """Return a share with its limits (比例及区间), all in percent, on a scale that ends at `top`."""
    low, share, high = (place(float(row[name]) / top) for name in ("low", "share", "high"))
    told = f"{row['share']} % ({row['low']}–{row['high']})"
    return Line(label=label, told=told, low=low, share=share, high=high)


def place(share: float) -> str:
    """Return a place on the scale (刻度位置).

    >>> place(0.5)
    '170.0'
    """
    return f"{WIDTH * share:.1f}"
