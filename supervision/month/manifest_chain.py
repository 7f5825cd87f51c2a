"""Chains of manifests (清单链): what a folder lists now, and the manifests before it, which stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from supervision.month.output_folder import EARLIER, Source, measure
from supervision.notice.manifest import next_manifest


def measured_files(listed: Mapping[str, Source]) -> dict[str, tuple[int, str]]:
    """Return size and digest of every file (各文件的大小与摘要)."""
    return {path: measure(source) for path, source in listed.items()}


def next_of(measured: Mapping[str, tuple[int, str]], before: Sequence[bytes], name: str, reason: str) -> bytes:
    """Return the manifest that follows those before it (下一份清单): the last one where nothing has changed."""
    last, earlier = before[-1] if before else None, measured_files(older(before))
    return next_manifest(last, measured, round=name, reason=reason, earlier=earlier)


def older(manifests: Sequence[bytes]) -> dict[str, bytes]:
    """Return the files in which all manifests but the last stay (以往清单文件)."""
    return {f"{EARLIER}/{number:04}.json": body for number, body in enumerate(manifests[:-1], 1)}
