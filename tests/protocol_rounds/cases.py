"""案例 (cases): files of an OUT folder, what must be said of them, and the ways to forge a value."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from protocol_rounds import records_again
from protocol_rounds.bureau import Bureau, Tap
from protocol_rounds.round import Round

Files = dict[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Case:
    """案例: `make` gives the files; `disk` changes the written folder; one of `says` must be named where it differs."""

    name: str
    make: Callable[[], Files]
    verdicts: frozenset[int] = frozenset({5})
    says: tuple[str, ...] = ()
    disk: Callable[[Path], None] | None = None
    folder: str = ""
    history: tuple[str, ...] = ()


def files_of(story: Any) -> Files:
    """Return the files of a round or a bureau."""
    return (story if isinstance(story, Bureau) else story.bureau).files


def honest(name: str, story: Callable[[], Any], verdict: int = 0, **given: Any) -> Case:
    """Return a case that agrees (0), or agrees without being shown to be the only one (6)."""
    return Case(name=name, make=lambda: files_of(story()), verdicts=frozenset({verdict}), **given)


def forged(
    name: str, says: str | tuple[str, ...], story: Callable[..., Any], taps: dict[str, Tap], **given: Any
) -> Case:
    """Return a case in which values are forged by taps and all that follows is made again."""
    verdicts = frozenset(given.pop("verdicts", {5}))
    says = (says,) if isinstance(says, str) else says
    return Case(name=name, says=says, make=lambda: files_of(story(taps)), verdicts=verdicts, **given)


def edited(
    name: str, says: str | tuple[str, ...], story: Callable[..., Any], edit: Callable[[Files], None], **given: Any
) -> Case:
    """Return a case in which files are edited afterwards, with nothing made again unless the edit does it."""
    says = (says,) if isinstance(says, str) else says

    def make() -> Files:
        files = dict(files_of(story()))
        edit(files)
        return files

    return Case(name=name, says=says, make=make, verdicts=frozenset(given.pop("verdicts", {5})), **given)


def rehashed(
    name: str, says: str | tuple[str, ...], story: Callable[..., Any], edit: Callable[[Files], None], **given: Any
) -> Case:
    """Return a case in which files are edited and the attacker makes log digests and manifests again."""

    def both(files: Files) -> None:
        before = dict(files)
        edit(files)
        records_again.make(files, before)

    return edited(name, says, story, both, **given)


def setting(value: Any, *path: Any) -> Tap:
    """Return a tap that sets one field, found by keys and indices."""

    def tap(given: Any, _: Any) -> Any:
        result = copy.deepcopy(given)
        place = result
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
        return result

    return tap


def dropping(*path: Any) -> Tap:
    """Return a tap that leaves one field or element out."""

    def tap(given: Any, _: Any) -> Any:
        result = copy.deepcopy(given)
        place = result
        for step in path[:-1]:
            place = place[step]
        del place[path[-1]]
        return result

    return tap


def changing(change: Callable[[Any, Round], Any]) -> Tap:
    """Return a tap that works on a copy; what the change returns is used, the copy itself when that is None."""

    def tap(given: Any, where: Any) -> Any:
        result = copy.deepcopy(given)
        changed = change(result, where)
        return result if changed is None else changed

    return tap


def bytes_by(change: Callable[[bytes], bytes]) -> Tap:
    """Return a tap on the bytes of a file."""
    return lambda data, _: change(data)
