"""What one office carries (执法机构的当月安排): its visits in calendar order, a form row for each item, its load.

Beside them what could not be held, with its reason, and what the calendar's certificate proves. Internal, yet lean: no
class, no score, no phone of an inspector; names of inspectors only after their draw.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.people import Office
from supervision.domain.visits import VisitId
from supervision.errors import SupervisionError
from supervision.messages import Message, say
from supervision.notice.drawn_people import drawn_people, partner_words, teams
from supervision.notice.off_site_content import OFF_SITE_COLUMNS, no_off_site, off_site_forms, off_site_rows
from supervision.notice.plan_table import Labels
from supervision.notice.public_content import Heading, require_columns
from supervision.notice.visit_details import (
    DETAIL_COLUMNS,
    POINT_COLUMNS,
    Particulars,
    visit_details,
    visit_points,
)
from supervision.tables import tuples

VISIT_COLUMNS = (
    "date",
    "half",
    "visit_id",
    "name",
    "unit_id",
    "address",
    "street",
    "items",
    "joint",
    "lead",
    "inspectors",
    "tasks",
    "ground",
    "used",
    "half_days",
    "version",
)
CHANGE_COLUMNS = ("order", "at", "kind", "name", "was", "half_days", "out", "into", "visit_id")
WITHDRAWN_COLUMNS = ("office", "inspector_id", "visit_id", "unit_id", "half_days")
ENTRY_COLUMNS = ("inspector_id", "inspector", "visit_id", "name", "half_days", "version")
LOAD_COLUMNS = ("office", "date", "am", "pm", "available")
UNHELD_COLUMNS = ("office", "region", "unit_id", "items", "reason", "reason_en")
WARNING_COLUMNS = (
    "warning_no",
    "signal",
    "name",
    "unit_id",
    "raised",
    "due",
    "text",
    "evidence",
    "hand_over",
    "done",
)
ADVICE_COLUMNS = ("name", "item", "result", "first_time", "advice", "basis", "visit_id")
DAY_COLUMNS = ("date", "am", "pm", "available", "am_visits", "pm_visits")
CAUSE_COLUMNS = ("reason", "reason_en", "units", "items", "names")
VISITS_IN = {"am_visits": "T1", "pm_visits": "T2"}
ANSWERS = ("result", "inspected_on", "method", "follow_up", "inspectors", "reviewer", "item_result", "note")
FORM_COLUMNS = ("visit_id", "item_id", "agency", "date", "name", "unit_id", "item", *ANSWERS, "state")


@dataclass(frozen=True, kw_only=True, eq=False)
class OfficeContent:
    """One office's month (一个机构的当月安排).

    `visits`: `VISIT_COLUMNS`, text, in calendar order; `forms`: `FORM_COLUMNS`, text, one row a visit and item of this
    office: what is on record of it as the form shows it, `state` when it was recorded or corrected, "" where it is
    not; `inspectors` ids, before a record those who were drawn; `choices`: column → what may be picked, as "code name";
    `publication_days`: working days until results must be public, from the law; `changes`: `CHANGE_COLUMNS`,
    what changed since inspectors were drawn.

    `days`: `DAY_COLUMNS`, a row for each working day: inspector-half-days bound in the morning and in the afternoon,
    those there are that day with daily limits kept, visits held in either half (all int64 but `date`). `causes`:
    `CAUSE_COLUMNS`, what is not held, a row for each cause: `units` how many (int64), `names` of all, joined by 、.
    `certificate`: the statements of its district's calendar and of its own losses. `people`: visit_id, inspector_id,
    name, half_days, of the places that are drawn. `withdrawn`: `ENTRY_COLUMNS`, text, entries of earlier calendar files
    that hold no more, `inspector_id` and `inspector`, the name, "" for the office's own file, `name` the unit's.
    `hours`: T1 and T2 → first and last minute, "09:00". `warnings`: `WARNING_COLUMNS`, early warnings that are open;
    `advice`: `ADVICE_COLUMNS`, lists that may apply to findings. `details`: `DETAIL_COLUMNS`, a row a visit; `points`:
    `POINT_COLUMNS`, a row a visit and item, what is looked at; `off_site`: `OFF_SITE_COLUMNS`, checks without visit.
    """

    heading: Heading
    office: Office
    visits: pd.DataFrame
    forms: pd.DataFrame
    choices: Mapping[str, Sequence[str]]
    publication_days: int
    changes: pd.DataFrame
    days: pd.DataFrame
    causes: pd.DataFrame
    certificate: Sequence[Message]
    people: pd.DataFrame
    withdrawn: pd.DataFrame
    hours: Mapping[str, Sequence[str]]
    warnings: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(WARNING_COLUMNS), dtype="str"))
    advice: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(ADVICE_COLUMNS), dtype="str"))
    details: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(DETAIL_COLUMNS), dtype="str"))
    points: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(POINT_COLUMNS), dtype="str"))
    off_site: pd.DataFrame = field(default_factory=no_off_site)


@dataclass(frozen=True, kw_only=True, eq=False)
class Month:
    """What all offices' months are made from (当月安排的来源).

    `calendar`: visit_id, office, place, half_days, items – one row a place; `assignments`: visit_id, office, place,
    inspector_id, or None before the second draw; `inspectors`: inspector_id, name; `entities`: unit_id, name, address,
    street, of the drawn units at least; `drawn`: task_id, unit_id; `tasks`, `items`, `offices` by their ids;
    `answers`: what is on record, see `recorded_answers.answers`. `loads`: `LOAD_COLUMNS`, a row for each working day
    of each office; `unheld`: `UNHELD_COLUMNS`, a row a duty, `items` joined by a space, office "" where the district
    has none; `certificate`: district or office → statements; `versions`: visit_id → how often it was set anew.
    `changes`: `CHANGE_COLUMNS` and office, ids of inspectors, or None where nothing changed. `withdrawn`:
    `WITHDRAWN_COLUMNS`, entries of earlier calendar files that hold no more, or None. `used`: department and unit_id →
    visits of the year and what the caps allow, in words. `warnings`: `WARNING_COLUMNS` and office; `advice`:
    `ADVICE_COLUMNS` and agency. `particulars`: contacts, earlier findings, certificates; `off_site`: office, and what
    `off_site_content.off_site_rows` takes.
    """

    calendar: pd.DataFrame
    assignments: pd.DataFrame | None
    inspectors: pd.DataFrame
    entities: pd.DataFrame
    drawn: pd.DataFrame
    tasks: Mapping[str, Task]
    items: Mapping[str, Item]
    offices: Mapping[str, Office]
    answers: pd.DataFrame
    loads: pd.DataFrame
    unheld: pd.DataFrame
    certificate: Mapping[str, Sequence[Message]]
    versions: Mapping[str, int]
    changes: pd.DataFrame | None = None
    used: Mapping[tuple[str, str], str] = field(default_factory=dict)
    withdrawn: pd.DataFrame | None = None
    warnings: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["office", *WARNING_COLUMNS], dtype="str")
    )
    advice: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["agency", *ADVICE_COLUMNS], dtype="str"))
    particulars: Particulars = field(default_factory=Particulars)
    off_site: pd.DataFrame = field(default_factory=no_off_site)

    @cached_property
    def names(self) -> dict[str, Any]:
        """The names of units (主体名称), by unit_id."""
        return dict(tuples(self.entities, "unit_id", "name"))

    @cached_property
    def people(self) -> dict[str, str]:
        """The names of inspectors (人员姓名), by inspector_id."""
        return dict(tuples(self.inspectors, "inspector_id", "name"))


def office_contents(
    heading: Heading,
    month: Month,
    *,
    choices: Mapping[str, Sequence[str]],
    publication_days: int,
    hours: Mapping[str, Sequence[str]],
) -> Iterator[OfficeContent]:
    """Yield the month of every office that has visits, loses some, had a change or has a warning (各机构当月安排).

    By office_id; a warning of an office that the round does not know is left to the others who tell it.

    An office, item or unit that is not in `month` raises SupervisionError `notice.*_missing`.
    """
    visits = _gather(month)
    on_record = {(row["visit_id"], row["item_id"]): row for row in month.answers.to_dict("records")}
    people = drawn_people(month.assignments, month.calendar, month.inspectors)
    changed = {office for table in (month.changes, month.withdrawn) if table is not None for office in table["office"]}
    warned = set(month.warnings["office"]) & set(month.offices)
    named = {*visits, *month.unheld["office"], *changed, *warned, *month.off_site["office"]}
    for office_id in sorted(named - {""}, key=str.encode):
        rows = sorted(visits.get(office_id, ()), key=lambda row: (row["half_days"], row["visit_id"].encode()))
        office, own = _office(month, office_id), {row["visit_id"] for row in rows}
        advised = month.advice["visit_id"].isin(own) & (month.advice["agency"] == office.department)
        forms = [
            {
                **dict.fromkeys((*ANSWERS, "state"), ""),
                **row,
                "inspectors": row["inspector_ids"],
                **on_record.get((row["visit_id"], item_id), {}),
                "item_id": item_id,
                "agency": office.department,
                "item": _item_name(month, item_id),
            }
            for row in rows
            for item_id in row["item_ids"].split(" ")
        ]
        duties = month.off_site[month.off_site["office"] == office_id]
        papers = off_site_rows(duties, month.names, month.items, month.tasks)
        forms += off_site_forms(papers, on_record, agency=office.department)
        yield OfficeContent(
            heading=heading,
            office=office,
            visits=pd.DataFrame(rows, columns=list(VISIT_COLUMNS), dtype="str"),
            forms=pd.DataFrame(forms, columns=list(FORM_COLUMNS), dtype="str").fillna(""),
            choices=choices,
            publication_days=publication_days,
            changes=_changes_of(month, office_id),
            days=_days(month, office_id, rows),
            causes=causes(month, month.unheld[month.unheld["office"] == office_id]),
            certificate=_certificate(month, office),
            people=people[people["office"] == office_id].drop(columns="office").reset_index(drop=True),
            withdrawn=_withdrawn(month, office_id),
            hours=hours,
            warnings=month.warnings.loc[month.warnings["office"] == office_id, list(WARNING_COLUMNS)],
            advice=month.advice.loc[advised, list(ADVICE_COLUMNS)],
            details=visit_details(rows, month.particulars, month.people),
            points=visit_points(rows, month.particulars, month.items),
            off_site=pd.DataFrame(papers, columns=list(OFF_SITE_COLUMNS), dtype="str"),
        )


def form_choices(labels: Labels, codes: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return what may be picked in a form (录入选项): column such as result or method → "code name" in order.

    All but a result, which has its code before it, are picked by their names alone.
    """
    picked = {column: [labels.label(column, code, "zh") for code in codes[column]] for column in sorted(codes)}
    picked["result"] = [f"{code} {name}" for code, name in zip(codes["result"], picked["result"], strict=True)]
    return picked


