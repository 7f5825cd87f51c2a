from collections.abc import Callable
from typing import Any

import pytest

from supervision.sampling.inspectors.lottery import match


@pytest.mark.parametrize("world", range(25))
def test_whatever_the_lottery_draws_every_place_is_filled(random_world: Callable[[int], Any], world: int) -> None:
    """A calendar leaves no place open for any seed of the second draw, with specialists, limits, leave and recusals."""
    case = random_world(world)
    plan = case.solve(iterations=0)
    for seed in range(12):
        drawn = match(plan.calendar, case.table, case.recused, bytes([seed]) * 32, hash_name="sha256")
        assert drawn.sent_back.empty
        assert len(drawn.assignments) == len(plan.calendar)
