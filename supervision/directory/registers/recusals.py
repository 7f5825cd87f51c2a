"""Recusals (回避关系): which inspector may not visit which unit, and on what ground."""

from supervision.directory import forms
from supervision.directory.register import Column
from supervision.messages import Label

TITLE = Label("回避关系", "Recusals")
KEY = ("inspector_id", "unit_id")
COLUMNS = (
    Column(
        name="inspector_id",
        zh="单位工号",
        en="Inspector id",
        required=True,
        aliases=("工号", "人员编号", "执法人员编号"),
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
        link="inspectors",
    ),
    Column(
        name="unit_id",
        zh="统一社会信用代码",
        en="Unit id",
        dtype="unit_id",
        required=True,
        aliases=("统一社会信用代码/注册号", "统一代码/注册号", "信用代码", "uscc"),
        link="entities",
    ),
    Column(name="ground", zh="回避事由", en="Ground", required=True, aliases=("事由", "回避原因")),
    Column(name="declared", zh="申报日期", en="Declared", dtype="date", aliases=("登记日期",)),
)
EXAMPLE = {
    "inspector_id": "0010",
    "unit_id": "91320505MA1EXAMP07",
    "ground": "relative",
    "declared": "2026-11-02",
}
