"""Population conditions."""

from __future__ import annotations

import pandas as pd
import pytest

from supervision.domain.population import Population
from supervision.errors import SupervisionError

ENTITIES = pd.DataFrame(
    {
        "unit_id": ["u1", "u2", "u3", "u4"],
        "type": ["企业", "个体工商户", None, "企业"],
        "region": ["320505", "320506", "320505", "320581"],
        "tags": ["食品经营 特种设备", "食品", None, "药品"],
        "industry": ["C3412", "F5211", "C1351", None],
        "capital": [500.0, None, 10.0, 1000.0],
        "established": pd.to_datetime(["2020-01-01", "2025-06-30", None, "2026-01-01"]).astype("datetime64[s]"),
        "above_scale": pd.array([True, False, None, True], dtype="boolean"),
    }
).astype(dict.fromkeys(["unit_id", "type", "region", "tags", "industry"], "str"))

CASES = [
    ("*", "u1 u2 u3 u4"),
    ("type=企业", "u1 u4"),
    ("type!=企业", "u2 u3"),
    ("type=企业,个体工商户；region=320505，320506", "u1 u2"),
    ("tags=食品", "u2"),
    ("tags=食品,药品", "u2 u4"),
    ("tags!=食品经营", "u2 u3 u4"),
    ("industry^=C", "u1 u3"),
    ("industry^=C13,F", "u2 u3"),
    ("capital>=500", "u1 u4"),
    ("capital<=500", "u1 u3"),
    ("capital=10", "u3"),
    ("established>=2025-06-30", "u2 u4"),
    ("established<=2020-01-01 ; type=企业", "u1"),
    ("above_scale=是", "u1 u4"),
    ("above_scale=false", "u2"),
]


@pytest.mark.parametrize(("text", "units"), CASES)
def test_matches(text: str, units: str) -> None:
    """Each operator picks these units; a missing value fulfils only `!=`."""
    found = Population.parse(text).matches(ENTITIES)
    assert " ".join(ENTITIES["unit_id"][found]) == units


@pytest.mark.parametrize(
    ("text", "code", "clause"),
    [
        ("", "domain.clause", ""),
        ("type", "domain.clause", "type"),
        ("type=企业;capital>>5", "domain.clause", "capital>>5"),
        ("capital>=1,2", "domain.clause", "capital>=1,2"),
        ("colour=red", "domain.clause_column", "colour=red"),
        ("capital>=many", "domain.clause_value", "capital>=many"),
        ("established=soon", "domain.clause_value", "established=soon"),
        ("above_scale=perhaps", "domain.clause_value", "above_scale=perhaps"),
        ("type>=企业", "domain.clause_order", "type>=企业"),
    ],
)
def test_errors_name_the_clause(text: str, code: str, clause: str) -> None:
    """What cannot be read is named, not guessed."""
    with pytest.raises(SupervisionError) as caught:
        Population.parse(text).matches(ENTITIES)
    assert (caught.value.code, caught.value.params["clause"]) == (code, clause)


def test_columns_may_be_checked_early() -> None:
    """An import can refuse a column that the register does not have."""
    assert Population.parse("type=企业;region^=3205", columns=["type", "region"]).columns == ("region", "type")
    with pytest.raises(SupervisionError, match="colour"):
        Population.parse("colour=red", columns=["type"])
