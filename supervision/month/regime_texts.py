"""Messages of regimes, lists and gaps (监管方式、清单与监管空白的提示文字)."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "month.regimes": (
        "轮次 {round} 有 {count} 处不合监管方式规则，没有抽取：{problems}",
        "Round {round} is not as the rules of its regimes ask in {count} places, and nothing is drawn: {problems}",
    ),
    "month.regime_register_unknown": (
        "监管方式规则要用登记表“{register}”，没有这样的登记表。可用：{known}。请改规则的 registers。",
        'A rule of a regime rests on the register "{register}", which there is none of. There are: {known}. Correct '
        "its registers.",
    ),
    "month.list_barred": (
        "近 {years} 年内有 {kinds} 记录，不得列入清单 {list}（规则 shared/list_entry）。请从清单中去掉。",
        "It has a record of {kinds} within {years} years and may not be on the list {list} (rule shared/list_entry). "
        "Take it off the list.",
    ),
    "month.lists_stale": (
        "清单中 {rows} 行没有按期更新（规则 shared/list_entry），不再作数",
        "{rows} entries of lists were not renewed in time (rule shared/list_entry) and no longer count",
    ),
    "month.gaps_none": (
        "{on}：{permits} 项须衔接的许可都有监管措施，没有监管空白",
        "{on}: all {permits} permits that must be supervised are; there is no gap",
    ),
    "month.gaps_counted": (
        "{on}：{permits} 项须衔接的许可，监管空白 {count} 处",
        "{on}: {permits} permits that must be supervised, {count} gaps",
    ),
    "month.gap_not_named": (
        "许可 {permit} {name}：没有写明 {columns}。请在登记表 permits 补写后以较晚的知悉日期重新导入。",
        "Permit {permit} {name}: {columns} not named. Write it in the register permits and import it with a later "
        "known-on date.",
    ),
    "month.gap_item_unlisted": (
        "许可 {permit} {name}：监管事项 {item} 不在随机抽查事项清单中。请先公布并导入该事项。",
        "Permit {permit} {name}: item {item} is not in the published list. Publish and import it first.",
    ),
    "month.gap_department": (
        "许可 {permit} {name}：监管部门写的是 {department}，事项 {item} 属于 {other}。请改正其一。",
        "Permit {permit} {name}: its department is {department}, and item {item} belongs to {other}. Correct one.",
    ),
    "month.gap_method": (
        "许可 {permit} {name}：监管措施 {method} 不都是事项 {item} 的检查方式（{known}）。请改正其一。",
        "Permit {permit} {name}: its method {method} is not one of item {item} ({known}). Correct one.",
    ),
    "month.gap_no_task": (
        "许可 {permit} {name}：事项 {item} 本年没有抽查任务。请列入年度计划或任务。",
        "Permit {permit} {name}: no task of the year has item {item}. Put it into the yearly plan or a task.",
    ),
    "month.gap_units": (
        "许可种类 {kind}：{units} 户有有效许可证而不在检查对象名录中（{some}）。请导入名录（import entities）。",
        "Licence {kind}: {units} units hold a valid one and are not in the directory ({some}). Import them (import "
        "entities).",
    ),
    "month.gap_regime": (
        "{title}（规则 {rule}）：清单中没有按它检查的事项。本市有此职能的，请在事项的监管规则一列写明。",
        "{title} (rule {rule}): no item of the list is inspected under it. Where the city has the task, name the rule "
        "in the item's column.",
    ),
}
