"""Bytes that a second program gets the same (规范字节): JSON, CSV and digests of draw protocol 2, section 0."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from supervision.errors import SupervisionError

LARGEST_INTEGER = 2**53 - 1
HASHES = ("sha256", "sm3")


def canonical_json(value: object) -> bytes:
    """Return a value as canonical JSON (规范 JSON): sorted keys, no white space, no final newline, UTF-8.

    Texts, integers within ±(2^53 - 1), None, lists or tuples, and dicts with text keys are taken; anything else,
    a float, a truth value or a lone surrogate among it, raises SupervisionError `canonical.value`.
    """
    _refuse(value, "$")
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def parse_canonical(source: bytes) -> Any:
    """Return what canonical JSON says (读取规范 JSON); bytes that are not canonical raise `canonical.bytes`.

    The value is written again and compared with `source`, so doubled keys, white space and floats are found.
    """
    try:
        value = json.loads(source.decode("utf-8"))
        again = canonical_json(value)
    except (ValueError, RecursionError, SupervisionError) as error:  # ValueError: a number of very many digits, too
        raise SupervisionError("canonical.bytes", reason=str(error)) from error
    if again != source:
        place = next((i for i, (a, b) in enumerate(zip(again, source, strict=False)) if a != b), len(again))
        raise SupervisionError("canonical.bytes", reason=f"byte {place}")
    return value


def digest(hash_name: str, *parts: bytes) -> bytes:
    """Return the 32 raw bytes of H over the joined parts (摘要); `hash_name` is "sha256" or "sm3"."""
    if hash_name not in HASHES or hash_name not in hashlib.algorithms_available:
        raise SupervisionError("canonical.hash", name=hash_name, known=" ".join(HASHES))
    state = hashlib.new(hash_name)
    for part in parts:
        state.update(part)
    return state.digest()


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as protocol CSV (规范 CSV): UTF-8 without BOM, LF, quotes only where RFC 4180 needs them.

    Rows are written in the order given; the caller sorts them. None is written as nothing.
    """
    lines = [",".join(map(_cell, row)) for row in (header, *rows)]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    if any(letter in text for letter in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _refuse(value: object, place: str) -> None:
    if value is None:
        return
    if isinstance(value, str):
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            raise SupervisionError("canonical.value", value=ascii(value), place=place)
    elif isinstance(value, int) and not isinstance(value, bool):
        if abs(value) > LARGEST_INTEGER:
            raise SupervisionError("canonical.value", value=value, place=place)
    elif isinstance(value, list | tuple):
        for number, entry in enumerate(value):
            _refuse(entry, f"{place}[{number}]")
    elif isinstance(value, dict):
        for key, entry in value.items():
            if not isinstance(key, str):
                raise SupervisionError("canonical.value", value=repr(key), place=place)
            _refuse(key, place)
            _refuse(entry, f"{place}.{key}")
    else:
        raise SupervisionError("canonical.value", value=repr(value), place=place)
