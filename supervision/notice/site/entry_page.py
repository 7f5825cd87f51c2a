"""The page that checks entry codes (扫码入企核验页): one file, offline; the agency's public keys stand in it.

The page is public and holds no code: those are on paper, for inspectors are secret before they come.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from supervision.notice.signatures import fingerprint
from supervision.notice.site.checker import joined as checks
from supervision.notice.site.enterprise import Site
from supervision.notice.site.pages import render

PAGE = "entry.html"
SHARED = ("hash", "sha256", "report", "canonical")
SCRIPTS = ("sha512", "ed25519", "code", "words", "scan", "page")
READING = ("sha512", "ed25519", "code")
_KEYS = re.compile(rb'(<script type="application/json" id="entry-keys">)[^<]*(</script>)')
_SHOWN = re.compile(rb'(id="fingerprints">)[^<]*(</span>)')


def entry_page(site: Site, keys: Iterable[Ed25519PublicKey]) -> bytes:
    """Return the page (生成核验页) with the keys that it knows."""
    page = {
        "city": site.city,
        "publisher": site.publisher,
        "rights": site.rights,
        "vendor": vendored("jsQR"),
        "script": scripts(SCRIPTS),
    }
    return with_keys(render("entry", page), keys)


def with_keys(page: bytes, keys: Iterable[Ed25519PublicKey]) -> bytes:
    """Return a page of ours that knows these keys and no others (写入公钥), so that signing needs no store."""
    told = sorted((fingerprint(key), key.public_bytes_raw().hex()) for key in keys)
    listed = json.dumps([{"name": name, "bytes": raw} for name, raw in told], separators=(",", ":")).encode()
    names = "　".join(name for name, _ in told).encode()
    page = _KEYS.sub(lambda match: match[1] + listed + match[2], page)
    return _SHOWN.sub(lambda match: match[1] + names + match[2], page)


@cache
def scripts(names: tuple[str, ...]) -> str:
    """Return the page's scripts one after the other (合并脚本), those of the check in the browser first."""
    folder = files(__package__) / "entry"
    return checks(SHARED) + "\n" + "\n".join((folder / f"{name}.js").read_text(encoding="utf-8") for name in names)


@cache
def vendored(name: str) -> str:
    """Return a program of others as its package has it (外部程序): see vendor/README.txt."""
    return (files(__package__) / "vendor" / f"{name}.js").read_text(encoding="utf-8")
