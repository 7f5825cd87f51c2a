"""The one-page notice to be posted (张贴公告): a commitment's digest in groups and as QR, its sources, its dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

import segno

from supervision.messages import say
from supervision.notice.site.pages import render, when

GROUP = 8
WORDS = ("name_en", "shape_en", "organiser_en")
COLUMNS = ("name", "issue", "shape", "at", "organiser")


@dataclass(frozen=True, kw_only=True)
class Posted:
    """What the notice says (公告内容): of which commitment, and what everybody can compare later.

    `second`: calendar and roster are committed, not the frames. `sources`: `COLUMNS`, in the order of time,
    those of `WORDS` in English as well. `lang`: in which language its own words are.
    """

    city: str
    agency: str
    round: str
    rehearsal: bool
    second: bool
    digest: str
    hash_name: str
    committed_at: str
    sequence: int
    sources: Sequence[Mapping[str, str]]
    lang: str = "zh"

    @property
    def groups(self) -> list[str]:
        """The digest in groups of eight characters, so that people can compare it by eye (摘要分组)."""
        return [self.digest[at : at + GROUP] for at in range(0, len(self.digest), GROUP)]

    @property
    def title(self) -> str:
        """The notice's title (公告标题)."""
        return say("notice.posted_second" if self.second else "notice.posted_first", self.lang)

    @property
    def lead(self) -> str:
        """What is fixed, and by what anybody can tell (导语)."""
        return say(
            "notice.posted.lead2" if self.second else "notice.posted.lead", self.lang, city=self.city, round=self.round
        )

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Sequence and dates (序号与时间), and what the digest is made with, each with its name."""
        return [
            (
                say("notice.posted.sequence", self.lang),
                str(self.sequence or say("notice.posted.unnumbered", self.lang)),
            ),
            (say("notice.posted.committed_at", self.lang), when(self.committed_at)),
            (say("notice.posted.drawn_after", self.lang), when(self.sources[0]["at"])),
            (say("notice.posted.last_source", self.lang), when(self.sources[-1]["at"])),
        ]

    @property
    def digest_says(self) -> str:
        """What stands above the digest (摘要说明)."""
        return say("notice.posted.digest", self.lang, hash=self.hash_name.upper(), groups=len(self.groups), group=GROUP)

    @property
    def columns(self) -> list[str]:
        """The titles of the table of sources (信源表头)."""
        return [say(f"notice.posted.column.{name}", self.lang) for name in COLUMNS]

    @property
    def rows(self) -> list[list[str]]:
        """The table of sources (信源表)."""
        return [[when(self._cell(source, name)) for name in COLUMNS] for source in self.sources]

    def _cell(self, source: Mapping[str, str], name: str) -> str:
        return source.get(f"{name}_{self.lang}", source[name])

    @property
    def qr(self) -> str:
        """Agency, round, sequence, hash and digest as QR (二维码), an SVG that takes the size of its box."""
        text = f"{self.agency} {self.round} {self.sequence} {self.hash_name} {self.digest}"
        out = BytesIO()
        code = segno.make(text, error="m", micro=False)
        code.save(out, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True)
        return out.getvalue().decode()


def posted_page(posted: Posted) -> bytes:
    """Return the notice as a page for an A4 sheet (张贴公告网页)."""
    return render("posted", {"posted": posted, "translated": replace(posted, lang="en")})
