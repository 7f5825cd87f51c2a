"""Messages of the directory (一单两库提示文字): reasons of single cells, notes, and files that cannot be read."""

from supervision.directory.mapping import texts as mapping_texts

TEXTS: dict[str, tuple[str, str]] = mapping_texts.TEXTS | {
    "directory.plan_fault": (
        "第 {place} 行 {column}“{value}”：{reason}",
        "Row {place}, {column} '{value}': {reason}",
    ),
    "directory.plan_row": ("第 {place} 行“{value}”：{reason}", "Row {place} '{value}': {reason}"),
    "directory.blank": ("必填项为空，请补填", "required cell is blank: fill it in"),
    "directory.blank_when": (
        "{other}为 {wanted} 时本项必填，请补填",
        "required where {other} is {wanted}: fill it in",
    ),
    "directory.control_character": (
        "含有控制字符或未定义字符，请删除后重填",
        "holds a control or undefined character: type it again",
    ),
    "directory.lost_character": (
        "有字符在转换编码时丢失（显示为 � 或 ??）；请从原系统重新导出，或补填正确文字",
        "characters were lost in a conversion (shown as � or ??): export the file again, or write them",
    ),
    "directory.id_decimal": (
        "编号被当作数字写成了小数，前面的零可能已丢失；请设为文本后重新填写",
        "an id that became a decimal number, so zeros before it may be lost: set the cell to text and type it again",
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
    "directory.date_order": (
        "年份只有两位，或年、月、日的先后不能确定；请写作 2026-01-05",
        "a year of two digits, or day, month and year in an uncertain order: write 2026-01-05",
    ),
    "directory.hour_24": (
        "24:00 是当日还是次日不能确定；请只写日期，如 2026-01-05",
        "24:00 may mean that day or the next: write the day only, such as 2026-01-05",
    ),
    "directory.weekday_differs": (
        "日期与所写的{weekday}不符，请核对",
        "the day is not the weekday written beside it ({weekday}): check it",
    ),
    "directory.no_end_here": (
        "只有截止日期列可以写长期（9999-09-09），请填实际日期",
        "only columns that say until when may have no end (9999-09-09): give the day",
    ),
    "directory.bad_number": (
        "不是数值，或币种、单位不对，请只填数字",
        "not a number, or of another currency or unit: digits only",
    ),
    "directory.amount_unit": (
        "有货币符号而没有单位，不能确定是元还是{unit}；请写明单位，如 100{unit}",
        "a sign of currency without a unit, so it may be yuan or {unit}: write the unit, such as 100{unit}",
    ),
    "directory.not_whole": ("应为整数", "must be a whole number"),
    "directory.too_small": ("小于最小值 {low}", "less than {low}"),
    "directory.too_large": ("大于最大值 {high}", "more than {high}"),
    "directory.bad_boolean": ("请填 是 或 否", "write yes or no"),
    "directory.uscc": (
        "校验位不符，请核对统一社会信用代码；确系如此赋码的，列入本市规则目录的 code_lists/issued_code.yaml 并写明依据",
        "check character is wrong: look the code up again; if it was issued as it is, list it as an exception in "
        "code_lists/issued_code.yaml of the city's rules folder, with its basis",
    ),
    "directory.id_placeholder": (
        "不是代码，只表示没有代码；请填统一社会信用代码或原注册号",
        "stands for no id: give the credit code or the old registration number",
    ),
    "directory.id_identity": (
        "是个人身份证号，不能作为主体代码，也不保存；请填统一社会信用代码",
        "is a person's identity number, which is no id of a unit and is not kept: give the credit code",
    ),
    "directory.id_look_alike": (
        "代码中没有字母 I O S V Z，也没有外文字母；是否为 {meant}？请核对",
        "codes have no letters I, O, S, V or Z, nor Greek or Cyrillic ones; is {meant} meant? Look it up",
    ),
    "directory.id_more": (
        "除代码外还有其他文字；请只填 {held}，其余移到别的列",
        "holds more than the code {held}: keep the code only and move the rest to another column",
    ),
    "directory.id_several": (
        "一格中有 {count} 个代码；请一行只写一个主体",
        "holds {count} codes in one cell: write one unit a row",
    ),
    "directory.id_letters": (
        "像是统一社会信用代码，但代码中没有字母 I O S V Z；请核对",
        "looks like a credit code, but codes have no letters I, O, S, V or Z: look it up",
    ),
    "directory.id_length": (
        "像是统一社会信用代码，但有 {length} 位，应为 18 位；请核对",
        "looks like a credit code, but has {length} characters instead of 18: look it up",
    ),
    "directory.id_unknown": (
        "既不是 18 位统一社会信用代码，也不是 15 位或 13 位注册号；确用自编号的，请用 --ids own 导入",
        "neither a credit code of 18 characters nor a registration number of 15 or 13 digits; if the city has ids of "
        "its own, import with --ids own",
    ),
    "directory.id_form": (
        "自编号只能有 1–39 个字母、数字或 . _ -",
        "an own id is 1–39 letters, digits or . _ -",
    ),
    "directory.same_enterprise": (
        "与 {other} 是同一主体：这是它的原注册号或税号，请只留代码",
        "is the same enterprise as {other}, whose old number this is: keep the code only",
    ),
    "directory.same_as_stored": (
        "库中已有同一主体，编号是它的原注册号或税号 {other}；请先以较晚的知悉日期把 {other} 的登记状态"
        "改为注销，再导入代码",
        "the store has the same enterprise under its old number {other}: first import {other} with a later known-on "
        "date as deregistered (注销), then the code",
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
    "directory.changed": (
        "库中已有记录为“{stored}”，本次为“{offered}”；改动须填写更正理由，并由另一人审核（更正审核人）",
        'on record is "{stored}", this says "{offered}"; a change needs its reason (更正理由) and a second person '
        "(更正审核人)",
    ),
    "directory.correction_unreviewed": (
        "更正须由另一人审核：请填写更正审核人",
        "a correction needs a second person: name the reviewer of the correction",
    ),
    "directory.correction_own": (
        "更正审核人与经办人“{who}”是同一人；须由另一人审核",
        'the reviewer of the correction is "{who}", who enters it; another person reviews',
    ),
    "directory.correction_early": (
        "更正的知悉日期早于库中记录的知悉日期 {stored}；更正不能早于被更正的记录",
        "the correction is known before what it corrects, which was known on {stored}",
    ),
    "directory.correction_too_many": (
        "同一记录最多更正 {most} 次；请报告此问题",
        "one record can be corrected {most} times at most; please report this",
    ),
    "directory.conflict": (
        "库中同一主键、同一知悉日期的值是“{stored}”；如需更正，请用较晚的知悉日期重新导入；"
        "历次检查记录和信用记录也可当天更正：填写更正理由和更正审核人",
        "the store has '{stored}' under the same key and known-on date: to correct it, import a later known-on date; "
        "past inspections and events can be corrected the same day, with a reason and its reviewer",
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
        "多列都是“{column}”：按{headers}的顺序采用，后面的列只补前面的空格",
        "several columns mean {column}: taken in the order {headers}, later ones only where earlier ones are blank",
    ),
    "directory.note_differ": (
        "{count} 行的“{column}”与“{header}”不同，采用前者（第 {lines} 行）",
        "rows in which {column} differs from {header}, the former was taken: {count} (rows {lines})",
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
        "“{column}”有 {count} 行的字符是旧编码（私用区），已按 GB 18030-2022 换成正式字符（第 {lines} 行）",
        "{column}: rows with characters at private code points, replaced by those of GB 18030-2022: {count} "
        "(rows {lines})",
    ),
    "directory.note_private_unknown": (
        "“{column}”有 {count} 行含造字或未定义字符，公示页上会显示为空框，请改为正式字符（第 {lines} 行）",
        "{column}: rows with user-defined characters, which pages show as empty boxes: {count} (rows {lines}); "
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
    "directory.misquoted": (
        "引号写法有误，不能确定各格的内容：格内的引号应写两个，起始引号前不能有空格；请改正后重新导入",
        "quotes that leave open what the cells hold: a quote inside a quoted cell is written twice, and no space "
        "stands before the first; correct the row and import it again",
    ),
    "directory.above_header": (
        "本行在表头上方，却像数据行；请移到表头下方后重新导入",
        "stands above the header and looks like a row of data: move it below the header and import it again",
    ),
    "directory.other_sheet": (
        "工作表“{sheet}”含有主体数据，但表头不全（缺少 {lacking}），没有读取；请补全表头，或另行导入",
        "sheet {sheet} has data of this register under an incomplete header (it lacks {lacking}) and was not read: "
        "complete the header, or import it apart",
    ),
    "directory.note_header_again": (
        "第 {lines} 行是重复的表头，未导入",
        "rows that repeat the header were left out: {lines}",
    ),
    "directory.note_footer": (
        "第 {lines} 行是表尾说明（如“{text}”），未导入",
        "rows of remarks under the table, such as {text!r}, were left out: {lines}",
    ),
    "directory.note_unit_above": (
        "表头上方注明“{text}”，{columns} 按此单位读取",
        "the unit above the header ({text}) was taken for {columns}",
    ),
    "directory.note_remark_row": (
        "表头下一行“{text}”是表头的说明（单位、栏次等），未当作数据",
        "the row under the header, {text!r}, explains it (units, numbers of columns) and is no data",
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
    "directory.counted": ("{what} {count:,}", "{what} {count:,}"),
    "directory.more_words": ("另有 {more:,} 种", "{more:,} more"),
    "directory.note_blank": ("空白单元格（共 {rows:,} 行）：{cells}", "blank cells (of {rows:,} rows): {cells}"),
    "directory.note_absent": ("文件没有这些列：{columns}", "the file has no column for: {columns}"),
    "directory.note_unknown_word": (
        "“{column}”中有 {count:,} 行的写法不认识，原样保留：{words}",
        "{column}: {count:,} rows have words that are not known and stay as they are: {words}",
    ),
    "directory.note_id_tidied": (
        "“{column}”：{count:,} 个代码去掉了空格、连字符、引号等（如第 {line} 行 {value}）",
        "{column}: {count:,} ids were taken without their spaces, hyphens or quotes (such as line {line}: {value})",
    ),
    "directory.note_old_number": (
        "“{column}”：{count:,} 个是原注册号，不是统一社会信用代码（如第 {line} 行 {value}）",
        "{column}: {count:,} are old registration numbers, no credit codes (such as line {line}: {value})",
    ),
    "directory.note_no_day": (
        "“{column}”：{count:,} 个是空日期，按空白处理（如第 {line} 行 {value}）",
        "{column}: {count:,} are dates that mean none and were taken as blank (such as line {line}: {value})",
    ),
    "directory.note_zoned": (
        "“{column}”：{count:,} 个带时区的时间换算成了北京时间的日期（如第 {line} 行 {value}）",
        "{column}: {count:,} times with a time zone (such as UTC) became days in Beijing (such as line {line}: "
        "{value})",
    ),
    "directory.note_short_day": (
        "“{column}”：{count:,} 个时刻为 23:59:17，是浏览器少算 43 秒的午夜，取次日（如第 {line} 行 {value}）",
        "{column}: {count:,} times of 23:59:17, which browsers write 43 seconds short of midnight, became the next day "
        "(such as line {line}: {value})",
    ),
    "directory.note_time": (
        "“{column}”：{count:,} 个日期带有时刻，只取日期（如第 {line} 行 {value}）",
        "{column}: {count:,} dates had a time of day, which was left out (such as line {line}: {value})",
    ),
    "directory.note_day_number": (
        "“{column}”：{count:,} 个是数字，按表格软件的日期序号读取（1900 日期系统，除非工作簿注明 1904）"
        "（如第 {line} 行 {value}）",
        "{column}: {count:,} are numbers and were read as a spreadsheet's days (1900 system, unless the workbook says "
        "1904) (such as line {line}: {value})",
    ),
    "directory.note_no_unit": (
        "“{column}”：列名没有写单位，{count:,} 个不带单位的数按万元读取（如第 {line} 行 {value}）",
        "{column}: its header names no unit; numbers without one were read in 10,000 yuan: {count:,} (such as line "
        "{line}: {value})",
    ),
    "directory.note_total": ("第 {lines} 行是合计，未导入", "line {lines} is a total and was left out"),
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
    "directory.is_many_sheets": (
        "它的工作表过多（ods 超过 256 个，其他格式超过 1,000 个），或者有重名、被重复引用的工作表，因此没有读取；"
        "请用表格软件打开，把登记表复制到新文件另存为 xlsx。",
        "It has too many sheets (more than 256 of an ods, 1,000 of others), or sheets of one name or that stand there "
        "twice, and was not read: open it in a spreadsheet program, copy the register to a new file and save that as "
        "xlsx.",
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
    "directory.detail_mixed": (
        "第 {line} 行起不是 {encoding}，与前面的行编码不同；请统一编码，或从原系统重新导出",
        "from line {line} on it is not {encoding}, unlike the lines before: use one encoding, or export the file again",
    ),
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
    "directory.item_half": (
        "抽查事项 {item} 需 {half_days} 个半天（全天），检查时段却限定为 {half}。请改正 items 表的半天数或检查时段。",
        "Item {item} takes {half_days} half-days (a whole day), yet its half of the day is {half}. Correct its "
        "half_days or half in the items register.",
    ),
    "directory.window_outside": (
        "任务 {task} 的检查时间 {start} 至 {end} 超出本月。请改正 tasks 表。",
        "Task {task}'s window {start} to {end} leaves the month. Correct the tasks register.",
    ),
}
