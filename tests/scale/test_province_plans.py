"""The plan of a province's months: what is refused before anything is run, and what a check says of the stores."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import yaml

from supervision.desk import previews
from supervision.errors import UsageError
from supervision.messages import Message
from supervision.month.agency_months import AgencyOutcome
from supervision.month.agency_plans import AskedOfAll, read_months
from supervision.month.agency_sources import refuse_wrong
from supervision.month.agency_standing import OLDER, AgencyStanding
from supervision.month.agency_values import with_values
from supervision.month.city import BEIJING
from supervision.sampling.protocol.seeds import Source
from supervision.store.connection import desk_place, files_folder
from supervision.store.shipped_files import shipped_rules
from supervision.store.store import Store

ROUND = "2026-12"
HEADER = "机构,数据库,数据目录,公示目录,是否演练"
ASKED = AskedOfAll(round_id=ROUND, rehearsal=True, own_ids=False, accept_unverified="", who="it")


@pytest.fixture
def province(tmp_path: Path) -> Path:
    """Return a province's folder: three agencies with empty inputs."""
    for name in "abc":
        (tmp_path / name / "inputs").mkdir(parents=True)
    return tmp_path


def row(name: str, **other: str) -> str:
    """Return a row of the plan; an agency is called as its folder."""
    cells = {"agency": name, "store": f"{name}/agency.db", "inputs": f"{name}/inputs", "out": f"{name}/out"}
    return ",".join({**cells, "rehearsal": "", **other}.values())


def write_plan(province: Path, *rows: str, header: str = HEADER) -> Path:
    """Write a plan."""
    place = province / "plan.csv"
    place.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return place


def faults(plan: Path, result: Path | None = None) -> list[str]:
    """Return the beginnings of all faults that a plan is refused for, as far as the colon."""
    with pytest.raises(UsageError) as raised:
        read_months(plan, ASKED, result=result)
    assert raised.value.code == "month.province_refused"
    return [told.text() for told in raised.value.told]


def cells(told: list[str]) -> list[str]:
    """Return which cells faults are of."""
    return sorted(text.partition("“")[0] for text in told)


# every cell of every row


@pytest.mark.parametrize(
    ("bad", "cell"),
    [
        ({"agency": ""}, "机构"),
        ({"rehearsal": "maybe"}, "是否演练"),
        ({"rehearsal": "#REF!"}, "是否演练"),
    ],
)
def test_a_bad_cell_hides_no_other(province: Path, bad: dict, cell: str) -> None:
    """A row with one bad cell: its other cells are checked alone and against other rows, before it and after."""
    rows = (row("b", store="c/agency.db"), row("a", inputs="nowhere", **bad), row("c", out="a/out/deeper"))
    assert cells(faults(write_plan(province, *rows))) == sorted(
        [f"第 3 行 {cell}", "第 3 行 数据目录", "第 4 行 数据库", "第 4 行 公示目录", "第 4 行 公示目录"]
    )


def test_a_blank_place_hides_no_other_place(province: Path) -> None:
    """A row without a store still has inputs and an output folder, and none of its own is taken for the plan's."""
    told = faults(write_plan(province, row("a", store=""), row("b", inputs="a/inputs", out="a/out")))
    assert cells(told) == ["第 2 行 数据库", "第 3 行 公示目录", "第 3 行 数据目录"]
    assert cells(faults(write_plan(province, row("a", inputs=""), row("b", out="")))) == [
        "第 2 行 数据目录",
        "第 3 行 公示目录",
    ]


def test_rows_without_a_name_are_not_one_agency(province: Path) -> None:
    """Two blank names are two faults, and no third that they are the same; a shared place names the blank as such."""
    told = faults(write_plan(province, row("a", agency=""), row("b", agency="", out="a/out")))
    assert cells(told) == ["第 2 行 机构", "第 3 行 公示目录", "第 3 行 机构"]
    assert "与第 2 行（—）是同一个公示目录" in told[-1]


def test_columns_of_one_meaning_that_contradict_are_a_fault(province: Path) -> None:
    """Two columns for the name that say two things: nobody chooses one in silence, and other cells are checked."""
    header = f"{HEADER},机构名称"
    rows = [f"{row('a', inputs='nowhere')},甲", f"{row('b')},b"]
    told = faults(write_plan(province, *rows, header=header))
    assert cells(told) == ["第 2 行 数据目录", "第 2 行 机构"]
    assert "机构名称" in told[0]


