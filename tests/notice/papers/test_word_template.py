"""Word templates of an office (Word 模板): filled as they are written; what is wrong is named with its place."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from notice.papers.word_files import rezipped, saved, texts, written

from supervision.errors import SupervisionError
from supervision.notice.papers.field_texts import clean
from supervision.notice.papers.fields import sample_values
from supervision.notice.papers.word_template import WordTemplate

VALUES = {
    **sample_values("visit"),
    "企业名称": "甲公司",
    "演练": "",
    "事项": [{**sample_values("visit")["事项"][0], "名称": name} for name in ("食品", "消防")],  # type: ignore[index]
}


def template(source: bytes, kind: str = "visit") -> WordTemplate:
    """Read a template under the name of its file."""
    return WordTemplate("paper_templates/notice.docx", source, kind=kind)


def refused(source: bytes, kind: str = "visit") -> SupervisionError:
    """The error with which a template is refused."""
    with pytest.raises(SupervisionError) as error:
        template(source, kind)
    return error.value


def test_fields_rows_and_conditions_are_filled() -> None:
    """Fields stand where they were written, also in the header; a row comes for every item, a paragraph if it holds."""
    rows = ("{%tr for 项 in 事项 %}", "{{ 项.名称 }}！", "{%tr endfor %}")
    source = written(
        "致{{ 企业名称 }}：", "{%p if 演练 %}", "演习", "{%p endif %}", table=rows, header="{{ 检查机关 }}"
    )
    made = texts(template(source).fill({**VALUES, "检查机关": "市监分局"}))
    assert made == ["市监分局", "致甲公司：", "食品！", "消防！"]


def test_a_field_that_word_split_into_runs_is_one_field() -> None:
    """Word cuts a field where spelling or format changes; it is the same field."""
    made = docx.Document()
    paragraph = made.add_paragraph("致")
    for piece in ("{", "{ 企业", "名", "称 }", "}："):
        paragraph.add_run(piece).bold = piece == "名"
    assert texts(template(saved(made)).fill(VALUES)) == ["致甲公司："]


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "=1+1", "甲&乙\"丙'", "长" * 200, "𠮷㛃\u9fb4", "{{ 城市 }}", "{% x"]
)
def test_names_stand_as_they_are(name: str) -> None:
    """Markup, formulas, 200 characters, rare characters and braces are texts and nothing else."""
    assert texts(template(written("{{ 企业名称 }}")).fill({**VALUES, "企业名称": name})) == [name]


def test_a_line_break_breaks_and_what_xml_forbids_is_marked() -> None:
    """A line break in a value is one on paper; a control character, which no Word file may hold, is shown as lost."""
    values = clean({**VALUES, "企业名称": "甲\n乙\x0b丙\ud800"})
    assert texts(template(written("{{ 企业名称 }}")).fill(values)) == ["甲\n乙\ufffd丙\ufffd"]


def test_the_same_values_give_the_same_bytes() -> None:
    """A paper repeats to the byte, with a fixed time on every part; other values give another paper."""
    source = written("{{ 企业名称 }}")
    own = template(source)
    made = own.fill(VALUES)
    assert made == own.fill(VALUES) == template(source).fill(VALUES)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 1, 1, 0, 0, 0)}
    assert made != own.fill({**VALUES, "企业名称": "乙公司"})


def test_an_unknown_field_is_named_with_those_that_are_close() -> None:
    """The error says which field of which file does not exist, and which ones there are."""
    error = refused(written("致{{ 企业名字 }}"))
    assert error.code == "notice.paper.field"
    assert (error.params["file"], error.params["field"]) == ("paper_templates/notice.docx", "企业名字")
    assert str(error.params["known"]).split("、")[0] == "企业名称"


def test_an_unknown_part_of_an_entry_is_named() -> None:
    """A list's entry has fields of its own; one that it lacks is named, though the list exists."""
    error = refused(written("表", table=("{%tr for 项 in 事项 %}", "{{ 项.金额 }}", "{%tr endfor %}")))
    assert (error.code, error.params["field"]) == ("notice.paper.field", "金额")


def test_an_unknown_field_is_named_where_no_branch_prints_it() -> None:
    """A mistake that only a real round or an odd visit would print is found when the template is read."""
    assert refused(written("{% if 企业名称 == '' %}{{ 罚款 }}{% endif %}")).params["field"] == "罚款"


def test_fields_of_another_kind_of_paper_do_not_exist() -> None:
    """A task's announcement knows no enterprise, so that no template can publish one."""
    assert refused(written("{{ 企业名称 }}"), kind="task").params["field"] == "企业名称"
    assert refused(written("{{ 联系方式 }}"), kind="day").params["field"] == "联系方式"


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("甲{{ 企业名称 }", "甲{{ 企业名称 }后"),
        ("乙{% if 演练 %}", "乙{% if 演练 %}"),
        ("丙{{ 企业 名称 }}", "丙{{ 企业 名称 }}"),
    ],
)
def test_a_broken_tag_is_named_with_its_words(text: str, near: str) -> None:
    """A tag that does not close or says nothing is named with the words around it."""
    error = refused(written("先", text, "后"))
    assert (error.code, error.params["near"]) == ("notice.paper.syntax", near)


def test_rows_that_do_not_pair_are_refused() -> None:
    """A repeated row without its end would swallow the rest of the paper."""
    assert refused(written("表", table=("{%tr for 项 in 事项 %}", "{{ 项.名称 }}"))).code == "notice.paper.syntax"


def test_tags_that_break_the_structure_are_refused() -> None:
    """A condition that opens before a table and closes inside leaves half of it, in a rehearsal or in a real round."""
    assert refused(written("{% if 演练 %}甲", table=("乙{% endif %}",))).code == "notice.paper.broken"
    assert refused(written("{% if 演练 == '' %}甲", table=("乙{% endif %}",))).code == "notice.paper.broken"


@pytest.mark.parametrize("source", [b"", b"no zip at all", b"PK\x03\x04 cut off"])
def test_what_is_no_word_file_is_refused(source: bytes) -> None:
    """An empty file, another format under this name, a file that was cut off."""
    error = refused(source)
    assert (error.code, error.params["file"]) == ("notice.paper.no_word", "paper_templates/notice.docx")


def test_another_office_file_is_refused() -> None:
    """A ZIP archive without a document, such as a workbook that was renamed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert refused(target.getvalue()).code == "notice.paper.no_word"


def test_a_file_that_unpacks_to_a_mountain_is_refused() -> None:
    """Twenty megabytes of text are no template."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (20 * 2**20 + 1))
    error = refused(target.getvalue())
    assert (error.code, error.params["most"]) == ("notice.paper.too_large", 20)


def test_a_part_in_a_foreign_encoding_is_refused() -> None:
    """A part that is not UTF-8 is named."""
    error = refused(rezipped(written("x"), "word/document.xml", "<文/>".encode("gbk")))
    assert (error.code, error.params["part"]) == ("notice.paper.broken", "word/document.xml")


@pytest.mark.parametrize("text", ["{{ 企业名称.__class__.__mro__ }}", "{{ ''.__class__ }}", "{{ 城市 / 2 }}"])
def test_a_template_computes_nothing_dangerous(text: str) -> None:
    """Templates are filled in a sandbox: the program's inside is out of their reach, and a failure has a name."""
    assert refused(written(text)).code in ("notice.paper.syntax", "notice.paper.field")
