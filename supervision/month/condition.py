"""The condition of an installation (体检): the program, the machine, the store and what was published, line by line.

Each check gives findings: in order, to be looked at, or at fault, each with what to do. What a check cannot read is a
fault of its own and stops no other check.
"""

from __future__ import annotations

import platform
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from supervision.directory.register import kinds, register
from supervision.errors import SupervisionError
from supervision.messages import Message
from supervision.month.city import City, Progress, beijing_now
from supervision.month.condition_findings import (
    FAULT,
    OK,
    SHOWN,
    WARNING,
    Finding,
    Findings,
    Named,
    carefully,
    file_of,
    finding,
    log_of,
    once,
    some,
)
from supervision.month.paper_templates import FOLDER as TEMPLATES
from supervision.month.paper_templates import FONTS
from supervision.month.published_condition import examine_published
from supervision.month.report import Report
from supervision.month.round_files import COMMITMENT, REGISTERS
from supervision.month.step_journals import FAR
from supervision.notice.formats.typeset import try_fonts
from supervision.store import completeness, register_evidence, soundness
from supervision.store.connection import desk_place, files_folder

DISTRIBUTION = "shuangsuiji"
LITTLE = 1 << 30  # free bytes below which a month of a small city no longer fits
NOTHING = 100 << 20
AHEAD = 62  # days: the month being prepared and the results of the one before
PATIENCE = timedelta(hours=1)  # in which what was sent at the desk is recorded, jobs included
INSIDE = ("files", "tables", "registers", "logs")
OF_ROUNDS = ("clock", "calendar", "committed", "manifests")
EXITS = {OK: 0, WARNING: 4, FAULT: 3}


def examine(
    path: Path,
    *,
    out: Path | None,
    program: str,
    progress: Progress,
    now: Callable[[], datetime] = beijing_now,
) -> Report:
    """Examine program, machine, store and output folder (体检); exit code 3 with a fault, else 4 with a warning."""
    checks: dict[str, Callable[[], Findings]] = {
        "versions": lambda: _versions(program),
        "fonts": lambda: _fonts(path),
        "programs": _programs,
        "disk": lambda: _disk(path),
        "readers": lambda: _readers(path),
        "store": lambda: _store(path, out, progress, now),
    }
    found = once(one for name, check in checks.items() for one in carefully(check, of=name))
    counts = {state: sum(one.state == state for one in found) for state in EXITS}
    report = Report(facts={"store": str(path), **counts})
    report.facts["checks"] = [
        {"state": one.state, "code": one.said.code, "text": {lang: one.sentence.text(lang) for lang in ("zh", "en")}}
        for one in found
    ]
    for one in found:
        report.say("month.examined", state=Message(f"month.examined_{one.state}"), said=one.sentence)
    report.say("month.examined_all", **counts)
    report.exit_code = EXITS[FAULT] if counts[FAULT] else EXITS[WARNING] if counts[WARNING] else EXITS[OK]
    return report


# program and machine


def _versions(program: str) -> Findings:
    python = platform.python_version()
    try:
        wanted = [Requirement(text) for text in metadata.requires(DISTRIBUTION) or ()]
    except metadata.PackageNotFoundError:
        yield finding(WARNING, "month.examined_uninstalled", python=python, version=program)
        return
    needed = [one for one in wanted if one.marker is None or one.marker.evaluate()]
    wrong = 0
    for one in needed:
        version = _version_of(one.name)
        if version is None or not one.specifier.contains(version, prereleases=True):
            wrong += 1
            yield finding(FAULT, "month.examined_version", name=one.name, found=version or "-", wanted=one.specifier)
    if not wrong:
        yield finding(OK, "month.examined_versions", python=python, version=program, count=len(needed))


