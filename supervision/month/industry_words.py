"""What `train` and `score` say of the industries' own cards (行业评分卡的说明)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import pandas as pd

from supervision.law.code_lists import CodeLists
from supervision.messages import Label
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.risk.industry_cards import ALIKE, FEW, LOST, RULE, USED, Tried


def say_tried(report: Report, round: Round, tried: Sequence[Tried]) -> None:
    """Say which industries have a card of their own and by how much each won or lost (各行业评分卡的检验)."""
    rule = round.law.value(RULE)
    report.facts["industries"] = [asdict(one) for one in tried]
    if rule is None:
        report.say("month.own_cards_off", rule=RULE)
        return
    names = {one.section: industry_label(round.code_lists, one.section) for one in tried}
    for one in tried:
        if one.state in (USED, LOST):
            report.say(f"month.own_card_{one.state}", industry=names[one.section], rows=one.rows, found=one.found,
                       own=one.own, general=one.general, past_rate=one.past_rate, sure=f"{one.sure:.0f}",
                       need=rule["sure_percent"])  # fmt: skip
    for state in (FEW, ALIKE):
        if some := tuple(names[one.section] for one in tried if one.state == state):
            need = {"need_rows": rule["rows"], "need_found": rule["found"]}
            report.say(f"month.own_card_{state}", many=len(some), industries=some, **need)


def say_scored(report: Report, round: Round, cards: pd.Series) -> None:
    """Say how many units each card scored (各评分卡评分的户数); `cards`: section by unit, missing the general one."""
    counts = {str(section): int(many) for section, many in cards.value_counts().sort_index().items()}
    general = int(cards.isna().sum())
    report.facts["cards"] = {"general": general, "own": counts}
    report.say("month.scored_general", units=general)
    for section, many in counts.items():
        report.say("month.scored_own", industry=industry_label(round.code_lists, section), units=many)


def industry_label(names: CodeLists, section: str) -> Label:
    """Return a section's letter and name (行业门类代码与名称): names have commas of their own in a list."""
    label = names.row("industry", section).label
    return Label(f"{section} {label.zh}", f"{section} {label.en}")
