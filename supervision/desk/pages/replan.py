"""Changing the calendar (日程变更): say what happened, see what would move, and have a second person say yes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.desk import jobs
from supervision.desk.acts import note
from supervision.desk.attachments import attachment
from supervision.desk.change_requests import KINDS, TEXTS, asked_of, typed, with_files
from supervision.desk.change_rows import half_day_words, lines_of
from supervision.desk.context import account, desk, the_city
from supervision.desk.pages.board import units_of_round
from supervision.desk.pages.jobs import begin
from supervision.desk.pages.sealed_pages import sealed_page
from supervision.desk.roles import needs
from supervision.desk.words import said, text
from supervision.domain.visits import units_of_visits
from supervision.errors import SupervisionError, UsageError
from supervision.messages import Message
from supervision.month.calendars import standing
from supervision.month.change_effects import change_orders
from supervision.month.change_proposal import state_of
from supervision.month.city import City
from supervision.month.internal_files import notices_of_order
from supervision.month.round import Round
from supervision.month.round_files import CHANGE_ORDER, Step
from supervision.month.round_people import people, people_day
from supervision.tables import tuples

blueprint = Blueprint("replan", __name__)
LOOK, DO = "replan_look", "replan"
LAST = 20


@blueprint.get("/rounds/<round_id>/replan")
@needs("plan")
def page(round_id: str) -> str:
    """Show the forms (变更表单), filled with what was chosen on the board or asked before, and what is on record."""
    words = {name: request.args.get(name, "")[:200] for name in TEXTS}
    if again := min(request.args.get("again", 0, type=int), 2**31):
        words = {name: str(_job(round_id, again).params.get(name, "")) for name in TEXTS}
    return _form(round_id, words)


@blueprint.post("/rounds/<round_id>/replan")
@needs("plan")
def ask(round_id: str) -> Response | tuple[str, int]:
    """Take what happened and look at what it would come to (提交并预览); what cannot be is said beside the form."""
    words = typed(request.form, account().name)
    try:
        with the_city() as city:
            round = city.round(round_id)
            full = with_files(words, urgent=request.files.get("urgent"), evidence=request.files.get("evidence"))
            asked_of(round, full, look=True)
        number = begin(LOOK, {"round": round_id, **full}).id
    except SupervisionError as error:  # what was typed stays, also while another job runs
        return _form(round_id, words, error=error.message), 409 if error.code == "desk.job_running" else 422
    return redirect(url_for("replan.seen", round_id=round_id, number=number))


@blueprint.get("/rounds/<round_id>/replan/<int:number>")
@needs("plan")
def seen(round_id: str, number: int) -> str:
    """Show what a change would come to, or came to (变更预览或结果)."""
    return _seen(round_id, number)


@blueprint.post("/rounds/<round_id>/replan/<int:number>")
@needs("plan")
def approve(round_id: str, number: int) -> Response | tuple[str, int]:
    """Say yes to what was seen (确认变更), as another person than who entered it.

    Where the round changed in between nothing is done: the answer is 409 with a new preview.
    """
    job = _job(round_id, number)
    facts = job.report.get("facts", {})
    if job.work != LOOK or job.state != jobs.DONE or not facts.get("seen"):
        raise UsageError("desk.replan_not_seen", number=number)
    with the_city() as city:
        round = city.round(round_id)
        asked_of(round, job.params, look=False)  # says at once that a second person is needed
        same = state_of(round) == facts["state"]
    if not same:
        anew = begin(LOOK, job.params).id
        return _seen(round_id, anew, line=Message.of("month.replan_other", round=round_id)), 409
    done = begin(DO, {**job.params, "seen": facts["seen"], "look": number})
    return redirect(url_for("replan.seen", round_id=round_id, number=done.id))


@blueprint.get("/rounds/<round_id>/replan/orders/<int:number>.zip")
@needs("plan")
def all_notices(round_id: str, number: int) -> Response:
    """Return all notices of a change order as one file (变更通知压缩包)."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in _notices(round_id, number).items():
            archive.writestr(path, content)
    return attachment(packed.getvalue(), f"notices-{round_id}-{number}.zip")


@blueprint.get("/rounds/<round_id>/replan/orders/<int:number>/<path:name>")
@needs("plan")
def notice(round_id: str, number: int, name: str) -> Response:
    """Show one notice of a change order, to be printed (变更通知)."""
    found = _notices(round_id, number)
    if name not in found:
        abort(404)
    return sealed_page(make_response(found[name]))


