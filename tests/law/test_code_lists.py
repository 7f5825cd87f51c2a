"""Dictionaries: codes, labels, and what a result code means to the public and to the model."""

from pathlib import Path

import pytest

from supervision.errors import SupervisionError
from supervision.law.code_lists import Dictionaries

FOLDER = Path(__file__).parents[2] / "data" / "dictionaries"
SHIPPED = {path.name: path.read_bytes() for path in FOLDER.glob("*.yaml")}
HEAD = "id: method\ntitle: {zh: 方式, en: Method}\nbasis: 某表\nverified: false\n"


@pytest.fixture(scope="module")
def dictionaries() -> Dictionaries:
    """The shipped dictionaries."""
    return Dictionaries.read(SHIPPED)


def test_result_codes_mean_what_the_platform_says(dictionaries):
    """Every result code has its public category (or none) and its outcome."""
    found = [(c, dictionaries.category(c), dictionaries.outcome(c)) for c in dictionaries.codes("result")]
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


def test_every_public_category_is_reached(dictionaries):
    """The eight public categories are exactly those that result codes lead to."""
    reached = {dictionaries.category(code) for code in dictionaries.codes("result")} - {None}
    assert reached == set(dictionaries.codes("category"))
    assert len(reached) == 8


def test_labels_and_their_way_back(dictionaries):
    """A code has a name in both languages, and each name leads back to the code."""
    assert dictionaries.label("department", "market") == "市场监管"
    assert dictionaries.label("department", "market", "en") == "market supervision"
    for name in dictionaries.by_name:
        for code in dictionaries.codes(name):
            for lang in ("zh", "en"):
                assert dictionaries.find(name, dictionaries.label(name, code, lang)) == code


def test_what_the_registers_need_is_there(dictionaries):
    """The shipped dictionaries and their sizes: ten districts, eight categories, eighteen trades."""
    assert {name: len(dictionaries.codes(name)) for name in dictionaries.by_name} == {
        "category": 8,
        "department": 23,
        "entity_type": 5,
        "event_kind": 10,
        "exclusion": 5,
        "follow_up": 6,
        "method": 6,
        "region": 10,
        "result": 18,
        "trade": 18,
    }
    assert dictionaries.by_name["trade"].verified is False


def test_unknown_names_and_codes_are_refused(dictionaries):
    """An unknown dictionary, code or text is named together with what there is."""
    for ask, named in (
        (lambda: dictionaries.label("results", "1"), "results"),
        (lambda: dictionaries.label("result", "Z"), "Z"),
        (lambda: dictionaries.find("method", "看看"), "看看"),
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
    ],
)
def test_a_malformed_dictionary_is_refused(text, code):
    """A dictionary that lacks a name, doubles a code or writes it as a number is refused by file."""
    with pytest.raises(SupervisionError) as caught:
        Dictionaries.read({"method.yaml": text.encode()})
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
            Dictionaries.read({**files, "result.yaml": (head + f'codes: {{"1": {row}}}\n').encode()})
        assert caught.value.code == code
