"""Units that could not be inspected and whom nobody replaced yet (待递补的检查对象): whose, until when."""

from __future__ import annotations

from datetime import date
from typing import Any

from supervision.messages import Message
from supervision.month import round_files as files
from supervision.month.calendars import chosen_units, step_ins
from supervision.month.round import Round
from supervision.month.round_people import units_of
from supervision.month.round_results import expected, results_of
from supervision.results import public_categories


def due_step_ins(round: Round, *, on: date) -> list[dict[str, Any]]:
    """Return who is to be replaced by the next of the order (待递补), a row a task and unit, as open cases are told.

    One stands until `stepin` is confirmed, with or without a unit that follows. It belongs to the office whose result
    says so; its last day is that of the task, for whoever steps in is visited within it.
    """
    tasks = {task.task_id: task for task in round.tasks}
    owed = expected(round)
    told = public_categories.step_ins(
        results_of(round), tasks=round.tasks, drawn=chosen_units(round), codes=round.code_lists
    )
    replaced = {(one.task_id, one.out) for one in step_ins(round)}
    offices = dict(zip(zip(owed["visit_id"], owed["agency"], strict=True), owed["office_id"], strict=True))
    results = results_of(round).drop_duplicates(["visit_id", "result"]).set_index(["visit_id", "result"])["agency"]
    names = units_of(round, told["unit_id"], ["name"]).set_index("unit_id")["name"]
    rows = []
    for one in told.to_dict("records"):
        task = tasks[one["task_id"]]
        if (task.task_id, one["unit_id"]) in replaced:
            continue
        late = max((on - task.end).days, 0)
        reason = round.code_lists.label("result", one["result"], "zh")
        rows.append(
            {
                "case_no": f"{round.key}/{one['visit_id']}",
                "office_id": offices[one["visit_id"], results[one["visit_id"], one["result"]]],
                "unit_id": one["unit_id"],
                "visit_no": f"{round.key}/{one['visit_id']}",
                "matter": Message.of("month.step_in_matter").text(),
                "name": names.get(one["unit_id"], ""),
                "item": task.name,
                "text": Message.of("month.step_in_text", task=task.task_id, reason=reason).text(),
                "done": _done(round, task.task_id, one["unit_id"]),
                "due": task.end.isoformat(),
                "late": late,
                "state": Message.of("month.case_state_late" if late else "month.case_state_open").text(),
            }
        )
    return sorted(rows, key=lambda row: (-row["late"], row["due"], row["case_no"]))


def _done(round: Round, task_id: str, unit_id: str) -> str:
    """Who recorded it, where it waits for its second person, "" where nobody did."""
    one = round.read(files.PROPOSED_STEP_IN) if round.holds(files.PROPOSED_STEP_IN) else None
    if one is None or (one.task_id, one.unit_id) != (task_id, unit_id):
        return ""
    return Message.of("month.step_in_waits", who=one.by).text()
