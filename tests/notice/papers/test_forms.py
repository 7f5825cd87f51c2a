"""Forms of papers (文书式样): Word and PDF say the same, every field of the law is there, rare characters print."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from types import SimpleNamespace

import pytest
from notice.entry.test_code import KEY
from notice.papers.word_files import texts
from notice.test_look import program
from notice.test_posted import pages, streams

from supervision.errors import SupervisionError
from supervision.messages import Label
from supervision.notice.entry.office_codes import office_codes
from supervision.notice.formats import typeset
from supervision.notice.papers import pdf
from supervision.notice.papers.blocks import COLUMNS, Listing, Table
from supervision.notice.papers.field_list import field_list
from supervision.notice.papers.fields import KINDS, sample_values
from supervision.notice.papers.form import Form, shipped_forms
from supervision.notice.papers.values import day_values, task_values, visit_values
from supervision.notice.papers.word_form import word_form
from supervision.notice.papers.word_template import WordTemplate
from supervision.notice.plan_table import item_rows, plan_rows
from supervision.notice.public_content import Heading

FORMS = {form.name: form for form in shipped_forms()}
HEADING = Heading(city="苏州市", round="2026-12", rehearsal=False, stage="matched")
HAN = "[\u4e00-\u9fff]"
CHOICES = {
    "result": ["1 未发现问题", "E 已改正"],
    "method": ["实地检查"],
    "follow_up": ["无需后续处置"],
    "item_result": ["合格", "不合格"],
}


def month_of(sample: SimpleNamespace, heading: Heading = HEADING, office: str = "market-01", **changes: object):
    """Return one office's month after the draw of inspectors."""
    month = sample.make_month(**{**sample.drawn_teams(), **changes})
    return next(one for one in sample.office_months(heading, month, **CHOICES) if one.office.office_id == office)


def visit(sample: SimpleNamespace, place: int = 1, **changes: object) -> dict[str, object]:
    """Return the values of one visit; the second is the joint one of a whole day."""
    return [values for _, _, values in visit_values(month_of(sample, **changes))][place]


def word(form: Form, values: dict[str, object]) -> list[str]:
    """Return the texts of the Word paper."""
    return texts(WordTemplate(form.name, word_form(form), kind=form.kind).fill(values))


def printed(form: Form, values: dict[str, object]) -> str:
    """Return the words of the PDF paper as a reader sees them, without white space."""
    reader = program("pdftotext", package="poppler-utils")
    source = pdf.write(form, values)
    done = subprocess.run([reader, "-", "-"], input=source, capture_output=True, timeout=60, check=True)
    return re.sub(r"\s", "", done.stdout.decode())


def test_forms_and_what_they_are_made_for() -> None:
    """Five papers: three of a visit, one of a day, one of a task."""
    assert {name: (form.kind, form.wide) for name, form in FORMS.items()} == {
        "approval": ("visit", False), "notice": ("visit", False), "record": ("visit", False),
        "task-sheet": ("day", True), "announcement": ("task", False),
    }  # fmt: skip


def test_every_row_takes_the_whole_width() -> None:
    """All rows of all tables have twelve columns: one that has more or fewer would shift what stands below."""
    for form in FORMS.values():
        for block in form.blocks:
            rows = (
                block.rows
                if isinstance(block, Table)
                else [block.head, block.row]
                if isinstance(block, Listing)
                else []
            )
            assert {sum(cell.span for cell in row.cells) for row in rows} <= {COLUMNS}, form.name


def test_values_of_a_visit(sample: SimpleNamespace) -> None:
    """Every field of the list has its value, and the list every field: what a template may name is what there is."""
    values = visit(sample)
    items = values.pop("事项")
    assert values == {
        "城市": "苏州市", "轮次": "2026-12", "演练": "", "检查机关": "市监分局", "检查编号": "U2~1",
        "企业名称": "=HYPERLINK(1)", "统一社会信用代码": "U2", "法定代表人": "孙二", "地址": "二号", "街道": "枫桥街道",
        "联络人": "钱一", "联系方式": "0512-00000001",
        "检查日期": "2026年12月4日", "时段": "全天", "钟点": "09:00–17:00",
        "检查人员": "张三、李四", "执法证": "张三（执法证 苏E001）、李四", "同行机构": "消防大队：王五",
        "牵头机构": "市监分局", "任务编号": "苏市监抽查〔2026〕1号", "任务名称": "任务 sealed-01",
        "检查频次": "市监：已用 1 次，剩余 0 次", "历次发现问题": "2025-06-03 市场监管局 食品经营检查：发现问题",
        "检查依据": "《食品安全法》", "事项名称": "食品经营检查", "公示期限": "20", "评价码": "",
        "结果选项": "1 未发现问题；E 已改正", "处置选项": "无需后续处置",
        "入企码": "", "入企码编号": "本份文书未签发入企码", "入企码文字": "",
    }  # fmt: skip
    assert items == [
        {"序号": "1", "名称": "食品经营检查", "类别": "一般检查事项", "要点": "", "依据": "《食品安全法》",
         "方式": "实地检查、书面检查"}
    ]  # fmt: skip
    assert {*values, "事项"} == set(KINDS["visit"])


