"""Drafts of mappings: what is guessed, what is left open and said, and that a draft is a mapping as it stands."""

from __future__ import annotations

from supervision.directory.mapping.draft import draft
from supervision.directory.mapping.first_look import first_look, wide_register
from supervision.directory.mapping.overrides import Overrides, with_overrides
from supervision.directory.mapping.proposal import Proposal, likeliest, overruled, propose, with_unknown
from supervision.directory.mapping.source import read_mapping
from supervision.directory.reading.register_file import read_as
from supervision.directory.register import kinds
from supervision.law.code_lists import CodeLists
from supervision.store import shipped_files

LISTS = CodeLists.read(shipped_files.shipped_code_lists())
CODE = "91320507YY49M3021Y"


def proposed(kind: str, text: str, title: str = "f") -> Proposal:
    """Return the proposal for a CSV."""
    look = first_look(wide_register(kind, LISTS), "f.csv", text.encode())
    return propose(kind, look, LISTS, title=title)


def test_headers_of_public_files_are_guessed():
    """By words of the register and of public files; a register's own word goes first, the other is left open."""
    found = proposed(
        "history",
        "序号,行政相对人名称,证件号码,监督检查日期,检查时间,监督检查结果,神秘列\n1,甲,a,2025年1月1日,2,合格,x\n",
    )
    assert found.mapping.columns == {
        "行政相对人名称": "unit_name",
        "证件号码": "unit_id",
        "检查时间": "date",
        "监督检查结果": "result",
    }
    assert [(guess.header, guess.why, guess.also) for guess in found.guesses if not guess.field] == [
        ("序号", "rows", "visit_no"),
        ("监督检查日期", "second", "date"),
        ("神秘列", "", ""),
    ]
    assert [column.name for column in found.missing] == ["agency", "item_id", "kind"]


def test_a_column_of_codes_is_known_by_what_it_holds():
    """Under a header that says nothing; not where half of it is something else."""
    assert proposed("history", f"名称代号,检查时间\n{CODE},2025\n").mapping.columns["名称代号"] == "unit_id"
    mixed = proposed("history", f"名称代号,检查时间\n{CODE},2025\nabc,2025\n")
    assert "名称代号" not in mixed.mapping.columns


def test_personal_columns_are_never_proposed_nor_shown():
    """Of inspectors the identity number; of any table, cells that look like one are left out of the examples."""
    found = proposed("inspectors", "姓名,身份证号,工号\n甲,110101199003070011,1\n")
    assert found.mapping.columns == {"姓名": "name", "工号": "inspector_id"}
    body = draft(found, file="f.csv", lang="zh").decode()
    assert "110101199003070011" not in body
    shown = draft(proposed("history", "证件号码,检查时间\n110101199003070011,2\n"), file="f.csv", lang="zh").decode()
    assert "证件号码" in shown
    assert "110101199003070011" not in shown


def test_what_the_title_names_is_set_for_all():
    """One department, one kind of check, one kind of record; two of them are none."""
    text = "苏州市应急管理局双随机抽查结果\n被检查单位,检查时间\n甲,2025\n"
    assert proposed("history", text).fixed == {"agency": "emergency", "kind": "routine"}
    assert proposed("history", text, title="专项检查").fixed == {"agency": "emergency"}
    assert proposed("history", "专项监督检查\n被检查单位,监督检查日期\n甲,2025\n").fixed == {"kind": "special"}
    assert proposed("events", "处罚决定日期,行政相对人\n2025,甲\n").fixed == {"kind": "penalty"}
    assert proposed("events", "处罚或投诉日期,企业名称,投诉时间\n1,甲,2\n").fixed == {}
    assert proposed("entities", "企业名称,住所,统一社会信用代码\n甲,虎丘区,x\n").fixed == {"region": "@address"}
    assert proposed("entities", "企业名称,区县,住所\n甲,虎丘区,y\n").fixed == {}


def test_the_likeliest_kind_reads_most():
    """What is missing counts against it."""
    text = "行政相对人名称,处罚决定日期,罚款金额（万元）,处罚机关\n甲,2025,1,x\n"
    wanted = [kind for kind in kinds() if kind != "results"]
    looks = {kind: first_look(wide_register(kind, LISTS), "f.csv", text.encode()) for kind in wanted}
    found = likeliest(propose(kind, look, LISTS) for kind, look in looks.items() if look.score)
    assert found.kind == "events"


def test_a_draft_is_a_mapping_and_says_what_is_open():
    """It reads as the proposal's mapping; examples, guesses, what is missing and unknown words stand as comments."""
    text = "监督检查结果公示\n被检查单位,检查时间,检查结论,备注\n甲饭店,2025年1月1日,合格,#:\n乙,2025年1月2日,需复查,\n"
    found = proposed("history", text)
    table = read_as(wide_register("history", LISTS), "f.csv", text.encode())
    found = with_unknown(found, table, found.mapping, LISTS)
    assert found.unknown == {"result": {"需复查": 1}}
    body = draft(found, file="f.csv\n- x: y", lang="zh")
    assert read_mapping("m.yaml", body) == found.mapping
    said = body.decode()
    for part in (
        '"被检查单位": unit_name    # 主体名称（没有代码的行按名称匹配）  例：甲饭店、乙',
        '# "备注":    # 未对应，不导入  例：#:',
        '# item_id: ""    # 必填：事项编号',
        '# "需复查": ""    # 1 行',
        '# known_on: "@date"',
    ):
        assert part in said
    assert read_mapping("m.yaml", draft(found, file="f.csv", lang="en")) == found.mapping


def test_what_a_person_says_is_no_guess():
    """Their columns, values, units and words stand in the draft; what they filled is missing no more."""
    found = proposed("events", "行政相对人,罚款,处罚日\n甲,1,2025\n")
    told = Overrides(maps=["罚款=amount 万元", "处罚日=happened"], sets=["kind=penalty", "source=城管"])
    changed = overruled(found, with_overrides(found.mapping, told))
    assert changed.missing == ()
    assert [(guess.field, guess.why) for guess in changed.guesses] == [
        ("unit_name", "words"),
        ("amount", "words"),
        ("happened", ""),
    ]
    body = draft(changed, file="f.csv", lang="zh")
    assert '"罚款": "amount 万元"' in body.decode()
    assert '  source: "城管"\n' in body.decode()
    assert read_mapping("m.yaml", body) == changed.mapping
    visits = proposed("history", "被检查单位,检查时间,检查结论\n甲,2025,通过\n")
    body = draft(
        overruled(visits, with_overrides(visits.mapping, Overrides(results=["通过=1"]))), file="f.csv", lang="zh"
    )
    assert read_mapping("m.yaml", body).words == {"result": {"通过": "1"}}
