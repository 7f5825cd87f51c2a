"""Values and texts that readers stumble over: numbers out of every range, texts of no end, names that lead outside."""

from __future__ import annotations

from random import Random

DIGITS = "9" * 100_000
NESTED = 100_000
VALUES = (
    *("", " ", "0", "-0", "-1", "1", "1.5", "255", "256", "65535", "65536", "1048576", "1048577", "2147483648"),
    *("4294967296", "9223372036854775808", "-9223372036854775809", "1e9", "1e308", "1e400", "-1e400", "1e-400"),
    *("NaN", "nan", "Infinity", "-Infinity", "inf", "0x10", "1_000", "٣", "²", "1,5", "--1", "+", "-", "."),
    *("true", "FALSE", "null", "None", "2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "2026-12-31T24:00:00"),
    *("25:61", "A0", "XFD1048576", "XFE1", "ZZZZZZZZ9", "A1:XFD1048576", "A1:ZZZZZZZ99999999999", "$A$1", "R1C1"),
    *(
        "../../../etc/passwd",
        "..\\..\\x",
        "/etc/passwd",
        "C:\\x",
        "http://192.0.2.1/x",
        "file:///etc/passwd",
        "\\\\x\\y",
    ),
    *(
        "=1+1",
        "=cmd|' /C calc'!A0",
        "@SUM(1)",
        "'; DROP TABLE entities; --",
        "<script>",
        "{{7*7}}",
        "%s%n",
        "{0.__class__}",
    ),
    *(
        "\x00",
        "\x1a",
        "\x1b[2J",
        "\u202e",
        "\ufeff",
        "\ufffe",
        "\ue000",
        "\U0010ffff",
        "é",
        "e\u0301",
        "_x0000_",
        "_x001A_",
    ),
    *("_xD800_", "&#0;", "&#xD800;", "&x;", "]]>", "0" * 400, "1" * 5000, DIGITS, "a" * 100_000, "，" * 50_000),
)
BYTES = (
    *(
        b"\x00",
        b"\xff",
        b"\x7f",
        b"\x80",
        b"\xff\xff\xff\xff",
        b"\x00\x00\x00\x80",
        b"\xff\xff\xff\x7f",
        b"\xed\xa0\x80",
    ),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x81\x30\x81\x30", b"\xfe\x59", b"\xc0\x80"),
    *(b"\n", b"\r", b"\r\n", b'"', b'""', b"'", b",", b"\t", b";", b"|", b"<", b">", b"&", b"{", b"[", b"PK\x03\x04"),
    *(b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"%PDF-", b"\x1f\x8b\x08", b"<!DOCTYPE x>", b"\x00" * 4096, b"9" * 5000),
)


def value(chance: Random) -> str:
    """Return a value of the list, or a number near an edge."""
    if chance.random() < 0.15:
        return str((1 << chance.randrange(70)) + chance.randrange(-2, 3))
    return chance.choice(VALUES)


def changed_bytes(chance: Random, source: bytes) -> bytes:
    """Return bytes with a few places flipped, cut, doubled, filled in or cut off."""
    found = bytearray(source)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        at = chance.randrange(len(found) + 1)
        length = min(chance.choice((1, 1, 2, 4, 8, 64, 512)), len(found) - at)
        how = chance.randrange(6)
        if how == 0 and at < len(found):
            found[at] ^= 1 << chance.randrange(8)
        elif how == 1:
            del found[at : at + length]
        elif how == 2:
            found[at:at] = found[at : at + length] * chance.choice((1, 2, 100))
        elif how == 3:
            piece = chance.choice(BYTES)
            found[at : at + len(piece)] = piece
        elif how == 4:
            found[at:at] = chance.choice(BYTES)
        elif chance.random() < 0.3:
            del found[at:]
    return bytes(found)
