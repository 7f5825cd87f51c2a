"""Rows of professional classes (专业类别核对): a class must stand on its field's scale as known that day."""

from __future__ import annotations

import numpy as np
import pandas as pd

from supervision.directory.checking.problems import no_problems, problem, problems
from supervision.directory.register import KNOWN_ON, register
from supervision.directory.table import Checked
from supervision.errors import SupervisionError
from supervision.law.professional_scale import scale
from supervision.month.city import City
from supervision.tables import tuples

PROFESSIONAL = "professional"


def off_scale(city: City, kind: str, checked: Checked) -> pd.DataFrame:
    """Return the faults of classes that are not on their field's scale (等次核对), or whose field has no scale.

    The scale is that of the rules in force on the row's known_on.
    """
    if kind != PROFESSIONAL or checked.good.empty:
        return no_problems()
    columns = {name: register(kind).column(name) for name in ("field", "class")}
    faults = [no_problems()]
    good = checked.good.reset_index(drop=True)
    for known_on, field in tuples(good[[KNOWN_ON.name, "field"]].drop_duplicates()):
        part = good[(good[KNOWN_ON.name] == known_on) & (good["field"] == field)]
        rows = part.index.to_numpy()
        try:
            levels = scale(city.rules.on(known_on.date()), field)
        except SupervisionError as error:
            faults.append(problems(line=rows, column="field", value=field, reason=error.message))
            continue
        bad = np.array([levels.level(text) is None for text in part["class"]], dtype=np.bool_)
        if bad.any():
            told = {"rule": levels.rule, "known": "、".join(levels.names)}
            faults.append(problem(rows[bad], columns["class"], part["class"][bad].tolist(), "month.off_scale", **told))
    return pd.concat(faults, ignore_index=True)
