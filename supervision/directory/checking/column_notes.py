"""What an import says of each column (各列说明): what is blank, unknown, or was read in a way that should be known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from supervision.directory.checking.columns import Told
from supervision.directory.register import Column, Register
from supervision.messages import Message

SHOWN_WORDS = 12

Lines = np.ndarray[tuple[int], np.dtype[np.int64]]


def told_notes(column: Column, told: Iterable[Told], line: Lines) -> list[Message]:
    """Return what is told of a column's cells (单元格说明): one message a kind of note, with count and first line.

    Unknown words are listed, the most frequent first.
    """
    kinds: dict[str, list[Told]] = {}
    for one in told:
        kinds.setdefault(one.note, []).append(one)
    notes = []
    for code in sorted(kinds):
        some = kinds[code]
        count, first = sum(one.rows for one in some), min(some, key=lambda one: one.first)
        if code == "directory.note_unknown_word":
            words = _counted((one.text, one.rows) for one in some)
            notes.append(Message.of(code, column=column.title, words=words, count=count))
        else:
            place = {"line": int(line[first.first]), "value": first.text}
            notes.append(Message.of(code, column=column.title, count=count, **place))
    return notes


def blank_note(definition: Register, typed: Mapping[str, pd.Series[Any]], faulty: Mapping[str, int]) -> list[Message]:
    """Return a message on the blank cells of the columns that the file has (空白单元格), none where there are none.

    `typed` has only the file's columns; `faulty` counts cells that are missing because they are faulty.
    """
    cells = []
    for column in definition.columns:
        if column.name in typed and column.storage != "int64":
            blank = int(typed[column.name].isna().sum()) - faulty.get(column.name, 0)
            if blank > 0:
                cells.append(Message.of("directory.counted", what=column.title, count=blank))
    if not cells:
        return []
    rows = max(len(values) for values in typed.values())
    return [Message.of("directory.note_blank", cells=tuple(cells), rows=rows)]


def absent_note(definition: Register, names: Iterable[str]) -> list[Message]:
    """Return a message on columns that the law looks at and the file does not have (缺少的列)."""
    missing = tuple(column.title for column in definition.columns if column.looked_at and column.name not in set(names))
    return [Message.of("directory.note_absent", columns=missing)] if missing else []


def _counted(pairs: Iterable[tuple[str, int]]) -> tuple[Message, ...]:
    """Return words with their counts (各写法行数), the most frequent first, and how many more there are."""
    many: dict[str, int] = {}
    for word, rows in pairs:
        many[word] = many.get(word, 0) + rows
    listed = sorted(many.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [Message.of("directory.counted", what=word, count=rows) for word, rows in listed[:SHOWN_WORDS]]
    if len(listed) > SHOWN_WORDS:
        shown.append(Message.of("directory.more_words", more=len(listed) - SHOWN_WORDS))
    return tuple(shown)
