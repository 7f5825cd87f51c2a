"""抽查任务单 (task sheet): one office's visits of a day, for those who go."""

from __future__ import annotations

from supervision.messages import Label
from supervision.notice.papers.blocks import Block, Line, Title, listing

NAME, KIND, TITLE = "task-sheet", "day", Label("抽查任务单", "Task sheet of a day")
WIDE = True
BLOCKS: tuple[Block, ...] = (
    Title(text="双随机抽查任务单"),
    Line(text="{{ 检查机关 }}　{{ 检查日期 }}　共 {{ 户数 }} 次入企　（{{ 轮次 }} 轮次）", align="center"),
    listing(
        "入企",
        "户",
        ("时段、检查对象", "{{ 户.时段 }}\n{{ 户.企业名称 }}\n{{ 户.统一社会信用代码 }}", 3),
        ("地址、联络", "{{ 户.地址 }}\n{{ 户.联络人 }} {{ 户.联系方式 }}", 2),
        ("检查事项、任务", "{{ 户.事项名称 }}\n{{ 户.任务编号 }}", 2),
        ("检查人员", "{{ 户.检查人员 }}", 1),
        ("同行机构及人员", "{{ 户.同行机构 }}", 1),
        ("入企码", "{{ 户.入企码 }}", 2),
        ("签名", "", 1),
        height=14,
    ),
    Line(text="检查对象和检查人员均由随机抽取产生，不得自行更换；同行机构一并前往，进一次门、查多项事。"),
    Line(text="领取人：　　　　　　　　　　领取时间：　　　年　　月　　日", align="right"),
)