def test_a_visit_alone_says_so(sample: SimpleNamespace) -> None:
    """No partners, no cap, nothing found: words stand there, so that no blank hides something."""
    values = visit(sample, place=0, used={})
    assert [values[name] for name in ("同行机构", "牵头机构", "检查频次", "历次发现问题", "钟点", "时段")] == [
        "无", "市监分局", "规则未设年度上限", "未见检查发现问题的记录", "13:00–17:00", "下午",
    ]  # fmt: skip
    assert [item["名称"] for item in values["事项"]] == ["消防通道检查", "食品经营检查"]  # type: ignore[attr-defined]


def test_values_of_days_and_tasks_are_those_of_the_list(sample: SimpleNamespace) -> None:
    """A day lists its visits in order; a task tells what the public plan tells."""
    own = month_of(sample)
    days = dict(day_values(own, visit_values(own)))
    assert list(days) == ["2026-12-03", "2026-12-04"]
    assert set(days["2026-12-03"]) == set(KINDS["day"])
    assert [(one["序号"], one["企业名称"]) for one in days["2026-12-03"]["入企"]] == [("1", "丙店")]  # type: ignore[attr-defined]
    assert set(days["2026-12-03"]["入企"][0]) >= set(KINDS["day"]["入企"])  # type: ignore[index,arg-type]
    plan = plan_rows(sample.TASKS, sample.ITEMS, sample.Words(), {"open-02": {"units": 3, "sample": 2}})
    rows = {row["item_id"]: row for row in item_rows(sample.TASKS, sample.ITEMS, sample.Words()).to_dict("records")}
    items = {task.task_id: [rows[item] for item in task.items] for task in sample.TASKS}
    tasks = dict(task_values(HEADING, plan, items, publication_days=20))
    assert {frozenset(values) for values in tasks.values()} == {frozenset(KINDS["task"])}
    told = tasks["open-02"]
    assert (told["对象总数"], told["抽取户数"], told["开始日期"], told["配合部门"]) == (
        "3",
        "2",
        "2026年12月1日",
        "消防救援支队",
    )
    assert "MARK" not in repr(tasks), "a ratio by class is told"


@pytest.mark.parametrize("name", list(FORMS))
def test_every_form_prints_its_fields_in_word_and_pdf(name: str) -> None:
    """What a form names stands in both formats, and both say the same, character for character."""
    form = FORMS[name]
    values = {**sample_values(form.kind), "轮次": "2026-12"}
    said, seen = "".join(word(form, values)), printed(form, values)
    assert "{{" not in said and "{%" not in said
    foot = f"{values.get('检查编号', '')}第页共页" * pages(pdf.write(form, values))
    assert Counter(re.findall(HAN, seen)) == Counter(re.findall(HAN, said + foot))


def test_notice_holds_what_the_law_asks_for(sample: SimpleNamespace) -> None:
    """Basis, source of the task, frequency, people with certificates, items, rights, time limit of publication."""
    told = "".join(word(FORMS["notice"], visit(sample)))
    for wanted in (
        "行政检查通知书", "=HYPERLINK(1)", "《食品安全法》", "苏市监抽查〔2026〕1号",
        "2026年12月4日全天（09:00–17:00）",
        "张三（执法证 苏E001）", "消防大队：王五", "已用 1 次，剩余 0 次", "食品经营检查", "有权拒绝检查", "申请回避",
        "陈述、申辩", "行政复议", "行政诉讼", "20 个工作日", "签收人",
    ):  # fmt: skip
        assert wanted in told, wanted


def test_the_entry_code_is_never_parted_from_its_heading(sample: SimpleNamespace) -> None:
    """However long the notice, the heading of the code stands on the page of the code."""
    content = month_of(sample)
    codes = office_codes(content, commitment="cd" * 32, certificates={}, key=KEY)
    _, _, values = next(iter(visit_values(content, codes)))
    reader, lengths = program("pdftotext", package="poppler-utils"), set()
    for times in range(1, 13):
        source = pdf.write(FORMS["notice"], {**values, "事项": list(values["事项"]) * times})
        done = subprocess.run([reader, "-", "-"], input=source, capture_output=True, timeout=60, check=True)
        sheets = done.stdout.decode().split("\f")
        lengths.add(len(sheets))
        assert ["entry.html" in sheet for sheet in sheets] == ["ENTRY1" in sheet for sheet in sheets], times
    assert len(lengths) > 1


