"""Files and tables of a round (轮次的文件与表): which type lives at which path, in this one place; and its steps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Generic, Protocol, Self, TypeVar

import pandas as pd

from supervision.canonical import canonical_json, parse_canonical
from supervision.law.rules import Rules
from supervision.risk.scorecard import Scorecard
from supervision.sampling.drawing import ORDER as ORDER_TABLE
from supervision.sampling.inspectors.lottery import ASSIGNMENTS as ASSIGNMENTS_TABLE
from supervision.sampling.inspectors.lottery import assignments_from_bytes, assignments_to_bytes
from supervision.sampling.inspectors.positions import CALENDAR as CALENDAR_TABLE
from supervision.sampling.inspectors.positions import RECUSALS as RECUSALS_TABLE
from supervision.sampling.inspectors.positions import ROSTER as ROSTER_TABLE
from supervision.sampling.protocol.commitment import Commitment
from supervision.sampling.protocol.fields import NO, YES, said
from supervision.sampling.protocol.result import Result
from supervision.sampling.protocol.reveal import Abandonment, Announced, Reveal
from supervision.sampling.protocol.roster_commitment import RosterCommitment
from supervision.tables import TableSchema


class Step(Enum):
    """The steps of a round (步骤), by the names that the log and the store know them by."""

    OPEN = "open"
    TRAIN = "train"
    SCORE = "score"
    COMMIT = "commit"
    ANNOUNCE = "announce"
    ABANDON = "abandon"
    DRAW = "draw"
    PLAN = "plan"
    ROSTER = "roster"
    ANNOUNCE_ROSTER = "announce2"
    MATCH = "match"
    PUBLISH = "publish"
    RECORD = "record"

    def name_of(self, number: int) -> str:
        """Return the step's name in the log (日志中的步骤名); supplements carry their number, from 2."""
        return f"{self.value}{end_of(number)}"


_STEP = re.compile(rf"({'|'.join(step.value for step in Step)})(?:-([0-9]+))?")


def step_of(name: str) -> tuple[Step, int]:
    """Return the step and number of a name in the log (步骤与编号)."""
    match = _STEP.fullmatch(name)
    if match is None:
        raise ValueError(name)  # the store holds only names that `name_of` made
    return Step(match[1]), int(match[2] or 1)


def end_of(number: int) -> str:
    """Return what a supplement's files and steps carry at the end of their names (后缀): nothing for the first."""
    return "" if number == 1 else f"-{number}"


class Value(Protocol):
    """A value with its own bytes (自带字节的值)."""

    def to_bytes(self) -> bytes:
        """Return the file's bytes (文件字节)."""

    @classmethod
    def from_bytes(cls, source: bytes) -> Self:
        """Read the file (读取文件)."""


V = TypeVar("V")


@dataclass(frozen=True)
class File(Generic[V]):
    """Where values of one type live (文件): `{end}` is a supplement's number, `{task}` a task_id."""

    template: str
    kind: Any

    def path(self, number: int = 1, task: str = "") -> str:
        """Return the path in the round (路径)."""
        return self.template.format(end=end_of(number), task=task)

    def to_bytes(self, value: V) -> bytes:
        """Return a value's bytes (写成字节)."""
        made: bytes = self.kind.to_bytes(value)
        return made

    def from_bytes(self, source: bytes) -> V:
        """Return the value that bytes hold (读成值)."""
        value: V = self.kind.from_bytes(source)
        return value


@dataclass(frozen=True)
class CsvFile:
    """A table that is a file (表格文件)."""

    schema: TableSchema

    def to_bytes(self, value: pd.DataFrame) -> bytes:
        """Return the table's bytes (写成字节)."""
        return self.schema.to_csv(value)

    def from_bytes(self, source: bytes) -> pd.DataFrame:
        """Return the table (读成表)."""
        return self.schema.from_csv(source)


class _Assignments:
    to_bytes = staticmethod(assignments_to_bytes)
    from_bytes = staticmethod(assignments_from_bytes)


class _Json:
    to_bytes = staticmethod(canonical_json)
    from_bytes = staticmethod(parse_canonical)


class _Hex:
    @staticmethod
    def to_bytes(value: bytes) -> bytes:
        return value.hex().encode()

    @staticmethod
    def from_bytes(source: bytes) -> bytes:
        return bytes.fromhex(source.decode())


class _Card:
    @staticmethod
    def to_bytes(card: Scorecard) -> bytes:
        return card.to_json()

    from_bytes = staticmethod(Scorecard.from_json)


