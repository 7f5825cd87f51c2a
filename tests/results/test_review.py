"""Review of results: what counts, what waits, who may decide; on small tables."""

import pandas as pd
import pytest

from supervision.results.review import (
    DECISION_COLUMNS,
    SUBMITTED_COLUMNS,
    accepted_versions,
    chosen,
    objection,
    unreviewed,
)

DECIDED = [
    ("a~1", "food", "2027-01-12/00", "accepted", "", "qian", "2027-01-15"),
    ("a~1", "fire", "2027-01-12/00", "sent_back", "日期有误", "qian", "2027-01-15"),
    ("b~1", "food", "2027-01-12/00", "accepted", "", "qian", "2027-01-16"),
    ("c~1", "food", "2027-01-12/00", "sent_back", "漏填", "qian", "2027-01-15"),
    ("c~1", "food", "2027-01-12/00", "accepted", "", "zhao", "2027-01-17"),
]
VERSIONS = [
    ("a~1", "fire", "1", "2027-01-12", None),
    ("a~1", "food", "1", "2027-01-12", None),
    ("b~1", "food", "1", "2027-01-12", None),
    ("b~1", "food", "8", "2027-01-16", "01"),
    ("c~1", "food", "1", "2027-01-12", None),
    ("d~1", "food", "1", "2027-01-13", None),
]


def versions():
    """All versions on record, in order."""
    frame = pd.DataFrame(VERSIONS, columns=["visit_id", "item_id", "result", "known_on", "correction"])
    return frame.assign(
        known_on=frame["known_on"].astype("datetime64[s]"), correction=frame["correction"].astype("str")
    )


def decisions(rows=DECIDED):
    """What was decided, in order."""
    return pd.DataFrame(rows, columns=list(DECISION_COLUMNS), dtype="str")


def submitted():
    """Who entered what; of one version nobody is on record."""
    rows = [(v, i, f"{day}/{number or '00'}", "sun", day) for v, i, _, day, number in VERSIONS if v != "d~1"]
    return pd.DataFrame(rows, columns=list(SUBMITTED_COLUMNS), dtype="str")


def test_a_version_counts_from_the_day_of_the_yes() -> None:
    """Accepted versions alone, each known from the day somebody accepted it; a correction that waits is not there."""
    found = accepted_versions(versions(), decisions())
    rows = zip(found["visit_id"], found["item_id"], found["result"], found["known_on"].astype("str"), strict=True)
    assert list(rows) == [
        ("a~1", "food", "1", "2027-01-15"),
        ("b~1", "food", "1", "2027-01-16"),
        ("c~1", "food", "1", "2027-01-17"),
    ]
    assert list(found.columns) == list(versions().columns)
    assert accepted_versions(versions(), decisions([])).empty


def test_only_the_latest_version_waits() -> None:
    """A correction waits although the first version counts; what was sent back says by whom and why."""
    found = unreviewed(versions(), submitted(), decisions())
    names = ["visit_id", "item_id", "version", "state", "recorded_by", "reason", "sent_back_by"]
    assert [tuple(row) for row in found[names].itertuples(index=False)] == [
        ("a~1", "fire", "2027-01-12/00", "sent_back", "sun", "日期有误", "qian"),
        ("b~1", "food", "2027-01-16/01", "waiting", "sun", "", ""),
        ("d~1", "food", "2027-01-13/00", "waiting", "", "", ""),
    ]


def test_names_mean_a_visit_or_one_item_of_it() -> None:
    """A visit's name takes all its rows, with an item behind it that one; what means nothing is named."""
    rows = versions().drop_duplicates(["visit_id", "item_id"])
    found, unknown = chosen(rows, ["a~1", "b~1/food", "e~1", "b~1/fire"])
    assert list(zip(found["visit_id"], found["item_id"], strict=True)) == [
        ("a~1", "fire"),
        ("a~1", "food"),
        ("b~1", "food"),
    ]
    assert unknown == ["e~1", "b~1/fire"]


@pytest.mark.parametrize(
    ("by", "who", "among", "code"),
    [
        ("", "qian", None, "results.review_unsubmitted"),
        ("sun", "SUN ", None, "results.review_own"),
        ("sun", "qian", "results.own_reviewer", "results.review_inspector"),
        ("sun", "qian", None, None),
    ],
)
def test_who_may_decide(by, who, among, code) -> None:
    """Nobody where nobody submitted it; not who did, however it is written; not who went there."""
    said = objection(
        pd.Series({"visit_id": "a~1", "item_id": "food", "recorded_by": by}), who=who, among_inspectors=among
    )
    assert (said.code if said else None) == code
