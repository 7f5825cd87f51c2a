"""The ceremony (抽取仪式): one page for the big screen, the form of who enters values, and the lists that appear."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.desk import jobs
from supervision.desk.acts import note
from supervision.desk.context import account, desk, the_city
from supervision.desk.draws import Draw, draw_of, numbers_of
from supervision.desk.pages.jobs import begin
from supervision.desk.roles import needs
from supervision.errors import SupervisionError
from supervision.messages import Message
from supervision.month import round_files as files
from supervision.month.calendars import drawn_units
from supervision.month.city import BEIJING
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_people import units_of
from supervision.month.source_values import source_values
from supervision.sampling.protocol.reveal import check_held
from supervision.sampling.protocol.seeds import plain_values
from supervision.tables import tuples

blueprint = Blueprint("ceremony", __name__)
A_PAGE = 30  # names that a big screen shows without scrolling


@blueprint.get("/rounds/<round_id>/ceremony")
@needs("rounds")
def page(round_id: str) -> str:
    """Show a draw on the big screen (抽取仪式): the last that was committed, or the one of `?draw=`."""
    return render_template("ceremony.html", **_shown(round_id))


@blueprint.get("/rounds/<round_id>/ceremony/state")
@needs("rounds")
def state(round_id: str) -> str:
    """Return the part of the screen that changes (仪式进度)."""
    return render_template("ceremony_state.html", **_shown(round_id))


def _shown(round_id: str) -> dict[str, Any]:
    with the_city() as city:
        round = city.round(round_id)
        number = _number(round)
        draw = None if number is None else draw_of(round, number)
        first = draw_of(round, 0) if number else draw
        tasks = {task.task_id: task.name for task in round.tasks} if draw is not None else {}
        numbers, rehearsal, now = list(numbers_of(round)), round.is_rehearsal, city.now()
    work = "match" if number else "draw"
    job = jobs.last_of(desk().file, [work], round.key)
    running = job is not None and job.state == jobs.RUNNING
    given = {
        "round": round.key,
        "rehearsal": rehearsal,
        "draw": draw,
        "first": first,
        "numbers": numbers,
        "tasks": tasks,
    }
    stage = _stage(draw, now, rehearsal=rehearsal)
    return {**given, "now": now, "left": left, "running": running, "stage": stage}


def _number(round: Round) -> int | None:
    """The draw that was asked for, else the last one; None where nothing is committed yet."""
    numbers = numbers_of(round)
    asked = request.args.get("draw", type=int)
    if asked is None:
        return numbers[-1] if numbers else None
    if asked not in numbers:
        abort(404)
    return asked


def _stage(draw: Draw | None, now: datetime, *, rehearsal: bool) -> int:
    """How far a draw is: 0 committed, 1 sources known, 2 entered once, 3 drawn."""
    if draw is None or not draw.known(now, rehearsal=rehearsal):
        return 0
    return 3 if draw.reveal else 2 if draw.entered_by else 1


def left(until: str, now: datetime) -> str:
    """Return the time that is left until a moment (剩余时间) as `days hours:minutes:seconds`, "" when it has come.

    >>> left("2026-12-03T21:15:00+08:00", datetime.fromisoformat("2026-12-01T20:00:00+08:00"))
    '2 01:15:00'
    """
    seconds = int((datetime.fromisoformat(until) - now).total_seconds())
    if seconds <= 0:
        return ""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    return f"{days} {hour:02}:{minute:02}:{second:02}"


@blueprint.get("/rounds/<round_id>/ceremony/values")
@needs("draw")
def form(round_id: str) -> str:
    """Show the form of the values (录入信源数值)."""
    return _form(round_id, {}, {}, {})


@blueprint.post("/rounds/<round_id>/ceremony/values")
@needs("draw")
def enter(round_id: str) -> Response | tuple[str, int]:
    """Take the values of a draw's sources (录入信源数值): what is malformed is said at its field."""
    with the_city() as city:
        round = city.round(round_id)
        number = _number(round)
        if number is None or number not in _open(round):
            abort(404)
        draw = draw_of(round, number)
    names = [source.name for source in draw.sources]
    typed = {name: request.form.get(f"value-{name}", "").strip() for name in names}
    held = {name: request.form.get(f"held-{name}", "").strip() for name in names}
    wrong = _wrong(draw, typed, held)
    if wrong:
        return _form(round_id, typed, held, wrong), 422
    params = {
        "round": round.key,
        "sources": [f"{name}={text}" for name, text in typed.items()],
        "held": [f"{name}={_moment(text)}" for name, text in held.items() if text],
    }
    return redirect(url_for("jobs.one", number=begin("match" if number else "draw", params).id))


