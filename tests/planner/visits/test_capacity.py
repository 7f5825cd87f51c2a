"""What an office's day can fill, against every outcome of the lottery and against the lottery itself."""

from __future__ import annotations

import random
from collections import Counter
from itertools import permutations, product
from types import ModuleType

import pytest

from supervision.planner.visits.capacity import UNIONS, Day, Group, Need, fits, need_of, roomy, unions

A, B, C, D = 1, 2, 4, 8
ALL = 15
FULL = Day(ALL, ALL, ALL)


def sides(whole: dict[int, int], morning: dict[int, int], afternoon: dict[int, int]) -> tuple[list[Group], list[Group]]:
    """Groups of the morning and the afternoon, from numbers of places by mask."""
    first = [Group(m, long, n) for own, long in ((whole, True), (morning, False)) for m, n in own.items()]
    return first, [Group(m, False, n) for m, n in afternoon.items()]


@pytest.mark.parametrize(
    ("day", "whole", "morning", "afternoon", "good"),
    [
        (FULL, {}, {ALL: 4}, {ALL: 4}, True),
        (FULL, {}, {ALL: 5}, {}, False),
        (FULL, {}, {}, {ALL: 5}, False),
        (FULL, {ALL: 2}, {ALL: 2}, {ALL: 2}, True),
        (FULL, {ALL: 2}, {ALL: 3}, {}, False),
        (FULL, {ALL: 2}, {}, {ALL: 3}, False),
        (FULL, {ALL: 5}, {}, {}, False),
        # two hold a specialist's item; two generalists out all day may be just these two
        (FULL, {ALL: 1}, {A | B: 1}, {}, True),
        (FULL, {ALL: 1}, {A | B: 2}, {}, False),
        (FULL, {ALL: 2}, {A | B: 1}, {}, False),
        (FULL, {C | D: 2}, {A | B: 2}, {A | B: 2}, True),
        # whole-day places mend each other, however their masks overlap
        (FULL, {A: 1, A | B: 1}, {}, {}, True),
        (FULL, {A: 1, A | B: 2}, {}, {}, False),
        # D may work one half-day: five places in all for A, B, C and D in one half
        (Day(ALL, ALL, A | B | C), {}, {ALL: 4}, {ALL: 3}, True),
        (Day(ALL, ALL, A | B | C), {}, {ALL: 4}, {ALL: 4}, False),
        (Day(ALL, ALL, A | B | C), {ALL: 3}, {ALL: 1}, {}, True),
        (Day(ALL, ALL, A | B | C), {ALL: 3}, {ALL: 1}, {ALL: 1}, False),
        (Day(ALL, ALL, A | B | C), {ALL: 4}, {}, {}, False),
        (Day(ALL, ALL, 0), {}, {ALL: 2}, {ALL: 2}, True),
        (Day(ALL, ALL, 0), {}, {A | B: 2}, {A | B: 1}, False),
        (Day(ALL, ALL, 0), {}, {A | B: 2}, {C | D: 2}, True),
        # who is there in the morning only is not limited
        (Day(ALL, A | B, 0), {}, {C | D: 2}, {A | B: 2}, True),
        (Day(A | B, ALL, ALL), {}, {ALL: 3}, {}, False),
        (Day(A | B, ALL, ALL), {ALL: 2}, {}, {ALL: 2}, True),
        (Day(A | B, ALL, ALL), {ALL: 3}, {}, {}, False),
        (FULL, {}, {0: 1}, {}, False),
    ],
)
def test_days_that_fill_and_that_may_not(
    day: Day, whole: dict[int, int], morning: dict[int, int], afternoon: dict[int, int], good: bool
) -> None:
    """Each condition at its bound and one place above it."""
    assert fits(day, *sides(whole, morning, afternoon)) is good


def test_groups_are_sorted_by_length_and_half() -> None:
    """Whole-day groups begin in the morning; groups of one mask add up."""
    first = [Group(ALL, True, 1), Group(ALL, True, 1), Group(ALL, False, 2)]
    assert fits(FULL, first, [Group(ALL, False, 1), Group(ALL, False, 1)])
    assert not fits(FULL, first, [Group(ALL, False, 1), Group(ALL, False, 2)])
    assert not fits(FULL, [*first, Group(ALL, False, 1)], [])


