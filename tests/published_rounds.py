"""Rounds as they stand in the public folder, made up for tests of what is told over all of them."""

from __future__ import annotations

from supervision.notice.open_data import RoundFiles

RESULT = {
    "unit_id": "U1",
    "name": "=HYPERLINK(1)",
    "agency": "市场监管",
    "item": "食品",
    "inspected_on": "2026-12-04",
    "category": "未发现问题",
    "corrected_on": "",
    "correction": "",
    "tasks": "T1",
    "office": "一所",
    "region": "姑苏区",
    "follow_up": "",
    "due": "2026-12-30",
    "published_on": "2026-12-05",
}
COMMITTED = {"committed_at": "2026-11-23T09:00:00+08:00", "tasks": 1, "units": 30, "sample": 3}


def published(round="2026-12", *, results=(), counts=None, rehearsal=False, **index):
    """Return a round with some results."""
    files = {
        "index": {"stage": "results", "counts": counts or {}, "clock": [], **index},
        "results": {"results": list(results), "corrections": [], "removed": {"expired": 0, "repaired": 2}},
    }
    return RoundFiles(round=round, rehearsal=rehearsal, files=files, committed=COMMITTED)
