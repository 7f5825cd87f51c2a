"""Points of a map (地图点位): where visits lie to each other, drawn from the registers' coordinates alone.

No tiles: they would come from outside. The drawing keeps distances of a few dozen kilometres true enough to plan a day.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDE, HIGH, EDGE = 720.0, 480.0, 28.0
KM_A_DEGREE = 111.32
LEAST = 1.0  # kilometres: fewer would draw one street over the whole picture
BARS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A map (图): `points` are (x, y, row); `bar` the length of so many `km`; `without`: those without a place."""

    points: Sequence[tuple[float, float, Mapping[str, Any]]]
    bar: float
    km: int
    without: Sequence[Mapping[str, Any]]


def drawing(rows: Sequence[Mapping[str, Any]], places: Mapping[str, tuple[float, float]]) -> Drawing | None:
    """Return where visits lie (绘制点位), north up, None where no place of any is known.

    `rows`: visits with unit_id; `places`: unit_id → longitude and latitude in degrees.

    >>> here = {"a": (120.60, 31.30), "b": (120.61, 31.30)}
    >>> made = drawing([{"unit_id": "a"}, {"unit_id": "b"}, {"unit_id": "c"}], here)
    >>> [(round(x), round(y)) for x, y, _ in made.points], made.km, len(made.without)
    ([(158, 240), (562, 240)], 1, 1)
    """
    known = [row for row in rows if row["unit_id"] in places]
    if not known:
        return None
    middle = math.radians(sum(places[row["unit_id"]][1] for row in known) / len(known))
    plane = [
        (places[row["unit_id"]][0] * KM_A_DEGREE * math.cos(middle), places[row["unit_id"]][1] * KM_A_DEGREE)
        for row in known
    ]
    (left, right), (low, high) = ((min(axis), max(axis)) for axis in zip(*plane, strict=True))
    scale = min((WIDE - 2 * EDGE) / max(right - left, LEAST), (HIGH - 2 * EDGE) / max(high - low, LEAST))
    points = [
        (
            round(WIDE / 2 + (x - (left + right) / 2) * scale, 1),
            round(HIGH / 2 - (y - (low + high) / 2) * scale, 1),
            row,
        )
        for (x, y), row in zip(plane, known, strict=True)
    ]
    km = max((bar for bar in BARS if bar * scale <= WIDE / 3), default=BARS[0])
    return Drawing(
        points=points,
        bar=round(km * scale, 1),
        km=km,
        without=[row for row in rows if row["unit_id"] not in places],
    )
