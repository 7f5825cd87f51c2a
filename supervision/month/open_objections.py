"""Objections to results that nobody has decided (未处理的异议): whose result, until when; the trail is the register."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from supervision.messages import Message
from supervision.month.round import Round
from supervision.month.round_people import units_of
from supervision.month.round_results import expected

RULE = "shared/objection"


def open_objections(round: Round, *, on: date) -> list[dict[str, Any]]:
    """Return the objections to a round's results that are open on a day (未处理的异议), as open cases are told.

    One belongs to each office whose result it names, "round/visit" or "round/visit/item"; its last day is so many days
    after it was filed as the rule shared/objection says.
    """
    filed = round.city.register("objections", on=on)
    filed = filed[filed["decision"].isna() & ~filed["withdrawn"].fillna(False).astype(bool)]
    owed = expected(round)
    visit = f"{round.key}/" + owed["visit_id"]
    names, days, rows = visit + "/" + owed["item_id"], int(round.city.rules.on(on).value(RULE)["decide_days"]), []
    units = units_of(round, filed["unit_id"], ["name"]).set_index("unit_id")["name"]
    for one in filed.to_dict("records"):
        mine = owed[(visit == one["disputed_no"]) | (names == one["disputed_no"])]
        for office, part in mine.groupby("office_id", sort=True):
            due = one["filed"].date() + timedelta(days=days)
            late = max((on - due).days, 0)
            items = [round.items[item].name if item in round.items else item for item in part["item_id"]]
            rows.append(
                {
                    "case_no": one["objection_no"],
                    "office_id": str(office),
                    "unit_id": one["unit_id"],
                    "visit_no": one["disputed_no"],
                    "matter": Message.of("month.objection_matter").text(),
                    "name": units.get(one["unit_id"], ""),
                    "item": "、".join(items),
                    "text": one["ground"],
                    "done": "",
                    "due": due.isoformat(),
                    "late": late,
                    "state": Message.of("month.case_state_late" if late else "month.case_state_open").text(),
                }
            )
    return sorted(rows, key=lambda row: (-row["late"], row["due"], row["case_no"], row["office_id"]))
