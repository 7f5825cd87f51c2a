"""What waits for a second person (待复核事项): a step-in or a leave that one person recorded with evidence."""

from __future__ import annotations

from dataclasses import dataclass

from supervision.canonical import canonical_json, parse_canonical


@dataclass(frozen=True, kw_only=True)
class ProposedStepIn:
    """A step-in that waits for its second person (待复核的递补)."""

    task_id: str
    unit_id: str
    reason: str
    evidence: str
    by: str

    def to_bytes(self) -> bytes:
        """Return the file's bytes (文件字节)."""
        return canonical_json(vars(self))

    @classmethod
    def from_bytes(cls, source: bytes) -> ProposedStepIn:
        """Read the file (读取文件)."""
        return cls(**parse_canonical(source))


@dataclass(frozen=True, kw_only=True)
class ProposedLeave:
    """Leave that waits for its second person (待复核的请假)."""

    inspector_id: str
    half_days: tuple[str, ...]
    ground: str
    evidence: str
    by: str

    def to_bytes(self) -> bytes:
        """Return the file's bytes (文件字节)."""
        return canonical_json({**vars(self), "half_days": list(self.half_days)})

    @classmethod
    def from_bytes(cls, source: bytes) -> ProposedLeave:
        """Read the file (读取文件)."""
        raw = parse_canonical(source)
        return cls(**raw | {"half_days": tuple(raw["half_days"])})
