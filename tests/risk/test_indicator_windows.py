"""Every indicator that looks back: what its last day is, what it counts, and that its sign is that of its evidence."""

from datetime import date, timedelta

import pandas as pd
import pytest
import risk_registers as given

from supervision.risk.features import build_features
from supervision.risk.indicators import INDICATORS
from supervision.risk.transforms import Amount, Count, Decayed, Listed, Worst

ON = date(2025, 6, 30)
ROWS = {row.name: row for row in INDICATORS}
BY_EVENTS = [row for row in INDICATORS if isinstance(row.recipe, Count | Worst | Amount | Decayed)]


def days(months):
    """The window in days."""
    return months * 365 // 12


def feature(name, *, units=({"unit_id": "a"},), events=(), past=(), on=ON):
    """One indicator of the first unit."""
    registers = given.entities(*units), given.events(*events), given.history(*past)
    return build_features(*registers, on=on, outcomes=given.OUTCOMES)[name].iloc[0].item()


def ago(number):
    """A day so many days before."""
    return ON - timedelta(days=number)


@pytest.mark.parametrize("row", BY_EVENTS, ids=lambda row: row.name)
def test_an_event_counts_to_the_end_of_its_window(row):
    """On the last day of the window it counts, a day later no more; another kind never, and not before it is known."""
    kinds = row.recipe.kinds if isinstance(row.recipe, Count) else (row.recipe.kind,)
    for kind in kinds:
        event = {"unit_id": "a", "kind": kind, "severity": 2, "amount": 5000}
        stranger = {**event, "unit_id": "b", "happened": "2015-01-01"}
        last = feature(row.name, events=[{**event, "happened": ago(days(row.window) - 1)}])
        assert last > 0
        assert feature(row.name, events=[{**event, "happened": ago(days(row.window))}]) == 0
        assert feature(row.name, events=[{**event, "happened": ago(5), "known_on": "2025-07-01"}, stranger]) == 0
        assert feature(row.name, events=[{**event, "happened": ago(5), "until": ON}]) == 0
        assert feature(row.name, events=[{**event, "happened": ago(5), "until": ON + timedelta(days=1)}]) >= last
    other = {"unit_id": "a", "kind": "licence", "happened": ago(5)}
    assert feature(row.name, events=[other, stranger]) == 0
    assert feature(row.name, events=[other]) == -1


@pytest.mark.parametrize("row", [row for row in INDICATORS if isinstance(row.recipe, Listed)], ids=lambda row: row.name)
def test_a_list_counts_while_the_unit_is_on_it(row):
    """From the day of the entry to the day before its end."""
    entry = {"unit_id": "a", "kind": row.recipe.kind, "happened": "2010-01-01"}
    assert [feature(row.name, events=[{**entry, "until": end}]) for end in ("2025-07-01", "2025-06-30")] == [1, 0]
    assert feature(row.name, events=[{**entry, "happened": "2025-06-30"}]) == 1


def test_signs():
    """What speaks against a unit may only raise its score, what speaks for it only lower it, facts may do both."""
    free = {"age_months", "type", "above_scale", "industry", "capital_log2", "paid_log2", "employees_log2"}
    assert {row.name for row in INDICATORS if not row.sign} == free | {"tags_number"}
    assert {row.name for row in INDICATORS if row.sign < 0} == {"trustworthy_now", "awards_36m"}


def test_a_complaint_fades_by_half_every_six_months():
    """Whole months of age: 100 in the first, 50 after six, 3 after thirty; they add up."""
    told = [feature("complaints_faded", events=[{"unit_id": "a", "kind": "complaint", "happened": ago(age)}])
            for age in (0, 30, 31, 183, 913, 1094)]  # fmt: skip
    assert told == [100, 100, 89, 50, 3, 2]
    two = [{"unit_id": "a", "kind": "complaint", "happened": ago(age)} for age in (0, 183)]
    assert feature("complaints_faded", events=two) == 150


def visits(*codes, days_ago=10, item="m-1"):
    """Visits of one unit, a day apart."""
    return [
        {"unit_id": "a", "date": ago(days_ago + n), "result": code, "item_id": item} for n, code in enumerate(codes)
    ]


def test_the_rate_of_findings_is_a_rate():
    """(found + .2) of (held + 2): as many findings in more visits are a lower rate; only visits held count."""
    assert feature("problem_rate_36m", past=visits("5")) == 40
    assert feature("problem_rate_36m", past=visits("5", "1", "1", "1")) == 20
    assert feature("problem_rate_36m", past=visits("1", "6")) == 6
    assert feature("problem_rate_36m", past=visits("6")) == -1
    assert feature("problem_rate_36m", past=visits("5", days_ago=1093)) == 40
    assert feature("problem_rate_36m", past=visits("5", days_ago=1095)) == -1


def test_findings_repeated_in_one_item():
    """Two of one item are one repetition, of two items none; the window ends for each."""
    assert feature("repeats_36m", past=visits("5", "5", "5")) == 1
    assert feature("repeats_36m", past=[*visits("5"), *visits("5", item="m-2", days_ago=20)]) == 0
    assert feature("repeats_36m", past=[*visits("5"), *visits("5", days_ago=1094)]) == 1
    assert feature("repeats_36m", past=[*visits("5"), *visits("5", days_ago=1095)]) == 0
    assert feature("repeats_36m", past=[*visits("5"), *visits("1", "6", days_ago=20)]) == 0
    assert feature("repeats_36m", past=visits("6")) == -1
    twice = [*visits("5", "5"), *visits("5", "5", item="m-2", days_ago=20)]
    assert feature("repeats_36m", past=twice) == 2


@pytest.mark.parametrize(
    ("capital", "paid", "due", "unpaid", "overdue"),
    [
        (100, 25, "2025-06-29", 75, 1),
        (100, 25, "2025-06-30", 75, 0),
        (100, 100, "2020-01-01", 0, 0),
        (100, 300, "2020-01-01", 0, 0),
        (100, 99.5, "2020-01-01", 0, 1),
        (3, 2, None, 33, -1),
        (0, 0, "2020-01-01", -1, 0),
        (None, 5, "2020-01-01", -1, -1),
        (5, None, "2020-01-01", -1, -1),
        (10**18, 0, "2020-01-01", 100, 1),
    ],
)
def test_capital_not_paid_in_and_overdue(capital, paid, due, unpaid, overdue):
    """Overdue is who has not paid all after the last day; without both sums nothing is said."""
    unit = {"unit_id": "a", "capital": capital, "paid_capital": paid, "capital_due": due}
    assert feature("unpaid", units=[unit]) == unpaid
    assert feature("capital_overdue", units=[unit]) == overdue


def test_a_common_name_tells_less():
    """Up to twenty of a name count as they are, then fewer the more have it."""

    def same(many):
        units = [{"unit_id": f"u{n}", "legal_rep": "王", "region": "1"} for n in range(many)]
        return feature("same_legal_rep", units=units)

    assert [same(many) for many in (1, 20, 21, 40, 500)] == [1, 20, 19, 10, 1]


def test_tags_are_counted():
    """Words of the column; no tag is none."""
    told = [feature("tags_number", units=[{"unit_id": "a", "tags": tags}]) for tags in ("x y", "x", None)]
    assert told == [2, 1, 0]
    assert pd.isna(given.entities({"unit_id": "a"})["tags"].iloc[0])
