"""Frames for the benchmarks of the draw: tasks, units, strata and working probabilities by the real functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.domain.items import Task
from supervision.sampling.frame.frame import Frame
from supervision.sampling.pareto.working_probability import check_sizes, working

ROUND = "2026-12"
EXCLUDED = pd.DataFrame({"unit_id": [], "reason": [], "rule": []}, dtype="str").astype(
    {"rule": "category", "reason": "category"}
)


def task(task_id: str) -> Task:
    """Return a sealed task whose frame is given, not looked up."""
    return Task(
        task_id=task_id,
        number="",
        name="",
        round=ROUND,
        items=(),
        lead="market",
        partners=(),
        start=date(2026, 12, 1),
        end=date(2026, 12, 31),
        population="*",
        regime="random",
        ratio="20%",
        by_region=False,
        reserve="0%",
        group="joint",
        access="sealed",
        disclosure="after_visit",
    )


def frame(
    task_id: str,
    units: Sequence[str],
    stratum: Sequence[str],
    x: npt.NDArray[np.int64],
    samples: Mapping[str, int],
    reserves: Mapping[str, int] | None = None,
) -> Frame:
    """Return a frame: `units` sorted, with the stratum and size of each; samples and reserves by stratum."""
    code, names = pd.factorize(np.asarray(stratum, dtype=object), sort=True)
    L, entries = np.empty(len(x), dtype=np.int64), []
    for number, name in enumerate(names.tolist()):
        rows = np.flatnonzero(code == number)
        spare = (reserves or {}).get(name, 0)
        check_sizes(x[rows], sample=samples[name], reserve=spare, where=f"{task_id}/{name}")
        worked = working(x[rows], samples[name])
        L[rows] = worked.L
        entries.append((name, len(rows), samples[name], spare, int(x[rows].sum()), worked.method))
    columns = ["stratum", "units", "sample", "reserve", "size_total", "working"]
    strata = pd.DataFrame(entries, columns=columns).astype({"stratum": "str", "working": "str"})
    table = pd.DataFrame({"unit_id": pd.Series(units, dtype="str"), "x": x, "L": L})
    table.insert(1, "stratum", pd.Categorical.from_codes(code, categories=pd.Index(names.astype(str))))
    return Frame(task=task(task_id), rows=table, excluded=EXCLUDED, strata=strata)
