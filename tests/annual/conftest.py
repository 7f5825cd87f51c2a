"""A small year made by hand."""

import pytest
from small_years import demand, plan

from supervision.annual.demand import Demand


@pytest.fixture
def three() -> Demand:
    """Two plans that share most of their units, and one that shares few."""
    plans = (plan("P1"), plan("P2", "fire"), plan("P3", "health"))
    return demand(plans, [(100, (0.1, 0.2, 0.0)), (50, (0.1, 0.0, 0.0)), (10, (0.1, 0.2, 0.4)), (90, (0.0, 0.0, 0.4))])
