"""Follow-up cases (后续处置台账): every step of an open problem or a bad rating, one row each."""

from dataclasses import replace

from supervision.directory import forms
from supervision.directory.register import Column
from supervision.directory.shared_columns import ANY_UNIT_ID, STEP_BY, step_columns, step_text
from supervision.messages import Label

TITLE = Label("后续处置台账", "Steps of follow-up cases")
KEY = ("case_no", "step")
COLUMNS = (
    *step_columns(
        Label("台账编号", "Case number"), name="case_no", alias="问题编号", opening="立项", actions="case_action"
    ),
    Column(
        name="matter", zh="类别", en="Matter", dtype="code", required=True, aliases=("事由",), code_list="case_matter"
    ),
    replace(ANY_UNIT_ID, required=False, note=Label("差评整改不写对象", "blank for a bad rating")),
    Column(
        name="office_id",
        zh="承办机构",
        en="Office",
        required=True,
        aliases=("机构编号", "承办单位", "责任单位"),
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
        link="offices",
    ),
    Column(
        name="visit_no",
        zh="检查编号",
        en="Visit number",
        aliases=("入企编号",),
        note=Label("发现问题的检查：轮次/检查编号", "the visit that found it: round/visit"),
    ),
    Column(
        name="item_id",
        zh="事项编号",
        en="Item id",
        aliases=("抽查事项编号",),
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
    ),
    Column(name="happened", zh="日期", en="Date", dtype="date", required=True, aliases=("处置日期",)),
    Column(
        name="due",
        zh="办理期限",
        en="Due",
        dtype="date",
        aliases=("整改期限", "责令改正期限", "改正期限"),
        note=Label("立项、责令改正时必填：到期之日", "needed when opened or ordered: the last day"),
    ),
    Column(
        name="department",
        zh="抄告或移送部门",
        en="Department told",
        dtype="code",
        aliases=("抄告部门", "移送部门"),
        code_list="department",
    ),
    Column(name="document_no", zh="文书号", en="Document number", aliases=("文号", "函号")),
    Column(
        name="result",
        zh="复查结果",
        en="Result of the re-inspection",
        dtype="code",
        aliases=("复查结果代码",),
        code_list="result",
    ),
    Column(name="outcome", zh="办结结论", en="Outcome", dtype="code", aliases=("结论",), code_list="case_outcome"),
    step_text(opening="立项"),
    STEP_BY,
)
REQUIRED_WHEN = (
    ("action", "opened", "due"),
    ("action", "ordered", "due"),
    ("action", "ordered", "document_no"),
    ("action", "informed", "department"),
    ("action", "informed", "document_no"),
    ("action", "transferred", "department"),
    ("action", "transferred", "document_no"),
    ("action", "reinspected", "result"),
    ("action", "closed", "outcome"),
    ("matter", "problem", "unit_id"),
    ("matter", "problem", "visit_no"),
    ("matter", "problem", "item_id"),
)
EXAMPLE = {
    "case_no": "WT2026-12-0001",
    "step": "00",
    "action": "opened",
    "matter": "problem",
    "unit_id": "91320505MA1EXAMP07",
    "office_id": "market-320505",
    "visit_no": "2026-12/91320505MA1EXAMP07~1",
    "item_id": "market-001",
    "happened": "2026-12-08",
    "due": "2027-01-07",
    "text": "核实改正情况并复查",
    "by": "王明",
}
