"""Results of a real month (检查结果录入): one door, who went, who reviewed, what goes back and comes in again."""

from __future__ import annotations

import csv
import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from real_rounds import RECORDS, ROUND
from result_desk import NOW, SHEET, Desk

from supervision.errors import SupervisionError, UsageError
from supervision.month import importing, recording
from supervision.month.result_checks import Agreement


@pytest.fixture
def desk(at, tmp_path):
    """The month after its second draw."""
    return Desk(at("matched"), tmp_path)


def sheet_of(path):
    """Return the rejects sheet and header → column."""
    sheet = openpyxl.load_workbook(path)[SHEET]
    return sheet, {cell.value: cell.column for cell in sheet[2]}


def reasons(path):
    """Return the reasons in a rejects workbook, one a row."""
    sheet, at = sheet_of(path)
    return [sheet.cell(row, at["退回原因"]).value for row in range(3, sheet.max_row + 1)]


def test_import_is_no_door(desk, tmp_path):
    """`import results` is refused in words that name record, in a folder it is said and left, and check checks all."""
    path = desk.work / "results.csv"
    unit = desk.value(3, "统一社会信用代码")
    path.write_text(
        f"round,visit_id,unit_id,item_id,agency,result,inspected_on\n2026-12,{unit}~9,{unit},food,market,1,2028-01-01\n"
    )
    with pytest.raises(UsageError) as refused:
        importing.import_file(desk.city, "results", path, as_of=NOW.date())
    assert (refused.value.code, "record" in refused.value.text()) == ("month.results_by_record", True)
    report = importing.import_folder(desk.city, desk.work, as_of=NOW.date(), only=("results",))
    assert [line.code for line in report.lines] == ["month.results_by_record"]
    (one,) = recording.check(desk.city, path)
    assert [reason.code for reason in one.checked.rejected["reason"]] == ["results.not_in_calendar"]
    assert desk.versions().empty


def test_who_went_and_who_reviewed(desk):
    """Without a reviewer, with one inspector, a stranger, another office's or an unknown one: refused, row by row."""
    people = desk.city.register("inspectors", on=NOW.date()).set_index("inspector_id")
    office = desk.book.stem
    other = next(one for one in people.index if people.at[one, "office_id"] != office)
    rows = list(desk.rows)[:4]
    held = [desk.value(row, "检查人员工号").split() for row in rows]
    path = desk.fill(
        "who",
        {
            (rows[0], "审核人"): None,
            (rows[1], "检查人员工号"): held[1][0],
            (rows[2], "检查人员工号"): f"{held[2][0]} {other}",
            (rows[3], "检查人员工号"): f"{held[3][0]}、无此人",
        },
        rows=rows,
    )
    report, taken = desk.record(path)
    assert (report.exit_code, taken["inserted"], taken["rejected"]) == (3, 0, 4)
    told = reasons(taken["rejects_file"])
    assert [text.partition("　")[0] for text in told] == [f"原第 {row} 行" for row in rows]
    for text, part in zip(
        told,
        (
            "没有审核人",
            "只有 1 人，少于 2 人",
            f"“{other}”（{people.at[other, 'office_id']}）不是",
            "没有“无此人”",
        ),
        strict=True,
    ):
        assert part in text
    own = desk.fill("own", {(rows[0], "审核人"): people.at[held[0][1], "name"]}, rows=rows[:1])
    report, taken = desk.record(own)
    assert (report.exit_code, taken["inserted"], taken["rejected"]) == (3, 0, 1)
    assert "是同一人" in reasons(taken["rejects_file"])[0]
    names = "、".join(people.at[one, "name"] for one in held[0])
    report, taken = desk.record(desk.fill("names", {(rows[0], "检查人员工号"): names}, rows=rows[:1]))
    assert (report.exit_code, taken["inserted"], taken["rejected"]) == (0, 1, 0)
    assert desk.versions()["inspectors"].tolist() == [" ".join(sorted(held[0]))]


def test_a_strange_round_rejects_its_row(desk):
    """Rows of a round that does not exist or has no inspectors yet come back; the workbook's other rows go in."""
    desk.city.begin("2027-01")
    path = desk.fill("round", {(3, "轮次"): "2026-11", (4, "轮次"): "2027-01"}, rows=[3, 4, 5])
    report, taken = desk.record(path)
    assert (report.exit_code, taken["inserted"], taken["rejected"]) == (3, 1, 2)
    first, second = reasons(taken["rejects_file"])
    assert "没有轮次 2026-11" in first
    assert "轮次 2027-01 尚未抽取检查人员" in second


