"""Registers (登记表): what each holds, files that are dropped onto the page, what was rejected, and templates."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from supervision.desk import jobs, uploads
from supervision.desk.acts import note
from supervision.desk.attachments import attachment
from supervision.desk.context import account, desk, the_city
from supervision.desk.pages.jobs import begin
from supervision.desk.roles import needs
from supervision.desk.words import language
from supervision.directory.register import register
from supervision.directory.returning.template import template
from supervision.errors import UsageError
from supervision.month.city import City
from supervision.month.importing import ENDINGS, ORDER, OTHER_DOORS

blueprint = Blueprint("registers", __name__)
ACT = "registers"
KINDS = tuple(kind for kind in ORDER if kind not in OTHER_DOORS)


@blueprint.get("/registers")
@needs(ACT)
def all_registers() -> str:
    """Show every register with its rows and its last import (登记表一览), and the form for files."""
    with the_city() as city:
        rows = _standing(city)
        today, mappings = city.now().date(), city.store.mappings()
    return render_template(
        "registers.html",
        registers=rows,
        kinds=[register(kind) for kind in KINDS],
        kind=request.args.get("kind", ""),
        mappings=mappings,
        mapping=request.args.get("mapping", ""),
        today=today.isoformat(),
        endings=",".join(ENDINGS),
    )


def _standing(city: City) -> list[dict[str, Any]]:
    """The registers in the order of import; rows are counted anew only after an import."""
    last, rows = city.store.last_imports(), []
    for kind in ORDER:
        done = last.get(kind)
        stamp = done.seq if done and kind not in OTHER_DOORS else desk().stamp
        count = desk().kept(("rows", kind), stamp, partial(city.store.row_count, kind))
        shown = {"kind": kind, "title": register(kind).title, "rows": count, "upload": kind in KINDS}
        rows.append({**shown, "at": done.at if done else "", "who": done.who if done else ""})
    return rows


@blueprint.post("/registers")
@needs(ACT)
def upload() -> Response:
    """Take files and start their import (上传并导入)."""
    kind, day, mapping = asked_kind(), known_on(), request.form.get("mapping", "")
    with the_city() as city:
        if mapping and mapping not in city.store.mappings():  # a name only: never a file of the server
            raise UsageError("desk.unknown_mapping", mapping=mapping)
    store = desk().settings.store
    token, names = uploads.take(store, request.files.getlist("files"))
    note(desk().file, "upload", who=account().name, about={"kind": kind, "files": " | ".join(names)})
    params = {"kind": kind, "upload": token, "names": names, "as_of": day}
    job = begin("import", params | {"mapping": mapping})
    return redirect(url_for("jobs.one", number=job.id))


def asked_kind() -> str:
    """Return the register that a form names (所选登记表); another one is refused: `desk.unknown_kind`."""
    kind = request.form.get("kind", "")
    if kind not in KINDS:
        raise UsageError("desk.unknown_kind", kind=kind)
    return kind


def known_on() -> str:
    """Return the day on which rows became known that do not say it (知悉日期), "" for none; no day is refused."""
    text = request.form.get("as_of", "").strip()
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise UsageError("desk.no_day", value=text) from error


@blueprint.get("/registers/<kind>/template")
@needs(ACT)
def blank(kind: str) -> Response:
    """Send a register's blank workbook (空白模板)."""
    if kind not in ORDER:
        abort(404)
    with the_city() as city:
        body = template(kind, language(), city.code_lists.on(city.now().date()))
    return attachment(body, f"{kind}.xlsx")


@blueprint.get("/registers/rejects/<int:number>")
@needs(ACT)
def rejects(number: int) -> str:
    """Show what an import rejected (退回内容), each faulty cell with its reason."""
    job = _import(number)
    store = desk().settings.store
    found = [one for one in job.report["facts"]["files"] if one["rejected"]]
    shown = uploads.rejects(store, job.params["upload"]) if found else []
    return render_template(
        "rejects.html",
        job=job,
        files=job.report["facts"]["files"],
        rejects=shown,
        title=register(job.params["kind"]).title,
    )


@blueprint.get("/registers/rejects/<int:number>/<int:place>")
@needs(ACT)
def rejects_file(number: int, place: int) -> Response:
    """Send the rejected rows of one file of an import (下载退回表), or its unmatched names with `?names=1`."""
    job = _import(number)
    files = job.report["facts"]["files"]
    if not 0 <= place < len(files):
        abort(404)
    field = "unmatched_file" if request.args.get("names") else "rejects_file"
    name = Path(files[place][field] or "").name
    path = uploads.place(desk().settings.store, job.params["upload"], name)
    return send_file(path.absolute(), as_attachment=True, download_name=name)


def _import(number: int) -> jobs.Job:
    """An import that is done; anything else is not there."""
    job = jobs.find(desk().file, number)
    if job.work != "import" or job.state != jobs.DONE:
        abort(404)
    return job
