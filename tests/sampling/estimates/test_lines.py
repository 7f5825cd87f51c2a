"""The table of estimates: what each line looks at, and what as many units drawn with equal chances would have found."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from supervision.sampling.estimates.lines import LINES, Returned, estimate_lines
from supervision.sampling.estimates.task_sample import TaskSample


def returned(task_id, probability, outcome, *, region, items):
    """A task of one stratum with what came back of it."""
    many = len(outcome)
    sample = TaskSample(
        task_id=task_id,
        group=f"task.{task_id}",
        framed=40,
        unit_id=pd.Index([f"{task_id}-{number}" for number in range(many)]),
        probability=np.array(probability),
        block=np.zeros(many, dtype=np.int64),
        joint={},
    )
    groups = {"class": np.array(["A"] * many), "region": np.array(region), "industry": np.array([""] * many)}
    return Returned(
        sample=sample,
        outcome=np.array(outcome, dtype=str),
        groups=groups,
        items={item: np.array(found, dtype=str) for item, found in items.items()},
    )


FOOD = ["problem", "clean", "could_not", ""]
ONE = returned("T1", [0.1, 0.2, 0.2, 0.1], FOOD, region=["E", "E", "W", "W"], items={"food": FOOD})
OTHER = returned("T2", [0.5, 0.5], ["clean", "problem"], region=["W", "W"], items={"food": ["clean", "problem"]})


def line(lines, kind, key=""):
    """One line of the table."""
    (found,) = lines[lines["kind"].eq(kind) & lines["key"].eq(key)].to_dict("records")
    return found


def test_lines():
    """Weights 10, 5, 5 of the reported and 2, 2 of the other task; the one without a result counts as drawn alone."""
    lines = estimate_lines([ONE, OTHER])
    assert lines[["kind", "key"]].to_numpy().tolist() == [
        ["all", ""],
        ["task", "T1"],
        ["task", "T2"],
        ["class", "A"],
        ["region", "E"],
        ["region", "W"],
        ["industry", ""],
        ["item", "food"],
    ]
    whole, first = line(lines, "all"), line(lines, "task", "T1")
    assert (whole["drawn"], whole["reported"], whole["found"], whole["could_not"]) == (6, 5, 2, 1)
    assert whole["share"] == pytest.approx((10 + 2) / (10 + 5 + 5 + 2 + 2))
    assert whole["could_not_share"] == pytest.approx(5 / 24)
    assert np.isnan(whole["equal_found"])
    assert (first["reported"], first["share"]) == (3, pytest.approx(10 / 20))
    assert first["equal_found"] == pytest.approx(3 * 0.5)
    assert line(lines, "region", "E")["share"] == pytest.approx(10 / 15)
    assert line(lines, "region", "W")["share"] == pytest.approx(2 / 9)
    assert line(lines, "item", "food")["share"] == pytest.approx(whole["share"])
    assert {name: str(dtype) for name, dtype in lines.dtypes.items()} == dict(LINES.columns)


def test_a_line_without_results():
    """A group of which nothing has come back keeps its line and says how many were drawn."""
    waiting = returned("T1", [0.1, 0.1], ["", ""], region=["E", "E"], items={"food": ["", ""]})
    found = line(estimate_lines([waiting]), "region", "E")
    assert (found["drawn"], found["reported"], found["found"]) == (2, 0, 0)
    assert np.isnan(found["share"])
