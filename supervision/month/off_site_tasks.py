"""Off-site tasks (非现场任务): which of a round's tasks open no door, their controls, and what speaks against either.

A task is off site when all of its items are: one that mixes both is refused, so that the list of what is not in the
calendar (draw protocol 2, 7: unheld.csv) names whole tasks, and the verifier asks for every item of all others. Tasks
of one group share their units' numbers, so two tasks of the same units draw the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from supervision.domain.items import Task
from supervision.errors import SupervisionError
from supervision.law.off_site import OffSite, off_site
from supervision.messages import Message
from supervision.month.round import Round
from supervision.month.round_files import OFF_SITE
from supervision.month.round_people import people_day

WHOLE = ("full", "random")  # regimes that frame everybody of the population
OPEN = "open"


def terms(round: Round) -> OffSite | None:
    """Return what counts as off site (非现场检查的口径), None in a round all of whose items may be visited for.

    A round without such an item needs no rule: one that was committed before there was any goes on as it was, and so
    does one whose calendar already visits everybody.
    """
    if round.drawn_numbers and not round.holds(OFF_SITE):
        return None
    if all(round.items[item].comes_on_site for task in round.tasks for item in task.items):
        return None
    return off_site(round.law, known=round.code_lists.codes("method"))


def off_site_tasks(round: Round) -> dict[str, Task]:
    """Return the tasks that open no door (非现场任务), by task_id."""
    found = terms(round)
    if found is None:
        return {}
    return {task.task_id: task for task in round.tasks if all(found.holds(round.items[item]) for item in task.items)}


def visited_tasks(round: Round) -> dict[str, Task]:
    """Return the tasks that need a visit (须入企的任务), by task_id."""
    without = off_site_tasks(round)
    return {task.task_id: task for task in round.tasks if task.task_id not in without}


def visited(drawn: pd.DataFrame, tasks: dict[str, Task]) -> pd.DataFrame:
    """Return the rows of a drawn list that need a visit (须入企的抽中记录): those of `tasks`."""
    return drawn[drawn["task_id"].isin(list(tasks))].reset_index(drop=True)


def check_off_site(round: Round) -> None:
    """Refuse a round whose off-site tasks or controls are not as they must be (非现场任务核对).

    `month.off_site` names every problem.
    """
    problems = tuple(_problems(round))
    if problems:
        raise SupervisionError("month.off_site", round=round.id, count=len(problems), problems=problems)


def _problems(round: Round) -> Iterator[Message]:
    found, tasks = terms(round), {task.task_id: task for task in round.tasks}
    without = off_site_tasks(round)
    for task in tasks.values() if found else ():
        papers = [item for item in task.items if found and found.holds(round.items[item])]
        if papers and task.task_id not in without:
            rest = " ".join(item for item in task.items if item not in papers)
            yield Message.of("month.off_site_mixed", task=task.task_id, items=" ".join(papers), others=rest)
    for task in without.values():
        yield from _held(round, task, found)
    for task in tasks.values():
        if task.control_of:
            yield from _control(round, task, tasks, without)


def _held(round: Round, task: Task, found: OffSite | None) -> Iterator[Message]:
    """What speaks against an off-site task: nobody to do it, or no time for self-correction."""
    departments = {office.department for office in round.offices.values()}
    for item in task.items:
        department = round.items[item].department
        if department not in departments:
            yield Message.of("month.off_site_nobody", task=task.task_id, item=item, department=department)
    days = found.correction_days if found else 0
    if correct_by(round, task.start, days) > task.end:
        yield Message.of("month.off_site_short", task=task.task_id, start=task.start, end=task.end, days=days)


def _control(round: Round, task: Task, tasks: dict[str, Task], without: dict[str, Task]) -> Iterator[Message]:
    """What speaks against a control: of which task, for what, of whom, and with which chances."""
    told = {"task": task.task_id, "other": task.control_of}
    other = tasks.get(task.control_of)
    if other is None:
        yield Message.of("month.control_unknown", **told, known=" ".join(sorted(tasks)))
        return
    if other.task_id not in without:
        yield Message.of("month.control_of_visits", **told)
    for item in task.items:
        if not round.items[item].comes_on_site:
            yield Message.of("month.control_off_site", **told, item=item)
    if task.access != OPEN:
        yield Message.of("month.control_unequal", **told)
    same = task.regime == other.regime or {task.regime, other.regime} <= set(WHOLE)
    if task.population.strip() != other.population.strip() or not same:
        yield Message.of("month.control_population", **told, own=_of_whom(task), others=_of_whom(other))


def _of_whom(task: Task) -> str:
    return f"{task.population.strip()} {task.regime}"


def correct_by(round: Round, told: date, days: int) -> date:
    """Return the day by which an enterprise has looked at itself (自查自纠截止日): working days after `told`."""
    return round.working_days(people_day(round)).add(told, days)
