"""Review of results (结果审核): what waits for a second person, and their yes or no; only a yes lets a result count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, kw_only=True)
class Queue:
    """What waits for a second person, as who acts sees it (本人的待审核清单).

    `barred`: why they may decide on nothing of this round, None where they may. `rows`: what stands in the facts of
    `list_unreviewed`, with `name` of the unit, `said`, the result in words, and `barred`, why they may not decide on
    this row, None where they may.
    """

    barred: Message | None
    rows: Sequence[Mapping[str, Any]]


def queue_of(round: Round, *, office: str = "") -> Queue:
    """Return what waits or was sent back, of one office or of all (待审核清单及本人可否审核)."""
    if not needs_review(round) or not round.has(Step.RECORD):
        return Queue(barred=None, rows=[])
    rows = _of_office(round, _named(round), office)
    barred = dict(_barred(round, rows))
    told = [
        {**_plain(row), "name": row["name"], "said": row["said"], "barred": barred.get(place)}
        for place, row in zip(rows.index, rows.to_dict("records"), strict=True)
    ]
    try:
        check_person(round, "review")
    except UsageError as error:
        return Queue(barred=error.message, rows=told)
    return Queue(barred=None, rows=told)


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
    versions: Mapping[str, str] | None = None,
) -> Report:
    """Say yes to results, or send them back (审核通过、退回): those named, or all that wait, of one office or of all.

    `names`: "visit" or "visit/item"; `versions`: "visit/item" → the version that who acts has read, refused where it
    is another by now. Who entered a result, or went there, decides on none of these: named, they are
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
    _refuse_unread(round, rows, versions or {})
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


def _refuse_unread(round: Round, rows: pd.DataFrame, versions: Mapping[str, str]) -> None:
    """Refuse rows that were entered anew since who acts read them (审核前已重新录入的结果)."""
    names = [f"{visit}/{item}" for visit, item in zip(rows["visit_id"], rows["item_id"], strict=True)]
    pairs = zip(names, rows["version"], strict=True)
    changed = [name for name, version in pairs if versions.get(name, version) != version]
    if changed:
        raise UsageError("month.review_changed", names=" ".join(changed[:SHOWN]), round=round.id)


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
