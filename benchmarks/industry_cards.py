"""Own cards of industries beside the general card: python -m benchmarks.industry_cards.

Options: --city UNITS, --samples N, --data DATA.

Tables, each line one industry: inspections learned from (and problems among them); average precision of its own and
of the general card on later inspections inside the training time, in how many redraws the own one is ahead, and so
whether the rule shared/industry_card takes it; then on inspections that had no part in that choice the gain of the own
card [95 %], by drawing inspections with replacement, the same ones for both.

- Made-up inspections of two industries, N (20) times each size: where different things tell in them, and where the same
  do; how often the rule takes an own card, and the mean gain of those taken on as many fresh inspections.
- A synthetic city of UNITS (100,000; 0: none), in which the same things tell in every section of industry: learned from
  all but the last 90 days. Nothing is to be won, and the rule is to take nothing.
- Chicago's published inspections: restaurants, groceries and all others; learned from the published training rows,
  asked about the published test (benchmarks/chicago/README.md says where the data come from).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

import supervision
from benchmarks.chicago import visits
from supervision.demo.city import write_city
from supervision.library.inputs import outcomes, read_law
from supervision.risk.indicators import INDICATORS, SECTIONS
from supervision.risk.industry_cards import ahead
from supervision.risk.learning import parts
from supervision.risk.measures import average_precision
from supervision.risk.ridge_card import fit_ridge
from supervision.risk.training_set import Training, training_table

HEAD = (
    "industry | learned from (problems) | inside: own, general, ahead, taken | "
    "afterwards (problems): own, general, gain [95 %]"
)
SEED, TIMES, LAST_DAYS = 20260101, 1_000, 90
MONTH, UNTIL = "2026-12", date(2026, 11, 30)


def compared(learned, asked, groups, indicators):
    """Print a line a group: (name, its rows of `learned`, its rows of `asked`); cards by the stepped ridge."""
    rule = read_law(UNTIL).value("shared/industry_card")
    before, after = parts(learned)
    earlier, general = fit_ridge(before, indicators=indicators), fit_ridge(learned, indicators=indicators)
    print(HEAD)
    few = []
    for name, of in groups:
        mine, later, then = learned.where(of(learned)), after.where(of(after)), asked.where(of(asked))
        rows, found = len(mine.found), int(mine.found.sum())
        if rows < rule["rows"] or min(found, rows - found) < rule["found"]:
            few += [f"{name} {rows:,} ({found:,})"] if rows else []
            continue
        first = fit_ridge(before.where(of(before)), indicators=indicators)
        own, other = (card.score(later.features)[0].astype(float) for card in (first, earlier))
        sure = ahead(own, other, later.found, seed=SEED)
        inside = [average_precision(score, later.found) for score in (own, other)]
        taken = "yes" if inside[0] > inside[1] and sure >= rule["sure_percent"] else "no"
        last = fit_ridge(mine, indicators=indicators)
        scores = [card.score(then.features)[0].astype(float) for card in (last, general)]
        print(f"{name} | {rows:,} ({found:,}) | {inside[0]:.4f}, {inside[1]:.4f}, {sure:.1f} %, {taken} | "
              f"{len(then.found):,} ({int(then.found.sum()):,}): {told(*scores, then.found)}", flush=True)  # fmt: skip
    print(f"too few: {', '.join(few) or '–'}")


def told(own, general, found):
    """Both average precisions and their difference with its interval."""
    rng, drawn = np.random.default_rng(SEED), []
    for _ in range(TIMES):
        rows = rng.integers(0, len(found), len(found))
        drawn.append(average_precision(own[rows], found[rows]) - average_precision(general[rows], found[rows]))
    low, high = np.quantile(drawn, [0.025, 0.975])
    both = [average_precision(score, found) for score in (own, general)]
    return f"{both[0]:.4f}, {both[1]:.4f}, {both[0] - both[1]:+.4f} [{low:+.4f}, {high:+.4f}]"


def simulated(samples):
    """How often a card is taken where it should be and where it should not."""
    print("made-up inspections of two industries | inspections of each | taken | mean gain of those taken, of all")
    for apart in (True, False):
        for rows in (2_000, 8_000):
            taken, gains = 0, []
            for number in range(samples):
                gain, sure, ahead_now = one_sample(np.random.default_rng([SEED, rows, number]), rows, apart=apart)
                wins = ahead_now > 0 and sure >= read_law(UNTIL).value("shared/industry_card")["sure_percent"]
                taken += wins
                gains.append((wins, gain))
            mean = np.mean([gain for wins, gain in gains if wins]) if taken else np.nan
            everybody = np.mean([gain for _, gain in gains])
            print(f"{'different' if apart else 'the same'} things tell | {rows:,} | {taken} of {samples} | "
                  f"{mean:+.4f}, {everybody:+.4f}", flush=True)  # fmt: skip


def one_sample(rng, rows, *, apart):
    """Gain of the first industry's card on fresh inspections; percent of redraws ahead, and gain, on its later ones."""
    learned, fresh = made_up(rng, 2 * rows, apart=apart), made_up(rng, 2 * rows, apart=apart)
    before, after = parts(learned)
    gains, sure = [], 0.0
    for known, asked in ((before, after), (learned, fresh)):
        later = asked.where(first_one(asked))
        cards = fit_ridge(known.where(first_one(known))), fit_ridge(known)
        own, general = (card.score(later.features)[0].astype(float) for card in cards)
        gains.append(average_precision(own, later.found) - average_precision(general, later.found))
        sure = sure or ahead(own, general, later.found, seed=SEED)
    return gains[1], sure, gains[0]


