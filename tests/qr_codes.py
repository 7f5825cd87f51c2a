"""QR codes read by another program (第二程序识码): pages of a PDF as pictures, then zxing-cpp."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from notice.test_look import program


def pages_of(source: bytes, folder: Path, *, dpi: int = 150) -> list[Path]:
    """Return the pages of a PDF as grey pictures (逐页图片)."""
    drawer = program("pdftoppm", package="poppler-utils")
    command = [drawer, "-gray", "-r", str(dpi), "-", folder / "page"]
    subprocess.run(command, input=source, capture_output=True, timeout=120, check=True)
    return sorted(folder.glob("page-*.pgm"))


def picture_of(source: bytes, folder: Path, page: int, *, dpi: int = 150) -> Path:
    """Return one page of a PDF as PNG (一页图片), as a phone takes a photograph."""
    drawer = program("pdftoppm", package="poppler-utils")
    command = [drawer, "-png", "-singlefile", "-f", str(page), "-r", str(dpi), "-", folder / "photo"]
    subprocess.run(command, input=source, capture_output=True, timeout=120, check=True)
    return folder / "photo.png"


def codes_in(page: Path) -> list[str]:
    """Return the texts of all QR codes in a picture (识别二维码), from top to bottom."""
    if os.environ.get("CI") != "true":
        pytest.importorskip("zxingcpp")
    import zxingcpp

    head, width, height, most = page.read_bytes().split(maxsplit=4)[:4]
    assert (head, most) == (b"P5", b"255")
    shape = (int(height), int(width))
    grey = np.frombuffer(page.read_bytes()[-shape[0] * shape[1] :], dtype=np.uint8).reshape(shape)
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode)
    return [one.bytes.decode() for one in sorted(found, key=lambda one: one.position.top_left.y)]
