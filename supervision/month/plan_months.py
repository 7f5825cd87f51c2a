"""Months that a plan's row names (计划月份核对): what nobody could read goes back on import, and is never on record."""

from __future__ import annotations

import numpy as np
import pandas as pd

from supervision.directory.checking.problems import no_problems, problems
from supervision.directory.table import Checked
from supervision.domain.plans import parse_months
from supervision.errors import SupervisionError

PLANS, COLUMN = "plans", "months"


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
