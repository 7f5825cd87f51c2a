"""People at the desk, for tests: a client and a browser for each, a clock of the test's own, jobs done at once."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import waitress
from browser import Browser
from real_rounds import Play

from supervision.desk import job_process
from supervision.desk.accounts import Accounts
from supervision.desk.application import create_app
from supervision.desk.desk_file import DeskFile
from supervision.desk.recorder import record_waiting
from supervision.desk.security import limiter
from supervision.desk.settings import Settings

PASSWORD, WRONG = "correct-horse-9", "wrong"
# account → roles; names as the played rounds have them
PEOPLE = {
    "wang-01": ("coordinator",),
    "li-02": ("drawer",),
    "zhao-03": ("drawer",),
    "sun-04": ("clerk",),
    "qian-05": ("reviewer",),
    "zhou-06": ("auditor",),
    "wu-07": ("leader",),
}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class AtOnce:
    """The process of a job that was done before it was asked for."""

    pid: int = os.getpid()

    def poll(self):
        """It has ended."""
        return 0


class Desk:
    """A desk on a played round: its application, and a client for everybody, logged in as a browser would."""

    def __init__(self, play: Play, *, office: str = "", **more) -> None:
        self.play = play
        more = {"spawn": self._at_once, "recorder": lambda store, out: self} | more
        self.settings = Settings(store=play.store, out=play.out, now=lambda: play.time, **more)
        self.file = DeskFile.beside(play.store)
        accounts = Accounts(self.file)
        for name, roles in PEOPLE.items():
            own = office if "clerk" in roles else ""
            if accounts.find(name) is None and (office or "clerk" not in roles):
                accounts.add(name, password=PASSWORD, roles=roles, office=own)
        self.app = create_app(self.settings)
        limiter.reset()  # its counts belong to the process

    def _at_once(self, store: Path, out: Path, number: int) -> AtOnce:
        with self.app.extensions["desk"]._lock:
            job_process.run(store, out, number, now=lambda: self.play.time)
        return AtOnce()

    def wake(self) -> None:
        """Record what was sent before the sender is answered."""
        record_waiting(self.app.extensions["desk"])

    def person(self, name: str) -> Person:
        """Return somebody, logged in."""
        person = Person(self.app.test_client())
        answer = person.post("/login", name=name, password=PASSWORD)
        assert answer.status_code == 302, answer.text
        person.get("/")
        return person

    def acts(self, act: str = "") -> list[dict[str, object]]:
        """Return the entries of the log of acts, of one act where it is given."""
        with self.file.reading() as database:
            rows = database.execute("SELECT entry FROM log ORDER BY seq").fetchall()
        entries = [json.loads(row[0]) for row in rows]
        return [entry for entry in entries if not act or entry["step"] == act]

    @contextmanager
    def served(self) -> Iterator[str]:
        """Serve the desk on a port of this machine and give its address."""
        server = waitress.create_server(self.app, host="127.0.0.1", port=0, threads=8)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.effective_port}"
        finally:
            server.close()
            thread.join(timeout=5)


class Person:
    """Somebody at the desk: sends the token of the page that was read last, as a browser's form does."""

    def __init__(self, client) -> None:
        self.client = client
        self.token = ""

    def get(self, path: str, **headers):
        """Open a page."""
        answer = self.client.get(path, headers=headers)
        found = TOKEN.search(answer.text) if "html" in answer.content_type else None
        self.token = unescape(found.group(1)) if found else self.token
        return answer

    def post(self, path: str, *, token: str | None = None, **form):
        """Send a form."""
        if not self.token:
            self.get("/login")
        form["csrf_token"] = self.token if token is None else token
        return self.client.post(path, data=form, content_type="multipart/form-data")

    def work(self, path: str, **form) -> str:
        """Send a form that starts a job; return the page of the job, which is over."""
        answer = self.post(path, **form)
        assert answer.status_code == 302, answer.text
        return self.get(answer.headers["Location"]).text


def log_in(browser: Browser, base: str, name: str, *, width: int = 1200) -> None:
    """Log in with a real browser."""
    browser.open(f"{base}/login", width=width)
    send(browser, "form.form", name=name, password=PASSWORD)
    assert browser.value("location.pathname") == "/", browser.value("document.body.innerText")


def send(browser: Browser, form: str, **values: str) -> None:
    """Fill a form's fields, send it, and wait for the page that comes."""
    filled = "".join(f"at.elements[{json.dumps(n)}].value = {json.dumps(v)};" for n, v in values.items())
    browser.events.clear()
    browser.value(
        f"(() => {{ const at = document.querySelector({json.dumps(form)}); {filled} at.requestSubmit(); }})()"
    )
    while not any(event.get("method") == "Page.loadEventFired" for event in browser.events):
        browser.events.append(browser._next())
