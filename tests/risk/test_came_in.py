"""From which day an indicator can say anything: the last register that it reads, the first kind of event."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import risk_registers as given

from supervision.risk.came_in import came_in, heard
from supervision.risk.dated_rows import FAR
from supervision.risk.indicators import INDICATORS
from supervision.risk.snapshot import Evidence


def test_rows_are_heard_from_the_first_known_value():
    """Unknown before the first known value of any day is left out, unknown afterwards is not."""
    day = np.array(["2026-01-02", "2026-01-03", "2026-01-01", "2026-01-03"], dtype="datetime64[D]")
    assert heard(np.array([5, -1, -1, 0]), day).tolist() == [True, True, False, True]
    assert heard(np.array([-1, -1, -1, -1]), day).tolist() == [False] * 4


@pytest.mark.parametrize("name", [row.name for row in INDICATORS])
def test_every_indicator_s_sources_are_understood(name):
    """With every register on its own day an indicator came in with the last that it needs, one of events with one."""
    units = given.entities({"unit_id": "a", "known_on": "2024-01-01", "name": "好味店", "type": "企业",
                            "industry": "C34", "address": "x", "region": "1", "street": "s", "tags": "t",
                            "legal_rep": "王",
                            "established": "2015-01-01", "licence_until": "2030-01-01", "capital": 1, "paid_capital": 1,
                            "last_annual_report": "2023-06-30", "capital_due": "2030-01-01", "employees": 3,
                            "above_scale": True})  # fmt: skip
    kinds = sorted({kind for row in INDICATORS for kind in getattr(row.recipe, "kinds", ())} |
                   {row.recipe.kind for row in INDICATORS if hasattr(row.recipe, "kind")})  # fmt: skip
    events = given.events(*({"unit_id": "a", "kind": kind, "happened": f"2024-02-{day:02}"}
                            for day, kind in enumerate(kinds, start=1)))  # fmt: skip
    visits = given.history({"unit_id": "a", "date": "2024-03-01", "result": "1", "known_on": "2024-03-02"})
    linked = [{"unit_id": "a", "related": "p", "known_on": "2024-04-01"}]
    held = [{"unit_id": "a", "kind": "food", "issued": "2024-01-01", "known_on": "2024-05-01"}]
    others = given.others(linked=linked, held=held)
    evidence = Evidence.of(units, events, visits, outcomes=given.OUTCOMES, others=others)
    recipe = next(row.recipe for row in INDICATORS if row.name == name)
    source = recipe.source
    want = [("licences", "2024-05-01"), ("relations", "2024-04-01"), ("history", "2024-03-02")]
    day = next((day for word, day in want if word in source.replace("licences_", "")), None)
    if day is None and "events" in source:
        mine = getattr(recipe, "kinds", None) or (recipe.kind,)
        day = min(f"2024-02-{kinds.index(kind) + 1:02}" for kind in mine)
    if name == "annual_report_days":
        day = "2024-01-01"
    told = came_in(recipe, evidence)
    assert str(pd.Timestamp(told, unit="D").date()) == (day or "2024-01-01")
    nothing = Evidence.of(given.entities(), given.events(), given.history(), outcomes=given.OUTCOMES)
    assert came_in(recipe, nothing) == FAR
