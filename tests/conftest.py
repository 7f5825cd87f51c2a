"""Let every test import the shared builders, and keep a folder's tests in one process: they share played months."""

import os
import sys
from pathlib import Path
from typing import Any

from xdist.scheduler import LoadScopeScheduling

sys.path.insert(0, str(Path(__file__).parent))
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the command line does, before numpy is first loaded


class _ByFolder(LoadScopeScheduling):
    """Gives the tests of a folder to one process; the greatest folders first."""

    def _split_scope(self, nodeid: str) -> str:
        return "/".join(nodeid.split("::", maxsplit=1)[0].split("/")[:2])


def pytest_xdist_make_scheduler(config: Any, log: Any) -> _ByFolder:
    """Return how `pytest -n` shares the tests among processes."""
    return _ByFolder(config, log)
