"""Hand-over to national systems (移交国家平台): a round's results as their files, checked, with what changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from pathlib import Path

from supervision.errors import UsageError
from supervision.law.code_lists import CodeLists
from supervision.messages import JOINED, Message
from supervision.month.export_records import records_of
from supervision.month.handed_over import Batch, HandedOver, next_batch
from supervision.month.output_folder import write_files
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_results import results_of, today_of
from supervision.notice.denied import refuse_denied
from supervision.notice.formats import handover_files
from supervision.notice.formats.handover_files import Sheet
from supervision.results.handover.formats import Format, FormatTable, read_format
from supervision.results.handover.records import DELETE, INSERT, UPDATE, Outgoing, name_of, outgoing, stamped
from supervision.results.handover.validator import validate
from supervision.store import shipped_files

PUBLIC_SYSTEM, PUBLIC_FOLDER = "gsxt", "public"
END_OF_DAY = time(23, 59, 59)
REJECTED = "{batch}-rejected.xlsx"
BESIDE = {"visit_id": "检查编号", "office": "执法机构", "items": "抽查事项"}
Faults = Mapping[str, Sequence[tuple[str, int, str, Message]]]  # record → table, row among its parts, column, reason


def export(round: Round, *, target: str, out: Path, again: bool = False) -> Report:
    """Write what a national system, "gsxt" or "jianguan", has to be told of a round (移交), and remember it.

    New records go out as i, changed ones as u, removed ones as d; what the format refuses is in no file and comes back
    as a workbook. `again` writes the last batch once more, as it was.
    """
    if PUBLIC_FOLDER in out.absolute().parts:
        raise UsageError("month.export_public", folder=out)
    form = read_format(f"{target}.yaml", shipped_files.shipped_formats()[f"{target}.yaml"])
    before, report = HandedOver.of(round, target), Report(facts={"round": round.id, "to": target})
    if again:
        if not before.batches:
            raise UsageError("month.export_no_batch", round=round.id)
        _write(round, form, before.last(), before.batches[-1], out, report)
        return report
    if results_of(round).empty:
        raise UsageError("month.export_no_results", round=round.id)
    records, waiting = records_of(round, target)
    wanted, batch = outgoing(form, records, before.records), next_batch(round, target, at=_now(round))
    faults = _faults(form, wanted, batch, round.city.code_lists)
    sent = [one for one in wanted if name_of(form, one.record) not in faults]
    if sent:
        _write(round, form, sent, batch, out, report)
        before.after(form, sent, batch).save(round, target)
    else:
        report.say("month.export_nothing", title=form.title)
        report.facts |= {"inserted": 0, "updated": 0, "deleted": 0}
    report.facts |= {"rejected": len(faults), "waiting": waiting}
    if waiting:
        report.say("month.export_waiting", count=waiting)
    if faults:
        refused = [one for one in wanted if name_of(form, one.record) in faults]
        _hand_back(form, refused, faults, batch, _folder(round, target, batch, out).parent, report)
    _tell_unverified(form, round.city.code_lists, report)
    return report


def _now(round: Round) -> str:
    """Return the time of submission (报送时间) as the formats write it; a rehearsal's is the end of its last day."""
    if round.is_rehearsal:
        return f"{datetime.combine(today_of(round, results_of(round)), END_OF_DAY)}"
    return round.city.now().strftime("%Y-%m-%d %H:%M:%S")


def _folder(round: Round, target: str, batch: Batch, out: Path) -> Path:
    return out / target / round.key / batch.number


def _rows(form: Format, one: Outgoing, batch: Batch) -> dict[str, list[dict[str, str]]]:
    """Return the rows of a record, by table (一条记录的各行): its own and those of its parts, stamped."""
    stamps = {"at": batch.at, "who": batch.who, "batch": batch.number, "operation": one.operation}
    table = form.tables[one.record.table]
    found = {table.name: [stamped(table, one.record.cells, stamps)]}
    parts = form.parts_of(table.name)
    if parts is not None:
        found[parts.name] = [stamped(parts, part, stamps) for part in one.record.parts]
    return found


def _faults(form: Format, wanted: Sequence[Outgoing], batch: Batch, lists: CodeLists) -> Faults:
    """Return what speaks against records (未通过校验的记录), by their names: their own, their parts', what they need.

    A removal is not checked: what was accepted once can be taken back.
    """
    tables: dict[str, list[dict[str, str]]] = {name: [] for name in form.tables}
    owner: dict[str, list[tuple[str, int]]] = {name: [] for name in form.tables}
    for one in wanted:
        if one.operation == DELETE:
            continue
        for table, rows in _rows(form, one, batch).items():
            tables[table] += rows
            owner[table] += [(name_of(form, one.record), place) for place in range(len(rows))]
    found: dict[str, list[tuple[str, int, str, Message]]] = {}
    for fault in validate(form, tables, lists):
        name, place = owner[fault.table][fault.row]
        found.setdefault(name, []).append((fault.table, place, fault.column, fault.reason))
    for one in wanted:  # in the order of the tables, so that what is under a refused record is refused after it
        if one.operation != DELETE and one.record.under in found:
            key_column = form.tables[one.record.table].key[0]
            reason = Message.of("results.handover.under", key=one.record.under.partition("|")[2])
            found.setdefault(name_of(form, one.record), []).append((one.record.table, 0, key_column, reason))
    return found


