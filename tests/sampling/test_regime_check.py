"""Tasks against their regimes: which regimes a task falls under, and each thing that a regime may ask."""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
import yaml
from builders import task as make_task

from supervision.domain.items import Item
from supervision.errors import SupervisionError
from supervision.law.rules import Law, Rules
from supervision.sampling.frame.regime_check import (
    refuse_below_floor,
    refuse_unlawful,
    regime_problems,
    regimes_of,
)

ITEM = Item(item_id="m1", name="甲检查", department="medicare", kind="key", basis="", ratio="100%", half_days=1,
            inspectors=2, method=("on_site",), content="查价格、查人员", field="food", rule="medicare/own")  # fmt: skip
TASK = make_task(items=("m1",), lead="medicare", regime="random", population="tags=甲,乙;type=企业", level="city")
FLIGHT = {"regime": ["random"], "department": "medicare", "names": ["飞行检查", "飞检"], "levels": ["national"]}


def law(**values: Any) -> Law:
    """A law of rules medicare/<name>."""
    files = {}
    for name, value in values.items():
        entry = {"from": date(2020, 1, 1), "value": value, "basis": "文", "verified": False}
        entry["review_by"] = date(2030, 1, 1)
        body = {"id": f"medicare/{name}", "title": {"zh": name, "en": name}, "unit": "-", "values": [entry]}
        files[f"medicare/{name}.yaml"] = yaml.safe_dump(body, allow_unicode=True).encode()
    return Rules.read(files).on(date(2026, 12, 1))


@pytest.mark.parametrize(
    ("asked", "task", "item", "code"),
    [
        ({}, {}, {}, None),
        ({"regime": ["full", "random"]}, {}, {}, None),
        ({"regime": ["full"]}, {}, {}, "regime_differs"),
        ({"levels": ["national", "city"]}, {}, {}, None),
        ({"levels": ["national"]}, {}, {}, "regime_level"),
        ({"levels": ["national"]}, {"level": ""}, {}, "regime_level"),
        ({"method": ["on_site", "desk"]}, {}, {}, None),
        ({"method": ["desk"]}, {}, {"method": ("desk", "on_site")}, "regime_method"),
        ({"method": ["desk"]}, {}, {"method": ()}, "regime_method"),
        ({"points": ["价格", "人员"]}, {}, {}, None),
        ({"points": ["价格", "账目"]}, {}, {}, "regime_points"),
        ({"people": 2}, {}, {}, None),
        ({"people": 3}, {}, {}, "regime_people"),
        ({"field": "food"}, {}, {}, None),
        ({"field": "device"}, {}, {}, "regime_field"),
        ({"groups": ["甲", "乙"]}, {}, {}, None),
        ({"groups": ["甲", "丙"]}, {}, {}, "regime_groups"),
        ({"groups": ["甲"]}, {"population": "tags!=甲"}, {}, "regime_groups"),
        ({"groups": ["企业"]}, {}, {}, "regime_groups"),
        ({"announced": False}, {"access": "sealed", "disclosure": "after_visit"}, {}, None),
        ({"announced": False}, {"access": "sealed", "disclosure": "before"}, {}, "regime_announced"),
        ({"announced": False}, {"access": "open", "disclosure": "after_visit"}, {}, "regime_announced"),
        ({"published": True}, {"disclosure": "after_visit"}, {}, None),
        ({"published": True}, {"disclosure": "never"}, {}, "regime_published"),
        ({}, {"disclosure": "never"}, {}, None),
        ({"registers": ["permits", "caps"]}, {}, {}, "regime_register"),
    ],
)
def test_what_a_regime_may_ask(asked: Any, task: Any, item: Any, code: str | None) -> None:
    """Each key alone: the task that fulfils it, and the one that does not; the register `caps` is empty here."""
    held, one = dataclasses.replace(TASK, **task), dataclasses.replace(ITEM, **item)
    own = law(own={"regime": ["random"], **asked})
    found = regime_problems(held, [one], own, lambda name: name != "caps")
    assert [problem.code for problem in found] == ([f"sampling.{code}"] if code else [])
    if code in (None, "regime_register"):
        refuse_unlawful(held, [one], own)
        return
    with pytest.raises(SupervisionError) as refused:
        refuse_unlawful(held, [one], own)
    assert refused.value.code == f"sampling.{code}" and "medicare/own" in refused.value.text("en")


@pytest.mark.parametrize(
    ("name", "item", "lead", "found"),
    [
        ("医保基金飞行检查", {}, "medicare", ["medicare/flight", "medicare/own"]),
        ("医保飞检", {}, "medicare", ["medicare/flight", "medicare/own"]),
        ("日常检查", {"name": "飞行检查"}, "medicare", ["medicare/flight", "medicare/own"]),
        ("日常检查", {}, "medicare", ["medicare/own"]),
        ("飞行检查", {"department": "market"}, "market", ["medicare/own"]),
        ("飞行检查", {"department": "market"}, "medicare", ["medicare/flight", "medicare/own"]),
        ("日常检查", {"department": "market", "name": "飞行检查"}, "medicare", ["medicare/own"]),
        ("日常检查", {"rule": ""}, "medicare", []),
    ],
)
def test_which_regimes_a_task_falls_under(name: str, item: Any, lead: str, found: list[str]) -> None:
    """By the rules of its items, and by its name or an item's where the department takes part."""
    one = dataclasses.replace(ITEM, **item)
    own = law(own={"regime": ["random"]}, flight=FLIGHT)
    regimes = regimes_of(dataclasses.replace(TASK, name=name, lead=lead), [one], own)
    assert [regime.path for regime, _ in regimes] == found


def test_a_regime_looks_at_its_own_items_only() -> None:
    """Of a joint task's items only those that name the rule are held to it."""
    other = dataclasses.replace(ITEM, item_id="m2", rule="", inspectors=1)
    own = law(own={"regime": ["random"], "people": 2})
    assert regime_problems(TASK, [ITEM, other], own) == []
    assert [under for _, under in regimes_of(TASK, [ITEM, other], own)] == [[ITEM]]
    both = [ITEM, dataclasses.replace(other, rule="medicare/own")]
    (problem,) = regime_problems(TASK, both, own)
    assert dict(problem.params)["item"] == "m2"


def test_an_item_by_rule_and_name_is_looked_at_once() -> None:
    """A regime that an item names and whose word its name holds has the item once."""
    one = dataclasses.replace(ITEM, name="飞行检查", rule="medicare/flight")
    ((regime, under),) = regimes_of(TASK, [one], law(flight=FLIGHT))
    assert (regime.path, under) == ("medicare/flight", [one])


def test_no_class_is_drawn_below_the_floor() -> None:
    """Exactly the floor will do; one unit in a million less is refused, with stratum and figures."""
    own, units = law(own={"regime": ["random"], "floor": "1%"}), {"A": 200, "B": 100}
    refuse_below_floor(TASK, [ITEM], {"A": Fraction(2), "B": Fraction(1)}, units, own)
    with pytest.raises(SupervisionError) as refused:
        refuse_below_floor(TASK, [ITEM], {"A": Fraction(2), "B": 1 - Fraction(1, 10**6)}, units, own)
    assert {name: dict(refused.value.params)[name] for name in ("stratum", "ratio", "floor")} == {
        "stratum": "B",
        "ratio": "1%",
        "floor": "1%",
    }
    refuse_below_floor(TASK, [dataclasses.replace(ITEM, rule="")], {"A": Fraction(0)}, units, own)
