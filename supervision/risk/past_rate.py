"""The past-rate rule as an indicator (过往发现率规则): what share of a unit's own visits found something.

It is the plain rule that a learned card has to beat, and the only indicator of the card that stands where none does. No
other card scores it: they know a unit's own past by what such visits usually find.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from supervision.risk.dated_rows import Ints
from supervision.risk.indicators import GENERAL, INDICATORS, Indicator
from supervision.risk.snapshot import Moment
from supervision.risk.transforms import COULD_NOT, PROBLEM
from supervision.risk.wording import Wording


def held_and_hits(moment: Moment) -> tuple[Ints, Ints]:
    """Return how many visits each unit had, and how many of them found something (检查次数与发现次数)."""
    outcome, size = moment.evidence.outcome[moment.visits.row], len(moment.on)
    held = np.bincount(moment.visits.question[outcome != COULD_NOT], minlength=size)
    hits = np.bincount(moment.visits.question[outcome == PROBLEM], minlength=size)
    return held, hits


@dataclass(frozen=True)
class PastRate:
    """The share of a unit's visits that found something (过往发现率), in percent, rounded down."""

    source: str = "history.result"

    def values(self, moment: Moment) -> Ints:
        """Return percentages (百分比); −1 without a visit."""
        held, hits = held_and_hits(moment)
        return np.where(held > 0, 100 * hits // np.maximum(held, 1), -1)


PAST = Indicator(
    name="past_rate",
    family="supervision",
    sign=1,
    recipe=PastRate(),
    wording=Wording(
        label=("过往发现率", "past rate of findings"),
        reason=("历次检查中发现问题的占{value}", "of its past inspections {value} found problems"),
        unknown=("过往发现率：无检查记录", "past rate of findings: no inspection"),
        form="number",
        unit=("%", "%"),
        codes=(),
    ),
    basis=GENERAL,
)
EVERY: tuple[Indicator, ...] = (*INDICATORS, PAST)
"""All that a card may score (全部可计分指标): the table of indicators and this rule."""
