"""The age format: a second program reads what is written, what it writes is read, and nothing can be changed."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from supervision.errors import DoesNotVerify, UsageError
from supervision.store import age_file
from supervision.store.age_file import CHUNK, TAG, Decrypter, Encrypter

VECTOR = Path(__file__).parents[1] / "vectors" / "age" / "by_pyrage.age"
WORDS = "双随机，一公开 passphrase"


@pytest.fixture(autouse=True)
def little_work(monkeypatch):
    """Try passphrases quickly."""
    monkeypatch.setattr(age_file, "WORK", 10)


def encrypted(content, words=WORDS):
    """Encrypt bytes, in pieces of odd sizes."""
    target = io.BytesIO()
    writer = Encrypter(target, words)
    for start in range(0, len(content), 50_021):
        writer.write(content[start : start + 50_021])
    writer.close()
    return target.getvalue()


def decrypted(content, words=WORDS):
    """Decrypt bytes, in pieces of odd sizes."""
    reader, found = Decrypter(io.BytesIO(content), words, file="x.age"), b""
    while piece := reader.read(70_001):
        found += piece
    return found


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17])
def test_what_is_written_is_read_and_has_the_format_s_size(size):
    """Bytes of any length come back; the file has one tag a chunk, and one chunk where there is nothing."""
    content = os.urandom(size)
    made = encrypted(content)
    assert decrypted(made) == content
    head = made.index(b"\n--- ") + 5 + 43 + 1
    assert len(made) == head + 16 + size + TAG * max(1, -(-size // CHUNK))


def test_a_second_program_s_file_is_read():
    """A file that pyrage 1.4.0 wrote (its own choice of work) is read."""
    assert decrypted(VECTOR.read_bytes(), "second reader") == "由另一程序写出".encode() * 5000


@pytest.mark.parametrize("size", [0, 5, CHUNK, 2 * CHUNK + 3])
def test_a_second_program_reads_ours(size):
    """What is written here, pyrage reads."""
    pyrage = pytest.importorskip("pyrage") if not os.environ.get("CI") else __import__("pyrage")
    content = os.urandom(size)
    assert pyrage.passphrase.decrypt(encrypted(content), WORDS) == content


def test_a_wrong_passphrase_is_told():
    """Another passphrase, and none, are refused before anything is read."""
    made = encrypted(b"secret")
    with pytest.raises(UsageError) as error:
        decrypted(made, WORDS + " ")
    assert error.value.code == "store.passphrase_wrong"
    with pytest.raises(UsageError) as error:
        encrypted(b"", "")
    assert error.value.code == "store.passphrase_empty"


def test_no_byte_can_be_changed():
    """Whatever byte of a file is changed, reading it to the end raises an error of ours."""
    made = encrypted(os.urandom(200))
    for place in range(len(made)):
        changed = bytearray(made)
        changed[place] ^= 1
        with pytest.raises((UsageError, DoesNotVerify)):
            decrypted(bytes(changed))


@pytest.mark.parametrize("cut", [1, TAG, 100, CHUNK + TAG, CHUNK + TAG + 1, 2 * (CHUNK + TAG)])
def test_no_end_can_be_cut_and_none_added(cut):
    """A file without its end, at a chunk's edge too, and one with more behind it raise an error."""
    made = encrypted(os.urandom(3 * CHUNK))
    for wrong in (made[:-cut], made + bytes(cut), made + made[-cut:]):
        with pytest.raises(DoesNotVerify) as error:
            decrypted(wrong)
        assert error.value.code == "store.backup_damaged"


def test_chunks_keep_their_places():
    """Two chunks that change places are noticed."""
    made = encrypted(os.urandom(3 * CHUNK))
    size = CHUNK + TAG
    start = len(made) - 3 * size
    with pytest.raises(DoesNotVerify):
        decrypted(made[:start] + made[start + size : start + 2 * size] + made[start : start + size] + made[-size:])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"age-encryption.org/v1", b"age-encryption.org/v2", "store.not_a_backup"),
        (b"scrypt", b"X25519", "store.not_a_backup"),
        (b" 10\n", b" 21\n", "store.backup_work"),
        (b" 10\n", b" 0\n", "store.backup_work"),
        (b" 10\n", b" -1\n", "store.not_a_backup"),
        (b" 10\n", b" 10 1\n", "store.not_a_backup"),
        (b"\n---", b"\n--", "store.not_a_backup"),
        (b"\n--- ", b"=\n--- ", "store.not_a_backup"),
        (b"\n-> ", b"\r\n-> ", "store.not_a_backup"),
    ],
)
def test_other_headers_are_refused(old, new, code):
    """A header of another kind, or one that asks for too much memory, is refused before any key is tried."""
    made = encrypted(b"secret")
    assert old in made
    with pytest.raises(UsageError) as error:
        decrypted(made.replace(old, new, 1))
    assert error.value.code == code


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" * 100, b"age-encryption.org/v1\n", b"a\n" * 9])
def test_other_files_are_refused(content):
    """Files that are no backups are told as such."""
    with pytest.raises(UsageError) as error:
        decrypted(content)
    assert error.value.code == "store.not_a_backup"
