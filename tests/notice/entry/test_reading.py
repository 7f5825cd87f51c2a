"""Entry codes in the browser: SHA-512 and Ed25519 beside another program and RFC 8032, then each verdict."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from notice.entry.test_code import KEY, NAME, STATEMENT

from supervision.notice.entry.code import sign_entry

L = 2**252 + 27742317777372353535851937790883648493
P = 2**255 - 19
KEYS = [{"name": NAME, "bytes": KEY.public_key().public_bytes_raw().hex()}]
CODE = sign_entry(STATEMENT, KEY).text
# RFC 8032, 7.1, tests 1 to 3: secret key, public key, message, signature
VECTORS = (
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
)


def verified(reader, key: bytes, message: bytes, signature: bytes) -> bool:
    """Return what the page says of a signature."""
    parts = ", ".join(f"unhex({part.hex()!r})" for part in (key, message, signature))
    return bool(reader.value(f"Ed25519.verify({parts})"))


def judge(reader, text, day="2026-12-03", unit="", keys=KEYS):
    """Return the page's verdict of a text."""
    call = ", ".join(json.dumps(one) for one in (text, keys, day, unit))
    return reader.value(f"judged({call}).verdict")


def test_sha512(reader):
    """Messages of every length around one and two blocks, beside hashlib."""
    sizes = [*range(140), 239, 240, 241, 1000]
    code = f"{sizes}.map((size) => hex(SHA512(Uint8Array.from({{length: size}}, (_, k) => (k * 7 + size) & 255))))"
    for size, found in zip(sizes, reader.value(code), strict=True):
        assert found == hashlib.sha512(bytes((k * 7 + size) & 255 for k in range(size))).hexdigest()


@pytest.mark.parametrize("vector", VECTORS)
def test_published_vectors(reader, vector):
    """The examples of RFC 8032 hold, and no longer once a bit of key, message or signature is another one."""
    secret, key, message, signature = (bytes.fromhex(part) for part in vector)
    own = Ed25519PrivateKey.from_private_bytes(secret)
    assert (own.public_key().public_bytes_raw(), own.sign(message)) == (key, signature)
    assert verified(reader, key, message, signature)
    for place in (0, 31, 32, 63):
        wrong = bytearray(signature)
        wrong[place] ^= 1
        assert not verified(reader, key, message, bytes(wrong))
    assert not verified(reader, key, message + b"x", signature)
    assert not verified(reader, KEY.public_key().public_bytes_raw(), message, signature)


def test_one_form_alone(reader):
    """The same signature with S + L, a point beyond the field, short parts: refused, as the RFC asks."""
    message = b"entry"
    key, signature = KEY.public_key().public_bytes_raw(), KEY.sign(message)
    s = int.from_bytes(signature[32:], "little")
    assert verified(reader, key, message, signature)
    assert not verified(reader, key, message, signature[:32] + (s + L).to_bytes(32, "little"))
    assert not verified(reader, (P + 1).to_bytes(32, "little"), message, signature)
    assert not verified(reader, key[:31], message, signature)
    assert not verified(reader, key, message, signature[:63])
    zero_with_sign = (1 + (1 << 255)).to_bytes(32, "little")  # x = 0 has no odd root
    assert (
        reader.value(f"Ed25519.verify(unhex({zero_with_sign.hex()!r}), unhex(''), unhex({signature.hex()!r}))") is False
    )


def test_a_low_order_key_signs_nothing_of_ours(reader):
    """A key of low order is no key of the page: only keys that the page knows are asked at all."""
    assert judge(reader, CODE, keys=[{"name": NAME, "bytes": "01" + "00" * 31}]) == "forged"
    assert judge(reader, CODE, keys=[]) == "unknown_key"


@pytest.mark.parametrize(
    ("day", "unit", "verdict"),
    [
        ("2026-12-03", "", "valid"),
        ("2026-12-03", "91320505MA1EXAMP07", "valid"),
        ("2026-12-03", "91320505MA1EXAMP15", "other_unit"),
        ("2026-12-02", "", "early"),
        ("2026-12-04", "", "late"),
    ],
)
def test_verdicts(reader, day, unit, verdict):
    """Right on its day for its unit; before, after and at another unit it is not."""
    assert judge(reader, CODE, day, unit) == verdict


