"""The shape of every rule: what is shipped has it, whatever else stands at a leaf is named or may stand there."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from supervision.errors import RuleMissing, SupervisionError
from supervision.law.assumed import Assumption, assume
from supervision.law.rules import MOST_TOLD, Rules
from supervision.law.shapes.rule_shapes import SHAPES, may_be_none, shape_of, value_faults
from supervision.month.round import Round
from supervision.month.round_files import RuleFiles
from supervision.store import shipped_files

ROOT = Path(__file__).parents[2]
SHIPPED = shipped_files.shipped_rules()
RULES = Rules.read(SHIPPED)
DAY = date(2026, 12, 1)
OTHERS: tuple[Any, ...] = ("many", 7, True, date(2026, 5, 1), ["many"], [], {"many": 7}, {}, None,
                           {date(2026, 1, 1): 7}, [{1: {date(2026, 1, 1): 7}}], 10**20)  # fmt: skip
ENGLISH = re.compile(r"\b(text|integer|list|null|true|false|number|share|day|must|but)\b")

WRONG: dict[str, dict[str, str]] = {
    "shared/yearly_visit_cap": {
        "{same_agency: many, all_agencies: 4}": 'same_agency：应为0 至 1000000 的整数，或 null，现为文字 "many"',
        "{same_agency: 1}": "all_agencies：没有写，应为0 至 1000000 的整数，或 null",
        "{same_agency: 1, all_agencies: 4, kind: [a]}": "kind：不认识这个键",
        "{same_agency: -1, all_agencies: null}": "现为整数 -1",
    },
    "shared/commit_interval": {
        "{hours: 9000}": "hours：应为0 至 8760 的整数，现为整数 9000",
        "{hours: true}": "hours：应为0 至 8760 的整数，现为true",
    },
    "shared/class_ratio": {
        "{A: 1%, B: 2%, C: 10%, D: x}": 'D：应为比例文字（如 "20%"、"1/2"），现为文字 "x"',
    },
    "shared/class_change": {
        "{margin: 1001, most_percent: 1}": "margin：应为0 至 1000 的整数",
    },
    "shared/general_item_limit": {
        "5 mal": '整个取值：应为上限文字（如 "不高于10%"），或 null，现为文字 "5 mal"',
        "不低于5%": "应为上限文字",
    },
    "shared/in_force": {
        "[]": "至少 1 项的列表",
        "[存续, 5]": "[2]：应为文字（不为空），现为整数 5",
    },
    "shared/plan_dates": {
        '{published_by: "02-30", filed_by: "02-29"}': "published_by：应为月日文字",
    },
    "shared/office_hours": {
        '{T1: ["09:00", "25:00"], T2: ["13:00", "17:00"]}': "T1[2]：应为时刻文字",
        '{T1: ["12:00", "09:00"], T2: ["13:00", "17:00"]}': "T1：应为两项的列表",
    },
    "shared/proportion": {
        "{severity: {3: 1}, corrected: [], earlier_months: 2, entries: []}": "severity.3：键应为文字（请加引号）",
    },
    "shared/plan_merge": {
        '{shared_units: "50%", half_days_apart: 1, peak: x}': "peak：应为百分比文字",
    },
    "shared/reserve": {
        "A=1%": "应为比例或数量文字",
    },
    "shared/licence_needed": {
        "[{tag: 餐饮, licence: 5}]": "[1].licence：应为文字",
        "[{licence: food}]": "[1]：应为键和值（键为 tag licence），或 键和值",
    },
    "shared/risk_cutoff": {
        "{shares: {B: 25, C: 8}}": "shares.D：没有写",
    },
    "shared/whitelist_tier": {
        '{low: "0%"}': 'low：应为exclude、off_site 或大于 0 的比例文字（如 "1/2"），现为文字 "0%"',
        "{low: half}": "low：应为exclude、off_site 或大于 0 的比例文字",
    },
    "shared/reduced_contact": {
        "{factor: [1]}": "现为列表 [1]",
    },
    "shared/coverage": {
        "{a: {rule: x, items: [x], population: '*', begins: soon, months: [1]}}": "a.begins：应为日期（如 2026-01-01）",
    },
    "market/vehicle_test": {
        "{regim: [random]}": "regime：没有写",
    },
    "market/own": {
        "{regime: random}": "regime：应为至少 1 项的列表",
        "{classes: {一级: {as: E, per_year: 1}}}": "classes.一级.as：应为A / B / C / D 之一",
        "{coverage: {minimum: {visits: 2, years: 1, counted: rolling}}, note: 5}": "coverage.minimum.visits：应为1",
    },
}


def city(path: str, *values: str) -> dict[str, bytes]:
    """A city's own file of one rule, one value a year from 2024 on."""
    rows = "".join(
        f"  - {{from: {2024 + number}-01-01, value: {value}, basis: b, verified: true, review_by: 2030-01-01}}\n"
        for number, value in enumerate(values)
    )
    return {f"{path}.yaml": f"id: {path}\ntitle: {{zh: 名, en: name}}\nunit: x\nvalues:\n{rows}".encode()}


