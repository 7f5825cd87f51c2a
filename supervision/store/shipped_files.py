"""Law as files (规则文件): what is shipped with the program, and the folder `rules/` of a city.

Paths are relative and parted by `/`, as "shared/class_ratio.yaml"; reading what they say is for the rules stage.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from supervision.errors import SupervisionError

SUFFIX = ".yaml"


def shipped_rules() -> dict[str, bytes]:
    """Return the shipped rules (随附规则), relative path → bytes, sorted by path."""
    return _collect(files("supervision_data") / "rules")


def shipped_calendar() -> dict[str, bytes]:
    """Return the shipped working-day calendars (随附工作日历), "2026.yaml" → bytes."""
    return _collect(files("supervision_data") / "calendar")


def shipped_code_lists() -> dict[str, bytes]:
    """Return the shipped code lists (随附代码表), "result.yaml" → bytes."""
    return _collect(files("supervision_data") / "code_lists")


def shipped_formats() -> dict[str, bytes]:
    """Return the shipped formats of national systems (随附的国家平台数据格式), "gsxt.yaml" → bytes."""
    return _collect(files("supervision_data") / "formats")


def shipped_presets() -> dict[str, bytes]:
    """Return the shipped presets (随附的外地做法), "suzhou.yaml" → bytes."""
    return _collect(files("supervision_data") / "presets")


def folder_rules(path: Path) -> dict[str, bytes]:
    """Return the rules that a city wrote (本市规则) in its folder `rules/`; none where there is no such folder.

    Only `.yaml` files count; a file in the folder's place raises `store.no_rules_folder`.
    """
    if not path.exists():
        return {}
    if not path.is_dir():
        raise SupervisionError("store.no_rules_folder", path=path)
    return _collect(path)


def _collect(folder: Traversable, prefix: str = "") -> dict[str, bytes]:
    if not folder.is_dir():
        return {}
    found: dict[str, bytes] = {}
    for entry in folder.iterdir():
        if entry.is_dir():
            found |= _collect(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(SUFFIX):
            found[prefix + entry.name] = entry.read_bytes()
    return dict(sorted(found.items()))
