"""A phone for tests (手机): a narrow browser that believes in a day, and asks nothing of any network."""

from __future__ import annotations

from pathlib import Path

from browser import Browser

WIDTH, HEIGHT = 390, 844


def set_day(browser: Browser, text: str) -> str:
    """Let every page that is opened from now on think that it is this time (设定时间), and return its name."""
    source = f"""
    (() => {{
      const Real = Date;
      const now = new Real({text!r}).getTime();
      window.Date = class extends Real {{
        constructor(...parts) {{ parts.length ? super(...parts) : super(now); }}
        static now() {{ return now; }}
      }};
    }})();"""
    name: str = browser.call("Page.addScriptToEvaluateOnNewDocument", source=source)["identifier"]
    return name


def open_page(browser: Browser, page: Path) -> None:
    """Open a page at a phone's width (手机宽度打开)."""
    browser.open(page.as_uri(), width=WIDTH, height=HEIGHT)


def fits(browser: Browser) -> bool:
    """Tell whether nothing is wider than the screen (不超宽)."""
    return bool(browser.value("document.documentElement.scrollWidth <= innerWidth"))


def outside(browser: Browser) -> list[str]:
    """Return what was asked for beyond the page itself (向外的请求)."""
    return [one for one in browser.requests() if not one.startswith(("file:", "blob:", "data:"))]
