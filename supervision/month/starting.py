"""Before the first month (开办): the store, the law as it stands, and a synthetic city to rehearse with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from supervision.demo.answers import write_answers
from supervision.demo.city import SEED, write_city
from supervision.demo.county import district_of, keep_county
from supervision.demo.month_before import write_before
from supervision.domain.rounds import RoundId
from supervision.errors import UsageError
from supervision.law.presets import find_preset
from supervision.law.rules import Rules
from supervision.month.city import Progress, beijing_now
from supervision.month.report import Report
from supervision.store import shipped_files
from supervision.store.store import Store

README = """rules 文件夹：本市自己的规则。相同路径、日期在后者优先于随附文件。
The city's own rules: same path, later date wins.
"""


def make_store(path: Path) -> Report:
    """Make an empty store and the city's rules folder (建库); a store that is there stays as it is."""
    report = Report(facts={"store": str(path)})
    if path.exists():
        Store.open(path)
        report.say("month.store_there", path=path)
    else:
        Store.create(path)
        report.say("month.store_made", path=path)
    folder = path.parent / "rules"
    if not folder.exists():
        folder.mkdir(parents=True)
        (folder / "README.txt").write_text(README, encoding="utf-8")
    report.facts["rules"] = str(folder)
    report.say("month.rules_folder", path=folder)
    return report


def law_in_force(folder: Path, *, on: date | None, lang: str) -> Report:
    """List the law in force on a day (有效规则), with basis, and what is due for review."""
    day = on or beijing_now().date()
    law = Rules.read(shipped_files.shipped_rules(), shipped_files.folder_rules(folder)).on(day)
    rows: list[object] = []
    report = Report(facts={"on": day.isoformat()})
    report.say("month.law_head", on=day)
    for entry in law.entries():
        rows.append(
            {
                "path": entry.path,
                "value": entry.value,
                "since": entry.since,
                "basis": entry.basis,
                "verified": entry.verified,
                "review_by": entry.review_by,
            }
        )
        report.say(
            "month.law_line",
            path=entry.path,
            title=law.title(entry.path, lang),
            value=entry.value,
            since=entry.since,
            basis=entry.basis,
            mark="" if entry.verified else ("（未经核实）" if lang == "zh" else " (not verified)"),
        )
    for path in law.missing():
        report.say("month.law_missing", path=path)
    for remark in law.remarks():
        report.say("month.note", note=remark)
    report.facts |= {"rules": rows, "missing": law.missing()}
    return report


def take_preset(folder: Path, name: str) -> Report:
    """Copy the rules of another place into the city's rules folder (照抄外地做法).

    A rule file that is there already is never touched: the command stops before anything is written.
    """
    preset = find_preset(shipped_files.shipped_presets(), name)
    made = preset.files(Rules.read(shipped_files.shipped_rules()))
    for path in made:
        if (folder / path).exists():
            raise UsageError("month.preset_there", name=name, file=folder / path)
    report = Report(facts={"preset": name, "files": [str(folder / path) for path in made]})
    for path, body in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
        report.say("month.preset_taken", file=folder / path, title=preset.title)
    return report


def write_demo(
    folder: Path, *, entities: int, month_id: str, progress: Progress, all_regimes: bool = False, county: str = ""
) -> Report:
    """Write the input files of a synthetic city (演示城市); a folder that holds other files is left alone.

    `all_regimes` adds the files of every regime; `county` leaves the files of one district's own store.
    """
    _of_demo(folder, month_id)
    if county:
        district_of(county)
    progress("month.write_demo", 0, 0)
    summary = write_city(folder, entities=entities, month=month_id, all_regimes=all_regimes)
    rows = dict(summary.rows) | (keep_county(folder, county) if county else {})
    return _written(folder, rows)


def _of_demo(folder: Path, month_id: str) -> date:
    """Return the month's first day (月份首日), where the folder may be written."""
    first = RoundId.parse(month_id).first_day
    if folder.exists() and any(folder.iterdir()) and not (folder / "sources.csv").exists():
        raise UsageError("month.folder_not_empty", folder=folder)
    return first


def _written(folder: Path, rows: Mapping[str, int]) -> Report:
    report = Report(facts={"folder": str(folder), "rows": dict(rows)})
    counts = {name: rows[name] for name in ("entities", "inspectors", "tasks")}
    report.say("month.demo_written", folder=folder, **counts)
    return report


def write_earlier_demo(folder: Path, *, entities: int, month_id: str, progress: Progress) -> Report:
    """Write the input files of the month before a synthetic month (演示城市的上一个月)."""
    first = _of_demo(folder, month_id)
    progress("month.write_demo", 0, 0)
    rows = write_before(folder, entities=entities, start=first, seed=SEED)
    return _written(folder, rows)


def write_demo_results(folder: Path, out: Path, *, month_id: str) -> Report:
    """Write what inspectors of a synthetic city would hand in for a month (演示检查结果), made from its workbooks."""
    RoundId.parse(month_id)
    if folder.exists() and any(folder.iterdir()) and not (folder / "step_in").is_dir():
        raise UsageError("month.folder_not_empty", folder=folder)
    inside = out / "internal" / month_id
    books = sorted(inside.glob("*/*.xlsx"))
    if not books:
        raise UsageError("month.demo_no_workbooks", folder=inside)
    written = write_answers(folder, workbooks=books, drawn=out / "public" / month_id / "draw.json")
    report = Report(facts={"folder": str(folder), **vars(written)})
    report.say("month.demo_results", folder=folder, results=written.results, corrections=written.corrections)
    if written.unit:
        report.say("month.demo_step_in", unit=written.unit, task=written.task)
    else:
        report.say("month.demo_no_step_in")
    return report
