"""Fifty clerks at the desk at once (工作台负载): each opens pages, keeps drafts and sends results; none is lost.

    python benchmarks/desk_load.py STORE [--clerks 50] [--turns 5] [--pause 1]

STORE is a store with a round whose inspectors are drawn, such as `supervision demo DIR --entities 2000` makes; a copy
of it is worked on. The desk runs in a process of its own, served as `supervision desk` serves it; the clerks are
threads of this one, each from an address of its own of this machine's loopback, for the desk counts logins by address.
Between two clicks a clerk rests for `--pause` seconds, give or take half; with 0 all click without end, which says how
much the desk can bear and not how it feels. What a clerk does is the table STEPS: a step whose route the desk has not
is left out and named. Printed: p50, p95 and longest time of each step in milliseconds, errors, entries that were
acknowledged and are neither on record nor refused with a reason (none), and the processor seconds of the desk.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from supervision.desk import drafts, sent_results
from supervision.desk.accounts import Accounts
from supervision.desk.application import create_app
from supervision.desk.desk_file import DeskFile
from supervision.desk.settings import Settings
from supervision.month.city import City
from supervision.month.round import Round
from supervision.month.round_results import expected

PATIENCE = 120.0  # seconds until what was sent must be recorded
PASSWORD = secrets.token_urlsafe(12)  # of accounts in a copy that goes away
VISIT = "/office/<office>/<round_id>/visits/<visit_id>"


class Form(HTMLParser):
    """The fields of a page's forms as they stand: what a browser would send back."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a field; of radio buttons and boxes those that are ticked."""
        at = {name: value or "" for name, value in attrs}
        if tag in ("input", "select", "textarea") and at.get("name"):
            kept = self.fields.setdefault(at["name"], [])
            if at.get("type") not in ("radio", "checkbox") or "checked" in at:
                kept.append(at.get("value", ""))


@dataclass
class Clerk:
    """One clerk: an office, the visits that nobody else of these reports on, and what was acknowledged."""

    number: int
    office: str
    round: str
    visits: list[str]
    port: int
    cookie: str = ""
    page: str = ""
    visit: str = ""
    code: int = 0
    drafted: dict[str, str] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The name of the account."""
        return f"load-{self.number:03}"

    @property
    def base(self) -> str:
        """The address of the visit at hand."""
        return f"/office/{self.office}/{self.round}/visits/{self.visit}"

    def ask(self, path: str, form: Mapping[str, str | list[str]] | None = None) -> int:
        """Ask for a page, or send a form with its token; return the code."""
        source = (f"127.0.{1 + self.number // 250}.{1 + self.number % 250}", 0)
        line = HTTPConnection("127.0.0.1", self.port, timeout=120, source_address=source)
        head = {"Cookie": self.cookie} if self.cookie else {}
        try:
            if form is None:
                line.request("GET", path, headers=head)
            else:
                form = {**form, "csrf_token": Form(self.page).fields.get("csrf_token", [])[:1]}
                head["Content-Type"] = "application/x-www-form-urlencoded"
                line.request("POST", path, body=urlencode(form, doseq=True), headers=head)
            answer = line.getresponse()
            text = answer.read().decode("utf-8", "replace")
        finally:
            line.close()
        given = answer.getheader("Set-Cookie") or ""
        if given.startswith("desk="):
            self.cookie = given.partition(";")[0]
        if 'name="csrf_token"' in text:
            self.page = text
        self.code = answer.status
        return answer.status

    def log_in(self) -> bool:
        """Come in; the page before it gives the token."""
        return self.ask("/login", {"name": self.name, "password": PASSWORD}) == 302

    def open(self, path: str) -> bool:
        """Open a page."""
        return self.ask(path) == 200

    def draft(self) -> bool:
        """Keep a draft of the visit at hand."""
        text = f"{self.name} {self.visit} {time.monotonic_ns()}"
        fields = Form(self.page).fields
        named = next(name for name in fields if name.startswith(("note@", "reviewer@")))
        if self.ask(f"{self.base}/draft", {**fields, named: text}) != 200:
            return False
        self.drafted[self.visit] = text
        return True

    def send(self) -> bool:
        """Send the result of the visit at hand, as somebody fills the form who found nothing."""
        fields = Form(self.page).fields
        for name in fields:
            if name.startswith("result@"):
                fields[name] = ["1"]
            elif name.startswith("inspected_on@"):
                fields[name] = [f"{self.round[:7]}-08"]
            elif name.startswith("reviewer@"):
                fields[name] = ["负载审核"]
            elif name == "inspectors@" and not fields[name]:  # an off-site check: whoever did it is ticked
                fields[name] = sorted(set(re.findall(r'name="inspectors@" value="([^"]+)"', self.page)))[:2]
        self.drafted.pop(self.visit, None)  # what is sent takes the place of the draft, refused or not
        if self.ask(f"{self.base}/results", {**fields, "act": "send"}) != 302:
            return False
        self.sent.add(self.visit)
        return True


# what a clerk does: name, route that it needs, whether once (else every turn), how
STEPS: tuple[tuple[str, str, bool, Callable[[Clerk], bool]], ...] = (
    ("login page", "/login", True, lambda one: one.open("/login")),
    ("login", "/login", True, Clerk.log_in),
    ("home", "/", False, lambda one: one.open("/")),
    ("list", "/office/<office>/<round_id>/visits", False, lambda one: one.open(one.base.rpartition("/")[0])),
    ("visit", VISIT, False, lambda one: one.open(one.base)),
    ("form", f"{VISIT}/results", False, lambda one: one.open(f"{one.base}/results")),
    ("draft", f"{VISIT}/draft", False, Clerk.draft),
    ("form again", f"{VISIT}/results", False, lambda one: one.open(f"{one.base}/results")),
    ("send", f"{VISIT}/results", False, Clerk.send),
    ("style", "/sheet.css", False, lambda one: one.open("/sheet.css")),
)


@dataclass
class Times:
    """Seconds of each step, how many failed, and with which codes."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    codes: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, step: str, seconds: float, *, wrong: int) -> None:
        """Take a measurement; `wrong`: the code of an answer that was not the one hoped for, 0 where it was."""
        with self.lock:
            self.taken[step].append(seconds)
            self.failed[step] += bool(wrong)
            self.codes[step] |= {wrong} - {0}


