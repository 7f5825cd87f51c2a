"""Fields of published JSON files (文件字段): exactly those that the protocol names, of the types it names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from supervision.canonical import parse_canonical
from supervision.errors import DoesNotVerify

YES, NO = "yes", "no"
_HEX = re.compile(r"(?:[0-9a-f]{2})*")

Names = Mapping[str, type | tuple[type, ...]]


def read_fields(source: bytes, names: Names, *, file: str) -> dict[str, Any]:
    """Return the object of a canonical JSON file (读取字段); missing, extra, mistyped ones raise naming the file."""
    return check_fields(parse_canonical(source), names, file=file)


def check_fields(found: Any, names: Names, *, file: str) -> dict[str, Any]:
    """Return an object of exactly these fields (核对字段), else raise as `read_fields` does."""
    if not isinstance(found, dict) or set(found) != set(names):
        given = sorted(found) if isinstance(found, dict) else [type(found).__name__]
        raise DoesNotVerify("sampling.file_fields", file=file, fields=" ".join(given), wanted=" ".join(sorted(names)))
    for name, kind in names.items():
        if not isinstance(found[name], kind):
            raise DoesNotVerify("sampling.file_field", file=file, field=name, value=found[name])
    return found


def hex_bytes(text: Any, *, file: str, field: str) -> bytes:
    """Return the bytes that a field writes in hex (十六进制字段)."""
    if not isinstance(text, str) or not _HEX.fullmatch(text):
        raise DoesNotVerify("sampling.file_field", file=file, field=field, value=text)
    return bytes.fromhex(text)


def texts(listed: Any, *, file: str, field: str) -> tuple[str, ...]:
    """Return a list of texts (文字列表)."""
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise DoesNotVerify("sampling.file_field", file=file, field=field, value=listed)
    return tuple(listed)


def texts_by_name(found: Any, *, file: str, field: str) -> dict[str, str]:
    """Return an object that holds texts alone (文字对照)."""
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise DoesNotVerify("sampling.file_field", file=file, field=field, value=found)
    return found


def truth(text: str, *, file: str, field: str) -> bool:
    """Return what "yes" or "no" says (是否)."""
    if text not in (YES, NO):
        raise DoesNotVerify("sampling.file_field", file=file, field=field, value=text)
    return text == YES


def said(value: bool) -> str:
    """Return a truth value as the files write it (是否的写法)."""
    return YES if value else NO


def refuse_other_protocol(raw: dict[str, Any], wanted: str, *, file: str) -> None:
    """Take the protocol's name out of a file's fields (核对规程版本); another protocol is refused."""
    found = raw.pop("protocol")
    if found != wanted:
        raise DoesNotVerify("sampling.other_protocol", file=file, found=found, wanted=wanted)
