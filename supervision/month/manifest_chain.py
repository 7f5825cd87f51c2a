"""Chains of manifests (清单链): what follows the manifests that a folder has, and where the earlier ones stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from supervision.month.output_folder import EARLIER, Source, measure
from supervision.notice.manifest import next_manifest


def measured(listed: Mapping[str, Source]) -> dict[str, tuple[int, str]]:
    """Return size and digest of each file (各文件大小与摘要)."""
    return {path: measure(source) for path, source in listed.items()}


def following(found: Mapping[str, tuple[int, str]], chain: Sequence[bytes], name: str, reason: str) -> bytes:
    """Return the manifest that follows those before it (下一份清单): the last one where nothing has changed."""
    last, earlier = chain[-1] if chain else None, measured(older_files(chain))
    return next_manifest(last, found, round=name, reason=reason, earlier=earlier)


def older_files(chain: Sequence[bytes]) -> dict[str, bytes]:
    """Return the files in which all manifests but the last stay (以往清单)."""
    return {f"{EARLIER}/{number:04}.json": body for number, body in enumerate(chain[:-1], 1)}
