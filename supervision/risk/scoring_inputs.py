"""What everybody is scored from (评分所用输入): registers, cards, law and the classes that stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from supervision.risk.cards import Cards
from supervision.risk.standing import Standing
from supervision.risk.usable import Read


@dataclass(frozen=True, kw_only=True, eq=False)
class ScoringInputs:
    """What everybody is scored from on a day (评分所用输入); the rules are those of the round's law.

    `read`, `on`, `cards`, `outcomes` as `assess_city` takes them; `professional` the register as known on the day, as
    `resolved` takes it.
    """

    read: Read
    on: date
    cards: Cards
    outcomes: Mapping[str, str]
    professional: pd.DataFrame
    standing: Standing