def test_rejects_go_in_corrected(desk):
    """The rejects workbook has names and pick-lists; corrected in place it is recorded, and nothing is lost."""
    path = desk.fill("bad", {(3, "检查结果"): "9 其他", (4, "检查日期"): "2026-13-01"}, rows=[3, 4, 5])
    _, taken = desk.record(path)
    back = Path(taken["rejects_file"])
    assert back == desk.work / "bad.xlsx.rejected.xlsx"
    book = openpyxl.load_workbook(back)
    sheet, at = sheet_of(back)
    assert [sheet.cell(3, at[name]).value for name in ("企业名称", "抽查事项", "检查结果")] == [
        desk.value(3, "企业名称"),
        desk.value(3, "抽查事项"),
        "9 其他",
    ]
    assert "代码 9 是“注销”" in sheet.cell(3, at["退回原因"]).value
    assert len(sheet.data_validations.dataValidation) == 5
    book[SHEET].cell(3, at["检查结果"]).value = "1 未发现问题"
    book[SHEET].cell(4, at["检查日期"]).value = datetime(2026, 12, 9)
    book.save(back)
    report, taken = desk.record(back)
    assert (report.exit_code, taken["inserted"], taken["rejected"]) == (0, 2, 0)
    assert len(desk.versions()) == 3


def test_a_corrected_rejects_file_is_never_overwritten(desk):
    """The first file once more writes its rejects beside what a clerk began to correct; unchanged, it writes none."""
    path = desk.fill("bad", {(3, "检查日期"): "2026-13-01"}, rows=[3])
    _, first = desk.record(path)
    _, again = desk.record(path)
    assert again["rejects_file"] == first["rejects_file"]
    book = openpyxl.load_workbook(first["rejects_file"])
    book.save(first["rejects_file"])
    begun = Path(first["rejects_file"]).read_bytes()
    _, third = desk.record(path)
    assert third["rejects_file"].endswith("bad.xlsx.rejected-2.xlsx")
    assert Path(first["rejects_file"]).read_bytes() == begun


def test_a_change_needs_reason_and_reviewer(desk):
    """Without them both values are named and nothing changes; with them it is a correction of the same day."""
    desk.record(desk.fill("one", rows=[3, 4]))
    changed = {(3, "检查结果"): "E 发现问题经责令已改正", (4, "检查日期"): datetime(2026, 12, 8)}
    path = desk.fill("two", changed, rows=[3, 4])
    report, taken = desk.record(path)
    assert (report.exit_code, taken["inserted"], taken["rejected"]) == (3, 0, 2)
    first, second = reasons(taken["rejects_file"])
    assert "库中已有记录为“1 未发现问题”，本次为“E 发现问题经责令已改正”" in first
    assert "库中已有记录为“2026-12-09”，本次为“2026-12-08”" in second
    _, none = desk.record(path, agreement=Agreement(reason="录入时选错", reviewer=RECORDS))
    assert none["inserted"] == 0
    report, taken = desk.record(path, agreement=Agreement(reason="录入时选错", reviewer="李复核"))
    assert (report.exit_code, taken["inserted"], taken["corrected"]) == (0, 2, 2)
    kept = desk.versions()
    assert kept["correction"].fillna("").tolist() == ["", "01", "", "01"]
    assert set(kept["correction_reason"].dropna()) == {"录入时选错"}
    assert set(kept["correction_reviewer"].dropna()) == {"李复核"}
    _, again = desk.record(path)
    assert (again["inserted"], again["unchanged"], again["rejected"]) == (0, 2, 0)


def test_evidence_follows_a_correction(desk):
    """History has the corrected result; the wrong day's record and the wrong status are withdrawn, not doubled."""
    rows = [3, 4]
    desk.record(desk.fill("one", {(3, "检查结果"): "7", (4, "检查日期"): datetime(2026, 12, 8)}, rows=rows))
    unit = desk.value(3, "统一社会信用代码")
    visits = [f"{ROUND}/{desk.value(row, '检查编号')}" for row in rows]
    events = desk.city.register("events", on=NOW.date())
    assert desk.value(3, "检查编号") in set(events.loc[events["unit_id"] == unit, "event_no"].dropna())
    agreed = Agreement(reason="看错门牌", reviewer="李复核")
    desk.record(desk.fill("two", rows=rows), agreement=agreed)
    history = desk.city.register("history", on=NOW.date())
    mine = history[history["visit_no"].isin(visits)]
    assert mine[["result"]].assign(day=mine["date"].astype("str")).values.tolist() == [["1", "2026-12-09"]] * 2
    assert set(mine["correction_reason"].dropna()) <= {"看错门牌"}
    events = desk.city.register("events", on=NOW.date())
    assert desk.value(3, "检查编号") not in set(events.loc[events["unit_id"] == unit, "event_no"].dropna())
    gone = desk.city.store.register("history", on=NOW.date())
    gone = gone[gone["withdrawn"].fillna(False) & gone["visit_no"].isin(visits)]
    assert gone["date"].astype("str").tolist() == ["2026-12-08"]
    desk.record(desk.fill("three", {(4, "检查日期"): datetime(2026, 12, 8)}, rows=rows), agreement=agreed)
    history = desk.city.register("history", on=NOW.date())
    assert sorted(history.loc[history["visit_no"].isin(visits), "date"].astype("str")) == ["2026-12-08", "2026-12-09"]


