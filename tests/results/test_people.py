"""Who went and who reviewed (检查人员与审核人)."""

import pytest

from supervision.domain.nobody import is_nobody
from supervision.results.people import People, inspector_ids, is_one_of

PEOPLE = People(
    names={"0010": "张伟", "0011": "李娜", "0012": "张伟", "0013": "Li Wei", "0020": "王芳", "0030": "张伟"},
    offices={"0010": "market-1", "0011": "market-1", "0012": "market-1", "0013": "market-1", "0020": "fire-1"},
)


def ids(text, *holders):
    """Return ids and the codes of what is wrong."""
    found, wrong = inspector_ids(text, holders=holders, people=PEOPLE)
    return found, [reason.code for reason in wrong]


@pytest.mark.parametrize(
    "text",
    [
        "0010 0011",
        "0011、0010",
        "张伟、李娜",
        "李娜 张伟",
        "张伟，0011",
        "张 伟；李娜",
        "张伟（0010）/李娜",
        "0010\n李娜",
    ],
)
def test_ids_and_names_of_who_holds_the_place(text):
    """Ids, names, both, with any mark between them, are the same two people."""
    assert ids(text, "0010", "0011") == (["0010", "0011"], [])


def test_a_name_with_a_space_is_one_person():
    """A name of two words is looked up whole before it is parted."""
    assert ids("Li Wei、李娜", "0011", "0013") == (["0011", "0013"], [])


def test_namesakes_of_one_visit_are_told_by_their_ids():
    """Two holders of one name are ambiguous and named; a namesake elsewhere makes nothing ambiguous."""
    found, wrong = inspector_ids("张伟、李娜", holders=("0010", "0011", "0012"), people=PEOPLE)
    assert (found, [reason.text() for reason in wrong]) == (
        ["0011"],
        ["本次检查有同名的“张伟”（工号 0010、0012）；请填工号"],
    )
    assert ids("张伟（0012）、李娜", "0010", "0011", "0012") == (["0011", "0012"], [])


@pytest.mark.parametrize(
    ("text", "found", "codes"),
    [
        ("王芳、李娜", ["0011"], ["results.person_not_drawn"]),
        ("0020 李娜", ["0011"], ["results.person_not_drawn"]),
        ("赵六、李娜", ["0011"], ["results.person_unknown"]),
        ("10 李娜", ["0011"], ["results.person_unknown"]),
        ("李娜（0010）", [], ["results.person_unknown"]),
    ],
)
def test_who_holds_no_place_is_named(text, found, codes):
    """Somebody of another office or unknown, an id without its zeros, a name with another's id: none is guessed."""
    assert ids(text, "0010", "0011") == (found, codes)


def test_an_office_is_named():
    """The reason says whose inspector it is."""
    _, (reason,) = inspector_ids("王芳", holders=("0010",), people=PEOPLE)
    assert reason.params == {"who": "王芳", "office": "fire-1"}


@pytest.mark.parametrize(
    ("reviewer", "code"),
    [
        ("王芳", None),
        ("0020", None),
        ("外来的人", None),
        ("李娜", "results.own_reviewer"),
        ("李 娜", "results.own_reviewer"),
        ("0011", "results.own_reviewer"),
        ("王芳、李娜", "results.own_reviewer"),
        ("李娜（0011）", "results.own_reviewer"),
        ("某某（0011）", "results.own_reviewer"),
        ("张伟", "results.reviewer_ambiguous"),
        ("0030", None),
        ("0010", "results.own_reviewer"),
        ("００１１", "results.own_reviewer"),
        ("工号：0011", "results.own_reviewer"),
        ("0011号", "results.own_reviewer"),
        ("审核：李娜", "results.own_reviewer"),
        ("李娜（组长）", "results.own_reviewer"),
        ("李娜同志", "results.own_reviewer"),
        ("王芳和李娜", "results.own_reviewer"),
        ("李娜\u200b", "results.own_reviewer"),
        ("张伟（0030）", None),
        ("张伟（0010）", "results.own_reviewer"),
        ("李娜娜", None),
        ("王芳（组长）", None),
    ],
)
def test_a_reviewer_is_another_person(reviewer, code):
    """An inspector by id or name is no reviewer, whatever title stands beside; a shared name is asked for its id."""
    assert is_one_of(reviewer, {"0010", "0011"}, PEOPLE) == code


@pytest.mark.parametrize(
    ("cell", "nobody"),
    [("无", True), ("—", True), ("", True), (None, True), ("/", True), ("？？", True), ("本人", True), ("吴", False)],
)
def test_marks_for_nobody(cell, nobody):
    """A dash or 无 names nobody."""
    assert is_nobody(cell) is nobody
