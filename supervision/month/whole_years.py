"""Whole years of the calendar register (整年放假安排): a year comes in with its whole notice, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from supervision.directory.checking.problems import no_problems, problems
from supervision.directory.table import Checked
from supervision.messages import Message
from supervision.month.city import City


def whole_years(city: City, checked: Checked) -> Checked:
    """Return a calendar file without the rows of years that it leaves incomplete (退回不完整年份的各行).

    Rest days and make-up days for everywhere must, with what the store holds, be a year's whole arrangement, unless a
    calendar file announces the year. Quiet days and a district's own days come in as they are. The notes say which
    year lacks what.
    """
    new = checked.good
    days = new["kind"].ne("quiet") & new["region"].isna()
    stored = city.register("calendar", on=date.max)
    joined = pd.concat([stored, new], ignore_index=True).sort_values("known_on", kind="stable")
    joined = joined.drop_duplicates(["date", "region"], keep="last")
    lacking = city.working_days_of(joined, city.rules.on(city.now().date())).lacking
    faults, notes = [no_problems()], []
    for year in sorted(set(new["date"][days].dt.year) & lacking.keys()):
        told = Message.of("law.working_days.notice_incomplete", file=checked.name, year=year, missing=lacking[year])
        rows = np.flatnonzero((days & (new["date"].dt.year == year)).to_numpy())
        values = [str(day)[:10] for day in new["date"].iloc[rows]]
        faults.append(problems(line=rows, column="date", value=values, reason=told))
        notes.append(told)
    found = checked.without(pd.concat(faults, ignore_index=True))
    return replace(found, notes=(*found.notes, *notes)) if notes else found
