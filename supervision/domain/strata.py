"""Classes of credit risk (信用风险类别), from which strata are made."""

from __future__ import annotations

CLASSES = ("A", "B", "C", "D")
