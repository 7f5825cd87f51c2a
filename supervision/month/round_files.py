"""Files and tables of a round (轮次的文件与表): which type lives at which path, in this one place; and its steps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any, Generic, Protocol, Self, TypeVar

import pandas as pd

from supervision.canonical import canonical_json, parse_canonical
from supervision.errors import SupervisionError
from supervision.law.rules import Rules
from supervision.month.change_order import ChangeOrder
from supervision.month.proposals import ProposedLeave, ProposedStepIn
from supervision.results.review import DECISION_COLUMNS, SUBMITTED_COLUMNS
from supervision.risk.cards import OwnCards
from supervision.risk.professional import COLUMNS as PROFESSIONAL_COLUMNS
from supervision.risk.scorecard import Scorecard
from supervision.sampling.drawing import ORDER as ORDER_TABLE
from supervision.sampling.inspectors.lottery import assignments_from_bytes, assignments_to_bytes, sent_back_to_bytes
from supervision.sampling.inspectors.positions import CALENDAR as CALENDAR_TABLE
from supervision.sampling.inspectors.positions import RECUSALS as RECUSALS_TABLE
from supervision.sampling.inspectors.positions import ROSTER as ROSTER_TABLE
from supervision.sampling.protocol.commitment import Commitment
from supervision.sampling.protocol.fields import NO, YES, said
from supervision.sampling.protocol.records import Anchor, Change, Entered, StepIn
from supervision.sampling.protocol.result import Result
from supervision.sampling.protocol.reveal import Abandonment, Reveal
from supervision.sampling.protocol.roster_commitment import RosterCommitment
from supervision.tables import TableSchema


class Step(Enum):
    """The steps of a round (步骤): what the store knows each by, and what the log of draw protocol 2, 9 calls it."""

    OPEN = "open", "import"
    TRAIN = "train", "train"
    SCORE = "score", "score"
    COMMIT = "commit", "commit"
    ABANDON = "abandon", "abandon"
    ENTER = "enter", "draw"
    DRAW = "draw", "draw"
    PLAN = "plan", "plan"
    ROSTER = "commit_roster", "commit_roster"
    ABANDON_ROSTER = "abandon_roster", "abandon"
    ENTER_ROSTER = "enter_roster", "match"
    MATCH = "match", "match"
    PROPOSE_STEP_IN = "propose_stepin", "record"
    STEP_IN = "stepin", "stepin"
    PROPOSE_CHANGE = "propose_change", "record"
    CHANGE = "change", "substitute"
    REPLAN = "replan", "replan"
    REPORT_LOTTERY = "report_lottery", "publish"
    ISSUE_CODES = "issue_codes", "publish"
    NUMBER = "number_notices", "publish"
    PUBLISH = "publish", "publish"
    SUBMIT = "submit", "record"
    RECORD = "record", "record"
    HAND_OVER_GSXT = "hand_over_gsxt", "publish"
    HAND_OVER_JIANGUAN = "hand_over_jianguan", "publish"
    KEEP_FORM = "keep_form", "record"
    REVIEW = "review", "review"
    ANCHOR = "anchor", "anchor"

    def __init__(self, stored: str, logged: str) -> None:
        self.stored = stored
        self.logged = logged

    def name_of(self, number: int) -> str:
        """Return the step's name in the store (库内步骤名); supplements carry their number, from 2."""
        return f"{self.stored}{end_of(number)}"


_BY_NAME = {step.stored: step for step in Step}
_STEP = re.compile(r"([a-z_]+)(?:-([0-9]+))?")


def step_of(name: str) -> tuple[Step, int]:
    """Return the step and number of a name in the store (步骤与编号)."""
    match = _STEP.fullmatch(name)
    if match is None or match[1] not in _BY_NAME:
        raise SupervisionError("month.other_protocol", step=name)
    return _BY_NAME[match[1]], int(match[2] or 1)


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


class _SentBack:
    to_bytes = staticmethod(sent_back_to_bytes)
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


@lru_cache(maxsize=4)  # of today, and of rounds whose frozen files are others: a desk opens rounds all day
def _rules_of(shipped: tuple[tuple[str, bytes], ...], city: tuple[tuple[str, bytes], ...], *, frozen: bool) -> Rules:
    return Rules.read(dict(shipped), dict(city), frozen=frozen)


@dataclass(frozen=True, kw_only=True)
class RuleFiles:
    """The rule files of both sides (规则文件): relative path → bytes of what is shipped and of the city's own."""

    shipped: Mapping[str, bytes]
    city: Mapping[str, bytes]

    def rules(self, *, frozen: bool = False) -> Rules:
        """Return the rules that they hold (读取规则); the same files are read once. `frozen`: kept by a round."""
        shipped, city = (tuple(sorted(files.items())) for files in (self.shipped, self.city))
        return _rules_of(shipped, city, frozen=frozen)

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


