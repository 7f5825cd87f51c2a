import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from supervision.canonical import canonical_json
from supervision.domain.people import Office
from supervision.planner.calendar import solve
from supervision.planner.plan import Budget


def rows(frame: pd.DataFrame) -> list[str]:
    """A frame as CSV lines without the header."""
    return frame.to_csv(index=False, header=False).splitlines()


def test_small_month_as_a_table(small: Any) -> None:
    """Everybody is visited: the risky unit first, whole-day places from the morning, places numbered from 1."""
    plan = small.solve(iterations=20)
    assert rows(plan.calendar) == [
        "U1~1,U1,F,1,2026-12-01T1 2026-12-01T2,f1",
        "U1~1,U1,F,2,2026-12-01T1 2026-12-01T2,f1",
        "U1~1,U1,M,1,2026-12-01T1,m1",
        "U1~1,U1,M,2,2026-12-01T1,m1",
        "U2~1,U2,M,1,2026-12-01T2,m1",
        "U2~1,U2,M,2,2026-12-01T2,m1",
        "U2~2,U2,M,1,2026-12-04T1,m2",
        "U2~2,U2,M,2,2026-12-04T1,m2",
        "U3~1,U3,F,1,2026-12-02T1 2026-12-02T2,f1",
        "U3~1,U3,F,2,2026-12-02T1 2026-12-02T2,f1",
    ]
    assert plan.unheld.empty
    assert small.check(plan) == []


def test_certificate_holds_integers_and_texts_only(small: Any) -> None:
    """The certificate is canonical JSON and tells what is proven."""
    found = small.solve(iterations=20).certificate
    assert json.loads(canonical_json(found)) == found
    total = found["total"]
    assert [total[k] for k in ("visits", "held", "not_held", "proven_not_held", "gap")] == [4, 4, 0, 0, 0]
    assert (total["units"], total["forced_splits"], total["fewest_visits"]) == (3, 1, 4)
    assert total["status"] == "optimal"
    assert found["districts"][0]["busiest_office"] == "F"


def test_an_overfull_office_is_named_with_its_figures(small: Any) -> None:
    """Three inspectors can do one whole-day visit for two a day: of six units in four days two are not held, proven."""
    small.units = [(f"U{n}", "320505", "S1", "A", 1) for n in range(6)]
    small.drawn = [("f", u[0]) for u in small.units]
    plan = small.solve(iterations=10)
    total = plan.certificate["total"]
    assert isinstance(total, dict)
    assert (total["held"], total["not_held"], total["proven_not_held"], total["status"]) == (4, 2, 2, "optimal")
    assert set(plan.unheld["reason"]) == {"office_full"}
    assert plan.unheld["text_en"][0] == (
        "Fire Huqiu（F） needs 24 inspector-half-days from 2026-12-01 to 2026-12-04, has 16; add people, lengthen the "
        "window or draw fewer"
    )
    assert small.check(plan) == []


def test_leave_can_make_a_visit_impossible(small: Any, kit: SimpleNamespace) -> None:
    """Two people who are never there on the same half-day are too few at once."""
    small.drawn = [("m", "U1")]
    mornings, afternoons = (" ".join(f"{d}T{h}" for d in small.days) for h in (1, 2))
    small.roster = [kit.inspector("M1", "M", "m1", absent=mornings), kit.inspector("M2", "M", "m1", absent=afternoons)]
    plan = small.solve(iterations=5)
    assert rows(plan.unheld[["reason", "office", "needed", "available"]]) == ["too_few_at_once,M,2,1"]
    assert small.check(plan) == []


@pytest.mark.parametrize("seed", range(12))
def test_random_months_are_sound_and_repeat(random_world: Callable[[int], Any], seed: int) -> None:
    """The calendar passes the check and keeps to what is proven; shuffled rows give the same bytes."""
    world = random_world(seed)
    plan = world.solve(iterations=1500, freed=20, effort=0.05)
    assert world.check(plan) == []
    total = plan.certificate["total"]
    assert isinstance(total, dict)
    assert total["not_held"] >= total["proven_not_held"]
    assert total["not_held"] <= total["greedy_not_held"]
    for name in ("drawn", "units", "roster", "recusals"):
        setattr(world, name, getattr(world, name)[::-1])
    again = world.solve(iterations=1500, freed=20, effort=0.05)
    assert again.calendar.to_csv() == plan.calendar.to_csv()
    assert again.unheld.to_csv() == plan.unheld.to_csv()
    assert canonical_json(again.certificate) == canonical_json(plan.certificate)


def test_processes_do_not_change_the_calendar(small: Any) -> None:
    """Two districts in two processes give the bytes of one process, and progress reaches the number of visits."""
    for department, office in (("market", "M"), ("fire", "F")):
        other = f"{office}2"
        small.offices[other] = Office(office_id=other, department=department, region="320506", name=office)
        small.roster += [(f"{r[0]}b", other, *r[2:]) for r in small.roster if r[1] == office]
    small.units = [(u, r, *rest) for u, _, *rest in small.units for r in ["320506" if u == "U3" else "320505"]]
    small.regions = ("320505", "320506")
    wanted, seen = small.demand(), []
    one = solve(wanted, small.table, small.half_days, budget=Budget(iterations=2000))
    both = solve(
        wanted,
        small.table,
        small.half_days,
        budget=Budget(iterations=2000, processes=2),
        progress=lambda done, total: seen.append((done, total)),
    )
    assert both.calendar.to_csv() == one.calendar.to_csv()
    assert seen == [(3, 4), (4, 4)]
