"""Fields (可对应的字段): what a source's column may be read as – the register's columns, and a unit's name."""

from __future__ import annotations

from difflib import get_close_matches

from supervision.directory.register import Column, register
from supervision.errors import DirectoryError

ADDRESS_SEPARATOR = " @ "
UNIT_ID, UNIT_NAME, UNIT_ADDRESS = "unit_id", "unit_name", "unit_address"
# Read only through a mapping, to find the unit of a row that has no id; neither is kept.
NAMED_UNIT = (
    Column(name=UNIT_NAME, zh="单位名称（用于匹配）", en="Unit's name, to find it by"),
    Column(name=UNIT_ADDRESS, zh="单位地址（用于匹配）", en="Unit's address, to find it by"),
)
# Read beside the fields, for what it says of a row (合计), and not kept; a mapping may give its header another field.
ROW_NUMBER = Column(name="row_number", zh="序号", en="No.", aliases=("行号", "no"))


def fields(kind: str) -> tuple[Column, ...]:
    """Return the fields of a kind (字段): the register's columns; of kinds about units, also a unit's name, address."""
    columns = register(kind).columns
    by_name = kind != "entities" and any(column.name == UNIT_ID for column in columns)
    return (*columns, *NAMED_UNIT) if by_name else columns


def field_names(kind: str) -> tuple[str, ...]:
    """Return the names of the fields of a kind (字段名), in order."""
    return tuple(column.name for column in fields(kind))


def field_of(file: str, kind: str, name: str) -> Column:
    """Return a field by its name (按名取字段); an unknown one raises DirectoryError, with what resembles it."""
    for column in fields(kind):
        if column.name == name:
            return column
    words = {word: column.name for column in fields(kind) for word in (column.name, column.zh)}
    close = [words[word] for word in get_close_matches(name, list(words), n=3, cutoff=0.5)]
    raise DirectoryError(
        "directory.mapping_field",
        file=file,
        field=name,
        kind=kind,
        closest="、".join(dict.fromkeys(close)) or "—",
        fields=", ".join(field_names(kind)),
    )


def result_field(file: str, kind: str) -> str:
    """Return the field that `results` of a mapping is about (结果字段); a kind without one raises DirectoryError."""
    for column in register(kind).columns:
        if column.code_list == "result":
            return column.name
    raise DirectoryError("directory.mapping_no_results", file=file, kind=kind)
