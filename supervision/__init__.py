"""双随机、一公开: from the registers to the public page, one module a stage.

The names below are the library (函数库): each stage as one call on tables. A name is loaded when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supervision.domain.items import Item, Task
    from supervision.domain.people import Office
    from supervision.errors import SupervisionError
    from supervision.law.rules import Law
    from supervision.library.calendars import plan_calendar
    from supervision.library.draws import build_frame, draw, draw_inspectors, verify
    from supervision.library.inputs import read_law, read_register
    from supervision.library.scores import expert_scorecard, fit_cards, fit_scorecard, score_units
    from supervision.risk.cards import Cards
    from supervision.risk.scorecard import Scorecard
    from supervision.sampling.frame.frame import Frame

__version__ = "0.1.0"

__all__ = [
    "Cards",
    "Frame",
    "Item",
    "Law",
    "Office",
    "Scorecard",
    "SupervisionError",
    "Task",
    "build_frame",
    "draw",
    "draw_inspectors",
    "expert_scorecard",
    "fit_cards",
    "fit_scorecard",
    "plan_calendar",
    "read_law",
    "read_register",
    "score_units",
    "verify",
]

_MODULES = {
    "Cards": "supervision.risk.cards",
    "Frame": "supervision.sampling.frame.frame",
    "Item": "supervision.domain.items",
    "Law": "supervision.law.rules",
    "Office": "supervision.domain.people",
    "Scorecard": "supervision.risk.scorecard",
    "SupervisionError": "supervision.errors",
    "Task": "supervision.domain.items",
    "build_frame": "supervision.library.draws",
    "draw": "supervision.library.draws",
    "draw_inspectors": "supervision.library.draws",
    "expert_scorecard": "supervision.library.scores",
    "fit_cards": "supervision.library.scores",
    "fit_scorecard": "supervision.library.scores",
    "plan_calendar": "supervision.library.calendars",
    "read_law": "supervision.library.inputs",
    "read_register": "supervision.library.inputs",
    "score_units": "supervision.library.scores",
    "verify": "supervision.library.draws",
}


def __getattr__(name: str) -> object:
    """Load a public name when it is first used (PEP 562, 按需加载)."""
    if name not in _MODULES:
        missing = f"module 'supervision' has no attribute {name!r}"
        raise AttributeError(missing)
    value: object = getattr(importlib.import_module(_MODULES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the names of the package (全部名称), the lazily loaded ones among them."""
    return sorted({*globals(), *__all__})
