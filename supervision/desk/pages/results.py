"""Results of a visit (录入结果): a form with the checks of `record`, drafts that nobody loses, corrections."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.desk import drafts, sent_results
from supervision.desk.code_names import code_names
from supervision.desk.context import account, desk, the_city
from supervision.desk.office_months import Duty, Key, OfficeMonth, OnRecord, Row, on_record
from supervision.desk.pages.visits import shared, visit_of
from supervision.desk.receptions import reception_of
from supervision.desk.result_entry import (
    COMMON,
    CORRECTS,
    ITEM_FIELDS,
    Rows,
    Said,
    Verdict,
    at_first,
    checked,
    rest_of,
    rows_of,
    said_in,
    values_of,
    without_unchanged,
)
from supervision.desk.roles import needs
from supervision.desk.sent_results import REFUSED, WAITING, Sent, place_of
from supervision.errors import SupervisionError, UsageError
from supervision.messages import Label, Message
from supervision.month.result_checks import FIRST
from supervision.notice.office_content import ANSWERS

blueprint = Blueprint("entry", __name__)
ACT = "record"
CONFLICTS = ("desk.draft_changed", "desk.draft_sent", "desk.sent_waits")
CHOSEN = ("result", "method", "follow_up", "item_result")


@dataclass(kw_only=True)
class Sheet:
    """One visit's form as it is shown (录入页): what was said, and what is said of it."""

    office: str
    round_id: str
    visit: Row
    month: OfficeMonth
    said: Said
    draft: drafts.Draft
    stored: OnRecord
    sent: Sent | None = None
    verdict: Verdict | None = None
    error: Message | None = None
    other: Said | None = None
    told: list[Message | Label] = field(default_factory=list)

    @property
    def duties(self) -> list[Duty]:
        """What the visit owes (应报事项)."""
        return self.month.duties.get(self.visit["visit_id"], [])


@blueprint.get("/office/<office>/<round_id>/visits/<visit_id>/results")
@needs(ACT)
def form(office: str, round_id: str, visit_id: str) -> str:
    """Show the form (录入页), with the draft where there is one."""
    month, visit = visit_of(office, round_id, visit_id)
    place = place_of(office, round_id, visit_id)
    sent = sent_results.latest(desk().file, place)
    stored = on_record(round_id, after=sent.ended if sent else 0.0)
    draft = drafts.read(desk().file, place)
    said = draft.content or at_first(month.duties.get(visit_id, []))
    sheet = Sheet(
        office=office, round_id=round_id, visit=visit, month=month, said=said, draft=draft, stored=stored, sent=sent
    )
    if sent is not None and sent.state == REFUSED and sent.said["faults"] and draft.version == sent.version:
        sheet.verdict = _verdict(sent)
    return _page(sheet)


def _verdict(sent: Sent) -> Verdict:
    """Return what was said of an entry that was refused (退回原因)."""
    faults: dict[tuple[str, str], list[Message | Label]] = defaultdict(list)
    for item, column, zh, en in sent.said["faults"]:
        faults[item, column].append(Label(zh, en))
    return Verdict(faults=faults, notes=[Label(*one) for one in sent.said["notes"]])


@blueprint.get("/office/<office>/<round_id>/visits/<visit_id>/results/sent")
@needs(ACT)
def look(office: str, round_id: str, visit_id: str) -> Response:
    """Say whether what was sent is done with (是否录入完毕): the page is loaded again then, else it goes on asking."""
    visit_of(office, round_id, visit_id)
    sent = sent_results.latest(desk().file, place_of(office, round_id, visit_id))
    if sent is None or sent.state != WAITING:
        return Response(status=204, headers={"HX-Refresh": "true"})
    desk().recorder.wake()  # started anew, if it is gone
    return Response(status=204)


