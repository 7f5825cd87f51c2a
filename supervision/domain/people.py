"""People and offices (机构与人员): small frozen values that stages share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Office:
    """An office that sends inspectors (执法机构): one department in one district."""

    office_id: str
    department: str
    region: str
    name: str
