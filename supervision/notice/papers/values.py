"""What the papers of a visit, a day or a task say (文书取值): the fields of `fields.py`, from what is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

import pandas as pd

from supervision.messages import say
from supervision.notice.entry.code import EntryCode
from supervision.notice.entry.picture import EntryPicture
from supervision.notice.office_content import OfficeContent
from supervision.notice.papers.field_texts import clean
from supervision.notice.papers.pdf import mark_of
from supervision.notice.public_content import Heading
from supervision.notice.site.data import records

NONE = "notice.ics.none"
NO_CODES: Mapping[str, EntryCode] = MappingProxyType({})
WIDE, NARROW = 46, 38  # millimetres of an entry code on a notice and on the day's sheet
Values = dict[str, object]
VISIT_FIELDS = {
    "检查编号": "visit_id",
    "企业名称": "name",
    "统一社会信用代码": "unit_id",
    "法定代表人": "legal_rep",
    "地址": "address",
    "街道": "street",
    "联络人": "contact",
    "联系方式": "phone",
    "时段": "half",
    "检查人员": "inspectors",
    "执法证": "certificates",
    "任务编号": "tasks",
    "任务名称": "ground",
    "历次发现问题": "earlier",
    "事项名称": "items",
    "评价码": "token",
}
TASK_FIELDS = {
    "任务编号": "number",
    "任务名称": "name",
    "牵头部门": "lead",
    "对象范围": "population",
    "抽查方式": "regime",
    "抽查比例": "ratio",
    "对象总数": "units",
    "抽取户数": "sample",
}
ITEM_FIELDS = {"名称": "item", "类别": "kind", "要点": "content", "依据": "basis", "方式": "method"}


def day_words(text: str) -> str:
    """Return a day as papers write it (文书日期).

    >>> day_words("2026-12-03")
    '2026年12月3日'
    """
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"


def visit_values(
    content: OfficeContent, codes: Mapping[str, EntryCode] = NO_CODES
) -> Iterator[tuple[str, str, Values]]:
    """Yield day, visit_id and values of every visit of an office (逐次取值), in calendar order.

    `codes`: visit_id → its code, none where nobody signed.
    """
    points: dict[str, list[dict[str, str]]] = {}
    for row in records(content.points):
        points.setdefault(row["visit_id"], []).append(row)
    for row in records(content.visits.merge(content.details, on="visit_id", validate="1:1")):
        own = points[row["visit_id"]]
        yield (
            row["date"],
            row["visit_id"],
            clean({**_visit(content, row), **_code(codes.get(row["visit_id"])), **_items(own)}),
        )


def day_values(content: OfficeContent, each: Iterable[tuple[str, str, Values]]) -> Iterator[tuple[str, Values]]:
    """Yield day and values of every day on which an office has visits (逐日取值), in order.

    `each`: what `visit_values` yields of the office.
    """
    by_day: dict[str, list[Values]] = {}
    for day, _, values in each:
        by_day.setdefault(day, []).append(values)
    for day, visits in sorted(by_day.items()):
        numbered = [{"序号": str(number), **_narrow(values)} for number, values in enumerate(visits, 1)]
        told: Values = {"检查机关": content.office.name, "检查日期": day_words(day), "户数": str(len(visits))}
        yield day, clean({**_every(content.heading), **told, "入企": numbered})


def task_values(
    heading: Heading, plan: pd.DataFrame, items: Mapping[str, Sequence[Mapping[str, str]]], *, publication_days: int
) -> Iterator[tuple[str, Values]]:
    """Yield task_id and values of every task (任务取值): what the public plan tells (`plan_table`), nothing else.

    `items`: task_id → its items, as the rows of the public list tell them.
    """
    for row in records(plan):
        told: Values = {field: row[column] for field, column in TASK_FIELDS.items()}
        told |= {"开始日期": day_words(row["start"]), "结束日期": day_words(row["end"])}
        told |= {"配合部门": row["partners"] or say(NONE), "公示期限": str(publication_days)}
        own = [{**item, "item": item["name"]} for item in items[row["task_id"]]]
        yield row["task_id"], clean({**_every(heading), **told, "事项": _numbered(own)})


def _every(heading: Heading) -> Values:
    return {"城市": heading.city, "轮次": heading.round, "演练": mark_of(rehearsal=heading.rehearsal)}


def _visit(content: OfficeContent, row: Mapping[str, str]) -> Values:
    """The fields of a visit but for its items."""
    told: Values = {field: row[column] for field, column in VISIT_FIELDS.items()}
    halves = row["half_days"].split(" ")
    begin, end = content.hours[halves[0][10:]][0], content.hours[halves[-1][10:]][1]
    return {
        **_every(content.heading),
        **told,
        "检查机关": content.office.name,
        "检查日期": day_words(row["date"]),
        "钟点": f"{begin}–{end}",
        "同行机构": row["partners"] or say(NONE),
        "牵头机构": row["lead"] or content.office.name,
        "检查频次": row["used"] or say("notice.paper.no_cap"),
        "公示期限": str(content.publication_days),
        "结果选项": "；".join(content.choices["result"]),
        "处置选项": "；".join(content.choices["follow_up"]),
    }


def _code(code: EntryCode | None) -> Values:
    """The code of a visit, as a notice shows it; without one the paper says so."""
    if code is None:
        return {"入企码": "", "入企码编号": say("notice.paper.no_code"), "入企码文字": ""}
    return {"入企码": EntryPicture(code, width=WIDE), "入企码编号": code.number, "入企码文字": code.printed}


def _narrow(values: Values) -> Values:
    """Values of a visit as a row of the day's sheet shows them: its code is smaller there."""
    picture = values["入企码"]
    return values | ({"入企码": EntryPicture(picture.code, width=NARROW)} if isinstance(picture, EntryPicture) else {})


def _items(points: Sequence[Mapping[str, str]]) -> Values:
    bases = dict.fromkeys(row["basis"] for row in points)
    return {"检查依据": "、".join(bases), "事项": _numbered(points)}


def _numbered(rows: Sequence[Mapping[str, str]]) -> list[Values]:
    return [
        {"序号": str(number), **{field: row[column] for field, column in ITEM_FIELDS.items()}}
        for number, row in enumerate(rows, 1)
    ]
