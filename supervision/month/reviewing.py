"""Review of results (结果审核): what waits for a second person, and their yes or no; only a yes lets a result count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from supervision.errors import UsageError
from supervision.messages import Message
from supervision.month.report import Report
from supervision.month.result_review import decide, needs_review, unreviewed_of
from supervision.month.results_in_force import bring_into_force
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_people import units_of
from supervision.month.round_results import FAR, can_report, expected
from supervision.month.source_values import check_person
from supervision.results.people import People, is_one_of
from supervision.results.review import ACCEPTED, SENT_BACK, WAITING, chosen, objection

SHOWN = 20
SAID = {ACCEPTED: "month.review_accepted", SENT_BACK: "month.review_sent_back"}


def list_unreviewed(round: Round, *, office: str = "") -> Report:
    """Tell which results wait for a second person's yes, and which were sent back (待审核清单); exit code 4 if any."""
    report = Report(facts={"round": round.id, "needed": needs_review(round), "rows": []})
    if not needs_review(round):
        report.say("month.review_not_needed", round=round.id)
        return report
    rows = _of_office(round, _named(round), office)
    report.facts["rows"] = [_plain(row) for row in rows.to_dict("records")]
    waiting = int((rows["state"] == WAITING).sum())
    report.say("month.review_waits", round=round.id, waiting=waiting, back=len(rows) - waiting)
    for row in rows.head(SHOWN).to_dict("records"):
        code = "month.review_line" if row["state"] == WAITING else "month.review_line_back"
        report.say(code, **_words(row))
    if len(rows) > SHOWN:
        report.say("month.more", more=len(rows) - SHOWN)
    report.exit_code = 4 if len(rows) else 0
    return report


def review(
    round: Round,
    names: Sequence[str] = (),
    *,
    everything: bool = False,
    office: str = "",
    decision: str = ACCEPTED,
    reason: str = "",
) -> Report:
    """Say yes to results, or send them back (审核通过、退回): those named, or all that wait, of one office or of all.

    `names`: "visit" or "visit/item". Who entered a result, or went there, decides on none of these: named, they are
    refused; among all of them they are left and told. Exit code 4 where something was left.
    """
    if not needs_review(round):
        raise UsageError("month.review_unneeded", round=round.id)
    if decision == SENT_BACK and not reason.strip():
        raise UsageError("month.review_no_reason")
    round.need(Step.RECORD, "record")
    check_person(round, "review")
    rows = _of_office(round, _named(round), office)
    if everything:
        rows = rows[rows["state"] == WAITING].reset_index(drop=True)
    else:
        rows, unknown = chosen(rows, names)
        if unknown:
            raise UsageError("month.review_unknown", names=" ".join(unknown), round=round.id)
    barred = _barred(round, rows)
    if barred and not everything:
        raise UsageError(barred[0][1].code, **barred[0][1].params)
    taken = rows.drop(index=[place for place, _ in barred])
    report = Report(facts={"round": round.id, "decision": decision, "rows": len(taken), "left": len(barred)})
    if len(taken):
        decide(round, taken, decision=decision, reason=reason.strip())
    report.say(SAID[decision], round=round.id, rows=len(taken), who=round.who)
    if decision == ACCEPTED and len(taken):
        _tell_others_named(round, taken, report)
        withdrawn = bring_into_force(round)
        if withdrawn:
            report.say("month.history_withdrawn", round=round.id, rows=withdrawn)
    for _, said in barred[:SHOWN]:
        report.say("month.review_left", reason=said)
    left = len(unreviewed_of(round))
    report.facts["unreviewed"] = left
    report.say("month.review_remains", rows=left)
    report.exit_code = 4 if barred else 0
    return report


def _barred(round: Round, rows: pd.DataFrame) -> list[tuple[int, Message]]:
    """Rows that who acts may not decide on, with the reason; a rehearsal needs one person only."""
    if round.is_rehearsal:
        return []
    people, found = _people(round), []
    for place, row in rows.iterrows():
        inspectors = row["inspectors"].split() if isinstance(row["inspectors"], str) else []
        said = objection(row, who=round.who, among_inspectors=is_one_of(round.who, inspectors, people))
        if said is not None:
            found.append((int(str(place)), said))
    return found


def _tell_others_named(round: Round, rows: pd.DataFrame, report: Report) -> None:
    """Tell where the form names somebody else as its reviewer (表内审核人与实际审核人不符): what counts is the yes."""
    people = _people(round)
    others = sorted({one for one in rows["reviewer"].dropna() if is_one_of(one, [round.who], people) is None})
    count = int(rows["reviewer"].isin(others).sum())
    report.facts["named_others"] = count
    if count:
        report.say("month.review_named_others", rows=count, who=round.who, named="、".join(others[:SHOWN]))


def _people(round: Round) -> People:
    rows = round.city.register("inspectors", on=FAR, columns=["inspector_id", "name", "office_id"]).fillna("")
    return People(
        names=dict(zip(rows["inspector_id"], rows["name"], strict=True)),
        offices=dict(zip(rows["inspector_id"], rows["office_id"], strict=True)),
    )


def _named(round: Round) -> pd.DataFrame:
    """What nobody has accepted, with the names of units and the offices that answer for it."""
    rows = unreviewed_of(round)
    names = units_of(round, rows["unit_id"], ["name"]).set_index("unit_id")["name"]
    owed = expected(round) if can_report(round) else pd.DataFrame(columns=["visit_id", "item_id", "office_id"])
    rows = rows.merge(owed[["visit_id", "item_id", "office_id"]], on=["visit_id", "item_id"], how="left")
    labels = {code: f"{code} {round.code_lists.label('result', code)}" for code in rows["result"].unique()}
    return rows.assign(
        name=rows["unit_id"].map(names).fillna("").astype("str"),
        office_id=rows["office_id"].fillna("").astype("str"),
        said=rows["result"].map(labels).astype("str"),
    )


def _of_office(round: Round, rows: pd.DataFrame, office: str) -> pd.DataFrame:
    if office and office not in round.offices:
        raise UsageError("month.review_office_unknown", office=office, known=" ".join(sorted(round.offices)[:10]))
    return rows[rows["office_id"] == office].reset_index(drop=True) if office else rows


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    named = ("visit_id", "unit_id", "item_id", "agency", "office_id", "result", "version", "state", "recorded_by")
    told = {name: row[name] for name in (*named, "reason", "sent_back_by")}
    return told | {"inspected_on": str(row["inspected_on"])[:10]}


def _words(row: dict[Any, Any]) -> dict[str, object]:
    told = {name: row[name] for name in ("name", "said", "reason", "sent_back_by")}
    by = row["recorded_by"] or Message.of("month.review_by_nobody")
    return told | {"visit": f"{row['visit_id']}/{row['item_id']}", "by": by, "day": str(row["inspected_on"])[:10]}
