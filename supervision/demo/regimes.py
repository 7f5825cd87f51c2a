"""The regimes of 苏府办〔2021〕232号 on the synthetic city (各监管方式的演示): an item, units and a task each.

They are written by `demo --all-regimes` as files of their own beside the standard ones, which stay as they are.
"""

from __future__ import annotations

from typing import NamedTuple

SITE, SITE_DESK, NET, REMOTE = "on_site", "desk on_site", "online desk on_site", "desk online"
FEW = 8  # units of a list that is covered in full
MANY = 40  # of a list from which is drawn


class DemoRegime(NamedTuple):
    """One regime (一种监管方式): `rule` is its rule, `tags` the special lists of its units, `units` on each of them.

    The item's and the task's ids follow from the rule; `mark` tells two tasks of one item apart. `content` are the
    points of the item.
    """

    rule: str
    department: str
    item: str
    objects: str
    tags: tuple[str, ...]
    regime: str = "random"
    ratio: str = "10%"
    method: str = SITE
    content: str = ""
    field: str = ""
    level: str = "city"
    disclosure: str = "after_visit"
    units: int = MANY
    mark: str = ""

    @property
    def item_id(self) -> str:
        """The item's id (事项编号): the department and the last word of the rule."""
        return f"{self.department}-r-{self.rule.rpartition('/')[2]}"

    @property
    def task_id(self) -> str:
        """The task's id (任务编号)."""
        return f"R-{self.rule.rpartition('/')[2]}{self.mark}"

    @property
    def population(self) -> str:
        """The condition text of the population (抽查对象范围)."""
        return f"tags={','.join(self.tags)}"


POINTS = "、".join

