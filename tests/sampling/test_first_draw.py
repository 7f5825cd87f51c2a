"""The first draw of the worked round, made step by step from its commitment and values."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from supervision.canonical import canonical_json, digest
from supervision.sampling.bytes.merkle import leaves, root
from supervision.sampling.bytes.unit_numbers import Secret, numbers, open_salts, salts
from supervision.sampling.pareto.realised import realised
from supervision.sampling.pareto.selection import order
from supervision.sampling.pareto.working_probability import ONE, wanted, working
from supervision.sampling.protocol.seeds import Source, check_sources, key_string, seed1

HASH = "sha256"
TASKS = [0, 1, 2]


def _rows(task: dict[str, Any]) -> pd.DataFrame:
    rows = pd.DataFrame(task["frame"])
    rows["unit_id"] = rows["unit_id"].astype("str")
    rows["U"] = rows["U"].astype("int64")
    return rows.assign(L=rows["L"].astype("int64")).sort_values("unit_id", ignore_index=True)


def _salt(secret: Secret, task: dict[str, Any], unit_id: pd.Series[str]) -> np.ndarray:
    if task["access"] == "open":
        return open_salts(len(unit_id))
    return salts(unit_id, group=task["group"], secret=secret)


def _committed(vectors: dict[str, Any], task: dict[str, Any]) -> dict[str, Any]:
    listed = json.loads(vectors["commitment_json"])["tasks"]
    return next(entry for entry in listed if entry["task_id"] == task["task_id"])


def test_commitment_bytes(vectors: dict[str, Any]) -> None:
    """The commitment's bytes and its digest come back from its values."""
    value = json.loads(vectors["commitment_json"])
    assert canonical_json(value) == vectors["commitment_json"].encode()
    assert digest(HASH, canonical_json(value)).hex() == vectors["commitment"]


def test_seed(vectors: dict[str, Any]) -> None:
    """The sources pass, and their values give the key string and the seed."""
    sources = [Source.of(entry) for entry in json.loads(vectors["commitment_json"])["sources"]]
    check_sources(sources)
    key = key_string(sources, vectors["values"])
    assert key == vectors["key_string"]
    assert seed1(bytes.fromhex(vectors["commitment"]), key, hash_name=HASH).hex() == vectors["seed1"]


@pytest.mark.parametrize("number", TASKS)
def test_roots(vectors: dict[str, Any], secret: Secret, number: int) -> None:
    """Salts and leaves of the frame and of the excluded give the committed roots."""
    task = vectors["tasks"][number]
    rows = _rows(task)
    endings = (rows["stratum"] + "\x1f" + rows["x"].astype(str) + "\x1f" + rows["L"].astype(str)).tolist()
    joined = leaves(
        rows["unit_id"],
        _salt(secret, task, rows["unit_id"]),
        task_id=task["task_id"],
        endings=endings,
        ending=np.arange(len(rows)),
        hash_name=HASH,
    )
    assert root(joined, hash_name=HASH).hex() == _committed(vectors, task)["frame_root"]
    left = pd.DataFrame(task["excluded"], columns=["unit_id", "reason", "rule"])
    out = left["unit_id"].astype("str")
    joined = leaves(
        out,
        salts(out, group=task["group"], secret=secret),
        task_id=task["task_id"],
        endings=(left["reason"] + "\x1f" + left["rule"]).tolist(),
        ending=np.arange(len(out)),
        hash_name=HASH,
    )
    assert root(joined, hash_name=HASH).hex() == _committed(vectors, task)["excluded_root"]


@pytest.mark.parametrize("number", TASKS)
def test_working_probabilities(vectors: dict[str, Any], number: int) -> None:
    """Wanted fractions and exact L come back; an adjusted L agrees as far as a checker asks."""
    task = vectors["tasks"][number]
    rows = _rows(task)
    for stratum in json.loads(task["strata_json"]):
        part = rows[rows["stratum"] == stratum["stratum"]].reset_index(drop=True)
        x = part["x"].to_numpy()
        target = wanted(x, stratum["sample"])
        assert [
            "1" if sure else str(target.fraction(int(size))) for size, sure in zip(x, target.certain, strict=True)
        ] == part["wanted"].tolist()
        found = working(x, stratum["sample"])
        assert found.method == stratum["working"]
        if found.method == "pareto":
            assert found.L.tolist() == part["L"].tolist()
        else:
            assert np.abs(found.L / part["L"].to_numpy() - 1).max() < 1e-10
            others = part["L"].to_numpy()[~target.certain] / ONE
            low, _ = realised(np.log(others) - np.log1p(-others), np.ones(len(others), np.int64), target.sample)
            chances = np.array([float(target.fraction(int(size))) for size in x[~target.certain]])
            assert (np.abs(low - chances) <= 1e-9 * np.minimum(chances, 1 - chances)).all()


@pytest.mark.parametrize("number", TASKS)
def test_numbers_and_selection(vectors: dict[str, Any], secret: Secret, number: int) -> None:
    """Numbers, order, drawn list and reserve of every task come back."""
    task = vectors["tasks"][number]
    rows = _rows(task)
    found = numbers(
        rows["unit_id"],
        _salt(secret, task, rows["unit_id"]),
        seed1=bytes.fromhex(vectors["seed1"]),
        round_id=vectors["round"],
        group=task["group"],
        hash_name=HASH,
    )
    assert [one.tobytes().hex() for one in found.D] == rows["D"].tolist()
    assert found.U.tolist() == rows["U"].tolist()
    drawn, L = list[str](), rows["L"].to_numpy()
    for stratum in json.loads(task["strata_json"]):
        name, sample, reserve = stratum["stratum"], stratum["sample"], stratum["reserve"]
        place = np.flatnonzero((rows["stratum"] == name).to_numpy())
        ranked = order(place, L, found, len(place))
        units = rows["unit_id"].iloc[ranked].tolist()
        assert units[: len(task["order"][name])] == task["order"][name]
        assert units[sample : sample + reserve] == task["reserve"][name]
        short = order(place, L, found, sample)
        assert short.tolist() == ranked[:sample].tolist()
        drawn += units[:sample]
    assert sorted(drawn) == task["drawn"]
