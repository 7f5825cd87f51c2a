"""What scores are made from (评分依据): the registers as they may be used, the card that they give, and the classes."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from supervision.month.class_history import classing, round_before, standing
from supervision.month.round import Round
from supervision.risk import objections as objected
from supervision.risk.classes import assess
from supervision.risk.expert_card import expert_card
from supervision.risk.features import COLUMNS
from supervision.risk.learning import SEED, Learned, comparable, learn
from supervision.risk.other_registers import COLUMNS as OTHERS
from supervision.risk.other_registers import RULE as NEEDED
from supervision.risk.other_registers import OtherRegisters
from supervision.risk.scorecard import Scorecard
from supervision.risk.training import Decision, enough
from supervision.risk.training_set import Training, training_table

OBJECTIONS = "objections"


@dataclass(frozen=True, kw_only=True)
class MadeCard:
    """A round's scorecard and how it came about (评分卡及其来历); `learned` is None where the expert card stands."""

    card: Scorecard
    learned: Learned | None
    decision: Decision
    training: Training


def made_card(round: Round) -> MadeCard:
    """Return the round's scorecard (训练评分卡) from outcomes known on its evidence day, or the expert card."""
    law, outcomes = round.law, round.code_lists.outcomes()
    use = law.value("shared/record_use")
    training = training_table(
        *evidence(round), until=round.evidence_day, outcomes=outcomes, record_use=use, others=others(round)
    )
    decision = enough(training, law)
    learned = learn(training, seed=SEED) if decision.enough and comparable(training) else None
    card = learned.card if learned else expert_card(law.value("shared/expert_card"))
    return MadeCard(card=card, learned=learned, decision=decision, training=training)


def assessed(round: Round, card: Scorecard) -> pd.DataFrame:
    """Return everybody's score and class on the evidence day by a card (评分分类), as `risk.classes.assess` does."""
    previous = round_before(round)
    return assess(
        *evidence(round),
        on=round.evidence_day,
        law=round.law,
        scorecard=card,
        outcomes=round.code_lists.outcomes(),
        standing=standing(previous, classing(round, previous, card)),
        others=others(round),
    )


def evidence(round: Round) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the registers as they may be used (可用证据): without records that rest because of objections."""
    entities, events, history = (
        round.register(kind, list(COLUMNS[kind])) for kind in ("entities", "events", "history")
    )
    objections, rule = round.register(OBJECTIONS, list(objected.COLUMNS)), round.law.value(objected.RULE)
    return entities, *objected.without_disputed(events, history, objections, on=round.evidence_day, rule=rule)


def others(round: Round) -> OtherRegisters:
    """Return relations and licences as known on the evidence day (关联与许可)."""
    relations, licences = (round.register(kind, list(OTHERS[kind])) for kind in ("relations", "licences"))
    return OtherRegisters(relations=relations, licences=licences, needed=round.law.value(NEEDED))
