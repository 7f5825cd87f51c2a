"""The indicators (风险指标): one table of data; a new indicator is a new row here and points in the rule file.

Families are those of the national general classification (通用型): basic, dynamic, supervision, relation, opinion.
`sign` is what the model may learn: 1 a greater value never lowers the score, −1 never raises it, 0 free. A repair is no
indicator: from its day on the record is not used, and nor is that there was something to repair. Nor is the time since
the last visit: it says what the agency did, and beyond what was seen in training it would say anything.
"""

from __future__ import annotations

from dataclasses import dataclass

from supervision.risk import transforms as r
from supervision.risk.licence_recipes import Lacking, Lapsed, NearEnd
from supervision.risk.link_recipes import LinkedRatio, LinkedRecords, LinkedUnits
from supervision.risk.name_words import NameRatio
from supervision.risk.peer_rates import ItemRatio, PeerRatio, TagRatio
from supervision.risk.register_recipes import Namesakes, Overdue, Tags, Unpaid
from supervision.risk.visit_rates import OwnRatio, ProblemRate, Repeats
from supervision.risk.wording import Pair, Wording

FAMILIES: dict[str, Pair] = {
    "basic": ("企业基础属性信息", "basic attributes"),
    "dynamic": ("企业动态信息", "changes in the enterprise"),
    "supervision": ("监管信息", "supervision"),
    "relation": ("关联关系信息", "relations"),
    "opinion": ("社会评价信息", "public assessment"),
}
LARGEST = 9_999  # greater values count as this one, so that every table of points is short
TYPES = ("企业", "个体工商户", "农民专业合作社", "外国企业常驻代表机构", "其他")
_DIVISIONS = ((5, "A"), (12, "B"), (43, "C"), (46, "D"), (50, "E"), (52, "F"), (60, "G"), (62, "H"), (65, "I"),
              (69, "J"), (70, "K"), (72, "L"), (75, "M"), (79, "N"), (82, "O"), (83, "P"), (85, "Q"), (90, "R"),
              (96, "S"), (97, "T"))  # fmt: skip
SECTIONS = tuple(letter for _, letter in _DIVISIONS)
"""The letters of the sections of industries, in the order of the codes of the indicator `industry`."""
_SECTION_NAMES = (
    ("农、林、牧、渔业", "agriculture"), ("采矿业", "mining"), ("制造业", "manufacturing"),
    ("电力、热力、燃气及水", "utilities"), ("建筑业", "construction"), ("批发和零售业", "trade"),
    ("交通运输、仓储和邮政", "transport"), ("住宿和餐饮业", "hotels and catering"), ("信息技术", "information"),
    ("金融业", "finance"), ("房地产业", "real estate"), ("租赁和商务服务业", "business services"),
    ("科学研究和技术服务业", "research"), ("水利、环境和公共设施", "environment"), ("居民服务、修理", "repair"),
    ("教育", "education"), ("卫生和社会工作", "health"), ("文化、体育和娱乐业", "culture"),
    ("公共管理和社会组织", "public bodies"), ("国际组织", "international bodies"),
)  # fmt: skip
_YES_NO = (("否", "no"), ("是", "yes"))


