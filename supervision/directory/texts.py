"""Messages of the directory (一单两库提示文字): reasons of single cells, notes, and files that cannot be read."""

TEXTS: dict[str, tuple[str, str]] = {
    "directory.blank": ("必填项为空，请补填", "required cell is blank: fill it in"),
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
    "directory.bad_form": ("写法不对，应为{form_zh}", "not of the form wanted: {form_en}"),
    "directory.bad_choice": ("不在可选范围内，可填：{shown_zh}", "not one of: {shown_en}"),
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
        "早于{other_zh}（{other_value}），请核对起止",
        "earlier than {other_en} ({other_value}): check both",
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
        "{title_zh}中没有 {missing}，请先导入或更正",
        "{missing} is not in {title_en}: import it first or correct it",
    ),
    "directory.note_example": ("第 {lines} 行是示例，未导入", "line {lines} is an example and was left out"),
    "directory.note_unknown": ("未识别的列，未导入：{headers}", "columns not known and left out: {headers}"),
    "directory.note_private": (
        "个人信息列，不读取、不保存：{headers}",
        "personal columns, neither read nor kept: {headers}",
    ),
    "directory.note_twice": (
        "多列都是“{zh}”：按{headers}的顺序采用，后面的列只补前面的空格",
        "several columns mean {en}: taken in the order {headers}, later ones only where earlier ones are blank",
    ),
    "directory.note_differ": (
        "{count} 行的“{zh}”与“{header}”不同，采用前者（第 {lines} 行）",
        "rows in which {en} differs from {header}, the former was taken: {count} (rows {lines})",
    ),
    "directory.note_bracketed": (
        "不计括号内的文字识别的列：{headers}",
        "columns known without what stands in brackets: {headers}",
    ),
    "directory.note_sheets": ("读取 {count} 个工作表：{sheets}", "read {count} sheets: {sheets}"),
    "directory.note_hidden_sheets": (
        "隐藏的工作表未导入：{sheets}；如需导入，请取消隐藏",
        "hidden sheets were not imported: {sheets}; unhide those that should be",
    ),
    "directory.note_other_sheet": (
        "工作表“{sheet}”不是这种登记表，未导入（缺少列：{lacking}）",
        "sheet {sheet} is no such register and was not imported (it lacks the columns {lacking})",
    ),
    "directory.note_hidden_rows": (
        "工作表“{sheet}”有 {count} 行被隐藏或筛选，照常导入（第 {lines} 行）；不应导入的请删除后重新导入",
        "sheet {sheet}: rows hidden by hand or by a filter, imported like the others: {count} (rows {lines}); "
        "delete those that should not be in the register",
    ),
    "directory.note_hidden_columns": (
        "工作表“{sheet}”的隐藏列照常导入：{headers}",
        "sheet {sheet}: hidden columns, imported like the others: {headers}",
    ),
    "directory.note_merged": (
        "工作表“{sheet}”的“{header}”有 {count} 格在合并单元格内，按合并区域的值填充（第 {lines} 行）",
        "sheet {sheet}: cells of {header} that lie in merged cells and were given their value: {count} (rows {lines})",
    ),
    "directory.note_merged_across": (
        "工作表“{sheet}”有 {count} 行的合并单元格横跨几列，其值只算最左一列（第 {lines} 行）",
        "sheet {sheet}: rows in which a merged cell spans several columns; its value counts for the leftmost: "
        "{count} (rows {lines})",
    ),
    "directory.note_unsaved": (
        "工作表“{sheet}”的“{header}”有 {count} 格是没有保存结果的公式（第 {lines} 行）；"
        "请用表格软件打开、保存后重新导入",
        "sheet {sheet}: formulas of {header} that were saved without their results: {count} (rows {lines}); "
        "open and save the file in a spreadsheet program, then import it again",
    ),
    "directory.note_1904": (
        "工作表“{sheet}”用 1904 日期系统，{count} 行以数字填写的日期已按此换算（第 {lines} 行）",
        "sheet {sheet} uses the 1904 date system; days typed as plain numbers were read accordingly: "
        "{count} rows (rows {lines})",
    ),
    "directory.note_private_mapped": (
        "“{zh}”有 {count} 行的字符是旧编码（私用区），已按 GB 18030-2022 换成正式字符（第 {lines} 行）",
        "{en}: rows with characters at private code points, replaced by those of GB 18030-2022: {count} (rows {lines})",
    ),
    "directory.note_private_unknown": (
        "“{zh}”有 {count} 行含造字或未定义字符，公示页上会显示为空框，请改为正式字符（第 {lines} 行）",
        "{en}: rows with user-defined characters, which pages show as empty boxes: {count} (rows {lines}); "
        "write proper characters",
    ),
    "directory.contradicts": (
        "与同义列“{header}”的值“{value}”矛盾，请只留一列或改为一致",
        "contradicts the column {header}, which means the same and has '{value}': keep one column or make both agree",
    ),
    "directory.swallowed": (
        "引号不成对，把后面约 {rows} 行并入了这一格；请检查本行及后面各行的引号",
        "an unpaired quote made about {rows} further rows part of this cell: look at the quotes from this row on",
    ),
    "directory.unsaved_formula": (
        "公式没有保存结果；请用表格软件打开、保存后重新导入，或改为数值",
        "formula saved without its result: open and save the file in a spreadsheet program, or write the value",
    ),
    "directory.serial_as_text": (
        "工作簿用 1904 日期系统，而日期是文本数字，无法判断是哪一天；请写作 2026-01-05",
        "a number as text in a workbook of the 1904 date system, so its day is not certain: write 2026-01-05",
    ),
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
        "{name}：前 {rows} 行没有找到“{title_zh}”的表头（应有 {wanted_zh}）。请用模板或改列名。",
        "{name}: no header of {title_en} in the first {rows} rows (it needs {wanted_en}). "
        "Use the template or rename columns.",
    ),
    "directory.missing_header": (
        "{name} 第 {row} 行表头缺少必需的列：{missing_zh}；最接近的列名：{closest}。请改列名或补上。",
        "{name}, header in row {row}, lacks required columns: {missing_en}; closest found: {closest}. "
        "Rename or add them.",
    ),
    "directory.header_twice": (
        "{name} 第 {row} 行表头有多列都是“{zh}”：{headers}。请只留一列。",
        "{name}, header in row {row}: several columns mean {en}: {headers}. Keep one.",
    ),
    "directory.no_known_on": (
        "{name}：没有“知悉日期”列，也没有给出日期。请加该列，或用 --as-of 指定。",
        "{name}: there is no known_on column and no date was given. Add the column or use --as-of.",
    ),
    "directory.unreadable": (
        "{name}：无法读取（{detail}）。请用表格软件另存为 xlsx 或 UTF-8 的 csv 后重新导入。",
        "{name}: cannot be read ({detail}). Save it as xlsx or as csv in UTF-8 and import again.",
    ),
    "directory.foreign": (
        "{name}：不能作为登记表导入。{what}",
        "{name}: cannot be imported as a register. {what}",
    ),
    "directory.is_web_page": (
        "它实为网页，不是电子表格；请用表格软件打开，另存为 xlsx 后重新导入。",
        "It is a web page, no spreadsheet: open it in a spreadsheet program, save it as xlsx and import again.",
    ),
    "directory.is_web_archive": (
        "它实为网页存档（MHT），不是电子表格；请用表格软件打开，另存为 xlsx 后重新导入。",
        "It is a web page archive (MHT), no spreadsheet: open it in a spreadsheet program, save it as xlsx and import "
        "again.",
    ),
    "directory.is_xml_2003": (
        "它是 2003 年版的 XML 表格；请用表格软件打开，另存为 xlsx 后重新导入。",
        "It is an XML spreadsheet of 2003: open it in a spreadsheet program, save it as xlsx and import again.",
    ),
    "directory.is_xml": (
        "它是 XML 数据，不是电子表格；请导出为 xlsx 或 csv 后重新导入。",
        "It is XML data, no spreadsheet: export it as xlsx or csv and import again.",
    ),
    "directory.is_locked": (
        "它有密码保护；请用表格软件打开，取消密码后另存，再重新导入。",
        "It is protected by a password: open it in a spreadsheet program, save it without the password and import "
        "again.",
    ),
    "directory.is_document": (
        "它是文字处理或其他办公文档，不是电子表格；请把表格另存为 xlsx 后重新导入。",
        "It is a document of another office program, no spreadsheet: save the table as xlsx and import again.",
    ),
    "directory.is_numbers": (
        "它是 Numbers 文件；请导出为 xlsx 后重新导入。",
        "It is a file of Numbers: export it as xlsx and import again.",
    ),
    "directory.is_pdf": (
        "它是 PDF；请索取电子表格原件（xlsx 或 csv）后导入。",
        "It is a PDF: ask for the spreadsheet it was made of (xlsx or csv) and import that.",
    ),
    "directory.is_picture": (
        "它是图片；请索取电子表格原件（xlsx 或 csv）后导入。",
        "It is a picture: ask for the spreadsheet it was made of (xlsx or csv) and import that.",
    ),
    "directory.is_archive": (
        "它是压缩包；请解压后导入其中的 xlsx 或 csv。",
        "It is an archive: unpack it and import the xlsx or csv inside.",
    ),
    "directory.is_database": (
        "它是数据库文件；请导出为 xlsx 或 csv 后导入。",
        "It is a database file: export the table as xlsx or csv and import that.",
    ),
    "directory.is_bomb": (
        "它解开后大得不合常理，或含有文档类型声明，因此没有读取；请用表格软件打开，把登记表复制到新文件另存为 xlsx。",
        "It unpacks to an unreasonable size or declares a document type, and was not read: open it in a spreadsheet "
        "program, copy the register to a new file and save that as xlsx.",
    ),
    "directory.is_too_wide": (
        "它的工作表范围过大（远处有单元格），二进制格式无法读取；请用表格软件打开，另存为 xlsx 后重新导入。",
        "One of its sheets has a cell far out, too far for this binary format: open it in a spreadsheet program, save "
        "it as xlsx and import again.",
    ),
    "directory.only_hidden": (
        "{name}：能导入的工作表都是隐藏的（{sheets}）。请取消隐藏后重新导入。",
        "{name}: the only sheets that fit are hidden ({sheets}). Unhide the one to be imported and import again.",
    ),
    "directory.open_quote": (
        "{name}：第 {line} 行的引号没有闭合，后面的行都并入了它。请改正该行的引号后重新导入。",
        "{name}: a quote in line {line} is never closed and swallows the rows after it. Correct the quotes of that "
        "line and import again.",
    ),
    "directory.detail_damaged": ("文件已损坏或不完整：{error}", "it is damaged or incomplete: {error}"),
    "directory.detail_encoding": ("不是 UTF-8 也不是 GB18030 编码", "neither UTF-8 nor GB18030"),
    "directory.unknown_kind": (
        "没有“{kind}”这种登记表。可选：{kinds}。",
        "there is no register {kind}. There are: {kinds}.",
    ),
    "directory.unknown_column": (
        "{kind} 登记表没有 {column} 列。请核对列名。",
        "register {kind} has no column {column}. Check the name.",
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
}
