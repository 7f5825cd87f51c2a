"""The desk that every step works at (工作台): the store, the law, who works and the clock."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from supervision.canonical import canonical_json
from supervision.errors import SupervisionError, UsageError
from supervision.law.code_lists import CodeLists
from supervision.law.rules import Law, Rules
from supervision.law.working_days import Workdays
from supervision.store import shipped_files
from supervision.store.store import Store

BEIJING = timezone(timedelta(hours=8))
ROUND = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(-[a-z])?")
Progress = Callable[[str, int, int], None]


def silent(code: str, done: int = 0, total: int = 0) -> None:
    """Report no progress (不显示进度)."""


def beijing_now() -> datetime:
    """Return the time in Beijing, to the second (北京时间)."""
    return datetime.now(BEIJING).replace(microsecond=0)


@dataclass(kw_only=True)
class Desk:
    """Store, law and clock of a call (工作台).

    `who` is the person who acts; `now` gives the time; `rules` are those of today's `rule_files` (side → path → bytes)
    – a round that was committed keeps the files it was committed with (`law_of`).
    """

    store: Store
    rules: Rules
    rule_files: dict[str, dict[str, bytes]]
    code_lists: CodeLists
    who: str
    now: Callable[[], datetime] = beijing_now
    progress: Progress = silent

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        who: str,
        rules: Path | None = None,
        progress: Progress = silent,
        now: Callable[[], datetime] = beijing_now,
    ) -> Desk:
        """Open a store and the rules beside it, or those of another folder (打开工作台)."""
        files = {
            "shipped": shipped_files.shipped_rules(),
            "city": shipped_files.folder_rules(rules or path.parent / "rules"),
        }
        return cls(
            store=Store.open(path),
            rules=Rules.read(files["shipped"], files["city"]),
            rule_files=files,
            code_lists=CodeLists.read(shipped_files.shipped_code_lists(), files["city"]),
            who=who,
            now=now,
            progress=progress,
        )

    def at(self, round_id: str) -> str:
        """Return the time for the log (记录时间): the clock's, in a rehearsal the first moment of the month."""
        return self.committed_at(round_id, rehearsal=self.is_rehearsal(round_id))

    def committed_at(self, round_id: str, *, rehearsal: bool) -> str:
        """Return the time of a commitment (承诺时间), ISO 8601 with +08:00; protocol 4 fixes a rehearsal's."""
        if rehearsal:
            return f"{first_day(round_id).isoformat()}T00:00:00+08:00"
        return self.now().isoformat()

    def whom(self, round_id: str) -> str:
        """Return the name for the log (经办人); a rehearsal repeats to the byte and so names nobody."""
        return "rehearsal" if self.is_rehearsal(round_id) else self.who

    def card(self, round_id: str) -> dict[str, Any]:
        """Return what was fixed when the round was opened (轮次登记): rehearsal, evidence day, hash."""
        if "round.json" not in self.store.paths(round_id):
            raise SupervisionError("month.round_unknown", round=round_id)
        card: dict[str, Any] = json.loads(self.store.get(round_id, "round.json"))
        return card

    def is_open(self, round_id: str) -> bool:
        """Tell whether the round was opened (轮次是否已建立)."""
        return "round.json" in self.store.paths(round_id)

    def is_rehearsal(self, round_id: str) -> bool:
        """Tell whether the round is a rehearsal (是否演练)."""
        return bool(self.card(round_id)["rehearsal"] == "yes")

    def evidence_day(self, round_id: str) -> date:
        """Return the day whose evidence the round uses (证据截止日)."""
        return date.fromisoformat(self.card(round_id)["on"])

    def open_round(self, round_id: str, *, rehearsal: bool, on: date | None = None, hash_name: str = "sha256") -> None:
        """Open a round once (建立轮次); opened again with another kind or evidence day it is refused.

        The evidence day is the day before the month, or today where that comes first.
        """
        day_before = first_day(round_id) - timedelta(days=1)
        evidence = on or (day_before if rehearsal else min(day_before, self.now().date()))
        if self.is_open(round_id):
            card = self.card(round_id)
            if (card["rehearsal"] == "yes") != rehearsal or (on is not None and card["on"] != on.isoformat()):
                raise SupervisionError(
                    "month.round_differs", round=round_id, rehearsal=card["rehearsal"], on=card["on"]
                )
            return
        card = {
            "round": round_id,
            "rehearsal": "yes" if rehearsal else "no",
            "on": evidence.isoformat(),
            "hash": hash_name,
        }
        who, at = ("rehearsal" if rehearsal else self.who), self.committed_at(round_id, rehearsal=rehearsal)
        with self.store.step(round_id, "open", who=who, at=at, inputs={}) as step:
            step.put("round.json", canonical_json(card))

    def finished(self, round_id: str) -> list[str]:
        """Return the round's finished steps (已完成步骤)."""
        return list(self.store.state(round_id))

    def need(self, round_id: str, step: str, command: str) -> None:
        """Refuse to go on before an earlier step (检查前置步骤), naming the command that does it."""
        if step not in self.finished(round_id):
            raise UsageError("month.step_missing", round=round_id, step=step, command=command)

    def law_of(self, round_id: str) -> Law:
        """Return the law of a round (本轮有效规则): the files it was committed with, on its month's first day."""
        return self.rules_of(round_id).on(first_day(round_id))

    def frozen_rules(self) -> bytes:
        """Return today's rule files as one canonical JSON (规则文件定格), for a round to keep."""
        return canonical_json(
            {side: {path: data.decode() for path, data in files.items()} for side, files in self.rule_files.items()}
        )

    def rules_of(self, round_id: str) -> Rules:
        """Return the rule files of a round (本轮规则文件): those frozen at its commitment, else today's."""
        if self.is_open(round_id) and "audit/rules.json" in self.store.paths(round_id):
            frozen = json.loads(self.store.get(round_id, "audit/rules.json"))
            files = {side: {path: text.encode() for path, text in frozen[side].items()} for side in ("shipped", "city")}
            return Rules.read(files["shipped"], files["city"])
        return self.rules

    def code_lists_of(self, round_id: str) -> CodeLists:
        """Return the code lists of a round (本轮代码表): the city's own are frozen with its rules."""
        rules = self.rules_of(round_id)
        if rules.city == self.rules.city:
            return self.code_lists
        return CodeLists.read(shipped_files.shipped_code_lists(), rules.city)

    def workdays(self, on: date, law: Law) -> Workdays:
        """Return the working days (工作日) known on a day, with the register's own days and the law's quiet days."""
        register = self.store.register("calendar", on=on)
        quiet = law.value("shared/quiet_days")
        return Workdays.read(shipped_files.shipped_calendar(), register, quiet, city=self.rule_files["city"])

    def frame_key(self, round_id: str) -> bytes:
        """Return the secret frame key of a committed round (抽样框密钥), 32 bytes."""
        return bytes.fromhex(self.store.get(round_id, "audit/frame_key.hex").decode())


def first_day(round_id: str) -> date:
    """Return the first day of a round's month (当月第一天); a malformed round is refused."""
    match = ROUND.fullmatch(round_id)
    if match is None:
        raise UsageError("month.round_malformed", round=round_id)
    return date(int(match[1]), int(match[2]), 1)


def month_bounds(round_id: str) -> tuple[date, date]:
    """Return first and last day of a round's month (当月起止)."""
    start = first_day(round_id)
    after = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return start, after - timedelta(days=1)
