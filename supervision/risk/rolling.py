"""Backtest month by month (逐月回测): evidence frozen at each month's start, asked about the visits of that month.

Labels exist only where somebody went, so the figures are about units like those visited, not about the city.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from supervision.domain.strata import CLASSES
from supervision.errors import SupervisionError
from supervision.risk.cards import Cards
from supervision.risk.class_bounds import resolved_cutoff
from supervision.risk.dated_rows import FAR
from supervision.risk.features import tabulate
from supervision.risk.hysteresis import class_ranks
from supervision.risk.industry_cards import learn_own
from supervision.risk.learning import comparable, learn
from supervision.risk.measures import auc, average_precision, bootstrap, captured, ends, top_share
from supervision.risk.other_registers import OtherRegisters
from supervision.risk.record_use import within_terms, without_repaired, without_repaired_results
from supervision.risk.scorecard import Scorecard
from supervision.risk.snapshot import Evidence
from supervision.risk.training import enough_by
from supervision.risk.training_set import KINDS, past_rate, training_table
from supervision.risk.transforms import SinceVisit

SHARES = (0.01, 0.05, 0.10)
TENTHS, TWENTIETHS = 10, 20
TIMES = 500
RULES = ("card", "past_rate", "longest_since", "random")


@dataclass(frozen=True, kw_only=True)
class Month:
    """One month of a backtest (回测的一个月): its cards, how the general one was chosen, the units visited in it.

    `rows`: unit_id, month, score int16, class, probability float64 (NaN of an expert card), past_rate and since
    float64 (days since the last visit), outcome int8 (1: some visit of the month found something), visits and hits
    int64 (visits by item, and those that found something).
    """

    month: date
    method: str
    cards: Cards
    rows: pd.DataFrame


def months_between(first: date, last: date) -> list[date]:
    """Return the first days of all months from one to another (各月首日), both included."""
    if last < first:
        raise SupervisionError("risk.months_order", first=f"{first:%Y-%m}", last=f"{last:%Y-%m}")
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    numbers = [first.year * 12 + first.month - 1 + at for at in range(count)]
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def roll(
    entities: pd.DataFrame,
    events: pd.DataFrame,
    history: pd.DataFrame,
    *,
    months: Sequence[date],
    outcomes: Mapping[str, str],
    record_use: object,
    cutoff: object,
    expert: Scorecard,
    minimum: object,
    seed: int,
    own: object = None,
    others: OtherRegisters | None = None,
) -> Iterator[Month]:
    """Learn before each month and score the units visited in it (逐月训练与评分).

    Parameters
    ----------
    entities, events, history : DataFrame
        Registers of the data model; several versions of a row each count from their own known_on.
    months : sequence of date
        First days of months.
    outcomes, record_use, cutoff, minimum
        The code list's meanings, the values of the rules shared/record_use, risk_cutoff and outcome_minimum.
    expert : Scorecard
        Stands where fewer inspections were known than `minimum` asks for.
    seed : int
        Of the boosted trees.
    own : object
        The value of the rule shared/industry_card; None: no industry has a card of its own.
    others : OtherRegisters, optional
        Relations and licences, all versions; None where neither is kept.

    Yields
    ------
    Month
        Months in which nobody was visited are left out.
    """
    held = history["kind"].isin(KINDS) & (history["result"].map(outcomes) != "could_not")
    for month in months:
        day, after = month - timedelta(days=1), (pd.Timestamp(month) + pd.DateOffset(months=1)).date()
        visits = history[held & (history["date"] >= pd.Timestamp(month)) & (history["date"] < pd.Timestamp(after))]
        visits = visits[visits["unit_id"].isin(entities["unit_id"])]
        if visits.empty:
            continue
        known = history[history["known_on"] <= pd.Timestamp(day)]
        training = training_table(
            entities, events, known, until=day, outcomes=outcomes, record_use=record_use, others=others
        )
        enough = enough_by(training, minimum).enough
        chosen = learn(training, seed=seed) if enough and comparable(training) else None
        cards = Cards(general=expert)
        if chosen:
            cards = Cards(general=chosen.card, own=learn_own(training, chosen, own, seed=seed).cards)
        evidence = known_by(day, entities, events, known, outcomes=outcomes, record_use=record_use, others=others)
        hit = visits["result"].map(outcomes) == "problem"
        asked = hit.groupby(visits["unit_id"]).agg(["sum", "count"]).sort_index()
        rows = _scored(evidence, asked, day, cards, cutoff)
        yield Month(month=month, method=chosen.method if chosen else "expert", cards=cards, rows=rows)


def known_by(
    day: date,
    entities: pd.DataFrame,
    events: pd.DataFrame,
    history: pd.DataFrame,
    *,
    outcomes: Mapping[str, str],
    record_use: object,
    others: OtherRegisters | None = None,
) -> Evidence:
    """Return the evidence as it was known and usable on a day (某日可用的证据)."""
    last = pd.Timestamp(day)
    usable = within_terms(without_repaired(events, on=day), record_use)
    past = without_repaired_results(history[history["known_on"] <= last], events, on=day)
    return Evidence.of(entities, usable[usable["known_on"] <= last], past, outcomes=outcomes, others=others)


def _scored(evidence: Evidence, asked: pd.DataFrame, day: date, cards: Cards, cutoff: object) -> pd.DataFrame:
    """Score units on a day; `asked`: unit → `sum` of the month's visits that found something, and their `count`.

    Classes are those of everybody in the register, not of the visited alone.
    """
    units = pd.Series(evidence.unit, index=evidence.entities["unit_id"].array)
    units = units[~units.index.duplicated()]
    everybody = evidence.at(units.to_numpy(), np.full(len(units), _number(day)), backfill=True)
    scores = cards.score(tabulate(everybody, index=pd.RangeIndex(len(units))))
    ranks = class_ranks(scores, resolved_cutoff(cutoff, cards.general))
    place = units.index.get_indexer(asked.index)
    score = scores[place]
    moment = evidence.at(units.to_numpy()[place], np.full(len(asked), _number(day)), backfill=True)
    since = SinceVisit().values(moment)
    return pd.DataFrame(
        {
            "unit_id": asked.index.to_numpy(),
            "month": f"{day + timedelta(days=1):%Y-%m}",
            "score": score,
            "class": [CLASSES[rank] for rank in ranks[place]],
            "probability": cards.probability(score) if cards.general.rows else np.nan,
            "past_rate": past_rate(moment),
            "since": np.where(since < 0, float(FAR), since).astype(np.float64),
            "outcome": (asked["sum"] > 0).to_numpy().astype(np.int8),
            "visits": asked["count"].to_numpy(),
            "hits": asked["sum"].to_numpy(),
        }
    )


def _number(day: date) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))


def compare(rows: pd.DataFrame, *, seed: int) -> dict[str, dict[str, object]]:
    """Return what the card finds beside rules that need no model (与简单规则比较).

    The rules are `past_rate`, `longest_since` the last visit, and `random`: its mean over all orders. auc,
    average_precision, precision and recall of the highest 1, 5 and 10 %, problems per 100 visits of the highest
    tenth, and `captured`: the share of all problems in the highest 0, 5, … 100 %. 95 % intervals by drawing rows with
    replacement, and of `ahead`: by how much the card's average precision is greater, on the same draws.
    """
    found = rows["outcome"].to_numpy()
    ranks = {
        "card": rows["score"].to_numpy(dtype=np.float64),
        "past_rate": rows["past_rate"].to_numpy(),
        "longest_since": rows["since"].to_numpy(),
        "random": np.zeros(len(rows)),  # rows of one score count in every order of theirs
    }
    drawn = {name: bootstrap(ranks[name], found, share=SHARES[-1], times=TIMES, seed=seed) for name in RULES}
    told = {name: _measured(ranks[name], found, drawn[name]) for name in RULES}
    for name in RULES[1:]:
        more = drawn["card"]["average_precision"] - drawn[name]["average_precision"]
        told[name]["ahead_interval"] = ends(more)
    return told


def _measured(
    score: NDArray[np.float64], found: NDArray[np.int8], drawn: Mapping[str, NDArray[np.float64]]
) -> dict[str, object]:
    tops = {f"{share:.0%}": top_share(score, found, share) for share in SHARES}
    return {
        "auc": auc(score, found),
        "auc_interval": ends(drawn["auc"]),
        "average_precision": average_precision(score, found),
        "average_precision_interval": ends(drawn["average_precision"]),
        "precision": {name: one[0] for name, one in tops.items()},
        "recall": {name: one[1] for name, one in tops.items()},
        "found_per_100": round(100 * tops[f"{SHARES[-1]:.0%}"][0], 1),
        "found_per_100_interval": ends(100 * drawn["precision"]),
        "captured": captured(score, found, parts=TWENTIETHS),
    }


def reliability(rows: pd.DataFrame) -> list[dict[str, float]]:
    """Return chance and share found by tenths of the chance (可靠性曲线), lowest first; none of an expert card.

    A chance is that of one visit for one item, and so is the share: hits of visits.
    """
    told = rows.dropna(subset=["probability"]).sort_values("probability", kind="stable")
    parts = [part for part in np.array_split(np.arange(len(told)), TENTHS) if len(part)]
    return [
        {
            "rows": len(part),
            "chance": round(float(np.average(told["probability"].iloc[part], weights=told["visits"].iloc[part])), 4),
            "found": round(float(told["hits"].iloc[part].sum() / told["visits"].iloc[part].sum()), 4),
        }
        for part in parts
    ]


def by_class(rows: pd.DataFrame) -> dict[str, dict[str, float | int | None]]:
    """Return visited units and what was found, class by class (分类检出率)."""
    found: dict[str, dict[str, float | int | None]] = {}
    for name in CLASSES:
        mine = rows.loc[rows["class"] == name, "outcome"]
        share = round(float(mine.mean()), 4) if len(mine) else None
        found[name] = {"rows": len(mine), "found": int(mine.sum()), "rate": share}
    return found
