"""Bad input: rejects workbooks that come back corrected, encodings, files twice, a rule that is missing."""

from __future__ import annotations

import shutil
from datetime import date, datetime

import openpyxl
import pytest

from supervision.directory.register import kinds
from supervision.errors import DirectoryError, RuleMissing, SupervisionError, UsageError
from supervision.month import importing, line
from supervision.month.city import BEIJING, City, silent
from supervision.store.store import Store

DAY = date(2026, 11, 20)
UNITS = """统一社会信用代码,企业名称,企业类型,登记状态,行政区划代码,成立日期
opaque-0001,演示甲有限公司,企业,存续,320505,2020-01-02
opaque-0002,演示乙有限公司,企业,存续,320506,2020-01-02
"""


@pytest.fixture
def desk(tmp_path):
    """A desk at an empty store."""
    Store.create(tmp_path / "x.db")
    return City.open(
        tmp_path / "x.db", who="tester", now=lambda: datetime(2026, 11, 20, 9, tzinfo=BEIJING), own_ids=True
    )


def write_sheet(path, rows):
    """Write rows as an Excel sheet of texts."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def header_row(sheet, name):
    """Find the row and column of a header in a rejects workbook."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None and str(cell.value).rstrip("*＊ ") == name:
                return cell.row, cell.column
    raise AssertionError(f"{name} is no header")


def test_bad_rows_come_back_and_go_in_corrected(desk, tmp_path):
    """The good row goes in, the bad one to a workbook with its reason; that workbook, corrected, goes in."""
    rows = [line.split(",") for line in UNITS.splitlines()]
    rows[2][4] = "三二〇五"
    rows[2][5] = "2020-13-41"
    path = write_sheet(tmp_path / "entities.xlsx", rows)
    report = importing.import_files(desk, "entities", [path], as_of=DAY)
    taken = report.facts["files"][0]
    assert (report.exit_code, taken["inserted"], taken["rejected"]) == (3, 1, 1)
    assert taken["rejects_file"] == str(tmp_path / "entities.xlsx.rejected.xlsx")
    book = openpyxl.load_workbook(taken["rejects_file"])
    sheet = book.worksheets[0]
    text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
    assert "opaque-0002" in text
    assert "opaque-0001" not in text
    assert "2020-13-41" in text
    head, column = header_row(sheet, "成立日期")
    below = range(head + 1, sheet.max_row + 1)
    line_of = next(row for row in below if "opaque-0002" in [cell.value for cell in sheet[row]])
    sheet.cell(line_of, column, "2020-11-30")
    sheet.cell(line_of, header_row(sheet, "行政区划代码")[1], "320506")
    corrected = tmp_path / "corrected.xlsx"
    book.save(corrected)
    again = importing.import_files(desk, "entities", [corrected], as_of=DAY)
    assert (again.exit_code, again.facts["files"][0]["inserted"]) == (0, 1)
    assert list(desk.store.register("entities", on=DAY)["unit_id"]) == ["opaque-0001", "opaque-0002"]


def test_dry_run_stores_nothing(desk, tmp_path):
    """A check names each bad cell with exit code 3 and stores nothing; it writes no file either."""
    path = tmp_path / "entities.csv"
    path.write_text(UNITS.replace("2020-01-02", "2020-13-41", 1), encoding="utf-8")
    report = importing.dry_run(desk, "entities", path, as_of=DAY)
    assert report.exit_code == 3
    assert [(cell["line"], cell["column"], cell["value"]) for cell in report.facts["cells"]] == [
        (2, "established", "2020-13-41")
    ]
    assert desk.store.register("entities", on=DAY).empty
    assert {p.name for p in tmp_path.iterdir() if p.suffix in (".csv", ".xlsx")} == {"entities.csv"}