def test_several_days(reader):
    """A code of two days is right from the first to the last."""
    code = sign_entry(replace(STATEMENT, half_days=["2026-12-03T2", "2026-12-05T1"]), KEY).text
    days = ("2026-12-02", "2026-12-03", "2026-12-05", "2026-12-06")
    assert [judge(reader, code, day) for day in days] == ["early", "valid", "valid", "late"]


@pytest.mark.parametrize("line", range(1, 11))
def test_every_line_is_signed(reader, line):
    """One sign more in any line is a forgery, whatever it says; the key's line names a key that nobody knows."""
    lines = CODE.split("\n")
    lines[line] = lines[line] + ("|2026-12-04T1" if line == 6 else "x")
    assert judge(reader, "\n".join(lines)) == ("unknown_key" if line == 10 else "forged")


def test_other_keys(reader):
    """Another agency's code is of an unknown key, and forged where it names ours; the second of two keys is found."""
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    theirs = sign_entry(STATEMENT, other).text
    assert judge(reader, theirs) == "unknown_key"
    said = CODE.rpartition("\nS:")[0]
    assert judge(reader, said + theirs[theirs.index("\nS:") :]) == "forged"
    assert judge(reader, CODE, keys=[{"name": "0" * 64, "bytes": "00" * 32}, *KEYS]) == "valid"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n\r\n") + "\n",
        lambda text: "\n".join(f"  {line[:20]}\n\t{line[20:]} " for line in text.split("\n")),
        lambda text: text.replace("\nU:", "\nU：").replace("\nB:", "\n B： "),
        lambda text: text.replace("有限", "有\n限").replace("S:", "S: "),
        lambda text: sign_entry(STATEMENT, KEY).printed,
        lambda text: (
            text[: text.index("\nS:")]
            + text[text.index("\nS:") :].replace("O", "0").replace("I", "1").lower().replace("s:", "S:")
        ),
    ],
)
def test_how_it_is_typed(reader, change):
    """Blanks, empty lines, lines broken by a narrow paper and wide colons change nothing."""
    assert judge(reader, change(CODE)) == "valid"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "",
        lambda text: "https://example.invalid/",
        lambda text: text.rpartition("\n")[0],
        lambda text: text.replace("ENTRY1", "ENTRY2"),
        lambda text: text.replace("\nO:", "\nX:"),
        lambda text: text.replace("2026-12-03T1", "2026-12-03"),
        lambda text: text.replace("R:2026-12", "R:2026-12/DEMO"),
        lambda text: text.replace("~1", "1"),
        lambda text: text.rpartition("S:")[0] + "S:%%%",
        lambda text: text.rpartition("S:")[0] + "S:A8",
    ],
)
def test_what_is_no_code(reader, change):
    """Nothing, an address, a part, another format: said as such, not as a forgery."""
    assert judge(reader, change(CODE)) == "not_a_code"


def test_what_a_code_says(reader):
    """Everything of it, blanks restored, is there for the page to show."""
    told = reader.value(f"(({{said, signature, ...rest}}) => rest)(parsed({json.dumps(CODE)}))")
    assert told == {
        "round": "2026-12",
        "rehearsal": False,
        "commitment": "ab" * 32,
        "visit": "91320505MA1EXAMP07~1",
        "unitId": "91320505MA1EXAMP07",
        "unit": "苏州某某 有限公司",
        "office": "虎丘区市场监管局",
        "halves": ["2026-12-03T1", "2026-12-03T2"],
        "first": "2026-12-03",
        "last": "2026-12-03",
        "people": [["张三", "320505001"], ["李四", ""]],
        "tasks": ["苏市监抽查〔2026〕1号"],
        "items": [["food", "食品｜检查"], ["fire", "消防／检查"]],
        "key": NAME[:16],
        "number": sign_entry(STATEMENT, KEY).number,
    }
