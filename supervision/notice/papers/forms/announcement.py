"""抽查任务公告 (announcement of a task): for everybody; it tells what the public plan tells, never who is drawn."""

from __future__ import annotations

from supervision.messages import Label
from supervision.notice.papers.blocks import Block, Line, Table, Title, field_rows, listing

NAME, KIND, TITLE = "announcement", "task", Label("抽查任务公告", "Announcement of a task")
WIDE = False
BLOCKS: tuple[Block, ...] = (
    Title(text="“双随机、一公开”抽查任务公告"),
    Line(text="{{ 任务编号 }}", align="center"),
    Line(
        text="{{ 牵头部门 }}组织开展“{{ 任务名称 }}”。检查对象由公开承诺的随机抽取产生，检查人员另行随机抽取。"
        "现公告如下："
    ),
    Table(
        rows=field_rows(
            ("任务名称", "{{ 任务名称 }}"),
            ("牵头部门", "{{ 牵头部门 }}"),
            ("配合部门", "{{ 配合部门 }}"),
            ("抽查对象范围", "{{ 对象范围 }}"),
            ("抽查方式", "{{ 抽查方式 }}"),
            ("抽查比例", "{{ 抽查比例 }}"),
            ("对象总数、抽取户数", "{{ 对象总数 }} 户，抽取 {{ 抽取户数 }} 户"),
            ("检查时间", "{{ 开始日期 }}至{{ 结束日期 }}"),
            label=3,
        )
    ),
    listing(
        "事项",
        "项",
        ("序号", "{{ 项.序号 }}", 1),
        ("抽查事项", "{{ 项.名称 }}（{{ 项.类别 }}）", 4),
        ("依据", "{{ 项.依据 }}", 4),
        ("方式", "{{ 项.方式 }}", 3),
    ),
    Line(text="检查结果自检查结束次日起 {{ 公示期限 }} 个工作日内公示。抽取的承诺、信源和核验方法见本轮公示网页。"),
    Line(text="{{ 牵头部门 }}（印章）", align="right"),
    Line(text="　　　　年　　月　　日", align="right"),
)
