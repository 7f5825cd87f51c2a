"""What change orders leave behind (变更的持续影响): leave, units that closed, half-days on which nobody may come."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from supervision.month.change_order import BLOCKED, CLOSED, ChangeOrder, UrgentPlace
from supervision.month.round import Round
from supervision.month.round_files import CHANGE_ORDER, CHANGES, Step


def change_orders(round: Round) -> list[ChangeOrder]:
    """Return the change orders on record (已登记的变更单), in order."""
    return [round.read(CHANGE_ORDER, number) for number in range(1, round.count(Step.REPLAN) + 1)]


def closed_units(round: Round, more: Sequence[ChangeOrder] = ()) -> set[str]:
    """Return units that closed (已关闭的对象); `more` orders are not on record yet."""
    return {one.asked.subject for one in (*change_orders(round), *more) if one.asked.kind == CLOSED}


def blocked_days(round: Round, more: Sequence[ChangeOrder] = ()) -> dict[str, tuple[str, ...]]:
    """Return unit → half-days on which it cannot be visited (不可入企的半天)."""
    found: dict[str, set[str]] = {}
    for one in (*change_orders(round), *more):
        if one.asked.kind == BLOCKED:
            found.setdefault(one.asked.subject, set()).update(one.asked.half_days)
    return {unit: tuple(sorted(half_days)) for unit, half_days in found.items()}


def urgent_visits(round: Round, more: Sequence[UrgentPlace] = ()) -> pd.DataFrame:
    """Return urgent visits to units of the directory (紧急检查入企), a row a visit, department and item, as of history.

    Those of the change orders on record, and `more` of an order to come; the number of the order keeps names apart.
    """
    orders = [*((one.no, one.asked.urgent) for one in change_orders(round))]
    orders.append((len(orders) + 1, tuple(more)))
    rows = [
        {
            "unit_id": one.unit_id,
            "agency": round.offices[one.office].department,
            "item_id": item,
            "date": pd.Timestamp(one.half_days[0][:10]),
            "kind": one.kind,
            "visit_no": f"{round.id}/{one.visit}~urgent{no}",
            "on_site": True,
        }
        for no, places in orders
        for one in places
        if one.unit_id
        for item in one.items
    ]
    columns = ["unit_id", "agency", "item_id", "date", "kind", "visit_no", "on_site"]
    return pd.DataFrame(rows, columns=columns).drop_duplicates(ignore_index=True)


def leave_entered(round: Round, more: Sequence[ChangeOrder] = ()) -> dict[str, set[str]]:
    """Return inspector → half-days of leave that was entered in the round itself (本轮登记的请假)."""
    found: dict[str, set[str]] = {}
    for order in (*change_orders(round), *more):
        for who, half_days in order.leave.items():
            found.setdefault(who, set()).update(half_days)
    for change in round.read(CHANGES) if round.holds(CHANGES) else ():
        if change.kind == "leave":
            found.setdefault(str(change.inspector_id), set()).update(change.half_days)
    return found
