"""Fields of published JSON files (文件字段): exactly those that the protocol names, of the types it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from supervision.canonical import parse_canonical
from supervision.errors import DoesNotVerify

YES, NO = "yes", "no"


def read_fields(source: bytes, names: Mapping[str, type | tuple[type, ...]], *, file: str) -> dict[str, Any]:
    """Return the object of a canonical JSON file (读取字段); missing, extra, mistyped ones raise naming the file."""
    found = parse_canonical(source)
    if not isinstance(found, dict) or set(found) != set(names):
        given = sorted(found) if isinstance(found, dict) else [type(found).__name__]
        raise DoesNotVerify("sampling.file_fields", file=file, fields=" ".join(given), wanted=" ".join(sorted(names)))
    for name, kind in names.items():
        if not isinstance(found[name], kind):
            raise DoesNotVerify("sampling.file_field", file=file, field=name, value=found[name])
    return found


def truth(text: str, *, file: str, field: str) -> bool:
    """Return what "yes" or "no" says (是否)."""
    if text not in (YES, NO):
        raise DoesNotVerify("sampling.file_field", file=file, field=field, value=text)
    return text == YES


def said(value: bool) -> str:
    """Return a truth value as the files write it (是否的写法)."""
    return YES if value else NO
