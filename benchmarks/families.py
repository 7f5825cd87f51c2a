"""What each family of indicators is worth: python -m benchmarks.families [UNITS] [MONTHS] [SEED].

A synthetic city of UNITS (100,000) units; in each of its last MONTHS (6) a card is learned from what was known before
the month (the stepped ridge) and asked about the units visited in it, evidence frozen at the month's start. One line a
set of indicators: average precision and AUC over all months, and what is lost against all of them, with 95 % intervals
by drawing visited units with replacement, the same ones for both.
"""

import json
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

import supervision
from supervision.demo.city import write_city
from supervision.library.inputs import outcomes
from supervision.risk.features import tabulate
from supervision.risk.indicators import FAMILIES, INDICATORS
from supervision.risk.measures import auc, average_precision
from supervision.risk.other_registers import OtherRegisters
from supervision.risk.ridge_card import fit_ridge
from supervision.risk.rolling import known_by, months_between
from supervision.risk.training_set import KINDS, past_rate, training_table

MONTH = "2026-12"
TIMES = 1_000
PEERS = tuple(row.name for row in INDICATORS if row.name.endswith("_ratio") and row.family == "supervision")


def variants():
    """Sets of indicators, by name: all, all but a family, a family alone."""
    found = {"all": INDICATORS}
    for family in FAMILIES:
        found[f"without {family}"] = tuple(row for row in INDICATORS if row.family != family)
    found["without peer rates"] = tuple(row for row in INDICATORS if row.name not in PEERS or row.name == "own_ratio")
    new = ("linked_", "licence_lacking", "licences_lapsed", "licence_near")
    found["without the registers relations and licences"] = tuple(
        row for row in INDICATORS if not row.name.startswith(new)
    )
    for family in FAMILIES:
        found[f"{family} alone"] = tuple(row for row in INDICATORS if row.family == family)
    return found


def asked(registers, others, law, month, results):
    """The units visited in a month, the features frozen before it, and whether some visit found something."""
    day, after = month - timedelta(days=1), (pd.Timestamp(month) + pd.DateOffset(months=1)).date()
    history = registers[2]
    held = history["kind"].isin(KINDS) & (history["result"].map(results) != "could_not")
    mine = history[held & (history["date"] >= pd.Timestamp(month)) & (history["date"] < pd.Timestamp(after))]
    found = (mine["result"].map(results) == "problem").groupby(mine["unit_id"]).max().sort_index()
    use = law.value("shared/record_use")
    evidence = known_by(day, *registers, outcomes=results, record_use=use, others=others)
    codes = pd.Series(evidence.unit, index=registers[0]["unit_id"].array)
    on = np.full(len(found), np.datetime64(day, "D").astype(np.int64))
    moment = evidence.at(codes.loc[found.index].to_numpy(), on, backfill=True)
    return tabulate(moment, index=pd.RangeIndex(len(found))), found.to_numpy().astype(np.int8), past_rate(moment)


def measured(scores, found, against):
    """AP and AUC, and what is lost against the scores of all indicators, each with its interval."""
    rng = np.random.default_rng(1)
    rows = [rng.integers(0, len(found), len(found)) for _ in range(TIMES)]
    figures = {}
    for name, measure in (("ap", average_precision), ("auc", auc)):
        drawn = np.array([measure(scores[row], found[row]) for row in rows])
        other = np.array([measure(against[row], found[row]) for row in rows])
        value = measure(scores, found)
        figures[name] = (value, *np.quantile(drawn, [0.025, 0.975]).round(4))
        lost = measure(against, found) - value
        figures[f"{name}_lost"] = (round(lost, 4), *np.quantile(other - drawn, [0.025, 0.975]).round(4))
    return {name: [float(one) for one in values] for name, values in figures.items()}


def told(values):
    return f"{values[0]:.4f} ({values[1]:.4f} to {values[2]:.4f})"


def main():
    units, months, seed = (int(text) for text in [*sys.argv[1:], *("100000", "6", "20260101")[len(sys.argv) - 1 :]])
    first = date(2026, 12 - months, 1)
    start = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        write_city(Path(folder), entities=units, month=MONTH, seed=seed)
        kinds = ("entities", "events", "history", "relations", "licences")
        read = {kind: supervision.read_register(kind, f"{folder}/{kind}.csv").good for kind in kinds}
    registers = [read[kind] for kind in kinds[:3]]
    law, results = supervision.read_law(date(2026, 12, 1)), outcomes()
    others = OtherRegisters(
        relations=read["relations"], licences=read["licences"], needed=law.value("shared/licence_needed")
    )
    scores, found = {}, []
    for month in months_between(first, date(2026, 11, 1)):
        day = month - timedelta(days=1)
        known = registers[2][registers[2]["known_on"] <= pd.Timestamp(day)]
        training = training_table(*registers[:2], known, until=day, outcomes=results,
                                  record_use=law.value("shared/record_use"), others=others)  # fmt: skip
        features, outcome, past = asked(registers, others, law, month, results)
        found.append(outcome)
        scores.setdefault("past-rate rule", []).append(past)
        for name, chosen in variants().items():
            card = fit_ridge(training, indicators=chosen)
            scores.setdefault(name, []).append(card.score(features)[0].astype(np.float64))
        print(f"{month:%Y-%m}: {len(training.found)} rows, {len(outcome)} units visited", file=sys.stderr)
    found = np.concatenate(found)
    joined = {name: np.concatenate(parts) for name, parts in scores.items()}
    report = {name: measured(joined[name], found, joined["all"]) for name in [*variants(), "past-rate rule"]}
    print(f"{units} units, {months} months, {len(found)} units visited, {found.sum()} with findings, seed {seed}\n")
    print("| indicators | AP | AP lost | AUC | AUC lost |\n|---|---|---|---|---|")
    for name, row in report.items():
        print(f"| {name} | {told(row['ap'])} | {told(row['ap_lost'])} | {told(row['auc'])} | {told(row['auc_lost'])} |")
    print(json.dumps({"seconds": round(time.process_time() - start, 1)}), file=sys.stderr)


if __name__ == "__main__":
    main()
