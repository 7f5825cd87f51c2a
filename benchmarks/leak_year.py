"""Do twelve months of public files tell who is of class D (全年公开文件是否泄露类别)? A played city, an outsider.

    python benchmarks/leak_year.py [--folder DIR] [--entities 12000] [--months 12]

Plays the year of `played_year.py` unless the folder has it. The outsider is strong: beside the public files a model is
taught with the true classes of four fifths of the visited units and judged on the rest, five times, so that whatever
the files say of the class it can learn. `lists only` is exact Bayes on the drawn lists, as `outsider` says; `fitted` is
a ridge logistic model of that posterior, the round, the district and the items it was drawn for; the next lines add
files. `gain` is how much less surprise (bits a unit) than `fitted`; its interval is of 2,000 resamplings of units.
`p`: how often shuffling the added columns among the visited units of the same round gives as much gain
(`--shuffles`). `named`: of class D, how many are among as many most suspected units as there are of class D.

Below, the same with dates handed out by score, as a planner that knows the risk would, for all visits and for shares of
them: in how many of 20 such years the gain is above the 95 % point of the shuffles, and, by the mean date alone, in how
many class D is visited earlier or later at p ≤ 0.05 (2,000 shuffles of the class within rounds); 0 % is as planned.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from outsider import CLASSES, classes, inside_features, lists_only, public_features, scores
from played_year import play
from scipy.stats import rankdata

WORST = "D"
FOLDS, STEPS, RIDGE, RESAMPLED, YEARS = 5, 25, 30.0, 2_000, 20
LEVEL = 0.05
DATES = ("day", "days", "day_rank", "day_rank_in_district", "on_day")

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def visited(folder: Path) -> pd.DataFrame:
    """Return a row a visited unit (全年受检对象): first visit's features, `worst`, `score`, `lists` (log-odds of D)."""
    told = classes(folder / "city.db")
    rows = public_features(folder / "out" / "public")
    inside = inside_features(folder / "out" / "audit")
    inside = inside.rename(columns={name: f"inside:{name}" for name in inside if name not in ("unit_id", "round")})
    rows = rows.merge(inside, on=["unit_id", "round"], how="left").fillna(0.0)
    rows = rows.sort_values(["round", "unit_id"])
    visits = rows.groupby("unit_id").size()
    rows = rows.drop_duplicates("unit_id").set_index("unit_id")
    rows["visits"] = visits
    rows["score"] = [scores_of[unit] for unit, scores_of in _scores(folder, rows["round"])]
    first = told.iloc[:, 0]
    shares = {name: float((first == name).mean()) for name in CLASSES}
    posterior = lists_only(folder / "out" / "audit", shares)[WORST].reindex(rows.index).fillna(shares[WORST])
    rows["lists"] = np.log(posterior / (1.0 - posterior).clip(lower=1e-9)).clip(-12, 12)
    rows["worst"] = [told.at[unit, name] == WORST for unit, name in rows["round"].items()]
    return rows


def _scores(folder: Path, rounds: pd.Series) -> list[tuple[str, pd.Series]]:
    known = {name: scores(folder / "city.db", name) for name in sorted(rounds.unique())}
    return [(unit, known[name]) for unit, name in rounds.items()]


def by_risk(table: pd.DataFrame, share: float, rng: np.random.Generator) -> pd.DataFrame:
    """Return the visits with dates of a planner that knows the risk (按风险排日): a share of them, in each round."""
    found = table.copy()
    chosen = rng.random(len(table)) < share
    for _, rows in table[chosen].groupby(["round", "region"]):
        days = np.sort(rows["day"].to_numpy())
        found.loc[rows.sort_values("score", ascending=False, kind="stable").index, "day"] = days
    return ranked(found)


