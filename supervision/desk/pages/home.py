"""The first page (首页): what is to be done, soonest first."""

from __future__ import annotations

from flask import Blueprint, render_template

from supervision.desk.context import desk, lately, the_city
from supervision.desk.jobs import running
from supervision.desk.roles import needs, own_acts
from supervision.desk.works import WORKS
from supervision.month.agenda import Duty, due_duties

blueprint = Blueprint("home", __name__)
SEE = "see"
# first word of the command that does it → the act that a person must have
ACTS = {
    "import": "registers",
    "train": "prepare",
    "score": "prepare",
    "preview": "prepare",
    "commit": "commit",
    "draw": "draw",
    "plan": "plan",
    "match": "draw",
    "publish": "publish",
    "replan": "plan",
    "record": "record",
    "review": "review",
    "verify": "verify",
    "anchor": "publish",
}


@blueprint.get("/")
@needs(SEE)
def page() -> str:
    """Show what is to be done (待办)."""
    today = desk().settings.now().date()
    found = desk().kept("duties", (today, desk().stamp, desk().rules_stamp), _duties, since=lately())
    rows = [(duty, act_of(duty) in own_acts()) for duty in found]
    return render_template("home.html", duties=rows, today=today.isoformat(), job=running(desk().file), works=WORKS)


def _duties() -> list[Duty]:
    with the_city() as city:
        return due_duties(city)


def act_of(duty: Duty) -> str:
    """Return the act that a duty needs (待办所需权限): by the command that does it; others are for IT."""
    words = duty.command.removeprefix("supervision ").split()
    return ACTS.get(words[0], "") if words else ""
