"""Places of a province's agencies (各机构的位置): what each lacks, and where two would do something to each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from supervision.directory.agency_plan import AGENCY, INPUTS, OUT, STORE, AgencyRow, fault
from supervision.directory.register import Column
from supervision.errors import UsageError
from supervision.messages import Message
from supervision.month.output_folder import IN_STORE, KEPT, refuse_foreign
from supervision.month.published_rounds import real_rounds
from supervision.store.store_folders import own_places, store_around
from supervision.store.store_header import stores_in

Identity = tuple[object, ...]
PLACES = (STORE, INPUTS, OUT)
SAME = {
    STORE.name: "month.province_same_store",
    INPUTS.name: "month.province_same_inputs",
    OUT.name: "month.province_same_out",
}
BLANK, SHOWN = "—", 5


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A row with its places (一行及其位置), absolute, links followed; a cell with a fault gives none.

    `unreachable`: faults of cells that no place can be made of.
    """

    row: AgencyRow
    places: Mapping[str, Path]
    unreachable: tuple[Message, ...] = ()

    def of(self, column: Column) -> Path | None:
        """Return the place of a column (某列的位置)."""
        return self.places.get(column.name)

    def fault(self, column: Column, code: str, **params: object) -> Message:
        """Return a fault of a cell (单元格问题)."""
        return fault(self.row.place, column, getattr(self.row, column.name), Message.of(code, **params))


Known = Mapping[Identity, tuple[Placed, Path]]


def place(row: AgencyRow, folder: Path) -> Placed:
    """Return a row with its places (确定位置), which are relative to `folder`."""
    places, faults = {}, []
    for column in PLACES:
        text = getattr(row, column.name)
        if not text:
            continue
        try:
            places[column.name] = _reached(folder / text)
        except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
            reason = getattr(error, "strerror", None) or error
            faults.append(fault(row.place, column, text, Message.of("month.province_unreachable", reason=reason)))
    return Placed(row=row, places=places, unreachable=tuple(faults))


def _reached(path: Path) -> Path:
    """The place itself, links followed, which need not be there; what the system refuses to look at raises."""
    found = path.resolve()
    with suppress(FileNotFoundError, NotADirectoryError):
        found.stat()
    return found


def place_faults(placed: Sequence[Placed], result: Path | None) -> Iterator[Message]:
    """Yield all faults of places (位置问题), row by row, then what several rows do to each other."""
    own = _own(placed)
    for one in placed:
        yield from one.unreachable
        yield from _of_inputs(one)
        yield from _of_store(one)
        yield from _of_out(one, own)
    yield from _named_twice(placed)
    for column in PLACES:
        yield from _same(placed, column)
    yield from _beside(placed)
    yield from _nested(placed)
    yield from _in_own(placed, own)
    if result is not None:
        yield from _result_inside(placed, own, result.resolve())


def _of_inputs(one: Placed) -> Iterator[Message]:
    inputs = one.of(INPUTS)
    if inputs is not None and not inputs.is_dir():
        yield one.fault(INPUTS, "month.province_no_inputs", path=inputs)


def _of_store(one: Placed) -> Iterator[Message]:
    """What is wrong with a store's place; a new store where there was one already is a name that was mistyped."""
    store = one.of(STORE)
    if store is None or store.is_file():
        return
    if store.exists():
        yield one.fault(STORE, "month.province_store_folder", path=store)
    elif not store.parent.is_dir():
        yield one.fault(STORE, "month.province_no_parent", path=store.parent)
    elif others := [other.name for other in stores_in(store.parent) if other.name != f"{store.name}.part"]:
        yield one.fault(STORE, "month.province_new_beside", path=store, names="、".join(others[:SHOWN]))
    elif rounds := real_rounds(one.of(OUT)):
        yield one.fault(STORE, "month.province_new_published", path=store, rounds=" ".join(rounds[-SHOWN:]))


def _of_out(one: Placed, own: Known) -> Iterator[Message]:
    """What is wrong with an output folder; of one in a folder of a store of the plan, `_in_own` says whose it is."""
    out = one.of(OUT)
    if out is None:
        return
    if out.exists() and not out.is_dir():
        yield one.fault(OUT, "month.province_out_file", path=out)
    elif not out.exists() and not out.parent.is_dir():
        yield one.fault(OUT, "month.province_no_parent", path=out.parent)
    elif stores := stores_in(out):
        yield one.fault(OUT, "month.province_out_store", store=stores[0])
    else:
        try:
            refuse_foreign(out)
        except UsageError as error:
            if not any(_around((out, *out.parents), own)):
                yield fault(one.row.place, OUT, one.row.out, error.message)


