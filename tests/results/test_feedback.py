"""Tokens and figures of feedback: they tell nobody which visit, and nobody from a figure."""

import pandas as pd

from supervision.directory.register import register
from supervision.results.feedback import counts, mark, token

RULE = {"satisfied": 4, "bad": 2, "least_answers": 3}


def test_tokens_are_a_visits_own() -> None:
    """Another secret, round or visit is another token; each is twelve digits that a spreadsheet keeps whole."""
    visits = [f"{number:018}~1" for number in range(2000)]
    made = [token(bytes(32), "2026-12", visit) for visit in visits]
    assert len(set(made)) == 2000
    assert token(b"\x01" * 32, "2026-12", visits[0]) != made[0] != token(bytes(32), "2026-12-b", visits[0])
    column = register("feedback").column("token")
    assert all(len(one) == 14 and one[0] != "0" and one.replace("-", "").isdigit() for one in made)
    assert {one[0] for one in made} == set("123456789")
    assert column.pattern == r"[1-9][0-9]{3}-[0-9]{4}-[0-9]{4}"


def test_a_mark_is_one_of_token_and_office() -> None:
    """The same rating is another case at each office, and the mark does not hold the token."""
    assert len({mark("7312-0458-2290", "a"), mark("7312-0458-2290", "b"), mark("7312-0458-2291", "a")}) == 3
    assert "7312" not in mark("7312-0458-2290", "a")


def test_few_answers_stand_together() -> None:
    """A department with fewer answers than the least is told with the others; where these are few, not at all."""
    rows = [("fire", 5), ("fire", 2), ("food", 3), ("market", 4), ("market", 5), ("market", 1), ("market", 3)]
    answers = pd.DataFrame(rows, columns=["agency", "rating"])
    found = counts(answers, RULE)
    assert [tuple(row) for row in found.itertuples(index=False)] == [("", 3, 1, 1, 10), ("market", 4, 2, 1, 13)]
    assert counts(answers.iloc[1:], RULE)["agency"].tolist() == ["market"]
    assert counts(answers.iloc[:0], RULE).empty
