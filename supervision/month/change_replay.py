"""Replay of a change (变更重放): the planner's acts one after the other, by the rule of draw protocol 2, section 7.

Who takes a place is decided here, not by the planner; where the two differ nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from supervision.errors import SupervisionError
from supervision.month.change_order import ChangeOrder
from supervision.month.drawn_calendar import OPEN
from supervision.planner.replan.holdings import Act
from supervision.sampling.inspectors.changes import Outcome, Standing
from supervision.sampling.protocol.records import Change
from supervision.tables import tuples

KEY = ["visit_id", "office", "place"]


def rows_of(now: Standing, order: ChangeOrder, acts: Iterable[Act], *, start: int) -> list[Change]:
    """Return the rows of changes.json that an order makes (变更记录), numbered from `start`; `now` is as after it.

    The order's own leave stands in `now` already.
    """
    found: list[Change] = []

    def enter(kind: str, outcome: Outcome | None, who: str | None, half_days: Sequence[str]) -> None:
        place = outcome.place if outcome else None
        row = Change(
            at=order.at,
            by=order.asked.by,
            evidence=order.digest,
            ground=order.asked.ground,
            half_days=tuple(half_days),
            inspector_id=who,
            kind=kind,
            no=start + len(found),
            office=place.office if place else None,
            out=outcome.out if outcome else None,
            place=place.place if place else None,
            reviewed_by=order.asked.reviewed_by,
            visit_id=place.visit_id if place else None,
        )
        found.append(row.check())

    for who, half_days in sorted(order.leave.items()):
        enter("leave", None, who, half_days)
    for act in acts:
        if act.kind == "leave":
            now.enter_leave(act.inspector_id, act.half_days)
            enter("leave", None, act.inspector_id, act.half_days)
        for one in _outcomes(now, act):
            enter(act.kind, one, one.inspector_id, one.place.half_days)
    return found


def compare(now: Standing, before: pd.DataFrame, planned: pd.DataFrame) -> None:
    """Ask that the replay gives what the planner said (核对变更结果).

    `before`: who held what, `planned`: the planner's changes. A difference: SupervisionError `month.replan_differs`.
    """
    columns = [*KEY, "half_days", "inspector_id"]
    due = {tuple(row[:3]): tuple(row[3:]) for row in tuples(before, *columns)}
    for row in planned[planned["kind"] != "leave"].to_dict("records"):
        key = tuple(row[name] for name in KEY)
        due[key] = (row["half_days"], row["inspector_id"])
        if row["kind"] == "cancelled":
            del due[key]
    got = {key: (" ".join(one.place.half_days), one.inspector_id or OPEN) for key, one in now.held.items()}
    for key in sorted(due.keys() | got.keys()):
        if due.get(key) != got.get(key):
            raise SupervisionError(
                "month.replan_differs", visit=key[0], office=key[1], place=key[2], due=due.get(key), got=got.get(key)
            )


def _outcomes(now: Standing, act: Act) -> Sequence[Outcome]:
    if act.kind == "cancelled":
        return now.cancel(act.visit_id)
    if act.kind == "moved":
        return now.move(act.visit_id, act.half_day) or ()
    if act.kind == "substituted":
        return [now.substitute(act.visit_id, act.office, act.place)]
    return ()
