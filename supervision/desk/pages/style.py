"""The style (样式): that of the public pages, then the desk's own."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, send_from_directory

from supervision.notice.site import pages as site

blueprint = Blueprint("style", __name__)


@blueprint.get("/style.css")
def sheet() -> Response:
    """Return the style sheet of the public pages (公示网站样式)."""
    return Response(site.stylesheet(), mimetype="text/css")


@blueprint.get("/sheet.css")
def own() -> Response:
    """Return the desk's own style sheet (工作台样式)."""
    return send_from_directory(current_app.static_folder or "", "sheet.css")
