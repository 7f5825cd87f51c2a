"""The papers of a round (出具文书): per visit, per day and per task, as Word and PDF, below OUT/papers.

They are written when they are wanted and stand apart from what is published: a folder an office with its own list. A
paper that somebody filled in is never lost: it moves to `<OUT>-kept/` before a new one takes its place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from supervision.domain.items import Task
from supervision.errors import SupervisionError, UsageError
from supervision.messages import Message
from supervision.month import round_files as files
from supervision.month.internal_files import office_month, office_months
from supervision.month.issued_codes import keep_codes
from supervision.month.notice_numbers import keep_numbers
from supervision.month.output_folder import MANIFEST, PAPERS, Source, measure, refuse_foreign, write_folder
from supervision.month.page_heading import heading
from supervision.month.paper_templates import PaperTemplate, Templates
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.notice.entry.code import EntryCode
from supervision.notice.entry.office_codes import office_codes
from supervision.notice.formats import phone_form
from supervision.notice.manifest import Manifest
from supervision.notice.office_content import Month, OfficeContent, form_choices
from supervision.notice.papers import pdf
from supervision.notice.papers.values import day_values, task_values, visit_values
from supervision.notice.plan_table import item_rows, plan_rows
from supervision.notice.site.data import records
from supervision.results.item_results import LIST as ITEM_RESULT
from supervision.results.item_results import agreeing

WORD, PDF = "word", "pdf"
FORMATS = (WORD, PDF)
TASKS = "announcements"
SHOWN = 5
THREADS = 2


class _Maker:
    """Makes papers and keeps account of them (出具): how many of either format, which PDFs could not be made.

    PDFs are typeset in threads, for typst lets go of the interpreter; what comes out does not depend on their order.
    """

    def __init__(self, templates: Templates, formats: Collection[str], pool: Executor) -> None:
        self._fonts = templates.fonts
        self._formats = formats
        self._pool = pool
        self.made = dict.fromkeys(FORMATS, 0)
        self.lacking: list[Message] = []

    def papers(self, place: str, wanted: Iterable[tuple[PaperTemplate, str, Mapping[str, Any]]]) -> dict[str, bytes]:
        """Return papers in the formats that are asked for, by path (出具一批文书).

        `wanted`: template, path below `place` and values of each.
        """
        made, waiting = {}, {}
        for template, path, values in wanted:
            name = f"{path}-{template.name}"
            if PDF in self._formats and template.form is not None:
                waiting[f"{name}.pdf"] = self._pool.submit(pdf.write, template.form, values, fonts=self._fonts)
            if WORD in self._formats:
                made[f"{name}.docx"] = template.word.fill(values)
        self.made[WORD] += len(made)
        for name, paper in waiting.items():
            try:
                made[name] = paper.result()
            except SupervisionError as error:
                if error.code != "notice.posted.no_glyph":
                    raise
                self.lacking.append(Message.of("month.paper_lacking", file=f"{place}/{name}", why=error.message))
            else:
                self.made[PDF] += 1
        return made


def papers(
    round: Round,
    out: Path,
    *,
    offices: Collection[str] = (),
    formats: Collection[str] = FORMATS,
    key: Ed25519PrivateKey | None = None,
) -> Report:
    """Write the papers of a round (出具文书), of all offices or of some, and the announcements of its tasks.

    With `key` every visit gets its entry code. Every template is tried before anything is written. Exit code 4 where a
    PDF could not be made of a paper.
    """
    round.need(Step.MATCH, "match")
    refuse_foreign(out)
    if unknown := sorted(set(offices) - set(round.offices)):
        raise UsageError("month.office_unknown", office=unknown[0])
    templates, report = Templates(round.city), Report()
    for office in round.offices.values():
        if not offices or office.office_id in offices:
            templates.of(office)
    tasks = keep_numbers(round)
    folder = out / PAPERS / round.key
    kept: list[str] = []
    visits = issued = signed = forms = 0
    month, together = office_month(round), _item_results(round)
    wanted = set(offices) or set(month.calendar["office"])
    all_visits = len(month.calendar[["office", "visit_id"]].drop_duplicates())
    with ThreadPoolExecutor(THREADS) as pool:
        maker = _Maker(templates, formats, pool)
        if not offices:
            kept += _write(round, folder / TASKS, maker.papers(TASKS, _of_tasks(round, tasks, templates)))
        for one in office_months(round, heading(round), month):
            if one.office.office_id in wanted:
                round.city.progress("month.papers", visits, all_visits)
                place = one.office.office_id
                codes = _codes(round, one, month, key)
                issued += keep_codes(round, codes.values())
                pages = phone_form.write(one, codes, agreeing=together)
                made: dict[str, Source] = {f"{day}/{day}-form.html": page for day, page in pages}
                forms += len(made)
                kept += _write(round, folder / place, made | maker.papers(place, _of_office(one, templates, codes)))
                visits += len(one.visits)
                signed += len(codes)
    report.facts |= {"out": str(folder), "visits": visits, **maker.made, "kept": kept}
    report.facts["lacking"] = [str(one.params["file"]) for one in maker.lacking]
    report.facts |= {"codes": signed, "new_codes": issued, "forms": forms}
    report.say("month.papers_made", folder=folder, visits=visits, forms=forms, **maker.made)
    if key is None:
        report.say("month.papers_no_codes")
    else:
        report.say("month.papers_codes", codes=signed, new=issued)
    _tell(report, templates, maker, kept, formats)
    return report


def paper_of_visit(
    content: OfficeContent, visit_id: str, template: PaperTemplate, *, format_: str, fonts: Sequence[Path]
) -> bytes:
    """Return one paper of one visit (单份文书), without an entry code, for nobody signs it here.

    `content`: its office's month, `template`: one of the office's, of kind "visit". What PDF cannot show raises
    `notice.posted.no_glyph`; a form of the city's own is there as Word alone: `month.paper_word_only`.
    """
    ((_, _, values),) = visit_values(_part(content, content.visits["visit_id"] == visit_id))
    return _paper(template, values, format_=format_, fonts=fonts)


def paper_of_day(
    content: OfficeContent, day: str, template: PaperTemplate, *, format_: str, fonts: Sequence[Path]
) -> bytes:
    """Return one paper of a day with visits (单日文书), as `paper_of_visit` does; `template` is of kind "day"."""
    own = _part(content, content.visits["date"] == day)
    ((_, values),) = day_values(own, visit_values(own))
    return _paper(template, values, format_=format_, fonts=fonts)


def _paper(template: PaperTemplate, values: Mapping[str, Any], *, format_: str, fonts: Sequence[Path]) -> bytes:
    if format_ == WORD:
        return template.word.fill(values)
    if template.form is None:
        raise UsageError("month.paper_word_only", name=template.name)
    return pdf.write(template.form, values, fonts=fonts)


def _part(content: OfficeContent, own: pd.Series[bool]) -> OfficeContent:
    """An office's month with some of its visits alone."""
    visits = content.visits[own].reset_index(drop=True)
    details, points = (
        table[table["visit_id"].isin(visits["visit_id"])].reset_index(drop=True)
        for table in (content.details, content.points)
    )
    return replace(content, visits=visits, details=details, points=points)


