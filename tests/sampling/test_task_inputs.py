"""What a task's frame is cut out of: the same frame as from the whole city, in whatever process."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import builders
import numpy as np
import pandas as pd
import pytest

from supervision.domain.items import Item, Task
from supervision.errors import SupervisionError
from supervision.law.rules import Rules
from supervision.processes import results
from supervision.sampling.bytes.unit_numbers import Secret
from supervision.sampling.frame.due_dates import Coverage
from supervision.sampling.frame.field_classes import task_scores
from supervision.sampling.frame.frame import build_frame
from supervision.sampling.frame.inputs import FrameInputs, only_frame
from supervision.sampling.protocol import frame_files
from supervision.sampling.protocol.frozen_frames import commit_frames
from supervision.store.shipped_files import shipped_rules

UNITS = 900
CITY_RULE = """
id: shared/yearly_visit_cap
title: {zh: 同一检查对象年度入企检查次数上限, en: Most visits a year to one unit}
unit: visits on site in a calendar year
values:
  - {from: 2026-01-01, value: {same_agency: 1, all_agencies: 4}, basis: 测试, verified: true, review_by: 2026-12-31}
"""
LAW = Rules.read(shipped_rules(), {"shared/yearly_visit_cap.yaml": CITY_RULE.encode()}).on(date(2026, 12, 1))
ANY = {"name": "", "kind": "key", "basis": "", "ratio": "根据实际情况确定", "half_days": 1, "inspectors": 2}
ITEMS = {
    "food": Item(item_id="food", department="market", field="food", **ANY),
    "fire": Item(item_id="fire", department="fire", **ANY),
}
TASKS = [
    builders.task(
        task_id="T1",
        items=("food", "fire"),
        partners=("fire",),
        population="tags=餐饮",
        ratio="A=20%;B=20%;C=30%;D=50%",
    ),
    builders.task(
        task_id="T2",
        items=("fire",),
        lead="fire",
        population="tags!=餐饮;type=企业",
        ratio="A=5%;B=5%;C=8%;D=9%",
        by_region=True,
    ),
    builders.task(
        task_id="T3", items=("food",), population="region^=32050;established>=2015-01-01", ratio="A=5%;B=5%;C=8%;D=9%"
    ),
]
OTHER = {"T1": frozenset({"U0004", "U0003"}), "T2": frozenset(), "T3": frozenset({"U0008"})}


def inputs(*, in_step: bool, tasks: Sequence[Task] = ()) -> FrameInputs:
    """A city in which half the units are of each task, with lists, visits and classes of a field."""
    rng = np.random.default_rng(7)
    units = [f"U{number:04}" for number in range(UNITS)]

    def one_of(*texts: str | None) -> pd.Series:
        return pd.Series([texts[at] for at in rng.integers(len(texts), size=UNITS)], dtype="str")

    entities = pd.DataFrame(
        {
            "unit_id": pd.Series(units, dtype="str"),
            "status": one_of("存续", "存续", "存续", "注销"),
            "type": one_of("企业", "个体工商户", None),
            "region": one_of("320505", "320506"),
            "tags": one_of("餐饮", "餐饮 旅馆", "旅馆", None),
            "established": pd.to_datetime(one_of("2010-05-01", "2016-05-01")).astype("datetime64[s]"),
        }
    )
    scores = pd.DataFrame(
        {"unit_id": entities["unit_id"], "score": rng.integers(100, 900, UNITS), "class": one_of(*"ABCD")}
    )
    if not in_step:
        more = scores.head(1).assign(unit_id="X").astype({"unit_id": "str"})
        scores = pd.concat([scores.iloc[::-1], more], ignore_index=True)
    field = pd.DataFrame({"unit_id": units[::3], "field": "food", "class": "D"}).astype("str")
    listed = pd.DataFrame({"unit_id": units[::7], "list": "observation", "tier": "observation", "scope": "market"})
    listed = listed.astype("str").assign(from_date=pd.Timestamp("2026-01-01"), until_date=pd.NaT)
    visits = pd.DataFrame({"unit_id": units[::5], "agency": "market", "kind": "routine", "visit_no": ""}).astype("str")
    visits = visits.assign(date=pd.Timestamp("2026-03-02"), item_id="food")
    return FrameInputs(
        tasks=tasks or TASKS,
        entities=entities,
        scores=scores,
        professional=field,
        exemptions=listed,
        visits=visits,
        other_level=OTHER,
        **GIVEN,
    )


CAPS = pd.DataFrame(
    columns=["agency", "category", "per_year", "min_interval_days", "from_date", "until_date"], dtype="str"
)
GIVEN = {"items": ITEMS, "caps": CAPS, "law": LAW, "coverage": Coverage()}


def same_frame(one, other):
    """Compare two frames to the last cell."""
    for name in ("rows", "excluded", "strata"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), obj=f"{one.task.task_id} {name}")
    assert (one.task, one.remarks, one.levels) == (other.task, other.remarks, other.levels)


@pytest.mark.parametrize("in_step", [True, False])
@pytest.mark.parametrize("coded", [True, False])
def test_a_frame_is_that_of_the_whole_city(in_step, coded):
    """Cut out or not, with scores row by row or in another order, texts or categories, a frame is the same."""
    city = inputs(in_step=in_step)
    whole = [
        build_frame(
            task,
            entities=city.entities,
            scores=task_scores(task, ITEMS, city.scores, city.professional),
            exemptions=city.exemptions,
            visits=city.visits,
            other_level=OTHER[task.task_id],
            **GIVEN,
        )
        for task in TASKS
    ]
    texts = dict.fromkeys(("type", "tags", "region"), "category")
    entities = city.entities.astype(texts) if coded else city.entities
    given = list(replace(city, entities=entities).cut())
    assert [0 < len(one.entities) < UNITS for one in given] == [True] * len(TASKS)
    assert all(set(one.visits["unit_id"]) <= set(one.entities["unit_id"]) for one in given)
    for one, other in zip(whole, map(only_frame, given), strict=True):
        same_frame(one, other)
    reasons = [set(one.excluded["reason"]) for one in whole]
    assert reasons[0] >= {"not_in_force", "observation", "other_level", "cap"}


def test_processes_do_not_change_frames_and_their_files(monkeypatch):
    """Two processes build and freeze the same frames as one, and the same as are committed without files."""
    given = list(inputs(in_step=True).cut())
    one, two = (list(results(only_frame, given, processes=many)) for many in (1, 2))
    for frame, other in zip(one, two, strict=True):
        same_frame(frame, other)
    secret = Secret(frame_key=bytes(range(32)), round_id="2026-12", hash_name="sha256")
    expected = commit_frames(one, secret)
    alone = frame_files.kept_frames(one, secret, processes=1)
    monkeypatch.setattr(frame_files, "ALONE", 0)
    together = frame_files.kept_frames(two[::-1], secret, processes=2)
    assert alone == together
    assert [kept.entry for kept in alone] == [frozen.entry() for frozen in expected]
    assert [kept.keys for kept in alone] == [frozen.keys for frozen in expected]
    assert [kept.files for kept in alone] == [frame_files.frame_files(frozen) for frozen in expected]


def test_an_error_in_another_process_is_the_same_error():
    """What cannot be drawn is said by the same code, words and exit code, whichever process found it."""
    task = builders.task(task_id="T9", items=("food",), population="tags=餐饮", ratio="10%", start=date(2026, 12, 31))
    bad = [builders.task(task_id="T8", items=("food",), population="tags=无此标签", ratio="10%"), task]
    given = list(inputs(in_step=True, tasks=bad).cut())
    said = []
    for many in (1, 2):
        with pytest.raises(SupervisionError) as error:
            list(results(only_frame, given, processes=many))
        said.append((type(error.value), error.value.code, dict(error.value.params), str(error.value)))
    assert said[0] == said[1] and said[0][1] == "sampling.empty_frame"


def test_an_error_keeps_what_was_told_before_it():
    """An error that crosses processes keeps its kind, its parameters and what the command had said."""
    error = SupervisionError("sampling.name", what="group", value="?")
    error.told = (error.message,)
    again = copy.copy(error)
    assert (type(again), again.message, again.told, again.args) == (type(error), error.message, error.told, error.args)
