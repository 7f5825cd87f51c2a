"""Groups of a draw judged (分组抽中情况核对): was as much drawn of a district, type or size as its chances say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from supervision.errors import SupervisionError
from supervision.law.code_lists import CodeLists
from supervision.month.monitored import Group

RULE = "shared/monitor_limits"
LIMITS = ("least_units", "least_visits", "least_drawn", "psi_watch", "psi_alarm", "outside_percent")
FINE, WATCH, ALARM, FEW = "fine", "watch", "alarm", "few"
WIDE, FAR = 1.96, 3.29  # deviations: 95 % of what chance makes lies within, and 99.9 %
BANDS = {
    "": ("未登记", "not registered"), "0": ("10万元以下", "under 100,000 yuan"),
    "1": ("10–100万元", "100,000 to 1 million yuan"), "2": ("100–1,000万元", "1 to 10 million yuan"),
    "3": ("1,000万元及以上", "10 million yuan and more"),
}  # fmt: skip


def limits_of(value: object) -> dict[str, int]:
    """Return the rule's limits (监测界限); a value of another shape raises `month.monitor_rule`."""
    whole = isinstance(value, Mapping) and set(value) == set(LIMITS)
    if not isinstance(value, Mapping) or not whole or not all(type(one) is int and one > 0 for one in value.values()):
        raise SupervisionError("month.monitor_rule", value=value, want=" ".join(LIMITS))
    return {name: value[name] for name in LIMITS}


def judged(one: Group, limits: Mapping[str, int], lists: CodeLists) -> dict[str, Any]:
    """Return a group with what chance explains (一组的核对): expected, `low` to `high` in 95 %, and its state."""
    # Half a unit more is nothing: where all are certain the deviation is 0.
    away = max(0.0, abs(one.drawn - one.expected) - 0.5) / max(1e-9, one.deviation)
    state = ALARM if away > FAR else WATCH if away > WIDE else FINE
    few = min(one.expected, one.framed - one.expected) < limits["least_drawn"]
    label = [one.name or "未登记", one.name or "not registered"]
    if one.dimension == "capital":
        label = list(BANDS[one.name])
    elif one.dimension == "region" and one.name in lists.codes("region"):
        label = [lists.label("region", one.name, lang) for lang in ("zh", "en")]
    low, high = (max(0.0, one.expected + side * WIDE * one.deviation) for side in (-1, 1))
    return {
        "dimension": one.dimension, "name": one.name, "label": label, "framed": one.framed, "drawn": one.drawn,
        "expected": float(np.round(one.expected, 1)), "low": float(np.round(low, 1)),
        "high": float(np.round(min(high, one.framed), 1)), "risk": round_share(one.risk),
        "state": FEW if few else state,
    }  # fmt: skip


def round_share(value: float) -> float:
    """Return a share to four digits (比例)."""
    return float(np.round(value, 4))
