"""The class by which a task draws: the worst of the unit's classes for the task's items."""

from datetime import date
from fractions import Fraction
from types import SimpleNamespace

import pandas as pd
import pytest

from supervision.domain.items import Item, Task
from supervision.sampling.frame.field_classes import fields_of, only_field, task_scores
from supervision.sampling.frame.strata import quotas_of

SCORES = pd.DataFrame({"unit_id": ["a", "b", "c"], "score": [300, 500, 700], "class": ["A", "B", "D"]})
SCORES = SCORES.astype({"unit_id": "str", "class": "str"})
FIELDS = {"f": "food", "g": "food", "e": "ecology", "x": ""}
RATIO = {"A": "1%", "B": "2%", "C": "10%", "D": "30%"}


def item(name):
    """An item of a field, or of none."""
    return Item(item_id=name, name=name, department="market", kind="key", basis="…", ratio="=1", half_days=1,
                inspectors=2, field=FIELDS[name])  # fmt: skip


ITEMS = {name: item(name) for name in FIELDS}


def task(*items, ratio="rule"):
    """A task of some items."""
    return Task(task_id="T", name="…", round="2026-12", items=items, lead="market", start=date(2026, 12, 1),
                end=date(2026, 12, 31), population="*", regime="random", ratio=ratio, access="sealed",
                disclosure="never")  # fmt: skip


def professional(*rows):
    """What counts for the items of a field: unit, field, class."""
    return pd.DataFrame(rows, columns=["unit_id", "field", "class"]).astype("str")


WORSE = professional(("a", "food", "C"), ("c", "food", "B"), ("a", "ecology", "D"), ("z", "food", "D"))


@pytest.mark.parametrize(
    ("items", "want"),
    [
        (("x",), ["A", "B", "D"]),
        (("f",), ["C", "B", "B"]),
        (("f", "g"), ["C", "B", "B"]),
        (("f", "x"), ["C", "B", "D"]),
        (("e",), ["D", "B", "D"]),
        (("e", "f"), ["D", "B", "D"]),
    ],
)
def test_class_of_a_task(items, want):
    """For items of a field what counts there, else the general class; of several the worst; scores as they were."""
    found = task_scores(task(*items), ITEMS, SCORES, WORSE)
    assert found["class"].tolist() == want
    assert found[["unit_id", "score"]].equals(SCORES[["unit_id", "score"]])
    assert str(found["class"].dtype) == "str"


def test_nobody_is_classed():
    """Without professional classes the scores stand as they are."""
    assert task_scores(task("f"), ITEMS, SCORES, WORSE[:0]) is SCORES


def test_a_unit_without_a_class_stays_without():
    """So that the frame names it."""
    scores = SCORES.assign(**{"class": pd.array(["A", None, "D"], dtype="str")})
    assert task_scores(task("f"), ITEMS, scores, WORSE)["class"].isna().tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("items", "want", "only"),
    [
        (("f", "g"), ["food"], "food"),
        (("x",), [""], ""),
        (("f", "x"), ["", "food"], ""),
        (("f", "e"), ["ecology", "food"], ""),
    ],
)
def test_fields(items, want, only):
    """The fields of a task's items, and the one that all belong to."""
    assert fields_of(task(*items), ITEMS) == want
    assert only_field([ITEMS[name] for name in items]) == only


def test_ratio_of_the_field():
    """A field with ratios of its own draws by them, under ratio "rule" and in splitting one number."""
    own = {"classes": {"A": {"as": "A", "per_year": 1}}, "ratio": {"A": "10%", "B": "10%", "C": "20%", "D": "50%"}}
    rules = {
        "shared/class_ratio": RATIO,
        "shared/professional_class": {"conflict": "stricter", "fields": {"food": "m/food"}},
        "m/food": own,
    }
    law = SimpleNamespace(value=rules.__getitem__)
    units = {"A": 100, "D": 100}
    assert quotas_of(task("f"), units, law=law, field="food") == {"A": Fraction(10), "D": Fraction(50)}
    assert quotas_of(task("f"), units, law=law, field="ecology") == {"A": Fraction(1), "D": Fraction(30)}
    assert quotas_of(task("f"), units, law=law) == {"A": Fraction(1), "D": Fraction(30)}
    assert quotas_of(task("f", ratio="n=12"), units, law=law, field="food") == {"A": Fraction(2), "D": Fraction(10)}
