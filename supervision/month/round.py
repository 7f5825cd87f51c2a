"""One round (轮次): its identity, kind, law, finished steps and files, each read once."""

from __future__ import annotations

import json
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from supervision.directory import typed_rows
from supervision.domain.items import Item, Task
from supervision.domain.people import Office
from supervision.domain.rounds import RoundId
from supervision.errors import SupervisionError, UsageError
from supervision.law.code_lists import CodeLists
from supervision.law.rules import Law, Rules
from supervision.law.working_days import Workdays
from supervision.month.joining_offices import joined_offices
from supervision.month.round_files import (
    CARD,
    FRAME_KEY,
    FROZEN,
    MANIFEST,
    RULES,
    File,
    RoundCard,
    Step,
    end_of,
    published_path,
    step_of,
)
from supervision.sampling.bytes.identifiers import check_name
from supervision.sampling.bytes.unit_numbers import Secret
from supervision.store import shipped_files
from supervision.store.round_steps import Step as StoredStep

if TYPE_CHECKING:
    from supervision.month.city import City

V = TypeVar("V")


class Saving:
    """A step that is being saved (保存中的步骤): what is put stands when the block ends, or nothing."""

    def __init__(self, step: StoredStep, number: int) -> None:
        self._step = step
        self._number = number

    def put(self, file: File[V], value: V, *, task: str = "", number: int | None = None) -> None:
        """Keep a value at its path (存放值); `number` where it is not the step's own."""
        self._step.put(file.path(number or self._number, task), file.to_bytes(value))

    def put_bytes(self, path: str, content: bytes) -> None:
        """Keep bytes at a path (存放字节)."""
        self._step.put(path, content)

    def table(self, name: str, frame: pd.DataFrame, *, kind: str = "", number: int | None = None) -> None:
        """Keep a table (存放表); `number` where it is not the step's own."""
        self._step.table(name.format(end=end_of(number or self._number), kind=kind), frame)


