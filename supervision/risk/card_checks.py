"""What a scorecard may say (评分卡核对): a card is a file that people can edit, so each thing in it is looked at.

Points stay within ±1,000, bounds rise, no indicator stands twice, points run the way the indicator's sign allows, and a
card that says it was learned says from what.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from supervision.errors import SupervisionError

MOST_POINTS, MOST_BASE, MOST_FEATURES = 1_000, 10_000, 128
LEARNED, EXPERT = "learned", "expert"


def check_points(name: str, up_to: Sequence[int], points: Sequence[int], others: Sequence[int]) -> None:
    """Refuse bounds that do not rise and points beyond ±1,000 (核对一项指标的分值); `others` unknown and neutral."""
    if list(up_to) != sorted(set(up_to)) or (up_to and up_to[0] < 0) or len(points) != len(up_to) + 1:
        raise SupervisionError("risk.card_bounds", name=name, up_to=list(up_to), points=list(points))
    beyond = [one for one in (*points, *others) if abs(one) > MOST_POINTS]
    if beyond:
        raise SupervisionError("risk.card_points", name=name, points=beyond[0], most=MOST_POINTS)


def check_whole(*, base: int, names: Sequence[str]) -> None:
    """Refuse a base beyond ±10,000, an indicator that stands twice, and more than 128 of them (核对整张评分卡)."""
    if abs(base) > MOST_BASE:
        raise SupervisionError("risk.card_points", name="base", points=base, most=MOST_BASE)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or len(names) > MOST_FEATURES:
        raise SupervisionError("risk.card_doubled", names=" ".join(twice) or len(names), most=MOST_FEATURES)


def check_origin(*, kind: str, rows: int, found: int, latest: str) -> None:
    """Refuse a card whose kind and figures do not agree (核对评分卡来历).

    A learned one has 0 < found < rows and the day of the last inspection, an expert one nothing of the kind.
    """
    said = {EXPERT: rows == found == 0 and not latest, LEARNED: 0 < found < rows and _is_day(latest)}
    if not said.get(kind, False):
        raise SupervisionError("risk.card_kind", kind=kind, rows=rows, found=found, latest=latest)


def check_signs(points: Iterable[tuple[str, Sequence[int]]], signs: Mapping[str, int]) -> None:
    """Refuse points by which a graver fact lowers the score (核对方向); `signs` of the indicators by name."""
    for name, given in points:
        sign = signs.get(name, 0)
        if sign and any((after - before) * sign < 0 for before, after in pairwise(given)):
            raise SupervisionError("risk.card_file_sign", name=name, points=list(given))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
