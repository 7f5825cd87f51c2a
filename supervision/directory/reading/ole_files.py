"""OLE containers (复合文档): the streams of an old xls file, and of what else comes in the same box.

Source: [MS-CFB] Compound File Binary File Format, sections 2.2 (header), 2.3 (FAT), 2.4 (mini FAT), 2.6 (directory).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END = 0xFFFFFFFA  # sector numbers from here on are marks: no sector, end of chain, FAT sector
HEADER = 512
MINI = 64
IN_HEADER = 109


class DamagedContainer(Exception):
    """The container contradicts itself (复合文档损坏); callers turn it into words for the user."""


@dataclass(frozen=True, kw_only=True)
class Stream:
    """Where a stream stands (数据流): its first sector and its bytes."""

    start: int
    size: int


class Container:
    """An OLE container (复合文档): `streams` maps a stream's name to where it stands."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(SIGNATURE) or len(data) < HEADER:
            raise DamagedContainer("no header")
        self._data = data
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in (9, 12):
            raise DamagedContainer(f"sectors of 2^{shift} bytes")
        self._sector = 1 << shift
        self._cutoff = struct.unpack_from("<I", data, 56)[0]
        self._fat = self._read_fat()
        directory = self._chain(struct.unpack_from("<I", data, 48)[0])
        self.streams, self._root = _entries(directory)
        self._mini_fat = _numbers(self._chain(struct.unpack_from("<I", data, 60)[0]))

    def read(self, name: str) -> bytes:
        """Return the bytes of a stream (读数据流); KeyError for a name that is not there."""
        stream = self.streams[name]
        if stream.size >= self._cutoff:
            return self._chain(stream.start)[: stream.size]
        box = self._chain(self._root.start)
        parts = [box[at * MINI : (at + 1) * MINI] for at in _followed(self._mini_fat, stream.start)]
        return b"".join(parts)[: stream.size]

    def _read_fat(self) -> list[int]:
        places = [at for at in struct.unpack_from(f"<{IN_HEADER}I", self._data, 76) if at < END]
        more, seen = struct.unpack_from("<I", self._data, 68)[0], set[int]()
        while more < END:
            if more in seen:
                raise DamagedContainer("a chain runs in a circle")
            seen.add(more)
            listed = _numbers(self._at(more))
            places += [at for at in listed[:-1] if at < END]
            more = listed[-1]
            if len(places) * self._sector > len(self._data):
                raise DamagedContainer("more sectors of the FAT than the file has")
        return [number for at in places for number in _numbers(self._at(at))]

    def _at(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        piece = self._data[start : start + self._sector]
        if len(piece) % 4 or not piece:
            raise DamagedContainer(f"sector {number} is not in the file")
        return piece

    def _chain(self, start: int) -> bytes:
        return b"".join(self._at(at) for at in _followed(self._fat, start))


def _followed(table: list[int], start: int) -> list[int]:
    """Return a chain of sectors (扇区链)."""
    chain: list[int] = []
    while start < END:
        if start >= len(table) or len(chain) > len(table):
            raise DamagedContainer("a chain leaves its table")
        chain.append(start)
        start = table[start]
    return chain


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _entries(directory: bytes) -> tuple[dict[str, Stream], Stream]:
    """Return the streams by name and the root entry (目录项)."""
    streams: dict[str, Stream] = {}
    root = Stream(start=END, size=0)
    for at in range(0, len(directory) - 127, 128):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        start, size = struct.unpack_from("<II", directory, at + 116)
        if kind == 5:
            root = Stream(start=start, size=size)
        elif kind == 2:
            name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
            streams.setdefault(name, Stream(start=start, size=size))
    return streams, root