def test_a_row_that_is_no_row_is_told_alone(province: Path) -> None:
    """Too many cells: which is which is not known, so nothing else is said of it; other rows are checked."""
    told = faults(write_plan(province, f"{row('a', inputs='nowhere')},x,y", row("b", out="nowhere/out")))
    assert cells(told) == ["第 2 行", "第 3 行 公示目录"]
    quoted = row("a", inputs="nowhere").replace("a/agency.db", '"a"/agency.db')
    assert cells(faults(write_plan(province, quoted, row("b", out="nowhere/out")))) == ["第 2 行", "第 3 行 公示目录"]


def test_a_cell_that_cannot_be_read_is_told_once_with_its_column(province: Path) -> None:
    """A formula without a saved value: named by its column, not also as blank; the row's other cells are checked."""
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    book.active.append(["a", '="a/"&"agency.db"', "nowhere", "a/out", None])
    book.save(province / "plan.xlsx")
    assert cells(faults(province / "plan.xlsx")) == ["第 2 行 数据库", "第 2 行 数据目录"]


def test_a_place_that_the_system_refuses_is_a_fault_of_its_cell(province: Path) -> None:
    """A name that is too long, links in a circle: told with row and column, and other rows are checked."""
    (province / "loop").symlink_to("loop")
    rows = (row("a", store=f"{'x' * 300}/agency.db"), row("b", out="loop/out"), row("c", inputs="nowhere"))
    told = faults(write_plan(province, *rows))
    assert cells(told) == ["第 2 行 数据库", "第 3 行 公示目录", "第 4 行 数据目录"]


# what the program keeps beside a store or an output folder


def test_the_program_s_own_folders_take_no_agency_s_files(province: Path) -> None:
    """An output folder in a store's rules, templates or large files, the agency's own or another's, is refused."""
    (province / "link").symlink_to("b")
    for folder in ("rules", "paper_templates", "agency.db.files"):
        (province / "b" / folder / "deeper").mkdir(parents=True)
        for out in (f"b/{folder}", f"b/{folder}/deeper/out", f"link/{folder}/out"):
            told = faults(write_plan(province, row("a", out=out), row("b")))
            assert cells(told) == ["第 2 行 公示目录"], out
            assert "第 3 行的数据库或公示目录旁" in told[0]
        assert cells(faults(write_plan(province, row("b", out=f"b/{folder}/out")))) == ["第 2 行 公示目录"]
        assert cells(faults(write_plan(province, row("a", inputs=f"b/{folder}/deeper"), row("b")))) == [
            "第 2 行 数据目录"
        ]
        assert cells(faults(write_plan(province, row("a", store=f"b/{folder}/x.db"), row("b")))) == ["第 2 行 数据库"]


def test_folders_that_are_not_there_yet_are_the_program_s_own_too(province: Path) -> None:
    """Before the first run there are no rules and no large files: where they will be, nothing is published."""
    store = province / "b" / "agency.db"
    for place in (
        province / "b" / "rules",
        files_folder(store),
        desk_place(store),
        previews.folder_of(store, "k", 1).parent.parent,
        store.with_name("agency.db.uploads"),
        store.with_name("agency.db.restoring"),
    ):
        told = faults(write_plan(province, row("a", out=str(place)), row("b")))
        assert cells(told) == ["第 2 行 公示目录"], place


def test_what_is_kept_aside_is_mixed_with_nothing(province: Path) -> None:
    """Beside an output folder its replaced files are kept: no place of another row lies there."""
    (province / "a" / "out-kept").mkdir()
    assert cells(faults(write_plan(province, row("a"), row("b", inputs="a/out-kept")))) == ["第 3 行 数据目录"]
    assert cells(faults(write_plan(province, row("a"), row("b", out="a/out-kept/out")))) == ["第 3 行 公示目录"]


def test_an_output_folder_around_or_at_a_store_is_refused(province: Path) -> None:
    """The store's own folder, one around it, and the store's own name: its files would be published or overwritten."""
    for out in ("a", ".", "a/agency.db"):
        assert "第 2 行 数据库" in cells(faults(write_plan(province, row("a", out=out, inputs="b/inputs"))))