def _named_twice(placed: Sequence[Placed]) -> Iterator[Message]:
    first: dict[str, str] = {}
    for one in placed:
        name = "".join(one.row.agency.casefold().split())
        if name and (other := first.setdefault(name, one.row.place)) != one.row.place:
            yield one.fault(AGENCY, "month.province_same_agency", other=other)


def _same(placed: Sequence[Placed], column: Column) -> Iterator[Message]:
    """Two rows with one place, by whatever path, link or case of letters."""
    first: dict[Identity, Placed] = {}
    for one in placed:
        there = one.of(column)
        if there is not None and (other := first.setdefault(identity(there), one)) is not one:
            yield one.fault(column, SAME[column.name], other=other.row.place, agency=other.row.agency or BLANK)


def _beside(placed: Sequence[Placed]) -> Iterator[Message]:
    """Two stores in one folder: an agency's rules and paper templates stand beside its store."""
    first: dict[Identity, tuple[Placed, Path]] = {}
    for one in placed:
        store = one.of(STORE)
        if store is None:
            continue
        other, there = first.setdefault(identity(store.parent), (one, store))
        if other is not one and identity(there) != identity(store):
            yield one.fault(STORE, "month.province_stores_beside", other=other.row.place, folder=store.parent)


def _nested(placed: Sequence[Placed]) -> Iterator[Message]:
    """Places inside another: nothing lies in an output folder, no output or store in another agency's inputs."""
    outs, inputs = _known(placed, OUT), _known(placed, INPUTS)
    for one in placed:
        for column in PLACES:
            there = one.of(column)
            if there is None:
                continue
            own = there.parents if column == OUT else (there, *there.parents)
            for other, folder in _around(own, outs):
                yield one.fault(column, "month.province_in_out", other=other.row.place, folder=folder)
            if column == INPUTS:
                continue
            for other, folder in _around(there.parents, inputs):
                if column == OUT or other is not one:
                    yield one.fault(column, "month.province_in_inputs", other=other.row.place, folder=folder)


def _in_own(placed: Sequence[Placed], own: Known) -> Iterator[Message]:
    """Places inside what the program keeps beside a store or an output folder: each would spoil the other."""
    for one in placed:
        for column in PLACES:
            there = one.of(column)
            for other, folder in _around((there, *there.parents) if there else (), own):
                yield one.fault(column, "month.province_in_own", other=other.row.place, folder=folder)


def _result_inside(placed: Sequence[Placed], own: Known, result: Path) -> Iterator[Message]:
    around = [result, *result.parents]
    for column in PLACES:
        for other, folder in _around(around, _known(placed, column)):
            given = {"path": result, "column": column.title, "folder": folder}
            yield Message.of("month.province_result_inside", place=other.row.place, **given)
    inside = list(_around(around, own))
    for other, folder in inside:
        yield Message.of("month.province_result_in_own", path=result, other=other.row.place, folder=folder)
    if not inside and (store := store_around(result)) is not None:
        yield Message.of(IN_STORE, folder=result, store=store)


def _known(placed: Sequence[Placed], column: Column) -> Known:
    """The rows by one of their places, the first of those that share it."""
    there = [(one, found) for one in placed if (found := one.of(column)) is not None]
    return {identity(found): (one, found) for one, found in reversed(there)}


def _own(placed: Sequence[Placed]) -> Known:
    """What the program keeps beside each store – rules, paper templates, large files – and beside an output folder."""
    found: list[tuple[Placed, Path]] = []
    for one in placed:
        if (store := one.of(STORE)) is not None:
            found += [(one, folder) for folder in own_places(store)]
        if (out := one.of(OUT)) is not None:
            found.append((one, out.with_name(out.name + KEPT)))
    return {identity(folder): (one, folder) for one, folder in reversed(found)}


def _around(folders: Iterable[Path], known: Known) -> Iterator[tuple[Placed, Path]]:
    for folder in folders:
        if (found := known.get(identity(folder))) is not None:
            yield found


def identity(path: Path) -> Identity:
    """Return what tells a place from all others (位置标识): device and number; of one not there, its name, too."""
    try:
        there = path.stat()
    except OSError:
        return path.name, *(identity(path.parent) if path.parent != path else ())
    return there.st_dev, there.st_ino
