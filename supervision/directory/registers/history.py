"""History (历次检查记录): past inspections, for frequency caps and for learning."""

from supervision.directory import forms
from supervision.directory.register import CORRECTIONS, WITHDRAWN, Column
from supervision.directory.shared_columns import ANY_UNIT_ID
from supervision.messages import Label

TITLE = Label("历次检查记录", "Past inspections")
KEY = ("unit_id", "agency", "item_id", "date", "visit_no")
COLUMNS = (
    ANY_UNIT_ID,
    Column(
        name="agency",
        zh="检查机关",
        en="Agency",
        dtype="code",
        required=True,
        aliases=("检查部门", "实施机关", "department"),
        code_list="department",
    ),
    Column(
        name="item_id",
        zh="事项编号",
        en="Item id",
        required=True,
        aliases=("事项", "抽查事项编号"),
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
    ),
    Column(name="date", zh="检查日期", en="Date", dtype="date", required=True, aliases=("检查时间", "日期")),
    Column(
        name="office_id",
        zh="机构编号",
        en="Office id",
        aliases=("执法机构编号", "机构代码"),
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
    ),
    Column(
        name="kind",
        zh="检查类型",
        en="Kind",
        dtype="code",
        required=True,
        aliases=("类型",),
        code_list="inspection_kind",
    ),
    Column(name="on_site", zh="是否现场", en="On site", dtype="boolean", aliases=("现场检查", "是否入企")),
    Column(
        name="result",
        zh="结果代码",
        en="Result",
        dtype="code",
        required=True,
        aliases=("检查结果", "结果"),
        code_list="result",
    ),
    Column(
        name="level",
        zh="层级",
        en="Level",
        dtype="code",
        aliases=("检查层级", "实施层级"),
        code_list="agency_level",
        note=Label("实施检查的层级；空白为未注明", "of the agency that came; blank = not said"),
    ),
    Column(
        name="place",
        zh="经营场所",
        en="Place of business",
        aliases=("检查地点", "检查场所"),
        note=Label("空白视为登记住所", "blank = the registered address"),
    ),
    Column(
        name="trigger",
        zh="触发事由",
        en="Trigger",
        aliases=("个案事由", "检查来源", "线索来源"),
        note=Label(
            "个案检查写明触发事由：投诉举报、移送、突发事件、数据监测、企业申请",
            "of a check for cause: complaint, referral, emergency, monitoring, the enterprise's request",
        ),
    ),
    Column(name="visit_no", zh="检查编号", en="Visit number", aliases=("入企编号", "联合检查编号")),
    Column(name="inspector", zh="检查人员", en="Inspector", aliases=("检查人",)),
    *CORRECTIONS,
    WITHDRAWN,
)
EXAMPLE = {
    "unit_id": "91320505MA1EXAMP07",
    "agency": "market",
    "item_id": "market-001",
    "date": "2026-05-18",
    "office_id": "market-320505",
    "kind": "routine",
    "on_site": "是",
    "result": "1",
}
