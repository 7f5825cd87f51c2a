"""People and offices (机构与人员): small frozen values that stages share."""

from __future__ import annotations

from dataclasses import dataclass

ROSTER = ["inspector_id", "office", "from", "until", "scopes", "daily_limit", "absent"]  # the columns of roster.csv
ALL_ITEMS = "*"  # in scopes: whatever item


@dataclass(frozen=True, kw_only=True)
class Office:
    """An office that sends inspectors (执法机构): one department in one district.

    Attributes
    ----------
    office_id
        Its id.
    department
        Code of its department.
    region
        Six-digit code of its district (GB/T 2260).
    name
        Its name.

    Examples
    --------
    >>> import supervision
    >>> supervision.Office(office_id="m1", department="market", region="320505", name="虎丘市场监管所").region
    '320505'
    """

    office_id: str
    department: str
    region: str
    name: str
