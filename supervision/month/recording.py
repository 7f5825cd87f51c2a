"""Results come back (结果回收): filled workbooks into the store; evidence, pages and the clock follow."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from supervision.canonical import digest
from supervision.directory.checking.problems import no_problems, problems
from supervision.directory.checking.register_check import check_table
from supervision.directory.reading.register_file import read_table
from supervision.directory.returning.rejects import rejects
from supervision.directory.table import Checked, Table
from supervision.errors import DirectoryError, UsageError
from supervision.messages import Message
from supervision.month import round_files as files
from supervision.month.calendars import drawn_units, unheld
from supervision.month.city import City
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_results import FAR, expected, results_of, today_of
from supervision.results.acceptance import Owed, faults, known_day
from supervision.results.disclosure import finished_tasks
from supervision.results.history import history_rows
from supervision.results.public_categories import publish_results, status_events
from supervision.results.workbook_reader import read_results
from supervision.sampling.protocol.result import Result


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What became of one workbook (一个工作簿的录入结果), in rows."""

    file: str
    rounds: tuple[str, ...]
    inserted: int
    unchanged: int
    rejected: int
    rejects_file: str | None


def record(city: City, paths: list[Path], *, as_of: date | None = None) -> Report:
    """Take filled workbooks back (录入结果): results, history, status events; then the lists that may show.

    Rows without a result are left for later; a row that belongs to no visit of its round is rejected with its reason.
    """
    report = Report()
    listed: list[object] = []
    rounds: set[str] = set()
    for path in paths:
        taken = _record_file(city, path, report, as_of=as_of)
        rounds |= set(taken.rounds)
        listed.append(vars(taken))
    for round_id in sorted(rounds):
        _disclose(city.round(round_id))
    report.facts |= {"files": listed, "rounds": sorted(rounds)}
    return report


def _record_file(city: City, path: Path, report: Report, *, as_of: date | None) -> Recorded:
    if not path.is_file():
        raise DirectoryError("month.file_missing", file=str(path))
    table = _read(city, path)
    rounds = sorted(set(table.frame["round"].dropna())) if "round" in table.frame else []
    if as_of is not None and any(not one.is_rehearsal for one in _open(city, rounds)):
        raise UsageError("month.as_of_in_real_round")
    known = as_of or _known_day(city, table, rounds)
    checked = check_table("results", table, as_of=known, lists=city.code_lists, own_ids=True)
    checked = checked.without(_strangers(city, checked))
    news = checked.good[~_said_before(city, checked.good)]
    source = digest("sha256", path.read_bytes()).hex()
    stored = city.store.insert("results", news, who=city.who, at=city.now().isoformat(), source_digest=source)
    before = len(checked.good) - len(news)
    checked = checked.with_conflicts(stored.conflicts)
    for round_id in rounds:
        _as_evidence(city.round(round_id))
    rejects_file = None
    if checked.rejected_lines:
        rejects_file = str(path.with_name(f"{path.name}.rejected.xlsx"))
        Path(rejects_file).write_bytes(rejects("results", table, checked, "zh"))
    taken = Recorded(
        file=path.name,
        rounds=tuple(rounds),
        inserted=stored.inserted,
        unchanged=stored.unchanged + before,
        rejected=checked.rejected_lines,
        rejects_file=rejects_file,
    )
    _say(report, taken, checked.notes)
    return taken


def _say(report: Report, taken: Recorded, notes: Sequence[Message]) -> None:
    report.say(
        "month.recorded",
        file=taken.file,
        inserted=taken.inserted,
        unchanged=taken.unchanged,
        rejected=taken.rejected,
    )
    for note in notes:
        report.say("month.note", note=note)
    if taken.rejected:
        report.exit_code = 3
        report.say("month.rejects_written", rejected=taken.rejected, file=taken.rejects_file)


def _open(city: City, rounds: Collection[str]) -> list[Round]:
    found = [city.find(one) for one in rounds]
    return [one for one in found if one is not None]


def _said_before(city: City, good: pd.DataFrame) -> pd.Series[bool]:
    """Tell which rows the register holds already: a workbook that comes back fuller makes its old rows no younger."""
    said = [name for name in good.columns if name != "known_on"]
    before = city.register("results", on=FAR, columns=said).drop_duplicates()
    found = good[said].merge(before, on=said, how="left", indicator=True)["_merge"] == "both"
    return found.set_axis(good.index)


