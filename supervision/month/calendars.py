"""Calendars of a round (本轮日程): the first one and its supplements, with who was drawn."""

from __future__ import annotations

import pandas as pd

from supervision.month.round import Round
from supervision.month.round_files import ASSIGNED, ASSIGNMENTS, CALENDAR, DRAWN, PLACES, SENT_BACK, UNHELD_ROWS, Step

PLACE_KEY = ["visit_id", "office", "place"]


def assigned_places(round: Round, number: int) -> pd.DataFrame:
    """Return the places of one calendar that were filled (已匹配岗位), with inspector_id."""
    drawn = round.read(ASSIGNMENTS, number)
    return round.read(CALENDAR, number).merge(drawn[[*PLACE_KEY, "inspector_id"]], on=PLACE_KEY)


def standing(round: Round) -> pd.DataFrame:
    """Return the places that stand (有效岗位) in all calendars, with inspector_id where it is drawn, missing before.

    A visit that was sent back stands only in the supplement that planned it again.
    """
    found = [
        assigned_places(round, number) if round.has(Step.MATCH, number) else round.read(CALENDAR, number)
        for number in range(1, round.count(Step.PLAN) + 1)
    ]
    joined = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=PLACES)
    return joined.reindex(columns=PLACES).astype(dict.fromkeys([c for c in PLACES if c != "place"], "str"))


def earlier(round: Round, number: int) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Return places and assignments of the round before a supplement (此前已匹配), None for the first calendar."""
    if number == 1:
        return None
    before = range(1, number)
    places = pd.concat([assigned_places(round, k) for k in before], ignore_index=True)
    assignments = pd.concat([round.read(ASSIGNMENTS, k) for k in before], ignore_index=True)
    return places, assignments[ASSIGNED]


def sent_back(round: Round, number: int) -> pd.DataFrame:
    """Return the places that a lottery left open (抽取后空缺的岗位)."""
    return round.table(SENT_BACK, number=number)


def unheld(round: Round) -> pd.DataFrame:
    """Return what the round's calendars do not hold (未排定的检查), one row a part and reason."""
    found = [round.table(UNHELD_ROWS, number=number) for number in range(1, round.count(Step.PLAN) + 1)]
    return pd.concat(found, ignore_index=True)


def drawn_units(round: Round) -> pd.DataFrame:
    """Return task_id and unit_id of the units that were drawn (抽中名单), without the reserve."""
    drawn = round.table(DRAWN, ["task_id", "unit_id", "role"])
    return drawn.loc[drawn["role"] == "drawn", ["task_id", "unit_id"]].reset_index(drop=True)
