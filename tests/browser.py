"""A real browser for tests (浏览器): Chromium without a window, driven over its own pipe; no network, no library."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import tempfile
from base64 import b64decode
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"),
    *("--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
)


def chromium() -> str:
    """Return the path of Chromium; skip without it, but fail where everything should be installed."""
    found = next((path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path), None)
    if found is None:
        reason = "package chromium is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


class Browser:
    """Chromium with one tab (浏览器), in a folder of its own that goes away with it."""

    def __init__(self, program: str) -> None:
        self.home = tempfile.mkdtemp(prefix="browser-")
        told, self.tell = os.pipe()
        self.hear, said = os.pipe()
        command = [program, *FLAGS, f"--user-data-dir={self.home}", "about:blank"]
        # Chromium reads its pipe at descriptor 3 and writes at 4.
        actions = [(os.POSIX_SPAWN_DUP2, told, 3), (os.POSIX_SPAWN_DUP2, said, 4)]
        quiet = os.open(os.devnull, os.O_WRONLY)
        actions += [(os.POSIX_SPAWN_DUP2, quiet, 1), (os.POSIX_SPAWN_DUP2, quiet, 2)]
        self.pid = os.posix_spawn(program, command, dict(os.environ), file_actions=actions)
        for end in (told, said, quiet):
            os.close(end)
        self.rest, self.numbers, self.events = b"", itertools.count(1), list[Any]()
        self.session = ""
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(one["targetId"] for one in targets if one["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "DOM", "Network"):
            self.call(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.session = ""
        self.call("Browser.close")
        os.waitpid(self.pid, 0)
        os.close(self.tell)
        os.close(self.hear)
        shutil.rmtree(self.home, ignore_errors=True)

    def _next(self) -> Any:
        while b"\0" not in self.rest:
            more = os.read(self.hear, 2**20)
            if not more:
                raise EOFError("the browser ended")
            self.rest += more
        line, _, self.rest = self.rest.partition(b"\0")
        return json.loads(line)

    def call(self, method: str, **values: object) -> Any:
        """Call a method of the DevTools protocol (调用) and return its result."""
        number = next(self.numbers)
        message: dict[str, object] = {"id": number, "method": method, "params": values}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.tell, data) :]
        while True:
            heard = self._next()
            if heard.get("id") == number:
                if "error" in heard:
                    raise RuntimeError(f"{method}: {heard['error']}")
                return heard["result"]
            self.events.append(heard)

    def open(self, address: str, *, width: int = 1200, height: int = 900) -> None:
        """Open an address and wait until it is loaded (打开页面)."""
        mobile = width < 600
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)
        self.events.clear()
        self.call("Page.navigate", url=address)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def value(self, code: str) -> Any:
        """Return what an expression gives, waited for where it is a promise (求值)."""
        found = self.call("Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in found:
            raise RuntimeError(found["exceptionDetails"].get("exception", {}).get("description", found))
        return found["result"].get("value")

    def choose(self, selector: str, *paths: Path) -> None:
        """Choose files, or one folder, in an input (选择文件)."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(path) for path in paths])

    def drop(self, selector: str, *paths: Path) -> None:
        """Drop files or folders on an element (拖放)."""
        box = self.value(f"(({{x, y, width, height}}) => [x + width / 2, y + height / 2])({self._box(selector)})")
        data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self.call("Input.dispatchDragEvent", type=kind, x=box[0], y=box[1], data=data)

    def _box(self, selector: str) -> str:
        found = f"document.querySelector({json.dumps(selector)})"
        return f"({found}.scrollIntoView({{block: 'center'}}), {found}.getBoundingClientRect())"

    def requests(self) -> list[str]:
        """Return the addresses that were asked for since the page was opened (发出的请求)."""
        sent = [event for event in self.events if event.get("method") == "Network.requestWillBeSent"]
        return [event["params"]["request"]["url"] for event in sent]

    def picture(self, path: Path) -> None:
        """Write a picture of the whole page (截图)."""
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        path.write_bytes(b64decode(shot["data"]))
