"""Does the date of a visit give the class away (日期是否泄露类别)? One month of the demo city, rehearsed and tested.

    python benchmarks/leak.py [--entities 50000] [--month 2026-12] [--folder DIR]

Analysis of variance of the visit's day, and of its first half-day's number in the month, by credit-risk class, over all
visits of the calendar: alone, within districts, and within districts among visits alike in offices and length (F of the
class beside those terms). AUC: how well "the earlier the visit, the rather class D" guesses; 0.5 is luck. p of the AUC
is of 10,000 shuffles of the classes. Beside the calendar the same half-days handed out by risk in each district, as a
planner that knows the class would, to all visits and to one in four: the test must find both.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import f as f_distribution
from scipy.stats import rankdata

from supervision.domain.visits import units_of_visits
from supervision.month import round_files as files
from supervision.store.store import Store

SHUFFLES = 10_000
WORST = "D"

Numbers = npt.NDArray[np.float64]


def rehearsed(folder: Path, entities: int, month: str) -> None:
    """Write a demo city and rehearse its month by the commands that a user types."""
    city, store = folder / "city", folder / "city.db"
    demo = ["demo", str(city), "--entities", str(entities), "--month", month]
    whole = ["month", month, "--rehearsal", "--inputs", str(city), "--out", str(folder / "out"), "--store", str(store)]
    for arguments in (demo, whole):
        code = subprocess.run([sys.executable, "-m", "supervision", *arguments], capture_output=True, check=False)
        if code.returncode not in (0, 3, 4):
            sys.exit(code.stderr.decode())


def visits(folder: Path, month: str) -> pd.DataFrame:
    """Return every visit of the calendar: unit_id, class, score, region, day, half_day (numbers), shape."""
    places = files.CALENDAR.from_bytes((folder / "out" / "audit" / month / "calendar.csv").read_bytes())
    with Store.open(folder / "city.db") as store:
        (round_id,) = store.rounds()
        scores = store.table(round_id, files.SCORES, ["unit_id", "score", "class"])
        regions = store.table(round_id, files.FROZEN_UNITS, ["unit_id", "region"])
    places["first"] = places["half_days"].str.split().str[0]
    places["length"] = places["half_days"].str.count(" ") + 1
    found = places.groupby("visit_id").agg(
        first=("first", "min"), offices=("office", "nunique"), length=("length", "max"), places=("place", "size")
    )
    found = found.reset_index()
    found["unit_id"] = units_of_visits(found["visit_id"])
    for known in (scores, regions):
        found = found.merge(known, on="unit_id", validate="m:1")
    found["half_day"] = pd.factorize(found["first"], sort=True)[0]
    found["day"] = pd.factorize(found["first"].str[:10], sort=True)[0]
    found["shape"] = found["offices"].astype(str) + "x" + found["length"].astype(str)
    return found


def by_risk(table: pd.DataFrame, *, share: float) -> pd.DataFrame:
    """Return the visits with their district's half-days handed out by score, the riskiest first, to a share of them."""
    result = table.copy()
    chosen = np.random.default_rng(1).random(len(table)) < share
    for _, rows in result[chosen].groupby("region"):
        slots = rows.sort_values("half_day")[["half_day", "day"]].to_numpy()
        result.loc[rows.sort_values(["class", "score"], ascending=False).index, ["half_day", "day"]] = slots
    return result


def indicators(*columns: pd.Series) -> Numbers:
    """Return a column of ones and one for each value but the first of each column."""
    parts = [pd.get_dummies(column, drop_first=True, dtype=float).to_numpy() for column in columns]
    return np.hstack([np.ones((len(columns[0]) if columns else 0, 1)), *parts])


def variance_test(values: pd.Series, kind: pd.Series, *beside: pd.Series) -> tuple[float, float]:
    """Return F and p of `kind` in an analysis of variance that allows for the factors `beside` it."""
    y = values.to_numpy(dtype=float)
    small = indicators(*beside) if beside else np.ones((len(y), 1))
    large = indicators(*beside, kind)
    rank_small, rank_large = np.linalg.matrix_rank(small), np.linalg.matrix_rank(large)
    rest_small, rest_large = (float(((y - m @ np.linalg.lstsq(m, y)[0]) ** 2).sum()) for m in (small, large))
    between, within = int(rank_large - rank_small), len(y) - int(rank_large)
    ratio = (rest_small - rest_large) / between / (rest_large / within)
    return ratio, float(f_distribution.sf(ratio, between, within))


def guess(values: pd.Series, is_worst: pd.Series) -> tuple[float, float]:
    """Return the AUC of guessing the worst class from an early date, and its two-sided p."""
    rank, many = rankdata(-values.to_numpy(dtype=float)), int(is_worst.sum())
    pairs = many * (len(rank) - many)

    def auc(chosen: npt.NDArray[np.bool_]) -> float:
        return float((rank[chosen].sum() - many * (many + 1) / 2) / pairs)

    found, random = auc(is_worst.to_numpy()), np.random.default_rng(2)
    shuffled = np.array([auc(random.permutation(is_worst.to_numpy())) for _ in range(SHUFFLES)])
    return found, float((1 + (abs(shuffled - 0.5) >= abs(found - 0.5)).sum()) / (1 + SHUFFLES))


def line(name: str, table: pd.DataFrame, what: str) -> str:
    kind = table["class"]
    tests = [
        variance_test(table[what], kind),
        variance_test(table[what], kind, table["region"]),
        variance_test(table[what], kind, table["region"], table["shape"]),
        guess(table[what], kind == WORST),
    ]
    return f"| {name} | {what.replace('_', '-')} | " + " | ".join(f"{a:.2f} | {p:.4f}" for a, p in tests) + " |"


def report(table: pd.DataFrame) -> None:
    """Print the table."""
    many = " ".join(f"{name} {count}" for name, count in table["class"].value_counts().sort_index().items())
    print(f"{len(table):,} visits in {table['region'].nunique()} districts on {table['day'].nunique()} days: {many}")
    means = table.groupby("class")["day"].mean()
    print("mean day by class:", " ".join(f"{name} {mean:.2f}" for name, mean in means.items()), end="\n\n")
    print("| calendar | of the | F | p | F in districts | p | F in districts and shapes | p | AUC of D | p |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    calendars = {
        "as planned": table,
        "ordered by risk": by_risk(table, share=1),
        "a quarter ordered by risk": by_risk(table, share=0.25),
    }
    for name, one in calendars.items():
        for what in ("day", "half_day"):
            print(line(name, one, what))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entities", type=int, default=50_000)
    parser.add_argument("--month", default="2026-12")
    parser.add_argument("--folder", type=Path, help="an empty or earlier folder; default: one that is removed")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        if not (folder / "city.db").exists():
            rehearsed(folder, given.entities, given.month)
        report(visits(folder, given.month))


if __name__ == "__main__":
    main()
