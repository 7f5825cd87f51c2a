"""The city that a command works for (本市): its store, its law, who works, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pandas as pd

from supervision.directory.register import WITHDRAWN, register
from supervision.domain.rounds import REHEARSED, RoundId
from supervision.errors import SupervisionError, UsageError
from supervision.law.code_lists import CodeLists
from supervision.law.rules import Law, Rules
from supervision.law.working_days import Workdays
from supervision.month.round import Round
from supervision.month.round_files import CARD, RoundCard, RuleFiles, Step
from supervision.sampling.bytes.identifiers import check_name
from supervision.store import shipped_files
from supervision.store.store import Store

BEIJING = timezone(timedelta(hours=8))
ANNUAL = "annual-"  # what the names begin with under which yearly plans are kept, which are no rounds
Progress = Callable[[str, int, int], None]


def silent(code: str, done: int = 0, total: int = 0) -> None:
    """Report no progress (不显示进度)."""


def beijing_now() -> datetime:
    """Return the time in Beijing, to the second (北京时间)."""
    return datetime.now(BEIJING).replace(microsecond=0)


def _internal(path: str) -> None:
    """Nothing that this step puts is published (均不公示)."""


@dataclass(kw_only=True)
class City:
    """Store, law and clock of a command (本市).

    `who` is the person who acts; `now` gives the time; `rule_files` are today's – a round that was committed keeps
    those it was committed with. With `own_ids` imports take ids of the city's own making for units (自编号).
    """

    store: Store
    rule_files: RuleFiles
    rules: Rules
    code_lists: CodeLists
    who: str
    now: Callable[[], datetime] = beijing_now
    progress: Progress = silent
    own_ids: bool = False
    _rounds: dict[str, Round] = field(default_factory=dict, repr=False)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        who: str,
        rules: Path | None = None,
        progress: Progress = silent,
        now: Callable[[], datetime] = beijing_now,
        own_ids: bool = False,
    ) -> City:
        """Open a store and the rules beside it, or those of another folder (打开本市的数据库与规则)."""
        city = shipped_files.folder_rules(rules or path.parent / "rules")
        files = RuleFiles(shipped=shipped_files.shipped_rules(), city=city)
        return cls(
            store=Store.open(path),
            rule_files=files,
            rules=files.rules(),
            code_lists=CodeLists.read(shipped_files.shipped_code_lists(), city),
            who=who,
            now=now,
            progress=progress,
            own_ids=own_ids,
        )

    def round(self, round_id: str, *, rehearsal: bool = False) -> Round:
        """Return a round that was opened (取轮次), the real one or its rehearsal; another one is refused."""
        found = self.find(round_id, rehearsal=rehearsal)
        if found is None:
            other = self.find(round_id, rehearsal=not rehearsal) is not None
            code = "month.round_unknown" if not other else "month.only_real" if rehearsal else "month.only_rehearsed"
            raise UsageError(code, round=round_id)
        return found

    def find(self, round_id: str, *, rehearsal: bool = False) -> Round | None:
        """Return a round or its rehearsal, None where it was never opened (查找轮次); both have names of their own.

        `2026-12.rehearsal`, as a rehearsal's workbooks have it, is the rehearsal.
        """
        rehearsal = rehearsal or round_id.endswith(REHEARSED)
        name = RoundId.parse(round_id.removesuffix(REHEARSED))
        key = name.key(rehearsal=rehearsal)
        if key not in self._rounds:
            if CARD.path() not in self.store.paths(key):
                return None
            self._rounds[key] = Round(self, name, key)
        return self._rounds[key]

    def begin(
        self, round_id: str, *, rehearsal: bool = False, on: date | None = None, hash_name: str = "sha256"
    ) -> Round:
        """Open a round or its rehearsal once (建立轮次); opened again with another evidence day it is refused.

        The evidence day is the day before the month, or today where that comes first.
        """
        name, found = RoundId.parse(round_id), self.find(round_id, rehearsal=rehearsal)
        if found is not None:
            if on is not None and on != found.evidence_day:
                raise SupervisionError("month.round_differs", round=round_id, on=found.evidence_day)
            return found
        card = self._card(name, rehearsal=rehearsal, on=on, hash_name=hash_name)
        who, at = ("rehearsal" if rehearsal else self.who), self.at(name, rehearsal=rehearsal)
        if not rehearsal:
            check_name(who, what="who")
            self.check_clock(at)
        key = name.key(rehearsal=rehearsal)
        kept: dict[str, Any] = {"kind": Step.OPEN.logged, "who": who, "at": at, "inputs": {}, "published": _internal}
        with self.store.step(key, Step.OPEN.name_of(1), **kept) as step:
            step.put(CARD.path(), card.to_bytes())
        return self.round(round_id, rehearsal=rehearsal)

    def upcoming(self, round_id: str, *, rehearsal: bool = False) -> Round:
        """Return a round as it is, or as it would be opened now (轮次或待开轮次): nothing is stored."""
        name, found = RoundId.parse(round_id), self.find(round_id, rehearsal=rehearsal)
        if found is not None:
            return found
        return Round(self, name, name.key(rehearsal=rehearsal), self._card(name, rehearsal=rehearsal))

    def _card(self, name: RoundId, *, rehearsal: bool, on: date | None = None, hash_name: str = "sha256") -> RoundCard:
        day = on or (name.day_before if rehearsal else min(name.day_before, self.now().date()))
        return RoundCard(round=str(name), rehearsal=rehearsal, on=day, hash_name=hash_name)

    def check_clock(self, now: str) -> None:
        """Refuse a clock that stands before the last entry of the log of any real round (时钟不得倒退)."""
        last = self.store.last_time([round.key for round in self.rounds() if not round.is_rehearsal])
        if now < last:
            raise SupervisionError("month.clock_back", now=now, last=last)

    def rounds(self) -> Iterator[Round]:
        """Yield the rounds that were opened (全部轮次), sorted."""
        for key in self.store.rounds():
            found = None if key.startswith(ANNUAL) else self.find(key)
            if found is not None:
                yield found

    def at(self, name: RoundId, *, rehearsal: bool) -> str:
        """Return the time for record (记录时间), ISO 8601 with +08:00: a rehearsal's is its month's first moment."""
        return f"{name.first_day.isoformat()}T00:00:00+08:00" if rehearsal else self.now().isoformat()

    def register(self, kind: str, *, on: date, columns: list[str] | None = None,
                 coded: Collection[str] = (), of: Collection[str] | None = None) -> pd.DataFrame:  # fmt: skip
        """Return a register as it was known on a day (某日的登记表), without the rows that were withdrawn by then.

        `coded` and `of`: as `Store.register` takes them.
        """
        return self.store.register(kind, on=on, coded=coded, of=of, **_columns(kind, columns))

    def coming(self, kind: str, *, on: date, columns: list[str],
               coded: Collection[str] = ()) -> Callable[[], pd.DataFrame]:  # fmt: skip
        """Begin to read a register (预先读取登记表) and return what waits for it, as `Store.coming` does."""
        return self.store.coming(kind, on=on, coded=coded, **_columns(kind, columns))

    def working_days(self, on: date, law: Law) -> Workdays:
        """Return the working days (工作日) known on a day, with the register's own days and the law's quiet days."""
        return self.working_days_of(self.register("calendar", on=on), law)

    def working_days_of(self, calendar: pd.DataFrame, law: Law) -> Workdays:
        """Return the working days (工作日) that shipped years, the city's files and rows of the register make."""
        return Workdays.read(
            shipped_files.shipped_calendar(),
            calendar,
            law.value("shared/quiet_days"),
            city=self.rule_files.city,
            statutory=lambda year: law.at(date(year, 1, 1)).value("shared/statutory_holidays"),
        )


def _columns(kind: str, columns: list[str] | None) -> dict[str, Any]:
    """The columns that are read of a register, and the one by which rows were withdrawn."""
    known = register(kind).names
    unless = WITHDRAWN.name if WITHDRAWN.name in known else ""
    return {"columns": list(known) if columns is None else columns, "unless": unless}
