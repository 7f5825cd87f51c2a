"""The lottery of inspectors on named small calendars."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.sampling.inspectors.lottery import barred_words, match, substitute

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
    row = found.sent_back.to_dict("records")[0]
    assert (row["visit_id"], row["half_day"], row["office"]) == ("u1~1", MORNING, "O")
    assert row["reason"] == "absent:1 scope:1 recused:1 busy:1"
    assert row["people"] == "i1:absent i2:recused i3:scope i4:busy"


def test_daily_limit() -> None:
    """A limit of one half-day a day keeps the afternoon free, and the count says so."""
    calendar = _calendar(("u1~1", "O", 1, MORNING, "a"), ("u2~1", "O", 1, AFTERNOON, "a"))
    found = _draw(calendar, _roster(i1=("a", 1)))
    assert found.assignments["visit_id"].tolist() == ["u1~1"]
    assert found.sent_back["reason"].tolist() == ["daily_limit:1"]


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
    """In a supplement the half-days of the first calendar are taken and its loads count."""
    first = _calendar(("u1~1", "O", 1, MORNING, "a"))
    roster = _roster(i1=("a", 2), i2=("a", 2))
    held = _draw(first, roster).assignments
    other = {"i1": "i2", "i2": "i1"}[held["inspector_id"].iloc[0]]
    found = _draw(_calendar(("u2~1", "O", 1, MORNING, "a")), roster, earlier=(first, held))
    assert found.assignments["inspector_id"].tolist() == [other]


def test_substitute_for_an_absent_inspector() -> None:
    """Whoever is eligible at that moment steps in; nobody when all are barred."""
    calendar = _calendar(("u1~1", "O", 1, MORNING, "a"))
    roster = _roster(i1=("a", 2), i2=("a", 2), i3=("z", 2))
    held = _draw(calendar, roster).assignments
    away = held["inspector_id"].iloc[0]
    given: dict[str, Any] = {
        "places": calendar,
        "assignments": held,
        "recusals": NOBODY,
        "seed2": SEED,
        "hash_name": "sha256",
    }
    other = {"i1": "i2", "i2": "i1"}[away]
    assert substitute(("u1~1", "O", 1), roster=roster, **given) == (other, 1)
    assert substitute(("u1~1", "O", 1), roster=roster[roster["inspector_id"] != other], **given) is None


def test_calendars_that_contradict_themselves() -> None:
    """A place twice, and a visit that begins twice, are refused."""
    with pytest.raises(SupervisionError, match="u1~1"):
        _draw(_calendar(("u1~1", "O", 1, MORNING, "a"), ("u1~1", "O", 1, MORNING, "a")), _roster(i1=("a", 2)))
    with pytest.raises(SupervisionError, match="u1~1"):
        _draw(_calendar(("u1~1", "O", 1, MORNING, "a"), ("u1~1", "O", 2, AFTERNOON, "a")), _roster(i1=("a", 2)))


def test_why_nobody_can_go_is_said_in_words():
    """Inspectors on leave are called so, never without a certificate for the item; an office without people too."""
    told = barred_words("absent:2 scope:1 recused:1 busy:3 daily_limit:1")
    assert [one.text("zh") for one in told] == [
        "2 人请假或执法证不在有效期",
        "1 人的执法事项范围不含该事项",
        "1 人应当回避",
        "3 人该时段已有安排",
        "1 人当日已到上限",
    ]
    assert [one.text("en") for one in barred_words("")] == ["the office has no inspectors"]
