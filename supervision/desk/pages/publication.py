"""Publishing (公示): see exactly what becomes public, file by file and page by page; then publish just that."""

from __future__ import annotations

import mimetypes
from typing import Any

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.desk import jobs, previews
from supervision.desk.acts import note
from supervision.desk.context import account, desk, the_city
from supervision.desk.pages.jobs import begin
from supervision.desk.pages.sealed_pages import sealed_page
from supervision.desk.roles import needs
from supervision.errors import UsageError
from supervision.messages import Message
from supervision.month.preview_folder import GONE, SAME, PreviewFile
from supervision.month.round_files import Step

blueprint = Blueprint("publication", __name__)
LOOK, DO = "publish_look", "publish"
AS_TEXT = (".json", ".csv", ".py", ".js", ".pem", ".txt", ".jsonl")
LONGEST = 500


@blueprint.get("/rounds/<round_id>/publication")
@needs("publish")
def page(round_id: str) -> str:
    """Show the latest preview of a round, or how to make one (公示)."""
    return _page(round_id, _latest(round_id))


@blueprint.post("/rounds/<round_id>/publication")
@needs("publish")
def look(round_id: str) -> Response:
    """Make a preview (生成公示预览); nothing becomes public."""
    with the_city() as city:
        round = city.round(round_id)
        round.need(Step.COMMIT, "commit")
    begin(LOOK, {"round": round.key, "reason": request.form.get("reason", "").strip()[:LONGEST]})
    return redirect(url_for("publication.page", round_id=round_id))


@blueprint.post("/rounds/<round_id>/publication/<int:number>")
@needs("publish")
def publish(round_id: str, number: int) -> Response | tuple[str, int]:
    """Publish what was seen (按预览公示). Where something changed since, nothing is: 409 with a new preview."""
    job = jobs.find(desk().file, number)
    facts = job.report.get("facts", {})
    if job.work != LOOK or job.params["round"] != round_id:
        abort(404)
    if job.state != jobs.DONE:
        raise UsageError("desk.publish_unseen")
    with the_city() as city:
        same = previews.state_of(city.round(round_id), desk().settings.out) == facts["state"]
    if not same:
        anew = begin(LOOK, job.params)
        return _page(round_id, anew, line=Message.of("month.publish_other", round=round_id)), 409
    done = begin(DO, {**job.params, "seen": facts["seen"], "look": number})
    return redirect(url_for("jobs.one", number=done.id))


@blueprint.get("/rounds/<round_id>/preview/<path:path>")
@needs("publish")
def file(round_id: str, path: str) -> Response:
    """Show a file of the latest preview as the public would get it (查看预览文件); only those that it lists."""
    job = _latest(round_id)
    if job is None or job.state != jobs.DONE:
        abort(404)
    store, key = desk().settings.store, _key(round_id)
    found = _listed(key, job.id).get(path)
    if found is None or found.state == GONE:
        abort(404)
    if found.state != SAME:
        note(desk().file, "sealed.preview", who=account().name, about={"round": round_id, "file": path})
    answer = make_response(previews.content(store, key, job.id, found))
    kind, _ = mimetypes.guess_type(path)
    if path.endswith(".html"):
        answer.headers["Content-Type"] = "text/html; charset=utf-8"
    elif path.endswith(AS_TEXT):
        answer.headers["Content-Type"] = "text/plain; charset=utf-8"
    else:
        answer.headers["Content-Type"] = kind or "application/octet-stream"
        answer.headers["Content-Disposition"] = "attachment"
    return sealed_page(answer)


def _key(round_id: str) -> str:
    with the_city() as city:
        return city.round(round_id).key


def _latest(round_id: str) -> jobs.Job | None:
    """The last preview of a round, or None; rounds that are not there are refused."""
    return jobs.last_of(desk().file, [LOOK], _key(round_id))


def _listed(key: str, number: int) -> dict[str, PreviewFile]:
    return desk().kept(("preview", key), number, lambda: previews.listed(desk().settings.store, key, number))


def _page(round_id: str, job: jobs.Job | None, *, line: Message | None = None) -> str:
    shown: dict[str, Any] = {"files": [], "same": []}
    if job is not None and job.state == jobs.DONE:
        every = _listed(_key(round_id), job.id).values()
        shown = {
            "files": [one for one in every if one.state != SAME],
            "same": [one for one in every if one.state == SAME],
        }
        note(desk().file, "sealed.preview", who=account().name, about={"round": round_id, "file": ""})
    return render_template("publication.html", key=round_id, job=job, line=line, longest=LONGEST, **shown)
