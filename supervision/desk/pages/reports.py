"""Reports for leaders (报告): charts with the numbers under each, of a month or a year, and the files to take away."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from supervision.desk import jobs, reports_made
from supervision.desk.acts import note
from supervision.desk.attachments import attachment
from supervision.desk.context import account, desk, the_city
from supervision.desk.pages.jobs import begin
from supervision.desk.roles import needs

blueprint = Blueprint("reports", __name__)


@blueprint.get("/reports")
@needs("reports")
def page() -> str:
    """List the months and years that a report may be made of (报告列表), and which were made."""
    rows = [(period, reports_made.made_of(desk().file, period)) for period in _periods()]
    return render_template("reports.html", rows=rows, job=jobs.running(desk().file))


@blueprint.post("/reports/<period>")
@needs("reports")
def make(period: str) -> AnyResponse:
    """Make a report, or make it anew (生成报告)."""
    if period not in _periods():
        abort(404)
    return redirect(url_for("jobs.one", number=begin("report", {"period": period}).id))


@blueprint.get("/reports/<period>")
@needs("reports")
def one(period: str) -> str:
    """Show a report (报告): it tells classes and small groups, so its reading is noted."""
    made = _made(period)
    note(desk().file, "sealed.report", who=account().name, about={"period": period})
    return render_template("report.html", period=period, made=made, files=sorted(made["files"], reverse=True))


@blueprint.get("/reports/<period>/<name>")
@needs("reports")
def download(period: str, name: str) -> Response:
    """Return the report as a workbook or Word file (下载报告), as the command `report` writes it."""
    made = _made(period)
    if name not in made["files"]:
        abort(404)
    note(desk().file, "report.download", who=account().name, about={"period": period, "file": name})
    return attachment(reports_made.file_of(made, name), f"{period}-{name}")


def _periods() -> list[str]:
    with the_city() as city:
        return desk().kept("periods", desk().stamp, lambda: reports_made.periods(city))


def _made(period: str) -> dict[str, Any]:
    found = reports_made.made_of(desk().file, period) if period in _periods() else None
    if found is None:
        abort(404)
    return found
