"""What inspectors must know of units and people (入企要素来源): contacts, earlier findings, certificates."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from supervision.messages import Message
from supervision.month.feedback_tokens import tokens
from supervision.month.round import Round
from supervision.month.round_people import people_day
from supervision.notice.visit_details import Contact, Particulars
from supervision.results.outcomes import PROBLEM
from supervision.tables import tuples

TOLD = 3
HISTORY = ["unit_id", "agency", "item_id", "date", "result"]


def particulars(round: Round, units: pd.Series[str]) -> Particulars:
    """Return the particulars of some units and of all inspectors (入企要素).

    Contacts and findings are those known on the evidence day, certificates those of the day that counts for people.
    """
    own = round.register("entities", ["unit_id", "contact", "phone", "legal_rep"], of=set(units)).fillna("")
    inspectors = round.city.register("inspectors", on=people_day(round), columns=["inspector_id", "cert_no"]).fillna("")
    lists = round.code_lists
    return Particulars(
        contacts={
            unit: Contact(contact=contact, phone=phone, legal_rep=legal_rep)
            for unit, contact, phone, legal_rep in tuples(own)
        },
        earlier=earlier_findings(round, units),
        certificates=dict(tuples(inspectors)),
        tokens=tokens(round),
        methods={code: lists.label("method", code, "zh") for code in lists.codes("method")},
    )


def earlier_findings(round: Round, units: pd.Series[str]) -> dict[str, str]:
    """Return what inspections found at the units (历次发现问题), the newest first, in words; others have no entry.

    Named are the last three that found a problem, of any department; how many more there are is told.
    """
    lists = round.code_lists
    problems = {code for code, outcome in lists.outcomes().items() if outcome == PROBLEM}
    history = round.register("history", HISTORY, of=set(units))
    history = history[history["result"].isin(problems)]
    history = history.sort_values(["unit_id", "date", "agency", "item_id"], ascending=[True, False, True, True])
    found: dict[str, list[str]] = defaultdict(list)
    for unit, agency, item_id, day, result in tuples(history.drop_duplicates()):
        said = Message.of(
            "month.earlier_finding",
            date=f"{day:%Y-%m-%d}",
            agency=lists.label("department", agency, "zh"),
            item=round.items[item_id].name if item_id in round.items else item_id,
            result=lists.label("result", result, "zh"),
        )
        found[unit].append(said.text())
    return {unit: _some(told) for unit, told in found.items()}


def _some(told: list[str]) -> str:
    more = [Message.of("month.earlier_more", count=len(told) - TOLD).text()] if len(told) > TOLD else []
    return "；".join([*told[:TOLD], *more])
