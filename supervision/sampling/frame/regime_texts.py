"""Messages of the regimes (监管方式的提示文字)."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "sampling.regime_differs": (
        "任务 {task}：{title}（规则 {rule}）只许 {allowed}，任务的抽查方式是 {regime}。请改任务的抽查方式。",
        "Task {task}: {title} (rule {rule}) allows {allowed} alone, and the task's regime is {regime}. Change it.",
    ),
    "sampling.regime_level": (
        "任务 {task}：{title}（规则 {rule}）只能由 {allowed} 组织，任务的层级是 {level}。"
        "请改用其他检查，或待有权的层级组织。",
        "Task {task}: {title} (rule {rule}) may be held by {allowed} alone, and the task's level is {level}. Hold "
        "another kind of inspection, or leave it to those who may.",
    ),
    "sampling.regime_method": (
        "任务 {task}：{title}（规则 {rule}）的检查方式只许 {allowed}，事项 {item} 还有 {method}。请改事项的检查方式。",
        "Task {task}: {title} (rule {rule}) allows the methods {allowed} alone, and item {item} has {method} as well. "
        "Change the item's methods.",
    ),
    "sampling.regime_points": (
        "任务 {task}：{title}（规则 {rule}）要求查到 {points}，事项 {item} 的抽查内容没有写。请补写抽查内容。",
        "Task {task}: {title} (rule {rule}) asks for {points}, which the content of item {item} does not name. Write "
        "it there.",
    ),
    "sampling.regime_people": (
        "任务 {task}：{title}（规则 {rule}）要求至少 {least} 人，事项 {item} 写的是 {people} 人。"
        "请改事项的检查人员数。",
        "Task {task}: {title} (rule {rule}) asks for at least {least} inspectors, and item {item} has {people}. Change "
        "the item.",
    ),
    "sampling.regime_field": (
        "任务 {task}：{title}（规则 {rule}）按行业、领域 {wanted} 的专业类别抽取，事项 {item} 写的是 {field}。"
        "请改事项的行业、领域。",
        "Task {task}: {title} (rule {rule}) draws by the classes of the field {wanted}, and item {item} has {field}. "
        "Change the item's field.",
    ),
    "sampling.regime_groups": (
        "任务 {task}：{title}（规则 {rule}）须包括专项库 {groups}，抽查对象范围没有写。请改抽查对象范围。",
        "Task {task}: {title} (rule {rule}) takes in the special lists {groups}, which the population leaves out. "
        "Change the population.",
    ),
    "sampling.regime_announced": (
        "任务 {task}：{title}（规则 {rule}）事先不得告知，任务的名单公开方式是 {access}、公开时间是 {disclosure}。"
        "请改为封存、检查后公开。",
        "Task {task}: {title} (rule {rule}) is not announced beforehand, and the task's list is {access}, disclosed "
        "{disclosure}. Seal it and disclose it after the visit.",
    ),
    "sampling.regime_published": (
        "任务 {task}：{title}（规则 {rule}）的结果应当公开，任务写的是不公开。请改名单公开时间。",
        "Task {task}: results of {title} (rule {rule}) are public, and the task says never. Change its disclosure.",
    ),
    "sampling.regime_register": (
        "任务 {task}：{title}（规则 {rule}）要用登记表 {register}，证据日没有有效的行。请先导入。",
        "Task {task}: {title} (rule {rule}) rests on the register {register}, which has no row in force on the "
        "evidence day. Import it first.",
    ),
    "sampling.regime_floor": (
        "任务 {task}：{title}（规则 {rule}）任何类别不得低于 {floor}，层 {stratum} 只有 {ratio}。请提高比例。",
        "Task {task}: under {title} (rule {rule}) no class is drawn below {floor}, and stratum {stratum} has {ratio}. "
        "Raise the ratio.",
    ),
}
