"""Two years of a city by its yearly plans (按年度计划的两年模拟): what `two_years.py --planned` plays.

Before each year the departments' plans are imported, merged, decided line by line, approved and published; the months'
tasks follow from them alone, and every month is a real round with its results. Food operators must have a full
inspection every two years, contracted pharmacies (in the place of device makers, whom the city has not) one each
calendar year, and equipment one a year at most: their plans have a batch in each month that the duties name.

Prints for each year what the merge proposes, for each month a line, for each year what the ledger proves of the caps,
and at the end the certificate of coverage. `separate` are the doors of the same draws if every plan went for itself,
`merged` those of the calendar, `units` those below which no calendar of these draws can go. It ends with exit code 1
where a cap is broken, by the program's ledger or counted again from the published folders, where the folders do not
verify, or where a date passed unfulfilled without an attempt in time that could not be held.
"""

from __future__ import annotations

import copy
import json
import shutil
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl
from recount import drawn_units, read_rows
from two_years import AGREED, COMMITS, CONFIRMS, DRAWS, FIRST, RECORDS, Difference, Years, month_after, write_rows

from supervision.demo.city import write_city
from supervision.directory.plan_rows import plans
from supervision.errors import SupervisionError
from supervision.law import code_lists, rules
from supervision.law.strict_yaml import read_yaml
from supervision.month import line, publishing
from supervision.month.annual_approving import Approval, approve
from supervision.month.annual_merging import decide, early_problems, merge
from supervision.month.annual_plan import Merged, read_merged
from supervision.month.annual_progress import progress
from supervision.month.annual_publishing import publish_plan
from supervision.month.annual_tasks import task_id, together
from supervision.month.city_rules import lay_rules
from supervision.month.covering import coverage_report
from supervision.month.importing import import_files, import_folder
from supervision.month.ledger_report import ledger_of_year, ledger_over
from supervision.month.report import Report
from supervision.month.round_files import Step
from supervision.notice.formats import plan_workbook
from supervision.sampling.protocol.verifier import verify
from supervision.store.store import Store

ALL_YEAR, QUARTERS = tuple(range(1, 13)), (3, 6, 9, 11)
COVERED = {"market-food": ("餐饮,食品经营", ALL_YEAR), "market-drug": ("定点医药", QUARTERS)}
DUTIES = f"""id: shared/coverage
title: {{zh: 覆盖要求, en: coverage duties}}
unit: duties
values:
  - from: 2024-01-01
    value:
      device: {{rule: market/medical_device, items: [market-drug], population: "tags=定点医药", begins: 2025-01-01,
               months: {list(QUARTERS)}}}
      equipment: {{rule: market/special_equipment, items: [market-equipment], population: "tags=特种设备",
                  begins: 2025-01-01, months: {list(ALL_YEAR)}}}
      food: {{rule: market/food, items: [market-food], population: "tags=餐饮,食品经营", begins: 2025-01-01,
             months: {list(ALL_YEAR)}}}
    basis: 演示，不是真实规定
    verified: false
    review_by: 2027-12-31
"""
RATIO = "A=5‰;B=1%;C=2%;D=4%"  # of each batch of a covered item; dates call for the rest
BEFORE, SHEET, HEAD = timedelta(days=10), "联合任务建议", 2
REFUSES = 5  # every so manieth line of the workbook is a no
COULD_NOT = "6"
COLUMNS = ("month", "tasks", "drawn", "separate", "merged", "units", "lost", "at cap", "due", "ahead", "results")