def test_same_file_twice(desk, tmp_path):
    """A file imported twice changes nothing and adds no log entry."""
    path = tmp_path / "entities.csv"
    path.write_text(UNITS, encoding="utf-8")
    importing.import_file(desk, "entities", path, as_of=DAY)
    before = desk.store.log("registers")
    taken = importing.import_file(desk, "entities", path, as_of=DAY)
    assert (taken.inserted, taken.unchanged, taken.rejected) == (0, 2, 0)
    assert desk.store.log("registers") == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(desk, tmp_path, encoding):
    """UTF-8, UTF-8 with BOM and GB18030 give the same rows."""
    path = tmp_path / "entities.csv"
    path.write_text(UNITS, encoding=encoding)
    taken = importing.import_file(desk, "entities", path, as_of=DAY)
    assert (taken.inserted, taken.rejected) == (2, 0)
    assert list(desk.store.register("entities", on=DAY)["name"]) == ["演示甲有限公司", "演示乙有限公司"]


def test_same_key_other_values_are_rejected(desk, tmp_path):
    """A second file that says something else about the same unit and day is rejected, not silently taken."""
    path = tmp_path / "entities.csv"
    path.write_text(UNITS, encoding="utf-8")
    importing.import_file(desk, "entities", path, as_of=DAY)
    path.write_text(UNITS.replace("演示乙", "演示丙"), encoding="utf-8")
    taken = importing.import_file(desk, "entities", path, as_of=DAY)
    assert (taken.inserted, taken.unchanged, taken.rejected) == (0, 1, 1)
    assert "演示乙有限公司" in set(desk.store.register("entities", on=DAY)["name"])


def test_a_dry_run_looks_at_the_store(desk, tmp_path):
    """What an import would reject against the store, a dry run names too; new rows are told from the others."""
    path = tmp_path / "entities.csv"
    path.write_text(UNITS, encoding="utf-8")
    importing.import_file(desk, "entities", path, as_of=DAY)
    path.write_text(UNITS.replace("演示乙", "演示丙") + "opaque-0003,演示丁,企业,存续,320505,\n", encoding="utf-8")
    report = importing.dry_run(desk, "entities", path, as_of=DAY)
    facts = report.facts
    assert (report.exit_code, facts["good"], facts["new"], facts["there"], facts["rejected"]) == (3, 2, 1, 1, 1)
    assert [(cell["line"], cell["column"], cell["code"]) for cell in facts["cells"]] == [
        (3, "name", "directory.conflict")
    ]


def test_later_knowledge_wins(desk, tmp_path):
    """What is known later is a new version: the earlier day still reads as it was."""
    path = tmp_path / "entities.csv"
    path.write_text(UNITS, encoding="utf-8")
    importing.import_file(desk, "entities", path, as_of=DAY)
    path.write_text(UNITS.replace("演示乙", "演示丙"), encoding="utf-8")
    importing.import_file(desk, "entities", path, as_of=date(2026, 11, 25))
    assert "演示乙有限公司" in set(desk.store.register("entities", on=date(2026, 11, 24))["name"])
    assert "演示丙有限公司" in set(desk.store.register("entities", on=date(2026, 11, 25))["name"])


def test_unknown_office_is_rejected(desk, tmp_path):
    """A row that points to an office which is not in the register is rejected at that cell."""
    path = tmp_path / "inspectors.csv"
    path.write_text(
        "inspector_id,name,office_id,status,cert_no,cert_until,scopes\nx-1,演示,nowhere,在岗,c1,2028-01-01,*\n",
        encoding="utf-8",
    )
    report = importing.dry_run(desk, "inspectors", path, as_of=DAY)
    assert report.exit_code == 3
    assert [cell["column"] for cell in report.facts["cells"]] == ["office_id"]


def test_files_that_cannot_be_read(desk, tmp_path):
    """A kind that is none, a file that is not there, and one that is no workbook: each one clear sentence."""
    with pytest.raises(UsageError) as refused:
        importing.import_file(desk, "enterprises", tmp_path / "x.csv", as_of=DAY)
    assert refused.value.exit_code == 2
    assert "entities" in refused.value.text("en")
    with pytest.raises(DirectoryError) as refused:
        importing.import_file(desk, "entities", tmp_path / "nowhere.csv", as_of=DAY)
    assert refused.value.exit_code == 1
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(SupervisionError) as refused:
        importing.import_file(desk, "entities", tmp_path / "broken.xlsx", as_of=DAY)
    assert "broken.xlsx" in refused.value.text("zh")


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_blank_template_imports_as_nothing(desk, tmp_path, kind):
    """Every register's blank workbook, with its example row deleted or not, is read without a fault in its form."""
    path = tmp_path / f"{kind}.xlsx"
    importing.write_blank(kind, path, lang="zh", rules=tmp_path / "rules")
    report = importing.dry_run(desk, kind, path, as_of=DAY)
    assert report.facts["good"] in (0, 1)


