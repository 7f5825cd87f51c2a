"""Two languages on a page (页面的两种语言): both stand in it, and the switch at its top shows one of them.

What the site itself says is written in both (`both`, `said`, `label`). What comes from the round in Chinese words is
said in English where a code list or a message knows it (`Words`); names, addresses, titles of law and whatever else
an office wrote stay as they are, and are marked as Chinese (`own`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape

from supervision.messages import catalogue

NO_NAMES: Mapping[str, str] = MappingProxyType({})
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
SPAN = Markup('<span class="zh">{}</span><span class="tr" lang="en">{}</span>')
DRAWN = Markup('<tspan class="zh">{}</tspan><tspan class="tr" lang="en">{}</tspan>')
DRAWN_OWN = Markup('<tspan class="own" lang="zh-CN">{}</tspan>')
OWN = Markup('<span class="own" lang="zh-CN">{}</span>')
LABEL = Markup('data-label="{}" data-en="{}"')
ARIA = Markup('aria-label="{} {}"')
FIXED = (
    *("regime.", "access.", "kind.", "ratio.", "population.", "estimate.", "stage.", "report."),
    *("correction.category", "correction.inspected_on", "correction.not_public"),
)
"""Beginnings of the messages whose Chinese words stand in the data of a round."""
FILLED = {
    "notice.population.=": "column",
    "notice.population.!=": "column",
    "notice.population.^=": "column",
    "notice.population.>=": "column",
    "notice.population.<=": "column",
    "notice.ratio.count": "",
    "notice.item_by_method": "method",
    "notice.annual.months": "",
    "notice.correction.words": "field",
}
"""Messages with fields that stand there as well, and the field that must be known, so that no name is taken for one."""
JOINED = (("；", "; "), ("，", ", "))
LISTED = ("、", ", ")


def both(zh: object, en: object) -> Markup:
    """Return words in both languages (双语文字), of which the page shows one."""
    return SPAN.format(zh, en)


def said(code: str, **params: Any) -> Markup:
    """Return a message in both languages (双语提示)."""
    return both(*(words.format(**params) for words in catalogue("notice")[code]))


def own(text: object) -> Markup:
    """Return a name as it is (原文), marked as Chinese where it is."""
    return OWN.format(text) if HAN.search(str(text)) else escape(text)


def label(zh: str, en: str) -> Markup:
    """Return what a cell is called on a phone (手机版列名), in both languages."""
    return LABEL.format(zh, en)


def aria(zh: str, en: str) -> Markup:
    """Return the name of a part for who does not see it (无障碍名称): attributes have no switch, so in both."""
    return ARIA.format(zh, en)


class Words:
    """What a round says in Chinese words, in English (数据用语的英文); `names`: Chinese → English of code lists."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = {**_fixed(), **{zh: en for zh, en in names.items() if zh != en}}

    def both(self, text: str) -> Markup:
        """Return a text in both languages where its English is known (双语), else as it is."""
        english = self.english(text)
        return own(text) if english is None else both(text, english)

    def drawn(self, text: str, most: int, most_en: int) -> Markup:
        """Return the same for a chart (图中文字), cut to so many characters."""
        english = self.english(text)
        if english is None:
            return DRAWN_OWN.format(_cut(text, most))
        return DRAWN.format(_cut(text, most), _cut(english.striptags(), most_en))

    def english(self, text: str) -> Markup | None:
        """Return a text in English (英文), parts of it that are names as they are; None where nothing is known."""
        if text in self._names:
            return escape(self._names[text])
        if not HAN.search(text):
            return escape(text)
        for mark, joined in JOINED:
            if mark in text:
                return self._listed(text.split(mark), joined)
        for pattern, words, known in _patterns():
            found = pattern.fullmatch(text)
            if found and (not known or self.english(found[known]) is not None):
                return escape(words).format(**{name: self._piece(part) for name, part in found.groupdict().items()})
        mark, joined = LISTED
        return self._listed(text.split(mark), joined) if mark in text else None

    def _listed(self, parts: list[str], joined: str) -> Markup | None:
        if all(self.english(part) is None for part in parts):
            return None
        return escape(joined).join(self._piece(part) for part in parts)

    def _piece(self, text: str) -> Markup:
        found = self.english(text)
        return own(text) if found is None else found


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


@cache
def _fixed() -> dict[str, str]:
    """Return the messages without fields that stand in data (固定用语)."""
    return {zh: en for code, (zh, en) in _told(FIXED) if "{" not in zh and code}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Return the messages with fields as patterns (含参数用语): pattern, English words, field that must be known."""
    found = []
    for code, known in FILLED.items():
        zh, en = catalogue("notice")[code]
        text = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(zh))
        found.append((re.compile(text, re.DOTALL), en, known))
    return tuple(found)


def _told(beginnings: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, str]]]:
    for code, words in catalogue("notice").items():
        if code.removeprefix("notice.").startswith(beginnings):
            yield code, words
