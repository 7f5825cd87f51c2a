"""The definition by which a mapped file is read (按映射读取的定义): the register, with the source's own headers."""

from __future__ import annotations

from dataclasses import replace

from supervision.directory.mapping.fields import ROW_NUMBER, UNIT_ID, UNIT_NAME, fields
from supervision.directory.mapping.source import SourceMapping
from supervision.directory.reading.header_words import header_key, meaning
from supervision.directory.register import Register, register
from supervision.errors import DirectoryError


def mapped_register(mapping: SourceMapping, *, file: str) -> Register:
    """Return the definition by which a source's file is read (读取定义).

    A mapped column is known by its header alone and must be there; other columns are known by the register's words;
    what is set for all rows is not read. Where a unit's name is read, its id need not be.

    Raises
    ------
    DirectoryError
        Two headers that are written alike; a column of personal data, which is never kept.
    """
    definition = register(mapping.kind)
    headers: dict[str, str] = {}
    for header, name in mapping.columns.items():
        key = header_key(header)
        if key in headers:
            raise DirectoryError("directory.mapping_column_twice", file=file, header=header)
        meant = meaning(definition, header)
        if name and meant and meant.column.private:
            raise DirectoryError("directory.mapping_private", file=file, header=header)
        headers[key] = name
    shown = {name: header for header, name in mapping.columns.items() if name}
    by_name = UNIT_NAME in shown
    columns = tuple(
        replace(
            column,
            zh=shown.get(column.name, column.zh),
            en=shown.get(column.name, column.en),
            required=column.required and not (by_name and column.name == UNIT_ID),
        )
        for column in (*fields(mapping.kind), ROW_NUMBER)
        if column.name not in mapping.set
    )
    return Register(
        kind=mapping.kind,
        title=definition.title,
        key=(UNIT_NAME if by_name and UNIT_ID not in shown else definition.key[0],),
        columns=columns,
        example=definition.example,
        private=definition.private,
        headers=headers,
    )
