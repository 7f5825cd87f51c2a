"""The notice to be posted as PDF (张贴公告 PDF): one A4 sheet, the same bytes on every machine.

It is set with a font of its own, so that it also prints where no Chinese font is installed; the date of the file is
the commitment's.
"""

from __future__ import annotations

from dataclasses import replace

from supervision.messages import say
from supervision.notice.formats.typeset import typeset
from supervision.notice.posted import Posted


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
        "title_en": replace(posted, lang="en").title,
        "words": [say("notice.posted.rule"), say("notice.posted.keep")],
    }
    return typeset("posted.typ", values)
