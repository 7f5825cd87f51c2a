"""Encodings: by trial, with or without a mark, and characters that came without a code point of their own."""

import codecs

import pyarrow as pa
import pytest
from builders import said

from supervision.directory.reading.encodings import is_utf8, private_characters
from supervision.directory.reading.register_file import read_table
from supervision.errors import DirectoryError

TEXT = "统一社会信用代码,企业名称,行政区划代码\nu1,{},320505\nu2,乙店,320505\n"


def read(data: bytes):
    """Return a CSV as a table."""
    return read_table("entities", "e.csv", data)


ENCODED = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "gb18030": b"",
    "gbk": b"",
    "utf-16": b"",
    "utf-16-le": b"",
    "utf-16-be": b"",
    "utf-16-le with mark": codecs.BOM_UTF16_LE,
    "utf-16-be with mark": codecs.BOM_UTF16_BE,
}


@pytest.mark.parametrize(("encoding", "mark"), ENCODED.items())
def test_encodings(column_of, encoding, mark):
    """A CSV gives the same names in each encoding, with a byte order mark or without, with each kind of line end."""
    for end in ("\n", "\r\n", "\r"):
        data = TEXT.format("甲店").replace("\n", end).encode(encoding.removesuffix(" with mark"))
        assert column_of(read(mark + data), "name") == ["甲店", "乙店"]


# Bytes of GBK → the character that GB 18030-2022 gives them; Python's own table still has private ones for some.
BYTES = {
    b"\xfe\x59": "\u9fb4",
    b"\xfe\x61": "\u9fb5",
    b"\xfe\x66": "\u9fb6",
    b"\xfe\x67": "\u9fb7",
    b"\xfe\x6d": "\u9fb8",
    b"\xfe\x7e": "\u9fb9",
    b"\xfe\x90": "\u9fba",
    b"\xfe\xa0": "\u9fbb",
    b"\xa6\xd9": "\ufe10",
    b"\xa6\xda": "\ufe12",
    b"\xa6\xdb": "\ufe11",
    b"\xa6\xdf": "\ufe16",
    b"\xa6\xec": "\ufe17",
    b"\xa6\xed": "\ufe18",
    b"\xa6\xf3": "\ufe19",
    b"\xa8\xbc": "\u1e3f",
    b"\xfe\x51": "\U00020087",
    b"\xfe\x50": "\u2e81",
}


@pytest.mark.parametrize(("written", "character"), BYTES.items())
def test_characters_of_2022(column_of, written, character):
    """Bytes that older tables call private are the characters of GB 18030-2022, and their rows are said."""
    table = read(TEXT.encode("gb18030").replace(b"{}", b"\xbc\xd7" + written))
    assert column_of(table, "name")[0] == f"甲{character}"
    if written.decode("gb18030") != character:
        assert (
            str(table.notes[-1])
            == "“企业名称”有 1 行的字符是旧编码（私用区），已按 GB 18030-2022 换成正式字符（第 2 行）"
        )


PRIVATE = {
    0xE815: "\u2e81",
    0xE816: "\U00020087",
    0xE817: "\U00020089",
    0xE818: "\U000200cc",
    0xE81A: "\u3473",
    0xE81E: "\u9fb4",
    0xE831: "\U000215d7",
    0xE832: "\u9fb8",
    0xE83B: "\U0002298f",
    0xE843: "\u9fb9",
    0xE844: "\u4723",
    0xE855: "\U000241fe",
    0xE863: "\u4dae",
    0xE864: "\u9fbb",
    0xE78D: "\ufe10",
    0xE793: "\ufe16",
    0xE796: "\ufe19",
    0xE7C7: "\u1e3f",
    0xE7C8: "\u01f9",
    0xE7E7: "\u303e",
    0xE7E8: "\u2ff0",
    0xE7F3: "\u2ffb",
}


def test_private_code_points():
    """Code points of GBK's rows A6, A8, A9 and FE stand for the characters of the standard, one for one."""
    table = private_characters()
    assert {code: table[code] for code in PRIVATE} == PRIVATE
    assert len(table) == 10 + 2 + 13 + 80
    assert len(set(table.values())) == len(table)
    assert not any("\ue000" <= character <= "\uf8ff" for character in table.values())


