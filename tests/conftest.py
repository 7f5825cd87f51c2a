"""Let every test import the shared builders, and keep a folder's tests in one process: they share played months."""

import os
import sys
from pathlib import Path

import pytest

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the command line does, before numpy is first loaded

TESTS = Path(__file__).parent
sys.path.insert(0, str(TESTS))


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Name the group of each test: its folder."""
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0] if item.path.is_relative_to(TESTS) else "supervision"
        item.add_marker(pytest.mark.xdist_group(folder))
