"""路径 (10): links, pipes, sockets, folders in place of files, sparse files, strange names."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

from protocol_rounds.cases import Case, files_of
from protocol_rounds.scenarios import plain

PUBLIC, AUDIT = "public/2026-12", "audit/2026-12"


def on_disk(name: str, change: Callable[[Path], None], *says: str, folder: str = "") -> Case:
    """Return a case whose written folder is changed."""
    return Case(name=name, make=lambda: files_of(plain()), disk=change, says=says, folder=folder)


def linked(path: str) -> Callable[[Path], None]:
    """Return what replaces a file by a link to its copy outside."""

    def change(out: Path) -> None:
        copy = out.parent / f"{out.name}-copy"
        copy.write_bytes((out / path).read_bytes())
        (out / path).unlink()
        (out / path).symlink_to(copy)

    return change


def linked_folder(path: str) -> Callable[[Path], None]:
    """Return what replaces a folder by a link to it elsewhere."""

    def change(out: Path) -> None:
        target = out.parent / f"{out.name}-folder"
        (out / path).rename(target)
        (out / path).symlink_to(target, target_is_directory=True)

    return change


def pipe(path: str, replace: bool = True) -> Callable[[Path], None]:
    """Return what puts a FIFO at a path."""

    def change(out: Path) -> None:
        if replace:
            (out / path).unlink()
        os.mkfifo(out / path)

    return change


def listening(out: Path) -> None:
    """Put a socket in place of reveal.json; by a short name, as paths of sockets are."""
    path = out / PUBLIC / "reveal.json"
    path.unlink()
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


def folder_instead(out: Path) -> None:
    """Put a folder in place of reveal.json."""
    (out / PUBLIC / "reveal.json").unlink()
    (out / PUBLIC / "reveal.json").mkdir()


def sparse(path: str, size: int = 1 << 40) -> Callable[[Path], None]:
    """Return what makes a file as large as a disk without filling it."""
    return lambda out: os.truncate(out / path, size)


def sparse_beside(out: Path) -> None:
    """Put an unlisted sparse file beside the others."""
    (out / PUBLIC / "extra.json").touch()
    os.truncate(out / PUBLIC / "extra.json", 1 << 40)


def bad_name(out: Path) -> None:
    """Put a file beside whose name is no UTF-8."""
    Path(os.fsdecode(os.fsencode(out / PUBLIC) + b"/\xff.json")).write_bytes(b"{}")


def broken_line(out: Path) -> None:
    """Put a file beside whose name holds a line break."""
    (out / PUBLIC / "a\nb.json").write_bytes(b"{}")


def upper(out: Path) -> None:
    """Rename the reveal to upper case."""
    (out / PUBLIC / "reveal.json").rename(out / PUBLIC / "REVEAL.json")


def empty(out: Path) -> None:
    """Take all files of the public folder away."""
    for path in sorted((out / PUBLIC).rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def dangling(out: Path) -> None:
    """Put a link to nothing beside the files."""
    (out / PUBLIC / "x.json").symlink_to("nowhere")


def loop(out: Path) -> None:
    """Put a link to the folder itself into it."""
    (out / PUBLIC / "loop").symlink_to(".")


def cases() -> list[Case]:
    """Return all cases about paths."""
    return [
        on_disk("a link in place of the commitment", linked(f"{PUBLIC}/commitment.json"), "commitment.json"),
        on_disk("a link in place of the key", linked(f"{AUDIT}/frame_key.hex"), "frame_key.hex"),
        on_disk("a link in place of the manifest", linked(f"{PUBLIC}/manifest.json"), "manifest.json"),
        on_disk("a link in place of the log", linked(f"{AUDIT}/log.jsonl"), "log.jsonl"),
        on_disk("a link in place of a task's folder", linked_folder(f"{AUDIT}/tasks/fire-01"), "fire-01"),
        on_disk("a link in place of the open folder", linked_folder(f"{PUBLIC}/open"), "open"),
        on_disk("a link to nothing", dangling, "x.json"),
        on_disk("a link to the folder itself", loop, "loop"),
        on_disk("a pipe in place of the reveal", pipe(f"{PUBLIC}/reveal.json"), "reveal.json"),
        on_disk("a pipe in place of the manifest", pipe(f"{PUBLIC}/manifest.json"), "manifest.json"),
        on_disk("a pipe in place of the anchors", pipe(f"{PUBLIC}/anchors.json"), "anchors.json"),
        on_disk("a pipe beside the files", pipe(f"{PUBLIC}/x.json", replace=False), "x.json"),
        on_disk("a pipe in place of a frame", pipe(f"{AUDIT}/tasks/fire-01/frame.csv"), "frame.csv"),
        on_disk("a socket in place of the reveal", listening, "reveal.json"),
        on_disk("a folder in place of the reveal", folder_instead, "reveal.json"),
        on_disk("a sparse commitment", sparse(f"{PUBLIC}/commitment.json"), "commitment.json"),
        on_disk("a sparse frame", sparse(f"{AUDIT}/tasks/food-03/frame.csv"), "frame.csv"),
        on_disk("a sparse key", sparse(f"{AUDIT}/frame_key.hex"), "frame_key.hex"),
        on_disk("a sparse file beside the others", sparse_beside, "extra.json"),
        on_disk("a name that is no UTF-8", bad_name),
        on_disk("a name with a line break", broken_line),
        on_disk("a name in upper case", upper, "REVEAL.json", "reveal.json"),
        on_disk("an empty public folder", empty, "commitment.json", "manifest.json", "2026-12"),
        on_disk("a folder that is not there", lambda out: None, "nowhere", folder="nowhere"),
        on_disk("a file instead of a folder", lambda out: None, folder=f"{PUBLIC}/commitment.json"),
        on_disk("a pipe in the public folder alone", pipe(f"{PUBLIC}/result.json"), "result.json", folder=PUBLIC),
        on_disk("a link in the public folder alone", linked(f"{PUBLIC}/result.json"), "result.json", folder=PUBLIC),
    ]
