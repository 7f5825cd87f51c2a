"""Who goes (匹配执法检查人员): the lottery of inspectors; draw protocol 2, section 7.

The calendar says when and how many; the lottery says who. An office's day is drawn in two stages, whole-day places
first, then mornings and afternoons together; an augmenting path moves people within a stage when nobody is left for a
place. Nothing is filled by hand.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import pandas as pd

from supervision.canonical import canonical_json, parse_canonical
from supervision.messages import Message
from supervision.sampling.inspectors.holdings import Holdings, Node
from supervision.sampling.inspectors.positions import Inspector, Place, inspectors_of, offices, places_of, recusal_pairs
from supervision.tables import TableSchema, tuples

ASSIGNMENTS = TableSchema(
    name="roster.json",
    columns={"visit_id": "str", "office": "str", "place": "int64", "inspector_id": "str", "candidates": "int64"},
    units={"candidates": "inspectors eligible at the place's turn, 0 where a path filled it"},
)
SENT_BACK = TableSchema(
    name="sent_back.json",
    columns={
        "visit_id": "str",
        "office": "str",
        "place": "int64",
        "half_day": "str",
        "inspector_id": "str",
        "why": "str",
    },
    units={"why": "the first reason why the inspector was out"},
)
ANY = ""

Key = tuple[str, str, int]


@dataclass(frozen=True, kw_only=True)
class Match:
    """The result of a lottery (匹配结果).

    `assignments`: see `ASSIGNMENTS`, sorted. `sent_back`: see `SENT_BACK`, a row for each place left open and each
    inspector of its office, all of whom were out; an office without people has one row with blanks. All places of such
    a visit are released.
    """

    assignments: pd.DataFrame
    sent_back: pd.DataFrame


@dataclass(frozen=True, kw_only=True)
class _Open:
    """A place that nobody could take (空缺岗位), with why each inspector of the office was out."""

    place: Place
    out: Mapping[str, str]


@dataclass(kw_only=True)
class _Stage:
    """One stage of an office's day (抽取阶段): who held what before it, and which node holds which place in it."""

    people: Sequence[Inspector]
    before: Mapping[str, frozenset[str]]
    whole_day: bool
    held: dict[Node, Place] = field(default_factory=dict)

    def node(self, one: Inspector, place: Place) -> Node:
        """Return what holds a place (节点): an inspector, or one half-day of one who has two left."""
        one_left = one.daily_limit - len(self.before[one.inspector_id]) == 1
        return one.inspector_id, ANY if self.whole_day or one_left else place.half_days[0]


def match(
    places: pd.DataFrame,
    roster: pd.DataFrame,
    recusals: pd.DataFrame,
    seed2: bytes,
    *,
    hash_name: str,
    holdings: Iterable[tuple[str, Place]] = (),
) -> Match:
    """Draw the inspectors of a calendar (抽取执法检查人员).

    `places`, `roster`, `recusals`: the columns of calendar.csv, roster.csv and recusals.csv. A supplement gives the
    round's `holdings` at its commitment, (inspector_id, place), changes included: those half-days and loads are taken.
    """
    people = offices(inspectors_of(roster))
    state = Holdings(recusals=recusal_pairs(recusals), seed=seed2, hash_name=hash_name)
    for inspector_id, place in holdings:
        state.hold(inspector_id, place)
    found: dict[Key, tuple[str, int]] = {}
    open_: list[_Open] = []
    listed = sorted(places_of(places), key=lambda place: (place.day, place.office.encode(), not place.is_whole_day))
    for _, day in groupby(listed, key=lambda place: place.day):
        here = list(day)
        missing: list[_Open] = []
        for (office, _), stage in groupby(here, key=lambda place: (place.office, place.is_whole_day)):
            missing += _draw_stage(list(stage), people.get(office, []), state=state, found=found)
        _release({one.place.visit_id for one in missing}, here, state=state, found=found)
        open_ += missing
    assignments = ASSIGNMENTS.frame([(*key, *found[key]) for key in sorted(found)])
    return Match(assignments=assignments, sent_back=_sent_back(open_))


