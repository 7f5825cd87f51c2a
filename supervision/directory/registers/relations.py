"""Relations (关联关系): who shares a person, an investor or an address with whom, and from when to when."""

from supervision.directory.register import Column
from supervision.directory.shared_columns import ANY_UNIT_ID
from supervision.messages import Label

TITLE = Label("关联关系", "Relations")
KEY = ("unit_id", "related", "kind")
# No Chinese character, and nothing in the form of a person's number: region, date of birth, serial, check.
NO_NAME_NO_ID_NUMBER = r"(?![1-8]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx]$)[^\s\u4e00-\u9fff]+"
COLUMNS = (
    ANY_UNIT_ID,
    Column(
        name="related",
        zh="关联方标识",
        en="Related party",
        required=True,
        aliases=("关联方", "关联主体", "关联主体代码", "关联方代码", "人员标识"),
        pattern=NO_NAME_NO_ID_NUMBER,
        form=Label(
            "检查对象的代码，或自然人、地址的加密标识；不得填姓名、身份证号",
            "a unit's id, or an opaque key of a person or address; no names, no ID numbers",
        ),
        note=Label(
            "关联单位填其统一社会信用代码；自然人、住所填不可还原的标识（如加密摘要），同一人、同一住所的标识相同",
            "a unit by its id; a person or an address by a key that cannot be undone, the same for the same one",
        ),
    ),
    Column(
        name="kind",
        zh="关联类型",
        en="Kind",
        dtype="code",
        required=True,
        aliases=("类型", "关系类型", "关联关系", "类别"),
        code_list="relation_kind",
    ),
    Column(
        name="share",
        zh="出资比例",
        en="Share",
        dtype="number",
        low=0,
        high=100,
        aliases=("持股比例", "出资比例（%）", "持股比例（%）", "股权比例"),
        note=Label("百分数，如 51；空白按全部计", "percent, such as 51; blank counts as all"),
    ),
    Column(name="from_date", zh="开始日期", en="From", dtype="date", aliases=("起始日期", "任职日期", "起")),
    Column(
        name="until_date",
        zh="结束日期",
        en="Until",
        dtype="date",
        aliases=("截止日期", "离任日期", "止"),
        endless=True,
        note=Label("自该日起不再关联；空白为仍在关联", "from that day no relation any more; blank = still related"),
    ),
    Column(name="source", zh="来源", en="Source", aliases=("信息来源", "数据来源")),
)
SPANS = (("from_date", "until_date"),)
EXAMPLE = {
    "unit_id": "91320505MA1EXAMP07",
    "related": "P-7f3a09c1",
    "kind": "legal_rep",
    "from_date": "2021-03-01",
    "source": "登记机关",
}
