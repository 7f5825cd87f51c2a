"""The index of what rounds publish of units (检索索引): small files that a page loads one by one, by name or code.

A page opened from a file may fetch nothing, but it may load scripts: each file of the index calls `shard(kind, key,
value)`. Units stand in the order of their codes, `SHARD` to a file; `index.js` tells each file's first code. Names are
looked up by pairs of neighbouring characters (bigrams): a pair's file lists the places of the units that have it, as
differences. A pair that very many units have tells nothing, so that its places are left out.

Only what stands in the public folders comes in here: what has left a round's pages has left the index with them.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from supervision.notice.site.languages import HAN, Words

FOLDER = "search"
SHARD = 100
COMMON = 5000
WORD_BYTES = 2**16
DROPPED = "()[]{}<>《》〈〉【】「」“”‘’\"'`·・.,，。、;；:：!！?？-—–_/\\&|*+~#"
RESULT_FIELDS = (
    *("agency", "office", "item", "tasks", "inspected_on", "category"),
    *("follow_up", "due", "published_on", "corrected_on", "correction"),
)
CORRECTION_FIELDS = ("corrected_on", "agency", "item", "field", "old", "new", "reason")
TASK_FIELDS = (
    *("name", "number", "cause", "regime", "lead", "partners", "start", "end", "population", "ratio", "items"),
    "access",
)
SAID_OF_TASKS = ("regime", "lead", "partners", "population", "ratio")
ITEM_FIELDS = ("name", "department", "kind", "basis", "method", "content")


@dataclass(frozen=True, kw_only=True)
class PublishedRound:
    """What a round's public folder says (一轮已公示的内容): rows as in plan.json, draw.json and results.json.

    `english`: names of categories, follow-ups, departments and districts → the same in English.
    """

    round: str
    rehearsal: bool
    stage: str
    tasks: Sequence[Mapping[str, Any]]
    items: Sequence[Mapping[str, Any]]
    lists: Sequence[Mapping[str, Any]]
    results: Sequence[Mapping[str, Any]]
    corrections: Sequence[Mapping[str, Any]]
    english: Mapping[str, str] = field(default_factory=dict)


class SearchIndex:
    """Collects what rounds publish of units (检索索引): `add` each round, from old to new, then take `files`.

    Of a round no more is kept than the index says, so that the rounds need not fit into memory together.
    """

    def __init__(self) -> None:
        self._rounds: list[dict[str, Any]] = []
        self._about: dict[str, bytes] = {}
        self._names: dict[str, dict[str, None]] = {}
        self._units: dict[str, dict[int, list[list[Any]]]] = {}
        self.english: dict[str, str] = {}

    def add(self, one: PublishedRound) -> None:
        """Add a round (计入一轮)."""
        number = len(self._rounds)
        self._rounds.append({"round": one.round, "rehearsal": one.rehearsal, "stage": one.stage})
        self._about[one.round] = _file("round", one.round, _about(one))
        self.english.update({**one.english, **_said_in_english(one)})
        for row in one.lists:
            self._entry(number, row)[0].append(row["task_id"])
        for row in one.results:
            self._entry(number, row)[1].append(_taken(row, RESULT_FIELDS))
        for row in one.corrections:
            self._entry(number, row)[2].append(_taken(row, CORRECTION_FIELDS))

    def _entry(self, number: int, row: Mapping[str, Any]) -> list[list[Any]]:
        code = row["unit_id"]
        known = self._names.setdefault(code, {})
        if row["name"]:
            self._names[code] = {row["name"]: None, **known}
        return self._units.setdefault(code, {}).setdefault(number, [[], [], []])

    def _listed(self) -> list[list[Any]]:
        """Return units by code: [code, names with the newest first, [[round, tasks, results, corrections] …]]."""
        ordered = sorted(self._units, key=lambda code: (code.upper(), code))
        return [
            [code, list(self._names[code]), [[number, *parts] for number, parts in self._units[code].items()]]
            for code in ordered
        ]

    def files(self) -> dict[str, bytes]:
        """Return the files of the index (检索索引文件), the same bytes every time."""
        units = self._listed()
        files: dict[str, bytes] = {}
        first: list[str] = []
        for number, start in enumerate(range(0, len(units), SHARD), 1):
            part = units[start : start + SHARD]
            first.append(str(part[0][0]).upper())
            files[f"{FOLDER}/units-{number}.js"] = _file("units", number, part)
        words = _words(units)
        for number, listed in enumerate(words):
            files[f"{FOLDER}/words-{number}.js"] = _file("words", number, listed)
        files |= {f"{FOLDER}/round-{name}.js": body for name, body in self._about.items()}
        told = {
            "dropped": DROPPED,
            "english": self.english,
            "first": first,
            "results": RESULT_FIELDS,
            "corrections": CORRECTION_FIELDS,
            "rounds": self._rounds,
            "shard": SHARD,
            "units": len(units),
            "words": len(words),
        }
        return {f"{FOLDER}/index.js": _file("index", 0, told), **files}


def folded(text: str, dropped: str = DROPPED) -> str:
    """Return a name as it is compared (比对用名称): one form of width and case, no marks, no spaces.

    >>> folded("苏州（Abc）１号 店")
    '苏州ABC1号店'
    """
    plain = unicodedata.normalize("NFKC", text).upper().translate(dict.fromkeys(map(ord, dropped)))
    return "".join(plain.split())


def bucket(word: str, count: int) -> int:
    """Return in which of `count` files a word stands (所在分片); the page computes the same.

    >>> bucket("州食", 8)
    1
    """
    found = 0
    for mark in word:
        found = (found * 31 + ord(mark)) % 2**32
    return found % count


def script_text(value: Any) -> str:
    """Return a value as a script holds it (脚本中的数据): no "<" as itself, no line end that old browsers trip over."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _file(kind: str, key: int | str, value: Any) -> bytes:
    return f"shard({json.dumps(kind)},{json.dumps(key)},{script_text(value)});\n".encode()


