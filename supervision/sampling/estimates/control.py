"""Off-site checks against their on-site control (非现场与实地对照): finds per check, and how far apart the two are.

Both tasks are drawn from the same population in one round, the control with equal chances and numbers of its own, so
that each share is an estimate for the same units, independent of the other. The limits of the difference are those of
Newcombe (1998), method 10, with the limits that the two shares have: the squares of the distances add up.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from supervision.tables import TableSchema

SHARE = ("share", "low", "high")
COUNTS = ("drawn", "reported", "found")
CONTROLS = TableSchema(
    name="controls",
    columns={
        **dict.fromkeys(("task", "control"), "str"),
        **dict.fromkeys((*COUNTS, *(f"control_{name}" for name in COUNTS)), "int64"),
        **dict.fromkeys((*SHARE, *(f"control_{name}" for name in SHARE)), "float64"),
        **dict.fromkeys(("difference", "difference_low", "difference_high"), "float64"),
    },
    units={
        "share": "units with a problem of all that the task could draw, 0 to 1, off site; missing before any result",
        "difference": "share off site less share on site; missing where either is",
    },
)

Limits = tuple[float, float, float]


def difference_limits(first: Limits, second: Limits) -> Limits:
    """Return first share less second (比例之差) with its limits, of two independent shares with theirs.

    Newcombe's example, 56 of 70 against 48 of 80 with Wilson's limits:

    >>> first, second = (0.8, 0.69183, 0.87695), (0.6, 0.49045, 0.70038)
    >>> [round(one, 4) for one in difference_limits(first, second)]
    [0.2, 0.0524, 0.3339]
    """
    share, low, high = first
    other, other_low, other_high = second
    difference = share - other
    below = math.hypot(share - low, other_high - other)
    above = math.hypot(high - share, other - other_low)
    return difference, difference - below, difference + above


def compared(lines: pd.DataFrame, pairs: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """Return each off-site task beside its control (非现场与对照), `CONTROLS`, sorted by task and control.

    `lines` as `sampling.estimates.lines.estimate_lines` gives them; `pairs`: task_id of an off-site task and of its
    control. A pair of which `lines` lacks one is left out.
    """
    known = {row["key"]: row for row in lines[lines["kind"] == "task"].to_dict("records")}
    rows = [
        _row(task, control, known[task], known[control])
        for task, control in sorted(pairs)
        if task in known and control in known
    ]
    return CONTROLS.frame(rows)


def _row(task: str, control: str, mine: Mapping[Any, Any], other: Mapping[Any, Any]) -> dict[str, object]:
    row: dict[str, object] = {"task": task, "control": control}
    row |= {name: mine[name] for name in (*COUNTS, *SHARE)}
    row |= {f"control_{name}": other[name] for name in (*COUNTS, *SHARE)}
    first, second = (tuple(one[name] for name in SHARE) for one in (mine, other))
    names = ("difference", "difference_low", "difference_high")
    return row | dict(zip(names, difference_limits(first, second), strict=True))
