"""General and professional class: which counts, which of them decided, and who was visited too seldom."""

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.risk.professional import COLUMNS, counted, in_force, resolved, short_of_duty

ON = date(2026, 11, 30)
FOOD = {
    "classes": {"A": {"as": "A", "per_year": 1}, "B": {"as": "B", "per_year": None}, "D": {"as": "D", "per_year": 3}}
}
PLATES = {"classes": {"绿": {"as": "A", "per_year": None}, "红": {"as": "D", "per_year": 2}}}


def law(which="stricter"):
    """Two fields with scales."""
    rules = {
        "shared/professional_class": {"conflict": which, "fields": {"food": "m/food", "ecology": "e/plates"}},
        "m/food": FOOD,
        "e/plates": PLATES,
    }
    return SimpleNamespace(value=rules.__getitem__)


def register(*rows):
    """The professional register; unit, field, class, first day, last day."""
    frame = pd.DataFrame(rows, columns=["unit_id", "field", "class", "from_date", "until_date"])
    dates = {name: pd.to_datetime(frame[name]).astype("datetime64[s]") for name in ("from_date", "until_date")}
    return frame.assign(**dates).astype(dict.fromkeys(("unit_id", "field", "class"), "str"))


SCORES = pd.DataFrame({"unit_id": ["a", "b", "c", "d"], "class": ["A", "C", "B", "D"]}).astype("str")
ROWS = register(
    ("a", "food", "D", "2026-01-01", None),
    ("b", "food", "B", "2026-01-01", None),
    ("c", "food", "B", "2026-01-01", None),
    ("a", "ecology", "绿", "2026-01-01", None),
    ("z", "food", "A", "2026-01-01", None),
)


@pytest.mark.parametrize(
    ("which", "want"),
    [
        ("stricter", [("D", "professional"), ("C", "general"), ("B", "both"), ("A", "both")]),
        ("professional", [("D", "professional"), ("B", "professional"), ("B", "both"), ("A", "both")]),
        ("general", [("A", "general"), ("C", "general"), ("B", "both"), ("A", "both")]),
    ],
)
def test_which_class_counts(which, want):
    """Field by field, as the rule says; who is not scored is left out."""
    table = resolved(ROWS, SCORES, on=ON, law=law(which)).set_index(["unit_id", "field"])
    order = [("a", "food"), ("b", "food"), ("c", "food"), ("a", "ecology")]
    assert len(table) == 4
    assert [tuple(row) for row in table.loc[order, ["class", "decided_by"]].to_numpy()] == want
    assert table.loc[order, "professional"].tolist() == ["D", "B", "B", "绿"]
    assert table.loc[order, "compares"].tolist() == ["D", "B", "B", "A"]
    assert table.loc[order, "general"].tolist() == ["A", "C", "B", "A"]


def test_no_professional_classes():
    """Nothing is asked of the law, and the table has its columns."""
    table = resolved(ROWS[:0], SCORES, on=ON, law=SimpleNamespace())
    assert (list(table), len(table)) == (COLUMNS, 0)
    assert counted(table).columns.tolist() == [*COLUMNS[1:], "units"]


@pytest.mark.parametrize(
    ("rows", "want"),
    [
        ([("a", "food", "A", "2026-11-30", "2026-11-30")], ["A"]),
        ([("a", "food", "A", "2026-12-01", None)], []),
        ([("a", "food", "A", "2026-01-01", "2026-11-29")], []),
        ([("a", "food", "D", "2026-06-01", None), ("a", "food", "A", "2026-01-01", None)], ["D"]),
        ([("a", "food", "D", "2026-06-01", "2026-10-01"), ("a", "food", "A", "2026-01-01", None)], ["A"]),
        ([("a", "food", "D", "2026-06-01", None), ("b", "food", "A", "2026-01-01", None)], ["D", "A"]),
        ([("a", "food", "D", "2026-06-01", None), ("a", "ecology", "绿", "2026-01-01", None)], ["绿", "D"]),
    ],
)
def test_in_force(rows, want):
    """From its first day to its last; of several the one that began last."""
    assert in_force(register(*rows), on=ON)["class"].tolist() == want


def test_a_class_off_its_scale():
    """It is named with field, rule, a unit and the scale."""
    rows = register(("a", "food", "C", "2026-01-01", None), ("b", "food", "C", "2026-01-01", None))
    with pytest.raises(SupervisionError) as caught:
        resolved(rows, SCORES, on=ON, law=law())
    assert caught.value.code == "risk.off_scale"
    assert caught.value.params == {
        "field": "food", "name": "C", "rule": "m/food", "unit": "a", "units": 2, "known": "A B D",
    }  # fmt: skip


def test_counted():
    """Units by field and classes."""
    table = resolved(ROWS, SCORES, on=ON, law=law())
    assert counted(table).to_numpy().tolist() == [
        ["ecology", "绿", "A", "A", "A", "both", 1],
        ["food", "B", "B", "B", "B", "both", 1],
        ["food", "B", "B", "C", "C", "general", 1],
        ["food", "D", "D", "A", "D", "professional", 1],
    ]


def test_short_of_duty():
    """Visits of the year for items of the field, those of one day once, against the number of the class."""
    table = resolved(
        register(
            ("a", "food", "D", "2026-01-01", None),
            ("b", "food", "D", "2026-01-01", None),
            ("c", "food", "A", "2026-01-01", None),
            ("d", "food", "B", "2026-01-01", None),
            ("d", "ecology", "红", "2026-01-01", None),
        ),
        SCORES,
        on=ON,
        law=law(),
    )
    visits = [
        ("a", "f-1", "2026-01-01"), ("a", "f-2", "2026-02-01"), ("a", "f-1", "2026-03-01"),
        ("b", "f-1", "2026-01-01"), ("b", "f-2", "2026-01-01"), ("b", "x", "2026-03-01"), ("b", "f-1", "2026-04-01"),
        ("c", "f-1", "2025-12-31"), ("d", "f-1", "2026-05-01"), ("d", "e-1", "2026-05-01"), ("d", "e-1", "2026-06-01"),
    ]  # fmt: skip
    history = pd.DataFrame(visits, columns=["unit_id", "item_id", "date"])
    history["date"] = pd.to_datetime(history["date"]).astype("datetime64[s]")
    items = {"f-1": "food", "f-2": "food", "e-1": "ecology"}
    short = short_of_duty(table, history, items, on=ON, law=law())
    assert short.to_numpy().tolist() == [
        ["ecology", "红", 2, 1, 0], ["food", "A", 1, 1, 1], ["food", "D", 3, 2, 1],
    ]  # fmt: skip
