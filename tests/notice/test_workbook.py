"""Office workbook (机构工作簿)."""

import io
import zipfile

import openpyxl
import pandas as pd
import pytest

from supervision.directory.register import register
from supervision.notice.formats import workbook
from supervision.notice.office_content import UNHELD_COLUMNS, form_choices
from supervision.notice.public_content import Heading

CODES = {"result": ["1", "E", "7"], "method": ["on_site", "desk"], "follow_up": ["none", "order"]}


def made(sample, *, rehearsal=False, office="market-01", **changes):
    """Return the bytes of one office's workbook."""
    heading = Heading(city="苏州市", round="2026-12", rehearsal=rehearsal, stage="planned")
    choices = form_choices(sample.Words(), CODES)
    found = sample.office_months(heading, sample.make_month(**changes), **choices)
    return next(workbook.write(one) for one in found if one.office.office_id == office)


@pytest.fixture
def book(sample):
    """The workbook of the market office, opened."""
    return openpyxl.load_workbook(io.BytesIO(made(sample)))


def test_sheets_titles_and_headers(book):
    """Calendar, form, manual, and the hidden lists; the title names office and round."""
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("本月检查日程", "visible"),
        ("检查要点", "visible"),
        ("结果录入", "visible"),
        ("未排定与证明", "visible"),
        ("每日负荷", "visible"),
        ("说明", "visible"),
        ("选项", "hidden"),
    ]
    assert book["本月检查日程"]["A1"].value == "市监分局　2026-12 轮次　本月检查日程"
    assert [cell.value for cell in book["本月检查日程"][2]] == [
        "日期", "时段", "企业名称", "地址", "街道", "联络人", "联系方式",
        "检查事项", "本机构检查人员", "同行机构及人员", "本年入企频次（含本次）", "历次发现问题", "检查人员签名",
        "统一社会信用代码", "牵头机构", "任务编号", "事由", "检查编号",
    ]  # fmt: skip
    assert "20 个工作日" in book["说明"]["A13"].value


def test_form_headers_are_those_of_the_register(book):
    """Every header of the form that is filled in or hidden is a header or alias of the register `results`."""
    known = {name for column in register("results").columns for name in (column.zh, *column.aliases)}
    headers = [cell.value for cell in book["结果录入"][2]]
    assert set(headers) - known == {"计划日期", "企业名称", "抽查事项", "录入状态"}


def test_ids_are_hidden_and_locked_and_answers_open(book):
    """The id columns are hidden, everything but the answers is locked, and the sheet is protected."""
    sheet = book["结果录入"]
    assert [letter for letter in "ABCDEFGHIJKLMNO" if sheet.column_dimensions[letter].hidden] == list("ABCD") or (
        sheet.column_dimensions["A"].hidden and sheet.column_dimensions["A"].max == 4
    )
    assert [cell.value for cell in sheet[3]][:4] == ["2026-12", "U3~1", "fire-door", "market"]
    assert [cell.protection.locked for cell in sheet[3]] == [True] * 8 + [False] * 8 + [True]
    assert sheet.protection.sheet


def test_answers_have_pick_lists(book):
    """Result, method and follow-up are picked from the hidden sheet; the day must be a date."""
    rules = {str(rule.sqref): (rule.type, rule.formula1) for rule in book["结果录入"].data_validations.dataValidation}
    assert rules == {
        "I3:I5": ("list", "选项!$C$1:$C$3"),
        "J3:J5": ("date", "46023"),
        "K3:K5": ("list", "选项!$B$1:$B$2"),
        "L3:L5": ("list", "选项!$A$1:$A$2"),
    }
    assert [cell.value for cell in book["选项"]["C"]] == [
        "1 未发现问题",
        "E 发现问题经责令已改正",
        "7 已关闭停业或正在组织清算",
    ]


def test_names_are_texts_and_never_formulas(book):
    """A name that begins like a formula stands as a text, marked as one."""
    cell = book["本月检查日程"]["C4"]
    assert (cell.value, cell.data_type, cell.number_format) == ("'=HYPERLINK(1)", "s", "@")