def _certificate(month: Month, office: Office) -> list[Message]:
    """The statements of an office's district, so called, and those of the office itself."""
    district, own = (month.certificate.get(key, ()) for key in (office.region, office.office_id))
    return [*([Message.of("notice.certificate.of_district")] if district else []), *district, *own]


def causes(month: Month, unheld: pd.DataFrame) -> pd.DataFrame:
    """Return what is not held with one row a cause (未排定原因汇总), `CAUSE_COLUMNS`, most units first."""
    rows = []
    for (reason, reason_en), own in unheld.groupby(["reason", "reason_en"], sort=True):
        units = sorted(set(own["unit_id"]), key=str.encode)
        items = sorted({item for text in own["items"] for item in text.split(" ")}, key=str.encode)
        told = "、".join(month.names.get(unit) or unit for unit in units)
        rows.append((reason, reason_en, len(units), "、".join(_item_name(month, item) for item in items), told))
    rows.sort(key=lambda row: (-row[2], row[0]))
    return pd.DataFrame(rows, columns=list(CAUSE_COLUMNS)).astype(
        {name: "int64" if name == "units" else "str" for name in CAUSE_COLUMNS}
    )


def half_day_words(half_days: Sequence[str]) -> tuple[str, str]:
    """Return date and part of the day of sorted half-days (日期与时段).

    >>> half_day_words(["2026-12-03T1"]), half_day_words(["2026-12-03T1", "2026-12-03T2"])
    (('2026-12-03', '上午'), ('2026-12-03', '全天'))
    >>> half_day_words(["2026-12-03T2", "2026-12-04T1"])
    ('2026-12-03', '下午、2026-12-04上午')
    """
    first = half_days[0].partition("T")[0]
    if list(half_days) == [f"{first}T1", f"{first}T2"]:
        return first, say("notice.half.all")
    words = []
    for half_day in half_days:
        day, _, half = half_day.partition("T")
        words.append(("" if day == first else day) + say(f"notice.half.{half}"))
    return first, "、".join(words)


