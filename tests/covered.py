"""Frames for tests of coverage duties: a duty, registers and a law, small enough to be reckoned by hand."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

from supervision.law.coverage_duties import Duty

sys.path.insert(0, str(Path(__file__).parent / "sampling"))  # tests are no package
from test_frame import _build, _caps, _entities, _exemptions, _item, _Law, _scores, _table, _task

build_frame_of, caps, entities, exemptions, item, FixedLaw, scores, table, task_of = (
    _build, _caps, _entities, _exemptions, _item, _Law, _scores, _table, _task,
)  # fmt: skip


def duty(**changes: Any) -> Duty:
    """Everybody once in two years from the last inspection, by item m1, in every month."""
    given: dict[str, Any] = {
        "name": "food",
        "rule": "market/food",
        "items": ("m1",),
        "also": (),
        "population": "*",
        "begins": date(2025, 1, 1),
        "months": tuple(range(1, 13)),
        "years": 2,
        "counted": "rolling",
        "most": None,
        "most_years": 1,
    }
    return Duty(**given | changes)
