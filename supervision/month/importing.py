"""Registers in (登记表导入): good rows go into the store, bad ones to a workbook with each cell's reason."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from supervision.directory.checking.links import check_links
from supervision.directory.checking.register_check import check_table
from supervision.directory.checking.same_enterprise import COLUMNS, without_same
from supervision.directory.mapping.applied import Applied
from supervision.directory.mapping.unmatched_list import unmatched
from supervision.directory.reading.register_file import read_table
from supervision.directory.register import kinds, register
from supervision.directory.returning.rejects import rejects
from supervision.directory.returning.template import template
from supervision.directory.returning.text_marks import without_marks
from supervision.directory.table import Checked, Table, place_of_line
from supervision.errors import DirectoryError, UsageError
from supervision.law.code_lists import CodeLists
from supervision.messages import Message
from supervision.month.case_steps import misplaced_steps
from supervision.month.city import City, beijing_now
from supervision.month.disputed_records import of_no_record
from supervision.month.feedback_tokens import doubtful_answers
from supervision.month.leave_notices import touched_visits
from supervision.month.list_terms import barred
from supervision.month.mapped_files import AS_REGISTERED, Asked, Chosen, chosen, read_mapped, shown, stored_units
from supervision.month.own_visits import misplaced, without_own
from supervision.month.plan_months import other_years, unread_months
from supervision.month.professional_rows import off_scale
from supervision.month.register_corrections import corrected
from supervision.month.repairs import of_nothing
from supervision.month.report import Report
from supervision.month.warning_steps import out_of_order
from supervision.month.whole_years import whole_years
from supervision.store import shipped_files
from supervision.store.layout import layout

# Links are checked against what is already in the store, so the registers that others point to come first.
ORDER = (
    "calendar",
    "offices",
    "items",
    "inspectors",
    "leave",
    "tasks",
    "plans",
    "entities",
    "events",
    "relations",
    "licences",
    "history",
    "objections",
    "recusals",
    "blocked",
    "exemptions",
    "permits",
    "professional",
    "caps",
    "warnings",
    "feedback",
    "cases",
    "results",
    "checkins",
    "handed_down",
)
RESULTS, LEAVE = "results", "leave"
OTHER_DOORS = {RESULTS: "month.results_by_record", "handed_down": "month.part_by_take_part"}
ENDINGS = (".csv", ".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ods")
OTHER_INPUTS = ("sources.csv", "frame_key.hex")
SHOWN = 20
SHORT_NAME = 40  # characters of a file name, of up to four bytes each, under the 255 bytes that file systems take
ELSEWHERE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG)
LINKED = {"offices", "items", "inspectors"}
Look = Callable[[Path, Table, Checked], None]  # a file, its table, and what was rejected of it


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of one file (一个文件的导入结果), in rows."""

    file: str
    inserted: int
    unchanged: int
    rejected: int
    rejects_file: str | None
    unmatched_file: str | None
    notes: tuple[Message, ...]


@dataclass(frozen=True, kw_only=True)
class Read:
    """One file as it was read and checked (读入的文件); `applied` where a mapping was."""

    table: Table
    checked: Checked
    applied: Applied | None = None


def _read_file(city: City, kind: str, path: Path, *, as_of: date | None, choice: Chosen | None = None) -> Read:
    """Read and check one file by itself (读取并校验), through a mapping where one was chosen."""
    _refuse_unknown(kind)
    if not path.is_file():
        no_file = "month.file_is_device" if path.exists() else "month.file_missing"
        raise DirectoryError("month.file_is_folder" if path.is_dir() else no_file, file=str(path))
    if choice is not None:
        table, checked, applied = read_mapped(city, choice, path, as_of=as_of, units=lambda: stored_units(city))
        return Read(table=table, checked=checked, applied=applied)
    with path.open("rb") as handle:
        table = without_marks(read_table(kind, path.name, handle))
    checked = check_table(kind, table, as_of=as_of, lists=city.code_lists, own_ids=city.own_ids)
    return Read(table=table, checked=checked)