class PlannedYears(Years):
    """A city whose tasks follow from yearly plans (按年度计划的城市); `table`: a row a month, `COLUMNS`."""

    no_room = ("sampling.above_yearly_limit", "sampling.above_limit", "sampling.limit_below_one")

    def __init__(self, folder: Path, entities: int) -> None:
        super().__init__(folder, entities)
        self.full = set()
        self.table: list[dict[str, object]] = []
        self.withdrawn: list[str] = []
        self.plans_of: dict[str, int] = {}  # task → how many departments' plans it is made of

    # before a year

    def plan(self, year: int) -> Merged:
        """Import, merge, decide, approve and publish a year's plans, ten days before its first month."""
        start = date(year, 1, 1)
        self.at(start - BEFORE)
        self._registers(start)
        city, file = self.city(COMMITS), self.folder / f"plan-{year}.xlsx"
        report = import_files(city, "plans", [self._plans(start)], as_of=None)
        report.join("check", early_problems(city))
        self._well(report, "annual import")
        self._merged(merge(city, year, file, first=1), "annual merge")
        self._merged(decide(city, year, self._filled(file), file), "annual merge --decided")
        approval = {"by": "市人民政府", "on": self.clock.date(), "number": f"演政发〔{year - 1}〕99号"}
        approve(city, year, Approval(**approval, filed_with="市司法局", filed_on=self.clock.date()))
        self._well(publish_plan(city, year, self.out), "annual publish")
        merged = read_merged(city, year)
        own = {plan.plan_id: plan for plan in plans(city.register("plans", on=self.clock.date()), year=year)}
        for group in together(merged, own):
            for batch in range(1, len(merged.months[group[0].plan_id]) + 1):
                self.plans_of[task_id(group[0], batch)] = len(group)
                if group[0].regime == "full":
                    self.full.add(task_id(group[0], batch))
        return merged

    def _registers(self, start: date) -> None:
        """Before the first year: all registers but tasks and plans, and everybody's class."""
        if start != FIRST:
            return
        folder = self.inputs(start)
        Store.create(self.store)
        lay_rules(folder, self.store)
        city = self.city(COMMITS)
        if import_folder(city, folder, as_of=self.clock.date()).exit_code:
            raise Difference("the registers of the first month are not taken whole")
        line.score(city, f"{start:%Y-%m}")

    def tasks(self, folder: Path, start: date) -> None:
        """Leave no task in a month's folder; the first one brings the duties, and food as a key item."""
        (folder / "tasks.csv").unlink()
        (folder / "plans.csv").unlink(missing_ok=True)
        if start == FIRST:
            (folder / "rules/shared/coverage.yaml").write_text(DUTIES, encoding="utf-8")
            items = read_rows(folder / "items.csv")
            for row in items:
                if row["事项编号"] == "market-food":
                    row |= {"事项类别": "重点检查事项", "抽查比例": "根据实际情况确定"}
            write_rows(folder / "items.csv", items)

    def _plans(self, start: date) -> Path:
        """The departments' plans of a year; those of covered items have a batch in each month of the duty."""
        made = self.folder / "made"
        write_city(made, entities=self.entities, month=f"{start:%Y-%m}")
        rows = [row for row in read_rows(made / "plans.csv") if row["抽查事项"] not in COVERED]
        like = next(row for row in rows if row["抽查事项"] == "market-registration")
        for item, (tags, months) in COVERED.items():
            named = {"计划编号": f"JH{start:%y}-{item}", "抽查任务名称": f"{item}（演示计划）", "抽查事项": item}
            batches = {"计划开展月份": "、".join(map(str, months)), "批次数": str(len(months))}
            rows.append(like | named | {"抽查对象范围": f"tags={tags}", "抽查比例": RATIO, **batches})
        path = self.folder / f"plans-{start.year}.csv"
        write_rows(path, rows)
        shutil.rmtree(made)
        return path

    def _filled(self, file: Path) -> Path:
        """Say yes to most lines of the workbook, and no with a reason to some."""
        book = openpyxl.load_workbook(file)
        sheet = book[SHEET]
        at = {cell.value: cell.column for cell in sheet[HEAD]}
        for row in range(HEAD + 1, sheet.max_row + 1):
            no = row % REFUSES == 0
            sheet.cell(row, at["意见"], plan_workbook.NO if no else plan_workbook.YES)
            sheet.cell(row, at["理由"], "人手已另行安排（演示）" if no else None)
        book.save(file.with_stem(f"{file.stem}-filled"))
        return file.with_stem(f"{file.stem}-filled")

    def _merged(self, report: Report, step: str) -> None:
        """A merge may ask of an office more than it has: that is said, and held over to the months' calendars."""
        if report.exit_code and (report.facts.get("uncovered") or "problems" in report.facts):
            self._well(report, step)

    def _well(self, report: Report, step: str) -> None:
        if report.exit_code:
            raise Difference(f"{step}: " + "; ".join(said.text("zh") for said in report.lines))

    # months

    def month_of_work(self, start: date) -> str:
        """Play a month: its round from the plan's tasks, its results, and what it comes to."""
        name, end = f"{start:%Y-%m}", month_after(start, 1)
        self.round(start)
        self.at(end - timedelta(days=1), 17)
        self.offices.record(name, until=end)
        self.limits(name)
        self.table.append(self._row(name))
        return " | ".join(str(self.table[-1][column]) for column in COLUMNS)

    def month(self, name: str, folder: Path, who: str, values: Mapping[str, Sequence[str]]) -> Any:
        """Run the command `month`; what nothing public comes of is not published, to save a third of the time.

        The first of two persons enters values, and the second draws the units before the roster is committed.
        """
        round = self.city(who).find(name)
        waits = who == DRAWS or (who == CONFIRMS and round is not None and not round.has(Step.ROSTER))
        if not waits:
            return super().month(name, folder, who, values)
        with patch.object(publishing, "publish", return_value=Report()):
            return super().month(name, folder, who, values)

    def _put_off(self, name: str, folder: Path, tasks: set[str]) -> None:  # noqa: ARG002  # the plan, not the folder, has them
        """Withdraw tasks that a limit has no room for."""
        register = self.city(COMMITS).register("tasks", on=self.clock.date())
        rows = register[register["task_id"].isin(tasks)].astype(object).where(lambda table: table.notna(), "")
        told = [
            {str(k): str(v)[:10] if k.endswith("_date") else str(v) for k, v in row.items()}
            for row in rows.to_dict("records")
        ]
        gone = {"withdrawn": "是", "by_region": "", "known_on": f"{self.clock.date()}"}
        path = self.folder / f"withdrawn-{name}.csv"
        write_rows(path, [row | gone for row in told])
        report = import_files(self.city(COMMITS), "tasks", [path], as_of=None)
        if report.exit_code or len(told) != len(tasks):
            raise Difference(f"{name}: {tasks} cannot be withdrawn: {report.facts}")
        self.withdrawn += sorted(tasks)

    def _row(self, name: str) -> dict[str, object]:
        """What a month comes to, counted from its audit bundle and its open state."""
        audit, round = self.out / "audit" / name, self.city(RECORDS).round(name)
        on_site = {row["item_id"]: round.items[row["item_id"]].comes_on_site for row in read_rows(audit / "items.csv")}
        keys = {(row["task_id"], row["stratum"]): row["key"] for row in read_rows(audit / "strata_keys.csv")}
        counts: Counter[str] = Counter()
        units: set[str] = set()
        tasks = read_rows(audit / "tasks.csv")
        for row in tasks:
            task, drawn = row["task_id"], drawn_units(audit, row["task_id"])
            counts["drawn"] += len(drawn)
            if any(on_site[item] for item in row["items"].split()):
                counts["separate"] += len(drawn) * self.plans_of[task]
                units.update(drawn)
            for one in json.loads((audit / "tasks" / task / "strata.json").read_bytes()):
                key = keys[task, one["stratum"]]
                counts["due" if key == "due" else "ahead"] += one["sample"] if key.startswith(("due", "ahead")) else 0
            out = read_rows(audit / "tasks" / task / "excluded.csv")
            counts["at cap"] += sum(one["reason"] in ("cap", "interval") for one in out)
        visits = {row["visit_id"] for path in audit.glob("calendar*.csv") for row in read_rows(path)}
        lost = [row for row in read_rows(audit / "unheld.csv") if row["reason"] != "off_site"]
        told = {"month": name, "tasks": len(tasks), "merged": len(visits), "units": len(units), "lost": len(lost)}
        results = len(self.offices.recorded.get(name, {}))
        return {**{column: counts[column] for column in COLUMNS}, **told, "results": results}

    # what must be so

    def caps(self, year: int) -> str:
        """Return what the ledger proves of a year's caps; a visit beyond one without an exemption ends the play."""
        city = self.city(RECORDS)
        found, beyond = ledger_of_year(city, year), ledger_over(city, year)
        if beyond.exit_code:
            raise Difference(f"{year}: visits beyond a cap: " + "; ".join(one.text("en") for one in beyond.lines))
        over = beyond.facts["over"]
        caps = "; ".join(
            f"{cap['rule']} of {cap['agency']}: {cap['units']} units, {cap['full']} at the cap, {cap['over']} beyond"
            for cap in found.facts["caps"]
        )
        exempt = sorted({row["exemption"] for row in over})
        visits = f"{found.facts['visits']} visits, {found.facts['on_site']} on site"
        return f"{year}: {visits}; {caps}; beyond a cap by full coverage {len(over)} ({' '.join(exempt) or '-'})"

    def certificate(self, on: date) -> list[str]:
        """Return the certificate of coverage of a day; a date that passed without an attempt in time ends the play."""
        self.at(on)
        city, file = self.city(RECORDS), self.folder / "coverage.csv"
        report = coverage_report(city, on=on, out=file)
        told = []
        for duty in report.facts["duties"]:
            own = [row for row in read_rows(file) if row["duty"] == duty["duty"] and row["why"]]
            tried = [row for row in own if self._tried(row)]
            if len(own) != len(tried):
                first = next(row for row in own if row not in tried)
                raise Difference(
                    f"{duty['duty']}: {first['unit_id']} was to be reached by {first['by']}: {first['why']}"
                )
            told.append(
                f"{duty['duty']} ({duty['rule']}): {duty['units']} units, {duty['reached']} reached in time, "
                f"{len(tried)} visited in time and not met (result {COULD_NOT})"
            )
        return told

    def _tried(self, row: Mapping[str, str]) -> bool:
        """Whether a late unit was visited in time for its duty's item, and could not be inspected."""
        done = {"food": "market-food", "device": "market-drug"}[row["duty"]]
        return any(
            code == COULD_NOT and visit.rpartition("~")[0] == row["unit_id"] and item == done
            for name, results in self.offices.recorded.items()
            if name <= row["by"][:7]
            for (visit, item), code in results.items()
        )

    def verified(self) -> str:
        """Verify all that was published, and that each year's plan was carried out; return a summary."""
        report = verify(self.out)
        if report.difference is not None or report.code not in AGREED:
            raise Difference(report.verdict("en"))
        city, told = self.city(RECORDS), []
        for year in sorted({int(str(row["month"])[:4]) for row in self.table}):
            rows = progress(city, year).facts["departments"]
            counts = {key: sum(row[key] for row in rows) for key in ("planned", "begun", "drawn", "held", "published")}
            told.append(f"{year}: " + ", ".join(f"{key} {many}" for key, many in counts.items()))
        total = {key: sum(int(str(row[key])) for row in self.table) for key in COLUMNS[1:]}
        told.append(f"tasks withdrawn because a limit had no room: {' '.join(self.withdrawn) or '-'}")
        return "\n".join([*told, "total | " + " | ".join(str(total[key]) for key in COLUMNS[1:])])


