"""The condition of an installation (体检): the program, the machine, the store and what was published, line by line.

Each check gives findings: in order, to be looked at, or at fault, each with what to do. What a check cannot read is a
fault of its own and stops no other check.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from supervision.directory.register import register
from supervision.errors import SupervisionError
from supervision.messages import Message
from supervision.month.city import City, Progress, beijing_now
from supervision.month.output_folder import MANIFEST, measure, written
from supervision.month.paper_templates import FOLDER as TEMPLATES
from supervision.month.paper_templates import FONTS
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import PARTS
from supervision.month.step_journals import FAR
from supervision.notice.formats.typeset import try_fonts
from supervision.notice.manifest import Manifest
from supervision.store import soundness
from supervision.store.connection import desk_place, files_folder

DISTRIBUTION = "shuangsuiji"
LITTLE = 1 << 30  # free bytes below which a month of a small city no longer fits
NOTHING = 100 << 20
AHEAD = 62  # days: the month being prepared and the results of the one before
SHOWN = 10
PATIENCE = timedelta(hours=1)  # in which what was sent at the desk is recorded, jobs included
OK, WARNING, FAULT = "ok", "warning", "fault"
EXITS = {OK: 0, WARNING: 4, FAULT: 3}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line of the examination (体检结果): `state` ok, warning or fault; `said` what is so and what to do."""

    state: str
    said: Message


Findings = Iterator[Finding]


def examine(
    path: Path,
    *,
    out: Path | None,
    program: str,
    progress: Progress,
    now: Callable[[], datetime] = beijing_now,
) -> Report:
    """Examine program, machine, store and output folder (体检); exit code 3 with a fault, else 4 with a warning."""
    checks: list[Callable[[], Findings]] = [
        lambda: _versions(program),
        lambda: _fonts(path),
        _programs,
        lambda: _disk(path),
        lambda: _readers(path),
        lambda: _store(path, out, progress, now),
    ]
    found = [finding for check in checks for finding in _carefully(check)]
    counts = {state: sum(one.state == state for one in found) for state in EXITS}
    report = Report(facts={"store": str(path), **counts})
    report.facts["checks"] = [
        {"state": one.state, "code": one.said.code, "text": {lang: one.said.text(lang) for lang in ("zh", "en")}}
        for one in found
    ]
    for one in found:
        report.say("month.examined", state=Message(f"month.examined_{one.state}"), said=one.said)
    report.say("month.examined_all", **counts)
    report.exit_code = EXITS[FAULT] if counts[FAULT] else EXITS[WARNING] if counts[WARNING] else EXITS[OK]
    return report


def _carefully(check: Callable[[], Findings]) -> Findings:
    try:
        yield from check()
    except SupervisionError as error:
        yield Finding(state=FAULT, said=error.message)
    except OSError as error:
        yield _finding(FAULT, "month.examined_unreadable", path=error.filename or "-", reason=error.strerror or error)


def _finding(state: str, code: str, **params: object) -> Finding:
    return Finding(state=state, said=Message(code, params))


# program and machine


def _versions(program: str) -> Findings:
    python = platform.python_version()
    try:
        wanted = [Requirement(text) for text in metadata.requires(DISTRIBUTION) or ()]
    except metadata.PackageNotFoundError:
        yield _finding(WARNING, "month.examined_uninstalled", python=python, version=program)
        return
    needed = [one for one in wanted if one.marker is None or one.marker.evaluate()]
    wrong = 0
    for one in needed:
        version = _version_of(one.name)
        if version is None or not one.specifier.contains(version, prereleases=True):
            wrong += 1
            yield _finding(FAULT, "month.examined_version", name=one.name, found=version or "-", wanted=one.specifier)
    if not wrong:
        yield _finding(OK, "month.examined_versions", python=python, version=program, count=len(needed))


