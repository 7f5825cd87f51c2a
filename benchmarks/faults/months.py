"""A month as a list of commands, run in children of one process, and what stands on the disk after each of them.

A child forks from a process that has imported everything, so that what is disturbed is work, not the start of Python.
Its clock stands still: the same command leaves the same bytes, whenever it is run. What stands is read with Python's
own SQLite and with hashes alone.
"""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

# everything that a command imports on its way is imported before the first fork
import openpyxl
import sklearn.ensemble  # noqa: F401

import supervision.month.paper_making
import supervision.planner.solver.calendar  # noqa: F401
from supervision.cli import _options
from supervision.cli._group import main
from supervision.month import backing_up, condition, planning
from supervision.month.city import BEIJING, City
from supervision.planner.plan import Budget
from supervision.store import age_file
from supervision.store.age_file import Decrypter

ROUND = "2026-12"
TASKS = ("T01-food", "T05-certification", "T11-disclosure")
KINDS = (
    *("calendar", "offices", "items", "inspectors", "leave", "tasks", "entities", "events", "history", "relations"),
    *("licences", "objections", "recusals", "exemptions", "professional", "caps", "plans"),
)
NAMES = ("dlt-front", "dlt-back", "ssq-red", "ssq-blue")
WORDS = "passphrase of the campaign"
NOW = datetime(2026, 12, 8, 9, tzinfo=BEIJING)
MAX_SECONDS = 600
KILLED = -signal.SIGKILL
STORE, OUT = "x.db", "out"

Disturb = Callable[[], None]


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a child ended: exit code (negative: the signal), seconds, what it said."""

    code: int
    seconds: float
    said: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What stands on the disk: rows of each table as hashes, files of the output folder, backups by what they hold."""

    rows: dict[str, frozenset[bytes]]
    logs: dict[str, list[str]]
    files: dict[str, str]


def ready() -> None:
    """Let commands in children repeat to the byte, and be quick."""
    planning.BUDGET = Budget(turns=1, rescue=1, processes=1)
    age_file.WORK = 10
    os.environ.update(LANG="zh_CN.UTF-8", SUPERVISION_PASSPHRASE=WORDS)
    for function in (City.open.__func__, backing_up.backup, condition.examine):
        function.__kwdefaults__["now"] = lambda: NOW


