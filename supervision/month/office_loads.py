"""Load of a round's offices (本轮各机构负荷): day by day by the calendars that stand, before those as expected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pandas as pd

from supervision.domain.items import Task
from supervision.domain.ratio import parse_share
from supervision.law.rules import Law
from supervision.month.calendars import standing
from supervision.month.round import Round
from supervision.month.round_files import ROSTER, Step
from supervision.month.round_people import half_days, people, people_day
from supervision.planner.load import loads
from supervision.planner.preview import preview


def office_loads(round: Round, places: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return what the calendars bind of every office on every working day (各机构每日负荷): see `planner.load.LOADS`.

    People are those of the last roster that was committed, before that those on record; `places`: the standing ones.
    """
    matched = round.count(Step.ROSTER)
    roster = round.read(ROSTER, matched) if matched else people(round)[0]
    days = half_days(round, round.working_days(people_day(round)))
    return loads(standing(round) if places is None else places, roster, round.offices, days)


def load_limit(law: Law) -> Fraction:
    """Return the share of its people's time above which an office is named (负荷预警线)."""
    return parse_share(str(law.value("shared/office_load_warning")))


def expected_loads(
    round: Round, joined: pd.DataFrame, tasks: Mapping[str, Task], *, units: pd.DataFrame, on: date
) -> pd.DataFrame:
    """Return what frames would ask of every office (各机构预计负荷): see `planner.preview.preview`.

    `joined`: task_id, unit_id, probability of tasks that need a visit; `units`: unit_id, region; people and working
    days as known `on` a day.
    """
    return preview(
        joined,
        tasks,
        round.items,
        round.offices,
        units,
        people(round, on=on)[0],
        half_days(round, round.working_days(on)),
        least=int(round.law.value("shared/minimum_inspectors")),
        limit=load_limit(round.law),
    )
