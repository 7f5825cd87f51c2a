"""Results come back (结果回收): filled workbooks into the store; evidence, pages and the clock follow."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from supervision.canonical import digest
from supervision.directory.checking.problems import no_problems, problems
from supervision.directory.checking.register_check import check_table
from supervision.directory.reading.register_file import read_table
from supervision.directory.returning.rejects import rejects
from supervision.directory.table import Checked, Table
from supervision.errors import DirectoryError, UsageError
from supervision.messages import Message
from supervision.month.desk import Desk, first_day, month_bounds
from supervision.month.drawing import frame_records
from supervision.month.nouns import tasks_of
from supervision.month.report import Report
from supervision.month.returns import FAR, KEY, expected, results_of, today_of
from supervision.month.timetable import numbers, suffix
from supervision.results.public_categories import publish_results, status_events
from supervision.results.workbook_reader import history_rows, read_results
from supervision.sampling.protocol.commitment import result


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What became of one workbook (一个工作簿的录入结果), in rows."""

    file: str
    rounds: tuple[str, ...]
    inserted: int
    unchanged: int
    rejected: int
    rejects_file: str | None
    notes: tuple[Message, ...]


def record(desk: Desk, paths: list[Path], *, as_of: date | None = None) -> Report:
    """Take filled workbooks back (录入结果): results, history, status events; then the lists that may show.

    Rows without a result are left for later; a row that belongs to no visit of its round is rejected with its reason.
    """
    report = Report()
    files: list[object] = []
    rounds: set[str] = set()
    for path in paths:
        taken = _record_file(desk, path, as_of=as_of)
        rounds |= set(taken.rounds)
        files.append(vars(taken))
        report.say(
            "month.recorded",
            file=taken.file,
            inserted=taken.inserted,
            unchanged=taken.unchanged,
            rejected=taken.rejected,
        )
        for note in taken.notes:
            report.say("month.note", note=note)
        if taken.rejected:
            report.exit_code = 3
            report.say("month.rejects_written", rejected=taken.rejected, file=taken.rejects_file)
    for round_id in sorted(rounds):
        _disclose(desk, round_id)
    report.facts |= {"files": files, "rounds": sorted(rounds)}
    return report


def _record_file(desk: Desk, path: Path, *, as_of: date | None) -> Recorded:
    if not path.is_file():
        raise DirectoryError("month.file_missing", file=str(path))
    table = _read(desk, path)
    rounds = tuple(sorted(set(table.frame["round"].dropna()))) if "round" in table.frame else ()
    if as_of is not None and any(desk.is_open(one) and not desk.is_rehearsal(one) for one in rounds):
        raise UsageError("month.as_of_in_real_round")
    known = as_of or _known_day(desk, table, rounds)
    checked = check_table("results", table, as_of=known, lists=desk.code_lists, own_ids=True)
    checked = checked.without(_strangers(desk, checked))
    news = checked.good[~_said_before(desk, checked.good)]
    stored = desk.store.insert(
        "results",
        news,
        who=desk.who,
        at=desk.now().isoformat(),
        source_digest=digest("sha256", path.read_bytes()).hex(),
    )
    before = len(checked.good) - len(news)
    checked = checked.with_conflicts(stored.conflicts)
    for round_id in rounds:
        _as_evidence(desk, round_id)
    rejects_file = None
    if checked.rejected_lines:
        rejects_file = str(path.with_name(f"{path.name}.rejected.xlsx"))
        Path(rejects_file).write_bytes(rejects("results", table, checked, "zh"))
    return Recorded(
        file=path.name,
        rounds=rounds,
        inserted=stored.inserted,
        unchanged=stored.unchanged + before,
        rejected=checked.rejected_lines,
        rejects_file=rejects_file,
        notes=checked.notes,
    )


def _said_before(desk: Desk, good: pd.DataFrame) -> pd.Series[bool]:
    """Tell which rows the register holds already: a workbook that comes back fuller makes its old rows no younger."""
    said = [name for name in good.columns if name != "known_on"]
    before = desk.store.register("results", on=FAR, columns=said).drop_duplicates()
    found = good[said].merge(before, on=said, how="left", indicator=True)["_merge"] == "both"
    return found.set_axis(good.index)


def _read(desk: Desk, path: Path) -> Table:
    """Read an office's workbook, or any file of the register `results`."""
    if path.suffix.lower() == ".csv":
        with path.open("rb") as handle:
            return read_table("results", path.name, handle)
    filled = read_results(path.name, path.read_bytes(), codes=desk.code_lists.codes("result"))
    return Table(
        kind="results",
        name=filled.name,
        frame=filled.frame,
        line=filled.line,
        headers=filled.headers,
        rejected=no_problems(),
        notes=filled.notes,
    )


def _known_day(desk: Desk, table: Table, rounds: tuple[str, ...]) -> date:
    """Today; for a rehearsal, whose days may lie ahead, the last day of inspection in the file and the month."""
    for round_id in rounds:
        if desk.is_open(round_id) and desk.is_rehearsal(round_id):
            start, end = map(pd.Timestamp, month_bounds(round_id))
            days = pd.to_datetime(table.frame["inspected_on"], errors="coerce")
            days = days[(days >= start) & (days <= end)]
            return days.max().date() if len(days) else end.date()
    return desk.now().date()


