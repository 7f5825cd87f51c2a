"""Messages of the ledger (台账的提示文字)."""

TEXTS: dict[str, tuple[str, str]] = {
    "month.ledger_one_of": (
        "检查对象、--office、--over 只能选一样。请去掉其余。",
        "Name a unit, or --office, or --over: one of them. Leave the others out.",
    ),
    "month.ledger_unit_unknown": (
        "检查对象登记表中没有 {unit}。请核对统一社会信用代码。",
        "The register of units has no {unit}. Check the id.",
    ),
    "month.ledger_office_unknown": (
        "机构登记表中没有 {office}。请核对机构编号。",
        "The register of offices has no {office}. Check the id.",
    ),
    "month.ledger_no_visits": ("{unit} 在 {year} 年没有检查记录", "{unit} has no visit in {year}"),
    "month.ledger_unit": ("{unit} {name}，{year} 年：", "{unit} {name}, {year}:"),
    "month.ledger_visit": (
        "  {date} {agency} {item}（{kind}，{site}，{state}），计入 {rules}",
        "  {date} {agency} {item} ({kind}, {site}, {state}), counted by {rules}",
    ),
    "month.ledger_visit_free": (
        "  {date} {agency} {item}（{kind}，{site}，{state}），不计入频次上限",
        "  {date} {agency} {item} ({kind}, {site}, {state}), counted by no cap",
    ),
    "month.ledger_used_own": ("本机关已用 {used}、剩余 {left}", "this agency: {used} used, {left} left"),
    "month.ledger_used_all": ("全部机关已用 {used}、剩余 {left}", "all agencies: {used} used, {left} left"),
    "month.urgent_beyond_cap": (
        "紧急检查 {visit}：{unit} 按规则 {rule}（{agency}）全年至多 {most} 次，已用 {used} 次，{kind}再去一次即超限，"
        "未作变更。由投诉举报等线索触发的，检查类型写个案（for_cause）；上级部署的写上级专项（superior）；其余请并入"
        "已排定的检查。",
        "Urgent visit {visit}: rule {rule} ({agency}) allows {most} visits a year to {unit}, {used} are used, and one "
        "more ({kind}) is beyond it; nothing was changed. A check for cause is of the kind for_cause, one that a "
        "superior ordered superior; anything else goes into a visit that is planned.",
    ),
    "month.urgent_counted": (
        "  紧急检查 {visit}：{unit} 计入 {rule}（{agency}），原已用 {used} 次，现剩 {left} 次（全年至多 {most} 次）",
        "  urgent visit {visit}: {unit} counts under {rule} ({agency}): {used} used before, {left} of {most} left now",
    ),
    "month.urgent_free": (
        "  紧急检查 {visit}：{unit} {kind}不计入频次上限（规则 {rule}）",
        "  urgent visit {visit}: {unit}, {kind}, is counted by no cap (rule {rule})",
    ),
    "month.ledger_on_site": ("现场", "on site"),
    "month.ledger_off_site": ("非现场", "off site"),
    "month.ledger_state_held": ("已检查", "held"),
    "month.ledger_state_planned": ("已排定", "planned"),
    "month.ledger_state_drawn": ("已抽中", "drawn"),
    "month.ledger_state_handed": ("上级下达", "handed down"),
    "month.ledger_all_agencies": ("全部机关", "all agencies together"),
    "month.ledger_left": (
        "  {agency} 年度上限 {most} 次（{rule}）：已用 {used}，剩余 {left}",
        "  {agency}, at most {most} a year ({rule}): {used} used, {left} left",
    ),
    "month.ledger_office": (
        "{office} {year} 年已入企或已安排的 {units:,} 户（剩余次数少的在前）：",
        "{office} in {year}: {units:,} units visited or planned, those with least left first:",
    ),
    "month.ledger_office_unit": (
        "  {unit} {name}：{agency} 上限 {most} 次（{rule}），已用 {used}，剩余 {left}",
        "  {unit} {name}: {agency}, at most {most} ({rule}), {used} used, {left} left",
    ),
    "month.ledger_over": (
        "{year} 年超出频次上限：{units:,} 户，{visits:,} 次，其中 {unexcused:,} 次没有登记豁免依据",
        "Beyond a cap in {year}: {units:,} units, {visits:,} visits, {unexcused:,} of them without an exemption",
    ),
    "month.ledger_over_exempt": (
        "  {unit_id} {date} {by}：上限 {most} 次（{rule}），已用 {used}；"
        "豁免：全覆盖任务 {task}（规则 shared/exclusion）",
        "  {unit_id} {date} {by}: at most {most} ({rule}), {used} used; exempt: full coverage, task {task} (rule "
        "shared/exclusion)",
    ),
    "month.ledger_over_unexcused": (
        "  {unit_id} {date} {by}：上限 {most} 次（{rule}），已用 {used}；没有豁免依据，请核对",
        "  {unit_id} {date} {by}: at most {most} ({rule}), {used} used; no exemption on record, look into it",
    ),
    "month.ledger_year": (
        "{year} 年：{units:,} 户，检查 {visits:,} 次，其中现场 {on_site:,} 次",
        "{year}: {units:,} units, {visits:,} visits, {on_site:,} of them on site",
    ),
    "month.ledger_kind": ("  {kind} {visits:,} 次", "  {kind}: {visits:,}"),
    "month.ledger_cap": (
        "  {agency} 上限 {most} 次（{rule}）：适用 {units:,} 户，用满 {full:,} 户，超出 {over:,} 户",
        "  {agency}, at most {most} ({rule}): {units:,} units, {full:,} have none left, {over:,} are beyond it",
    ),
    "month.ledger_cause": (
        "个案检查 {cause:,} 次，占 {total:,} 次的 {share}；{days} 天内达到 {most} 次的有 {units:,} 户",
        "Checks for cause: {cause:,} of {total:,} visits, {share}; {units:,} units had {most} or more in {days} days",
    ),
    "month.ledger_cause_often": (
        "  {unit}：{days} 天内个案检查 {visits} 次，请核对是否明显超出合理频次",
        "  {unit}: {visits} checks for cause within {days} days; look whether that is reasonable",
    ),
}
