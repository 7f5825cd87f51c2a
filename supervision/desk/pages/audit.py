"""The auditor's checks (核验): all draws again from the files, the chains of the logs, the condition of it all."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision.desk import jobs
from supervision.desk.context import desk
from supervision.desk.pages.jobs import begin
from supervision.desk.roles import needs
from supervision.desk.words import said
from supervision.desk.works import WORKS

blueprint = Blueprint("audit", __name__)
CHECKS = ("verify", "logs", "doctor")
LAST = 200  # jobs looked through for the last of each check


@blueprint.get("/audit")
@needs("log")
def page() -> str:
    """Show the last of each check, in its own words, and the buttons (核验页)."""
    done: dict[str, jobs.Job] = {}
    for job in jobs.latest(desk().file, last=LAST, works=CHECKS):
        done.setdefault(job.work, job)
    told = {name: said(job.report.get("lines", [])) for name, job in done.items()}
    folder = desk().settings.out.is_dir()
    return render_template("audit.html", checks=CHECKS, done=done, said=told, works=WORKS, folder=folder)


@blueprint.post("/audit/<check>")
@needs("verify")
def start(check: str) -> Response:
    """Start a check (开始核验): it reads and changes nothing."""
    if check not in CHECKS:
        abort(404)
    return redirect(url_for("jobs.one", number=begin(check, {}).id))
