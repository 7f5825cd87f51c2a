"""Off-site duties (非现场检查清单): what is checked without a door, by which office, after which day.

The drawn ones are fixed with the round's first calendar, as off_site.csv beside it; those of units that stepped in
follow from the step-ins. They are no part of the second draw: nobody goes anywhere, and an office of the department
does them, that of the unit's district where it has one there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from supervision.domain.people import Office
from supervision.domain.visits import off_site_id
from supervision.errors import SupervisionError
from supervision.month import round_files as files
from supervision.month.calendars import drawn_units, step_ins
from supervision.month.off_site_tasks import correct_by, off_site_tasks, terms
from supervision.month.round import Round
from supervision.month.round_people import units_of
from supervision.planner.visits.demand import offices_in
from supervision.tables import tuples

REASON = "off_site"
YEAR_UNKNOWN = "law.working_days.year_not_announced"
COLUMNS = files.OFF_SITE_TABLE.names
KEY = ["visit_id", "item_id"]

Asked = tuple[str, str, date]  # task_id, unit_id, the day on which it was drawn


def planned_off_site(round: Round) -> pd.DataFrame:
    """Return what the round's draw leaves to off-site checks (抽中的非现场检查), `COLUMNS`, sorted; none: no row."""
    tasks = off_site_tasks(round)
    drawn = drawn_units(round)
    drawn = drawn[drawn["task_id"].isin(list(tasks))]
    day = date.fromisoformat(max(round.read(files.REVEAL).held.values())[:10])
    return _rows(round, [(task, unit, day) for task, unit in tuples(drawn, "task_id", "unit_id")])


def off_site_duties(round: Round) -> pd.DataFrame:
    """Return the round's off-site duties (本轮非现场检查), `COLUMNS`, sorted: the drawn ones, and step-ins' after them.

    Nothing before the first calendar, and nothing in a round without an off-site task.
    """
    if not round.holds(files.OFF_SITE):
        return pd.DataFrame(columns=COLUMNS, dtype="str")
    planned, tasks = round.read(files.OFF_SITE), off_site_tasks(round)
    stepped = [
        (one.task_id, one.stepped_in, date.fromisoformat(one.at[:10]))
        for one in step_ins(round)
        if one.stepped_in and one.task_id in tasks
    ]
    more = _rows(round, stepped, known=False)
    return pd.concat([planned, more], ignore_index=True).drop_duplicates(KEY).reset_index(drop=True)


def unheld_off_site(planned: pd.DataFrame) -> pd.DataFrame:
    """Return off-site duties as unheld.csv names them (列入未排名单): unit_id, task_ids, reason `off_site`."""
    rows = planned.groupby("unit_id")["task_ids"].agg(lambda texts: " ".join(sorted({*" ".join(texts).split()})))
    return rows.reset_index().assign(reason=REASON).astype("str")[files.UNHELD_TABLE.names]


def _rows(round: Round, asked: Iterable[Asked], *, known: bool = True) -> pd.DataFrame:
    """The duties of some units, one row a unit and item: the earliest day where several tasks ask for it.

    Where the days run into a year that is not announced, the round waits for its calendar, unless the day need not be
    `known` yet: then it is blank until it is.
    """
    found = terms(round)
    tasks = {task.task_id: task for task in round.tasks}
    wanted: dict[tuple[str, str], list[tuple[date, str]]] = {}
    for task, unit, day in asked:
        for item in tasks[task].items:
            wanted.setdefault((unit, item), []).append((max(day, tasks[task].start), task))
    if not wanted or found is None:
        return pd.DataFrame(columns=COLUMNS, dtype="str")
    units = pd.Series(sorted({unit for unit, _ in wanted}), dtype="str")
    regions = dict(tuples(units_of(round, units, ["region"]), "unit_id", "region"))
    told = {day for days in wanted.values() for day, _ in days}
    last = {day: _last_day(round, day, found.correction_days, known=known) for day in sorted(told)}
    rows = [
        (
            off_site_id(unit),
            unit,
            office_of(round.offices, round.items[item].department, regions[unit]),
            item,
            " ".join(sorted({task for _, task in days})),
            last[min(days)[0]],
        )
        for (unit, item), days in sorted(wanted.items())
    ]
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")


def _last_day(round: Round, told: date, days: int, *, known: bool) -> str:
    try:
        return correct_by(round, told, days).isoformat()
    except SupervisionError as error:
        if known or error.code != YEAR_UNKNOWN:
            raise
        return ""


def office_of(offices: Mapping[str, Office], department: str, region: str) -> str:
    """Return the office that checks off site (承办非现场检查的机构): the district's, else the department's first by id.

    A paper can be read anywhere, so a department without an office in the district has one elsewhere do it.
    """
    own = offices_in(offices, region).get(department)
    return own or min(one.office_id for one in offices.values() if one.department == department)
