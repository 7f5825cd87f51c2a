"""Values of public sources as people give them: options, files of any encoding, names, times."""

from __future__ import annotations

from datetime import date

import pytest
from real_rounds import DRAWN, DRAWS, FIRST, SECOND

from supervision.errors import SupervisionError, UsageError
from supervision.law.rules import Rules
from supervision.messages import Message
from supervision.month import line
from supervision.month.report import Report
from supervision.month.source_file import of_rule, read_source_file, refuse_rows
from supervision.month.source_values import held_times, of_draw, refuse_unknown, source_values
from supervision.sampling.protocol.seeds import Source
from supervision.store.shipped_files import shipped_rules

TABLE = "name,values\nssq-red,06 09 14 20 27 31\nssq-blue,11\n"
READ = {"ssq-red": ["06", "09", "14", "20", "27", "31"], "ssq-blue": ["11"]}


def code_of(call):
    """Return code and parameters of the error that a call raises."""
    with pytest.raises(SupervisionError) as caught:
        call()
    return caught.value.code, caught.value.params


def values_file(name, source):
    """What a file says, refused where rows are wrong in themselves."""
    found = read_source_file(name, source)
    refuse_rows(name, found.faults)
    return found.values


def refused_rows(text):
    """What is told of the rows of a file that is refused."""
    with pytest.raises(UsageError) as caught:
        values_file("sources.csv", text.encode())
    assert (caught.value.code, caught.value.params["count"]) == ("month.sources_refused", len(caught.value.told))
    return [said.text() for said in caught.value.told]


def test_options():
    """NAME=VALUES, blanks around the name, values parted as people do."""
    assert source_values(["ssq-red=06,09 14、20;27+31", " ssq-blue = 11 "]) == READ
    assert source_values([]) == {}


@pytest.mark.parametrize("text", ["ssq-red", "=11", " =11", ""])
def test_an_option_without_a_name_is_refused(text):
    """Name, sign and values: without one of the first two it is not read."""
    assert code_of(lambda: source_values([text])) == ("month.source_malformed", {"value": text})
    assert code_of(lambda: held_times([text])) == ("month.source_malformed", {"value": text})


def test_a_source_given_twice_is_refused():
    """Which of the two would be meant is not guessed, not even where they are the same."""
    assert code_of(lambda: source_values(["a=1", "b=2", "a=1"])) == ("month.source_twice", {"name": "a"})
    told = "第 3 行：信源 a 在第 2 行已经给过。每个信源只能给一次。"
    assert refused_rows("name,values\na,1\na,1\n") == [told]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_file_of_any_encoding_with_remarks(encoding):
    """UTF-8 with and without a mark, GBK, UTF-16; other columns are remarks, blank rows nothing, headers any case."""
    text = "备注,Values,NAME\n开奖公告,06 09 14 20 27 31,ssq-red\n,,\n主办方网站,11,ssq-blue\n"
    assert values_file("sources.csv", text.encode(encoding)) == READ


@pytest.mark.parametrize("head", ["", "name\n", "values\nx\n", "name,value\na,1\n"])
def test_a_file_without_its_columns_is_refused(head):
    """Both columns are needed, and what was found in their place is said."""
    with pytest.raises(SupervisionError) as caught:
        values_file("sources.csv", head.encode())
    assert caught.value.code in ("month.sources_file", "directory.file_empty")


@pytest.mark.parametrize("mark", [",", "\t", ";"])
@pytest.mark.parametrize("head", ["name,values", "信源,数值", "信源名称,信源数值"])
def test_a_file_with_other_marks_and_headers(mark, head):
    """Commas, tabs or semicolons; headers in either language."""
    text = f"{head}\nssq-red,06 09 14 20 27 31\nssq-blue,11\n".replace(",", mark)
    assert values_file("sources.csv", text.encode()) == READ


def test_a_row_without_its_values_is_refused():
    """A row that ends before its values is named, not taken for a source without any."""
    assert refused_rows("name,values\na,1\nb\n") == ["第 3 行：“b”缺少名称或数值。请补全该行或删除。"]


