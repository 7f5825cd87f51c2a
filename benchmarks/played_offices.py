"""Offices of a played city (各机构填报): they fill their workbooks, hand them back, and correct what was wrong."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl

from supervision.month import recording
from supervision.month.city import City
from supervision.month.publishing import publish

REVIEWS, AGREES = "钱审核", "孙核准"
ENTRY, CORRECTION = "结果录入", "结果更正"
RESULTS = (("1", 74), ("E", 9), ("A", 6), ("3", 3), ("6", 4), ("F", 4))  # code, share of a hundred
WORDS = {"1": "未发现问题", "E": "发现问题已责令改正", "A": "发现问题待后续处理"}
OFF_SITE = ("market-disclosure",)  # may be settled on paper


class Difference(Exception):
    """Something is not as it must be (不一致)."""


def chance(*key: object) -> int:
    """Return a number from a key, the same everywhere."""
    return int.from_bytes(hashlib.blake2b("|".join(map(str, key)).encode(), digest_size=6).digest(), "big")


def result_of(round_id: str, visit: str, item: str) -> str:
    """Return what an inspection finds."""
    left = chance("result", round_id, visit, item) % 100
    for code, share in RESULTS:
        left -= share
        if left < 0:
            return code
    return RESULTS[0][0]


class Offices:
    """What offices have reported (各机构已报结果): `recorded`, round → (visit, item) → code, and what was off site."""

    def __init__(self, folder: Path, out: Path, city: Callable[[], City], totals: Counter[str]) -> None:
        self.folder, self.out, self.city, self.totals = folder, out, city, totals
        self.recorded: dict[str, dict[tuple[str, str], str]] = {}
        self.off_site: set[tuple[str, str, str]] = set()  # (round, visit, item)

    def record(self, name: str, *, until: date) -> None:
        """Fill every office's workbook with what was done before a day, record the folder, publish again."""
        folder = self.folder / f"{name}-{until:%m%d}"
        done = self.recorded.setdefault(name, {})
        filled = sum(self._fill(name, path, folder, until, done) for path in self._workbooks(name))
        if filled:
            self._take(folder, news=filled)
        self.totals["results"] += filled
        publish(self.city().round(name), self.out)

    def _workbooks(self, name: str) -> list[Path]:
        return sorted((self.out / "internal" / name).glob("*/*.xlsx"))

    def _fill(self, name: str, path: Path, folder: Path, until: date, done: dict[tuple[str, str], str]) -> int:
        """Fill one workbook: rows that are open and whose day has come; return how many."""
        book = openpyxl.load_workbook(path)
        sheet, filled = book[ENTRY], 0
        at = {cell.value: cell.column for cell in sheet[2]}
        for row in range(3, sheet.max_row + 1):
            visit, item = (sheet.cell(row, at[column]).value for column in ("检查编号", "事项编号"))
            planned = sheet.cell(row, at["计划日期"]).value
            if not visit or planned.date() >= until:
                continue
            known = (visit, item) in done
            if known != (sheet.cell(row, at["录入状态"]).value != "未录入"):
                raise Difference(f"{path}: {visit} {item} is shown as {sheet.cell(row, at['录入状态']).value}")
            if known:
                continue
            code = done[visit, item] = result_of(name, visit, item)
            off_site = item in OFF_SITE and chance("off site", visit) % 2
            if off_site:
                self.off_site.add((name, visit, item))
            answers = {"检查结果": code, "检查日期": planned, "审核人": REVIEWS}
            answers["检查方式"] = "书面检查" if off_site else "实地检查"
            for column, value in answers.items():
                sheet.cell(row, at[column], value)
            filled += 1
        if filled:
            folder.mkdir(parents=True, exist_ok=True)
            book.save(folder / path.name)
        return filled

    def _take(self, path: Path, *, news: int) -> None:
        """Record what was filled in: all of it is news, nothing comes back."""
        report = recording.record(self.city(), [path])
        taken = sum(one["inserted"] for one in report.facts["files"])
        if report.exit_code or taken != news:
            lines = "; ".join(said.text() for said in report.lines)
            raise Difference(f"{path}: {taken} of {news} results were taken: {lines}")

    def correct(self, name: str) -> None:
        """Correct one result, then correct it again the same day, every third month back to what it was."""
        key = next((key for key, code in sorted(self.recorded[name].items()) if code == "A"), None)
        if key is None:
            return
        back = "A" if int(name[5:]) % 3 == 0 else "1"
        for number, code in enumerate(("E", back)):
            path = next(path for path in self._workbooks(name) if self._amend(path, key, code, f"第{number + 1}次核实"))
            self._take(self.folder / path.name, news=1)
            publish(self.city().round(name), self.out)
            self.totals["corrections"] += 1
            self._shows(name, key, (self.recorded[name][key], code))
            self.recorded[name][key] = code

    def _amend(self, path: Path, key: tuple[str, str], code: str, reason: str) -> bool:
        """Write a correction into the sheet 结果更正 of the workbook that has the row."""
        book = openpyxl.load_workbook(path)
        sheet = book[CORRECTION]
        at = {cell.value: cell.column for cell in sheet[2]}
        for row in range(3, sheet.max_row + 1):
            if tuple(sheet.cell(row, at[column]).value for column in ("检查编号", "事项编号")) == key:
                for column, value in {"检查结果": code, "更正理由": reason, "更正审核人": AGREES}.items():
                    sheet.cell(row, at[column], value)
                book.save(self.folder / path.name)
                return True
        return False

    def _shows(self, name: str, key: tuple[str, str], codes: tuple[str, str]) -> None:
        """Look that the published page tells a correction from the one value to the other, with its reason."""
        told = json.loads((self.out / "public" / name / "results.json").read_bytes())["corrections"]
        mine = [row for row in told if row["unit_id"] == key[0].rpartition("~")[0]]
        old, new = (WORDS[code] for code in codes)
        if not any((row["old"], row["new"]) == (old, new) and row["reason"] for row in mine):
            raise Difference(f"{name}: the correction of {key} from {old} to {new} is not shown")
