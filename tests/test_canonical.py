"""Canonical bytes (规范字节)."""

import pytest

from supervision.canonical import canonical_json, csv_bytes, digest, parse_canonical
from supervision.errors import SupervisionError


def test_json_is_sorted_and_without_white_space():
    """Keys are sorted, nothing is escaped that need not be, and no newline ends the text."""
    value = {"乙": [1, None, "二\n"], "a": {"z": -5, "b": []}}
    assert canonical_json(value) == '{"a":{"b":[],"z":-5},"乙":[1,null,"二\\n"]}'.encode()
    assert parse_canonical(canonical_json(value)) == value


@pytest.mark.parametrize("value", [1.5, True, 2**53, {1: "a"}, ["\ud800"], b"x", float("nan")])
def test_json_refuses_what_protocol_0_leaves_out(value):
    """Floats, truth values, large integers, keys that are no text and lone surrogates are named and refused."""
    with pytest.raises(SupervisionError) as caught:
        canonical_json({"k": value})
    assert caught.value.code == "canonical.value"
    assert "$.k" in caught.value.text("en")


@pytest.mark.parametrize(
    "source", [b'{"a": 1}', b'{"b":1,"a":2}', b'{"a":1,"a":1}', b'{"a":1}\n', b"1.0", b"\xff", b'"\\u4e00"', b"[", b""]
)
def test_reader_takes_only_canonical_bytes(source):
    """White space, unsorted or doubled keys, a final newline, floats and needless escapes are found."""
    with pytest.raises(SupervisionError) as caught:
        parse_canonical(source)
    assert caught.value.code == "canonical.bytes"


def test_digests_join_their_parts():
    """Both hashes give the published digest of `abc`, whole or in parts; another name is refused."""
    assert digest("sha256", b"a", b"bc").hex().startswith("ba7816bf8f01cfea")
    assert digest("sm3", b"abc").hex().startswith("66c7f0f462eeedd9")
    with pytest.raises(SupervisionError):
        digest("md5", b"abc")


def test_csv_quotes_only_where_needed():
    """Commas, quotes and line ends are quoted; nothing else is; lines end in LF."""
    rows = [("甲,乙", 'say "x"', None), (" a ", "b\r", 3)]
    assert csv_bytes(("a", "b", "c"), rows) == 'a,b,c\n"甲,乙","say ""x""",\n a ,"b\r",3\n'.encode()