def _beside_store(city: City, kind: str, checked: Checked) -> Checked:
    """Return a checked file without rows that do not go with what is stored (与库中核对)."""
    if kind == "entities":
        checked = without_same(checked, lambda: city.store.register(kind, on=date.max, columns=list(COLUMNS)))
    checked = check_links(kind, checked, _known(city, kind))
    checked = checked.without(misplaced(city, kind, checked))
    checked = checked.without(off_scale(city, kind, checked))
    checked = checked.without(out_of_order(city, kind, checked))
    checked = checked.without(unread_months(kind, checked))
    checked = checked.without(misplaced_steps(city, kind, checked))
    checked = doubtful_answers(city, kind, checked)
    checked = checked.without(other_years(city, kind, checked))
    checked = checked.without(barred(city, kind, checked))
    checked = replace(
        checked, notes=(*checked.notes, *of_nothing(city, kind, checked), *of_no_record(city, kind, checked))
    )
    return whole_years(city, checked) if kind == "calendar" else checked


def import_file(
    city: City,
    kind: str,
    path: Path,
    *,
    as_of: date | None,
    read: Read | None = None,
    choice: Chosen | None = None,
    look: Look | None = None,
) -> Taken:
    """Import one file (导入一个文件): one transaction; a second time changes nothing; `read` is what it holds.

    `look` is shown what was read and rejected, where rows were: as data, beside the workbook that is written.

    A file of another source is read through the mapping of `choice`; names without a unit stand in a list beside it.
    Results are refused: they have one door, `record`, which knows the visits, the people and the day; so are lists
    handed down, which `take-part` reads under their signature.
    """
    if kind in OTHER_DOORS:
        raise UsageError(OTHER_DOORS[kind], file=path)
    city.progress(f"month.import_{kind}", 0, 0)
    read = read or _read_file(city, kind, path, as_of=as_of, choice=choice)
    checked, own = without_own(city, kind, _beside_store(city, kind, read.checked))
    checked, held = corrected(city, kind, checked)
    stored = city.store.insert(
        kind,
        checked.good,
        who=city.who,
        at=city.now().isoformat(),
        source_digest=_digest(path),
        mapping=choice.bytes if choice else None,
    )
    checked = checked.with_conflicts(stored.conflicts)
    rejected_rows = checked.rejected_lines
    if rejected_rows and look is not None:
        look(path, read.table, checked)
    rejects_file = _write_rejects(city.store.path, kind, path, read.table, checked) if rejected_rows else None
    names = unmatched(read.applied, "zh") if read.applied else None
    unmatched_file = _write_beside(city.store.path, path, "unmatched.xlsx", names) if names else None
    return Taken(
        file=path.name,
        inserted=stored.inserted,
        unchanged=stored.unchanged + held + own,
        rejected=rejected_rows,
        rejects_file=rejects_file,
        unmatched_file=unmatched_file,
        notes=tuple(checked.notes),
    )


def import_files(
    city: City,
    kind: str,
    paths: list[Path],
    *,
    as_of: date | None,
    asked: Asked = AS_REGISTERED,
    look: Look | None = None,
) -> Report:
    """Import several files of one kind (导入若干文件): as if they were one, in the order given, and read alike.

    `look` is shown the rejected rows of each file.
    """
    choice = chosen(city, kind, asked)
    report = Report(facts={"kind": kind, "files": []}, lines=shown(choice) if choice else [])
    known: list[Read] = []
    if len(paths) > 1 and kind not in OTHER_DOORS:
        known = [_read_file(city, kind, path, as_of=as_of, choice=choice) for path in paths]
        _refuse_contradiction(city, kind, paths, [read.checked for read in known])
    files: list[object] = []
    stored: list[Taken] = []
    for path in paths:
        taken = import_file(
            city, kind, path, as_of=as_of, read=known.pop(0) if known else None, choice=choice, look=look
        )
        stored.append(taken)
        files.append(vars(taken))
        report.say(
            "month.imported",
            kind=kind,
            file=taken.file,
            inserted=taken.inserted,
            unchanged=taken.unchanged,
            rejected=taken.rejected,
        )
        for note in taken.notes:
            report.say("month.note", note=note)
        if taken.rejected:
            report.exit_code = 3
            report.say("month.rejects_written", rejected=taken.rejected, file=str(taken.rejects_file))
        if taken.unmatched_file:
            report.say("month.unmatched_written", file=taken.unmatched_file)
    report.facts["files"] = files
    if kind == LEAVE and any(taken.inserted for taken in stored):
        report.lines.extend(touched_visits(city))
    return report


