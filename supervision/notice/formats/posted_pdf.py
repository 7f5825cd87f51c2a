"""The notice to be posted as PDF (张贴公告 PDF): one A4 sheet, the same bytes on every machine.

It is set with a font of its own, so that it also prints where no Chinese font is installed; the date of the file is
the commitment's.
"""

from __future__ import annotations

import json
from importlib.resources import as_file, files

import typst

from supervision.errors import SupervisionError
from supervision.messages import say
from supervision.notice.posted import Posted

FONTS = "fonts"
TEMPLATE = "formats/posted.typ"
CHARACTERS = "gb2312"  # of the font: fonts/README.txt
FURTHER = "–—"


def write(posted: Posted) -> bytes:
    """Return the notice as PDF/A-2b (公告 PDF); a character that its font lacks is refused, never left out."""
    values = {
        "agency": posted.agency,
        "columns": posted.columns,
        "date": [int(part) for part in posted.committed_at[:10].split("-")],
        "day": posted.committed_at[:10],
        "digest": posted.digest,
        "facts": [*map(list, posted.facts), [posted.digest_says, ""]],
        "groups": posted.groups,
        "lead": posted.lead,
        "qr": posted.qr,
        "qr_says": say("notice.posted.qr"),
        "rehearsal": posted.rehearsal,
        "rehearsal_says": "　".join(say("notice.posted.rehearsal", lang) for lang in ("zh", "en")),
        "round": posted.round,
        "sources": posted.rows,
        "title": posted.title,
        "title_en": posted.title_en,
        "words": [say("notice.posted.rule"), say("notice.posted.keep")],
    }
    _refuse_unknown(values)
    package = files("supervision.notice")
    with as_file(package / FONTS) as folder:
        return typst.compile(
            (package / TEMPLATE).read_bytes(),
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[folder]),
            sys_inputs={"posted": json.dumps(values, ensure_ascii=False)},
            format="pdf",
            pdf_standards="a-2b",
        )


def _refuse_unknown(values: object, where: str = "posted") -> None:
    """Refuse a text that the font cannot show (核对字体所缺的字)."""
    if isinstance(values, dict):
        for name, value in values.items():
            _refuse_unknown(value, name)
    elif isinstance(values, list):
        for value in values:
            _refuse_unknown(value, where)
    elif isinstance(values, str) and where != "qr":
        for character in values:
            if character not in FURTHER and not _is_known(character):
                raise SupervisionError("notice.posted.no_glyph", character=character, where=where, text=values)


def _is_known(character: str) -> bool:
    try:
        character.encode(CHARACTERS)
    except UnicodeEncodeError:
        return False
    return True