@dataclass(frozen=True, kw_only=True)
class RoundCard:
    """What was fixed when a round was opened (轮次登记): `on` is the day whose evidence it uses."""

    round: str
    rehearsal: bool
    on: date
    hash_name: str

    @property
    def kind(self) -> str:
        """Rehearsal or not, as it is written (是否演练)."""
        return said(self.rehearsal)

    def to_bytes(self) -> bytes:
        """Return round.json (轮次登记文件)."""
        body = {"round": self.round, "rehearsal": self.kind, "on": self.on.isoformat(), "hash": self.hash_name}
        return canonical_json(body)

    @classmethod
    def from_bytes(cls, source: bytes) -> RoundCard:
        """Read round.json (读取轮次登记文件)."""
        raw = parse_canonical(source)
        return cls(
            round=raw["round"],
            rehearsal={YES: True, NO: False}[raw["rehearsal"]],
            on=date.fromisoformat(raw["on"]),
            hash_name=raw["hash"],
        )


@dataclass(frozen=True, kw_only=True)
class RuleFiles:
    """The rule files of both sides (规则文件): relative path → bytes of what is shipped and of the city's own."""

    shipped: Mapping[str, bytes]
    city: Mapping[str, bytes]

    def rules(self) -> Rules:
        """Return the rules that they hold (读取规则)."""
        return Rules.read(self.shipped, self.city)

    def to_bytes(self) -> bytes:
        """Return rules.json (规则文件定格)."""
        return canonical_json(
            {side: {path: data.decode() for path, data in files.items()} for side, files in vars(self).items()}
        )

    @classmethod
    def from_bytes(cls, source: bytes) -> RuleFiles:
        """Read rules.json (读取定格的规则文件)."""
        raw = parse_canonical(source)
        return cls(**{side: {path: text.encode() for path, text in raw[side].items()} for side in ("shipped", "city")})


CARD: File[RoundCard] = File("round.json", RoundCard)
SCORECARD: File[Scorecard] = File("scorecard.json", _Card)
EVIDENCE: File[dict[str, str]] = File("evidence.json", _Json)
RULES: File[RuleFiles] = File("audit/rules.json", RuleFiles)
REGISTERS: File[dict[str, str]] = File("audit/registers.json", _Json)
FRAME_KEY: File[bytes] = File("audit/frame_key.hex", _Hex)
AUDIT_SCORECARD: File[Scorecard] = File("audit/scorecard.json", _Card)
COMMITMENT: File[Commitment] = File("public/commitment.json", Commitment)
ABANDONED: File[Abandonment] = File("public/abandoned.json", Abandonment)
ANNOUNCED: File[Announced] = File("public/announced.json", Announced)
REVEAL: File[Reveal] = File("public/reveal.json", Reveal)
RESULT: File[Result] = File("public/result.json", Result)
ORDER: File[pd.DataFrame] = File("audit/tasks/{task}/order.csv", CsvFile(ORDER_TABLE))
CALENDAR: File[pd.DataFrame] = File("audit/calendar{end}.csv", CsvFile(CALENDAR_TABLE))
CERTIFICATE: File[dict[str, Any]] = File("audit/certificate{end}.json", _Json)
UNHELD_TABLE = TableSchema(name="unheld.csv", columns=dict.fromkeys(("unit_id", "task_ids", "reason"), "str"))
UNHELD: File[pd.DataFrame] = File("audit/unheld{end}.csv", CsvFile(UNHELD_TABLE))
ROSTER_COMMITMENT: File[RosterCommitment] = File("public/commitment2{end}.json", RosterCommitment)
ROSTER: File[pd.DataFrame] = File("audit/roster{end}.csv", CsvFile(ROSTER_TABLE))
RECUSALS: File[pd.DataFrame] = File("audit/recusals{end}.csv", CsvFile(RECUSALS_TABLE))
ANNOUNCED_ROSTER: File[Announced] = File("public/announced2{end}.json", Announced)
REVEAL_ROSTER: File[Reveal] = File("public/reveal2{end}.json", Reveal)
ASSIGNMENTS: File[pd.DataFrame] = File("audit/roster{end}.json", _Assignments)
PUBLISHED: File[dict[str, list[str]]] = File("manifests/published.json", _Json)
TASK_FILE = "audit/tasks/{task}/{name}"
OPEN_FILE = "public/open/{task}/{name}"
MANIFEST = "manifests/{part}manifest.json"

SCORES, DRAWN, SENT_BACK, UNHELD_ROWS = "scores", "drawn", "sent_back{end}", "unheld{end}"
FROZEN, FROZEN_UNITS = "frozen_{kind}", "frozen_units"
PLACES = [*CALENDAR_TABLE.names, "inspector_id"]
ASSIGNED = ASSIGNMENTS_TABLE.names
