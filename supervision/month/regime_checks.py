"""Tasks against their regimes (任务与监管方式核对): all that does not agree is named at once, before any score."""

from __future__ import annotations

from collections.abc import Callable

from supervision.directory.register import kinds, register
from supervision.errors import SupervisionError
from supervision.messages import Message
from supervision.month.list_terms import EXEMPTIONS, still_counting
from supervision.month.round import Round
from supervision.sampling.frame.limits import task_items
from supervision.sampling.frame.regime_check import regime_problems, regimes_of
from supervision.tables import valid_between

SUBSETS = {EXEMPTIONS: "list", "professional": "field"}  # the column that the second part of a register's name is of


def check_regimes(round: Round) -> None:
    """Refuse a round whose tasks are not as their regimes ask (监管方式核对); `month.regimes` names every problem."""
    has_rows = _looked_up(round)
    problems = []
    for task in round.tasks:
        problems += regime_problems(task, task_items(task, round.items), round.law, has_rows)
    if problems:
        raise SupervisionError("month.regimes", round=round.id, count=len(problems), problems=tuple(problems))


def regime_rules(round: Round) -> list[str]:
    """Return the rules of regimes that the round's tasks fall under (本轮适用的监管方式规则), sorted."""
    return sorted(
        {
            regime.path
            for task in round.tasks
            for regime, _ in regimes_of(task, task_items(task, round.items), round.law)
        }
    )


def stale_lists(round: Round) -> list[Message]:
    """Say how many entries of lists no longer count (未按期更新的清单), nothing where all do."""
    rows = round.register(EXEMPTIONS)
    gone = len(rows) - len(still_counting(rows, round.law, round.evidence_day))
    return [Message.of("month.lists_stale", rows=gone)] if gone else []


def _looked_up(round: Round) -> Callable[[str], bool]:
    """Return what tells of a register, or of a part such as `professional/food`, whether a row is in force."""
    known: dict[str, bool] = {}

    def has_rows(name: str) -> bool:
        if name not in known:
            known[name] = _has_rows(round, name)
        return known[name]

    return has_rows


def _has_rows(round: Round, name: str) -> bool:
    kind, _, part = name.partition("/")
    if kind not in kinds() or (part and kind not in SUBSETS):
        known = " ".join([*kinds(), *(f"{one}/…" for one in SUBSETS)])
        raise SupervisionError("month.regime_register_unknown", register=name, known=known)
    rows = round.register(kind)
    if kind == EXEMPTIONS:
        rows = still_counting(rows, round.law, round.evidence_day)
    if part:
        rows = rows[rows[SUBSETS[kind]] == part]
    if "until_date" in register(kind).names:
        rows = valid_between(rows, round.name.first_day, round.name.last_day)
    return len(rows) > 0
