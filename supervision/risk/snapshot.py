"""Evidence (证据): registers made ready once, then asked about many units on many days."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from supervision.risk.coded_registers import OUTCOMES, EventRows, Ids, UnitRows, VisitRows
from supervision.risk.dated_rows import FAR, SPAN, Bools, Dated, Ints, composite, day_numbers, distinct, packed_days
from supervision.risk.findings import THOUSAND, Findings, Sums, expected_findings, usual_findings
from supervision.risk.licences import Held, Licences
from supervision.risk.links import LinkRows, Links
from supervision.risk.other_registers import OtherRegisters
from supervision.spare_memory import give_back_beside

T = TypeVar("T")
Codes = NDArray[np.signedinteger[Any]]
FEW_TEXTS = 2**15  # of a column that are kept in words

COMPARED = ("routine", "special")  # kinds of visits that were not made because somebody complained
ROWS, ITEMS, FINDINGS, PEERS, FOUND_AT = "rows", "items", "findings", "peers", "found_at"  # what is kept, by name


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Rows of one kind paired with questions (配对记录), arrays (pairs,): `question`, `row`, `age` in days."""

    question: Ints
    row: Ints
    age: Ints


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What the registers say, with the day from which they say it (登记证据)."""

    entities: pd.DataFrame
    events: pd.DataFrame
    history: pd.DataFrame
    unit: Ints
    versions: Dated
    replaced: Ints
    event_dates: Dated
    happened: Ints
    until: Ints
    kind: Ints
    kinds: Mapping[str, int]
    kind_from: Ints
    visit_dates: Dated
    visited: Ints
    outcome: Ints
    history_unit: Ints
    history_ends: Ints
    links: Links
    licences: Licences
    needed: object
    _kept: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    _making: dict[Hashable, Lock] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, entities: pd.DataFrame, events: pd.DataFrame, history: pd.DataFrame, *,
           outcomes: Mapping[str, str], others: OtherRegisters | None = None) -> Evidence:  # fmt: skip
        """Make registers ready (整理登记表): frames of the data model, rows in any order.

        `outcomes` maps each result code to clean, problem or could_not; another code raises
        SupervisionError `risk.result_unknown`. `others`: relations and licences; None where neither is kept.
        """
        others, ids = others or OtherRegisters.none(), Ids()
        units = UnitRows.of(entities, ids)
        return cls.joined(
            units, EventRows.of(events, ids), VisitRows.of(history, ids, outcomes=outcomes),
            links=Links.of(LinkRows.of(others.relations, ids), units=units.unit),
            licences=Licences.of(others.licences, unit=ids.codes(others.licences["unit_id"])), needed=others.needed,
        )  # fmt: skip

    @classmethod
    def joined(cls, units: UnitRows, events: EventRows, visits: VisitRows, *, links: Links, licences: Licences,
               needed: object, coded: Mapping[Hashable, Any] | None = None) -> Evidence:  # fmt: skip
        """Put registers that were made ready one by one together (合并各登记表): their codes are of the same ids.

        `coded`: texts of units that are not in their frame any more, as from `coded_texts`, and whatever else `kept`
        shall find made already.
        """
        return cls(
            entities=units.frame, events=events.frame, history=visits.frame,
            unit=units.unit, versions=units.versions, replaced=units.replaced,
            event_dates=events.dates, happened=events.happened, until=events.until,
            kind=events.kind, kinds=events.kinds, kind_from=events.kind_from,
            visit_dates=visits.dates, visited=visits.visited, outcome=visits.outcome,
            history_unit=visits.unit, history_ends=visits.ends, links=links, licences=licences, needed=needed,
            _kept=dict(coded or {}),
        )  # fmt: skip

    def at(self, unit: Ints, on: Ints, *, backfill: bool) -> Moment:
        """Return what was known of each unit on its own day (某日所知).

        `unit` and `on` are (questions,) codes and day numbers. With `backfill` a unit's first registered facts also
        stand for days before the register knew them, for those facts only that hardly ever change.
        """
        now = self.versions.latest(unit, on)
        first = np.where(now >= 0, now, self.versions.earliest(unit)) if backfill else now
        question, row = self.event_dates.pairs(unit, on)
        visit_question, visit_row = self.visit_dates.pairs(unit, on)
        visits = Rows(question=visit_question, row=visit_row, age=on[visit_question] - self.visited[visit_row])
        events = Rows(question=question, row=row, age=on[question] - self.happened[row])
        return Moment(evidence=self, unit=unit, on=on, now=now, first=first, events=events, visits=visits)

    @property
    def compared(self) -> Ints:
        """Rows of the history that can be compared (可比检查记录): not for cause, held, in their last form."""
        return self.kept(ROWS, self._compared)

    def _compared(self) -> Ints:
        kind = self.history["kind"].isin(COMPARED).to_numpy(dtype=np.bool_, na_value=False)
        return np.flatnonzero(kind & (self.outcome < 2) & (self.history_ends == FAR) & (self.history_unit >= 0))

    @cached_property
    def results(self) -> Findings:
        """What those visits found (可比检查的实际发现), before anything is expected of them."""
        rows = self.compared
        known = day_numbers(self.history["known_on"].iloc[rows], missing=FAR)
        found = THOUSAND * (self.outcome[rows] == OUTCOMES["problem"]).astype(np.int64)
        day = np.maximum(self.visited[rows], known)
        return Findings(unit=self.history_unit[rows], day=day, found=found, expected=np.zeros_like(found))

    @property
    def findings(self) -> Findings:
        """What those visits found, against what was expected (实际与预期发现)."""
        return self.kept(FINDINGS, self._findings)

    def _findings(self) -> Findings:
        results, rows = self.results, self.compared
        agency, team = (_codes(column.iloc[rows]) for column in (self.history["agency"], teams(self.history)))
        given = {"visited": self.visited[rows], "day": results.day}
        expected = expected_findings(results.found, self.history_item[rows], agency, team, **given)
        return replace(results, expected=expected)

    @property
    def found_at(self) -> Sums:
        """Those findings by unit (各单位实际与预期发现)."""
        return self.kept(FOUND_AT, lambda: Sums.of(self.findings, self.findings.unit))

    @property
    def peers(self) -> Findings:
        """The same visits against what the whole city's visits found in the year before (与全市水平相比)."""
        return self.kept(PEERS, self._peers)

    def _peers(self) -> Findings:
        results, visited = self.results, self.visited[self.compared]
        return replace(results, expected=usual_findings(results.found, visited=visited, day=results.day))

    @property
    def history_item(self) -> Ints:
        """The item of each row of the history as a code (检查事项代码)."""
        return self.kept(ITEMS, lambda: _codes(self.history["item_id"]))

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is made ready once and asked for by many questions (一次整理，多次使用)."""
        with self._making.setdefault(key, Lock()):  # threads that ask for the same wait for the first
            if key not in self._kept:
                self._kept[key] = make()
                give_back_beside(len(self.unit))  # a city's codes are sorted on the way
        result: T = self._kept[key]
        return result

    def coded(self, column: str) -> tuple[Codes, list[str]]:
        """Return a column of the entities as codes (登记字段代码), (rows,), −1 where blank, and their texts."""
        return self.kept(("coded", column), lambda: _texts_coded(self.entities[column]))

    def shared(self, columns: tuple[str, ...]) -> Codes:
        """Return what units say in some columns as codes (同值代码), int32 (rows,), −1 where one of them is blank."""
        return self.kept(("shared", columns), lambda: _joint_codes([self._coded(name) for name in columns]))

    def _coded(self, column: str) -> Codes:
        return self.kept(("codes", column), lambda: _factorized(self.entities[column])[0])

    def said_at_visits(self, columns: tuple[str, ...]) -> Ints:
        """Return those codes of each compared visit's unit (检查时的同值代码), −1 where there is none.

        As was registered of it on the visit's day, or first of all.
        """
        return _answers(self.shared(columns), self._visited_row)

    @cached_property
    def _visited_row(self) -> Ints:
        unit, day = self.history_unit[self.compared], self.visited[self.compared]
        row = self.versions.latest(unit, day)
        return np.where(row >= 0, row, self.versions.earliest(unit))

    def spans(self, columns: tuple[str, ...]) -> tuple[Ints, Ints]:
        """Return from when and until when a row says what it says in some columns (同值起止): sorted composite keys."""
        return self.kept(("spans", columns), lambda: self._spans(self.shared(columns)))

    def _spans(self, code: Codes) -> tuple[Ints, Ints]:
        rows = np.flatnonzero(code >= 0)
        known = packed_days(self.entities["known_on"])
        gone = rows[self.replaced[rows] < FAR]
        keys = (composite(code[some], day[some]) for some, day in ((rows, known), (gone, self.replaced)))
        starts, ends = (np.sort(key) for key in keys)
        return starts, ends


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Questions of (unit, day) and all that answers them (某日所知).

    `unit` and `on` are the questions, codes and day numbers; `now` and `first` are rows of the entities: the version
    known that day, and the one that stands for lasting facts (−1: none). `events` and `visits` are every row that
    counts.
    """

    evidence: Evidence
    unit: Ints
    on: Ints
    now: Ints
    first: Ints
    events: Rows
    visits: Rows

    def known(self, column: str, *, lasting: bool = False) -> pd.Series:
        """Return what a column of the entities says to each question (登记字段), missing where nothing."""
        row = self.first if lasting else self.now
        return pd.Series(self.evidence.entities[column].array.take(row, allow_fill=True))

    def coded(self, column: str) -> tuple[Ints, list[str]]:
        """Return a lasting text as codes (登记字段代码), −1 where nothing is said, and the texts of the codes."""
        codes, texts = self.evidence.coded(column)
        return _answers(codes, self.first), texts

    def shared(self, columns: tuple[str, ...]) -> Ints:
        """Return what the unit says in some columns for good as codes (同值代码), −1 where one of them is blank."""
        return _answers(self.evidence.shared(columns), self.first)

    def events_of(self, kind: str) -> Rows:
        """Return the paired events of a kind (某类记录)."""
        chosen = self.evidence.kind[self.events.row] == self.evidence.kinds.get(kind, -1)
        return Rows(question=self.events.question[chosen], row=self.events.row[chosen], age=self.events.age[chosen])

    def heard_of(self, kind: str) -> Bools:
        """Return where the register had heard of this kind at all (该类记录是否已开始归集), bool (questions,)."""
        code = self.evidence.kinds.get(kind)
        if code is None:
            return np.zeros(len(self.on), dtype=np.bool_)
        heard: Bools = self.evidence.kind_from[code] <= self.on
        return heard

    @cached_property
    def linked(self) -> tuple[Ints, Ints, Ints]:
        """The units linked with each question's on its day (关联单位): question, other unit, weight in thousandths."""
        return self.evidence.links.pairs(self.unit, self.on)

    @cached_property
    def licences(self) -> Held:
        """The licences of each question's unit on its day (当日所持许可)."""
        return self.evidence.licences.held(self.unit, self.on)

    @property
    def licences_known(self) -> Bools:
        """Where any licence of anybody was known (许可是否已开始归集), bool (questions,)."""
        known: Bools = self.evidence.licences.kind_from.min(initial=FAR) <= self.on
        return known

    @property
    def relations_known(self) -> Bools:
        """Where any relation of anybody was known (关联关系是否已开始归集), bool (questions,)."""
        known: Bools = self.evidence.links.since <= self.on
        return known

    def sharing(self, columns: tuple[str, ...]) -> Ints:
        """Return how many units say the same in these columns (同值单位数), itself included, −1 where blank."""
        starts, ends = self.evidence.spans(columns)
        asked = _answers(self.evidence.shared(columns), self.now)
        slots, slot = distinct(asked, self.on)
        low = slots - slots % SPAN
        count = np.searchsorted(starts, slots, side="right") - np.searchsorted(starts, low, side="left")
        count -= np.searchsorted(ends, slots, side="right") - np.searchsorted(ends, low, side="left")
        return np.where(asked >= 0, count[slot], -1)