def test_private_characters_of_any_file(made, column_of):
    """They are found in UTF-8 and in workbooks too, in every column that is read."""
    table = read(TEXT.format("甲\ue81e").encode())
    assert column_of(table, "name") == ["甲\u9fb4", "乙店"]
    rows = [made.head, made.unit(1, tags="甲\ue81e"), made.unit(2), made.unit(3, tags="\ue864")]
    table = read_table("entities", "e.xlsx", made.book({"数据": made.sheet(rows)}))
    assert column_of(table, "tags") == ["甲\u9fb4", "食品经营", "\u9fbb"]
    assert said(table) == ("“专项库”有 2 行的字符是旧编码（私用区），已按 GB 18030-2022 换成正式字符（第 2、4 行）",)


def test_user_defined_characters_are_said(column_of):
    """A character that only its maker's font knows stays, and its row is named."""
    table = read(TEXT.format("甲\ue81e\ue000").encode())
    assert column_of(table, "name")[0] == "甲\u9fb4\ue000"
    assert said(table) == ("“企业名称”有 1 行含造字或未定义字符，公示页上会显示为空框，请改为正式字符（第 2 行）",)


def test_bytes_in_no_encoding():
    """A file that is in no encoding, or in two, is refused, not read in part; the first line of the second is named."""
    neither = ("不是 UTF-8 也不是 GB18030 编码", "neither UTF-8 nor GB18030")
    far = TEXT.format("甲").encode() + "".join(f"u{number},丙店,320505\n" for number in range(3, 30_000)).encode()
    marked = b"\xef\xbb\xbf" + TEXT.format("甲").encode()
    gbk = TEXT.format("甲").encode("gb18030")
    for data, zh, en in (
        (b"\xff\x81\xff,\xff\n", *neither),
        (far + b"v,\xff\xff,320505\n", "第 30001 行起不是 UTF-8", "from line 30001 on it is not UTF-8"),
        (far + "v,丁店,320505\n".encode("gb18030"), "第 30001 行起不是 UTF-8", "from line 30001 on it is not UTF-8"),
        (far + b"v,\xe4\xb8\n", "第 30001 行起不是 UTF-8", "from line 30001 on it is not UTF-8"),
        (marked + "u9,丁店,320505\n".encode("gb18030"), "第 4 行起不是 UTF-8", "from line 4 on it is not UTF-8"),
        (gbk + "u9,丁店店丁,320505\n".encode(), "第 4 行起不是 GB18030", "from line 4 on it is not GB18030"),
    ):
        with pytest.raises(DirectoryError) as caught:
            read(data)
        assert zh in caught.value.text()
        assert en in caught.value.text("en")


def test_other_marks_and_widths(column_of):
    """UTF-32, two byte order marks and the mark that old programs put at the end make no difference."""
    for data in (
        TEXT.format("甲").encode("utf-32"),
        b"\xef\xbb\xbf\xef\xbb\xbf" + TEXT.format("甲").encode(),
        TEXT.format("甲").encode() + b"\x1a",
        TEXT.format("甲").encode("utf-16-be"),
    ):
        table = read(data)
        assert (column_of(table, "name")[0], table.line.tolist(), len(table.rejected)) == ("甲", [2, 3], 0)


def test_gb18030_far_down_under_an_english_header(column_of):
    """Under a header in English the rows may be GB18030, however far down the first Chinese one stands."""
    rows = "".join(f"u{number},x,320505\n" for number in range(30_000))
    table = read(f"unit_id,name,region\n{rows}v,甲店,320505\n".encode("gb18030"))
    assert column_of(table, "name")[-1] == "甲店"
    assert said(table) == ("文件编码为 gb18030",)


def test_utf8_from_end_to_end():
    """Every byte counts, and an empty text is one."""
    assert [
        is_utf8(pa.py_buffer(data)) for data in (b"", "甲".encode(), b"a\xff", "甲".encode()[:2], b"a" * 99 + b"\xe4")
    ] == [
        True,
        True,
        False,
        False,
        False,
    ]
