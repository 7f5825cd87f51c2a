"""The second commitment (第二次承诺): roster_commitment.json binds calendar, roster, recusals; protocol 2, 7."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from supervision.canonical import canonical_json, digest
from supervision.errors import DoesNotVerify, SupervisionError
from supervision.sampling.protocol.fields import read_fields, refuse_other_protocol, said, truth
from supervision.sampling.protocol.seeds import Source, check_sources, moment

PROTOCOL = "supervision-roster/2"
FILE = "roster_commitment.json"
FILES = ("calendar", "roster", "recusals")
_FIELDS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("agency", "commitment", "committed_at", "hash", "protocol", "rehearsal", "round"), str),
    **dict.fromkeys(FILES, str),
    **dict.fromkeys(("log", "previous"), (str, type(None))),
    **dict.fromkeys(("number", "sequence"), int),
    "sources": list,
}


@dataclass(frozen=True, kw_only=True)
class RosterCommitment:
    """What a draw of inspectors is bound to (第二次承诺).

    `commitment` is the round's first one; `number` counts the round's roster commitments from 1; `sequence` and
    `previous` go on in the agency's chain; `calendar`, `roster`, `recusals` are salted digests of the files, all hex.
    """

    agency: str
    round: str
    rehearsal: bool
    committed_at: str
    hash_name: str
    number: int
    sequence: int
    previous: str | None
    log: str | None
    commitment: str
    calendar: str
    roster: str
    recusals: str
    sources: tuple[Source, ...]

    def check(self, *, interval_hours: int, used: Mapping[tuple[str, str, int, int, int], str]) -> RosterCommitment:
        """Return the commitment where its sources may be so (核对第二次承诺), else raise naming what may not.

        `used`: event → name of the sources of the round's other commitments; an issue never serves twice.
        """
        moment(self.committed_at, name="committed_at")
        check_sources(
            self.sources, committed_at=None if self.rehearsal else self.committed_at, interval_hours=interval_hours
        )
        for source in self.sources:
            if source.event in used:
                raise SupervisionError("sampling.source_reused", name=source.name, issue=source.issue)
        return self

    def to_bytes(self) -> bytes:
        """Return roster_commitment.json (第二次承诺文件)."""
        return canonical_json(
            {
                "agency": self.agency,
                "calendar": self.calendar,
                "commitment": self.commitment,
                "committed_at": self.committed_at,
                "hash": self.hash_name,
                "log": self.log,
                "number": self.number,
                "previous": self.previous,
                "protocol": PROTOCOL,
                "recusals": self.recusals,
                "rehearsal": said(self.rehearsal),
                "roster": self.roster,
                "round": self.round,
                "sequence": self.sequence,
                "sources": [source.as_json() for source in self.sources],
            }
        )

    @classmethod
    def from_bytes(cls, source: bytes) -> RosterCommitment:
        """Read roster_commitment.json (读取第二次承诺文件)."""
        raw = read_fields(source, _FIELDS, file=FILE)
        refuse_other_protocol(raw, PROTOCOL, file=FILE)
        sources = tuple(Source.of(entry) for entry in raw.pop("sources"))
        if not sources:
            raise DoesNotVerify("sampling.file_field", file=FILE, field="sources", value=[])
        rehearsal = truth(raw.pop("rehearsal"), file=FILE, field="rehearsal")
        hash_name = raw.pop("hash")
        return cls(**raw, rehearsal=rehearsal, hash_name=hash_name, sources=sources)

    @property
    def digest(self) -> bytes:
        """The commitment itself (承诺值): H of the file's bytes, 32 bytes."""
        return digest(self.hash_name, self.to_bytes())

    @property
    def last_event(self) -> str:
        """The time of the last source (最后信源时间)."""
        return max(source.at for source in self.sources)