def test_unions_are_all_and_ascending() -> None:
    """Every union of one or more sets, once; too many are refused."""
    assert unions([1, 2, 2, 4]) == [1, 2, 3, 4, 5, 6, 7]
    assert unions([3, 1]) == [1, 3]
    assert unions([1 << n for n in range(12)]) == list(range(1, 4096))
    assert len(unions([1 << n for n in range(12)]) or []) < UNIONS
    assert unions([1 << n for n in range(13)]) is None


def outcomes(masks: list[int], both: int, people: int) -> set[int]:
    """Every set of inspectors that whole-day places could take, or none where they cannot all be filled."""
    found = set()
    for chosen in permutations(range(people), len(masks)):
        if all((mask & both) >> who & 1 for mask, who in zip(masks, chosen, strict=True)):
            found.add(sum(1 << who for who in chosen))
    return found


def matched(places: list[tuple[int, int]], day: Day, gone: int, people: int) -> bool:
    """Whether half-day places (half, mask) can be matched to whoever is left, by trying."""
    owner: dict[tuple[int, int], int] = {}

    def place(number: int, seen: set[tuple[int, int]]) -> bool:
        half, mask = places[number]
        for who in range(people):
            there = (day.first, day.second)[half] >> who & 1
            limited = day.first & day.second & ~day.twice & 1 << who
            node = (who, 2 if limited else half)
            if mask >> who & 1 and there and not gone >> who & 1 and node not in seen:
                seen.add(node)
                if node not in owner or place(owner[node], seen):
                    owner[node] = number
                    return True
        return False

    return all(place(n, set()) for n in range(len(places)))


def random_day(luck: random.Random, people: int) -> tuple[Day, list[int]]:
    """A day, and three masks of items."""

    def some(chance: float) -> int:
        return sum(1 << i for i in range(people) if luck.random() < chance)

    return Day(some(0.9), some(0.9), some(0.7)), [(1 << people) - 1, some(0.6), some(0.5)]


@pytest.mark.parametrize("block", range(4))
def test_a_day_that_fits_fills_after_every_whole_day_draw(block: int) -> None:
    """1,200 days of up to five people: after every way to fill the whole-day places the half-days can be filled."""
    for seed in range(block * 300, block * 300 + 300):
        luck = random.Random(seed)
        people = luck.randint(2, 5)
        day, masks = random_day(luck, people)
        held: dict[str, list[int]] = {"w": [], "m": [], "a": []}
        for _ in range(12):
            kind, mask = luck.choice("wmaa"), luck.choice(masks)
            held[kind].append(mask)
            counts = {k: {m: own.count(m) for m in own} for k, own in held.items()}
            if not fits(day, *sides(counts["w"], counts["m"], counts["a"])):
                held[kind].pop()
        places = [(0, m) for m in held["m"]] + [(1, m) for m in held["a"]]
        found = outcomes(held["w"], day.first & day.second & day.twice, people)
        assert found, seed
        assert all(matched(places, day, gone, people) for gone in found), seed


def test_without_whole_days_the_rule_is_exact() -> None:
    """Where no whole-day place is planned a day fits exactly when its places can be matched."""
    for seed in range(400):
        luck = random.Random(seed)
        people = luck.randint(1, 4)
        day, masks = random_day(luck, people)
        places = [(luck.randint(0, 1), luck.choice(masks)) for _ in range(luck.randint(1, 7))]
        halves: list[dict[int, int]] = [{}, {}]
        for half, mask in places:
            halves[half][mask] = halves[half].get(mask, 0) + 1
        assert fits(day, *sides({}, *halves)) is matched(places, day, 0, people), seed


def test_whole_days_alone_fill_exactly_when_there_is_a_way() -> None:
    """Whole-day places alone fit exactly when some assignment fills them."""
    for masks in product((0b011, 0b110, 0b001), repeat=3):
        for twice in (0b111, 0b011):
            counts = {m: masks.count(m) for m in masks}
            assert fits(Day(7, 7, twice), *sides(counts, {}, {})) is bool(outcomes(list(masks), twice, 3))


