"""Written forms (书写格式): patterns of ids and rounds that several registers share, and how they are put in words."""

from __future__ import annotations

from supervision.messages import Label

ID_PATTERN = r"[A-Za-z0-9._-]{1,40}"
ID_FORM = Label("1–40 个字母、数字或 . _ -", "1–40 letters, digits or . _ -")
ROUND_PATTERN = r"[0-9]{4}-(0[1-9]|1[0-2])(-[a-z])?"
REHEARSAL_PATTERN = rf"{ROUND_PATTERN}(\.rehearsal)?"
ROUND_FORM = Label("形如 2026-12 或 2026-12-b", "like 2026-12 or 2026-12-b")
ROUND_REPAIRS = (
    (r"^([0-9]{4}-[0-9]{2})-01$", r"\1"),
    (r"^([0-9]{4})[/.年-]([0-9])月?$", r"\1-0\2"),
    (r"^([0-9]{4})[/.年-]([0-9]{2})月?$", r"\1-\2"),
)