def test_sheets_print_on_a4_across(book):
    """Tables print across, one page wide, with header and title on every page."""
    for sheet in (book["本月检查日程"], book["结果录入"]):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert sheet.print_title_rows == "$1:$2"


def test_workbook_repeats_to_the_byte_and_holds_no_secret(sample):
    """The same content gives the same bytes; no class, score, phone or other private column is inside."""
    source = made(sample)
    assert source == made(sample)
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        assert not any(b"MARK" in archive.read(name) for name in archive.namelist())


def test_list_names_whom_to_call_who_comes_and_what_was_found(sample):
    """A visit's line holds the unit's contact and phone, the partners with their people, caps, earlier findings."""
    sheet = openpyxl.load_workbook(io.BytesIO(made(sample, **sample.drawn_teams())))["本月检查日程"]
    labels = [cell.value for cell in sheet[2]]
    line = dict(zip(labels, [cell.value for cell in sheet[4]], strict=True))
    wanted = (
        "企业名称",
        "联络人",
        "联系方式",
        "同行机构及人员",
        "本年入企频次（含本次）",
        "历次发现问题",
        "检查人员签名",
    )
    assert [line[name] for name in wanted] == [
        "'=HYPERLINK(1)", "钱一", "0512-00000001", "消防大队：王五", "市监：已用 1 次，剩余 0 次",
        "2025-06-03 市场监管局 食品经营检查：发现问题", "",
    ]  # fmt: skip
    alone = dict(zip(labels, [cell.value for cell in sheet[3]], strict=True))
    assert [alone[name] for name in wanted[1:6]] == ["", "", "", "", "未见检查发现问题的记录"]


def test_list_prints_what_is_carried(book):
    """Printed is what is carried, up to the signature; every column can be filtered; three columns stay in sight."""
    sheet = book["本月检查日程"]
    assert (sheet.print_area, sheet.auto_filter.ref, sheet.freeze_panes) == ("'本月检查日程'!$A$1:$M$4", "A2:R4", "D3")
    assert sheet["M2"].value == "检查人员签名"


def test_points_stand_line_by_line_with_room_to_write(sample):
    """A row a visit and item: what is looked at, by which law and method; notes and signatures are left blank."""
    sheet = openpyxl.load_workbook(io.BytesIO(made(sample)))["检查要点"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert [(row[2], row[3], row[5], row[7]) for row in rows] == [
        ("丙店", "消防通道检查", "疏散通道", "实地检查、书面检查"),
        ("丙店", "食品经营检查", "", "实地检查、书面检查"),
        ("'=HYPERLINK(1)", "食品经营检查", "", "实地检查、书面检查"),
    ]
    assert {tuple(row[8:11]) for row in rows} == {("", "", "")}
    assert (sheet.print_area, sheet.auto_filter.ref, sheet.freeze_panes) == ("'检查要点'!$A$1:$K$5", "A2:L5", "D3")
    assert min(sheet.row_dimensions[line].height for line in (3, 4, 5)) >= 40


def test_office_without_visits_is_told_so(sample):
    """An office whose visits all fell away has its list with a word instead of rows, and can still be printed."""
    lost = [("market-01", "320505", "U2", "food", "人手不足", "too few people")]
    month = {"calendar": sample.make_month().calendar.iloc[:1],
             "unheld": pd.DataFrame(lost, columns=list(UNHELD_COLUMNS), dtype="str")}  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(made(sample, **month)))
    assert book["本月检查日程"]["C3"].value == "本机构本轮没有入企检查。"
    assert book["检查要点"].max_row == 2


def test_rehearsal_is_marked_on_every_sheet(sample):
    """Titles of a rehearsal's sheets say 演练 and REHEARSAL."""
    book = openpyxl.load_workbook(io.BytesIO(made(sample, rehearsal=True)))
    titles = [next(cell.value for cell in book[name][1] if cell.value) for name in ("本月检查日程", "结果录入", "说明")]
    assert all(title.startswith("【演练 REHEARSAL】") for title in titles)