def test_approval_and_record_have_their_places(sample: SimpleNamespace) -> None:
    """Opinions and signatures of the approval; of the record time, people, findings, choices, everybody's signature."""
    approval, record = ("".join(word(FORMS[name], visit(sample))) for name in ("approval", "record"))
    for wanted in (
        "承办机构意见",
        "负责人审批意见",
        "协助检查人员",
        "检查频次",
        "历次发现问题",
        "孙二",
        "钱一 0512-00000001",
    ):
        assert wanted in approval, wanted
    for wanted in ("已出示执法证件", "申请回避", "检查情况", "被检查单位意见", "见证人", "E 已改正", "无需后续处置"):
        assert wanted in record, wanted


def test_a_rehearsal_is_marked_on_every_paper(sample: SimpleNamespace) -> None:
    """The mark stands first in Word and PDF; in a real round there is no such line."""
    heading = Heading(city="苏州市", round="2026-12", rehearsal=True, stage="matched")
    values = next(values for _, _, values in visit_values(month_of(sample, heading=heading)))
    for form in (FORMS["approval"], FORMS["notice"], FORMS["record"]):
        assert word(form, values)[0] == "演练，不产生任何效力　REHEARSAL, of no effect"
        assert word(form, visit(sample))[0] == form.title.zh
        assert printed(form, values).startswith("演练，不产生任何效力")


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "=1+1", "#set page(fill: red) $x$ @a", "长" * 200, "𠮷㛃\u9fb4"]
)
def test_names_print_as_they_are(sample: SimpleNamespace, name: str) -> None:
    """Markup of HTML or typst, formulas, 200 characters and rare characters of names are printed and do nothing."""
    values = {**visit(sample), "企业名称": name}
    assert name.replace(" ", "") in printed(FORMS["approval"], values).replace("\u00ad", "")


def test_a_character_no_font_has_is_named(sample: SimpleNamespace) -> None:
    """It would be an empty box on a paper that is served: refused with the character and the text it stands in."""
    for character, point in (("😀", "U+1F600"), ("\ue863", "U+E863")):
        with pytest.raises(SupervisionError) as refused:
            pdf.write(FORMS["notice"], {**visit(sample), "企业名称": f"甲{character}店"})
        assert (refused.value.code, refused.value.params["point"]) == ("notice.posted.no_glyph", point)
        assert f"甲{character}店" in str(refused.value.params["text"])


def test_without_its_font_no_pdf_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """A font that was lost from the installation is named; typst would set boxes instead."""
    monkeypatch.setattr(typeset, "FONT", "lost.otf")
    typeset._fonts.cache_clear()
    with pytest.raises(SupervisionError) as refused:
        pdf.write(FORMS["notice"], {**sample_values("visit"), "轮次": "2026-12"})
    assert (refused.value.code, refused.value.params["font"]) == ("notice.no_font", "lost.otf")


def test_pdf_repeats_is_dated_by_the_month_and_embeds_its_font(sample: SimpleNamespace) -> None:
    """The same bytes every time, dated by the round's month, PDF/A with its font; a day lies across."""
    made = pdf.write(FORMS["approval"], visit(sample))
    assert made == pdf.write(FORMS["approval"], visit(sample))
    assert b"D:20261201000000" in streams(pdf.write(FORMS["approval"], {**visit(sample), "轮次": "2026-12-b"}))
    inside = streams(made)
    assert pages(made) == 1
    assert b"NotoSerifCJKsc-Regular" in inside and b"D:20261201000000" in inside and b"pdfaid:part" in inside
    own = month_of(sample)
    values = dict(day_values(own, visit_values(own)))["2026-12-04"]
    assert re.search(rb"/MediaBox\s*\[\s*0\s+0\s+841", streams(pdf.write(FORMS["task-sheet"], values)))


def test_word_templates_repeat(sample: SimpleNamespace) -> None:
    """A template that is laid twice is the same file."""
    assert [word_form(form) for form in shipped_forms()] == [word_form(form) for form in shipped_forms()]


def test_list_of_fields_names_them_all() -> None:
    """Who writes a template finds every field in it, with the forms of its kind; editors know its encoding."""
    text = field_list().decode("utf-8-sig")
    for fields in KINDS.values():
        for name, said in fields.items():
            assert (f"{{{{ {name} }}}}　{said.zh}" if isinstance(said, Label) else f"in {name} %}}") in text
    assert "approval.docx 行政检查审批表、notice.docx 行政检查通知书、record.docx 现场检查记录" in text
    assert field_list()[:3] == b"\xef\xbb\xbf"
