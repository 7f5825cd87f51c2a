"""Files of a backtest (回测所用文件): anybody's tables, in the form of the registers or through a mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from supervision.directory.checking.register_check import check_table
from supervision.directory.mapping.applied import Applied
from supervision.directory.mapping.overrides import Overrides
from supervision.directory.mapping.unit_matches import COLUMNS as UNIT
from supervision.directory.mapping.unmatched_list import unmatched
from supervision.directory.reading.register_file import read_table
from supervision.directory.returning.text_marks import without_marks
from supervision.directory.table import Checked, Table
from supervision.errors import UsageError
from supervision.month.city import City
from supervision.month.mapped_files import AS_REGISTERED, Asked, Chosen, chosen, kinds_of, read_mapped, shown
from supervision.month.output_folder import write_whole
from supervision.month.report import Report
from supervision.risk.features import COLUMNS as READ_KINDS

ORDER = tuple(READ_KINDS)  # units first: others may name them
DAYS = {"history": "date", "events": "happened"}
SHOWN = 5
LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True, kw_only=True)
class ReadFile:
    """One file of a backtest (回测文件): what came of checking it, its sound rows, and how it was mapped."""

    checked: Checked
    rows: pd.DataFrame
    applied: Applied | None = None
    choice: Chosen | None = None


def asked_by_kind(
    city: City, mappings: Sequence[str], maps: Sequence[str], sets: Sequence[str], results: Sequence[str]
) -> dict[str, Asked]:
    """Return how each kind of file is to be read (各文件的读法): mappings say their kind, changes begin with it.

    `maps` and `sets` are `KIND:COLUMN=FIELD` and `KIND:FIELD=VALUE`; `results` are those of the history.
    """
    named = kinds_of(city, mappings)
    by_kind = {kind: (_of(kind, maps), _of(kind, sets)) for kind in ORDER}
    for text in (*maps, *sets):
        if text.partition(":")[0] not in ORDER:
            raise UsageError("month.backtest_which_file", text=text, kinds="、".join(f"{kind}:" for kind in ORDER))
    found = {}
    for kind in [*ORDER, *(one for one in named if one not in ORDER)]:
        changed, fixed = by_kind.get(kind, ((), ()))
        overrides = Overrides(maps=changed, sets=fixed, results=results if kind == "history" else ())
        asked = Asked(mapping=named.get(kind, ""), overrides=overrides)
        if asked:
            found[kind] = asked
    return found


def _of(kind: str, texts: Sequence[str]) -> tuple[str, ...]:
    mark = f"{kind}:"
    return tuple(text.removeprefix(mark) for text in texts if text.startswith(mark))


def read_all(
    city: City, files: Mapping[str, Path], asked: Mapping[str, Asked], *, partial: bool
) -> dict[str, ReadFile]:
    """Return the files of a backtest by kind (读取回测文件), units first: others may name them.

    A record without a day of knowledge was known on its own day, a unit from the beginning. Raises UsageError for a
    mapping without its file, and for rejected rows unless `partial`.
    """
    for kind in asked:
        if kind not in files:
            raise UsageError("month.backtest_mapping_alone", kind=kind)
    read: dict[str, ReadFile] = {}
    for kind in (one for one in ORDER if one in files):
        if not files[kind].is_file():
            raise UsageError("month.file_missing", file=files[kind])
        choice = chosen(city, kind, asked.get(kind, AS_REGISTERED))
        units = (
            read["entities"].rows[list(UNIT)] if "entities" in read else pd.DataFrame(columns=list(UNIT), dtype="str")
        )
        read[kind] = _mapped(city, choice, files[kind], units) if choice else _plain(city, kind, files[kind])
        if read[kind].checked.rejected_lines and not partial:
            raise _refusal(read[kind].checked)
    return read


def say_of_files(read: Mapping[str, ReadFile], out: Path, report: Report) -> None:
    """Say how files were read and what was left out (说明读法与未用的行); names without a unit go to `out`."""
    for kind, one in read.items():
        report.lines.extend(shown(one.choice) if one.choice else [])
        for note in one.checked.notes if one.applied else ():
            report.say("month.note", note=note)
        if one.checked.rejected_lines:
            report.exit_code = 3
            reasons = one.checked.rejected["reason"].map(str).value_counts().head(SHOWN)
            told = "；".join(f"{reason}（{cells}）" for reason, cells in reasons.items())
            rows = one.checked.rejected_lines
            report.say("month.backtest_left_out", file=one.checked.name, rows=rows, reasons=told)
        names = unmatched(one.applied, "zh") if one.applied else None
        if names:
            write_whole(out / f"{kind}.unmatched.xlsx", names)
            report.say("month.unmatched_written", file=out / f"{kind}.unmatched.xlsx")


def _plain(city: City, kind: str, path: Path) -> ReadFile:
    with path.open("rb") as handle:
        table = without_marks(read_table(kind, path.name, handle))
    checked = check_table(kind, table, as_of=LONG_AGO, lists=city.code_lists, own_ids=city.own_ids)
    return ReadFile(checked=checked, rows=_known(kind, checked, table))


def _mapped(city: City, choice: Chosen, path: Path, units: pd.DataFrame) -> ReadFile:
    once = choice.mapping.kind == "entities"
    _, checked, applied = read_mapped(city, choice, path, as_of=LONG_AGO, units=lambda: units, once=once)
    rows = _known(choice.mapping.kind, checked, applied.table)
    return ReadFile(checked=checked, rows=rows, applied=applied, choice=choice)


def _known(kind: str, checked: Checked, table: Table) -> pd.DataFrame:
    """Return the sound rows; a record without a day of knowledge was known on its own day (补知悉日期)."""
    rows, day = checked.good, DAYS.get(kind)
    return rows.assign(known_on=rows[day]) if day and "known_on" not in table.frame.columns else rows


def _refusal(checked: Checked) -> UsageError:
    first = checked.rejected.iloc[0]
    return UsageError(
        "month.backtest_rejected",
        file=checked.name,
        rows=checked.rejected_lines,
        line=int(first["line"]),
        reason=first["reason"],
    )
