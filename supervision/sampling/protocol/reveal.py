"""What becomes known after a commitment (揭示): values, key string, seed; or that it was given up; protocol 2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from supervision.canonical import canonical_json
from supervision.errors import SupervisionError
from supervision.sampling.protocol.fields import hex_bytes, read_fields, texts, texts_by_name
from supervision.sampling.protocol.seeds import Source, Values, moment

FILE = "reveal.json"
_REVEAL: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("commitment", "key_string", "round", "seed"), str),
    "held": dict,
    "values": dict,
}
_ABANDONED: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("at", "commitment", "reason", "round"), str),
    "cancelled": (str, type(None)),
}


@dataclass(frozen=True, kw_only=True)
class Reveal:
    """The values of a draw's sources, and what follows from them (揭示): reveal.json, reveal2.json.

    `commitment` hex; `held`: source → the time at which the organiser held its issue; `values`: source → decimal texts
    without leading zeros, a set sorted as numbers.
    """

    commitment: str
    round: str
    held: Mapping[str, str]
    values: Values
    key_string: str
    seed: bytes

    def to_bytes(self) -> bytes:
        """Return the file's bytes (揭示文件)."""
        return canonical_json(
            {
                "commitment": self.commitment,
                "held": dict(self.held),
                "key_string": self.key_string,
                "round": self.round,
                "seed": self.seed.hex(),
                "values": {name: list(texts) for name, texts in self.values.items()},
            }
        )

    @classmethod
    def from_bytes(cls, source: bytes) -> Reveal:
        """Read the file (读取揭示文件)."""
        raw = read_fields(source, _REVEAL, file=FILE)
        return cls(
            **raw
            | {
                "seed": hex_bytes(raw["seed"], file=FILE, field="seed"),
                "held": texts_by_name(raw["held"], file=FILE, field="held"),
                "values": values_of(raw["values"], file=FILE),
            }
        )


@dataclass(frozen=True, kw_only=True)
class Abandonment:
    """A commitment that was given up (放弃): abandoned.json, abandoned2.json, with the reason that everybody reads.

    `cancelled` names the source whose issue the organiser cancelled, None before the first source's time.
    """

    at: str
    cancelled: str | None
    commitment: str
    reason: str
    round: str

    def to_bytes(self) -> bytes:
        """Return the file's bytes (放弃文件)."""
        return canonical_json(vars(self))

    @classmethod
    def from_bytes(cls, source: bytes) -> Abandonment:
        """Read the file (读取放弃文件)."""
        return cls(**read_fields(source, _ABANDONED, file="abandoned.json"))


def values_of(found: Mapping[str, object], *, file: str) -> dict[str, Sequence[str]]:
    """Return source → announced texts (读取公布值), from the object of a file."""
    for listed in found.values():
        texts(listed, file=file, field="values")
    return dict(found)  # type: ignore[arg-type]  # each is a list of texts


def check_held(source: Source, held: str) -> str:
    """Return when an issue was held (核对开奖时间): not before the time announced for it, else the round is void."""
    if moment(held, name=source.name) < source.time:
        raise SupervisionError("sampling.held_early", name=source.name, held=held, at=source.at)
    return held
