"""Reports that were made (已生成的报告): by a job, kept in the desk's file, shown until somebody makes them anew."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Any

from supervision.desk.desk_file import DeskFile
from supervision.desk.report_parts import coverage_parts, estimate_part, key_figures, report_parts
from supervision.domain.rounds import REHEARSED
from supervision.month.city import City
from supervision.month.overseeing import content_of, inside_files
from supervision.month.oversight_period import month_of, year_of
from supervision.month.report import Report
from supervision.month.round_files import Step
from supervision.notice.public_content import english_names

PREFIX = "report/"
FILES = ("report.xlsx", "report.docx")


def periods(city: City) -> list[str]:
    """Return what a report may be made of (可生成报告的期间): drawn rounds and their years, the latest first."""
    months, years = [], set()
    for round in city.rounds():
        if round.has(Step.DRAW) and not round.has(Step.ABANDON):
            months.append(round.key)
            years.add(f"{round.name.first_day.year:04}{REHEARSED if round.is_rehearsal else ''}")
    return sorted(months, reverse=True) + sorted(years, reverse=True)


def make(city: City, period: str) -> Report:
    """Make the report of a month or a year and keep it (生成报告); what the public may read is not written here."""
    name, rehearsal = period.removesuffix(REHEARSED), period.endswith(REHEARSED)
    year = name.isdecimal()
    found = year_of(city, int(name), rehearsal=rehearsal) if year else month_of(city, name, rehearsal=rehearsal)
    content = content_of(found)
    files = inside_files(found, content)
    parts = report_parts(content, english_names(city.code_lists)) + coverage_parts(city, rehearsal=rehearsal)
    if not year:
        parts.append(estimate_part(found.rounds[0]))
    made = {
        "at": city.now().isoformat(),
        "by": city.who,
        "on": content.on,
        "rounds": list(content.rounds),
        "key": key_figures(content),
        "parts": parts,
        "files": {file: b64encode(files[file]).decode() for file in FILES},
    }
    with DeskFile.beside(city.store.path).writing() as database:
        row = [PREFIX + period, json.dumps(made, ensure_ascii=False)]
        database.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", row)
    report = Report(facts={"period": period, "parts": len(parts)})
    report.say("desk.report_made", period=period)
    return report


def made_of(file: DeskFile, period: str) -> dict[str, Any] | None:
    """Return the report that was made of a period (取报告), None where there is none."""
    with file.reading() as database:
        row = database.execute("SELECT value FROM kept WHERE name = ?", [PREFIX + period]).fetchone()
    return None if row is None else json.loads(row[0])


def file_of(made: dict[str, Any], name: str) -> bytes:
    """Return one of a report's files (取报告文件)."""
    return b64decode(made["files"][name])