def teams(history: pd.DataFrame) -> pd.Series:
    """Return who held each visit (检查人员或者机构): the inspector, or the agency where none is named."""
    return history["inspector"].where(history["inspector"].notna(), history["agency"])


def numbers(column: pd.Series) -> NDArray[np.float64]:
    """Return a column of numbers (数值列) as float64, missing as NaN."""
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def _codes(column: pd.Series) -> Ints:
    return pd.factorize(column)[0].astype(np.int64)


def coded_texts(entities: pd.DataFrame, columns: Sequence[str]) -> dict[Hashable, Any]:
    """Return texts of units as codes (文字转代码), for evidence whose frame shall not keep them.

    Of a column with more than FEW_TEXTS different texts only what is the same can be asked afterwards.
    """
    found: dict[Hashable, Any] = {}
    for name in columns:
        codes, texts = _factorized(entities[name])
        found["codes", name] = codes
        if len(texts) <= FEW_TEXTS:
            found["coded", name] = (codes, [str(text) for text in texts])
        give_back_beside(len(codes))
    return found


def _factorized(column: pd.Series) -> tuple[Codes, Any]:
    if isinstance(column.dtype, pd.ArrowDtype) and pa.types.is_dictionary(column.dtype.pyarrow_dtype):
        # coded by the store: pandas would code its texts once more
        cells = pa.array(column)
        if isinstance(cells, pa.ChunkedArray):
            cells = cells.unify_dictionaries().combine_chunks()
        codes, texts = cells.indices.fill_null(-1).to_numpy(zero_copy_only=False), cells.dictionary
    else:
        codes, texts = pd.factorize(column)
    return _small(codes, len(texts)), texts


