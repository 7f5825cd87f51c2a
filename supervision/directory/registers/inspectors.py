"""Inspectors (执法检查人员名录库): who may be drawn, for what, and until when; identity numbers are never kept."""

from supervision.directory import forms
from supervision.directory.register import Column
from supervision.messages import Label

TITLE = Label("执法检查人员名录库", "Directory of inspectors")
KEY = ("inspector_id",)
COLUMNS = (
    Column(
        name="inspector_id",
        zh="单位工号",
        en="Inspector id",
        required=True,
        aliases=("工号", "人员编号", "执法人员编号"),
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
    ),
    Column(name="name", zh="姓名", en="Name", required=True),
    Column(
        name="office_id",
        zh="机构编号",
        en="Office id",
        required=True,
        aliases=("所属机构编号", "执法机构编号", "机构代码", "单位编号"),
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
        link="offices",
    ),
    Column(
        name="status",
        zh="执法人员状态",
        en="Status",
        dtype="code",
        required=True,
        aliases=("人员状态", "在岗状态", "状态"),
        code_list="inspector_status",
        open_codes=True,
    ),
    Column(name="cert_no", zh="执法证编号", en="Certificate", required=True, aliases=("执法证号", "执法证件号")),
    Column(
        name="cert_from",
        zh="执法证发证日期",
        en="Certificate from",
        dtype="date",
        aliases=("发证日期", "执法证起始日期"),
    ),
    Column(
        name="cert_until",
        zh="执法证有效期",
        en="Certificate until",
        dtype="date",
        endless=True,
        required=True,
        aliases=("执法证有效期至", "执法证到期日", "有效期至", "cert_expiry"),
    ),
    Column(
        name="scopes",
        zh="执法事项范围",
        en="Items",
        dtype="list",
        required=True,
        aliases=("执法领域", "事项范围", "item_scope", "item ids"),
        pattern=rf"\*|{forms.ID_PATTERN}",
        form=Label("抽查事项编号；* 为本部门全部事项", "item ids; * for all items of the department"),
        note=Label("抽查事项编号；* 为本部门全部事项", "item ids; * for all items of the department"),
        link="items",
    ),
    Column(
        name="daily_limit",
        zh="最大日检查数",
        en="Half-days a day",
        dtype="integer",
        low=1,
        high=2,
        aliases=("每日半天数", "max_per_day"),
        note=Label("一天最多几个半天，1 或 2", "half-days a day, 1 or 2"),
    ),
    Column(name="is_expert", zh="是否专家", en="Expert", dtype="boolean", aliases=("专家",)),
    Column(
        name="qualifications",
        zh="岗位资质资格",
        en="Qualifications",
        dtype="list",
        aliases=("资质资格", "专业资质资格", "资质"),
    ),
)
PRIVATE = (
    Column(
        name="identity_number",
        zh="身份证号",
        en="Identity number",
        aliases=("身份证", "身份证号码", "公民身份号码", "证件号码", "id card", "identity card"),
        private=True,
    ),
    Column(
        name="mobile",
        zh="手机号",
        en="Mobile phone",
        aliases=("手机", "手机号码", "联系电话", "联系方式", "电话", "phone", "移动电话"),
        private=True,
    ),
    Column(name="sex", zh="性别", en="Sex", aliases=("gender",), private=True),
    Column(name="birthday", zh="出生日期", en="Birthday", aliases=("出生年月", "date of birth"), private=True),
    Column(name="home_address", zh="家庭住址", en="Home address", aliases=("住址", "家庭地址"), private=True),
    Column(name="education", zh="学历", en="Education", aliases=("学历专业",), private=True),
)
SPANS = (("cert_from", "cert_until"),)
EXAMPLE = {
    "inspector_id": "0010",
    "name": "张三",
    "office_id": "market-320505",
    "status": "在岗",
    "cert_no": "10050100001",
    "cert_from": "2024-01-01",
    "cert_until": "2028-12-31",
    "scopes": "*",
    "daily_limit": "2",
    "is_expert": "否",
    "qualifications": "特种设备",
}
