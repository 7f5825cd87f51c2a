"""Templates can be filled in and imported, and give the same bytes every time."""

import io

import openpyxl
import pytest
from builders import LISTS, NOVEMBER

from supervision.directory.checking.register_check import check_table
from supervision.directory.reading.register_file import read_table
from supervision.directory.register import kinds, register
from supervision.directory.returning.template import template


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", kinds())
def test_untouched_template_gives_no_rows(kind: str, lang: str) -> None:
    """A template imported as it is has every column and no row."""
    table = read_table(kind, "t.xlsx", template(kind, lang, LISTS))
    assert tuple(table.frame) == register(kind).names
    assert len(table.frame) == 0
    assert table.notes[0].code == "directory.note_example"
    assert len(table.notes) == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", kinds())
def test_example_is_good_once_it_is_not_an_example(kind: str, lang: str) -> None:
    """The example row, without its mark, passes the check that real rows have to pass."""
    book = openpyxl.load_workbook(io.BytesIO(template(kind, lang, LISTS)))
    cell = book.worksheets[0].cell(3, 1)
    cell.value = register(kind).example[register(kind).columns[0].name]
    stream = io.BytesIO()
    book.save(stream)
    checked = check_table(kind, read_table(kind, "t.xlsx", stream.getvalue()), as_of=NOVEMBER, lists=LISTS)
    assert checked.rejected.to_dict("records") == []
    assert len(checked.good) == 1


def test_same_bytes() -> None:
    """Two templates of a register are equal to the byte."""
    assert template("entities", "zh", LISTS) == template("entities", "zh", LISTS)


def test_pick_lists_notes_and_marks() -> None:
    """Choices are offered from the second sheet, required columns are starred, notes hang on the header."""
    book = openpyxl.load_workbook(io.BytesIO(template("items", "zh", LISTS)))
    sheet, choices = book.worksheets
    assert choices.title == "选项"
    header = [cell.value for cell in sheet[2]]
    assert header[:5] == ["事项编号*", "抽查事项*", "抽查主体*", "事项类别*", "抽查依据*"]
    offered = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert offered == {
        "C3": "'选项'!$A$2:$A$26",
        "D3": "'选项'!$B$2:$B$3",
        "H3": "'选项'!$C$2:$C$3",
        "L3": "'选项'!$E$2:$E$4",
        "M3": "'选项'!$F$2:$F$19",
    }
    assert [cell.value for cell in choices["B"]][:3] == ["事项类别", "一般检查事项", "重点检查事项"]
    assert sheet["G2"].comment.text == "必填\n如 不低于5%、不高于10%、100%"
    assert sheet["A3"].value == "案例（请删除）market-001"
