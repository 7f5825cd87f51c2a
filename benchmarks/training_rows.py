"""How many inspections should a card be learned from? python benchmarks/training_rows.py STORE [--on 2026-10-31] …

The ridge is learned on the latest inspections before the last `--later` ones, on all of them and on fewer, and asked
about those: average precision, and what one fit takes. STORE is a store with a city's registers, such as the one that
`benchmarks/city.py --folder DIR` leaves in DIR/program-0/city.db; it is only read.
"""

from __future__ import annotations

import argparse
import time
from datetime import date
from pathlib import Path

import numpy as np

from supervision.law.code_lists import CodeLists
from supervision.law.rules import Rules
from supervision.risk.features import COLUMNS
from supervision.risk.measures import average_precision
from supervision.risk.ridge_card import fit_ridge
from supervision.risk.training_set import MOST_ROWS, training_table
from supervision.store.shipped_files import shipped_code_lists, shipped_rules
from supervision.store.store import Store


def main() -> None:
    """Print a row for each number of later inspections and of those learned on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--on", type=date.fromisoformat, default=date(2026, 10, 31))
    parser.add_argument("--later", type=int, nargs="+", default=[50_000, 75_000])
    parser.add_argument("--rows", type=int, nargs="+", default=[10**9, 225_000, 150_000, 112_500, 75_000])
    given = parser.parse_args()
    store, law = Store.open(given.store), Rules.read(shipped_rules(), {}).on(given.on)
    registers = (store.register(kind, on=given.on, columns=list(COLUMNS[kind])) for kind in list(COLUMNS)[:3])
    training = training_table(
        *registers, until=given.on, outcomes=CodeLists.read(shipped_code_lists()).outcomes(),
        record_use=law.value("shared/record_use"), most=10**9,
    )  # fmt: skip
    rows = len(training.found)
    print(f"{rows:,} inspections; the program learns on the latest {MOST_ROWS:,}")
    print("| later | learned on | average precision | seconds of the fit |\n|---|---|---|---|")
    for later in given.later:
        split = training.date[rows - later]
        after = training.where(training.date >= split)
        before = np.flatnonzero((training.date < split) & (training.known < split))
        for most in given.rows:
            part = training.where(np.isin(np.arange(rows), before[-most:]))
            begun = time.perf_counter()
            score = fit_ridge(part).score(after.features)[0].astype(np.float64)
            took = time.perf_counter() - begun
            print(f"| {later:,} | {len(part.found):,} | {average_precision(score, after.found):.4f} | {took:.1f} |")


if __name__ == "__main__":
    main()
