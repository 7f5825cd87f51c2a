"""Rounds (轮次): what each has done and waits for, and the buttons of its next steps."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.desk.context import desk, the_city
from supervision.desk.pages.jobs import begin
from supervision.desk.roles import needs, own_acts
from supervision.desk.works import WORKS
from supervision.errors import UsageError
from supervision.month.agenda import duties_of
from supervision.month.round import Round
from supervision.month.round_files import Step

blueprint = Blueprint("rounds", __name__)
# the line of a month: a step of the store, and the work that does it
LINE = (
    (Step.SCORE, "score"),
    (Step.COMMIT, "commit"),
    (Step.DRAW, "draw"),
    (Step.PLAN, "plan"),
    (Step.ROSTER, "roster"),
    (Step.MATCH, "match"),
)
BUTTONS = ("train", "score", "preview", "commit", "plan", "roster", "publish")
FIELDS = ("cause", "key", "accept_unverified")  # what their forms say
LONGEST_NAME = 60


@blueprint.get("/rounds")
@needs("rounds")
def all_rounds() -> str:
    """List the rounds (轮次列表)."""
    with the_city() as city:
        rows = desk().kept("rounds", desk().stamp, lambda: [_shown(one) for one in city.rounds()])
    return render_template("rounds.html", rounds=rows[::-1], works=WORKS)


@blueprint.get("/rounds/<round_id>")
@needs("rounds")
def one_round(round_id: str) -> str:
    """Show a round (轮次): its line, what it waits for, what may be done next."""
    with the_city() as city:
        shown = _shown(city.round(round_id))
    return render_template("round.html", round=shown, own=own_acts(), works=WORKS)


def _shown(round: Round) -> dict[str, Any]:
    return {"key": round.key, "line": line_of(round), "duties": list(duties_of(round))}


@blueprint.post("/rounds/<round_id>/<work>")
@needs("rounds")
def start(round_id: str, work: str) -> Response:
    """Start one of the steps that need nothing but the round (启动步骤); others have pages of their own."""
    if work not in BUTTONS:
        abort(404)
    with the_city() as city:
        key = city.round(round_id).key  # one that is not there has no buttons
    given = {name: request.form[name].strip() for name in FIELDS if name in request.form}
    if len(given.get("accept_unverified", "")) > LONGEST_NAME:
        raise UsageError("desk.long_name", longest=LONGEST_NAME)
    return redirect(url_for("jobs.one", number=begin(work, {**given, "round": key}).id))


def line_of(round: Round) -> list[dict[str, Any]]:
    """Return the steps of a round (步骤), each with whether it is done and the work that does it."""
    return [{"step": step.stored, "work": work, "done": round.has(step)} for step, work in LINE]
