"""The web application of the desk (工作台应用): puts together pages, login, safety and the answers to errors."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, render_template, request
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError, generate_csrf
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader, StrictUndefined
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import IntegerConverter, Map

from supervision.desk import words
from supervision.desk.context import Desk, desk
from supervision.desk.login import login_manager
from supervision.desk.menu import menu
from supervision.desk.pages import BLUEPRINTS
from supervision.desk.roles import may
from supervision.desk.security import secure
from supervision.desk.settings import Settings
from supervision.errors import SupervisionError

KINDS = {
    "store.busy": 503,
    "desk.draft_changed": 409,
    "desk.draft_sent": 409,
    "desk.job_running": 409,
    "desk.upload_gone": 404,
    "domain.round_malformed": 404,
    "month.only_real": 404,
    "month.only_rehearsed": 404,
    "month.round_unknown": 404,
}


class Number(IntegerConverter):
    """A number in an address (地址中的编号), of a size that the desk's file can hold; another one is no page."""

    def __init__(self, map: Map, **options: Any) -> None:
        super().__init__(map, **({"max": 2**31 - 1} | options))


def create_app(settings: Settings) -> Flask:
    """Return the application for a store (生成应用)."""
    app = Flask("supervision.desk")
    made = Desk(settings)
    app.extensions["desk"] = made
    app.config["SECRET_KEY"] = made.file.secret
    public = PrefixLoader({"site": PackageLoader("supervision.notice.site")})  # what public pages are made of
    app.jinja_loader = ChoiceLoader([*filter(None, [app.jinja_loader]), public])
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    secure(app, https=settings.https, largest=settings.largest, per_minute=settings.per_minute)
    login_manager.init_app(app)
    app.url_map.converters["int"] = Number
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.after_request(words.remember)
    app.context_processor(_shared)
    app.register_error_handler(SupervisionError, _refused)
    app.register_error_handler(HTTPException, _http_error)
    return app


def _shared() -> dict[str, Any]:
    """What every page knows (页面共用)."""
    return {
        "t": words.chooser(),
        "text": words.text,
        "lang": words.language(),
        "other_language": words.other_language,
        "may": may,
        "menu": menu,
        "csrf_token": generate_csrf,
        "today": desk().settings.now().date(),
    }


def _refused(error: SupervisionError) -> tuple[str, int] | Response | tuple[Response, int]:
    """Say what the person can mend (可处理的错误), as a page or as a part of one."""
    code = KINDS.get(error.code, 422)
    return _page([*(words.text(line) for line in error.told), words.text(error.message)], code)


def _http_error(error: HTTPException) -> tuple[str, int]:
    code = error.code or 500
    said = {
        403: words.t("您没有权限。", "You may not do this."),
        404: words.t("没有这一页，或您无权查看。", "There is no such page, or you may not see it."),
        405: words.t("这一页不接受这种请求。", "This page does not take such a request."),
        429: words.t("请求太多，请一分钟后再试。", "Too many requests. Try again in a minute."),
        500: words.t("出错了，请把时间告诉管理员。", "Something went wrong. Tell the administrator when."),
    }
    if isinstance(error, CSRFError):
        line = words.t(
            "页面已过期，请返回、刷新后重试；已填的草稿还在。", "The page is out of date. Go back, reload, try again."
        )
    elif isinstance(error, RequestEntityTooLarge):
        line = words.t("文件太大。", "The file is too large.")
    elif isinstance(error, RateLimitExceeded):
        line = said[429]
    else:
        line = said.get(code, error.name)
    return _page([line], code)


def _page(lines: list[str], code: int) -> tuple[str, int]:
    part = request.headers.get("HX-Request") == "true"
    return render_template("error_part.html" if part else "error.html", lines=lines, code=code), code
