"""The lottery of inspectors on named small calendars."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.sampling.inspectors.lottery import barred_words, match
from supervision.sampling.inspectors.positions import Place

SEED = bytes(32)
NOBODY = pd.DataFrame({"inspector_id": [], "unit_id": [], "ground": []}, dtype="str")
MORNING, AFTERNOON = "2026-12-03T1", "2026-12-03T2"


def _calendar(*rows: tuple[str, str, int, str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["visit_id", "office", "place", "half_days", "items"])


def _roster(**people: tuple[str, int]) -> pd.DataFrame:
    """Inspector → (scopes, daily limit), all of office O, on duty in December."""
    rows = [(who, "O", "2026-12-01", "2026-12-31", scopes, limit, "") for who, (scopes, limit) in people.items()]
    columns = ["inspector_id", "office", "from", "until", "scopes", "daily_limit", "absent"]
    return pd.DataFrame(rows, columns=columns)


def _place(half_days: str) -> Place:
    """A place of another visit."""
    halves = tuple(half_days.split())
    return Place(visit_id="u9~1", office="O", place=1, half_days=halves, items=frozenset("a"))


def _draw(calendar: pd.DataFrame, roster: pd.DataFrame, recusals: pd.DataFrame = NOBODY, **other: Any) -> Any:
    return match(calendar, roster, recusals, SEED, hash_name="sha256", **other)


def test_a_path_frees_the_one_who_can() -> None:
    """Only i1 can check b; wherever the lot put them first, both places are held in the end."""
    calendar = _calendar(("u1~1", "O", 1, MORNING, "a"), ("u2~1", "O", 1, MORNING, "b"))
    found = _draw(calendar, _roster(i1=("a b", 2), i2=("a", 2)))
    assert found.assignments[["visit_id", "inspector_id"]].to_numpy().tolist() == [["u1~1", "i2"], ["u2~1", "i1"]]
    assert found.sent_back.empty


def test_an_open_place_releases_the_visit_and_says_why() -> None:
    """One of four is absent, one recused, one without the scope, one busy with the other place: the visit goes back."""
    roster = _roster(i1=("a", 2), i2=("a", 2), i3=("z", 2), i4=("a", 2))
    roster.loc[0, "absent"] = MORNING
    recusals = pd.DataFrame({"inspector_id": ["i2"], "unit_id": ["u1"], "ground": ["kin"]})
    calendar = _calendar(
        ("u1~1", "O", 1, MORNING, "a"), ("u1~1", "O", 2, MORNING, "a"), ("u2~1", "O", 1, AFTERNOON, "a")
    )
    found = _draw(calendar, roster, recusals)
    assert found.assignments["visit_id"].tolist() == ["u2~1"]
    (open_place,) = found.sent_back["place"].unique()
    assert found.sent_back.to_numpy().tolist() == [
        ["u1~1", "O", open_place, MORNING, who, why]
        for who, why in (("i1", "absent"), ("i2", "recused"), ("i3", "scope"), ("i4", "busy"))
    ]


def test_an_office_without_people_is_reported_once() -> None:
    """Nobody was there to be out: one row with blanks, and the visit goes back."""
    found = _draw(_calendar(("u1~1", "P", 1, MORNING, "a")), _roster(i1=("a", 2)))
    assert found.sent_back.to_numpy().tolist() == [["u1~1", "P", 1, MORNING, "", ""]]
    assert found.assignments.empty


def test_a_visit_of_two_offices_goes_back_as_a_whole() -> None:
    """One office has people, the other has none: nobody of the first is held by the visit."""
    calendar = _calendar(
        ("u1~1", "O", 1, MORNING, "a"), ("u1~1", "P", 1, MORNING, "a"), ("u2~1", "O", 1, "2026-12-04T1", "a")
    )
    found = _draw(calendar, _roster(i1=("a", 2)))
    assert found.assignments[["visit_id", "inspector_id"]].to_numpy().tolist() == [["u2~1", "i1"]]


def test_whole_days_are_drawn_first() -> None:
    """The only one with a whole day left gets it; the half-day places take the others, whatever the lot."""
    calendar = _calendar(("u1~1", "O", 1, f"{MORNING} {AFTERNOON}", "a"), ("u2~1", "O", 1, MORNING, "a"))
    for seed in range(10):
        found = match(calendar, _roster(i1=("a", 2), i2=("a", 1)), NOBODY, bytes([seed] * 32), hash_name="sha256")
        assert found.assignments["inspector_id"].tolist() == ["i1", "i2"]


def test_daily_limit() -> None:
    """A limit of one half-day a day keeps the afternoon free, and the count says so."""
    calendar = _calendar(("u1~1", "O", 1, MORNING, "a"), ("u2~1", "O", 1, AFTERNOON, "a"))
    found = _draw(calendar, _roster(i1=("a", 1)))
    assert found.assignments["visit_id"].tolist() == ["u2~1"]
    assert found.sent_back[["visit_id", "inspector_id", "why"]].to_numpy().tolist() == [["u1~1", "i1", "busy"]]
    later = _draw(_calendar(("u2~1", "O", 1, AFTERNOON, "a")), _roster(i1=("a", 1)), holdings=[("i1", _place(MORNING))])
    assert later.sent_back["why"].tolist() == ["daily_limit"]


def test_load_stays_even() -> None:
    """Over thirty half-days nobody of three holds more than two places above the least."""
    days = [f"2026-12-{day:02}T{half}" for day in range(1, 16) for half in (1, 2)]
    calendar = _calendar(*((f"u{number}~1", "O", 1, day, "a") for number, day in enumerate(days)))
    load = _draw(calendar, _roster(i1=("a", 2), i2=("a", 2), i3=("a", 2))).assignments["inspector_id"].value_counts()
    assert load.sum() == 30
    assert load.max() - load.min() <= 3


def test_row_order_makes_no_difference() -> None:
    """Shuffled calendar and roster give the same assignments."""
    calendar = _calendar(*((f"u{number}~1", "O", 1, MORNING, "a") for number in range(4)))
    roster = _roster(**{f"i{number}": ("a", 2) for number in range(5)})
    assert _draw(calendar, roster).assignments.equals(_draw(calendar[::-1], roster[::-1]).assignments)


def test_a_supplement_counts_what_is_held() -> None:
    """In a supplement the half-days held before are taken, and their loads count."""
    roster = _roster(i1=("a", 2), i2=("a", 2))
    for who, other in (("i1", "i2"), ("i2", "i1")):
        calendar = _calendar(("u2~1", "O", 1, MORNING, "a"))
        assert _draw(calendar, roster, holdings=[(who, _place(MORNING))]).assignments["inspector_id"].tolist() == [
            other
        ]


@pytest.mark.parametrize(("held", "loaded_may_win"), [(2, True), (3, False)])
def test_loads_up_to_two_above_the_least_take_part(held: int, loaded_may_win: bool) -> None:
    """With two half-days more i1 is drawn by some seeds, with three by none; a whole day counts twice."""
    whole = [("i1", _place("2026-12-01T1 2026-12-01T2"))]
    holdings = whole + ([("i1", _place("2026-12-02T1"))] if held == 3 else [])
    calendar, roster = _calendar(("u2~1", "O", 1, MORNING, "a")), _roster(i1=("a", 2), i2=("a", 2))
    takers = {
        match(calendar, roster, NOBODY, bytes([seed] * 32), hash_name="sha256", holdings=holdings)
        .assignments["inspector_id"]
        .iloc[0]
        for seed in range(20)
    }
    assert takers == ({"i1", "i2"} if loaded_may_win else {"i2"})


@pytest.mark.parametrize(
    ("column", "value", "good"),
    [
        ("from", "2026-12-03", True),
        ("from", "2026-12-04", False),
        ("until", "2026-12-03", True),
        ("until", "2026-12-02", False),
        ("absent", AFTERNOON, True),
        ("absent", f"{MORNING} {AFTERNOON}", False),
        ("scopes", "*", True),
        ("scopes", "a b", True),
        ("scopes", "b", False),
        ("office", "P", False),
        ("daily_limit", 1, True),
    ],
)
def test_who_could_hold_a_place(column: str, value: object, good: bool) -> None:
    """Days from and until are inside; leave of another half-day does not matter; `*` covers everything."""
    roster = _roster(i1=("a", 2))
    roster[column] = [value]
    found = _draw(_calendar(("u1~1", "O", 1, MORNING, "a")), roster)
    assert len(found.assignments) == good


def test_calendars_that_contradict_themselves() -> None:
    """A place twice, and a visit that begins twice, are refused."""
    with pytest.raises(SupervisionError, match="u1~1"):
        _draw(_calendar(("u1~1", "O", 1, MORNING, "a"), ("u1~1", "O", 1, MORNING, "a")), _roster(i1=("a", 2)))
    with pytest.raises(SupervisionError, match="u1~1"):
        _draw(_calendar(("u1~1", "O", 1, MORNING, "a"), ("u1~1", "O", 2, AFTERNOON, "a")), _roster(i1=("a", 2)))


def test_the_reasons_are_told_in_words_with_their_counts() -> None:
    """Each reason with how many it kept away; an office without people says just that."""
    told = [(one.code, one.params) for one in barred_words("absent:2 busy:1")]
    assert told == [("sampling.barred.absent", {"count": 2}), ("sampling.barred.busy", {"count": 1})]
    assert [one.code for one in barred_words("")] == ["sampling.barred.nobody"]
