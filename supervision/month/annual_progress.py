"""Progress against the year's plan (年度计划执行进度): drawn, held and published of each department."""

from __future__ import annotations

from datetime import date

from supervision.annual.problems import SPECIAL_RULE, special_counts
from supervision.month.annual_counts import COUNTS, plan_counts
from supervision.month.city import City
from supervision.month.report import Report


def progress(city: City, year: int, *, rehearsal: bool = False) -> Report:
    """Tell how far the year's plan is (年度计划执行进度), department by department: see `annual_counts.plan_counts`.

    A batch whose month is over and that was not drawn is named, exit code 4. With `rehearsal` the rehearsals of the
    months are looked at.
    """
    found, report = plan_counts(city, year, rehearsal=rehearsal), Report()
    told = {name: {key: counts[key] for key in COUNTS} for name, counts in found.departments.items()}
    for department, figures in told.items():
        report.say("month.plan_progress", department=department, **figures)
    special = special_counts(list(found.own.values()))
    most = city.rules.on(date(year, 1, 1)).value(SPECIAL_RULE)["most"]
    for department, (many, ordered) in sorted(special.items()):
        if many or ordered:
            report.say("month.plan_special", department=department, many=many, most=most, ordered=ordered)
    for task, month in found.late:
        report.say("month.plan_late", task=task, month=month)
    report.exit_code = 4 if found.late else 0
    report.facts["departments"] = [{"department": name, **figures} for name, figures in told.items()]
    report.facts["late"] = [{"task": task, "month": month} for task, month in found.late]
    return report
