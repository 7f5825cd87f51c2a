"""Headers of every answer, and limits (安全响应头与限流)."""

from __future__ import annotations

from flask import Flask, Response, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect

# Nothing from outside, nothing written into a page runs: scripts and styles are files of the desk.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
UPLOADS = {"registers.upload", "mappings.upload", "replan.ask"}  # pages that take files
FORM = 2_000_000  # bytes of any other request
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
csrf = CSRFProtect()
limiter = Limiter(
    get_remote_address,
    default_limits=[lambda: f"{current_app.config['PER_MINUTE']} per minute"],
    storage_uri="memory://",
)


def secure(app: Flask, *, https: bool, largest: int, per_minute: int) -> None:
    """Set limits, cookies and headers of an application (设置安全)."""
    app.config.update(
        MAX_CONTENT_LENGTH=largest,
        MAX_FORM_MEMORY_SIZE=2_000_000,
        MAX_FORM_PARTS=20_000,
        SESSION_COOKIE_NAME="desk",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_SECURE=https,
        WTF_CSRF_TIME_LIMIT=None,  # the session ends before it
        WTF_CSRF_SSL_STRICT=https,
        PER_MINUTE=per_minute,
    )

    @app.before_request
    def no_more_than_a_form() -> None:
        """Read no more of a request than its page takes: large files go to the pages of uploads, from people known."""
        upload = request.endpoint in UPLOADS and current_user.is_authenticated
        request.max_content_length = largest if upload else min(FORM, largest)

    limiter.init_app(app)  # before anything of a body is read
    csrf.init_app(app)

    @app.after_request
    def headers(answer: Response) -> Response:
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        if request.endpoint != "static":
            answer.headers["Cache-Control"] = "no-store"
        if https:
            answer.headers["Strict-Transport-Security"] = "max-age=31536000"
        return answer