def test_the_page_shows_the_correction(desk):
    """Page, data and manifest have day, old and new value and reason; the workbook locks and marks; the clock stays."""
    desk.record(desk.fill("one", {(3, "检查结果"): "A 发现问题待后续处理"}, rows=[3, 4]))
    before, why = desk.publish()
    assert (before["corrections"], why) == ([], "本轮进展：公示检查结果")
    path = desk.fill("two", rows=[3, 4])
    desk.record(path, agreement=Agreement(reason=f"误录，{desk.value(3, '企业名称')}无问题", reviewer="李复核"))
    after, why = desk.publish()
    (change,) = after["corrections"]
    assert (change["old"], change["new"], change["unit_id"]) == (
        "发现问题待后续处理",
        "未发现问题",
        desk.value(3, "统一社会信用代码"),
    )
    assert [row["correction"] for row in after["results"] if row["correction"]] == [
        f"{change['corrected_on']} 更正：检查结果由“发现问题待后续处理”更正为“未发现问题”"
    ]
    assert why == "更正检查结果 1 项：误录，该单位无问题"
    assert '<del><span class="zh">发现问题待后续处理</span>' in (
        desk.out / "public" / ROUND / "results.html"
    ).read_text(encoding="utf-8")
    assert openpyxl.load_workbook(desk.book)[SHEET].cell(3, desk.at["检查结果"]).protection.locked
    same, again = desk.publish()
    assert (same, again) == (after, why)


def test_the_sheet_of_corrections_comes_back(desk):
    """A clerk corrects in the republished workbook's own sheet; untouched rows there are unchanged."""
    desk.record(desk.fill("one", rows=[3, 4]))
    desk.publish()
    book = openpyxl.load_workbook(desk.book)
    sheet = book["结果更正"]
    at = {cell.value: cell.column for cell in sheet[2]}
    for header, value in (("检查结果", "E 发现问题经责令已改正"), ("更正理由", "漏填"), ("更正审核人", "李复核")):
        sheet.cell(3, at[header]).value = value
    book.save(desk.work / "again.xlsx")
    report, taken = desk.record(desk.work / "again.xlsx")
    assert (report.exit_code, taken["inserted"], taken["corrected"], taken["unchanged"]) == (0, 1, 1, 1)
    report, taken = desk.record(desk.work / "again.xlsx")
    assert (report.exit_code, taken["inserted"], taken["unchanged"]) == (0, 0, 2)
    assert len(desk.versions()) == 3


def test_what_left_by_rule_is_nowhere(desk, monkeypatch):
    """What was repaired, and whose term is over, is in no published file; the page counts it, the manifest says so."""
    rows = [3, 4, 5]
    desk.record(desk.fill("one", {(3, "检查结果"): "8", (4, "检查结果"): "E", (5, "检查结果"): "1"}, rows=rows))
    desk.record(
        desk.fill("two", {(3, "检查结果"): "C", (4, "检查结果"): "E", (5, "检查结果"): "1"}, rows=rows),
        agreement=Agreement(reason="更正甲乙丙", reviewer="李复核"),
    )
    desk.publish()
    shown = b"".join(path.read_bytes() for path in (desk.out / "public").rglob("*") if path.is_file())
    names = ("不配合检查情节严重", "公示信息隐瞒真实情况弄虚作假", "发现问题已责令改正", "更正甲乙丙")
    assert all(name.encode() in shown for name in names)
    unit, result = desk.value(3, "统一社会信用代码"), f"{ROUND}/{desk.value(3, '检查编号')}/{desk.value(3, '事项编号')}"
    repair = pd.DataFrame({"unit_id": [unit], "kind": ["repair"], "repaired_no": [result]}, dtype="str")
    day = pd.Timestamp("2026-12-09").as_unit("s")
    desk.city.store.insert(
        "events", repair.assign(happened=day, known_on=day), who="t", at="2026-12-10", source_digest="t"
    )
    module = "supervision.month.public_results.today_of"
    monkeypatch.setattr(module, lambda round, recorded: datetime(2027, 3, 21).date())
    found, why = desk.publish()
    assert found["removed"] == {"expired": 1, "repaired": 1}
    assert [row["category"] for row in found["results"]] == ["未发现问题"]
    assert why == "按规定停止公示检查结果 2 项"
    files = [path for path in (desk.out / "public").rglob("*") if path.is_file() and path.parent.name != "manifests"]
    # the plan tells the rules' own words; the archive holds it and the earlier manifests; index.js names every code
    files = [path for path in files if path.stem != "plan" and path.suffix != ".zip" and path.name != "index.js"]
    shown = b"".join(path.read_bytes() for path in files)
    assert [name for name in names if name.encode() in shown] == []
    assert "2 项（公示期满 1 项，信用修复 1 项）".encode() in shown


