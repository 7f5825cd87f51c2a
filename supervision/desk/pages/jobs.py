"""Jobs (任务): how far they are, what they said, and the button that starts one again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision.desk import jobs
from supervision.desk.acts import note
from supervision.desk.context import account, desk
from supervision.desk.roles import may, needs, refuse
from supervision.desk.words import language, said
from supervision.desk.works import WORKS
from supervision.messages import say

blueprint = Blueprint("jobs", __name__)


def begin(work: str, params: Mapping[str, Any]) -> jobs.Job:
    """Start long work for who asks (启动任务), if they may; it is noted."""
    if work not in WORKS:
        abort(404)
    if not may(WORKS[work].act):
        refuse(WORKS[work].act)
    settings = desk().settings
    job = jobs.start(
        desk().file,
        work,
        params,
        who=account().name,
        begin=lambda number: settings.spawn(settings.store, settings.out, number),
    )
    about = {"job": str(job.id), "round": str(params.get("round", ""))}
    note(desk().file, f"job.{work}", who=account().name, about=about)
    return job


@blueprint.get("/jobs")
@needs("rounds")
def all_jobs() -> str:
    """List the last jobs (任务列表)."""
    return render_template("jobs.html", jobs=jobs.latest(desk().file, last=100), works=WORKS)


@blueprint.get("/jobs/<int:number>")
@needs("see")
def one(number: int) -> str:
    """Show a job (任务): its own people, and those who see rounds."""
    return render_template("job.html", job=_seen(number), works=WORKS, doing=_doing, said=_said)


@blueprint.get("/jobs/<int:number>/state")
@needs("see")
def state(number: int) -> str:
    """Return the part of the page that changes (任务进度)."""
    return render_template("job_state.html", job=_seen(number), works=WORKS, doing=_doing, said=_said)


@blueprint.post("/jobs/<int:number>/again")
@needs("see")
def again(number: int) -> Response:
    """Do a job once more with what it was given (重做任务): a finished step says what it did and changes nothing."""
    old = _seen(number)
    if not WORKS[old.work].again:
        abort(404)
    return redirect(url_for("jobs.one", number=begin(old.work, old.params).id))


def _seen(number: int) -> jobs.Job:
    job = jobs.find(desk().file, number)
    if job.name != account().name and not may("rounds"):
        refuse(f"job:{number}")
    return job


def _doing(job: jobs.Job) -> str:
    return say(job.doing["code"], language()) if job.doing else ""


def _said(job: jobs.Job) -> list[str]:
    return said(job.report.get("lines", []))
