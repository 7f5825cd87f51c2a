"""Rows of a change as a page shows them (变更明细): a line a visit and office, half-days and people in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from supervision.desk.words import t
from supervision.domain.visits import AFTERNOON, MORNING, PARTS


@dataclass(kw_only=True)
class Line:
    """What changes for an office in a visit (变更一行): `people` are pairs (out, into), "" for nobody."""

    kind: str
    unit: str
    office: str
    was: str
    now: str
    people: list[tuple[str, str]] = field(default_factory=list)


def lines_of(rows: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Return the rows of a change order, a row a place, with one line for each visit and office (合并各岗位)."""
    found: dict[tuple[str, ...], Line] = {}
    for row in rows:
        now = "" if row["kind"] == "cancelled" else row["half_days"]
        told = {"kind": row["kind"], "unit": row["unit_id"], "office": row["office"], "was": row["was"], "now": now}
        line = found.setdefault(tuple(told.values()), Line(**told))
        if "into" in row:  # nobody is drawn yet where a draft is made anew
            line.people.append((row["out"], row["into"]))
    return list(found.values())


def half_day_words(text: str) -> str:
    """Return half-days in the reader's language (时间): "12-02 上午", "12-02 全天", "12-01 – 12-04"."""
    halves = text.split()
    if not halves:
        return "—"
    parts = {MORNING: t("上午", "morning"), AFTERNOON: t("下午", "afternoon")}
    days = [(day, [half[10:] for half in own]) for day, own in groupby(halves, key=lambda half: half[:10])]
    if len(days) > 1 and all(tuple(own) == PARTS for _, own in days):
        return f"{days[0][0][5:]} – {days[-1][0][5:]}"
    told = [f"{day[5:]} {t('全天', 'all day') if tuple(own) == PARTS else parts[own[0]]}" for day, own in days]
    return t("、", ", ").join(told)
