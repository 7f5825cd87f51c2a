"""Formats of national systems (数据格式): tables, columns, lengths and codes as data/formats has them.

A file: `id`, `title`, `source`, `verified`, `json` and `tables`; a table: `file`, `zh`, `en`, `key`, `columns`, maybe
`checks` and where it belongs: a row `part_of` another table's goes and stays with it, one `under` another needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from supervision.errors import SupervisionError
from supervision.law.strict_yaml import check_keys, read_yaml, typed
from supervision.messages import Label

KINDS = ("text", "number", "day", "time", "uscc", "agency_code")
STAMPS = ("at", "who", "batch", "operation")
CHECKS = ("later", "least", "as_many", "together", "begins")
WRITTEN = ("code", "name")
NOTHING = Label("", "")


@dataclass(frozen=True, kw_only=True)
class FormatColumn:
    """A column (列): `length` in characters; `code_list` its codes, `written` as code or name; `stamp` set on the way.

    `several`: values joined by commas. `source` says where its value comes from, so that who misses it knows where.
    """

    name: str
    title: Label
    length: int | None = None
    required: bool = False
    pattern: str | None = None
    kind: str = "text"
    code_list: str | None = None
    written: str = "code"
    several: bool = False
    stamp: str = ""
    source: Label = NOTHING


@dataclass(frozen=True, kw_only=True)
class CrossCheck:
    """A rule between columns (列间规则), `name` one of `CHECKS`."""

    name: str
    column: str
    than: str = ""
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class FormatTable:
    """A table (数据表): `part_of` and `under` name another table, "" for none."""

    name: str
    file: str
    title: Label
    key: tuple[str, ...]
    columns: Mapping[str, FormatColumn]
    checks: tuple[CrossCheck, ...] = ()
    part_of: str = ""
    under: str = ""

    def key_of(self, cells: Mapping[str, str]) -> str:
        """Return what names a row in its table (行的标识)."""
        return "|".join(cells.get(name, "") for name in self.key)


@dataclass(frozen=True, kw_only=True)
class Format:
    """What a national system takes (一个平台的格式); with `json` its nested form is written, too."""

    name: str
    title: Label
    source: str
    verified: bool
    json: bool
    tables: Mapping[str, FormatTable]

    def parts_of(self, table: str) -> FormatTable | None:
        """Return the table whose rows are parts of a table's (明细表), None where there is none."""
        return next((one for one in self.tables.values() if one.part_of == table), None)


def read_format(file: str, source: bytes) -> Format:
    """Read a format (读取数据格式); what is not as the module says raises SupervisionError with file and place."""
    raw = read_yaml(file, source)
    check_keys(raw, ("id", "title", "source", "verified", "json", "tables"), file=file)
    title = typed(raw["title"], dict, file=file, place="", key="title")
    check_keys(title, ("zh", "en"), file=file, place="title")
    tables = {
        name: _table(name, row, file) for name, row in typed(raw["tables"], dict, file=file, place="", key="x").items()
    }
    for table in tables.values():
        known = {*table.columns, ""}
        named = [*table.key, *(name for check in table.checks for name in (check.column, check.than))]
        wrong = [name for name in named if name not in known]
        wrong += [name for name in (table.part_of, table.under) if name and name not in tables]
        if wrong:
            raise SupervisionError("results.handover.format", file=file, place=table.name, value=" ".join(wrong))
    return Format(
        name=typed(raw["id"], str, file=file, place="", key="id"),
        title=_label(title, file, "title"),
        source=typed(raw["source"], str, file=file, place="", key="source"),
        verified=typed(raw["verified"], bool, file=file, place="", key="verified"),
        json=typed(raw["json"], bool, file=file, place="", key="json"),
        tables=tables,
    )


def _label(row: Mapping[str, Any], file: str, place: str) -> Label:
    return Label(*(typed(row[lang], str, file=file, place=place, key=lang) for lang in ("zh", "en")))


def _table(name: str, row: Any, file: str) -> FormatTable:
    typed(row, dict, file=file, place="tables", key=name)
    check_keys(row, ("file", "zh", "en", "key", "columns"), ("checks", "part_of", "under"), file=file, place=name)
    columns = typed(row["columns"], dict, file=file, place=name, key="columns")
    return FormatTable(
        name=name,
        file=typed(row["file"], str, file=file, place=name, key="file"),
        title=_label(row, file, name),
        key=tuple(typed(row["key"], list, file=file, place=name, key="key")),
        columns={one: _column(one, cells, file=file, place=f"{name} {one}") for one, cells in columns.items()},
        checks=tuple(_check(one, file=file, place=name) for one in row.get("checks", [])),
        part_of=row.get("part_of", ""),
        under=row.get("under", ""),
    )


def _column(name: str, row: Any, *, file: str, place: str) -> FormatColumn:
    optional = ("length", "required", "pattern", "kind", "list", "written", "several", "stamp", "from", "from_en")
    typed(row, dict, file=file, place=place, key=name)
    check_keys(row, ("zh", "en"), optional, file=file, place=place)
    for key, allowed in (("kind", KINDS), ("stamp", STAMPS), ("written", WRITTEN)):
        if key in row and row[key] not in allowed:
            raise SupervisionError("results.handover.format", file=file, place=place, value=row[key])
    return FormatColumn(
        name=name,
        title=_label(row, file, place),
        length=typed(row["length"], int, file=file, place=place, key="length") if "length" in row else None,
        required=row.get("required", False),
        pattern=row.get("pattern"),
        kind=row.get("kind", "text"),
        code_list=row.get("list"),
        written=row.get("written", "code"),
        several=row.get("several", False),
        stamp=row.get("stamp", ""),
        source=Label(row.get("from", ""), row.get("from_en", "")),
    )


def _check(row: Any, *, file: str, place: str) -> CrossCheck:
    typed(row, dict, file=file, place=place, key="checks")
    check_keys(row, ("check", "column"), ("than", "count"), file=file, place=place)
    if row["check"] not in CHECKS:
        raise SupervisionError("results.handover.format", file=file, place=place, value=row["check"])
    return CrossCheck(name=row["check"], column=row["column"], than=row.get("than", ""), count=row.get("count", 0))
