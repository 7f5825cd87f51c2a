"""Pages made for the public or for printing, shown at the desk (代为显示的网页): nothing in them runs."""

from __future__ import annotations

from werkzeug.wrappers import Response

# They carry their own style and scripts. The style is let in; scripts are not, and the page may not reach anything.
# allow-same-origin lets its links to other pages of the preview bring the session; without scripts nobody can use it.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox allow-same-origin"
)


def sealed_page(answer: Response) -> Response:
    """Return an answer with the policy of such pages (加内容安全策略)."""
    answer.headers["Content-Security-Policy"] = POLICY
    return answer
