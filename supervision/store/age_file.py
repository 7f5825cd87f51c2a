"""Files encrypted with a passphrase (口令加密文件), in the age format, version 1: https://c2sp.org/age.

A public format with several programs that read it (age, rage): a backup opens without this program, too. Byte by byte:

    age-encryption.org/v1 ⏎
    -> scrypt SALT N ⏎          SALT: 16 random bytes in base64 without `=`; N: decimal, the work is 2^N
    BODY ⏎                      32 bytes in base64: ChaCha20-Poly1305(key W, nonce 0) of the 16 random bytes K
    --- MAC ⏎                   32 bytes in base64: HMAC-SHA-256(HKDF(K, salt "", info "header")) of all up to `---`
    NONCE                       16 random bytes, then chunks of 64 KiB, each ChaCha20-Poly1305 with a tag of 16 bytes

W = scrypt(passphrase in UTF-8, salt = "age-encryption.org/v1/scrypt" SALT, 2^N, r = 8, p = 1). The chunks' key is
HKDF(K, salt NONCE, info "payload"), HKDF with SHA-256; a chunk's nonce is its number in 11 bytes, big-endian, from 0,
and one byte, 1 for the last chunk and 0 for the others. So nothing can be cut, moved or changed unseen.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from supervision.errors import DoesNotVerify, UsageError

VERSION = b"age-encryption.org/v1"
LABEL = VERSION + b"/scrypt"
WORK = 18  # 256 MiB and about a second for each passphrase tried, as the other programs of the format have it
MOST_WORK = 20  # what a file may ask of the reader's memory: 1 GiB
LONGEST_LINE = 200
CHUNK = 1 << 16
TAG = 16
LAST = b"\x01"


class Encrypter:
    """Writes an encrypted file (加密写入): `write` any bytes, then `close`, without which the file does not open."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        if not passphrase:
            raise UsageError("store.passphrase_empty")
        key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
        body = _cipher(passphrase, salt, WORK).encrypt(bytes(12), key, None)
        head = b"%s\n-> scrypt %s %d\n%s\n---" % (VERSION, _base64(salt), WORK, _base64(body))
        mac = _header_mac(key, head)
        self._target = target
        self._chunks = _payload(key, nonce)
        self._number = 0
        self._waiting = bytearray()
        target.write(b"%s %s\n%s" % (head, _base64(mac.finalize()), nonce))

    def write(self, content: bytes) -> int:
        """Encrypt the next bytes (写入)."""
        self._waiting += content
        while len(self._waiting) > CHUNK:
            self._put(bytes(self._waiting[:CHUNK]), b"\x00")
            del self._waiting[:CHUNK]
        return len(content)

    def close(self) -> None:
        """Write the last chunk (写完)."""
        self._put(bytes(self._waiting), LAST)

    def _put(self, chunk: bytes, mark: bytes) -> None:
        self._target.write(self._chunks.encrypt(self._number.to_bytes(11, "big") + mark, chunk, None))
        self._number += 1


class Decrypter:
    """Reads an encrypted file (解密读取): what `read` returns is as it was written; a changed or cut file raises.

    Raises
    ------
    UsageError
        The file is not of this format, asks for too much memory, or does not open with the passphrase.
    DoesNotVerify
        A byte was changed, or the end is missing; bytes before that place were handed out already.
    """

    def __init__(self, source: BinaryIO, passphrase: str, *, file: str) -> None:
        self._source = source
        self._file = file
        lines = [self._line() for _ in range(4)]
        self.head = b"\n".join(lines)
        salt, work, body, mac = self._fields(lines)
        try:
            key = _cipher(passphrase, salt, work).decrypt(bytes(12), body, None)
        except InvalidTag as error:
            raise UsageError("store.passphrase_wrong", file=file) from error
        try:
            _header_mac(key, b"\n".join([*lines[:3], b"---"])).verify(mac)
        except InvalidSignature as error:
            raise self._damaged() from error
        self._chunks = _payload(key, self._source.read(16))
        self._number = 0
        self._next = self._source.read(CHUNK + TAG)
        self._plain = b""
        self._done = False

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size` (读取); none at the end."""
        if not self._plain and not self._done:
            self._open_chunk()
        found, self._plain = self._plain[:size], self._plain[size:]
        return found

    def _open_chunk(self) -> None:
        chunk, self._next = self._next, self._source.read(CHUNK + TAG)
        self._done = not self._next
        nonce = self._number.to_bytes(11, "big") + (LAST if self._done else b"\x00")
        try:
            self._plain = self._chunks.decrypt(nonce, chunk, None)
        except InvalidTag as error:
            raise self._damaged() from error
        self._number += 1

    def _line(self) -> bytes:
        line = self._source.readline(LONGEST_LINE)
        if not line.endswith(b"\n"):
            raise UsageError("store.not_a_backup", file=self._file)
        return line[:-1]

    def _fields(self, lines: list[bytes]) -> tuple[bytes, int, bytes, bytes]:
        """Return salt, work, body and MAC of the header (文件头各项)."""
        stanza, end = lines[1].split(b" "), lines[3].split(b" ")
        if lines[0] != VERSION or stanza[:2] != [b"->", b"scrypt"] or len(stanza) != 4 or end[0] != b"---":
            raise UsageError("store.not_a_backup", file=self._file)
        salt, body, mac = (self._bytes(text) for text in (stanza[2], lines[2], end[-1]))
        if not stanza[3].isdigit() or (len(salt), len(body), len(mac)) != (16, 32, 32):
            raise UsageError("store.not_a_backup", file=self._file)
        if not 1 <= (work := int(stanza[3])) <= MOST_WORK:
            raise UsageError("store.backup_work", file=self._file, work=work, most=MOST_WORK)
        return salt, work, body, mac

    def _bytes(self, text: bytes) -> bytes:
        try:
            found = b64decode(text + b"=" * (-len(text) % 4), validate=True)
        except ValueError as error:
            raise UsageError("store.not_a_backup", file=self._file) from error
        if _base64(found) != text:
            raise UsageError("store.not_a_backup", file=self._file)
        return found

    def _damaged(self) -> DoesNotVerify:
        return DoesNotVerify("store.backup_damaged", file=self._file)


def _cipher(passphrase: str, salt: bytes, work: int) -> ChaCha20Poly1305:
    """Return the cipher that wraps a file's key (口令密钥)."""
    kdf = Scrypt(salt=LABEL + salt, length=32, n=1 << work, r=8, p=1)
    return ChaCha20Poly1305(kdf.derive(passphrase.encode()))


def _header_mac(key: bytes, head: bytes) -> HMAC:
    """Return the header's HMAC, not yet finished (文件头校验)."""
    mac = HMAC(_derived(key, b"", b"header"), SHA256())
    mac.update(head)
    return mac


def _payload(key: bytes, nonce: bytes) -> ChaCha20Poly1305:
    """Return the cipher of the chunks (正文密钥)."""
    return ChaCha20Poly1305(_derived(key, nonce, b"payload"))


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key)


def _base64(content: bytes) -> bytes:
    return b64encode(content).rstrip(b"=")
