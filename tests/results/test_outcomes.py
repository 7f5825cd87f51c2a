"""What came of each drawn unit: the gravest of its items, once all of them are in."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from supervision.domain.items import Task
from supervision.errors import SupervisionError
from supervision.results.outcomes import item_outcomes, unit_outcomes

OUTCOMES = {"1": "clean", "A": "problem", "7": "could_not"}


class Codes:
    """Result codes of three outcomes."""

    def outcome(self, result_code):
        """Return what a code means."""
        return OUTCOMES[result_code]


def task(task_id, *items):
    """A task of some items."""
    days = {"start": date(2026, 12, 1), "end": date(2026, 12, 31)}
    words = {"name": task_id, "round": "2026-12", "lead": "market", "population": "*", "regime": "random"}
    rest = {"ratio": "n=5", "access": "sealed", "disclosure": "after_visit"}
    return Task(task_id=task_id, items=items, **days, **words, **rest)


TASKS = (task("T1", "food", "fire"), task("T2", "food"))
CHOSEN = pd.DataFrame(
    [("T1", "U1"), ("T1", "U2"), ("T1", "U3"), ("T1", "U4"), ("T2", "U1"), ("T2", "U5")], columns=["task_id", "unit_id"]
)
NOBODY = pd.DataFrame(columns=["task_id", "unit_id"], dtype="str")
RESULTS = pd.DataFrame(
    [
        ("U1~1", "U1", "food", "1"),
        ("U1~1", "U1", "fire", "A"),
        ("U2~1", "U2", "food", "7"),
        ("U2~1", "U2", "fire", "1"),
        ("U3~1", "U3", "food", "A"),
        ("U4~1", "U4", "food", "1"),
    ],
    columns=["visit_id", "unit_id", "item_id", "result"],
)
DUE = pd.DataFrame(
    [("U1", "food"), ("U1", "fire"), ("U2", "food"), ("U2", "fire"), ("U3", "food"), ("U3", "fire"), ("U4", "food")],
    columns=["unit_id", "item_id"],
)


def test_items_and_units():
    """One visit serves both tasks that ask for its item; a problem outweighs a closed door, that a clean result.

    U3 still owes fire and has no outcome, though food is known; of U4 the calendar holds food alone; U5 has nothing.
    """
    by_item = item_outcomes(RESULTS, tasks=TASKS, chosen=CHOSEN, replaced=NOBODY, codes=Codes())
    assert by_item.to_numpy().tolist() == [
        ["T1", "U1", "fire", "problem"],
        ["T1", "U1", "food", "clean"],
        ["T1", "U2", "fire", "clean"],
        ["T1", "U2", "food", "could_not"],
        ["T1", "U3", "food", "problem"],
        ["T1", "U4", "food", "clean"],
        ["T2", "U1", "food", "clean"],
    ]
    by_unit = unit_outcomes(by_item, tasks=TASKS, chosen=CHOSEN, due=DUE)
    assert by_unit.to_numpy().tolist() == [
        ["T1", "U1", "problem"],
        ["T1", "U2", "could_not"],
        ["T1", "U4", "clean"],
        ["T2", "U1", "clean"],
    ]


def test_whom_another_stepped_in_for():
    """A unit that was replaced could not be inspected, in the task it was replaced in and where nothing is reported."""
    replaced = pd.DataFrame([("T1", "U3"), ("T2", "U5")], columns=["task_id", "unit_id"])
    by_item = item_outcomes(RESULTS, tasks=TASKS, chosen=CHOSEN, replaced=replaced, codes=Codes())
    theirs = by_item[by_item["unit_id"].isin(["U3", "U5"])].to_numpy().tolist()
    assert theirs == [
        ["T1", "U3", "fire", "could_not"],
        ["T1", "U3", "food", "problem"],
        ["T2", "U5", "food", "could_not"],
    ]
    by_unit = unit_outcomes(by_item, tasks=TASKS, chosen=CHOSEN, due=DUE)
    assert ["T1", "U3", "problem"] in by_unit.to_numpy().tolist()
    assert ["T2", "U5", "could_not"] in by_unit.to_numpy().tolist()


def test_results_that_contradict():
    """Two visits that say different things of one item at one unit are named; two that agree are one."""
    again = pd.DataFrame([("U1~2", "U1", "food", "A")], columns=RESULTS.columns)
    with pytest.raises(SupervisionError) as refused:
        item_outcomes(pd.concat([RESULTS, again]), tasks=TASKS, chosen=CHOSEN, replaced=NOBODY, codes=Codes())
    assert refused.value.code == "results.contradict"
    assert "U1~1 U1~2" in refused.value.text("en")
    same = again.assign(result="1")
    both = item_outcomes(pd.concat([RESULTS, same]), tasks=TASKS, chosen=CHOSEN, replaced=NOBODY, codes=Codes())
    assert len(both) == 7
