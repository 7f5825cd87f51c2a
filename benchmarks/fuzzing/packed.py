"""Zip archives taken apart and put together again, also as no program would: sizes that lie, bombs, names outside."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from fuzzing import hostile

BOMB = 400 << 20
STORED, DEFLATED = 0, 8
DAY = 0x21  # 1 January 1980


@dataclass(frozen=True, kw_only=True)
class Member:
    """A file of an archive: its bytes as they are packed, and what the archive says of them."""

    name: str
    packed: bytes
    size: int
    crc: int
    method: int = DEFLATED
    flags: int = 0x800  # the name is UTF-8


def member(name: str, content: bytes) -> Member:
    """Pack a file."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return Member(
        name=name, packed=packer.compress(content) + packer.flush(), size=len(content), crc=zlib.crc32(content)
    )


@cache
def bomb(head: bytes, piece: bytes, tail: bytes) -> Member:
    """Pack a file of 400 MB that repeats one piece."""
    packer, crc, parts = zlib.compressobj(9, zlib.DEFLATED, -15), 0, []
    block = piece * ((1 << 20) // len(piece))
    for content in (head, *[block] * (BOMB // len(block)), tail):
        crc = zlib.crc32(content, crc)
        parts.append(packer.compress(content))
    size = len(head) + len(block) * (BOMB // len(block)) + len(tail)
    return Member(name="", packed=b"".join([*parts, packer.flush()]), size=size, crc=crc)


def unzipped(source: bytes) -> dict[str, bytes]:
    """Return the files of an archive."""
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def zipped(members: list[Member]) -> bytes:
    """Put members together as they are."""
    body, listed = [], []
    at = 0
    for one in members:
        name = one.name.encode("utf-8", "surrogatepass")
        facts = struct.pack(
            "<5H3L2H", 20, one.flags, one.method, 0, DAY, one.crc, len(one.packed), one.size & 0xFFFFFFFF, len(name), 0
        )
        body += [b"PK\x03\x04", facts, name, one.packed]
        listed += [b"PK\x01\x02", struct.pack("<H", 20), facts, struct.pack("<3H2L", 0, 0, 0, 0, at), name]
        at += 30 + len(name) + len(one.packed)
    directory = b"".join(listed)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(members), len(members), len(directory), at, 0)
    return b"".join([*body, directory, end])


def changed_archive(
    chance: Random,
    source: bytes,
    change: Callable[[Random, str, bytes], bytes],
    bombs: tuple[tuple[str, bytes, bytes, bytes], ...],
) -> bytes:
    """Return an archive with some members changed by `change`, or with an archive that lies about them.

    `bombs`: name of a member, and head, piece and tail of what takes its place.
    """
    files = unzipped(source)
    members = {name: member(name, content) for name, content in files.items()}
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        name = chance.choice([name for name in members if name in files] or [""])
        if not name:
            break
        how = chance.randrange(20)
        if how < 15:
            files[name] = change(chance, name, files[name])
            members[name] = member(name, files[name])
        elif how == 15 and chance.random() < 0.25:  # a bomb costs its reader time even where it is refused
            name, *parts = chance.choice(bombs)
            members[name] = replace(bomb(*parts), name=name, size=chance.choice((bomb(*parts).size, 1000, 0)))
        elif how == 16:
            members[name] = replace(
                members[name],
                size=chance.choice((0, 1, 1 << 20, (1 << 32) - 1)),
                crc=members[name].crc ^ chance.choice((0, 1)),
            )
        elif how == 17:
            members[name] = replace(
                members[name],
                method=chance.choice((STORED, 9, 12, 14, 93, 99)),
                flags=chance.choice((0, 1, 8, 0x800, 0x41, 0xFFFF)),
            )
        elif how == 18:
            other = chance.choice(("../" * 9 + "etc/x", "/etc/x", "a\\..\\b", "x" * 60_000, name, "\ud800", "", "."))
            members[other] = replace(members[name], name=other)
        else:
            members.pop(name, None)
    order = list(members.values())
    if chance.random() < 0.05:
        chance.shuffle(order)
    made = zipped(order)
    return hostile.changed_bytes(chance, made) if chance.random() < 0.1 else made
