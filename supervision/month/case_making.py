"""Cases from results and ratings (立项): each problem that counts, each bad rating, once, with office and last day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd

from supervision.errors import UsageError
from supervision.month.case_steps import add_steps, check_steps, steps_of
from supervision.month.feedback_tokens import bad_ratings
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_results import expected, results_of
from supervision.results.case_journal import PROBLEM, RATING
from supervision.results.step_journal import OPENED
from supervision.tables import tuples

RULE = "shared/case_deadline"
SHOWN = 20
KEY = ["visit_id", "item_id"]


def make_cases(round: Round, *, on: date | None = None) -> Report:
    """Open a case for each problem and each bad rating of a round that has none (后续处置立项).

    The last day is the rule's, from the day of the inspection or of the rating, until an order to correct sets
    another; it is never before today. What was rehearsed opens none.
    """
    if round.is_rehearsal:
        raise UsageError("month.cases_of_rehearsal", round=round.id)
    day = on or round.city.now().date()
    before = steps_of(round.city)
    rows = [*_of_results(round, before, day), *_of_ratings(round, before, day)]
    if rows:
        add_steps(round.city, check_steps(round.city, rows, known_on=day))
    opened = [{name: str(row[name])[:40] for name in ("case_no", "matter", "office_id", "due")} for row in rows]
    report = Report(facts={"round": round.id, "on": day.isoformat(), "opened": opened})
    problems = sum(row["matter"] == PROBLEM for row in rows)
    report.say("month.cases_made", round=round.id, problems=problems, ratings=len(rows) - problems)
    for row in rows[:SHOWN]:
        told = {"number": row["case_no"], "unit": row["unit_id"] or "", "due": f"{row['due']:%Y-%m-%d}"}
        report.say("month.case_opened", **told, office=_office(round, row["office_id"]))
    if len(rows) > SHOWN:
        report.say("month.more", more=len(rows) - SHOWN)
    return report


def _of_results(round: Round, before: pd.DataFrame, day: date) -> list[dict[str, Any]]:
    rule = round.city.rules.on(day).value(RULE)
    results = results_of(round).merge(expected(round)[[*KEY, "office_id"]], on=KEY, how="left")
    results = results.sort_values(KEY, kind="stable")
    there = set(tuples(before, "visit_no", "item_id"))
    number, rows = _last(before, f"WT{round.key}"), []
    for row in results.to_dict("records"):
        days = days_for(rule, round.code_lists.category(row["result"]), row["follow_up"])
        visit = f"{round.key}/{row['visit_id']}"
        if days is None or (visit, row["item_id"]) in there:
            continue
        number += 1
        due = row["inspected_on"].date() + timedelta(days=days)
        rows.append(
            {
                "case_no": f"WT{round.key}-{number:04}",
                "matter": PROBLEM,
                "unit_id": row["unit_id"],
                "office_id": row["office_id"],
                "visit_no": visit,
                "item_id": row["item_id"],
                **_opening(round, day, due, str(rule["measure"]["zh"])),
            }
        )
    return rows


def days_for(rule: Mapping[str, Any], category: str | None, follow_up: object) -> int | None:
    """Return the days that the rule gives a result (处置期限天数), None where it opens no case.

    >>> rule = {"categories": {"pending": 30}, "follow_up": {"order": 15}}
    >>> days_for(rule, "pending", "order"), days_for(rule, "pending", None), days_for(rule, "none_found", "none")
    (15, 30, None)
    """
    by_choice: Mapping[Any, int] = rule["follow_up"]
    by_category: Mapping[Any, int] = rule["categories"]
    return by_choice.get(follow_up, by_category.get(category))


def _of_ratings(round: Round, before: pd.DataFrame, day: date) -> list[dict[str, Any]]:
    """Bad ratings, each once for each office that went; a case names neither the visit nor the token."""
    there, number = set(before.loc[before["matter"] == RATING, "document_no"]), _last(before, f"PJ{round.key}")
    rows = []
    for one in bad_ratings(round, on=day):
        if one.mark in there:
            continue
        number += 1
        rows.append(
            {
                "case_no": f"PJ{round.key}-{number:04}",
                "matter": RATING,
                "unit_id": None,
                "office_id": one.office_id,
                "document_no": one.mark,
                **_opening(round, day, one.due, one.text),
            }
        )
    return rows


def _opening(round: Round, day: date, due: date, text: str) -> dict[str, Any]:
    return {
        "step": "00",
        "action": OPENED,
        "happened": pd.Timestamp(day),
        "due": pd.Timestamp(max(due, day)),
        "text": text,
        "by": round.city.who,
    }


def _last(before: pd.DataFrame, prefix: str) -> int:
    numbers = before["case_no"].astype("str").str.extract(rf"^{prefix}-([0-9]+)$", expand=False).dropna()
    return max((int(text) for text in numbers), default=0)


def _office(round: Round, office: str) -> str:
    return round.offices[office].name if office in round.offices else office
