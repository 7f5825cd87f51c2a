"""Signing what is published (公示签名): works on the output folder alone, so the key need not be where the store is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from supervision.canonical import digest
from supervision.errors import DoesNotVerify, UsageError
from supervision.messages import Message
from supervision.month.evidence import PRIVATE_KEY, PUBLIC_KEY, content_of
from supervision.month.home_folder import SIGNATURES, home_pages, public_keys, write_home_folder
from supervision.month.output_folder import EARLIER, MANIFEST, write_whole
from supervision.month.report import Report
from supervision.month.secret_files import refuse_readable, write_secret
from supervision.notice.manifest import Manifest
from supervision.notice.signatures import (
    Signature,
    check_signature,
    fingerprint,
    new_key,
    public_pem,
    read_key,
    read_public,
    sign_digest,
    signatures_from_bytes,
    signatures_to_bytes,
)
from supervision.notice.site.entry_page import PAGE as ENTRY
from supervision.notice.site.entry_page import with_keys
from supervision.sampling.protocol.verifier import verify

NAMED = re.compile(r"(commitment|roster_commitment|result)(?:-[0-9]+)?\.json")
HOME = ("index.html", "index.json")
SHORT = 16


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One published file that is signed (待签文件): which, where below the public folder, and the digest it shows."""

    of: str
    file: str
    digest: str


def make_key(file: Path, passphrase: str) -> Report:
    """Make a signing key (建立签名密钥): `file`, mode 600, and its public part beside it as `<name>.pub.pem`.

    Raises
    ------
    UsageError
        `file` is there already, or the passphrase is empty.
    """
    made = new_key(passphrase)
    try:
        write_secret(file, made)
    except FileExistsError as error:
        raise UsageError("notice.key_there", file=file) from error
    key = read_key(made, passphrase, file=str(file)).public_key()
    public = file.with_suffix(".pub.pem")
    write_whole(public, public_pem(key))
    report = Report(facts={"key": str(file), "public": str(public), "fingerprint": fingerprint(key)})
    report.say("notice.key_made", file=file, public=public, fingerprint=fingerprint(key))
    return report


def open_key(file: Path, passphrase: str | None) -> Ed25519PrivateKey:
    """Return a private key (打开私钥); one that others may read is refused."""
    content = content_of(file, what=PRIVATE_KEY)
    refuse_readable(file)
    return read_key(content, passphrase, file=str(file))


def sign(out: Path, key: Ed25519PrivateKey, *, rounds: Sequence[str] = ()) -> Report:
    """Sign commitments, results and the latest manifest of rounds (对公示签名), all rounds where none is named.

    What does not verify is not signed. Earlier signatures stay; the same key signs the same file once.

    Parameters
    ----------
    out : Path
        The output folder, or its public part alone.
    key : Ed25519PrivateKey
        The agency's key.
    rounds : sequence of str
        Names of rounds.

    Raises
    ------
    DoesNotVerify
        The folder does not verify, or an earlier signature is wrong.
    UsageError
        A named round is not there.
    """
    public = _public(out)
    there = _rounds(public)
    for name in rounds:
        if name not in there:
            raise UsageError("notice.no_round_to_sign", round=name, folder=public)
    found = verify(out)
    if found.difference is not None:
        raise DoesNotVerify("notice.not_signed", folder=out, difference=found.difference)
    name = fingerprint(key.public_key())
    report = Report(facts={"fingerprint": name, "signed": {}})
    signed: dict[str, int] = {}
    for one in rounds or there:
        before = _signatures(public, one)
        made = [sign_digest(key, shown.digest, of=shown.of, file=shown.file) for shown in _shown(public / one)]
        write_whole(public / SIGNATURES / f"{one}.json", signatures_to_bytes([*before, *made]))
        signed[one] = len({*before, *made}) - len(before)
        report.say("notice.signed", round=one, files=len(made), new=signed[one], key=name[:SHORT])
    write_whole(public / SIGNATURES / f"{name[:SHORT]}.pem", public_pem(key))
    listed = Manifest.from_bytes((public / MANIFEST).read_bytes()).files
    pages = {file: (public / file).read_bytes() for file in home_pages(listed)}
    if ENTRY in pages:
        pages[ENTRY] = with_keys(pages[ENTRY], public_keys(public))
    write_home_folder(public, pages)
    report.facts["signed"] = signed
    return report


