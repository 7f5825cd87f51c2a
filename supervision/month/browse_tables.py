"""What may be browsed (可浏览的内容): columns of registers by name, and the questions that are ready.

A column that is not named here is not in the copy at all: people's names, certificates, telephones, addresses of
persons, remarks in free text, reasons of recusal and leave, classes and scores. A new column of a register is not
shown until somebody has named it here.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from supervision.directory.register import register
from supervision.messages import Label

SHOWN: dict[str, tuple[str, ...]] = {
    "entities": (
        *("unit_id", "name", "type", "status", "established", "region", "street", "industry", "above_scale", "tags"),
        *("registration_office", "local_office", "known_on"),
    ),
    "offices": ("office_id", "department", "region", "name", "uscc"),
    "inspectors": ("inspector_id", "office_id", "status", "scopes", "daily_limit"),
    "items": (
        *("item_id", "name", "department", "kind", "basis", "objects", "ratio", "frequency", "half_days", "inspectors"),
        *("content", "implement_code", "check_code", "from_date", "until_date"),
    ),
    "tasks": ("task_id", "number", "name", "round", "items", "lead", "partners", "from_date", "until_date", "regime"),
    "history": ("unit_id", "agency", "item_id", "date", "kind", "on_site", "result"),
    "results": (
        *("round", "visit_id", "unit_id", "item_id", "agency", "result", "item_result", "inspected_on"),
        *("follow_up", "correction", "known_on"),
    ),
    "exemptions": ("unit_id", "list", "tier", "scope", "from_date", "until_date"),
    "caps": ("agency", "category", "per_year", "min_interval_days", "from_date", "until_date"),
    "calendar": ("date", "kind", "name", "region"),
}
DUE, USED, CATEGORY = "due", "used", "category_of"
MADE: dict[str, tuple[Label, dict[str, Label]]] = {
    DUE: (
        Label("应公示的检查结果", "Results that are due"),
        {
            "round": Label("轮次", "Round"),
            "visit_id": Label("检查编号", "Visit id"),
            "unit_id": Label("统一社会信用代码", "Unit id"),
            "name": Label("企业名称", "Name"),
            "office": Label("执法机构", "Office"),
            "agency": Label("检查机关", "Agency"),
            "item": Label("抽查事项", "Item"),
            "ended": Label("检查日期", "Day of the visit"),
            "due": Label("公示期限", "Due"),
            "state": Label("状态", "State"),
        },
    ),
    USED: (
        Label("频次上限使用情况", "Use of the yearly caps"),
        {
            "year": Label("年度", "Year"),
            "unit_id": Label("统一社会信用代码", "Unit id"),
            "name": Label("企业名称", "Name"),
            "region": Label("行政区划代码", "Region"),
            "rule": Label("上限依据", "Rule"),
            "agency": Label("检查机关", "Agency"),
            "most": Label("上限次数", "Cap"),
            "used": Label("已用次数", "Used"),
            "left_over": Label("剩余次数", "Left"),
        },
    ),
    CATEGORY: (
        Label("检查结果代码与公示类别", "Result codes and public categories"),
        {"result": Label("检查结果", "Result"), "category": Label("公示类别", "Category")},
    ),
}
STATES = {
    "published": "已录入",
    "published_late": "逾期后录入",
    "pending": "待录入",
    "overdue": "已超期",
}


class Question(NamedTuple):
    """A question that is ready (预置查询)."""

    name: str
    title: Label
    sql: str


_DUE = (
    "SELECT d.round AS 轮次, d.due AS 公示期限, d.office AS 执法机构, d.name AS 企业名称, "
    "d.unit_id AS 统一社会信用代码, d.item AS 抽查事项, d.ended AS 检查日期 "
    "FROM due d WHERE d.state IN ({states}) ORDER BY d.due, d.office, d.name"
)
QUESTIONS = (
    Question(
        "waiting",
        Label("谁还没有录入结果", "Who is due: results not recorded yet"),
        _DUE.format(states="'待录入', '已超期'"),
    ),
    Question(
        "overdue",
        Label("谁已超过公示期限", "Overdue: the period of publication is over"),
        _DUE.format(states="'已超期'"),
    ),
    Question(
        "at_cap",
        Label("谁已用完年度检查次数", "At cap: no visit is left this year"),
        "SELECT u.year AS 年度, u.name AS 企业名称, u.unit_id AS 统一社会信用代码, coalesce(r.name, u.region) AS 区划, "
        "coalesce(a.name, '全部机关') AS 检查机关, u.most AS 上限次数, u.used AS 已用次数, u.left_over AS 剩余次数, "
        "u.rule AS 上限依据 FROM used u LEFT JOIN code_department a ON a.code = u.agency "
        "LEFT JOIN code_region r ON r.code = u.region WHERE u.left_over <= 0 "
        "ORDER BY u.left_over, u.used DESC, u.name, u.rule",
    ),
    Question(
        "by_category",
        Label("检查结果按公示类别统计", "Results by public category"),
        "SELECT s.round AS 轮次, coalesce(n.name, '不对外公示') AS 公示类别, count(*) AS 件数 FROM results s "
        "JOIN category_of c ON c.result = s.result LEFT JOIN code_category n ON n.code = c.category "
        "GROUP BY s.round, c.category ORDER BY s.round, count(*) DESC, c.category",
    ),
    Question(
        "by_office",
        Label("各机构录入进度", "Progress of each office"),
        "SELECT d.round AS 轮次, d.office AS 执法机构, count(*) AS 应录入, "
        "sum(d.state IN ('已录入', '逾期后录入')) AS 已录入, sum(d.state = '已超期') AS 已超期 "
        "FROM due d GROUP BY d.round, d.office ORDER BY d.round, sum(d.state = '已超期') DESC, d.office",
    ),
)


def codes_of(kind: str) -> dict[str, str]:
    """Return the shown columns of a register that hold one code (代码列): column → code list."""
    columns = (register(kind).column(name) for name in SHOWN[kind])
    return {
        one.name: one.code_list
        for one in columns
        if one.dtype == "code" and one.code_list and not (one.open_codes or one.everything)
    }


def headings(lang: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Return what people read (标题与列名), from the registers' own words: table → title, column → heading."""
    registers = {
        kind: (
            register(kind).title.text(lang),
            {name: register(kind).column(name).title.text(lang) for name in columns},
        )
        for kind, columns in SHOWN.items()
    }
    made = {
        name: (title.text(lang), {one: label.text(lang) for one, label in columns.items()})
        for name, (title, columns) in MADE.items()
    }
    return registers | made


def metadata(lang: str) -> dict[str, Any]:
    """Return titles and questions as Datasette takes them (浏览页说明); views stand for the tables behind them."""
    lists = {code_list for kind in SHOWN for code_list in codes_of(kind).values()} | {"category", "department"}
    tables = [*SHOWN, *MADE, *(f"code_{name}" for name in sorted(lists))]
    return {
        "title": Label("双随机、一公开 浏览", "Random inspections: browse").text(lang),
        "databases": {
            "supervision": {
                "allow_sql": False,
                "tables": {name: {"hidden": True} for name in tables},
                "queries": {
                    one.name: {"title": one.title.text(lang), "sql": one.sql, "hide_sql": True} for one in QUESTIONS
                },
            }
        },
    }
