"""Numbers of notices of tasks (抽查任务公告文号): given once, kept, never used again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import count

from supervision.domain.items import Task
from supervision.errors import UsageError
from supervision.month import round_files as files
from supervision.month.round import Round
from supervision.month.round_estimates import publication_law
from supervision.month.round_files import NOTICE_NUMBERS, Step

RULE = "shared/notice_number"
FIELDS = ("{word}", "{year}", "{number}")


def numbered(round: Round) -> list[Task]:
    """Return the round's tasks with the numbers of their notices (带文号的任务): their own, those kept, or new ones.

    A new one is the first that no real round has used, by today's rule shared/notice_number; its year is that
    of the commitment. Without the rule, or the department's word in it, there is none. A rehearsal numbers for itself
    and says so in the number.
    """
    kept = round.read(NOTICE_NUMBERS) if round.holds(NOTICE_NUMBERS) else {}
    tasks = [replace(task, number=kept.get(task.task_id) or task.number) for task in round.tasks]
    used = {task.number for task in tasks} | _used_elsewhere(round)
    found = []
    for task in tasks:
        number = task.number or _next(round, task.lead, used)
        used.add(number)
        found.append(replace(task, number=number))
    return found


def keep_numbers(round: Round) -> list[Task]:
    """Return the round's tasks with the numbers of their notices, which stay from now on (编定文号).

    A paper may be printed before the round is published: what it says is what the notice will say.
    """
    tasks = numbered(round)
    if not round.holds(NOTICE_NUMBERS) and to_keep(tasks):
        with round.save(Step.NUMBER) as saving:
            saving.put(NOTICE_NUMBERS, to_keep(tasks))
    return tasks


def to_keep(tasks: Iterable[Task]) -> dict[str, str]:
    """Return the numbers to keep (留存文号), by task_id."""
    return {task.task_id: task.number for task in tasks if task.number}


def _used_elsewhere(round: Round) -> set[str]:
    if round.is_rehearsal:
        return set()
    others = (one for one in round.city.rounds() if not one.is_rehearsal and one.key != round.key)
    return {number for one in others if one.holds(NOTICE_NUMBERS) for number in one.read(NOTICE_NUMBERS).values()}


def _next(round: Round, department: str, used: set[str]) -> str:
    """The first number of a department's word that is not used (下一个流水号), "" where the rules name no word."""
    law = publication_law(round)  # that of the commitment could not be put right any more
    rule = None if RULE in law.missing() else law.value(RULE)
    if rule is None:  # nobody decided, or that there are none
        return ""
    pattern = str(rule.get("pattern", ""))
    if "words" not in rule or any(field not in pattern for field in FIELDS):
        raise UsageError("month.notice_pattern", rule=RULE, pattern=pattern, fields=" ".join(FIELDS))
    word = rule["words"].get(department)
    if not word:
        return ""
    year = round.read(files.COMMITMENT).committed_at[:4]
    mark = "演练" if round.is_rehearsal else ""
    made = pattern.replace("{word}", str(word)).replace("{year}", year)
    return next(text for no in count(1) if (text := made.replace("{number}", f"{mark}{no}")) not in used)
