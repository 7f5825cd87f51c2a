"""Law watch (规则监测): which rules are due for review, and what a month rested on that nobody had verified."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from supervision.law.review import due
from supervision.law.rules import Entry, Law, Rules
from supervision.messages import Label, Message
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import ACCEPTED, Step
from supervision.month.unverified import READ
from supervision.store import shipped_files


def rules_due(folder: Path, *, on: date, months: int) -> Report:
    """List the rules in force on a day that are to be reviewed within months (待复核的规则), the longest overdue first.

    Exit code 4 where the day of one has passed.
    """
    law = Rules.read(shipped_files.shipped_rules(), shipped_files.folder_rules(folder)).on(on)
    found, report = due(law, months=months), Report()
    passed = sum(one.passed for one in found)
    report.say("month.due_head", on=on, months=months, passed=passed, near=len(found) - passed)
    rows: list[dict[str, Any]] = []
    for one in found:
        rows.append({**_row(one.entry), "days": one.days, "passed": one.passed, "read": one.entry.path in READ})
        code = "month.due_passed" if one.passed else "month.due_near"
        report.say(code, days=abs(one.days), **_words(law, one.entry))
    report.facts |= {"on": on, "months": months, "passed": passed, "rules": rows}
    report.exit_code = 4 if passed else 0
    return report


def rules_used(round: Round) -> Report:
    """Tell what a committed round rested on that nobody had verified (依据未经核实的规则), and who accepted it.

    Each rule that is another one by now is named with both values: what was decided under the old one stays as it is.
    """
    round.need(Step.COMMIT, "commit")
    law, report = round.law, Report()
    entries = [entry for entry in law.entries() if entry.path in READ]
    rested = [entry for entry in entries if not entry.verified or entry.review_by < law.on]
    acceptance = round.read(ACCEPTED) if round.holds(ACCEPTED) else {}
    counts = {"read": len(entries), "unverified": sum(not entry.verified for entry in rested)}
    counts["overdue"] = sum(entry.review_by < law.on for entry in rested)
    report.say("month.used_head", round=round.id, on=law.on, **counts)
    if acceptance:
        report.say("month.used_accepted", who=acceptance["who"], count=len(acceptance["rules"]))
    elif round.is_rehearsal and counts["unverified"]:
        report.say("month.used_rehearsal")
    for entry in rested:
        code = "month.used_unverified" if not entry.verified else "month.used_overdue"
        report.say(code, **_words(law, entry))
    later = _changed_since(round, entries)
    for was, now in later:
        value: object = now.value if now else Message.of("month.what_if_unset")
        report.say("month.used_changed", rule=was.path, title=_title(law, was), then=was.value, now=value)
    report.facts |= {
        "round": round.id,
        "rehearsal": round.is_rehearsal,
        **counts,
        "accepted": acceptance or None,
        "rules": [{**_row(entry), "overdue": entry.review_by < law.on} for entry in rested],
        "changed": [
            {
                "rule": was.path,
                "then": was.value,
                "now": now.value if now else None,
                "since": now.since if now else None,
            }
            for was, now in later
        ],
    }
    return report


def _changed_since(round: Round, entries: list[Entry]) -> list[tuple[Entry, Entry | None]]:
    """The rules whose value for the round's month is another one in today's files (承诺之后改变的规则)."""
    today = {entry.path: entry for entry in round.city.rules.on(round.law.on).entries()}
    pairs = [(entry, today.get(entry.path)) for entry in entries]
    return [(was, now) for was, now in pairs if now is None or now.value != was.value]


def _row(entry: Entry) -> dict[str, Any]:
    names = ("path", "value", "since", "basis", "verified", "review_by", "origin")
    return {name: getattr(entry, name) for name in names}


def _words(law: Law, entry: Entry) -> dict[str, object]:
    mark = Message.of("month.due_verified" if entry.verified else "month.due_unverified")
    return {"rule": entry.path, "title": _title(law, entry), "review_by": entry.review_by, "mark": mark} | {
        "basis": entry.basis
    }


def _title(law: Law, entry: Entry) -> Label:
    return law.rules[entry.path].title