def first_one(rows):
    """Inspections of the first industry."""
    return rows.features["industry"].to_numpy() == 0


def made_up(rng, rows, *, apart):
    """Inspections of two industries, a tenth with problems; `apart`: in one complaints tell and in one penalties."""
    features = pd.DataFrame(np.zeros((rows, len(INDICATORS)), dtype=np.int32), columns=[row.name for row in INDICATORS])
    other = rng.random(rows) < 0.5
    features["industry"] = other.astype("int32")
    for name in ("complaints_12m", "penalties_12m"):
        features[name] = rng.poisson(0.7, rows).astype("int32")
    both = (features["complaints_12m"].to_numpy(), features["penalties_12m"].to_numpy())
    odds = -3.0 + 0.8 * (np.where(other, *both) if apart else (both[0] + both[1]) / 2)
    found = (rng.random(rows) < 1 / (1 + np.exp(-odds))).astype(np.int8)
    day = np.datetime64("2024-01-01", "s") + (700 * np.arange(rows) // rows).astype("timedelta64[D]")
    nuisance = pd.DataFrame({"inspector": np.full(rows, "all")}, dtype="str")
    return Training(features=features, found=found, date=day, known=day, nuisance=nuisance, past=np.zeros(rows))


def city(units):
    """The synthetic city: inspections by section of industry."""
    with tempfile.TemporaryDirectory() as folder:
        write_city(Path(folder), entities=units, month=MONTH)
        kinds = ("entities", "events", "history")
        registers = [supervision.read_register(kind, Path(folder) / f"{kind}.csv", as_of=UNTIL).good for kind in kinds]
    use = read_law(UNTIL).value("shared/record_use")
    rows = training_table(*registers, until=UNTIL, outcomes=outcomes(), record_use=use)
    late = rows.date > rows.date.max() - np.timedelta64(LAST_DAYS, "D")
    groups = [
        (section, lambda part, place=place: part.features["industry"].to_numpy() == place)
        for place, section in enumerate(SECTIONS)
    ]
    print(f"a city of {units:,} units, the same effects in every section")
    compared(rows.where(~late), rows.where(late), groups, INDICATORS)


def chicago(folder):
    """Chicago's inspections by kind of facility."""
    given = visits.read(folder)
    start = int(given.day[given.test].min())
    table = visits.features(given, start)
    learned, asked = (visits.training(given, table, chosen) for chosen in (~given.test, given.test))
    groups = [
        ("restaurants", lambda part: part.features["restaurant"].to_numpy() == 1),
        ("groceries", lambda part: part.features["grocery"].to_numpy() == 1),
        ("others", lambda part: (part.features[["restaurant", "grocery"]].to_numpy() != 1).all(axis=1)),
    ]
    print("Chicago, critical violations, the published test")
    compared(learned, asked, groups, visits.indicators(visits.SIGNS))


def main():
    """Print both tables."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--city", type=int, default=100_000)
    options.add_argument("--data", type=Path, default=visits.DATA)
    options.add_argument("--samples", type=int, default=20)
    asked = options.parse_args()
    if asked.samples:
        simulated(asked.samples)
    if asked.city:
        city(asked.city)
    if not asked.data.is_dir():
        sys.stderr.write(
            f"{asked.data}: the data are not here; benchmarks/chicago/README.md says where they come from\n"
        )
        return 1
    chicago(asked.data)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
