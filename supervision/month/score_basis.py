"""What scores rest on (评分依据摘要): registers, rules, cards and the classes of before, each by its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from supervision.errors import RuleMissing
from supervision.law import professional_scale
from supervision.law.rules import Law
from supervision.month.assessing import cards_of
from supervision.month.class_history import basis, round_before
from supervision.month.round import Round
from supervision.month.used_registers import USED
from supervision.risk import classes, expert_card, hysteresis, industry_cards, objections, record_use, training
from supervision.risk.class_bounds import CUTOFF
from supervision.risk.other_registers import RULE as NEEDED

USE = (record_use.RULE, objections.RULE, NEEDED)
TRAINING = (*USE, expert_card.RULE, training.RULE, industry_cards.RULE)
"""The rules that cards are made by (评分卡所依规则)."""
SCORING = (*USE, CUTOFF, hysteresis.CHANGE, classes.OVERRIDE, professional_scale.RULE)
"""The rules that scores and classes are made by (评分分类所依规则); those of the fields come besides."""


def trained_by(round: Round) -> dict[str, str]:
    """Return the digest of the rules that a round's cards would be made by now (评分卡所依规则摘要)."""
    return {"rules": _rules(round, TRAINING)}


def rests_on(round: Round) -> dict[str, str]:
    """Return the digests of what a round's scores and classes are made from (评分证据摘要).

    Registers as known on the evidence day, the values of the rules in force, what each result counts as, the cards that
    the round was trained with, and the classes of before.
    """
    register = round.register_digests(fresh=True)
    return {kind: register[kind] for kind in (*USED, "professional")} | {
        "rules": _rules(round, SCORING),
        "cards": cards_of(round).digest,
        "previous": basis(round, round_before(round)),
    }


def _rules(round: Round, paths: Sequence[str]) -> str:
    """The digest of the values of rules: a date to come changes nothing before it has come."""
    values = {path: _value(round.law, path) for path in paths}
    fields = values.get(professional_scale.RULE)
    named = fields.get("fields") if isinstance(fields, Mapping) else None
    for path in sorted(map(str, named.values())) if isinstance(named, Mapping) else []:
        values[path] = _value(round.law, path)
    told = {"rules": values, "outcomes": round.code_lists.outcomes()}
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _value(law: Law, path: str) -> object:
    """A rule's value, None where it has none yet: whoever needs it says so in its own words."""
    try:
        return law.value(path)
    except RuleMissing:
        return None
