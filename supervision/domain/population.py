"""Populations (抽查对象范围): which units a task may draw from, as a condition text over the entities register.

Clauses joined by `;`, all must hold: `column op value[,value…]` with `=` (one of), `!=` (none of), `^=` (begins with
one of), `>=`, `<=`. `*` alone is everyone. Chinese punctuation is taken as well.

>>> str(Population.parse("type=企业；region^=3205；capital>=500"))
'type=企业;region^=3205;capital>=500'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.errors import SupervisionError

LISTS = ("tags",)
EVERYONE = "*"
_CLAUSE = re.compile(r"\s*([a-z_][a-z_0-9]*)\s*(!=|\^=|>=|<=|=)\s*(.+?)\s*")
_SPLIT = re.compile("[,，、]")
_TRUE = ("true", "yes", "1", "是")
_FALSE = ("false", "no", "0", "否")

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One condition (一个条件): `column`, `op`, `values`; `text` is what the user wrote."""

    column: str
    op: str
    values: tuple[str, ...]
    text: str

    def matches(self, entities: pd.DataFrame) -> Mask:
        """Return which rows fulfil the clause (是否符合): bool (N,); a missing value fulfils only `!=`.

        Of a column of categories only these are looked at, not every row.
        """
        if self.column not in entities.columns:
            raise SupervisionError("domain.clause_column", clause=self.text, column=self.column)
        column = entities[self.column]
        if isinstance(column.dtype, pd.CategoricalDtype):
            told = self._of(pd.Series(column.cat.categories))
            found: Mask = np.append(told, self.op == "!=")[column.cat.codes.to_numpy()]
            return found
        return self._of(column)

    def _of(self, column: pd.Series[Any]) -> Mask:
        if self.op in (">=", "<="):
            return self._compared(column)
        if self.op == "^=":
            return np.asarray(column.astype("str").str.startswith(self.values, na=False), dtype=np.bool_)
        if self.column in LISTS:
            found = _has_any(column, self.values)
        elif pd.api.types.is_bool_dtype(column.dtype):
            found = np.asarray(column.isin([self._truth(value) for value in self.values]), dtype=np.bool_)
        elif pd.api.types.is_numeric_dtype(column.dtype):
            found = np.asarray(column.isin([self._number(value) for value in self.values]), dtype=np.bool_)
        elif pd.api.types.is_datetime64_any_dtype(column.dtype):
            found = np.asarray(column.isin([self._day(value) for value in self.values]), dtype=np.bool_)
        else:
            found = np.asarray(column.isin(self.values), dtype=np.bool_)
        return ~found if self.op == "!=" else found

    def _compared(self, column: pd.Series[Any]) -> Mask:
        if pd.api.types.is_datetime64_any_dtype(column.dtype):
            bound: Any = self._day(self.values[0])
        elif pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype):
            bound = self._number(self.values[0])
        else:
            raise SupervisionError("domain.clause_order", clause=self.text, column=self.column)
        found = column >= bound if self.op == ">=" else column <= bound
        return np.asarray(found.fillna(False), dtype=np.bool_)

    def _truth(self, value: str) -> bool:
        if value.lower() not in _TRUE + _FALSE:
            raise SupervisionError("domain.clause_value", clause=self.text, value=value)
        return value.lower() in _TRUE

    def _number(self, value: str) -> float:
        try:
            return float(value)
        except ValueError as error:
            raise SupervisionError("domain.clause_value", clause=self.text, value=value) from error

    def _day(self, value: str) -> pd.Timestamp:
        try:
            return pd.Timestamp(date.fromisoformat(value))
        except ValueError as error:
            raise SupervisionError("domain.clause_value", clause=self.text, value=value) from error


@dataclass(frozen=True, kw_only=True)
class Population:
    """A condition on units (抽查对象范围): all `clauses` must hold; none means everyone."""

    clauses: tuple[Clause, ...]

    @classmethod
    def parse(cls, text: str, *, columns: Sequence[str] | None = None) -> Population:
        """Read a condition text (读取条件); errors name the clause. `columns`, where given, are those allowed."""
        if text.strip() == EVERYONE:
            return cls(clauses=())
        parts = [part for part in re.split("[;；]", text) if part.strip()]
        if not parts:
            raise SupervisionError("domain.clause", clause=text)
        clauses = tuple(_clause(part) for part in parts)
        unknown = [clause for clause in clauses if columns is not None and clause.column not in columns]
        if unknown:
            raise SupervisionError("domain.clause_column", clause=unknown[0].text, column=unknown[0].column)
        return cls(clauses=clauses)

    def matches(self, entities: pd.DataFrame) -> Mask:
        """Return which rows of the entities register belong (是否属于范围): bool (N,)."""
        found = np.ones(len(entities), dtype=np.bool_)
        for clause in self.clauses:
            found &= clause.matches(entities)
        return found

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the condition needs (涉及的列), sorted."""
        return tuple(sorted({clause.column for clause in self.clauses}))

    def __str__(self) -> str:
        return ";".join(f"{one.column}{one.op}{','.join(one.values)}" for one in self.clauses) or EVERYONE


def _clause(text: str) -> Clause:
    found = _CLAUSE.fullmatch(text.replace("＝", "=").replace("≥", ">=").replace("≤", "<="))
    if not found:
        raise SupervisionError("domain.clause", clause=text.strip())
    column, op, rest = found.groups()
    values = tuple(value.strip() for value in _SPLIT.split(rest) if value.strip())
    if not values or values[0][0] in "=<>!^" or (op in (">=", "<=") and len(values) != 1):
        raise SupervisionError("domain.clause", clause=text.strip())
    return Clause(column=column, op=op, values=values, text=text.strip())


def _has_any(column: pd.Series[Any], values: Sequence[str]) -> Mask:
    """Rows whose list (values joined by one space) holds one of `values`."""
    words = "|".join(re.escape(value) for value in values)
    return np.asarray(column.str.contains(f"(?:^| )(?:{words})(?: |$)", regex=True, na=False), dtype=np.bool_)
