"""What an office must expect before anything is drawn."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.planner.preview import PREVIEW, preview


def table(
    world: Any, rows: list[tuple[str, str, float]], limit: Fraction = Fraction(9, 10), **more: Any
) -> pd.DataFrame:
    """The preview of a world with these chances."""
    given = world.inputs()
    return preview(
        pd.DataFrame(rows, columns=["task_id", "unit_id", "probability"]),
        given.tasks,
        given.items,
        given.offices,
        given.units[["unit_id", "region"]],
        given.roster,
        given.half_days,
        least=2,
        limit=limit,
        **more,
    )


def test_stretches_chances_and_intervals(small: Any, kit: SimpleNamespace) -> None:
    """M is asked for in days 1–3 and on day 4: each stretch with its tasks, the month with all."""
    small.items["m2"] = kit.item("m2", "market", inspectors=3)
    found = table(small, [("m", "U1", 0.5), ("late", "U1", 0.25), ("m", "U2", 1.0), ("late", "U3", 0.5)])
    assert list(found.columns) == PREVIEW
    rows = {(r["office"], r["start"], r["end"]): r for r in found.to_dict("records")}
    assert list(rows) == [
        ("M", "2026-12-01", "2026-12-31"),
        ("M", "2026-12-01", "2026-12-03"),
        ("M", "2026-12-04", "2026-12-31"),
    ]
    month, early, late = rows.values()
    assert (early["days"], early["duties"], early["half_days"], early["available"]) == (3, 1.5, 3.0, 18)
    assert (early["duties_low"], early["duties_high"]) == (0, 3)
    assert (early["half_days_low"], early["half_days_high"]) == (1, 5)
    assert (late["days"], late["duties"], late["half_days"], late["available"]) == (1, 0.75, 2.25, 6)
    # U1: 3 people with chance 1/4, else 2 with 1/4 more; U2: 2; U3: 3 with 1/2
    assert (month["days"], month["duties"], month["half_days"]) == (4, 2.0, 0.25 * 3 + 0.25 * 2 + 2 + 1.5)
    assert month["load"] == month["half_days"] / 24
    assert not found["over"].any()
    assert (found["lost"] == 0).all()


def test_the_variance_is_that_of_the_draw(small: Any) -> None:
    """The interval against a simulation with one random number a unit."""
    rows = [("m", f"V{n}", 0.02 * n) for n in range(40)] + [("late", f"V{n}", 0.5) for n in range(40)]
    small.units = [(f"V{n}", "320505", "", "") for n in range(40)]
    month = table(small, rows).iloc[0]
    luck = np.random.default_rng(1)
    chance = np.maximum(np.arange(40) * 0.02, 0.5)
    totals = (luck.random((20_000, 40)) < chance).sum(axis=1) * 2
    inside = ((totals >= month["half_days_low"]) & (totals <= month["half_days_high"])).mean()
    assert 0.95 <= inside <= 0.985
    assert abs(totals.mean() - month["half_days"]) < 0.1


def test_an_overfull_office_is_named_with_what_it_loses(small: Any) -> None:
    """Over the limit, not at it; of ten whole-day duties of four half-days each 24 of 40 can be held: four lost."""
    small.units = [(f"V{n}", "320505", "", "") for n in range(10)]
    rows = [("f", f"V{n}", 1.0) for n in range(10)]
    row = table(small, rows).iloc[0]
    assert (row["office"], row["half_days"], row["available"], row["over"], row["lost"]) == ("F", 40.0, 24, True, 4.0)
    assert (row["duties_low"], row["duties_high"]) == (10, 10)
    assert not table(small, rows, limit=Fraction(40, 24)).iloc[0]["over"]
    assert table(small, rows, limit=Fraction(39, 24)).iloc[0]["over"]
    small.roster = []
    row = table(small, rows).iloc[0]
    assert (row["available"], row["load"], row["over"]) == (0, float("inf"), True)


def test_only_offices_that_are_asked_for_stand_in_it(small: Any, kit: SimpleNamespace) -> None:
    """Districts without units and departments without tasks have no row; unknown tasks and items stop it."""
    small.offices["M2"] = kit.office("M2", "market", "320506")
    assert table(small, [("m", "U1", 0.5)])["office"].unique().tolist() == ["M"]
    assert table(small, [("m", "U1", 0.0)]).empty
    with pytest.raises(SupervisionError) as error:
        table(small, [("x", "U1", 0.5)])
    assert error.value.code == "planner.unknown_task"
    small.tasks["m"] = replace(small.tasks["m"], items=("zz",))
    with pytest.raises(SupervisionError) as error:
        table(small, [("m", "U1", 0.5)])
    assert error.value.code == "planner.unknown_item"
