"""Browse the store (浏览): a copy without personal data, with what is due and what caps leave worked out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from supervision.month.browse_tables import CATEGORY, DUE, MADE, SHOWN, STATES, USED, codes_of, headings
from supervision.month.city import City
from supervision.month.other_rounds import drawn_rounds
from supervision.month.round import Round
from supervision.month.round_people import units_of
from supervision.month.round_results import FAR, can_report, clock_of, expected
from supervision.month.visit_ledger import Ledger, ledger_of
from supervision.store.redacted import CopiedRegister, CopiedTable, write_copy

HELD = "held"
KEY = ["visit_id", "item_id"]


def write_browsable(city: City, target: Path, *, lang: str = "zh", rehearsal: bool = False) -> None:
    """Write the copy that is browsed (写浏览用副本) to a file.

    It holds the columns that `browse_tables.SHOWN` names, of the latest rows; what is due of the real rounds whose
    visits were held, and what those leave of the caps – nothing of visits that are still ahead. With `rehearsal` the
    rehearsed rounds at the end of their months.
    """
    lists = city.code_lists
    named = {name for kind in SHOWN for name in codes_of(kind).values()} | {"category", "department"}
    today = city.now().date()
    rounds = drawn_rounds(city, rehearsal=rehearsal)
    write_copy(
        city.store.path,
        target,
        on=FAR,
        registers=[CopiedRegister(kind=kind, columns=names, codes=codes_of(kind)) for kind, names in SHOWN.items()],
        tables=[
            CopiedTable(name=DUE, frame=_due(rounds, today), codes={"agency": "department"}),
            CopiedTable(name=USED, frame=_used(city, rounds, today, rehearsal=rehearsal), codes={"region": "region"}),
            CopiedTable(name=CATEGORY, frame=_categories(city), codes={"result": "result", "category": "category"}),
        ],
        headings=headings(lang),
        codes={name: {code: lists.label(name, code, lang) for code in lists.codes(name)} for name in sorted(named)},
    )


def _due(rounds: list[Round], today: date) -> pd.DataFrame:
    """Return what should be public by now (应公示的检查结果), of visits whose day has come."""
    found = []
    for round in rounds:
        day = round.name.last_day if round.is_rehearsal else today
        clock = clock_of(round, on=day) if can_report(round) else None
        if clock is None:
            continue
        names = units_of(round, clock["unit_id"], ["name"]).set_index("unit_id")["name"]
        offices = expected(round)[[*KEY, "office_id"]]
        rows = clock.merge(offices, on=KEY, how="left")
        told = {name: office.name for name, office in round.offices.items()}
        found.append(
            rows.assign(
                round=round.key,
                name=rows["unit_id"].map(names),
                office=rows["office_id"].map(told),
                item=rows["item_id"].map({name: item.name for name, item in round.items.items()}),
                state=rows["state"].map(STATES),
                ended=rows["ended"].dt.strftime("%Y-%m-%d"),
                due=rows["due"].dt.strftime("%Y-%m-%d"),
            )
        )
    columns = list(MADE[DUE][1])
    if not found:
        return pd.DataFrame(columns=columns, dtype="str")
    return pd.concat(found, ignore_index=True)[columns].astype("str")


def _used(city: City, rounds: list[Round], today: date, *, rehearsal: bool) -> pd.DataFrame:
    """Return what visits that were held leave of each cap (频次上限使用情况), of units that were visited."""
    found = []
    for year in sorted({today.year, *(round.name.year for round in rounds)}):
        whole = ledger_of(city, year, rehearsal=rehearsal)
        held = whole.visits[whole.visits["state"] == HELD].reset_index(drop=True)
        units = whole.units[whole.units["unit_id"].isin(set(held["unit_id"]))].reset_index(drop=True)
        if held.empty:
            continue
        ledger = Ledger(city=city, year=year, rounds=whole.rounds, visits=held, units=units)
        for one in ledger.usage:
            most = one.cap.per_year
            if most is None:  # a least interval alone
                continue
            rows = np.flatnonzero(one.units & (one.used > 0))
            found.append(
                pd.DataFrame(
                    {
                        "year": year,
                        **{name: units[name].iloc[rows].astype("str") for name in ("unit_id", "name", "region")},
                        "rule": one.cap.rule,
                        "agency": one.cap.agency,
                        "most": most,
                        "used": one.used[rows].astype(np.int64),
                        "left_over": one.left[rows].astype(np.int64),
                    }
                )
            )
    columns = list(MADE[USED][1])
    if not found:
        numbers = ("year", "most", "used", "left_over")
        return pd.DataFrame(columns=columns).astype({name: "int64" if name in numbers else "str" for name in columns})
    return pd.concat(found, ignore_index=True)[columns]


def _categories(city: City) -> pd.DataFrame:
    rows = [(code, city.code_lists.category(code)) for code in city.code_lists.codes("result")]
    return pd.DataFrame(rows, columns=["result", "category"], dtype="str")
