"""A mapping (来源映射): which column of a source's file is which field, as a YAML file that a person reads and keeps.

Its keys: `kind`, the register; `columns`, header → field, perhaps with the unit of its amounts ("amount 万元"), null
for a column that is left out; `set`, field → one value for all rows, or "@other" for what stands in another field;
`results`, word → result code; `words`, field → (word → value) for other fields; `units`, name of a unit → its id, or
the name of a file that says so (see `unmatched_list`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from supervision.directory.checking.amounts import YUAN
from supervision.directory.mapping.fields import ADDRESS_SEPARATOR, field_of, result_field
from supervision.directory.register import kinds, register
from supervision.errors import DirectoryError
from supervision.law.strict_yaml import check_keys, read_yaml, typed

KEYS = ("columns", "set", "results", "words", "units")
OTHER = "@"


@dataclass(frozen=True, kw_only=True)
class SourceMapping:
    """How the files of one source are read (来源映射); see the module.

    `columns` maps a header to its field, "" for a column that is left out; `amounts` a header to the unit of its
    amounts; `words` a field to its words; `units` a unit's name, or name and address, to its id; `units_file` names a
    file of the same.
    """

    kind: str
    columns: Mapping[str, str] = field(default_factory=dict)
    amounts: Mapping[str, str] = field(default_factory=dict)
    set: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    units_file: str = ""


def read_mapping(file: str, source: bytes) -> SourceMapping:
    """Return the mapping that a YAML file holds (读取来源映射); `file` names it in errors.

    Raises
    ------
    SupervisionError
        Not YAML, another shape, an unknown or missing key: `law.yaml.…`.
    DirectoryError
        An unknown kind or field, two columns for one field, a field that is both read and set: `directory.mapping_…`.
    """
    raw = read_yaml(file, source)
    check_keys(raw, ("kind",), KEYS, file=file)
    kind = _text(raw["kind"], file=file, place="", key="kind")
    if kind not in kinds() or kind == "results":
        known = ", ".join(one for one in kinds() if one != "results")
        raise DirectoryError("directory.mapping_kind", file=file, kind=kind, kinds=known)
    words = {name: _texts(part, file, f"words {name}") for name, part in _part(raw, "words", file).items()}
    if raw.get("results") is not None:
        words[result_field(file, kind)] = _texts(raw["results"], file, "results")
    units = raw.get("units")
    mapping = SourceMapping(
        kind=kind,
        set=_texts(_part(raw, "set", file), file, "set"),
        words=words,
        units=_texts(units, file, "units") if isinstance(units, dict) else {},
        units_file="" if units is None or isinstance(units, dict) else _text(units, file=file, place="", key="units"),
    )
    columns = _part(raw, "columns", file)
    told = ((header, _target(header, value, file)) for header, value in columns.items())
    return checked(with_columns(mapping, told, file=file), file=file)


def with_columns(mapping: SourceMapping, told: Iterable[tuple[object, str]], *, file: str) -> SourceMapping:
    """Return a mapping with more columns (加列): each is a header and "field", "field unit" or "" (left out)."""
    columns, amounts = dict(mapping.columns), dict(mapping.amounts)
    for header, target in told:
        name, _, unit = target.partition(" ")
        key = str(header)
        amounts.pop(key, None)
        columns[key] = name
        if unit.strip():
            amounts[key] = _unit(mapping.kind, name, unit.strip(), file)
    return replace(mapping, columns=columns, amounts=amounts)


def checked(mapping: SourceMapping, *, file: str) -> SourceMapping:
    """Return a mapping whose fields are the register's (核对来源映射), each with one source; else DirectoryError."""
    readers: dict[str, str] = {}
    for header, name in mapping.columns.items():
        if name:
            field_of(file, mapping.kind, name)
            if name in readers:
                both = f"“{readers[name]}”、“{header}”"
                raise DirectoryError("directory.mapping_two_columns", file=file, field=name, headers=both)
            readers[name] = header
    for name, value in mapping.set.items():
        field_of(file, mapping.kind, name)
        if name == register(mapping.kind).key[0]:
            raise DirectoryError("directory.mapping_set_key", file=file, field=name)
        if name in readers:
            raise DirectoryError("directory.mapping_read_and_set", file=file, field=name, header=readers[name])
        if value.startswith(OTHER):
            other = field_of(file, mapping.kind, value.removeprefix(OTHER)).name
            if other in mapping.set:
                raise DirectoryError("directory.mapping_set_of_set", file=file, field=name, other=other)
    for name in mapping.words:
        field_of(file, mapping.kind, name)
    return mapping


def to_yaml(mapping: SourceMapping) -> bytes:
    """Return a mapping as YAML (写出来源映射): the same bytes for the same mapping, every text in quotes."""
    lines = [f"kind: {quoted(mapping.kind)}"]
    columns = {
        header: f"{name} {mapping.amounts[header]}" if header in mapping.amounts else name or None
        for header, name in mapping.columns.items()
    }
    result = {name: part for name, part in mapping.words.items() if name == "result"}
    words = {name: part for name, part in mapping.words.items() if name != "result"}
    for key, part in (("columns", columns), ("set", mapping.set), ("results", result.get("result", {}))):
        lines += _written(key, part)
    if words:
        lines.append("words:")
        lines += [f"  {line}" for name, part in sorted(words.items()) for line in _written(quoted(name), part)]
    lines += _written("units", mapping.units)
    if mapping.units_file:
        lines.append(f"units: {quoted(mapping.units_file)}")
    return ("\n".join(lines) + "\n").encode()


def quoted(text: str) -> str:
    """Return a text in quotes, as YAML and JSON have it (带引号的文字)."""
    return json.dumps(text, ensure_ascii=False)


def unit_key(name: str, address: str = "") -> str:
    """Return how `units` names a unit (主体写法): its name, or name and address.

    >>> unit_key("便民超市"), unit_key("便民超市", "观前街1号")
    ('便民超市', '便民超市 @ 观前街1号')
    """
    return f"{name}{ADDRESS_SEPARATOR}{address}" if address else name


def _written(key: str, part: Mapping[str, str | None]) -> list[str]:
    if not part:
        return []
    return [f"{key}:", *(f"  {quoted(word)}: {quoted(value) if value else 'null'}" for word, value in part.items())]


def _part(raw: Mapping[str, Any], key: str, file: str) -> dict[Any, Any]:
    value = raw.get(key)
    return {} if value is None else dict(typed(value, dict, file=file, place="", key=key))


def _texts(part: Any, file: str, place: str) -> dict[str, str]:
    rows = typed(part, dict, file=file, place="", key=place)
    return {str(word): _text(value, file=file, place=place, key=str(word)) for word, value in rows.items()}


def _text(value: Any, *, file: str, place: str, key: str) -> str:
    """Return a value as the text that it was written as (取文字): numbers, days and truth values need no quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | date):
        return str(value)
    return str(typed(value, str, file=file, place=place, key=key))


def _target(header: object, value: Any, file: str) -> str:
    return "" if value is None else _text(value, file=file, place="columns", key=str(header))


def _unit(kind: str, name: str, unit: str, file: str) -> str:
    if field_of(file, kind, name).unit not in YUAN or unit not in YUAN:
        raise DirectoryError("directory.mapping_unit", file=file, field=name, unit=unit, units="、".join(YUAN))
    return unit
