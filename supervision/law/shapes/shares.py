"""Shares as rules write them (比例写法): "20%", "1/2", a limit, an allocation; read by supervision.domain.ratio."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from supervision.domain.ratio import Ratio, parse_allocation, parse_share
from supervision.errors import SupervisionError
from supervision.law.shapes.kinds import Plain
from supervision.messages import Label

_PERCENT = re.compile(r"[1-9][0-9]*%")


def _read(value: Any, read: Callable[[str], Any]) -> Any:
    """What a reader makes of a text, or of 0 or 1, which are shares too; None where it cannot read it."""
    if type(value) is not int and not isinstance(value, str):
        return None
    try:
        return read(str(value))
    except SupervisionError:
        return None


def _has_maximum(value: Any) -> bool:
    ratio = _read(value, Ratio.parse)
    return ratio is not None and (ratio.maximum is not None or ratio.exact is not None)


def _is_factor(value: Any) -> bool:
    share = _read(value, parse_share)
    return share is not None and share > 0


_SHARE = Label('比例文字（如 "20%"、"1/2"）', 'a text of a share such as "20%" or "1/2"')
SHARE = Plain(_SHARE, lambda value: _read(value, parse_share) is not None)
FACTOR = Plain(Label(f"大于 0 的{_SHARE.zh}", f"{_SHARE.en}, above 0"), _is_factor)
RESERVE = Plain(
    Label('比例或数量文字（如 "20%"、"n=5"）', 'a text of a share or number such as "20%" or "n=5"'),
    lambda value: not isinstance(_read(value, parse_allocation), dict | None),
)
LIMIT = Plain(Label('上限文字（如 "不高于10%"）', 'a text of a limit such as "≤10%"'), _has_maximum)
RATIO = Plain(
    Label('比例或频次文字（如 "不低于5%"、"2次/年"）', 'a text of a ratio or frequency such as "≥5%" or "2次/年"'),
    lambda value: _read(value, Ratio.parse) is not None,
)
PERCENT = Plain(
    Label('百分比文字（如 "150%"）', 'a text of percent such as "150%"'),
    lambda value: isinstance(value, str) and bool(_PERCENT.fullmatch(value)),
)
