"""Backup and restoration (备份与恢复): what a city's work rests on, in one encrypted file, and back again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from supervision.messages import Message
from supervision.month.city import Progress, beijing_now
from supervision.month.report import Report
from supervision.store.backup import Contents, write_backup
from supervision.store.restore import check_backup, restore_backup


def backup(
    store: Path,
    file: Path,
    *,
    passphrase: str,
    program: str,
    progress: Progress,
    now: Callable[[], datetime] = beijing_now,
) -> Report:
    """Write store, large files and the folders beside it to one encrypted file (备份), while others go on working."""
    given = {"passphrase": passphrase, "made": now().isoformat(), "program": program}
    written = write_backup(store, file, **given, progress=progress)
    report = Report(facts={"file": str(file), "size": written.size, "sha256": written.digest})
    report.say("month.backup_made", file=file, size=written.size, digest=written.digest)
    _tell(report, written.contents)
    report.say("month.backup_passphrase")
    return report


def restore(file: Path, store: Path, *, passphrase: str, progress: Progress) -> Report:
    """Put a backup into a place where nothing stands yet (恢复)."""
    contents = restore_backup(file, store, passphrase=passphrase, progress=progress)
    report = Report(facts={"store": str(store)})
    report.say("month.restored", file=file, store=store)
    _tell(report, contents)
    return report


def check(file: Path, *, passphrase: str, progress: Progress) -> Report:
    """Read a whole backup and write nothing (检查备份)."""
    contents = check_backup(file, passphrase=passphrase, progress=progress)
    report = Report(facts={"file": str(file)})
    report.say("month.backup_whole", file=file)
    _tell(report, contents)
    return report


def _tell(report: Report, contents: Contents) -> None:
    """Say what a backup holds (备份内容)."""
    made, rounds = contents.made, list(contents.rounds)
    report.facts |= {"made": made, "program": contents.program, "rounds": rounds, "files": len(contents.files)}
    report.say(
        "month.backup_holds", made=made, files=len(contents.files), rounds=" ".join(rounds) or Message.of("month.none")
    )
