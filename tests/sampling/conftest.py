"""The worked round of draw protocol 1."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

VECTORS = Path(__file__).parents[2].parent / "shared" / "vectors" / "protocol1.json"


@pytest.fixture(scope="session")
def vectors() -> dict[str, Any]:
    """The vectors, or a skip that says which file is not there."""
    if not VECTORS.exists():
        pytest.skip(f"the worked round of the protocol is not here: {VECTORS}")
    found: dict[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8"))
    return found
