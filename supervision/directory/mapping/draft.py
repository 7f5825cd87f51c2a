"""A draft of a mapping (映射草案文件): the YAML of a proposal, with examples and open points as comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from supervision.directory.mapping.proposal import Guess, Proposal
from supervision.directory.mapping.source import quoted
from supervision.directory.register import register
from supervision.messages import LISTED, say

SHOWN = 3
LONGEST = 24
DAYS = {"history": "date", "events": "happened"}  # the day of a record, by kind
_PERSONAL = re.compile(r"\d{17}[\dXx]|\d{15}|1[3-9]\d{9}")


def draft(proposal: Proposal, *, file: str, lang: str) -> bytes:
    """Return the YAML file of a proposal (写出映射草案) as bytes; comments are not used until they are written out.

    Cells that look like a person's number or telephone are not shown.
    """
    lines = [f"# {line}" for line in say("directory.draft_head", lang, file=_plain(file)).split("\n")]
    lines += ["", f"kind: {proposal.kind}", "", "columns:", *_columns(proposal, lang)]
    lines += ["", f"set:    # {say('directory.draft_set', lang)}", *_set(proposal, lang)]
    if proposal.kind in DAYS and "known_on" not in proposal.mapping.columns.values():
        lines.append(f'  # known_on: "@{DAYS[proposal.kind]}"    # {say("directory.draft_known_on", lang)}')
    results = proposal.unknown.get("result", {})
    if any(column.code_list == "result" for column in register(proposal.kind).columns):
        given = [f"  {quoted(word)}: {quoted(code)}" for word, code in proposal.words.get("result", {}).items()]
        lines += ["", f"results:    # {say('directory.draft_results', lang)}", *given, *_words(results, "  ", lang)]
    others = {name: words for name, words in proposal.unknown.items() if name != "result"}
    if others:
        lines += ["", f"words:    # {say('directory.draft_words', lang)}"]
        for name, words in others.items():
            lines += [f"  # {name}:", *_words(words, "  #   ", lang, commented=True)]
    return ("\n".join(lines) + "\n").encode()


def shown_examples(guess: Guess, lang: str) -> str:
    """Return a few cells of a column (示例), shortened; persons' numbers are left out."""
    cells = [_plain(cell) for cell in guess.examples if not _PERSONAL.fullmatch(cell.strip())]
    short = [cell if len(cell) <= LONGEST else f"{cell[:LONGEST]}…" for cell in cells[:SHOWN]]
    return LISTED[lang].join(short)


def _columns(proposal: Proposal, lang: str) -> Iterator[str]:
    titles = {column.name: column.title.text(lang) for column in register(proposal.kind).columns}
    for guess in proposal.guesses:
        shown = shown_examples(guess, lang)
        such = f"  {say('directory.draft_examples', lang, examples=shown)}" if shown else ""
        if guess.field:
            title = titles.get(guess.field) or say(f"directory.draft_{guess.field}", lang)
            why = say("directory.draft_by_cells", lang) if guess.why == "cells" else ""
            unit = proposal.amounts.get(guess.header)
            field = quoted(f"{guess.field} {unit}") if unit else guess.field
            yield f"  {quoted(guess.header)}: {field}    # {title}{why}{such}"
        elif guess.why == "number":
            continue
        elif guess.why == "private":
            yield f"  # {quoted(guess.header)}    # {say('directory.draft_private', lang)}"
        elif guess.why in ("second", "rows"):
            why = say(f"directory.draft_{guess.why}", lang, field=guess.also)
            yield f"  # {quoted(guess.header)}: {guess.also}    # {why}{such}"
        else:
            yield f"  # {quoted(guess.header)}:    # {say('directory.draft_open', lang)}{such}"


def _set(proposal: Proposal, lang: str) -> Iterator[str]:
    for name, value in proposal.fixed.items():
        guess = "" if name in proposal.told else f"    # {say('directory.draft_guess', lang)}"
        yield f"  {name}: {quoted(value)}{guess}"
    for column in proposal.missing:
        yield f'  # {column.name}: ""    # {say("directory.draft_missing", lang, title=column.title.text(lang))}'


def _words(words: Mapping[str, int], indent: str, lang: str, *, commented: bool = False) -> Iterator[str]:
    mark = "" if commented else "# "
    for word, rows in words.items():
        yield f'{indent}{mark}{quoted(word)}: ""    # {say("directory.draft_count", lang, rows=rows)}'


def _plain(text: str) -> str:
    """Return a text on one line and without what would end a comment (单行文字)."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split())
