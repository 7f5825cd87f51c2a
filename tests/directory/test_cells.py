"""What single cells mean, for each dtype, in the writings that offices use."""

from datetime import date

import pytest
from builders import parse

from supervision.directory.register import Column, register
from supervision.errors import SupervisionError

DATES = {
    "2026-01-05": date(2026, 1, 5),
    "2026/1/5": date(2026, 1, 5),
    "2026.01.05": date(2026, 1, 5),
    "2026年1月5日": date(2026, 1, 5),
    "20260105": date(2026, 1, 5),
    "２０２６－０１－０５": date(2026, 1, 5),
    "2026-01-05 00:00:00": date(2026, 1, 5),
    "46027": date(2026, 1, 5),
    "46027.5": date(2026, 1, 5),
    "9999-09-09": date(9999, 9, 9),
    "2958352": date(9999, 9, 9),
    "长期": date(9999, 9, 9),
    "长期有效": date(9999, 9, 9),
    "/": None,
    "无": None,
    " ": None,
}
NOT_DATES = {
    "2026-02-30": "directory.no_such_day",
    "20261301": "directory.no_such_day",
    "2026": "directory.bad_date",
    "26-1-5": "directory.bad_date",
    "2026-01/05": "directory.bad_date",
    "#VALUE!": "directory.formula_error",
}
BOOLEANS = {"是": True, "Y": True, "yes": True, "1": True, "1.0": True, "TRUE": True, "√": True} | {
    "否": False,
    "N": False,
    "0": False,
    "FALSE": False,
    "Ｎ": False,
    "-": None,
}
AMOUNTS = {
    "1,234.50": 1234.5,
    "500万元": 500.0,
    "500": 500.0,
    "５００万": 500.0,
    "¥1,200,000元": 120.0,
    "1.2亿": 12000.0,
    "12.0": 12.0,
    "1E+05": 100000.0,
    "NULL": None,
}
CODES = {"行政处罚": "penalty", "penalty": "penalty", " 行政 处罚 ": "penalty", "PENALTY": "penalty"}
LISTS = {
    "食品，特种": "特种 食品",
    "食品,特种": "特种 食品",
    "食品、特种；食品": "特种 食品",
    "特种 食品": "特种 食品",
    "a|b": "a b",
    "，": None,
    "无": None,
}


def column(kind: str, name: str) -> Column:
    """Return a column of a register."""
    return register(kind).column(name)


@pytest.mark.parametrize(("text", "day"), DATES.items())
def test_dates(text: str, day: date | None) -> None:
    """A date is a date however it is written, and 9999-09-09 means no end."""
    assert parse(column("entities", "licence_until"), text) == day


@pytest.mark.parametrize(("text", "code"), NOT_DATES.items())
def test_dates_that_are_none(text: str, code: str) -> None:
    """What may be read in two ways, or is no day, is refused."""
    with pytest.raises(SupervisionError) as caught:
        parse(column("entities", "licence_until"), text)
    assert caught.value.code == code


@pytest.mark.parametrize(("text", "value"), BOOLEANS.items())
def test_booleans(text: str, value: bool | None) -> None:
    """Yes and no are understood in the usual writings; a dash is a blank."""
    assert parse(column("entities", "above_scale"), text) is value


@pytest.mark.parametrize(("text", "value"), AMOUNTS.items())
def test_amounts(text: str, value: float | None) -> None:
    """Amounts lose their thousands separators and come in the column's unit."""
    assert parse(column("entities", "capital"), text) == value


def test_amount_in_yuan() -> None:
    """A column in yuan reads 万 as ten thousand."""
    assert parse(column("events", "amount"), "1.2万元") == 12000.0


@pytest.mark.parametrize("text", ["500万美元", "abc", "1,23", "--5", "5 000"])
def test_numbers_that_are_none(text: str) -> None:
    """Other currencies and misplaced separators are refused."""
    with pytest.raises(SupervisionError) as caught:
        parse(column("entities", "capital"), text)
    assert caught.value.code == "directory.bad_number"


def test_integers() -> None:
    """A whole number may have zero decimals and separators; bounds hold; halves are refused."""
    employees = column("entities", "employees")
    assert [parse(employees, text) for text in ("12.0", "1,200", "０", "0012")] == [12, 1200, 0, 12]
    for text, code in {"1.5": "not_whole", "-1": "too_small", "1e30": "too_large"}.items():
        with pytest.raises(SupervisionError) as caught:
            parse(employees, text)
        assert caught.value.code == f"directory.{code}"


@pytest.mark.parametrize(("text", "code"), CODES.items())
def test_codes(text: str, code: str) -> None:
    """A code may be written in Chinese or as itself, whatever its spaces and case."""
    assert parse(column("events", "kind"), text) == code


def test_other_codes() -> None:
    """A status may be any word; regions and departments must be on their lists; a result code may end in .0."""
    assert parse(column("entities", "region"), "昆山市") == "320583"
    assert parse(column("items", "department"), "市场监管局") == "market"
    assert parse(column("caps", "agency"), "全部") == "*"
    assert parse(column("entities", "status"), "正常营业") == "正常营业"
    assert parse(column("history", "result"), "12.0") == "12"
    for kind, name, text in (
        ("entities", "region", "3205"),
        ("entities", "region", "110101"),
        ("items", "department", "meteorology"),
        ("items", "department", "全部"),
        ("items", "department", "气象局"),
        ("events", "kind", "?"),
    ):
        with pytest.raises(SupervisionError) as caught:
            parse(column(kind, name), text)
        assert caught.value.code == "directory.bad_choice"


