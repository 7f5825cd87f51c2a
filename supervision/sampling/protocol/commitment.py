"""The first commitment (第一次承诺): commitment.json, draw protocol 2, section 3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from supervision.canonical import canonical_json, digest
from supervision.domain.rounds import RoundId
from supervision.errors import DoesNotVerify, SupervisionError
from supervision.sampling.bytes.identifiers import check_name, check_text
from supervision.sampling.protocol.fields import check_fields, read_fields, refuse_other_protocol, said, truth
from supervision.sampling.protocol.seeds import Source, check_sources, moment

PROTOCOL = "supervision-draw/2"
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
_DIGEST_OR_NOTHING = (str, type(None))
_FIELDS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("agency", "committed_at", "evidence", "hash", "key_digest", "protocol"), str),
    **dict.fromkeys(("register", "rehearsal", "roster", "round", "rules", "software"), str),
    **dict.fromkeys(("cause", "log", "previous"), _DIGEST_OR_NOTHING),
    "sequence": int,
    "sources": list,
    "tasks": list,
}


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """What a round is bound to before its sources exist (第一次承诺).

    `agency` is the body that coordinates; `committed_at` ISO text with +08:00; `evidence` the day whose registers were
    used. `sequence` counts the agency's real commitments of any kind from 1 and `previous` is the digest of the one
    before, `log` the head of the log before this step; a rehearsal has 0 and nothing. `key_digest`, `register`,
    `rules`, `roster` (salted) and `software` are hex digests; `sources` stand in the order of `at`, `tasks` sorted by
    task_id.
    """

    agency: str
    round: str
    rehearsal: bool
    committed_at: str
    evidence: str
    hash_name: str
    sequence: int
    previous: str | None
    log: str | None
    cause: str | None
    key_digest: str
    rules: str
    register: str
    roster: str
    software: str
    sources: tuple[Source, ...]
    tasks: tuple[TaskEntry, ...]

    def check(self, *, interval_hours: int) -> Commitment:
        """Return the commitment where everything in it may be so (核对承诺), else raise naming what may not.

        Each source is at least `interval_hours` after `committed_at` unless it is a rehearsal; an extra round names
        its cause, another has none; open and sealed tasks never share a group.
        """
        check_name(self.agency, what="agency")
        if bool(self.cause) != bool(RoundId.parse(self.round).extra):
            raise SupervisionError("sampling.cause", round=self.round)
        if self.cause is not None:
            check_text(self.cause, what="cause")
        committed = moment(self.committed_at, name="committed_at")
        if self.evidence_day > committed.date():
            raise SupervisionError("sampling.evidence_late", evidence=self.evidence, at=self.committed_at)
        check_sources(
            self.sources, committed_at=None if self.rehearsal else self.committed_at, interval_hours=interval_hours
        )
        self._check_groups()
        return self

    @property
    def evidence_day(self) -> date:
        """The day whose registers were used (取证日)."""
        try:
            return date.fromisoformat(self.evidence)
        except ValueError as error:
            raise DoesNotVerify("sampling.file_field", file=FILE, field="evidence", value=self.evidence) from error

    def _check_groups(self) -> None:
        access: dict[str, str] = {}
        for task in self.tasks:
            if (task.access == "open") != (task.disclosure == "before"):
                raise SupervisionError("sampling.disclosure", task=task.task_id, disclosure=task.disclosure)
            if access.setdefault(task.group, task.access) != task.access:
                raise SupervisionError("sampling.group_access", task=task.task_id, group=task.group)

    def to_bytes(self) -> bytes:
        """Return commitment.json (承诺文件)."""
        return canonical_json(
            {
                "agency": self.agency,
                "cause": self.cause,
                "committed_at": self.committed_at,
                "evidence": self.evidence,
                "hash": self.hash_name,
                "key_digest": self.key_digest,
                "log": self.log,
                "previous": self.previous,
                "protocol": PROTOCOL,
                "register": self.register,
                "rehearsal": said(self.rehearsal),
                "roster": self.roster,
                "round": self.round,
                "rules": self.rules,
                "sequence": self.sequence,
                "software": self.software,
                "sources": [source.as_json() for source in self.sources],
                "tasks": [asdict(task) for task in self.tasks],
            }
        )

    @classmethod
    def from_bytes(cls, source: bytes) -> Commitment:
        """Read commitment.json (读取承诺文件)."""
        raw = read_fields(source, _FIELDS, file=FILE)
        refuse_other_protocol(raw, PROTOCOL, file=FILE)
        tasks = [check_fields(entry, _TASK, file=FILE) for entry in raw.pop("tasks")]
        wrong = [task for task in tasks if not all(isinstance(count, int) for count in task["excluded"].values())]
        if wrong:
            raise DoesNotVerify("sampling.file_field", file=FILE, field="excluded", value=wrong[0]["excluded"])
        sources = tuple(Source.of(entry) for entry in raw.pop("sources"))
        if not sources:
            raise DoesNotVerify("sampling.file_field", file=FILE, field="sources", value=[])
        rehearsal = truth(raw.pop("rehearsal"), file=FILE, field="rehearsal")
        hash_name = raw.pop("hash")
        listed = tuple(TaskEntry(**entry) for entry in tasks)
        return cls(**raw, rehearsal=rehearsal, hash_name=hash_name, sources=sources, tasks=listed)

    @property
    def digest(self) -> bytes:
        """The commitment itself (承诺值): H of the file's bytes, 32 bytes."""
        return digest(self.hash_name, self.to_bytes())

    @property
    def last_event(self) -> str:
        """The time of the last source (最后信源时间)."""
        return max(source.at for source in self.sources)