def test_9_to_12_are_borne_out_by_the_register(desk):
    """注销 of a unit that the registers know as in business comes back with what to do; known there, it goes in."""
    path = desk.fill("gone", {(3, "检查结果"): "9 注销"}, rows=[3])
    _, taken = desk.record(path)
    assert taken["rejected"] == 1
    assert "请先导入最新登记信息" in reasons(taken["rejects_file"])[0]
    unit = desk.city.register("entities", on=NOW.date())
    unit = unit[unit["unit_id"] == desk.value(3, "统一社会信用代码")].assign(
        status="注销", known_on=pd.Timestamp("2026-12-19").as_unit("s")
    )
    desk.city.store.insert("entities", unit, who="t", at="2026-12-19", source_digest="t")
    _, taken = desk.record(path)
    assert (taken["inserted"], taken["rejected"]) == (1, 0)


def test_a_folder_of_files(desk):
    """A folder is taken with all in it; a file that is no results is named, the others go in; an empty one is said."""
    folder = desk.work / "returned"
    (folder / "deep").mkdir(parents=True)
    shutil.move(desk.fill("one", rows=[3]), folder / "deep" / "one.xlsx")
    shutil.move(desk.fill("two", rows=[4]), folder / "two.xlsx")
    (folder / "~$two.xlsx").write_bytes(b"lock")
    (folder / "other.xlsx").write_bytes(b"PK no workbook")
    report, files = desk.record(folder)
    assert [(one["file"], one["inserted"]) for one in files] == [("one.xlsx", 1), ("two.xlsx", 1)]
    assert report.exit_code == 1
    said = next(line for line in report.lines if line.code == "month.not_recorded")
    assert said.params["file"].name == "other.xlsx"
    (desk.work / "empty").mkdir()
    with pytest.raises(UsageError) as refused:
        desk.record(desk.work / "empty")
    assert refused.value.code == "month.nothing_to_record"
    with pytest.raises(SupervisionError):
        desk.record(folder / "other.xlsx")


def list_of(
    desk, name, *rows, header=("轮次", "检查编号", "统一社会信用代码", "事项编号", "检查机关", "检查结果", "检查日期")
):
    """Write a list of results as CSV."""
    path = desk.work / name
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([header, *rows])
    return path


def test_a_time_zone_is_no_traceback(desk):
    """A day with a time zone in a list is read or rejected with a reason; the command ends in words."""
    ids = [desk.value(3, name) for name in ("轮次", "检查编号", "统一社会信用代码", "事项编号", "检查机关")]
    for number, day in enumerate(
        ("2026-12-08T16:00:00.000Z", "2026-12-09T00:00:00+08:00", "2026-12-09T00:00:00-05:00")
    ):
        report, _ = desk.record(list_of(desk, f"z{number}.csv", [*ids, "1", day]))
        assert report.exit_code == 3
        assert "审核人" in reasons(desk.work / f"z{number}.csv.rejected.xlsx")[0] or number == 2


def test_rows_that_differ_only_in_who_went_are_no_repeat(desk):
    """Two rows of one item with other people are both handed back, not one of them taken in silence."""
    ids = [desk.value(3, name) for name in ("轮次", "检查编号", "统一社会信用代码", "事项编号", "检查机关")]
    held = desk.value(3, "检查人员工号").split()
    header = (
        "轮次",
        "检查编号",
        "统一社会信用代码",
        "事项编号",
        "检查机关",
        "检查结果",
        "检查日期",
        "检查人员工号",
        "审核人",
    )
    rows = [[*ids, "1", "2026-12-09", " ".join(people), "钱审核"] for people in (held, held[:1])]
    report, taken = desk.record(list_of(desk, "twice.csv", *rows, header=header))
    assert (report.exit_code, taken["inserted"], taken["rejected"]) == (3, 0, 2)
    same = [[*ids, "1", "2026-12-09", " ".join(held), "钱审核"]] * 2
    _, taken = desk.record(list_of(desk, "same.csv", *same, header=header))
    assert (taken["inserted"], taken["rejected"]) == (1, 0)
