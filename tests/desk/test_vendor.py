"""Programs of others in the desk's pages are the ones that they say they are."""

import hashlib
import re
from pathlib import Path

import supervision.desk

VENDOR = Path(supervision.desk.__file__).parent / "static" / "vendor"


def test_htmx_is_unchanged():
    """Its digest is the one of the package, as README.txt says."""
    said = re.findall(r"SHA-256 ([0-9a-f]{64})", (VENDOR / "README.txt").read_text(encoding="utf-8"))
    assert said == [hashlib.sha256((VENDOR / "htmx.min.js").read_bytes()).hexdigest()]