def test_stores_of_no_row_are_spared_too(province: Path) -> None:
    """An output folder in the rules or large files of a store that the plan does not name, or with a store in it."""
    Store.create(province / "b" / "other.db")
    (province / "b" / "rules").mkdir()
    (province / "link").symlink_to("b/rules")
    (told,) = faults(write_plan(province, row("a", out="b/rules/out"), row("b", store="b/other.db")))
    assert told.startswith("第 2 行 公示目录")
    assert "第 3 行的数据库或公示目录旁" in told
    for out in (
        "b/rules",
        "link/out",
        "b/rules/deeper/out",
        "b/paper_templates/out",
        "b/other.db.files/out",
        "b/other.db.desk",
    ):
        (province / out).parent.mkdir(parents=True, exist_ok=True)
        (told,) = faults(write_plan(province, row("a", out=out)))
        assert told.startswith("第 2 行 公示目录")
        assert f"在数据库 {province / 'b' / 'other.db'} 旁" in told
        (told,) = faults(write_plan(province, row("a")), province / out)
        assert f"在数据库 {province / 'b' / 'other.db'} 旁" in told
    (province / "b" / "public").mkdir()
    (told,) = faults(write_plan(province, row("a", out="b")))
    assert f"里面有数据库 {province / 'b' / 'other.db'}；" in told
    for out in ("c/rules", "nowhere/rules", "b/other.files"):
        told = faults(write_plan(province, row("a", out=out, inputs="nowhere")))
        assert not any("专用" in text for text in told), out


def test_results_spoil_nothing(province: Path) -> None:
    """The province's table goes into no store's folders, nor where a store will be."""
    plan = write_plan(province, row("a"))
    for place in ("a/rules", "a/rules/deeper", "a/agency.db.files/x", "a/agency.db", "a/out-kept"):
        assert any(text.startswith("结果目录") for text in faults(plan, province / place)), place
    assert read_months(plan, ASKED, result=province / "a" / "result")


# which stores are there


def test_a_new_store_beside_another_is_a_name_mistyped(province: Path) -> None:
    """Beside agency.db is no second one made, for check and run; what a killed beginning left is no other store."""
    Store.create(province / "a" / "agency.db")
    for typed in ("agncy.db", "agency", "agency.db2", "agency.db.bak"):
        told = faults(write_plan(province, row("a", store=f"a/{typed}"), row("b")))
        assert cells(told) == ["第 2 行 数据库"]
        assert "已有数据库 agency.db；" in told[0]
    (province / "a" / "agency.db").rename(province / "a" / "new.db.part")
    (province / "a" / "foreign.db").write_bytes(b"SQLite format 3\0" + bytes(100))
    assert read_months(write_plan(province, row("a", store="a/new.db")), ASKED, result=None)


def test_a_new_store_where_rounds_are_published_is_a_path_mistyped(province: Path) -> None:
    """A published commitment that nobody can read is somebody's; with the store there the plan stands."""
    published = province / "a" / "out" / "public" / "2026-11" / "commitment.json"
    published.parent.mkdir(parents=True)
    published.write_text("{}")
    plan = write_plan(province, row("a", store="c/agency.db"), row("b"))
    (told,) = faults(plan)
    assert told.startswith("第 2 行 数据库")
    assert "已有正式轮次 2026-11；" in told
    Store.create(province / "c" / "agency.db")
    assert len(read_months(plan, ASKED, result=None)[0]) == 2


