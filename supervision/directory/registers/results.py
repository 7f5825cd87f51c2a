"""Results (检查结果): what the inspectors found, one row an item of a visit."""

from supervision.directory import forms
from supervision.directory.register import CORRECTIONS, Column
from supervision.directory.shared_columns import UNIT_ID
from supervision.messages import Label

TITLE = Label("检查结果", "Results")
KEY = ("round", "visit_id", "item_id")
COLUMNS = (
    Column(
        name="round",
        zh="轮次",
        en="Round",
        required=True,
        aliases=("月份", "批次"),
        pattern=forms.REHEARSAL_PATTERN,
        form=forms.ROUND_FORM,
        repairs=forms.ROUND_REPAIRS,
    ),
    Column(name="visit_id", zh="检查编号", en="Visit id", required=True, aliases=("入企编号",)),
    UNIT_ID,
    Column(
        name="item_id",
        zh="事项编号",
        en="Item id",
        required=True,
        aliases=("抽查事项编号",),
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
        link="items",
    ),
    Column(
        name="agency",
        zh="检查机关",
        en="Agency",
        dtype="code",
        required=True,
        aliases=("检查部门", "department"),
        code_list="department",
    ),
    Column(
        name="result",
        zh="检查结果",
        en="Result",
        dtype="code",
        required=True,
        aliases=("结果代码", "结果"),
        code_list="result",
    ),
    Column(
        name="inspected_on", zh="检查日期", en="Inspected on", dtype="date", required=True, aliases=("检查时间", "日期")
    ),
    Column(
        name="method",
        zh="核查方式",
        en="Method",
        dtype="list",
        aliases=("检查方式", "抽查方式"),
        code_list="method",
    ),
    Column(name="follow_up", zh="后续处置", en="Follow-up", dtype="code", aliases=("处置",), code_list="follow_up"),
    Column(
        name="inspectors",
        zh="检查人员工号",
        en="Inspectors",
        dtype="list",
        aliases=("检查人员", "单位工号"),
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
        link="inspectors",
    ),
    Column(name="reviewer", zh="审核人", en="Reviewer", aliases=("审核人员",)),
    Column(
        name="item_result",
        zh="单项结果",
        en="Result of the item",
        dtype="code",
        aliases=("检查项结果", "事项结果"),
        code_list="item_result",
        note=Label(
            "合格、不合格、未检查、合理缺项；空白的不移交国家平台",
            "passed, failed, not inspected, does not apply; a blank is not handed over to national systems",
        ),
    ),
    Column(name="note", zh="备注", en="Note", aliases=("说明",)),
    *CORRECTIONS,
)
EXAMPLE = {
    "round": "2026-12",
    "visit_id": "91320505MA1EXAMP07~1",
    "unit_id": "91320505MA1EXAMP07",
    "item_id": "market-001",
    "agency": "market",
    "result": "1",
    "inspected_on": "2026-12-03",
    "method": "on_site",
    "follow_up": "none",
    "inspectors": "0010，0011",
}
