"""Stability (稳定性): how far the values of today stand from those that a card was learned or last used on.

The population stability index (PSI) is Σ (q − p) · ln(q / p) over at most ten parts of the earlier values, unknown
apart. Where nothing has changed it is (1/n + 1/m) times a chi-square of parts − 1 degrees of freedom (Yurdakul and
Naranjo, Statistical properties of the population stability index, 2020): a shift that chance alone makes is no shift.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import chi2  # type: ignore[import-untyped]  # comes without types

Values = NDArray[Any]

PARTS = 10
SURE = 0.999  # of a shift being more than chance: dozens of indicators are looked at every month
HALF = 0.5  # of a row stands in every part, so that an empty one has a logarithm


@dataclass(frozen=True, kw_only=True)
class Shift:
    """How far values have moved (偏移): `psi`, and `chance`, up to which it may be chance alone."""

    psi: float
    chance: float


def shift(before: Values, now: Values, *, up_to: Sequence[int] = ()) -> Shift:
    """Return how far values have moved (群体稳定性指数).

    Parameters
    ----------
    before, now : array of int
        Earlier values and today's, (rows,) each, −1 unknown; neither is empty.
    up_to : sequence of int
        Where parts end, the last is all above: those of a card, to which the values of a part are alike. Without them
        parts are about tenths of the earlier values.
    """
    bounds = np.array(up_to, dtype=np.int64) if up_to else _tenths(before[before >= 0])
    first, last = _counted(before, bounds), _counted(now, bounds)
    used = (first + last) > 0
    p, q = (_shares(counts[used]) for counts in (first, last))
    many = int(used.sum())
    chance = float(chi2.ppf(SURE, many - 1)) * (1 / len(before) + 1 / len(now)) if many > 1 else 0.0
    return Shift(psi=round(float(((q - p) * np.log(q / p)).sum()), 4), chance=round(chance, 4))


def _tenths(known: Values) -> Values:
    """Where parts of about a tenth each end: all distinct values but the greatest, where there are so few."""
    ranks = np.arange(1, PARTS) * (len(known) - 1) // PARTS
    return np.unique(np.sort(known)[ranks]) if len(known) else known


def _counted(values: Values, bounds: Values) -> NDArray[np.int64]:
    """Rows of each part, unknown first."""
    part = np.searchsorted(bounds, values, side="left") + 1
    return np.bincount(np.where(values < 0, 0, part), minlength=len(bounds) + 2)


def _shares(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    shares: NDArray[np.float64] = (counts + HALF) / (counts.sum() + HALF * len(counts))
    return shares


def outside(learned: pd.DataFrame, now: pd.DataFrame, *, codes: set[str]) -> dict[str, NDArray[np.bool_]]:
    """Return where values were never learned from (超出训练范围的值), for each column of `learned`, (units,).

    Outside is what is less than the least or more than the greatest value learned from, a code that was not among
    them, and unknown where all were known. `codes` names the columns of codes.
    """
    found: dict[str, NDArray[np.bool_]] = {}
    for name in learned.columns:
        seen, values = learned[name].to_numpy(), now[name].to_numpy()
        known = seen[seen >= 0]
        if not len(known):
            found[name] = values >= 0
            continue
        inside = np.isin(values, known) if name in codes else (values >= known.min()) & (values <= known.max())
        found[name] = np.where(values < 0, len(known) == len(seen), ~inside)
    return found


def moves(before: pd.Series[Any], now: pd.Series[Any], classes: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Return how many units went from class to class (类别迁移): earlier class → today's → units.

    `before` and `now`: class by unit_id; units of one of them alone are left out.
    """
    both = pd.concat([before.rename("before"), now.rename("now")], axis=1, join="inner")
    counted = both.groupby(["before", "now"], observed=True).size()
    return {a: {b: int(counted.get((a, b), 0)) for b in classes} for a in classes}