@pytest.mark.parametrize(("text", "value"), LISTS.items())
def test_lists(text: str, value: str | None) -> None:
    """A list has any usual separator and is kept sorted, each value once, with one space between."""
    assert parse(column("entities", "tags"), text) == value


def test_lists_of_codes() -> None:
    """Each value of a list is checked by itself."""
    assert parse(column("items", "method"), "书面检查，实地检查") == "desk on_site"
    assert parse(column("inspectors", "scopes"), "*") == "*"
    assert parse(column("tasks", "partners"), "water affairs, tax customs") == "customs tax water"
    with pytest.raises(SupervisionError):
        parse(column("items", "method"), "书面检查，猜测")


def test_round_written_by_a_spreadsheet() -> None:
    """A month that a spreadsheet made a day of is a month again."""
    where = column("tasks", "round")
    texts = ("2026-12", "2026-12-b", "2026-12-01", "2026年9月", "2026/9", "２０２６-12")
    assert [parse(where, text) for text in texts] == [
        "2026-12",
        "2026-12-b",
        "2026-12",
        "2026-09",
        "2026-09",
        "2026-12",
    ]
    with pytest.raises(SupervisionError) as caught:
        parse(where, "12月")
    assert caught.value.text("en") == "not of the form wanted: like 2026-12 or 2026-12-b"


def test_text() -> None:
    """Text is stripped, NFC, on one line, keeps its full-width signs, and may be as long as a spreadsheet cell."""
    where = column("entities", "name")
    assert parse(where, "　苏州\r\n（中国）\u200b e\u0301 有限公司 ") == "苏州 （中国） é 有限公司"
    assert parse(where, "甲_x000D_\n乙") == "甲 乙"
    assert parse(where, "长" * 32767) == "长" * 32767
    for text, code in {"长" * 32768: "too_long", "a\x07b": "control_character", "#REF!": "formula_error"}.items():
        with pytest.raises(SupervisionError) as caught:
            parse(where, text)
        assert caught.value.code == f"directory.{code}"


def test_ids_keep_their_zeros() -> None:
    """Leading zeros of a staff number are kept, full-width digits become plain."""
    assert parse(column("inspectors", "inspector_id"), "０010") == "0010"


def test_texts_with_their_own_grammar() -> None:
    """Ratios, allocations and populations are read by the law and the sampling stages."""
    assert parse(column("items", "ratio"), " 不低于5％ ") == "不低于5%"
    assert parse(column("tasks", "ratio"), "A=1%;B=5%") == "A=1%;B=5%"
    assert parse(column("tasks", "reserve"), "n=5") == "n=5"
    assert parse(column("tasks", "population"), "type=企业；region=320505,320506") == "type=企业；region=320505,320506"
    for name, text in {"ratio": "A=lots", "population": "weather=fine"}.items():
        with pytest.raises(SupervisionError):
            parse(column("tasks", name), text)


def test_a_task_may_leave_its_ratios_to_the_rule():
    """按规则 in a task's ratio means the rule shared/class_ratio as it stands."""
    column = register("tasks").column("ratio")
    assert [parse(column, text) for text in ("按规则", "rule")] == ["rule", "rule"]


IDS = {"007": "007", "００７": "007", "'007": "007", '="007"': "007", "A-7": "A-7", "7": "7"}
NO_IDS = {
    "007.0": "id_decimal",
    "1.5E5": "scientific",
    "1E+05": "scientific",
    "0010、0011": "bad_form",
    "张三": "bad_form",
}


@pytest.mark.parametrize(("text", "value"), IDS.items())
def test_ids_of_inspectors(text: str, value: str) -> None:
    """Zeros before an id stay, whatever a spreadsheet puts around it to keep it a text."""
    assert parse(column("inspectors", "inspector_id"), text) == value
    assert parse(column("leave", "inspector_id"), text) == value


@pytest.mark.parametrize(("text", "code"), NO_IDS.items())
def test_no_ids_of_inspectors(text: str, code: str) -> None:
    """An id that a spreadsheet made a number of has lost its zeros, and is not guessed."""
    with pytest.raises(SupervisionError) as caught:
        parse(column("inspectors", "inspector_id"), text)
    assert caught.value.code == f"directory.{code}"


@pytest.mark.parametrize("text", ["甲\ufffd公司", "??公司", "演示???"])
def test_characters_lost_in_a_conversion(text: str) -> None:
    """A name with characters that a conversion has lost goes back: it would stand so in public."""
    with pytest.raises(SupervisionError) as caught:
        parse(column("entities", "name"), text)
    assert caught.value.code == "directory.lost_character"
    assert parse(column("entities", "note"), "是否??") == "是否??"
    assert parse(column("entities", "name"), "什么?公司") == "什么?公司"


def test_a_code_and_its_name_together() -> None:
    """A code may stand with its name where both are the same; else neither is taken."""
    result = column("history", "result")
    assert [parse(result, text) for text in ("1 未发现问题", "1-未发现问题", "1、未发现问题")] == ["1", "1", "1"]
    for text in ("2 未发现问题", "6-未发现问题", "1 没问题", "01"):
        with pytest.raises(SupervisionError) as caught:
            parse(result, text)
        assert caught.value.code == "directory.bad_choice"
