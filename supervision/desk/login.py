"""Coming in and going out (登录与退出): by password, or by the header of a proxy in front."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from supervision.desk import words
from supervision.desk.accounts import Account
from supervision.desk.acts import note
from supervision.desk.context import desk
from supervision.desk.security import limiter
from supervision.errors import UsageError

login_manager = LoginManager()
login_manager.session_protection = None  # the token of the session is random and known to the desk's file only
blueprint = Blueprint("login", __name__)


class User(UserMixin):  # type: ignore[misc]  # untyped, as are its decorators
    """Who is logged in (当前登录者), by the token of the session, so that going out ends it for good."""

    def __init__(self, account: Account, token: str) -> None:
        self.account = account
        self.token = token

    def get_id(self) -> str:
        """Return the session's token (会话令牌)."""
        return self.token


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _of_token(token: str) -> User | None:
    if desk().settings.proxy_header:
        return None  # whoever the proxy names now
    found = desk().accounts.of_session(token)
    return None if found is None else User(found, token)


@login_manager.request_loader  # type: ignore[untyped-decorator]
def _of_proxy(_: object) -> User | None:
    """Believe the header of a proxy (代理登录), from the addresses that were named at the start only."""
    settings = desk().settings
    name = request.headers.get(settings.proxy_header, "") if settings.proxy_header else ""
    if not name or request.remote_addr not in settings.proxies:
        return None
    found = desk().accounts.find(name)
    return None if found is None else User(found, "")


@login_manager.unauthorized_handler  # type: ignore[untyped-decorator]
def _to_login() -> AnyResponse | tuple[str, int]:
    if desk().settings.proxy_header:
        line = words.t(
            "登录系统没有告诉工作台您是谁，或您没有账号。",
            "The login in front did not name anybody who has an account.",
        )
        return render_template("error.html", lines=[line], code=403), 403
    if request.headers.get("HX-Request") == "true":
        return Response(status=204, headers={"HX-Redirect": url_for("login.page")})
    return redirect(url_for("login.page"))


@blueprint.before_app_request
def _only_known() -> AnyResponse | tuple[str, int] | None:
    """Show nothing but the login to strangers (未登录者只见登录页)."""
    if request.endpoint in ("static", "login.page", "login.enter") or current_user.is_authenticated:
        return None
    shown: AnyResponse | tuple[str, int] = _to_login()
    return shown


@blueprint.get("/login")
def page() -> AnyResponse | str:
    """Show the form (登录页)."""
    return redirect(url_for("home.page")) if current_user.is_authenticated else render_template("login.html", line="")


@blueprint.post("/login")
@limiter.limit("300 per minute")  # a whole office may come from one address
@limiter.limit("20 per minute", key_func=lambda: f"{get_remote_address()} {request.form.get('name', '')[:64]}")
def enter() -> AnyResponse | tuple[str, int]:
    """Let somebody in (登录): a new session each time, whatever the browser brought."""
    name = request.form.get("name", "")[:64]
    try:
        found = desk().accounts.log_in(name, request.form.get("password", "")[:256])
    except UsageError as error:
        known = desk().accounts.find(name) is not None  # a name nobody has may be a password typed into the wrong field
        note(desk().file, "login_refused", who=name if known else "-")
        return render_template("login.html", line=words.text(error.message)), 401
    session.clear()
    login_user(User(found, desk().accounts.begin_session(found.name)))
    note(desk().file, "login", who=found.name)
    return redirect(url_for("home.page"))


@blueprint.post("/logout")
def leave() -> AnyResponse:
    """End the session (退出)."""
    desk().accounts.end_session(current_user.token)
    note(desk().file, "logout", who=current_user.account.name)
    logout_user()
    session.clear()
    return redirect(url_for("login.page"))
