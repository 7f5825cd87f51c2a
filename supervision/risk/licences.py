"""Licences on a day (当日许可): valid ones, lapsed ones, and those that a trade needs and a unit lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from supervision.risk.dated_rows import FAR, Bools, Dated, Ints, packed_days, superseded

GIVEN_UP = "cancelled"  # handed back by the holder: neither valid nor lapsed
VALID = "valid"
NEAR = 90  # days before the end


@dataclass(frozen=True, kw_only=True)
class Licences:
    """The register made ready (许可证登记): `dates` answers which rows count; arrays (rows,).

    `kind` codes into `kinds`, `until` the last valid day, `sound` tells the status valid, `dead` those that count for
    nothing; `kind_from` (kinds,) the first day on which any licence of the kind was known.
    """

    dates: Dated
    kind: Ints
    kinds: Sequence[str]
    until: Ints
    sound: Bools
    dead: Bools
    kind_from: Ints

    @classmethod
    def of(cls, licences: pd.DataFrame, *, unit: Ints) -> Licences:
        """Make the register ready (整理许可证): `unit` codes of its rows."""
        known = packed_days(licences["known_on"])
        kind, names = pd.factorize(licences["kind"])
        kind, own = kind.astype(np.int16), (licences["kind"], licences["number"])
        ends = superseded(unit=unit, day=np.zeros(len(unit), dtype=np.int32), others=own, known=known)
        counts = np.maximum(known, packed_days(licences["issued"], missing=-FAR))
        kind_from = np.full(len(names), FAR, dtype=np.int64)
        np.minimum.at(kind_from, kind, counts)
        return cls(
            dates=Dated.of(unit=unit, counts_from=counts, ends=ends), kind=kind, kinds=[str(name) for name in names],
            until=packed_days(licences["valid_until"]),
            sound=(licences["status"] == VALID).to_numpy(dtype=np.bool_),
            dead=(licences["status"] == GIVEN_UP).to_numpy(dtype=np.bool_), kind_from=kind_from,
        )  # fmt: skip

    def held(self, unit: Ints, on: Ints) -> Held:
        """Return the licences of each question's unit on its day (当日所持许可), a row a question and kind."""
        question, row = self.dates.pairs(unit, on)
        alive = ~self.dead[row]
        question, row = question[alive], row[alive]
        slots, slot = np.unique(question * max(1, len(self.kinds)) + self.kind[row], return_inverse=True)
        valid = self.sound[row] & (self.until[row] >= on[question])
        last = np.full(len(slots), -FAR, dtype=np.int64)
        np.maximum.at(last, slot[valid], self.until[row[valid]])
        return Held(question=slots // max(1, len(self.kinds)), kind=slots % max(1, len(self.kinds)), last=last)


@dataclass(frozen=True, kw_only=True)
class Held:
    """Kinds of licences of units on a day (所持许可种类), arrays (rows,): `last` the latest valid day, −FAR: lapsed."""

    question: Ints
    kind: Ints
    last: Ints

    @property
    def valid(self) -> Bools:
        """Whether some licence of the kind is valid (是否有效)."""
        result: Bools = self.last > -FAR
        return result