@blueprint.post("/office/<office>/<round_id>/visits/<visit_id>/draft")
@needs(ACT)
def keep(office: str, round_id: str, visit_id: str) -> str:
    """Keep what is typed (自动存草稿); another's change in between is told, and nothing of either is lost."""
    month, visit = visit_of(office, round_id, visit_id)
    place = place_of(office, round_id, visit_id)
    kept = _kept(place, _said(month, visit, _stored(round_id, place)))
    return render_template("draft_state.html", draft=kept, swap=True)


def _stored(round_id: str, place: str) -> OnRecord:
    """What is on record, up to the last entry of the place: what others sent may be a few seconds behind."""
    sent = sent_results.latest(desk().file, place)
    return on_record(round_id, after=sent.ended if sent else 0.0, hurry=True)


def _said(month: OfficeMonth, visit: Row, stored: OnRecord) -> Said:
    duties = month.duties.get(visit["visit_id"], [])
    said = said_in(request.form, duties)
    return without_unchanged(said, duties, stored.results, visit_id=visit["visit_id"])


def _kept(place: str, said: Said) -> drafts.Draft:
    seen = request.form.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else -1
    return drafts.keep(desk().file, place, said, version=version, who=account().name)


@blueprint.post("/office/<office>/<round_id>/visits/<visit_id>/results")
@needs(ACT)
def act(office: str, round_id: str, visit_id: str) -> Response | tuple[str, int]:
    """Keep the draft, and check or send it where that is asked (存草稿、核对、提交)."""
    month, visit = visit_of(office, round_id, visit_id)
    place = place_of(office, round_id, visit_id)
    stored = _stored(round_id, place)
    said = _said(month, visit, stored)
    draft = drafts.Draft(content=said)
    sheet = Sheet(office=office, round_id=round_id, visit=visit, month=month, said=said, draft=draft, stored=stored)
    try:
        sheet.draft = _kept(place, said)
        asked = request.form.get("act", "")
        if asked in ("check", "send"):
            rows = rows_of(said, sheet.duties, stored.results, round_id=round_id, visit=visit)
            if not rows.rows:
                raise UsageError("desk.nothing_to_send")
            if asked == "send":
                _send(sheet, rows)
                return redirect(url_for("entry.form", office=office, round_id=round_id, visit_id=visit_id))
            _check(sheet, rows)
    except SupervisionError as error:
        if error.code in CONFLICTS and _is_again(sheet):
            return redirect(url_for("entry.form", office=office, round_id=round_id, visit_id=visit_id))
        sheet.error = error.message
        if error.code in CONFLICTS:
            sheet.draft = drafts.read(desk().file, place)
            sheet.other = sheet.draft.content
        return _page(sheet), 409 if error.code in CONFLICTS else 422
    return _page(sheet), 422 if sheet.verdict and sheet.verdict.faults else 200


def _send(sheet: Sheet, rows: Rows) -> None:
    """Put rows into the queue (提交): they are held against the round and recorded in their turn."""
    content = {"round": sheet.round_id, **vars(rows), "rest": rest_of(sheet.said, rows)}
    place = place_of(sheet.office, sheet.round_id, sheet.visit["visit_id"])
    sent_results.send(desk().file, place, content, version=sheet.draft.version, who=account().name)
    desk().recorder.wake()


def _is_again(sheet: Sheet) -> bool:
    """Tell whether the same person sends the same again (重复提交): a second click, or an answer that was lost."""
    sent = sent_results.latest(desk().file, place_of(sheet.office, sheet.round_id, sheet.visit["visit_id"]))
    if request.form.get("act") != "send" or sent is None or sent.name != account().name:
        return False
    if sent.state != WAITING:
        return not sheet.said["items"]  # all of it is on record
    rows = rows_of(sheet.said, sheet.duties, sheet.stored.results, round_id=sheet.round_id, visit=sheet.visit)
    return [rows.rows, rest_of(sheet.said, rows)] == [sent.content["rows"], sent.content["rest"]]


