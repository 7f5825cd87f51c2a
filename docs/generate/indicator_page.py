"""The page of the indicators (风险指标), from the table that computes them."""

from __future__ import annotations

from supervision.risk.indicators import FAMILIES, INDICATORS

HEAD = """# 风险指标 Indicators

{count} 个指标，分五类。每个都是一行数据：来源、时间窗、半衰期、方向和依据。方向 ↑ 表示数值越大分数只升不降，
↓ 表示只降不升，空白表示不限。没有归集的登记表或记录类型，只使自己的指标成为“未知”，不影响其他指标和样本。
没有关联关系的单位按中性处理。距上次检查的天数只在训练中作干扰项，从不计分。

{count} indicators in five families; each is a row of data. ↑: a greater value never lowers the score, ↓: never raises
it. What is not collected is unknown for its own indicators only. A unit without relations is in the neutral state.
"""
COLUMNS = """| 指标 Indicator | 代码 Name | 来源 Source | 时间窗（月） Window | 半衰期（月） Half-life | 方向 Sign |
|---|---|---|---|---|---|"""
ARROWS = {1: "↑", -1: "↓", 0: ""}


def indicator_page() -> str:
    """Return the page of all indicators (风险指标) as markdown."""
    parts = [HEAD.format(count=len(INDICATORS))]
    for family, (zh, en) in FAMILIES.items():
        parts.append(f"## {zh} {en}\n")
        parts.append(
            "| 指标 Indicator | 代码 Name | 来源 Source | 时间窗（月） Window | 半衰期（月） Half-life | 方向 Sign |"
        )
        parts.append("|---|---|---|---|---|---|")
        for row in (row for row in INDICATORS if row.family == family):
            label = " ".join(row.wording.label)
            parts.append(
                f"| {label} | `{row.name}` | {row.recipe.source} | {row.window or ''} | {row.half_life or ''}"
                f" | {ARROWS[row.sign]} |"
            )
        bases = dict.fromkeys(row.basis for row in INDICATORS if row.family == family)
        parts.append("\n依据 Basis:\n\n" + "\n".join(f"- {basis}" for basis in bases) + "\n")
    return "\n".join(parts)
