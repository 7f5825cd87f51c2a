"""Identifiers (标识): what may name units, tasks, people and rounds, and units' bytes; draw protocol 2, section 0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pyarrow as pa

from supervision.domain.uscc import is_valid
from supervision.errors import SupervisionError

PIECE = 1 << 12  # small enough for the processor's cache, large enough for a piece to cost nothing
LONGEST_TASK = 35
LONGEST_RULE = 80
_NAME = re.compile(r"[A-Za-z0-9._-]{1,40}", re.ASCII)
_RULE = re.compile(rf"[A-Za-z0-9._/-]{{1,{LONGEST_RULE}}}", re.ASCII)
_UNIT = r"[A-Za-z0-9._-]{1,39}"
_TEXT = re.compile("[^\u0000-\u001f\u007f-\u009f]{1,500}")


def check_name(text: str, *, what: str) -> str:
    """Return `text` if it may name an agency, group, office, inspector, source or person (编号), else raise."""
    if not _NAME.fullmatch(text):
        raise SupervisionError("sampling.name", what=what, value=text)
    return text


def check_task_id(text: str) -> str:
    """Return `text` if it may name a task (任务编号), else raise: a name of at most 35 characters."""
    if len(text) > LONGEST_TASK:
        raise SupervisionError("sampling.name", what="task", value=text)
    return check_name(text, what="task")


def check_rule(text: str) -> str:
    """Return `text` if it may name a rule (规则编号), else raise."""
    if not _RULE.fullmatch(text):
        raise SupervisionError("sampling.rule_name", value=text)
    return text


def check_text(text: str, *, what: str) -> str:
    """Return `text` if it may be a cause, ground or reason (事由): 1–500 characters, no control ones; else raise."""
    if not _TEXT.fullmatch(text):
        raise SupervisionError("sampling.text", what=what, value=text)
    return text


def check_unit_ids(unit_id: pd.Series[Any]) -> None:
    """Check identifiers of a population (校验标识): 1–39 letters, digits or . _ -, none twice whatever its case.

    An id of 18 characters that is a valid 统一社会信用代码 once in upper case must stand in upper case. Raises
    SupervisionError `sampling.unit_id`, `sampling.unit_case` or `sampling.unit_twice` naming the first offender.
    """
    wrong = ~unit_id.str.fullmatch(_UNIT).fillna(False).astype(bool)
    if wrong.any():
        raise SupervisionError("sampling.unit_id", value=unit_id[wrong].iloc[0])
    upper = unit_id.str.upper()
    for text in unit_id[(unit_id != upper) & (unit_id.str.len() == 18)]:
        if is_valid(text.upper()):
            raise SupervisionError("sampling.unit_case", value=text)
    twice = upper.duplicated()
    if twice.any():
        raise SupervisionError("sampling.unit_twice", value=unit_id[twice].iloc[0])


def pieces(unit_id: pd.Series[Any]) -> Iterator[tuple[slice, list[bytes]]]:
    """Yield (rows, identifiers as UTF-8) in pieces (分批取字节), so that memory stays flat."""
    column = pa.array(unit_id, type=pa.large_string(), from_pandas=True).cast(pa.large_binary())
    for start in range(0, len(unit_id), PIECE):
        piece = column.slice(start, PIECE)
        yield slice(start, start + len(piece)), piece.to_pylist()
