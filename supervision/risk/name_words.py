"""Words of names (名称用字): what visits found at other units whose names share words with a unit's.

A name often tells the trade better than the industry's code. Words are runs of Latin letters and every two Chinese
characters that follow each other.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from supervision.risk.dated_rows import Ints
from supervision.risk.snapshot import Moment
from supervision.risk.visit_rates import percent

_RUN = re.compile(r"[A-Z]{2,}|[\u4e00-\u9fff]{2,}")
Names = NDArray[np.object_]
CHUNK = 500_000  # questions at once: a name has a dozen words


def words(name: str) -> set[str]:
    """Return the words of a name (名称用字).

    >>> sorted(words("吴中区好味餐饮店 KFC"))
    ['KFC', '中区', '区好', '吴中', '味餐', '好味', '餐饮', '饮店']
    """
    found: set[str] = set()
    for run in _RUN.findall(name.upper()):
        found.update([run] if run < "\u4e00" else (run[at : at + 2] for at in range(len(run) - 1)))
    return found


@dataclass(frozen=True)
class NameRatio:
    """What visits found at other units with a name's words, in percent of the city's: the mean over the words.

    `prior` expected findings, in thousandths, are added to both sides for each word.
    """

    prior: int
    source: str = "entities.name, history"
    months: ClassVar[int] = 36

    def values(self, moment: Moment) -> Ints:
        """Return percentages (百分比); −1 where no word stands in the name of another unit visited in three years."""
        evidence, findings = moment.evidence, moment.evidence.peers
        names = evidence.entities["name"].fillna("").to_numpy(dtype=object)
        row = evidence.versions.earliest(findings.unit)
        known: dict[str, int] = {}
        place, word = _pairs(names, row, known)
        visits = findings.at(place)
        many = len(known) + 1
        own = visits.unit * many + word
        result = np.full(len(moment.on), -1, dtype=np.int64)
        for start in range(0, len(result), CHUNK):
            part = slice(start, start + CHUNK)
            asked, asked_word = _pairs(names, moment.first[part], known, grow=False)
            on, unit = moment.on[part][asked], moment.unit[part][asked]
            found, expected = visits.sums(word, asked_word, on)
            mine = visits.sums(own, unit * many + asked_word, on)
            result[part] = mean_percent(found - mine[0], expected - mine[1], asked, len(result[part]), self.prior)
        return result


def mean_percent(found: Ints, expected: Ints, question: Ints, size: int, prior: int) -> Ints:
    """Return the mean of the percentages of each question's words (各词比值的平均), −1 where no word tells anything."""
    ratio = percent(found, expected, prior)
    told = np.flatnonzero(ratio >= 0)
    total, count = np.zeros(size, dtype=np.int64), np.bincount(question[told], minlength=size)
    np.add.at(total, question[told], ratio[told])
    return np.where(count > 0, total // np.maximum(count, 1), -1)


def _pairs(names: Names, row: Ints, known: dict[str, int], *, grow: bool = True) -> tuple[Ints, Ints]:
    """Return (place, word) for every word of each row's name; words that are not known join them, or are left out."""
    place, word = array("q"), array("q")
    for at, name in enumerate(_named(names, row)):
        for one in words(name):
            code = known.setdefault(one, len(known)) if grow else known.get(one, -1)
            if code >= 0:
                place.append(at)
                word.append(code)
    return np.array(place, dtype=np.int64), np.array(word, dtype=np.int64)


def _named(names: Names, row: Ints) -> Iterable[str]:
    return (str(names[one]) if one >= 0 else "" for one in row)
