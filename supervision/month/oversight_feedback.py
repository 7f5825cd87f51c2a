"""What the inspected say (企业满意度): answers to the visits of a period, by department, in figures alone."""

from __future__ import annotations

import pandas as pd

from supervision.messages import say
from supervision.month import oversight_shares as shares
from supervision.month.feedback_tokens import answers_of
from supervision.month.oversight_period import Period
from supervision.month.round_files import Step
from supervision.notice.report_content import COUNT, NUMBER, SHARE, TEXT, Column, Share, Table
from supervision.results.feedback import RULE, counts
from supervision.tables import tuples

COLUMNS = (
    *(Column(name="name", kind=TEXT), Column(name="answers", kind=COUNT), Column(name="satisfied", kind=SHARE)),
    *(Column(name="mean", kind=NUMBER), Column(name="bad", kind=COUNT)),
)


def answers_in(period: Period) -> pd.DataFrame:
    """Return the answers to a period's visits (报告期评价), a row an office: round, visit_id, agency, rating."""
    found = [
        answers_of(round).assign(round=round.id)[["round", "visit_id", "agency", "rating", "answered"]]
        for round in period.rounds
        if round.has(Step.MATCH)
    ]
    empty = pd.DataFrame(columns=["round", "visit_id", "agency", "rating", "answered"])
    return pd.concat(found, ignore_index=True) if found else empty


def satisfaction(period: Period, answers: pd.DataFrame) -> Table:
    """Return what the inspected say of each department (各部门满意度); those with few answers together."""
    rule = period.city.rules.on(period.city.now().date()).value(RULE)
    codes = period.newest.code_lists
    rows = [
        {
            "name": codes.label("department", agency, "zh") if agency else say("notice.report.few_answers"),
            "answers": number,
            "satisfied": shares.plain(satisfied, number),
            "mean": round(total / number, 2),
            "bad": bad,
        }
        for agency, number, satisfied, bad, total in tuples(counts(answers, rule))
    ]
    return Table(name="satisfaction", columns=COLUMNS, rows=rows)


def satisfied_of(period: Period, answers: pd.DataFrame) -> Share | None:
    """Return the share of answers that were satisfied (满意率), a joint visit once; None without an answer."""
    once = answers.drop_duplicates(["round", "visit_id"])
    if once.empty:
        return None
    rule = period.city.rules.on(period.city.now().date()).value(RULE)
    return shares.plain(int((once["rating"] >= int(rule["satisfied"])).sum()), len(once))
