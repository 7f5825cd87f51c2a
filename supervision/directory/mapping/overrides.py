"""Overrides (单项改动): what the command line says of one column, field or word, after a mapping or without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from supervision.directory.mapping.fields import result_field
from supervision.directory.mapping.source import SourceMapping, checked, with_columns
from supervision.errors import DirectoryError

SOURCE = "--map/--set/--result"


@dataclass(frozen=True, kw_only=True)
class Overrides:
    """What was written (命令行改动): COLUMN=FIELD, FIELD=VALUE, WORD=CODE."""

    maps: Sequence[str] = ()
    sets: Sequence[str] = ()
    results: Sequence[str] = ()

    def __bool__(self) -> bool:
        """Tell whether there is any (是否有改动)."""
        return bool(self.maps or self.sets or self.results)


NONE = Overrides()


def with_overrides(mapping: SourceMapping, overrides: Overrides) -> SourceMapping:
    """Return a mapping with what the command line says instead (加上单项改动).

    A column or field that is named here leaves whatever it had: `--map` takes a field from the column that had it,
    or from `set`; `--set` from its column. `--map COLUMN=` leaves the column out.
    """
    told = [_last(text, "--map COLUMN=FIELD") for text in overrides.maps]
    fixed = dict(_first(text, "--set FIELD=VALUE") for text in overrides.sets)
    named = {target.partition(" ")[0] for _, target in told if target} | set(fixed)
    columns = {header: name for header, name in mapping.columns.items() if name not in named}
    amounts = {header: unit for header, unit in mapping.amounts.items() if header in columns}
    kept = {name: value for name, value in mapping.set.items() if name not in named}
    words = dict(mapping.words)
    if overrides.results:
        field = result_field(SOURCE, mapping.kind)
        said = dict(_last(text, "--result WORD=CODE") for text in overrides.results)
        for word, code in said.items():
            if not code:
                raise DirectoryError("directory.mapping_override", text=f"{word}=", form="--result WORD=CODE")
        words[field] = {**words.get(field, {}), **said}
    _refuse_same_field(told)
    base = replace(mapping, columns=columns, amounts=amounts, set={**kept, **fixed}, words=words)
    return checked(with_columns(base, told, file=SOURCE), file=SOURCE)


def _refuse_same_field(told: Sequence[tuple[str, str]]) -> None:
    """Refuse one column that is named twice (同一列写了两次)."""
    headers = [header for header, _ in told]
    for header in headers:
        if headers.count(header) > 1:
            raise DirectoryError("directory.mapping_column_twice", file=SOURCE, header=header)


def _last(text: str, form: str) -> tuple[str, str]:
    """Split at the last = (按最后一个等号拆开): a header or a word may hold one."""
    left, mark, right = text.rpartition("=")
    return _sides(left, mark, right, text, form)


def _first(text: str, form: str) -> tuple[str, str]:
    """Split at the first = (按第一个等号拆开): a value may hold one."""
    left, mark, right = text.partition("=")
    left, right = _sides(left, mark, right, text, form)
    if not right:
        raise DirectoryError("directory.mapping_override", text=text, form=form)
    return left, right


def _sides(left: str, mark: str, right: str, text: str, form: str) -> tuple[str, str]:
    if not mark or not left.strip():
        raise DirectoryError("directory.mapping_override", text=text, form=form)
    return left.strip(), right.strip()
