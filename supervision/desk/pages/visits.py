"""An office's visits (本机构检查): list, calendar and map of the month, one visit, its papers and calendar files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from supervision.desk.acts import note
from supervision.desk.attachments import attachment
from supervision.desk.code_names import code_names
from supervision.desk.context import account, desk, the_city
from supervision.desk.map_points import drawing
from supervision.desk.office_months import OfficeMonth, Row, default_round, month_of, on_record, round_keys
from supervision.desk.roles import may, needs, own_office, refuse
from supervision.desk.sent_results import waiting_visits
from supervision.domain.visits import is_off_site
from supervision.month.notice_numbers import keep_numbers
from supervision.month.paper_making import PDF, WORD, paper_of_day, paper_of_visit
from supervision.month.paper_templates import FOLDER, PaperTemplate, Templates
from supervision.month.step_journals import offices_of
from supervision.month.visit_states import STATES
from supervision.notice.formats import ics

blueprint = Blueprint("visits", __name__)
ACT = "visits"
_FORMAT = {"docx": WORD, "pdf": PDF}


@blueprint.get("/office")
@needs(ACT)
def start() -> AnyResponse | str:
    """Go to the own office's visits (本机构检查); who belongs to none chooses an office."""
    return to_office("visits.listed")


def to_office(endpoint: str) -> AnyResponse | str:
    """Go to a page of the own office and the round that is shown first (转到本机构页面), or let an office be chosen."""
    key = default_round(round_keys(), desk().settings.now().date())
    own = account().office
    if key and own:
        return redirect(url_for(endpoint, office=own, round_id=key))
    with the_city() as city:
        offices = sorted(offices_of(city).values(), key=lambda one: (one.region, one.department)) if key else []
    return render_template("offices.html", offices=offices, key=key, endpoint=endpoint)


def opened(office: str, round_id: str) -> OfficeMonth | None:
    """Return the office's month (打开机构当月), refusing another office's; an auditor's look at it is noted."""
    own_office(office)
    found = month_of(round_id, office)
    if found is None:
        with the_city() as city:
            if office not in offices_of(city):
                abort(404)
    if not account().office:
        note(desk().file, "sealed.visits", who=account().name, about={"office": office, "round": round_id})
    return found


def visit_of(office: str, round_id: str, visit_id: str) -> tuple[OfficeMonth, Row]:
    """Return a visit of the office's month (取本机构的一次检查); any other is refused, as if it were not there."""
    month = opened(office, round_id)
    if month is None or visit_id not in month.visits:
        refuse(f"visit:{visit_id[:60]}")
        raise AssertionError  # refuse() does not return
    return month, month.visits[visit_id]


def shared(office: str, round_id: str, month: OfficeMonth | None) -> dict[str, Any]:
    """Return what the pages of an office's month have in common (共用内容)."""
    return {"office": office, "key": round_id, "keys": round_keys(), "month": month, "name": _name(office, month)}


def _name(office: str, month: OfficeMonth | None) -> str:
    if month is not None:
        return month.content.office.name

    def make() -> dict[str, str]:
        with the_city() as city:
            return {one.office_id: one.name for one in offices_of(city).values()}

    return desk().kept("office-names", desk().stamp, make).get(office, office)


@blueprint.get("/office/<office>/<round_id>/visits")
@needs(ACT)
def listed(office: str, round_id: str) -> str:
    """List the visits (检查清单), by day, state or inspector where asked."""
    month = opened(office, round_id)
    states = {} if month is None else on_record(round_id).states
    sent = waiting_visits(desk().file, office, round_id)
    asked = {name: request.args.get(name, "") for name in ("day", "state", "person")}
    rows = [] if month is None else [_row(month, one, states) for one in month.visits.values()]
    rows = [{**row, "sent": row["visit_id"] in sent} for row in rows]
    shown = [row for row in rows if _fits(row, asked)]
    people = {} if month is None else dict(one for own in month.people.values() for one in own)
    return render_template(
        "visits.html",
        **shared(office, round_id, month),
        rows=shown,
        all_rows=len(rows),
        asked=asked,
        days=sorted({row["date"] for row in rows if row["date"]}),
        people=sorted(people.items(), key=lambda one: one[1]),
        states=(*STATES, "late"),
    )


def _row(month: OfficeMonth, visit: Row, states: Mapping[tuple[str, str], Any]) -> dict[str, Any]:
    """A visit with how far it is and who goes."""
    who = [one for one, _ in month.people.get(visit["visit_id"], ())]
    return {**visit, "now": states.get((month.content.office.office_id, visit["visit_id"])), "people": who}


def _fits(row: Mapping[str, Any], asked: Mapping[str, str]) -> bool:
    state = row["now"].state if row["now"] else ""
    return (
        asked["day"] in ("", row["date"])
        and (asked["state"] in ("", state) or (asked["state"] == "late" and row["now"] is not None and row["now"].late))
        and (not asked["person"] or asked["person"] in row["people"])
    )


@blueprint.get("/office/<office>/<round_id>/calendar")
@needs(ACT)
def calendar(office: str, round_id: str) -> str:
    """Show the month day by day (检查日历): visits in either half, people bound and people there."""
    month = opened(office, round_id)
    states = {} if month is None else on_record(round_id).states
    held: dict[str, list[dict[str, Any]]] = defaultdict(list)
    days: list[dict[Any, Any]] = []
    sheets: list[tuple[str, Any]] = []
    if month is not None:
        sheets = [(one.name, one.form) for one in _templates(month, "day")[0]]
        days = month.content.days.to_dict("records")
        for visit in month.visits.values():
            for half in visit["half_days"].split():
                held[half].append(_row(month, visit, states))
    return render_template(
        "visit_calendar.html", **shared(office, round_id, month), days=days, held=held, sheets=sheets
    )


