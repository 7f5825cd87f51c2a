"""By how much scores rose since the round before (评分上升幅度), measured with one scorecard on both days."""

from __future__ import annotations

import pandas as pd

from supervision.month.assessing import cards_of
from supervision.month.city import City
from supervision.month.class_history import round_before
from supervision.month.round import Round
from supervision.month.round_files import SCORES, Step
from supervision.month.used_registers import reader
from supervision.risk.classes import assess_city
from supervision.risk.other_registers import RULE as NEEDED

NO_RISES = pd.DataFrame(
    {"unit_id": pd.Series(dtype="str"), "rise": pd.Series(dtype="int64"), "record": pd.Series(dtype="str")}
)


def newest_scored(city: City) -> Round | None:
    """Return the real round that was scored on the latest evidence (最近评分的正式轮次), None where there is none."""
    scored = (round for round in city.rounds() if not round.is_rehearsal and round.has(Step.SCORE))
    return max(scored, key=lambda round: (round.evidence_day, round.id), default=None)


def rises(city: City) -> tuple[pd.DataFrame, str]:
    """Return unit_id, rise (points, int64) and record of the units of the newest scored round, and what is compared.

    Where the two rounds have different scorecards the evidence of the newer one is scored by the older ones as well: a
    new card alone is nobody's jump. No rows, and "", where there are no two rounds to compare.
    """
    newest = newest_scored(city)
    before = round_before(newest) if newest is not None else None
    if newest is None or before is None:
        return NO_RISES, ""
    then, now = before.table(SCORES, ["unit_id", "score"]), _by_card_of(before, newest)
    both = now.merge(then, on="unit_id", suffixes=("", "_then"), validate="one_to_one")
    name = f"{before.id}→{newest.id}"
    risen = both["score"].astype("int64") - both["score_then"].astype("int64")
    return pd.DataFrame({"unit_id": both["unit_id"], "rise": risen, "record": name}), name


def _by_card_of(before: Round, newest: Round) -> pd.DataFrame:
    cards = cards_of(before)
    if cards == cards_of(newest):
        return newest.table(SCORES, ["unit_id", "score"])
    return assess_city(
        reader(newest),
        on=newest.evidence_day,
        law=newest.law,
        cards=cards,
        outcomes=newest.code_lists.outcomes(),
        needed=newest.law.value(NEEDED),
    )[["unit_id", "score"]]
