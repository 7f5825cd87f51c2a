"""A phone for tests (手机): a narrow browser that believes in a day, and asks nothing of any network."""

from __future__ import annotations

import json
import os
from pathlib import Path

from browser import Browser

WIDTH, HEIGHT = 390, 844
AXE = Path(__file__).parent / "axe" / "axe.min.js"


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


def kill_tab(browser: Browser) -> None:
    """Kill the process of the tab, as a phone without memory does, and open a new one (杀掉标签页)."""
    message = {"id": next(browser.numbers), "method": "Page.crash", "params": {}, "sessionId": browser.session}
    os.write(browser.tell, json.dumps(message).encode() + b"\0")  # nobody is left to answer
    while not any(event.get("method") == "Inspector.targetCrashed" for event in browser.events):
        browser.events.append(browser._next())
    browser.session = ""
    made = browser.call("Target.createTarget", url="about:blank")["targetId"]
    browser.session = browser.call("Target.attachToTarget", targetId=made, flatten=True)["sessionId"]
    for domain in ("Page", "Runtime", "DOM", "Network", "Inspector"):
        browser.call(f"{domain}.enable")


def violations(browser: Browser) -> list[object]:
    """Return what axe-core finds on the page (无障碍检查), in the language that is shown."""
    browser.value(f"{AXE.read_text(encoding='utf-8')}\nundefined")
    found = browser.value("axe.run().then((found) => JSON.stringify(found.violations))")
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in json.loads(found)]
