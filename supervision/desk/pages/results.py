"""Results of a visit (录入结果): a form with the checks of `record`, drafts that nobody loses, corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.desk import drafts, jobs
from supervision.desk.acts import note
from supervision.desk.code_names import code_names
from supervision.desk.context import account, desk, impatient, the_city
from supervision.desk.office_months import Duty, Key, OfficeMonth, Row, on_record
from supervision.desk.pages.visits import shared, visit_of
from supervision.desk.result_entry import (
    COMMON,
    CORRECTS,
    ITEM_FIELDS,
    Said,
    Verdict,
    at_first,
    checked,
    rest_of,
    rows_of,
    said_in,
    sent,
    values_of,
    without_unchanged,
)
from supervision.desk.roles import needs
from supervision.desk.words import tell
from supervision.errors import SupervisionError, UsageError
from supervision.messages import Message
from supervision.notice.office_content import ANSWERS

blueprint = Blueprint("entry", __name__)
ACT = "record"
CONFLICTS = ("desk.draft_changed", "desk.draft_sent")
STATUS = {"desk.job_running": 409, "store.busy": 503, **dict.fromkeys(CONFLICTS, 409)}
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
    verdict: Verdict | None = None
    error: Message | None = None
    other: Said | None = None
    told: list[Message] = field(default_factory=list)

    @property
    def duties(self) -> list[Duty]:
        """What the visit owes (应报事项)."""
        return self.month.duties.get(self.visit["visit_id"], [])


def _place(office: str, round_id: str, visit_id: str) -> str:
    return f"result/{round_id}/{office}/{visit_id}"


@blueprint.get("/office/<office>/<round_id>/visits/<visit_id>/results")
@needs(ACT)
def form(office: str, round_id: str, visit_id: str) -> str:
    """Show the form (录入页), with the draft where there is one."""
    month, visit = visit_of(office, round_id, visit_id)
    draft = drafts.read(desk().file, _place(office, round_id, visit_id))
    said = draft.content or at_first(month.duties.get(visit_id, []))
    return _page(Sheet(office=office, round_id=round_id, visit=visit, month=month, said=said, draft=draft))


@blueprint.post("/office/<office>/<round_id>/visits/<visit_id>/draft")
@needs(ACT)
def keep(office: str, round_id: str, visit_id: str) -> str:
    """Keep what is typed (自动存草稿); another's change in between is told, and nothing of either is lost."""
    month, _ = visit_of(office, round_id, visit_id)
    said = _said(month, round_id, visit_id)
    kept = _kept(_place(office, round_id, visit_id), said)
    return render_template("draft_state.html", draft=kept, swap=True)


def _said(month: OfficeMonth, round_id: str, visit_id: str) -> Said:
    duties = month.duties.get(visit_id, [])
    said = said_in(request.form, duties)
    return without_unchanged(said, duties, on_record(round_id).results, visit_id=visit_id)


def _kept(place: str, said: Said) -> drafts.Draft:
    seen = request.form.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else -1
    return drafts.keep(desk().file, place, said, version=version, who=account().name)


@blueprint.post("/office/<office>/<round_id>/visits/<visit_id>/results")
@needs(ACT)
def act(office: str, round_id: str, visit_id: str) -> Response | tuple[str, int]:
    """Keep the draft, and check or send it where that is asked (存草稿、核对、提交)."""
    month, visit = visit_of(office, round_id, visit_id)
    place = _place(office, round_id, visit_id)
    said = _said(month, round_id, visit_id)
    sheet = Sheet(
        office=office, round_id=round_id, visit=visit, month=month, said=said, draft=drafts.Draft(content=said)
    )
    try:
        sheet.draft = _kept(place, said)
        asked = request.form.get("act", "")
        if asked in ("check", "send"):
            lines = _checked(sheet, send=asked == "send")
            if lines is not None:
                tell(lines)
                return redirect(url_for("entry.form", office=office, round_id=round_id, visit_id=visit_id))
    except SupervisionError as error:
        sheet.error = error.message
        if error.code in CONFLICTS:
            sheet.draft = drafts.read(desk().file, place)
            sheet.other = sheet.draft.content
        return _page(sheet), STATUS.get(error.code, 422)
    return _page(sheet), 422 if sheet.verdict and sheet.verdict.faults else 200


def _checked(sheet: Sheet, *, send: bool) -> list[Message] | None:
    """Check the rows and, without a fault, send them: what `record` says; None where nothing was sent."""
    visit_id = sheet.visit["visit_id"]
    stored = on_record(sheet.round_id).results
    rows = rows_of(sheet.said, sheet.duties, stored, round_id=sheet.round_id, visit=sheet.visit)
    if not rows.rows:
        raise UsageError("desk.nothing_to_send")
    if send:
        jobs.refuse_if_running(desk().file)
    with the_city() as city:
        sheet.verdict = checked(city, rows)
        if sheet.verdict.faults or not send:
            if rows.left:
                sheet.told.append(Message.of("desk.items_left", count=len(rows.left)))
            return None
        report = sent(impatient(city), rows)
    rest, place = rest_of(sheet.said, rows), _place(sheet.office, sheet.round_id, visit_id)
    if rest is None:
        drafts.drop(desk().file, place, version=sheet.draft.version)
    else:
        drafts.keep(desk().file, place, rest, version=sheet.draft.version, who=account().name)
        report.lines.append(Message.of("desk.items_left", count=len(rows.left)))
    about = {"round": sheet.round_id, "visit": visit_id, "items": " ".join(row["item_id"] for row in rows.rows)}
    note(desk().file, "record", who=account().name, about=about)
    return report.lines


def _page(sheet: Sheet) -> str:
    said = on_record(sheet.round_id)
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
        now=said.states.get((sheet.office, sheet.visit["visit_id"])),
        back=said.sent_back,
    )


def _item(sheet: Sheet, duty: Duty, results: Mapping[Key, Mapping[str, str]]) -> dict[str, Any]:
    """An item's part of the form: its fields, what is stored, faults by column, what somebody else typed."""
    stored = results.get((sheet.visit["visit_id"], duty.item_id))
    own = sheet.said["items"].get(duty.item_id, {})
    values = own if stored is None else values_of(sheet.said, duty.item_id, stored)
    faults: dict[str, list[Message]] = {}
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
