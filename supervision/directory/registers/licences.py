"""Licences (许可证): which permissions a unit holds, until when, and in what state."""

from supervision.directory.register import Column
from supervision.messages import Label

TITLE = Label("许可证", "Licences")
KEY = ("unit_id", "kind", "number")
COLUMNS = (
    Column(
        name="unit_id",
        zh="统一社会信用代码",
        en="Unit id",
        dtype="unit_id",
        required=True,
        aliases=("统一社会信用代码/注册号", "统一代码/注册号", "信用代码", "行政相对人代码", "uscc"),
    ),
    Column(
        name="kind",
        zh="许可种类",
        en="Kind",
        dtype="code",
        required=True,
        aliases=("许可证名称", "许可类型", "许可证", "许可证书名称"),
        code_list="licence_kind",
        open_codes=True,
    ),
    Column(
        name="number",
        zh="许可证编号",
        en="Number",
        required=True,
        aliases=("许可证号", "许可编号", "证书编号"),
    ),
    Column(
        name="issued",
        zh="发证日期",
        en="Issued",
        dtype="date",
        aliases=("许可批准日期", "许可决定日期", "批准日期", "有效期自"),
    ),
    Column(
        name="valid_until",
        zh="有效期至",
        en="Valid until",
        dtype="date",
        aliases=("许可证有效期至", "许可截止期", "有效期止", "许可有效期至"),
        endless=True,
        note=Label(
            "有效的最后一日；长期有效写作 9999-09-09 或“长期”；空白为未知",
            "the last day it is valid; 9999-09-09 for no end; blank = not known",
        ),
    ),
    Column(
        name="status",
        zh="许可状态",
        en="Status",
        dtype="code",
        aliases=("状态", "证书状态", "许可证状态"),
        code_list="licence_status",
        default="valid",
        note=Label("空白为有效", "blank = valid"),
    ),
)
SPANS = (("issued", "valid_until"),)
EXAMPLE = {
    "unit_id": "91320505MA1EXAMP07",
    "kind": "food_business",
    "number": "JY13205050000018",
    "issued": "2023-04-12",
    "valid_until": "2028-04-11",
    "status": "valid",
}
