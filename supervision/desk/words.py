"""Words in the reader's language (页面语言): Chinese first; a cookie keeps the choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from urllib.parse import urlencode

from flask import Response, flash, g, request, url_for

from supervision.messages import Label, Message

COOKIE = "desk-lang"
SHOWN, LONGEST = 5, 200


def language() -> str:
    """Return the language of the answer (页面语言): "zh" or "en"."""
    if "lang" not in g:
        asked = request.args.get("lang") or request.cookies.get(COOKIE)
        g.lang = asked if asked in ("zh", "en") else "zh"
    found: str = g.lang
    return found


def t(zh: str, en: str) -> str:
    """Return one of two wordings (取文字)."""
    return en if language() == "en" else zh


def chooser() -> Callable[[str, str], str]:
    """Return `t` for one answer (本次应答的取文字函数): a page asks it a thousand times."""
    english = language() == "en"
    return lambda zh, en: en if english else zh


def text(value: Message | Label | object) -> str:
    """Return a message or label in the reader's language (提示文字); other things as they are."""
    return value.text(language()) if isinstance(value, Message | Label) else str(value)


def said(pairs: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a job in the reader's language (任务说明): it keeps each in Chinese and English."""
    place = 1 if language() == "en" else 0
    return [pair[place] for pair in pairs]


def tell(lines: Iterable[Message]) -> None:
    """Let the page that comes next say some lines (下一页提示): a cookie carries them, so they are few and short."""
    for line in list(lines)[:SHOWN]:
        flash(text(line)[:LONGEST])


def other_language() -> str:
    """Return the address of this page in the other language (切换语言), of the first page after a form was sent."""
    other = t("en", "zh")
    if request.method != "GET":
        return url_for("home.page", lang=other)
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"{request.path}?{urlencode([*asked, ('lang', other)])}"


def remember(answer: Response) -> Response:
    """Keep a language that was asked for (记住语言)."""
    if request.args.get("lang") in ("zh", "en"):
        answer.set_cookie(COOKIE, language(), max_age=31536000, httponly=True, samesite="Strict")
    return answer
