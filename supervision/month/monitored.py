"""What monitoring looks at (监测所用数据): a round's evidence, what its card was learned from, visits made since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from supervision.month import round_files as files
from supervision.month.assessing import cards_of, training_of
from supervision.month.calendars import drawn_units
from supervision.month.frames import frozen_rows
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_people import units_of
from supervision.month.used_registers import others_of, reader, used_evidence
from supervision.risk.came_in import came_in, heard
from supervision.risk.dated_rows import FAR
from supervision.risk.features import build_features
from supervision.risk.past_rate import EVERY
from supervision.risk.record_use import RULE, within_terms
from supervision.risk.snapshot import Evidence
from supervision.risk.training_set import KINDS, Training
from supervision.sampling.estimates.selection_shares import selected
from supervision.sampling.frame.strata import stratum_rows
from supervision.sampling.pareto.working_probability import inclusion_probability
from supervision.tables import tuples

VISITS = ["unit_id", "date", "kind", "result"]
SIZES = (10, 100, 1_000)  # registered capital in 10,000 yuan, where the groups of size begin
DIMENSIONS = ("region", "type", "capital", "class")


Heard = Callable[[str], NDArray[np.bool_]]


class CameIn:
    """From which day the registers behind indicators are there (登记表归集起始日); they are read when it is asked."""

    def __init__(self, round: Round) -> None:
        self._round = round

    def since(self, name: str) -> str | None:
        """Return the day of an indicator, "2026-11-30" (某指标的归集起始日), None where there is none."""
        day = came_in(next(one.recipe for one in EVERY if one.name == name), self._evidence)
        return str(np.datetime64(day, "D")) if day < FAR else None

    @cached_property
    def _evidence(self) -> Evidence:
        entities, events, history = used_evidence(self._round)
        outcomes, others = self._round.code_lists.outcomes(), others_of(self._round)
        return Evidence.of(entities, events, history, outcomes=outcomes, others=others)


def heard_in(training: Training, recent: NDArray[np.bool_]) -> Heard:
    """Return what tells which of the `recent` inspections came after an indicator was first known (有值之后的样本)."""
    return lambda name: heard(training.features[name].to_numpy(), training.date)[recent]


def features_of(round: Round) -> pd.DataFrame:
    """Return the indicators of everybody on a round's evidence day (当日指标), as they were scored."""
    entities, events, history = used_evidence(round)
    usable = within_terms(events, round.law.value(RULE))
    outcomes = round.code_lists.outcomes()
    return build_features(entities, usable, history, on=round.evidence_day, outcomes=outcomes, others=others_of(round))


def learned_from(round: Round) -> Training:
    """Return the inspections that a round's card is learned from (训练样本), from the registers of its day."""
    return training_of(round, reader(round))


def visits_of(round: Round, *, known: date) -> pd.DataFrame:
    """Return the visits of a round's month whose results are known by a day (当月检查): unit_id, class, chance, found.

    A row a visit and item of a unit that was scored; class and chance are those that it was scored with. Visits up
    to the evidence day are left out: the scores may know what came of them.
    """
    cards, outcomes = cards_of(round), round.code_lists.outcomes()
    rows = round.city.register("history", on=known, columns=VISITS)
    first, last = pd.Timestamp(round.name.first_day), pd.Timestamp(round.name.last_day)
    first = max(first, pd.Timestamp(round.evidence_day) + pd.Timedelta(days=1))
    rows = rows[rows["date"].between(first, last) & rows["kind"].isin(KINDS)]
    outcome = rows["result"].map(outcomes)
    rows = rows.assign(found=outcome == "problem")[outcome != "could_not"]
    scores = round.table(files.SCORES, ["unit_id", "score", "class"])
    rows = rows.merge(scores, on="unit_id")
    chance = cards.probability(rows["score"].to_numpy()) if cards.general.rows else np.full(len(rows), np.nan)
    return rows[["unit_id", "class", "found"]].assign(chance=chance)


@dataclass(frozen=True, kw_only=True)
class Group:
    """One group of a round's frames (抽样框中的一组), over all tasks: `risk` the mean chance, or the mean score."""

    dimension: str
    name: str
    framed: int
    drawn: int
    expected: float
    deviation: float
    risk: float


def groups_of(round: Round) -> list[Group]:
    """Return how many of each district, type, size and class were drawn (分组抽中情况); nothing before a draw.

    Tasks of one group share random numbers, so that their deviations are added: too wide rather than too narrow.
    Groups of tasks are drawn apart, and their variances are added.
    """
    if not round.has(Step.DRAW):
        return []
    drawn, found = drawn_units(round), []
    group_of = {entry.task_id: entry.group for entry in round.read(files.COMMITMENT).tasks}
    for task in round.tasks:
        frame, strata = frozen_rows(round, task.task_id)
        probability = np.ones(len(frame))
        for entry, rows in stratum_rows(frame, strata):
            probability[rows] = inclusion_probability(frame["x"].to_numpy()[rows], int(entry["sample"]))
        stratum = frame["stratum"].cat.codes.to_numpy().astype(np.int64)
        mine = frame["unit_id"].isin(drawn.loc[drawn["task_id"] == task.task_id, "unit_id"]).to_numpy()
        told = _described(round, frame["unit_id"])
        for dimension in DIMENSIONS:
            codes, names = pd.factorize(told[dimension])
            one = selected(codes.astype(np.int64), stratum, probability, mine, groups=len(names))
            risk = np.bincount(codes, weights=told["risk"], minlength=len(names))
            found += [
                (dimension, str(name), group_of[task.task_id], *figures)
                for name, *figures in zip(names, one.framed, one.drawn, one.expected, one.deviation, risk, strict=True)
            ]
    key = ["dimension", "name"]
    columns = [*key, "group", "framed", "drawn", "expected", "deviation", "risk"]
    by_group = pd.DataFrame(found, columns=columns).groupby([*key, "group"], as_index=False).sum()
    by_group["deviation"] **= 2
    summed = by_group.drop(columns="group").groupby(key, as_index=False).sum()
    groups = [
        Group(dimension=dimension, name=name, framed=int(framed), drawn=int(many), expected=float(expected),
              deviation=float(np.sqrt(deviation)), risk=float(risk / framed))
        for dimension, name, framed, many, expected, deviation, risk in tuples(summed)
    ]  # fmt: skip
    return sorted(groups, key=lambda one: (DIMENSIONS.index(one.dimension), one.name))


def _described(round: Round, units: pd.Series[Any]) -> pd.DataFrame:
    """District, type, size, class and estimated risk of units, in their order; "" where it is not said."""
    place = units_of(round, units, ["region"])
    other = round.register("entities", ["unit_id", "type", "capital"], of=set(units))
    cards, scores = cards_of(round), round.table(files.SCORES, ["unit_id", "score", "class"])
    score = scores["score"].to_numpy()
    scores = scores.assign(risk=cards.probability(score) if cards.general.rows else score.astype(np.float64))
    told = pd.DataFrame({"unit_id": units.to_numpy()})
    for part in (place, other, scores):
        told = told.merge(part.drop_duplicates("unit_id"), on="unit_id", how="left")
    capital = told["capital"].to_numpy(dtype=np.float64, na_value=np.nan)
    band = pd.Series(np.searchsorted(SIZES, capital, side="right")).astype("str")
    told["capital"] = band.where(~np.isnan(capital), "")
    for name in DIMENSIONS:
        told[name] = told[name].astype("str").fillna("")
    return told.assign(risk=told["risk"].fillna(0.0))
