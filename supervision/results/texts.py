"""Messages of the results stage (检查结果)."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "results.unreadable": (
        "{name} 不是可读取的工作簿：{reason}。请交回发出的 .xlsx 工作簿，不要另存为别的格式。",
        "{name} is no workbook that can be read: {reason}. Hand back the .xlsx that was sent, in its own format.",
    ),
    "results.no_sheet": (
        "{name} 没有“{sheet}”工作表，或该表缺少表头 {headers}。请使用本轮发出的工作簿。",
        '{name} has no sheet "{sheet}", or that sheet lacks the headers {headers}. Use the workbook of this round.',
    ),
    "results.columns": (
        "{table} 缺少列：{missing}。请补齐。",
        "{table} lacks the columns {missing}. Supply them.",
    ),
    "results.code_unknown": (
        "检查结果代码“{result}”不在代码表内。请按代码表填写。",
        'The result code "{result}" is not in the code list. Use one of its codes.',
    ),
    "results.note_blank": ("{count} 行没有填检查结果，未读入", "{count} rows have no result and were left out"),
    "results.note_started": (
        "第 {lines} 行填了其他内容而没有检查结果，未读入；请补填后再次交回",
        "rows {lines} are filled in but for the result and were left out; complete them and hand them in again",
    ),
    "results.not_in_calendar": (
        "本轮日程中没有这次检查或没有事项 {item}；请勿改动灰底的编号列",
        "the round's calendar has no such visit, or not with item {item}; leave the grey id columns as they are",
    ),
    "results.in_future": (
        "检查日期在今天之后（演练：在本月之后）",
        "the day of inspection is in the future, or after a rehearsal's month",
    ),
    "results.before_month": ("检查日期早于本轮月份", "the day of inspection is before the round's month"),
    "results.own_reviewer": (
        "审核人与检查人员是同一人；须由另一人审核",
        "the reviewer is an inspector of this visit; another person reviews",
    ),
}