class Round:
    """One round of a city (轮次): what a step loads and where it saves.

    Everything is read from the store once; saving a step forgets what it may have changed.
    """

    def __init__(self, city: City, name: RoundId, key: str, card: RoundCard | None = None) -> None:
        self.city = city
        self.name = name
        self.id = str(name)
        self.key = key
        self.card: RoundCard = card or CARD.from_bytes(city.store.get(self.key, CARD.path()))
        self._read: dict[str, object] = {}
        self._digests: dict[str, str] | None = None

    # identity

    @property
    def is_rehearsal(self) -> bool:
        """Tell whether the round is a rehearsal (是否演练)."""
        return self.card.rehearsal

    @property
    def evidence_day(self) -> date:
        """The day whose evidence the round uses (证据截止日)."""
        return self.card.on

    @property
    def hash_name(self) -> str:
        """The round's hash (摘要算法), "sha256" or "sm3"."""
        return self.card.hash_name

    @property
    def at(self) -> str:
        """The time for record (记录时间): the clock's, in a rehearsal the first moment of the month."""
        return self.city.at(self.name, rehearsal=self.is_rehearsal)

    @property
    def who(self) -> str:
        """The name for the log (经办人); a rehearsal repeats to the byte and so names nobody."""
        return "rehearsal" if self.is_rehearsal else self.city.who

    # steps

    @cached_property
    def finished(self) -> Mapping[Step, list[int]]:
        """The finished steps (已完成步骤), each with the numbers that it has, sorted: 1, and those of supplements."""
        found: dict[Step, list[int]] = {}
        for name in self.city.store.state(self.key):
            step, number = step_of(name)
            found[step] = sorted([*found.get(step, []), number])
        return found

    def has(self, step: Step, number: int = 0) -> bool:
        """Tell whether a step is finished (步骤是否完成), with this number, or with any where it is 0."""
        return number in self.finished.get(step, []) if number else step in self.finished

    def count(self, step: Step) -> int:
        """Return the last number of a step (最后编号), 0 where it is not finished."""
        return max(self.finished.get(step, []), default=0)

    @property
    def drawn_numbers(self) -> list[int]:
        """The numbers of the calendars whose inspectors were drawn (已抽取人员的日程编号), sorted."""
        return self.finished.get(Step.MATCH, [])

    @property
    def planned_numbers(self) -> list[int]:
        """The numbers of the calendars that count (有效日程编号), sorted: without those that were given up undrawn."""
        gone = self.finished.get(Step.ABANDON_ROSTER, [])
        return [number for number in self.finished.get(Step.PLAN, []) if number not in gone]

    def need(self, step: Step, command: str) -> None:
        """Refuse to go on before an earlier step (检查前置步骤), naming the command that does it."""
        if not self.has(step):
            raise UsageError("month.step_missing", round=self.id, step=step.stored, command=command)

    # law and registers

    @cached_property
    def rules(self) -> Rules:
        """The rule files of the round (本轮规则文件): those frozen at its commitment, else today's."""
        frozen = self.read(RULES) if self.holds(RULES) else self.city.rule_files
        return self.city.rules if frozen == self.city.rule_files else frozen.rules(frozen=True)

    @cached_property
    def law(self) -> Law:
        """The law of the round (本轮有效规则), on its month's first day."""
        return self.rules.on(self.name.first_day)

    @cached_property
    def code_lists(self) -> CodeLists:
        """The code lists of the round (本轮代码表): the city's own are frozen with its rules."""
        city = self.rules.city
        if city == self.city.rules.city:
            return self.city.code_lists
        return CodeLists.read(shipped_files.shipped_code_lists(), city)

    def register(
        self, kind: str, columns: list[str] | None = None, *, of: Collection[str] | None = None
    ) -> pd.DataFrame:
        """Return a register as known on the evidence day (证据日的登记表); `of`: of these units alone."""
        return self.city.register(kind, on=self.evidence_day, columns=columns, of=of)

    def register_digests(self, *, fresh: bool = False) -> dict[str, str]:
        """Return the digest of every register as known on the evidence day (登记表摘要); `fresh` looks anew."""
        if fresh or self._digests is None:
            self._digests = self.city.store.register_digests(on=self.evidence_day, hash_name=self.hash_name)
        return self._digests

    def frozen(self, kind: str) -> pd.DataFrame:
        """Return tasks, items or offices as the round was committed with (承诺时的登记表), before that as known now."""
        return self.table(FROZEN, kind=kind) if self.has(Step.COMMIT) else self.register(kind)

    @cached_property
    def items(self) -> dict[str, Item]:
        """The published items in force in the month (抽查事项清单), by item_id."""
        return typed_rows.items(self.frozen("items"), first=self.name.first_day, last=self.name.last_day)

    @cached_property
    def offices(self) -> dict[str, Office]:
        """The offices (执法机构), by office_id: as committed, and those that joined before the second commitment."""
        committed = typed_rows.offices(self.frozen("offices"))
        return committed | joined_offices(self, committed)

    @cached_property
    def tasks(self) -> list[Task]:
        """The tasks of the round (抽查任务), sorted by task_id; a round without one is refused."""
        found = typed_rows.tasks(self.frozen("tasks"), round=self.name, items=self.items)
        if not found:
            raise SupervisionError("month.no_tasks", round=self.id, on=self.evidence_day)
        return found

    def working_days(self, on: date) -> Workdays:
        """Return the working days known on a day (工作日)."""
        return self.city.working_days(on, self.law)

    # files and tables

    @cached_property
    def paths(self) -> frozenset[str]:
        """The paths of the round's files (文件路径)."""
        return frozenset(self.city.store.paths(self.key))

    def holds(self, file: File[V], number: int = 1, task: str = "") -> bool:
        """Tell whether a file is there (文件是否存在)."""
        return file.path(number, task) in self.paths

    def read(self, file: File[V], number: int = 1, task: str = "") -> V:
        """Return the value that a file holds (读取值), read once."""
        path = file.path(number, task)
        if path not in self._read:
            self._read[path] = file.from_bytes(self.content(path))
        value: V = self._read[path]  # type: ignore[assignment]  # only this type is read from this path
        return value

    def content(self, path: str) -> bytes:
        """Return the bytes of a file (文件字节)."""
        return self.city.store.get(self.key, path)

    def place_of(self, path: str) -> Path:
        """Return where a file stands on the disk (文件位置), for reading."""
        return self.city.store.path_of(self.key, path)

    def table(self, name: str, columns: list[str] | None = None, *, number: int = 1, kind: str = "") -> pd.DataFrame:
        """Return a table of the round (读取表)."""
        return self.city.store.table(self.key, name.format(end=end_of(number), kind=kind), columns)

    def manifests(self, part: str) -> list[bytes]:
        """Return the manifests of a published part so far (历次清单), the first one first."""
        found: list[bytes] = []
        while (path := MANIFEST.format(part=part, number=len(found) + 1)) in self.paths:
            found.append(self.content(path))
        return found

    @property
    def frame_key(self) -> bytes:
        """The secret frame key of a committed round (抽样框密钥), 32 bytes."""
        return self.read(FRAME_KEY)

    @property
    def secret(self) -> Secret:
        """What salts and hidden names of the round are made from (本轮密钥)."""
        return Secret(frame_key=self.frame_key, round_id=self.id, hash_name=self.hash_name)

    @contextmanager
    def save(
        self, step: Step, number: int = 1, *, inputs: Sequence[str] = (), drafts: Container[str] = ()
    ) -> Iterator[Saving]:
        """Save a step (保存步骤): all that is put stands afterwards, with its log entry, or nothing.

        `inputs` are the paths of the files that it read, `drafts` those of what it puts that are not fixed yet and so
        not named in the log. In a real round the clock may not stand before the log, and
        who acts has a name that the protocol allows.
        """
        store, name, at = self.city.store, step.name_of(number), self.at
        if not self.is_rehearsal:
            check_name(self.who, what="who")
            self.city.check_clock(at)
        digests = store.digests(self.key) if inputs else {}
        read = {self._published(path) or path: digests[path] for path in inputs}

        def named(path: str) -> str | None:
            return None if path in drafts else self._published(path)

        with store.step(self.key, name, kind=step.logged, who=self.who, at=at, inputs=read, published=named) as stored:
            yield Saving(stored, number)
        self._forget()

    def _published(self, path: str) -> str | None:
        return published_path(self.id, path)

    @property
    def log_head(self) -> str | None:
        """The digest of the round's last log entry (日志首值), hex; None in a rehearsal and where there is none."""
        return None if self.is_rehearsal else self.city.store.log_head(self.key)

    @property
    def log(self) -> bytes:
        """The round's log (日志): see `supervision.store.log`."""
        return self.city.store.log(self.key)

    def refuse_who_did(self, steps: Container[str]) -> None:
        """Refuse who acts where they did one of these logged steps (职责分离); a rehearsal needs one person only."""
        if self.is_rehearsal:
            return
        for line in self.log.splitlines():
            entry = json.loads(line)
            if entry["who"] == self.city.who and entry["step"] in steps:
                raise UsageError("month.one_person", who=self.city.who, step=entry["step"], round=self.id)

    def _forget(self) -> None:
        for name in ("finished", "rules", "law", "code_lists", "items", "offices", "tasks", "paths"):
            self.__dict__.pop(name, None)
        self._read.clear()
