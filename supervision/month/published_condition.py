"""The condition of what was published (公示核对): chains of manifests, the log that they list, the output folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from supervision.month.city import ANNUAL, City
from supervision.month.condition_findings import (
    FAULT,
    OK,
    WARNING,
    Findings,
    Named,
    carefully,
    file_of,
    finding,
    log_of,
    some,
)
from supervision.month.output_folder import MANIFEST, UNFINISHED, measure
from supervision.month.round import Round
from supervision.month.round_files import MANIFEST as KEPT_MANIFEST
from supervision.month.round_files import PARTS, kept_path, published_path
from supervision.notice.manifest import Manifest

PUBLIC, AUDIT = PARTS
LOG = "log.jsonl"
YEARLY, PUBLISHED = "annual", "annual-publish"


def examine_published(city: City, out: Path | None, named: Named) -> Findings:
    """Examine the manifests of all rounds and, with an output folder, what stands in it (清单与公示文件核对)."""
    count, faults = 0, 0
    for round in city.rounds():
        for one in carefully(partial(_chains, round, named), of="manifests"):
            faults += 1
            yield one
        count += sum(_numbers(round, part) for part in PARTS)
    if out is not None:
        for one in carefully(lambda: _folder(city, out), of="published"):
            faults += 1
            yield one
    if not faults and out is None:
        yield finding(OK, "month.examined_manifests_alone", count=count)
    elif not faults:
        yield finding(OK, "month.examined_manifests", count=count, out=str(out))


def _chains(round: Round, named: Named) -> Findings:
    """Each manifest names the digest of the one before, none is missing, and the log is the one that they list."""
    for part in PARTS:
        damaged = [one for name, one in named.items() if name.startswith(file_of(round.key, _kept_in(part)))]
        yield from (replace(one, stopped=("month.examined_of_manifests",)) for one in damaged)
        if not damaged and not _follow(round, part):
            yield finding(FAULT, "month.examined_manifest_chain", round=round.key, part=part)
    yield from _logged(round)
    if log_of(round.key) in named:
        return
    heads = set(_heads(round.log))
    for number, body in enumerate(round.manifests(AUDIT), 1):
        listed = Manifest.from_bytes(body).files.get(LOG)
        if listed is not None and listed[1] not in heads:
            yield finding(FAULT, "month.examined_log_published", round=round.key, number=number)
            return  # those after it list the same lost entries


def _logged(round: Round) -> Findings:
    """What the log says that steps published or gave the auditor is on record, with the digest that it names."""
    digests = round.city.store.digests(round.key)
    kept = {published_path(round.id, path): (path, digest) for path, digest in digests.items()}
    for name, digest in round.city.store.logged(round.key).items():
        path, there = kept.get(name, (kept_path(name), ""))
        if there != digest:
            code = "month.examined_file_other" if there else "month.examined_file_lost"
            yield finding(FAULT, code, round=round.key, path=path)


def _numbers(round: Round, part: str) -> int:
    """How many manifests of a part are on record, whether or not one among them is missing."""
    return sum(path.startswith(_kept_in(part)) for path in round.paths)


def _kept_in(part: str) -> str:
    return KEPT_MANIFEST.partition("{number")[0].format(part=part)


def _follow(round: Round, part: str) -> bool:
    """Tell whether the manifests of a part are a chain from the first to the last."""
    chain = round.manifests(part)
    names = [hashlib.sha256(body).hexdigest() for body in chain]
    followed = [Manifest.from_bytes(body).previous for body in chain]
    return followed == [None, *names][: len(chain)] and len(chain) == _numbers(round, part)


def _heads(log: bytes) -> Iterator[str]:
    """The digest of the log as it was after each entry, and before the first one."""
    state = hashlib.sha256()
    yield state.hexdigest()
    for line in log.splitlines(keepends=True):
        state.update(line)
        yield state.hexdigest()


def _folder(city: City, out: Path) -> Findings:
    """Compare an output folder with the last manifests on record, and name what no manifest lists."""
    rounds = [round for round in city.rounds() if round.manifests(PUBLIC)]
    if rounds and not out.is_dir():
        yield finding(FAULT, "month.no_folder", folder=out)
        return
    real = {round.id for round in rounds if not round.is_rehearsal}  # these take the place of their rehearsals
    known, old = _yearly(city, out), list[Path]()
    for round in rounds:
        for part in PARTS if not round.is_rehearsal or round.id not in real else ():
            folder, chain = out / part / round.id, round.manifests(part)
            if not _follow(round, part):
                old.append(folder)  # what was published last is not known
            elif chain and _is_last(folder, chain[-1]):
                differing, listed = _compared(folder)
                known |= listed | {out / path for path in _apart(round)}
                yield from (finding(FAULT, "month.examined_published", file=one, round=round.id) for one in differing)
            elif chain:  # publishing again writes all of it, and sets aside what does not belong there
                old.append(folder)
                yield finding(WARNING, "month.examined_publish", folder=folder, round=round.id)
    home = out / PUBLIC
    if (home / MANIFEST).is_file():
        differing, listed = _compared(home)
        known |= listed
        yield from (finding(FAULT, "month.examined_published_home", file=one) for one in differing)
    elif rounds:
        yield finding(FAULT, "month.examined_published_home", file=home / MANIFEST)
    files, folders = _places(out)
    strangers = [place for place in files if place not in known and not any(map(place.is_relative_to, old))]
    yield from some([finding(WARNING, "month.examined_stranger", file=place) for place in strangers], folder=out)
    empty = [place for place in _empty(folders, files) if not any(map(place.is_relative_to, old))]
    yield from some([finding(WARNING, "month.examined_empty", folder=place) for place in empty], folder=out)


def _is_last(folder: Path, last: bytes) -> bool:
    """Tell whether a folder holds what was published last, whole."""
    manifest = folder / MANIFEST
    return manifest.is_file() and manifest.read_bytes() == last and not (folder / UNFINISHED).exists()


def _compared(folder: Path) -> tuple[list[Path], set[Path]]:
    """The listed files that a folder does not hold as listed, and all places that its manifest accounts for."""
    listed = Manifest.from_bytes((folder / MANIFEST).read_bytes()).files
    found = {folder / path: digest for path, (_, digest) in listed.items()}
    differing = [place for place, digest in found.items() if not place.is_file() or measure(place)[1] != digest]
    return differing, {folder / MANIFEST, *found}


def _apart(round: Round) -> list[str]:
    """Evidence from outside, which stands in a round's public folder and in no manifest."""
    kept = [path for path in round.paths if path.startswith((f"{PUBLIC}/anchors/", f"{PUBLIC}/anchors.json"))]
    return [path for path in (published_path(round.id, one) for one in kept) if path]


def _yearly(city: City, out: Path) -> set[Path]:
    """The pages of yearly plans, which are listed in the log of their year."""
    found = set()
    for key in city.store.rounds():
        if key.startswith(ANNUAL):
            entries = [json.loads(line) for line in city.store.log(key).splitlines()]
            names = [name for entry in entries if entry["step"] == PUBLISHED for name in entry["inputs"]]
            found |= {out / PUBLIC / YEARLY / key.removeprefix(ANNUAL) / name for name in names}
    return found


def _places(out: Path) -> tuple[list[Path], list[Path]]:
    """All files and folders in what is published or handed to the auditor; what leads elsewhere counts as a file."""
    places = [place for part in PARTS for place in sorted((out / part).rglob("*"))]
    folders = [place for place in places if _is_folder(place)]
    inside = set(folders)
    return [place for place in places if place not in inside], folders


def _empty(folders: Sequence[Path], files: Sequence[Path]) -> list[Path]:
    """The folders without any file in them, the topmost of each: publishing makes none."""
    full = {parent for place in files for parent in place.parents}
    empty = {place: None for place in folders if place not in full}
    return [place for place in empty if place.parent not in empty]


def _is_folder(place: Path) -> bool:
    return place.is_dir() and not place.is_symlink()
