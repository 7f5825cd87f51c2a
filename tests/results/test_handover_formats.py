"""Hand-over formats (移交格式): one row at a time against what each column and each rule between columns asks."""

from pathlib import Path

import pytest
from handovers import FORMS, LISTS

from supervision.errors import SupervisionError
from supervision.results.handover.formats import read_format
from supervision.results.handover.validator import validate
from supervision.store import shipped_files

AGENCY = "91110000600037341L"
ACTION = {
    "cd_id": "2026-12-1",
    "plan_id": "32050020260001",
    "supervise_item_implement_code": "99000001000000",
    "supervise_item_check_icode": f"{AGENCY}20001",
    "check_action_name": "对甲公司的登记事项检查",
    "check_action_code": "2026-12-1",
    "implement_institution": "虎丘市场监管局",
    "implement_institution_code": AGENCY,
    "supervise_object": "甲公司",
    "administrative_cp": "甲公司",
    "administrative_cp_na": "2",
    "administrative_cp_ce_type": "001",
    "administrative_cp_ui_code": AGENCY,
    "address_registered": "演示路1号",
    "area_number": "320505",
    "check_form": "01",
    "check_type": "01",
    "check_mode": "01,02",
    "check_result": "01",
    "check_date": "2026-12-09 00:00:00",
    "check_personnel": "张三,李四",
    "check_personnel_code": "A1,A2",
    "submitted_date": "2026-12-09 00:00:01",
    "cd_time": "2026-12-09 00:00:01",
    "cd_batch": "2026120900001",
    "cd_operation": "i",
}
RESULT = {
    "raninsPlanId": "32050020260001",
    "raninsPlaneName": "计划",
    "raninsTaskId": "320500202612010001",
    "raninsTaskName": "任务",
    "raninsTypeName": "不定向",
    "uniscId": AGENCY,
    "entName": "甲公司",
    "insAuth": "虎丘市场监管局",
    "insDate": "2026-12-09",
    "operation": "i",
}


def said(form, table, *rows):
    """Return the columns and codes of what is refused."""
    faults = validate(FORMS[form], {table: rows}, LISTS)
    return [(fault.row, fault.column, fault.reason.code.removeprefix("results.handover.")) for fault in faults]


def test_a_good_row_passes():
    """A whole act and a whole result are accepted as they are."""
    assert said("jianguan", "check_action", ACTION) == []
    assert said("gsxt", "result", RESULT) == []


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"plan_id": ""}, []),
        ({"plan_id": "9" * 50}, []),
        ({"plan_id": "9" * 51}, [("plan_id", "long")]),
        ({"supervise_item_implement_code": ""}, [("supervise_item_implement_code", "missing_from")]),
        ({"supervise_item_implement_code": "9900000100000"}, [("supervise_item_implement_code", "form")]),
        ({"supervise_item_implement_code": "9900000100000A"}, [("supervise_item_implement_code", "form")]),
        ({"supervise_item_check_icode": f"{AGENCY}60001"}, [("supervise_item_check_icode", "agency_code")]),
        ({"supervise_item_check_icode": AGENCY}, [("supervise_item_check_icode", "agency_code")]),
        ({"supervise_item_check_icode": f"{AGENCY[:17]}A1"},
         [("supervise_item_check_icode", "agency_code"), ("supervise_item_check_icode", "begins")]),
        ({"supervise_item_check_icode": "91350100M000100Y435"}, [("supervise_item_check_icode", "begins")]),
        ({"check_action_name": ""}, [("check_action_name", "missing")]),
        ({"check_action_code": "9" * 51}, [("check_action_code", "long")]),
        ({"entrust_dept": "综合执法队"}, [("entrust_dept", "together")]),
        ({"entrust_dept": "综合执法队", "entrust_dept_code": "X1"}, []),
        ({"supervise_object": "甲" * 201}, [("supervise_object", "long")]),
        ({"administrative_cp_na": "法人"}, [("administrative_cp_na", "code")]),
        ({"administrative_cp_ce_type": "1"}, [("administrative_cp_ce_type", "code")]),
        ({"administrative_cp_ui_code": "U-0001"}, [("administrative_cp_ui_code", "uscc")]),
        ({"address_operating": "路" * 401}, [("address_operating", "long")]),
        ({"area_number": "3205"}, [("area_number", "form")]),
        ({"check_form": "03"}, [("check_form", "code")]),
        ({"check_type": ""}, [("check_type", "missing")]),
        ({"check_mode": ""}, []),
        ({"check_mode": "01,现场"}, [("check_mode", "code")]),
        ({"check_result": "07"}, [("check_result", "code")]),
        ({"check_date": "2026-12-09"}, [("check_date", "time")]),
        ({"check_date": "2026-13-09 00:00:00"}, [("check_date", "time")]),
        ({"check_personnel": "张三", "check_personnel_code": "A1"}, [("check_personnel", "least")]),
        ({"check_personnel": "张三,张三"}, [("check_personnel", "least")]),
        ({"check_personnel": "张三,"}, [("check_personnel", "missing"), ("check_personnel_code", "as_many"),
                                      ("check_personnel", "least")]),
        ({"check_personnel_code": "A1"}, [("check_personnel_code", "as_many")]),
        ({"submitted_date": "2026-12-09 00:00:00"}, [("submitted_date", "later")]),
        ({"submitted_date": "2026-12-08 23:59:59"}, [("submitted_date", "later")]),
        ({"cd_batch": "20261209-1"}, [("cd_batch", "form")]),
        ({"cd_operation": "x"}, [("cd_operation", "code")]),
        ({"unknown": "1"}, [("unknown", "no_column")]),
    ],
)  # fmt: skip
def test_acts_of_inspection(changes, faults):
    """What is wrong with an act is named at its column: blank, too long, not of the form, no code, against a rule."""
    found = said("jianguan", "check_action", ACTION | changes)
    assert sorted(found) == sorted((0, *fault) for fault in faults)


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"raninsPlanId": "3205002026001"}, [("raninsPlanId", "form")]),
        ({"raninsTaskId": "32050020261201001"}, [("raninsTaskId", "form")]),
        ({"raninsTypeName": "undirected"}, [("raninsTypeName", "code")]),
        ({"uniscId": f"{AGENCY[:17]}A"}, [("uniscId", "uscc")]),
        ({"insDate": "2026-12-09 00:00:00"}, [("insDate", "time")]),
        ({"insDate": ""}, [("insDate", "missing")]),
    ],
)
def test_random_checks(changes, faults):
    """The same validator reads the other format."""
    assert said("gsxt", "result", RESULT | changes) == [(0, *fault) for fault in faults]


