"""What scores are made from (评分依据): the registers as they may be used, the cards they give, and the classes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from supervision.errors import UsageError
from supervision.month.class_history import classing, round_before
from supervision.month.class_history import standing as standing_classes
from supervision.month.round import Round
from supervision.month.round_files import INDUSTRY_CARDS, SCORECARD, Step
from supervision.month.used_registers import reader
from supervision.processes import beside
from supervision.risk.cards import Cards
from supervision.risk.challenger import challenger_precision
from supervision.risk.classes import assess_city
from supervision.risk.expert_card import expert_card
from supervision.risk.industry_cards import RULE as OWN
from supervision.risk.industry_cards import Tried, learn_own
from supervision.risk.learning import SEED, Learned, comparable, learn
from supervision.risk.other_registers import RULE as NEEDED
from supervision.risk.record_use import RULE as USE
from supervision.risk.scoring_inputs import ScoringInputs
from supervision.risk.standing import Standing
from supervision.risk.training import Decision, enough, load_trees
from supervision.risk.training_set import Training, city_training
from supervision.risk.usable import Read

MANY = 50_000  # inspections from which learning is worth processes of its own


@dataclass(frozen=True, kw_only=True)
class MadeCard:
    """A round's scorecards and how they came about (评分卡及其来历); `learned` is None where the expert card stands.

    `tried`: how each industry did that might have a card of its own; `challenger`: the average precision of the
    challenger on later time, None where nobody asked for it or nothing is learned.
    """

    cards: Cards
    learned: Learned | None
    tried: tuple[Tried, ...]
    decision: Decision
    training: Training
    challenger: float | None = None


def made_card(round: Round, *, challenged: bool = False) -> MadeCard:
    """Return the round's scorecards (训练评分卡) from outcomes known on its evidence day, or the expert card.

    `challenged`: also ask the challenger, which is learned beside them.
    """
    law, read = round.law, reader(round)
    first = {"history": read("history")}
    many = len(first["history"]) > MANY
    with beside(2, worth=many) as pool:
        for _ in range(2 if many else 0):
            pool.submit(load_trees)  # which takes some seconds, beside the table
        training = training_of(round, lambda kind: first.pop(kind) if kind in first else read(kind))
        decision = enough(training, law)
        if not (decision.enough and comparable(training)):
            expert = Cards(general=expert_card(law.value("shared/expert_card")))
            return MadeCard(cards=expert, learned=None, tried=(), decision=decision, training=training)
        asked = pool.submit(challenger_precision, training, seed=SEED) if challenged else None
        learned = learn(training, seed=SEED, beside=pool)
        own = learn_own(training, learned, law.value(OWN), seed=SEED, beside=pool)
        challenger = asked.result() if asked else None
    cards = Cards(general=learned.card, own=own.cards)
    return MadeCard(
        cards=cards, learned=learned, tried=own.tried, decision=decision, training=training, challenger=challenger
    )


def training_of(round: Round, read: Read) -> Training:
    """Return the inspections that a round's card is learned from (训练样本); `read` gives the registers of its day."""
    return city_training(
        read,
        until=round.evidence_day,
        outcomes=round.code_lists.outcomes(),
        record_use=round.law.value(USE),
        needed=round.law.value(NEEDED),
    )


def cards_of(round: Round) -> Cards:
    """Return the scorecards that a round was trained with (本轮评分卡组)."""
    general = round.read(SCORECARD)
    return Cards.of(general, round.read(INDUSTRY_CARDS)) if round.holds(INDUSTRY_CARDS) else Cards(general=general)


def assessed(round: Round, cards: Cards, *, standing: Callable[[], Standing] | None = None) -> pd.DataFrame:
    """Return everybody's score and class on the evidence day by cards (评分分类), as `assess_city` does.

    `standing`: the classes of before, read when they are needed; None reads those of the round before.
    """
    return assess_city(
        reader(round),
        on=round.evidence_day,
        law=round.law,
        cards=cards,
        outcomes=round.code_lists.outcomes(),
        needed=round.law.value(NEEDED),
        standing=standing or (lambda: standing_of(round, cards)),
    )


def scoring_inputs(round: Round) -> ScoringInputs:
    """Return what everybody is scored from (评分所用输入): what `assessed` and the classes of fields take."""
    if round.has(Step.COMMIT):
        raise UsageError("month.already_committed", round=round.id)
    round.need(Step.TRAIN, "train")
    cards = cards_of(round)
    if round.register("entities", ["unit_id"]).empty:
        raise UsageError("month.no_units", round=round.id, on=round.evidence_day)
    return ScoringInputs(
        read=reader(round),
        on=round.evidence_day,
        cards=cards,
        outcomes=round.code_lists.outcomes(),
        professional=round.register("professional"),
        standing=standing_of(round, cards),
    )


def standing_of(round: Round, cards: Cards) -> Standing:
    """Return the classes that stand before a round (上期类别)."""
    previous = round_before(round)
    return standing_classes(previous, classing(round, previous, cards))
