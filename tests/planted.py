"""Marks planted in all that must never be public, and a search for them in whatever form a published byte may have.

A mark has signs that every form changes – Chinese, quotes, brackets, an ampersand – so that one that was escaped,
packed or written in another encoding is found only by who undoes that.
"""

from __future__ import annotations

import csv
import gzip
import html
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

PLANTED = {
    "entities": ("legal_rep", "contact", "phone", "note"),
    "inspectors": ("姓名", "执法证编号", "身份证号", "手机号", "家庭住址"),
    "events": ("source", "result", "event_no"),
    "history": ("inspector", "visit_no"),
    "leave": ("事由",),
    "exemptions": ("依据",),
    "objections": ("异议理由",),
    "relations": ("source",),
    "professional": ("评定机关",),
}
TOKEN = re.compile(r"[0-9A-Za-z]{7,}")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gbk")
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
INSPECTOR, THEIRS = re.compile(r"\b([a-z]+-\d{6})-(\d{2})\b"), r"\1-mkinsp\2"


def mark(kind: str, column: str) -> str:
    """Return the mark of a column."""
    return f'密<{kind}&"{column}>号'


def marks() -> dict[str, str]:
    """Return the marks of all planted columns, each with where it stands."""
    return {mark(kind, column): f"{kind}.{column}" for kind, columns in PLANTED.items() for column in columns}


def plant(folder: Path) -> None:
    """Plant every mark in all rows of the registers of an input folder, and rename all inspectors."""
    for path in sorted(folder.glob("*.csv")):
        path.write_text(INSPECTOR.sub(THEIRS, path.read_text("utf-8")), encoding="utf-8")
    for kind, columns in PLANTED.items():
        path = folder / f"{kind}.csv"
        with path.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
        assert rows, f"the demo city has no {kind}"
        for number, row in enumerate(rows):
            row.update({column: f"{mark(kind, column)}{number}" for column in columns})
        with path.open("w", encoding="utf-8", newline="") as handle:
            table = csv.DictWriter(handle, list(rows[0]))
            table.writeheader()
            table.writerows(rows)


def unpacked(name: str, source: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file and, where it is an archive or packed, everything in it."""
    yield name, source
    if source[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            for inside in archive.namelist():
                yield from unpacked(f"{name}:{inside}", archive.read(inside))
    elif source[:2] == b"\x1f\x8b":
        yield from unpacked(f"{name}:gz", gzip.decompress(source))


def readings(source: bytes) -> Iterator[str]:
    """Yield what bytes may say: in every encoding, plain and with escapes of pages, addresses and JSON undone."""
    for encoding in ENCODINGS:
        text = source.decode(encoding, errors="ignore")
        undone = {text, ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace('\\"', '"')}
        undone |= {html.unescape(text), unquote(text), unquote(text, encoding="gbk"), text.replace('""', '"')}
        yield from sorted(undone)
    if source[:5] == b"%PDF-":
        yield _words_of(source)


def _words_of(source: bytes) -> str:
    """The words of a PDF, whose own bytes are packed and by glyphs."""
    reader = shutil.which("pdftotext")
    assert reader, "package poppler-utils is not installed"
    return subprocess.run([reader, "-", "-"], input=source, capture_output=True, timeout=60, check=True).stdout.decode()


def leaks(files: dict[str, bytes], texts: dict[str, str], tokens: dict[str, str]) -> list[tuple[str, str]]:
    """Return (file, what) of every text and whole word that files hold in any form; `texts`, `tokens`: it → what."""
    found = set()
    for path, source in files.items():
        for name, inside in unpacked(path, source):
            for reading in readings(inside):
                found |= {(name, what) for text, what in texts.items() if text in reading}
                found |= {(name, tokens[word]) for word in tokens.keys() & set(TOKEN.findall(reading))}
    return sorted(found)
