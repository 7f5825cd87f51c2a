"""Warnings dealt with (预警处置): opened by hand, followed up, handed over, closed into a credit event."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from supervision.errors import UsageError
from supervision.messages import Label
from supervision.month.city import City
from supervision.month.report import Report
from supervision.month.step_journals import insert, offices_of, one_of, said, typed
from supervision.month.warning_steps import EVENT_KIND, add_steps, standing_of, steps_of, without_event
from supervision.results.step_journal import CLOSED, FOLLOWED, OPENED
from supervision.results.warning_journal import HANDED_OVER, JOURNAL
from supervision.results.warning_signals import SIGNALS

REFERRED = "referred"


def open_warning(
    city: City,
    unit: str,
    *,
    signal: str = REFERRED,
    office: str,
    text: str,
    evidence: str,
    working_days: int,
    number: str = "",
    on: date | None = None,
) -> Report:
    """Open a warning by hand (人工发出预警), as one that another body sent on: with office, deadline and what to do.

    Without an office, of a signal or a unit that is not known it is refused, and nothing is stored.
    """
    day, offices = on or city.now().date(), offices_of(city)
    known = city.code_lists.named("warning_signal").codes
    if signal not in known:
        raise UsageError("month.warning_signal_unknown", signal=signal, known=" ".join(known))
    if signal in SIGNALS:
        raise UsageError("month.warning_signal_by_rule", signal=signal)
    units = city.register("entities", on=day, columns=["unit_id", "region"], of=[unit]).set_index("unit_id")["region"]
    if unit not in units.index:
        raise UsageError("month.warning_unit_unknown", unit=unit)
    if office not in offices:
        near = sorted(one.office_id for one in offices.values() if one.region == units[unit])
        if not office:
            raise UsageError("month.warning_no_office", unit=unit, near=" ".join(near) or "-")
        raise UsageError("month.warning_office_unknown", office=office, unit=unit, near=" ".join(near) or "-")
    said(text, JOURNAL), said(evidence, JOURNAL)
    row = {
        "warning_no": number or _free_number(city, day),
        "step": "00",
        "action": OPENED,
        "signal": signal,
        "unit_id": unit,
        "office_id": office,
        "happened": pd.Timestamp(day),
        "working_days": working_days,
        "text": text,
        "evidence": evidence,
        "hand_over": None,
        "by": city.who,
    }
    add_steps(city, [row], known_on=day)
    return _stored(city, row)


def follow(city: City, number: str, *, done: str, on: date | None = None) -> Report:
    """Put on record what was done of a warning that stays open (跟进预警)."""
    return _step(city, number, FOLLOWED, done, on=on)


def hand_over(city: City, number: str, *, to: str, reason: str, on: date | None = None) -> Report:
    """Hand a warning to another office (移交预警); the deadline stays, and the steps so far go along."""
    offices = offices_of(city)
    if to not in offices:
        near = sorted(offices)[:10]
        raise UsageError("month.warning_office_unknown", office=to, unit=number, near=" ".join(near))
    if _now(city, number)["office_id"] == to:
        raise UsageError("month.warning_same_office", number=number, office=to)
    return _step(city, number, HANDED_OVER, reason, on=on, office=to)


def close(city: City, number: str, *, done: str, on: date | None = None) -> Report:
    """Close a warning (办结预警) into an event of the unit, which says what was done and by whom.

    The step decides: it comes first, and a second closing is refused. Where the event is missing afterwards, because
    the machine stopped in between, `warnings list` names the warning and `close` with the same words adds it.
    """
    row = _now(city, number)
    if not row["is_open"] and row["done"] == done.strip() and _event_missing(city, number, row["unit_id"]):
        report = Report(facts={"warning": number})
    else:
        report = _step(city, number, CLOSED, done, on=on)
    row = _now(city, number)
    _add_event(city, row)
    office = offices_of(city).get(row["office_id"])
    report.say("month.warning_event", unit=row["unit_id"], number=number, office=office.name if office else "")
    report.facts["event"] = {"unit": row["unit_id"], "kind": EVENT_KIND, "event_no": number}
    return report


def _event_missing(city: City, number: str, unit: str) -> bool:
    return without_event(city, pd.DataFrame({"warning_no": [number], "unit_id": [unit]})) == [number]


def _add_event(city: City, row: dict[str, Any]) -> None:
    office = offices_of(city).get(row["office_id"])
    told = {
        "unit_id": row["unit_id"],
        "kind": EVENT_KIND,
        "happened": row["last"],
        "event_no": row["warning_no"],
        "source": office.name if office else row["office_id"],
        "result": f"{row['done']}（{row['last_by']}）",
    }
    insert(city, "events", typed("events", [told], known_on=row["last"]))


def _step(city: City, number: str, action: str, text: str, *, on: date | None, office: str = "") -> Report:
    now, day = _now(city, number), on or city.now().date()
    row = {
        "warning_no": number,
        "step": f"{now['steps']:02}",
        "action": action,
        "signal": now["signal"],
        "unit_id": now["unit_id"],
        "office_id": office or now["office_id"],
        "happened": pd.Timestamp(day),
        "working_days": None,
        "text": said(text, JOURNAL),
        "evidence": None,
        "hand_over": None,
        "by": city.who,
    }
    add_steps(city, [row], known_on=day)
    return _stored(city, row)


def _now(city: City, number: str) -> dict[str, Any]:
    return one_of(standing_of(city), JOURNAL, number)


def _free_number(city: City, day: date) -> str:
    own = steps_of(city)["warning_no"].astype("str").str.extract(rf"^RG{day:%Y%m%d}-([0-9]+)$", expand=False).dropna()
    return f"RG{day:%Y%m%d}-{max((int(text) for text in own), default=0) + 1:04}"


def _stored(city: City, row: dict[str, Any]) -> Report:
    now, offices = _now(city, row["warning_no"]), offices_of(city)
    day = str(now["due"])[:10] if pd.notna(now["due"]) else ""
    report = Report(facts={"warning": row["warning_no"], "step": row["step"], "office": row["office_id"], "due": day})
    office = offices[row["office_id"]].name if row["office_id"] in offices else row["office_id"]
    action = city.code_lists.named("warning_action").codes[row["action"]].label
    report.say("month.warning_step", number=row["warning_no"], action=Label(*action), office=office, by=row["by"])
    return report
