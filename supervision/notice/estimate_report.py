"""The internal report of a round's estimates (推断内部报告): one page, with classes; it never lies under public/."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from supervision.notice.estimate_content import report_rows, scale_end
from supervision.notice.public_content import Heading
from supervision.notice.site.charts import limits
from supervision.notice.site.pages import render

KINDS = ("all", "class", "region", "industry", "item", "task")


def estimate_report(
    heading: Heading, lines: pd.DataFrame, names: Sequence[str], *, rule: Mapping[str, Any] | None
) -> bytes:
    """Return the report as a page (推断内部报告): `lines` as `sampling.estimates.lines`, `names` what each is about.

    `rule`: what may be public, the value of shared/estimate_publication, None where there is no such rule.
    """
    rows = report_rows(lines, names)
    parts: list[dict[str, Any]] = []
    for kind in KINDS:
        mine = [row for row in rows if row["kind"] == kind]
        shown = [row for row in mine if row["share"] is not None]
        end = scale_end([row["high"] for row in shown]) if shown else 0.0
        lines_shown = [limits(row["name"], _percents(row), end) for row in shown]
        parts.append({"kind": kind, "rows": mine, "shown": lines_shown, "end": end})
    return render("estimate_report", {"heading": heading, "parts": parts, "whole": parts[0]["rows"][0], "rule": rule})


def _percents(row: Mapping[str, Any]) -> dict[str, str]:
    """Return a row's share and limits in percent with one decimal (百分数)."""
    return {name: f"{row[name]:.1f}" for name in ("low", "share", "high")}
