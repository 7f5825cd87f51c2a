"""Code lists: codes, labels, aliases, and what a result code means to the public and to the model."""

from datetime import date
from pathlib import Path

import pytest

from supervision.errors import SupervisionError
from supervision.law.code_lists import CodeLists

FOLDER = Path(__file__).parents[2] / "data" / "code_lists"
SHIPPED = {path.name: path.read_bytes() for path in FOLDER.glob("*.yaml")}
HEAD = "id: method\ntitle: {zh: 方式, en: Method}\nbasis: 某表\nverified: false\n"


@pytest.fixture(scope="module")
def lists() -> CodeLists:
    """The shipped code lists."""
    return CodeLists.read(SHIPPED)


def test_result_codes_mean_what_the_platform_says(lists):
    """Every result code has its public category (or none) and its outcome."""
    found = [(c, lists.category(c), lists.outcome(c)) for c in lists.codes("result")]
    assert found == [
        ("1", "none_found", "clean"),
        ("A", "pending", "problem"),
        ("B", "not_published", "problem"),
        ("C", "false_information", "problem"),
        ("6", "unreachable", "could_not"),
        ("D", "pending", "problem"),
        ("3", "pending", "problem"),
        ("4", "pending", "problem"),
        ("5", "pending", "problem"),
        ("G", "pending", "problem"),
        ("E", "corrected", "problem"),
        ("F", "no_activity", "clean"),
        ("7", None, "could_not"),
        ("8", "obstructed", "problem"),
        ("9", None, "could_not"),
        ("10", None, "could_not"),
        ("11", None, "could_not"),
        ("12", None, "could_not"),
    ]


def test_every_public_category_is_reached(lists):
    """The eight public categories are exactly those that result codes lead to."""
    reached = {lists.category(code) for code in lists.codes("result")} - {None}
    assert reached == set(lists.codes("category"))
    assert len(reached) == 8


def test_labels_and_their_way_back(lists):
    """A code has a name in both languages, and each name leads back to the code."""
    assert lists.label("department", "market") == "市场监管"
    assert lists.label("department", "market", "en") == "market supervision"
    for name in lists.by_name:
        for code in lists.codes(name):
            for lang in ("zh", "en"):
                assert lists.named(name).find(lists.label(name, code, lang)) == code


def test_what_the_registers_need_is_there(lists):
    """The shipped code lists and their sizes: ten districts, eight categories, eighteen fields."""
    assert {name: len(lists.codes(name)) for name in lists.by_name} == {
        "access": 2,
        "agency_level": 4,
        "cap_unit": 2,
        "case_action": 7,
        "case_matter": 2,
        "case_outcome": 4,
        "category": 8,
        "cd_operation": 3,
        "check_form": 2,
        "check_mode": 3,
        "check_result": 6,
        "check_type": 2,
        "credit_field": 18,
        "day_kind": 3,
        "department": 25,
        "disclosure": 3,
        "entity_type": 6,
        "event_kind": 19,
        "exclusion": 6,
        "exemption_list": 3,
        "exemption_tier": 4,
        "follow_up": 6,
        "half": 3,
        "header_entities": 15,
        "header_events": 11,
        "header_history": 13,
        "industry": 20,
        "inspection_kind": 4,
        "inspector_status": 2,
        "issued_code": 0,
        "item_kind": 2,
        "item_result": 4,
        "licence_kind": 8,
        "licence_status": 5,
        "method": 6,
        "objection_decision": 3,
        "party_id_type": 1,
        "party_kind": 3,
        "permit_change": 4,
        "ranins_type": 2,
        "ratio_period": 2,
        "regime": 4,
        "region": 10,
        "relation_kind": 5,
        "result": 18,
        "status": 8,
        "tag": 0,
        "warning_action": 4,
        "warning_signal": 7,
    }
    assert lists.by_name["credit_field"].verified is False


