"""Records that grow after a draw (递补、变更、锚定): lists in JSON files; draw protocol 2, 6, 7 and 9."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, Generic, TypeVar

from supervision.canonical import canonical_json, parse_canonical
from supervision.errors import DoesNotVerify, SupervisionError
from supervision.sampling.bytes.identifiers import check_name, check_text
from supervision.sampling.protocol.fields import check_fields, read_fields, texts, texts_by_name
from supervision.sampling.protocol.reveal import values_of
from supervision.sampling.protocol.seeds import Values

R = TypeVar("R")
ANCHOR_KINDS = ("notice", "newspaper", "supervisor", "tsa")
ANCHORED = ("commitment", "roster_commitment", "manifest", "abandoned")


@dataclass(frozen=True)
class Records(Generic[R]):
    """A list of entries of one type with its bytes (记录列表)."""

    kind: type[R]
    entries: tuple[R, ...] = ()

    def to_bytes(self, value: Iterable[R]) -> bytes:
        """Return the file's bytes (文件字节)."""
        return canonical_json([_plain(entry) for entry in value])

    def from_bytes(self, source: bytes) -> tuple[R, ...]:
        """Read the file (读取文件); an entry with other fields is refused."""
        kinds = {field.name: _TYPES[str(field.type)] for field in fields(self.kind)}  # type: ignore[arg-type]  # all are
        names = {_KEYWORDS.get(name, name): kind for name, kind in kinds.items()}
        file, listed = self.kind.__name__, parse_canonical(source)
        if not isinstance(listed, list):
            raise DoesNotVerify("sampling.file_field", file=file, field="[]", value=listed)
        found = []
        for entry in listed:
            check_fields(entry, names, file=file)
            given = {_NAMES.get(name, name): value for name, value in entry.items()}
            given |= {name: texts(given[name], file=file, field=name) for name, kind in kinds.items() if kind is list}
            found.append(self.kind(**given))
        return tuple(found)


_KEYWORDS = {"stepped_in": "in"}
_NAMES = {word: name for name, word in _KEYWORDS.items()}
_TYPES: dict[str, type | tuple[type, ...]] = {
    "str": str,
    "int": int,
    "str | None": (str, type(None)),
    "int | None": (int, type(None)),
    "tuple[str, ...]": list,
}


def _plain(entry: Any) -> dict[str, object]:
    return {_KEYWORDS.get(name, name): value for name, value in asdict(entry).items()}


@dataclass(frozen=True, kw_only=True)
class StepIn:
    """A reserve unit that stepped in (递补): `stepped_in` (in the file "in") is None where the reserve is used up.

    `reason` is the result code of the unit that could not be inspected, `evidence` a hex digest; `by` recorded it,
    `reviewed_by` agreed.
    """

    at: str
    by: str
    evidence: str
    stepped_in: str | None
    no: int
    out: str
    reason: str
    reviewed_by: str
    stratum: str
    task_id: str

    records: ClassVar[Records[StepIn]]

    def check(self) -> StepIn:
        """Return the entry where two persons made it (核对经办与复核), else raise."""
        for what in ("by", "reviewed_by", "reason"):
            check_name(getattr(self, what), what=what)
        if self.by == self.reviewed_by:
            raise SupervisionError("sampling.one_person", who=self.by)
        return self


@dataclass(frozen=True, kw_only=True)
class Change:
    """One row of changes.json (变更): leave, a substitution, or one place of a visit moved or cancelled."""

    at: str
    by: str
    evidence: str
    ground: str
    half_days: tuple[str, ...]
    inspector_id: str | None
    kind: str
    no: int
    office: str | None
    out: str | None
    place: int | None
    reviewed_by: str
    visit_id: str | None

    records: ClassVar[Records[Change]]

    def check(self) -> Change:
        """Return the row where two persons made it and say why (核对经办、复核与理由), else raise."""
        for what in ("by", "reviewed_by"):
            check_name(getattr(self, what), what=what)
        check_text(self.ground, what="ground")
        if self.by == self.reviewed_by:
            raise SupervisionError("sampling.one_person", who=self.by)
        return self


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """Evidence from outside the agency that a digest existed (锚定): `digest` is the one that is shown there."""

    at: str
    digest: str
    file: str
    kind: str
    of: str

    records: ClassVar[Records[Anchor]]


StepIn.records = Records(StepIn)
Change.records = Records(Change)
Anchor.records = Records(Anchor)


@dataclass(frozen=True, kw_only=True)
class Entered:
    """Values that one person entered and a second has not confirmed yet (已录入待复核的数值)."""

    who: str
    at: str
    held: Mapping[str, str]
    values: Values

    def to_bytes(self) -> bytes:
        """Return the file's bytes (文件字节)."""
        values = {name: list(texts) for name, texts in self.values.items()}
        return canonical_json({"who": self.who, "at": self.at, "held": dict(self.held), "values": values})

    @classmethod
    def from_bytes(cls, source: bytes) -> Entered:
        """Read the file (读取文件)."""
        raw = read_fields(source, {"who": str, "at": str, "held": dict, "values": dict}, file="entered")
        held = texts_by_name(raw["held"], file="entered", field="held")
        return cls(who=raw["who"], at=raw["at"], held=held, values=values_of(raw["values"], file="entered"))
