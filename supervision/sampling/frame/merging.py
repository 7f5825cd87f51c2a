"""Merged strata (合并分层): where one unit in each stratum would be more than the legal maximum; draw protocol 1, 2.

First the regions of a class are put together; if that is not enough, the classes from the low-risk end become one
stratum, just as many of them as are needed ("AB", "ABC", at last "all"). A merged stratum has the quota of its parts
together, and the sizes keep the order of risk inside it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from supervision.domain.strata import StratumId
from supervision.sampling.frame.allocation import Quotas
from supervision.sampling.frame.strata import EVERYONE


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of merging (合并步骤): the `code` of its remark, how many `strata` there were, what was `merged`.

    `merged` reads "A-* → A" (all regions of a class) or "A + B → AB".
    """

    code: str
    strata: int
    merged: str


@dataclass(frozen=True, kw_only=True)
class Merging:
    """The stratum that each stratum goes `into` (合并去向), itself where nothing is merged, and the `steps`."""

    into: Mapping[str, str]
    steps: tuple[Step, ...]

    def quotas(self, quotas: Quotas) -> Quotas:
        """Return the quotas of the strata after merging (合并后的配额), sums of their parts' quotas."""
        found = dict.fromkeys(sorted(set(self.into.values())), Fraction(0))
        for name, quota in quotas.items():
            found[self.into[name]] += quota
        return found

    def units(self, units: Mapping[str, int]) -> dict[str, int]:
        """Return the units of the strata after merging (合并后的户数)."""
        found = dict.fromkeys(sorted(set(self.into.values())), 0)
        for name, many in units.items():
            found[self.into[name]] += many
        return found


def merge_strata(names: Collection[str], *, most: int) -> Merging:
    """Merge strata until they are no more than `most` ≥ 1 (合并分层); see the module. Class names sort by risk."""
    into = {name: name for name in sorted(names)}
    steps = []
    if len(into) > most and any(StratumId.parse(name).region for name in into):
        into = {name: StratumId.parse(name).classes for name in into}
        joined = ", ".join(f"{name}-* → {name}" for name in sorted(set(into.values())))
        steps.append(Step(code="sampling.regions_merged", strata=len(into), merged=joined))
    left = sorted(set(into.values()))
    if len(left) > most:
        low = left[: len(left) - most + 1]
        name = EVERYONE if most == 1 else "".join(low)
        into = {old: name if new in low else new for old, new in into.items()}
        steps.append(Step(code="sampling.classes_merged", strata=len(left), merged=f"{' + '.join(low)} → {name}"))
    return Merging(into=into, steps=tuple(steps))
