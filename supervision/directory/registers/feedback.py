"""Feedback (一次一评): what the inspected say of a visit, by the code on its paper; nobody's name, no unit."""

from supervision.directory.register import Column
from supervision.messages import Label

TITLE = Label("一次一评", "Feedback on visits")
KEY = ("token",)
COLUMNS = (
    Column(
        name="token",
        zh="评价码",
        en="Token",
        required=True,
        aliases=("评价编码", "评价编号"),
        pattern=r"[1-9][0-9]{3}-[0-9]{4}-[0-9]{4}",
        form=Label("如 7312-0458-2290，印在检查文书上", "like 7312-0458-2290, as on the paper of the visit"),
        repairs=((r"^\s*([1-9][0-9]{3})[\s–—_-]*([0-9]{4})[\s–—_-]*([0-9]{4})\s*$", r"\1-\2-\3"),),
    ),
    Column(
        name="rating",
        zh="评分",
        en="Rating",
        dtype="integer",
        required=True,
        low=1,
        high=5,
        aliases=("满意度", "星级"),
        note=Label("1 至 5，5 为很满意", "1 to 5, 5 = very satisfied"),
    ),
    Column(name="answered", zh="评价日期", en="Answered", dtype="date", required=True, aliases=("评价时间",)),
    Column(
        name="words",
        zh="意见",
        en="Words",
        aliases=("评价内容", "意见建议"),
        note=Label("不写企业和人员姓名", "no names of units or people"),
    ),
)
EXAMPLE = {"token": "7312-0458-2290", "rating": "5", "answered": "2026-12-09", "words": "检查过程规范"}
