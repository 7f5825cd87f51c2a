"""The folder of a preview (公示预览文件夹): what would become public, beside what is public now."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from supervision.canonical import canonical_json
from supervision.month.output_folder import measure

NEW, CHANGED, SAME, GONE = "new", "changed", "same", "gone"


@dataclass(frozen=True, kw_only=True)
class PreviewFile:
    """A file of the public folder (预览文件): size and SHA-256 as they would be, of a file that goes as they are."""

    path: str
    size: int
    digest: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a publication would make public (公示预览): its files sorted by path; `of` says of which round and why."""

    files: tuple[PreviewFile, ...]
    of: Mapping[str, str]

    @property
    def fingerprint(self) -> str:
        """What would be public afterwards (预览指纹), SHA-256 in hex: the same before and after its publication."""
        there = {one.path: [one.size, one.digest] for one in self.files if one.state != GONE}
        return hashlib.sha256(canonical_json({"files": there, "of": dict(self.of)})).hexdigest()


def linked(source: Path, target: Path, *, leave_out: str) -> None:
    """Bring files of the public folder into the preview's (引入已公示文件), without the folder `leave_out`.

    They are hard links where the disk allows: whoever writes here replaces files and never writes into one.
    """
    target.mkdir(parents=True)
    if not source.is_dir():
        return
    for path in _files(source):
        if path.partition("/")[0] in (leave_out, f"{leave_out}.zip"):
            continue
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        _link(source / path, target / path)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP):
            raise
        shutil.copyfile(source, target)


def compared(public: Path, target: Path, *, leave_out: Container[str], of: Mapping[str, str]) -> Preview:
    """Return what the preview changes of the public folder (比较), without the top folders `leave_out`."""
    before, after = (
        {path for path in _files(folder) if path.partition("/")[0] not in leave_out} if folder.is_dir() else set()
        for folder in (public, target)
    )
    found = []
    for path in sorted(before | after):
        size, digest = measure((target if path in after else public) / path)
        state = GONE if path not in after else NEW if path not in before else CHANGED
        if state == CHANGED and measure(public / path) == (size, digest):
            state = SAME
        found.append(PreviewFile(path=path, size=size, digest=digest, state=state))
    return Preview(files=tuple(found), of=of)


def _files(folder: Path) -> Iterator[str]:
    """Files below a folder, without links to elsewhere and what a writer left unfinished."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            yield path.relative_to(folder).as_posix()
