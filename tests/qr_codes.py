"""QR codes read by another program (第二程序识码): pages of a PDF as pictures, then zxing-cpp."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
import segno
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


def filmed(text: str, *, side: int = 960) -> bytes:
    """Return a film of a code (拍摄的二维码) as YUV4MPEG2, two frames of grey, as a camera that is held still."""
    squares = np.array([list(row) for row in segno.make_qr(text, error="m", encoding="utf-8").matrix], dtype=np.uint8)
    scale = side * 9 // 10 // len(squares)
    code = np.kron(255 - squares * 255, np.ones((scale, scale), dtype=np.uint8))
    frame = np.full((side, side), 200, dtype=np.uint8)
    at = (side - len(code)) // 2
    frame[at - 4 * scale : at + len(code) + 4 * scale, at - 4 * scale : at + len(code) + 4 * scale] = 255
    frame[at : at + len(code), at : at + len(code)] = code
    film = b"FRAME\n" + frame.tobytes() + bytes([128]) * (side * side // 2)
    return f"YUV4MPEG2 W{side} H{side} F10:1 Ip A1:1 C420jpeg\n".encode() + film * 2


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
