"""Hand-over of a real month (移交国家平台): recorded, exported, read back by other readers, corrected, handed on."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from real_rounds import ROUND, register_file
from result_desk import NOW, Desk

from supervision.errors import UsageError
from supervision.month.exporting import export

AGREED = {"更正理由": "录入有误", "更正审核人": "周更正"}


@pytest.fixture
def desk(at, tmp_path):
    """The month after its second draw."""
    return Desk(at("matched"), tmp_path)


def hand(desk, target, **options):
    """Export; return the report and the batch's folder."""
    report = export(desk.city.round(ROUND), target=target, out=desk.work / "handover", **options)
    return report, Path(report.facts["folder"]) if "folder" in report.facts else None


def listed(folder, name):
    """Read a CSV file with the standard library."""
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def sheet_rows(path, title):
    """Read a sheet with openpyxl: its English names are in row 2."""
    rows = list(openpyxl.load_workbook(path)[title].iter_rows(values_only=True))
    return [{name: cell or "" for name, cell in zip(rows[1], row, strict=True)} for row in rows[2:]]


def fill(desk, cells=None, *, rows=None, said="合格"):
    """Fill rows of the workbook with a result of each item, too."""
    rows = desk.rows if rows is None else rows
    return desk.fill("filled", {**{(row, "单项结果"): said for row in rows}, **(cells or {})}, rows=rows)


def test_round_trip(desk):
    """Every recorded result is in the files once, with the store's own values; nothing is written that nobody said."""
    first = desk.rows[0]
    bad = {(first, "检查结果"): "E 发现问题经责令已改正", (first, "单项结果"): "不合格"}
    report, taken = desk.record(fill(desk, bad))
    assert (report.exit_code, taken["inserted"]) == (0, len(desk.rows))
    told, folder = hand(desk, "jianguan")
    assert (told.exit_code, told.facts["rejected"]) == (0, 0)
    stored = desk.versions()
    acts = {row["check_action_code"]: row for row in listed(folder, "tr_t_jgxw_check_action")}
    parts = listed(folder, "check_item")
    people = desk.city.register("inspectors", on=NOW.date()).set_index("inspector_id")
    items = desk.city.register("items", on=NOW.date()).set_index("item_id")
    names = {"passed": "合格", "failed": "不合格"}
    assert len(parts) == len(stored)
    expected = {
        (row.unit_id, row.item_id, names[row.item_result], row.inspected_on.strftime("%Y-%m-%d 00:00:00")): row
        for row in stored.itertuples()
    }
    found = {}
    for part in parts:
        act = acts[part["check_action_code"]]
        key = (act["administrative_cp_ui_code"], part["item_id"], part["item_result"], act["check_date"])
        row = found[key] = expected[key]
        who = row.inspectors.split()
        assert act["check_personnel"].split(",") == people.loc[who, "name"].tolist()
        assert act["check_personnel_code"].split(",") == people.loc[who, "cert_no"].tolist()
        assert act["check_result"] == ("02" if row.result == "E" else "01")
        assert act["supervise_item_implement_code"] == items.at[row.item_id, "implement_code"]
        code = act["implement_institution_code"] + items.at[row.item_id, "check_code"]
        assert act["supervise_item_check_icode"] == code
        assert part["item_name"] == items.at[row.item_id, "name"]
    assert set(found) == set(expected)
    assert {(row["cd_operation"], row["cd_batch"], row["submitted_date"]) for row in acts.values()} == {
        ("i", "2026122000001", "2026-12-20 10:00:00")
    }
    book = folder / "jianguan.xlsx"
    assert sheet_rows(book, "行政检查行为") == listed(folder, "tr_t_jgxw_check_action")
    assert sheet_rows(book, "检查项结果") == parts


def test_publicity_system(desk):
    """Its results are the public page's, by task, nested in JSON as in the tables; no visit id, class or person."""
    desk.record(fill(desk))
    told, folder = hand(desk, "gsxt")
    assert told.exit_code == 0
    shown, _ = desk.publish()
    results = listed(folder, "result")
    tasks = {row["raninsTaskId"]: row for row in listed(folder, "task")}
    (plan,) = listed(folder, "plan")
    assert (plan["raninsPlanId"], plan["operation"]) == ("32050020260001", "i")
    assert {row["raninsPlanId"] for row in (*tasks.values(), *results)} == {plan["raninsPlanId"]}
    assert {row["raninsTaskId"] for row in results} <= set(tasks)
    nested = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    inside = [part for one in nested for part in one.pop("details")]
    assert {type(part["seqno"]) for part in inside} == {int}
    flat = listed(folder, "result_details")
    assert nested == results
    assert [{**part, "seqno": str(part["seqno"])} for part in inside] == [
        {name: row[name] for name in ("seqno", "raninsItemName", "raninsCheckResName")} for row in flat
    ]
    words = sorted((row["uniscId"], row["raninsItemName"], row["raninsCheckResName"]) for row in flat)
    page = {(row["unit_id"], row["item"], row["category"]) for row in shown["results"]}
    assert set(words) == page
    assert told.facts["waiting"] == 0
    of_tasks = sum(len(row["tasks"].split()) for row in shown["results"])
    assert len(flat) == of_tasks >= len(page)
    text = (folder / "result.csv").read_text(encoding="utf-8-sig")
    assert not any(one in text for one in desk.city.register("inspectors", on=NOW.date())["name"])