@blueprint.get("/office/<office>/<round_id>/map")
@needs(ACT)
def on_map(office: str, round_id: str) -> str:
    """Show the visits on a map (检查地图) drawn from the registers' coordinates; without any, by street."""
    month = opened(office, round_id)
    states = {} if month is None else on_record(round_id).states
    day = request.args.get("day", "")
    rows = [] if month is None else [_row(month, one, states) for one in month.visits.values() if not one["off_site"]]
    rows = [row for row in rows if day in ("", row["date"])]
    for number, row in enumerate(rows, 1):
        row["number"] = number
    streets: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        streets[row["street"]].append(row)
    all_days = [] if month is None else sorted({one["date"] for one in month.visits.values() if not one["off_site"]})
    drawn = drawing(rows, {} if month is None else month.places)
    return render_template(
        "visit_map.html",
        **shared(office, round_id, month),
        drawn=drawn,
        streets=sorted(streets.items()),
        day=day,
        days=all_days,
    )


@blueprint.get("/office/<office>/<round_id>/visits/<visit_id>")
@needs(ACT)
def one(office: str, round_id: str, visit_id: str) -> str:
    """Show a visit (检查详情): unit, place, who goes, what is looked at, papers, how far its results are."""
    month, visit = visit_of(office, round_id, visit_id)
    said = on_record(round_id)
    return render_template(
        "visit.html",
        **shared(office, round_id, month),
        visit=visit,
        now=said.states.get((office, visit_id)),
        sent=visit_id in waiting_visits(desk().file, office, round_id),
        duties=month.duties.get(visit_id, []),
        points=month.points.get(visit_id, []),
        results=said.results,
        names=code_names("result"),
        people=month.people.get(visit_id, []),
        papers=[] if visit["off_site"] else [(one.name, one.form) for one in _templates(month, "visit")[0]],
        records=may("record"),
    )


def _templates(month: OfficeMonth, kind: str) -> tuple[list[PaperTemplate], Templates]:
    """An office's forms of a kind: files beside the store, which change without it."""

    def read() -> Templates:
        with the_city() as city:
            return Templates(city)

    folder = desk().settings.store.parent / FOLDER
    stamp = sorted((str(path), path.stat().st_mtime_ns) for path in folder.rglob("*"))
    office, templates = month.content.office, desk().kept("templates", stamp, read)
    own = desk().kept(("papers", office.office_id), stamp, lambda: templates.of(office))
    return [one for one in own if one.kind == kind], templates


@blueprint.get("/office/<office>/<round_id>/visits/<visit_id>/papers/<name>.<ending>")
@needs(ACT)
def paper(office: str, round_id: str, visit_id: str, name: str, ending: str) -> Response:
    """Give a paper of a visit to print (出具文书), as PDF or Word."""
    month, visit = visit_of(office, round_id, visit_id)
    template, fonts = _wanted(month, round_id, "visit", name, ending)
    if is_off_site(visit_id):
        abort(404)
    body = paper_of_visit(month.content, visit_id, template, format_=_FORMAT[ending], fonts=fonts)
    note(desk().file, "paper", who=account().name, about={"round": round_id, "visit": visit_id, "paper": name})
    return attachment(body, f"{visit['date']}-{visit_id}-{name}.{ending}")


@blueprint.get("/office/<office>/<round_id>/days/<day>/papers/<name>.<ending>")
@needs(ACT)
def paper_of_one_day(office: str, round_id: str, day: str, name: str, ending: str) -> Response:
    """Give a paper of a day to print (出具当日任务单), as PDF or Word."""
    month = opened(office, round_id)
    if month is None or day not in set(month.content.visits["date"]):
        abort(404)
    template, fonts = _wanted(month, round_id, "day", name, ending)
    body = paper_of_day(month.content, day, template, format_=_FORMAT[ending], fonts=fonts)
    note(desk().file, "paper", who=account().name, about={"round": round_id, "day": day, "paper": name})
    return attachment(body, f"{day}-{name}.{ending}")


def _wanted(month: OfficeMonth, round_id: str, kind: str, name: str, ending: str) -> tuple[PaperTemplate, list[Path]]:
    """The form that is asked for, and fonts; the numbers that it prints are those that the notices will have."""
    own, templates = _templates(month, kind)
    found = [one for one in own if one.name == name]
    if not found or ending not in _FORMAT:
        abort(404)
    if may("record"):
        with the_city() as city:
            keep_numbers(city.round(round_id))
    return found[0], templates.fonts


@blueprint.get("/office/<office>/<round_id>/office.ics")
@needs(ACT)
def office_calendar(office: str, round_id: str) -> Response:
    """Give the office's calendar file (机构日历文件)."""
    return _calendar_file(office, round_id, "")


@blueprint.get("/office/<office>/<round_id>/people/<inspector>.ics")
@needs(ACT)
def person_calendar(office: str, round_id: str, inspector: str) -> Response:
    """Give the calendar file of one of the office's inspectors (人员日历文件)."""
    return _calendar_file(office, round_id, inspector)


def _calendar_file(office: str, round_id: str, who: str) -> Response:
    month = opened(office, round_id)
    books = {} if month is None else dict(ics.calendar_files(month.content))
    if who not in books:
        refuse(f"ics:{who[:60]}")
    note(desk().file, "ics", who=account().name, about={"round": round_id, "office": office, "person": who})
    return attachment(books[who], f"{who or office}.ics")
