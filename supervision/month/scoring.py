"""Risk of everybody (信用风险评分): a scorecard from outcomes, or the expert card where there are too few."""

from __future__ import annotations

from datetime import date

import pandas as pd

from supervision.month.desk import Desk
from supervision.month.report import Report
from supervision.risk.classes import assess
from supervision.risk.expert import expert_card
from supervision.risk.features import COLUMNS
from supervision.risk.model import enough, fit
from supervision.risk.outcomes import training_table
from supervision.risk.scorecard import Scorecard

SEED = 20260101


def train(desk: Desk, round_id: str, *, on: date | None = None, rehearsal: bool = False) -> Report:
    """Make the round's scorecard (训练评分卡) from outcomes known on its evidence day.

    Below the rule's least number of outcomes the expert card stands, and the report says so.
    """
    desk.open_round(round_id, rehearsal=rehearsal or _was_rehearsal(desk, round_id), on=on)
    day, law = desk.evidence_day(round_id), desk.law_of(round_id)
    desk.progress("month.train", 0, 0)
    training = training_table(*_evidence(desk, day), until=day, outcomes=desk.dictionaries.outcomes())
    decision = enough(training, law)
    card = fit(training, seed=SEED) if decision.enough else expert_card(law.value("shared/expert_card"))
    with desk.store.step(
        round_id, "train", who=desk.whom(round_id), at=desk.at(round_id), inputs={"evidence": day.isoformat()}
    ) as step:
        step.put("scorecard.json", card.to_json())
    report = Report(
        facts={
            "card": "learned" if decision.enough else "expert",
            "rows": decision.rows,
            "found": decision.found,
            "evidence": day.isoformat(),
        }
    )
    report.say(
        "month.card_learned" if decision.enough else "month.card_expert",
        rows=decision.rows,
        found=decision.found,
        need_rows=decision.need_rows,
        need_found=decision.need_found,
    )
    return report


def score(desk: Desk, round_id: str, *, on: date | None = None, rehearsal: bool = False) -> Report:
    """Score and class everybody (评分分类) on the evidence day; trains first where there is no scorecard yet."""
    report = Report()
    if not desk.is_open(round_id) or "train" not in desk.finished(round_id):
        report.join("train", train(desk, round_id, on=on, rehearsal=rehearsal))
    day, law = desk.evidence_day(round_id), desk.law_of(round_id)
    card = Scorecard.from_json(desk.store.get(round_id, "scorecard.json"))
    desk.progress("month.score", 0, 0)
    scores = assess(*_evidence(desk, day), on=day, law=law, scorecard=card, outcomes=desk.dictionaries.outcomes())
    with desk.store.step(
        round_id, "score", who=desk.whom(round_id), at=desk.at(round_id), inputs={"evidence": day.isoformat()}
    ) as step:
        step.table("scores", scores)
    shares = scores["class"].value_counts().sort_index()
    report.facts |= {"units": len(scores), "classes": {str(k): int(v) for k, v in shares.items()}}
    report.say("month.scored", units=len(scores), classes=_classes(shares))
    return report


def _evidence(desk: Desk, day: date) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    entities, events, history = (
        desk.store.register(kind, on=day, columns=list(COLUMNS[kind])) for kind in ("entities", "events", "history")
    )
    return entities, events, history


def _was_rehearsal(desk: Desk, round_id: str) -> bool:
    return desk.is_open(round_id) and desk.is_rehearsal(round_id)


def _classes(shares: pd.Series) -> str:
    total = max(1, int(shares.sum()))
    return "; ".join(f"{name} {int(count):,} ({100 * count / total:.1f}%)" for name, count in shares.items())
