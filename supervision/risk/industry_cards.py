"""Which industries have a card of their own (行业评分卡选择): those with enough outcomes where it surely ranks better.

A section of industry is tried by the way that won for all: learned on the section's own earlier inspections and asked
about its later ones, beside what the card of all says of the same visits. One way alone, so that nothing is won by
trying many. Where the plain rule won for all, the stepped ridge is tried. A card that does not beat both, or beats the
general one in too few redraws of the later visits, is not used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
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


def learn_own(training: Training, learned: Learned, rule: object, *, seed: int,
              beside: Executor | None = None) -> LearnedOwn:  # fmt: skip
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
    beside : Executor, optional
        What sections are worked on in, one beside the other; one after the other when none is given.

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
    jobs = _jobs(training, learned, _least(rule), seed)
    done = list((beside.map if beside else map)(_worked, jobs))
    cards = {one.section: card for one, card in done if card is not None}
    return LearnedOwn(cards=cards, tried=tuple(one for one, _ in done))


@dataclass(frozen=True, kw_only=True)
class _Job:
    """A section that was ever visited: all its inspections, and the earlier and later ones where it is tried.

    `general` float64: what the way that won for all says of each later one.
    """

    one: Tried
    mine: Training
    earlier: Training | None
    later: Training | None
    general: Floats
    method: str
    least: Mapping[str, int]
    seed: int


def _jobs(training: Training, learned: Learned, least: Mapping[str, int], seed: int) -> Iterator[_Job]:
    before, after = parts(training)
    for place, section in enumerate(SECTIONS):
        mine = training.where(_of(training, place))
        if not len(mine.found):
            continue
        asked, tried = _of(after, place), enough_by(mine, least).enough
        yield _Job(
            one=Tried(section=section, state=FEW, rows=len(mine.found), found=int(mine.found.sum())),
            mine=mine,
            earlier=before.where(_of(before, place)) if tried else None,
            later=after.where(asked) if tried else None,
            general=learned.later[asked],
            method=learned.method,
            least=least,
            seed=seed,
        )


def _worked(job: _Job) -> tuple[Tried, Scorecard | None]:
    """How a section did, and its card where that is used."""
    if job.earlier is None or job.later is None:
        return job.one, None
    one = _compared(job.one, job.earlier, job.later, job.general, job.method, job.least, job.seed)
    return one, _card(job.mine, job.method, job.seed) if one.state == USED else None


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