@contextmanager
def served(store: Path, out: Path) -> Iterator[tuple[int, int]]:
    """Serve the desk in a process of its own; give its port and the process's number."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "supervision",
        "--store",
        str(store),
        "desk",
        "--out",
        str(out),
        "--port",
        str(port),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def seconds_of(pid: int) -> float:
    """Return the processor seconds of a process, its children that ended included."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def work(clerk: Clerk, steps: list[tuple[str, str, bool, Callable[[Clerk], bool]]], asked, times: Times) -> None:
    """Be a clerk for some turns."""
    luck = random.Random(clerk.number)
    time.sleep(luck.random() * asked.pause)
    for turn in range(asked.turns):
        clerk.visit = clerk.visits[turn % len(clerk.visits)] if clerk.visits else ""
        for name, _, once, run in steps:
            if (once and turn) or (name in ("draft", "send") and clerk.visit in clerk.sent):
                continue
            before = time.perf_counter()
            try:
                wrong = 0 if run(clerk) else clerk.code
            except (OSError, StopIteration):
                wrong = -1  # no answer, or a page without the form that the step fills
            times.note(name, time.perf_counter() - before, wrong=wrong)
            time.sleep(asked.pause * (0.5 + luck.random()))


def clerks_of(round: Round, *, count: int, port: int, file: DeskFile) -> list[Clerk]:
    """Make the clerks and their accounts: those of an office share its visits, none has another's."""
    owed = expected(round)
    of = {str(office): sorted(set(rows["visit_id"])) for office, rows in owed.groupby("office_id")}
    offices = sorted(of, key=lambda office: -len(of[office]))[:count]
    found, accounts, sharing = [], Accounts(file), -(-count // len(offices))
    for number in range(count):
        office = offices[number % len(offices)]
        share = of[office][number // len(offices) :: sharing]
        clerk = Clerk(number=number, office=office, round=round.key, visits=share, port=port)
        accounts.add(clerk.name, password=PASSWORD, roles=("clerk",), office=office)
        found.append(clerk)
    return found


def lost(clerks: list[Clerk], round: Round, file: DeskFile) -> tuple[int, int, int]:
    """Return how many entries were acknowledged, and how many sent ones and drafts are neither on record nor refused.

    What is refused is in the draft, with its reasons on the page.
    """
    stored = set(round.city.store.versions("results", of=[round.key])["visit_id"])
    stored |= {one.place.rpartition("/")[2] for one in refused(file)}
    drafted = [(clerk, visit, text) for clerk in clerks for visit, text in clerk.drafted.items()]
    kept = [str(drafts.read(file, f"result/{one.round}/{one.office}/{visit}").content) for one, visit, _ in drafted]
    sent = [visit for clerk in clerks for visit in clerk.sent]
    gone = sum(text not in there for (_, _, text), there in zip(drafted, kept, strict=True))
    return len(sent) + len(drafted), sum(visit not in stored for visit in sent), gone


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--clerks", type=int, default=50)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--round", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(asked, Path(folder))


def measure(asked: argparse.Namespace, folder: Path) -> None:
    """Work on a copy of the store and print what was measured."""
    store = folder / "load.db"
    shutil.copy(asked.store, store)
    for name in (f"{asked.store.name}.files", "rules"):
        source = asked.store.with_name(name)
        if source.is_dir():
            shutil.copytree(source, store.with_name(name.replace(asked.store.name, store.name)))
    round = City.open(store, who="load").round(asked.round) if asked.round else last_drawn(store)
    file = DeskFile.beside(store)
    there = {rule.rule for rule in create_app(Settings(store=store, out=folder / "out")).url_map.iter_rules()}
    there = {re.sub(r"<\w+:", "<", rule) for rule in there}
    steps = [step for step in STEPS if step[1] in there]
    with served(store, folder / "out") as (port, pid):
        clerks, times, before = clerks_of(round, count=asked.clerks, port=port, file=file), Times(), seconds_of(pid)
        begun = time.perf_counter()
        threads = [threading.Thread(target=work, args=(clerk, steps, asked, times)) for clerk in clerks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        whole, used = time.perf_counter() - begun, seconds_of(pid) - before
        while sent_results.waiting(file) and time.perf_counter() - begun - whole < PATIENCE:
            time.sleep(0.1)
        after = time.perf_counter() - begun - whole
    acknowledged, sent, drafted = lost(clerks, City.open(store, who="load").round(round.key), file)
    requests = sum(map(len, times.taken.values()))
    cores, load, python = os.cpu_count(), os.getloadavg()[0], platform.python_version()
    print(f"{platform.machine()}, {cores} cores, load {load:.1f}, Python {python}")
    print(f"{asked.clerks} clerks, {asked.turns} turns, pause {asked.pause:g} s, round {round.key}")
    print(f"{requests:,} requests in {whole:.0f} s; the desk used {used:.1f} processor seconds, "
          f"{1000 * used / requests:.1f} ms a request")  # fmt: skip
    print(f"{'step':12} {'count':>6} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8} {'errors':>7}")
    for name, *_ in steps:
        taken = sorted(times.taken[name])
        if taken:
            high = taken[min(len(taken) - 1, int(0.95 * len(taken)))]
            figures = "".join(f" {1000 * one:8.0f}" for one in (median(taken), high, taken[-1]))
            print(f"{name:12} {len(taken):6}{figures} {times.failed[name]:7} {sorted(times.codes[name]) or ''}")
    print("left out, no such route: " + (", ".join(name for name, route, *_ in STEPS if route not in there) or "none"))
    print(f"entries acknowledged {acknowledged:,}, lost: sent {sent}, drafts {drafted}")
    print(f"the last entry was recorded {after:.1f} s after the last click; refused {len(refused(file))}")
    reasons = Counter(
        [*(x[2] for x in one.said["faults"]), *(x[0] for x in one.said["lines"])][0] for one in refused(file)
    )
    print("\n".join(f"  {count} × {words}" for words, count in reasons.most_common(5)))
    sys.exit(bool(sent or drafted or sum(times.failed.values())))


def refused(file: DeskFile) -> list[sent_results.Sent]:
    """Return the entries that were refused."""
    with file.reading() as database:
        rows = database.execute("SELECT place FROM sent WHERE state = ?", [sent_results.REFUSED]).fetchall()
    return [one for row in rows if (one := sent_results.latest(file, row["place"]))]


def last_drawn(store: Path) -> Round:
    """Return the last round whose visits may be reported."""
    found = [one for one in City.open(store, who="load").rounds() if one.drawn_numbers]
    if not found:
        sys.exit("no round of this store has drawn its inspectors")
    return found[-1]


if __name__ == "__main__":
    main()
