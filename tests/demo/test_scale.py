"""Sizes: departments, inspectors and visits grow with the city, offices with their work."""

from __future__ import annotations

import pytest

from supervision.demo.departments import departments_of, items_of
from supervision.demo.people import LEAST, headcounts
from supervision.demo.scale import Scale
from supervision.demo.tasks import tasks_of


@pytest.mark.parametrize(
    ("entities", "departments", "items", "tasks", "inspectors"),
    [(5_000, 6, 26, 19, 180), (50_000, 12, 35, 27, 480), (2_800_000, 18, 41, 32, 2_500)],
)
def test_three_cities(entities: int, departments: int, items: int, tasks: int, inspectors: int) -> None:
    """A town, a city and the full city have these departments, items, tasks and inspectors."""
    there = departments_of(entities)
    assert len(there) == departments
    assert len(items_of(there)) == items
    assert len(tasks_of({department.code for department in there})) == tasks
    assert Scale(entities=entities).inspectors == inspectors


def test_offices_are_staffed_by_their_work() -> None:
    """No office has fewer than three people, the total is met within one in fifty, and more work has more people."""
    counts = headcounts(departments_of(2_800_000), 2_500)
    assert min(counts) == LEAST and 2_450 <= sum(counts) <= 2_500
    market, fire = sum(counts[:10]), sum(counts[10:20])
    assert market > fire > 10 * LEAST