def _texts(name: str, *columns: str) -> TableSchema:
    return TableSchema(name=name, columns=dict.fromkeys(columns, "str"))


TASKS_TABLE = _texts("tasks.csv", "task_id", "items")
ITEMS_TABLE = _texts("items.csv", "item_id", "department", "kind", "ratio", "half_days", "inspectors")
OFFICES_TABLE = _texts("offices.csv", "office", "department", "region", "name")
ISSUED_CODES_TABLE = _texts("entry_codes.csv", "code", "visit_id", "office", "half_days", "issued")
STRATA_KEYS_TABLE = _texts("strata_keys.csv", "task_id", "stratum", "key")
ROSTER_CHANGES_TABLE = _texts("roster_changes.csv", "inspector_id", "field", "was", "is", "ground")
CLASS_MOVES_TABLE = TableSchema(
    name="class_moves.csv", columns={"from_class": "str", "to_class": "str", "cause": "str", "units": "int64"}
)
PROFESSIONAL_TABLE = TableSchema(
    name="professional.csv", columns={**dict.fromkeys(PROFESSIONAL_COLUMNS[1:], "str"), "units": "int64"}
)
UNHELD_TABLE = _texts("unheld.csv", "unit_id", "task_ids", "reason")
OFF_SITE_TABLE = _texts("off_site.csv", "visit_id", "unit_id", "office", "item_id", "task_ids", "correct_by")
SUBMITTED_TABLE = _texts("submitted.csv", *SUBMITTED_COLUMNS)
REVIEWS_TABLE = _texts("reviews.csv", *DECISION_COLUMNS)

COVERAGE_TABLE = _texts("coverage.csv", "duty", "unit_id", "region", "last", "by", "month", "state", "task_id", "why")

