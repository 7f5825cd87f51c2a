"""Departments and items of the synthetic city (演示城市的部门和抽查事项).

Departments are those that 苏府办〔2021〕232号 names; the items' names follow its fields, their ids,
figures and wording
are the demonstration's own and no published list.
"""

from __future__ import annotations

from typing import NamedTuple


class Department(NamedTuple):
    """A department (部门): `load` is its expected share of the inspection work, which sizes its offices."""

    code: str
    name: str
    load: float


class DemoItem(NamedTuple):
    """An item (抽查事项): `finding` is the result code of its typical problem (结果代码)."""

    item_id: str
    name: str
    kind: str
    objects: str
    ratio: str
    method: str
    half_days: int
    finding: str

    @property
    def department(self) -> str:
        """The department's code (部门代码), the first word of the item's id."""
        return self.item_id.partition("-")[0]


DEPARTMENTS = (
    Department("market", "市场监管", 10.0),
    Department("fire", "消防救援", 7.2),
    Department("emergency", "应急管理", 2.2),
    Department("ecology", "生态环境", 3.0),
    Department("health", "卫生健康", 4.9),
    Department("commerce", "商务", 0.9),
    Department("housing", "住房城乡建设", 1.0),
    Department("transport", "交通运输", 1.2),
    Department("culture", "文广旅", 0.4),
    Department("labour", "人社", 3.0),
    Department("agriculture", "农业农村", 0.3),
    Department("water", "水务", 0.2),
    Department("education", "教育", 0.2),
    Department("medicare", "医保", 0.3),
    Department("police", "公安", 0.5),
    Department("civil", "民政", 0.1),
    Department("customs", "海关", 0.25),
    Department("science", "科技", 0.1),
)
SMALL, LARGE = 6, 18  # departments of a small and of a full city; between them MIDDLE
MIDDLE = 12

GENERAL, KEY = "general", "key"
LIMIT, FULL, FREE = "不高于10%", "100%,抽查1次", "根据实际情况确定"
SITE, SITE_DESK, NET = "on_site", "desk on_site", "desk online"

