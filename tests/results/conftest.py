"""Results of a small round, with the shipped code lists."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from builders import LISTS

from supervision.domain.items import Task
from supervision.law.code_lists import CodeLists


def make_task(task_id: str, items: tuple[str, ...], disclosure: str) -> Task:
    """Return a task with these items and this disclosure."""
    return Task(
        task_id=task_id,
        number="",
        name=task_id,
        round="2026-12",
        items=items,
        lead="market",
        partners=(),
        start=date(2026, 12, 1),
        end=date(2026, 12, 31),
        population="*",
        regime="random",
        ratio="3%",
        by_region=False,
        reserve="",
        group="joint",
        access="sealed",
        disclosure=disclosure,
    )


@pytest.fixture(scope="session")
def codes() -> CodeLists:
    """The shipped code lists."""
    return LISTS


@pytest.fixture
def tasks() -> tuple[Task, ...]:
    """A task that discloses its list after the visits, and one that never does."""
    return (
        make_task("told", ("food", "label"), "after_visit"),
        make_task("never", ("fire",), "never"),
    )


@pytest.fixture
def drawn() -> pd.DataFrame:
    """What the tasks have drawn."""
    pairs = [("told", "U1"), ("told", "U2"), ("told", "U3"), ("never", "U1"), ("never", "U3")]
    return pd.DataFrame(pairs, columns=["task_id", "unit_id"], dtype="str")


@pytest.fixture
def results() -> pd.DataFrame:
    """Rows of the register `results`: a joint visit of U1, one of U2, and U3 that is closed."""
    rows = [
        ("U2~1", "U2", "food", "market", "E", "2026-12-03", "desk on_site", "i1 i2"),
        ("U1~1", "U1", "label", "market", "1", "2026-12-02", "on_site", "i1 i2"),
        ("U1~1", "U1", "food", "market", "3", "2026-12-02", "desk", "i1 i2"),
        ("U1~1", "U1", "fire", "fire", "1", "2026-12-02", None, "f1"),
        ("U3~1", "U3", "food", "market", "7", "2026-12-04", "on_site", None),
        ("U3~1", "U3", "fire", "fire", "7", "2026-12-04", "on_site", None),
    ]
    names = ["visit_id", "unit_id", "item_id", "agency", "result", "inspected_on", "method", "inspectors"]
    frame = pd.DataFrame(rows, columns=names, dtype="str")
    return frame.assign(
        round="2026-12",
        inspected_on=pd.to_datetime(frame["inspected_on"]).astype("datetime64[s]"),
        known_on=pd.Timestamp("2026-12-07").as_unit("s"),
    )
