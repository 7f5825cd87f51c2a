"""Results come back (结果回收): filled workbooks into the store; evidence, pages and the clock follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from supervision.canonical import digest
from supervision.directory.register import CORRECTION
from supervision.errors import SupervisionError, UsageError
from supervision.month import round_files as files
from supervision.month.city import City
from supervision.month.report import Report
from supervision.month.result_checks import KEY, Agreement, Received, Reception
from supervision.month.result_files import read_sheets, result_files
from supervision.month.result_review import submit, unreviewed_of
from supervision.month.results_in_force import bring_into_force
from supervision.month.returned_results import hand_back
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.results.phone_reader import ENDING as PHONE


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What became of one file (一个文件的录入结果), in rows; `corrected` of the `inserted` are corrections."""

    file: str
    rounds: tuple[str, ...]
    inserted: int
    corrected: int
    unchanged: int
    rejected: int
    rejects_file: str | None


def record(city: City, paths: list[Path], *, as_of: date | None = None, agreement: Agreement | None = None) -> Report:
    """Take filled workbooks back (录入结果): results, history, status events; then the lists that may show.

    `paths` are files and folders of files. Rows without a result are left for later; a row that may not be accepted is
    handed back with its reasons; one that changes what is on record needs its reason and a second person, its own or
    those of `agreement`. Of several files one that cannot be read is named, and the others are taken.
    """
    report = Report()
    listed: list[object] = []
    rounds: set[str] = set()
    reception = Reception(city, as_of=as_of, agreement=agreement)
    taken_from = list(result_files(paths))
    for folder in paths:
        if folder.is_dir() and not any(folder in path.parents for path in taken_from):
            raise UsageError("month.nothing_to_record", folder=folder)
    try:
        for path in taken_from:
            try:
                taken = _record_file(reception, path, report)
            except SupervisionError as error:
                if len(taken_from) == 1 or isinstance(error, UsageError):
                    raise
                report.say("month.not_recorded", file=path, error=error.message)
                report.exit_code = max(report.exit_code, error.exit_code)
                continue
            rounds |= set(taken.rounds)
            listed.append(vars(taken))
    finally:  # what is stored is evidence, whatever came after it
        for round_id in sorted(rounds):
            _bring(city.round(round_id), report)
    report.facts |= {"files": listed, "rounds": sorted(rounds)}
    return report


def check(city: City, path: Path, *, as_of: date | None = None) -> list[Received]:
    """Say what recording a file would do (试录入), with all its checks; nothing is stored."""
    return hold(Reception(city, as_of=as_of, agreement=None), path)


def hold(reception: Reception, path: Path, *, seen: Mapping[tuple[str, str], str] | None = None) -> list[Received]:
    """Hold a file's rows against their rounds (核对结果文件), sheet by sheet; nothing is stored.

    `seen`: visit and item → which version on record a row's writer had before them; see `Received.not_over`.
    """
    sheets = read_sheets(path, codes=reception.city.code_lists.named("result"))
    before = reception.on_record(sheets)
    return [reception.receive(sheet, before=before).not_over(seen or {}) for sheet in sheets]


def take_whole(reception: Reception, path: Path, *, seen: Mapping[tuple[str, str], str]) -> list[Received]:
    """Store the rows of a file if none is at fault (整份录入), else nothing; `bring_into_force` is the caller's."""
    received = hold(reception, path, seen=seen)
    if not any(one.checked.rejected_lines for one in received):
        source = digest("sha256", path.read_bytes()).hex()
        for one in received:
            _store(reception.city, one, source)
    return received


def _record_file(reception: Reception, path: Path, report: Report) -> Recorded:
    city = reception.city
    sheets = read_sheets(path, codes=city.code_lists.named("result"))
    source = digest("sha256", path.read_bytes()).hex()
    received: list[Received] = []
    inserted = 0
    before = reception.on_record(sheets)
    for sheet in sheets:
        one = reception.receive(sheet, before=before)
        received.append(one)
        inserted += _store(city, one, source)
    if path.suffix.lower() == PHONE:
        _keep(city, path, {name for one in received for name in one.checked.good["round"]})
    rejected = sum(one.checked.rejected_lines for one in received)
    taken = Recorded(
        file=path.name,
        rounds=tuple(sorted({name for one in received for name in one.checked.good["round"]})),
        inserted=inserted,
        corrected=sum(int(one.news[CORRECTION.name].notna().sum()) for one in received),
        unchanged=len(pd.concat([one.held for one in received]).drop_duplicates()),
        rejected=rejected,
        rejects_file=hand_back(city, path, list(zip(sheets, received, strict=True))) if rejected else None,
    )
    _say(report, taken, received)
    return taken


def _keep(city: City, path: Path, rounds: set[str]) -> None:
    """Keep a phone form's file with its round (留存结果文件): it holds the signatures and the photographs' digests."""
    data = path.read_bytes()
    kept = files.PHONE_RESULTS.format(digest=digest("sha256", data).hex())
    for name in rounds:
        round = city.round(name)
        if kept not in round.paths:
            with round.save(Step.KEEP_FORM, round.count(Step.KEEP_FORM) + 1) as saving:
                saving.put_bytes(kept, data)


def _store(city: City, received: Received, source: str) -> int:
    """Store what is new of a sheet and who entered it (存入一张表); return how many rows are."""
    _submit(city, received)
    if received.news.empty:
        return 0
    at = city.now().isoformat()
    return city.store.insert("results", received.news, who=city.who, at=at, source_digest=source).inserted


def _submit(city: City, received: Received) -> None:
    """Put on record who enters these versions (登记录入人); those that stand there had somebody, or get one now."""
    latest = received.on_record.drop_duplicates(list(KEY), keep="last")
    rows = pd.concat([received.news, latest.merge(received.held, on=list(KEY))], ignore_index=True)
    for round_id, own in rows.groupby("round", sort=True):
        submit(city.round(str(round_id)), own)


def _bring(round: Round, report: Report) -> None:
    """Let what counts count (结果生效), and say what waits for a second person."""
    withdrawn = bring_into_force(round)
    if withdrawn:
        report.say("month.history_withdrawn", round=round.id, rows=withdrawn)
    waiting = len(unreviewed_of(round))
    if waiting:
        report.say("month.results_wait", round=round.id, rows=waiting)


def _say(report: Report, taken: Recorded, received: list[Received]) -> None:
    report.say(
        "month.recorded",
        file=taken.file,
        inserted=taken.inserted,
        unchanged=taken.unchanged,
        rejected=taken.rejected,
    )
    if taken.corrected:
        report.say("month.corrected", count=taken.corrected)
    for note in dict.fromkeys(note for one in received for note in one.checked.notes):
        report.say("month.note", note=note)
    if taken.rejected:
        report.exit_code = max(report.exit_code, 3)
        report.say("month.results_returned", rejected=taken.rejected, file=taken.rejects_file)
