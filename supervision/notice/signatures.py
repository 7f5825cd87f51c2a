"""Signatures (签名): Ed25519 over the digests that a round shows; draw protocol 2, section 9.

What is signed is the 32 bytes of a file's digest, under the round's hash for commitments and results and SHA-256 for a
manifest: the same digest that a posted notice shows. `openssl pkeyutl -verify -rawin` checks it without this program.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from supervision.canonical import canonical_json, parse_canonical
from supervision.errors import DoesNotVerify, UsageError

ALGORITHM = "Ed25519"
SIGNED = ("commitment", "roster_commitment", "result", "manifest")
HEX = re.compile(r"(?:[0-9a-f]{2})+")


@dataclass(frozen=True, kw_only=True, order=True)
class Signature:
    """One signature (一个签名): of which file, what digest it shows, by which key (SHA-256 of its public part)."""

    of: str
    digest: str
    key: str
    file: str
    signature: str
    algorithm: str = ALGORITHM


def new_key(passphrase: str) -> bytes:
    """Make a signing key (生成签名密钥) and return it as PEM, encrypted with the passphrase."""
    if not passphrase:
        raise UsageError("notice.passphrase_empty")
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase.encode()),
    )


def read_key(pem: bytes, passphrase: str | None, *, file: str) -> Ed25519PrivateKey:
    """Return the private key of a PEM file (读取私钥); a wrong passphrase and another kind of key are refused."""
    try:
        found = serialization.load_pem_private_key(pem, passphrase.encode() if passphrase else None)
    except TypeError as error:
        code = "notice.key_not_encrypted" if passphrase else "notice.key_needs_passphrase"
        raise UsageError(code, file=file) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UsageError("notice.key_not_read", file=file) from error
    if not isinstance(found, Ed25519PrivateKey):
        raise UsageError("notice.key_kind", file=file)
    return found


def public_pem(key: Ed25519PrivateKey | Ed25519PublicKey) -> bytes:
    """Return the public part of a key as PEM (公钥文件)."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def read_public(pem: bytes, *, file: str) -> Ed25519PublicKey:
    """Return the public key of a PEM file (读取公钥)."""
    try:
        found = serialization.load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise DoesNotVerify("notice.key_not_public", file=file) from error
    if not isinstance(found, Ed25519PublicKey):
        raise DoesNotVerify("notice.key_not_public", file=file)
    return found


def fingerprint(key: Ed25519PublicKey) -> str:
    """Return the SHA-256 of a public key's DER form, hex (公钥指纹): `openssl pkey -pubin -outform DER | sha256sum`."""
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def sign_digest(key: Ed25519PrivateKey, digest: str, *, of: str, file: str) -> Signature:
    """Sign one digest (对一个摘要签名); Ed25519 gives the same signature each time."""
    made = key.sign(bytes.fromhex(digest)).hex()
    return Signature(of=of, digest=digest, key=fingerprint(key.public_key()), file=file, signature=made)


def check_signature(one: Signature, key: Ed25519PublicKey) -> None:
    """Raise DoesNotVerify where a signature is not this key's over its digest (核验签名)."""
    wrong = DoesNotVerify("notice.signature_wrong", file=one.file, key=one.key)
    if one.key != fingerprint(key):
        raise wrong
    try:
        key.verify(bytes.fromhex(one.signature), bytes.fromhex(one.digest))
    except (InvalidSignature, ValueError) as error:
        raise wrong from error


def signatures_to_bytes(signatures: Iterable[Signature]) -> bytes:
    """Return the list of a round's signatures as a file (签名清单), sorted, each once."""
    return canonical_json([asdict(one) for one in sorted(set(signatures))])


def signatures_from_bytes(source: bytes, *, file: str) -> tuple[Signature, ...]:
    """Read a list of signatures (读取签名清单); another form is refused with the file's name."""
    raw, names = parse_canonical(source), sorted(Signature.__dataclass_fields__)
    if not isinstance(raw, list):
        raise DoesNotVerify("notice.signatures_form", file=file)
    for entry in raw:
        if not (isinstance(entry, dict) and sorted(entry) == names and all(isinstance(v, str) for v in entry.values())):
            raise DoesNotVerify("notice.signatures_form", file=file)
        known = entry["of"] in SIGNED and entry["algorithm"] == ALGORITHM
        if not known or not all(HEX.fullmatch(entry[name]) for name in ("digest", "key", "signature")):
            raise DoesNotVerify("notice.signatures_form", file=file)
    found = tuple(Signature(**entry) for entry in raw)
    if list(found) != sorted(set(found)):
        raise DoesNotVerify("notice.signatures_form", file=file)
    return found
