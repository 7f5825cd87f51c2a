"""Feedback on visits (一次一评): tokens that stand for a visit and tell nobody which, and what answers add up to."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

import pandas as pd

RULE = "shared/feedback"
LEAST, MANY = 10**11, 9 * 10**11  # twelve digits, of which the first is none that a spreadsheet drops
ANSWER_COLUMNS = ("visit_id", "agency", "rating", "answered")
COUNT_COLUMNS = ("agency", "answers", "satisfied", "bad", "total")


def token(secret: bytes, round_key: str, visit_id: str) -> str:
    """Return the token of a visit (评价码): twelve digits of HMAC-SHA256, tied to it only by who holds the secret.

    >>> token(bytes(32), "2026-12", "91320505MA1EXAMP07~1")
    '9807-0449-0178'
    """
    told = f"supervision-feedback-1\0{round_key}\0{visit_id}".encode()
    number = LEAST + int.from_bytes(hmac.new(secret, told, hashlib.sha256).digest()) % MANY
    signs = str(number)
    return "-".join((signs[:4], signs[4:8], signs[8:]))


def mark(one: str, office_id: str) -> str:
    """Return by what a case knows its rating (差评标记): it leads to the token only for who has the answers."""
    return hashlib.sha256(f"supervision-rating-1\0{one}\0{office_id}".encode()).hexdigest()[:16]


def counts(answers: pd.DataFrame, rule: Mapping[str, Any]) -> pd.DataFrame:
    """Return answers by department (各部门评价), `COUNT_COLUMNS`; `total` is the sum of ratings.

    `answers`: `ANSWER_COLUMNS`, a row a visit and department. A department with fewer answers than the rule's least is
    told together with the others that have few, under "", so that nobody can be told from a figure; where these are few
    as well, they are left out.
    """
    least = int(rule["least_answers"])
    many = answers.groupby("agency")["rating"].transform("size")
    rows = answers.assign(
        agency=answers["agency"].where(many >= least, ""),
        satisfied=(answers["rating"] >= int(rule["satisfied"])).astype("int64"),
        bad=(answers["rating"] <= int(rule["bad"])).astype("int64"),
    )
    found = rows.groupby("agency", as_index=False).agg(
        answers=("rating", "size"), satisfied=("satisfied", "sum"), bad=("bad", "sum"), total=("rating", "sum")
    )
    found = found[found["answers"] >= least]
    return found.astype(dict.fromkeys(COUNT_COLUMNS[1:], "int64"))[list(COUNT_COLUMNS)].reset_index(drop=True)
