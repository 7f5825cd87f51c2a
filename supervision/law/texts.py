"""Messages of the law (规则、日历、代码表)."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "law.assumed.malformed": (
        "假设“{text}”看不懂。请写成 规则=值 或 规则.字段=值，如 shared/class_ratio.D=50%。",
        'The assumption "{text}" cannot be read. Write RULE=VALUE or RULE.FIELD=VALUE, as in shared/class_ratio.D=50%.',
    ),
    "law.assumed.rule_unknown": (
        "没有规则 {rule}。请核对路径（supervision rules 列出全部规则）；日历和代码表不能假设。",
        "There is no rule {rule}. Check its path (supervision rules lists all); calendars and code lists cannot be "
        "assumed.",
    ),
    "law.assumed.no_difference": (
        "规则 {rule} 现在就是 {value}，假设没有差别。请写另一个值。",
        "Rule {rule} is {value} already: nothing would differ. Give another value.",
    ),
    "law.assumed.field_unknown": (
        "规则 {rule} 没有字段“{field}”，只有 {known}。请核对；新字段须写出规则的整个值。",
        'Rule {rule} has no field "{field}", only {known}. Check it; a new field needs the whole value of the rule.',
    ),
    "law.assumed.whole_value": (
        "规则 {rule} 现在没有分字段的值，不能只假设“{field}”。请写出规则的整个值，如 {rule}={{…}}。",
        'Rule {rule} has no value with fields now, so "{field}" alone cannot be assumed. Give the whole value, as in '
        "{rule}={{…}}.",
    ),
    "law.assumed.folder_empty": (
        "假设的规则文件夹中没有规则文件（如 shared/class_ratio.yaml）。请核对路径。",
        "The folder of assumed rules holds no rule file (such as shared/class_ratio.yaml). Check the path.",
    ),
    "law.rules.repealed": (
        "规则 {rule} 自 {since} 起定为无（null），而这一步在 {date} 需要它。请在 {file} 中写一条有取值的规则。",
        "Rule {rule} is null from {since}: it was decided that there is none, but this step needs it on {date}. Write "
        "a value in {file}.",
    ),
    "law.shapes.wrong": (
        "规则取值的写法不对：{faults}。请改正规则文件后再试。",
        "Values of rules are not written as they must be: {faults}. Correct the rule file and try again.",
    ),
    "law.shapes.in_file": ("{file}（自 {since} 起的取值）{fault}", "{file} (value from {since}) {fault}"),
    "law.shapes.assumed": ("假设的规则 {rule} {fault}", "assumed rule {rule} {fault}"),
    "law.shapes.more": ("另有 {count} 处", "{count} more"),
    "law.shapes.value": ("{place}：应为{wanted}，现为{given}", "{place}: must be {wanted}, but is {given}"),
    "law.shapes.key_missing": ("{place}：没有写，应为{wanted}", "{place}: is not there, must be {wanted}"),
    "law.shapes.key_unknown": (
        "{place}：不认识这个键，这里只能写 {known}",
        "{place}: this key is not known, only {known} can stand here",
    ),
    "law.shapes.key_no_text": (
        "{place}：键应为文字（请加引号），现为{given}",
        "{place}: the key must be a text (put it in quotes), but is {given}",
    ),
    "law.yaml.malformed": (
        "{file} {place}：{problem}。请改正，用 UTF-8 编码保存。",
        "{file}, {place}: not proper YAML: {problem}. Correct it and save it in UTF-8.",
    ),
    "law.yaml.at": ("第 {line} 行第 {column} 列", "line {line}, column {column}"),
    "law.yaml.is_tab": ("缩进用了制表符（Tab），YAML 只认空格", "indentation by a tab, where YAML knows spaces alone"),
    "law.yaml.is_sign": (
        "“{sign}”不能作为值的开头，文字请加引号",
        'no value can begin with "{sign}"; put texts in quotes',
    ),
    "law.yaml.is_second_colon": (
        "这一行不能再写“键: 值”：多半是上一行缩进不对，或文字中有冒号而没有加引号",
        'no second "key: value" can stand in this line: mostly the line above is indented wrongly, '
        "or a text with a colon has no quotes",
    ),
    "law.yaml.is_dash": (
        "这里不能写列表项“- ”：请另起一行并缩进",
        'no "- " can stand here: begin a new line and indent it',
    ),
    "law.yaml.is_indent": (
        "缩进与上下各行不一致，或值的后面多了内容",
        "indented otherwise than the lines around it, or something stands behind the value",
    ),
    "law.yaml.is_bracket": (
        "方括号 [ 没有闭合，或项目之间缺逗号",
        "the bracket [ is not closed, or a comma is missing",
    ),
    "law.yaml.is_brace": ("花括号 {{ 没有闭合，或项目之间缺逗号", "the brace {{ is not closed, or a comma is missing"),
    "law.yaml.is_quote": ("引号没有配对", "the quote is not closed"),
    "law.yaml.is_escape": (
        "双引号中的反斜杠 \\ 后面不认识：请写成 \\\\，或改用单引号",
        "what follows the backslash \\ in double quotes is not known: write \\\\, or use single quotes",
    ),
    "law.yaml.is_colon": ("键的后面缺少冒号和空格（要用半角冒号）", "a colon and a space are missing after the key"),
    "law.yaml.is_alias": ("* 所引用的名称没有用 & 定义过", "what * names was not defined by &"),
    "law.yaml.is_anchor": ("& 或 * 的名称不对，或定义了两次", "the name after & or * is not right, or defined twice"),
    "law.yaml.is_no_value": (
        "这里缺少值，或多了括号、逗号",
        "a value is missing here, or there is a bracket or comma too many",
    ),
    "law.yaml.is_documents": (
        "一个文件只能有一份内容（多了 --- 或 ...）",
        "a file holds one document (--- or ... too many)",
    ),
    "law.yaml.is_depth": ("嵌套太深", "too deep"),
    "law.yaml.is_control": ("有不可见的控制字符 {sign}", "the invisible control character {sign}"),
    "law.yaml.is_encoding": ("不是 UTF-8 编码的文字", "not a text in UTF-8"),
    "law.yaml.is_other": ("写法不合 YAML 格式", "not as YAML is written"),
    "law.yaml.empty": (
        "{file} 是空文件（没有内容，或只有注释）。请写上内容，或删去该文件。",
        "{file} is empty (nothing, or comments alone). Write what belongs there, or remove the file.",
    ),
    "law.yaml.key_no_text": (
        "{file} 第 {line} 行：键应为一个文字，不能是列表或键和值。请改正。",
        "{file} line {line}: a key must be a text, not a list or keys with values. Correct it.",
    ),
    "law.yaml.long_number": (
        "{file} 第 {line} 行：数字太长。编号请加引号写成文字。",
        "{file} line {line}: a number of too many digits. Write codes as texts in quotes.",
    ),
    "law.yaml.no_day": (
        "{file} 第 {line} 行：没有 {value} 这一天。请改正日期。",
        "{file} line {line}: there is no day {value}. Correct the date.",
    ),
    "law.yaml.key_twice": (
        "{file} 第 {line} 行：“{key}”写了两次。请只留一处。",
        '{file} line {line}: "{key}" stands twice. Keep one.',
    ),
    "law.yaml.decimal": (
        '{file} 第 {line} 行：{value} 是小数，不能精确计算。请写成文字，例如 "2.5%" 或 "1/2"。',
        '{file} line {line}: {value} is a decimal number and not exact. Write a text, such as "2.5%" or "1/2".',
    ),
    "law.yaml.tag": (
        "{file} 第 {line} 行：不接受 YAML 标签 {tag}。请直接写值，文字加引号。",
        "{file}, line {line}: YAML tags such as {tag} are not read. Write the value itself, texts in quotes.",
    ),
    "law.yaml.too_large": (
        "{file} 第 {line} 行：内容过多、过深（至多 {most} 个值、{deepest} 层），或引用了自身。请检查该处。",
        "{file}, line {line}: too much, too deep (at most {most} values, {deepest} levels), or a value inside itself. "
        "Look at that place.",
    ),
    "law.yaml.shape": (
        "{file}{place}：{key} 应为{wanted}，现为 {value}。请改正。",
        "{file}{place}: {key} must be {wanted}, but is {value}. Mend it.",
    ),
    "law.yaml.key_unknown": (
        "{file}{place}：不认识“{key}”。这里只能写 {known}。",
        '{file}{place}: "{key}" is not known. Only {known} can stand here.',
    ),
    "law.yaml.key_missing": (
        "{file}{place}：缺少“{key}”。请补上。",
        '{file}{place}: "{key}" is missing. Add it.',
    ),
    "law.rules.file_name": (
        "{file}：规则文件的扩展名须为 .yaml。请改名。",
        "{file}: a rule file's name must end in .yaml. Rename it.",
    ),
    "law.rules.id_differs": (
        "{file}：id 写的是“{id}”，应与文件路径一致，即“{wanted}”。请改正。",
        '{file}: the id is "{id}", but must agree with the path: "{wanted}". Mend it.',
    ),
    "law.rules.from_twice": (
        "{file}：values 中有两条的 from 都是 {date}。请只留一条。",
        "{file}: two of the values are from {date}. Keep one.",
    ),
    "law.rules.from_order": (
        "{file}：from {date} 排在 {before} 之后。请按日期先后排列。",
        "{file}: from {date} stands after {before}. Put the values in order of date.",
    ),
    "law.rules.missing": (
        "缺少规则 {rule}：{date} 没有有效的值，不作任何假定。请在本市规则目录的 {file} 中写入下面各行，"
        "数值、依据和日期按本市文件填写；已决定不设的写 value: null 并写明依据；外地做法可用 "
        "supervision rules --preset 名称 照抄。\n{lines}",
        "Rule {rule} is missing: it has no value on {date}, and nothing is assumed. Write these lines into {file} in "
        "the city's rules folder, with the value, basis and dates of the city's own document; where it was decided "
        "that there is none, write value: null and the basis; another place's practice is copied by supervision rules "
        "--preset NAME.\n{lines}",
    ),
    "law.rules.missing_no_file": (
        "没有名为 {rule} 的规则（{date}）。请核对名称；确需新增的，在本市规则目录建立 {file}，写入：\n{lines}",
        "There is no rule named {rule} ({date}). Check the name; if it is to be new, create {file} in the city's rules "
        "folder with:\n{lines}",
    ),
    "law.regime_malformed": (
        "规则 {rule} 的 {key} 不合监管方式规则的写法；可用的键：{known}。请改正规则文件。",
        "{key} of rule {rule} is not as the rule of a regime is written; the keys are: {known}. Correct the file.",
    ),
    "law.off_site_method": (
        "规则 {rule} 的核查方式“{method}”不在核查方式代码表中，或不是非现场方式。可用：{known}。请改正规则文件。",
        'Method "{method}" of rule {rule} is not on the code list of methods, or is no off-site one. There are: '
        "{known}. Correct the file.",
    ),
    "law.presets.unknown": (
        "没有名为 {name} 的外地做法；现有 {known}。请核对名称。",
        "There is no preset {name}; there are {known}. Check the name.",
    ),
    "law.presets.rule_unknown": (
        "外地做法 {name} 写了规则 {rule}，但没有随附这样的规则文件。请改正。",
        "Preset {name} has rule {rule}, but no such rule file is shipped. Correct it.",
    ),
    "law.rules.review_due": (
        "规则 {rule} 应在 {review_by} 前复核，到 {date} 已过期。请核对依据“{basis}”是否仍然有效，并写一条新的值。",
        'Rule {rule} was to be reviewed by {review_by}; on {date} that is past. Check whether its basis "{basis}" '
        "still holds, and write a new value.",
    ),
    "law.working_days.year_not_announced": (
        "{year} 年的工作日还没有公布（用到 {date}）：{missing}。请在放假通知公布后，用 supervision import calendar 一次"
        "导入该年的全部安排。",
        "The working days of {year} are not announced (asked for {date}): {missing}. When the notice is out, bring in "
        "the year's whole arrangement at once: supervision import calendar FILE",
    ),
    "law.working_days.notice_incomplete": (
        "{file}：{year} 年的放假安排不完整，没有采用：{missing}。请按放假通知补全该年全部休息日和调休上班日"
        "（日期、类型、节日名称）后一次导入。",
        "{file}: the arrangement of {year} is not whole and was not taken: {missing}. Give all rest days and make-up "
        "days of the notice (date, kind, name of the holiday) and import them at once.",
    ),
    "law.holiday_notice.nothing": ("没有该年的放假安排", "there is no arrangement of that year"),
    "law.holiday_notice.missing": ("缺{name}（应休 {days} 天）", "{name} is missing ({days} days off)"),
    "law.holiday_notice.days_off": (
        "{name}应休 {days} 天，所列周一至周五的休息日减去周六、周日的调休上班日为 {found} 天",
        "{name} has {days} days off, but rest days from Monday to Friday less make-up days on weekends are {found}",
    ),
    "law.holiday_notice.no_name": ("{date} 没有写节日名称", "{date} names no holiday"),
    "law.holiday_notice.works": ("{date}（{name}）应为休息日", "{date} ({name}) must be a rest day"),
    "law.holiday_notice.rule": (
        "规则 {rule} 的值 {value} 不对：应为列表，每项写 name、days、on、aliases。请改正规则文件。",
        "The value {value} of rule {rule} is not right: it is a list of entries with name, days, on and aliases. "
        "Correct the rule file.",
    ),
    "law.working_days.other_year": (
        "{file}：{date} 不在 {year} 年。请移到该年的文件。",
        "{file}: {date} is not in {year}. Move it into that year's file.",
    ),
    "law.working_days.day_twice": (
        "{file}：{date} 既是休息日又是补班日。请只留一处。",
        "{file}: {date} is both a holiday and a make-up day. Keep one.",
    ),
    "law.working_days.year_twice": (
        "{file}：{year} 年已有另一份日历。请只留一份。",
        "{file}: {year} has another calendar already. Keep one.",
    ),
    "law.working_days.kind": (
        "日历 {date}：日期类型“{kind}”不认识。请写 workday、holiday 或 quiet。",
        'Calendar {date}: kind "{kind}" is not known. Write workday, holiday or quiet.',
    ),
    "law.working_days.quiet_days": (
        "规则 shared/quiet_days 的值 {value} 不对。请写 null，或 days: 后跟 1 至 31 的日数列表。",
        "The value {value} of rule shared/quiet_days is not right. Write null, or days: with a list of numbers from 1 "
        "to 31.",
    ),
    "law.working_days.negative": (
        "工作日数 {days} 不能为负。请写 0 或更大的整数。",
        "A number of working days cannot be negative: {days}. Give 0 or more.",
    ),
    "law.code_lists.name_unknown": (
        "没有名为“{name}”的代码表；现有 {known}。请核对名称。",
        'There is no code list "{name}"; there are {known}. Check the name.',
    ),
    "law.code_lists.code_unknown": (
        "代码表 {name} 中没有“{value}”；现有 {known}。请核对代码，或在本市规则目录的 code_lists/{name}.yaml 中补上。",
        'Code list {name} has no "{value}"; it has {known}. Check the code, or add it to code_lists/{name}.yaml in the '
        "city's rules folder.",
    ),
    "law.code_lists.outcome_unknown": (
        "{file} {place}：outcome“{value}”不认识。请写 {known} 之一。",
        '{file} {place}: outcome "{value}" is not known. Write one of {known}.',
    ),
    "law.code_lists.bracketed": (
        "{file}：bracketed“{value}”不认识。只能写 remark（括号内是说明），或不写。",
        '{file}: bracketed "{value}" is not known. Only remark can stand there, or nothing.',
    ),
    "law.code_lists.writing_twice": (
        "{file}：“{value}”既指 {first} 又指 {second}。请只留一处。",
        '{file}: "{value}" means both {first} and {second}. Keep one.',
    ),
    "law.code_lists.id_differs": (
        "{file}：id 写的是“{id}”，应与文件名一致，即“{wanted}”。请改正。",
        '{file}: the id is "{id}", but must agree with the file\'s name: "{wanted}". Mend it.',
    ),
    "law.no_scale": (
        "行业、领域“{field}”没有专业分类规则：规则 {rule} 的 fields 中没有它。请在本市规则中写明该领域用哪条规则，"
        "并在那条规则中写明等次（classes）。",
        'The field "{field}" has no rule of professional classes: it is not among the fields of the rule {rule}. Name '
        "its rule there, in the city's own folder, and write its classes in that rule.",
    ),
    "law.scale_shape": (
        "规则 {rule} 的值“{value}”写法不对，应为 {want}。请改正该规则文件。",
        'The value "{value}" of the rule {rule} is not of the right shape; wanted is {want}. Correct the rule file.',
    ),
}
