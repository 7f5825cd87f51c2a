"""Restoring a backup (恢复备份): into a place where nothing stands yet, and only once all of it was read and checked.

Everything is first written below `<store>.restoring/`; a wrong passphrase, a cut file or a changed byte removes that
folder again. Then the city's folders, large files and the database are moved to their places, the database last: a
store that is there is whole. A command killed while moving goes on moving when it is called again with the same file.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Self

from supervision.errors import DoesNotVerify, SupervisionError, UsageError
from supervision.store.age_file import Decrypter
from supervision.store.backup import BLOCK, DATABASE, DESK, FILES, LIST, Contents, is_member
from supervision.store.connection import clear_errors, desk_place, files_folder, no_folder
from supervision.store.contents import settle
from supervision.store.migrations import MIGRATIONS
from supervision.store.store_folders import FOLDERS

LONGEST_LIST = 1 << 28
LONGEST_HEADER = 1 << 13  # of a path and a size; tarfile before 3.11.10 reads what is malformed in quadratic time
HEADERS = (
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK
)  # fmt: skip
CHECKED = "checked"  # in it the head of the backup: what stands beside it was read whole and is being moved

Progress = Callable[[str, int, int], None]


def check_backup(file: Path, *, passphrase: str, progress: Progress) -> Contents:
    """Read a whole backup and compare every digest (检查备份); nothing is written."""
    with file.open("rb") as source:
        return _read(Decrypter(source, passphrase, file=str(file)), file, None, progress)


def restore_backup(file: Path, store: Path, *, passphrase: str, progress: Progress) -> Contents:
    """Put a backup's store at `store`, its large files and the city's folders beside it (恢复备份).

    Raises
    ------
    UsageError
        Something stands there already, or the file does not open with the passphrase; nothing is written.
    DoesNotVerify
        A byte was changed or the end is missing; nothing is left.
    """
    work = store.with_name(store.name + ".restoring")
    beside = {name: store.parent / name for name in FOLDERS}
    # in this order they are moved
    places = {**beside, FILES[:-1]: files_folder(store), DESK: desk_place(store), DATABASE: store}
    with file.open("rb") as source:
        decrypter = Decrypter(source, passphrase, file=str(file))
        with clear_errors(store):
            if not _is_checked(work, decrypter.head):
                shutil.rmtree(work, ignore_errors=True)  # of a command killed before all was read, or after all stood
                _refuse_there(places)
                _unpack(decrypter, file, work, progress)
            contents = Contents.from_bytes((work / LIST).read_bytes(), file=file)
            _move(work, places)
    return contents


def _is_checked(work: Path, head: bytes) -> bool:
    """Tell whether this backup stands here, read whole (是否已读完); another one's remains are refused."""
    mark = work / CHECKED
    if not mark.is_file():
        return False
    if mark.read_bytes() != head:
        raise UsageError("store.other_restore", folder=work)
    return True


def _refuse_there(places: dict[str, Path]) -> None:
    store = places[DATABASE]
    if not store.parent.is_dir():
        raise no_folder(store)
    beside = [store.with_name(store.name + end) for end in ("-wal", "-shm", "-journal")]
    for place in [*places.values(), *beside]:
        empty = place.is_dir() and not any(place.iterdir())
        if os.path.lexists(place) and not empty:
            raise UsageError("store.restore_there", path=place)


def _unpack(decrypter: Decrypter, file: Path, work: Path, progress: Progress) -> None:
    work.mkdir(mode=0o700)
    try:
        (work / FILES).mkdir(mode=0o770)  # for owner and group, as a store's own
        contents = _read(decrypter, file, work, progress)
        (work / FOLDERS[0]).mkdir(exist_ok=True)
        (work / LIST).write_bytes(contents.to_bytes())
        for folder in (path for path in (work, *work.rglob("*")) if path.is_dir()):
            settle(folder)
        (work / CHECKED).write_bytes(decrypter.head)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise


def _move(work: Path, places: dict[str, Path]) -> None:
    for name, target in places.items():
        source = work / name
        if not source.exists():
            continue  # moved before a kill
        if target.is_dir():
            target.rmdir()  # an empty one; a rename onto it is refused on some systems
        source.rename(target)
        settle(target.parent)
    (work / CHECKED).unlink()
    shutil.rmtree(work)


def _read(decrypter: Decrypter, file: Path, folder: Path | None, progress: Progress) -> Contents:
    """Read the archive to its end (读完整份备份), write its members below `folder` where there is one."""
    contents: Contents | None = None
    left: list[str] = []
    try:
        with tarfile.open(fileobj=decrypter, mode="r|", bufsize=BLOCK, tarinfo=_Entry) as archive:  # type: ignore[call-overload]
            for entry in archive:
                handle = archive.extractfile(entry) if entry.isreg() and entry.sparse is None else None
                if handle is None:  # a link, a folder, a file with holes: we write none
                    raise UsageError("store.not_a_backup", file=file)
                if contents is None:
                    contents, left = _list(entry, handle, file)
                    continue
                if not left or entry.name != left[0] or entry.size != contents.files[left[0]][0]:
                    raise DoesNotVerify("store.backup_differs", file=file, path=entry.name)
                _take(contents, left.pop(0), handle, file, folder)
                progress("store.decrypting", len(contents.files) - len(left), len(contents.files))
    except (tarfile.TarError, ValueError, OverflowError) as error:  # ValueError: of numbers in an entry's own header
        raise UsageError("store.not_a_backup", file=file) from error
    while decrypter.read(BLOCK):
        pass  # to the last chunk, whose mark says that nothing was cut off
    if contents is None:
        raise UsageError("store.not_a_backup", file=file)
    if left:
        raise DoesNotVerify("store.backup_differs", file=file, path=left[0])
    return contents


class _Entry(tarfile.TarInfo):
    """An entry whose further headers are looked at before they are read (归档成员)."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Read a header of 512 bytes; one that announces a longer header than backups have is refused.

        Not by one of tarfile's errors, some of which it takes for the end of the archive.
        """
        entry = super().frombuf(buf, encoding, errors)
        if entry.type in HEADERS and entry.size > LONGEST_HEADER:
            raise ValueError(entry.size)
        return entry


def _list(entry: tarfile.TarInfo, handle: IO[bytes], file: Path) -> tuple[Contents, list[str]]:
    """Read the list, which comes first (读取清单); a store of a newer program, or a path outside, is refused."""
    if entry.name != LIST or entry.size > LONGEST_LIST:
        raise UsageError("store.not_a_backup", file=file)
    contents = Contents.from_bytes(handle.read(), file=file)
    if contents.version > len(MIGRATIONS):
        raise SupervisionError("store.newer", path=file, found=contents.version, known=len(MIGRATIONS))
    for path in contents.files:
        if not is_member(path):
            raise DoesNotVerify("store.backup_differs", file=file, path=path)
    return contents, list(contents.files)


def _take(contents: Contents, path: str, handle: IO[bytes], file: Path, folder: Path | None) -> None:
    """Read one member and compare its digest (读取成员并核对摘要)."""
    target: Any = None
    if folder is not None:
        place = folder.joinpath(*path.split("/"))
        place.parent.mkdir(parents=True, exist_ok=True)
        secret = path in (DATABASE, DESK) or path.startswith(FILES)
        target = os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if secret else 0o644), "wb")
    size, found = 0, hashlib.sha256()
    try:
        while block := handle.read(BLOCK):
            size += len(block)
            found.update(block)
            if target is not None:
                target.write(block)
        if target is not None:
            target.flush()
            os.fsync(target.fileno())
    finally:
        if target is not None:
            target.close()
    if (size, found.hexdigest()) != contents.files[path]:
        raise DoesNotVerify("store.backup_differs", file=file, path=path)
