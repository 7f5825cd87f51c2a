"""Identifiers of units (检查对象标识): what is allowed, and their bytes in pieces; draw protocol 1, section 0."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pandas as pd

from supervision.errors import SupervisionError

PIECE = 1 << 16
LONGEST = 39
_NAME = re.compile(r"[A-Za-z0-9._-]{1,40}")


def check_name(text: str, *, what: str) -> str:
    """Return `text` if it may name a round, task, group, stratum, office or inspector (编号), else raise."""
    if not _NAME.fullmatch(text):
        raise SupervisionError("sampling.name", what=what, value=text)
    return text


def check_unit_ids(unit_id: pd.Series[Any]) -> None:
    """Check identifiers (校验标识): sorted text column; 1–39 bytes, NFC, no control character, none twice.

    Raises SupervisionError("sampling.unit_id") or ("sampling.unit_twice") naming the first offender.
    """
    plain = unit_id.str.fullmatch(r"[0-9A-Za-z._~-]{1,39}").fillna(False).astype(bool)
    for text in unit_id[~plain]:
        if not isinstance(text, str) or not _allowed(text):
            raise SupervisionError("sampling.unit_id", value=text)
    later = unit_id.iloc[1:].reset_index(drop=True)
    twice = later == unit_id.iloc[:-1].reset_index(drop=True)
    if twice.any():
        raise SupervisionError("sampling.unit_twice", value=later[twice].iloc[0])


def pieces(unit_id: pd.Series[Any]) -> Iterator[tuple[slice, list[bytes]]]:
    """Yield (rows, identifiers as UTF-8) in pieces of 65,536 (分批取字节), so that memory stays flat."""
    for start in range(0, len(unit_id), PIECE):
        rows = slice(start, min(start + PIECE, len(unit_id)))
        texts: list[str] = unit_id.iloc[rows].tolist()
        yield rows, "\x1f".join(texts).encode().split(b"\x1f")


def _allowed(text: str) -> bool:
    clean = not any(unicodedata.category(character).startswith("C") for character in text)
    return clean and unicodedata.is_normalized("NFC", text) and 1 <= len(text.encode()) <= LONGEST
