"""Departments and districts in a report (各部门、各区): the same figures of each, from its part of the records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from supervision.domain.people import Office
from supervision.month import oversight_shares as shares
from supervision.month.oversight_period import Period
from supervision.month.step_journals import offices_of
from supervision.month.visit_ledger import FOR_CAUSE
from supervision.notice.report_content import COUNT, SHARE, TEXT, Column, Table

OVER_INSPECTION = "over_inspection"
COLUMNS = (
    *(Column(name="name", kind=TEXT), Column(name="units", kind=COUNT), Column(name="duties", kind=COUNT)),
    *(Column(name="fulfilled", kind=SHARE), Column(name="visits", kind=COUNT), Column(name="joint", kind=SHARE)),
    *(Column(name="hit", kind=SHARE), Column(name="in_time", kind=SHARE), Column(name="overdue", kind=COUNT)),
    *(Column(name="beyond", kind=COUNT), Column(name="alarms", kind=COUNT), Column(name="for_cause", kind=SHARE)),
    *(Column(name="stepped_in", kind=SHARE), Column(name="load", kind=SHARE)),
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """One department's or district's rows of each of the period's tables (某部门或某区的数据)."""

    duties: pd.DataFrame
    doors: pd.DataFrame
    clock: pd.DataFrame
    calls: pd.DataFrame
    over: pd.DataFrame
    warnings: pd.DataFrame
    counts: pd.DataFrame
    loads: pd.DataFrame


def departments(period: Period) -> Table:
    """Return the table of departments (各部门)."""
    return _table(period, "departments", "department", {"clock": "agency", "calls": "agency", "over": "by"})


def districts(period: Period) -> Table:
    """Return the table of districts (各区)."""
    return _table(period, "districts", "region", {})


def _table(period: Period, name: str, key: str, named: Mapping[str, str]) -> Table:
    codes = period.newest.code_lists
    rows = [
        {"name": codes.label(key, code, "zh") if code in codes.codes(key) else code, **_figures(part)}
        for code, part in _split(period, key, named)
    ]
    return Table(name=name, columns=COLUMNS, rows=rows, chart="fulfilled")


def _figures(part: Part) -> dict[str, Any]:
    stepped_in = part.counts[part.counts["kind"] == "stepped_in"]
    return {
        "units": int(part.duties["unit_id"].nunique()),
        "duties": len(part.duties),
        "fulfilled": shares.fulfilled(part.duties),
        "visits": len(part.doors.drop_duplicates(["round", "visit_id"])),
        "joint": shares.joint(part.doors),
        "hit": shares.hit(part.duties),
        "in_time": shares.in_time(part.clock),
        "overdue": int(part.clock["state"].eq("overdue").sum()),
        "beyond": beyond(part.over),
        "alarms": int(part.warnings["signal"].eq(OVER_INSPECTION).sum()),
        "for_cause": shares.for_cause(part.calls, FOR_CAUSE),
        "stepped_in": shares.summed(stepped_in, "number", "of"),
        "load": shares.summed(part.loads, "bound", "available"),
    }


def beyond(over: pd.DataFrame) -> int:
    """Visits beyond a cap without an exemption (超限且无豁免的入企): of one department on one day to one unit."""
    return len(over[over["exemption"] == ""].drop_duplicates(["unit_id", "date", "by"]))


def _split(period: Period, key: str, named: Mapping[str, str]) -> Iterator[tuple[str, Part]]:
    """Yield each code and its part; a table's column is `key`, or what `named` says."""
    tables = _with_keys(period, key)
    columns = {table: named.get(table, key) for table in tables}
    codes = {code for table, rows in tables.items() for code in rows[columns[table]].dropna().unique()}
    for code in shares.ordered(codes, period.newest.code_lists.codes(key)):
        yield code, Part(**{table: rows[rows[columns[table]] == code] for table, rows in tables.items()})


def _with_keys(period: Period, key: str) -> dict[str, pd.DataFrame]:
    """The period's tables; those that name an office get its department and district, visits beyond a cap theirs."""
    offices = known_offices(period)
    found = {name: getattr(period, name) for name in Part.__dataclass_fields__}
    for name, column in (("warnings", "office_id"), ("counts", "office"), ("loads", "office")):
        code = found[name][column].map({one: getattr(office, key) for one, office in offices.items()})
        found[name] = found[name].assign(**{key: code.astype("str")})
    regions = period.ledger.units.set_index("unit_id")["region"]
    found["over"] = found["over"].assign(region=found["over"]["unit_id"].map(regions).astype("str"))
    return found


def known_offices(period: Period) -> dict[str, Office]:
    """Return the offices of the rounds and those that there are now (相关执法机构)."""
    offices = dict(offices_of(period.city))
    for round in period.rounds:
        offices |= round.offices
    return offices
