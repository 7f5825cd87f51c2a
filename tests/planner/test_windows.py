from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from supervision.planner.crew import Grid
from supervision.planner.windows import disjoint, fewest_groups, slots_between

GRID = Grid.of(["2026-12-01T1", "2026-12-01T2", "2026-12-03T2", "2026-12-04T1", "2026-12-04T2"])


def test_windows_count_only_open_half_days() -> None:
    """A task's window runs from its first to its last open half-day; days without one shorten it."""
    assert GRID.open == (0, 1, 3, 4, 5)
    assert slots_between(GRID, "2026-12-01", "2026-12-31") == (0, 5)
    assert slots_between(GRID, "2026-12-02", "2026-12-03") == (3, 3)
    assert slots_between(GRID, "2026-12-02", "2026-12-02") is None


def test_tasks_that_meet_share_a_visit() -> None:
    """Windows with a common slot become one visit, the others one more."""
    groups = fewest_groups({"a": (0, 5), "b": (2, 3), "c": (4, 6), "d": (3, 9)})
    assert groups == [((2, 3), ["a", "b"]), ((4, 6), ["c", "d"])]


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 4)), min_size=1, max_size=7))
def test_groups_are_as_few_as_disjoint_windows(pairs: list[tuple[int, int]]) -> None:
    """There are exactly as many groups as the most pairwise disjoint windows, so fewer visits are impossible."""
    windows = {f"t{n}": (first, first + length) for n, (first, length) in enumerate(pairs)}
    groups = fewest_groups(windows)
    assert sorted(name for _, names in groups for name in names) == sorted(windows)
    for (first, last), names in groups:
        assert first <= last
        assert all(windows[n][0] <= first and last <= windows[n][1] for n in names)
    independent = max(
        size
        for size in range(1, len(windows) + 1)
        for chosen in combinations(windows.values(), size)
        if all(a[1] < b[0] or b[1] < a[0] for a, b in combinations(chosen, 2))
    )
    assert len(groups) == independent == disjoint(list(windows.values()))
