"""Permits after reform (审管衔接): which were cancelled or handed down, and who supervises since, and how."""

from supervision.directory import forms
from supervision.directory.register import WITHDRAWN, Column
from supervision.messages import Label

TITLE = Label("审管衔接", "Permits and their supervision")
KEY = ("permit_id",)
COLUMNS = (
    Column(
        name="permit_id",
        zh="许可事项编码",
        en="Permit id",
        required=True,
        aliases=("许可编码", "许可事项编号", "编号"),
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
    ),
    Column(name="name", zh="许可事项", en="Permit", required=True, aliases=("许可事项名称", "审批事项")),
    Column(
        name="change",
        zh="变动",
        en="Change",
        dtype="code",
        required=True,
        aliases=("改革方式", "变动方式", "调整方式"),
        code_list="permit_change",
    ),
    Column(name="from_date", zh="变动日期", en="From", dtype="date", required=True, aliases=("实施日期", "调整日期")),
    Column(name="document", zh="依据文件", en="Document", required=True, aliases=("文件依据", "依据")),
    Column(
        name="item",
        zh="监管事项",
        en="Item",
        aliases=("事项编号", "抽查事项编号"),
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
        note=Label("随机抽查事项清单中的编号", "its id in the published list of items"),
    ),
    Column(
        name="level",
        zh="监管层级",
        en="Level",
        dtype="code",
        aliases=("层级", "承接层级"),
        code_list="agency_level",
    ),
    Column(
        name="department",
        zh="监管部门",
        en="Department",
        dtype="code",
        aliases=("部门", "承接部门", "监管主体"),
        code_list="department",
    ),
    Column(
        name="method",
        zh="监管措施",
        en="Method",
        dtype="list",
        aliases=("监管方式", "检查方式"),
        code_list="method",
    ),
    Column(
        name="licence",
        zh="许可种类",
        en="Kind of licence",
        dtype="code",
        aliases=("许可证种类", "许可证名称"),
        code_list="licence_kind",
        open_codes=True,
        note=Label("许可证登记表中的种类；空白为无证", "its kind in the register of licences; blank = none"),
    ),
    WITHDRAWN,
)
EXAMPLE = {
    "permit_id": "XK-001",
    "name": "食品经营许可（仅销售预包装食品）",
    "change": "cancelled",
    "from_date": "2022-01-01",
    "document": "国发〔2021〕7号",
    "item": "market-001",
    "level": "county",
    "department": "market",
    "method": "on_site",
    "licence": "food_business",
}
