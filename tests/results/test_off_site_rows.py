"""Rows of off-site checks against what is owed (非现场检查结果受理)."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from supervision.results.acceptance import Owed, Team, faults
from supervision.results.people import People

TEAM = Team(holders=frozenset({"i1", "i2"}), least=2, methods=frozenset({"desk", "online"}))
OWED = {
    "2026-12": Owed(teams={("U1~0", "report", "market", "U1"): TEAM}, first=date(2026, 12, 1), last=date(2026, 12, 20))
}
GOOD = {
    "round": "2026-12",
    "visit_id": "U1~0",
    "item_id": "report",
    "agency": "market",
    "unit_id": "U1",
    "result": "1",
    "inspected_on": pd.Timestamp("2026-12-17"),
    "method": "desk",
    "inspectors": "i1 i2",
    "reviewer": "钱七",
    "correction_reviewer": None,
}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"method": "desk online"}, []),
        ({"method": None}, [("method", "", "results.off_site_unsaid")]),
        ({"method": "on_site"}, [("method", "on_site", "results.off_site_method")]),
        ({"method": "desk test"}, [("method", "test", "results.off_site_method")]),
        ({"inspectors": "i1 i2 x"}, [("inspectors", "x", "results.off_site_stranger")]),
        ({"inspectors": "i1"}, [("inspectors", "i1", "results.too_few")]),
        ({"visit_id": "U1~1"}, [("visit_id", "U1~1", "results.not_in_calendar")]),
        ({"reviewer": "i1"}, [("reviewer", "i1", "results.own_reviewer")]),
    ],
)
def test_rows(changes, said):
    """An off-site check names its method and the office's own people, and has a reviewer like any other."""
    people = People(names={"i1": "张三", "i2": "李四", "x": "王五"}, offices={})
    rows = pd.DataFrame([GOOD | changes])
    found = faults(rows, owed=OWED, people=people, known_ended=set(), ending=["9"])
    assert [(one.column, one.value, one.reason.code) for one in found] == said
