"""What becomes known after a commitment (揭示): values, key string and seed; protocol 1, sections 4, 6 and 7."""

from __future__ import annotations

from dataclasses import dataclass

from supervision.canonical import canonical_json
from supervision.sampling.protocol.fields import read_fields
from supervision.sampling.protocol.seeds import Values


@dataclass(frozen=True, kw_only=True)
class Reveal:
    """The values of a draw's sources as announced, and what follows from them (揭示): reveal.json, reveal2.json."""

    round: str
    values: Values
    key_string: str
    seed: bytes

    def to_bytes(self) -> bytes:
        """Return the file's bytes (揭示文件)."""
        announced = {name: list(texts) for name, texts in self.values.items()}
        body = {"round": self.round, "values": announced, "key_string": self.key_string, "seed": self.seed.hex()}
        return canonical_json(body)

    @classmethod
    def from_bytes(cls, source: bytes) -> Reveal:
        """Read the file (读取揭示文件)."""
        names = {"round": str, "values": dict, "key_string": str, "seed": str}
        raw = read_fields(source, names, file="reveal.json")
        seed = bytes.fromhex(raw["seed"])
        return cls(round=raw["round"], values=raw["values"], key_string=raw["key_string"], seed=seed)


@dataclass(frozen=True, kw_only=True)
class Announced:
    """Values that were put on record before all were known (登记的信源数值): announced.json."""

    round: str
    at: str
    values: Values

    def to_bytes(self) -> bytes:
        """Return the file's bytes (登记文件)."""
        announced = {name: list(texts) for name, texts in self.values.items()}
        return canonical_json({"round": self.round, "at": self.at, "values": announced})

    @classmethod
    def from_bytes(cls, source: bytes) -> Announced:
        """Read the file (读取登记文件)."""
        return cls(**read_fields(source, {"round": str, "at": str, "values": dict}, file="announced.json"))


@dataclass(frozen=True, kw_only=True)
class Abandonment:
    """A round that was given up (放弃一轮): abandoned.json, with the reason that everybody reads."""

    round: str
    commitment: str
    reason: str
    at: str

    def to_bytes(self) -> bytes:
        """Return the file's bytes (放弃文件)."""
        return canonical_json(vars(self))

    @classmethod
    def from_bytes(cls, source: bytes) -> Abandonment:
        """Read the file (读取放弃文件)."""
        return cls(**read_fields(source, dict.fromkeys(cls.__dataclass_fields__, str), file="abandoned.json"))