def section_table() -> dict[str, int]:
    """Return the first two characters of an industry code → its section's number (行业门类), GB/T 4754-2017.

    A code may begin with the section's letter (C34) or with the division (34); sections count from 0.
    """
    table: dict[str, int] = {}
    low = 1
    for section, (high, letter) in enumerate(_DIVISIONS):
        table |= {f"{division:02d}": section for division in range(low, high + 1)}
        table |= {f"{letter}{digit}": section for digit in range(10)} | {letter: section}
        low = high + 1
    return table


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator (指标): its recipe, its sign, its words, and why it may be used."""

    name: str
    family: str
    sign: int
    recipe: r.Recipe
    wording: Wording
    basis: str

    @property
    def window(self) -> int:
        """How many months back it looks (时间窗，月), 0 where what is known on the day counts, however old."""
        return int(getattr(self.recipe, "months", 0))

    @property
    def half_life(self) -> int:
        """After how many months a record counts for half (半衰期，月), 0 where it does not fade by halves."""
        return int(getattr(self.recipe, "half_life", 0))


GENERAL = "通用型企业信用风险分类的五类信息（国市监信发〔2022〕6号；转载件，未核原文）"
TERMS = GENERAL + "；使用期限依规则 shared/record_use"
EVEN = GENERAL + "；与全市或者同类检查的预期相比，本单位自己的检查结果不计入"
CAPITAL = GENERAL + "；公司法（2023年修订）第四十七条（依一般了解，待核）"
LICENCES = GENERAL + "；所需许可依规则 shared/licence_needed"


def _row(name: str, family: str, sign: int, recipe: r.Recipe, label: Pair, reason: Pair, *, form: str = "number",
         unit: Pair = ("", ""), codes: tuple[Pair, ...] = (), basis: str = GENERAL) -> Indicator:  # fmt: skip
    unknown = (f"{label[0]}：无记录", f"{label[1]}: no record")
    wording = Wording(label=label, reason=reason, unknown=unknown, form=form, unit=unit, codes=codes)
    return Indicator(name=name, family=family, sign=sign, recipe=recipe, wording=wording, basis=basis)


def _peers(name: str, columns: tuple[str, ...], label: Pair, who: Pair) -> Indicator:
    reason = (f"{who[0]}其他单位检查发现问题为全市的{{value}}", f"findings {who[1]}: {{value}} of the city's")
    recipe = PeerRatio(columns, 3000)
    return _row(name, "supervision", 1, recipe, label, reason, unit=_PERCENT, basis=EVEN)


CHANGES = ("change", "change_address", "change_legal_rep", "change_scope")
_MONEY, _YUAN, _DAYS, _PERCENT = ("万元", " ×10,000 yuan"), ("元", " yuan"), ("天", " days"), ("%", "%")
_TYPE_NAMES = tuple(zip(TYPES, ("enterprise", "sole trader", "cooperative", "foreign office", "other"), strict=True))
_SEVERITY = (("无", "none"), ("轻微", "slight"), ("较轻", "minor"), ("较重", "serious"), ("严重", "grave"))

INDICATORS: tuple[Indicator, ...] = (
    _row("age_months", "basic", 0, r.Age("established"), ("成立时间", "age"),
         ("成立{value}", "{value} old"), form="months"),
    _row("type", "basic", 0, r.Coded("type", {t: i for i, t in enumerate(TYPES)}, other=4),
         ("主体类别", "type"), ("主体类别为{value}", "type: {value}"), form="code", codes=_TYPE_NAMES),
    _row("above_scale", "basic", 0, r.Flag("above_scale"), ("规上标志", "above scale"),
         ("规模以上：{value}", "above designated size: {value}"), form="code", codes=_YES_NO),
    _row("industry", "basic", 0, r.Coded("industry", section_table(), prefix=2), ("行业门类", "industry"),
         ("行业门类为{value}", "industry: {value}"), form="code", codes=_SECTION_NAMES),
    _row("capital_log2", "basic", 0, r.Size("capital", lasting=True), ("注册资本", "registered capital"),
         ("注册资本{value}", "registered capital {value}"), form="log2", unit=_MONEY),
    _row("paid_log2", "basic", 0, r.Size("paid_capital"), ("实缴资本", "paid-in capital"),
         ("实缴资本{value}", "paid-in capital {value}"), form="log2", unit=_MONEY),
    _row("unpaid", "basic", 1, Unpaid(), ("未实缴比例", "capital not paid in"),
         ("注册资本未实缴{value}", "capital not paid in: {value}"), unit=_PERCENT, basis=CAPITAL),
    _row("capital_overdue", "basic", 1, Overdue(), ("认缴出资逾期", "capital overdue"),
         ("认缴出资已逾期：{value}", "capital overdue: {value}"), form="code", codes=_YES_NO, basis=CAPITAL),
    _row("tags_number", "basic", 0, Tags(), ("专项库个数", "special lists"),
         ("在{value}个专项库", "on {value} special lists")),
    _row("licence_lacking", "basic", 1, Lacking(), ("缺少所需许可", "needed licences lacking"),
         ("所在行业需要的许可缺{value}种", "licences its trade needs and it lacks: {value}"), basis=LICENCES),
    _row("licences_lapsed", "basic", 1, Lapsed(), ("失效许可", "lapsed licences"),
         ("{value}种许可已失效且未延续", "licences lapsed and not renewed: {value}"), basis=LICENCES),
    _row("licence_near_end", "basic", 1, NearEnd(), ("许可临期", "licence about to end"),
         ("有许可将在90天内到期：{value}", "a licence ends within 90 days: {value}"), form="code", codes=_YES_NO,
         basis=LICENCES),
    _row("employees_log2", "basic", 0, r.Size("employees"), ("从业人数", "employees"),
         ("从业人数{value}", "{value} employees"), form="log2", unit=("人", "")),
    _row("licence_expired", "dynamic", 1, r.Expired("licence_until"), ("许可证到期", "licence expired"),
         ("许可证已到期：{value}", "licence expired: {value}"), form="code", codes=_YES_NO),
    _row("annual_report_days", "dynamic", 1, r.Since("annual_report", "last_annual_report"),
         ("最近年报", "annual report"), ("距最近年报{value}", "{value} since the last annual report"), unit=_DAYS),
    _row("changes_12m", "dynamic", 1, r.Count(CHANGES, 12), ("近12个月变更登记", "changes in 12 months"),
         ("近12个月变更登记{value}次", "changes of registration in 12 months: {value}")),
    _row("address_changes_24m", "dynamic", 1, r.Count(("change_address",), 24),
         ("近24个月住所变更", "changes of address in 24 months"),
         ("近24个月变更住所{value}次", "changes of address in 24 months: {value}")),
    _row("legal_rep_changes_24m", "dynamic", 1, r.Count(("change_legal_rep",), 24),
         ("近24个月法定代表人变更", "changes of legal representative in 24 months"),
         ("近24个月变更法定代表人{value}次", "changes of legal representative in 24 months: {value}")),
    _row("scope_changes_24m", "dynamic", 1, r.Count(("change_scope",), 24),
         ("近24个月经营范围变更", "changes of scope in 24 months"),
         ("近24个月变更经营范围{value}次", "changes of scope in 24 months: {value}")),
    _row("penalties_12m", "supervision", 1, r.Count(("penalty",), 12), ("近12个月行政处罚", "penalties in 12 months"),
         ("近12个月受行政处罚{value}次", "penalties in 12 months: {value}"), basis=TERMS),
    _row("penalties_36m", "supervision", 1, r.Count(("penalty",), 36), ("近36个月行政处罚", "penalties in 36 months"),
         ("近36个月受行政处罚{value}次", "penalties in 36 months: {value}"), basis=TERMS),
    _row("penalty_worst_36m", "supervision", 1, r.Worst("penalty", 36),
         ("近36个月处罚最重程度", "gravest penalty in 36 months"),
         ("近36个月处罚最重程度：{value}", "gravest penalty in 36 months: {value}"), form="code", codes=_SEVERITY,
         basis=TERMS),
    _row("penalty_log2_36m", "supervision", 1, r.Amount("penalty", 36),
         ("近36个月罚没金额", "fines in 36 months"),
         ("近36个月罚没金额{value}", "fines in 36 months: {value}"), form="log2", unit=_YUAN, basis=TERMS),
    _row("abnormal_now", "supervision", 1, r.Listed("abnormal"), ("经营异常名录", "list of abnormal operation"),
         ("在经营异常名录：{value}", "on the list of abnormal operation: {value}"), form="code", codes=_YES_NO,
         basis=TERMS),
    _row("dishonesty_now", "supervision", 1, r.Listed("dishonesty"),
         ("严重违法失信名单", "list of serious dishonesty"),
         ("在严重违法失信名单：{value}", "on the list of serious dishonesty: {value}"), form="code", codes=_YES_NO,
         basis=TERMS),
    _row("court_24m", "supervision", 1, r.Count(("court",), 24), ("近24个月司法失信", "court records in 24 months"),
         ("近24个月司法失信记录{value}条", "court records in 24 months: {value}"), basis=TERMS),
    _row("sampling_failed_24m", "supervision", 1, r.Count(("sampling_failed",), 24),
         ("近24个月抽检不合格", "failed samples in 24 months"),
         ("近24个月抽检不合格{value}次", "failed samples in 24 months: {value}")),
    _row("recheck_failed_24m", "supervision", 1, r.Count(("recheck_failed",), 24),
         ("近24个月复查不合格", "failed re-inspections in 24 months"),
         ("近24个月复查不合格{value}次", "failed re-inspections in 24 months: {value}")),
    _row("problem_rate_36m", "supervision", 1, ProblemRate(36),
         ("近36个月检查问题率", "share of visits with findings in 36 months"),
         ("近36个月检查发现问题的占{value}", "visits with findings in 36 months: {value}"), unit=_PERCENT),
    _row("repeats_36m", "supervision", 1, Repeats(36),
         ("近36个月重复发现问题", "findings repeated in 36 months"),
         ("近36个月同一事项重复发现问题的有{value}项", "items with repeated findings in 36 months: {value}")),
    _row("own_ratio", "supervision", 1, OwnRatio(500), ("本单位问题率", "its own rate of findings"),
         ("近三年检查发现问题为同类检查预期的{value}", "findings of three years: {value} of what such visits find"),
         unit=_PERCENT, basis=EVEN),
    _peers("region_ratio", ("region",), ("所在区问题率", "district's rate"), ("本区", "in the district")),
    _peers("street_ratio", ("region", "street"), ("所在街道问题率", "street's rate"), ("本街道", "in the street")),
    _peers("type_ratio", ("type",), ("同类主体问题率", "rate of its type"), ("同类主体", "at units of its type")),
    _peers("local_type_ratio", ("region", "type"), ("本区同类主体问题率", "rate of the district's type"),
           ("本区同类主体", "at units of its type in the district")),
    _peers("industry_ratio", ("industry",), ("同行业问题率", "industry's rate"), ("同行业", "in the industry")),
    _peers("local_industry_ratio", ("region", "industry"), ("本区同行业问题率", "rate of the district's industry"),
           ("本区同行业", "in the district's industry")),
    _row("tags_ratio", "supervision", 1, TagRatio(3000), ("同专项库问题率", "rate of its special lists"),
         ("同专项库其他单位检查发现问题为全市的{value}", "findings on its special lists: {value} of the city's"),
         unit=_PERCENT, basis=EVEN),
    _row("name_ratio", "supervision", 1, NameRatio(3000), ("名称用字问题指数", "index of like names"),
         ("名称用字相近的其他单位检查问题指数{value}（100为全市平均）",
          "index of findings at like names: {value} (100 is the city's)"), basis=EVEN),
    _row("item_ratio", "supervision", 1, ItemRatio(3000), ("同事项问题率", "rate of its items"),
         ("本单位所涉事项在其他单位发现问题为全市的{value}", "findings under its items: {value} of the city's"),
         unit=_PERCENT, basis=EVEN),
    _row("last_result", "supervision", 1, r.LastOutcome(), ("上次检查结果", "last inspection"),
         ("上次检查{value}", "last inspection: {value}"), form="code",
         codes=(("未发现问题", "no problem"), ("发现问题", "problem found"))),
    _row("could_not_36m", "supervision", 1, r.Visits(r.COULD_NOT, 36),
         ("近36个月未能检查", "could not be inspected in 36 months"),
         ("近36个月有{value}次未能检查", "times it could not be inspected in 36 months: {value}")),
    _row("same_address", "relation", 1, r.Sharing(("region", "address")), ("同一住所单位", "units at the address"),
         ("同一住所登记{value}户", "units registered at the address: {value}")),
    _row("same_legal_rep", "relation", 1, Namesakes(("region", "legal_rep")),
         ("同名法定代表人单位", "units with a legal representative of that name"),
         ("本区法定代表人同名的单位{value}户（常见姓名已折减）",
          "units in the district with a legal representative of that name, fewer for a common one: {value}")),
    _row("address_ratio", "relation", 1, PeerRatio(("region", "address"), 1000, shared_by=10),
         ("同址单位问题率", "rate at the address"),
         ("同一住所其他单位检查发现问题为全市的{value}", "findings at the address: {value} of the city's"),
         unit=_PERCENT, basis=EVEN),
    _row("legal_rep_ratio", "relation", 1, PeerRatio(("region", "legal_rep"), 1000, shared_by=5),
         ("同名法定代表人单位问题率", "rate of units of that legal representative"),
         ("本区法定代表人同名的其他单位检查发现问题为全市的{value}",
          "findings at units of that legal representative: {value} of the city's"), unit=_PERCENT, basis=EVEN),
    _row("linked_units", "relation", 1, LinkedUnits(), ("关联单位数", "linked units"),
         ("与其他{value}户共有人员、股东或者住所", "other units that share a person, investor or address: {value}")),
    _row("linked_ratio", "relation", 1, LinkedRatio(1000), ("关联单位问题率", "rate of linked units"),
         ("关联单位检查发现问题为同类检查预期的{value}", "findings at linked units: {value} of what such visits find"),
         unit=_PERCENT, basis=EVEN),
    _row("linked_records_36m", "relation", 1, LinkedRecords(("penalty", "abnormal", "dishonesty"), 36),
         ("关联单位失信记录", "records of linked units"),
         ("近36个月有处罚或者在列名单的关联单位占{value}", "linked units with a record in 36 months: {value}"),
         unit=_PERCENT, basis=TERMS),
    _row("complaints_12m", "opinion", 1, r.Count(("complaint",), 12), ("近12个月投诉举报", "complaints in 12 months"),
         ("近12个月投诉举报{value}次", "complaints in 12 months: {value}")),
    _row("complaints_faded", "opinion", 1, r.Decayed("complaint", 36, 6),
         ("投诉举报（近者为重）", "complaints, recent ones for more"),
         ("近36个月投诉举报按半年减半折算为{value}", "complaints of 36 months, half every half-year: {value}"),
         unit=_PERCENT),
    _row("opinion_12m", "opinion", 1, r.Count(("opinion",), 12), ("近12个月舆情", "public reports in 12 months"),
         ("近12个月负面舆情{value}条", "adverse public reports in 12 months: {value}")),
    _row("trustworthy_now", "opinion", -1, r.Listed("trustworthy"), ("守信激励名单", "list of good faith"),
         ("在守信激励名单：{value}", "on the list of good faith: {value}"), form="code", codes=_YES_NO),
    _row("awards_36m", "opinion", -1, r.Count(("award",), 36), ("近36个月表彰荣誉", "awards in 36 months"),
         ("近36个月获表彰荣誉{value}项", "awards in 36 months: {value}")),
)  # fmt: skip


def names() -> list[str]:
    """Return the names of all indicators (指标名), in the order of the table."""
    return [indicator.name for indicator in INDICATORS]
