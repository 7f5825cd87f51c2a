"""Conventions (读取约定): on which terms the cells of a file are read, and what may be told of a good cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from supervision.law.code_lists import CodeLists

Plain = str | date | int | float | bool | None


@dataclass(frozen=True, kw_only=True)
class Conventions:
    """What a reader of cells has to know of their file (读取约定).

    `lists` are the code lists; with `own_ids` units may have ids of the city's own making.
    """

    lists: CodeLists
    own_ids: bool = False


@dataclass(frozen=True)
class Noted:
    """The value of a good cell of which the user should know something (附说明的值): `note` is a message's code."""

    value: Plain
    note: str


Value = Plain | Noted
