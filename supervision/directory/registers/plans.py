"""Plans (部门年度抽查计划): what each department means to inspect in a year, of whom, how many, in which months."""

from supervision.directory.register import WITHDRAWN, Column
from supervision.directory.shared_columns import BY_REGION, GROUP, POPULATION, REGIME, RESERVE, TASK_ITEMS, TASK_NAME
from supervision.messages import Label

_MONTH = r"(?:0?[1-9]|1[0-2])月?"
_SPAN = rf"{_MONTH}(?:[-~–—－至到]{_MONTH})?"

TITLE = Label("部门年度抽查计划", "Yearly plans of departments")
KEY = ("plan_id",)
COLUMNS = (
    Column(
        name="plan_id",
        zh="计划编号",
        en="Plan id",
        required=True,
        aliases=("计划代码", "年度计划编号"),
        pattern=r"[A-Za-z0-9._-]{1,26}",
        form=Label("1–26 个字母、数字或 . _ -", "1–26 letters, digits or . _ -"),
    ),
    Column(
        name="year", zh="年度", en="Year", dtype="integer", required=True, low=2000, high=2999, aliases=("计划年度",)
    ),
    TASK_NAME,
    Column(
        name="department",
        zh="发起部门",
        en="Department",
        dtype="code",
        required=True,
        aliases=("检查机关", "发起主体", "牵头部门"),
        code_list="department",
    ),
    Column(
        name="kind",
        zh="检查类型",
        en="Kind",
        dtype="code",
        aliases=("计划类型",),
        code_list="inspection_kind",
        default="routine",
        note=Label(
            "日常、专项或上级专项；个案检查不列入计划",
            "routine, special or a superior's special check; checks for cause are not planned",
        ),
    ),
    TASK_ITEMS,
    POPULATION,
    REGIME,
    Column(
        name="ratio",
        zh="抽查比例",
        en="Ratio",
        dtype="allocation",
        required=True,
        aliases=("抽查比例/数量", "抽查数量", "比例"),
        note=Label(
            "每批的比例，如 A=1%;B=5%;C=20%;D=60%、3% 或 n=500", "of each batch: A=1%;B=5%;C=20%;D=60%, 3% or n=500"
        ),
    ),
    Column(
        name="months",
        zh="计划开展月份",
        en="Months",
        aliases=("计划开展时间", "起止月份", "月份"),
        pattern=rf"{_SPAN}(?:[,，、;； ]+{_SPAN})*",
        form=Label("月份，如 3-5、9", "months, such as 3-5, 9"),
        note=Label("可以开展的月份；空白为全年", "those in which it may be held; blank = any"),
    ),
    Column(
        name="batches",
        zh="批次数",
        en="Batches",
        dtype="integer",
        low=1,
        high=12,
        aliases=("年度批次", "抽查批次"),
        default="1",
        note=Label("一年分几批（几个月）开展；空白为 1", "in how many months it is held; blank = 1"),
    ),
    BY_REGION,
    RESERVE,
    GROUP,
    Column(
        name="access",
        zh="名单公开方式",
        en="Access",
        dtype="code",
        aliases=("名单公示与否", "名单密级"),
        code_list="access",
        default="sealed",
    ),
    Column(
        name="disclosure",
        zh="名单公开时间",
        en="Disclosure",
        dtype="code",
        aliases=("公开时间",),
        code_list="disclosure",
        default="after_visit",
    ),
    Column(
        name="level",
        zh="层级",
        en="Level",
        dtype="code",
        aliases=("组织层级", "抽查检查模式"),
        code_list="agency_level",
    ),
    Column(
        name="approval",
        zh="专项批准文号",
        en="Approval",
        aliases=("批准文号", "专项检查批准文号"),
        note=Label("专项检查写明批准机关和文号", "of a special check: who approved it, and the number"),
    ),
    Column(name="approved_on", zh="专项批准日期", en="Approved on", dtype="date", aliases=("批准日期",)),
    WITHDRAWN,
)
EXAMPLE = {
    "plan_id": "JH-2026-01",
    "year": "2026",
    "name": "餐饮服务双随机抽查",
    "department": "market",
    "kind": "routine",
    "items": "market-001",
    "population": "tags=餐饮",
    "regime": "random",
    "ratio": "A=1%;B=2%;C=10%;D=30%",
    "months": "3-11",
    "batches": "1",
}
