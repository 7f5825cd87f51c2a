"""The one-page notice to be posted (张贴公告): a commitment's digest in groups and as QR, its sources, its dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import segno

from supervision.notice.site.pages import render

GROUP = 8


@dataclass(frozen=True, kw_only=True)
class Posted:
    """What the notice says (公告内容): of which commitment, and what everybody can compare later."""

    city: str
    agency: str
    round: str
    rehearsal: bool
    title: str
    digest: str
    hash_name: str
    committed_at: str
    sequence: int
    sources: Sequence[Mapping[str, str]]


def posted_page(posted: Posted) -> bytes:
    """Return the notice as a page for an A4 sheet (张贴公告网页)."""
    groups = [posted.digest[at : at + GROUP] for at in range(0, len(posted.digest), GROUP)]
    return render("posted", {"posted": posted, "groups": groups, "qr": _qr(posted)})


def _qr(posted: Posted) -> str:
    """The digest as QR, an inline SVG."""
    text = f"{posted.agency} {posted.round} {posted.sequence} {posted.hash_name} {posted.digest}"
    out = BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(out, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True)  # the page gives it its size
    return out.getvalue().decode()
