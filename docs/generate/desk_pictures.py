"""Pictures of the desk (工作台截图): desk_pictures.py STORE OUT PASSWORD FOLDER, on the demo's store.

Starts a desk, logs in as the people of the demo (see Makefile) and takes pictures of pages on a desktop and a phone.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import waitress

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from browser import Browser, chromium
from desk_people import send

from supervision.desk.application import create_app
from supervision.desk.settings import Settings

ROUND = "2026-12.rehearsal"
# who, address, name of the picture, width of the screen
PAGES = (
    ("coordinator", "/", "todo", 1200),
    ("coordinator", "/registers", "registers", 1200),
    ("coordinator", f"/rounds/{ROUND}/preview", "preview", 1200),
    ("coordinator", f"/rounds/{ROUND}/ceremony", "ceremony", 1200),
    ("coordinator", f"/rounds/{ROUND}/board", "board", 1200),
    ("auditor", "/log", "log", 1200),
    ("clerk", "/office", "visits", 1200),
    ("clerk", "/office", "visits-phone", 390),
    ("clerk", "results", "results-phone", 390),
    ("coordinator", f"/rounds/{ROUND}/board", "board-phone", 390),
)


def main(store: Path, out: Path, password: str, folder: Path) -> None:
    """Take the pictures (截图)."""
    folder.mkdir(parents=True, exist_ok=True)
    app = create_app(Settings(store=store, out=out))
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    base, here = f"http://127.0.0.1:{server.effective_port}", ""
    with Browser(chromium()) as browser:
        for who, address, name, width in PAGES:
            if who != here:
                browser.call("Network.clearBrowserCookies")
                browser.open(f"{base}/login", width=width)
                send(browser, "form.form", name=who, password=password)
                here = who
            path = address
            if address == "results":
                browser.open(f"{base}/office", width=width)
                found = "[...document.querySelectorAll('main a')].map((one) => one.pathname)"
                path = next(one for one in browser.value(found) if "/visits/" in one) + "/results"
            browser.open(base + path, width=width)
            tall = min(browser.value("document.documentElement.scrollHeight"), 1600)
            browser.open(base + path, width=width, height=tall)
            browser.picture(folder / f"desk-{name}.png")
            print(name, browser.value("document.title"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
