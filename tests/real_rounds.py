"""A real round that is played over its stops: two commitments, values entered twice by two persons, results."""

from __future__ import annotations

import csv
import inspect
import json
import os
import shutil
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import openpyxl

from supervision.demo.city import write_city
from supervision.month import importing, line
from supervision.month.city import BEIJING, City, silent
from supervision.month.round_results import expected
from supervision.sampling.protocol.verifier import verify
from supervision.store.store import Store

ROUND, EXTRA = "2026-12", "2026-12-b"
FOOD = "tags=餐饮,食品经营;tags=本月批次"
FIRST = {
    "ssq-red": ["06", "09", "14", "20", "27", "31"],
    "ssq-blue": ["11"],
    "dlt-front": ["35", "02", "11", "19", "08"],
    "dlt-back": ["07", "12"],
}
SECOND = {
    "dlt-front-2": ["05", "14", "16", "30", "33"],
    "dlt-back-2": ["01", "09"],
    "ssq-red-2": ["01", "14", "19", "27", "30", "33"],
    "ssq-blue-2": ["5"],
}
THIRD = {
    "ssq-red-3": ["02", "03", "17", "22", "25", "32"],
    "ssq-blue-3": ["16"],
    "dlt-front-3": ["01", "08", "20", "21", "34"],
    "dlt-back-3": ["04", "11"],
}
# who commits, who enters the values first and second, who records results
COMMITS, DRAWS, CONFIRMS, RECORDS = "wang-01", "li-02", "zhao-03", "sun-04"
REVIEWS, ACCEPTS = "钱审核", "赵核准"
COMMITTED, DRAWN, ROSTERED, MATCHED = (
    *("2026-11-23T09:00", "2026-11-25T22:00", "2026-11-25T22:30", "2026-11-29T22:00"),
)
RESULT, DAY, IDS, REVIEWER = 9, 10, 13, 14  # columns of the sheet 结果录入


class Play:
    """The round's store and folders, the clock on the wall, and what is done at it."""

    def __init__(self, work: Path, inputs: Path, at: str = COMMITTED) -> None:
        self.store, self.out, self.inputs, self.work = work / "x.db", work / "out", inputs, work
        self.set(at)

    def set(self, text: str) -> None:
        """Set the clock."""
        self.time = datetime.fromisoformat(text).replace(tzinfo=BEIJING)

    def copy(self, work: Path) -> Play:
        """Return the same round in another folder, at the same time."""
        shutil.copytree(self.work, work)
        return Play(work, self.inputs, self.time.isoformat()[:19])

    def month(self, who, values=None, *, round_id=ROUND, inputs=None, out=None, rehearsal=False):
        """Run the command `month` as somebody, with the values known by now."""
        return line.run(
            self.store,
            round_id,
            inputs=inputs or self.inputs,
            out=out or self.out,
            values=values or {},
            rehearsal=rehearsal,
            accept_unverified=ACCEPTS,
            who=who,
            progress=silent,
            now=lambda: self.time,
        )

    def city(self, who):
        """Open the city as somebody."""
        return City.open(self.store, who=who, rules=self.inputs / "rules", now=lambda: self.time)

    def round(self, who, round_id=ROUND):
        """Open a round as somebody."""
        return self.city(who).round(round_id)

    def public(self, name, round_id=ROUND):
        """Read a public JSON file of a round."""
        return json.loads((self.out / "public" / round_id / name).read_bytes())

    def audit(self, name, round_id=ROUND):
        """Read a file of a round's audit bundle."""
        return (self.out / "audit" / round_id / name).read_bytes()

    def state(self, round_id=ROUND):
        """List the finished steps."""
        return list(Store.open(self.store).state(round_id))

    def log(self, round_id=ROUND):
        """Return a round's log entries."""
        return [json.loads(entry) for entry in Store.open(self.store).log(round_id).splitlines()]

    def check(self, *, history=()):
        """Verify the auditor's folder and the public one: all agrees, nothing shows that it is the only one."""
        for folder in (self.out, self.out / "public"):
            report = verify(folder, history=history)
            assert report.difference is None, report.verdict("en")
            assert report.code == 6

    def offices(self):
        """Offices with a workbook, sorted."""
        return sorted(path.stem for path in (self.out / "internal" / ROUND).glob("*/*.xlsx"))

    def workbook(self, office):
        """Return where an office's workbook is."""
        return self.out / "internal" / ROUND / office / f"{office}.xlsx"


