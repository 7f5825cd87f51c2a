"""Messages of the joint calendar (联合日程的提示文字)."""

TEXTS: dict[str, tuple[str, str]] = {
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
    "planner.missing_column": (
        "{table} 表缺少列“{column}”。请补上该列。",
        'table {table} has no column "{column}"; add it',
    ),
    # reasons why a visit is not held
    "planner.no_office": (
        "{region} 没有 {department} 的执法机构，事项 {items} 无人可派。请在 offices 中登记机构或由上级承担。",
        "{region} has no office of department {department}, nobody can be sent for {items}; register an office",
    ),
    "planner.no_half_day": (
        "任务时间 {start} 至 {end} 内，{region} 没有可用的工作半天（0 个）。请调整任务起止时间。",
        "{region} has no working half-day between {start} and {end} (0); change the task's dates",
    ),
    "planner.no_scope": (
        "{office} 需 {needed} 人持证检查 {items}，有 {available} 人。请补充执法事项范围或人员。",
        "{office} needs {needed} certified inspectors for {items}, has {available}; widen scopes or add inspectors",
    ),
    "planner.too_few_at_once": (
        "{office} 需 {needed} 人同时到场检查 {items}，在 {start} 至 {end} 的任何半天最多有 {available} 人。"
        "请调整请假、人员或任务时间。",
        "{office} needs {needed} inspectors at once for {items}; in no half-day from {start} to {end} are there more "
        "than {available}; change leave, people or dates",
    ),
    "planner.office_full": (
        "{office} 在 {start} 至 {end} 需 {needed} 人·半天，有 {available} 人·半天，无法全部安排。"
        "请增加人员、延长时间或减少抽查。",
        "{office} needs {needed} inspector-half-days from {start} to {end}, has {available}; add people, lengthen the "
        "window or draw fewer",
    ),
    "planner.slots_taken": (
        "{office} 需 {needed} 人，在可行的 {slots} 个半天中只有 {available} 个半天还有足够的人，"
        "而那时其他机构人员不足。",
        "{office} needs {needed} people; of {slots} possible half-days only {available} still have them free, and then "
        "another office is short",
    ),
    # violations of a calendar
    "planner.check.visit_lost": (
        "检查对象 {unit} 的检查（{tasks}）既不在日程中，也没有未安排的原因。",
        "the visit to {unit} ({tasks}) is neither in the calendar nor among those not held",
    ),
    "planner.check.visit_twice": (
        "检查对象 {unit} 的检查（{tasks}）被重复安排或同时列为未安排。",
        "the visit to {unit} ({tasks}) is held twice, or held and also listed as not held",
    ),
    "planner.check.visit_unasked": (
        "日程中的检查 {visit} 没有对应的抽取结果，或机构、人数、事项与需求不符。",
        "visit {visit} in the calendar was not asked for, or its offices, people or items differ from the demand",
    ),
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
    "planner.check.outside_window": (
        "检查 {visit} 安排在 {half_day}，不在任务时间 {start} 至 {end} 内。",
        "visit {visit} is held on {half_day}, outside its window {start} to {end}",
    ),
    "planner.check.not_a_half_day": (
        "检查 {visit} 占用 {half_day}，该半天不是 {region} 的工作半天（休息日或安静期）。",
        "visit {visit} holds {half_day}, which is no working half-day of {region} (day off or quiet day)",
    ),
    "planner.check.unit_twice": (
        "检查对象 {unit} 在 {half_day} 同时有两次检查：{visits}。",
        "unit {unit} has two visits in {half_day}: {visits}",
    ),
    "planner.check.too_few_people": (
        "检查 {visit} 中 {office} 派 {sent} 人，至少应派 {needed} 人。",
        "{office} sends {sent} people to visit {visit}, at least {needed} are needed",
    ),
    "planner.check.items": (
        "检查 {visit} 中 {office} 的事项 {item} 由 {sent} 人负责，至少应有 {needed} 人。",
        "{sent} people of {office} cover {item} in visit {visit}, at least {needed} are needed",
    ),
    "planner.check.morning_short": (
        "{office} 在 {half_day} 需 {needed} 人，能派 {available} 人（事项 {items}）。",
        "{office} needs {needed} people in {half_day}, has {available} for {items}",
    ),
    "planner.check.afternoon_short": (
        "{office} 在 {half_day} 需 {needed} 人，扣除全天在外 {all_day} 人、可能已达当日上限 {at_limit} 人后"
        "有 {available} 人（事项 {items}）。",
        "{office} needs {needed} people in {half_day}; without {all_day} out all day and up to {at_limit} at the daily "
        "limit it has {available} for {items}",
    ),
    "planner.check.reason_missing": (
        "未安排的检查（{unit}，{tasks}）没有写明原因。",
        "the visit not held ({unit}, {tasks}) has no reason",
    ),
}
