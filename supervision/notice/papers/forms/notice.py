"""行政检查通知书 (notice of an inspection): to the inspected, with basis, source, frequency, people, rights."""

from __future__ import annotations

from supervision.messages import Label
from supervision.notice.papers.blocks import Block, Cell, Line, Row, Table, Title, field_rows, listing

NAME, KIND, TITLE = "notice", "visit", Label("行政检查通知书", "Notice of an inspection")
WIDE = False
BLOCKS: tuple[Block, ...] = (
    Title(text="行政检查通知书"),
    Line(text="编号：{{ 任务编号 }}　{{ 检查编号 }}", align="right"),
    Line(text="{{ 企业名称 }}（统一社会信用代码：{{ 统一社会信用代码 }}）：", indent=False),
    Line(
        text="根据{{ 检查依据 }}，按照“{{ 任务名称 }}”（{{ 任务编号 }}）双随机、一公开抽查任务，本机关定于"
        "{{ 检查日期 }}{{ 时段 }}（{{ 钟点 }}）到你单位（{{ 地址 }}）实施行政检查。现将有关事项通知如下："
    ),
    Table(
        rows=field_rows(
            ("检查机关", "{{ 检查机关 }}"),
            ("检查人员及执法证号", "{{ 执法证 }}"),
            ("同行机构及人员", "{{ 同行机构 }}"),
            ("任务来源", "{{ 轮次 }} 轮次随机抽取：{{ 任务名称 }}（{{ 任务编号 }}）"),
            ("检查频次", "{{ 检查频次 }}"),
            label=3,
        )
    ),
    listing(
        "事项",
        "项",
        ("序号", "{{ 项.序号 }}", 1),
        ("检查事项", "{{ 项.名称 }}", 3),
        ("检查内容", "{{ 项.要点 }}", 4),
        ("依据", "{{ 项.依据 }}", 2),
        ("方式", "{{ 项.方式 }}", 2),
    ),
    Line(text="请准备与上述检查事项有关的证照、台账、记录等材料，并安排有关人员到场。其他应准备的材料："),
    Line(
        text="你单位享有下列权利：检查人员应当主动出示执法证件，未出示的，你单位有权拒绝检查；认为检查人员与检查事项有直接"
        "利害关系或者有其他关系可能影响公正检查的，有权申请回避；对检查情况有权陈述、申辩；对检查中的违法行为有权投诉、举报；"
        "依法可以申请行政复议或者提起行政诉讼的，有权申请复议、提起诉讼。"
    ),
    Line(text="你单位应当依法配合检查，如实提供情况和材料。检查结果将在检查结束次日起 {{ 公示期限 }} 个工作日内公示。"),
    Line(
        text="一次一评：检查结束后，你单位可凭评价码 {{ 评价码 }} 对本次检查作匿名评价（1 至 5 分）。"
        "评价码只用一次，不注明企业。"
    ),
    Line(text="被检查单位联络人：{{ 联络人 }}　{{ 联系方式 }}　　本机关联系人、电话："),
    Line(text="{{ 检查机关 }}（印章）", align="right"),
    Line(text="　　　　年　　月　　日", align="right"),
    Table(rows=field_rows(("签收人", "", "签收时间", "　年　月　日　时　分"), height=10)),
    Table(
        rows=[
            Row(
                cells=[
                    Cell(
                        text="入企码（{{ 入企码编号 }}）：请用公示网站的“扫码入企核验”页 entry.html 查验，不必联网",
                        span=12,
                    )
                ]
            ),
            Row(cells=[Cell(text="{{ 入企码 }}", span=4), Cell(text="{{ 入企码文字 }}", span=8, small=True)]),
        ],
        together=True,
    ),
)
