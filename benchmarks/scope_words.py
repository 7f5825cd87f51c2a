"""Whether words of the scope of business tell anything: python -m benchmarks.scope_words [DATA].

Chicago's canvass inspections as the registers have them (`benchmarks/chicago/convert.py`), and in the place of the
scope of business (经营范围) what each licence writes of its facility, as it stands there: it is free text, and the
registers' own industry and special lists know a dozen kinds of it. In each of four months a card (the stepped ridge) is
learned from what was known before and asked about the licences visited in it: by all indicators; with the rate at
others whose scope has the same words, made as that of names is; with it instead of the names'; without either. One line
each: average precision, and what it is ahead of all indicators by, with 95 % intervals by drawing visited licences with
replacement.
"""

import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

import supervision
from benchmarks.chicago import convert
from benchmarks.families import asked, measured
from supervision.library.inputs import empty_register, outcomes
from supervision.risk.indicators import INDICATORS
from supervision.risk.other_registers import OtherRegisters
from supervision.risk.ridge_card import fit_ridge
from supervision.risk.rolling import months_between
from supervision.risk.training_set import training_table

DATA = Path(__file__).parents[2] / "shared/data/chicago_food"
FIRST, LAST = date(2014, 3, 1), date(2014, 6, 30)
NAME, SCOPE = "name_ratio", "scope_ratio"


def registers(folder):
    """Units, events and visits as the store has them, and the units once more with the facility in the name's place."""
    rows = convert.read_inspections(folder)
    made = {"entities": convert.entities(rows), "events": convert.events(rows), "history": convert.history(rows)}
    typed = {}
    for kind, table in made.items():
        empty = empty_register(kind)
        cells = table.reindex(columns=empty.columns).astype(object)
        cells = cells.where(cells.notna() & (cells != ""), None)  # written for a file: a blank is no value
        typed[kind] = pd.DataFrame({name: typed_cells(cells[name], dtype) for name, dtype in empty.dtypes.items()})
    last = rows.drop_duplicates("unit_id", keep="last").set_index("unit_id")["Facility_Type"]
    typed["entities"]["known_on"] = pd.Timestamp(2000, 1, 1).as_unit("s")
    scoped = typed["entities"].assign(name=last.reindex(typed["entities"]["unit_id"]).astype("str").to_numpy())
    return [typed["entities"], typed["events"], typed["history"]], scoped


def typed_cells(column, dtype):
    """A column of the files as the store has it."""
    if str(dtype) == "boolean":
        column = column.map({"true": True, "1": True, "false": False, "0": False})
    elif pd.api.types.is_numeric_dtype(dtype):
        column = pd.to_numeric(column)
    return column.astype(dtype)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    tables, scoped = registers(folder)
    law, results = supervision.read_law(date(2026, 12, 1)), outcomes()
    others = OtherRegisters(relations=empty_register("relations"), licences=empty_register("licences"))
    name = next(row for row in INDICATORS if row.name == NAME)
    scope = replace(name, name=SCOPE)
    ways = {
        "all indicators": INDICATORS,
        "with words of the scope": (*INDICATORS, scope),
        "with them instead of the name's": (*(row for row in INDICATORS if row.name != NAME), scope),
        "without either": tuple(row for row in INDICATORS if row.name != NAME),
    }
    scores, found = {way: [] for way in ways}, []
    for month in months_between(FIRST, LAST):
        given = {"until": month - timedelta(days=1), "outcomes": results, "record_use": law.value("shared/record_use"),
                 "others": others}  # fmt: skip
        learned, worded = training_table(*tables, **given), training_table(scoped, *tables[1:], **given)
        features, problems, _ = asked(tables, others, law, month, results)
        more, _, _ = asked([scoped, *tables[1:]], others, law, month, results)
        training = replace(learned, features=learned.features.assign(**{SCOPE: worded.features[NAME]}))
        features = features.assign(**{SCOPE: more[NAME]})
        for way, indicators in ways.items():
            card = fit_ridge(training, indicators=indicators)
            scores[way] += card.score(features)[0].astype(float).tolist()
        found += problems.tolist()
    problems = np.array(found)
    print(f"{len(problems)} licences visited, {int(problems.sum())} with findings")
    for way, told in scores.items():
        figures = measured(np.array(told), problems, np.array(scores["all indicators"]))
        ahead = [-figures["ap_lost"][place] for place in (0, 2, 1)]
        print(f"| {way} | {figures['ap'][0]:.4f} ({figures['ap'][1]:.4f} to {figures['ap'][2]:.4f}) "
              f"| {ahead[0]:+.4f} ({ahead[1]:+.4f} to {ahead[2]:+.4f}) |")  # fmt: skip


if __name__ == "__main__":
    main()
