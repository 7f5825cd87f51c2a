"""The year's plan in the store (年度计划留存): proposals, decisions, months, approval; one scope with its own log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from supervision.canonical import canonical_json, digest, parse_canonical
from supervision.domain.plans import DepartmentPlan
from supervision.errors import UsageError
from supervision.month.city import ANNUAL, City

MERGED, APPROVED, PUBLISHED = "merged.json", "approved.json", "published.json"


@dataclass(frozen=True, kw_only=True)
class Merged:
    """A year's plan as it was merged (归并结果); all figures are texts, so that it repeats to the byte.

    `proposals`: proposal → ids of its plans, the lead's first; `saved`: proposal → doors; `decisions`: plan → "yes", or
    "no: reason", of a plan that was asked; `groups`: ids of plans that go together after the decisions, the lead's
    first; `months`: plan → its months; `plans`: digest of the plans; `scores`: the round whose classes were used.
    """

    year: int
    on: str
    first: int
    scores: str
    plans: str
    proposals: Mapping[str, list[str]]
    saved: Mapping[str, str]
    groups: list[list[str]]
    months: Mapping[str, list[int]]
    figures: Mapping[str, str]
    decisions: Mapping[str, str] = field(default_factory=dict)

    @property
    def undecided(self) -> list[str]:
        """The plans of proposals that said neither yes nor no (尚未表态的计划)."""
        return [plan for own in self.proposals.values() for plan in own if plan not in self.decisions]


@dataclass(frozen=True, kw_only=True)
class Approved:
    """The approval of a year's plan (批准): by whom, on which day, document number, filed with whom and when."""

    by: str
    on: str
    number: str
    filed_with: str
    filed_on: str
    merged: str
    tasks: list[str]


def key_of(year: int) -> str:
    """Return the name under which a year's plan is kept (存名)."""
    return f"{ANNUAL}{year:04}"


def plans_digest(plans: tuple[DepartmentPlan, ...]) -> str:
    """Return the digest of plans (计划摘要), so that a change after the merge is seen."""
    rows: list[dict[str, Any]] = []
    for plan in plans:
        row = asdict(plan)
        rows.append({name: list(v) if isinstance(v, tuple) else str(v) for name, v in row.items()})
    return digest("sha256", canonical_json(rows)).hex()


def read_merged(city: City, year: int) -> Merged:
    """Return a year's plan as merged (读取归并结果); one that was not merged yet is refused."""
    if MERGED not in city.store.paths(key_of(year)):
        raise UsageError("month.plan_not_merged", year=year)
    return Merged(**parse_canonical(city.store.get(key_of(year), MERGED)))


def read_approved(city: City, year: int) -> Approved:
    """Return the approval of a year's plan (读取批准); one that was not approved yet is refused."""
    if APPROVED not in city.store.paths(key_of(year)):
        raise UsageError("month.plan_not_approved", year=year)
    return Approved(**parse_canonical(city.store.get(key_of(year), APPROVED)))


def merged_digest(merged: Merged) -> str:
    """Return the digest of a merged plan (归并结果摘要)."""
    return digest("sha256", canonical_json(asdict(merged))).hex()


def save(city: City, year: int, step: str, path: str, value: object, inputs: Mapping[str, str]) -> None:
    """Keep one part of a year's plan (存放), with its log entry."""
    at = city.now().isoformat()
    with city.store.step(key_of(year), step, who=city.who, at=at, inputs=inputs) as saving:
        saving.put(path, canonical_json(value))


def day_in(year: int, text: str) -> date:
    """Return a rule's month and day in a year (当年日期): "03-31"."""
    return date.fromisoformat(f"{year:04}-{text}")
