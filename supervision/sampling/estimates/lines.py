"""Estimates of a round, line by line (估计表): all tasks, each of them, classes, districts, industries, items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.sampling.estimates.hajek import CONFIDENCE, Estimate, share_of
from supervision.sampling.estimates.task_sample import TaskSample
from supervision.tables import TableSchema

PROBLEM, COULD_NOT = "problem", "could_not"
GROUPS = ("class", "region", "industry")
LINES = TableSchema(
    name="estimates",
    columns={
        **dict.fromkeys(("kind", "key"), "str"),
        **dict.fromkeys(("drawn", "reported", "found", "could_not"), "int64"),
        **dict.fromkeys(("share", "low", "high", "standard_error"), "float64"),
        **dict.fromkeys(("effective_units", "design_effect"), "float64"),
        **dict.fromkeys(("could_not_share", "could_not_low", "could_not_high"), "float64"),
        **dict.fromkeys(("equal_found", "equal_low", "equal_high"), "float64"),
    },
    units={
        "kind": "all, task, class, region, industry or item",
        "drawn": "units drawn for each task of the line, together",
        "found": "of the reported",
        "share": "0 to 1 of the frame, as the others; missing where nobody has reported",
        "equal_found": "what as many units drawn with equal chances would have found; of lines of one task alone",
    },
)

Rows = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class Returned:
    """A task's sample and what came back of it (任务样本及其结果), in the order of the sample.

    `outcome` str: "problem", "could_not", "clean" or "" where it is not reported; `groups`: class, region, industry →
    str; `items`: item → outcome for that item alone.
    """

    sample: TaskSample
    outcome: npt.NDArray[np.str_]
    groups: Mapping[str, npt.NDArray[np.str_]]
    items: Mapping[str, npt.NDArray[np.str_]]


def estimate_lines(
    returned: Sequence[Returned],
    *,
    confidence: float = CONFIDENCE,
) -> pd.DataFrame:
    """Return the estimates of some tasks (估计表), `LINES`: sorted by kind as in `LINES.units`, then by key.

    Tasks are pooled, each record with its own task's weight; a unit of two tasks is a record of each.
    """
    return LINES.frame([_line(kind, key, parts, confidence=confidence) for kind, key, parts in _wanted(returned)])


Part = tuple[TaskSample, npt.NDArray[np.str_], Rows]


def _wanted(returned: Sequence[Returned]) -> Iterator[tuple[str, str, list[Part]]]:
    """Yield kind, key and parts of each line: sample, outcome, and which units of it the line looks at."""
    whole = [(one.sample, one.outcome, np.full(len(one.outcome), True)) for one in returned]
    yield "all", "", whole
    for part in whole:
        yield "task", part[0].task_id, [part]
    for name in GROUPS:
        for key in sorted({str(value) for one in returned for value in np.unique(one.groups[name])}):
            yield name, key, [(one.sample, one.outcome, one.groups[name] == key) for one in returned]
    for item in sorted({item for one in returned for item in one.items}):
        having = [one for one in returned if item in one.items]
        yield "item", item, [(one.sample, one.items[item], np.full(len(one.outcome), True)) for one in having]


def _line(kind: str, key: str, parts: Sequence[Part], *, confidence: float) -> dict[str, object]:
    samples = [sample for sample, _, _ in parts]
    told = [inside & (outcome != "") for _, outcome, inside in parts]
    problems, could_not = (
        share_of(samples, [outcome == name for _, outcome, _ in parts], told, confidence=confidence)
        for name in (PROBLEM, COULD_NOT)
    )
    line: dict[str, object] = {"kind": kind, "key": key, "drawn": sum(int(inside.sum()) for _, _, inside in parts)}
    if problems is None or could_not is None:
        return {**line, "reported": 0, "found": 0, "could_not": 0}
    one_task = problems if len(parts) == 1 else None
    return {
        **line,
        "reported": problems.units,
        "found": problems.found,
        "could_not": could_not.found,
        **{name: getattr(problems, name) for name in ("share", "low", "high", "standard_error")},
        **{name: getattr(problems, name) for name in ("effective_units", "design_effect")},
        **{f"could_not_{name}": getattr(could_not, name) for name in ("share", "low", "high")},
        **_equal(one_task),
    }


def _equal(found: Estimate | None) -> dict[str, float]:
    """What as many units drawn with equal chances would have found."""
    if found is None:
        return {}
    return {
        f"equal_{name}": found.units * getattr(found, part)
        for name, part in (("found", "share"), ("low", "low"), ("high", "high"))
    }