def leaves(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of all values inside a value, itself among them."""
    yield place
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from leaves(part, (*place, key))


def with_leaf(value: Any, place: tuple[Any, ...], other: Any) -> Any:
    """A value with another one at a place inside it."""
    if not place:
        return other
    copy = value.copy()
    copy[place[0]] = with_leaf(value[place[0]], place[1:], other)
    return copy


def shown_values() -> list[tuple[str, Any]]:
    """Every value of a shipped rule, and every example that is shown for one that is missing."""
    found = [(path, entry.value) for path, rule in RULES.rules.items() for entry in rule.entries]
    found += [(path, rule.example) for path, rule in RULES.rules.items()]
    return [(path, value) for path, value in found if value is not None]


def read_by_the_code() -> set[str]:
    """Every path of a rule that stands as a text in the program."""
    found = set()
    folders = {path.partition("/")[0] for path in RULES.rules}
    known = re.compile(rf"({'|'.join(folders)})/[a-z_]+")
    for file in (ROOT / "supervision").rglob("*.py"):
        if file.name == "texts.py" or "shapes" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and known.fullmatch(node.value):
                found.add(node.value)
    return found


def test_every_rule_has_a_shape() -> None:
    """Each shipped rule and each rule that the program names has a shape, and no shape is of a rule that is gone."""
    values = {path: [entry.value for entry in rule.entries] for path, rule in RULES.rules.items()}
    assert [path for path in values if shape_of(path, values[path]) is None] == []
    assert read_by_the_code() - values.keys() == set()
    assert set(SHAPES) - values.keys() == set()


@pytest.mark.parametrize(("path", "value"), shown_values(), ids=lambda one: one if isinstance(one, str) else "")
def test_whatever_stands_at_a_leaf_is_named_or_may_stand_there(path: str, value: Any) -> None:
    """Of another type at any place of a shipped value: the fault is told with its place, or the shape holds it."""
    beside = [entry.value for entry in RULES.rules[path].entries]
    assert list(value_faults(path, value, beside=beside)) == []
    refused = 0
    for place in leaves(value):
        for other in OTHERS:
            faults = list(value_faults(path, with_leaf(value, place, other), beside=beside))
            refused += bool(faults)
            for fault in faults:
                zh, en = fault.text("zh"), fault.text("en")
                assert zh and en and zh != en
                named = [str(step) if isinstance(step, str) else f"[{step + 1}]" for step in place[:1]]
                assert all(name in zh for name in named) or "整个取值" in zh
    assert refused


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [(path, value, named) for path, values in WRONG.items() for value, named in values.items()],
)
def test_a_wrong_value_is_named_when_rules_are_read(path: str, value: str, named: str) -> None:
    """File, version, key, what is asked and what stands there are named, in Chinese without English words of types."""
    with pytest.raises(SupervisionError) as caught:
        Rules.read(SHIPPED, city(path, value))
    assert caught.value.code == "law.shapes.wrong"
    said = caught.value.text("zh")
    assert f"rules/{path}.yaml（自 2024-01-01 起的取值）" in said
    assert named in said
    wanted = said.replace(value, "")
    for quoted in re.findall(r'"[^"]*"', wanted):
        wanted = wanted.replace(quoted, "")
    assert set(ENGLISH.findall(wanted)) <= {"null", "true", "false"}
    assert "value from 2024-01-01" in caught.value.text("en")


@pytest.mark.parametrize("key", ["basis", "review_by", "value"])
def test_a_day_as_a_key_is_named(key: str) -> None:
    """YAML takes a day for a key as well; what stands there is told like anything else."""
    terms = {"value": "5", "basis": "b", "review_by": "2030-01-01", "verified": "true", key: "{2026-01-01: a}"}
    row = ", ".join(f"{name}: {text}" for name, text in terms.items())
    file = f"id: shared/quiet_days\ntitle: {{zh: 名, en: name}}\nunit: x\nvalues:\n  - {{from: 2024-01-01, {row}}}\n"
    with pytest.raises(SupervisionError) as caught:
        Rules.read(SHIPPED, {"shared/quiet_days.yaml": file.encode()})
    assert "2026-01-01" in caught.value.text("zh") and "rules/shared/quiet_days.yaml" in caught.value.text("zh")


def test_all_faults_of_all_files_and_versions_are_told_at_once() -> None:
    """Every version is looked at, not only the one in force; what would fill a screen is cut and counted."""
    files = city("shared/commit_interval", "{hours: a}", "{hours: 24}", "{hours: b}") | city("shared/roles", "5")
    with pytest.raises(SupervisionError) as caught:
        Rules.read(SHIPPED, files)
    said = caught.value.text("zh")
    assert [said.count(text) for text in ("自 2024-01-01", "自 2025-01-01", "自 2026-01-01")] == [2, 0, 1]
    many = ", ".join(["5"] * (MOST_TOLD + 3))
    with pytest.raises(SupervisionError) as caught:
        Rules.read(SHIPPED, city("shared/roles", f"[{many}]"))
    assert "另有 3 处" in caught.value.text("zh")
    assert f"[{MOST_TOLD}]：" in caught.value.text("zh")
    assert f"[{MOST_TOLD + 1}]：" not in caught.value.text("zh")


def test_a_rule_can_be_repealed() -> None:
    """Null is read for every rule; a step that cannot do without it stops and names file and day."""
    law = Rules.read(SHIPPED, city("shared/commit_interval", "null") | city("shared/yearly_visit_cap", "null")).on(DAY)
    assert law.value("shared/yearly_visit_cap") is None
    assert may_be_none("market/nobody_reads_this")
    assert law.entry("shared/commit_interval").value is None or law.entry("shared/commit_interval").origin == "shipped"
    with pytest.raises(RuleMissing) as caught:
        Rules.read(city("shared/commit_interval", "null")).on(DAY).value("shared/commit_interval")
    assert caught.value.code == "law.rules.repealed"
    assert "rules/shared/commit_interval.yaml" in caught.value.text("zh")


def test_what_a_round_keeps_is_read_as_it_is() -> None:
    """Nobody can correct the files that a round froze: the shapes of their values are not looked at again."""
    files = city("shared/yearly_visit_cap", '{same_agency: "1", all_agencies: null}')
    assert Rules.read(SHIPPED, files, frozen=True).on(DAY).value("shared/yearly_visit_cap")["same_agency"] == "1"
    with pytest.raises(SupervisionError, match="same_agency"):
        Rules.read(SHIPPED, files)
    kept = RuleFiles(shipped=SHIPPED, city=files)
    today = SimpleNamespace(rule_files=RuleFiles(shipped=SHIPPED, city={}), rules=RULES)
    round = SimpleNamespace(holds=lambda _: True, read=lambda _: kept, city=today)
    assert Round.rules.func(round).city == files  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["shared/commit_interval={hours: many}", "shared/commit_interval.hours=many"])
def test_an_assumed_value_has_the_shape_too(text: str) -> None:
    """What somebody asks "what if" of is looked at as if it stood in a file."""
    with pytest.raises(SupervisionError) as caught:
        assume(RULES, [Assumption.parse(text)], on=DAY)
    assert '假设的规则 shared/commit_interval hours：应为0 至 8760 的整数，现为文字 "many"' in caught.value.text("zh")


@pytest.mark.parametrize("folder", ["data/presets", "examples/rules", "benchmarks/chicago/rules"])
def test_rules_of_presets_and_examples_have_their_shapes(folder: str) -> None:
    """What is handed out to be copied can be read."""
    values = [
        (path, row["value"])
        for file in sorted((ROOT / folder).rglob("*.yaml"))
        if file.parent.name != "code_lists"
        for raw in [yaml.safe_load(file.read_text(encoding="utf-8"))]
        for path, rows in (raw["rules"] if "rules" in raw else {raw["id"]: raw["values"]}).items()
        for row in rows
    ]
    assert values
    assert [fault.text() for path, value in values for fault in value_faults(path, value)] == []
