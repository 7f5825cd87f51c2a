"""行政检查审批表 (approval of an inspection): 凡检查必审批; what, whom, by whom, how often, before anybody goes."""

from __future__ import annotations

from supervision.messages import Label
from supervision.notice.papers.blocks import Block, Line, Table, Title, field_rows, listing

NAME, KIND, TITLE = "approval", "visit", Label("行政检查审批表", "Approval of an inspection")
WIDE = False
BLOCKS: tuple[Block, ...] = (
    Title(text="行政检查审批表"),
    Line(text="编号：{{ 任务编号 }}　{{ 检查编号 }}", align="right"),
    Table(
        rows=[
            *field_rows(
                ("检查机关", "{{ 检查机关 }}", "检查类型", "日常检查（双随机、一公开）"),
                ("任务来源", "{{ 任务名称 }}", "任务编号", "{{ 任务编号 }}"),
                ("检查对象", "{{ 企业名称 }}", "统一社会信用代码", "{{ 统一社会信用代码 }}"),
                ("法定代表人", "{{ 法定代表人 }}", "联络人、电话", "{{ 联络人 }} {{ 联系方式 }}"),
            ),
            *field_rows(
                ("住所（经营场所）", "{{ 地址 }}"),
                ("检查依据", "{{ 检查依据 }}"),
                ("检查时间", "{{ 检查日期 }} {{ 时段 }}"),
                ("检查人员", "{{ 执法证 }}"),
                ("同行机构及人员", "{{ 同行机构 }}"),
                ("检查频次", "{{ 检查频次 }}"),
                ("历次发现问题", "{{ 历次发现问题 }}"),
                ("协助检查人员", "　　　　人（应当事先确定；没有的填“无”）"),
            ),
        ]
    ),
    listing(
        "事项",
        "项",
        ("序号", "{{ 项.序号 }}", 1),
        ("检查事项", "{{ 项.名称 }}（{{ 项.类别 }}）", 3),
        ("检查内容", "{{ 项.要点 }}", 5),
        ("检查方式", "{{ 项.方式 }}", 3),
    ),
    Table(
        rows=field_rows(
            ("承办机构意见", "\n\n　　　　　　　　　　　　签名：　　　　　　　　　　年　　月　　日"),
            ("负责人审批意见", "\n\n　　　　　　　　　　　　签名：　　　　　　　　　　年　　月　　日"),
            height=24,
        )
    ),
)
