"""Indicators of licences (许可指标): lapsed ones, those about to end, and those that the trade needs and lacks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from supervision.risk.dated_rows import Bools, Ints
from supervision.risk.licences import NEAR
from supervision.risk.other_registers import needs
from supervision.risk.snapshot import Moment


@dataclass(frozen=True)
class Lapsed:
    """Kinds of licences that a unit had and of which none is valid any more (失效许可种数)."""

    source: str = "licences"

    def values(self, moment: Moment) -> Ints:
        """Return counts (种数); −1 while no licences are known at all."""
        held = moment.licences
        count = np.bincount(held.question[~held.valid], minlength=len(moment.on)).astype(np.int64)
        return np.where(moment.licences_known, count, -1)


@dataclass(frozen=True)
class NearEnd:
    """Whether a valid licence ends within NEAR days (许可是否临期): 1 or 0."""

    source: str = "licences"

    def values(self, moment: Moment) -> Ints:
        """Return 1, 0, or −1 while no licences are known at all."""
        held = moment.licences
        near = held.valid & (held.last - moment.on[held.question] <= NEAR)
        count = np.bincount(held.question[near], minlength=len(moment.on))
        return np.where(moment.licences_known, np.minimum(count, 1), -1)


@dataclass(frozen=True)
class Lacking:
    """Licences that a unit's special lists or industry need and that it does not validly hold (缺少所需许可种数).

    A kind of which no licence of anybody is known yet is not missed.
    """

    source: str = "licences, entities.tags, entities.industry; shared/licence_needed"

    def values(self, moment: Moment) -> Ints:
        """Return counts (种数); −1 while no licences are known at all, and of units not registered."""
        register, held, count = moment.evidence.licences, moment.licences, np.zeros(len(moment.on), dtype=np.int64)
        size = max(1, len(register.kinds))
        has = np.unique(held.question[held.valid] * size + held.kind[held.valid])
        for kind, needing in self._needing(moment).items():
            heard = register.kind_from[kind] <= moment.on
            asked = np.arange(len(moment.on), dtype=np.int64) * size + kind
            count += needing & heard & ~np.isin(asked, has)
        return np.where(moment.licences_known & (moment.first >= 0), count, -1)

    def _needing(self, moment: Moment) -> dict[int, Bools]:
        """Who needs each kind of licence that the register knows, bool (questions,)."""
        kinds = {name: code for code, name in enumerate(moment.evidence.licences.kinds)}
        found: dict[int, Bools] = {}
        for column, value, licence in needs(moment.evidence.needed):
            if licence in kinds:
                mine = self._says(moment, column, value)
                found[kinds[licence]] = found.get(kinds[licence], False) | mine
        return found

    def _says(self, moment: Moment, column: str, value: str) -> Bools:
        """Who has a tag, or an industry that begins so."""
        codes, said = moment.coded(column)
        if column == "tags":
            told = [value in text.split(" ") for text in said]
        else:
            told = [text.strip().upper().startswith(value.upper()) for text in said]
        who: Bools = np.array([*told, False], dtype=np.bool_)[codes]
        return who
