"""PDF from a typst template (排版): PDF/A-2b with the font that comes along, the same bytes on every machine."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import typst

from supervision.errors import SupervisionError

FONTS = "fonts"
FONT = "NotoSerifCJKsc-Han.otf"
TRIAL = '#set text(font: "Noto Serif CJK SC", fallback: false)\n双随机、一公开'.encode()
_OPEN = ExitStack()  # fonts are read when a glyph is needed: their folder stays while the program runs
_LACKING = re.compile(r'the text `"(?P<text>.*?)"` could not be displayed', re.DOTALL)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")  # of no meaning: fonts show whatever they like
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def typeset(template: str, values: Mapping[str, object], *, fonts: Sequence[Path] = ()) -> bytes:
    """Return a template filled with values as PDF (排版为 PDF); `fonts` are folders with fonts beside ours.

    A character that no font shows raises SupervisionError `notice.posted.no_glyph`: on a paper it would be an empty
    box. `notice.no_font` where the font that comes along is not there.
    """
    if private := _first(values, _PRIVATE):
        raise _lacking(values, private)
    try:
        return typst.compile(
            (files("supervision.notice") / "formats" / template).read_bytes(),
            font_paths=_fonts(tuple(fonts)),
            sys_inputs={"values": json.dumps(values, ensure_ascii=False)},
            format="pdf",
            pdf_standards="a-2b",
        )
    except typst.TypstError as error:
        raise _said(error, values) from error


def try_fonts(fonts: Sequence[Path] = ()) -> None:
    """Set one line (试排一行), as every notice and paper is set: raises what `typeset` would."""
    try:
        typst.compile(TRIAL, font_paths=_fonts(tuple(fonts)), format="pdf", pdf_standards="a-2b")
    except typst.TypstError as error:
        raise _said(error, {"trial": TRIAL.decode()}) from error


@cache
def _fonts(more: tuple[Path, ...]) -> typst.Fonts:
    """The fonts (字体), looked through once: it takes as long as a page."""
    place = files("supervision.notice") / FONTS
    if not (place / FONT).is_file():
        raise SupervisionError("notice.no_font", font=FONT)
    folder = _OPEN.enter_context(as_file(place))
    return typst.Fonts(include_system_fonts=False, font_paths=[folder, *more])


def _said(error: typst.TypstError, values: Mapping[str, object]) -> SupervisionError:
    """The error in words: which characters no font shows, and where they stand."""
    found = _LACKING.search(str(error))
    if found is None:
        return SupervisionError("notice.typeset", why=str(error))
    return _lacking(values, _ESCAPED.sub(lambda match: chr(int(match[1], 16)), found["text"]))


def _lacking(values: object, text: str) -> SupervisionError:
    character = text[:1]
    where = _first(values, re.compile(f".*{re.escape(character)}.*"))
    point = f"U+{ord(character):04X}"
    return SupervisionError("notice.posted.no_glyph", character=character, point=point, text=where)


def _first(values: object, wanted: re.Pattern[str]) -> str:
    """What the first text that holds something wanted has of it, "" where none does."""
    if isinstance(values, str):
        found = wanted.search(values)
        return found[0] if found else ""
    parts = values.values() if isinstance(values, Mapping) else values if isinstance(values, list | tuple) else ()
    return next((text for part in parts if (text := _first(part, wanted))), "")
