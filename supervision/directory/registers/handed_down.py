"""Lists handed down (下达名单): what a higher level's draw asks of units here, one row a unit and item of each version.

Rows come by `take-part` alone, which checks the signature; of a round the newest version counts.
"""

from supervision.directory import forms
from supervision.directory.register import Column
from supervision.directory.shared_columns import ANY_UNIT_ID
from supervision.messages import Label

TITLE = Label("下达名单", "Lists handed down")
KEY = ("sender", "round", "version", "task_id", "unit_id", "item_id")
_HEX = r"[0-9a-f]{64}"
_DIGEST = Label("64 位十六进制摘要", "a digest of 64 hex digits")
COLUMNS = (
    Column(
        name="sender",
        zh="下达机关",
        en="Sender",
        required=True,
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
        note=Label("上级统筹机关代码", "code of the coordinating body above"),
    ),
    Column(
        name="round",
        zh="轮次",
        en="Round",
        required=True,
        pattern=forms.REHEARSAL_PATTERN,
        form=forms.ROUND_FORM,
    ),
    Column(name="version", zh="名单版本", en="Version", dtype="integer", required=True, low=1),
    Column(name="commitment", zh="承诺摘要", en="Commitment", required=True, pattern=_HEX, form=_DIGEST),
    Column(
        name="task_id",
        zh="任务编号",
        en="Task id",
        required=True,
        pattern=r"[A-Za-z0-9._-]{1,35}",
        form=Label("1–35 个字母、数字或 . _ -", "1–35 letters, digits or . _ -"),
    ),
    Column(name="level", zh="层级", en="Level", dtype="code", aliases=("组织层级",), code_list="agency_level"),
    ANY_UNIT_ID,
    Column(name="name", zh="检查对象名称", en="Name", required=True),
    Column(
        name="role",
        zh="入选方式",
        en="Role",
        required=True,
        pattern="drawn|stepped_in",
        form=Label("drawn 抽中，stepped_in 递补", "drawn or stepped_in"),
    ),
    Column(name="department", zh="检查部门", en="Department", dtype="code", required=True, code_list="department"),
    Column(
        name="item_id",
        zh="事项编号",
        en="Item id",
        required=True,
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
    ),
    Column(
        name="state",
        zh="安排情况",
        en="State",
        required=True,
        pattern="drawn|planned|not_held",
        form=Label("drawn 待排期，planned 已排期，not_held 不安排", "drawn, planned or not_held"),
    ),
    Column(
        name="date",
        zh="检查日期",
        en="Date",
        dtype="date",
        required=True,
        note=Label("未排期的为任务开始日期", "before it is planned the first day of the task"),
    ),
    Column(name="on_site", zh="是否现场", en="On site", dtype="boolean", required=True),
    Column(name="office_id", zh="机构编号", en="Office id", pattern=forms.ID_PATTERN, form=forms.ID_FORM),
    Column(
        name="visit",
        zh="检查编号",
        en="Visit",
        pattern=r"[A-Za-z0-9._-]{1,39}~[1-9][0-9]*",
        form=Label("统一社会信用代码~序号", "unit id ~ number"),
    ),
    Column(name="part_digest", zh="名单摘要", en="Digest of the list", required=True, pattern=_HEX, form=_DIGEST),
    Column(name="key", zh="签名公钥指纹", en="Fingerprint of the key", required=True, pattern=_HEX, form=_DIGEST),
)
EXAMPLE = {
    "sender": "suzhou",
    "round": "2026-12",
    "version": "7",
    "commitment": "0" * 64,
    "task_id": "T01",
    "level": "city",
    "unit_id": "91320505MA1EXAMP07",
    "name": "示例企业",
    "role": "drawn",
    "department": "market",
    "item_id": "market-001",
    "state": "planned",
    "date": "2026-12-08",
    "on_site": "是",
    "office_id": "market-320505",
    "visit": "91320505MA1EXAMP07~1",
    "part_digest": "0" * 64,
    "key": "0" * 64,
}
