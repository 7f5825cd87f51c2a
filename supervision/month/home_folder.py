"""The home folder (公示首页文件夹): OUT/public itself, with its own chain of manifests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from supervision.messages import Message
from supervision.month.manifest_chain import following, measured, older_files
from supervision.month.output_folder import EARLIER, MANIFEST, Source, write_files
from supervision.notice.manifest import HOME

SIGNATURES = "signatures"


def write_home_folder(folder: Path, listed: Mapping[str, Source]) -> None:
    """Write the home folder's own files (写首页文件) and, where they changed, the next manifest.

    Signatures lie here and not in a round's folder, for they stand over its manifest, too.
    """
    there = sorted((folder / SIGNATURES).glob("*.*"))
    everything: dict[str, Source] = {path.relative_to(folder).as_posix(): path.read_bytes() for path in there}
    everything.update(listed)
    chain = [path.read_bytes() for path in sorted((folder / EARLIER).glob("*.json"))]
    chain += [(folder / MANIFEST).read_bytes()] if (folder / MANIFEST).is_file() else []
    now = following(measured(everything), chain, HOME, Message.of("notice.home_reason").text())
    chain += [now] if not chain or chain[-1] != now else []
    write_files(folder, {**everything, **older_files(chain), MANIFEST: chain[-1]})
