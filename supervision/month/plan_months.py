"""Months and ids of plans' rows (计划月份与编号核对): what cannot be goes back on import, and is never on record."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from supervision.directory.checking.problems import no_problems, problems
from supervision.directory.table import Checked
from supervision.domain.plans import parse_months
from supervision.errors import SupervisionError
from supervision.messages import Message
from supervision.month.city import City

PLANS, COLUMN = "plans", "months"
UNTIL = date.max


def unread_months(kind: str, checked: Checked) -> pd.DataFrame:
    """Return the faults of rows whose months run backwards or are none (月份颠倒或不存在), such as 9-4 or 13."""
    if kind != PLANS or checked.good.empty:
        return no_problems()
    found = [no_problems()]
    for place, text in enumerate(checked.good[COLUMN].tolist()):
        if isinstance(text, str) and text.strip():
            try:
                parse_months(text)
            except SupervisionError as error:
                line = np.array([place])
                found.append(problems(line=line, column=COLUMN, value=text[:40], reason=error.message))
    return pd.concat(found, ignore_index=True)


def other_years(city: City, kind: str, checked: Checked) -> pd.DataFrame:
    """Return the faults of plans whose id is that of a plan of another year (计划编号已用于别的年度).

    The id is the register's key: the earlier year's plan, and the tasks that follow from it, would be replaced.
    """
    if kind != PLANS or checked.good.empty:
        return no_problems()
    stored = city.register(PLANS, on=UNTIL).drop_duplicates("plan_id").set_index("plan_id")["year"]
    years = checked.good["plan_id"].map(stored)
    faults = [no_problems()]
    for place in np.flatnonzero((years.notna() & (years != checked.good["year"])).to_numpy(dtype=bool)).tolist():
        plan, year = checked.good["plan_id"].iloc[place], int(years.iloc[place])
        told = Message.of("month.plan_id_of_year", plan=plan, year=year)
        faults.append(problems(line=np.array([place]), column="plan_id", value=plan, reason=told))
    return pd.concat(faults, ignore_index=True)
