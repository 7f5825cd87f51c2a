"""Files of other sources (其他来源的文件): read through a mapping that a person has seen, by name, file or option."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from supervision.directory.checking.register_check import check_table
from supervision.directory.mapping.applied import Applied, apply, first_rows, with_reasons
from supervision.directory.mapping.definition import mapped_register
from supervision.directory.mapping.fields import fields
from supervision.directory.mapping.overrides import NONE, Overrides, with_overrides
from supervision.directory.mapping.source import SourceMapping, read_mapping, to_yaml
from supervision.directory.mapping.unit_matches import COLUMNS
from supervision.directory.mapping.unmatched_list import read_units
from supervision.directory.mapping.values import refuse_values
from supervision.directory.reading.register_file import read_as
from supervision.directory.returning.text_marks import without_marks
from supervision.directory.table import Checked, Table
from supervision.errors import UsageError
from supervision.messages import Label, Message
from supervision.month.city import City

ENDINGS = (".yaml", ".yml")
SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How a file is to be read (读法): a mapping by name or file, single changes to it, a filled list of units."""

    mapping: str = ""
    overrides: Overrides = NONE
    units: Path | None = None

    def __bool__(self) -> bool:
        """Tell whether anything is asked for (是否另有读法)."""
        return bool(self.mapping or self.overrides or self.units)