ITEMS = (
    DemoItem("market-disclosure", "企业年度报告公示信息检查", GENERAL, "企业", LIMIT, NET + " on_site", 1, "B"),
    DemoItem("market-registration", "登记事项检查", GENERAL, "企业、个体工商户", LIMIT, SITE_DESK, 1, "D"),
    DemoItem("market-food", "食品销售和餐饮服务监督检查", GENERAL, "食品经营者", LIMIT, SITE, 1, "3"),
    DemoItem("market-production", "食品生产监督检查", KEY, "食品生产企业", FREE, SITE, 2, "3"),
    DemoItem("market-equipment", "特种设备使用单位监督检查", KEY, "特种设备使用单位", FREE, SITE, 1, "4"),
    DemoItem("market-laboratory", "检验检测机构监督抽查", KEY, "检验检测机构", FREE, SITE, 2, "4"),
    DemoItem("market-certification", "指定认证机构全覆盖检查", KEY, "认证机构", FULL, SITE_DESK, 2, "4"),
    DemoItem("market-certified", "获证组织认证有效性抽查", GENERAL, "获证组织", LIMIT, SITE_DESK, 1, "4"),
    DemoItem("market-device", "医疗器械网络销售检查", KEY, "医疗器械网络销售企业", FULL, NET + " on_site", 1, "3"),
    DemoItem("market-drug", "药品零售企业监督检查", KEY, "药品零售企业", FREE, SITE, 1, "3"),
    DemoItem("market-platform", "网络交易平台合规检查", GENERAL, "平台经营者", LIMIT, NET + " on_site", 1, "D"),
    DemoItem("fire-premises", "公众聚集场所消防安全检查", GENERAL, "公众聚集场所", LIMIT, SITE, 1, "5"),
    DemoItem("fire-service", "消防技术服务机构检查", KEY, "消防技术服务机构", FREE, SITE_DESK, 1, "5"),
    DemoItem("fire-workshop", "生产经营单位消防安全检查", GENERAL, "生产经营单位", LIMIT, SITE, 1, "5"),
    DemoItem("emergency-chemical", "危险化学品单位安全生产检查", KEY, "危险化学品单位", FREE, SITE, 2, "5"),
    DemoItem("emergency-industry", "工贸企业安全生产检查", GENERAL, "工贸企业", LIMIT, SITE, 1, "5"),
    DemoItem("ecology-discharge", "排污单位日常环境监管", KEY, "排污单位", FREE, SITE + " test", 1, "5"),
    DemoItem("ecology-vehicle", "机动车排放检验机构检查", KEY, "机动车检测机构", FREE, SITE, 1, "5"),
    DemoItem("ecology-waste", "危险废物和医疗废物管理检查", KEY, "产废单位", FREE, SITE, 1, "5"),
    DemoItem("health-place", "公共场所卫生监督抽查", GENERAL, "公共场所", LIMIT, SITE + " test", 1, "5"),
    DemoItem("health-clinic", "医疗机构依法执业检查", GENERAL, "医疗机构", LIMIT, SITE, 1, "5"),
    DemoItem("health-canteen", "餐饮具集中消毒卫生检查", GENERAL, "餐饮单位", LIMIT, SITE, 1, "5"),
    DemoItem("commerce-card", "单用途商业预付卡检查", GENERAL, "发卡企业", LIMIT, SITE_DESK, 1, "5"),
    DemoItem("commerce-oil", "成品油零售经营检查", KEY, "成品油零售企业", FREE, SITE, 1, "5"),
    DemoItem("commerce-scrap", "报废机动车回收拆解检查", KEY, "报废机动车回收企业", FREE, SITE, 1, "5"),
    DemoItem("commerce-platform", "电子商务经营检查", GENERAL, "电子商务企业", LIMIT, NET + " on_site", 1, "5"),
    DemoItem("housing-site", "建筑施工企业动态核查", GENERAL, "建筑施工企业", LIMIT, SITE, 2, "5"),
    DemoItem("transport-freight", "道路货物运输经营检查", GENERAL, "道路运输经营者", LIMIT, SITE, 1, "5"),
    DemoItem("transport-repair", "机动车维修经营检查", GENERAL, "机动车维修经营者", LIMIT, SITE, 1, "5"),
    DemoItem("culture-venue", "文化娱乐场所检查", GENERAL, "娱乐场所、上网服务场所", LIMIT, SITE, 1, "5"),
    DemoItem("culture-travel", "旅行社经营检查", GENERAL, "旅行社", LIMIT, SITE_DESK, 1, "5"),
    DemoItem("labour-dispatch", "劳务派遣单位检查", GENERAL, "劳务派遣单位", LIMIT, SITE_DESK, 1, "5"),
    DemoItem("labour-wages", "劳动用工和工资支付检查", GENERAL, "用人单位", LIMIT, SITE_DESK, 1, "5"),
    DemoItem("agriculture-supply", "农资经营检查", GENERAL, "农资经营者", LIMIT, SITE + " test", 1, "5"),
    DemoItem("water-intake", "取水用水监督检查", GENERAL, "取水户", LIMIT, SITE, 1, "5"),
    DemoItem("education-training", "校外培训机构检查", GENERAL, "校外培训机构", LIMIT, SITE, 1, "5"),
    DemoItem("medicare-fund", "医保基金使用检查", KEY, "定点医药机构", FREE, SITE_DESK, 1, "5"),
    DemoItem("police-hotel", "旅馆业治安检查", GENERAL, "旅馆", LIMIT, SITE, 1, "G"),
    DemoItem("civil-care", "养老机构服务检查", GENERAL, "养老机构", LIMIT, SITE, 1, "5"),
    DemoItem("customs-trade", "进出口企业规范申报检查", GENERAL, "进出口企业", LIMIT, SITE_DESK, 1, "5"),
    DemoItem("science-project", "科技项目经费使用检查", GENERAL, "项目承担单位", LIMIT, SITE_DESK, 1, "5"),
)


def departments_of(entities: int) -> tuple[Department, ...]:
    """Return the departments of a city of so many units (部门): 6, 12 or 18."""
    if entities < 20_000:
        return DEPARTMENTS[:SMALL]
    return DEPARTMENTS[:MIDDLE] if entities < 500_000 else DEPARTMENTS[:LARGE]


def items_of(departments: tuple[Department, ...]) -> tuple[DemoItem, ...]:
    """Return the items of some departments (抽查事项), in the order of the list."""
    codes = {department.code for department in departments}
    return tuple(item for item in ITEMS if item.department in codes)