def _tell(report: Report, templates: Templates, maker: _Maker, kept: list[str], formats: Collection[str]) -> None:
    """Say what is out of the ordinary: own templates, PDFs that are not there, papers that were set aside."""
    own = templates.own_files()
    if own:
        report.say("month.papers_own", files="、".join(own))
        if PDF in formats:
            report.say("month.papers_own_pdf")
    report.lines += maker.lacking[:SHOWN]
    report.exit_code = 4 if maker.lacking else 0
    for path in kept[:SHOWN]:
        report.say("month.kept", path=path)
    for listed in (maker.lacking, kept):
        if len(listed) > SHOWN:
            report.say("month.more", more=len(listed) - SHOWN)


def _codes(round: Round, content: OfficeContent, month: Month, key: Ed25519PrivateKey | None) -> dict[str, EntryCode]:
    """The entry codes of an office's visits, none without a key."""
    if key is None:
        return {}
    digest = round.read(files.COMMITMENT).digest
    return office_codes(content, commitment=digest.hex(), certificates=month.particulars.certificates, key=key)


def _item_results(round: Round) -> dict[str, list[str]]:
    """Return each result with the results of an item that go with it (可并存的单项结果), both as forms show them."""
    lists = round.code_lists
    codes = lists.codes("result")
    shown = form_choices(lists, {"result": codes})["result"]
    allowed = ([lists.label(ITEM_RESULT, one) for one in agreeing(code, lists)] for code in codes)
    return dict(zip(shown, allowed, strict=True))


def _of_office(
    content: OfficeContent, templates: Templates, codes: Mapping[str, EntryCode]
) -> Iterator[tuple[PaperTemplate, str, Mapping[str, Any]]]:
    """Yield what papers an office gets: template, path and values; a folder a day."""
    own, visits = templates.of(content.office), list(visit_values(content, codes))
    for day, visit, values in visits:
        yield from ((one, f"{day}/{visit}", values) for one in own if one.kind == "visit")
    for day, values in day_values(content, visits):
        yield from ((one, f"{day}/{day}", values) for one in own if one.kind == "day")


def _of_tasks(
    round: Round, tasks: Sequence[Task], templates: Templates
) -> Iterator[tuple[PaperTemplate, str, Mapping[str, Any]]]:
    """Yield the announcements of the tasks: what the public plan tells, in the same words."""
    committed = {task.task_id: vars(task) for task in round.read(files.COMMITMENT).tasks}
    plan = plan_rows(tasks, round.items, round.code_lists, committed)
    listed = {row["item_id"]: row for row in records(item_rows(tasks, round.items, round.code_lists))}
    items = {task.task_id: [listed[item] for item in task.items] for task in tasks}
    days = int(round.law.value("shared/publication_deadline")["working_days"])
    for task_id, values in task_values(heading(round), plan, items, publication_days=days):
        yield from ((one, task_id, values) for one in templates.of(None) if one.kind == "task")


def _write(round: Round, folder: Path, listed: Mapping[str, Source]) -> list[str]:
    """Bring a folder to exactly these papers, with their list (写一个文书文件夹)."""
    sizes = {path: measure(source) for path, source in listed.items()}
    manifest = Manifest(round=round.id, sequence=1, previous=None, reason=None, files=sizes).to_bytes()
    return write_folder(folder, listed, last={MANIFEST: manifest}, forms=True)
