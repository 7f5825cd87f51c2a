"""Sample sizes (样本分配): quotas as exact fractions, rounded once, with at least one unit in every stratum.

The total is the sum of the strata's quotas rounded half up; it is split by largest remainders, ties by stratum id.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from supervision.domain.strata import StratumId
from supervision.errors import SupervisionError

Quotas = dict[str, Fraction]
Sizes = dict[str, int]


def class_quotas(units: Mapping[str, int], ratios: Mapping[str, Fraction], *, task_id: str) -> Quotas:
    """Return N × ratio of each stratum (分类配额); a stratum's class is what stands before the first "-".

    A class without a ratio, or with one not in (0, 1], raises: its units could never be drawn, or more than all.
    """
    found: Quotas = {}
    for stratum, many in units.items():
        name = StratumId.parse(stratum).classes
        if name not in ratios:
            raise SupervisionError("sampling.class_without_ratio", task=task_id, name=name, units=many)
        if not 0 < ratios[name] <= 1:
            raise SupervisionError("sampling.class_ratio", task=task_id, name=name, ratio=str(ratios[name]))
        found[stratum] = many * ratios[name]
    return found


def overall_quotas(
    units: Mapping[str, int], ratios: Mapping[str, Fraction], total: Fraction, *, task_id: str
) -> Quotas:
    """Split one overall sample (总量分配) in proportion to N × ratio; no stratum gets more than its units.

    What a full stratum cannot take goes to the others in the same proportion. `total` ≤ ΣN, else it raises.
    """
    if total > sum(units.values()):
        raise SupervisionError("sampling.more_than_all", task=task_id, sample=float(total), units=sum(units.values()))
    weights = class_quotas(units, ratios, task_id=task_id)
    found: Quotas = {}
    left = total
    while weights:
        scale = left / sum(weights.values())
        full = [stratum for stratum, weight in weights.items() if weight * scale >= units[stratum]]
        if not full:
            return found | {stratum: weight * scale for stratum, weight in weights.items()}
        for stratum in full:
            del weights[stratum]
            found[stratum] = Fraction(units[stratum])
            left -= units[stratum]
    return found


def round_quotas(quotas: Quotas, units: Mapping[str, int], *, most: int | None = None) -> Sizes:
    """Return whole sample sizes (取整): Σ = Σ quotas rounded half up, 1 ≤ n ≤ N in each stratum.

    `most` bounds the total (a legal maximum). Raises ValueError for more strata than that; `merging` prevents it.
    """
    if most is not None and len(quotas) > most:
        raise ValueError(f"{len(quotas)} strata cannot have one unit each of at most {most}")
    wanted = math.floor(sum(quotas.values(), Fraction(0)) + Fraction(1, 2))
    total = max(wanted if most is None else min(wanted, most), len(quotas))
    found = {stratum: min(max(math.floor(quota), 1), units[stratum]) for stratum, quota in quotas.items()}
    spare = total - sum(found.values())
    while spare:
        step = 1 if spare > 0 else -1
        able = [one for one in found if (found[one] < units[one] if step > 0 else found[one] > 1)]
        able.sort(key=lambda one: (-step * (quotas[one] - found[one]), one))
        for stratum in able[: abs(spare)]:
            found[stratum] += step
        spare = total - sum(found.values())
    return found


def reserves(samples: Sizes, units: Mapping[str, int], allocation: Fraction | int) -> Sizes:
    """Return reserve sizes (备选数量): ceil of a ratio of n, or of a total split like n; never above N − n."""
    total = sum(samples.values())
    return {
        stratum: min(
            math.ceil(allocation * Fraction(sample, total) if isinstance(allocation, int) else allocation * sample),
            units[stratum] - sample,
        )
        for stratum, sample in samples.items()
    }
