"""Messages of mappings (来源映射提示文字)."""

TEXTS: dict[str, tuple[str, str]] = {
    "directory.mapping_kind": (
        "{file}：kind 为“{kind}”，没有这一种类，或不能用映射导入。可填：{kinds}。",
        '{file}: kind is "{kind}", which is none, or none that a mapping reads. Choose from: {kinds}.',
    ),
    "directory.mapping_field": (
        "{file}：{kind} 没有字段“{field}”；最接近的是 {closest}。可填：{fields}。",
        '{file}: {kind} has no field "{field}"; closest: {closest}. Choose from: {fields}.',
    ),
    "directory.mapping_no_results": (
        "{file}：{kind} 没有结果代码，不能写 results（--result）。其他字段的词写在 words。",
        "{file}: {kind} has no result codes, so results (--result) cannot stand here. Words of other fields: `words`.",
    ),
    "directory.mapping_two_columns": (
        "{file}：{headers} 两列都对应 {field}。一个字段只能来自一列，请删去一列或改为 null。",
        "{file}: both {headers} are read as {field}. A field has one column: take one out or make it null.",
    ),
    "directory.mapping_column_twice": (
        "{file}：列“{header}”写了两次（空格、全半角、大小写不算不同）。请只留一处。",
        '{file}: the column "{header}" stands twice (space, width and case make no difference). Keep one.',
    ),
    "directory.mapping_read_and_set": (
        "{file}：{field} 既对应列“{header}”，又在 set 中。请只留一处。",
        '{file}: {field} is read from "{header}" and set for all rows, too. Keep one.',
    ),
    "directory.mapping_set_key": (
        "{file}：{field} 是每行各异的编号，不能用 set 统一填写。请写在 columns。",
        "{file}: {field} tells rows apart, so it cannot be set for all of them. Name its column.",
    ),
    "directory.mapping_set_of_set": (
        "{file}：{field} 取自 {other}，而 {other} 也在 set 中。请直接写出取值。",
        "{file}: {field} is to be taken from {other}, which is set itself. Write its value.",
    ),
    "directory.mapping_set_source": (
        "{file}：{field} 取自 {other}，而文件没有读入 {other}。请在 columns 中写出 {other} 是哪一列。",
        "{file}: {field} is to be taken from {other}, which is not read. Say under columns which column {other} is.",
    ),
    "directory.mapping_value": (
        "{file}：{field} 的取值“{value}”不能用：{reason}。",
        '{file}: "{value}" cannot stand for {field}: {reason}.',
    ),
    "directory.mapping_unit": (
        "{file}：{field} 不能以“{unit}”为单位；只有金额字段可以，单位可填 {units}。",
        '{file}: {field} cannot be in "{unit}"; only amounts have a unit: {units}.',
    ),
    "directory.mapping_unit_differs": (
        "{file}：列名“{header}”已写明单位，映射却写作 {unit}。请核对，只留一个。",
        '{file}: the header "{header}" names its unit, but the mapping says {unit}. Check it and keep one.',
    ),
    "directory.mapping_private": (
        "{file}：“{header}”是个人信息列，不导入。请从 columns 中删去。",
        '{file}: "{header}" holds personal data, which is never kept. Take it out of columns.',
    ),
    "directory.mapping_override": (
        "“{text}”不合写法。应写作 {form}。",
        '"{text}" is not of the form {form}.',
    ),
    "directory.mapping_no_header": (
        "{name}：前 20 行中没有可识别的列名（按 {kinds}）。请用 --kind 指明种类，或自写映射。",
        "{name}: no known header in the first 20 rows (as {kinds}). Say --kind, or write a mapping yourself.",
    ),
    "directory.mapping_no_district": (
        "地址中没有本市一个确定的区划（{names}），请补填，或用 --set region=代码",
        "the address names no district of the city, or several ({names}): write it, or say --set region=CODE",
    ),
    "directory.unit_unknown": (
        "名录中没有名称为“{name}”的主体；近似的不自动匹配，见未匹配名单",
        'no unit is named "{name}"; those that resemble it stand in the list of unmatched names',
    ),
    "directory.unit_several": (
        "名录中名称为“{name}”的主体不止一户，地址不能区分，见未匹配名单",
        'several units are named "{name}" and the address does not tell them apart: see the list of unmatched names',
    ),
    "directory.unit_elsewhere": (
        "名录中唯一名为“{name}”的主体在另一区划，见未匹配名单",
        'the only unit named "{name}" is in another district: see the list of unmatched names',
    ),
    "directory.unmatched_rows": ("行数", "Rows"),
    "directory.unmatched_first": ("首见行号", "First row"),
    "directory.unmatched_why": ("未匹配原因", "Why"),
    "directory.unmatched_candidate": ("可能是（{number}）", "May be ({number})"),
    "directory.draft_head": (
        "来源映射草案：{file}\n"
        "每行是“文件的列名: 字段”。请核对猜测；以 # 开头的不起作用，需要时去掉 # 并写全。\n"
        "查看字段：docs/reference/registers.md；试用：supervision check KIND FILE --mapping 本文件",
        "Draft of a mapping: {file}\n"
        'Each line is "header of the file: field". Check the guesses; lines with # do nothing until written out.\n'
        "Fields: docs/reference/registers.md; try it: supervision check KIND FILE --mapping THIS",
    ),
    "directory.draft_set": (
        '各行同一取值；"@字段" 表示取自另一字段',
        'one value for all rows; "@field" takes it from another',
    ),
    "directory.draft_results": ("文件中的词: 结果代码", "word of the file: result code"),
    "directory.draft_words": ("其他字段中没有代码的词: 代码", "words of other fields without a code: code"),
    "directory.draft_known_on": ("如历史记录自检查当日即为我方所知", "if past rows were known on their own day"),
    "directory.draft_examples": ("例：{examples}", "e.g. {examples}"),
    "directory.draft_by_cells": ("（据内容猜测）", " (guessed by its cells)"),
    "directory.draft_unit_name": (
        "主体名称（没有代码的行按名称匹配）",
        "unit's name (finds the unit of rows without id)",
    ),
    "directory.draft_unit_address": ("主体地址（同名时据以区分）", "unit's address (tells units of one name apart)"),
    "directory.draft_private": ("个人信息，不导入", "personal data, never kept"),
    "directory.draft_second": ("也像是 {field}，已有一列", "looks like {field}, too, which has a column already"),
    "directory.draft_rows": (
        "同一主体同日有几次检查而没有编号时，可作 {field}",
        "could be {field}, where a unit has several visits on a day and no number",
    ),
    "directory.draft_open": ("未对应，不导入", "not read"),
    "directory.draft_guess": ("猜测，请核对", "a guess: check it"),
    "directory.draft_missing": ("必填：{title}", "needed: {title}"),
    "directory.draft_count": ("{rows} 行", "{rows} rows"),
}