CARD: File[RoundCard] = File("round.json", RoundCard)
SCORECARD: File[Scorecard] = File("scorecard.json", _Card)
INDUSTRY_CARDS: File[OwnCards] = File("industry_cards.json", OwnCards)
TRAINED: File[dict[str, str]] = File("trained.json", _Json)
EVIDENCE: File[dict[str, str]] = File("evidence.json", _Json)
CLASSING: File[dict[str, Any]] = File("classing.json", _Json)
PROFESSIONAL_COUNTS: File[pd.DataFrame] = File("professional.csv", CsvFile(PROFESSIONAL_TABLE))
CLASS_MOVES: File[pd.DataFrame] = File("class_moves.csv", CsvFile(CLASS_MOVES_TABLE))
ENTERED: File[Entered] = File("entered.json", Entered)
ENTERED_ROSTER: File[Entered] = File("entered_roster{end}.json", Entered)
PROPOSED_STEP_IN: File[ProposedStepIn] = File("proposed_stepin.json", ProposedStepIn)
PROPOSED_LEAVE: File[ProposedLeave] = File("proposed_leave.json", ProposedLeave)
RULES: File[RuleFiles] = File("rules.json", RuleFiles)
ACCEPTED: File[dict[str, Any]] = File("audit/accepted_rules.json", _Json)
RULE_DIGESTS: File[dict[str, str]] = File("audit/rules.json", _Json)
REGISTERS: File[dict[str, str]] = File("audit/registers.json", _Json)
FRAME_KEY: File[bytes] = File("audit/frame_key.hex", _Hex)
AUDIT_SCORECARD: File[Scorecard] = File("audit/scorecard.json", _Card)
AUDIT_INDUSTRY_CARDS: File[OwnCards] = File("audit/industry_cards.json", OwnCards)
AUDIT_PROFESSIONAL: File[pd.DataFrame] = File("audit/professional.csv", CsvFile(PROFESSIONAL_TABLE))
AUDIT_CLASS_MOVES: File[pd.DataFrame] = File("audit/class_moves.csv", CsvFile(CLASS_MOVES_TABLE))
COVERAGE: File[pd.DataFrame] = File("audit/coverage.csv", CsvFile(COVERAGE_TABLE))
COVERAGE_DUTIES: File[dict[str, Any]] = File("audit/coverage.json", _Json)
TASKS: File[pd.DataFrame] = File("audit/tasks.csv", CsvFile(TASKS_TABLE))
ITEMS: File[pd.DataFrame] = File("audit/items.csv", CsvFile(ITEMS_TABLE))
OFFICES: File[pd.DataFrame] = File("audit/offices.csv", CsvFile(OFFICES_TABLE))
JOINED_OFFICES: File[pd.DataFrame] = File("audit/joined_offices.csv", CsvFile(OFFICES_TABLE))
STRATA_KEYS: File[pd.DataFrame] = File("audit/strata_keys.csv", CsvFile(STRATA_KEYS_TABLE))
ROSTER_0: File[pd.DataFrame] = File("audit/roster-0.csv", CsvFile(ROSTER_TABLE))
COMMITMENT: File[Commitment] = File("public/commitment.json", Commitment)
ABANDONED: File[Abandonment] = File("public/abandoned.json", Abandonment)
ABANDONED_ROSTER: File[Abandonment] = File("public/abandoned2{end}.json", Abandonment)
REVEAL: File[Reveal] = File("public/reveal.json", Reveal)
RESULT: File[Result] = File("public/result.json", Result)
ORDER: File[pd.DataFrame] = File("audit/tasks/{task}/order.csv", CsvFile(ORDER_TABLE))
CALENDAR: File[pd.DataFrame] = File("audit/calendar{end}.csv", CsvFile(CALENDAR_TABLE))
CERTIFICATE: File[dict[str, Any]] = File("audit/certificate{end}.json", _Json)
UNHELD: File[pd.DataFrame] = File("audit/unheld.csv", CsvFile(UNHELD_TABLE))
OFF_SITE: File[pd.DataFrame] = File("audit/off_site.csv", CsvFile(OFF_SITE_TABLE))
ROSTER_COMMITMENT: File[RosterCommitment] = File("public/roster_commitment{end}.json", RosterCommitment)
ROSTER: File[pd.DataFrame] = File("audit/roster{end}.csv", CsvFile(ROSTER_TABLE))
ROSTER_CHANGES: File[pd.DataFrame] = File("audit/roster_changes{end}.csv", CsvFile(ROSTER_CHANGES_TABLE))
RECUSALS: File[pd.DataFrame] = File("audit/recusals{end}.csv", CsvFile(RECUSALS_TABLE))
REVEAL_ROSTER: File[Reveal] = File("public/reveal2{end}.json", Reveal)
ASSIGNMENTS: File[pd.DataFrame] = File("audit/roster{end}.json", _Assignments)
SENT_BACK_FILE: File[pd.DataFrame] = File("audit/sent_back{end}.json", _SentBack)
STEP_INS: File[Iterable[StepIn]] = File("audit/stepins.json", StepIn.records)
CHANGES: File[Iterable[Change]] = File("audit/changes.json", Change.records)
CHANGE_ORDER: File[ChangeOrder] = File("audit/change_order{end}.json", ChangeOrder)
ANCHORS: File[Iterable[Anchor]] = File("public/anchors.json", Anchor.records)
LOTTERY_FIGURES: File[dict[str, Any]] = File("audit/lottery_report.json", _Json)
ISSUED_CODES: File[pd.DataFrame] = File("entry_codes.csv", CsvFile(ISSUED_CODES_TABLE))
SUBMITTED: File[pd.DataFrame] = File("results/submitted.csv", CsvFile(SUBMITTED_TABLE))
REVIEWS: File[pd.DataFrame] = File("results/reviews.csv", CsvFile(REVIEWS_TABLE))
PUBLISHED: File[dict[str, list[str]]] = File("manifests/published.json", _Json)
HANDED_OVER: File[dict[str, Any]] = File("handover/{task}.json", _Json)
NOTICE_NUMBERS: File[dict[str, str]] = File("manifests/notice_numbers.json", _Json)
TASK_FILE = "audit/tasks/{task}/{name}"
OPEN_FILE = "public/open/{task}/{name}"
VERIFIER = "public/verify.py"
PHONE_RESULTS = "phone/{digest}.json"
MANIFEST = "manifests/{part}/{number:04}.json"

SCORES, PROFESSIONAL, DRAWN, SENT_BACK, UNHELD_ROWS = "scores", "professional", "drawn", "sent_back{end}", "unheld{end}"
FROZEN, FROZEN_UNITS = "frozen_{kind}", "frozen_units"
PLACES = [*CALENDAR_TABLE.names, "inspector_id"]
PARTS = ("public", "audit")


def published_path(round_id: str, path: str) -> str | None:
    """Return the path below OUT under which a round's file is published (公示路径), None for an internal one."""
    part, _, rest = path.partition("/")
    return f"{part}/{round_id}/{rest}" if part in PARTS else None


def kept_path(published: str) -> str:
    """Return the path in the round of what is published under a path below OUT (公示路径对应的批次路径)."""
    part, _, rest = published.partition("/")
    return f"{part}/{rest.partition('/')[2]}"