def test_the_lottery_fills_days_that_are_full_to_the_rim(lottery: ModuleType) -> None:
    """1,000 days filled until nothing more fits (10,000 in benchmarks/office_days.py): the lottery leaves none open."""
    for seed in range(1000):
        luck = random.Random(seed)
        people = luck.randint(3, 10)
        day, masks = random_day(luck, people)
        morning: list[Group] = []
        afternoon: list[Group] = []
        for _ in range(24):
            kind = luck.choice("mmaaw")
            side = afternoon if kind == "a" else morning
            side.append(Group(luck.choice(masks), kind == "w", luck.choice((1, 2, 2, 3))))
            if not fits(day, morning, afternoon):
                side.pop()
        places = [
            lottery.Place(
                f"{half}{n}{k}".encode(),
                (0, 1) if g.whole else (half,),
                frozenset(
                    str(i)
                    for i in range(people)
                    if g.mask >> i & 1
                    and all((day.first, day.second)[h] >> i & 1 for h in ((0, 1) if g.whole else (half,)))
                ),
            )
            for half, side in ((0, morning), (1, afternoon))
            for n, g in enumerate(side)
            for k in range(g.people)
        ]
        limits = {str(i): 2 if day.twice >> i & 1 else 1 for i in range(people)}
        _, left = lottery.office_day(places, limits, {}, str(seed).encode())
        assert left == [], seed


def test_what_teams_need_adds_up() -> None:
    """Whether a day has ample room is the same told team by team or of all its places; ample room is room."""
    told: Counter[tuple[bool, bool]] = Counter()
    for seed in range(2000):
        chance = random.Random(seed)
        day = Day(*(chance.getrandbits(6) | chance.getrandbits(6) for _ in range(3)))
        teams: list[tuple[bool, list[Group]]] = []
        for _ in range(chance.randrange(1, 4)):
            noon = chance.random() < 0.5
            whole = not noon and chance.random() < 0.4
            masks = [chance.getrandbits(6) | chance.getrandbits(6) for _ in range(2)]
            teams.append((noon, [Group(mask, whole, chance.randrange(1, 3)) for mask in masks]))
        first, second = ([g for noon, team in teams if noon is half for g in team] for half in (False, True))
        apart = [need_of(day, team, after_noon=noon) for noon, team in teams]
        together = [need_of(day, first), need_of(day, second, after_noon=True)]
        assert roomy(day, apart) is roomy(day, together), seed
        told[roomy(day, apart), fits(day, first, second)] += 1
    assert told[True, False] == 0
    assert min(told[True, True], told[False, True], told[False, False]) > 0


@pytest.mark.parametrize(
    ("needs", "good"),
    [
        ([Need(2, 0, 0, 2, 9, 9)], True),
        ([Need(3, 0, 0, 2, 9, 9)], False),
        ([Need(1, 2, 0, 9, 3, 9)], True),
        ([Need(1, 3, 0, 9, 3, 9)], False),
        ([Need(1, 0, 2, 9, 9, 3)], True),
        ([Need(1, 0, 3, 9, 9, 3)], False),
        ([Need(0, 2, 0, 9, 2, 9), Need(0, 0, 1, 9, 9, 2)], True),
        ([Need(0, 2, 0, 9, 2, 9), Need(0, 0, 2, 9, 9, 2)], False),
        ([Need(1, 1, 0, 9, 3, 9), Need(0, 0, 1, 9, 9, 3)], True),
        ([Need(1, 2, 0, 9, 3, 9), Need(0, 0, 1, 9, 9, 3)], True),
        ([Need(1, 2, 0, 9, 3, 9), Need(0, 0, 2, 9, 9, 3)], False),
    ],
)
def test_ample_room_by_hand(needs: list[Need], good: bool) -> None:
    """On a day with one person who has one half-day left: whole days, each half, and both halves together."""
    assert roomy(Day(7, 7, 6), needs) is good
