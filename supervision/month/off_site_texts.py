"""Messages of off-site checks and their controls (非现场检查的提示文字)."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "month.off_site": (
        "轮次 {round} 的非现场任务或对照任务有 {count} 处不合规定，没有抽取：{problems}",
        "Off-site tasks or controls of round {round} are not as they must be in {count} places, and nothing is drawn: "
        "{problems}",
    ),
    "month.off_site_mixed": (
        "任务 {task} 须入企（{others}），不能同时含非现场事项 {items}。请把非现场事项另列一个任务；"
        "同组任务共用签号，抽中的仍是同一批对象。",
        "Task {task} needs a visit ({others}) and cannot hold the off-site items {items} as well. Give these a task "
        "of their own; tasks of one group share their numbers and draw the same units.",
    ),
    "month.off_site_nobody": (
        "任务 {task} 的非现场事项 {item} 没有机构可办：名录中没有部门 {department} 的执法机构。"
        "请补充 offices 或改正事项。",
        "Nobody can check item {item} of task {task} off site: the register has no office of department {department}. "
        "Complete offices, or correct the item.",
    ),
    "month.off_site_short": (
        "非现场任务 {task} 从 {start} 到 {end}，不够自查自纠的 {days} 个工作日（规则 shared/off_site_check）。"
        "请把结束日期推后。",
        "Off-site task {task} from {start} until {end} leaves less than the {days} working days of self-correction "
        "(rule shared/off_site_check). Let it end later.",
    ),
    "month.control_unknown": (
        "任务 {task} 要对照的任务 {other} 不在本轮。本轮任务：{known}。对照与非现场任务须同轮抽取，"
        "请改正“对照的任务”。",
        "Task {task} is the control of {other}, which is not in the round. Its tasks are: {known}. Both are drawn in "
        "one round; correct control_of.",
    ),
    "month.control_of_visits": (
        "任务 {task} 要对照的任务 {other} 本身须入企，没有可对照的。请改正“对照的任务”。",
        "Task {task} is the control of {other}, which needs visits itself: there is nothing to compare. Correct "
        "control_of.",
    ),
    "month.control_off_site": (
        "对照任务 {task} 须入企，事项 {item} 却不作实地检查。请改用可作实地检查的事项。",
        "Control {task} needs visits, but item {item} is not inspected on site. Take one that is.",
    ),
    "month.control_unequal": (
        "对照任务 {task} 须机会均等：名单公开方式应为公开（access=open）。请改正。",
        "Control {task} needs equal chances: its access must be open. Correct it.",
    ),
    "month.control_population": (
        "对照任务 {task} 的对象范围或监管方式（{own}）与任务 {other} 的（{others}）不同，比不出来。请改成相同。",
        "Population or regime of control {task} ({own}) differ from those of task {other} ({others}), so that they "
        "cannot be compared. Make them the same.",
    ),
    "month.preview_off_site": (
        "非现场检查预计 {checks:.0f} 户，因此少上门 {avoided:.0f} 户",
        "off-site checks expected: {checks:.0f} units; doors avoided: {avoided:.0f}",
    ),
    "month.off_site_planned": (
        "非现场检查 {checks} 户，其中 {avoided} 户本轮无人上门；自查自纠截止 {days}",
        "{checks} units are checked off site, {avoided} of them see nobody this round; they correct themselves by "
        "{days}",
    ),
    "month.off_site_doors": (
        "非现场检查 {checks} 户，少上门 {avoided} 户",
        "{checks} units checked off site, {avoided} doors avoided",
    ),
    "month.off_site_control": (
        "  非现场任务 {task}：已检查 {reported} 户，发现 {found} 户，推断每次检查发现 {share:.1f}%"
        "（95% 区间 {low:.1f}%–{high:.1f}%）；实地对照 {control}：{control_reported} 户，{control_found} 户，"
        "{control_share:.1f}%（{control_low:.1f}%–{control_high:.1f}%）；相差 {difference:+.1f} 个百分点"
        "（{difference_low:+.1f} 至 {difference_high:+.1f}）",
        "  off-site task {task}: {reported} checked, {found} with a problem, {share:.1f} % a check (95 % limits "
        "{low:.1f}–{high:.1f} %); on-site control {control}: {control_reported}, {control_found}, {control_share:.1f} "
        "% ({control_low:.1f}–{control_high:.1f} %); difference {difference:+.1f} points ({difference_low:+.1f} to "
        "{difference_high:+.1f})",
    ),
    "month.off_site_no_control": (
        "  非现场任务 {task} 已检查 {reported} 户（发现 {found} 户），实地对照 {control} 已检查 {control_reported} 户"
        "（发现 {control_found} 户）：一方还没有结果，不能比较",
        "  off-site task {task}: {reported} checked ({found} with a problem), on-site control {control}: "
        "{control_reported} ({control_found}): one of them has no result yet, nothing to compare",
    ),
}
