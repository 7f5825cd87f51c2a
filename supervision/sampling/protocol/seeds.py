"""Public sources and seeds (随机源与种子): draw protocol 2, sections 4 and 7; key strings as in RFC 3797, section 4."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from supervision.canonical import digest
from supervision.errors import SupervisionError
from supervision.sampling.bytes.identifiers import check_name

KINDS = ("set", "sequence", "number")
LAST_BITS = 20
ALL_BITS = 40
FIRST = b"supervision-draw/2\x00"
SECOND = b"supervision-roster/2\x00"
HIGHEST = 1 << 31
MOST_VALUES = 1_000  # of one source: two people type them
_SPLIT = re.compile(r"[\s,，、;；+]+")
_NUMBER = re.compile(r"[0-9]{1,9}")

Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Source:
    """A public source of randomness (随机源): `count` integers in [low, high] that become known at `at`.

    `kind` is "set" (distinct, order without meaning), "sequence" or "number" (one). `at` is ISO text with +08:00, the
    time that the organiser had announced for the `issue` (期号); held later, its values still count.
    """

    name: str
    issue: str
    kind: str
    count: int
    low: int
    high: int
    at: str

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Source:
        """Return the source that a commitment lists (从承诺文件读取); missing or extra fields raise."""
        name = entry.get("name", "?") if isinstance(entry, Mapping) else entry
        try:
            found = cls(**entry)
        except TypeError as error:
            raise SupervisionError("sampling.source_fields", name=name, reason=str(error)) from error
        if not all(isinstance(text, str) for text in (found.name, found.issue, found.kind, found.at)):
            raise SupervisionError("sampling.source_fields", name=name, reason="name issue kind at")
        found.check()
        return found

    def as_json(self) -> dict[str, str | int]:
        """Return the entry of the commitment (承诺文件中的一项)."""
        return asdict(self)

    @property
    def time(self) -> datetime:
        """The moment at which the values become known (开奖时间)."""
        return datetime.fromisoformat(self.at)

    @property
    def outcomes(self) -> int:
        """How many equally likely results there are (可能结果数)."""
        span = self.high - self.low + 1
        return math.comb(span, self.count) if self.kind == "set" else span**self.count

    def check(self) -> None:
        """Check kind, count, range and times (校验随机源)."""
        check_name(self.name, what="source")
        whole = all(type(value) is int for value in (self.count, self.low, self.high))
        ranged = whole and 1 <= self.count <= MOST_VALUES and 0 <= self.low < self.high < HIGHEST
        if self.kind not in KINDS or not ranged or (self.kind == "number") != (self.count == 1) or self.outcomes < 1:
            raise SupervisionError("sampling.source_shape", name=self.name, kind=self.kind, count=self.count)
        check_name(self.issue, what="issue")
        moment(self.at, name=self.name)

    @property
    def event(self) -> tuple[str, str, int, int, int]:
        """What no two sources of a round may share (信源事件): issue, kind, count, low, high."""
        return self.issue, self.kind, self.count, self.low, self.high

    def numbers(self, announced: Sequence[str]) -> list[int]:
        """Return the announced texts as integers in the order of the key string (公布值): sets ascending."""
        if len(announced) != self.count:
            raise SupervisionError("sampling.value_count", name=self.name, count=self.count, found=len(announced))
        wrong = [text for text in announced if not _NUMBER.fullmatch(text) or not self.low <= int(text) <= self.high]
        if wrong:
            raise SupervisionError("sampling.value", name=self.name, value=wrong[0], low=self.low, high=self.high)
        found = [int(text) for text in announced]
        if self.kind == "set" and len(set(found)) != len(found):
            raise SupervisionError("sampling.value_twice", name=self.name, value=" ".join(announced))
        return sorted(found) if self.kind == "set" else found


def moment(text: str, *, name: str) -> datetime:
    """Return a time written as 2026-12-03T21:15:00+08:00 (时间), else raise naming the source."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise SupervisionError("sampling.source_time", name=name, value=text) from error
    if found.utcoffset() != timedelta(hours=8) or found.isoformat(timespec="seconds") != text:
        raise SupervisionError("sampling.source_time", name=name, value=text)
    return found


def parse_values(text: str) -> list[str]:
    """Return the texts of announced values (读取公布值): "6,9,14", "06 09 14" or "6、9、14", kept as announced.

    >>> parse_values("06 09, 14")
    ['06', '09', '14']
    """
    return [part for part in _SPLIT.split(text.strip()) if part]


def check_sources(sources: Sequence[Source], *, committed_at: str | None = None, interval_hours: int = 0) -> None:
    """Check the list of a commitment (校验随机源清单): names, events, order of `at`, entropy of the last and of all.

    With `committed_at`, every source must be at least `interval_hours` later; a rehearsal passes None.
    """
    if not sources or len({source.name for source in sources}) != len(sources):
        raise SupervisionError("sampling.source_names", names=" ".join(source.name for source in sources))
    for source in sources:
        source.check()
    events = [source.event for source in sources]
    for place, event in enumerate(events):
        if event in events[:place]:
            raise SupervisionError("sampling.source_reused", name=sources[place].name, issue=event[0])
    for before, after in itertools.pairwise(sources):
        if after.time < before.time:
            raise SupervisionError("sampling.source_order", name=after.name, before=before.name)
    last = [source for source in sources if source.time == sources[-1].time]
    if math.prod(source.outcomes for source in last) < 1 << LAST_BITS:
        names = " ".join(source.name for source in last)
        raise SupervisionError("sampling.entropy_last", names=names, bits=LAST_BITS)
    if math.prod(source.outcomes for source in sources) < 1 << ALL_BITS:
        names = " ".join(source.name for source in sources)
        raise SupervisionError("sampling.entropy_all", names=names, bits=ALL_BITS)
    if committed_at is not None:
        earliest = moment(committed_at, name="committed_at") + timedelta(hours=interval_hours)
        early = [source for source in sources if source.time < earliest]
        if early:
            raise SupervisionError("sampling.too_early", name=early[0].name, at=early[0].at, hours=interval_hours)


def plain_values(source: Source, announced: Sequence[str]) -> list[str]:
    """Return announced values as reveal.json writes them (规范数值): decimal without leading zeros, sets sorted."""
    return [str(number) for number in source.numbers(announced)]


def key_string(sources: Sequence[Source], values: Values) -> str:
    """Return the key string (密钥串): each value without leading zeros and a ".", each source ended by "/".

    Values without a source, or a source without values, raise naming it.
    """
    names = {source.name for source in sources}
    unknown = sorted(set(values) - names)
    if unknown:
        raise SupervisionError("sampling.source_unknown", name=unknown[0], known=" ".join(sorted(names)))
    missing = [source.name for source in sources if source.name not in values]
    if missing:
        raise SupervisionError("sampling.source_missing", name=missing[0])
    return "".join("".join(f"{number}." for number in source.numbers(values[source.name])) + "/" for source in sources)


def seed1(commitment: bytes, key: str, *, hash_name: str) -> bytes:
    """Return the seed of the first draw (第一次抽取的种子); `commitment` = H of commitment.json, 32 bytes."""
    return digest(hash_name, FIRST, commitment, key.encode())


def seed2(commitment2: bytes, first: bytes, key: str, *, hash_name: str) -> bytes:
    """Return the seed of the second draw (第二次抽取的种子); `first` is seed1, `key` its own key string."""
    return digest(hash_name, SECOND, commitment2, first, key.encode())
