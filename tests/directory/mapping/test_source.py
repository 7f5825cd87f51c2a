"""Mappings as files: what may stand in them, and how each mistake is told."""

from __future__ import annotations

import pytest

from supervision.directory.mapping.definition import mapped_register
from supervision.directory.mapping.overrides import Overrides, with_overrides
from supervision.directory.mapping.source import SourceMapping, read_mapping, to_yaml
from supervision.directory.mapping.values import refuse_values
from supervision.errors import SupervisionError
from supervision.law.code_lists import CodeLists
from supervision.law.strict_yaml import WHOLE_FILE
from supervision.store import shipped_files

LISTS = CodeLists.read(shipped_files.shipped_code_lists())
WHOLE = """
kind: events
columns:
  行政相对人名称: unit_name
  罚款金额: amount 万元
  2025: result
  备注: null
set:
  kind: penalty
  severity: 2
  until: 2027-01-01
  known_on: "@happened"
  withdrawn: false
units:
  某某饭店: 91320507YY49M3021Y
"""


def fault(text: str) -> tuple[str, dict[str, object]]:
    """Return the code and the parameters of the error that a mapping gives."""
    with pytest.raises(SupervisionError) as error:
        refuse_values(read_mapping("m.yaml", text.encode()), LISTS, file="m.yaml")
    return error.value.code, dict(error.value.params)


def test_a_mapping_is_read_as_it_is_written():
    """Headers may be numbers, values numbers, days and truth values; null leaves a column out."""
    mapping = read_mapping("m.yaml", WHOLE.encode())
    assert mapping == SourceMapping(
        kind="events",
        columns={"行政相对人名称": "unit_name", "罚款金额": "amount", "2025": "result", "备注": ""},
        amounts={"罚款金额": "万元"},
        set={
            "kind": "penalty",
            "severity": "2",
            "until": "2027-01-01",
            "known_on": "@happened",
            "withdrawn": "false",
        },
        units={"某某饭店": "91320507YY49M3021Y"},
    )
    refuse_values(mapping, LISTS, file="m.yaml")


def test_what_is_written_out_reads_the_same():
    """Quotes, colons and line signs in a header do not matter; results and words, units and their file stay apart."""
    odd = '列"名: 一\\'
    for mapping in (
        SourceMapping(kind="caps"),
        SourceMapping(
            kind="history",
            columns={odd: "date", "x": ""},
            set={"item_id": "0010"},
            words={"result": {"是": "1"}, "kind": {"a: b": "routine"}},
            units={"甲 @ 一号": "91320507YY49M3021Y"},
        ),
        SourceMapping(kind="history", units_file="名单.xlsx"),
    ):
        assert read_mapping("m.yaml", to_yaml(mapping)) == mapping
        assert to_yaml(read_mapping("m.yaml", to_yaml(mapping))) == to_yaml(mapping)


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("- kind: history", "law.yaml.shape", {"file": "m.yaml", "key": WHOLE_FILE}),
        ("just words", "law.yaml.shape", {"key": WHOLE_FILE}),
        ("kind: [", "law.yaml.malformed", {"file": "m.yaml"}),
        ("columns: {}", "law.yaml.key_missing", {"key": "kind"}),
        ("kind: history\ncolumn: {}", "law.yaml.key_unknown", {"key": "column"}),
        ("kind: history\nkind: events", "law.yaml.key_twice", {"key": "kind", "line": 2}),
        ("kind: history\ncolumns: [a]", "law.yaml.shape", {"key": "columns"}),
        ("kind: history\ncolumns: {a: [date]}", "law.yaml.shape", {"key": "a"}),
        ("kind: history\nset: {item_id: 1.5}", "law.yaml.decimal", {"value": "1.5"}),
        ("kind: visits", "directory.mapping_kind", {"kind": "visits"}),
        ("kind: results", "directory.mapping_kind", {"kind": "results"}),
        ("kind: history\ncolumns: {a: dat}", "directory.mapping_field", {"field": "dat", "closest": "date"}),
        ("kind: entities\ncolumns: {a: unit_name}", "directory.mapping_field", {"field": "unit_name"}),
        ("kind: history\nset: {items: x}", "directory.mapping_field", {"field": "items"}),
        ("kind: history\nwords: {colour: {a: b}}", "directory.mapping_field", {"field": "colour"}),
        ("kind: events\nresults: {合格: 1}", "directory.mapping_no_results", {"kind": "events"}),
        (
            "kind: history\ncolumns: {甲: date, 乙: date}",
            "directory.mapping_two_columns",
            {"field": "date", "headers": "“甲”、“乙”"},
        ),
        (
            "kind: history\ncolumns: {甲: date}\nset: {date: 2025-01-01}",
            "directory.mapping_read_and_set",
            {"field": "date", "header": "甲"},
        ),
        ("kind: history\nset: {unit_id: 1}", "directory.mapping_set_key", {"field": "unit_id"}),
        ('kind: history\nset: {known_on: "@dat"}', "directory.mapping_field", {"field": "dat"}),
        (
            'kind: history\nset: {known_on: "@date", date: 2025-01-01}',
            "directory.mapping_set_of_set",
            {"field": "known_on", "other": "date"},
        ),
        ("kind: history\nset: {kind: dancing}", "directory.mapping_value", {"field": "kind", "value": "dancing"}),
        ("kind: events\nset: {happened: soon}", "directory.mapping_value", {"field": "happened"}),
        ("kind: history\nresults: {需复查: 99}", "directory.mapping_value", {"field": "result", "value": "99"}),
        ("kind: history\nresults: {需复查: }", "law.yaml.shape", {"key": "需复查"}),
        ("kind: events\ncolumns: {a: amount 美元}", "directory.mapping_unit", {"unit": "美元"}),
        ("kind: events\ncolumns: {a: result 万元}", "directory.mapping_unit", {"field": "result"}),
    ],
)
def test_each_mistake_has_its_error(text, code, told):
    """What is wrong is named: the key, the field, the columns, the value, in both languages."""
    found, params = fault(text)
    assert found == code
    assert {name: params[name] for name in told} == told
    error = SupervisionError(found, **params)
    assert error.text("zh") != error.text("en")