def test_a_check_says_which_stores_are_there(province: Path, call: Callable) -> None:
    """How many are there, and of each that is not its row and path, in words and for programs."""
    plan = write_plan(province, row("a"), row("b"), row("c"))
    Store.create(province / "b" / "agency.db")
    code, said, _ = call("province", ROUND, plan, "--rehearsal", "--check")
    assert (code, said.splitlines()) == (
        0,
        [
            "a：尚未开始，还没有数据库",
            "b：尚未开始",
            "c：尚未开始，还没有数据库",
            "合计 3 家：完成 0，等待 3，失败 0；主体 0，抽中 0，检查 0 次，未排定 0",
            "数据库：1 家已有，2 家还没有，运行时新建",
            f"  第 2 行 a：{province / 'a' / 'agency.db'}",
            f"  第 4 行 c：{province / 'c' / 'agency.db'}",
            "工作计划没有问题：3 家，没有运行任何机构。",
        ],
    )
    _, said, _ = call("province", ROUND, plan, "--rehearsal", "--check", "--json")
    found = [(one["store"], one["new_store"], one["step"]) for one in json.loads(said)["agencies"]]
    assert found == [
        (str(province / name / "agency.db"), new, step)
        for name, new, step in (("a", True, "new"), ("b", False, "none"), ("c", True, "new"))
    ]
    for name in "ac":
        Store.create(province / name / "agency.db")
    _, said, _ = call("province", ROUND, plan, "--rehearsal", "--check")
    assert said.splitlines()[-2:] == [
        "数据库：3 家已有，0 家还没有，运行时新建",
        "工作计划没有问题：3 家，没有运行任何机构。",
    ]


def test_a_run_says_which_stores_it_made(province: Path, call: Callable) -> None:
    """Those that were not there before and are now, whatever came of the month."""
    Store.create(province / "b" / "agency.db")
    plan = write_plan(province, row("a"), row("b"))
    _, said, _ = call("province", ROUND, plan, "--rehearsal", "--out", province / "result")
    made = said.splitlines().index("新建了 1 家的数据库")
    assert said.splitlines()[made + 1] == f"  第 2 行 a：{province / 'a' / 'agency.db'}"
    _, said, _ = call("province", ROUND, plan, "--rehearsal", "--out", province / "result")
    assert "新建了" not in said


def test_a_store_that_was_not_made_is_not_said_to_be(province: Path, call: Callable, monkeypatch) -> None:
    """Where nothing could be run there is no new store to look for."""
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    _, said, _ = call("province", ROUND, write_plan(province, row("a")), "--rehearsal", "--out", province / "result")
    assert "OPENBLAS_NUM_THREADS" in said
    assert "新建了" not in said
    assert not list(province.rglob("*.db"))


# values of sources


FITTING = {"dlt-front": "04 18 19 27 32", "dlt-back": "01 09", "ssq-red": "10 12 26 29 30 32", "ssq-blue": "16"}


def write_values(province: Path, name: str, **other: str) -> None:
    """Write an agency's file of values: those that fit, and others; names with _ for -."""
    given = FITTING | {key.replace("_", "-"): value for key, value in other.items()}
    text = "\n".join(["name,values", *(f"{key},{value}" for key, value in given.items())])
    (province / name / "inputs" / "sources.csv").write_text(text, encoding="utf-8")


def wrong_values(province: Path, call: Callable, *options: object, rows: str = "abc", check: bool = True) -> list[str]:
    """Return what the command refuses values for, having run nothing."""
    plan = write_plan(province, *(row(name) for name in rows))
    way = ("--check",) if check else ("--out", province / "result")
    code, said, _ = call("province", ROUND, plan, "--rehearsal", *way, *options, "--json")
    found = json.loads(said)
    assert (code, found["error"]["code"]) == (2, "month.province_values_refused")
    assert not list(province.rglob("*.db*"))
    assert not (province / "result").exists()
    return list(found["told"])


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"ssq_blue": "17"}, "随机源“ssq-blue”的值“17”不是 1–16 的整数"),
        ({"ssq_blue": "0"}, "随机源“ssq-blue”的值“0”不是 1–16 的整数"),
        ({"ssq_blue": "x"}, "随机源“ssq-blue”的值“x”不是 1–16 的整数"),
        ({"ssq_blue": "1 2"}, "随机源“ssq-blue”应有 1 个数，现为 2 个"),
        ({"ssq_blue": ""}, "随机源“ssq-blue”应有 1 个数，现为 0 个"),
        ({"dlt_back": "3 03"}, "随机源“dlt-back”的一组数中有重复"),
        ({"dlt_front_2": "1 2 3 4 36"}, "随机源“dlt-front-2”的值“36”不是 1–35 的整数"),
        ({"dlt_front_10": "1 2 3 4 5"}, "没有信源“dlt-front-10”"),
        ({"ssq": "1"}, "没有信源“ssq”"),
    ],
)
def test_values_that_no_draw_could_take_are_refused(province: Path, call: Callable, values: dict, reason: str) -> None:
    """In an agency's own file: named by its row, by check and run alike; the other agencies' values fit."""
    for name in "ac":
        write_values(province, name, dlt_front_9="1 2 3 4 35")
    write_values(province, "b", **values)
    for check in (True, False):
        (told,) = wrong_values(province, call, check=check)
        place = province / "b" / "inputs" / "sources.csv"
        number = 2 + list(FITTING | {key.replace("_", "-"): "" for key in values}).index(
            next(iter(values)).replace("_", "-")
        )
        assert told.startswith(f"第 3 行 数据目录“{place}”：第 {number} 行：{reason}")


