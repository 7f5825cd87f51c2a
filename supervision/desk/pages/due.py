"""What an office has to see to (到期与预警): results not public yet, open cases, early warnings and their steps."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.desk import jobs
from supervision.desk.acts import fingerprint, note
from supervision.desk.code_names import code_names
from supervision.desk.context import account, desk, impatient, the_city
from supervision.desk.pages.visits import opened, shared
from supervision.desk.roles import may, needs, refuse
from supervision.desk.words import tell
from supervision.errors import SupervisionError, UsageError
from supervision.messages import Message
from supervision.month.city import City
from supervision.month.open_dues import cases_due, results_due
from supervision.month.report import Report
from supervision.month.step_journals import offices_of
from supervision.month.warning_handling import close, follow, hand_over
from supervision.month.warning_list import list_warnings

blueprint = Blueprint("due", __name__)
ACT = "visits"
Rows = list[dict[str, Any]]


@blueprint.get("/office/<office>/<round_id>/due")
@needs(ACT)
def page(office: str, round_id: str) -> str:
    """List what is due (到期事项), overdue first."""
    month = opened(office, round_id)
    results, cases = _dues(round_id) if month is not None else ([], [])
    own = [[row for row in rows if row["office_id"] == office] for rows in (results, cases)]
    return render_template(
        "due.html", **shared(office, round_id, month), results=own[0], cases=own[1], records=may("record")
    )


def _dues(round_id: str) -> tuple[Rows, Rows]:
    today = desk().settings.now().date()

    def make() -> tuple[Rows, Rows]:
        with the_city() as city:
            round = city.round(round_id)
            return results_due(round, on=today), cases_due(round, on=today)

    return desk().kept(("dues", round_id), (desk().stamp, today, desk().rules_stamp), make)


@blueprint.get("/office/<office>/<round_id>/warnings")
@needs(ACT)
def warnings(office: str, round_id: str) -> str:
    """List the office's open warnings (本机构预警), overdue first, with what may be done of each."""
    return _warnings_page(office, round_id)


def _warnings_page(
    office: str, round_id: str, *, error: Message | None = None, typed: str = "", number: str = ""
) -> str:
    month = opened(office, round_id)
    return render_template(
        "warnings.html",
        **shared(office, round_id, month),
        warnings=own_warnings(office),
        signals=code_names("warning_signal"),
        departments=code_names("department"),
        offices=_offices(),
        records=may("record"),
        error=error,
        typed=typed,
        number=number,
    )


def own_warnings(office: str) -> Rows:
    """Return an office's open warnings (本机构未办结预警), each with `seen`, which tells whether anything changed."""
    today = desk().settings.now().date()

    def make() -> Rows:
        with the_city() as city:
            rows = cast("Rows", list_warnings(city, on=today).facts["warnings"])
            return [{**row, "seen": fingerprint({name: str(value) for name, value in row.items()})} for row in rows]

    found = desk().kept("warnings", (desk().stamp, today, desk().rules_stamp), make)
    return [row for row in found if row["office"] == office]


@blueprint.post("/office/<office>/<round_id>/warnings/<number>")
@needs("record")
def step(office: str, round_id: str, number: str) -> Response | tuple[str, int]:
    """Put on record what was done of a warning (登记处置): followed up, handed over or closed."""
    opened(office, round_id)
    own = {row["warning"]: row for row in own_warnings(office)}
    if number not in own:
        refuse(f"warning:{number[:60]}")
    act, typed = request.form.get("act", ""), request.form.get("words", "")
    try:
        jobs.refuse_if_running(desk().file)
        with the_city() as city:
            if request.form.get("seen", "") != own[number]["seen"]:
                raise UsageError("desk.warning_changed", number=number)
            report = _step(impatient(city), act, number, typed)
    except SupervisionError as error:
        code = {"desk.warning_changed": 409, "desk.job_running": 409, "store.busy": 503}.get(error.code, 422)
        return _warnings_page(office, round_id, error=error.message, typed=typed, number=number), code
    note(desk().file, f"warning.{act}", who=account().name, about={"office": office, "warning": number})
    tell(report.lines)
    return redirect(url_for("due.warnings", office=office, round_id=round_id))


def _step(city: City, act: str, number: str, typed: str) -> Report:
    if act == "hand_over":
        return hand_over(city, number, to=request.form.get("to", ""), reason=typed)
    return close(city, number, done=typed) if act == "close" else follow(city, number, done=typed)


def _offices() -> list[tuple[str, str]]:
    def make() -> list[tuple[str, str]]:
        with the_city() as city:
            return sorted((one.office_id, one.name) for one in offices_of(city).values())

    return desk().kept("offices", desk().stamp, make)
