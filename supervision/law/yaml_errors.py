"""What is wrong with a YAML file, in words for users (YAML 错误说明); libyaml's own stand in the English message alone.

libyaml says what it met in its own terms, and of a quote or bracket that nobody closed it names the end of the file;
here the place is that of the sign that was left open.
"""

from __future__ import annotations

import yaml

from supervision.errors import SupervisionError
from supervision.messages import Label, Message

_TAB = "tab"
_SIGN = "cannot start any token"
# part of libyaml's words → code of ours; what was opened and not closed is told with the place where it was opened
_OPENED = {
    "expected ',' or ']'": "bracket",
    "expected ',' or '}'": "brace",
    "found unexpected end of stream": "quote",
    "found unexpected document indicator": "quote",
}
_THERE = {
    "found a tab character": _TAB,
    "mapping values are not allowed": "second_colon",
    "block sequence entries are not allowed": "dash",
    "did not find expected key": "indent",
    "did not find expected '-' indicator": "indent",
    "unknown escape character": "escape",
    "hexdecimal number": "escape",
    "invalid Unicode character escape code": "escape",
    "could not find expected ':'": "colon",
    "undefined alias": "alias",
    "duplicate anchor": "anchor",
    "alphabetic or numeric character": "anchor",
    "expected node content": "no_value",
    "single document": "documents",
    "expected <document start>": "documents",
    "maximum nesting depth": "depth",
}


def at(line: int, column: int) -> Message:
    """Return a place in a file (位置), both counted from 1."""
    return Message.of("law.yaml.at", line=line, column=column)


def malformed(file: str, text: str, error: yaml.YAMLError) -> SupervisionError:
    """Return what is said of a file that is no proper YAML (格式错误): `text` is what the file holds."""
    if isinstance(error, yaml.MarkedYAMLError):
        return _marked(file, text, error)
    position = getattr(error, "position", 0)
    sign = getattr(error, "character", 0)
    shown = f"U+{ord(sign) if isinstance(sign, str) else sign:04X}"
    return _error(file, _place(text, position), "control", " ".join(str(error).split()), sign=shown)


def undecodable(file: str, source: bytes, error: UnicodeDecodeError) -> SupervisionError:
    """Return what is said of bytes that are not UTF-8 (编码错误)."""
    before = source[: error.start].decode("utf-8-sig", errors="replace")
    return _error(file, _place(before, len(before)), "encoding", str(error))


def _marked(file: str, text: str, error: yaml.MarkedYAMLError) -> SupervisionError:
    said = " ".join(part for part in (error.context, error.problem) if part)
    mark, opened = error.problem_mark, error.context_mark
    for part, code in _OPENED.items():
        if part in said:
            mark = opened or mark
            return _error(file, _marked_place(mark), code, said)
    sign = "" if mark is None else text[mark.index : mark.index + 1]
    if _SIGN in said:
        return _error(file, _marked_place(mark), _TAB if sign == "\t" else "sign", said, sign=sign)
    code = next((code for part, code in _THERE.items() if part in said), "other")
    return _error(file, _marked_place(mark), code, said)


def _error(file: str, place: Message, code: str, said: str, **params: object) -> SupervisionError:
    own = Message(f"law.yaml.is_{code}", params)
    problem = Label(own.text("zh"), f"{own.text('en')} ({said})")
    return SupervisionError("law.yaml.malformed", file=file, place=place, problem=problem)


def _marked_place(mark: yaml.Mark | None) -> Message:
    return at(mark.line + 1, mark.column + 1) if mark is not None else at(1, 1)


def _place(text: str, position: int) -> Message:
    before = text[:position]
    return at(before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)
