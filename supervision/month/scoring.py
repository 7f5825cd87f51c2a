"""Risk of everybody (信用风险评分): a scorecard from outcomes, or the expert card where there are too few."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from supervision.canonical import canonical_json
from supervision.errors import UsageError
from supervision.month.desk import Desk
from supervision.month.report import Report
from supervision.risk.classes import assess
from supervision.risk.expert_card import expert_card
from supervision.risk.features import COLUMNS
from supervision.risk.scorecard import Scorecard
from supervision.risk.training import enough, fit
from supervision.risk.training_set import training_table

SEED = 20260101


def train(desk: Desk, round_id: str, *, on: date | None = None, rehearsal: bool = False) -> Report:
    """Make the round's scorecard (训练评分卡) from outcomes known on its evidence day.

    Below the rule's least number of outcomes the expert card stands, and the report says so.
    """
    _refuse_committed(desk, round_id)
    desk.open_round(round_id, rehearsal=rehearsal or _was_rehearsal(desk, round_id), on=on)
    day, law = desk.evidence_day(round_id), desk.law_of(round_id)
    desk.progress("month.train", 0, 0)
    training = training_table(*_evidence(desk, day), until=day, outcomes=desk.code_lists.outcomes())
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


def score(desk: Desk, round_id: str, *, on: date | None = None, rehearsal: bool = False, anew: bool = False) -> Report:
    """Score and class everybody (评分分类) on the evidence day; trains first where there is no scorecard, or `anew`.

    The digests of the evidence are kept with the scores; a commitment looks that they are still those of the registers.
    """
    report = Report()
    _refuse_committed(desk, round_id)
    if anew or not desk.is_open(round_id) or "train" not in desk.finished(round_id):
        report.join("train", train(desk, round_id, on=on, rehearsal=rehearsal))
    day, law = desk.evidence_day(round_id), desk.law_of(round_id)
    card = Scorecard.from_json(desk.store.get(round_id, "scorecard.json"))
    desk.progress("month.score", 0, 0)
    digests = evidence_digests(desk.store.register_digests(on=day, hash_name=desk.card(round_id)["hash"]))
    scores = assess(*_evidence(desk, day), on=day, law=law, scorecard=card, outcomes=desk.code_lists.outcomes())
    with desk.store.step(
        round_id, "score", who=desk.whom(round_id), at=desk.at(round_id), inputs={"evidence": day.isoformat()}
    ) as step:
        step.table("scores", scores)
        step.put("evidence.json", canonical_json(digests))
    shares = scores["class"].value_counts().sort_index()
    report.facts |= {"units": len(scores), "classes": {str(k): int(v) for k, v in shares.items()}}
    report.say("month.scored", units=len(scores), classes=_classes(shares))
    return report


def _evidence(desk: Desk, day: date) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    entities, events, history = (
        desk.store.register(kind, on=day, columns=list(COLUMNS[kind])) for kind in ("entities", "events", "history")
    )
    return entities, events, history


def evidence_digests(register: Mapping[str, str]) -> dict[str, str]:
    """Return the digests of what scores are made from (评分证据摘要)."""
    return {kind: register[kind] for kind in COLUMNS}


def _refuse_committed(desk: Desk, round_id: str) -> None:
    """Scores are bound by the commitment: afterwards nobody scores again."""
    if desk.is_open(round_id) and "commit" in desk.finished(round_id):
        raise UsageError("month.already_committed", round=round_id)


def _was_rehearsal(desk: Desk, round_id: str) -> bool:
    return desk.is_open(round_id) and desk.is_rehearsal(round_id)


def _classes(shares: pd.Series) -> str:
    total = max(1, int(shares.sum()))
    return "; ".join(f"{name} {int(count):,} ({100 * count / total:.1f}%)" for name, count in shares.items())
