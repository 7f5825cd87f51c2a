"""The plan of a province's months: what is refused before anything is run, and what a check says of the stores."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from supervision.desk import previews
from supervision.errors import UsageError
from supervision.month.agency_plans import AskedOfAll, read_months
from supervision.store.connection import desk_place, files_folder
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
