"""The worked round of draw protocol 2."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import builders
import pandas as pd
import pytest

from supervision.sampling.bytes.unit_numbers import Secret
from supervision.sampling.frame.frame import Frame
from supervision.sampling.protocol.commitment import Commitment
from supervision.sampling.protocol.frozen_frames import FrozenFrame, commit_frames

HASH = "sha256"
VECTORS = Path(__file__).parents[1] / "vectors" / "protocol2.json"


@pytest.fixture(scope="session")
def vectors() -> dict[str, Any]:
    """The vectors."""
    found: dict[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def secret(vectors: dict[str, Any]) -> Secret:
    """The worked round's frame key with round and hash."""
    return Secret(frame_key=bytes.fromhex(vectors["frame_key"]), round_id=vectors["round"], hash_name=HASH)


def frame_of(task: dict[str, Any]) -> Frame:
    """A task of the vectors as a frame before its strata get their public names."""
    key = {name: key for key, name in task["strata_keys"].items()}
    rows = pd.DataFrame(task["frame"])[["unit_id", "stratum", "x", "L"]]
    rows = rows.assign(stratum=rows["stratum"].map(key), x=rows["x"].astype("int64"), L=rows["L"].astype("int64"))
    rows = rows.astype({"unit_id": "str", "stratum": "category"})
    excluded = pd.DataFrame(task["excluded"], columns=["unit_id", "reason", "rule"]).astype("str")
    excluded = excluded.astype({"reason": "category", "rule": "category"})
    strata = pd.DataFrame(json.loads(task["strata_json"]))
    strata = strata.assign(stratum=strata["stratum"].map(key)).astype({"size_total": "int64", "stratum": "str"})
    own = {name: task[name] for name in ("task_id", "group", "access", "disclosure")}
    return Frame(task=builders.task(**own), rows=rows, excluded=excluded, strata=strata)


@pytest.fixture(scope="session")
def frozen(vectors: dict[str, Any], secret: Secret) -> list[FrozenFrame]:
    """The frozen frames of the worked round."""
    frames = [frame_of(task) for task in reversed(vectors["tasks"])]
    return commit_frames(frames, secret)


@pytest.fixture(scope="session")
def committed(vectors: dict[str, Any]) -> Commitment:
    """The first commitment of the worked round."""
    return Commitment.from_bytes(vectors["commitment_json"].encode())
