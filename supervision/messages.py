"""Messages for users (用户提示): a code with parameters; its words stand in `texts.py` of its package, Chinese first.

The first word of a code is the package that says it: "store.busy" stands in supervision/store/texts.py, and
"canonical.hash", of a module that is no package, in supervision/texts.py.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePath
from typing import NamedTuple

LONGEST_PART = 2_000
SHOWN_END = 100
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
JOINED = {"zh": "；", "en": "; "}
LISTED = {"zh": "、", "en": ", "}


class Label(NamedTuple):
    """A name in both languages (中英文名称): of a register, a column, a form, a code."""

    zh: str
    en: str

    def text(self, lang: str = "zh") -> str:
        """Return the name in "zh" or "en" (名称)."""
        return self.en if lang == "en" else self.zh

    @property
    def both(self) -> list[str]:
        """The name in Chinese and in English (中英文), for a file that keeps it."""
        return [self.zh, self.en]


@dataclass(frozen=True)
class Message:
    """One sentence for a user (一条提示), not yet in any language.

    `params` fill the fields of its words; a parameter may be a message or a label itself, or a tuple of either:
    messages are said one after the other, labels listed.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, code: str, **params: object) -> Message:
        """Return the message of a code (生成提示)."""
        return cls(code, params)

    def text(self, lang: str = "zh") -> str:
        """Return the sentence in "zh" or "en" (提示句)."""
        zh, en = catalogue(self.code.partition(".")[0])[self.code]
        said = {name: _said(value, lang) for name, value in self.params.items()}
        return (en if lang == "en" else zh).format(**said)

    @property
    def both(self) -> list[str]:
        """The sentence in Chinese and in English (中英文), for a file that keeps it."""
        return [self.text("zh"), self.text("en")]

    def __str__(self) -> str:
        return self.text()

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted((name, repr(value)) for name, value in self.params.items()))))


def _said(value: object, lang: str) -> object:
    """Return a parameter as the words show it (参数文字)."""
    if isinstance(value, Message | Label):
        return value.text(lang)
    if isinstance(value, tuple) and value and all(isinstance(part, Message | Label) for part in value):
        mark = JOINED if all(isinstance(part, Message) for part in value) else LISTED
        return mark[lang].join(part.text(lang) for part in value)
    return _shown(value)


def _shown(value: object) -> object:
    """Return a parameter that a screen can show (可显示的文字): what is too long is cut in the middle.

    Characters that steer a terminal, turn the direction of writing or are half of one are written out: they come from
    files that anybody may have made.
    """
    plain = isinstance(value, int) and value.bit_length() < 256
    if plain or not isinstance(value, int | str | bytes | list | tuple | dict | PurePath | Exception):
        return value
    text = hex(value) if isinstance(value, int) else str(value)
    if isinstance(value, PurePath):  # a name is on one line
        text = text.replace("\n", "\\n")
    if len(text) > LONGEST_PART:
        text = f"{text[: LONGEST_PART - SHOWN_END]}…{text[-SHOWN_END:]}"
    return _UNSHOWN.sub(lambda found: ascii(found[0])[1:-1], text)


@cache
def catalogue(package: str) -> dict[str, tuple[str, str]]:
    """Return the words of a package (提示文字表): code → (Chinese template, English template).

    `package` is the first word of a code; modules that are no package share supervision/texts.py.
    """
    name = f"supervision.{package}"
    spec = importlib.util.find_spec(name)
    own = spec is not None and spec.submodule_search_locations is not None
    texts: dict[str, tuple[str, str]] = importlib.import_module(f"{name}.texts" if own else "supervision.texts").TEXTS
    return texts


def say(code: str, lang: str = "zh", **params: object) -> str:
    """Return the words of a code in a language (取文字): for labels, which are no messages of their own."""
    return Message(code, params).text(lang)
