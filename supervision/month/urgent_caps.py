"""Urgent visits and caps (紧急检查与频次上限): what an urgent visit uses up, refused where it would be one too many.

A moved visit stays in its month and uses up nothing; an urgent one is a visit more. What a cap counts is its kinds'
business: a check for cause, or one that a superior ordered, is named as not counted, by the rule that says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from supervision.errors import CannotHold
from supervision.messages import Label, Message
from supervision.month.change_effects import urgent_visits
from supervision.month.change_order import UrgentPlace
from supervision.month.handed_visits import handed_visits
from supervision.month.other_rounds import VISITS, joined, others, pledged
from supervision.month.round import Round
from supervision.month.round_files import SCORES
from supervision.month.round_people import people_day
from supervision.sampling.frame.caps import KINDS, Usage, cap_usage, caps_in_force
from supervision.sampling.frame.past_visits import ALL, past_visits
from supervision.tables import valid_between

UNIT_COLUMNS = ["unit_id", "type", "tags", "address"]


def within_caps(round: Round, urgent: Sequence[UrgentPlace]) -> list[Message]:
    """Return what urgent visits use up of the year's caps (紧急检查计次说明), after refusing one beyond a cap.

    Raises CannotHold "month.urgent_beyond_cap" naming visit, unit, cap, and what was used before.
    """
    before = urgent_visits(round)
    asked = urgent_visits(round, urgent)
    asked = asked[~asked["visit_no"].isin(before["visit_no"])].reset_index(drop=True)
    found: list[Message] = []
    for visit, rows in asked.groupby("visit_no", sort=True):
        unit, kind = rows["unit_id"].iloc[0], rows["kind"].iloc[0]
        named = {"visit": str(visit).partition("/")[2].rpartition("~")[0], "unit": unit}
        told = []
        for one, used in _counted(round, rows, asked[asked["visit_no"] < visit]):
            agency = _agency(round, one.cap.agency)
            figures = {"rule": one.cap.rule, "agency": agency, "most": one.cap.per_year, "used": used}
            if one.left[0] < 0:
                raise CannotHold("month.urgent_beyond_cap", **named, **figures, kind=_kind(round, kind))
            told.append(Message.of("month.urgent_counted", **named, **figures, left=int(one.left[0])))
        found += told or [Message.of("month.urgent_free", **named, kind=_kind(round, kind), rule=KINDS)]
    return found


def _counted(round: Round, rows: pd.DataFrame, more: pd.DataFrame) -> Iterator[tuple[Usage, int]]:
    """The caps that count a visit, with it, and what was used before it; `more`: others of the same file."""
    city, day, unit = round.city, people_day(round), rows["unit_id"].iloc[0]
    history = city.register("history", on=day, columns=VISITS, of=[unit])
    history = joined(history, handed_visits(city, history, on=day, rehearsal=round.is_rehearsal))
    rounds = [*others(round, within=f"{round.name.year:04}"), round]
    known = pledged(rounds, history, known_on=day)
    known = joined(known, more.assign(known_on=pd.Timestamp(day)))
    known = known[known["unit_id"] == unit].reset_index(drop=True)
    units = city.register("entities", on=day, columns=UNIT_COLUMNS, of=[unit])
    on = rows["date"].iloc[0].date()
    live = valid_between(city.register("caps", on=day), on, on)
    caps = caps_in_force(live, set(rows["agency"]), law=round.law)
    classes = None
    if any(cap.classes for cap in caps):
        scores = round.table(SCORES, ["unit_id", "class"]).set_index("unit_id")["class"]
        classes = units["unit_id"].map(scores).reset_index(drop=True)
    after = joined(known, rows.assign(known_on=pd.Timestamp(day)))
    pairs = [
        list(cap_usage(caps, units, past_visits(units, visits), year=on.year, classes=classes))
        for visits in (known, after)
    ]
    for was, now in zip(*pairs, strict=True):
        if np.any(now.units & (now.used > was.used)):
            yield now, int(was.used[0])


def _agency(round: Round, code: str) -> Message | Label:
    if code == ALL:
        return Message.of("month.ledger_all_agencies")
    return Label(*(round.code_lists.label("department", code, lang) for lang in ("zh", "en")))


def _kind(round: Round, code: str) -> Label:
    return Label(*(round.code_lists.label("inspection_kind", code, lang) for lang in ("zh", "en")))