def _days(month: Month, office_id: str, visits: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    """Return an office's load by day (每日负荷), `DAY_COLUMNS`, in the order of days."""
    own = month.loads[month.loads["office"] == office_id].sort_values("date")
    held = Counter(half_day for row in visits for half_day in row["half_days"].split(" "))
    days = own.assign(**{name: [held[f"{day}{half}"] for day in own["date"]] for name, half in VISITS_IN.items()})
    return days[list(DAY_COLUMNS)].reset_index(drop=True)


def _gather(month: Month) -> dict[str, list[dict[str, str]]]:
    """Return office_id → one row of texts a visit (按机构归集入企检查)."""
    require_columns(month.calendar, ("visit_id", "office", "place", "half_days", "items"), "calendar")
    offices: dict[str, set[str]] = defaultdict(set)
    inspected: dict[str, set[str]] = defaultdict(set)
    places: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for visit_id, office_id, half_days, items in tuples(month.calendar, "visit_id", "office", "half_days", "items"):
        offices[visit_id].add(office_id)
        inspected[visit_id].update(items.split(" "))
        places[office_id, visit_id].append((half_days, items))
    people = teams(month.assignments, month.inspectors)
    units = _units(month, offices)
    drawn_by = _drawn_by(month, units)
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for (office_id, visit_id), rows in places.items():
        unit_id = VisitId.parse(visit_id).unit_id
        half_days = sorted({half_day for text, _ in rows for half_day in text.split(" ")})
        item_ids = sorted({item_id for _, text in rows for item_id in text.split(" ")}, key=str.encode)
        date, half = half_day_words(half_days)
        ids, names = people.get((office_id, visit_id), ("", say("notice.people", count=len(rows))))
        tasks = [task for task in drawn_by[unit_id] if set(task.items) & set(item_ids)]
        others = sorted(offices[visit_id] - {office_id}, key=str.encode)
        leading = [task.lead for task in drawn_by[unit_id] if set(task.items) & inspected[visit_id]] if others else []
        found[office_id].append(
            {
                **units[unit_id],
                "visit_id": visit_id,
                "unit_id": unit_id,
                "half_days": " ".join(half_days),
                "date": date,
                "half": half,
                "item_ids": " ".join(item_ids),
                "items": "、".join(_item_name(month, item_id) for item_id in item_ids),
                "joint": "、".join(_office(month, other).name for other in others),
                "partners": partner_words(
                    (_office(month, other).name, people.get((other, visit_id)), len(places[other, visit_id]))
                    for other in others
                ),
                "lead": _leading(month, leading[:1], [office_id, *others]),
                "inspectors": names,
                "inspector_ids": ids,
                "tasks": "、".join(task.number or task.task_id for task in tasks),
                "ground": "、".join(dict.fromkeys(task.cause or task.name for task in tasks)),
                "used": month.used.get((_office(month, office_id).department, unit_id), ""),
                "version": str(month.versions.get(visit_id, 0)),
            }
        )
    return found


def _leading(month: Month, departments: Sequence[str], offices: Sequence[str]) -> str:
    """Return the office of a joint visit whose department leads (牵头机构): that of the visit's first task."""
    return "、".join(_office(month, one).name for one in offices if _office(month, one).department in departments)


def _changes_of(month: Month, office_id: str) -> pd.DataFrame:
    """What changed in an office's visits, people by name."""
    if month.changes is None:
        return pd.DataFrame(columns=list(CHANGE_COLUMNS), dtype="str")
    own = month.changes[month.changes["office"] == office_id]
    called = {column: [month.people.get(who, who) for who in own[column]] for column in ("out", "into")}
    return own.assign(**called, name=[month.names.get(unit, "") for unit in own["unit_id"]])[list(CHANGE_COLUMNS)]


def _withdrawn(month: Month, office_id: str) -> pd.DataFrame:
    """What of an office's earlier calendar files holds no more (已撤出的日历条目), `ENTRY_COLUMNS`."""
    if month.withdrawn is None:
        return pd.DataFrame(columns=list(ENTRY_COLUMNS), dtype="str")
    own = month.withdrawn[month.withdrawn["office"] == office_id].reset_index(drop=True)
    told = {
        "inspector": [month.people.get(who, who) for who in own["inspector_id"]],
        "name": [month.names.get(unit, "") for unit in own["unit_id"]],
        "version": [str(month.versions.get(visit, 0)) for visit in own["visit_id"]],
    }
    return own.assign(**told)[list(ENTRY_COLUMNS)].astype("str")


def _units(month: Month, visits: Mapping[str, object]) -> dict[str, dict[str, str]]:
    wanted = {VisitId.parse(visit_id).unit_id for visit_id in visits}
    require_columns(month.entities, ("unit_id", "name", "address", "street"), "entities")
    rows = month.entities.loc[month.entities["unit_id"].isin(wanted), ["unit_id", "name", "address", "street"]]
    units = {
        unit_id: {"name": name, "address": address, "street": street}
        for unit_id, name, address, street in tuples(rows.fillna(""), "unit_id", "name", "address", "street")
    }
    missing = sorted(wanted - units.keys(), key=str.encode)
    if missing:
        raise SupervisionError("notice.unit_missing", unit_id=missing[0])
    return units


def _drawn_by(month: Month, units: Mapping[str, object]) -> dict[str, list[Task]]:
    """Return unit_id → the tasks that drew it, sorted by task_id."""
    rows = month.drawn[month.drawn["unit_id"].isin(list(units))].sort_values("task_id", kind="stable")
    found: dict[str, list[Task]] = defaultdict(list)
    for task_id, unit_id in tuples(rows, "task_id", "unit_id"):
        found[unit_id].append(month.tasks[task_id])
    return found


def _office(month: Month, office_id: str) -> Office:
    if office_id not in month.offices:
        raise SupervisionError("notice.office_missing", office_id=office_id)
    return month.offices[office_id]


def _item_name(month: Month, item_id: str) -> str:
    if item_id not in month.items:
        raise SupervisionError("notice.item_missing", item_id=item_id)
    return month.items[item_id].name
