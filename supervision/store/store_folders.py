"""What the program keeps beside a store (库旁的文件夹): the city's rules and templates, large files, the desk's things.

Nothing else may be written there: rules are read whole, files without a record are swept away, a backup takes all.
"""

from __future__ import annotations

from pathlib import Path

from supervision.store.store_header import is_ours, stores_in

FOLDERS = ("rules", "paper_templates")  # what a city keeps beside its store
ENDS = (".files", ".desk", ".previews", ".uploads", ".restoring", ".part")  # after a store's name


def own_places(store: Path) -> list[Path]:
    """Return the places beside a store that are the program's own (库旁专用位置), there or not."""
    return [*(store.parent / name for name in FOLDERS), *(store.with_name(store.name + end) for end in ENDS)]


def store_around(path: Path) -> Path | None:
    """Return the store in whose own folders a path lies (所在的库), links followed; None where it lies in none."""
    found = path.resolve()
    for folder in (found, *found.parents):
        if folder.name in FOLDERS and (stores := stores_in(folder.parent)):
            return stores[0]
        for end in ENDS:
            store = folder.with_name(folder.name.removesuffix(end)) if folder.name.endswith(end) else folder
            if store != folder and is_ours(store):
                return store
    return None
