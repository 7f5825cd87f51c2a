"""Files as other bodies publish them, invented: their headers, encodings, titles, dates and words, nobody's data.

Each is written to a folder and says what a user must add to the draft of its mapping, and how many of its rows are
sound.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import openpyxl

from supervision.demo.codes import unit_ids

UNITS = 12
DISTRICTS = ("虎丘区", "吴中区", "姑苏区")
CODES = [code.decode() for code in unit_ids(np.arange(UNITS), np.array([b"91320505"] * UNITS))]
NAMES = [f"苏州演示{chr(0x7532 + at)}字第{at}号餐饮有限公司" for at in range(UNITS)]
PLACES = [f"江苏省苏州市{DISTRICTS[at % 3]}演示路{at + 1}号" for at in range(UNITS)]


@dataclass(frozen=True)
class Wild:
    """A file of the wild: its name and rows, how they are written, and what comes of it.

    `kind` is what it is guessed to be, `sets`, `maps` and `results` what a user adds; `good` and `bad` count rows.
    """

    file: str
    kind: str
    rows: Sequence[Sequence[object]]
    encoding: str = "utf-8"
    delimiter: str = ","
    sets: tuple[str, ...] = ()
    maps: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    good: int = 0
    bad: int = 0

    def write(self, folder: Path) -> Path:
        """Write the file and return its path."""
        path = folder / self.file
        if path.suffix == ".xlsx":
            book = openpyxl.Workbook()
            for row in self.rows:
                book.active.append(list(row))
            book.save(path)
        else:
            with path.open("w", encoding=self.encoding, newline="") as handle:
                csv.writer(handle, delimiter=self.delimiter).writerows(self.rows)
        return path


def units_csv(folder: Path) -> Path:
    """Write the units themselves as the register has them."""
    path = folder / "entities.csv"
    rows = [[CODES[at], NAMES[at], PLACES[at], DISTRICTS[at % 3]] for at in range(UNITS)]
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([["统一社会信用代码", "企业名称", "住所", "行政区划"], *rows])
    return path


def _each(cells: Callable[[int], Sequence[object]]) -> list[Sequence[object]]:
    return [cells(at) for at in range(UNITS)]


WILD = (
    Wild(  # a market regulator's results of food checks: titles, GBK, no codes
        "食品安全监督检查结果公示.csv",
        "history",
        [
            ["苏州市虎丘区市场监督管理局食品安全监督检查结果公示"],
            ["公示时间：2025年7月1日"],
            ["序号", "行政相对人名称", "监督检查日期", "监督检查形式", "监督检查结果", "监督检查机关"],
            *_each(
                lambda at: [
                    at + 1,
                    NAMES[at],
                    f"2025年{at % 6 + 1}月{at + 1}日",
                    ("日常", "节日重保", "巡查检查", "重点")[at % 4],
                    ("合格", "不合格", "未发现违法违规行为")[at % 3],
                    "苏州市虎丘区市场监督管理局",
                ]
            ),
        ],
        encoding="gb18030",
        sets=("item_id=food-1",),
        good=12,
    ),
    Wild(  # penalties as the credit sites have them: amounts in 万元
        "行政处罚公示.csv",
        "events",
        [
            [
                *("行政相对人名称", "行政相对人类别", "行政相对人代码_1(统一社会信用代码)", "行政处罚决定书文号"),
                *("处罚类别", "罚款金额（万元）", "处罚决定日期", "公示截止期", "处罚机关"),
            ],
            *_each(
                lambda at: [
                    *(NAMES[at], "法人及非法人组织", CODES[at], f"苏演市监罚〔2025〕{at}号", "罚款"),
                    *(f"{at}.5", f"2025/3/{at + 1}", "2026-03-04", "苏州市市场监督管理局"),
                ]
            ),
        ],
        good=12,
    ),
    Wild(  # the same as a workbook with a title and a row of units under the header
        "双公示.xlsx",
        "events",
        [
            ["行政处罚信息（样式）"],
            ["行政相对人", "行政相对人代码", "决定书文号", "罚款金额", "处罚决定日期", "处罚机关"],
            ["", "", "", "(万元)", "", ""],
            *_each(lambda at: [NAMES[at], CODES[at], f"演罚{at}", f"{at}.25", f"2025年3月{at + 1}日", "演示机关"]),
            ["合计", f"{UNITS}户", "", "", "", ""],
        ],
        sets=("kind=penalty",),
        good=12,
    ),
    Wild(  # a city's double-random results, UTF-8 with BOM, tabs
        "双随机抽查结果.txt.csv",
        "history",
        [
            ["被检查单位名称", "统一社会信用代码", "检查机关", "检查时间", "抽查事项", "检查结论"],
            *_each(
                lambda at: [
                    *(NAMES[at], CODES[at], "苏州市应急管理局", f"2025-06-{at + 1:02} 09:30:00"),
                    *("营业执照（登记证）规范使用情况的检查", ("未发现问题", "发现问题已责令改正", "停业")[at % 3]),
                ]
            ),
        ],
        encoding="utf-8-sig",
        delimiter="\t",
        sets=("item_id=licence-1",),
        good=12,
    ),
    Wild(  # a workbook of visits where only some rows have a code, the others a name and an address
        "入企检查台账.xlsx",
        "history",
        [
            ["2025年入企检查台账"],
            ["", "", "单位：户"],
            ["序号", "检查日期", "被检查单位", "证件号码", "单位地址", "检查类型", "检查结果", "检查部门", "检查人员"],
            *_each(
                lambda at: [
                    *(at + 1, f"2025.5.{at + 1}", NAMES[at].replace("有限公司", "有限责任公司")),
                    *(CODES[at] if at % 2 else "", PLACES[at], "专项检查", "符合", "生态环境局", "演示员"),
                ]
            ),
        ],
        sets=("item_id=eco-1",),
        good=12,
    ),
    Wild(  # a province's register of food sellers: no district, licence with words, a number of employees
        "食品经营许可名录.xlsx",
        "entities",
        [
            [
                "统一社会信用代码",
                "经营者名称",
                "生产经营地址",
                "法定代表人（负责人）",
                "食品经营许可证编号",
                "有效期限",
            ],
            *_each(lambda at: [CODES[at], NAMES[at], PLACES[at], "演示人", f"JY{at:013}", "2029-03-04"]),
        ],
        good=12,
    ),
    Wild(  # the same of a county, whose addresses do not say so
        "县名录.csv",
        "entities",
        [
            ["企业（机构）名称", "社会信用代码", "企业住所", "主体状态", "注册资本（万元）", "开业日期"],
            *_each(lambda at: [NAMES[at], CODES[at], f"演示路{at}号", "存续", "100", f"2019年4月{at + 1}日"]),
        ],
        encoding="gb18030",
        delimiter=";",
        sets=("region=320505",),
        good=12,
    ),
    Wild(  # the list of abnormal operation
        "经营异常名录.csv",
        "events",
        [
            ["列入经营异常名录信息"],
            ["企业名称", "注册号", "统一社会信用代码", "列入日期", "列入原因", "列入机关"],
            *_each(
                lambda at: [NAMES[at], "", CODES[at], f"2025年{at % 12 + 1}月4号", "未年报", "苏州市市场监督管理局"]
            ),
        ],
        encoding="gb18030",
        good=12,
    ),
    Wild(  # complaints by name only, one of them of nobody
        "投诉举报.xlsx",
        "events",
        [
            ["工单编号", "投诉时间", "被投诉企业", "投诉处理结果"],
            *_each(lambda at: [f"T{at:05}", f"2025-04-{at + 1:02}", NAMES[at] if at else "某某饭馆", "调解成功"]),
        ],
        sets=("kind=complaint",),
        good=11,
        bad=1,
    ),
    Wild(  # own ids, dates as numbers, words of a house of its own
        "消防抽查.csv",
        "history",
        [
            ["单位编号", "单位名称", "抽查日期", "抽查结果", "抽查机关", "任务编号"],
            *_each(
                lambda at: [
                    *(f"XF-{at:03}", NAMES[at], f"202505{at + 1:02}", ("通过", "整改")[at % 2]),
                    *("苏州市消防救援支队", f"R{at}"),
                ]
            ),
        ],
        sets=("item_id=fire-1", "kind=routine"),
        results=("通过=1", "整改=E"),
        good=12,
    ),
)