def write_inputs(folder: Path, entities: int) -> None:
    """Write the input files of a small city with three tasks."""
    done = run(folder.parent, ["demo", folder.name, "--entities", str(entities), "--month", ROUND])
    assert done.code == 0, done.said
    lines = (folder / "tasks.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines[1:] if line.split(",")[0].strip('"') in TASKS]
    (folder / "tasks.csv").write_text("".join([lines[0], *kept]), encoding="utf-8")


def commands(inputs: Path) -> list[list[str]]:
    """Return the commands of a rehearsed month, in their order; paths are those of a folder that holds `inputs`."""
    there = [kind for kind in KINDS if (inputs / f"{kind}.csv").is_file()]
    key = (inputs / "frame_key.hex").read_text(encoding="ascii").strip()
    round = [ROUND, "--rehearsal"]
    first, second = (_sources(inputs, end) for end in ("", "-2"))
    return [
        ["init"],
        *(["import", kind, f"{inputs}/{kind}.csv", "--as-of", "2026-11-30"] for kind in there),
        ["train", *round],
        ["score", *round],
        ["commit", *round, "--key", key],
        ["draw", *round, *first],
        ["plan", *round],
        ["commit", *round, "--roster"],
        ["match", *round, *second],
        ["publish", *round, "--out", OUT],
        ["papers", *round, "--out", OUT, "--office", "market-320505"],
        ["record", "filled.xlsx"],
        ["replan", *round, "--office", "market-320505", "2026-12-15", "--by", "li", "--reason", "停电"],
        ["publish", *round, "--out", OUT, "--reason", "变更"],
        ["report", "--month", ROUND, "--rehearsal", "--out", OUT],
        ["warnings", "make", "--on", "2026-12-08", "--out", OUT],
        ["backup", "b.age"],
        ["--store", "moved/x.db", "restore", "b.age"],
    ]


def prepare(work: Path, command: list[str]) -> None:
    """Lay what a command needs and a person would bring: the filled workbook, the folder of a restoration."""
    if command[0] == "record" and not (work / "filled.xlsx").exists():
        _fill(work)
    if "restore" in command:
        (work / "moved").mkdir(exist_ok=True)


def run(work: Path, command: list[str], *, kill_after: float | None = None, disturb: Disturb | None = None) -> Ended:
    """Run a command in a child, in a folder; kill it after some seconds, or disturb it before it begins."""
    begun = time.monotonic()
    child = start(work, command, disturb=disturb)
    return wait(child, begun, kill_after=kill_after)


def start(work: Path, command: list[str], *, disturb: Disturb | None = None) -> tuple[int, Path]:
    """Start a command in a child of its own group; return its number and where it says what it says."""
    said = Path(tempfile.gettempdir()) / f"said-{os.getpid()}-{time.monotonic_ns()}.txt"  # not on the disk that fills
    child = os.fork()
    if child:
        with suppress(OSError):  # whoever comes first: the group must be there before it is killed
            os.setpgid(child, child)
        return child, said
    os.setpgid(0, 0)
    os.chdir(work)
    out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(out, 1)
    os.dup2(out, 2)
    code = 99
    try:
        if disturb is not None:
            disturb()
        _options.reset()
        main(["--store", STORE, "--as", "wang", "--lang", "en", *command])
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0
    except BaseException as error:  # noqa: BLE001 – a traceback is what the campaign looks for
        os.write(out, f"TRACEBACK {type(error).__name__}: {error}".encode())
    os._exit(code)


def wait(child: tuple[int, Path], begun: float, *, kill_after: float | None = None) -> Ended:
    """Wait for a child, or kill it with all its own children after some seconds."""
    number, said = child
    until = begun + (MAX_SECONDS if kill_after is None else kill_after)
    while True:
        gone, status = os.waitpid(number, os.WNOHANG)
        if gone:
            break
        if time.monotonic() >= until:
            os.killpg(number, signal.SIGKILL)
            _, status = os.waitpid(number, 0)
            break
        time.sleep(0.001)
    text = said.read_text(encoding="utf-8", errors="replace") if said.exists() else ""
    said.unlink(missing_ok=True)
    return Ended(code=os.waitstatus_to_exitcode(status), seconds=time.monotonic() - begun, said=text)


def standing(work: Path) -> Standing:
    """Read what stands in a folder."""
    files, rows, logs = {}, {}, {}
    for place in sorted(work.rglob("*")):
        path = place.relative_to(work).as_posix()
        inside = path.startswith((STORE, "moved/x.db")) or place.name == "filled.xlsx"
        if place.is_file() and not inside:
            files[path] = _plain(place)
    for path in (STORE, "moved/x.db"):
        if (work / path).is_file():
            more, log = _database(work / path)
            rows |= {f"{path}:{name}": found for name, found in more.items()}
            logs |= {f"{path}:{scope}": lines for scope, lines in log.items()}
    return Standing(rows=rows, logs=logs, files=files)


def faults_inside(work: Path) -> list[str]:
    """Return what is wrong in the store itself: SQLite's check, files without their digest, broken chains of logs."""
    if not (work / STORE).is_file():
        return []
    found = []
    with closing(sqlite3.connect(work / STORE)) as database:
        found += [f"sqlite: {row[0]}" for row in database.execute("PRAGMA integrity_check(3)") if row[0] != "ok"]
        for round, path, digest, content in database.execute("SELECT round, path, digest, content FROM files"):
            place = work / f"{STORE}.files" / digest
            body = content if content is not None else place.read_bytes() if place.is_file() else b""
            if hashlib.sha256(body).hexdigest() != digest:
                found.append(f"file without its digest: {round} {path}")
        previous: dict[str, str | None] = {}
        for scope, entry in database.execute("SELECT scope, entry FROM log ORDER BY scope, seq"):
            named = "null" if previous.get(scope) is None else f'"{previous[scope]}"'
            if f'"previous":{named}' not in entry:
                found.append(f"log broken: {scope}")
            previous[scope] = hashlib.sha256(entry.encode()).hexdigest()
    return found


def limit_files(size: int) -> None:
    """Let no file grow beyond a size: the write that would fails."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def copy(source: Path, target: Path) -> None:
    """Bring a folder to what another one holds; times of files stay, as SQLite and readers see them."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


def _database(path: Path) -> tuple[dict[str, frozenset[bytes]], dict[str, list[str]]]:
    rows, logs = {}, {}
    with closing(sqlite3.connect(path)) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in sorted(names):
            found = database.execute(f'SELECT * FROM "{name}"')  # noqa: S608 – our own tables
            rows[name] = frozenset(hashlib.sha256(repr(row).encode()).digest() for row in found)
        if "log" in names:
            for scope, entry in database.execute("SELECT scope, entry FROM log ORDER BY scope, seq"):
                logs.setdefault(scope, []).append(entry)
    return rows, logs


def _plain(place: Path) -> str:
    """The digest of a file; of a backup, which is never the same twice, what it holds."""
    if place.suffix != ".age":
        return hashlib.sha256(place.read_bytes()).hexdigest()
    with place.open("rb") as source:
        reader, found = Decrypter(source, WORDS, file=str(place)), b""
        while piece := reader.read(1 << 20):
            found += piece
    return hashlib.sha256(found).hexdigest()


def _sources(inputs: Path, end: str) -> list[str]:
    rows = [line.split(",") for line in (inputs / "sources.csv").read_text(encoding="utf-8").splitlines()[1:]]
    wanted = {f"{name}{end}": name for name in NAMES}
    return [word for name, values in rows if name in wanted for word in ("--source", f"{wanted[name]}={values}")]


def _fill(work: Path) -> None:
    """Fill in every row of the busiest office's workbook: nothing found."""
    books = {path: openpyxl.load_workbook(path) for path in (work / OUT / "internal" / ROUND).glob("*/*.xlsx")}
    book = max(books.values(), key=lambda book: book["结果录入"].max_row)
    sheet = book["结果录入"]
    at = {cell.value: cell.column for cell in sheet[2]}
    for row in range(3, sheet.max_row + 1):
        if sheet.cell(row, at["检查人员工号"]).value:
            sheet.cell(row, at["检查结果"], "1 未发现问题")
            sheet.cell(row, at["检查日期"], datetime(2026, 12, 4))  # noqa: DTZ001 – spreadsheets have no time zones
            sheet.cell(row, at["审核人"], "钱审核")
    book.save(work / "filled.xlsx")
