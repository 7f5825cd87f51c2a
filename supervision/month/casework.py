"""Follow-up cases dealt with (后续处置): ordered, told to other departments, inspected again, closed as evidence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from supervision.errors import UsageError
from supervision.messages import Label, say
from supervision.month.case_steps import add_steps, check_steps, standing_of
from supervision.month.city import City
from supervision.month.report import Report
from supervision.month.step_journals import insert, offices_of, one_of, said, typed
from supervision.results.case_journal import INFORMED, JOURNAL, ORDERED, PROBLEM, REINSPECTED, TRANSFERRED
from supervision.results.step_journal import CLOSED, FOLLOWED

EVENTS = {"corrected": "rectified", "not_corrected": "recheck_failed"}
"""The credit event that a closed problem becomes (办结后的信用记录), by its outcome; others become none."""


def order(city: City, number: str, *, due: date, document: str, text: str = "", on: date | None = None) -> Report:
    """Put an order to correct on record (责令改正), whose last day is from now on the case's."""
    words = text.strip() or say("month.case_ordered_text", document=document)
    return _step(city, number, ORDERED, words, on=on, due=pd.Timestamp(due), document_no=said(document, JOURNAL))


def tell(
    city: City, number: str, *, to: str, document: str, text: str, transfer: bool = False, on: date | None = None
) -> Report:
    """Tell another department of a case (抄告), or hand it to that one (移送): to whom, when, by which document."""
    known = city.code_lists.named("department").codes
    if to not in known:
        raise UsageError("month.case_department_unknown", department=to, known=" ".join(known))
    action = TRANSFERRED if transfer else INFORMED
    return _step(city, number, action, said(text, JOURNAL), on=on, department=to, document_no=said(document, JOURNAL))


def follow(city: City, number: str, *, text: str, on: date | None = None) -> Report:
    """Put on record what was done of a case that stays open (跟进)."""
    return _step(city, number, FOLLOWED, said(text, JOURNAL), on=on)


def reinspect(
    city: City, number: str, *, result: str, text: str, on_site: bool = True, on: date | None = None
) -> Report:
    """Put a re-inspection on record (复查): outside the random plan, a check for cause in the ledger, with its cause.

    The inspection comes first and the step after it: where the machine stopped in between, the same words again add
    what is missing and nothing twice.
    """
    now, day = _problem(city, number), on or city.now().date()
    codes = city.code_lists.codes("result")
    if result not in codes:
        raise UsageError("month.case_result_unknown", result=result, known=" ".join(codes))
    frame = _checked(city, now, REINSPECTED, said(text, JOURNAL), day, result=result)
    office = offices_of(city).get(now["office_id"])
    row = {
        "unit_id": now["unit_id"],
        "agency": office.department if office else "",
        "item_id": now["item_id"],
        "date": pd.Timestamp(day),
        "office_id": now["office_id"],
        "kind": "for_cause",
        "on_site": on_site,
        "result": result,
        "trigger": say("month.case_trigger", number=number),
        "visit_no": f"{number}/{now['steps']:02}",
    }
    if office is None:
        raise UsageError("month.case_office_gone", number=number, office=now["office_id"])
    insert(city, "history", typed("history", [row], known_on=day))
    add_steps(city, frame)
    report = _told(city, number, REINSPECTED)
    report.say("month.case_in_ledger", unit=now["unit_id"], day=day)
    return report


def close(city: City, number: str, *, outcome: str, text: str, on: date | None = None) -> Report:
    """Close a case (办结), for good; a problem that was corrected, or was not in time, becomes an event of its unit."""
    now, day = _now(city, number), on or city.now().date()
    known = city.code_lists.named("case_outcome").codes
    if outcome not in known:
        raise UsageError("month.case_outcome_unknown", outcome=outcome, known=" ".join(known))
    frame = _checked(city, now, CLOSED, said(text, JOURNAL), day, outcome=outcome)
    kind = EVENTS.get(outcome) if now["matter"] == PROBLEM else None
    if kind:
        office = offices_of(city).get(now["office_id"])
        event = {
            "unit_id": now["unit_id"],
            "kind": kind,
            "happened": pd.Timestamp(day),
            "event_no": number,
            "source": office.name if office else now["office_id"],
            "result": said(text, JOURNAL),
        }
        insert(city, "events", typed("events", [event], known_on=day))
    add_steps(city, frame)
    report = _told(city, number, CLOSED)
    report.facts["event"] = kind
    if kind:
        label = city.code_lists.named("event_kind").codes[kind].label
        report.say("month.case_event", unit=now["unit_id"], kind=Label(*label))
    return report


def _step(city: City, number: str, action: str, text: str, *, on: date | None, **more: Any) -> Report:
    add_steps(city, _checked(city, _now(city, number), action, text, on or city.now().date(), **more))
    return _told(city, number, action)


def _checked(city: City, now: dict[str, Any], action: str, text: str, day: date, **more: Any) -> pd.DataFrame:
    """The next step of a case, checked: what it is about stays as it was opened."""
    row = {
        "case_no": now["case_no"],
        "step": f"{now['steps']:02}",
        "action": action,
        "happened": pd.Timestamp(day),
        "text": text,
        "by": city.who,
        **{name: now[name] or None for name in ("matter", "unit_id", "office_id", "visit_no", "item_id")},
        **more,
    }
    return check_steps(city, [row], known_on=day)


def _now(city: City, number: str) -> dict[str, Any]:
    return one_of(standing_of(city), JOURNAL, number)


def _problem(city: City, number: str) -> dict[str, Any]:
    now = _now(city, number)
    if now["matter"] != PROBLEM:
        raise UsageError("month.case_no_unit", number=number)
    return now


def _told(city: City, number: str, action: str) -> Report:
    now = _now(city, number)
    due, label = f"{now['due']:%Y-%m-%d}", city.code_lists.named("case_action").codes[action].label
    report = Report(facts={"case": number, "action": action, "due": due, "open": bool(now["is_open"])})
    report.say("month.case_step", number=number, action=Label(*label), by=city.who, due=due)
    return report