def _refuse_contradiction(city: City, kind: str, paths: Sequence[Path], read: Sequence[Checked]) -> None:
    """Stop before anything is stored where two files say different things of one record (核对同类文件)."""
    key = list(layout(kind).version)
    sound = [_beside_store(city, kind, checked).good for checked in read]
    good = [frame.assign(file=path.name) for path, frame in zip(paths, sound, strict=True)]
    rows = pd.concat(good, ignore_index=True)
    told = rows[~rows.duplicated([name for name in rows.columns if name != "file"])]
    again = told[told.duplicated(key, keep=False)]
    if len(again):
        first = next(iter(again.groupby(key, dropna=False, sort=False)))[1]
        raise UsageError(
            "month.files_contradict",
            kind=kind,
            file=first["file"].iloc[0],
            other=first["file"].iloc[1],
            key=" ".join(str(value) for value in first[key].iloc[0].dropna()),
            rows=len(again.drop_duplicates(key)),
        )


def inputs_of(folder: Path) -> dict[str, list[Path]]:
    """Return the register files of an input folder (输入文件), by kind in the order of import.

    A file's kind is its name's longest beginning that is a kind; a folder without a single one is refused.
    """
    if not folder.is_dir():
        raise UsageError("month.inputs_missing", folder=str(folder))
    found: dict[str, list[Path]] = {kind: [] for kind in ORDER}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in ENDINGS and not _is_left(path):
            for kind in ORDER:
                if path.name.startswith(kind):
                    found[kind].append(path)
    if not any(found.values()):
        raise UsageError("month.inputs_empty", folder=str(folder))
    return {kind: paths for kind, paths in found.items() if paths}


def _is_left(path: Path) -> bool:
    """Tell whether a name is of rows handed back, or of what a program keeps for itself (退回表与临时文件)."""
    return ".rejected" in path.name or ".unmatched." in path.name or path.name.startswith(("~", "."))


def unread(folder: Path, found: Mapping[str, Sequence[Path]]) -> list[str]:
    """Return the names in an input folder that are read as nothing (未用到的文件), sorted; but not plain folders."""
    read = {path.name for paths in found.values() for path in paths} | set(OTHER_INPUTS)
    return sorted(
        path.name
        for path in folder.iterdir()
        if (path.name not in read or (path.name in OTHER_INPUTS and not path.is_file()))
        and not _is_left(path)
        and (path.is_file() or path.suffix)
    )


def import_folder(city: City, folder: Path, *, as_of: date | None, only: Sequence[str] = ORDER) -> Report:
    """Import the register files of a folder (导入整个文件夹), of some kinds or of all."""
    report, found = Report(), inputs_of(folder)
    if only == ORDER and (names := unread(folder, found)):
        report.say("month.inputs_unread", files="、".join(names), kinds=", ".join(ORDER))
    for kind, paths in found.items():
        if kind not in only:
            continue
        if kind in OTHER_DOORS:
            for path in paths:
                report.say(OTHER_DOORS[kind], file=path)
            continue
        report.join(kind, import_files(city, kind, paths, as_of=as_of))
    return report


def _known(city: City, kind: str) -> dict[str, set[str]]:
    """Return the ids that rows of this kind may point to (可引用的编号); units are too many and may come later."""
    linked = {column.link for column in register(kind).columns if column.link} & LINKED
    found = {}
    for other in sorted(linked):
        key = register(other).key[0]
        found[other] = set(city.store.register(other, on=date.max, columns=[key])[key])
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _write_rejects(store: Path, kind: str, path: Path, table: Table, checked: Checked) -> str:
    """Write the rejected rows beside the file (退回表): a workbook, above half a million rows a CSV."""
    body = rejects(kind, table, checked, "zh")
    ending = "csv" if not body.startswith(b"PK") else "xlsx"
    return _write_beside(store, path, f"rejected.{ending}", body)


