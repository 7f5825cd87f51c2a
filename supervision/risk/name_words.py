"""Words of names (名称用字): what visits found at other units whose names share words with a unit's.

A name often tells the trade better than the industry's code. Words are runs of Latin letters and every two Chinese
characters that follow each other.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from supervision.risk.dated_rows import Ints
from supervision.risk.findings import Findings, percent
from supervision.risk.snapshot import Moment

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
    """What visits found at other units with a name's words (名称用字问题指数): 100 is as usual; see `name_index`."""

    prior: int

    def values(self, moment: Moment) -> Ints:
        """Return the indices (指数); −1 where no word stands in the name of another unit visited in three years."""
        evidence = moment.evidence
        names = evidence.entities["name"].fillna("").to_numpy(dtype=object)
        visited = _named(names, evidence.versions.earliest(evidence.findings.unit))
        asked = _named(names, moment.first)
        return name_index(evidence.findings, visited, asked=asked, unit=moment.unit, on=moment.on, prior=self.prior)


def name_index(findings: Findings, visited: Names, *, asked: Names, unit: Ints, on: Ints, prior: int) -> Ints:
    """Return the index of findings at names with the same words (名称用字问题指数), int64 (questions,).

    Each word says what other units' visits found, in percent of the expected and drawn towards 100 by `prior`
    thousandths; what the words say above or below 100 is added up, for most words of a name say nothing and a mean
    would drown the one that does. 100 is as usual, never below 0; −1 where no word is known of others.

    Parameters
    ----------
    findings : Findings
        The visits.
    visited : array of str
        The visited units' names, (visits,).
    asked, unit, on : array
        The questions: a name, its unit's code, which is left out, and a day number.
    prior : int
        Thousandths of a finding.
    """
    known: dict[str, int] = {}
    place, word = _pairs(visited, known)
    visits = Findings(unit=findings.unit[place], day=findings.day[place], found=findings.found[place],
                      expected=findings.expected[place])  # fmt: skip
    many = len(known) + 1
    own = visits.unit * many + word
    result = np.full(len(on), -1, dtype=np.int64)
    for start in range(0, len(result), CHUNK):
        part = slice(start, start + CHUNK)
        question, asked_word = _pairs(asked[part], known, grow=False)
        day, who = on[part][question], unit[part][question]
        found, expected = visits.sums(word, asked_word, day)
        mine = visits.sums(own, who * many + asked_word, day)
        ratio = percent(found - mine[0], expected - mine[1], prior=prior)
        told = np.flatnonzero(ratio >= 0)
        index = np.full(len(result[part]), 100, dtype=np.int64)
        np.add.at(index, question[told], ratio[told] - 100)
        count = np.bincount(question[told], minlength=len(index))
        result[part] = np.where(count > 0, np.maximum(index, 0), -1)
    return result


def _pairs(names: Names, known: dict[str, int], *, grow: bool = True) -> tuple[Ints, Ints]:
    """Return (place, word) for every word of each name; words that are not known join them, or are left out."""
    place, word = array("q"), array("q")
    for at, name in enumerate(names):
        for one in words(str(name)):
            code = known.setdefault(one, len(known)) if grow else known.get(one, -1)
            if code >= 0:
                place.append(at)
                word.append(code)
    return np.array(place, dtype=np.int64), np.array(word, dtype=np.int64)


def _named(names: Names, row: Ints) -> Names:
    return np.append(names, "")[row]