def _check(sheet: Sheet, rows: Rows) -> None:
    """Say what recording the rows would do (提交前核对)."""
    with the_city() as city:
        sheet.verdict = checked(reception_of(desk(), sheet.round_id).by(city), rows)
    if sheet.verdict.faults:  # they speak of what is on record now
        sheet.stored = on_record(sheet.round_id, after=time.time())
    if rows.left:
        sheet.told.append(Message.of("desk.items_left", count=len(rows.left)))


def _page(sheet: Sheet) -> str:
    said = sheet.stored
    items = [_item(sheet, duty, said.results) for duty in sheet.duties]
    return render_template(
        "results.html",
        **shared(sheet.office, sheet.round_id, sheet.month),
        sheet=sheet,
        visit=sheet.visit,
        draft=sheet.draft,
        items=items,
        common=_common(sheet, items),
        choices={name: code_names(name) for name in CHOSEN},
        first=FIRST,
        now=said.states.get((sheet.office, sheet.visit["visit_id"])),
        back=said.sent_back,
        waits=sheet.sent is not None and sheet.sent.state == WAITING,
        told=[*sheet.told, *_told(sheet)],
        refused=sheet.sent is not None and sheet.sent.state == REFUSED,
    )


def _told(sheet: Sheet) -> list[Label | Message]:
    """What is said of the last entry (最近一次提交); its faults stand at their fields while the draft is as sent."""
    sent = sheet.sent
    if sent is None or sent.state == WAITING:
        return []
    if sent.state == REFUSED:
        at = sent.at[:16].replace("T", " ")
        changed = [Message.of("desk.sent_refused", at=at)] if sheet.draft.version != sent.version else []
        owed = {duty.item_id for duty in sheet.duties}
        gone = dict.fromkeys((zh, en) for item, _, zh, en in sent.said["faults"] if item not in owed)
        return [*changed, *(Label(*one) for one in (*sent.said["lines"], *gone))]
    return [Label(*one) for one in (*sent.said["lines"], *sent.said["notes"])]


def _item(sheet: Sheet, duty: Duty, results: Mapping[Key, Mapping[str, str]]) -> dict[str, Any]:
    """An item's part of the form: its fields, what is stored, faults by column, what somebody else typed."""
    stored = results.get((sheet.visit["visit_id"], duty.item_id))
    own = sheet.said["items"].get(duty.item_id, {})
    values = own if stored is None else values_of(sheet.said, duty.item_id, stored)
    faults: dict[str, list[Message | Label]] = {}
    if sheet.verdict is not None:
        faults = {column: list(said) for (item, column), said in sheet.verdict.faults.items() if item == duty.item_id}
    other: dict[str, str] = {}
    if sheet.other is not None:
        theirs = values_of(sheet.other, duty.item_id, stored)
        mine = values_of(sheet.said, duty.item_id, stored)
        other = {name: theirs[name] for name in ITEM_FIELDS if theirs[name] != mine[name]}
    differs = stored is not None and any(values.get(name, "") != stored.get(name, "") for name in ANSWERS)
    return {
        "duty": duty,
        "values": {name: values.get(name, "") for name in ITEM_FIELDS},
        "stored": stored,
        "faults": faults,
        "other": other,
        "inherited": [column for column in COMMON if faults.get(column) and stored is None and not values.get(column)],
        "open": bool(
            faults or other or differs or (own.get(CORRECTS) and any(own.get(name) for name in ITEM_FIELDS[-2:]))
        ),
    }


def _common(sheet: Sheet, items: list[dict[str, Any]]) -> dict[str, Any]:
    """The part of the form that holds for all items, with the faults of those that say nothing else."""
    people = {who: name for duty in sheet.duties for who, name in duty.people}
    faults = {
        column: list(
            dict.fromkeys(line for item in items if column in item["inherited"] for line in item["faults"][column])
        )
        for column in COMMON
    }
    return {
        "values": sheet.said["visit"],
        "people": sorted(people.items()),
        "place": {"duty": {"item_id": ""}, "faults": faults, "other": {}},
    }