def test_files_of_values_that_cannot_be_read_are_refused_together(province: Path, call: Callable) -> None:
    """A header that is none, a source twice, a row without values: each with its row, beside others' faults."""
    for name, text in {"a": "x,y\n", "b": "name,values\nssq-blue,1\nssq-blue,2\n"}.items():
        (province / name / "inputs" / "sources.csv").write_text(text, encoding="utf-8")
    write_values(province, "c", ssq_blue="99", dlt_back="1 13")
    told = wrong_values(province, call)
    assert [text.partition("“")[0] for text in told] == [f"第 {n} 行 数据目录" for n in (2, 3, 4, 4)]


def test_values_of_the_command_are_refused_for_whom_they_do_not_fit(province: Path, call: Callable) -> None:
    """Each is told once with all its rows; a city whose own rule has another range takes what others refuse."""
    shipped = yaml.safe_load(shipped_rules()["shared/draw_source.yaml"])
    shipped["values"][0]["value"][3]["high"] = 20
    for folder in ("b/rules", "c/inputs/rules"):
        place = province / folder / "shared" / "draw_source.yaml"
        place.parent.mkdir(parents=True)
        place.write_text(yaml.safe_dump(shipped, allow_unicode=True), encoding="utf-8")
    told = wrong_values(province, call, "--source", "ssq-blue=18", "--source", "dlt-front=1 2", "--source", "nobody=1")
    assert [text.partition("。")[0] for text in told] == [
        "--source ssq-blue=18（第 2 行的机构）：随机源“ssq-blue”的值“18”不是 1–16 的整数",
        "--source dlt-front=1 2（第 2、3、4 行的机构）：随机源“dlt-front”应有 5 个数，现为 2 个",
        "--source nobody=1（第 2、3、4 行的机构）：没有信源“nobody”",
    ]
    told = wrong_values(province, call, "--source", "ssq-blue=21")
    assert [text.partition("：")[0] for text in told] == [
        "--source ssq-blue=21（第 2 行的机构）",
        "--source ssq-blue=21（第 3、4 行的机构）",
    ]


def test_a_file_that_contradicts_the_command_is_refused(province: Path, call: Callable) -> None:
    """Which of the two is the announced value nobody knows."""
    write_values(province, "b")
    (told,) = wrong_values(province, call, "--source", "ssq-blue=15")
    assert told.startswith("第 3 行 数据目录")
    assert "ssq-blue 的数值与" in told
    code, said, _ = call(
        *("province", ROUND, province / "plan.csv", "--rehearsal", "--check", "--source", "ssq-blue=16")
    )
    assert code == 0
    assert "信源 ssq-blue 的数值运行时将交给 3 家在等它的机构" in said


def _pairs(province: Path, given: dict, *standings: AgencyStanding) -> list:
    """Return agencies with how far they are, and the values that each gets, in a real round."""
    plan = write_plan(province, *(row(name) for name in "abc"[: len(standings)]))
    found = read_months(plan, replace(ASKED, rehearsal=False), result=None)[0]
    outcomes = [AgencyOutcome(standing=one) for one in standings]
    return list(zip(with_values(found, standings, given), outcomes, strict=True))


def _told(pairs: list, given: dict) -> list[str]:
    try:
        refuse_wrong(Path("plan.csv"), pairs, given, now=lambda: datetime(2026, 11, 20, tzinfo=BEIJING))
    except UsageError as error:
        return [one.text() for one in error.told]
    return []


def _source(high: int, issue: str = "5") -> Source:
    return Source(name="a", issue=issue, kind="number", count=1, low=1, high=high, at="2026-12-01T21:15:00+08:00")


