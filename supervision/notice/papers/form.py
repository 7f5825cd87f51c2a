"""A form of a paper (文书式样), as its file in `forms/` describes it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from supervision.messages import Label
from supervision.notice.papers import forms as folder
from supervision.notice.papers.blocks import Block


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form (式样): `name` names its files; `kind` is what it is made for, a visit, a day or a task."""

    name: str
    kind: str
    title: Label
    wide: bool
    blocks: Sequence[Block]


@cache
def shipped_forms() -> tuple[Form, ...]:
    """Return the forms that come along (自带式样), sorted by name."""
    found = (importlib.import_module(f"{folder.__name__}.{one.name}") for one in pkgutil.iter_modules(folder.__path__))
    made = (Form(name=m.NAME, kind=m.KIND, title=m.TITLE, wide=m.WIDE, blocks=m.BLOCKS) for m in found)
    return tuple(sorted(made, key=lambda form: form.name))
