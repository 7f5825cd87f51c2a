"""Classes from round to round (类别的延续): which round stands before this one, and what became of its classes.

The table of moves is for those who answer for the classes and for auditors; it is never public.
"""

from __future__ import annotations

import hashlib
from typing import Any

import pandas as pd

from supervision.messages import Message
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import CLASSING, EVIDENCE, SCORES, Step
from supervision.risk.cards import Cards
from supervision.risk.class_bounds import CUTOFF
from supervision.risk.hysteresis import CHANGE
from supervision.risk.standing import COLUMNS, Standing, class_signature

SIGNED = ("rule", "kind", "indicators", "marks")
EVENTS = {"rule": "new_rule"}


def round_before(round: Round) -> Round | None:
    """Return the last scored real round before this one (上一个已评分的正式轮次), by evidence day, then by name.

    None where there is none, or none whose classes were kept with what can be compared.
    """
    found = [
        other
        for other in round.city.rounds()
        if not other.is_rehearsal and other.has(Step.SCORE) and other.holds(CLASSING) and _order(other) < _order(round)
    ]
    return max(found, key=_order, default=None)


def basis(round: Round, previous: Round | None) -> str:
    """Return the digest of what the previous classes rest on (上期类别的依据摘要), "" where there is none."""
    if previous is None:
        return ""
    digests = round.city.store.digests(previous.key)
    return hashlib.sha256("".join(digests[file.path()] for file in (CLASSING, EVIDENCE)).encode()).hexdigest()


def classing(round: Round, previous: Round | None, cards: Cards) -> dict[str, Any]:
    """Return what a round's classes rest on beside the evidence (分类依据): signature, cards, the round before."""
    signature = class_signature(cards, round.law.value(CUTOFF))
    return {
        **signature,
        "card": cards.digest,
        "change": round.law.value(CHANGE),
        "previous": previous.id if previous else "",
    }


def standing(previous: Round | None, now: dict[str, Any]) -> Standing:
    """Return the classes that stand (上期类别), and by what event nobody keeps one."""
    if previous is None:
        return Standing.of_nobody()
    then = previous.read(CLASSING)
    other = [name for name in SIGNED if then[name] != now[name]]
    event = EVENTS.get(other[0], "new_card") if other else ""
    return Standing(table=previous.table(SCORES, COLUMNS), event=event, retrained=then["card"] != now["card"])


def say_moves(report: Report, moves: pd.DataFrame, counts: dict[str, int], previous: Round, event: str) -> None:
    """Put the moves of classes into a report (报告类别变动): who moved for what cause, and those with nothing new."""
    rows = moves.to_dict("records")
    report.facts["class_moves"] = {"since": previous.id, "event": event, "table": rows, **counts}
    if event:
        report.say("month.classes_anew", round=previous.id, event=Message.of(f"month.move_{event}"))
    share = f"{100 * counts['changed'] / max(1, counts['nothing_new']):.2f}%"
    report.say("month.class_moves", round=previous.id, share=share, **counts)
    moved = moves[(moves["cause"] != "stays") & (moves["from_class"] != moves["to_class"])]
    for cause, part in moved.groupby("cause"):
        columns = (part[name].tolist() for name in ("from_class", "to_class", "units"))
        ways = "; ".join(f"{was or '–'} → {to or '–'} {units:,}" for was, to, units in zip(*columns, strict=True))
        many = int(part["units"].sum())
        report.say("month.class_moved", cause=Message.of(f"month.move_{cause}"), units=many, ways=ways)


def _order(round: Round) -> tuple[str, str]:
    return round.evidence_day.isoformat(), round.id
