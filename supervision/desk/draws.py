"""The draws of a round as everybody may see them (抽取的公开过程): commitment, sources, who entered, seed, counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from supervision.month import round_files as files
from supervision.month.calendars import drawn_units, sent_back
from supervision.month.publishing import posted_notice
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.sampling.protocol.seeds import FIRST, SECOND, Source


@dataclass(frozen=True, kw_only=True)
class Draw:
    """A draw (一次抽取): the first, number 0, of units; the others of inspectors for the number-th calendar.

    `sources` belong to `shown`, which says them in words; `entered_by` is who entered the values first, "" before;
    `reveal` is None until a second person's values agreed; `counts` says what was drawn: by task, or in all.
    """

    number: int
    digest: str
    hash_name: str
    committed_at: str
    sources: Sequence[Source]
    shown: Sequence[Mapping[str, str]]
    file: str
    abandoned: bool
    entered_by: str = ""
    entered_at: str = ""
    reveal: Any = None
    counts: Mapping[str, int] = field(default_factory=dict)
    total: int = 0

    @property
    def groups(self) -> list[str]:
        """The digest in groups of eight, to be compared by eye (摘要分组)."""
        return [self.digest[at : at + 8] for at in range(0, len(self.digest), 8)]

    @property
    def pieces(self) -> list[str]:
        """What each source adds to the key string (密钥串的组成)."""
        return [f"{piece}/" for piece in self.reveal.key_string.split("/")[:-1]] if self.reveal else []

    @property
    def protocol(self) -> str:
        """What the seed's digest begins with (规程名), before a zero byte."""
        return (SECOND if self.number else FIRST)[:-1].decode()

    def known(self, now: datetime, *, rehearsal: bool) -> bool:
        """Tell whether every source's time has come (信源是否都已开奖); a rehearsal does not wait."""
        return rehearsal or now >= self.sources[-1].time


def numbers_of(round: Round) -> range:
    """Return the numbers of the draws that were committed (已承诺的抽取)."""
    return range(round.count(Step.ROSTER) + 1 if round.has(Step.COMMIT) else 0)


def draw_of(round: Round, number: int) -> Draw:
    """Return a committed draw of a round (取一次抽取)."""
    return _second(round, number) if number else _first(round)


def _first(round: Round) -> Draw:
    found, entered = round.read(files.COMMITMENT), {}
    if round.holds(files.ENTERED):
        entered = _entered(round.read(files.ENTERED))
    drawn: dict[str, Any] = {}
    if round.has(Step.DRAW):
        units = drawn_units(round)
        counts = {str(task): int(count) for task, count in units["task_id"].value_counts().sort_index().items()}
        drawn = {"reveal": round.read(files.REVEAL), "counts": counts, "total": int(units["unit_id"].nunique())}
    given = {"abandoned": round.has(Step.ABANDON), "file": _name(files.COMMITMENT.path()), **entered, **drawn}
    return Draw(number=0, **_committed(round, found), **given)


def _second(round: Round, number: int) -> Draw:
    found, entered = round.read(files.ROSTER_COMMITMENT, number), {}
    if round.holds(files.ENTERED_ROSTER, number):
        entered = _entered(round.read(files.ENTERED_ROSTER, number))
    drawn: dict[str, Any] = {}
    if round.has(Step.MATCH, number):
        people = round.read(files.ASSIGNMENTS, number)
        back = int(sent_back(round, number)["visit_id"].nunique())
        counts = {"inspectors": int(people["inspector_id"].nunique()), "sent_back": back}
        drawn = {"reveal": round.read(files.REVEAL_ROSTER, number), "counts": counts, "total": len(people)}
    given = {"abandoned": round.has(Step.ABANDON_ROSTER, number), **entered, **drawn}
    return Draw(number=number, file=_name(files.ROSTER_COMMITMENT.path(number)), **_committed(round, found), **given)


def _committed(round: Round, found: Any) -> dict[str, Any]:
    posted = posted_notice(round, found)
    return {
        "digest": posted.digest,
        "hash_name": posted.hash_name,
        "committed_at": posted.committed_at,
        "sources": found.sources,
        "shown": posted.sources,
    }


def _entered(found: Any) -> dict[str, str]:
    """Who entered the values and when; never what: a second person enters them without seeing the first's."""
    return {"entered_by": found.who, "entered_at": found.at}


def _name(path: str) -> str:
    return path.rpartition("/")[2]