def test_unknown_names_and_codes_are_refused(lists):
    """An unknown list or code is named together with what there is."""
    for ask, named in (
        (lambda: lists.label("results", "1"), "results"),
        (lambda: lists.label("result", "Z"), "Z"),
    ):
        with pytest.raises(SupervisionError) as caught:
            ask()
        assert named in caught.value.text("zh")
        assert named in caught.value.text("en")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD + "codes: {desk: {zh: 书面}}\n", "law.yaml.key_missing"),
        (HEAD + "codes: {desk: {zh: 书面, en: desk, outcome: clean}}\n", "law.yaml.key_unknown"),
        (HEAD + "codes: {1: {zh: 书面, en: desk}}\n", "law.yaml.shape"),
        (HEAD + "codes: {desk: {zh: 书面, en: desk}, desk: {zh: 书面, en: desk}}\n", "law.yaml.key_twice"),
        (HEAD.replace("id: method", "id: way") + "codes: {}\n", "law.code_lists.id_differs"),
        (HEAD, "law.yaml.key_missing"),
        (HEAD + "codes: {desk: {zh: 书面, en: desk, aliases: 纸面}}\n", "law.yaml.shape"),
        (HEAD + "codes: {desk: {zh: 书面, en: desk, from: 早}}\n", "law.yaml.shape"),
        (
            HEAD + "codes: {a: {zh: 甲, en: one}, b: {zh: 乙, en: two, aliases: [Ｏｎｅ]}}\n",
            "law.code_lists.writing_twice",
        ),
    ],
)
def test_a_malformed_list_is_refused(text, code):
    """A list that lacks a name, doubles a code or writes it as a number is refused by file."""
    with pytest.raises(SupervisionError) as caught:
        CodeLists.read({"method.yaml": text.encode()})
    assert caught.value.code == code
    assert "method.yaml" in caught.value.text("en")


def test_a_result_needs_a_known_category_and_outcome():
    """A result code that leads to no public category, or counts as something else, is refused."""
    head = HEAD.replace("id: method", "id: result")
    files = {"category.yaml": SHIPPED["category.yaml"]}
    for row, code in (
        ("{zh: 一, en: one, category: fine, outcome: clean}", "law.code_lists.code_unknown"),
        ("{zh: 一, en: one, category: null, outcome: fine}", "law.code_lists.outcome_unknown"),
    ):
        with pytest.raises(SupervisionError) as caught:
            CodeLists.read({**files, "result.yaml": (head + f'codes: {{"1": {row}}}\n').encode()})
        assert caught.value.code == code


def test_aliases_lead_to_their_code():
    """An alias is found whatever its width, white space and case; other words mean nothing."""
    method = CodeLists.read(
        {"method.yaml": (HEAD + "codes: {desk: {zh: 书面, en: On paper, aliases: [纸面（查）]}}\n").encode()}
    )
    found = {text: method.named("method").find(text) for text in ("desk", "书 面", "ＯＮ PAPER", "纸面(查)", "纸", "")}
    assert found == {"desk": "desk", "书 面": "desk", "ＯＮ PAPER": "desk", "纸面(查)": "desk", "纸": None, "": None}


def test_a_citys_list_replaces_the_shipped_one_wholly():
    """A city's region.yaml stands alone; other files of its folder and other lists are not touched."""
    head = HEAD.replace("id: method", "id: region")
    own = (head + "codes: {'320104': {zh: 秦淮区, en: Qinhuai}}\n").encode()
    lists = CodeLists.read(SHIPPED, {"code_lists/region.yaml": own, "shared/city.yaml": b"not looked at"})
    assert lists.codes("region") == ["320104"]
    assert lists.label("region", "320104") == "秦淮区"
    assert len(lists.codes("department")) == 25
    with pytest.raises(SupervisionError) as caught:
        CodeLists.read(SHIPPED, {"code_lists/region.yaml": own.replace(b"id: region", b"id: regions")})
    assert "rules/code_lists/region.yaml" in caught.value.text("en")


def test_codes_in_use_on_a_day():
    """A code is in use from its first to its last day, both included; without days it always is."""
    rows = "{a: {zh: 甲, en: a1}, b: {zh: 乙, en: b1, from: 2026-02-01}, c: {zh: 丙, en: c1, until: 2026-02-01}}"
    lists = CodeLists.read({"method.yaml": (HEAD + f"codes: {rows}\n").encode()})
    assert lists.codes("method") == ["a", "b", "c"]
    on = {day: lists.on(date(2026, *day)).codes("method") for day in ((1, 31), (2, 1), (2, 2))}
    assert on == {(1, 31): ["a", "c"], (2, 1): ["a", "b", "c"], (2, 2): ["a", "b"]}
