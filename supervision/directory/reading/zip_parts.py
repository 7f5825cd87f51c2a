"""The parts of a zip archive (压缩包部件): read piece by piece, never beyond a size that a workbook can have.

An archive says itself how large its parts are, and Python's reader gives no byte more than that. A part that unpacks to
two hundred times the whole file is no workbook: those of a year's registers unpack to thirty times.
"""

from __future__ import annotations

import lzma
import struct
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.parsers import expat

from supervision.directory.reading.refusals import damaged, foreign

PIECE = 1 << 18
LARGEST_PART = 64 << 20
UNSUSPECTED = 32 << 20
MOST_RATIO = 200
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,  # a way of packing that zipfile does not know
    RuntimeError,  # what is locked; RecursionError among them
    expat.ExpatError,
    ET.ParseError,
    LookupError,
    ValueError,
    OverflowError,
    StopIteration,
)


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Turn what a broken archive raises into a sentence for the user (转换读取错误)."""
    try:
        yield
    except BROKEN as error:
        raise damaged(name, error) from error


def pieces(name: str, archive: zipfile.ZipFile, path: str, most: int) -> Iterator[bytes]:
    """Yield a part piece by piece (逐段读部件); one larger than `most` bytes is refused before it is read."""
    size = archive.getinfo(path).file_size
    if size > most or (size > UNSUSPECTED and size > MOST_RATIO * archive.start_dir):
        raise foreign(name, "directory.is_bomb")
    with archive.open(path) as stream:
        while piece := stream.read(PIECE):
            yield piece


def part(name: str, archive: zipfile.ZipFile, path: str) -> bytes:
    """Return a small part whole (读小部件)."""
    return b"".join(pieces(name, archive, path, LARGEST_PART))
