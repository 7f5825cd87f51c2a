"""A change order in words (变更单说明): what came of it, that nothing less would do, and what could not be saved."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from supervision.domain.visits import units_of_visits
from supervision.messages import Message
from supervision.month import round_files as files
from supervision.month.change_order import ChangeOrder
from supervision.month.change_proposal import Proposal
from supervision.month.changed_places import changed_places
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.sampling.protocol.records import Change

SHOWN = 40
LOST = 4


def said(round: Round, order: ChangeOrder, *, again: bool = False) -> Report:
    """Say what a change order did (变更结果); `again`: it was asked for before, and nothing changed now."""
    report = Report(facts={"order": order.no, "again": "yes" if again else "no"})
    if again:
        report.say("month.replan_again", no=order.no, at=order.at)
    if order.aims is None:
        number = round.count(Step.PLAN)
        kept = (round.read(files.CERTIFICATE, number), round.table(files.UNHELD_ROWS, number=number))
        _anew(order, report, *kept)
    else:
        _changed(round, order, report)
        report.say("month.replan_publish")
    return report


def as_proposed(round: Round, found: Proposal) -> Report:
    """Say what a change would do that nobody has approved yet (变更方案说明)."""
    report = Report(facts={"order": found.order.no, "again": "no"})
    report.say("month.replan_look")
    if found.made is not None and found.kept is not None:
        _anew(found.order, report, found.kept.certificate, found.kept.unheld)
        report.facts["changes"] = moved_visits(round.read(files.CALENDAR, round.count(Step.PLAN)), found.made.calendar)
    else:
        _changed(round, found.order, report, found.rows)
    report.lines += found.counted
    return report


def moved_visits(before: pd.DataFrame, after: pd.DataFrame) -> list[dict[str, str]]:
    """Return how two drafts of a calendar differ (两次草稿的差别): kind, unit_id, office, was, half_days.

    A row a unit and office: its half-days before and after; a `kind` is moved, cancelled or added.
    """
    was, now = (_half_days(table) for table in (before, after))
    rows = []
    for unit, office in sorted({*was, *now}):
        old, new = was.get((unit, office), ""), now.get((unit, office), "")
        if old != new:
            kind = "moved" if old and new else "cancelled" if old else "added"
            rows.append({"kind": kind, "unit_id": unit, "office": office, "was": old, "half_days": new})
    return rows


def _half_days(calendar: pd.DataFrame) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], set[str]] = {}
    keys = zip(units_of_visits(calendar["visit_id"]), calendar["office"], calendar["half_days"], strict=True)
    for unit, office, text in keys:
        found.setdefault((unit, office), set()).update(text.split())
    return {key: " ".join(sorted(half_days)) for key, half_days in found.items()}


def _anew(order: ChangeOrder, report: Report, certificate: Mapping[str, Any], unheld: pd.DataFrame) -> None:
    total = certificate["total"]
    report.facts |= {"held": total["held"], "duties": total["duties"], "unheld": unheld.to_dict("records")}
    report.say("month.replanned_anew", no=order.no, held=total["held"], duties=total["duties"], doors=total["doors"])
    for cause in certificate["causes"]:
        reason = Message.of(f"planner.{cause['code']}", **dict(cause["params"]))
        report.say("month.unheld", units=cause["units"], reason=reason)
    for who, half_days in order.leave.items() if order.asked.urgent else ():
        report.say("month.replan_taken", inspector=who, half_days=" ".join(half_days))
    report.exit_code = LOST if order.lost else 0


def _changed(round: Round, order: ChangeOrder, report: Report, more: Sequence[Change] = ()) -> None:
    rows = changed_places(round, more)
    rows = rows[rows["no"].between(*order.rows)]
    kinds = {kind: rows[rows["kind"] == kind] for kind in ("leave", "substituted", "moved", "cancelled")}
    visits = {kind: frame["visit_id"].nunique() for kind, frame in kinds.items()}
    still_open = int(((rows["into"] == "") & rows["kind"].isin(["substituted", "moved"])).sum())
    lost = dict(order.lost)
    report.facts |= {
        "substituted": len(kinds["substituted"]),
        "moved": visits["moved"],
        "cancelled": visits["cancelled"] - len(lost),
        "lost": lost,
        "open": still_open,
        "changes": rows.to_dict("records"),
    }
    report.say(
        "month.replanned",
        no=order.no,
        first=order.rows[0],
        last=order.rows[1],
        substituted=len(kinds["substituted"]),
        moved=visits["moved"],
        cancelled=visits["cancelled"] - len(lost),
        lost=len(lost),
    )
    if order.frozen:
        report.say("month.replan_frozen", half_days=" ".join(order.frozen), first=order.first)
    soon = {
        visit
        for kind in ("moved", "cancelled")
        for visit in kinds[kind].loc[kinds[kind]["was"] < order.notice, "visit_id"]
    }
    if soon:
        report.say("month.replan_soon", visits=len(soon), notice=order.notice)
    for line in list(_lines(kinds, order))[:SHOWN]:
        report.lines.append(line)
    _certificate(order, report)
    if round.count(Step.PLAN) > round.count(Step.MATCH):
        report.say("month.replan_supplement", number=round.count(Step.PLAN))
    report.exit_code = LOST if lost or still_open else 0


def _lines(kinds: dict[str, pd.DataFrame], order: ChangeOrder) -> list[Message]:
    taken = kinds["leave"] if order.asked.urgent else kinds["leave"].iloc[:0]
    found = [
        Message.of("month.replan_taken", inspector=row["into"], half_days=row["half_days"])
        for row in taken.to_dict("records")
    ]
    for visit, rows in kinds["moved"].groupby("visit_id", sort=True):
        was, half_days = rows["was"].iloc[0], rows["half_days"].iloc[0]
        told = {"visit": visit, "offices": " ".join(sorted(set(rows["office"]))), "was": was, "half_days": half_days}
        found.append(Message.of("month.replan_moved", **told))
        found += [_hands(row) for row in rows.to_dict("records") if row["out"] != row["into"]]
    found += [_hands(row) for row in kinds["substituted"].to_dict("records")]
    for visit, rows in kinds["cancelled"].groupby("visit_id", sort=True):
        if visit in order.lost:
            why = Message.of(f"month.replan_lost_{order.lost[str(visit)]}")
            found.append(Message.of("month.replan_lost", visit=visit, half_days=rows["was"].iloc[0], reason=why))
        else:
            found.append(Message.of("month.replan_cancelled", visit=visit, half_days=rows["was"].iloc[0]))
    return found


def _hands(row: Mapping[Hashable, object]) -> Message:
    told = {name: row[name] for name in ("visit_id", "office", "place")}
    return Message.of("month.replan_hands", **told, out=row["out"] or "-", into=row["into"] or "-")


def _certificate(order: ChangeOrder, report: Report) -> None:
    """The certificate in words: the lower bound, and what this change comes to."""
    aims, least = order.aims, order.least
    if aims is None or least is None:
        return
    proven = (aims.lost, aims.told, aims.moved) == least
    report.facts["certificate"] = {**vars(aims), "least": list(least), "proven": "yes" if proven else "no"}
    bound = {"least_lost": least[0], "least_told": least[1], "least_moved": least[2]}
    after = {"people": aims.people, "days": aims.days}
    if proven:
        report.lines.append(Message.of("month.replan_proven", **bound, **after))
    else:
        found = {"lost": aims.lost, "told": aims.told, "moved": aims.moved}
        report.lines.append(Message.of("month.replan_bound", **bound, **found, **after))
