"""The year's plan goes public (公布年度计划): OUT/public/annual/<year>/, by the rule's day, late is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from supervision.canonical import digest
from supervision.directory.plan_rows import plans
from supervision.errors import UsageError
from supervision.month.annual_inputs import items_of_year
from supervision.month.annual_plan import (
    PUBLISHED,
    day_in,
    key_of,
    merged_digest,
    plans_digest,
    read_approved,
    read_merged,
    save,
)
from supervision.month.annual_tasks import beside, together
from supervision.month.city import City
from supervision.month.home_page import write_home
from supervision.month.output_folder import refuse_foreign, write_files
from supervision.month.page_heading import name_of_city, publisher_of
from supervision.month.report import Report
from supervision.notice.annual_page import annual_files, annual_rows
from supervision.notice.denied import refuse_denied
from supervision.notice.public_content import english_names

DATES = "shared/plan_dates"


def publish_plan(city: City, year: int, out: Path) -> Report:
    """Write the notice of an approved plan (公布年度计划); later than the rule's day is said on the page, exit code 4.

    The page keeps the day of its first publication as long as the plan stays the same.
    """
    merged, approved = read_merged(city, year), read_approved(city, year)
    today = city.now().date()
    own = plans(city.register("plans", on=today), year=year)
    if merged_digest(merged) != approved.merged or plans_digest(own) != merged.plans:
        raise UsageError("month.plan_approved_other", year=year)
    refuse_foreign(out)
    law = city.rules.on(date(year, 1, 1))
    last = day_in(year, law.value(DATES)["published_by"]).isoformat()
    by_id = {plan.plan_id: plan for plan in own}
    tasks, items = together(merged, by_id), items_of_year(city, year)
    rows = annual_rows(tasks, beside(merged, by_id), merged.months, items, city.code_lists)
    before = _before(city, year)
    first = before["on"] if before and before["approved"] == approved.merged else today.isoformat()
    english = english_names(city.code_lists)
    name, publisher = name_of_city(law), publisher_of(law)
    files = annual_files(name, year, rows, vars(approved), on=first, last=last, english=english, publisher=publisher)
    refuse_denied(files)
    folder = out / "public" / "annual" / str(year)
    folder.mkdir(parents=True, exist_ok=True)
    write_files(folder, files)
    digests = {name: digest("sha256", content).hex() for name, content in files.items()}
    state = {"on": first, "approved": approved.merged}
    save(city, year, "annual-publish", PUBLISHED, state, {"approved": approved.merged, **digests})
    if (out / "public" / "index.html").is_file():
        write_home(city, out)
    report = Report(facts={"folder": str(folder), "tasks": len(rows), "on": first, "due": last, "late": first > last})
    report.say("month.plan_published", year=year, tasks=len(rows), folder=folder, on=first)
    if first > last:
        report.say("month.plan_published_late", on=first, last=last)
        report.exit_code = 4
    return report


def _before(city: City, year: int) -> dict[str, str]:
    from supervision.canonical import parse_canonical

    if PUBLISHED not in city.store.paths(key_of(year)):
        return {}
    return dict(parse_canonical(city.store.get(key_of(year), PUBLISHED)))