def ranked(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with what follows from the days (由日期得出的列)."""
    found = table.copy()
    found["day_rank"] = found.groupby("round")["day"].rank(pct=True)
    found["day_rank_in_district"] = found.groupby(["round", "region"])["day"].rank(pct=True)
    found["on_day"] = found.groupby(["round", "day"])["day"].transform("size")
    return found


def columns(table: pd.DataFrame, kind: str) -> list[str]:
    """Return the columns that a line of the table adds (新增列)."""
    left_out = {"round", "region", "score", "worst", "lists", "place_in_file", *listed(table)}
    inside = [name for name in table if name.startswith("inside:")]
    if kind == "dates":
        return list(DATES)
    public = [name for name in table if name not in left_out and name not in inside]
    return public if kind == "public" else [*public, *inside]


def design(table: pd.DataFrame, names: Sequence[str]) -> Floats:
    """Return standardised columns, with squares where a column has more than two values (设计矩阵)."""
    parts = []
    for name in names:
        value = table[name].to_numpy(dtype=float)
        centred = value - value.mean()
        parts += [centred] if len(np.unique(value)) < 3 else [centred, centred**2 - (centred**2).mean()]
    found = np.array([part / part.std() for part in parts if part.std() > 0]).T
    return found.reshape(len(table), -1)


def listed(table: pd.DataFrame) -> list[str]:
    """Return the columns that lists have, too (名单已有的列): for what a unit was drawn, so by whom it is visited."""
    kinds = ("item:", "agency:")
    return [*(name for name in table if name.startswith(kinds)), "items", "departments", "tasks_listed"]


def base(table: pd.DataFrame) -> Floats:
    """Return what the lists imply (名单隐含的信息): the posterior's log-odds, the round, the district, the items."""
    groups = pd.get_dummies(table[["round", "region"]], drop_first=True, dtype=float)
    return np.hstack([design(table, ["lists", *listed(table)]), groups.to_numpy()])


def fit(X: Floats, y: Floats, penalty: Floats) -> Floats:
    """Return the weights of a ridge logistic model, the constant first (岭逻辑回归), by Newton's steps."""
    X = np.hstack([np.ones((len(X), 1)), X])
    ridge = np.concatenate([[1e-6], penalty])
    weights = np.zeros(X.shape[1])
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(X @ weights, -30.0, 30.0)))
        slope = X.T @ (chance - y) + ridge * weights
        curve = (X * (chance * (1.0 - chance))[:, None]).T @ X + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-4:
            break
    return weights


def judged(known: Floats, added: Floats, worst: Flags) -> Floats:
    """Return each unit's log-odds by a model that was not taught with it (交叉验证预测)."""
    X, y = np.hstack([known, added]), worst.astype(float)
    penalty = np.concatenate([np.full(known.shape[1], 1.0), np.full(added.shape[1], RIDGE)])
    fold = np.random.default_rng(3).permutation(len(y)) % FOLDS
    found = np.empty(len(y))
    for one in range(FOLDS):
        weights = fit(X[fold != one], y[fold != one], penalty)
        found[fold == one] = weights[0] + X[fold == one] @ weights[1:]
    return found


def surprise(log_odds: Floats, worst: Flags) -> Floats:
    """Return each unit's surprise in bits (信息量)."""
    return np.logaddexp(0.0, np.where(worst, -log_odds, log_odds)) / np.log(2.0)


def auc(log_odds: Floats, worst: Flags) -> float:
    """Return how well the worst are told from the others (AUC)."""
    many = int(worst.sum())
    rank = rankdata(log_odds)
    return float((rank[worst].sum() - many * (many + 1) / 2) / (many * (len(rank) - many)))


def named(log_odds: Floats, worst: Flags) -> float:
    """Return the share of the worst among as many most suspected units (点名命中率); ties count in part."""
    many = int(worst.sum())
    edge = np.sort(log_odds)[-many]
    above, level = log_odds > edge, log_odds == edge
    return float((worst[above].sum() + (many - above.sum()) * worst[level].mean()) / many)


def shuffled(added: Floats, rounds: npt.NDArray[np.str_], rng: np.random.Generator) -> Floats:
    """Return the added columns shuffled among the units of the same round (轮次内置换)."""
    found = added.copy()
    for name in np.unique(rounds):
        rows = np.flatnonzero(rounds == name)
        found[rows] = added[rng.permutation(rows)]
    return found


def early(table: pd.DataFrame) -> tuple[float, float]:
    """Return how much earlier the worst are visited, in ranks of their round and district, and its p (日期先后检验).

    `p` is two-sided, of `RESAMPLED` shuffles of the class within rounds.
    """
    rank, worst = table["day_rank_in_district"].to_numpy(), table["worst"].to_numpy().astype(float)
    rounds, rng = table["round"].to_numpy(dtype=str), np.random.default_rng(7)
    rank = rank - table.groupby("round")["day_rank_in_district"].transform("mean").to_numpy()
    found = float(-(rank @ worst) / worst.sum())
    null = [-(rank @ shuffled(worst, rounds, rng)) / worst.sum() for _ in range(RESAMPLED)]
    return found, (1 + sum(abs(one) >= abs(found) for one in null)) / (1 + RESAMPLED)