AS_REGISTERED = Asked()  # in the form of the register, without a mapping


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A mapping that is ready for use (选定的映射): `name` is how it was called."""

    name: str
    mapping: SourceMapping

    @property
    def bytes(self) -> bytes:
        """The mapping as it stays on record (存档的映射)."""
        return to_yaml(self.mapping)


def chosen(city: City, kind: str, asked: Asked) -> Chosen | None:
    """Return the mapping that was asked for (选定映射), None where none was; one of another kind is refused."""
    if not asked:
        return None
    if kind == "results":
        raise UsageError("month.mapping_results")
    name = asked.mapping or "--map"
    mapping, folder = _named(city, asked.mapping) if asked.mapping else (SourceMapping(kind=kind), Path())
    if mapping.kind != kind:
        raise UsageError("month.mapping_other_kind", mapping=name, kind=mapping.kind, asked=kind)
    mapping = with_units(with_overrides(mapping, asked.overrides), folder)
    if asked.units is not None:
        mapping = replace(mapping, units={**mapping.units, **_listed(asked.units)})
    refuse_values(mapping, city.code_lists, file=name)
    return Chosen(name=name, mapping=mapping)


def is_file(name: str) -> bool:
    """Tell whether a mapping is called by its file (是否映射文件)."""
    return name.lower().endswith(ENDINGS)


def _named(city: City, name: str) -> tuple[SourceMapping, Path]:
    """Return a mapping by its name or file, and the folder that its own files are in."""
    if not is_file(name):
        return read_mapping(name, city.store.mapping(name)), Path()
    path = Path(name)
    if not path.is_file():
        raise UsageError("month.file_missing", file=name)
    return read_mapping(path.name, path.read_bytes()), path.parent


def with_units(mapping: SourceMapping, folder: Path) -> SourceMapping:
    """Return a mapping with the units of the file that it names (并入所指名单), which stands beside it."""
    if not mapping.units_file:
        return mapping
    return replace(mapping, units=_listed(folder / mapping.units_file), units_file="")


def _listed(path: Path) -> dict[str, str]:
    if not path.is_file():
        raise UsageError("month.file_missing", file=path)
    return read_units(path.name, path.read_bytes())


def stored_units(city: City) -> pd.DataFrame:
    """Return the units of the register by name (名录中的主体)."""
    return city.store.register("entities", on=date.max, columns=list(COLUMNS))


def read_mapped(
    city: City,
    choice: Chosen,
    path: Path,
    *,
    as_of: date | None,
    units: Callable[[], pd.DataFrame],
    once: bool = False,
) -> tuple[Table, Checked, Applied]:
    """Read and check a file through a mapping (按映射读取并校验).

    The table is the file's own, under its headers, for rows that are handed back; `units` gives the register that names
    are looked up in. With `once` each unit's first row counts: a table of visits tells units, too.
    """
    mapping = choice.mapping
    with path.open("rb") as handle:
        table = without_marks(read_as(mapped_register(mapping, file=choice.name), path.name, handle))
    applied = apply(table, mapping, city.code_lists, units, file=choice.name)
    dropped = 0
    if once:
        applied, dropped = first_rows(applied)
    checked = check_table(mapping.kind, applied.table, as_of=as_of, lists=city.code_lists, own_ids=city.own_ids)
    checked = with_reasons(checked, applied.faults)
    again = [Message.of("month.units_once", rows=dropped)] if dropped else []
    notes = (*again, *checked.notes, *_told_of_units(applied), *_told_of_words(mapping, checked))
    return table, replace(checked, notes=notes), applied


def shown(choice: Chosen) -> list[Message]:
    """Return what a mapping does, in lines (映射说明)."""
    mapping = choice.mapping
    titles = {column.name: column.title for column in fields(mapping.kind)}
    lines = [Message.of("month.mapping_used", mapping=choice.name)]
    for header, name in mapping.columns.items():
        if name:
            unit = mapping.amounts.get(header, "")
            lines.append(Message.of("month.mapping_column", header=header, title=titles[name], field=name, unit=unit))
    for name, value in mapping.set.items():
        lines.append(Message.of("month.mapping_set", title=titles[name], field=name, value=value))
    for name, words in mapping.words.items():
        told = "、".join(f"{word}={code}" for word, code in words.items())
        lines.append(Message.of("month.mapping_words", title=titles[name], field=name, words=told))
    if mapping.units:
        lines.append(Message.of("month.mapping_units", count=len(mapping.units)))
    return lines


def _told_of_units(applied: Applied) -> list[Message]:
    """Return how units were found by their names (名称匹配说明): nothing is matched in silence."""
    if not applied.matches:
        return []
    counts = {
        how: sum(applied.rows[pair] for pair, match in applied.matches.items() if match.how == how)
        for how in ("written", "tidied", "address", "table", "")
    }
    units = len({match.unit_id for match in applied.matches.values() if match.unit_id})
    matched = sum(counts.values()) - counts[""]
    told = {"written": counts["written"], "tidied": counts["tidied"], "address": counts["address"]}
    notes = [Message.of("month.units_matched", rows=matched, units=units, table=counts["table"], **told)]
    alike = [name for (name, _), match in applied.matches.items() if match.how == "tidied"]
    if alike:
        notes.append(Message.of("month.units_tidied", names="、".join(sorted(set(alike))[:SHOWN])))
    if counts[""]:
        open_names = len({pair[0] for pair, match in applied.matches.items() if not match.unit_id})
        notes.append(Message.of("month.units_unmatched", rows=counts[""], names=open_names))
    return notes


def _told_of_words(mapping: SourceMapping, checked: Checked) -> list[Message]:
    """Return which words of the file have no code (无代码的词), with how to give them one."""
    notes = []
    codes = [reason.code for reason in checked.rejected["reason"]]
    bad = checked.rejected[np.array(codes, dtype=object) == "directory.bad_choice"]
    for name, part in bad.groupby("column", sort=True):
        counted = part["value"].str.strip().value_counts()
        words = "、".join(f"{word}（{rows}）" for word, rows in counted.head(SHOWN).items())
        title: Label = next(column.title for column in fields(mapping.kind) if column.name == name)
        way = '--result "词=代码" 或 results' if name == "result" else f"words: {name}"
        notes.append(Message.of("month.mapping_no_code", title=title, words=words, way=way))
    return notes


def kinds_of(city: City, names: Sequence[str]) -> dict[str, str]:
    """Return the kind of each mapping → its name (各映射的种类); two of one kind are refused."""
    found: dict[str, str] = {}
    for name in names:
        kind = _named(city, name)[0].kind
        if kind in found:
            raise UsageError("month.mapping_kind_twice", kind=kind, mappings=f"{found[kind]}、{name}")
        found[kind] = name
    return found
