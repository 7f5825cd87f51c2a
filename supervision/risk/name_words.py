"""Words of names (名称用字): what visits found at other units whose names share words with a unit's.

A name often tells the trade better than the industry's code. Words are runs of Latin letters and every two Chinese
characters that follow each other.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from supervision.risk.coded_registers import texts_of
from supervision.risk.dated_rows import Ints
from supervision.risk.findings import Findings, percent
from supervision.risk.peer_rates import Others
from supervision.risk.snapshot import Evidence, Moment
from supervision.spare_memory import give_back_beside

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
    """What visits found at other units with a name's words (名称用字问题指数): 100 is as usual."""

    prior: int
    source: str = "entities.name, history"
    months: ClassVar[int] = 36

    def values(self, moment: Moment) -> Ints:
        """Return the indices (指数); −1 where no word stands in the name of another unit visited in three years."""
        names, words = moment.evidence.entities["name"], self.ready(moment.evidence)
        return words.index(names, asked=moment.first, unit=moment.unit, on=moment.on, prior=self.prior)

    def ready(self, evidence: Evidence) -> NameWords:
        """Return the words as all questions share them (备好的用字), made once."""
        return evidence.kept(self, lambda: self.words(evidence))

    def words(self, evidence: Evidence) -> NameWords:
        """Return what visits found under the words of their units' names (各用字的检查)."""
        peers = evidence.peers
        return NameWords.of(peers, evidence.entities["name"], evidence.versions.earliest(peers.unit))


def name_index(findings: Findings, names: pd.Series, row: Ints, *, asked: Ints, unit: Ints, on: Ints,
               prior: int) -> Ints:  # fmt: skip
    """Return the index of findings at names with the same words (名称用字问题指数), int64 (questions,).

    Each word says what other units' visits found, in percent of the expected and drawn towards 100 by `prior`
    thousandths; what the words say above or below 100 is added up, for most words of a name say nothing and a mean
    would drown the one that does. 100 is as usual, never below 0; −1 where no word is known of others.

    Parameters
    ----------
    findings : Findings
        The visits.
    names : pandas.Series of str
        Names.
    row : array
        The row in `names` of each visit's unit, (visits,), −1 without a name.
    asked, unit, on : array
        The questions: the row of a name, its unit's code, which is left out, and a day number.
    prior : int
        Thousandths of a finding.
    """
    return NameWords.of(findings, names, row).index(names, asked=asked, unit=unit, on=on, prior=prior)


@dataclass(frozen=True, kw_only=True)
class NameWords:
    """The words of visited units' names (受检单位名称用字): `known` ascending; others' findings by place among them.

    `latin` numbers the runs of letters among them.
    """

    known: Ints
    latin: Mapping[str, int]
    others: Others

    @classmethod
    def of(cls, findings: Findings, names: pd.Series, row: Ints) -> NameWords:
        """Take the words of names (取用字): `row` in `names` of each visit's unit, −1 without a name."""
        latin: dict[str, int] = {}
        place, said = _pairs(names, row, latin)
        codes, found = pd.factorize(said)  # a city's visits have millions of words, but few different ones
        order = np.argsort(found)
        ranks = np.empty(len(found), dtype=np.int64)
        ranks[order] = np.arange(len(found))
        many, findings, word = len(said), findings.at(place), ranks[codes]
        del place, said, codes
        give_back_beside(many)
        return cls(known=found[order], latin=latin, others=Others.of(findings, word))

    @classmethod
    def among(cls, known: Ints, latin: Mapping[str, int], findings: Findings, names: pd.Series, row: Ints) -> NameWords:
        """Take known words alone (只取已知用字); others as of `of`."""
        place, said = _pairs(names, row, dict(latin), grow=False)
        word = np.searchsorted(known, said)
        there = np.flatnonzero(np.append(known, -1)[word] == said)
        others = Others.of(findings.at(place[there]), word[there].astype(np.int64, copy=False))
        return cls(known=known, latin=latin, others=others)

    def index(self, names: pd.Series, *, asked: Ints, unit: Ints, on: Ints, prior: int) -> Ints:
        """Return the index of each question (名称用字问题指数), arguments as of `name_index`."""
        result = np.full(len(on), -1, dtype=np.int64)
        for start in range(0, len(result), CHUNK):
            part = slice(start, start + CHUNK)
            question, said = _pairs(names, asked[part], dict(self.latin), grow=False)
            word = np.searchsorted(self.known, said)
            there = np.flatnonzero(np.append(self.known, -1)[word] == said)
            question, word = question[there], word[there]
            told = self.others.asked(word, unit[part][question], on[part][question])
            result[part] = _added(percent(*told, prior), question, len(result[part]))
        return result


def _added(ratio: Ints, question: Ints, size: int) -> Ints:
    """What the words of each name say above or below 100 added up (各词偏离之和), −1 where no word tells anything."""
    told = np.flatnonzero(ratio >= 0)
    index = np.full(size, 100, dtype=np.int64)
    np.add.at(index, question[told], ratio[told] - 100)
    return np.where(np.bincount(question[told], minlength=size) > 0, np.maximum(index, 0), -1)


def _pairs(names: pd.Series, row: Ints, latin: dict[str, int], *, grow: bool = True) -> tuple[Ints, Ints]:
    """Return (place, word) for every word of each row's name, places ascending; a name counts a word once.

    Two characters are a word by their places in the alphabet; runs of letters are numbered in `latin` behind them, new
    ones join it or, with `grow` off, are left out.
    """
    place, word = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for start in range(0, len(row), CHUNK):
        texts = texts_of(pd.Series(names.array.take(row[start : start + CHUNK], allow_fill=True))).fill_null("")
        codes = _letters(texts)
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
        others = [
            (one, _number(text, latin, grow=grow)) for one in strange.tolist() for text in words(texts[one].as_py())
        ]
        more = np.array([pair for pair in others if pair[1] >= 0], dtype=np.int64).reshape(-1, 2)
        at, found = np.concatenate((at, more[:, 0])), np.concatenate((pairs[at, column], more[:, 1]))
        order = np.argsort(at, kind="stable") if len(more) else slice(None)
        place.append(at[order] + start)
        word.append(found[order])
    return np.concatenate(place), np.concatenate(word)


def _letters(texts: pa.Array) -> NDArray[np.uint32]:
    """The letters of texts as numbers, uint32 (texts, longest): a row a text, 0 behind its end.

    All are filled up to one length and read from one another's end, without an object for each text.
    """
    longest = max(1, pc.max(pc.utf8_length(texts)).as_py() or 0)
    filled = pc.utf8_rpad(texts, width=longest, padding="\0")
    _, ends, letters = filled.buffers()
    first, *_, last = np.frombuffer(ends, dtype=np.int64)[filled.offset : filled.offset + len(filled) + 1]
    whole = bytes(memoryview(letters)[first:last]).decode() if letters is not None else ""
    return np.frombuffer(whole.encode("utf-32-le"), dtype="<u4").reshape(len(texts), longest)


def _number(text: str, latin: dict[str, int], *, grow: bool) -> int:
    """A word's number: of two Chinese characters by their places, of letters as it comes."""
    if text >= "\u4e00":
        return (ord(text[0]) - FIRST) * WIDE + ord(text[1]) - FIRST
    return latin.setdefault(text, WIDE * WIDE + len(latin)) if grow else latin.get(text, -1)