class Judge:
    """What added columns tell beyond the lists (增量检验)."""

    def __init__(self, table: pd.DataFrame, shuffles: int) -> None:
        self.table, self.shuffles, self.worst = table, shuffles, table["worst"].to_numpy()
        self.rounds, self.null = table["round"].to_numpy(dtype=str), dict[str, Floats]()
        self.known = base(table)
        self.lists = judged(self.known, np.empty((len(table), 0)), self.worst)
        self.bits = surprise(self.lists, self.worst)

    def gain(self, added: Floats) -> float:
        """Return the gain of some columns in bits a unit (增益)."""
        return float((self.bits - surprise(judged(self.known, added, self.worst), self.worst)).mean())

    def by_chance(self, kind: str) -> Floats:
        """Return the gains of the columns shuffled (置换分布)."""
        if kind not in self.null:
            rng, added = np.random.default_rng(5), design(self.table, columns(self.table, kind))
            gains = [self.gain(shuffled(added, self.rounds, rng)) for _ in range(self.shuffles)]
            self.null[kind] = np.array(gains)
        return self.null[kind]

    def line(self, name: str, table: pd.DataFrame, kind: str) -> str:
        """Return a line of the table."""
        added = design(table, columns(table, kind))
        log_odds = judged(self.known, added, self.worst)
        gains = self.bits - surprise(log_odds, self.worst)
        chosen = np.random.default_rng(4).integers(0, len(gains), (RESAMPLED, len(gains)))
        low, high = np.quantile(gains[chosen].mean(axis=1), [0.025, 0.975])
        null = self.by_chance(kind)
        p = (1 + (null >= gains.mean()).sum()) / (1 + len(null))
        told = f"{gains.mean():+.4f} [{low:+.4f}, {high:+.4f}] | {null.mean():+.4f}, {np.quantile(null, 0.95):+.4f}"
        return (
            f"| {name} | {100 * named(log_odds, self.worst):.1f} | {auc(log_odds, self.worst):.3f} | {told} | {p:.3f} |"
        )


def report(table: pd.DataFrame, shuffles: int) -> None:
    """Print the tables."""
    judge = Judge(table, shuffles)
    many = int(judge.worst.sum())
    print(f"{len(table):,} units visited in {table['round'].nunique()} rounds, {many:,} of class {WORST}", end="\n\n")
    print("| known | D named, % | AUC | gain, bits a unit | shuffled: mean, 95 % | p |\n|---|---|---|---|---|---|")
    for name, odds in (("exact", table["lists"].to_numpy()), ("fitted", judge.lists)):
        print(f"| lists only, {name} | {100 * named(odds, judge.worst):.1f} | {auc(odds, judge.worst):.3f} | | | |")
    for name, kind in (
        ("lists and dates", "dates"),
        ("lists and all public files", "public"),
        ("and half-days and teams, which are not public", "inside"),
    ):
        print(judge.line(name, table, kind), flush=True)
    print(judge.line("the same, dates by score", by_risk(table, 1.0, np.random.default_rng(6)), "public"), flush=True)
    edge = float(np.quantile(judge.by_chance("dates"), 0.95))
    print("\n| visits dated by score | D named, % | gain, bits a unit | noticed | D earlier, % of ranks | noticed |")
    print("|---|---|---|---|---|---|")
    for share in (1.0, 0.5, 0.25, 0.15, 0.1, 0.0):
        years = [by_risk(table, share, np.random.default_rng(100 + year)) for year in range(YEARS if share else 1)]
        odds = [judged(judge.known, design(year, DATES), judge.worst) for year in years]
        gains = [float((judge.bits - surprise(one, judge.worst)).mean()) for one in odds]
        share_named = 100 * float(np.mean([named(one, judge.worst) for one in odds]))
        seen = sum(gain > edge for gain in gains)
        dated = [early(year) for year in years]
        told = f"{np.mean(gains):+.4f} | {seen} of {len(years)} | {100 * np.mean([one for one, _ in dated]):+.1f}"
        small = f"{sum(p <= LEVEL for _, p in dated)} of {len(years)}" if share else f"p {dated[0][1]:.3f}"
        print(f"| {share:.0%} | {share_named:.1f} | {told} | {small} |", flush=True)


def main() -> int:
    """Play, gather, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, help="an empty or a played folder; default: one that is removed")
    parser.add_argument("--entities", type=int, default=12_000)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--shuffles", type=int, default=199)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        if not (folder / "city.db").exists():
            play(folder, given.entities, given.months)
        report(visited(folder), given.shuffles)
    return 0


if __name__ == "__main__":
    sys.exit(main())