def _version_of(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _fonts(path: Path) -> Findings:
    own = path.parent / TEMPLATES / FONTS
    try_fonts([own] if own.is_dir() else [])
    yield _finding(OK, "month.examined_fonts")


def _programs() -> Findings:
    place = shutil.which("openssl")
    if place is None:
        yield _finding(WARNING, "month.examined_no_openssl")
    else:
        yield _finding(OK, "month.examined_openssl", path=place)


def _disk(path: Path) -> Findings:
    free = shutil.disk_usage(path.absolute().parent).free
    beside = files_folder(path)
    used = sum(one.stat().st_size for one in (path, *(beside.iterdir() if beside.is_dir() else ())) if one.is_file())
    wanted = max(2 * used, LITTLE)  # an import or a backup sets as much aside as the store has
    state = FAULT if free < NOTHING else WARNING if free < wanted else OK
    if state == OK:
        yield _finding(OK, "month.examined_disk", free=free >> 20, used=used >> 20)
    else:
        yield _finding(state, "month.examined_disk_little", free=free >> 20, used=used >> 20, wanted=wanted >> 20)


def _readers(path: Path) -> Findings:
    """A store holds frame keys: who can read them before the draw can choose among lists."""
    for place in (path, files_folder(path)):
        if place.exists() and place.stat().st_mode & 0o007:
            yield _finding(WARNING, "month.examined_readable", path=place)


# store


def _store(path: Path, out: Path | None, progress: Progress, now: Callable[[], datetime]) -> Findings:
    """What the store holds, once it is known to be one of this program's (库内各项)."""
    found, known = soundness.version(path)
    checks: list[Callable[[], Findings]] = [
        lambda: _database(path, found, known),
        lambda: _files(path, progress),
        lambda: _tables(path, progress),
        lambda: _registers(path, progress),
        lambda: _logs(path),
        lambda: _left(path),
    ]
    if desk_place(path).is_file():
        checks.append(lambda: _desk(desk_place(path), now))
    if found == known:  # these read the store as every command does, which would bring it to this version
        checks.append(lambda: _rounds(path, out, progress, now))
    for check in checks:
        yield from _carefully(check)


def _database(path: Path, found: int, known: int) -> Findings:
    if found < known:
        yield _finding(WARNING, "month.examined_older", found=found, known=known)
    faults = soundness.database_faults(path)
    for text in faults:
        yield _finding(FAULT, "store.damaged", path=path, reason=text)
    if not faults:
        yield _finding(OK, "month.examined_database", path=path, version=found)


def _files(path: Path, progress: Progress) -> Findings:
    count, faults = soundness.file_faults(path, progress)
    for round, name in faults[:SHOWN]:
        yield _finding(FAULT, "store.file_changed", round=round, path=name, where=files_folder(path))
    if not faults:
        yield _finding(OK, "month.examined_files", count=count)


def _tables(path: Path, progress: Progress) -> Findings:
    count, faults = soundness.table_faults(path, progress)
    for round, name in faults[:SHOWN]:
        yield _finding(FAULT, "month.examined_table_differs", round=round, table=name)
    if not faults:
        yield _finding(OK, "month.examined_tables", count=count)


def _registers(path: Path, progress: Progress) -> Findings:
    count, faults = soundness.register_faults(path, progress)
    for kind in faults:
        yield _finding(FAULT, "month.examined_register_differs", kind=register(kind).title)
    if not faults:
        yield _finding(OK, "month.examined_registers", count=count)
    changed = tuple(register(kind).title for kind in soundness.undigested(path))
    if changed:
        yield _finding(OK, "month.examined_undigested", kinds=changed)


def _logs(path: Path) -> Findings:
    count, broken = soundness.broken_logs(path)
    for scope, line in broken:
        yield _finding(FAULT, "month.examined_log_broken", scope=scope, line=line)
    lost = soundness.unlogged(path)
    for round in lost:
        yield _finding(FAULT, "month.examined_log_lost", round=round)
    if not broken and not lost:
        yield _finding(OK, "month.examined_logs", count=count)


def _desk(path: Path, now: Callable[[], datetime]) -> Findings:
    """The desk's own file: accounts, drafts, jobs, the log of acts, and whether what was sent is recorded."""
    faults = soundness.database_faults(path)
    for text in faults:
        yield _finding(FAULT, "store.damaged", path=path, reason=text)
    if faults:
        return
    if path.stat().st_mode & 0o077:
        yield _finding(WARNING, "month.examined_readable", path=path)
    count, broken = soundness.broken_logs(path)
    for scope, line in broken:
        yield _finding(FAULT, "month.examined_log_broken", scope=scope, line=line)
    if not broken:
        yield _finding(OK, "month.examined_desk", path=path, count=count)
    waiting, since = soundness.oldest_sent(path)
    if waiting and now() - datetime.fromisoformat(since) > PATIENCE:
        yield _finding(WARNING, "month.examined_sent", count=waiting, since=since[:16].replace("T", " "))


def _left(path: Path) -> Findings:
    for place in soundness.left_over(path):
        yield _finding(WARNING, "month.examined_left", path=place)


# rounds, clock and calendar


def _rounds(path: Path, out: Path | None, progress: Progress, now: Callable[[], datetime]) -> Findings:
    city = City.open(path, who="", now=now, progress=progress)
    for check in (_clock, _calendar):
        yield from _carefully(lambda check=check: check(city))  # type: ignore[misc]
    yield from _carefully(lambda: _manifests(city, out))


def _clock(city: City) -> Findings:
    real = [round.key for round in city.rounds() if not round.is_rehearsal]
    time, last = city.now().isoformat(), city.store.last_time(real)
    if time < last:
        yield _finding(FAULT, "month.clock_back", now=time, last=last)
    else:
        yield _finding(OK, "month.examined_clock", now=time, last=last or "-")


def _calendar(city: City) -> Findings:
    today = city.now().date()
    days = city.working_days(FAR, city.rules.on(today))
    for day in (today, today + timedelta(days=AHEAD)):
        try:
            days.is_workday(day)
        except SupervisionError as error:
            yield Finding(state=FAULT if day == today else WARNING, said=error.message)
            return
    yield _finding(OK, "month.examined_calendar", until=today + timedelta(days=AHEAD))


def _manifests(city: City, out: Path | None) -> Findings:
    count, faults = 0, 0
    real = {  # which take the place of their rehearsals
        (round.id, part) for round in city.rounds() if not round.is_rehearsal for part in PARTS if round.manifests(part)
    }
    for round in city.rounds():
        for part in PARTS:
            chain = round.manifests(part)
            count += len(chain)
            names = [hashlib.sha256(body).hexdigest() for body in chain]
            broken = [Manifest.from_bytes(body).previous for body in chain] != [None, *names][: len(chain)]
            if broken:
                faults += 1
                yield _finding(FAULT, "month.examined_manifest_chain", round=round.key, part=part)
            elif out is not None and chain and not (round.is_rehearsal and (round.id, part) in real):
                folder = out / part / round.id
                for finding in _published(folder, round, chain[-1]):
                    faults += 1
                    yield finding
    if not faults:
        yield _finding(OK, "month.examined_manifests", count=count, out=str(out) if out else "-")


def _published(folder: Path, round: Round, last: bytes) -> Findings:
    """Compare what stands in an output folder with the last manifest on record (公示文件核对)."""
    manifest = folder / MANIFEST
    if not manifest.is_file() or manifest.read_bytes() != last:
        yield _finding(WARNING, "month.examined_publish", folder=folder, round=round.id)
        return
    for path, digest in written(folder).items():
        place = folder / path
        if not place.is_file() or measure(place)[1] != digest:
            yield _finding(FAULT, "month.examined_published", file=place, round=round.id)