def test_no_key_twice_and_the_eight_categories():
    """A second row of the same key is refused and the first named; a result of an item is one of the eight names."""
    assert said("jianguan", "check_action", ACTION, ACTION) == [(1, "check_action_code", "twice")]
    key = {name: RESULT[name] for name in ("raninsTaskId", "uniscId", "insAuth")}
    rows = [
        {**key, "seqno": "1", "raninsItemName": "登记", "raninsCheckResName": word} for word in ("未发现问题", "好")
    ]
    assert said("gsxt", "details", rows[0], rows[1] | {"seqno": "0"}) == [
        (1, "seqno", "number"),
        (1, "raninsCheckResName", "code"),
    ]
    item = {"check_action_code": "1", "item_id": "market-001", "item_name": "登记"}
    told = [said("jianguan", "check_item", item | {"item_result": word}) for word in ("合理缺项", "passed", "")]
    assert told == [[], [(0, "item_result", "code")], [(0, "item_result", "missing_from")]]


def test_every_word_of_ours_has_a_code_of_theirs():
    """No result, follow-up, method or kind of enterprise of the shipped lists is without its code; goods have none."""
    for ours, theirs in (("result", "check_result"), ("method", "check_mode"), ("entity_type", "party_kind")):
        words = [LISTS.label(ours, code) for code in LISTS.codes(ours)]
        without = [word for word in words if LISTS.named(theirs).find(word) is None]
        assert without == (["进出口货物"] if ours == "entity_type" else [])
    follow = [LISTS.label("follow_up", code) for code in LISTS.codes("follow_up") if code != "none"]
    assert all(LISTS.named("check_result").find(word) for word in follow)
    clean = {code for code in LISTS.codes("result") if LISTS.outcome(code) == "clean"}
    named = {
        code for code in LISTS.codes("result") if LISTS.named("check_result").find(LISTS.label("result", code)) == "01"
    }
    assert named == clean


@pytest.mark.parametrize(
    ("was", "becomes", "place"),
    [
        ("key: [raninsPlanId]", "key: [planId]", "plan"),
        ("under: plan", "under: plans", "task"),
        ("stamp: operation", "stamp: op", "plan operation"),
        ("kind: day", "kind: hour", "result insDate"),
    ],
)
def test_a_format_that_contradicts_itself_is_refused(was, becomes, place):
    """A column, table or word that a format file does not know is named with its place."""
    body = shipped_files.shipped_formats()["gsxt.yaml"].decode().replace(was, becomes, 1).encode()
    with pytest.raises(SupervisionError) as caught:
        read_format("gsxt.yaml", body)
    assert (caught.value.code, caught.value.params["place"]) == ("results.handover.format", place)


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        ("  zh: 国家", "  xx: 国家", "law.yaml.key_unknown"),
        ("  zh: 国家", "  en: 国家", "law.yaml.key_twice"),
        ("  en: National", "  en: 5 #", "law.yaml.shape"),
        ("    en: Plans", "    en: [Plans]", "law.yaml.shape"),
    ],
)
def test_a_title_in_other_languages_is_refused(was, becomes, code):
    """A title is Chinese and English, in words."""
    body = shipped_files.shipped_formats()["gsxt.yaml"].decode()
    assert was in body
    with pytest.raises(SupervisionError) as caught:
        read_format("gsxt.yaml", body.replace(was, becomes, 1).encode())
    assert caught.value.code == code


def test_formats_say_where_they_are_from():
    """Each format is a file of its own name, has a source, and is not called verified."""
    folder = Path(__file__).parents[2] / "data" / "formats"
    assert sorted(path.stem for path in folder.glob("*.yaml")) == sorted(form.name for form in FORMS.values())
    assert all(form.source and not form.verified for form in FORMS.values())
    assert len(FORMS["jianguan"].tables["check_action"].columns) == 30


def test_which_table_holds_the_parts():
    """Results have their details, acts their items; a plan and a part have none."""
    found = {(form.name, name): form.parts_of(name) for form in FORMS.values() for name in form.tables}
    assert {key: parts.name for key, parts in found.items() if parts} == {
        ("gsxt", "result"): "details",
        ("jianguan", "check_action"): "check_item",
    }
