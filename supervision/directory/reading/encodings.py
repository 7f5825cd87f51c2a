"""Encodings of texts (文字编码): UTF-8, UTF-16 and GB 18030 by trial, and characters that came without a code point.

Sources: GB 18030-2022 with its mapping table (the characters that earlier editions placed in the private use area, such
as FE59 = U+E81E, now U+9FB4); GBK rows A6, A8, A9 and FE.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from supervision.directory.checking.text_scan import parts
from supervision.directory.reading.remarks import numbers
from supervision.errors import DirectoryError
from supervision.messages import Label, Message

HEAD = 1 << 18
END_OF_FILE = b"\x1a"  # which old programs put at the end of a text
# A cell that begins with four Chinese characters in UTF-8; as GB 18030 the bytes are six that no text has together.
_UTF8_CELL = re.compile(rb"[,;\t|\"\n](?:[\xe4-\xe9][\x80-\xbf]{2}){4,}")
# Private code points of GBK and GB 18030-2000/2005 → what GB 18030-2022 maps the same bytes to.
_OF_2022 = {
    **{0xE78D + at: code for at, code in enumerate((0xFE10, 0xFE12, 0xFE11, 0xFE13, 0xFE14, 0xFE15, 0xFE16))},
    **{0xE794 + at: 0xFE17 + at for at in range(3)},
    0xE81E: 0x9FB4,
    0xE826: 0x9FB5,
    0xE82B: 0x9FB6,
    0xE82C: 0x9FB7,
    0xE816: 0x20087,
    0xE817: 0x20089,
    0xE818: 0x200CC,
    0xE831: 0x215D7,
    0xE83B: 0x2298F,
    0xE855: 0x241FE,
    0xE832: 0x9FB8,
    0xE843: 0x9FB9,
    0xE854: 0x9FBA,
    0xE864: 0x9FBB,
}
_IN_ROWS_A6_TO_A9 = {
    0xE7C7: 0x1E3F,
    0xE7C8: 0x01F9,
    0xE7E7: 0x303E,
    **{0xE7E8 + at: 0x2FF0 + at for at in range(12)},
}
_ROW_FE = 0xE815  # FE50; the row's trailing bytes are 50–7E and 80–A0
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_PRIVATE_BYTE = b"\xee"


def decodable(name: str, data: bytes) -> tuple[bytes, str]:
    """Return the bytes without a byte order mark, and the encoding by trial (判断编码): "utf8" or "gb18030"."""
    if wide := _wide_encoding(data):
        try:
            data = data.decode(wide).encode()
        except UnicodeDecodeError as error:
            raise unknown_encoding(name, b"") from error
    while data.startswith(codecs.BOM_UTF8):
        data = data.removeprefix(codecs.BOM_UTF8)
    if data.endswith(END_OF_FILE):
        data = data.rstrip(END_OF_FILE)
    if b"\n" not in data[:HEAD] and b"\r" in data[:HEAD]:
        data = data.replace(b"\r", b"\n")
    for encoding in ("utf8", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(data[:HEAD])
        except UnicodeDecodeError:
            continue
        return data, encoding
    raise unknown_encoding(name, data)


def is_utf8(body: Any) -> bool:
    """Tell whether a pyarrow buffer is UTF-8 from end to end (是否全为 UTF-8)."""
    offsets = pa.py_buffer(np.array([0, body.size], dtype=np.int64))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, body]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _wide_encoding(data: bytes) -> str:
    """Return the encoding of a text in units of two or four bytes (多字节编码), marked or not; "" for others."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[: HEAD // 64 * 2]
    zeros = sample.count(b"\x00")
    if not zeros or zeros < sample.count(b",") + sample.count(b"\n"):
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "ignore")
        if "\x00" not in text and any(mark in text for mark in ",;\t|"):
            return encoding
    return ""


def unknown_encoding(name: str, data: bytes) -> DirectoryError:
    """Return the error for bytes in no encoding (编码不明), or in two: it names the first line of the second."""
    line, encoding = max((_first_undecodable(data, encoding), encoding) for encoding in ("utf8", "gb18030"))
    detail = Message.of("directory.detail_encoding") if line < 2 else _mixed(line, encoding)
    return DirectoryError("directory.unreadable", name=name, detail=detail)


def refuse_mixed(name: str, data: bytes) -> None:
    """Refuse a GB 18030 file with cells in UTF-8 (混用编码), which would come in as other characters."""
    if found := _UTF8_CELL.search(data):
        line = data.count(b"\n", 0, found.start() + 1) + 1
        raise DirectoryError("directory.unreadable", name=name, detail=_mixed(line, "gb18030"))


def _mixed(line: int, encoding: str) -> Message:
    return Message.of("directory.detail_mixed", line=line, encoding={"utf8": "UTF-8"}.get(encoding, "GB18030"))


def _first_undecodable(data: bytes, encoding: str) -> int:
    """Return the number of the first line that is not in an encoding (首个无法解码的行), 0 where all are."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 0


@cache
def private_characters() -> dict[int, str]:
    """Return private code point → the character it stands for (私用区字符对照), as GB 18030-2022 maps its bytes."""
    found = {private: chr(code) for private, code in (_OF_2022 | _IN_ROWS_A6_TO_A9).items()}
    trails = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
    for at, trail in enumerate(trails):
        character = bytes((0xFE, trail)).decode("gb18030")
        if not _PRIVATE.match(character):
            found.setdefault(_ROW_FE + at, character)
    return found


def without_private(values: Any, line: Any, column: Label) -> tuple[Any, list[Message]]:
    """Return a column with private characters replaced (替换私用区字符), and notes on them.

    `values` is a pyarrow ChunkedArray of large_string, `line` the rows' numbers. Characters that the standard does not
    know (user-defined ones, 造字) stay, and their rows are named.
    """
    if not any(_PRIVATE_BYTE in parts(chunk)[1].tobytes() for chunk in values.chunks):
        return values, []
    texts = values.to_pylist()
    replaced: list[int] = []
    unknown: list[int] = []
    for place, text in enumerate(texts):
        if text and _PRIVATE.search(text):
            texts[place] = text.translate(private_characters())
            replaced.append(int(line[place]))
            if _PRIVATE.search(texts[place]):
                unknown.append(int(line[place]))
    if not replaced:
        return values, []
    mapped = sorted(set(replaced) - set(unknown))
    said = (("note_private_mapped", mapped), ("note_private_unknown", unknown))
    notes = [
        Message.of(f"directory.{code}", column=column, count=len(lines), lines=numbers(lines))
        for code, lines in said
        if lines
    ]
    return pa.chunked_array([pa.array(texts, pa.large_string())]), notes
