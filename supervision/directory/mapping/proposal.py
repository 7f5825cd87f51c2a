"""A proposal of a mapping (映射草案): guesses from a file's headers and the cells under them, for a person to read.

A header is guessed by the words of the register and of public files; a column of valid credit codes by what it holds. A
value for all rows is guessed only where the title names it. Nothing of it is used before a person hands it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from supervision.directory.checking.agencies import find_agency
from supervision.directory.checking.cells import parse
from supervision.directory.checking.conventions import Conventions
from supervision.directory.mapping.fields import UNIT_ID, UNIT_NAME
from supervision.directory.mapping.first_look import FirstLook, is_named, wide_register
from supervision.directory.mapping.source import SourceMapping
from supervision.directory.reading.header_words import BRACKETED, OWN, header_key, meaning
from supervision.directory.register import Column, Register, register
from supervision.directory.table import Table
from supervision.domain.uscc import is_valid
from supervision.errors import SupervisionError
from supervision.law.code_lists import CodeList, CodeLists, normal

MOSTLY = 0.8
SHOWN_WORDS = 30
ROW_NUMBERS = frozenset({"序号", "行号", "no", "no."})


@dataclass(frozen=True, kw_only=True)
class Guess:
    """What a column may be (一列的猜测): its field, "" = none; `why` is one of the following.

    "words" and "cells" say by what the field was guessed; "private" is personal data, "number" a row's number, "rows"
    one that could tell several visits of a day apart, "second" a column whose field another one has already; `also`
    names the field of the last two. `examples` are some of its cells.
    """

    header: str
    field: str = ""
    why: str = ""
    also: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A first version of a mapping (映射草案).

    `guesses` has every column in its order, `fixed` what was guessed for all rows, `missing` the fields that a row must
    have and that nothing fills; `unknown` field → (word → rows) what the field's codes do not know. `told` are fields
    that a person has spoken of, `words` and `amounts` what they said of words and units.
    """

    kind: str
    guesses: tuple[Guess, ...]
    fixed: Mapping[str, str]
    missing: tuple[Column, ...]
    unknown: Mapping[str, Mapping[str, int]]
    told: frozenset[str] = frozenset()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    amounts: Mapping[str, str] = field(default_factory=dict)

    @property
    def mapping(self) -> SourceMapping:
        """The mapping that the guesses make (草案映射)."""
        columns = {guess.header: guess.field for guess in self.guesses if guess.field}
        said = dict(self.fixed)
        return SourceMapping(kind=self.kind, columns=columns, set=said, words=self.words, amounts=self.amounts)


def propose(kind: str, look: FirstLook, lists: CodeLists, *, title: str = "") -> Proposal:
    """Return a first version of the mapping of a file (映射草案); `title` is the file's name."""
    definition = wide_register(kind, lists)
    taken: dict[str, tuple[int, int]] = {}
    for place, header in enumerate(look.headers):
        meant = meaning(definition, header) if is_named(header) else None
        if meant and not meant.column.private:
            rank = meant.rank % BRACKETED * 2 + (meant.rank >= BRACKETED)
            taken[meant.column.name] = min(taken.get(meant.column.name, (rank, place)), (rank, place))
    if UNIT_ID not in taken and UNIT_ID in definition.names and (of_codes := _code_column(look)) is not None:
        taken = {name: at for name, at in taken.items() if at[1] != of_codes} | {UNIT_ID: (-1, of_codes)}
    fields = {place: name for name, (_, place) in taken.items()}
    guesses = tuple(
        _guess(definition, header, fields.get(place, ""), taken, look.examples[place])
        for place, header in enumerate(look.headers)
        if is_named(header) and (header_key(header) not in OWN or header_key(header) in ROW_NUMBERS)
    )
    found = {guess.field for guess in guesses if guess.field}
    fixed = {
        column.name: value
        for column in register(kind).columns
        if column.required and column.name not in found and (value := _fixed(column, found, look, title, lists))
    }
    missing = _missing(kind, found | set(fixed))
    return Proposal(kind=kind, guesses=guesses, fixed=fixed, missing=missing, unknown={})


def likeliest(proposals: Iterable[Proposal]) -> Proposal:
    """Return the proposal that fits best (最合适的种类): most columns read, less those still missing."""
    return max(proposals, key=lambda one: (len(one.mapping.columns) - len(one.missing), -len(one.missing)))


