"""Before a draw (抽取之前): a round is opened, its load looked at, then it is committed and its notice printed."""

from __future__ import annotations

import secrets
from io import BytesIO
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from supervision.desk import jobs, load_chart
from supervision.desk.context import desk, the_city
from supervision.desk.pages.jobs import begin
from supervision.desk.roles import needs
from supervision.domain.rounds import REHEARSED, RoundId
from supervision.errors import UsageError
from supervision.month import round_files as files
from supervision.month.office_loads import load_limit
from supervision.month.publishing import posted_notice
from supervision.month.regime_checks import regime_rules
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.unverified import unverified
from supervision.notice.formats import posted_pdf
from supervision.store.log import REGISTERS

blueprint = Blueprint("preparing", __name__)
BEFORE, AHEAD = 24, 12  # months from this one for which a round may be opened
KEY_BYTES = 32


@blueprint.get("/rounds/new")
@needs("prepare")
def new() -> str:
    """Show the form of a new round (新开一轮)."""
    with the_city() as city:
        today = city.now().date()
    month = f"{today.year + today.month // 12:04}-{today.month % 12 + 1:02}"
    return render_template("round_new.html", month=month)


@blueprint.post("/rounds/new")
@needs("prepare")
def open_round() -> Response:
    """Open a round, score everybody and preview its load (开轮、评分、预估)."""
    name = RoundId.parse(request.form.get("round", "").strip())
    today = desk().settings.now().date()
    away = (name.first_day.year - today.year) * 12 + name.first_day.month - today.month
    if not -BEFORE <= away <= AHEAD:
        raise UsageError("desk.far_month", round=str(name), before=BEFORE, ahead=AHEAD)
    key = name.key(rehearsal=request.form.get("rehearsal") == "yes")
    return redirect(url_for("jobs.one", number=begin("preview", {"round": key}).id))


@blueprint.get("/rounds/<round_id>/preview")
@needs("prepare")
def preview(round_id: str) -> str:
    """Show what the round would ask of each office (预估工作量), as the last preview found it."""
    with the_city() as city:
        round = city.round(round_id)
        names = {office.office_id: office.name for office in round.offices.values()}
        limit, changed = float(load_limit(round.law)), city.store.last_time([REGISTERS])
    job = jobs.last_of(desk().file, ["preview"], round.key)
    done = job if job is not None and job.state == jobs.DONE else None
    lines = load_chart.lines_of(done.report["facts"]["offices"], limit) if done else []
    return render_template(
        "preview.html",
        round=round.key,
        job=job,
        facts=done.report["facts"] if done else {},
        said=_said(done),
        lines=lines,
        names=names,
        limit=limit,
        scale=load_chart.scale(limit),
        stale=done is not None and changed > done.at,
    )


def _said(job: jobs.Job | None) -> list[list[str]]:
    """What the preview said beside its figures of offices, which the chart shows."""
    lines: list[list[str]] = job.report["lines"] if job else []
    return lines


@blueprint.get("/rounds/<round_id>/commit")
@needs("commit")
def commit(round_id: str) -> str:
    """Ask for what a commitment needs (承诺), or show what was committed, with its notice to print."""
    with the_city() as city:
        round = city.round(round_id)
        done = {number: _committed(round, number) for number in range(round.count(Step.ROSTER) + 1)}
        shown = {
            "round": round.key,
            "rehearsal": round.is_rehearsal,
            "extra": bool(round.name.extra),
            "committed": done if round.has(Step.COMMIT) else {},
            "scored": round.has(Step.SCORE),
            "planned": round.count(Step.PLAN) > round.count(Step.ROSTER),
            "unverified": [] if round.is_rehearsal or round.has(Step.COMMIT) else _unverified(round),
            "accepted": round.read(files.ACCEPTED) if round.holds(files.ACCEPTED) else {},
        }
    return render_template("commit.html", key=secrets.token_hex(KEY_BYTES), **shown)


def _unverified(round: Round) -> list[dict[str, Any]]:
    """The rules that this round would rest on and nobody has compared with their documents."""
    entries = unverified(round.law, regime_rules(round))
    return [{"title": round.law.rules[entry.path].title, "entry": entry} for entry in entries]


def _committed(round: Round, number: int) -> dict[str, Any]:
    """A commitment: the first, or the number-th of calendar and roster."""
    if not round.has(Step.COMMIT):
        return {}
    found = round.read(files.ROSTER_COMMITMENT, number) if number else round.read(files.COMMITMENT)
    posted = posted_notice(round, found)
    return {"digest": posted.digest, "at": posted.committed_at, "sources": posted.sources}


@blueprint.get("/rounds/<round_id>/notice.pdf")
@needs("rounds")
def notice(round_id: str) -> Response:
    """Send the notice of a commitment to be posted (张贴公告): of the first, or with `?number=` of a later one."""
    number = request.args.get("number", default=0, type=int)
    with the_city() as city:
        round = city.round(round_id)
        if not round.has(Step.COMMIT) or not 0 <= number <= round.count(Step.ROSTER):
            abort(404)
        found = round.read(files.ROSTER_COMMITMENT, number) if number else round.read(files.COMMITMENT)
        posted = posted_notice(round, found)
    body = desk().kept(("notice", round.key, number), found.digest, lambda: posted_pdf.write(posted))
    name = f"{round.key.removesuffix(REHEARSED)}-notice{f'-{number}' if number else ''}.pdf"
    return send_file(BytesIO(body), "application/pdf", download_name=name)
