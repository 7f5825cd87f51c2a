"""The reviewer's queue (待审核): what waits for a second person, who entered it, and the yes or no of another."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.desk import drafts
from supervision.desk.acts import note
from supervision.desk.context import account, desk, the_city
from supervision.desk.pages.jobs import begin
from supervision.desk.roles import needs
from supervision.errors import UsageError
from supervision.month.reviewing import queue_of
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.second_yes import LEAVE, STEP_IN, second_yes
from supervision.results.review import ACCEPTED, SENT_BACK, WAITING

blueprint = Blueprint("review", __name__)
SHOWN = 200  # rows of a round on a page: as many as somebody reads before saying yes
CONFIRM = {STEP_IN: "confirm_stepin", LEAVE: "confirm_leave"}


@blueprint.get("/review")
@needs("review")
def queue() -> str:
    """Show what waits in every round (待审核清单), with why one's own is not offered."""
    with the_city() as city:
        name, stamp = ("review", account().name, account().office), (city.now().date(), desk().stamp, city.rule_files)
        shown = desk().kept(name, stamp, lambda: [_shown(one) for one in city.rounds()])
    shown = [one for one in shown if one["waiting"] or one["back"] or one["proposals"]]
    for one in shown:
        note(desk().file, "sealed.results", who=account().name, about={"round": one["key"]})
    return render_template("review.html", rounds=shown, typed={one["key"]: _typed(one["key"]) for one in shown})


def _shown(round: Round) -> dict[str, Any]:
    """A round's rows, what waits apart from what was sent back; only of the reviewer's office where they have one."""
    found = queue_of(round, office=account().office) if _has_office(round) else queue_of(round)
    proposals = second_yes(round) if round.has(Step.DRAW) and not account().office else []
    parts = {state: [row for row in found.rows if row["state"] == state] for state in (WAITING, SENT_BACK)}
    return {
        "key": round.key,
        "barred": found.barred,
        "waiting": parts[WAITING][:SHOWN],
        "count": len(parts[WAITING]),
        "back": parts[SENT_BACK][:SHOWN],
        "count_back": len(parts[SENT_BACK]),
        "proposals": proposals,
        "free": sum(row["barred"] is None for row in parts[WAITING]) if found.barred is None else 0,
    }


def _has_office(round: Round) -> bool:
    return bool(account().office) and account().office in round.offices


@blueprint.post("/review/<round_id>")
@needs("review")
def decide(round_id: str) -> Response:
    """Agree or send back (通过或退回) what was ticked, in the version that was read."""
    with the_city() as city:
        key = city.round(round_id).key
    decision = request.form.get("decision", "")
    if decision not in (ACCEPTED, SENT_BACK):
        abort(400)
    ticked = [value.rpartition("@") for value in request.form.getlist("row")]
    names, reason = [name for name, _, _ in ticked], request.form.get("reason", "").strip()
    # what was ticked and typed is there again where the work is refused, by another job or by the sentence below
    place = f"review/{key}/{account().name}"
    seen = drafts.read(desk().file, place)
    typed = {"rows": request.form.getlist("row"), "reason": reason}
    drafts.keep(desk().file, place, typed, version=seen.version, who=account().name)
    if not names:
        raise UsageError("desk.nothing_ticked")
    if decision == SENT_BACK and not reason:
        raise UsageError("desk.review_no_reason")
    versions = {name: version for name, _, version in ticked}
    given = {"round": key, "names": names, "versions": versions, "decision": decision, "reason": reason}
    job = begin("review", {**given, "office": account().office})
    drafts.drop(desk().file, place)
    return redirect(url_for("jobs.one", number=job.id))


def _typed(key: str) -> dict[str, Any]:
    kept = drafts.read(desk().file, f"review/{key}/{account().name}").content
    return kept or {"rows": [], "reason": ""}


@blueprint.post("/review/<round_id>/<kind>/<of>")
@needs("review")
def confirm(round_id: str, kind: str, of: str) -> Response:
    """Confirm a step-in or a leave (复核递补、请假) that another recorded and that still waits."""
    with the_city() as city:
        round = city.round(round_id)
        waits = kind in CONFIRM and any((one.kind, one.of) == (kind, of) for one in second_yes(round))
    if not waits or account().office:
        abort(404)
    return redirect(url_for("jobs.one", number=begin(CONFIRM[kind], {"round": round.key, "of": of}).id))
