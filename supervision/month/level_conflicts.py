"""Own visits beside another level's (两级同月入企): what a county drew before it knew of the city's list."""

from __future__ import annotations

import pandas as pd

from supervision.domain.rounds import RoundId
from supervision.month.calendars import standing
from supervision.month.city import City
from supervision.month.handed_visits import handed_on_site
from supervision.month.other_levels import asked_on_site
from supervision.month.other_rounds import drawn_rounds
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.sampling.frame.past_visits import planned_visits

COLUMNS = ["unit", "department", "round", "sender", "date", "visit"]
KEY = ["unit_id", "department"]


def own_visits_beside(city: City, month: str, *, rehearsal: bool) -> pd.DataFrame:
    """Return own rounds' visits to units that a list handed down visits in the month (两级同月入企), `COLUMNS`.

    Same unit, same department, both on site; `date` is the day of the higher level's, `visit` the own visit, "" before
    it is planned.
    """
    name = RoundId.parse(month)
    handed = handed_on_site(city, name, on=city.now().date(), rehearsal=rehearsal)
    handed = handed.sort_values([*KEY, "date"]).drop_duplicates(KEY)[[*KEY, "sender", "date"]]
    parts = [pd.DataFrame(columns=[*KEY, "round", "visit"], dtype="str")]
    drawn = drawn_rounds(city, rehearsal=rehearsal)
    parts += [_visits(round).assign(round=round.id) for round in drawn if round.name.month == month]
    found = pd.concat(parts, ignore_index=True).merge(handed, on=KEY)
    found = found.assign(unit=found["unit_id"], date=found["date"].dt.strftime("%Y-%m-%d"))
    return found[COLUMNS].drop_duplicates().sort_values(COLUMNS, ignore_index=True)


def _visits(round: Round) -> pd.DataFrame:
    """Unit, department and visit of what a round still means to hold on site."""
    if round.has(Step.PLAN):
        rows = planned_visits(standing(round), round.offices, round.items)
        rows = rows[rows["on_site"].to_numpy(dtype=bool)]
        return rows.rename(columns={"agency": "department"})[[*KEY, "visit"]]
    return asked_on_site(round)[KEY].drop_duplicates().assign(visit="")
