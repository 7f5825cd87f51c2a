"""Warnings (风险预警处置): every step of a warning, one row each: opened, followed up, handed over, closed."""

from supervision.directory import forms
from supervision.directory.register import Column
from supervision.directory.shared_columns import STEP_BY, UNIT_ID, step_columns, step_text
from supervision.messages import Label

TITLE = Label("风险预警处置", "Steps of early warnings")
KEY = ("warning_no", "step")
COLUMNS = (
    *step_columns(
        Label("预警编号", "Warning number"), name="warning_no", alias="预警号", opening="发出", actions="warning_action"
    ),
    Column(
        name="signal",
        zh="预警信号",
        en="Signal",
        dtype="code",
        required=True,
        aliases=("信号", "预警类型"),
        code_list="warning_signal",
    ),
    UNIT_ID,
    Column(
        name="office_id",
        zh="承办机构",
        en="Office",
        required=True,
        aliases=("机构编号", "承办单位", "责任单位"),
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
        link="offices",
        note=Label("移交的，写接办机构", "of a hand-over: the office that takes it"),
    ),
    Column(name="happened", zh="日期", en="Date", dtype="date", required=True, aliases=("处置日期", "预警日期")),
    Column(
        name="working_days",
        zh="办理期限（工作日）",
        en="Working days",
        dtype="integer",
        low=1,
        high=250,
        aliases=("办理期限", "期限"),
        note=Label("发出时必填，自次日起算", "needed when it is opened; counted from the day after"),
    ),
    step_text(opening="发出"),
    Column(
        name="evidence",
        zh="依据记录",
        en="Records it rests on",
        aliases=("触发记录", "线索"),
        note=Label("触发预警的记录，用“；”隔开", "the records that set it off, parted by ；"),
    ),
    Column(
        name="hand_over",
        zh="拟移交部门",
        en="Department to hand over to",
        dtype="code",
        aliases=("协同部门",),
        code_list="department",
        note=Label("核实后需要时移交的部门", "where it goes when it is borne out and needs to"),
    ),
    STEP_BY,
)
REQUIRED_WHEN = (("action", "opened", "working_days"), ("action", "opened", "evidence"))
EXAMPLE = {
    "warning_no": "YJ20261118-0001",
    "step": "00",
    "action": "opened",
    "signal": "referred",
    "unit_id": "91320505MA1EXAMP07",
    "office_id": "market-320505",
    "happened": "2026-11-18",
    "working_days": "5",
    "text": "核实群众反映的无证经营问题",
    "evidence": "12345 工单 2026-118",
    "by": "王明",
}
