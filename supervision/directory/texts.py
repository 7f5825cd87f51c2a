"""Messages of the directory (一单两库提示文字): reasons of single cells, notes, and files that cannot be read."""

TEXTS: dict[str, tuple[str, str]] = {
    "directory.blank": ("必填项为空，请补填", "required cell is blank: fill it in"),
    "directory.blank_when": (
        "{other}为 {wanted} 时本项必填，请补填",
        "required where {other} is {wanted}: fill it in",
    ),
    "directory.control_character": (
        "含有控制字符或未定义字符，请删除后重填",
        "holds a control or undefined character: type it again",
    ),
    "directory.too_long": (
        "文字有 {length} 字，超过 {longest} 字，请缩短",
        "text of {length} characters, more than {longest}: shorten it",
    ),
    "directory.formula_error": (
        "公式出错 {value}，请改为数值或文字",
        "failed formula {value}: replace it by its value",
    ),
    "directory.digits_lost": (
        "代码存成了数字，超过 15 位的数字已丢失；请把单元格设为文本后重新填写",
        "code stored as a number has lost its digits after the 15th: set the cell to text and type it again",
    ),
    "directory.scientific": (
        "代码被表格软件改成了科学计数 {value}，原数已丢失；请设为文本后重新填写",
        "a spreadsheet turned the code into {value} and its digits are lost: set the cell to text and type it again",
    ),
    "directory.bad_form": ("写法不对，应为{form}", "not of the form wanted: {form}"),
    "directory.bad_choice": ("不在可选范围内，可填：{shown}", "not one of: {shown}"),
    "directory.no_such_day": ("没有这一天，请核对", "there is no such day: check it"),
    "directory.bad_date": (
        "不是日期，请写作 2026-01-05；长期有效写作 9999-09-09",
        "not a date: write 2026-01-05, or 9999-09-09 for no end",
    ),
    "directory.bad_number": ("不是数值，请只填数字", "not a number: digits only"),
    "directory.not_whole": ("应为整数", "must be a whole number"),
    "directory.too_small": ("小于最小值 {low}", "less than {low}"),
    "directory.too_large": ("大于最大值 {high}", "more than {high}"),
    "directory.bad_boolean": ("请填 是 或 否", "write yes or no"),
    "directory.uscc": ("校验位不符，请核对统一社会信用代码", "check character is wrong: look the code up again"),
    "directory.id_too_long": (
        "编号有 {bytes} 字节，最多 39 字节，请缩短",
        "id of {bytes} bytes, 39 at most: shorten it",
    ),
    "directory.ragged": (
        "本行有 {actual} 格，表头有 {expected} 格；请检查逗号和引号",
        "row of {actual} cells under a header of {expected}: look at its commas and quotes",
    ),
    "directory.span": (
        "早于{other}（{other_value}），请核对起止",
        "earlier than {other} ({other_value}): check both",
    ),
    "directory.duplicate": (
        "与第 {lines} 行主键和知悉日期相同而内容不同，请只留一行",
        "same key and known-on date as line {lines} with other values: keep one",
    ),
    "directory.conflict": (
        "库中同一主键、同一知悉日期的值是“{stored}”；如需更正，请用较晚的知悉日期重新导入",
        "the store has '{stored}' under the same key and known-on date: to correct it, import a later known-on date",
    ),
    "directory.unknown_link": (
        "{title}中没有 {missing}，请先导入或更正",
        "{missing} is not in {title}: import it first or correct it",
    ),
    "directory.note_example": ("第 {lines} 行是示例，未导入", "line {lines} is an example and was left out"),
    "directory.note_unknown": ("未识别的列，未导入：{headers}", "columns not known and left out: {headers}"),
    "directory.note_private": (
        "个人信息列，不读取、不保存：{headers}",
        "personal columns, neither read nor kept: {headers}",
    ),
    "directory.note_twice": (
        "多列都是“{column}”，采用“{header}”，其余未导入",
        "several columns mean {column}; {header} was taken, the others left out",
    ),
    "directory.note_sheet": ("读取工作表“{sheet}”，其他工作表未读", "read sheet {sheet}; other sheets were not read"),
    "directory.note_empty": ("表头下没有数据行", "no rows under the header"),
    "directory.note_encoding": ("文件编码为 {encoding}", "file is encoded in {encoding}"),
    "directory.note_same": (
        "{count} 行与前面的行完全相同，只留一行",
        "rows that repeat earlier ones, left out: {count}",
    ),
    "directory.note_almost_code": (
        "{count} 个 18 位编号含字母 I O S V Z，按自编号接收（如第 {line} 行），请确认不是信用代码的笔误",
        "{count} ids of 18 characters with I, O, S, V or Z were taken as opaque ids (such as line {line}): "
        "make sure that they are not mistyped credit codes",
    ),
    "directory.empty": (
        "{name}：文件是空的。请检查后重新导入。",
        "{name}: the file is empty. Check it and import again.",
    ),
    "directory.no_header": (
        "{name}：前 {rows} 行没有找到“{title}”的表头（应有 {wanted}）。请用模板或改列名。",
        "{name}: no header of {title} in the first {rows} rows (it needs {wanted}). "
        "Use the template or rename columns.",
    ),
    "directory.missing_header": (
        "{name} 第 {row} 行表头缺少必需的列：{missing}；最接近的列名：{closest}。请改列名或补上。",
        "{name}, header in row {row}, lacks required columns: {missing}; closest found: {closest}. Rename or add them.",
    ),
    "directory.header_twice": (
        "{name} 第 {row} 行表头有多列都是“{column}”：{headers}。请只留一列。",
        "{name}, header in row {row}: several columns mean {column}: {headers}. Keep one.",
    ),
    "directory.no_known_on": (
        "{name}：没有“知悉日期”列，也没有给出日期。请加该列，或用 --as-of 指定。",
        "{name}: there is no known_on column and no date was given. Add the column or use --as-of.",
    ),
    "directory.unreadable": (
        "{name}：无法读取（{detail}）。请用表格软件另存为 xlsx 或 UTF-8 的 csv 后重新导入。",
        "{name}: cannot be read ({detail}). Save it as xlsx or as csv in UTF-8 and import again.",
    ),
    "directory.detail_html": ("实为网页", "it is a web page"),
    "directory.detail_password": ("有密码保护", "it is protected by a password"),
    "directory.detail_encoding": ("不是 UTF-8 也不是 GB18030 编码", "neither UTF-8 nor GB18030"),
    "directory.unknown_kind": (
        "没有“{kind}”这种登记表。可选：{kinds}。",
        "there is no register {kind}. There are: {kinds}.",
    ),
    "directory.template_banner": (
        "填写说明：请勿改动列名；带 * 的列必填；日期写作 2026-01-05；多个值用逗号或顿号隔开；导入前请删除案例行。",
        "How to fill in: keep the headers; columns with * are required; dates as 2026-01-05; commas between several "
        "values; delete the example before importing.",
    ),
    "directory.template_example": ("案例（请删除）", "Example (please delete) "),
    "directory.template_required": ("必填", "required"),
    "directory.template_date": ("日期，写作 2026-01-05", "a date, such as 2026-01-05"),
    "directory.template_list": ("多个值用逗号或顿号隔开", "several values with commas between"),
    "directory.template_boolean": ("是 或 否", "yes or no"),
    "directory.template_choices": ("选项", "Choices"),
    "directory.reject_line": ("行号", "Line"),
    "directory.reject_reason": ("原因", "Reason"),
    "directory.item_unlisted": (
        "任务 {task} 含有事项 {item}，但它不在 {on} 有效的抽查事项清单中；清单之外不得检查（国办发〔2015〕58号）。",
        "Task {task} has item {item}, which is not on the published list in force on {on}; what is not listed must not "
        "be inspected.",
    ),
    "directory.window_outside": (
        "任务 {task} 的检查时间 {start} 至 {end} 超出本月。请改正 tasks 表。",
        "Task {task}'s window {start} to {end} leaves the month. Correct the tasks register.",
    ),
}
