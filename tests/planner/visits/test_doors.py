"""The fewest half-days that hit every set, packings that prove it, and how duties are laid on them."""

from __future__ import annotations

import random
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import pytest

from supervision.planner.visits.demand import demand
from supervision.planner.visits.doors import division, even_share, fewest_slots, packing, subsets
from supervision.planner.visits.halfdays import Grid, mask_of, slots_of


@pytest.mark.parametrize(
    ("masks", "slots"),
    [
        ([], ()),
        ([0b1], (0,)),
        ([0b1100, 0b0110], (2,)),
        ([0b0011, 0b1100], (0, 2)),
        ([0b0011, 0b0110, 0b1100, 0b1001], (0, 2)),
        ([0b111, 0b1], (0,)),
    ],
)
def test_fewest_slots_of_small_families(masks: list[int], slots: tuple[int, ...]) -> None:
    """Early slots first among as few."""
    assert fewest_slots(masks) == slots


def test_fewest_slots_is_exact() -> None:
    """300 random families: no smaller set of slots hits them all; a packing is never larger."""
    for seed in range(300):
        luck = random.Random(seed)
        masks = [luck.randrange(1, 256) for _ in range(luck.randint(1, 6))]
        found = fewest_slots(masks)
        assert all(any(m >> s & 1 for s in found) for m in masks)
        assert not any(
            all(any(m >> s & 1 for s in some) for m in masks) for some in combinations(range(8), len(found) - 1)
        )
        chosen = packing(masks)
        assert len(chosen) <= len(found)
        assert all(not masks[a] & masks[b] for a, b in combinations(chosen, 2))


def test_packing_of_windows_is_the_greatest() -> None:
    """Of stretches of half-days as many are apart as slots are needed."""
    for seed in range(200):
        luck = random.Random(seed)
        windows = []
        for _ in range(luck.randint(1, 7)):
            start = luck.randint(0, 9)
            windows.append(mask_of(range(start, luck.randint(start, 9) + 1)))
        assert len(packing(windows)) == len(fewest_slots(windows))


def test_subsets_begin_with_the_first_and_the_largest() -> None:
    """All ways to choose the first part; only whole and single for long duties."""
    assert subsets((0, 1, 2)) == [(0, 1, 2), (0, 1), (0, 2), (0,)]
    assert subsets(tuple(range(7))) == [tuple(range(7)), (0,)]


def test_a_division_keeps_parts_apart(small: Any, kit: SimpleNamespace) -> None:
    """Two items whose only half-day is the same and whose people are too few together: one of them is out."""
    small.tasks = {"both": kit.task("both", "m1 m2", 1, 1)}
    small.items = {"m1": kit.item("m1", "market", 2), "m2": kit.item("m2", "market")}
    small.halves = {"m2": "T1"}
    small.roster = [kit.inspector(f"M{n}", "M", "m1" if n < 3 else "m2") for n in (1, 2, 3)]
    small.drawn = [("both", "U1")]
    found = demand(small.inputs())
    assert [(i.item, i.unit_id) for i in found.impossible] == [("m2", "U1")]
    small.roster.append(kit.inspector("M4", "M", "m2"))
    found = demand(small.inputs())
    assert found.impossible == ()
    unit = found.districts[0].units[0]
    assert list(division(found.districts[0], unit, unit.duties[0]).values()) == [(0, 1)]
    assert division(found.districts[0], unit, unit.duties[0], within=0) == {}


def test_even_share_of_an_office(small: Any) -> None:
    """M: 6 inspector-half-days in 8 half-days, a team of two at least; F: two whole days of two people, 8 in 8."""
    assert even_share(demand(small.inputs()).districts[0]) == [2, 2]
    small.drawn += [("f", f"V{n}") for n in range(4)] + [("m", f"V{n}") for n in range(9)]
    small.units += [(f"V{n}", "320505", "", "") for n in range(9)]
    assert even_share(demand(small.inputs()).districts[0]) == [3, 3]


def test_half_days_as_bits() -> None:
    """Slots run morning, afternoon by day; a day may lack a half."""
    grid = Grid.of(["2026-12-03T1", "2026-12-01T2", "2026-12-01T1", "2026-12-04T2"])
    assert grid.days == ("2026-12-01", "2026-12-03", "2026-12-04")
    assert list(slots_of(grid.open)) == [0, 1, 2, 5]
    assert [grid.name(s) for s in (0, 1, 5)] == ["2026-12-01T1", "2026-12-01T2", "2026-12-04T2"]
    assert list(slots_of(grid.starts(grid.open, 2))) == [0]
    assert grid.starts(grid.open, 1) == grid.open
    assert list(slots_of(grid.between("2026-12-02", "2026-12-04"))) == [2, 5]
    assert list(slots_of(grid.between("2026-12-01", "2026-12-03"))) == [0, 1, 2]
    assert grid.between("2026-12-05", "2026-12-31") == 0
    assert list(slots_of(grid.listed(["2026-12-01", "2026-12-04T1", "2026-12-04T2", "2026-12-09"]))) == [0, 1, 5]
    assert grid.mornings == 0b010101