def _texts_coded(column: pd.Series) -> tuple[Codes, list[str]]:
    codes, texts = pd.factorize(column)
    return codes.astype(np.int32), [str(text) for text in texts]


def _dense(keys: Ints) -> Codes:
    """Different codes for different keys: by sorting, which needs a third of the memory of a table of them."""
    order = np.argsort(keys)
    ranked = keys[order]
    codes = np.empty(len(keys), dtype=np.int32)
    codes[order] = np.append(np.int32(0), np.cumsum(ranked[1:] != ranked[:-1], dtype=np.int32))[: len(keys)]
    return codes


def _small(codes: Ints, many: int) -> Codes:
    """Codes below `many` in as few bytes as they need: there is one a unit of a whole city."""
    return codes.astype(np.min_scalar_type(-max(many, 1)))


def _answers(codes: Codes, row: Ints) -> Ints:
    """The code of each question's row, −1 without a row."""
    return np.where(row >= 0, codes[row], -1).astype(np.int64) if len(codes) else np.full(len(row), -1)


def _joint_codes(columns: list[Codes]) -> Codes:
    joint = columns[0]
    for more in columns[1:]:
        many = int(more.max(initial=0)) + 1
        mixed = joint * np.int64(many) + more
        mixed[(joint < 0) | (more < 0)] = -1
        size = (int(joint.max(initial=0)) + 1) * many
        joint = _small(mixed, size) if size <= len(mixed) else _dense(mixed)
        joint[mixed < 0] = -1
    return joint