def test_missing_rule_stops_the_month(town, tmp_path):
    """A city folder without rules/ stops with exit code 1, the file to write and the lines to write into it."""
    inputs = shutil.copytree(town, tmp_path / "inputs")
    shutil.rmtree(inputs / "rules")
    with pytest.raises(RuleMissing) as refused:
        line.run(
            tmp_path / "x.db",
            "2026-12",
            inputs=inputs,
            out=tmp_path / "out",
            values={},
            rehearsal=False,
            accept_unverified="赵核准",
            who="tester",
            progress=silent,
            now=lambda: datetime(2026, 11, 23, 9, tzinfo=BEIJING),
        )
    text = refused.value.text("en")
    assert refused.value.exit_code == 1
    assert ".yaml" in text
    assert "basis" in text
    assert "shared/" in text
    assert not (tmp_path / "out").exists()


def test_rule_added_goes_on(town, tmp_path, clock):
    """With the missing rules added the same command goes on from where it stopped."""
    inputs = shutil.copytree(town, tmp_path / "inputs")
    shutil.rmtree(inputs / "rules")

    def run():
        return line.run(
            tmp_path / "x.db",
            "2026-12",
            inputs=inputs,
            out=tmp_path / "out",
            values={},
            rehearsal=False,
            accept_unverified="赵核准",
            who="tester",
            progress=silent,
            now=clock,
        )

    with pytest.raises(RuleMissing):
        run()
    shutil.copytree(town / "rules", inputs / "rules")
    assert run().exit_code == 0


def test_folders_that_are_no_inputs(tmp_path):
    """An input folder that is not there, or holds no register, is refused before anything is made."""
    for folder, code in ((tmp_path / "nowhere", "month.inputs_missing"), (tmp_path / "empty", "month.inputs_empty")):
        (tmp_path / "empty").mkdir(exist_ok=True)
        with pytest.raises(UsageError) as refused:
            line.run(
                tmp_path / "x.db",
                "2026-12",
                inputs=folder,
                out=tmp_path / "out",
                values={},
                rehearsal=True,
                who="tester",
                progress=silent,
            )
        assert refused.value.code == code


def test_files_that_no_kind_fits_are_named(desk, tmp_path):
    """What an input folder holds and nothing reads is named: misspelt names, a workbook of sources, such folders."""
    folder = tmp_path / "in"
    (folder / "sources.csv").mkdir(parents=True)
    (folder / "rules").mkdir()
    (folder / "entities.csv").write_text(UNITS, encoding="utf-8")
    for name in ("机构.csv", "ofices.csv", "sources.xlsx", "caps.txt", "~$entities.xlsx", "entities.csv.rejected.xlsx"):
        (folder / name).write_text("x", encoding="utf-8")
    report = importing.import_folder(desk, folder, as_of=DAY)
    first = report.lines[0].text()
    assert first.startswith(
        "输入文件夹中没有用到的文件：caps.txt、ofices.csv、sources.csv、sources.xlsx、机构.csv；登记表的文件名须以种类开头"
    )


def test_foreign_output_folder(town, tmp_path, clock):
    """An output folder that holds somebody's files is refused, and they stay."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_bytes(b"mine")
    with pytest.raises(UsageError) as refused:
        line.run(
            tmp_path / "x.db",
            "2026-12",
            inputs=town,
            out=tmp_path / "out",
            values={},
            rehearsal=False,
            accept_unverified="赵核准",
            who="tester",
            progress=silent,
            now=clock,
        )
    assert refused.value.code == "month.out_foreign"
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["thesis.docx"]


def test_nobody_is_scored_without_units(desk):
    """An empty register of units stops the scoring with the command that mends it."""
    with pytest.raises(UsageError) as refused:
        line.score(desk, "2026-12", rehearsal=True)
    assert refused.value.code == "month.no_units"
    assert "import" in refused.value.text("en").lower() and "entities" in refused.value.text("zh")
