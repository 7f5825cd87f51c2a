"""One level of a system at a door (同系统一级入企): whom another level of a department already visits in a month.

The rule shared/merge_duty says so (`levels_of_a_system`). Who is visited by another level – by a list handed down, by a
round of this month, by an inspection on record – leaves the frame of a task of the same department.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from supervision.domain.items import Item, Task
from supervision.law.rules import Law
from supervision.messages import Message
from supervision.month.calendars import chosen_units
from supervision.month.handed_visits import handed_on_site
from supervision.month.other_rounds import others
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_people import people_day
from supervision.sampling.frame.exclusion import rule_field
from supervision.tables import tuples

MERGE_DUTY, ONE = "shared/merge_duty", "one"
FOR_CAUSE = "for_cause"
ABOVE = "*"  # the level of a list that was handed down: another one than any task's here
COLUMNS = ["unit_id", "department", "level"]


def visited_levels(round: Round, *, on: date, visits: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return whom which level of a department visits on site in the round's month (本月各层级入企), `COLUMNS`.

    Lists handed down are those known `on` a day; `visits` are rows of history, None where only lists and rounds are
    looked at. Checks for cause are outside: whoever is told of a danger goes. Visits and tasks of which no level is
    said are not in it.
    """
    handed = handed_on_site(round.city, round.name, on=on, rehearsal=round.is_rehearsal)
    parts = [handed.assign(level=ABOVE)[COLUMNS]]
    parts += [_of_round(other) for other in others(round, within=round.name.month) if other.has(Step.DRAW)]
    if visits is not None:
        said = visits[visits["level"].fillna("").ne("") & visits["kind"].ne(FOR_CAUSE)]
        said = said[said["on_site"].astype("boolean").fillna(value=True).to_numpy(dtype=bool)]
        said = said[said["date"].between(pd.Timestamp(round.name.first_day), pd.Timestamp(round.name.last_day))]
        parts.append(said.rename(columns={"agency": "department"})[COLUMNS])
    return pd.concat(parts, ignore_index=True).drop_duplicates(ignore_index=True)


def other_level_visits(task: Task, items: Mapping[str, Item], visited: pd.DataFrame, law: Law) -> pd.DataFrame:
    """Return the rows of `visited` that a task's departments must not meet (其他层级本月入企的对象), `COLUMNS`.

    The rule is asked for only where somebody is concerned.
    """
    coming = {items[item].department for item in task.items if items[item].comes_on_site}
    another = visited["level"].eq(ABOVE)
    if task.level:
        another |= visited["level"].ne(task.level)
    hit = visited[another & visited["department"].isin(coming)]
    if hit.empty or rule_field(law, MERGE_DUTY, "levels_of_a_system") != ONE:
        return hit.iloc[:0]
    return hit


def barred_departments(round: Round) -> dict[str, frozenset[str]]:
    """Return unit → departments that plan no visit to it (本月不再安排的部门): another level of theirs comes.

    Of the units that were drawn before that was known; later ones are not in the frame.
    """
    visited = visited_levels(round, on=people_day(round))
    chosen = chosen_units(round)
    found: dict[str, set[str]] = {}
    for task in round.tasks:
        own = chosen.loc[chosen["task_id"] == task.task_id, "unit_id"]
        hit = other_level_visits(task, round.items, visited, round.law)
        hit = hit[hit["unit_id"].isin(own)]
        for unit, department in tuples(hit, "unit_id", "department"):
            found.setdefault(unit, set()).add(department)
    return {unit: frozenset(own) for unit, own in sorted(found.items())}


def shadowed_offices(round: Round) -> list[Message]:
    """Return remarks on offices that send nobody (不派人的机构): another one of their department is in the district.

    One office of a department holds all visits of a district, the first by its id.
    """
    own: dict[tuple[str, str], list[str]] = {}
    for name, office in sorted(round.offices.items()):
        own.setdefault((office.region, office.department), []).append(name)
    return [
        Message.of(
            "month.two_offices", region=region, department=department, sends=names[0], others=" ".join(names[1:])
        )
        for (region, department), names in sorted(own.items())
        if len(names) > 1
    ]


def asked_on_site(round: Round) -> pd.DataFrame:
    """Return whom a drawn round visits on site (本轮应入企的对象), `COLUMNS`; level "" where none is said."""
    asked = {
        (task.task_id, round.items[item].department, task.level)
        for task in round.tasks
        for item in task.items
        if round.items[item].comes_on_site
    }
    tasks = pd.DataFrame(sorted(asked), columns=["task_id", "department", "level"], dtype="str")
    return chosen_units(round).merge(tasks, on="task_id")[COLUMNS]


def _of_round(round: Round) -> pd.DataFrame:
    """Whom the tasks of another round visit, those of which a level is said."""
    asked = asked_on_site(round)
    return asked[asked["level"] != ""]
