"""Who goes (匹配执法检查人员): the second draw; draw protocol 1, section 7.

The calendar says when and how many; the lottery says who. Lots are drawn place by place, and an augmenting path moves
people inside one half-day and office when nobody is left for a place. Nothing is filled by hand.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from supervision.canonical import canonical_json, parse_canonical
from supervision.errors import SupervisionError
from supervision.messages import Message
from supervision.sampling.inspectors.holdings import REASONS, Holdings
from supervision.sampling.inspectors.positions import Inspector, Place, inspectors_of, offices, places_of, recusal_pairs
from supervision.tables import TableSchema

ASSIGNMENTS = TableSchema(
    name="roster.json",
    columns={"visit_id": "str", "office": "str", "place": "int64", "inspector_id": "str", "candidates": "int64"},
    units={"candidates": "inspectors eligible at the place's turn"},
)
SENT_BACK = ("visit_id", "half_day", "office", "place", *REASONS, "reason", "people")

Key = tuple[str, str, int]
Found = dict[Key, tuple[str, int]]


@dataclass(frozen=True, kw_only=True)
class Match:
    """The second draw's result (匹配结果).

    `assignments`: visit_id, office, place (int64), inspector_id, candidates (int64, eligible at the place's turn),
    sorted by the first three. `sent_back`: one row for each place left open, with how many of the office were out by
    reason (absent, scope, recused, busy, daily_limit: int64), `reason` = these counts in a text ("absent:2 busy:1")
    and `people` = "inspector:reason …"; all places of such a visit are released.
    """

    assignments: pd.DataFrame
    sent_back: pd.DataFrame


def match(
    places: pd.DataFrame,
    roster: pd.DataFrame,
    recusals: pd.DataFrame,
    seed2: bytes,
    *,
    hash_name: str,
    earlier: tuple[pd.DataFrame, pd.DataFrame] | None = None,
) -> Match:
    """Draw the inspectors of a calendar (抽取执法检查人员).

    `places`, `roster`, `recusals`: the columns of calendar.csv, roster.csv and recusals.csv. A supplement gives
    `earlier` = (places, assignments) of the round so far: those half-days and loads are taken.
    """
    listed = places_of(places)
    people = offices(inspectors_of(roster))
    state = Holdings(recusals=recusal_pairs(recusals), seed=seed2, hash_name=hash_name)
    if earlier:
        for inspector_id, place in _held(*earlier):
            state.hold(inspector_id, place)
    found: Found = {}
    open_: list[tuple[Place, dict[str, str]]] = []
    listed.sort(key=lambda place: (place.half_days[0], place.office.encode(), state.rank(place)))
    for _, half_day in groupby(listed, key=lambda place: place.half_days[0]):
        here = list(half_day)
        missing: list[tuple[Place, dict[str, str]]] = []
        for office, group in groupby(here, key=lambda place: place.office):
            missing += _office_draw(list(group), people.get(office, []), state=state, found=found)
        _release({place.visit_id for place, _ in missing}, here, state=state, found=found)
        open_ += missing
    return Match(assignments=_assignments(found), sent_back=_sent_back(open_))


def substitute(
    key: Key,
    *,
    places: pd.DataFrame,
    assignments: pd.DataFrame,
    roster: pd.DataFrame,
    recusals: pd.DataFrame,
    seed2: bytes,
    hash_name: str,
) -> tuple[str, int] | None:
    """Draw who steps in for an absent inspector (缺席替补): (inspector_id, candidates), None when nobody can.

    `key` = (visit_id, office, place) whose holder in `assignments` is away; `roster` as it stands with the new leave.
    The rule: among those eligible at this moment with load ≤ least + 2 the least lot for the place, no path.
    """
    listed = {place.key: place for place in places_of(places)}
    if key not in listed:
        raise SupervisionError("sampling.place", visit=key[0], office=key[1], place=key[2])
    state = Holdings(recusals=recusal_pairs(recusals), seed=seed2, hash_name=hash_name)
    away = ""
    for inspector_id, place in _held(places, assignments):
        if place.key == key:
            away = inspector_id
        else:
            state.hold(inspector_id, place)
    place = listed[key]
    people = [one for one in inspectors_of(roster) if one.office == place.office and one.inspector_id != away]
    eligible = [one for one in people if state.barred(one, place) is None]
    return (state.choose(place, eligible).inspector_id, len(eligible)) if eligible else None


def _office_draw(
    places: Sequence[Place], people: Sequence[Inspector], *, state: Holdings, found: Found
) -> list[tuple[Place, dict[str, str]]]:
    """Fill one office's places of one half-day; return those left open with why each inspector was out."""
    holders: dict[str, Place] = {}
    missing = []
    for place in places:
        barred = {one.inspector_id: state.barred(one, place) for one in people}
        eligible = [one for one in people if barred[one.inspector_id] is None]
        if eligible:
            taken = state.choose(place, eligible).inspector_id
            state.hold(taken, place)
            holders[taken] = place
            found[place.key] = (taken, len(eligible))
        elif not _augment(place, people, holders=holders, state=state, found=found):
            missing.append((place, {who: why for who, why in barred.items() if why}))
    return missing


def _augment(
    start: Place, people: Sequence[Inspector], *, holders: dict[str, Place], state: Holdings, found: Found
) -> bool:
    """Look breadth first for a path that frees somebody for `start`; move everybody on it up by one."""
    seen: set[str] = set()
    came: dict[Key, tuple[Place, str]] = {}
    queue = deque([start])
    while queue:
        place = queue.popleft()
        able = [
            one
            for one in people
            if one.inspector_id not in seen and state.barred(one, place, holders.get(one.inspector_id)) is None
        ]
        able.sort(key=lambda one: (state.load[one.inspector_id], state.lot(place, one)))
        for one in able:
            seen.add(one.inspector_id)
            held = holders.get(one.inspector_id)
            if held is None:
                _move_up(one.inspector_id, place, came=came, holders=holders, state=state, found=found)
                return True
            came[held.key] = (place, one.inspector_id)
            queue.append(held)
    return False


def _move_up(
    taker: str,
    place: Place,
    *,
    came: dict[Key, tuple[Place, str]],
    holders: dict[str, Place],
    state: Holdings,
    found: Found,
) -> None:
    """Walk the path back to the open place: each takes the place that was being expanded for them."""
    moves = [(taker, place)]
    while place.key in came:
        place, holder = came[place.key]
        moves.append((holder, place))
    for who, _ in moves[1:]:
        state.release(who, holders.pop(who))
    for who, target in moves:
        state.hold(who, target)
        holders[who] = target
        found[target.key] = (who, found[target.key][1] if target.key in found else 0)


def _release(visits: set[str], here: Iterable[Place], *, state: Holdings, found: Found) -> None:
    """A visit with a place left open releases all its places at the end of the half-day."""
    for place in here:
        if place.visit_id in visits and place.key in found:
            state.release(found.pop(place.key)[0], place)


def _held(places: pd.DataFrame, assignments: pd.DataFrame) -> list[tuple[str, Place]]:
    listed = {place.key: place for place in places_of(places)}
    rows = assignments[["visit_id", "office", "place", "inspector_id"]].itertuples(index=False, name=None)
    return [(who, listed[visit, office, int(number)]) for visit, office, number, who in rows]


def _assignments(found: Found) -> pd.DataFrame:
    return ASSIGNMENTS.frame([(*key, *found[key]) for key in sorted(found)])


def barred_words(reason: str) -> tuple[Message, ...]:
    """Return in words why nobody could take a place (无人可派的原因), from a `reason` such as "absent:2 busy:1"."""
    counts = [part.split(":") for part in reason.split()]
    told = tuple(Message.of(f"sampling.barred.{why}", count=int(many)) for why, many in counts)
    return told or (Message.of("sampling.barred.nobody"),)


def assignments_to_bytes(assignments: pd.DataFrame) -> bytes:
    """Return roster.json (匹配结果文件): the assignments, sorted; internal."""
    rows = assignments[ASSIGNMENTS.names].sort_values(["visit_id", "office", "place"])
    return canonical_json(
        [
            {
                name: int(row[name]) if dtype == "int64" else str(row[name])
                for name, dtype in ASSIGNMENTS.columns.items()
            }
            for row in rows.to_dict("records")
        ]
    )


def assignments_from_bytes(source: bytes) -> pd.DataFrame:
    """Read roster.json (读取匹配结果文件)."""
    return ASSIGNMENTS.frame(parse_canonical(source))


def _sent_back(open_: Sequence[tuple[Place, dict[str, str]]]) -> pd.DataFrame:
    rows = []
    for place, barred in sorted(open_, key=lambda one: one[0].key):
        counts = Counter(barred.values())
        reason = " ".join(f"{why}:{counts[why]}" for why in REASONS if counts[why])
        who = " ".join(f"{one}:{barred[one]}" for one in sorted(barred))
        out = [counts[why] for why in REASONS]
        rows.append((place.visit_id, place.half_days[0], place.office, place.place, *out, reason, who))
    frame = pd.DataFrame(rows, columns=list(SENT_BACK))
    texts = ("visit_id", "half_day", "office", "reason", "people")
    return frame.astype({name: "str" if name in texts else "int64" for name in SENT_BACK})
