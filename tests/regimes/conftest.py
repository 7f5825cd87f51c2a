"""The demonstration city with an item and a task of every regime, read and scored once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from supervision.demo.city import write_city
from supervision.month import line
from supervision.month.city import City
from supervision.month.city_rules import lay_rules
from supervision.month.importing import import_folder
from supervision.month.round import Round
from supervision.store.store import Store

ROUND = "2026-12"


@pytest.fixture(scope="session")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the input folder of the city."""
    folder = tmp_path_factory.mktemp("inputs") / "city"
    write_city(folder, entities=600, month=ROUND, all_regimes=True)
    return folder


@pytest.fixture(scope="session")
def store(inputs: Path) -> Path:
    """Return a store with the city's registers, scored as for a rehearsal."""
    path = inputs.parent / "x.db"
    Store.create(path)
    lay_rules(inputs, path)
    city = City.open(path, who="tester", own_ids=True)
    report = import_folder(city, inputs, as_of=None)
    assert report.exit_code == 0, "no row of the demonstration city is rejected"
    line.score(city, ROUND, rehearsal=True)
    return path


@pytest.fixture(scope="session")
def registers(store: Path) -> Callable[..., pd.DataFrame]:
    """Return what gives a register of the city, read once."""
    round = City.open(store, who="tester").round(ROUND, rehearsal=True)

    @cache
    def read(kind: str, columns: tuple[str, ...] | None) -> pd.DataFrame:
        return round.register(kind, None if columns is None else list(columns))

    return lambda kind, columns=None: read(kind, None if columns is None else tuple(columns))


@pytest.fixture
def round(store: Path, registers: Callable[..., pd.DataFrame]) -> Round:
    """Return the scored round, before it is committed; a test may change its tasks, items and registers."""
    found: Any = City.open(store, who="tester").round(ROUND, rehearsal=True)
    found.register = registers
    return found
