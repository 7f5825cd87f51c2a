"""The home folder (公示首页文件夹): OUT/public itself, with its own chain of manifests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from supervision.messages import Message
from supervision.month.manifest_chain import following, measured, older_files
from supervision.month.output_folder import EARLIER, MANIFEST, Source, measure, write_files, written
from supervision.notice.manifest import HOME
from supervision.notice.signatures import read_public

SIGNATURES, DATA = "signatures", "data"
REPORTS = "report"
APART = (f"{SIGNATURES}/*.*", f"{DATA}/**/[!.]*.*", f"{REPORTS}/*/[!.]*.*", "*.zip")


def write_home_folder(folder: Path, listed: Mapping[str, Source]) -> None:
    """Write the home page's own files (写首页文件) and, where anything changed, the next manifest.

    Signatures and archives of rounds stand here and not in a round's folder, for they hold its manifest, too: they are
    listed as they are, and so are the data of the whole city, which are written year by year, and reports' extracts.
    """
    apart = {path.relative_to(folder).as_posix(): path for pattern in APART for path in sorted(folder.glob(pattern))}
    chain = [path.read_bytes() for path in sorted((folder / EARLIER).glob("*.json"))]
    newest = (folder / MANIFEST).read_bytes() if (folder / MANIFEST).is_file() else None
    if newest is not None and newest not in chain[-1:]:  # where a killed call has put it among the earlier ones already
        chain.append(newest)
    now = following(measured({**apart, **listed}), chain, HOME, Message.of("notice.home_reason").text())
    gone = written(folder)
    chain += [now] if not chain or chain[-1] != now else []
    write_files(folder, {**listed, **older_files(chain), MANIFEST: chain[-1]})
    for path in sorted(gone.keys() - written(folder).keys()):
        _remove(folder / path, gone[path])


def _remove(place: Path, digest: str) -> None:
    """Remove a file that the page no longer has (删去不再需要的文件): what left it must not stay readable.

    One that somebody changed is not ours any more; checkers remark it.
    """
    if place.is_file() and measure(place)[1] == digest:
        place.unlink()


def public_keys(folder: Path) -> list[Ed25519PublicKey]:
    """Return the agency's public keys that stand in the public folder (已公布的公钥), sorted by file."""
    return [read_public(path.read_bytes(), file=str(path)) for path in sorted((folder / SIGNATURES).glob("*.pem"))]


def home_pages(manifest: Mapping[str, object]) -> list[str]:
    """Return the home page's own files that a manifest lists (首页自身文件)."""
    apart = (f"{SIGNATURES}/", f"{DATA}/", f"{REPORTS}/", f"{EARLIER}/")
    return [path for path in manifest if not path.startswith(apart) and path[-4:] != ".zip"]
