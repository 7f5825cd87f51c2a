"""Which industries have a card of their own (行业评分卡选择): those with enough outcomes where it surely ranks better.

A section of industry is tried by the way that won for all: learned on the section's own earlier inspections and asked
about its later ones, beside what the card of all says of the same visits. One way alone, so that nothing is won by
trying many. Where the plain rule won for all, the stepped ridge is tried. A card that does not beat both, or beats the
general one in too few redraws of the later visits, is not used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from supervision.errors import SupervisionError
from supervision.risk.cards import INDUSTRY
from supervision.risk.indicators import SECTIONS
from supervision.risk.learning import BOOSTED, Learned, both, parts
from supervision.risk.measures import average_precision
from supervision.risk.ridge_card import fit_ridge
from supervision.risk.scorecard import Scorecard
from supervision.risk.training import enough_by, fit
from supervision.risk.training_set import Training

RULE = "shared/industry_card"
TIMES = 200
USED, LOST, ALIKE, FEW = "used", "lost", "alike", "few"
_WANT = "{rows, found, sure_percent} / null"

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Tried:
    """How one section did (一个行业的检验): `state` one of `USED`, `LOST`, `ALIKE` (results all alike), `FEW`.

    `own`, `general` and `past_rate`: average precision on the section's later inspections; `sure`: percent of their
    redraws in which the own card ranks better. None where nothing was tried.
    """

    section: str
    state: str
    rows: int
    found: int
    own: float | None = None
    general: float | None = None
    past_rate: float | None = None
    sure: float | None = None


@dataclass(frozen=True, kw_only=True)
class LearnedOwn:
    """The own cards (行业评分卡) and how each section that was ever visited did; nothing where the rule has none."""

    cards: Mapping[str, Scorecard]
    tried: tuple[Tried, ...]


def learn_own(training: Training, learned: Learned, rule: object, *, seed: int) -> LearnedOwn:
    """Learn the cards of industries (训练行业评分卡).

    Parameters
    ----------
    training : Training
        The inspections that the general card is learned from.
    learned : Learned
        The general card and what its way says of later inspections.
    rule : object
        The value of the rule shared/industry_card; None: there are none.
    seed : int
        Of the boosted trees and of the redraws.

    Returns
    -------
    LearnedOwn
        Each card is learned anew on all of the section's inspections.

    Raises
    ------
    SupervisionError
        `risk.rule_shape`: the rule has another shape.
    """
    if rule is None:
        return LearnedOwn(cards={}, tried=())
    least = _least(rule)
    before, after = parts(training)
    cards, told = {}, []
    for place, section in enumerate(SECTIONS):
        mine = training.where(_of(training, place))
        if not len(mine.found):
            continue
        one = Tried(section=section, state=FEW, rows=len(mine.found), found=int(mine.found.sum()))
        if enough_by(mine, least).enough:
            earlier, asked = before.where(_of(before, place)), _of(after, place)
            one = _compared(one, earlier, after.where(asked), learned.later[asked], learned.method, least, seed)
        told.append(one)
        if one.state == USED:
            cards[section] = _card(mine, learned.method, seed)
    return LearnedOwn(cards=cards, tried=tuple(told))


def _compared(one: Tried, earlier: Training, later: Training, general: Floats, method: str, least: Mapping[str, int],
              seed: int) -> Tried:  # fmt: skip
    """How a section's card does on its later inspections, beside what the `general` one says of them."""
    if not (both(earlier) and both(later)):
        return replace(one, state=ALIKE)
    own = _card(earlier, method, seed).score(later.features)[0].astype(np.float64)
    precision = [average_precision(score, later.found) for score in (own, general, later.past)]
    sure = ahead(own, general, later.found, seed=seed)
    won = precision[0] > max(precision[1:]) and sure >= least["sure_percent"]
    return replace(one, state=USED if won else LOST, own=precision[0], general=precision[1], past_rate=precision[2],
                   sure=sure)  # fmt: skip


def ahead(own: Floats, general: Floats, found: NDArray[np.int8], *, seed: int) -> float:
    """Return the percent of redraws in which one ranking is better than another (重抽中胜出的百分比)."""
    rng, won = np.random.default_rng(seed), 0
    for _ in range(TIMES):
        rows = rng.integers(0, len(found), len(found))
        won += average_precision(own[rows], found[rows]) > average_precision(general[rows], found[rows])
    return 100 * won / TIMES


def _card(training: Training, method: str, seed: int) -> Scorecard:
    return fit(training, seed=seed) if method == BOOSTED else fit_ridge(training)


def _of(training: Training, place: int) -> NDArray[np.bool_]:
    mine: NDArray[np.bool_] = training.features[INDUSTRY].to_numpy() == place
    return mine


def _least(rule: object) -> dict[str, int]:
    names = {"rows", "found", "sure_percent"}
    if not isinstance(rule, Mapping) or set(rule) != names or not all(type(one) is int for one in rule.values()):
        raise SupervisionError("risk.rule_shape", rule=RULE, value=rule, want=_WANT)
    if min(rule.values()) < 1 or rule["sure_percent"] > 100:
        raise SupervisionError("risk.rule_shape", rule=RULE, value=rule, want=f"{_WANT}, 1 ≤ sure_percent ≤ 100")
    return dict(rule)