def _said_in_english(one: PublishedRound) -> dict[str, str]:
    """Return what a round says in Chinese words that are no names, in English (轮次用语的英文): text → English."""
    words = Words(one.english)
    places = ((one.tasks, SAID_OF_TASKS), (one.items, ("method",)), (one.results, ("correction",)))
    texts = [str(row.get(name) or "") for rows, names in places for row in rows for name in names]
    texts += [str(row.get(name) or "") for row in one.corrections for name in ("field", "old", "new")]
    found = {text: words.english(text) for text in dict.fromkeys(texts) if HAN.search(text)}
    return {text: english.striptags() for text, english in found.items() if english is not None}


def _taken(row: Mapping[str, Any], fields: Iterable[str]) -> list[str]:
    # a round that an earlier version published lacks the newer columns until it is published again
    return [str(row.get(name) or "") for name in fields]


def _words(units: Sequence[Sequence[Any]]) -> list[dict[str, list[int] | int]]:
    """Return the files of bigrams: each pair's places as differences, 0 where more than `COMMON` units have it."""
    places: dict[str, list[int]] = {}
    for place, unit in enumerate(units):
        for pair in sorted({pair for name in unit[1] for pair in _pairs(name)}):
            places.setdefault(pair, []).append(place)
    sizes = sum(8 + 3 * min(len(listed), COMMON) for listed in places.values())
    count = 1
    while count * WORD_BYTES < sizes:
        count *= 2
    files: list[dict[str, list[int] | int]] = [{} for _ in range(count)]
    for pair, listed in sorted(places.items()):
        differences = [listed[0], *(later - earlier for earlier, later in pairwise(listed))]
        files[bucket(pair, count)][pair] = 0 if len(listed) > COMMON else differences
    return files


def _pairs(name: str) -> Iterator[str]:
    for one, other in pairwise(folded(name)):
        yield one + other


def _about(one: PublishedRound) -> dict[str, Any]:
    """What the page says of a round's tasks and items: by task_id, and by the item's name."""
    return {
        "tasks": {row["task_id"]: {name: str(row.get(name) or "") for name in TASK_FIELDS} for row in one.tasks},
        "items": {row["name"]: {name: str(row.get(name) or "") for name in ITEM_FIELDS} for row in one.items},
    }
