"""Windows (时间窗): which tasks of one unit can be held in one visit.

A window is a pair (first, last) of slots, both included. Sorting by the last slot and opening a new visit only when a
window starts after the current visit's earliest end gives the fewest visits: every opener's window is disjoint from
the others', and disjoint windows need a visit each.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from supervision.planner.crew import Grid


def slots_between(grid: Grid, start: str, end: str) -> tuple[int, int] | None:
    """Return the first and last open slot of the days start … end (任务时间内的半天), or None when there is none.

    `start` and `end` are ISO dates, both included.
    """
    low = bisect_left(grid.days, start)
    high = bisect_right(grid.days, end)
    inside = grid.open[bisect_left(grid.open, 2 * low) : bisect_left(grid.open, 2 * high)]
    return (inside[0], inside[-1]) if inside else None


def fewest_groups(windows: Mapping[str, tuple[int, int]]) -> list[tuple[tuple[int, int], list[str]]]:
    """Return the fewest groups with a common slot (最少合并组): [((first, last), sorted names), …] by time.

    The common windows of different groups do not overlap.
    """
    groups: list[tuple[tuple[int, int], list[str]]] = []
    for name in sorted(windows, key=lambda n: (windows[n][1], windows[n][0], n)):
        first, last = windows[name]
        if groups and first <= groups[-1][0][1]:
            (low, high), names = groups[-1]
            groups[-1] = ((max(low, first), high), [*names, name])
        else:
            groups.append(((first, last), [name]))
    return [(window, sorted(names)) for window, names in groups]


def disjoint(windows: Sequence[tuple[int, int]]) -> int:
    """Return how many of the windows are pairwise disjoint at most (互不相交的窗口数): no plan has fewer visits."""
    count, end = 0, -1
    for first, last in sorted(windows, key=lambda w: w[1]):
        if first > end:
            count, end = count + 1, last
    return count