def test_only_what_changed_goes_out_again(desk):
    """Nothing new is no batch; a corrected result is u; another code of an item is d and i; a batch can be repeated."""
    desk.record(fill(desk))
    _, first = hand(desk, "jianguan")
    nothing, folder = hand(desk, "jianguan")
    assert (folder, nothing.facts["inserted"], nothing.exit_code) == (None, 0, 0)
    row = desk.rows[0]
    unit, item = desk.value(row, "统一社会信用代码"), desk.value(row, "事项编号")
    path = desk.work / "again.csv"
    stored = desk.versions()
    one = stored[(stored["unit_id"] == unit) & (stored["item_id"] == item)].iloc[0]
    header = "轮次,检查编号,统一社会信用代码,事项编号,检查机关,检查结果,检查日期,检查人员工号,审核人,单项结果"
    header = ",".join([header, *AGREED])
    values = [ROUND, one.visit_id, unit, item, one.agency, "E", "2026-12-09", one.inspectors.replace(" ", "、")]
    values += ["钱审核", "不合格", *AGREED.values()]
    path.write_text(f"{header}\n{','.join(values)}\n", encoding="utf-8-sig")
    report, taken = desk.record(path)
    assert (report.exit_code, taken["corrected"]) == (0, 1), report.lines
    told, second = hand(desk, "jianguan")
    (act,) = listed(second, "tr_t_jgxw_check_action")
    assert (act["cd_operation"], act["check_result"], act["cd_batch"]) == ("u", "02", "2026122000002")
    assert act["check_action_code"] in {row["check_action_code"] for row in listed(first, "tr_t_jgxw_check_action")}
    items = desk.city.register("items", on=NOW.date()).set_index("item_id").loc[[item]].reset_index()
    items = items.drop(columns="known_on").assign(implement_code="99999999000000")
    items = items.assign(**{name: items[name].dt.strftime("%Y-%m-%d") for name in ("from_date", "until_date")})
    cells = items.iloc[0].dropna()
    register_file(desk.city, desk.work, "items", ",".join(cells.index), list(cells), day="2026-12-20")
    told, third = hand(desk, "jianguan")
    acts = listed(third, "tr_t_jgxw_check_action")
    many = stored["item_id"].eq(item).sum()
    assert (told.facts["inserted"], told.facts["updated"], told.facts["deleted"]) == (many, 0, many)
    codes = {(one["cd_operation"], one["supervise_item_implement_code"] == "99999999000000") for one in acts}
    assert codes == {("i", True), ("d", False)}
    before = {path.name: path.read_bytes() for path in third.iterdir()}
    for path in third.iterdir():
        path.unlink()
    hand(desk, "jianguan", again=True)
    assert {path.name: path.read_bytes() for path in third.iterdir()} == before


def test_what_leaves_the_public_page_is_taken_back(desk):
    """A result whose unit's credit was repaired leaves the page, and goes to the publicity system as d."""
    row = desk.rows[0]
    desk.record(fill(desk, {(row, "检查结果"): "E 发现问题经责令已改正", (row, "单项结果"): "不合格"}))
    _, first = hand(desk, "gsxt")
    unit = desk.value(row, "统一社会信用代码")
    wanted = {one["raninsTaskId"] for one in listed(first, "result") if one["uniscId"] == unit}
    visit = desk.value(row, "检查编号")
    event = [unit, "repair", "2026-12-20", "X1", f"{ROUND}/{visit}"]
    register_file(desk.city, desk.work, "events", "unit_id,kind,happened,event_no,repaired_no", event, day="2026-12-20")
    _, folder = hand(desk, "gsxt")
    gone = listed(folder, "result")
    assert wanted
    assert {(one["uniscId"], one["raninsTaskId"], one["operation"]) for one in gone} == {(unit, t, "d") for t in wanted}


