"""Objections (异议): what an enterprise says against a record or a result, and what was decided on it."""

from supervision.directory.register import CORRECTIONS, WITHDRAWN, Column
from supervision.directory.shared_columns import ANY_UNIT_ID
from supervision.messages import Label

TITLE = Label("异议与更正申请", "Objections")
KEY = ("unit_id", "objection_no")
COLUMNS = (
    ANY_UNIT_ID,
    Column(name="objection_no", zh="异议编号", en="Objection number", required=True, aliases=("受理编号", "申请编号")),
    Column(name="filed", zh="提出日期", en="Filed", dtype="date", required=True, aliases=("申请日期", "受理日期")),
    Column(
        name="filed_by",
        zh="提出人",
        en="Filed by",
        required=True,
        aliases=("申请人",),
        note=Label(
            "如 企业、法定代表人、受托人；不写证件号码", "such as the enterprise, its agent; no identity number"
        ),
    ),
    Column(name="ground", zh="异议理由", en="Ground", required=True, aliases=("理由", "申请事由")),
    Column(
        name="disputed_kind",
        zh="异议记录类型",
        en="Kind of the disputed record",
        dtype="code",
        code_list="event_kind",
        note=Label("信用记录的类型；空白表示检查结果", "kind of credit event; blank = result of an inspection"),
    ),
    Column(
        name="disputed_date",
        zh="异议记录日期",
        en="Date of the disputed record",
        dtype="date",
        required=True,
        note=Label("该信用记录的日期，或该次检查的日期", "the day of the event or of the inspection"),
    ),
    Column(
        name="disputed_no",
        zh="异议记录编号",
        en="Number of the disputed record",
        aliases=("异议文书号",),
        note=Label(
            "信用记录编号，或检查编号（可加“/事项编号”）；空白表示该日该类全部记录",
            "number of the event, or of the inspection (with /item id); blank = all of that kind and day",
        ),
    ),
    Column(
        name="decision",
        zh="处理结论",
        en="Decision",
        dtype="code",
        code_list="objection_decision",
        aliases=("结论", "处理结果"),
        note=Label("空白表示处理中", "blank = still open"),
    ),
    Column(name="decided", zh="处理日期", en="Decided", dtype="date", aliases=("办结日期",)),
    Column(name="decided_by", zh="处理人", en="Decided by", aliases=("经办人", "决定人")),
    Column(
        name="decision_ground",
        zh="处理依据与方式",
        en="How it was decided",
        aliases=("处理说明", "核查情况"),
        note=Label("核查了什么、依据何种材料", "what was looked at, by which documents"),
    ),
    *CORRECTIONS,
    WITHDRAWN,
)
SPANS = (("filed", "decided"),)
REQUIRED_WHEN = tuple(
    ("decision", code, column)
    for code in ("upheld", "rejected", "retracted")
    for column in ("decided", "decided_by", "decision_ground")
)
EXAMPLE = {
    "unit_id": "91320505MA1EXAMP07",
    "objection_no": "异议2026-0012",
    "filed": "2026-11-12",
    "filed_by": "企业",
    "ground": "该处罚决定已被撤销",
    "disputed_kind": "penalty",
    "disputed_date": "2026-05-18",
    "disputed_no": "苏市监罚〔2026〕18号",
}
