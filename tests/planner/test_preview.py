from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from supervision.planner.preview import preview


def test_expected_load_of_every_office(small: Any, kit: SimpleNamespace) -> None:
    """Tasks share random numbers, so a unit counts with its greatest probability; sizes count the same way."""
    inclusion = pd.DataFrame(
        [("m", "U1", 0.5), ("late", "U1", 0.25), ("m", "U2", 1.0), ("f", "U3", 0.5)],
        columns=["task_id", "unit_id", "probability"],
    )
    units = pd.DataFrame(small.units, columns=["unit_id", "region", "street", "class", "score"])
    found = preview(
        inclusion, small.tasks, small.items, small.offices, units, small.table, small.half_days, law=kit.Rules()
    )
    assert found.to_csv(index=False).splitlines() == [
        "office,expected_visits,half_days_needed,half_days_available,load,over",
        "F,0.5,2.0,24,0.08333333333333333,False",
        "M,1.5,3.0,24,0.125,False",
    ]


def test_an_office_without_people_is_over(small: Any, kit: SimpleNamespace) -> None:
    """Whatever is expected of an office with nobody on duty is too much."""
    small.roster = [r for r in small.roster if r[1] == "M"]
    inclusion = pd.DataFrame([("f", "U3", 0.01)], columns=["task_id", "unit_id", "probability"])
    units = pd.DataFrame(small.units, columns=["unit_id", "region", "street", "class", "score"])
    found = preview(
        inclusion, small.tasks, small.items, small.offices, units, small.table, small.half_days, law=kit.Rules()
    )
    assert found.set_index("office").loc["F", "load"] == pytest.approx(float("inf"))
    assert list(found["over"]) == [True, False]
