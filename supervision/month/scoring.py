"""Risk of everybody (信用风险评分): a scorecard from outcomes, or the expert card where there are too few."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pandas as pd

from supervision.errors import UsageError
from supervision.messages import Message
from supervision.month.assessing import assessed, cards_of, made_card
from supervision.month.class_history import classing, round_before, say_moves, standing
from supervision.month.field_classes import of_fields, say_fields
from supervision.month.industry_words import say_scored, say_tried
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import (
    CLASS_MOVES,
    CLASSING,
    EVIDENCE,
    INDUSTRY_CARDS,
    PROFESSIONAL,
    PROFESSIONAL_COUNTS,
    SCORECARD,
    SCORES,
    TRAINED,
    Step,
)
from supervision.month.score_basis import rests_on, trained_by
from supervision.risk.challenger import accuracy_given_up
from supervision.risk.professional import counted


def train(round: Round) -> Report:
    """Make the round's scorecards (训练评分卡) from outcomes known on its evidence day.

    Below the rule's least number of outcomes the expert card stands, and the report says so; likewise of the industries
    that might have a card of their own.
    """
    _refuse_committed(round)
    round.city.progress("month.train", 0, 0)
    made = made_card(round, challenged=True)
    learned, decision = made.learned, made.decision
    with round.save(Step.TRAIN) as saving:
        saving.put(SCORECARD, made.cards.general)
        if made.cards.own:
            saving.put(INDUSTRY_CARDS, made.cards.file)
        saving.put(TRAINED, trained_by(round))
    report = Report(
        facts={
            "card": "learned" if learned else "expert",
            "method": learned.method if learned else None,
            "tried": learned.tried if learned else {},
            "rows": decision.rows,
            "found": decision.found,
            "evidence": round.evidence_day.isoformat(),
        }
    )
    if learned and (challenger := made.challenger) is not None:
        given_up = accuracy_given_up(learned, challenger)
        report.facts |= {"challenger": challenger, "given_up": given_up}
        way = Message.of(f"month.card_{learned.method}")
        report.say("month.card_learned", rows=decision.rows, found=decision.found, way=way, **learned.tried)
        report.say("month.card_challenger", challenger=challenger, given_up=f"{given_up:+.4f}")
        say_tried(report, round, made.tried)
    elif decision.enough:
        report.say("month.card_untestable", rows=decision.rows)
    else:
        need = {"need_rows": decision.need_rows, "need_found": decision.need_found}
        report.say("month.card_expert", rows=decision.rows, found=decision.found, **need)
    return report


def score(round: Round) -> Report:
    """Score and class everybody (评分分类) on the evidence day by the round's scorecard.

    The digests of what they rest on are kept with the scores; a commitment looks that they are still the same.
    """
    _refuse_committed(round)
    round.need(Step.TRAIN, "train")
    cards = cards_of(round)
    round.city.progress("month.score", 0, 0)
    digests = rests_on(round)
    if not round.city.store.has_rows("entities", on=round.evidence_day):
        raise UsageError("month.no_units", round=round.id, on=round.evidence_day)
    previous = round_before(round)
    classed = classing(round, previous, cards)
    last = cache(lambda: standing(previous, classed))
    scores = assessed(round, cards, standing=last)
    moves, counts = last().moves(scores)
    event = last().event
    last.cache_clear()
    of_field = Report()
    with round.save(Step.SCORE) as saving, ThreadPoolExecutor(1) as pool:  # which waits before the step is saved
        fields = pool.submit(of_fields, round, scores)
        saving.table(SCORES, scores)
        professional = fields.result()
        said = pool.submit(say_fields, of_field, round, professional)
        saving.table(PROFESSIONAL, professional)
        saving.put(PROFESSIONAL_COUNTS, counted(professional))
        saving.put(EVIDENCE, digests)
        saving.put(CLASSING, classed)
        saving.put(CLASS_MOVES, moves)
        said.result()
    shares = scores["class"].value_counts().sort_index()
    report = Report(facts={"units": len(scores), "classes": {str(k): int(v) for k, v in shares.items()}})
    report.say("month.scored", units=len(scores), classes=_classes(shares))
    if cards.own:
        say_scored(report, round, scores["card"])
    if previous is not None:
        say_moves(report, moves, counts, previous, event)
    report.lines.extend(of_field.lines)
    report.facts |= of_field.facts
    return report


def is_current(round: Round) -> bool:
    """Tell whether everybody is scored on registers, rules and cards as they stand (评分是否有效)."""
    if not round.has(Step.SCORE) or not round.holds(TRAINED):  # older rounds did not keep the latter
        return False
    return round.read(TRAINED) == trained_by(round) and round.read(EVIDENCE) == rests_on(round)


def _refuse_committed(round: Round) -> None:
    """Scores are bound by the commitment: afterwards nobody scores again."""
    if round.has(Step.COMMIT):
        raise UsageError("month.already_committed", round=round.id)


def _classes(shares: pd.Series) -> str:
    total = max(1, int(shares.sum()))
    return "; ".join(f"{name} {int(count):,} ({100 * count / total:.1f}%)" for name, count in shares.items())