def _open(round: Round) -> tuple[int, int]:
    """The draws whose values may still be entered: the first, and the last one of inspectors."""
    return 0, round.count(Step.ROSTER)


def _form(round_id: str, typed: dict[str, str], held: dict[str, str], wrong: dict[str, Message]) -> str:
    shown = _shown(round_id)
    if shown["draw"] is None:
        abort(404)
    return render_template("ceremony_values.html", typed=typed, held=held, wrong=wrong, **shown)


def _wrong(draw: Draw, typed: dict[str, str], held: dict[str, str]) -> dict[str, Message]:
    """What is wrong with a field (字段错误), by its source: as `draw --source` would say it."""
    found = {}
    for source in draw.sources:
        try:
            values = source_values([f"{source.name}={typed[source.name]}"])
            plain_values(source, values[source.name])
            if held[source.name]:
                check_held(source, _moment(held[source.name]))
        except SupervisionError as error:
            found[source.name] = error.message
    return found


def _moment(text: str) -> str:
    """A time as a browser's field gives it (2026-12-03T21:30), in the form of the protocol."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=BEIJING).isoformat(timespec="seconds")
    except ValueError:
        return text


@blueprint.get("/rounds/<round_id>/ceremony/lists")
@needs("sealed")
def lists(round_id: str) -> str:
    """Show what was drawn (抽取名单): units by task, or inspectors by half-day; whoever looks is noted."""
    with the_city() as city:
        round = city.round(round_id)
        number = _number(round)
        if number is None or draw_of(round, number).reveal is None:
            abort(404)
        labels = {task.task_id: task.name for task in round.tasks}
        labels |= {office.office_id: office.name for office in round.offices.values()}
        table = _people(round, number) if number else _units(round)
    chosen = request.args.get("task", "")
    listed = sorted({row["list"] for row in table})
    if chosen not in listed:
        chosen = listed[0] if listed else ""
    rows = [row for row in table if row["list"] == chosen]
    at, pages = paged(len(rows), request.args.get("page", 1, type=int))
    note(desk().file, f"sealed.{'people' if number else 'drawn'}", who=account().name, about={"round": round.key})
    return render_template(
        "ceremony_lists.html",
        round=round.key,
        rehearsal=round.is_rehearsal,
        number=number,
        lists=listed,
        labels=labels,
        chosen=chosen,
        rows=rows[(at - 1) * A_PAGE : at * A_PAGE],
        count=len(rows),
        page=at,
        pages=pages,
        size=A_PAGE,
    )


def paged(count: int, asked: int) -> tuple[int, int]:
    """Return which page of a list is shown, and how many there are (分页), for `count` names.

    >>> paged(61, 2), paged(60, 9), paged(0, -1)
    ((2, 3), (2, 2), (1, 1))
    """
    pages = max(1, -(-count // A_PAGE))
    return min(max(asked, 1), pages), pages


def _units(round: Round) -> list[dict[str, str]]:
    """The drawn units of every task by name."""
    drawn = drawn_units(round)
    named = drawn.merge(units_of(round, drawn["unit_id"], ["name"]), on="unit_id", how="left").fillna({"name": ""})
    ordered = named.sort_values(["task_id", "name", "unit_id"], kind="stable")
    return [
        {"list": task, "name": name or unit, "more": unit}
        for task, unit, name in tuples(ordered, "task_id", "unit_id", "name")
    ]


def _people(round: Round, number: int) -> list[dict[str, str]]:
    """The inspectors of every office by their half-days: one row a visit of an office."""
    drawn = round.read(files.ASSIGNMENTS, number)
    places = round.read(files.CALENDAR, number).merge(drawn, on=["visit_id", "office", "place"])
    grouped = places.sort_values(["office", "half_days", "visit_id", "place"], kind="stable").groupby(
        ["office", "half_days", "visit_id"], sort=True
    )["inspector_id"]
    return [
        {"list": str(office), "name": " ".join(people), "more": f"{half} · {visit}"}
        for (office, half, visit), people in grouped
    ]
