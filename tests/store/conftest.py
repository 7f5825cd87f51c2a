"""A store and small registers for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from supervision.store.store import Store

AT = "2026-11-01T09:00:00+08:00"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return an empty store in a folder of its own."""
    return Store.create(tmp_path / "supervision.db", wait=1.0)


@pytest.fixture
def offices() -> Callable[..., pd.DataFrame]:
    """Return a maker of office rows: (office_id, name, known_on) each."""

    def make(*rows: tuple[str, str, str]) -> pd.DataFrame:
        frame = pd.DataFrame(rows, columns=["office_id", "name", "known_on"], dtype="str")
        frame["department"], frame["region"] = "market", "320505"
        frame["known_on"] = frame["known_on"].astype("datetime64[s]")
        return frame

    return make


@pytest.fixture
def put() -> Callable[..., Any]:
    """Return an import with the arguments that the tests do not care about."""

    def insert(store: Store, kind: str, frame: pd.DataFrame, *, source: str = "ab", at: str = AT) -> Any:
        return store.insert(kind, frame, who="zhang", at=at, source_digest=source)

    return insert
