"""The first commitment (第一次承诺): commitment.json, draw protocol 1, section 3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from supervision.canonical import canonical_json, digest
from supervision.domain.rounds import RoundId
from supervision.errors import SupervisionError
from supervision.sampling.protocol.fields import read_fields, said, truth
from supervision.sampling.protocol.seeds import Source, check_sources, moment

PROTOCOL = "supervision-draw/1"
FILE = "commitment.json"


@dataclass(frozen=True, kw_only=True)
class TaskEntry:
    """One task of a commitment (承诺中的任务): sums over its strata, roots and digests in hex."""

    task_id: str
    group: str
    access: str
    disclosure: str
    units: int
    sample: int
    reserve: int
    strata: str
    frame_root: str
    excluded: Mapping[str, int]
    excluded_root: str


_TASK = dict.fromkeys(TaskEntry.__dataclass_fields__, str) | {
    "units": int,
    "sample": int,
    "reserve": int,
    "excluded": dict,
}
_FIELDS: dict[str, type | tuple[type, ...]] = {
    "protocol": str,
    "hash": str,
    "round": str,
    "rehearsal": str,
    "committed_at": str,
    "previous": (str, type(None)),
    "cause": (str, type(None)),
    "key_digest": str,
    "rules": str,
    "register": str,
    "sources": list,
    "tasks": list,
}


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """What a round is bound to before its sources exist (第一次承诺).

    `committed_at` is ISO text with +08:00, `previous` the hex digest of the agency's last commitment of any kind,
    `rules` and `register` are hex digests, `sources` stand in the order of `at`, `tasks` sorted by task_id.
    """

    round: str
    rehearsal: bool
    committed_at: str
    hash_name: str
    key_digest: str
    previous: str | None
    cause: str | None
    rules: str
    register: str
    sources: tuple[Source, ...]
    tasks: tuple[TaskEntry, ...]

    def check(self, *, interval_hours: int) -> Commitment:
        """Return the commitment where its sources and its cause may be so (核对承诺), else raise naming what may not.

        Each source is at least `interval_hours` after `committed_at` unless it is a rehearsal; an extra round names
        its cause.
        """
        if self.cause is None and RoundId.parse(self.round).extra:
            raise SupervisionError("sampling.cause", round=self.round)
        moment(self.committed_at, name="committed_at")
        check_sources(
            self.sources, committed_at=None if self.rehearsal else self.committed_at, interval_hours=interval_hours
        )
        return self

    def to_bytes(self) -> bytes:
        """Return commitment.json (承诺文件)."""
        return canonical_json(
            {
                "protocol": PROTOCOL,
                "hash": self.hash_name,
                "round": self.round,
                "rehearsal": said(self.rehearsal),
                "committed_at": self.committed_at,
                "previous": self.previous,
                "cause": self.cause,
                "key_digest": self.key_digest,
                "rules": self.rules,
                "register": self.register,
                "sources": [source.as_json() for source in self.sources],
                "tasks": [asdict(task) for task in self.tasks],
            }
        )

    @classmethod
    def from_bytes(cls, source: bytes) -> Commitment:
        """Read commitment.json (读取承诺文件)."""
        raw = read_fields(source, _FIELDS, file=FILE)
        tasks = [read_fields(canonical_json(entry), _TASK, file=FILE) for entry in raw["tasks"]]
        return cls(
            round=raw["round"],
            rehearsal=truth(raw["rehearsal"], file=FILE, field="rehearsal"),
            committed_at=raw["committed_at"],
            hash_name=raw["hash"],
            key_digest=raw["key_digest"],
            previous=raw["previous"],
            cause=raw["cause"],
            rules=raw["rules"],
            register=raw["register"],
            sources=tuple(Source.of(entry) for entry in raw["sources"]),
            tasks=tuple(TaskEntry(**entry) for entry in tasks),
        )

    @property
    def digest(self) -> bytes:
        """The commitment itself (承诺值): H of the file's bytes, 32 bytes."""
        return digest(self.hash_name, self.to_bytes())

    @property
    def last_event(self) -> str:
        """The time of the last source (最后信源时间)."""
        return max(source.at for source in self.sources)
