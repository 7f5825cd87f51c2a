"""What happens to places after a lottery: leave, substitution, moves, cancelled visits."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from supervision.errors import SupervisionError
from supervision.sampling.inspectors.changes import Holding, Standing, replay
from supervision.sampling.inspectors.positions import (
    CALENDAR,
    RECUSALS,
    ROSTER,
    Inspector,
    Place,
    inspectors_of,
    places_of,
    recusal_pairs,
)
from supervision.sampling.protocol.records import Change
from supervision.sampling.protocol.roster_commitment import RosterCommitment

MORNING, AFTERNOON, FRIDAY = "2026-12-03T1", "2026-12-03T2", "2026-12-04T1"
SEED = bytes(32)


def enter_draw(now: Standing, vectors: dict[str, Any], number: int) -> None:
    """Bring a roster draw of the worked round into what stands."""
    second = vectors["second"][number]
    holder = {
        (one["visit_id"], one["office"], one["place"]): one["inspector_id"] for one in json.loads(second["roster_json"])
    }
    now.people = inspectors_of(ROSTER.from_csv(second["roster_csv"].encode()))
    now.recusals = recusal_pairs(RECUSALS.from_csv(second["recusals_csv"].encode()))
    now.leave.clear()
    for place in places_of(CALENDAR.from_csv(second["calendar_csv"].encode())):
        if place.key in holder:
            seed = bytes.fromhex(second["seed2"])
            now.held[place.key] = Holding(place=place, inspector_id=holder[place.key], seed=seed)


def loads(now: Standing) -> dict[str, int]:
    """Half-day places of everybody in the roster."""
    found = Counter({one.inspector_id: 0 for one in now.people})
    for who, place in now.holdings():
        found[who] += len(place.half_days)
    return dict(found)


def listed(now: Standing) -> list[list[object]]:
    """Held places as the vectors list them."""
    return [
        [*key, one.inspector_id, list(one.place.half_days)]
        for key, one in sorted(now.held.items())
        if one.inspector_id is not None
    ]


def act(now: Standing, rows: list[Change]) -> list[tuple[str | None, str | None]]:
    """Do anew what rows of changes.json say was done; return who was out and who came."""
    first = rows[0]
    visit = str(first.visit_id)
    if first.kind == "leave":
        now.enter_leave(str(first.inspector_id), first.half_days)
        return [(None, first.inspector_id)]
    if first.kind == "substituted":
        done = [now.substitute(visit, str(first.office), int(first.place or 0))]
    elif first.kind == "cancelled":
        done = now.cancel(visit)
    else:
        before = [one.inspector_id for one in now.places(visit)]
        moved = now.move(visit, first.half_days[0])
        if moved is None:
            return [(who, None) for who in before]
        done = moved
    return [(one.out, one.inspector_id) for one in done]


def groups(vectors: dict[str, Any]) -> Iterable[list[Change]]:
    """Rows of one act: those of one time."""
    rows: dict[str, list[Change]] = {}
    for row in Change.records.from_bytes(vectors["changes_json"].encode()):
        rows.setdefault(row.at, []).append(row)
    return rows.values()


@pytest.mark.parametrize("again", [False, True])
def test_the_worked_round(vectors: dict[str, Any], again: bool) -> None:
    """Each change of the worked round, done anew or replayed, gives its rows, its holdings and its loads."""
    now = Standing(hash_name="sha256", people=[], recusals=frozenset(), held={})
    supplement = RosterCommitment.from_bytes(vectors["second"][1]["commitment2_json"].encode()).committed_at
    enter_draw(now, vectors, 0)
    entered = 1
    for rows, trace in zip(groups(vectors), vectors["changes_trace"], strict=True):
        if rows[0].at > supplement and entered == 1:
            enter_draw(now, vectors, 1)
            entered = 2
        assert (entered, rows[0].at) == (trace["draws"], trace["at"])
        assert listed(now) == sorted(one for one in trace["held_before"] if one[3])
        if again:
            for row in rows:
                replay(now, row)
        else:
            assert act(now, rows) == [(row.out, row.inspector_id) for row in rows]
        assert loads(now) == {one.inspector_id: 0 for one in now.people} | trace["load_after"]


def people(**given: str) -> list[Inspector]:
    """Inspectors of office O by their items; daily limit two."""
    days = {"first": "2026-12-01", "last": "2026-12-31", "absent": frozenset[str]()}
    return [
        Inspector(inspector_id=who, office="O", scopes=frozenset(items.split()), daily_limit=2, **days)  # type: ignore[arg-type]
        for who, items in given.items()
    ]


def standing(*rows: tuple[str, int, str, str | None], roster: list[Inspector] | None = None) -> Standing:
    """What stands: (visit, place, half-days, holder) of office O, item a."""
    held = {}
    for visit, number, half_days, who in rows:
        place = Place(
            visit_id=visit, office="O", place=number, half_days=tuple(half_days.split()), items=frozenset("a")
        )
        held[place.key] = Holding(place=place, inspector_id=who, seed=SEED)
    given = people(i1="a", i2="a", i3="a", i4="b") if roster is None else roster
    return Standing(hash_name="sha256", people=given, recusals=frozenset(), held=held)


def test_who_is_taken_off_is_not_eligible() -> None:
    """i1 is the only one who could: without them the place stays open, with nobody chosen by hand."""
    now = standing(("u1~1", 1, MORNING, "i1"), roster=people(i1="a", i2="b"))
    found = now.substitute("u1~1", "O", 1)
    assert (found.out, found.inspector_id) == ("i1", None)
    assert list(now.holdings()) == []
    assert now.substitute("u1~1", "O", 1).inspector_id == "i1"


@pytest.mark.parametrize("absent", [(), (MORNING,), (AFTERNOON,)])
def test_leave_only_removes(absent: tuple[str, ...]) -> None:
    """Of two who could step in the one on leave in that half-day is out; leave at another time changes nothing."""
    takers = set()
    for who in ("i2", "i3"):
        now = standing(("u1~1", 1, MORNING, "i1"))
        now.enter_leave(who, absent)
        takers.add(now.substitute("u1~1", "O", 1).inspector_id)
    assert takers == ({"i2", "i3"} if absent == (MORNING,) else takers & {"i2", "i3"})
    assert len(takers) == (2 if absent == (MORNING,) else 1)


def test_leave_of_a_stranger_is_refused() -> None:
    """Who is not in the roster has no leave here."""
    with pytest.raises(SupervisionError) as caught:
        standing(("u1~1", 1, MORNING, "i1")).enter_leave("i9", [MORNING])
    assert (caught.value.code, caught.value.params) == ("sampling.inspector_unknown", {"inspector": "i9"})


@pytest.mark.parametrize("key", [("u1~1", "O", 2), ("u1~1", "P", 1), ("u2~1", "O", 1)])
def test_a_place_that_is_not_there_is_refused(key: tuple[str, str, int]) -> None:
    """Visit, office and number together name a place."""
    with pytest.raises(SupervisionError) as caught:
        standing(("u1~1", 1, MORNING, "i1")).substitute(*key)
    assert caught.value.code == "sampling.place"


def test_holders_stay_where_they_can_in_the_new_half_day() -> None:
    """i1 is free on Friday and stays, i2 is busy there: their place is substituted by i3, the only one left."""
    now = standing(("u1~1", 1, MORNING, "i1"), ("u1~1", 2, MORNING, "i2"), ("u2~1", 1, FRIDAY, "i2"))
    moved = now.move("u1~1", FRIDAY)
    assert moved is not None
    assert [(one.out, one.inspector_id, one.place.half_days) for one in moved] == [
        ("i1", "i1", (FRIDAY,)),
        ("i2", "i3", (FRIDAY,)),
    ]
    with pytest.raises(SupervisionError) as caught:
        now.move("u1~1", MORNING)
    assert caught.value.code == "sampling.moved_before"


@pytest.mark.parametrize(("busy", "back"), [(["i1"], False), (["i1", "i2"], True)])
def test_more_than_half_replaced_is_sent_back(busy: list[str], back: bool) -> None:
    """One of two replaced is half and stands; both replaced is more: the places are released."""
    others = [(f"u{n}~1", 1, FRIDAY, who) for n, who in enumerate(busy, 5)]
    roster = people(i1="a", i2="a", i3="a", i5="a")
    now = standing(("u1~1", 1, MORNING, "i1"), ("u1~1", 2, MORNING, "i2"), *others, roster=roster)
    assert (now.move("u1~1", FRIDAY) is None) is back
    assert {key[0] for key in now.held if key[0] == "u1~1"} == (set() if back else {"u1~1"})


def test_open_places_are_nobody_s_team() -> None:
    """Two of three places were open before: the one holder stays, so nobody is replaced and the visit stands."""
    now = standing(*(("u1~1", n, MORNING, who) for n, who in enumerate(["i1", None, None], 1)), roster=people(i1="a"))
    assert [one.inspector_id for one in now.move("u1~1", FRIDAY) or []] == ["i1", None, None]


def test_a_place_of_a_moved_visit_may_stay_open() -> None:
    """One of two cannot come and nobody else can: half is replaced, the place stays open."""
    now = standing(
        ("u1~1", 1, MORNING, "i1"), ("u1~1", 2, MORNING, "i2"), ("u2~1", 1, FRIDAY, "i2"), roster=people(i1="a", i2="a")
    )
    moved = now.move("u1~1", FRIDAY)
    assert [one.inspector_id for one in moved or []] == ["i1", None]


def test_a_whole_day_stays_one() -> None:
    """It moves to both half-days of another day, from the morning on; an afternoon cannot begin one."""
    now = standing(("u1~1", 1, f"{MORNING} {AFTERNOON}", "i1"))
    moved = now.move("u1~1", FRIDAY)
    assert moved is not None and moved[0].place.half_days == (FRIDAY, "2026-12-04T2")
    with pytest.raises(SupervisionError) as caught:
        standing(("u1~1", 1, f"{MORNING} {AFTERNOON}", "i1")).move("u1~1", "2026-12-04T2")
    assert caught.value.code == "sampling.whole_day"


def test_a_cancelled_visit_is_gone() -> None:
    """All its places are released, those of others stay."""
    now = standing(("u1~1", 1, MORNING, "i1"), ("u1~1", 2, MORNING, None), ("u2~1", 1, MORNING, "i3"))
    assert [(one.out, one.inspector_id) for one in now.cancel("u1~1")] == [("i1", None), (None, None)]
    assert [who for who, _ in now.holdings()] == ["i3"]
    with pytest.raises(SupervisionError) as caught:
        now.cancel("u1~1")
    assert caught.value.code == "sampling.visit_unknown"


def test_a_substitute_is_light() -> None:
    """Who has three half-days more than the least is left out, whatever the lot; two more may take it."""
    for extra, takers in ((3, {"i3"}), (2, {"i2", "i3"})):
        found = set()
        for seed in range(20):
            days = [(f"u{n + 5}~1", 1, f"2026-12-{10 + n}T1", "i2") for n in range(extra)]
            now = standing(("u1~1", 1, MORNING, "i1"), *days)
            now.held = {key: replace(one, seed=bytes([seed] * 32)) for key, one in now.held.items()}
            found.add(now.substitute("u1~1", "O", 1).inspector_id)
        assert found == takers