def _strangers(desk: Desk, checked: Checked) -> pd.DataFrame:
    """Faults of rows that belong to no place of their round, lie in the future, or were reviewed by an inspector."""
    found: list[pd.DataFrame] = []
    known = {round_id: _known_visits(desk, round_id) for round_id in set(checked.good["round"])}
    today = pd.Timestamp(desk.now().date())
    month_end = {round_id: pd.Timestamp(month_bounds(round_id)[1]) for round_id in known}
    register = desk.store.register("inspectors", on=FAR, columns=["inspector_id", "name"])
    people = dict(zip(register["inspector_id"], register["name"], strict=True))
    for place, row in enumerate(checked.good.to_dict("records")):
        key = (row["visit_id"], row["item_id"], row["agency"], row["unit_id"])
        if key not in known[row["round"]]:
            found.append(_fault(place, "visit_id", row["visit_id"], "month.not_in_calendar", item=row["item_id"]))
        elif row["inspected_on"] > (month_end[row["round"]] if desk.is_rehearsal(row["round"]) else today):
            found.append(_fault(place, "inspected_on", str(row["inspected_on"].date()), "month.in_future"))
        elif row["inspected_on"].date() < first_day(row["round"]):
            found.append(_fault(place, "inspected_on", str(row["inspected_on"].date()), "month.before_month"))
        elif isinstance(row["reviewer"], str) and row["reviewer"] in _names(row["inspectors"], people):
            found.append(_fault(place, "reviewer", row["reviewer"], "month.own_reviewer"))
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


def _names(inspectors: object, people: dict[str, str]) -> set[str]:
    """Ids and names of a visit's inspectors."""
    ids = inspectors.split() if isinstance(inspectors, str) else []
    return {*ids, *(people[one] for one in ids if one in people)}


def _fault(place: int, column: str, value: str, code: str, **params: object) -> pd.DataFrame:
    return problems(
        line=pd.array([place], dtype="int64").to_numpy(),
        column=column,
        value=value,
        reason=Message.of(code, **params),
    )


def _known_visits(desk: Desk, round_id: str) -> set[tuple[str, str, str, str]]:
    if not desk.is_open(round_id) or "match" not in desk.finished(round_id):
        raise UsageError("month.step_missing", round=round_id, step="match", command="match")
    return set(
        expected(desk, round_id)[["visit_id", "item_id", "agency", "unit_id"]].itertuples(index=False, name=None)
    )


def _as_evidence(desk: Desk, round_id: str) -> None:
    """Put a round's results into history and status events (转为证据), where they are next month's evidence."""
    found = results_of(desk, round_id)
    if found.empty:
        return
    offices = expected(desk, round_id)[["visit_id", "agency", "office_id"]]
    history = history_rows(found, offices=offices, kind="routine")
    drawn = desk.store.table(round_id, "drawn")
    lists = desk.code_lists_of(round_id)
    sorted_out = publish_results(
        found, tasks=tasks_of(desk, round_id), drawn=drawn[["task_id", "unit_id"]], codes=lists
    )
    events = status_events(sorted_out.unavailable, codes=lists)
    known = found.drop_duplicates("visit_id").set_index("visit_id")["known_on"]
    events["known_on"] = events["event_no"].map(known).astype("datetime64[s]")
    for kind, rows in (("history", history), ("events", events)):
        if len(rows):
            desk.store.insert(kind, rows, who=desk.who, at=desk.now().isoformat(), source_digest=round_id)


def _disclose(desk: Desk, round_id: str) -> None:
    """Rewrite result.json with the lists whose visits are over (名单公开)."""
    recorded = set(results_of(desk, round_id)[KEY].itertuples(index=False, name=None))
    wanted, day = expected(desk, round_id), today_of(desk, round_id)
    drawn = desk.store.table(round_id, "drawn")
    drawn = drawn[drawn["role"] == "drawn"]
    unheld = pd.concat([desk.store.table(round_id, f"unheld{suffix(n)}") for n in numbers(desk, round_id, "plan")])
    waiting = {task for tasks in unheld["task_ids"] for task in str(tasks).split()}
    over, lists = set(), {}
    for task in tasks_of(desk, round_id):
        units = drawn.loc[drawn["task_id"] == task.task_id, "unit_id"]
        lists[task.task_id] = units.tolist()
        mine = wanted[wanted["unit_id"].isin(units) & wanted["item_id"].isin(task.items)]
        held = set(mine[KEY].itertuples(index=False, name=None)) <= recorded
        if held and (task.task_id not in waiting or day > task.end):
            over.add(task.task_id)
    body = desk.store.get(round_id, "public/commitment.json")
    seed = bytes.fromhex(json.loads(desk.store.get(round_id, "public/reveal.json"))["seed"])
    key = desk.frame_key(round_id)
    hash_name = desk.card(round_id)["hash"]
    shown = result(
        lists,
        frame_records(desk, round_id),
        round_id=round_id,
        commitment_digest=digest(hash_name, body).hex(),
        seed=seed,
        frame_key=key,
        hash_name=hash_name,
        visited=over,
    )
    inputs: dict[str, Any] = {"results": len(recorded)}
    with desk.store.step(round_id, "record", who=desk.whom(round_id), at=desk.at(round_id), inputs=inputs) as step:
        step.put("public/result.json", shown)
