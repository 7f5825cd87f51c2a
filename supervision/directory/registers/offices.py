"""Offices (执法机构): a department in a district, with what a notice must say of it."""

from supervision.directory import forms
from supervision.directory.register import Column
from supervision.messages import Label

TITLE = Label("执法机构", "Offices")
KEY = ("office_id",)
COLUMNS = (
    Column(
        name="office_id",
        zh="机构编号",
        en="Office id",
        required=True,
        aliases=("机构代码", "执法机构编号", "单位编号"),
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
    ),
    Column(
        name="department",
        zh="部门",
        en="Department",
        dtype="code",
        required=True,
        aliases=("职能部门", "所属部门", "duty_dept"),
        code_list="department",
    ),
    Column(
        name="region",
        zh="行政区划代码",
        en="Region",
        dtype="code",
        required=True,
        aliases=("行政区划", "地区", "区县", "region_code"),
        code_list="region",
    ),
    Column(name="name", zh="机构名称", en="Name", required=True, aliases=("执法机构名称", "单位名称", "名称")),
    Column(name="address", zh="地址", en="Address", aliases=("办公地址",)),
    Column(name="phone", zh="联系电话", en="Phone", aliases=("电话", "联系方式")),
    Column(
        name="uscc",
        zh="机构统一社会信用代码",
        en="Credit code of the agency",
        aliases=("统一社会信用代码", "机构信用代码", "实施机构编码"),
        dtype="unit_id",
        note=Label("移交检查行为时需要", "needed for the hand-over of inspections"),
    ),
)
EXAMPLE = {
    "office_id": "market-320505",
    "department": "market",
    "region": "320505",
    "name": "虎丘区市场监督管理局",
    "phone": "0512-00000000",
}
