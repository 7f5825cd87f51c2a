"""What built pages would ask of other machines (外部请求): called on the site's folder, exit code 1 names each."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

FETCHED = ("src", "srcset", "data", "poster", "action", "background")
OUTSIDE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
IN_STYLE = re.compile(r"(?:url\(|@import)\s*[\"']?\s*((?:https?:)?//[^\"')\s]+)", re.IGNORECASE)
BUILT_IN = {"mermaid": "a drawing by mermaid", 'data-md-component="source"': "a repository's figures"}
"""What the theme's own script would fetch from outside, were it on a page."""


class Requests(HTMLParser):
    """Collects the addresses that a browser fetches by itself (网页自动取用的地址), not the links to follow."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag's attributes (查看一个标签)."""
        self._in_style = tag == "style"
        for name, value in attrs:
            fetched = name in FETCHED or (name == "href" and tag in ("link", "use", "image", "base"))
            if fetched and value and OUTSIDE.match(value):
                self.found.append(value)
            if name == "style" and value:
                self.found += IN_STYLE.findall(value)

    def handle_data(self, data: str) -> None:
        """Look at a style sheet in the page (查看网页内样式)."""
        if self._in_style:
            self.found += IN_STYLE.findall(data)


def outside_requests(site: Path) -> list[str]:
    """Return "file: address" of every outside request of pages and style sheets (全部外部请求), sorted."""
    found: list[str] = []
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        page = Requests()
        page.feed(text)
        named = page.found + [
            what for mark, what in BUILT_IN.items() if f'class="{mark}"' in text or f" {mark}" in text
        ]
        found += [f"{path.relative_to(site)}: {address}" for address in named]
    for path in sorted(site.rglob("*.css")):
        found += [f"{path.relative_to(site)}: {one}" for one in IN_STYLE.findall(path.read_text(encoding="utf-8"))]
    return found


if __name__ == "__main__":
    asked = outside_requests(Path(sys.argv[1]))
    print("\n".join(asked) if asked else "No page asks for anything outside.")
    sys.exit(1 if asked else 0)
