"""The chance that a unit's own proof tells (本单位证明中的入样概率)."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pandas as pd

from supervision.month.proving import _chance


def test_who_is_drawn_for_certain_leaves_the_others_the_rest() -> None:
    """Of 49 of size 1 and one of a million, two are drawn: the large one for certain, each of the others by 1/49."""
    rows = pd.DataFrame({"stratum": ["s2", *["s1"] * 50], "x": [7, *[1] * 49, 10**6]})
    strata = pd.DataFrame({"stratum": ["s1", "s2"], "sample": [2, 1]})
    frozen: Any = SimpleNamespace(rows=rows, strata=strata)
    assert _chance(frozen, stratum="s1", size=10**6) == 1
    assert _chance(frozen, stratum="s1", size=1) == Fraction(1, 49)
    assert _chance(frozen, stratum="s2", size=7) == 1
