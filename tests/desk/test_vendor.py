"""What pages of the desk load: programs of others are what they say they are, the style sheet is whole."""

import hashlib
import re
from pathlib import Path

import supervision.desk

VENDOR = Path(supervision.desk.__file__).parent / "static" / "vendor"


def test_htmx_is_unchanged():
    """Its digest is the one of the package, as README.txt says."""
    said = re.findall(r"SHA-256 ([0-9a-f]{64})", (VENDOR / "README.txt").read_text(encoding="utf-8"))
    assert said == [hashlib.sha256((VENDOR / "htmx.min.js").read_bytes()).hexdigest()]


def test_every_block_of_the_style_sheet_is_closed():
    """A query of the screen's width never holds another one, or all rules that follow."""
    depth, deepest = 0, 0
    for line in (VENDOR.parent / "sheet.css").read_text(encoding="utf-8").splitlines():
        assert depth == 0 or not line.startswith(("@", "/*")), line
        depth += line.count("{") - line.count("}")
        deepest = max(deepest, depth)
    assert (depth, deepest) == (0, 1)
