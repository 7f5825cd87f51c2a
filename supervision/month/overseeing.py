"""The report a leader reads (督查考核报告): a month or a year in figures, as page, workbook and Word file.

Internal: it tells hit rates by class. What of it may be public goes into an extract of its own, by the rule
shared/estimate_publication.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pandas as pd

from supervision.canonical import canonical_json, digest
from supervision.messages import Message, say
from supervision.month import oversight_shares as shares
from supervision.month import oversight_special as special
from supervision.month import oversight_tables as tables
from supervision.month.city import City
from supervision.month.home_page import write_home
from supervision.month.monitored_groups import ALARM, WATCH, judged, limits_of
from supervision.month.monitored_groups import RULE as MONITORED
from supervision.month.office_loads import load_limit
from supervision.month.output_folder import refuse_foreign, write_files
from supervision.month.oversight_feedback import answers_in, satisfaction, satisfied_of
from supervision.month.oversight_parts import OVER_INSPECTION, beyond, departments, districts
from supervision.month.oversight_period import Period, month_of, year_of
from supervision.month.page_heading import name_of_city, publisher_of
from supervision.month.report import Report
from supervision.month.visit_ledger import FOR_CAUSE
from supervision.notice.denied import refuse_denied
from supervision.notice.formats import report_document, report_workbook
from supervision.notice.public_content import english_names
from supervision.notice.report_content import Content, Share, plain, public_extract, words
from supervision.notice.site.report_page import report_page
from supervision.tables import tuples

PUBLISHED = "shared/estimate_publication"
INTERNAL, PUBLIC = "internal/report", "public/report"
NAME = "report"


def oversee_month(city: City, round_id: str, *, rehearsal: bool = False, out: Path | None = None) -> Report:
    """Tell how a round went (月度督查考核报告); with `out` also write it."""
    return _tell(month_of(city, round_id, rehearsal=rehearsal), out)


def oversee_year(city: City, year: int, *, rehearsal: bool = False, out: Path | None = None) -> Report:
    """Tell how a year's rounds went (年度督查考核报告); with `out` also write it."""
    return _tell(year_of(city, year, rehearsal=rehearsal), out)


def _tell(period: Period, out: Path | None) -> Report:
    if out is not None:
        refuse_foreign(out)
    content = content_of(period)
    report = Report(facts=plain(content))
    mode = Message.of("month.report_rehearsed" if period.rehearsal else "month.report_real")
    report.say("month.report_head", period=content.period, mode=mode, rounds=len(content.rounds), on=content.on)
    for name, cell in content.key.items():
        counts = f"（{cell.number:,} / {cell.of:,}）" if isinstance(cell, Share) and cell.of else ""
        value = Message.of("month.report_no_data") if words(cell) == "–" else words(cell)
        report.say("month.report_line", name=Message.of(f"notice.report.key.{name}"), value=value, counts=counts)
    if out is not None:
        _write(period, content, out, report)
    return report


def content_of(period: Period) -> Content:
    """Return the report's content (报告内容), every figure from where it is counted anyway."""
    law = period.city.rules.on(period.city.now().date())
    answers = answers_in(period)
    rule = special.chosen(law.value(special.RULE))
    made = [
        departments(period),
        districts(period),
        tables.rounds(period),
        tables.classes(period),
        tables.plan(period),
        tables.publication(period),
        tables.caps(period),
        tables.alarms(period),
        tables.otherwise(period),
        tables.loads(period),
        tables.fairness(period),
        satisfaction(period, answers),
        *([special.goods(period, rule["goods"]["types"])] if rule else []),
        *([special.special_equipment(period, rule["special_equipment"])] if rule else []),
        special.fields(period),
    ]
    return Content(
        city=name_of_city(law),
        period=period.name,
        rehearsal=period.rehearsal,
        on=period.city.now().date().isoformat(),
        rounds=[round.id for round in period.rounds],
        key=_key(period, answers, busy=load_limit(law), limits=limits_of(law.value(MONITORED))),
        tables=made,
    )


def _key(
    period: Period, answers: pd.DataFrame, *, busy: Fraction, limits: Mapping[str, int]
) -> dict[str, Share | int | float | None]:
    """The figures of the first minute."""
    stepped_in = period.counts[period.counts["kind"] == "stepped_in"]
    units = int(period.duties["unit_id"].nunique())
    states = [judged(group, limits, period.newest.code_lists)["state"] for group in period.groups]
    heavy = [bound > busy * there for bound, there in tuples(period.loads, "bound", "available")]
    load = shares.summed(period.loads, "bound", "available")
    return {
        "fulfilled": shares.fulfilled(period.duties),
        "joint": shares.joint(period.doors),
        "saved": shares.saved(period.doors),
        "hit": tables.found_of(period.inside, "all"),
        "times": tables.times_of(period.inside),
        "in_time": shares.in_time(period.clock),
        "overdue": int(period.clock["state"].eq("overdue").sum()),
        "beyond": beyond(period.over),
        "alarms": int(period.warnings["signal"].eq(OVER_INSPECTION).sum()),
        "for_cause": shares.for_cause(period.calls, FOR_CAUSE),
        "stepped_in": shares.share(int(stepped_in["number"].sum()), int(stepped_in["of"].sum()), units),
        "load": load,
        "busy": sum(heavy),
        "unfair": sum(state in (WATCH, ALARM) for state in states),
        "satisfaction": satisfied_of(period, answers),
    }


def inside_files(period: Period, content: Content) -> dict[str, bytes]:
    """Return the report's files for people inside (内部报告文件): page, workbook, Word file, data."""
    title = say("notice.report.title", city=content.city, period=content.period)
    english = english_names(period.city.code_lists)
    return {
        f"{NAME}.html": report_page(content, public=False, english=english),
        f"{NAME}.xlsx": report_workbook.write(content, title),
        f"{NAME}.docx": report_document.write(content, title),
        f"{NAME}.json": canonical_json(plain(content)),
    }


def _write(period: Period, content: Content, out: Path, report: Report) -> None:
    """Write the report, and beside the public pages what of it may be public; the store's log keeps their digests."""
    key = f"{content.period}.rehearsal" if content.rehearsal else content.period
    inside, public = out / INTERNAL / key, out / PUBLIC / key
    files = inside_files(period, content)
    write_files(inside, files)
    report.say("month.report_written", folder=inside)
    outputs = {f"{INTERNAL}/{key}/{name}": body for name, body in files.items()}
    law = period.city.rules.on(period.city.now().date())
    rule = None if PUBLISHED in law.missing() else law.value(PUBLISHED)
    if rule is None:
        report.say("month.report_no_extract", rule=PUBLISHED)
    else:
        extract = public_extract(content, rule)
        english = english_names(period.city.code_lists)
        page = report_page(extract, public=True, english=english, publisher=publisher_of(law))
        shown = {"index.html": page, f"{NAME}.json": canonical_json(plain(extract))}
        refuse_denied(shown)
        write_files(public, shown)
        if (out / "public" / "index.html").is_file():
            write_home(period.city, out)
        outputs |= {f"{PUBLIC}/{key}/{name}": body for name, body in shown.items()}
        report.say("month.report_extract", folder=public, units=int(rule["least_units"]))
    digests = {path: digest("sha256", body).hex() for path, body in outputs.items()}
    city = period.city
    city.store.note_new("report", who=city.who, at=city.now().isoformat(), inputs={}, outputs=digests)
