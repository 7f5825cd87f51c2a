"""The result of a province's month (各机构运行结果): a table for programs, a workbook and a page for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from supervision.messages import Message
from supervision.month.agency_months import AgencyMonth, AgencyOutcome
from supervision.month.agency_standing import DONE
from supervision.month.agency_values import AT
from supervision.month.output_folder import make_folder, write_whole
from supervision.month.report import Report
from supervision.month.round_files import Step
from supervision.notice.formats import province_workbook
from supervision.notice.site.pages import render, when
from supervision.spreadsheet_text import open_csv

COUNTS = ("units", "drawn", "visits", "unheld")
FINISHED, WAITING, FAILED = "finished", "waiting", "failed"
BOM = b"\xef\xbb\xbf"  # by which spreadsheets know that a CSV is UTF-8
Pairs = Sequence[tuple[AgencyMonth, AgencyOutcome]]


def state_of(outcome: AgencyOutcome) -> str:
    """Return finished, waiting or failed (状态): a round that was given up is finished."""
    if outcome.error is not None:
        return FAILED
    return FINISHED if outcome.standing.step in (DONE, Step.ABANDON.stored) else WAITING


def province_report(round_id: str, pairs: Pairs) -> Report:
    """Tell how far each agency is (各机构运行结果), and the totals; exit code: the largest of all."""
    states = [state_of(outcome) for _, outcome in pairs]
    totals = {state: states.count(state) for state in (FINISHED, WAITING, FAILED)}
    totals |= {name: sum(getattr(outcome.standing, name) for _, outcome in pairs) for name in COUNTS}
    report = Report(facts={"round": round_id, "agencies": [_plain(*pair) for pair in pairs], "totals": totals})
    for month, outcome in pairs:
        report.lines.append(_line(month, outcome))
    report.say("month.province_totals", agencies=len(pairs), **totals)
    report.exit_code = max(outcome.exit_code for _, outcome in pairs)
    return report


def write_province(folder: Path, round_id: str, pairs: Pairs, *, on: str) -> list[Path]:
    """Write table, workbook and page below a folder (写结果表与网页), and return where they stand; `on`: the time."""
    make_folder(folder, private=True)
    rows = [_row(*pair) for pair in pairs]
    rehearsal = all(month.rehearsal for month, _ in pairs)
    titles = [title for _, title, _ in province_workbook.COLUMNS]
    names = [name for name, _, _ in province_workbook.COLUMNS]
    mark = "【演练 REHEARSAL】" if rehearsal else ""
    title = f"{mark}{round_id} 轮次　{province_workbook.SHEET}"
    totals: dict[str, object] = dict.fromkeys(names, "")
    totals |= {name: sum(getattr(outcome.standing, name) for _, outcome in pairs) for name in COUNTS}
    totals |= {"agency": "合计", "seconds": round(sum(outcome.seconds for _, outcome in pairs), 1)}
    made = {
        "csv": BOM + open_csv(titles, ([row[name] for name in names] for row in rows)),
        "xlsx": province_workbook.write(title, rows, totals, rehearsal=rehearsal),
        "html": _page(round_id, pairs, on=on, rehearsal=rehearsal),
    }
    places = []
    for ending, body in made.items():
        places.append(folder / f"agencies-{round_id}.{ending}")
        write_whole(places[-1], body)
    return places


def _line(month: AgencyMonth, outcome: AgencyOutcome) -> Message:
    standing = outcome.standing
    given = {"agency": month.agency, "step": _step(outcome), **{name: getattr(standing, name) for name in COUNTS}}
    if outcome.error is not None:
        return Message.of("month.province_line_failed", **given, error=outcome.error)
    if not standing.units:
        return Message.of("month.province_line_idle", agency=month.agency, step=_step(outcome))
    if standing.waits is None:
        return Message.of("month.province_line", **given)
    if standing.since:
        return Message.of("month.province_line_since", **given, waits=standing.waits, since=when(standing.since))
    return Message.of("month.province_line_waits", **given, waits=standing.waits)


def _step(outcome: AgencyOutcome) -> Message:
    return Message(f"month.province_step_{outcome.standing.step}")


def _issues(outcome: AgencyOutcome) -> str:
    """The sources whose values are waited for, as `--source` names them with their issues."""
    return " ".join(f"{name}{AT}{issue}" for name, issue in outcome.standing.awaited.items())


def _kind(month: AgencyMonth) -> Message:
    return Message(f"month.province_{'rehearsal' if month.rehearsal else 'real'}")


def _row(month: AgencyMonth, outcome: AgencyOutcome) -> dict[str, object]:
    """A row of table and workbook, in Chinese."""
    standing = outcome.standing
    return {
        "agency": month.agency,
        "kind": _kind(month).text(),
        "state": Message(f"month.province_{state_of(outcome)}").text(),
        "step": _step(outcome).text(),
        **{name: getattr(standing, name) for name in COUNTS},
        "waits": standing.waits.text() if standing.waits else "",
        "issues": _issues(outcome),
        "since": when(standing.since),
        "due": standing.due,
        "exit": outcome.exit_code,
        "error": outcome.error.text() if outcome.error else "",
        "commitment": standing.commitment,
        "manifest": standing.manifest,
        "seconds": round(outcome.seconds, 1),
    }


def _plain(month: AgencyMonth, outcome: AgencyOutcome) -> dict[str, object]:
    """An agency as JSON has it: words in both languages."""
    standing = outcome.standing
    words = {"step_words": _step(outcome), "waits": standing.waits, "error": outcome.error}
    return {
        "agency": month.agency,
        "row": month.place,
        "store": str(month.store),
        "new_store": not month.was_there,
        "rehearsal": month.rehearsal,
        "state": state_of(outcome),
        "step": standing.step,
        **{name: getattr(standing, name) for name in COUNTS},
        **{name: _both(one) for name, one in words.items()},
        "issues": standing.awaited,
        **{name: getattr(standing, name) for name in ("since", "due", "commitment", "manifest")},
        "exit": outcome.exit_code,
        "seconds": round(outcome.seconds, 1),
    }


def _both(message: Message | None) -> dict[str, str] | None:
    return None if message is None else {lang: message.text(lang) for lang in ("zh", "en")}


def _page(round_id: str, pairs: Pairs, *, on: str, rehearsal: bool) -> bytes:
    states = [state_of(outcome) for _, outcome in pairs]
    counts = [(*Message(f"month.province_{state}").both, states.count(state)) for state in (FINISHED, WAITING, FAILED)]
    counts += [
        (*Message(f"month.province_{name}").both, sum(getattr(outcome.standing, name) for _, outcome in pairs))
        for name in COUNTS
    ]
    columns = ("agency", "kind", "state", "step", *COUNTS, "waits", "until", "exit", "seconds")
    numbers = (*COUNTS, "exit", "seconds")
    heads = [(*Message(f"month.province_{name}").both, name in numbers) for name in columns]
    rows = [_shown(*pair) for pair in pairs]
    values = {"round": round_id, "on": when(on), "rehearsal": rehearsal, "counts": counts, "heads": heads}
    return render("province", {**values, "rows": rows})


def _shown(month: AgencyMonth, outcome: AgencyOutcome) -> Mapping[str, object]:
    standing = outcome.standing
    return {
        "agency": month.agency,
        "kind": _kind(month).both,
        "state": Message(f"month.province_{state_of(outcome)}").both,
        "step": _step(outcome).both,
        "numbers": [getattr(standing, name) for name in COUNTS],
        "waits": standing.waits.both if standing.waits else [],
        "issues": _issues(outcome),
        **{name: getattr(standing, name) for name in ("since", "due", "commitment", "manifest")},
        "exit": outcome.exit_code,
        "seconds": outcome.seconds,
        "failed": outcome.error is not None,
        "error": outcome.error.both if outcome.error else [],
        "said": [line.both for line in outcome.said],
        "out": str(month.out),
    }
