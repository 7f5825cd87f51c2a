"""Partitions of a population: any cuts give the frame, the files and the lists of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from covered import FixedLaw, duty, table, task_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supervision.domain.items import Item, Task
from supervision.errors import SupervisionError
from supervision.sampling.bytes.unit_numbers import Numbers
from supervision.sampling.drawing import selected
from supervision.sampling.frame import plan
from supervision.sampling.frame.cells import cells_of, merged, places_in
from supervision.sampling.frame.due_dates import Coverage
from supervision.sampling.frame.frame import planned_rows
from supervision.sampling.frame.inputs import FrameInputs
from supervision.sampling.frame.limits import task_items
from supervision.sampling.frame.plan import plan_frame
from supervision.sampling.pareto import working_probability
from supervision.scale.drawing import _cut_short, _firsts, _merged, _with, said_by
from supervision.scale.partitions import case_twins, cut, even_bounds

UNITS = 160
YEAR = ("2026-01-01", "2026-12-31")
ITEM = Item(item_id="m1", name="", department="market", kind="key", basis="", ratio="根据实际情况确定", half_days=1,
            inspectors=2)  # fmt: skip
TASKS = (
    task_of(task_id="by-region", by_region=True),
    task_of(task_id="merged", ratio="2%", items=("m3",)),
    task_of(task_id="small", population="tags=餐饮", ratio="A=20%;B=20%;C=40%;D=60%"),
    task_of(task_id="open", access="open", disclosure="before", ratio="n=40", items=("m2",)),
    task_of(task_id="full", regime="full", ratio="100%", population="tags=特种设备"),
)
COVERED = (
    task_of(task_id="with-dates", ratio="A=20%;B=20%;C=40%;D=60%"),
    task_of(task_id="dates-by-region", by_region=True, population="tags=餐饮"),
)


@pytest.fixture(autouse=True)
def plain_probabilities(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the iteration of small strata out, which takes a second each: the town's partitions have it."""
    monkeypatch.setattr(working_probability, "FEW_CELLS", 0)
    monkeypatch.setattr(plan, "largest_deviation", lambda *_: 0.0)


def _inputs(seed: int, *, covered: bool) -> FrameInputs:
    """A population with every reason to be out, lists that make rarer, dates and scores, in any order of rows."""
    random = np.random.default_rng(seed)
    names = [f"U{number:04}" for number in random.permutation(UNITS)]
    entities = pd.DataFrame({
        "unit_id": names,
        "status": random.choice(["存续", "在业", "注销"], UNITS, p=[0.6, 0.35, 0.05]),
        "type": random.choice(["企业", "个体工商户"], UNITS),
        "region": random.choice(["320505", "320506"], UNITS),
        "tags": random.choice(["", "餐饮", "特种设备"], UNITS, p=[0.6, 0.2, 0.2]),
    }).astype("str")  # fmt: skip
    entities["established"] = pd.Timestamp("2015-01-01")
    scores = pd.DataFrame({
        "unit_id": entities["unit_id"], "score": random.integers(0, 1000, UNITS),
        "class": pd.Series(random.choice(list("ABCD"), UNITS, p=[0.4, 0.4, 0.15, 0.05]), dtype="str"),
    })  # fmt: skip
    listed = random.choice(names, 30, replace=False).tolist()
    tiers = random.choice(["undisturbed", "low_frequency"], 30).tolist()
    lists = [(unit, "whitelist", tier, "market", *YEAR) for unit, tier in zip(listed, tiers, strict=True)]
    exemptions = table("unit_id list tier scope from_date until_date", *lists)
    days = pd.date_range("2024-06-01", "2026-11-20", periods=60).strftime("%Y-%m-%d")
    visits = table("unit_id agency date kind visit_no item_id",
                   *((names[int(at)], "market", day, "routine", f"V{n}", "m1")
                     for n, (at, day) in enumerate(zip(random.integers(0, UNITS, 60), days, strict=True))))  # fmt: skip
    caps = table("agency category per_year min_interval_days from_date until_date", ("market", "*", 2, 40, *YEAR))
    coverage = Coverage(duties=(duty(),), kinds=("routine",), departments={"food": frozenset({"market"})})
    return FrameInputs(
        tasks=TASKS,
        items={"m1": ITEM, "m2": replace(ITEM, item_id="m2"), "m3": replace(ITEM, item_id="m3", ratio="不高于2%")},
        entities=entities,
        scores=scores,
        professional=pd.DataFrame({"unit_id": [], "field": [], "class": []}, dtype="str"),
        exemptions=exemptions,
        visits=visits,
        caps=caps,
        law=FixedLaw(whitelist_tier={"undisturbed": "exclude", "low_frequency": "1/3"}),  # type: ignore[arg-type]
        coverage=coverage if covered else Coverage(),
        other_level={"by-region": frozenset(names[:4])},
    )


def _partitioned(inputs: FrameInputs, task: Task, bounds: Sequence[str]) -> tuple[list[pd.DataFrame], Any, list[Any]]:
    """The rows of each partition, the plan, and the partitions' members."""
    members = [part.members(task) for part in cut(inputs, bounds)]
    counted = [cells_of(one) for one in members]
    whole = merged([cells for cells, _ in counted])
    made = plan_frame(task, task_items(task, inputs.items), whole, law=inputs.law, coverage=inputs.coverage)
    rows = [
        planned_rows(one.unit_id, made.kinds.take(places_in(cells, whole)), cell)
        for one, (cells, cell) in zip(members, counted, strict=True)
    ]
    return rows, made, members