def test_all_faults_of_a_file_are_told_with_row_and_name_as_written():
    """A doubled source hides nothing; blank rows count, as in a spreadsheet; values of later draws bear their names."""
    known = of_rule(Rules.read(shipped_rules()).on(date(2026, 12, 1)).value("shared/draw_source"))
    text = (
        "name,values\nssq-blue,17\n\nssq-red-2,1 2 3\nssq-blue,x\n,5\npl5,1\ndlt-back-3,1 13\ndlt-back,3 03\n"
        "dlt-front-9,1 2 3 4 35\n"
    )
    found = read_source_file("sources.csv", text.encode())
    assert [said.text() for said in found.wrong(known)] == [
        "第 2 行：随机源“ssq-blue”的值“17”不是 1–16 的整数。请核对公告。",
        "第 4 行：随机源“ssq-red-2”应有 6 个数，现为 3 个。请核对公告。",
        "第 5 行：信源 ssq-blue 在第 2 行已经给过。每个信源只能给一次。",
        "第 5 行：随机源“ssq-blue”的值“x”不是 1–16 的整数。请核对公告。",
        "第 6 行：“,5”缺少名称或数值。请补全该行或删除。",
        "第 7 行：没有信源“pl5”。应为：dlt-back dlt-front ssq-blue ssq-red。请核对名称。",
        "第 8 行：随机源“dlt-back-3”的值“13”不是 1–12 的整数。请核对公告。",
        "第 9 行：随机源“dlt-back”的一组数中有重复：3 03。请核对公告。",
    ]
    assert found.values["ssq-blue"] == ["17"]
    assert len(found.wrong(None)) == 2


def test_values_of_each_draw():
    """Plain names are the first draw's, -2 the inspectors', -3 to -9 those of later ones; -10 is part of a name."""
    values = {"a": ["1"], "a-2": ["2"], "a-3": ["3"], "a-4": ["4"], "a-9": ["9"], "a-10": ["5"], "b-2": ["6"]}
    assert of_draw(values, 1) == {"a": ["1"], "a-10": ["5"]}
    assert of_draw(values, 9) == {"a": ["9"]}
    assert of_draw(values, 2) == {"a": ["2"], "b": ["6"]}
    assert of_draw(values, 3) == {"a": ["3"]}
    assert of_draw(values, 4) == {"a": ["4"]}


def test_times_of_issues_held_later():
    """NAME=TIME; the time is checked with the source."""
    assert held_times(["ssq-red=2026-12-03T21:30:00+08:00"]) == {"ssq-red": "2026-12-03T21:30:00+08:00"}


def test_an_unknown_source_is_named_with_the_known_ones():
    """Only the commitment's sources have values."""
    at = {"at": "2026-12-03T21:15:00+08:00"}
    sources = [Source(name=name, issue=name, kind="set", count=1, low=1, high=9, **at) for name in ("a", "b")]
    refuse_unknown({"a": ["1"], "b": ["1"]}, sources)
    assert code_of(lambda: refuse_unknown({"a": ["1"], "c": ["1"]}, sources)) == (
        "month.source_unknown",
        {"name": "c", "known": "a b"},
    )


def test_a_file_and_options_may_not_contradict(at):
    """What sources.csv says and what the command says is the same, or refused by name; the file alone is enough."""
    play = at("committed")
    play.set(DRAWN)
    inputs = play.work / "inputs"
    inputs.mkdir()
    for name in ("rules", "inspectors.csv"):
        (inputs / name).symlink_to(play.inputs / name)
    rows = "".join(f"{name},{' '.join(texts)}\n" for name, texts in (FIRST | SECOND).items())
    (inputs / "sources.csv").write_text(f"name,values\n{rows}", encoding="utf-16")
    with pytest.raises(UsageError) as caught:
        play.month(DRAWS, {"ssq-blue": ["12"]}, inputs=inputs)
    params = {"name": "ssq-blue", "file": inputs / "sources.csv"}
    assert (caught.value.code, caught.value.params) == ("month.values_contradict", params)
    report = play.month(DRAWS, {"ssq-blue": ["11"]}, inputs=inputs)
    assert "month.values_entered" in [said.code for said in report.lines]


def test_what_is_wrong_is_told_after_what_was_done():
    """A month that ends with a refused file says what it did before, and then each row's fault."""
    report, fault = Report(), Message.of("month.source_again", name="a", before=2)
    report.say("month.source_twice", name="b")
    with pytest.raises(UsageError) as caught, line._telling(report):
        refuse_rows("sources.csv", [fault])
    assert caught.value.told == (*report.lines, fault)
