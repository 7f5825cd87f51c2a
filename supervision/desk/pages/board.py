"""The calendar as a board (日程看板): offices and days, what is proven, and who is visited on a day."""

from __future__ import annotations

from datetime import date

import pandas as pd
from flask import Blueprint, abort, render_template, request

from supervision.desk.acts import note
from supervision.desk.context import account, desk, the_city
from supervision.desk.roles import needs
from supervision.desk.words import language
from supervision.messages import Message
from supervision.month.calendar_board import Board, Line, board, day_of_office, together, visited_units
from supervision.month.city import City
from supervision.month.round import Round

blueprint = Blueprint("board", __name__)
MOST = 40  # offices that are shown one by one; of a larger city the districts, until one is chosen
CITY = ""


@blueprint.get("/rounds/<round_id>/board")
@needs("sealed")
def page(round_id: str) -> str:
    """Show the calendar (日程看板): a line an office, or a district where there are many."""
    with the_city() as city:
        found = board_of(city, round_id)
    region, office = request.args.get("region", ""), request.args.get("office", "")
    if (region and region not in found.regions) or (office and office not in {one.office for one in found.lines}):
        abort(404)
    every = [one for one in found.lines if office in ("", one.office) and region in ("", one.region)]
    own = [one for one in every if one.total.visits]
    by_district = not region and not office and len(own) > MOST
    unheld = found.unheld
    if office or region:
        unheld = unheld[unheld["office" if office else "region"] == (office or region)]
    reason = "reason_en" if language() == "en" else "reason"
    causes = unheld.groupby(reason)["unit_id"].nunique().sort_values(ascending=False, kind="stable")
    return render_template(
        "board.html",
        key=round_id,
        board=found,
        lines=_districts(found) if by_district else own,
        by_district=by_district,
        total=together(line.total for line in own),
        idle=len(every) - len(own),
        region=region,
        office=office,
        statements=found.statements.get(office or region or CITY, ()),
        terms=Message.of("notice.certificate.terms"),
        causes=list(causes.items()),
        weekday=weekday,
    )


@blueprint.get("/rounds/<round_id>/board/<office>/<day>")
@needs("sealed")
def one_day(round_id: str, office: str, day: str) -> str:
    """Show an office's visits of a day (机构当日检查): names that nobody outside may know yet, so it is noted."""
    with the_city() as city:
        found = board_of(city, round_id)
        line = next((one for one in found.lines if one.office == office), None)
        if line is None or day not in line.cells:
            abort(404)
        round = city.round(round_id)
        content = day_of_office(round, office, day, units=units_of_round(city, round))
    note(desk().file, "sealed.calendar", who=account().name, about={"round": round_id, "office": office, "date": day})
    rows = [] if content is None else content.visits.to_dict("records")
    people = [] if content is None else content.people.drop_duplicates("inspector_id").to_dict("records")
    part = request.headers.get("HX-Request") == "true"
    template, level = ("board_day.html", 2) if part else ("board_day_page.html", 1)
    told = {
        "level": level,
        "key": round_id,
        "line": line,
        "day": day,
        "cell": line.cells[day],
        "rows": rows,
        "people": people,
    }
    return render_template(template, weekday=weekday, **told)


def board_of(city: City, round_id: str) -> Board:
    """Return a round's board (取看板), made anew where the store changed."""
    round = city.round(round_id)
    return desk().kept(("board", round.key), (desk().stamp, city.rule_files), lambda: board(round))


def units_of_round(city: City, round: Round) -> pd.DataFrame:
    """Return the units that a round visits (取应查对象), looked up anew where the store changed."""
    return desk().kept(("units", round.key), (desk().stamp, city.rule_files), lambda: visited_units(round))


def weekday(day: str) -> str:
    """Return the day of the week in the reader's language (星期)."""
    words = Message.of("notice.weekday").text(language())
    return words.split(" ")[date.fromisoformat(day).weekday()]


def _districts(found: Board) -> list[Line]:
    """Offices of each district as one line (按区县合计)."""
    lines = []
    for code, label in found.regions.items():
        own = [one for one in found.lines if one.region == code and one.total.visits]
        days = sorted({day for one in own for day in one.cells})
        cells = {day: together(one.cells[day] for one in own if day in one.cells) for day in days}
        lines.append(Line(office="", name=label.text(language()), region=code, cells=cells))
    return [line for line in lines if line.total.visits]
