"""Scales of professional classes: what shipped rules say, and which shapes are refused by name."""

from datetime import date
from types import SimpleNamespace

import pytest

from supervision.errors import RuleMissing, SupervisionError
from supervision.law.code_lists import CodeLists
from supervision.law.professional_scale import RULE, conflict, field_ratio, scale
from supervision.law.rules import Rules
from supervision.store import shipped_files

SHIPPED = Rules.read(shipped_files.shipped_rules()).on(date(2026, 12, 1))
LEVELS = {"甲": {"as": "A", "per_year": 1, "aliases": ["甲级", "Ⅰ"]}, "乙": {"as": "D", "per_year": None}}
RATIO = {"A": "1%", "B": "2%", "C": "10%", "D": "30%"}


def law(value, *, fields=None, which="stricter"):
    """A law with one field, of this rule."""
    rules = {RULE: {"conflict": which, "fields": {"food": "x/food"} if fields is None else fields}, "x/food": value}
    return SimpleNamespace(value=rules.__getitem__)


def test_shipped_scales():
    """Food A–D with the least inspections a year, devices by grade, ecology by plate, safety by colour; unverified."""
    fields = SHIPPED.value(RULE)["fields"]
    found = {name: [(x.name, x.compares, x.per_year) for x in _levels(name)] for name in fields}
    assert found == {
        "food": [("A", "A", 1), ("B", "B", 1), ("C", "C", 2), ("D", "D", 3)],
        "device": [("一级", "A", None), ("二级", "B", None), ("三级", "C", None), ("四级", "D", 1)],
        "ecology": [("绿牌", "A", None), ("蓝牌", "B", None), ("黄牌", "C", None), ("红牌", "D", None)],
        "hazardous": [("蓝", "A", None), ("黄", "B", None), ("橙", "C", None), ("红", "D", None)],
    }
    assert conflict(SHIPPED) == "stricter"
    assert not any(SHIPPED.entry(path).verified for path in [RULE, *fields.values()])


def _levels(field):
    levels = scale(SHIPPED, field).levels.values()
    return list({level.name: level for level in levels}.values())


def test_eighteen_fields_that_nobody_verified():
    """The code list has eighteen fields, says that they are unverified, and holds every field with a shipped scale."""
    fields = CodeLists.read(shipped_files.shipped_code_lists()).named("credit_field")
    assert len(fields.codes) == 18
    assert not fields.verified
    assert "未经核实" in fields.basis
    assert set(SHIPPED.value(RULE)["fields"]) <= set(fields.codes)


def test_writings():
    """A class is known by its name and aliases, in any width and case; others are not on the scale."""
    levels = scale(law({"classes": LEVELS}), "food")
    assert [levels.level(text).name for text in ("甲", "甲级", " Ⅰ ", "I", "乙")] == ["甲", "甲", "甲", "甲", "乙"]
    assert levels.level("丙") is None
    assert (levels.names, levels.rule, levels.ratio) == (["甲", "乙"], "x/food", {})


def test_a_field_without_a_rule():
    """It is named, with what to write; a rule that is named and has no value is missing."""
    with pytest.raises(SupervisionError) as caught:
        scale(SHIPPED, "drug")
    assert (caught.value.code, caught.value.params["field"]) == ("law.no_scale", "drug")
    with pytest.raises(RuleMissing):
        scale(SHIPPED.at(date(2021, 6, 1)), "device")


def test_ratio_of_a_field():
    """Its own where it has one, none for no field, a field of no rule, or a rule of no ratio."""
    own = law({"classes": LEVELS, "ratio": RATIO})
    assert field_ratio(own, "food") == RATIO
    assert field_ratio(own, "") == field_ratio(own, "drug") == field_ratio(SHIPPED, "food") == {}
    assert field_ratio(SimpleNamespace(value=None), "") == {}


@pytest.mark.parametrize(
    "value",
    [None, {}, {"classes": {}}, {"classes": [1]}, {"classes": LEVELS, "more": 1},
     {"classes": LEVELS, "ratio": {"A": 1}},
     {"classes": {"甲": None}}, {"classes": {"甲": {"as": "E", "per_year": 1}}}, {"classes": {"甲": {"as": "A"}}},
     {"classes": {"甲": {"as": "A", "per_year": -1}}}, {"classes": {"甲": {"as": "A", "per_year": "1"}}},
     {"classes": {"甲": {"as": "A", "per_year": 1, "aliases": "x"}}},
     {"classes": {"甲": {"as": "A", "per_year": 1, "more": 1}}},
     {"classes": {**LEVELS, "丙": {"as": "A", "per_year": 1, "aliases": ["乙"]}}}, {"classes": LEVELS, "ratio": "5%"}],
)  # fmt: skip
def test_scales_of_another_shape_are_refused(value):
    """By the name of the field's rule."""
    with pytest.raises(SupervisionError) as caught:
        scale(law(value), "food")
    assert (caught.value.code, caught.value.params["rule"]) == ("law.scale_shape", "x/food")


@pytest.mark.parametrize(
    "value",
    [None, {}, {"conflict": "milder", "fields": {}}, {"conflict": "stricter", "fields": []},
     {"conflict": "stricter", "fields": {}, "more": 1}],
)  # fmt: skip
def test_a_rule_of_conflicts_of_another_shape(value):
    """By its own name."""
    with pytest.raises(SupervisionError) as caught:
        conflict(SimpleNamespace(value={RULE: value}.__getitem__))
    assert (caught.value.code, caught.value.params["rule"]) == ("law.scale_shape", RULE)


@pytest.mark.parametrize("which", ["stricter", "professional", "general"])
def test_ways_to_resolve(which):
    """The three ways."""
    assert conflict(law({"classes": LEVELS}, which=which)) == which
