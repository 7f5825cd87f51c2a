"""The modules that make pages of the site; they stand beside the pages, outside the package."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def root() -> Path:
    """Return the project's folder."""
    return ROOT


@pytest.fixture
def page_module(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Return a function that loads one of the modules by its name."""
    monkeypatch.syspath_prepend(str(ROOT / "docs" / "generate"))
    return importlib.import_module
