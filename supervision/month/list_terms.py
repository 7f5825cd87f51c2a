"""Lists of units kept to their terms (清单的条件与更新): who may be on one, and which entries still count."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.directory.checking.problems import no_problems, problem
from supervision.directory.register import KNOWN_ON, register
from supervision.directory.table import Checked
from supervision.law.list_entry import ListEntry, list_entries
from supervision.law.rules import Law
from supervision.month.city import City
from supervision.tables import tuples

EXEMPTIONS = "exemptions"
EVENTS = ["unit_id", "kind", "happened", "severity"]


def barred(city: City, kind: str, checked: Checked) -> pd.DataFrame:
    """Return the faults of rows that put a barred unit on a list (不得列入清单的户): the test is made, not believed.

    Looked at are the events known on the row's known_on, back from the row's first day.
    """
    if kind != EXEMPTIONS or checked.good.empty:
        return no_problems()
    faults = [no_problems()]
    good = checked.good.reset_index(drop=True)
    for known_on, name in tuples(good[[KNOWN_ON.name, "list"]].drop_duplicates()):
        terms = list_entries(city.rules.on(known_on.date())).get(name)
        if terms is None or not terms.barred_years:
            continue
        rows = good[(good[KNOWN_ON.name] == known_on) & (good["list"] == name)]
        bad = rows[_barred(rows, city.register("events", on=known_on.date(), columns=EVENTS), terms)]
        if len(bad):
            column, ids = register(kind).column("unit_id"), bad["unit_id"].tolist()
            told = {"years": terms.barred_years, "kinds": " ".join(sorted(terms.barred_by)), "list": name}
            faults.append(problem(bad.index.to_numpy(), column, ids, "month.list_barred", **told))
    return pd.concat(faults, ignore_index=True)


def still_counting(exemptions: pd.DataFrame, law: Law, on: date) -> pd.DataFrame:
    """Return the entries of lists that still count on a day (仍有效的清单行): a list not renewed in time is no list."""
    stale = np.zeros(len(exemptions), dtype=np.bool_)
    for name, terms in list_entries(law).items():
        if terms.renewed_months:
            oldest = pd.Timestamp(on) - pd.DateOffset(months=terms.renewed_months)
            stale |= np.asarray((exemptions["list"] == name) & (exemptions[KNOWN_ON.name] < oldest), dtype=np.bool_)
    return exemptions[~stale].reset_index(drop=True) if stale.any() else exemptions


def _barred(rows: pd.DataFrame, events: pd.DataFrame, terms: ListEntry) -> npt.NDArray[np.bool_]:
    """Which rows are of units with a grave event in the years before their first day."""
    least = events["kind"].map(terms.barred_by)
    grave = events[np.asarray(least.notna() & (events["severity"].fillna(0) >= least.fillna(0)), dtype=np.bool_)]
    last = grave.groupby("unit_id")["happened"].max()
    happened = rows["unit_id"].map(last)
    since = rows["from_date"] - pd.DateOffset(years=terms.barred_years)
    return np.asarray(happened.notna() & (happened > since), dtype=np.bool_)