def _write(round: Round, form: Format, sent: Sequence[Outgoing], batch: Batch, out: Path, report: Report) -> None:
    """Write a batch (写出一批): a CSV a table, a workbook, and JSON where the format has it."""
    by_record = [_rows(form, one, batch) for one in sent]
    sheets = [
        Sheet(
            name=table.name,
            title=table.title.zh,
            columns=_titles(table),
            rows=[row for rows in by_record for row in rows.get(table.name, [])],
        )
        for table in form.tables.values()
    ]
    files = {f"{form.tables[one.name].file}.csv": handover_files.csv_file(one) for one in sheets}
    if form.json:
        files |= _nested(form, by_record)
    if form.name == PUBLIC_SYSTEM:
        refuse_denied(files)
    files[f"{form.name}.xlsx"] = handover_files.workbook(sheets, form.title.zh)
    folder = _folder(round, form.name, batch, out)
    write_files(folder, files)
    done = Counter(one.operation for one in sent)
    counts = {"inserted": done[INSERT], "updated": done[UPDATE], "deleted": done[DELETE]}
    report.facts |= {**counts, "batch": batch.number, "folder": str(folder), "files": sorted(files)}
    report.say("month.exported", title=form.title, count=len(sent), batch=batch.number, folder=folder, **counts)


def _nested(form: Format, by_record: Sequence[Mapping[str, Sequence[Mapping[str, str]]]]) -> dict[str, bytes]:
    """Return the JSON files (嵌套文件), one a table that is no part of another."""
    found = {}
    for table in form.tables.values():
        if table.part_of:
            continue
        parts = form.parts_of(table.name)
        name = parts.name if parts is not None else ""
        rows: list[dict[str, object]] = [dict(own[table.name][0]) for own in by_record if table.name in own]
        if parts is not None:
            for row, own in zip(rows, (own for own in by_record if table.name in own), strict=True):
                row[name] = [_inner(parts, part, table.key) for part in own[name]]
        found[f"{table.file}.json"] = handover_files.json_file(rows)
    return found


def _inner(table: FormatTable, part: Mapping[str, str], key: Sequence[str]) -> dict[str, object]:
    """Return a part as it stands inside its row (嵌套的明细): without the row's key, numbers as numbers."""
    return {
        name: int(text) if table.columns[name].kind == "number" else text
        for name, text in part.items()
        if name not in key
    }


def _titles(table: FormatTable) -> dict[str, str]:
    return {name: column.title.zh for name, column in table.columns.items()}


def _hand_back(
    form: Format, refused: Sequence[Outgoing], faults: Faults, batch: Batch, folder: Path, report: Report
) -> None:
    """Write what was refused (退回) as a workbook, each reason at its cell; the rest of a record stands beside it."""
    sheets = []
    for table in form.tables.values():
        rows: list[dict[str, str]] = []
        cells: dict[tuple[int, str], str] = {}
        reasons: list[str] = []
        for one in refused:
            own = faults[name_of(form, one.record)]
            for place, row in enumerate(_rows(form, one, batch).get(table.name, [])):
                said = {column: why.text("zh") for at, line, column, why in own if (at, line) == (table.name, place)}
                cells |= {(len(rows), column): text for column, text in said.items()}
                reasons.append(_reasons(form, table, said, own))
                rows.append({**one.record.beside, **row})
        if rows:
            columns = {**{name: title for name, title in BESIDE.items() if rows[0].get(name)}, **_titles(table)}
            sheets.append(
                Sheet(name=table.name, title=table.title.zh, columns=columns, rows=rows, faults=cells, reasons=reasons)
            )
    name = REJECTED.format(batch=batch.number)  # beside the batch's folder, which is sent away as a whole
    write_files(folder, {name: handover_files.workbook(sheets, form.title.zh)})
    report.exit_code = max(report.exit_code, 3)
    report.facts["rejects_file"] = str(folder / name)
    report.say("month.export_rejected", count=len(refused), file=folder / name)


def _reasons(
    form: Format, table: FormatTable, said: Mapping[str, str], of_record: Sequence[tuple[str, int, str, Message]]
) -> str:
    """Return all reasons of a row in words (各行退回原因): its own, else those of the other rows of its record."""
    titles = _titles(table)
    if said:
        return JOINED["zh"].join(f"{titles.get(column, column)}：{text}" for column, text in said.items())
    others = []
    for name, place, column, why in of_record:
        other = form.tables[name]
        heading = other.columns[column].title
        told = Message.of("results.handover.part", table=other.title, row=place + 1, column=heading, reason=why)
        others.append(told.text("zh"))
    return JOINED["zh"].join(others)


def _tell_unverified(form: Format, lists: CodeLists, report: Report) -> None:
    """Say that format and code lists were not checked against the platform (未经核对的格式)."""
    named = {column.code_list for table in form.tables.values() for column in table.columns.values()}
    open_lists = sorted(name for name in named - {None} if name is not None and not lists.named(name).verified)
    if not form.verified or open_lists:
        report.say("month.export_unverified", lists="、".join([form.name, *open_lists]))
