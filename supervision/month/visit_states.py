"""How far an office's visits are (入企检查进度): what each owes, what is on record of it, until when it is public."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import pandas as pd

from supervision.month.result_review import recorded_results, unreviewed_of
from supervision.month.round import Round
from supervision.month.round_results import clock_of, expected
from supervision.results.review import SENT_BACK, WAITING
from supervision.tables import tuples

KEY = ["visit_id", "item_id"]
AHEAD, OPEN, PART, BACK, WAITS, DONE = "ahead", "open", "part", "sent_back", "waiting", "done"
STATES = (AHEAD, OPEN, PART, BACK, WAITS, DONE)


@dataclass(frozen=True, kw_only=True)
class VisitState:
    """How far one office is with one visit (一次检查的进度).

    Attributes
    ----------
    state
        One of `STATES`: the day has not come; nothing, or not everything is on record; something was sent back; all
        is on record and some of it waits for a second person; all is done.
    items, recorded
        How many results it owes and how many are on record.
    due
        The last day of publication of what is not public yet, ISO; "" where nothing is due or nobody can know it.
    late
        Whether that day is over.
    """

    state: str
    items: int
    recorded: int
    due: str
    late: bool


def visit_states(round: Round, *, on: date, owed: pd.DataFrame | None = None) -> dict[tuple[str, str], VisitState]:
    """Return how far each office is with each of its visits on a day (各次检查进度), by (office_id, visit_id).

    `owed` is what `round_results.expected` says, of a caller who has it.
    """
    owed = expected(round) if owed is None else owed
    recorded = set(tuples(recorded_results(round), *KEY))
    waits = unreviewed_of(round)
    reviewed = dict(zip(tuples(waits, *KEY), waits["state"], strict=True))
    open_until = _open_until(round, on, owed)
    places: dict[tuple[str, str], list[tuple[tuple[str, str], date]]] = defaultdict(list)
    for visit, item, office, day in tuples(owed, *KEY, "office_id", "inspected_on"):
        places[office, visit].append(((visit, item), day.date()))
    found = {}
    for place, rows in places.items():
        keys = [key for key, _ in rows]
        there = sum(key in recorded for key in keys)
        dues = [open_until[key] for key in keys if key in open_until]
        begun = min(day for _, day in rows) <= on
        found[place] = VisitState(
            state=_state(len(keys), there, {reviewed[key] for key in keys if key in reviewed}, begun=begun),
            items=len(keys),
            recorded=there,
            due=min((due for due, _ in dues if due), default=""),
            late=any(late for _, late in dues),
        )
    return found


def _open_until(round: Round, on: date, owed: pd.DataFrame) -> dict[tuple[str, str], tuple[str, bool]]:
    """What is due and not public yet: visit and item → last day and whether it is over."""
    table = clock_of(round, on=on, owed=owed)
    if table is None:
        return {}
    waiting = table[table["state"].isin(["pending", "overdue"])]
    return {
        (visit, item): ("" if pd.isna(due) else due.date().isoformat(), state == "overdue")
        for visit, item, due, state in tuples(waiting, *KEY, "due", "state")
    }


def _state(items: int, recorded: int, reviewed: set[str], *, begun: bool) -> str:
    if SENT_BACK in reviewed:
        return BACK
    if recorded < items:
        return PART if recorded else OPEN if begun else AHEAD
    return WAITS if WAITING in reviewed else DONE
