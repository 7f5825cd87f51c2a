"""Texts with fields (带字段的文字): how templates are read and filled, for Word and PDF alike.

Templates come from offices: they are filled in a sandbox, and a field that does not exist is an error that names it,
never an empty place on a paper.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

# characters that XML does not allow; a line break and a tab are
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class _Unknown(StrictUndefined):
    """A field that does not exist: its error's message is its name alone."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


WORD = SandboxedEnvironment(undefined=_Unknown, autoescape=True)
PLAIN = SandboxedEnvironment(undefined=_Unknown, autoescape=False)


@cache
def plain(text: str) -> Template:
    """Return a text of ours, ready to be filled (编译文字)."""
    return PLAIN.from_string(text)


def clean(values: Mapping[str, object]) -> dict[str, object]:
    """Return values that any file may hold (清理取值): characters that XML forbids become a replacement mark."""
    return {name: _clean(value) for name, value in values.items()}


def _clean(value: object) -> object:
    if isinstance(value, str):
        return _FORBIDDEN.sub("\ufffd", value)
    if isinstance(value, list):
        return [clean(one) for one in value]
    return value
