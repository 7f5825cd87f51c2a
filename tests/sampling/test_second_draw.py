"""The second draw of the worked round, and the lottery cases."""

from __future__ import annotations

import io
import json
from typing import Any

import pandas as pd
import pytest

from supervision.canonical import digest
from supervision.sampling.inspectors.lottery import match
from supervision.sampling.protocol.seeds import Source, check_sources, key_string, seed2

HASH = "sha256"


def _places(entries: list[dict[str, Any]]) -> pd.DataFrame:
    joined = [{**one, "half_days": " ".join(one["half_days"]), "items": " ".join(one["items"])} for one in entries]
    return pd.DataFrame(joined)


def _roster(entries: list[dict[str, Any]]) -> pd.DataFrame:
    joined = [{**one, "scopes": " ".join(one["scopes"]), "absent": " ".join(one["absent"])} for one in entries]
    return pd.DataFrame(joined)


def _recusals(pairs: list[list[str]]) -> pd.DataFrame:
    return pd.DataFrame([(*pair, "relative") for pair in pairs], columns=["inspector_id", "unit_id", "ground"])


def test_second_seed(vectors: dict[str, Any]) -> None:
    """commitment2 and the second values give the second seed."""
    second = vectors["second"]
    assert digest(HASH, second["commitment2_json"].encode()).hex() == second["commitment2"]
    sources = [Source.of(entry) for entry in json.loads(second["commitment2_json"])["sources"]]
    check_sources(sources)
    key = key_string(sources, second["values2"])
    assert key == second["key_string2"]
    first = bytes.fromhex(vectors["seed1"])
    assert seed2(bytes.fromhex(second["commitment2"]), first, key, hash_name=HASH).hex() == second["seed2"]


def test_roster_of_the_round(vectors: dict[str, Any]) -> None:
    """The worked calendar, read from its CSV, gives the worked roster and the visits sent back."""
    second = vectors["second"]
    read = {
        name: pd.read_csv(io.StringIO(second[f"{name}_csv"]), dtype="str", keep_default_na=False)
        for name in ("calendar", "roster", "recusals")
    }
    found = match(read["calendar"], read["roster"], read["recusals"], bytes.fromhex(second["seed2"]), hash_name=HASH)
    assert found.assignments.to_dict("records") == second["roster"]
    assert sorted(set(found.sent_back["visit_id"])) == second["sent_back"]


@pytest.mark.parametrize("number", range(3))
def test_lottery_cases(vectors: dict[str, Any], number: int) -> None:
    """Small calendars with paths, two half-days and a visit that cannot be held."""
    case = vectors["lottery_cases"][number]
    seed = bytes.fromhex(case["seed2"])
    recusals = _recusals(case["recusals"])
    found = match(_places(case["places"]), _roster(case["inspectors"]), recusals, seed, hash_name=HASH)
    assert found.assignments.to_dict("records") == case["roster"]
    assert sorted(set(found.sent_back["visit_id"])) == case["sent_back"]
