"""Tasks of the synthetic month (演示月份的抽查任务): joint ones in all four regimes, and one open list.

`EARLIER` are the few of the month before, which comes with its results.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from supervision.demo.trades import BATCH, DISCLOSURE


class DemoTask(NamedTuple):
    """A task (抽查任务): of the units on any list of `tags`; `first`, `last` are days of the month.

    `batch` tasks take only units on the month's list (本月批次), so that a large city is not visited all at once.
    `control_of` names the off-site task that it is the on-site control of.
    """

    task_id: str
    name: str
    items: tuple[str, ...]
    tags: tuple[str, ...]
    regime: str
    ratio: str
    first: int = 1
    last: int = 31
    batch: bool = True
    by_region: bool = False
    types: tuple[str, ...] = ()
    control_of: str | None = None

    def items_in(self, departments: Collection[str]) -> tuple[str, ...]:
        """Return the items that some departments can inspect (可检事项)."""
        return tuple(item for item in self.items if item.partition("-")[0] in departments)

    @property
    def population(self) -> str:
        """The condition text of the population (抽查对象范围)."""
        clauses = [f"type={','.join(self.types)}"] if self.types else []
        clauses.append(f"tags={','.join(self.tags)}")
        return ";".join([*clauses, f"tags={BATCH}"] if self.batch else clauses)


CLASSES = "A=2%;B=4%;C=15%;D=40%"
MORE = "A=3%;B=6%;C=12%;D=25%"
LESS = "A=2%;B=4%;C=12%;D=30%"  # where many units are of class C and D, so that the item's limit of 10 % holds

TASKS = (
    DemoTask("T01-food", "餐饮和食品销售单位联合抽查", ("market-food", "fire-premises", "health-canteen"),
             ("餐饮", "食品经营"), "random", CLASSES, by_region=True),
    DemoTask("T02-industry", "工贸企业安全和环境联合抽查",
             ("market-equipment", "emergency-industry", "fire-workshop", "ecology-discharge", "labour-wages"),
             ("排污单位", "特种设备"), "random", CLASSES),
    DemoTask("T03-laboratory", "检验检测机构联合检查", ("market-laboratory",), ("检验检测机构",), "random", MORE,
             batch=False),
    DemoTask("T04-vehicle", "机动车检测机构联合检查", ("ecology-vehicle", "market-laboratory"), ("机动车检测",),
             "random", MORE, batch=False),
    DemoTask("T05-certification", "指定认证机构全覆盖检查", ("market-certification",), ("认证机构",), "full",
             "100%", batch=False),
    DemoTask("T06-firesafety", "消防技术服务机构抽查", ("fire-service",), ("消防技术服务",), "random", MORE,
             batch=False),
    DemoTask("T07-device", "医疗器械网络销售全覆盖检查", ("market-device",), ("医疗器械网络销售",), "full", "100%",
             batch=False),
    DemoTask("T08-chemical", "危险化学品单位联合抽查", ("emergency-chemical", "ecology-waste", "fire-workshop"),
             ("危险化学品",),
             "random", MORE, last=25),
    DemoTask("T09-discharge", "排污单位正面清单减少检查", ("ecology-discharge",), ("排污单位",), "reduced", CLASSES,
             first=10),
    DemoTask("T10-newtrade", "新业态包容审慎检查", ("market-platform", "commerce-platform"), ("新业态",),
             "observation", CLASSES),
    DemoTask("T11-disclosure", "企业公示信息不定向抽查", ("market-disclosure", "market-registration"),
             (DISCLOSURE,), "random", "3%",
             batch=False, types=("企业",)),
    DemoTask("T12-public", "公共场所联合抽查", ("health-place", "fire-premises", "market-registration"),
             ("公共场所",), "random", CLASSES),
    DemoTask("T13-production", "食品生产企业检查", ("market-production", "ecology-discharge"), ("食品生产",),
             "random", MORE),
    DemoTask("T14-card", "预付卡发卡企业联合抽查", ("commerce-card", "market-registration"), ("预付卡",), "random",
             CLASSES),
    DemoTask("T15-drug", "药品零售和定点医药机构联合抽查", ("market-drug", "medicare-fund"),
             ("药品经营", "定点医药"), "random", CLASSES),
    DemoTask("T16-clinic", "医疗机构联合抽查", ("health-clinic", "ecology-waste", "medicare-fund"), ("医疗机构",),
             "random", CLASSES),
    DemoTask("T17-scrap", "报废机动车回收拆解抽查", ("commerce-scrap", "ecology-waste"), ("报废机动车",),
             "random", MORE, batch=False),
    DemoTask("T18-oil", "成品油零售单位联合抽查", ("commerce-oil", "emergency-chemical", "market-registration"),
             ("成品油",), "random", MORE),
    DemoTask("T19-site", "建筑施工企业联合抽查", ("housing-site", "labour-wages", "emergency-industry"),
             ("建筑施工",), "random", CLASSES,
             by_region=True),
    DemoTask("T20-freight", "道路运输经营者联合抽查", ("transport-freight", "labour-wages"), ("道路运输",),
             "random", CLASSES),
    DemoTask("T21-repair", "机动车维修联合抽查", ("transport-repair", "ecology-waste"), ("机动车维修",), "random",
             CLASSES),
    DemoTask("T22-venue", "文化娱乐场所联合抽查", ("culture-venue", "fire-premises", "police-hotel"), ("文化娱乐",),
             "random", MORE),
    DemoTask("T23-travel", "旅行社检查", ("culture-travel", "market-registration"), ("旅行社",), "random", CLASSES),
    DemoTask("T24-dispatch", "劳务派遣单位联合抽查", ("labour-dispatch", "market-registration"), ("劳务派遣",),
             "random", LESS),
    DemoTask("T25-supply", "农资经营联合抽查", ("agriculture-supply", "market-registration"), ("农资经营",),
             "random", CLASSES),
    DemoTask("T26-intake", "取水户检查", ("water-intake",), ("取水户",), "random", CLASSES),
    DemoTask("T27-certified", "获证组织认证有效性抽查", ("market-certified",), ("获证组织",), "random", CLASSES),
    DemoTask("T28-training", "校外培训机构联合抽查", ("education-training", "fire-premises", "commerce-card"),
             ("校外培训",), "random", MORE),
    DemoTask("T29-hotel", "旅馆业联合抽查", ("police-hotel", "health-place", "fire-premises"), ("旅馆",), "random",
             CLASSES),
    DemoTask("T30-care", "养老机构联合抽查", ("civil-care", "health-canteen", "fire-premises"), ("养老机构",),
             "random", MORE),
    DemoTask("T31-trade", "进出口企业联合抽查", ("customs-trade", "market-registration"), ("进出口",), "random",
             CLASSES),
    DemoTask("T32-project", "科技项目承担单位检查", ("science-project",), ("科技项目",), "random", CLASSES),
)  # fmt: skip
EARLIER = (
    DemoTask("B01-disclosure", "企业公示信息抽查", ("market-disclosure", "market-registration"), (DISCLOSURE,),
             "random", "3%", batch=False, types=("企业",)),
    # of items with wide directories only: with T12-public a small one's yearly limit of 10 % would not hold
    DemoTask("B02-public", "公共场所消防联合检查", ("fire-premises", "market-registration"), ("公共场所",), "random",
             CLASSES),
)  # fmt: skip
OPEN = ("B01-disclosure", "T11-disclosure", "T33-report", "T34-reportsite")


def tasks_of(departments: Collection[str]) -> tuple[DemoTask, ...]:
    """Return the tasks whose first item's department takes part (抽查任务), in the order of the list."""
    return tuple(task for task in TASKS if task.items[0].partition("-")[0] in departments)
