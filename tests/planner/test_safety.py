import random
from itertools import product

import pytest

from supervision.planner.crew import Crew
from supervision.planner.safety import Group, Shortage, shortage

EVERYBODY = 0b1111


def crew(first: int = EVERYBODY, second: int = EVERYBODY, twice: int = EVERYBODY) -> Crew:
    """Four inspectors on one day."""
    return Crew(
        office="M", inspectors=("a", "b", "c", "d"), scopes=(frozenset(),) * 4, present=(first, second), twice=twice
    )


def test_a_morning_takes_as_many_as_are_there() -> None:
    """Four of four people fit, five do not, and those on leave do not count."""
    assert shortage(crew(), 0, [Group(EVERYBODY, False, 4)], []) is None
    assert shortage(crew(), 0, [Group(EVERYBODY, False, 5)], []) == Shortage(0, 5, 4, 0, 0, EVERYBODY)
    assert shortage(crew(first=0b0111), 0, [Group(EVERYBODY, False, 4)], []) == Shortage(0, 4, 3, 0, 0, 0b0111)


def test_specialists_are_counted_apart() -> None:
    """Two places for one specialist are too many although three others are free."""
    assert shortage(crew(), 0, [Group(EVERYBODY, False, 2), Group(0b0001, False, 1)], []) is None
    assert shortage(crew(), 0, [Group(0b0001, False, 2)], []) == Shortage(0, 2, 1, 0, 0, 0b0001)


def test_two_kinds_of_specialists_are_counted_together() -> None:
    """Places that share their specialists must fit together, not only each by itself."""
    places = [Group(0b0011, False, 2), Group(0b0110, False, 2)]
    assert shortage(crew(), 0, places, []) == Shortage(0, 4, 3, 0, 0, 0b0111)


def test_whole_day_places_reach_into_the_afternoon() -> None:
    """Two people out all day leave two for the afternoon."""
    all_day = Group(EVERYBODY, True, 2)
    assert shortage(crew(), 0, [all_day], [Group(EVERYBODY, False, 2)]) is None
    assert shortage(crew(), 0, [all_day], [Group(EVERYBODY, False, 3)]) == Shortage(1, 3, 2, 2, 0, EVERYBODY)


def test_the_afternoon_bears_every_outcome_of_the_morning() -> None:
    """People with one half-day a day may all have been drawn in the morning, as far as it had places."""
    limited = crew(twice=0b0011)
    assert shortage(limited, 0, [Group(EVERYBODY, False, 1)], [Group(EVERYBODY, False, 3)]) is None
    assert shortage(limited, 0, [Group(EVERYBODY, False, 2)], [Group(EVERYBODY, False, 2)]) is None
    assert shortage(limited, 0, [Group(EVERYBODY, False, 4)], [Group(EVERYBODY, False, 3)]) == Shortage(
        1, 3, 2, 0, 2, EVERYBODY
    )


@pytest.mark.parametrize("seed", range(60))
def test_no_shortage_means_no_failing_draw(seed: int) -> None:
    """Every way to fill the morning leaves enough people for the afternoon when no shortage is found."""
    luck = random.Random(seed)
    case = crew(luck.randrange(1, 16), luck.randrange(1, 16), luck.randrange(16))
    morning = [Group(luck.randrange(1, 16), luck.random() < 0.3, 1) for _ in range(luck.randint(0, 3))]
    afternoon = [Group(luck.randrange(1, 16), False, 1) for _ in range(luck.randint(0, 3))]
    if shortage(case, 0, morning, afternoon) is not None:
        return
    outcomes = [who for who in product(range(4), repeat=len(morning)) if _possible(case, morning, who)]
    assert outcomes
    for outcome in outcomes:
        gone = {i for i, g in zip(outcome, morning, strict=True) if g.whole_day or not case.twice >> i & 1}
        left = [[i for i in range(4) if g.mask & case.present[1] & 1 << i and i not in gone] for g in afternoon]
        assert any(len(set(who)) == len(who) for who in product(*left))


def _possible(case: Crew, morning: list[Group], who: tuple[int, ...]) -> bool:
    """Whether a draw may send these inspectors to the morning's places."""
    all_day = case.present[0] & case.present[1] & case.twice
    return len(set(who)) == len(who) and all(
        g.mask & (all_day if g.whole_day else case.present[0]) & 1 << i for i, g in zip(who, morning, strict=True)
    )
