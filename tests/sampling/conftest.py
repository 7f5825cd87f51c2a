"""The worked round of draw protocol 1."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

VECTORS = Path(__file__).parents[1] / "vectors" / "protocol1.json"


@pytest.fixture(scope="session")
def vectors() -> dict[str, Any]:
    """The vectors."""
    found: dict[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8"))
    return found