def test_what_is_refused_comes_back_with_its_reason(desk):
    """A blank item result and a unit without a valid code are in no file; the workbook says why at the cell."""
    blank = desk.rows[0]
    desk.record(fill(desk, {(blank, "单项结果"): None}))
    told, folder = hand(desk, "jianguan")
    assert (told.exit_code, told.facts["rejected"]) == (3, 1)
    unit, item = desk.value(blank, "统一社会信用代码"), desk.value(blank, "事项编号")
    assert Path(told.facts["rejects_file"]) == folder.with_name(f"{folder.name}-rejected.xlsx")
    parts = listed(folder, "check_item")
    assert len(parts) + 1 == len(desk.versions())
    acts = {
        row["check_action_code"]: row["administrative_cp_ui_code"] for row in listed(folder, "tr_t_jgxw_check_action")
    }
    assert (unit, item) not in {(acts[part["check_action_code"]], part["item_id"]) for part in parts}
    book = openpyxl.load_workbook(told.facts["rejects_file"])
    sheet = book["检查项结果"]
    at = {cell.value: cell.column for cell in sheet[2]}
    cell = sheet.cell(3, at["item_result"])
    assert (sheet.cell(3, at["item_id"]).value, cell.value, cell.fill.fgColor.rgb) == (item, None, "FFF8CBAD")
    assert "单项结果" in cell.comment.text
    assert sheet.cell(3, at["reason"]).value.startswith("检查项结果：必填")
    act = book["行政检查行为"]
    heads = {cell.value: cell.column for cell in act[2]}
    assert act.cell(3, heads["visit_id"]).value == desk.value(blank, "检查编号")
    assert act.cell(3, heads["reason"]).value.startswith("同一记录“检查项结果”第 1 行的“检查项结果”：必填")
    assert act.max_row == sheet.max_row == 3


def test_missing_codes_are_filled_in_and_go(desk):
    """An agency without a code is refused with where to fill it in; filled in, its acts go as new ones."""
    desk.record(fill(desk))
    office = desk.city.register("offices", on=NOW.date()).set_index("office_id").loc[[desk.book.stem]].reset_index()
    row = office.drop(columns="known_on").iloc[0]
    names, good = ",".join(row.index), list(row)
    register_file(desk.city, desk.work, "offices", names.removesuffix(",uscc"), good[:-1], day="2026-12-19")
    told, _ = hand(desk, "jianguan")
    assert (told.exit_code, told.facts["inserted"]) == (3, 0)
    sheet = openpyxl.load_workbook(told.facts["rejects_file"])["行政检查行为"]
    at = {cell.value: cell.column for cell in sheet[2]}
    assert "执法机构（offices）" in sheet.cell(3, at["implement_institution_code"]).comment.text
    register_file(desk.city, desk.work, "offices", names, good, day="2026-12-20")
    told, folder = hand(desk, "jianguan")
    assert (told.exit_code, told.facts["inserted"]) == (0, len(listed(folder, "tr_t_jgxw_check_action")))


def test_refusals(desk):
    """Before a result, before a batch and into a public folder nothing is written."""
    round, out = desk.city.round(ROUND), desk.work / "handover"
    for options, code in (
        ({"out": out}, "month.export_no_results"),
        ({"out": out, "again": True}, "month.export_no_batch"),
        ({"out": desk.out / "public" / "x"}, "month.export_public"),
    ):
        with pytest.raises(UsageError) as caught:
            export(round, target="gsxt", **options)
        assert caught.value.code == code
    assert not out.exists()


def test_an_item_result_that_contradicts_comes_back(desk):
    """Passed with a problem, and inspected where nobody could look, go back to the office with what is possible."""
    first, second, third = desk.rows[:3]
    report, taken = desk.record(
        fill(
            desk,
            {
                (first, "检查结果"): "E 发现问题经责令已改正",
                (second, "检查结果"): "6 通过登记的住所（经营场所）无法联系",
                (third, "单项结果"): "很好",
            },
            rows=desk.rows[:3],
        )
    )
    assert (report.exit_code, taken["rejected"]) == (3, 3)
    sheet = openpyxl.load_workbook(taken["rejects_file"])["结果录入"]
    at = {cell.value: cell.column for cell in sheet[2]}
    told = [sheet.cell(row, at["单项结果"]).comment.text for row in (3, 4, 5)]
    assert "可填：不合格" in told[0]
    assert "可填：未检查" in told[1]
    assert "合格、不合格、未检查、合理缺项" in told[2]
    rules = [
        rule
        for rule in sheet.data_validations.dataValidation
        if f"{sheet.cell(3, at['单项结果']).coordinate}" in str(rule.sqref)
    ]
    assert [rule.type for rule in rules] == ["list"]


def test_batches_are_numbered_over_rounds_and_days(desk, monkeypatch):
    """A second batch of a day is 00002, the next day begins with 00001 again."""
    half = len(desk.rows) // 2
    desk.record(fill(desk, rows=desk.rows[:half]))
    one, _ = hand(desk, "jianguan")
    desk.record(fill(desk, rows=desk.rows[half:]))
    two, _ = hand(desk, "jianguan")
    later = NOW + timedelta(days=1)
    desk.city.now = lambda: datetime.fromisoformat(later.isoformat())
    three, _ = hand(desk, "gsxt")
    assert [report.facts["batch"] for report in (one, two, three)] == [
        "2026122000001",
        "2026122000002",
        "2026122100001",
    ]
