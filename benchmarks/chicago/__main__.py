"""The card on Chicago's inspections, and two files of scores: python -m benchmarks.chicago [DATA] [OUT].

Compares this card with the one before it in seven windows inside the training months, each learned from what was known
on its first day; then learns from all training rows and scores the 1,637 test inspections, once without the inspector
(`OUT/scores.csv`, for agencies, whose inspectors keep their dates) and once with the inspector group as the published
evaluation had it (`OUT/scores_published.csv`). No weather in either. README.md says how the card was chosen.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.chicago import earlier_card, visits
from benchmarks.chicago.days_earlier import auc_within, moved, told
from supervision.risk.ridge_card import fit_ridge
from supervision.risk.scorecard import Scorecard
from supervision.risk.training import fit

WINDOWS = (("2013-03-01", "2013-05-01"), ("2013-05-01", "2013-07-01"), ("2013-07-01", "2013-09-01"),
           ("2013-09-01", "2013-11-01"), ("2013-11-01", "2014-01-01"), ("2014-01-01", "2014-03-01"),
           ("2014-03-01", "2014-04-17"))  # fmt: skip
Way = Callable[[visits.Visits, np.ndarray, int], tuple[Scorecard, pd.DataFrame]]


def this_card(given: visits.Visits, learned: np.ndarray, start: int) -> tuple[Scorecard, pd.DataFrame]:
    """The stepped ridge; the inspector group explains and does not score."""
    table = visits.features(given, start)
    rows = visits.training(given, table, learned)
    return fit_ridge(rows, indicators=visits.indicators(visits.SIGNS)), table


def with_inspector(given: visits.Visits, learned: np.ndarray, start: int) -> tuple[Scorecard, pd.DataFrame]:
    """The same, and the inspector group scores: its place by what it found in the rows learned from."""
    table = visits.features(given, start)
    team = given.frame["sanitarian"].astype("str")
    rates = given.frame["criticalFound"][learned].groupby(team[learned]).mean().sort_values()
    table["inspector"] = team.map({name: place for place, name in enumerate(rates.index)}).astype("int32")
    rows = visits.training(given, table, learned, team=False)
    return fit_ridge(rows, indicators=visits.indicators(visits.SIGNS | {"inspector": 1})), table


def card_before(given: visits.Visits, learned: np.ndarray, start: int) -> tuple[Scorecard, pd.DataFrame]:
    """The boosted trees on raw counts."""
    table = earlier_card.features(given, start)
    rows = visits.training(given, table, learned)
    return fit(rows, seed=1, indicators=visits.indicators(earlier_card.SIGNS)), table


def validated(given: visits.Visits, way: Way) -> tuple[float, np.ndarray]:
    """AUC within inspectors over the windows, and the days earlier of each critical violation in them."""
    parts, days = [], []
    for window in WINDOWS:
        low, high = (int(np.datetime64(text, "D").astype(np.int64)) for text in window)
        asked = (given.day >= low) & (given.day < high)
        card, table = way(given, given.day < low, low)
        score = card.score(table[asked])[0].astype(np.float64)
        team, found = teams(given)[asked], critical(given)[asked]
        parts.append((team, score, found))
        days.append(moved(given.day[asked].astype(float), score, team)[found == 1])
    return auc_within(parts), np.concatenate(days)


def teams(given: visits.Visits) -> np.ndarray:
    """The inspector group of each row, as a code."""
    return pd.factorize(given.frame["sanitarian"].astype("str"))[0]


def critical(given: visits.Visits) -> np.ndarray:
    """Whether each row found a critical violation."""
    return given.frame["criticalFound"].to_numpy(dtype=np.int8)


def scored(given: visits.Visits, way: Way) -> pd.DataFrame:
    """The test rows by the card that a way learns from all training rows."""
    test = given.test
    card, table = way(given, ~test, int(given.day[test].min()))
    score, _ = card.score(table[test])
    chance = card.probability(score)
    return pd.DataFrame({"Inspection_ID": given.frame.loc[test, "Inspection_ID"], "score": score,
                         "probability": np.round(chance, 6)})  # fmt: skip


def tested(given: visits.Visits, rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Days earlier of each critical violation of the test: inspectors keep their dates; over the whole city."""
    test, score = given.test, rows["score"].to_numpy(dtype=np.float64)
    day, found = given.day[test].astype(float), critical(given)[test] == 1
    return moved(day, score, teams(given)[test])[found], moved(day, score, np.zeros(len(day)))[found]


def main() -> int:
    """Print both tables and write both files."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else visits.DATA
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("out")
    if not folder.is_dir():
        sys.stderr.write(f"{folder}: the data are not here; README.md says where they come from\n")
        return 1
    given = visits.read(folder)
    ways = {"this card": this_card, "the card before": card_before}
    kept = {name: validated(given, way) for name, way in ways.items()}
    print("inside the training months, seven windows; days earlier where inspectors keep their dates [95 %]")
    for name, (area, days) in kept.items():
        print(f"  {name}: {told(days)}, AUC within inspectors {area:.4f}, {len(days)} critical violations")
    print(f"  gain, violation by violation: {told(kept['this card'][1] - kept['the card before'][1])}")
    print("test, days earlier [95 %]: inspectors keep their dates | over the whole city, as published")
    ways["with the inspector"] = with_inspector
    files = {"this card": "scores.csv", "with the inspector": "scores_published.csv"}
    out.mkdir(parents=True, exist_ok=True)
    feasible = {}
    for name, way in ways.items():
        rows = scored(given, way)
        feasible[name], published = tested(given, rows)
        print(f"  {name}: {told(feasible[name])} | {told(published)}")
        if name in files:
            rows.to_csv(out / files[name], index=False, lineterminator="\n")
    print(f"  gain of this card over the one before: {told(feasible['this card'] - feasible['the card before'])}")
    print(f"{' and '.join(str(out / name) for name in files.values())}: {int(given.test.sum())} scores each")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