def _notices(round_id: str, number: int) -> Mapping[str, bytes]:
    """Notices of an order on record, by their paths: names of units and people, so reading them is noted."""
    with the_city() as city:
        round = city.round(round_id)
        if not 1 <= number <= round.count(Step.REPLAN):
            abort(404)
        found = _kept_notices(round, number)
    note(desk().file, "sealed.notices", who=account().name, about={"round": round_id, "order": str(number)})
    return found


def _kept_notices(round: Round, number: int) -> Mapping[str, bytes]:
    return desk().kept(("notices", round.key), (desk().stamp, number), lambda: notices_of_order(round, number))


def _job(round_id: str, number: int) -> jobs.Job:
    """A look or change of this round; any other number is no page."""
    job = jobs.find(desk().file, number)
    if job.work not in (LOOK, DO) or job.params.get("round") != round_id:
        abort(404)
    return job


def _form(round_id: str, words: Mapping[str, Any], *, error: Message | None = None) -> str:
    with the_city() as city:
        round = city.round(round_id)
        round.need(Step.PLAN, "plan")
        stamp = (desk().stamp, city.rule_files, city.now().date())
        choices = desk().kept(("choices", round.key), stamp, lambda: _choices(city, round))
        orders = change_orders(round)[::-1]
        days = (round.name.first_day.isoformat(), round.name.last_day.isoformat())
    recent = jobs.latest(desk().file, last=LAST, works=(LOOK, DO), round=round_id)
    return render_template(
        "replan.html",
        key=round_id,
        kinds=KINDS,
        words=words,
        error=error,
        choices=choices,
        orders=orders,
        recent=recent,
        days=days,
        who=account().name,
    )


def _choices(city: City, round: Round) -> dict[str, list[tuple[str, str]]]:
    """What may be chosen (可选项): code and name of the round's inspectors, units with a visit, and offices."""
    roster, names = people(round)[0], _names(city, round)
    offices = {one.office_id: one.name for one in round.offices.values()}
    persons = tuples(roster, "inspector_id", "office")
    units = sorted(set(units_of_visits(standing(round)["visit_id"])))
    return {
        "absent": [(who, f"{names.get(who, '')} {offices.get(office, office)}".strip()) for who, office in persons],
        "unit": [(unit, names.get(unit, "")) for unit in units],
        "office": sorted(offices.items()),
    }


def _seen(round_id: str, number: int, *, line: Message | None = None) -> str:
    """The page of a look or change: who asked what, what would move or moved, the certificate, and the yes."""
    job = _job(round_id, number)
    facts = dict(job.report.get("facts", {}))
    with the_city() as city:
        round = city.round(round_id)
        rows = list(facts.get("changes", []))
        names = _names(city, round)
        order = facts.get("order")
        done = job.state == jobs.DONE and (job.work == DO or facts.get("again") == "yes")
        drawn = done and isinstance(order, int) and round.read(CHANGE_ORDER, order).aims is not None
        notices = sorted(_kept_notices(round, order)) if drawn and isinstance(order, int) else []
    if rows:
        about = {"round": round_id, "change": str(number)}
        note(desk().file, "sealed.change", who=account().name, about=about)
    return render_template(
        "replan_seen.html",
        key=round_id,
        job=job,
        look=LOOK,
        kind=text(KINDS[job.params["kind"]]),
        lines=said([*job.report.get("lines", [])[:1], *facts.get("lines", [])]),
        failed=said(job.report.get("lines", [])),
        rows=lines_of(rows),
        half_day_words=half_day_words,
        names=names,
        own=job.params["by"] == account().name,
        may_approve=job.work == LOOK and job.state == jobs.DONE and bool(facts.get("seen")),
        done=done,
        order=order,
        notices=[(path, *_addressee(path)) for path in notices],
        line=line,
    )


def _addressee(path: str) -> tuple[str, str]:
    """The office that hands a notice over, and the inspector or unit whom it is for, by its path."""
    office, _, name = path.partition("/notices/")
    return office, name.removesuffix(".html").partition("-")[2].partition("~")[0]


def _names(city: City, round: Round) -> dict[str, str]:
    """Names of the round's units, inspectors and offices (名称), by their codes."""
    register = round.city.register("inspectors", on=people_day(round), columns=["inspector_id", "name"])
    units = units_of_round(city, round)[["unit_id", "name"]]
    pairs = [*tuples(units), *tuples(register)]
    names = {code: str(name) for code, name in pairs if isinstance(name, str)}
    return names | {one.office_id: one.name for one in round.offices.values()}