def make_city(folder: Path, *, entities: int, tasks: tuple[str, ...]) -> Path:
    """Write the demo city with only some of its tasks."""
    write_city(folder, entities=entities, month=ROUND)
    listed = (folder / "tasks.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in listed[1:] if row.split(",")[0].strip('"') in tasks]
    assert len(kept) == len(tasks), "the demo city no longer has these tasks"
    (folder / "tasks.csv").write_text("".join([listed[0], *kept]), encoding="utf-8")
    shutil.rmtree(folder / "xlsx", ignore_errors=True)
    return folder


def write_town(folder: Path) -> Path:
    """Write the input folder of a town of 500 units for real rounds: no values of sources, no frame key."""
    make_city(folder, entities=500, tasks=("T01-food", "T11-disclosure"))
    (folder / "sources.csv").unlink()
    (folder / "frame_key.hex").unlink()
    return folder


def play_stages(town: Path, work: Path) -> dict[str, Play]:
    """Play a town's real round and return it at each of its stages: committed, drawn, rostered, matched. To copy."""
    play, found = Play(work / "going-on", town), {}
    play.work.mkdir()
    for stage in run_to_the_end(play):
        found[stage] = play.copy(work / stage)
    return found


# a city's rule that results wait for a second person
REVIEW_RULE = """id: shared/result_review
title: {zh: 检查结果的复核, en: Review of results}
unit: needed
values:
  - from: 2026-01-01
    value: {needed: true}
    basis: 本市规定
    verified: true
    review_by: 2027-12-31
"""


def ask_for_review(rules: Path) -> None:
    """Let a city's rules folder say that results wait for a second person."""
    (rules / "shared").mkdir(parents=True, exist_ok=True)
    (rules / "shared" / "result_review.yaml").write_text(REVIEW_RULE, encoding="utf-8")


def key_of_round(size: int) -> bytes:
    """Return the frame key that belongs to the name of the round that `commit` works on."""
    for frame in inspect.stack(context=0):
        if frame.function == "commit":
            return sha256(f"key of {frame.frame.f_locals['round'].id}".encode()).digest()[:size]
    return os.urandom(size)  # not a frame key: a name, a cookie


def run_to_the_end(play: Play):
    """Play the round from its first command to the second draw, yielding the name of each stage that is reached."""
    play.month(COMMITS)
    yield "committed"
    play.set(DRAWN)
    play.month(DRAWS, FIRST)
    play.month(CONFIRMS, FIRST)
    yield "drawn"
    play.set(ROSTERED)
    play.month(COMMITS, FIRST)
    yield "rostered"
    play.set(MATCHED)
    play.month(DRAWS, FIRST | SECOND)
    play.month(CONFIRMS, FIRST | SECOND)
    yield "matched"


def said(report, code):
    """Return the parameters of a report's line."""
    return next(said.params for said in report.lines if said.code == code)


def codes(report):
    """Return the codes of a report's lines."""
    return [said.code for said in report.lines]


def rows(data: bytes):
    """Read the rows of a CSV file."""
    return list(csv.DictReader(data.decode("utf-8-sig").splitlines()))


def busiest(play):
    """Offices by how much they have to report, the busiest first."""
    owed = expected(play.round(RECORDS))["office_id"].value_counts()
    return sorted(play.offices(), key=lambda office: (-owed.get(office, 0), office))


def fill(play, office, *, result="1", day="2026-12-08"):
    """Fill an office's workbook as the office would: every row of the sheet 结果录入 gets a result and a day."""
    target = play.work / f"{office}-filled.xlsx"
    book = openpyxl.load_workbook(play.workbook(office))
    sheet = book["结果录入"]
    assert [sheet.cell(2, column).value for column in (RESULT, DAY)] == ["检查结果", "检查日期"]
    for row in range(3, sheet.max_row + 1):
        if sheet.cell(row, 2).value:
            sheet.cell(row, RESULT, result)
            sheet.cell(row, DAY, datetime.fromisoformat(day))
            sheet.cell(row, REVIEWER, REVIEWS)
    book.save(target)
    return target


def register_file(city, folder, kind, header, *lines, day):
    """Import rows into a register, as known on a day."""
    path = folder / f"{kind}-{len(list(folder.iterdir()))}.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([header.split(","), *lines])
    taken = importing.import_file(city, kind, path, as_of=datetime.fromisoformat(day).date())
    assert (taken.inserted, taken.rejected) == (len(lines), 0)


def extra_task(play, city, folder, name, *, items, population, round_id=EXTRA):
    """Put a task of an extra round into the register, known today."""
    columns = (
        "task_id,name,round,items,lead,from_date,until_date,population,regime,ratio,by_region,access,disclosure,cause"
    )
    row = [name, "专项", round_id, items, "market", "2026-12-01", "2026-12-31", population, "random", "10%", "no"]
    day = play.time.date().isoformat()
    register_file(city, folder, "tasks", columns, [*row, "sealed", "after_visit", "投诉集中"], day=day)
