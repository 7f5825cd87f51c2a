"""Scripts of the citizens' pages (公众页面脚本): search, my enterprise, filter of results, switch of language."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def joined(*names: str) -> str:
    """Return scripts one after the other (合并脚本): plain functions of one scope, no modules, no bundler."""
    folder = files(__package__) / "citizen"
    return '"use strict";\n' + "\n".join((folder / f"{name}.js").read_text(encoding="utf-8") for name in names)
