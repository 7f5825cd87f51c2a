from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from supervision.errors import SupervisionError


def rows(frame: pd.DataFrame) -> list[str]:
    """A frame as CSV lines without the header."""
    return frame.to_csv(index=False, header=False).splitlines()


def test_tasks_of_one_unit_become_one_visit_where_they_can(small: Any) -> None:
    """U1's two departments come together; U2's windows do not meet, so it is visited twice, and that is proven."""
    found = small.demand()
    assert rows(found.visits) == [
        "1,U1,320505,S1,D,900,2026-12-01T1,2026-12-03T2,f m",
        "2,U2,320505,S1,A,100,2026-12-01T1,2026-12-03T2,m",
        "3,U2,320505,S1,A,100,2026-12-04T1,2026-12-04T2,late",
        "4,U3,320505,S2,B,500,2026-12-01T1,2026-12-04T2,f",
    ]
    assert rows(found.needs) == ["1,F,2,2,f1", "1,M,2,1,m1", "2,M,2,1,m1", "3,M,2,1,m2", "4,F,2,2,f1"]
    assert (found.units, found.splits, len(found.impossible)) == (3, 1, 0)


def test_an_item_is_listed_once_however_many_tasks_ask(small: Any, kit: SimpleNamespace) -> None:
    """Two tasks with the same item are one need; the office sends as many as its most demanding item asks."""
    small.items["m1"] = kit.item("m1", "market", inspectors=3)
    small.tasks["again"] = kit.task("again", "m1 m2")
    small.drawn = [("m", "U1"), ("again", "U1")]
    assert rows(small.demand().needs) == ["1,M,3,1,m1 m2"]


def test_the_law_sets_the_least_number_of_people(small: Any) -> None:
    """With a higher legal minimum every office sends more."""
    assert set(small.demand(least=3).needs["people"]) == {3}


def test_items_that_nobody_covers_together_are_split(small: Any, kit: SimpleNamespace) -> None:
    """When no two people cover both items, the places carry what one certified inspector covers, together all."""
    small.roster = [kit.inspector("M1", "M", "m1"), kit.inspector("M2", "M", "m2"), kit.inspector("M3", "M", "m2")]
    small.items |= {i: kit.item(i, "market", inspectors=1) for i in ("m1", "m2")}
    small.tasks["both"] = kit.task("both", "m1 m2")
    small.drawn = [("both", "U1")]
    assert rows(small.demand().needs) == ["1,M,1,1,m1", "1,M,1,1,m2"]
    assert small.check(small.solve(iterations=0)) == []


def test_what_nobody_can_do_is_told_and_the_rest_is_held(small: Any, kit: SimpleNamespace) -> None:
    """No office, nobody certified, no working day: each is a row with its figures, and the other items stay."""
    small.items["w1"] = kit.item("w1", "water")
    small.items["m9"] = kit.item("m9", "market")
    small.tasks |= {"w": kit.task("w", "w1 m1"), "nine": kit.task("nine", "m9"), "dry": kit.task("dry", "m1", 20, 25)}
    small.drawn = [("w", "U1"), ("nine", "U1"), ("dry", "U3")]
    found = small.demand()
    assert rows(found.needs) == ["1,M,2,1,m1"]
    assert rows(found.impossible) == [
        "U1,w,w1,no_office,water,2,0,320505,2026-12-01,2026-12-31",
        "U1,nine,m9,no_scope,M,2,0,320505,2026-12-01,2026-12-31",
        "U3,dry,m1,no_half_day,M,2,0,320505,2026-12-20,2026-12-25",
    ]
    plan = small.solve(iterations=0)
    assert list(plan.unheld["text_en"]) == [
        "Market Huqiu（M） needs 2 certified inspectors for m9, has 0; widen scopes or add inspectors",
        "320505 has no office of department water, nobody can be sent for w1; register an office",
        "320505 has no working half-day between 2026-12-20 and 2026-12-25 (0); change the task's dates",
    ]
    assert small.check(plan) == []


def test_recused_inspectors_do_not_count(small: Any) -> None:
    """With two of three inspectors recused from a unit, its office has too few and says how many it has."""
    small.recusals = [("F1", "U3"), ("F2", "U3")]
    assert rows(small.demand().impossible) == ["U3,f,f1,no_scope,F,2,1,320505,2026-12-01,2026-12-31"]


def test_row_order_does_not_matter(small: Any) -> None:
    """The same rows in another order give the same tables."""
    before = small.demand()
    small.drawn, small.units, small.roster = small.drawn[::-1], small.units[::-1], small.roster[::-1]
    after = small.demand()
    pd.testing.assert_frame_equal(before.visits, after.visits)
    pd.testing.assert_frame_equal(before.needs, after.needs)


@pytest.mark.parametrize(
    ("drawn", "code"),
    [
        ([("x", "U1")], "planner.unknown_task"),
        ([("m", "U9")], "planner.unknown_unit"),
        ([("odd", "U1")], "planner.unknown_item"),
    ],
)
def test_names_that_are_not_listed_are_errors(small: Any, kit: SimpleNamespace, drawn: Any, code: str) -> None:
    """A drawn task, unit or item outside the lists stops the planning and is named."""
    small.tasks["odd"] = kit.task("odd", "zz")
    small.drawn = drawn
    with pytest.raises(SupervisionError) as caught:
        small.demand()
    assert caught.value.code == code
    assert caught.value.text("en") != caught.value.text("zh")


def test_nothing_drawn_is_nothing_to_hold(small: Any) -> None:
    """An empty draw gives empty tables and an empty calendar."""
    small.drawn = []
    plan = small.solve(iterations=5)
    assert (len(plan.calendar), len(plan.unheld), small.check(plan)) == (0, 0, [])