def test_a_commitment_says_what_its_values_may_be(province: Path) -> None:
    """Committed sources count, not today's rule: those of the first draw, of the second, and of several issues."""
    first, second = (AgencyStanding(sources={"a": _source(9, n)}, awaits=frozenset("a")) for n in "56")
    for given, rows in (({"a@5": ["10"]}, "2"), ({"a@6": ["10"]}, "3"), ({"a@5": ["9"], "a@6": ["9"]}, "")):
        told = _told(_pairs(province, given, first, second), given)
        assert [text.partition("：")[0] for text in told] == [
            f"--source {key}=10（第 {rows} 行的机构）" for key in given if rows
        ]
    roster = AgencyStanding(sources={"a": _source(9), "a-2": _source(5)}, awaits=frozenset(["a-2"]))
    assert _told(_pairs(province, {"a-2": ["6"]}, roster), {"a-2": ["6"]}) != []
    assert _told(_pairs(province, {"a-2": ["5"]}, roster), {"a-2": ["5"]}) == []


def test_values_that_nobody_waits_for_are_checked_too(province: Path) -> None:
    """Who was drawn takes no value, yet one that is out of range is a mistake; one of another issue is not its own."""
    drawn, other = AgencyStanding(sources={"a": _source(9)}), AgencyStanding(sources={"a": _source(7, "6")})
    for text, rows in (("10", "2"), ("8", ""), ("7", "")):
        told = _told(_pairs(province, {"a@5": [text]}, drawn, other), {"a@5": [text]})
        assert [one.partition("：")[0] for one in told] == [f"--source a@5=10（第 {n} 行的机构）" for n in rows]


def test_who_takes_a_value_judges_it_alone(province: Path) -> None:
    """One waits and has it; another was drawn from fewer numbers and does not mind."""
    waits = AgencyStanding(sources={"a": _source(9)}, awaits=frozenset("a"))
    drawn = AgencyStanding(sources={"a": _source(5)})
    assert _told(_pairs(province, {"a": ["8"]}, waits, drawn), {"a": ["8"]}) == []
    (told,) = _told(_pairs(province, {"a": ["10"]}, waits, drawn), {"a": ["10"]})
    assert told.startswith("--source a=10（第 2 行的机构）")


def test_the_number_of_a_draw_stands_once_in_a_name(province: Path) -> None:
    """The second draw's a is a-2, the third's a-3; of a-2 there is no second, and the names told are sources' own."""
    standing = AgencyStanding(sources={"a": _source(9), "a-2": _source(9)})
    place = province / "a" / "inputs" / "sources.csv"
    place.write_text("name,values\na-2,1\na-3,1\n", encoding="utf-8")
    assert _told(_pairs(province, {}, standing), {}) == []
    place.write_text("name,values\na-2-2,1\n", encoding="utf-8")
    (told,) = _told(_pairs(province, {}, standing), {})
    assert "没有信源“a-2-2”。应为：a。" in told


def test_a_check_of_values_tells_what_it_could_not_look_into(province: Path, call: Callable) -> None:
    """A damaged store: whether it waits is not known, so its values are no mistake yet, and it is told as failed."""
    (province / "a" / "agency.db").write_bytes(b"nothing of the kind")
    plan = write_plan(province, row("a"))
    code, said, _ = call("province", ROUND, plan, "--check", "--source", "ssq-blue=16")
    assert code == 1
    assert said.splitlines()[0].startswith("a：失败")
    assert "信源 ssq-blue 的数值交给谁，到运行时才能核对" in said


def test_who_cannot_be_looked_at_refuses_its_own_values(province: Path) -> None:
    """A store of an earlier version or a damaged one may have committed to other sources: its row is not judged."""
    write_values(province, "a", ssq_blue="99")
    months = read_months(write_plan(province, row("a")), ASKED, result=None)[0]
    assert len(_told([(months[0], AgencyOutcome(standing=AgencyStanding()))], {})) == 1
    error = Message.of("store.missing", path="x")
    for outcome in (
        AgencyOutcome(standing=AgencyStanding(step=OLDER)),
        AgencyOutcome(standing=AgencyStanding(), error=error),
    ):
        assert _told([(months[0], outcome)], {}) == []
