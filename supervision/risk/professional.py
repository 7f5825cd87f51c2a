"""General and professional class (通用＋专业): which of both counts for the items of a field.

A department's own class compares with a general one by the field's rule; the rule shared/professional_class says which
counts where they differ. Only items of the field use the result; the general class stays what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from supervision.domain.strata import CLASSES
from supervision.errors import SupervisionError
from supervision.law.professional_scale import Values, conflict, scale
from supervision.risk.coded_registers import places_among
from supervision.tables import valid_between

COLUMNS = ["unit_id", "field", "professional", "compares", "general", "class", "decided_by"]
BOTH, PROFESSIONAL, GENERAL = "both", "professional", "general"


def in_force(register: pd.DataFrame, *, on: date) -> pd.DataFrame:
    """Return the professional classes of a day (有效的专业类别): of a unit and field the last one that began.

    `register`: the professional register as known on the day, one row a unit, field and first day.
    """
    latest = valid_between(register, on, on).sort_values(["unit_id", "field", "from_date"], kind="stable")
    return latest.drop_duplicates(["unit_id", "field"], keep="last").reset_index(drop=True)


def resolved(register: pd.DataFrame, scores: pd.DataFrame, *, on: date, law: Values) -> pd.DataFrame:
    """Return which class counts for the items of each field (通用与专业类别的取用).

    Parameters
    ----------
    register
        The professional register as known on the day.
    scores
        unit_id and class (A–D) of everybody; who is not there is left out.
    on
        The day.
    law
        The law in force.

    Returns
    -------
    DataFrame
        One row a unit and field with a professional class, all str: `COLUMNS`. `professional` as the department
        wrote it, `compares` the general class that it compares with, `class` what counts, `decided_by` "professional",
        "general", or "both" where they agree.

    Raises
    ------
    SupervisionError
        `law.no_scale`, `law.scale_shape`, RuleMissing; `risk.off_scale`: a class is not on its field's scale.
    """
    if register.empty:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in COLUMNS})
    rows = in_force(register, on=on)
    place = places_among(rows["unit_id"], scores["unit_id"])
    rows, general = rows[place >= 0].reset_index(drop=True), scores["class"].iloc[place[place >= 0]].to_numpy()
    compares = _compares(rows, law)
    own = pd.Index(CLASSES).get_indexer(pd.Index(compares))
    usual = pd.Index(CLASSES).get_indexer(pd.Index(general))
    counts = {"stricter": np.maximum(own, usual), PROFESSIONAL: own, GENERAL: usual}[conflict(law)]
    by = np.where(own == usual, BOTH, np.where(counts == own, PROFESSIONAL, GENERAL))
    found = {
        "unit_id": rows["unit_id"], "field": rows["field"], "professional": rows["class"], "compares": compares,
        "general": np.array(CLASSES)[usual], "class": np.array(CLASSES)[counts], "decided_by": by,
    }  # fmt: skip
    return pd.DataFrame(found).astype("str")


def counted(table: pd.DataFrame) -> pd.DataFrame:
    """Return how many units of each field have which classes (通用与专业类别户数表): the columns but unit_id, units."""
    names = COLUMNS[1:]
    return table.groupby(names, as_index=False).size().rename(columns={"size": "units"})[[*names, "units"]]


def short_of_duty(table: pd.DataFrame, history: pd.DataFrame, items: Mapping[str, str], *, on: date,
                  law: Values) -> pd.DataFrame:  # fmt: skip
    """Return who was visited less in the year than the field's duty asks for (未达到年度检查频次的户数).

    `history`: unit_id, item_id, date of the past inspections as known on the day; `items`: item_id → field. Visits on
    one day for several items of the field count once. One row a field and professional class with a number: field,
    professional, per_year, units, short.
    """
    first = pd.Timestamp(on.year, 1, 1)
    fields = history["item_id"].map(dict(items))
    held = history.assign(field=fields)[fields.notna() & (history["date"] >= first)]
    days = held.drop_duplicates(["unit_id", "field", "date"]).groupby(["unit_id", "field"]).size()
    visits = days.reindex(pd.MultiIndex.from_frame(table[["unit_id", "field"]]), fill_value=0).to_numpy()
    found = []
    for (field, name), part in table.groupby(["field", "professional"]):
        level = scale(law, str(field)).level(str(name))
        if level is not None and level.per_year is not None:
            short = int((visits[part.index.to_numpy()] < level.per_year).sum())
            found.append((str(field), str(name), level.per_year, len(part), short))
    return pd.DataFrame(found, columns=["field", "professional", "per_year", "units", "short"])


def _compares(rows: pd.DataFrame, law: Values) -> pd.Series:
    """The general class that each professional one compares with; one that is off its scale is refused by name."""
    found = pd.Series("", index=rows.index, dtype="str")
    for (field, name), part in rows.groupby(["field", "class"]):
        levels = scale(law, str(field))
        level = levels.level(str(name))
        if level is None:
            told = {"unit": part["unit_id"].iloc[0], "units": len(part), "known": " ".join(levels.names)}
            raise SupervisionError("risk.off_scale", field=field, name=name, rule=levels.rule, **told)
        found[part.index] = level.compares
    return found
