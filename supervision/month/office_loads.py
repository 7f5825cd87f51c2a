"""Load of a round's offices (本轮各机构负荷), day by day, by those calendars that stand."""

from __future__ import annotations

import pandas as pd

from supervision.month.calendars import standing
from supervision.month.round import Round
from supervision.month.round_files import ROSTER, Step
from supervision.month.round_people import half_days, people, people_day
from supervision.planner.load import loads


def office_loads(round: Round, places: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return what the calendars bind of every office on every working day (各机构每日负荷): see `planner.load.LOADS`.

    People are those of the last roster that was committed, before that those on record; `places`: the standing ones.
    """
    matched = round.count(Step.ROSTER)
    roster = round.read(ROSTER, matched) if matched else people(round)[0]
    days = half_days(round, round.working_days(people_day(round)))
    return loads(standing(round) if places is None else places, roster, round.offices, days)
