"""Messages of the joint calendar (联合日程的提示文字)."""

TEXTS: dict[str, tuple[str, str]] = {
    "planner.unit_closed": ("对象在日程承诺之前已关闭（变更单）", "the unit closed before the calendar was committed"),
    # errors
    "planner.unknown_task": (
        "抽取名单中的任务“{task}”不在本月任务表中。请核对 tasks 后重新排程。",
        'the drawn list names task "{task}", which is not among the round\'s tasks; check tasks and plan again',
    ),
    "planner.unknown_item": (
        "任务“{task}”的抽查事项“{item}”不在抽查事项清单中；未公布的事项不得检查。请先导入 items。",
        'task "{task}" names item "{item}", which is not in the published list; import items first',
    ),
    "planner.unknown_unit": (
        "抽取名单中的检查对象“{unit}”不在名录库中。请核对 entities 后重新排程。",
        'the drawn list names unit "{unit}", which is not in the directory; check entities and plan again',
    ),
    "planner.window": (
        "任务“{task}”的结束日期 {end} 早于开始日期 {start}。请在 tasks 中更正起止日期。",
        'task "{task}" ends on {end}, before it starts on {start}; correct its dates in tasks',
    ),
    "planner.too_long": (
        "抽查事项“{item}”需 {half_days} 个半天；一次检查只能占一个半天或一整天（1 或 2）。请在 items "
        "中更正 half_days。",
        'item "{item}" takes {half_days} half-days; a visit lasts one half-day or one day (1 or 2); correct items',
    ),
    "planner.tie": (
        "检查对象“{unit}”的 T 值“{tie}”不是 64 位十六进制数。请由抽取结果重新计算。",
        'the T of unit "{unit}" is "{tie}", not 64 hex digits; compute it from the draw again',
    ),
    "planner.no_day_left": (
        "本月从 {earliest} 起没有可排的工作半天。请检查工作日历、安静期和第二次抽取的时间，或把任务转入下月。",
        "no working half-day of the month is left from {earliest} on; check the calendar, quiet days and the time of "
        "the second draw, or move the tasks to the next month",
    ),
    "planner.standing": (
        "日程中检查 {visit} 的名额（{office}，{place}）没有承担人、没有半天或重复。请核对日程与抽取结果。",
        "the place ({office}, {place}) of visit {visit} has no holder, no half-day, or is there twice; check calendar "
        "and roster",
    ),
    "planner.change_past": (
        "变更时间 {at} 早于可变更的第一个半天 {first}（已开始或在提前通知期内）。请改用之后的日期。",
        "the change at {at} is before {first}, the first half-day that is neither begun nor within notice; use a later "
        "date",
    ),
    # reasons why something is not held; what would lift it
    "planner.no_office": (
        "{region} 没有部门 {department} 的执法机构，无人可派。请在 offices 中登记机构或由上级承担。",
        "{region} has no office of department {department}, nobody can be sent; register an office",
    ),
    "planner.other_level": (
        "部门 {department} 的另一层级本月检查这些对象，同一系统只由一级入企（规则 shared/merge_duty）",
        "another level of department {department} visits these units this month, and one level of a system comes (rule "
        "shared/merge_duty)",
    ),
    "planner.no_half_day": (
        "任务时间 {start} 至 {end} 内，{region} 没有工作半天（0 个）。请调整任务起止时间。",
        "{region} has no working half-day between {start} and {end} (0); change the task's dates",
    ),
    "planner.too_early": (
        "任务时间 {start} 至 {end} 在可排的第一个半天 {earliest} 之前结束（检查人员抽取及提前通知之后）。"
        "请延长任务时间。",
        "the window {start} to {end} ends before {earliest}, the first half-day after the draw of inspectors and its "
        "notice; lengthen the window",
    ),
    "planner.no_common_half_day": (
        "事项 {item} 需连续 {half_days} 个半天；在 {start} 至 {end} 内，任务时间、检查对象不可检查的时间和事项的时段"
        "没有共同的半天。请调整其中之一。",
        "item {item} needs {half_days} half-day(s) together; between {start} and {end} the window, the unit's blocked "
        "times and the item's hours have none in common; change one of them",
    ),
    "planner.office_small": (
        "{office} 在册检查人员 {available} 人，事项 {item} 需 {needed} 人。请补充人员或由上级承担。",
        "{office} has {available} inspectors, item {item} needs {needed}; add people",
    ),
    "planner.recusal": (
        "{office} 检查事项 {item} 需 {needed} 人，回避后在 {start} 至 {end} 同时最多 {available} 人。"
        "请由其他机构或上级承担。",
        "{office} needs {needed} people for item {item}; after recusals at most {available} at once from {start} to "
        "{end}; send another office's",
    ),
    "planner.leave": (
        "{office} 检查事项 {item} 需 {needed} 人同时到场；因请假，在 {start} 至 {end} 同时最多 {available} 人。"
        "请调整请假或任务时间。",
        "{office} needs {needed} people at once for item {item}; with leave at most {available} from {start} to {end}; "
        "change leave or dates",
    ),
    "planner.certificate": (
        "{office} 检查事项 {item} 需 {needed} 人持有效执法证；在 {start} 至 {end} 同时最多 {available} "
        "人。请换证或调整时间。",
        "{office} needs {needed} people with a valid certificate for item {item}; from {start} to {end} at most "
        "{available} at once; renew certificates or change dates",
    ),
    "planner.scope": (
        "{office} 需 {needed} 人能查事项 {item}，在 {start} 至 {end} 同时最多 {available} 人。"
        "请补充执法事项范围或人员。",
        "{office} needs {needed} people whose scope has item {item}; from {start} to {end} at most {available} at "
        "once; widen scopes or add people",
    ),
    "planner.daily_limit": (
        "{office} 需 {needed} 人全天检查事项 {item}；因每日上限，在 {start} 至 {end} 同时最多 {available} 人。"
        "请调整每日上限。",
        "{office} needs {needed} people for a whole day of item {item}; with daily limits at most {available} from "
        "{start} to {end}; change the limits",
    ),
    "planner.several": (
        "{office} 检查事项 {item} 需 {needed} 人，在 {start} 至 {end} 同时最多 {available} 人；"
        "请假、证件、范围、回避、每日上限中至少有两项同时造成。",
        "{office} needs {needed} people for item {item}; from {start} to {end} at most {available} at once, for two "
        "reasons or more among leave, certificates, scope, recusal, daily limits",
    ),
    "planner.office_short": (
        "{office} 在 {start} 至 {end} 需 {needed} 人·半天，有 {available} 人·半天。请增加人员、"
        "延长任务时间或减少抽查。",
        "{office} needs {needed} inspector-half-days from {start} to {end}, has {available}; add people, lengthen the "
        "window or draw fewer",
    ),
    "planner.specialists_short": (
        "{office} 能查事项 {item} 的人在 {start} 至 {end} 需 {needed} 人·半天，有 {available} 人·半天。"
        "请补充执法事项范围、增加人员或延长任务时间。",
        "those of {office} whose scope has item {item} are needed for {needed} inspector-half-days from {start} to "
        "{end} and have {available}; widen scopes, add people or lengthen the window",
    ),
    "planner.office_full": (
        "{office} 在 {start} 至 {end} 有 {duties} 项任务，按组派人无论如何排都至少有 {lost} 项排不下。"
        "请增加人员或减少抽查。",
        "{office} has {duties} duties from {start} to {end}; in whole teams at least {lost} cannot be held, however "
        "planned; add people or draw fewer",
    ),
    "planner.office_taken": (
        "{office} 在可行的 {half_days} 个半天中都没有余下足够的人（其他任务已占用）；未证明无法安排。",
        "{office} has too few people left in all {half_days} possible half-days, taken by other duties; it is not "
        "proven that no calendar could hold it",
    ),
    # violations of a calendar
    "planner.check.visit_number": (
        "检查编号 {visit} 不对，应为 {expected}（检查对象代码~按首个半天排列的序号）。",
        "visit id {visit} is wrong, it should be {expected} (unit~ordinal by first half-day)",
    ),
    "planner.check.place_number": (
        "检查 {visit} 中 {office} 的名额编号为 {places}，应从 1 连续编号。",
        "the places of {office} in visit {visit} are numbered {places}; they should run from 1 without a gap",
    ),
    "planner.check.same_start": (
        "检查 {visit} 的人员不同时到场：{starts}。",
        "the people of visit {visit} do not begin together: {starts}",
    ),
    "planner.check.whole_day": (
        "检查 {visit} 中 {office} 的名额占用 {half_days}，应为同一天的一个或前后两个半天，共 {needed} 个。",
        "a place of {office} in visit {visit} holds {half_days}; it should hold {needed} half-day(s) of one day",
    ),
    "planner.check.items": (
        "检查 {visit} 中 {office} 的事项 {item} 由 {sent} 人负责，至少应有 {needed} 人。",
        "{sent} people of {office} cover {item} in visit {visit}, at least {needed} are needed",
    ),
    "planner.check.other_level": (
        "检查 {visit} 派出 {office}，而该部门的另一层级本月检查该户。",
        "visit {visit} sends {office}, and another level of that department visits the unit this month",
    ),
    "planner.check.two_offices": (
        "{unit} 由同一部门的两个机构检查：{offices}。",
        "{unit} is visited by two offices of one department: {offices}",
    ),
    "planner.check.office": (
        "检查 {visit} 中事项 {item} 由 {office} 承担；该机构不属于该部门或该区。",
        "{office} inspects {item} in visit {visit}, but is not of its department and the unit's district",
    ),
    "planner.check.too_few_people": (
        "检查 {visit} 中 {office} 派 {sent} 人，至少应派 {needed} 人。",
        "{office} sends {sent} people to visit {visit}, at least {needed} are needed",
    ),
    "planner.check.not_a_half_day": (
        "检查 {visit} 占用 {half_day}，该半天不可排（休息日、安静期、提前期内或检查对象不可检查）。",
        "visit {visit} holds {half_day}, which may not be planned (day off, quiet day, too early or blocked)",
    ),
    "planner.check.wrong_half": (
        "检查 {visit} 的事项 {item} 只能在 {half} 开始。",
        "item {item} of visit {visit} can only begin in {half}",
    ),
    "planner.check.unit_twice": (
        "检查对象 {unit} 在 {half_day} 同时有两次检查：{visits}。",
        "unit {unit} has two visits in {half_day}: {visits}",
    ),
    "planner.check.item_lost": (
        "检查对象 {unit} 的事项 {item}（任务 {task}）既不在任务时间内的日程中，也没有未安排的原因。",
        "item {item} of task {task} for unit {unit} is neither held within its days nor among those not held",
    ),
    "planner.check.item_unasked": (
        "检查对象 {unit} 的事项 {item}（{visit}）没有对应的抽取结果，或被重复安排。",
        "item {item} for unit {unit} ({visit}) was not asked for, or is held twice",
    ),
    "planner.check.reason_missing": (
        "未安排的事项（{unit}，{items}）没有写明原因。",
        "what is not held ({unit}, {items}) has no reason",
    ),
    "planner.check.day_short": (
        "{office} 在 {day} 需 {needed} 人，能派 {available} 人（事项 {items}，可能被全天任务占用的人已计入）。",
        "{office} needs {needed} people on {day}, has {available} for {items}, whole-day places counted "
        "that may take them",
    ),
    # differences of a certificate
    "planner.check.figure": (
        "日程证明中 {region} 的 {name} 为 {stated}，复算为 {found}。",
        "the certificate states {name} = {stated} for {region}, recomputed {found}",
    ),
}