def _write_beside(store: Path, path: Path, ending: str, body: bytes) -> str:
    """Write what is handed back beside the file (写在文件旁).

    Where that cannot be – a folder that may only be read, a name that is too long – it goes beside the store, under a
    short name with a few characters of the path's SHA-256, so that files of one name do not overwrite each other.
    """
    target = path.with_name(f"{path.name}.{ending}")
    try:
        target.write_bytes(body)
    except OSError as error:
        if error.errno not in ELSEWHERE:
            raise
        mark = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:8]
        target = store.parent / f"{path.name[:SHORT_NAME]}.{mark}.{ending}"
        target.write_bytes(body)
    return str(target)


def write_blank(kind: str, target: Path, *, lang: str, rules: Path) -> Report:
    """Write a register's blank workbook to a file (写出空白模板), with the codes in use today.

    `rules` is the city's rule folder, whose code lists replace shipped ones; it need not be there.
    """
    _refuse_unknown(kind)
    lists = CodeLists.read(shipped_files.shipped_code_lists(), shipped_files.folder_rules(rules))
    target.write_bytes(template(kind, lang, lists.on(beijing_now().date())))
    report = Report(facts={"kind": kind, "file": str(target)})
    report.say("month.template_written", file=target)
    return report


def dry_run(city: City, kind: str, path: Path, *, as_of: date | None, asked: Asked = AS_REGISTERED) -> Report:
    """Say what an import would do (试导入报告), cell by cell for the first ones; nothing is stored.

    It looks at the store as an import does: rows that contradict what is on record would be rejected.
    """
    choice = chosen(city, kind, asked)
    read = _read_file(city, kind, path, as_of=as_of, choice=choice)
    checked = _beside_store(city, kind, read.checked)
    checked, own = without_own(city, kind, checked)
    checked, held = corrected(city, kind, checked)
    found = city.store.compare(kind, checked.good)
    report = check_report(path.name, [checked.with_conflicts(found.conflicts)], held=held + own, new=found.inserted)
    report.lines[:0] = shown(choice) if choice else []
    return report


def check_report(file: str, sheets: Sequence[Checked], *, held: int = 0, new: int = 0) -> Report:
    """Return what a check found (校验报告) in a file: `held` rows are on record as they stand, `new` ones are not."""
    kind, report = sheets[0].kind, Report()
    bad = sum(checked.rejected_lines for checked in sheets)
    good = sum(len(checked.good) for checked in sheets) + held
    cells = pd.concat([_placed(checked) for checked in sheets], ignore_index=True)
    notes = list(dict.fromkeys(note for checked in sheets for note in checked.notes))
    listed = cells.drop(columns="place").assign(code=[reason.code for reason in cells["reason"]]).to_dict("records")
    counts = {"good": good, "new": new, "rejected": bad}
    report.facts |= {"kind": kind, "file": file, **counts, "there": good - new, "cells": listed, "notes": notes}
    report.say("month.checked", file=file, good=good, new=new, rejected=bad)
    for cell in cells.head(SHOWN).to_dict("records"):
        title = register(kind).column(cell["column"]).title if cell["column"] else ""
        report.say(
            "month.cell",
            line=cell["place"],
            column=title,
            value=cell["value"],
            reason=cell["reason"],
        )
    if len(cells) > SHOWN:
        report.say("month.cells_more", more=len(cells) - SHOWN)
    for note in notes:
        report.say("month.note", note=note)
    report.exit_code = 3 if bad else 0
    return report


def _placed(checked: Checked) -> pd.DataFrame:
    """The rejected cells in the order of the file, each with its place as a person finds it."""
    cells = checked.rejected.sort_values(["line", "column"], kind="stable")
    return cells.assign(place=[place_of_line(line, checked.sheets) for line in cells["line"]])


def _refuse_unknown(kind: str) -> None:
    if kind not in kinds():
        raise UsageError("month.kind_unknown", kind=kind, kinds=", ".join(sorted(kinds())))