cuts = st.lists(st.integers(0, UNITS), max_size=7).map(lambda found: [f"U{n:04}" for n in sorted(set(found))])


@pytest.mark.parametrize("task", [*TASKS, *COVERED], ids=lambda task: task.task_id)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), bounds=cuts)
def test_any_cuts_give_the_frame_of_the_whole(seed: int, bounds: list[str], task: Task) -> None:
    """Rows, exclusions, strata, remarks and levels of dates, or its refusal, are one machine's, for every task."""
    inputs = _inputs(seed, covered=task in COVERED)
    try:
        frame = inputs.frame(task)
    except SupervisionError as error:  # so few units that the ratio of its item allows none
        with pytest.raises(SupervisionError) as raised:
            _partitioned(inputs, task, bounds)
        assert raised.value.message == error.message
        return
    rows, made, members = _partitioned(inputs, task, bounds)
    joined = pd.concat([part.astype({"stratum": "str"}) for part in rows], ignore_index=True)
    pd.testing.assert_frame_equal(joined, frame.rows.astype({"stratum": "str"}))
    pd.testing.assert_frame_equal(made.strata, frame.strata)
    excluded = pd.concat([part.excluded.astype("str") for part in members], ignore_index=True)
    pd.testing.assert_frame_equal(excluded, frame.excluded.astype("str"))
    assert made.remarks == frame.remarks
    assert made.levels == frame.levels


def _known(unit_id: pd.Series, seed: int) -> Numbers:
    """Numbers that follow from the unit alone; some units have the very same U, so that D decides."""
    random = np.random.default_rng(seed)
    D = np.frombuffer(random.bytes(32 * UNITS), dtype=np.uint8).reshape(-1, 32)
    U = 2 * random.integers(0, 2**53, UNITS) + 1
    U[::7] = U[0]
    at = unit_id.str[1:].astype(int).to_numpy()
    return Numbers(U=U[at], D=D[at])


@pytest.mark.parametrize("margin", [0, 8])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), bounds=cuts, task=st.sampled_from(TASKS))
def test_any_cuts_give_the_lists_of_the_whole(seed: int, bounds: list[str], task: Task, margin: int) -> None:
    """Who comes first in the partitions is who comes first in all, also where a partition said too few at first."""
    inputs = _inputs(seed, covered=False)
    rows, made, _ = _partitioned(inputs, task, bounds)
    whole = pd.concat([part.astype({"stratum": "str"}) for part in rows], ignore_index=True)
    whole["stratum"] = whole["stratum"].astype("category")
    expected = selected(task.task_id, whole, made.strata, _known(whole["unit_id"], seed))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("supervision.scale.drawing.MARGIN", margin)
        patch.setattr("supervision.scale.drawing.LEAST", margin)
        firsts = [_firsts(part, made.strata, _known(part["unit_id"], seed), task.task_id, whole=None) for part in rows]
    found = _merged(task.task_id, firsts, made.strata)
    while missing := _cut_short(found, firsts):
        for number, stratum in missing:
            asked, part = frozenset({(task.task_id, stratum)}), rows[number]
            more = _firsts(part, made.strata, _known(part["unit_id"], seed), task.task_id, whole=asked)
            firsts[number] = _with(firsts[number], more, stratum)
        found = _merged(task.task_id, firsts, made.strata)
    pd.testing.assert_frame_equal(found.order, expected.order)


def test_a_partition_says_its_share_and_a_margin() -> None:
    """Of 1,000 wanted from four equal partitions each says 250, eight standard deviations and sixteen more."""
    assert said_by(250_000, 1_000_000, 1_000) == 250 + 8 * 15 + 16
    assert said_by(30, 1_000_000, 1_000) == 1 + 8 + 16
    assert said_by(20, 1_000_000, 1_000) == 20
    assert said_by(5, 10, 10) == 5
    assert said_by(500, 500, 3) == 3


def test_bounds_are_even_and_follow_the_order_of_ids() -> None:
    """Ten units in three partitions: three, three and four; more partitions than units are as many as units."""
    ids = pd.Series([f"u{n}" for n in (3, 1, 2, 0, 9, 8, 7, 6, 5, 4)], dtype="str")
    assert even_bounds(ids, 3) == ["u3", "u6"]
    assert even_bounds(ids, 1) == []
    assert len(even_bounds(ids, 50)) == 9


def test_ids_that_differ_by_case_are_named() -> None:
    """They may lie in different partitions: who exports looks at all."""
    assert case_twins(pd.Series(["a1", "B2", "A1", "b3"], dtype="str")) == ["A1"]


def test_an_empty_frame_is_refused_for_the_whole_alone() -> None:
    """Partitions without a member are nothing special; a task without any is refused."""
    inputs = _inputs(1, covered=False)
    nobody = task_of(task_id="nobody", population="tags=没有")
    with pytest.raises(SupervisionError) as raised:
        _partitioned(inputs, nobody, ["U0100"])
    assert raised.value.code == "sampling.empty_frame"
    assert raised.value.params["units"] == 0
