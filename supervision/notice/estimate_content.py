"""What may be published of a round's estimates (可公示的推断): no class, no small group, nothing that gives one away.

A weighted share on a few findings tells with which chance the named units among them were drawn, and so their class;
so does what is left when the other parts of a whole are taken off it. Standard errors and effective sizes, which tell
of the mix of classes, stay inside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from supervision.messages import say

PUBLIC_KINDS = ("all", "task", "region", "industry", "item")
ESTIMATE_COLUMNS = ("kind", "name", "inspected", "found", "share", "low", "high", "could_not")
SCALES = (1.0, 2.0, 4.0, 8.0, 12.0, 20.0, 40.0, 60.0, 80.0, 100.0)
PARTS = ("region", "industry", "task", "item")


def public_lines(lines: pd.DataFrame, rule: Mapping[str, Any]) -> pd.DataFrame:
    """Return the lines that may be public (可公示的行): of `kind` in `PUBLIC_KINDS` and on enough units and findings.

    `lines`: kind, key, reported, found, share …; `rule`: the value of shared/estimate_publication. Where a single part
    of a whole would be left out, the smallest of the others goes with it, so that none can be found by subtraction.
    """
    clean = lines["reported"] - lines["found"]
    enough = (lines["reported"] >= int(rule["least_units"])) & (lines["found"] >= int(rule["least_found"]))
    kept = (enough & (clean >= int(rule["least_found"])) & lines["kind"].isin(PUBLIC_KINDS)).to_numpy(copy=True)
    for kind in PARTS:
        part = lines["kind"].eq(kind).to_numpy() & lines["reported"].gt(0).to_numpy()
        shown = np.flatnonzero(part & kept)
        if (part & ~kept).sum() == 1 and len(shown):
            kept[shown[int(lines["reported"].to_numpy()[shown].argmin())]] = False
    return lines[kept].reset_index(drop=True)


def estimate_rows(lines: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return lines as they are published (公示的推断), `ESTIMATE_COLUMNS`: shares in percent, texts of one decimal."""
    rows = pd.DataFrame(
        {
            "kind": [say(f"notice.estimate.kind.{kind}") for kind in lines["kind"]],
            "name": list(names),
            "inspected": lines["reported"].to_numpy(),
            "found": lines["found"].to_numpy(),
            **{name: percent(lines[name]) for name in ("share", "low", "high")},
            "could_not": percent(lines["could_not_share"]),
        },
        columns=list(ESTIMATE_COLUMNS),
    )
    return rows.astype(dict.fromkeys(("kind", "name", "share", "low", "high", "could_not"), "str"))


def percent(shares: pd.Series[Any]) -> list[str]:
    """Return shares in percent with one decimal (百分数), blank where there is none."""
    return ["" if pd.isna(share) else f"{100 * share:.1f}" for share in shares]


def scale_end(highs: Sequence[float]) -> float:
    """Return where a chart's scale ends (图的刻度上限), in percent: the first of `SCALES` that takes all limits."""
    return next(end for end in SCALES if end >= max(highs) or end == SCALES[-1])


def report_rows(lines: pd.DataFrame, names: Sequence[str]) -> list[dict[str, Any]]:
    """Return all lines for the internal report (内部推断表), with what never is public."""
    rows = []
    for name, row in zip(names, lines.to_dict("records"), strict=True):
        shown = {part: None if pd.isna(row[part]) else 100 * row[part] for part in ("share", "low", "high")}
        error, design = row["standard_error"], row["design_effect"]
        equal = row["equal_found"]
        rows.append(
            {
                "kind": row["kind"],
                "name": name,
                **{part: int(row[part]) for part in ("drawn", "reported", "found", "could_not")},
                **shown,
                "could_not_share": None if pd.isna(row["could_not_share"]) else 100 * row["could_not_share"],
                "error": None if pd.isna(error) else 100 * error,
                "effective": None if pd.isna(row["effective_units"]) else row["effective_units"],
                "design": None if pd.isna(design) else design,
                "equal": None if pd.isna(equal) else [row[f"equal_{part}"] for part in ("found", "low", "high")],
                "times": row["found"] / equal if pd.notna(equal) and equal > 0 else None,
            }
        )
    return rows
