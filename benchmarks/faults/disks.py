"""A disk on which the power fails: what power.c recorded, and which disks may stand after a failure in between.

Sure is what a file held at its last fsync, and names whose folder was synced since; of the rest, a random part.
"""

from __future__ import annotations

import random
import shutil
import struct
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

HEAD = struct.Struct("<2I2Q2I")
SHARED_MEMORY = "-shm"  # of SQLite: made anew by the first who opens the store


@dataclass(frozen=True)
class Change:
    """One record of power.c.

    "w" write, "t" truncation, "s" sync of a file, "d" of a folder; names: "c" created, "r" renamed, "l" linked, "u"
    unlinked, "m" and "x" a folder made and removed.
    """

    kind: str
    inode: int
    at: int
    one: str
    data: bytes


@dataclass
class Disk:
    """What stands for sure, and what was done since: names by path, bytes by inode."""

    names: dict[str, int] = field(default_factory=dict)
    held: dict[int, bytes] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    written: dict[int, list[Change]] = field(default_factory=dict)
    renamed: dict[str, list[Change]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Path) -> Disk:
        """Read a folder: all that stands before a command is on the disk."""
        found = cls(folders={str(root)})
        for place in sorted(root.rglob("*")):
            if place.is_dir():
                found.folders.add(str(place))
            else:
                inode = place.stat().st_ino
                found.names[str(place)] = inode
                found.held[inode] = place.read_bytes()
        return found

    def do(self, change: Change) -> None:
        """Take in a change; a sync makes sure what came before it."""
        if change.kind in "wt":
            self.written.setdefault(change.inode, []).append(change)
        elif change.kind == "s":
            self.held[change.inode] = applied(self.held.get(change.inode, b""), self.written.pop(change.inode, []))
        elif change.kind == "d":
            for one in self.renamed.pop(change.one, []):
                self.name(one)
        elif change.kind == "m":  # a folder that is not there would only take its files with it
            self.folders.add(change.one)
        elif change.kind != "x":
            if change.kind == "c":  # its inode may have been another file's
                self.held[change.inode] = b""
                self.written.pop(change.inode, None)
            place = change.data.decode() if change.kind == "l" else change.one
            self.renamed.setdefault(place.rpartition("/")[0], []).append(change)

    def name(self, change: Change) -> None:
        """Let a name stand, or go."""
        other = change.data.decode()
        if change.kind == "u":
            self.names.pop(change.one, None)
        elif change.kind == "r" and change.one in self.folders:
            self._rename_folder(change.one, other)
        else:
            self.names[other or change.one] = change.inode
            if change.kind == "r":
                self.names.pop(change.one, None)

    def _rename_folder(self, before: str, after: str) -> None:
        for path in [path for path in self.names if path.startswith(f"{before}/")]:
            self.names[after + path[len(before) :]] = self.names.pop(path)
        moved = {path for path in self.folders if path == before or path.startswith(f"{before}/")}
        self.folders = (self.folders - moved) | {after + path[len(before) :] for path in moved}

    def fail(self, chance: random.Random) -> None:
        """The power fails: of what is not sure, a part stands."""
        for changes in self.renamed.values():
            for change in changes[: chance.randrange(len(changes) + 1)]:
                self.name(change)
        for inode, changes in self.written.items():
            kept = [torn(chance, change) for change in changes if chance.random() < 0.5]
            self.held[inode] = applied(self.held.get(inode, b""), kept)

    def write(self, root: Path) -> None:
        """Lay the disk down as a folder."""
        shutil.rmtree(root, ignore_errors=True)
        for path in sorted(self.folders):
            Path(path).mkdir(parents=True, exist_ok=True)
        for path, inode in self.names.items():
            if not path.endswith(SHARED_MEMORY):
                Path(path).parent.mkdir(parents=True, exist_ok=True)
                Path(path).write_bytes(self.held.get(inode, b""))


def applied(content: bytes, changes: list[Change]) -> bytes:
    """Return a file's bytes after some changes."""
    found = bytearray(content)
    for change in changes:
        end = change.at + len(change.data)
        if change.kind == "t":
            del found[change.at :]
            found.extend(bytes(change.at - len(found)))
        else:
            found.extend(bytes(max(0, end - len(found))))
            found[change.at : end] = change.data
    return bytes(found)


def torn(chance: random.Random, change: Change) -> Change:
    """A write of several sectors, perhaps cut off behind one of them."""
    sectors = len(change.data) // 512
    if change.kind == "t" or sectors < 2 or chance.random() < 0.5:
        return change
    return Change(change.kind, change.inode, change.at, change.one, change.data[: 512 * chance.randrange(1, sectors)])


def changes_in(log: Path) -> list[Change]:
    """Read a record."""
    source, at, found = log.read_bytes() if log.exists() else b"", 0, []
    while at < len(source):
        kind, _, inode, place, first, second = HEAD.unpack_from(source, at)
        at += HEAD.size
        one, data = source[at : at + first].decode(), source[at + first : at + first + second]
        at += first + second
        found.append(Change(chr(kind), inode, place, one, data))
    return found


def built(folder: Path) -> Path:
    """Compile power.c."""
    made = folder / "power.so"
    source = Path(__file__).with_name("power.c")
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-w", "-o", str(made), str(source), "-ldl"], check=True)
    return made
