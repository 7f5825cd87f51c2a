"""Codes as registers write them: districts, legal forms, statuses, tags; what no list knows is told."""

from __future__ import annotations

import dataclasses

import pytest
from builders import CONVENTIONS, check, parse

from supervision.directory.checking.cells import parse_noted
from supervision.directory.register import register
from supervision.errors import SupervisionError
from supervision.law.code_lists import CodeLists
from supervision.store import shipped_files

DISTRICTS = dict.fromkeys(
    (
        *(
            "320505",
            "320505.0",
            "320505000000",
            "320505003",
            "320505003000",
            "３２０５０５",
            "虎丘区",
            "虎丘",
            "高新区",
        ),
        *(
            "苏州市虎丘区",
            "江苏省苏州市虎丘区",
            "江苏省/苏州市/虎丘区",
            "江苏省 苏州市 虎丘区",
            "苏州虎丘区",
            "江苏苏州虎丘",
        ),
        *(
            "虎丘区（高新区）",
            "虎丘区(原新区)",
            "320505虎丘区",
            "320505 虎丘区",
            "320505-虎丘区",
            "虎丘区（320505）",
            "Huqiu",
        ),
    ),
    "320505",
) | {"苏州工业园区": "320571", "江苏省昆山市": "320583", "苏州市昆山市": "320583"}
NO_DISTRICTS = (
    *("110101", "110101000000", "3205", "32050500", "昆山工业园区", "昆山市高新区", "无锡市虎丘区", "苏州市", "江苏省"),
    *("虎丘区（吴中区）", "320506虎丘区", "虎丘区吴中区", "虎"),
)
FORMS = {
    "有限责任公司(自然人独资)": "企业",
    "有限责任公司（自然人投资或控股）": "企业",
    "股份有限公司(上市)": "企业",
    "有限责任公司分公司(自然人独资)": "企业",
    "个人独资企业": "企业",
    "合伙企业(普通合伙)": "企业",
    "国有企业": "企业",
    "个体工商户（个人经营）": "个体工商户",
    "个体户": "个体工商户",
    "农民专业合作社": "农民专业合作社",
    "农民专业合作社联合社": "农民专业合作社",
    "外国（地区）企业常驻代表机构": "外国企业常驻代表机构",
}
STATUSES = {
    "存续（在营、开业、在册）": "存续",
    "在营（开业）企业": "存续",
    "吊销,未注销": "吊销",
    "吊销，已注销": "注销",
    "开业": "开业",
}


@pytest.mark.parametrize(("text", "code"), DISTRICTS.items())
def test_districts(text: str, code: str) -> None:
    """A district is its code, its names, its names with city and province before them, and both together."""
    assert parse(register("entities").column("region"), text) == code


@pytest.mark.parametrize("text", NO_DISTRICTS)
def test_no_districts(text: str) -> None:
    """Other cities, contradictions and parts of a code are no district, and no part of a name is guessed."""
    with pytest.raises(SupervisionError) as caught:
        parse(register("entities").column("region"), text)
    assert caught.value.code == "directory.bad_choice"


@pytest.mark.parametrize(("text", "code"), FORMS.items())
def test_legal_forms(text: str, code: str) -> None:
    """Legal forms are kinds of entity, whatever their brackets add."""
    assert parse_noted(register("entities").column("type"), text, CONVENTIONS) == (code, None)


@pytest.mark.parametrize(("text", "code"), STATUSES.items())
def test_statuses(text: str, code: str) -> None:
    """The words of the national system are known."""
    assert parse_noted(register("entities").column("status"), text, CONVENTIONS) == (code, None)


@pytest.mark.parametrize(("name", "text"), [("status", "开业(正常)"), ("status", "存续(在营)"), ("type", "家庭作坊")])
def test_unknown_words_are_kept_and_noted(name: str, text: str) -> None:
    """A word that the list does not have stays as it stands, with a note; a status has no remarks in brackets."""
    assert parse_noted(register("entities").column(name), text, CONVENTIONS) == (text, "directory.note_unknown_word")


