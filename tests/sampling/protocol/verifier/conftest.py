"""Forge a round and verify it."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from forge_draws import Full

from supervision.sampling.protocol.verifier import Report, verify

Verify = Callable[..., Report]


@pytest.fixture
def forged(tmp_path: Path) -> Verify:
    """Return a function that writes a forged round and verifies it: edits by record, options, course."""

    def run(edits: dict[str, Any] | None = None, *, course: Any = None, **options: Any) -> Report:
        out = tmp_path / str(len([*tmp_path.iterdir()]))
        one = Full(edits=edits or {}, **options)
        (course(one) if course else one.whole()).finish(out)
        return verify(out)

    return run


@pytest.fixture
def differs(forged: Verify) -> Callable[..., str]:
    """Return a function that gives the name of the first condition that a forged round breaks, or its verdict."""

    def run(edits: dict[str, Any] | None = None, **options: Any) -> str:
        report = forged(edits, **options)
        return report.difference.name if report.difference else f"exit {report.code}"

    return run
