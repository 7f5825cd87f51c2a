"""Acts in words (操作名称): what stands in the log of acts, as people call it; the code is shown beside it."""

from __future__ import annotations

from supervision.desk.words import text
from supervision.desk.works import WORKS
from supervision.messages import Label

JOB, SEALED = "job.", "sealed."
WORDS = {
    "account.add": Label("增加账号", "account added"),
    "account.off": Label("停用账号", "account disabled"),
    "account.password": Label("改密码", "password changed"),
    "log.download": Label("下载日志", "log downloaded"),
    "login": Label("登录", "logged in"),
    "login_refused": Label("登录被拒", "login refused"),
    "logout": Label("退出", "logged out"),
    "refused": Label("越权被拒", "refused: not theirs"),
    "report.download": Label("下载报告", "report downloaded"),
}
# steps of the store's log that have another name than the work that does them
STEPS = {
    "abandon": Label("放弃一轮", "round given up"),
    "anchor": Label("外部存证", "anchored outside"),
    "commit_roster": WORKS["roster"].label,
    "keys": Label("公开密钥", "key made public"),
    "proof": Label("出具证明", "proof given"),
    "record": Label("录入结果", "results recorded"),
    "replan": Label("调整日程", "calendar changed"),
    "stepin": Label("递补", "step-in"),
    "substitute": Label("请假替补", "leave and substitutes"),
}
SEEN = Label("查看未公开内容", "read what is not public")


def act_words(act: str) -> str:
    """Return an act in the reader's words (操作名称), "" where it has none but its code."""
    if act.startswith(JOB) and act.removeprefix(JOB) in WORKS:
        return text(WORKS[act.removeprefix(JOB)].label)
    if act.startswith(SEALED):
        return text(SEEN)
    if act in WORKS:
        return text(WORKS[act].label)
    known = WORDS | STEPS
    return text(known[act]) if act in known else ""