def test_headers_that_are_written_alike_and_personal_columns_are_refused():
    """Space, width and case make no difference between headers; an identity number is never read as anything."""
    for columns, code in (
        ("{检查 日期: date, 检查日期: known_on}", "directory.mapping_column_twice"),
        ("{身份证号: cert_no}", "directory.mapping_private"),
    ):
        kind = "inspectors" if "cert" in columns else "history"
        with pytest.raises(SupervisionError) as error:
            mapped_register(read_mapping("m.yaml", f"kind: {kind}\ncolumns: {columns}".encode()), file="m.yaml")
        assert error.value.code == code


def changed(mapping: SourceMapping, **told: list[str]) -> SourceMapping:
    """Return a mapping with options of the command line."""
    return with_overrides(mapping, Overrides(**told))


def test_options_go_before_the_file():
    """A field leaves the column or the value that it had; a column may be left out; = in a header stays."""
    base = SourceMapping(kind="history", columns={"甲": "date", "乙": "result"}, set={"kind": "routine"})
    assert changed(base, maps=["丙=date"]).columns == {"乙": "result", "丙": "date"}
    assert changed(base, maps=["乙="]).columns == {"甲": "date", "乙": ""}
    assert changed(base, maps=["a=b=date"]).columns == {"乙": "result", "a=b": "date"}
    assert changed(base, maps=["丙=kind"]).set == {}
    assert changed(base, sets=["date=2025-01-01"]).columns == {"乙": "result"}
    assert changed(base, sets=["trigger=a=b"]).set == {"kind": "routine", "trigger": "a=b"}
    assert changed(base, results=["合 格=1", "a=b=2"]).words == {"result": {"合 格": "1", "a=b": "2"}}
    money = SourceMapping(kind="events", columns={"罚款": "amount"}, amounts={"罚款": "万元"})
    assert changed(money, maps=["罚款=amount"]).amounts == {}
    assert changed(money, maps=["罚金=amount 元"]).amounts == {"罚金": "元"}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"maps": ["date"]}, "directory.mapping_override"),
        ({"maps": ["=date"]}, "directory.mapping_override"),
        ({"sets": ["kind="]}, "directory.mapping_override"),
        ({"results": ["合格="]}, "directory.mapping_override"),
        ({"maps": ["甲=date", "乙=date"]}, "directory.mapping_two_columns"),
        ({"maps": ["甲=date", "甲=result"]}, "directory.mapping_column_twice"),
        ({"maps": ["甲=day"]}, "directory.mapping_field"),
        ({"sets": ["colour=red"]}, "directory.mapping_field"),
        ({"maps": ["甲=kind"], "sets": ["kind=routine"]}, "directory.mapping_read_and_set"),
    ],
)
def test_options_that_cannot_be(told, code):
    """They are refused like the same words in a file."""
    with pytest.raises(SupervisionError) as error:
        changed(SourceMapping(kind="history"), **told)
    assert error.value.code == code