def _version_of(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _fonts(path: Path) -> Findings:
    own = path.parent / TEMPLATES / FONTS
    try_fonts([own] if own.is_dir() else [])
    yield finding(OK, "month.examined_fonts")


def _programs() -> Findings:
    place = shutil.which("openssl")
    if place is None:
        yield finding(WARNING, "month.examined_no_openssl")
    else:
        yield finding(OK, "month.examined_openssl", path=place)


def _disk(path: Path) -> Findings:
    free = shutil.disk_usage(path.absolute().parent).free
    beside = files_folder(path)
    used = sum(one.stat().st_size for one in (path, *(beside.iterdir() if beside.is_dir() else ())) if one.is_file())
    wanted = max(2 * used, LITTLE)  # an import or a backup sets as much aside as the store has
    state = FAULT if free < NOTHING else WARNING if free < wanted else OK
    if state == OK:
        yield finding(OK, "month.examined_disk", free=free >> 20, used=used >> 20)
    else:
        yield finding(state, "month.examined_disk_little", free=free >> 20, used=used >> 20, wanted=wanted >> 20)


def _readers(path: Path) -> Findings:
    """A store holds frame keys: who can read them before the draw can choose among lists."""
    for place in (path, files_folder(path)):
        if place.exists() and place.stat().st_mode & 0o007:
            yield finding(WARNING, "month.examined_readable", path=place)


# store


def _store(path: Path, out: Path | None, progress: Progress, now: Callable[[], datetime]) -> Findings:
    """What the store holds, once it is known to be one of this program's (库内各项).

    What a damaged file says is no evidence of anything: the damage is told once, with all that was not examined.
    """
    try:
        soundness.version(path)
    except SupervisionError as error:
        if error.code != "store.damaged":
            raise
    damage = _damage(path)
    if damage is not None:
        unmade = (*INSIDE, *OF_ROUNDS, *(("published",) if out else ()))
        yield Finding(state=FAULT, said=damage, stopped=tuple(f"month.examined_of_{name}" for name in unmade))
    checks = _inside(path, out, progress, now) if damage is None else {}
    checks["left"] = lambda: _left(path)
    if desk_place(path).is_file():
        checks["desk"] = lambda: _desk(desk_place(path), now)
    for name, check in checks.items():
        yield from carefully(check, of=name)


def _damage(path: Path) -> Message | None:
    """What is damaged, in which tables; None where SQLite finds every page whole."""
    try:
        faults, tables = soundness.damaged_pages(path)
    except SupervisionError as error:
        if error.code != "store.damaged":
            raise
        faults, tables = [str(error.params["reason"])], []
    if not faults:
        return None
    where = (
        Message.of("month.examined_hit", tables=" ".join(tables)) if tables else Message.of("month.examined_hit_all")
    )
    return Message.of("month.examined_damaged", path=path, tables=where, reason="；".join(faults))


def _inside(
    path: Path, out: Path | None, progress: Progress, now: Callable[[], datetime]
) -> dict[str, Callable[[], Findings]]:
    """The checks of what a whole store holds, by name."""
    found, known = soundness.version(path)
    named: Named = {}
    checks: dict[str, Callable[[], Findings]] = {
        "database": lambda: _database(path, found, known),
        "files": lambda: _files(path, progress, named),
        "tables": lambda: _tables(path, progress),
        "registers": lambda: _registers(path, progress, named),
        "logs": lambda: _logs(path, named),
    }
    if found == known:  # these read the store as every command does, which would bring it to this version
        checks["rounds"] = lambda: _rounds(path, out, progress, now, named)
    return checks


def _database(path: Path, found: int, known: int) -> Findings:
    if found < known:
        yield finding(WARNING, "month.examined_older", found=found, known=known)
    lost = soundness.lost_links(path)
    if lost:
        yield finding(FAULT, "month.examined_links", path=path, rows="；".join(lost[:SHOWN]), count=len(lost))
    else:
        yield finding(OK, "month.examined_database", path=path, version=found)


def _files(path: Path, progress: Progress, named: Named) -> Findings:
    count, faults = soundness.file_faults(path, progress)
    lost, others = completeness.lost_files(path)
    found = [(one, finding(FAULT, "store.file_changed", where=files_folder(path), **_place(one))) for one in faults]
    found += [(one, finding(FAULT, "month.examined_file_lost", **_place(one))) for one in lost]
    found += [(one, finding(FAULT, "month.examined_file_other", **_place(one))) for one in others]
    named.update({file_of(*place): one for place, one in found})
    yield from some([one for _, one in found], folder=path)
    if not found:
        yield finding(OK, "month.examined_files", count=count)


def _place(of: tuple[str, str]) -> dict[str, str]:
    return {"round": of[0], "path": of[1]}


def _tables(path: Path, progress: Progress) -> Findings:
    count, faults = soundness.table_faults(path, progress)
    for round, name in faults[:SHOWN]:
        yield finding(FAULT, "month.examined_table_differs", round=round, table=name)
    if not faults:
        yield finding(OK, "month.examined_tables", count=count)


def _registers(path: Path, progress: Progress, named: Named) -> Findings:
    """Each register that is not as imported is said once, with the plainest evidence."""
    for one in completeness.changed_registers(path):
        params = vars(one) | {"kind": register(one.kind).title}
        named[one.kind] = finding(FAULT, "month.examined_register_changed", **params)
    count, faults = soundness.register_faults(path, progress)
    standing = register_evidence.standing(path, progress)
    for kind in dict.fromkeys([*faults, *standing.rewritten]):
        named.setdefault(kind, finding(FAULT, "month.examined_register_differs", kind=register(kind).title))
    wrong = [named[kind] for kind in kinds() if kind in named]
    yield from wrong
    if not wrong:
        yield finding(OK, "month.examined_registers", count=count, proved=len(standing.proved))
    if standing.open:
        titles = tuple(register(kind).title for kind in standing.open)
        yield finding(OK, "month.examined_undigested", kinds=titles)


def _committed(city: City, progress: Progress, named: Named) -> Findings:
    """Compare the registers with those that the newest round was committed with, as known on its evidence day."""
    rounds = [round for round in city.rounds() if round.holds(REGISTERS)]
    if not rounds:
        return
    last = max(rounds, key=lambda round: (not round.is_rehearsal, round.evidence_day, round.key))
    wanted = last.read(REGISTERS)
    count, differing = register_evidence.differing(
        city.store.path, wanted, on=last.evidence_day, hash_name=last.hash_name, progress=progress
    )
    # a rehearsal does not say when it was made, so any import may have followed it
    at = "" if last.is_rehearsal else last.read(COMMITMENT).committed_at
    later = register_evidence.imported_since(city.store.path, at)
    left = [kind for kind in differing if kind not in named]
    for kind in left:
        if kind not in later:
            yield finding(FAULT, "month.examined_register_since", kind=register(kind).title, round=last.key)
    older = tuple(register(kind).title for kind in left if kind in later)
    if older:
        yield finding(OK, "month.examined_registers_older", kinds=older, round=last.key)
    if not differing:
        yield finding(OK, "month.examined_committed", count=count, round=last.key, on=last.evidence_day)


def _logs(path: Path, named: Named) -> Findings:
    count, wrong = _log_faults(path)
    named.update({log_of(scope): one for scope, one in wrong.items()})
    faults = list(wrong.values())
    faults += [finding(FAULT, "month.examined_round_lost", round=round) for round in completeness.lost_rounds(path)]
    yield from faults
    if not faults:
        yield finding(OK, "month.examined_logs", count=count)


def _log_faults(path: Path) -> tuple[int, dict[str, Finding]]:
    """How many logs a file has, and what is wrong with them, by scope: a broken chain is not said to lack entries."""
    count, chains = soundness.broken_logs(path)
    lost = {
        scope: finding(FAULT, "month.examined_log_lost", scope=scope, steps=" ".join(steps))
        for scope, steps in completeness.lost_entries(path).items()
    }
    broken = {scope: finding(FAULT, "month.examined_log_broken", scope=scope, line=line) for scope, line in chains}
    return count, lost | broken


def _desk(path: Path, now: Callable[[], datetime]) -> Findings:
    """The desk's own file: accounts, drafts, jobs, the log of acts, and whether what was sent is recorded."""
    damage = _damage(path)
    if damage is not None:
        yield Finding(state=FAULT, said=damage, stopped=("month.examined_of_desk",))
        return
    if path.stat().st_mode & 0o077:
        yield finding(WARNING, "month.examined_readable", path=path)
    count, wrong = _log_faults(path)
    yield from wrong.values()
    if not wrong:
        yield finding(OK, "month.examined_desk", path=path, count=count)
    waiting, since = soundness.oldest_sent(path)
    if waiting and now() - datetime.fromisoformat(since) > PATIENCE:
        yield finding(WARNING, "month.examined_sent", count=waiting, since=since[:16].replace("T", " "))


def _left(path: Path) -> Findings:
    for place in soundness.left_over(path):
        yield finding(WARNING, "month.examined_left", path=place)


# rounds, clock and calendar


def _rounds(path: Path, out: Path | None, progress: Progress, now: Callable[[], datetime], named: Named) -> Findings:
    city = City.open(path, who="", now=now, progress=progress)
    checks: dict[str, Callable[[], Findings]] = {
        "clock": lambda: _clock(city),
        "calendar": lambda: _calendar(city),
        "committed": lambda: _committed(city, progress, named),
        "manifests": lambda: examine_published(city, out, named),
    }
    for name, check in checks.items():
        yield from carefully(check, of=name)


def _clock(city: City) -> Findings:
    real = [round.key for round in city.rounds() if not round.is_rehearsal]
    time, last = city.now().isoformat(), city.store.last_time(real)
    if time < last:
        yield finding(FAULT, "month.clock_back", now=time, last=last)
    else:
        yield finding(OK, "month.examined_clock", now=time, last=last or Message.of("month.none"))


def _calendar(city: City) -> Findings:
    today = city.now().date()
    days = city.working_days(FAR, city.rules.on(today))
    for day in (today, today + timedelta(days=AHEAD)):
        try:
            days.is_workday(day)
        except SupervisionError as error:
            yield Finding(state=FAULT if day == today else WARNING, said=error.message)
            return
    yield finding(OK, "month.examined_calendar", until=today + timedelta(days=AHEAD))
