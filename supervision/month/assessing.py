"""What scores are made from (评分依据): the registers as they may be used, the card that they give, and the classes."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from supervision.month.class_history import classing, round_before, standing
from supervision.month.round import Round
from supervision.month.used_registers import others_of, used_evidence
from supervision.risk.classes import assess
from supervision.risk.expert_card import expert_card
from supervision.risk.learning import SEED, Learned, comparable, learn
from supervision.risk.scorecard import Scorecard
from supervision.risk.training import Decision, enough
from supervision.risk.training_set import Training, training_table


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
        *used_evidence(round), until=round.evidence_day, outcomes=outcomes, record_use=use, others=others_of(round)
    )
    decision = enough(training, law)
    learned = learn(training, seed=SEED) if decision.enough and comparable(training) else None
    card = learned.card if learned else expert_card(law.value("shared/expert_card"))
    return MadeCard(card=card, learned=learned, decision=decision, training=training)


def assessed(round: Round, card: Scorecard) -> pd.DataFrame:
    """Return everybody's score and class on the evidence day by a card (评分分类), as `risk.classes.assess` does."""
    previous = round_before(round)
    return assess(
        *used_evidence(round),
        on=round.evidence_day,
        law=round.law,
        scorecard=card,
        outcomes=round.code_lists.outcomes(),
        standing=standing(previous, classing(round, previous, card)),
        others=others_of(round),
    )
