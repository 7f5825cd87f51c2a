"""A round's published folder as one file (本轮压缩包): stored, in a fixed order, without clocks: its bytes repeat."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

EPOCH = (1980, 1, 1, 0, 0, 0)
REGULAR = 0o100644 << 16
UNIX = 3


def archive_name(round_id: str) -> str:
    """Return the file name of a round's archive (压缩包文件名); it stands beside the round's folder, on the home page.

    It is no file of the folder: it holds the folder's manifest, so that this manifest could not list it. The manifest
    of the home page lists it.
    """
    return f"{round_id}.zip"


def write_archive(target: BinaryIO, folder: Path, names: Iterable[str]) -> None:
    """Write the named files of a folder as a zip (写压缩包), each below the folder's own name, sorted by bytes.

    Nothing is compressed: browsers that cannot unpack can still check it.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(names, key=str.encode):
            entry = zipfile.ZipInfo(f"{folder.name}/{name}", EPOCH)
            entry.create_system, entry.external_attr = UNIX, REGULAR
            entry.file_size = (folder / name).stat().st_size
            with (folder / name).open("rb") as source, archive.open(entry, "w") as entered:
                shutil.copyfileobj(source, entered, 2**20)
