"""Header words (列名): which column of a register a header means, however it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from supervision.directory.checking.amounts import unit_of_header
from supervision.directory.register import Column, Register
from supervision.law.code_lists import normal

OWN = frozenset({"行号", "原因", "序号", "line", "reason", "no", "no."})
BRACKETED = 1000
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ESCAPED_BREAK = re.compile(r"_x000[DA]_", re.IGNORECASE)
_MARKS = re.compile(r"[*]|\((?:必填|选填|可不填|可多选|多选|required|optional)\)|^\((?:必填|选填)\)")
_AROUND = re.compile(r"^[\[【〔《<“\"'](.+)[\]】〕》>”\"']$|^\((.+)\)$")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>")
_OTHER_THING = re.compile(r"曾用|原名|旧|英文|拼音|变更|备用|第二|其他|上级|former|old|english|other|previous")


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What a header means (列名含义): `rank` tells which of several columns goes first.

    0 for a column's own name, then its aliases in the order of the register, from `BRACKETED` on those that are known
    only without what stands in brackets.
    """

    column: Column
    rank: int


def header_key(header: str) -> str:
    """Return a header as headers are compared (表头比对用写法): no white space, marks, width or case."""
    return _MARKS.sub("", normal(_INVISIBLE.sub("", _ESCAPED_BREAK.sub("", header)))).rstrip(":")


def meaning(definition: Register, header: str) -> Meaning | None:
    """Return what a header means (识别列名), or None.

    Brackets around it and remarks in brackets are passed over, unless they make another thing of it, such as
    企业名称（曾用名）, or another unit that amounts are not known in, such as 注册资本（美元）.
    """
    return _meaning(definition, header)


@lru_cache(maxsize=8192)
def _meaning(definition: Register, header: str) -> Meaning | None:
    key = header_key(header)
    if key not in definition.headers and unit_of_header(key) is not None:  # a unit that stands beside the header
        key = next((bare for bare in [_BRACKETS.sub("", key)] if bare in definition.headers), key)
    if key in definition.headers:
        name = definition.headers[key]
        return Meaning(column=definition.column(name), rank=0) if name else None
    found = _by_its_words(definition, key)
    return None if found and found.column.name in definition.headers.values() else found


def _by_its_words(definition: Register, key: str) -> Meaning | None:
    """Return what a header means by the words of the register (按登记表用语识别)."""
    known = _meanings(definition)
    if key in known:
        return known[key]
    if around := _AROUND.match(key):
        key = next(part for part in around.groups() if part)
        if key in known:
            return known[key]
    bare = _BRACKETS.sub("", key)
    if bare not in known or _OTHER_THING.search(key):
        return None
    column, rank = known[bare].column, known[bare].rank
    if column.unit and column.unit not in key and unit_of_header(key) is None:
        return None
    return Meaning(column=column, rank=BRACKETED + rank)


@lru_cache(maxsize=64)
def _meanings(definition: Register) -> dict[str, Meaning]:
    """Return header key → what it means (表头含义): own names before aliases, where two columns claim one word."""
    found: dict[str, Meaning] = {}
    for own in (True, False):
        for column in (*definition.columns, *definition.private):
            words = (column.name, column.zh, column.en) if own else column.aliases
            for place, word in enumerate(words):
                found.setdefault(header_key(word), Meaning(column=column, rank=0 if own else 1 + place))
    return found
