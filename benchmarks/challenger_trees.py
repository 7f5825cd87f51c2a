"""How many trees a challenger should have: what each number finds on later time, and what it takes.

    python benchmarks/challenger_trees.py [--store STORE --on 2026-11-30] [--chicago ../shared/data/chicago_food]

With --store, the inspections of a store as they were known on a day; with --chicago, the real inspections of the
protocol of benchmarks/chicago. Printed is the average precision on the last quarter of what was learned on the earlier
ones, beside that of the card that scores, and processor seconds.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from chicago import visits

from supervision.law.code_lists import CodeLists
from supervision.law.rules import Rules
from supervision.risk import challenger
from supervision.risk.features import COLUMNS
from supervision.risk.indicators import INDICATORS, Indicator
from supervision.risk.learning import SEED, parts
from supervision.risk.measures import average_precision
from supervision.risk.other_registers import RULE as NEEDED
from supervision.risk.record_use import RULE as USE
from supervision.risk.ridge_card import fit_ridge
from supervision.risk.training_set import Training, city_training
from supervision.store.shipped_files import shipped_code_lists, shipped_rules
from supervision.store.store import Store

NUMBERS = (300, 200, 150, 100, 60, 30)


def main() -> None:
    """Print a table for each source that is given."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--store", type=Path)
    options.add_argument("--on", type=date.fromisoformat, default=date(2026, 11, 30))
    options.add_argument("--chicago", type=Path)
    given = options.parse_args()
    if given.store:
        show("store", of_store(given.store, given.on), INDICATORS)
    if given.chicago:
        show("Chicago", of_chicago(given.chicago), visits.indicators(visits.SIGNS))


def show(what: str, training: Training, indicators: Sequence[Indicator]) -> None:
    """Print what each number of trees finds."""
    before, after = parts(training)
    card = fit_ridge(before, indicators=indicators).score(after.features)[0]
    print(f"{what}: {len(training.found):,} inspections, card {average_precision(card, after.found):.4f}")
    for trees, precision, seconds in tried(training, indicators):
        print(f"  {trees:4} trees {precision:.4f} {seconds:6.1f} processor s", flush=True)


def tried(training: Training, indicators: Sequence[Indicator]) -> Iterator[tuple[int, float, float]]:
    """Yield each number of trees, its precision and its seconds."""
    challenger.INDICATORS = tuple(indicators)
    for trees in NUMBERS:
        challenger.TREES, begun = trees, time.process_time()
        yield trees, challenger.challenger_precision(training, seed=SEED), time.process_time() - begun


def of_store(path: Path, on: date) -> Training:
    """Return the inspections of a store, under the rules as shipped."""
    store, law = Store.open(path), Rules.read(shipped_rules(), {}).on(on)
    return city_training(
        lambda kind: store.register(kind, on=on, columns=list(COLUMNS[kind])), until=on,
        outcomes=CodeLists.read(shipped_code_lists()).outcomes(), record_use=law.value(USE), needed=law.value(NEEDED),
    )  # fmt: skip


def of_chicago(folder: Path) -> Training:
    """Return the real inspections in the order of their days."""
    given = visits.read(folder)
    table = visits.features(given, int(given.day.max()) + 1)
    rows = visits.training(given, table, np.ones(len(table), dtype=np.bool_))
    order = np.argsort(rows.date, kind="stable")
    return replace(rows, features=rows.features.iloc[order].reset_index(drop=True), found=rows.found[order],
                   date=rows.date[order], known=rows.known[order], past=rows.past[order],
                   nuisance=rows.nuisance.iloc[order].reset_index(drop=True))  # fmt: skip


if __name__ == "__main__":
    main()
