"""现场检查记录 (record of an inspection on site): what is filled in at the door and signed by all."""

from __future__ import annotations

from supervision.messages import Label
from supervision.notice.papers.blocks import Block, Line, Table, Title, field_rows, listing

NAME, KIND, TITLE = "record", "visit", Label("现场检查记录", "Record of an inspection on site")
WIDE = False
SIGNED = "\n签名（盖章）：　　　　　　　　　　　　　　年　　月　　日"
BLOCKS: tuple[Block, ...] = (
    Title(text="现场检查记录"),
    Line(text="编号：{{ 任务编号 }}　{{ 检查编号 }}", align="right"),
    Table(
        rows=[
            *field_rows(
                ("被检查单位", "{{ 企业名称 }}", "统一社会信用代码", "{{ 统一社会信用代码 }}"),
                ("法定代表人", "{{ 法定代表人 }}", "联络人、电话", "{{ 联络人 }} {{ 联系方式 }}"),
            ),
            *field_rows(
                ("检查地点", "{{ 地址 }}"),
                ("检查时间", "{{ 检查日期 }}　　　时　　　分 至　　　时　　　分"),
                ("检查人员及执法证号", "{{ 检查机关 }}：{{ 执法证 }}"),
                ("同行机构及人员", "{{ 同行机构 }}"),
                ("告知", "□ 已出示执法证件　□ 已告知权利和义务　　申请回避：□ 否　□ 是，理由："),
                ("核查方式", "□ 实地检查　□ 书面检查　□ 检验检测　□ 网络监测　□ 其他："),
                ("历次发现问题", "{{ 历次发现问题 }}"),
            ),
        ]
    ),
    listing(
        "事项",
        "项",
        ("序号", "{{ 项.序号 }}", 1),
        ("检查事项", "{{ 项.名称 }}", 2),
        ("检查内容", "{{ 项.要点 }}", 3),
        ("检查情况", "", 4),
        ("结果代码", "", 1),
        ("处置", "", 1),
        height=22,
    ),
    Table(
        rows=[
            *field_rows(
                ("结果代码", "{{ 结果选项 }}"),
                ("后续处置", "{{ 处置选项 }}"),
            ),
            *field_rows(
                ("被检查单位意见", SIGNED),
                ("检查人员", SIGNED),
                ("见证人", SIGNED),
                height=15,
            ),
        ]
    ),
    Line(text="被检查单位拒绝签名的，检查人员在本记录上写明理由。结果经检查人员以外的另一人审核后录入。"),
)
