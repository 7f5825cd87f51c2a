"""Caps (频次上限): how often a year, and how far apart, a unit may be visited, and which visits a cap counts.

Only inspections on site are counted, and only those of a cap's kinds (planned, special, special of a superior, for
cause), levels of government, and, where it counts by place of business, at the unit's place. Where several caps of one
agency count the same, the one that says most about a unit – its type, field, class – stands for it, of equal ones the
strictest; caps that count differently stand side by side. The rule shared/yearly_visit_cap is beside them all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.canonical import digest
from supervision.domain.items import Item
from supervision.errors import SupervisionError
from supervision.law.rules import Law
from supervision.sampling.bytes.identifiers import LONGEST_RULE
from supervision.sampling.frame.limits import visits_a_year
from supervision.sampling.frame.past_visits import ALL, Past

UNIT, PLACE = "unit", "place"
LAW_CAP, KINDS = "shared/yearly_visit_cap", "shared/check_kind"
KEY = ["agency", "category", "field", "risk_class", "kinds", "level", "counted_by"]

Mask = npt.NDArray[np.bool_]
Hit = tuple[str, Mask]
_PLAIN = re.compile(r"[A-Za-z0-9._-]{1,20}")


@dataclass(frozen=True, kw_only=True)
class Cap:
    """One cap (一条上限): `per_year` and `interval` (days) are None where it sets none, `rule` is its name.

    `category` "*" is every type of unit; empty `fields`, `classes`, `levels` are all of them.
    """

    rule: str
    agency: str
    kinds: tuple[str, ...]
    category: str = ALL
    fields: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    counted_by: str = UNIT
    per_year: int | None = None
    interval: int | None = None

    @property
    def measure(self) -> tuple[object, ...]:
        """What it counts (计次口径): caps of one measure are alternatives."""
        return (self.agency, self.kinds, self.levels, self.counted_by)

    @property
    def conditions(self) -> int:
        """How much it says about a unit (条件数)."""
        return (self.category != ALL) + bool(self.fields) + bool(self.classes)

    def matches(self, entities: pd.DataFrame, classes: pd.Series[Any] | None) -> Mask:
        """Return the units that it is about (适用对象): bool (N,); `classes`: their credit-risk classes."""
        found = np.ones(len(entities), dtype=np.bool_)
        if self.category != ALL:
            found &= np.asarray(entities["type"] == self.category, dtype=np.bool_)
        if self.fields:
            tags = " " + entities["tags"].astype("str").fillna("") + " "
            found &= np.logical_or.reduce([tags.str.contains(f" {one} ", regex=False) for one in self.fields])
        if self.classes:
            found &= np.zeros(len(found), np.bool_) if classes is None else np.asarray(classes.isin(self.classes))
        return found

    def counted(self, past: Past) -> Mask:
        """Return the visits that it counts (计次的检查): bool over `past`."""
        found = past.on_site & past.of(self.agency) & np.isin(past.kind, self.kinds)
        if self.levels:
            found &= np.isin(past.level, (*self.levels, ""))
        return found & past.here if self.counted_by == PLACE else found


def caps_in_force(register: pd.DataFrame, visiting: Collection[str], *, law: Law) -> list[Cap]:
    """Return the caps on visits by some departments (适用的上限): the newest of each key, then those of the law.

    `register`: the caps register, rows in force; `visiting`: the departments that would come on site, none = no cap.
    The rule shared/yearly_visit_cap None = decided that there is none.
    """
    if not visiting:
        return []
    usual = counted_kinds(law)
    agencies = [*sorted(visiting), ALL]
    kept = register[register["agency"].isin(agencies)]
    kept = kept.reindex(columns=[*KEY, "per_year", "min_interval_days", "from_date"])
    kept = kept.sort_values([*KEY, "from_date"], kind="stable").drop_duplicates(KEY, keep="last")
    return [*(_cap(row, usual) for row in kept.to_dict("records")), *_of_law(law.value(LAW_CAP), agencies, usual)]


@dataclass(frozen=True, kw_only=True, eq=False)
class Usage:
    """What is used of one cap (频次已用与剩余): `units` bool (N,) for which it stands, `used` int64 (N,) visits.

    `counted` bool (visits,): those of the year that it counts.
    """

    cap: Cap
    units: Mask
    used: npt.NDArray[np.int64]
    counted: Mask

    @property
    def left(self) -> npt.NDArray[np.int64]:
        """How many more there may be (剩余次数), below 0 where a cap is exceeded: int64 (N,)."""
        most: npt.NDArray[np.int64] = (self.cap.per_year or 0) - self.used
        return most


def cap_usage(
    caps: Collection[Cap], entities: pd.DataFrame, past: Past, *, year: int, classes: pd.Series[Any] | None = None
) -> Iterator[Usage]:
    """Yield what is used of every yearly cap (各条年度上限的已用次数); draws, ledger and workbooks all count by it."""
    this_year = np.asarray(pd.DatetimeIndex(past.date).year == year, dtype=np.bool_)
    for cap, units in standing_caps(caps, entities, classes):
        if cap.per_year is not None:
            counted = cap.counted(past) & this_year
            yield Usage(cap=cap, units=units, used=past.visits_of(counted, len(entities)), counted=counted)


def interval_hits(
    caps: Collection[Cap], entities: pd.DataFrame, past: Past, *, start: date, classes: pd.Series[Any] | None = None
) -> Iterator[Hit]:
    """Yield (rule, units) visited too short a time before a window that opens on `start` (间隔不足): bool (N,) each."""
    for cap, units in standing_caps(caps, entities, classes):
        if cap.interval is not None:
            recent = past.date > np.datetime64(start - timedelta(days=cap.interval), "s")
            yield cap.rule, units & (past.visits_of(cap.counted(past) & recent, len(entities)) > 0)


def frequency_hits(items: Collection[Item], past: Past, units: int, *, year: int, law: Law) -> Iterator[Hit]:
    """Yield (rule, units) whose visits of the year an item's own frequency has used up (超出抽查频次): bool (N,) each.

    Inspections of the item by anybody count, on site or not, of the kinds in the rule shared/check_kind.
    """
    limited = {item.item_id: many for item in items if (many := visits_a_year(item)) is not None}
    if limited:
        kinds = counted_kinds(law)
        counted = np.isin(past.kind, kinds) & np.asarray(pd.DatetimeIndex(past.date).year == year, dtype=np.bool_)
        for item, many in sorted(limited.items()):
            yield f"items/{item}", past.visits_of(counted & (past.item == item), units) >= many


def standing_caps(
    caps: Collection[Cap], entities: pd.DataFrame, classes: pd.Series[Any] | None
) -> Iterator[tuple[Cap, Mask]]:
    """Yield each cap with the units for which it stands (各条上限适用的对象), those of the most conditions first."""
    measures: dict[tuple[object, ...], list[Cap]] = {}
    for cap in caps:
        measures.setdefault((cap.rule == LAW_CAP, *cap.measure), []).append(cap)
    for alternatives in measures.values():
        taken = np.zeros(len(entities), dtype=np.bool_)
        for many in sorted({cap.conditions for cap in alternatives}, reverse=True):
            own = [(cap, cap.matches(entities, classes)) for cap in alternatives if cap.conditions == many]
            yield from ((cap, units & ~taken) for cap, units in own)
            taken = np.logical_or.reduce([taken, *(units for _, units in own)])


def rule_of_row(row: Mapping[Any, Any]) -> str:
    """Return the id of a row of the register caps (登记表一行的编号), given as column → value."""
    return _cap(row, ()).rule


def counted_kinds(law: Law) -> tuple[str, ...]:
    """Return the kinds of inspection that count where nothing else is said (计次的检查类型), from shared/check_kind."""
    return _words_of(law.value(KINDS), KINDS, "counted")


def cap_rule(*parts: str) -> str:
    """Return the id of a row of the register caps (频次上限编号), as the protocol allows rules to be named.

    A part that is not plain ASCII stands as 12 hex digits of its SHA-256, since a rule's id is short; so do all
    conditions together where the id would be too long.

    >>> cap_rule("*", "企业"), cap_rule("fire", "A", "class=C")
    ('caps/all/x409d0719010a', 'caps/fire/A/class.C')
    """
    agency, category, *conditions = (part.replace("=", ".") for part in parts)
    rule = "/".join(["caps", *map(_plain, (agency, category, *conditions))])
    return rule if len(rule) <= LONGEST_RULE else cap_rule(agency, category, "/".join(conditions))


def _plain(part: str) -> str:
    if part == ALL:
        return "all"
    return part if _PLAIN.fullmatch(part) else f"x{digest('sha256', part.encode()).hex()[:12]}"


def _cap(row: Mapping[Any, Any], usual: tuple[str, ...]) -> Cap:
    """A row of the register; `usual` are the kinds that it counts where it names none."""
    kinds, levels = _words(row["kinds"]), _words(row["level"])
    fields, classes = _words(row["field"]), _words(row["risk_class"])
    counted_by = row["counted_by"] if isinstance(row["counted_by"], str) and row["counted_by"] else UNIT
    parts = [f"field={','.join(fields)}"] if fields else []
    parts += [f"class={','.join(classes)}"] if classes else []
    parts += [f"kinds={','.join(kinds)}"] if kinds else []
    parts += [f"level={','.join(levels)}"] if levels else []
    parts += [f"by={counted_by}"] if counted_by != UNIT else []
    return Cap(
        rule=cap_rule(row["agency"], row["category"], *parts),
        agency=row["agency"],
        kinds=kinds or usual,
        category=row["category"],
        fields=fields,
        classes=classes,
        levels=levels,
        counted_by=counted_by,
        per_year=int(row["per_year"]),
        interval=None if pd.isna(row["min_interval_days"]) else int(row["min_interval_days"]),
    )


def _of_law(value: Any, agencies: Collection[str], usual: tuple[str, ...]) -> Iterator[Cap]:
    """The caps of the rule: same_agency for each department, all_agencies together; perhaps kinds and counted_by."""
    if value is None:
        return
    if not isinstance(value, Mapping):
        raise SupervisionError("sampling.rule_field", rule=LAW_CAP, field="same_agency")
    kinds = _words_of(value, LAW_CAP, "kinds") if "kinds" in value else usual
    counted_by = value.get("counted_by", UNIT)
    if counted_by not in (UNIT, PLACE):
        raise SupervisionError("sampling.rule_field", rule=LAW_CAP, field="counted_by")
    for agency in agencies:
        field = "all_agencies" if agency == ALL else "same_agency"
        if field not in value:
            raise SupervisionError("sampling.rule_field", rule=LAW_CAP, field=field)
        if value[field] is not None:
            yield Cap(rule=LAW_CAP, agency=agency, kinds=kinds, counted_by=counted_by, per_year=int(value[field]))


def _words_of(value: Any, rule: str, field: str) -> tuple[str, ...]:
    found = value.get(field) if isinstance(value, Mapping) else None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise SupervisionError("sampling.rule_field", rule=rule, field=field)
    return tuple(found)


def _words(cell: Any) -> tuple[str, ...]:
    return tuple(sorted(cell.split())) if isinstance(cell, str) else ()