def _draw_stage(
    places: Sequence[Place], people: Sequence[Inspector], *, state: Holdings, found: dict[Key, tuple[str, int]]
) -> list[_Open]:
    """Fill one stage of an office's day; return the places left open."""
    before = {one.inspector_id: state.on_day(one.inspector_id, places[0].day) for one in people}
    stage = _Stage(people=people, before=before, whole_day=places[0].is_whole_day)
    missing = []
    for place in sorted(places, key=state.rank):
        barred = {one.inspector_id: state.barred(one, place, before[one.inspector_id]) for one in people}
        able = [one for one in people if barred[one.inspector_id] is None]
        eligible = [one.inspector_id for one in able if stage.node(one, place) not in stage.held]
        if eligible:
            taker = state.choose(place, eligible)
            state.hold(taker, place)
            stage.held[next(stage.node(one, place) for one in able if one.inspector_id == taker)] = place
            found[place.key] = (taker, len(eligible))
        elif not _augment(place, stage, state=state, found=found):
            missing.append(_Open(place=place, out={who: why or "busy" for who, why in barred.items()}))
    return missing


def _augment(start: Place, stage: _Stage, *, state: Holdings, found: dict[Key, tuple[str, int]]) -> bool:
    """Look breadth first for a path that frees somebody for `start`; move everybody on it up by one."""
    seen: set[Node] = set()
    came: dict[Key, tuple[Place, Node]] = {}
    queue = deque([start])
    while queue:
        place = queue.popleft()
        for node in _nodes(place, stage, state=state):
            if node in seen:
                continue
            seen.add(node)
            held = stage.held.get(node)
            if held is None:
                _move_up(node, place, stage, came=came, state=state, found=found)
                return True
            came[held.key] = (place, node)
            queue.append(held)
    return False


def _nodes(place: Place, stage: _Stage, *, state: Holdings) -> list[Node]:
    """The nodes that could hold a place, in the order of load as it stands and lot."""
    able = [one for one in stage.people if state.barred(one, place, stage.before[one.inspector_id]) is None]
    able.sort(key=lambda one: (state.load[one.inspector_id], state.lot(place, one.inspector_id)))
    return [stage.node(one, place) for one in able]


def _move_up(
    taker: Node,
    place: Place,
    stage: _Stage,
    *,
    came: Mapping[Key, tuple[Place, Node]],
    state: Holdings,
    found: dict[Key, tuple[str, int]],
) -> None:
    """Walk the path back to the open place: each node takes the place that was being expanded for it."""
    moves = [(taker, place)]
    while place.key in came:
        place, node = came[place.key]
        moves.append((node, place))
    for node, _ in moves[1:]:
        state.release(node[0], stage.held.pop(node))
    for node, target in moves:
        state.hold(node[0], target)
        stage.held[node] = target
        found[target.key] = (node[0], found[target.key][1] if target.key in found else 0)


def _release(visits: set[str], here: Iterable[Place], *, state: Holdings, found: dict[Key, tuple[str, int]]) -> None:
    """A visit with a place left open releases all its places at the end of the day."""
    for place in here:
        if place.visit_id in visits and place.key in found:
            state.release(found.pop(place.key)[0], place)


def _sent_back(missing: Sequence[_Open]) -> pd.DataFrame:
    rows = []
    for one in missing:
        place = one.place
        for who, why in sorted(one.out.items()) or [("", "")]:
            rows.append((place.visit_id, place.office, place.place, place.half_days[0], who, why))
    return SENT_BACK.frame(sorted(rows))


def barred_words(reason: str) -> tuple[Message, ...]:
    """Return in words why nobody could take a place (无人可派的原因), from a `reason` such as "absent:2 busy:1"."""
    counts = [part.split(":") for part in reason.split()]
    told = tuple(Message.of(f"sampling.barred.{why}", count=int(many)) for why, many in counts)
    return told or (Message.of("sampling.barred.nobody"),)


def assignments_to_bytes(assignments: pd.DataFrame) -> bytes:
    """Return roster.json (匹配结果文件): the assignments, sorted; internal."""
    rows = assignments[ASSIGNMENTS.names].sort_values(["visit_id", "office", "place"])
    columns = (rows[name].tolist() for name in ASSIGNMENTS.names)
    return canonical_json([dict(zip(ASSIGNMENTS.names, row, strict=True)) for row in zip(*columns, strict=True)])


def assignments_from_bytes(source: bytes) -> pd.DataFrame:
    """Read roster.json (读取匹配结果文件)."""
    return ASSIGNMENTS.frame(parse_canonical(source))


def sent_back_to_bytes(sent_back: pd.DataFrame) -> bytes:
    """Return sent_back.json (退回文件): each visit that went back, who was out of its first open place, and why."""
    found: dict[str, dict[str, str]] = {}
    for visit, who, why in tuples(sent_back, "visit_id", "inspector_id", "why"):
        out = found.setdefault(visit, {})
        if who:
            out.setdefault(who, why)
    return canonical_json(
        [
            {"out": [{"inspector_id": who, "why": why} for who, why in sorted(out.items())], "visit_id": visit}
            for visit, out in sorted(found.items())
        ]
    )
