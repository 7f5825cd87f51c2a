"""Messages for users (用户提示文字): one file a stage, Chinese first, English second."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache


@cache
def table() -> dict[str, tuple[str, str]]:
    """Return every message (全部提示文字): code → (Chinese template, English template)."""
    merged: dict[str, tuple[str, str]] = {}
    for module in pkgutil.iter_modules(__path__):
        merged.update(importlib.import_module(f"{__name__}.{module.name}").TEXTS)
    return merged


def say(code: str, lang: str = "zh", **params: object) -> str:
    """Return one message in a language (一条提示文字).

    `lang` is "zh" or "en"; `params` fill the template's fields. An unknown code raises KeyError.
    """
    zh, en = table()[code]
    return (en if lang == "en" else zh).format(**params)
