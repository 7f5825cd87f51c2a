"""The text of an entry code: every byte of it, what signs it, and what a longer or odd value becomes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from base64 import b32decode
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from supervision.notice.entry.code import MOST, Statement, sign_entry
from supervision.notice.entry.picture import EntryPicture, pictures_in
from supervision.notice.signatures import fingerprint, public_pem

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NAME = fingerprint(KEY.public_key())
STATEMENT = Statement(
    round="2026-12",
    rehearsal=False,
    commitment="ab" * 32,
    visit_id="91320505MA1EXAMP07~1",
    unit="苏州某某 有限公司",
    office_id="market-320505",
    office="虎丘区市场监管局",
    half_days=["2026-12-03T1", "2026-12-03T2"],
    people=[("张三", "320505001"), ("李四", "")],
    tasks=["苏市监抽查〔2026〕1号"],
    items=[("food", "食品|检查"), ("fire", "消防/检查")],
)
SAID = f"""ENTRY1
R:2026-12
C:{"ab" * 32}
V:91320505MA1EXAMP07~1
U:苏州某某_有限公司
O:market-320505/虎丘区市场监管局
D:2026-12-03T1|2026-12-03T2
P:张三/320505001|李四
B:苏市监抽查〔2026〕1号
I:food/食品｜检查|fire/消防／检查
K:{NAME[:16]}"""


def test_every_byte():
    """The whole text, its signature over the bytes before the last line, its number; the same each time."""
    code = sign_entry(STATEMENT, KEY)
    said, _, signature = code.text.rpartition("\nS:")
    assert said == SAID
    raw = b32decode(signature + "=")
    assert (len(raw), len(signature)) == (64, 103)
    KEY.public_key().verify(raw, SAID.encode())
    assert code.number == hashlib.sha256(SAID.encode()).hexdigest()[:16]
    assert sign_entry(STATEMENT, KEY).text == code.text
    printed = code.printed.splitlines()
    assert ("\n".join(printed[:-1]), printed[-1].replace(" ", "")) == (SAID, f"S:{signature}")
    assert {len(one) for one in printed[-1][2:].split(" ")} == {5, 3}


def test_openssl_agrees(tmp_path):
    """The machine's openssl finds the signature right over the text before the last line, and wrong over another."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    said, _, signature = sign_entry(STATEMENT, KEY).text.rpartition("\nS:")
    (tmp_path / "key.pem").write_bytes(public_pem(KEY))
    (tmp_path / "sig").write_bytes(b32decode(signature + "="))
    command = [openssl, "pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin", "-in", "said", "-sigfile", "sig"]
    for text, right in ((said, True), (said.replace("T1", "T2"), False)):
        (tmp_path / "said").write_bytes(text.encode())
        assert (subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0) == right


def test_a_rehearsal_says_so():
    """The round's line names a rehearsal; another office, day or key is another code."""
    code = sign_entry(replace(STATEMENT, rehearsal=True), KEY)
    assert code.text.splitlines()[1] == "R:2026-12/REHEARSAL"
    others = {
        sign_entry(replace(STATEMENT, office_id="fire-320505"), KEY).number,
        sign_entry(replace(STATEMENT, half_days=["2026-12-03T1"]), KEY).number,
        sign_entry(STATEMENT, Ed25519PrivateKey.from_private_bytes(bytes(32))).number,
        sign_entry(STATEMENT, KEY).number,
        code.number,
    }
    assert len(others) == 5


def test_no_value_holds_a_blank_or_a_break():
    """Line breaks and blanks in names cannot make a second line; signs that part values are made wide."""
    odd = replace(STATEMENT, unit=" 甲\nS:forged | x/y　z ", people=[("A\tB", "1/2")])
    lines = sign_entry(odd, KEY).text.splitlines()
    assert (lines[4], lines[7], len(lines)) == ("U:甲_S:forged_｜_x／y_z", "P:A_B/1／2", 12)


def test_names_of_many_items_stay_on_the_paper():
    """At the limit names stand in the code, one byte beyond it ids alone."""
    many = [(f"item-{number:03}", "检查事项名称" * 2) for number in range(12)]
    size = len(replace(STATEMENT, items=many[:-1]).text(NAME).encode())
    for end in range(12):
        told = replace(STATEMENT, items=many[:end]).text(NAME)
        assert len(told.encode()) <= MOST
    assert size <= MOST
    short = replace(STATEMENT, items=[*many, *many])
    assert short.text(NAME).splitlines()[9] == "I:" + "|".join(item for item, _ in short.items)
    room = MOST - len(replace(STATEMENT, items=[("a", "")]).text(NAME).encode()) - 1
    assert replace(STATEMENT, items=[("a", "b" * room)]).text(NAME).endswith(f"I:a/{'b' * room}\nK:{NAME[:16]}")
    assert "\nI:a\n" in replace(STATEMENT, items=[("a", "b" * (room + 1))]).text(NAME)


def test_pictures_are_found_in_lists():
    """A paper's pictures: its own and those of listed entries, none of texts."""
    code = sign_entry(STATEMENT, KEY)
    one, two = EntryPicture(code, width=52), EntryPicture(code, width=38)
    assert list(pictures_in({"a": one, "b": "text", "c": [{"d": two}, {"e": "x"}]})) == [one, two]
    assert str(one) == f"entry-code:{code.number}"
    assert one.png[:8] == b"\x89PNG\r\n\x1a\n"