def remember_rules() -> None:
    """Read each rule and code list once: the city is opened a dozen times a month, each time with all its law."""
    for module in (rules, code_lists):
        known: dict[tuple[str, bytes], object] = {}

        def read(file: str, source: bytes, known: dict[tuple[str, bytes], object] = known) -> object:
            if (file, source) not in known:
                known[file, source] = read_yaml(file, source)
            return copy.deepcopy(known[file, source])

        module.read_yaml = read  # type: ignore[attr-defined]


def figures(merged: Merged) -> str:
    """Return what a merge says of its year."""
    doors = ", ".join(f"{key} {merged.figures[key]}" for key in ("alone", "joint", "months", "bound"))
    refused = sum(word != "yes" for word in merged.decisions.values())
    joined = f"{len(merged.proposals)} proposals, {refused} of {len(merged.decisions)} lines refused"
    return (
        f"{merged.year}: {len(merged.months)} plans, {joined}, {len(merged.groups)} joint tasks; expected doors {doors}"
    )


def play(folder: Path, entities: int, months: int) -> int:
    """Play the months and print what they show; 1 where something is not as it must be."""
    remember_rules()
    years, began = PlannedYears(folder, entities), time.process_time()
    try:
        for n in range(months):
            start = month_after(FIRST, n)
            if start.month == 1:
                print(figures(years.plan(start.year)), flush=True)
                print(" | ".join(COLUMNS), flush=True)
            since = time.process_time()
            print(f"{years.month_of_work(start)} | {time.process_time() - since:.0f} s", flush=True)
            if start.month == 12 or n == months - 1:
                print(years.caps(start.year), flush=True)
        for told in years.certificate(month_after(FIRST, months)):
            print(told)
        print(years.verified())
    except (Difference, SupervisionError) as error:
        print(f"DIFFERS: {error}", file=sys.stderr)
        return 1
    print(f"{time.process_time() - began:.0f} s of processor time")
    return 0