def _read(city: City, path: Path) -> Table:
    """Read an office's workbook, or any file of the register `results`."""
    if path.suffix.lower() == ".csv":
        with path.open("rb") as handle:
            return read_table("results", path.name, handle)
    filled = read_results(path.name, path.read_bytes(), codes=city.code_lists.codes("result"))
    return Table(
        kind="results",
        name=filled.name,
        frame=filled.frame,
        line=filled.line,
        headers=filled.headers,
        rejected=no_problems(),
        notes=filled.notes,
    )


def _known_day(city: City, table: Table, rounds: Collection[str]) -> date:
    """Today; for a rehearsal, whose days may lie ahead, the last day of inspection in the file and the month."""
    for round in _open(city, rounds):
        if round.is_rehearsal:
            return known_day(table.frame["inspected_on"], first=round.name.first_day, last=round.name.last_day)
    return city.now().date()


def _strangers(city: City, checked: Checked) -> pd.DataFrame:
    """Faults of rows that belong to no place of their round, lie in the future, or were reviewed by an inspector."""
    register = city.register("inspectors", on=FAR, columns=["inspector_id", "name"])
    names = dict(zip(register["inspector_id"], register["name"], strict=True))
    owed = {round_id: _owed(city, round_id) for round_id in sorted(set(checked.good["round"]))}
    found = faults(checked.good, owed=owed, names=names)
    listed = [
        problems(
            line=pd.array([one.row], dtype="int64").to_numpy(),
            column=one.column,
            value=one.value,
            reason=one.reason,
        )
        for one in found
    ]
    return pd.concat(listed, ignore_index=True) if listed else pd.DataFrame()


def _owed(city: City, round_id: str) -> Owed:
    round = city.find(round_id)
    if round is None or not round.has(Step.MATCH):
        raise UsageError("month.step_missing", round=round_id, step=Step.MATCH.value, command="match")
    rows = expected(round)[["visit_id", "item_id", "agency", "unit_id"]]
    last = round.name.last_day if round.is_rehearsal else city.now().date()
    return Owed(visits=set(rows.itertuples(index=False, name=None)), first=round.name.first_day, last=last)


def _as_evidence(round: Round) -> None:
    """Put a round's results into history and status events (转为证据), where they are next month's evidence."""
    found, city = results_of(round), round.city
    if found.empty:
        return
    offices = expected(round)[["visit_id", "agency", "office_id"]]
    history = history_rows(found, offices=offices, kind="routine")
    drawn = round.table(files.DRAWN, ["task_id", "unit_id"])
    sorted_out = publish_results(found, tasks=round.tasks, drawn=drawn, codes=round.code_lists)
    events = status_events(sorted_out.unavailable, codes=round.code_lists)
    known = found.drop_duplicates("visit_id").set_index("visit_id")["known_on"]
    events["known_on"] = events["event_no"].map(known).astype("datetime64[s]")
    for kind, rows in (("history", history), ("events", events)):
        if len(rows):
            city.store.insert(kind, rows, who=city.who, at=city.now().isoformat(), source_digest=round.id)


def _disclose(round: Round) -> None:
    """Rewrite result.json with the lists whose visits are over (名单公开)."""
    recorded, drawn = results_of(round), drawn_units(round)
    over = finished_tasks(
        round.tasks,
        drawn=drawn,
        expected=expected(round),
        recorded=recorded,
        waiting={task for tasks in unheld(round)["task_ids"] for task in str(tasks).split()},
        on=today_of(round, recorded),
    )
    units = {task.task_id: drawn.loc[drawn["task_id"] == task.task_id, "unit_id"].tolist() for task in round.tasks}
    seed = round.read(files.REVEAL).seed
    commitment = round.read(files.COMMITMENT)
    shown = Result.of(units, commitment, seed=seed, frame_key=round.frame_key, visited=over)
    owing = len(recorded.drop_duplicates(["visit_id", "item_id"]))
    with round.save(Step.RECORD, inputs={"results": owing}) as saving:
        saving.put(files.RESULT, shown)