def overruled(proposal: Proposal, mapping: SourceMapping) -> Proposal:
    """Return a proposal as a person has changed it (按人工改动): `mapping` is its own with what they said instead."""
    fields = {header_key(header): name for header, name in mapping.columns.items()}
    guesses = tuple(
        guess
        if (name := fields.pop(header_key(guess.header), "")) == guess.field
        else replace(guess, field=name, why="")
        for guess in proposal.guesses
    )
    added = tuple(
        Guess(header=header, field=name) for header, name in mapping.columns.items() if header_key(header) in fields
    )
    before = proposal.mapping
    told = {name for name in mapping.columns.values() if name not in before.columns.values()}
    told |= {name for name, value in mapping.set.items() if before.set.get(name) != value}
    found = {name for name in mapping.columns.values() if name} | set(mapping.set)
    return replace(
        proposal,
        guesses=(*guesses, *added),
        fixed=mapping.set,
        missing=_missing(proposal.kind, found),
        told=frozenset(told),
        words=mapping.words,
        amounts=mapping.amounts,
    )


def with_unknown(proposal: Proposal, table: Table, mapping: SourceMapping, lists: CodeLists) -> Proposal:
    """Return a proposal with the words of the whole file that have no code (补无代码的词), the most frequent first."""
    unknown: dict[str, dict[str, int]] = {}
    for column in register(proposal.kind).columns:
        open_list = column.open_codes or (column.code_list is None and not column.pattern)
        if open_list or column.name not in table.frame or column.dtype == "list":
            continue
        counted = table.frame[column.name].dropna().str.strip().value_counts()
        said = {normal(word) for word in mapping.words.get(column.name, {})}
        words = {
            str(word): int(rows)
            for word, rows in counted.items()
            if word and normal(str(word)) not in said and not _is_known(column, str(word), lists)
        }
        if words:
            ranked = sorted(words.items(), key=lambda one: (-one[1], one[0]))
            unknown[column.name] = dict(ranked[:SHOWN_WORDS])
    return replace(proposal, unknown=unknown)


def _guess(
    definition: Register, header: str, name: str, taken: Mapping[str, tuple[int, int]], examples: tuple[str, ...]
) -> Guess:
    meant = meaning(definition, header)
    if meant and meant.column.private:
        return Guess(header=header, why="private")
    if name:
        why = "cells" if taken[name][0] < 0 else "words"
        return Guess(header=header, field=name, why=why, examples=examples)
    if meant:
        return Guess(header=header, why="second", also=meant.column.name, examples=examples)
    if header_key(header) in ROW_NUMBERS:
        why = "rows" if "visit_no" in definition.names and "visit_no" not in taken else "number"
        return Guess(header=header, why=why, also="visit_no" if why == "rows" else "")
    return Guess(header=header, examples=examples)


def _code_column(look: FirstLook) -> int | None:
    """Return the place of the first column that holds credit codes (含信用代码的列)."""
    for place, cells in enumerate(look.examples):
        valid = sum(is_valid(cell.strip().upper()) for cell in cells)
        if cells and valid >= MOSTLY * len(cells):
            return place
    return None


def _fixed(column: Column, found: set[str], look: FirstLook, title: str, lists: CodeLists) -> str:
    """Return what stands for all rows (统一取值): a district from the address, or the one code that the title names.

    The kind of a credit event may stand in the headers, too, as in 处罚决定日期.
    """
    if column.name == "region" and "address" in found:
        return "@address"
    if column.code_list is None or column.code_list == "result":
        return ""
    said = (title, *look.above, *(look.headers if column.code_list == "event_kind" else ()))
    return _named_code(lists.named(column.code_list), said, column.code_list) or ""


def _named_code(codes: CodeList, said: tuple[str, ...], name: str) -> str | None:
    """Return the one code that titles and headers name (标题所指的代码); None where they name none, or several.

    A word inside a longer one does not count: 专项监督检查 is no 监督检查.
    """
    found: set[str] = set()
    words = {word: code for word, code in codes.writings.items() if len(word) > 1 and not word.isascii()}
    for text in map(normal, said):
        named = [word for word in words if word in text]
        found |= {words[word] for word in named if not any(word != other and word in other for other in named)}
        if name == "department" and (code := find_agency(text, codes)):
            found.add(code)
    return found.pop() if len(found) == 1 else None


def _missing(kind: str, found: set[str]) -> tuple[Column, ...]:
    """Return the required fields that nothing fills (缺少的必填字段); a unit's name stands for its id."""
    by_name = UNIT_NAME in found
    return tuple(
        column
        for column in register(kind).columns
        if column.required and column.name not in found and not (by_name and column.name == UNIT_ID)
    )


def _is_known(column: Column, word: str, lists: CodeLists) -> bool:
    try:
        parse(column, word, Conventions(lists=lists))
    except SupervisionError:
        return False
    return True