def check_signatures(out: Path, signers: Sequence[Path] = ()) -> Report:
    """Check the signatures of the rounds of a folder (核验签名): each over its file as it stands, by the key it names.

    With `signers`, files of public keys, each round must be signed by one of them up to its latest manifest.
    """
    given = [read_public(content_of(file, what=PUBLIC_KEY), file=str(file)) for file in signers]
    trusted = {fingerprint(key): key for key in given}
    report = Report(facts={"signatures": {}})
    told: dict[str, object] = {}
    for folder in _folders(out):
        shown = {one.digest: one for one in _shown(folder, earlier=True)}
        found = _signatures(folder.parent, folder.name)
        keys = {name: _key_of(folder.parent, name, trusted) for name in {one.key for one in found}}
        for one in found:
            check_signature(one, keys[one.key])
            if one.digest not in shown or shown[one.digest].of != one.of:
                raise DoesNotVerify("notice.signature_of_nothing", round=folder.name, file=one.file, of=one.of)
        last = {one.digest for one in _shown(folder)}
        whole = sorted(name for name in keys if last <= {one.digest for one in found if one.key == name})
        if trusted and not set(whole) & set(trusted):
            raise DoesNotVerify("notice.signed_by_no_signer", round=folder.name, signers=_names(trusted))
        _tell(report, folder.name, found, whole, trusted)
        told[folder.name] = {"signatures": len(found), "keys": sorted(keys), "up_to_date": whole}
    report.facts["signatures"] = told
    return report


def _tell(report: Report, name: str, found: Sequence[Signature], whole: Sequence[str], trusted: object) -> None:
    if not found:
        report.say("notice.unsigned", round=name)
    for key in sorted({one.key for one in found}):
        state = Message.of("notice.signed_whole" if key in whole else "notice.signed_earlier")
        report.say("notice.signature_right", round=name, key=key, state=state)
    if found and not trusted:
        report.say("notice.compare_fingerprint")


def _names(trusted: dict[str, Ed25519PublicKey]) -> str:
    return " ".join(name[:SHORT] for name in sorted(trusted))


def _public(out: Path) -> Path:
    public = out / "public" if (out / "public").is_dir() else out
    if not all((public / name).is_file() for name in (*HOME, MANIFEST)):
        raise UsageError("notice.no_public_folder", folder=out)
    return public


def _rounds(public: Path) -> list[str]:
    return sorted(path.parent.name for path in public.glob("*/commitment.json"))


def _folders(out: Path) -> list[Path]:
    """The rounds' public folders of whatever folder is checked."""
    folder = out.resolve()
    if (folder / "commitment.json").is_file():
        return [folder]
    public = folder / "public" if (folder / "public").is_dir() else folder
    return [public / name for name in _rounds(public)]


def _shown(folder: Path, *, earlier: bool = False) -> Iterator[Shown]:
    """What is signed of a round, with the digest that a notice shows of it; `earlier` manifests only where asked."""
    hash_name = json.loads((folder / "commitment.json").read_bytes())["hash"]
    for path in sorted(folder.glob("*.json")):
        named = NAMED.fullmatch(path.name)
        if named:
            yield Shown(
                of=named[1], file=f"{folder.name}/{path.name}", digest=digest(hash_name, path.read_bytes()).hex()
            )
    for path in [folder / MANIFEST, *(sorted((folder / EARLIER).glob("*.json")) if earlier else ())]:
        yield Shown(of="manifest", file=f"{folder.name}/{MANIFEST}", digest=digest("sha256", path.read_bytes()).hex())


def _signatures(public: Path, name: str) -> tuple[Signature, ...]:
    path = public / SIGNATURES / f"{name}.json"
    return signatures_from_bytes(content_of(path), file=f"{SIGNATURES}/{name}.json") if path.exists() else ()


def _key_of(public: Path, name: str, trusted: dict[str, Ed25519PublicKey]) -> Ed25519PublicKey:
    if name in trusted:
        return trusted[name]
    file = f"{SIGNATURES}/{name[:SHORT]}.pem"
    if not (public / file).is_file():
        raise DoesNotVerify("notice.key_missing", file=file, key=name)
    return read_public(content_of(public / file), file=file)
