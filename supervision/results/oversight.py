"""What an office did otherwise than drawn (监督计数): how often, of how many, with an interval; no unit is named.

Counts of step-ins, results without an inspection, places changed and the like are public by draw protocol 2, sections
6, 7 and 9. Each kind counts things that can happen once to each of what it is counted of, so that a share is a
binomial one; its interval is Wilson's (score interval, 1927) at 95 %, which is never empty and stays within 0 and 1.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

import pandas as pd

KINDS = ("stepped_in", "could_not", "unheld", "sent_back", "changed", "few_candidates")
COUNT_COLUMNS = ("office", "kind", "number", "of")
SHARE_COLUMNS = ("percent", "low", "high")
Z = 1.959963984540054  # 97.5 % of the standard normal distribution


def count_kinds(kinds: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Count what happened to what, office by office (按机构计数).

    Parameters
    ----------
    kinds
        `KINDS` name → columns office (text), happened (bool); one row for each thing it can happen to.

    Returns
    -------
    DataFrame
        `COUNT_COLUMNS`, sorted by office, then in the order of `KINDS`; a kind stands for the offices that it has rows
        of, `number` and `of` are int64.
    """
    parts = []
    for kind, rows in kinds.items():
        counted = rows.groupby("office")["happened"].agg(number="sum", of="size").reset_index()
        parts.append(counted.assign(kind=kind)[list(COUNT_COLUMNS)])
    return _ordered(pd.concat(parts, ignore_index=True))


def add_counts(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the sums of counts over rounds (各轮合计), office by office: `COUNT_COLUMNS`, sorted."""
    return _ordered(counts.groupby(["office", "kind"], as_index=False)[["number", "of"]].sum())


def all_offices(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the sums over all offices (全部机构合计): kind, number, of, in the order of `KINDS`."""
    summed = counts.groupby("kind")[["number", "of"]].sum().reindex(list(KINDS), fill_value=0)
    return summed.rename_axis("kind").reset_index()


def wilson(number: int, of: int) -> tuple[int, int] | None:
    """Return Wilson's 95 % interval of a share in tenths of a percent (威尔逊置信区间), rounded outwards; None of 0.

    >>> wilson(0, 10), wilson(5, 10), wilson(10, 10)
    ((0, 278), (236, 764), (722, 1000))
    """
    if of == 0:
        return None
    middle, half = number + Z * Z / 2, Z * math.sqrt(number * (of - number) / of + Z * Z / 4)
    low, high = (middle - half) / (of + Z * Z), (middle + half) / (of + Z * Z)
    return max(0, math.floor(1000 * low)), min(1000, math.ceil(1000 * high))


def with_shares(counts: pd.DataFrame) -> pd.DataFrame:
    """Return counts with `SHARE_COLUMNS` (加占比与区间), texts in percent such as "7.3", "" where there was nothing."""
    shares = []
    for number, of in zip(counts["number"].tolist(), counts["of"].tolist(), strict=True):
        bounds = wilson(number, of)
        tenths = () if bounds is None else (round(Fraction(1000 * number, of)), *bounds)
        shares.append([f"{one // 10}.{one % 10}" for one in tenths] or [""] * len(SHARE_COLUMNS))
    added = pd.DataFrame(shares, columns=list(SHARE_COLUMNS), index=counts.index, dtype="str")
    return pd.concat([counts, added], axis=1)


def _ordered(counts: pd.DataFrame) -> pd.DataFrame:
    """Sort counts by office and kind."""
    order = {kind: number for number, kind in enumerate(KINDS)}
    rows = counts.assign(rank=counts["kind"].map(order)).sort_values(["office", "rank"], kind="stable")
    return rows[list(COUNT_COLUMNS)].astype({"number": "int64", "of": "int64"}).reset_index(drop=True)
