"""Words of names (名称用字): what visits found at other units whose names share words with a unit's.

A name often tells the trade better than the industry's code. Words are runs of Latin letters and every two Chinese
characters that follow each other.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from supervision.risk.dated_rows import Ints
from supervision.risk.findings import WINDOWS
from supervision.risk.snapshot import Moment

_RUN = re.compile(r"[A-Z]{2,}|[\u4e00-\u9fff]{2,}")
FIRST, LAST = 0x4E00, 0x9FFF  # the Chinese characters
WIDE = LAST - FIRST + 1
STRANGE, PLAIN, CHINESE = range(3)  # plain is what parts two runs and makes no word
_SORTS = np.full(sys.maxunicode + 1, STRANGE, dtype=np.uint8)
_SORTS[[ord(one) for one in "0123456789 ()（）·-—、，,.．&#/\0"]] = PLAIN
_SORTS[FIRST : LAST + 1] = CHINESE
CHUNK = 50_000  # questions at once: a name has a dozen words


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
    """What visits found at other units with a name's words, in percent of the expected: the mean over the words.

    `prior` expected findings, in thousandths, are added to both sides for each word.
    """

    prior: int

    def values(self, moment: Moment) -> Ints:
        """Return percentages (百分比); −1 where no word stands in the name of another unit visited in three years."""
        evidence, findings = moment.evidence, moment.evidence.findings
        names = evidence.entities["name"]
        latin: dict[str, int] = {}
        place, said = _pairs(names, evidence.versions.earliest(findings.unit), latin)
        known, word = np.unique(said, return_inverse=True)
        visits = replace(findings, unit=findings.unit[place], day=findings.day[place], found=findings.found[place],
                         expected=findings.expected[place])  # fmt: skip
        many, visited = len(known) + 1, np.unique(findings.unit)
        own = visits.unit * many + word
        days = np.unique(moment.on)
        same = len(days) == 1  # everybody is asked about one day: each word is added up once
        everywhere = visits.sums(word, np.arange(len(known)), np.full(len(known), days[0])) if same else None
        result = np.full(len(moment.on), -1, dtype=np.int64)
        for start in range(0, len(result), CHUNK):
            part = slice(start, start + CHUNK)
            asked, said = _pairs(names, moment.first[part], latin, grow=False)
            spot = np.searchsorted(known, said)
            there = np.flatnonzero(known[np.minimum(spot, len(known) - 1)] == said) if len(known) else asked[:0]
            asked, asked_word = asked[there], spot[there]
            on, unit = moment.on[part][asked], moment.unit[part][asked]
            found, expected = (
                (everywhere[0][asked_word], everywhere[1][asked_word])
                if everywhere is not None
                else visits.sums(word, asked_word, on)
            )
            mine = np.flatnonzero(np.isin(unit, visited))
            part_own = visits.sums(own, unit[mine] * many + asked_word[mine], on[mine])
            found[mine] -= part_own[0]
            expected[mine] -= part_own[1]
            result[part] = self._mean(found, expected, asked, len(result[part]))
        return result

    def _mean(self, found: Ints, expected: Ints, question: Ints, size: int) -> Ints:
        prior = sum(weight for _, weight in WINDOWS) * self.prior
        told = np.flatnonzero(expected > 0)
        ratio = (100 * (found[told] + prior)) // (expected[told] + prior)
        ends = np.searchsorted(question[told], np.arange(size + 1))
        total = np.concatenate(([0], np.cumsum(ratio)))
        count = np.diff(ends)
        return np.where(count > 0, (total[ends[1:]] - total[ends[:-1]]) // np.maximum(count, 1), -1)


def _pairs(names: pd.Series, row: Ints, latin: dict[str, int], *, grow: bool = True) -> tuple[Ints, Ints]:
    """Return (place, word) for every word of each row's name, places ascending; a name counts a word once.

    Two characters are a word by their places in the alphabet; runs of letters are numbered in `latin` behind them, new
    ones join it or, with `grow` off, are left out.
    """
    place, word = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for start in range(0, len(row), CHUNK):
        some = row[start : start + CHUNK]
        letters = names.array.take(some, allow_fill=True).fillna("").to_numpy(dtype=np.str_)
        codes = letters.view(np.uint32).reshape(len(some), -1)
        sort = _SORTS[codes]
        chinese = sort == CHINESE
        strange = np.flatnonzero((sort == STRANGE).any(axis=1))
        numbers = codes.astype(np.int64) - FIRST
        pairs = np.where(chinese[:, 1:] & chinese[:, :-1], numbers[:, :-1] * WIDE + numbers[:, 1:], -1)
        pairs[strange] = -1
        pairs.sort(axis=1)
        fresh = pairs >= 0
        fresh[:, 1:] &= pairs[:, 1:] != pairs[:, :-1]
        at, column = np.nonzero(fresh)
        others = [(one, _number(text, latin, grow=grow)) for one in strange.tolist() for text in words(letters[one])]
        more = np.array([pair for pair in others if pair[1] >= 0], dtype=np.int64).reshape(-1, 2)
        at, found = np.concatenate((at, more[:, 0])), np.concatenate((pairs[at, column], more[:, 1]))
        order = np.argsort(at, kind="stable") if len(more) else slice(None)
        place.append(at[order] + start)
        word.append(found[order])
    return np.concatenate(place), np.concatenate(word)


def _number(text: str, latin: dict[str, int], *, grow: bool) -> int:
    """A word's number: of two Chinese characters by their places, of letters as it comes."""
    if text >= "\u4e00":
        return (ord(text[0]) - FIRST) * WIDE + ord(text[1]) - FIRST
    return latin.setdefault(text, WIDE * WIDE + len(latin)) if grow else latin.get(text, -1)
