"""The second commitment (第二次承诺): commitment2.json binds calendar, roster and recusals; protocol 1, section 7."""

from __future__ import annotations

from dataclasses import dataclass

from supervision.canonical import canonical_json, digest
from supervision.sampling.protocol.fields import read_fields, said, truth
from supervision.sampling.protocol.seeds import Source, check_sources, moment

PROTOCOL = "supervision-roster/1"
FILE = "commitment2.json"
_FIELDS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("protocol", "hash", "round", "rehearsal", "committed_at", "commitment", "previous"), str),
    **dict.fromkeys(("calendar", "roster", "recusals"), str),
    "sources": list,
}


@dataclass(frozen=True, kw_only=True)
class RosterCommitment:
    """What the second draw is bound to (第二次承诺).

    `commitment` is the round's first one, `previous` the last of any kind (the earlier second one for a supplement);
    `calendar`, `roster`, `recusals` are digests of the files, all hex.
    """

    round: str
    rehearsal: bool
    committed_at: str
    hash_name: str
    commitment: str
    previous: str
    calendar: str
    roster: str
    recusals: str
    sources: tuple[Source, ...]

    @classmethod
    def bind(
        cls,
        *,
        calendar: bytes,
        roster: bytes,
        recusals: bytes,
        frame_key: bytes,
        round: str,
        rehearsal: bool,
        committed_at: str,
        hash_name: str,
        commitment: str,
        previous: str,
        sources: tuple[Source, ...],
        interval_hours: int,
    ) -> RosterCommitment:
        """Return the commitment to three files (承诺日程、名册与回避), the recusals under the frame key as salt."""
        moment(committed_at, name="committed_at")
        check_sources(sources, committed_at=None if rehearsal else committed_at, interval_hours=interval_hours)
        return cls(
            round=round,
            rehearsal=rehearsal,
            committed_at=committed_at,
            hash_name=hash_name,
            commitment=commitment,
            previous=previous,
            calendar=digest(hash_name, calendar).hex(),
            roster=digest(hash_name, roster).hex(),
            recusals=digest(hash_name, frame_key, recusals).hex(),
            sources=sources,
        )

    def to_bytes(self) -> bytes:
        """Return commitment2.json (第二次承诺文件)."""
        return canonical_json(
            {
                "protocol": PROTOCOL,
                "hash": self.hash_name,
                "round": self.round,
                "rehearsal": said(self.rehearsal),
                "committed_at": self.committed_at,
                "commitment": self.commitment,
                "previous": self.previous,
                "calendar": self.calendar,
                "roster": self.roster,
                "recusals": self.recusals,
                "sources": [source.as_json() for source in self.sources],
            }
        )

    @classmethod
    def from_bytes(cls, source: bytes) -> RosterCommitment:
        """Read commitment2.json (读取第二次承诺文件)."""
        raw = read_fields(source, _FIELDS, file=FILE)
        return cls(
            round=raw["round"],
            rehearsal=truth(raw["rehearsal"], file=FILE, field="rehearsal"),
            committed_at=raw["committed_at"],
            hash_name=raw["hash"],
            commitment=raw["commitment"],
            previous=raw["previous"],
            calendar=raw["calendar"],
            roster=raw["roster"],
            recusals=raw["recusals"],
            sources=tuple(Source.of(entry) for entry in raw["sources"]),
        )

    @property
    def digest(self) -> bytes:
        """The commitment itself (承诺值): H of the file's bytes, 32 bytes."""
        return digest(self.hash_name, self.to_bytes())

    @property
    def last_event(self) -> str:
        """The time of the last source (最后信源时间)."""
        return max(source.at for source in self.sources)
