"""Licences of what the program needs (依赖组件的许可): name, version, licence, its kind, as packages' metadata tell.

Three kinds may stand beside the Mulan PSL v2: permissive ones, the public domain, and weak copyleft, whose packages are
used as they are, as libraries of their own that anybody can replace. Any other stops the bundle.
"""

from __future__ import annotations

import re
from importlib import metadata
from typing import Protocol

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PERMISSIVE, PUBLIC, WEAK = "permissive", "public domain", "weak copyleft"
SPDX = (
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause BSL-1.0 HPND ISC MIT MIT-0 MulanPSL-2.0 OFL-1.1 PSF-2.0 Unicode-3.0 Zlib"
)
IN_WORDS = (
    *("3-Clause BSD License", "Apache 2.0", "Apache License, Version 2.0", "Apache Software License", "BSD"),
    *("BSD License", "Historical Permission Notice and Disclaimer (HPND)", "ISC License (ISCL)", "MIT License"),
    *("PSF", "Python Software Foundation License", "Zope Public License"),
)
KINDS = {
    **dict.fromkeys((*SPDX.split(), *IN_WORDS), PERMISSIVE),
    **dict.fromkeys(("CC0-1.0", "Unlicense", "Public Domain", "The Unlicense (Unlicense)"), PUBLIC),
    **dict.fromkeys(("MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)"), WEAK),
    **dict.fromkeys(("LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later"), WEAK),
    "GNU Library or Lesser General Public License (LGPL)": WEAK,
    "GNU Lesser General Public License v2 (LGPLv2)": WEAK,
    "GNU Lesser General Public License v3 (LGPLv3)": WEAK,
}
ORDER = (PUBLIC, PERMISSIVE, WEAK)
SHIPPED = {  # what stands inside the program itself, by the text of its licence
    "supervision/desk/static/vendor/htmx-LICENSE.txt": ("htmx", "0BSD"),
    "supervision/notice/site/vendor/jsQR-LICENSE.txt": ("jsQR", "Apache-2.0"),
    "supervision/notice/fonts/OFL.txt": ("Noto Serif CJK SC", "OFL-1.1"),
}


class Told(Protocol):
    """The metadata of a package (组件元数据)."""

    def __getitem__(self, name: str) -> str | None:
        """Return a field that is there."""

    def get(self, name: str, failobj: str) -> str | None:
        """Return a field, or `failobj`."""

    def get_all(self, name: str, default: list[str]) -> list[str] | None:
        """Return every field of a name."""


def licence_of(told: Told) -> str:
    """Return the licence that a package's metadata tells, in the order in which its fields are exact."""
    listed = told.get_all("Classifier", []) or []
    classes = [one.rpartition(" :: ")[2] for one in listed if one.startswith("License ::")]
    classes = [one for one in classes if one != "OSI Approved"]
    written = (told.get("License", "") or "").strip()
    return (
        told.get("License-Expression", "")
        or ", ".join(classes)
        or (written.splitlines()[0] if written else "see the wheel")
    )


def kind_of(licence: str) -> str:
    """Return the kind of a licence: of several that hold together the strictest, of a choice the mildest.

    >>> kind_of("BSD-3-Clause AND CC0-1.0"), kind_of("LGPL-2.1-only OR MIT"), kind_of("GPL-3.0-only")
    ('permissive', 'permissive', '')
    """
    choices = []
    for choice in re.split(r"\s+OR\s+", licence):
        kinds = [KINDS.get(part.strip(), "") for part in re.split(r"\s+AND\s+|,\s(?!Version)", choice)]
        if all(kinds):
            choices.append(max(kinds, key=ORDER.index))
    return min(choices, key=ORDER.index, default="")


def line_of(told: Told) -> str:
    """Return a line of licences.txt: name, version, licence, kind; a licence of no known kind stops."""
    licence = licence_of(told)
    kind = kind_of(licence)
    if not kind:
        raise SystemExit(f"{told['Name']} {told['Version']}: the licence {licence!r} is of no kind that may be used")
    return f"{told['Name']} {told['Version']}: {licence} ({kind})"


def shipped_lines() -> list[str]:
    """Return the lines of what stands inside the program."""
    return [f"{name} (inside shuangsuiji): {licence} ({kind_of(licence)})" for name, licence in SHIPPED.values()]


def needed(names: list[str]) -> dict[str, metadata.Distribution]:
    """Return packages and all that they need, as they are installed here, by name."""
    found: dict[str, metadata.Distribution] = {}
    waiting = list(names)
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        found[name] = metadata.distribution(name)
        wanted = map(Requirement, found[name].requires or [])
        waiting += [one.name for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})]
    return dict(sorted(found.items()))