def test_what_the_import_says_of_its_columns() -> None:
    """Unknown words with their counts, absent columns, blank cells with theirs; faulty cells are not blank."""
    rows = (
        "91320505YY0000001P,甲,320505,开业(正常),2020-01-05,\n91320505YY0000002T,乙,320505,开业(正常),,N/A\n"
        "91320505YY0000003X,丙,320505,营业,,\n91320505YY00000041,丁,320505,存续,坏,食品经营\n"
    )
    checked = check("entities", f"unit_id,name,region,status,established,tags\n{rows}")
    assert [note.text("zh") for note in checked.notes] == [
        "“登记状态”中有 3 行的写法不认识，原样保留：开业(正常) 2；营业 1",
        "文件没有这些列：主体类别",
        "空白单元格（共 4 行）：成立日期 2；专项库 3",
    ]
    assert checked.notes[0].text("en") == (
        "Status: 3 rows have words that are not known and stay as they are: 开业(正常) 2; 营业 1"
    )
    assert checked.notes[2].text("en") == "blank cells (of 4 rows): Established 2; Tags 3"


def test_many_unknown_words() -> None:
    """Of many unknown words the most frequent are listed, and how many more there are."""
    rows = "".join(f"{number:015d},甲,320505,状态{number % 15}\n" for number in range(320505000000001, 320505000000017))
    note = next(n for n in check("entities", f"unit_id,name,region,status\n{rows}").notes if "unknown" in n.code)
    assert note.text("en").endswith("; 3 more")
    assert "状态1 2; " in note.text("en") or "状态2 2; " in note.text("en")


def test_tags_of_a_citys_list() -> None:
    """Where the city lists its tags, aliases become tags and others are noted; an empty list compares nothing."""
    tags = register("entities").column("tags")
    assert parse_noted(tags, "食品 特种", CONVENTIONS) == ("特种 食品", None)
    head = "id: tag\ntitle: {zh: 专项库, en: tags}\nbasis: 自定\nverified: true\n"
    own = head + "codes:\n  食品经营: {zh: 食品经营, en: food, aliases: [食品]}\n"
    lists = CodeLists.read(shipped_files.shipped_code_lists(), {"code_lists/tag.yaml": own.encode()})
    listed = dataclasses.replace(CONVENTIONS, lists=lists)
    assert parse_noted(tags, "食品", listed) == ("食品经营", None)
    assert parse_noted(tags, "食品、特种", listed) == ("特种 食品经营", "directory.note_unknown_word")


@pytest.mark.parametrize("text", ["合计", "合 计", "总计：", "小计", "Total", "合计（户）"])
def test_rows_of_totals_are_left_out(text: str) -> None:
    """A row whose key says total is left out with a note, not rejected; a unit of that name is none."""
    rows = f"91320505YY0000001P,合计商行,320505\n{text},2户,\n"
    checked = check("entities", f"unit_id,name,region\n{rows}")
    assert (checked.good["name"].tolist(), checked.rejected_lines) == (["合计商行"], 0)
    assert "第 3 行是合计，未导入" in [str(note) for note in checked.notes]


def test_a_total_beside_a_blank_key() -> None:
    """Where the key is blank and another cell says total, the row is one; other blank keys go back."""
    checked = check("entities", "unit_id,name,region\n,合计,320505\n,丙,320505\n")
    assert [(line, reason.code) for line, _, _, reason in checked.rejected.itertuples(index=False, name=None)] == [
        (3, "directory.blank")
    ]


def test_placeholders_are_blanks_in_texts() -> None:
    """N/A, 无 and dashes are blanks in every text: no shared address, no name; a required one goes back."""
    rows = "91320505YY0000001P,甲,320505,无,N/A\n91320505YY0000002T,无,320505,暂无,—\n"
    checked = check("entities", f"unit_id,name,region,address,legal_rep\n{rows}")
    assert checked.good[["address", "legal_rep"]].isna().to_numpy().tolist() == [[True, True]]
    assert [reason.code for reason in checked.rejected["reason"]] == ["directory.blank"]