REGIMES = (
    DemoRegime("market/certification_body", "market", "认证机构检查", "认证机构", ("认证机构（非指定）",),
               method=SITE_DESK),
    DemoRegime("market/designated_certification_body", "market", "指定认证机构检查", "指定认证机构",
               ("指定认证机构",), "full", "100%", SITE_DESK, units=FEW),
    DemoRegime("market/certified_organisation", "market", "认证有效性抽查", "获证组织",
               ("儿童用品获证", "家电获证", "电子电器获证", "电动自行车获证"), method=SITE_DESK, units=15),
    DemoRegime("market/vehicle_test", "market", "机动车检测机构检查", "机动车检测机构", ("机动车检测（市监）",),
               content=POINTS(("仪器设备", "管理制度", "技术标准", "守法合规", "有无伪造检测结果"))),
    DemoRegime("commerce/scrap_vehicle", "commerce", "报废机动车回收拆解检查", "报废机动车回收企业",
               ("报废机动车回收",)),
    DemoRegime("market/special_equipment_maker", "market", "特种设备生产单位监督抽查", "持证特种设备生产单位",
               ("特种设备生产",), ratio="20%"),
    DemoRegime("market/special_equipment_user", "market", "特种设备使用单位常规检查", "特种设备使用单位",
               ("特种设备使用",)),
    DemoRegime("market/special_equipment_key", "market", "特种设备重点使用单位检查", "重点使用单位",
               ("学校电梯", "医院电梯", "车站电梯", "商场电梯"), ratio="20%", units=10),
    DemoRegime("market/testing_body", "market", "检验检测机构检查", "检验检测机构", ("检验检测机构（资质认定）",),
               ratio="20%", content=POINTS(("检验检测能力", "公示项目内容价格", "有无串通操纵价格"))),
    DemoRegime("market/food_inspection", "market", "食品生产经营监督检查", "食品生产经营者", ("食品生产经营",),
               ratio="20%", field="food"),
    DemoRegime("market/drug", "market", "药品经营使用检查", "药品零售企业", ("药品零售",), "full", "100%",
               units=FEW),
    DemoRegime("market/drug_online", "market", "药品网络销售检查", "药品网络销售企业", ("药品网络销售",),
               method=NET),
    DemoRegime("market/cosmetics", "market", "化妆品生产经营检查", "化妆品生产经营者", ("化妆品",)),
    DemoRegime("market/device_seller", "market", "医疗器械经营企业检查", "医疗器械经营企业", ("医疗器械经营",),
               ratio="20%", field="device"),
    DemoRegime("market/device_maker", "market", "医疗器械重点生产企业检查", "重点监管品种生产企业",
               ("医疗器械重点生产",), "full", "100%", level="provincial", units=FEW),
    DemoRegime("market/device_online", "market", "医疗器械网络销售检查", "医疗器械网络销售企业",
               ("医疗器械网售",), "full", "100%", NET, field="device", units=FEW),
    DemoRegime("ecology/discharge", "ecology", "排污单位全覆盖分批检查", "排污单位", ("重点排污单位",),
               ratio="20%", field="ecology"),
    DemoRegime("ecology/positive_list", "ecology", "正面清单非现场核查", "正面清单企业", ("重点排污单位",),
               "reduced", "30%", REMOTE, units=0),
    DemoRegime("safety/workplace", "emergency", "安全生产分类分级检查", "生产经营单位", ("安全生产分级",),
               ratio="20%", field="hazardous"),
    DemoRegime("safety/evaluation_body", "emergency", "安全评价检测检验机构检查", "安全评价机构", ("安全评价",),
               method=SITE_DESK),
    DemoRegime("fire/technical_service_body", "fire", "消防技术服务机构抽查", "消防技术服务机构",
               ("消防技术服务机构",), method=SITE_DESK),
    DemoRegime("market/self_declared_standard", "market", "企业标准自我声明公开抽查", "企业标准",
               ("企业标准自我声明",), method=REMOTE),
    DemoRegime("medicare/fund_inspection", "medicare", "医保基金日常、现场、联合检查", "定点医药机构",
               ("定点医药机构",), ratio="20%", method=SITE_DESK),
    DemoRegime("medicare/flight_check", "medicare", "医保基金飞行检查", "定点医药机构", ("定点医药机构",),
               ratio="10%", level="provincial", units=0),
    DemoRegime("finance/local_debt", "finance", "地方政府及平台债务检查", "融资平台", ("融资平台",), "full",
               "100%", SITE_DESK, units=FEW),
    DemoRegime("finance/financial_debt", "financial", "金融债务（债券）检查", "债券发行人", ("债券发行人",), "full",
               "100%", SITE_DESK, units=FEW),
    DemoRegime("market/compulsory_certification", "market", "强制性产品认证专项检查", "强制性认证产品生产销售者",
               ("强制性产品认证",)),
    DemoRegime("market/ip_agency", "market", "知识产权代理机构抽查", "专利、商标代理机构", ("知识产权代理",),
               method=SITE_DESK),
    DemoRegime("market/enterprise_charges", "market", "涉企收费检查", "涉企收费单位", ("涉企收费",),
               content=POINTS(("收费依据", "收费公示"))),
    DemoRegime("market/port_charges", "market", "口岸收费检查", "口岸收费单位", ("口岸收费",),
               content=POINTS(("收费目录清单", "明码标价"))),
    DemoRegime("market/utility_charges", "market", "水电气宽带收费检查", "水电气宽带经营者", ("水电气宽带收费",),
               content=POINTS(("转供电加价", "有无其他不合理收费"))),
    DemoRegime("customs/consignment", "customs", "进出口货物布控查验", "报关单", ("布控货物",),
               ratio="A=8%;B=10%;C=20%;D=40%", units=100),
    DemoRegime("customs/consignment", "customs", "进出口货物布控查验", "报关单", ("低风险货物",), "reduced",
               "A=4%;B=4%;C=8%;D=16%", units=200, mark="-low"),
    DemoRegime("reform/new_industry", "reform", "新产业企业检查", "新产业企业", ("新产业",), "observation",
               method=SITE_DESK),
    DemoRegime("market/new_business", "market", "新业态新模式检查", "新业态经营者", ("新业态新模式",),
               "observation", method=NET),
)  # fmt: skip
GOODS = ("布控货物", "低风险货物")  # lists of consignments, which are no enterprises
YOUNG = ("新产业", "新业态新模式")  # half of their units are in the observation period
POSITIVE_SHARE = 3  # one polluter in three of the regimes' is on the positive list
CLASSES = {  # field → its own classes, in turn
    "food": ("A", "B", "C", "D"),
    "device": ("一级", "二级", "三级", "四级"),
    "ecology": ("绿牌", "蓝牌", "黄牌", "红牌"),
    "hazardous": ("蓝", "黄", "橙", "红"),
}
