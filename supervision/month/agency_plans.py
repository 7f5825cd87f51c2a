"""Checking a province's plan of work (核对分机构工作计划): every fault of every row, before anything is run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from supervision.directory.agency_plan import AGENCY, INPUTS, OUT, REHEARSAL, STORE, AgencyRow, fault, read_plan
from supervision.directory.register import Column
from supervision.domain.rounds import RoundId
from supervision.errors import UsageError
from supervision.messages import Message
from supervision.month.agency_months import AgencyMonth
from supervision.month.output_folder import refuse_foreign

Identity = tuple[object, ...]
SAME = {
    STORE.name: "month.province_same_store",
    INPUTS.name: "month.province_same_inputs",
    OUT.name: "month.province_same_out",
}


@dataclass(frozen=True, kw_only=True)
class AskedOfAll:
    """What the command asks of all agencies (对各机构的共同要求), where a row of the plan says nothing else."""

    round_id: str
    rehearsal: bool
    own_ids: bool
    accept_unverified: str
    who: str


@dataclass(frozen=True, kw_only=True)
class _Placed:
    """A row with its places (一行及其位置), absolute; links are followed."""

    row: AgencyRow
    store: Path
    inputs: Path
    out: Path

    def of(self, column: Column) -> Path:
        place: Path = getattr(self, column.name)
        return place

    def fault(self, column: Column, code: str, **params: object) -> Message:
        return fault(self.row.place, column, getattr(self.row, column.name), Message.of(code, **params))


def read_months(plan: Path, asked: AskedOfAll, *, result: Path | None) -> tuple[list[AgencyMonth], tuple[Message, ...]]:
    """Return the months that a plan asks for (读取并核对工作计划), in its order, and what was left out of its file.

    Relative places are relative to the plan. `result`: where the province's own table goes. Raises UsageError with
    every fault of every row in `told`.
    """
    RoundId.parse(asked.round_id)
    if not plan.is_file():
        raise UsageError("month.file_missing", file=plan)
    read = read_plan(plan.name, plan.read_bytes())
    placed = [_placed(row, plan.absolute().parent) for row in read.rows]
    faults = [*read.faults, *_faults(placed, asked, result)]
    if faults:
        error = UsageError("month.province_refused", file=plan, count=len(faults))
        error.told = tuple(faults)
        raise error
    if not placed:
        raise UsageError("month.province_empty", file=plan)
    return [_month(one, asked) for one in placed], read.notes


def _placed(row: AgencyRow, folder: Path) -> _Placed:
    store, inputs, out = ((folder / text).resolve() for text in (row.store, row.inputs, row.out))
    return _Placed(row=row, store=store, inputs=inputs, out=out)


def _month(one: _Placed, asked: AskedOfAll) -> AgencyMonth:
    row = one.row
    return AgencyMonth(
        place=row.place,
        agency=row.agency,
        store=one.store,
        inputs=one.inputs,
        out=one.out,
        round_id=asked.round_id,
        rehearsal=asked.rehearsal if row.rehearsal is None else row.rehearsal,
        own_ids=asked.own_ids if row.own_ids is None else row.own_ids,
        accept_unverified=row.accept_unverified or asked.accept_unverified,
        who=asked.who,
        was_there=one.store.is_file(),
    )


def _faults(placed: Sequence[_Placed], asked: AskedOfAll, result: Path | None) -> Iterator[Message]:
    """All faults, row by row, then what several rows do to each other."""
    for one in placed:
        if asked.rehearsal and one.row.rehearsal is False:
            yield fault(one.row.place, REHEARSAL, "", Message.of("month.province_real_row"))
        yield from _of_places(one)
    yield from _named_twice(placed)
    for column in (STORE, INPUTS, OUT):
        yield from _same(placed, column)
    yield from _beside(placed)
    yield from _nested(placed)
    if result is not None:
        yield from _result_inside(placed, result.resolve())


def _of_places(one: _Placed) -> Iterator[Message]:
    """What a row's own places lack."""
    if not one.inputs.is_dir():
        yield one.fault(INPUTS, "month.province_no_inputs", path=one.inputs)
    if one.store.exists() and not one.store.is_file():
        yield one.fault(STORE, "month.province_store_folder", path=one.store)
    elif not one.store.parent.is_dir():
        yield one.fault(STORE, "month.province_no_parent", path=one.store.parent)
    if one.out.exists() and not one.out.is_dir():
        yield one.fault(OUT, "month.province_out_file", path=one.out)
    elif not one.out.exists() and not one.out.parent.is_dir():
        yield one.fault(OUT, "month.province_no_parent", path=one.out.parent)
    else:
        try:
            refuse_foreign(one.out)
        except UsageError as error:
            yield fault(one.row.place, OUT, one.row.out, error.message)


def _named_twice(placed: Sequence[_Placed]) -> Iterator[Message]:
    first: dict[str, str] = {}
    for one in placed:
        other = first.setdefault("".join(one.row.agency.casefold().split()), one.row.place)
        if other != one.row.place:
            yield one.fault(AGENCY, "month.province_same_agency", other=other)


def _same(placed: Sequence[_Placed], column: Column) -> Iterator[Message]:
    """Two rows with one place, by whatever path, link or case of letters."""
    first: dict[Identity, _Placed] = {}
    for one in placed:
        other = first.setdefault(identity(one.of(column)), one)
        if other is not one:
            yield one.fault(column, SAME[column.name], other=other.row.place, agency=other.row.agency)


def _beside(placed: Sequence[_Placed]) -> Iterator[Message]:
    """Two stores in one folder: an agency's rules and paper templates stand beside its store."""
    first: dict[Identity, _Placed] = {}
    for one in placed:
        other = first.setdefault(identity(one.store.parent), one)
        if other is not one and identity(other.store) != identity(one.store):
            yield one.fault(STORE, "month.province_stores_beside", other=other.row.place, folder=one.store.parent)


def _nested(placed: Sequence[_Placed]) -> Iterator[Message]:
    """Places inside another: nothing lies in an output folder, no output or store in another agency's inputs."""
    outs, inputs = _known(placed, OUT), _known(placed, INPUTS)
    for one in placed:
        for column in (STORE, INPUTS, OUT):
            place = one.of(column)
            own = place.parents if column == OUT else (place, *place.parents)
            for other in _around(own, outs):
                yield one.fault(column, "month.province_in_out", other=other.row.place, folder=other.out)
        for other in _around(one.out.parents, inputs):
            yield one.fault(OUT, "month.province_in_inputs", other=other.row.place, folder=other.inputs)
        for other in _around((one.store.parent, *one.store.parent.parents), inputs):
            if other is not one:
                yield one.fault(STORE, "month.province_in_inputs", other=other.row.place, folder=other.inputs)


def _result_inside(placed: Sequence[_Placed], result: Path) -> Iterator[Message]:
    around = [result, *result.parents]
    for column in (OUT, INPUTS):
        for other in _around(around, _known(placed, column)):
            given = {"path": result, "column": column.title, "folder": other.of(column)}
            yield Message.of("month.province_result_inside", place=other.row.place, **given)


def _known(placed: Sequence[_Placed], column: Column) -> dict[Identity, _Placed]:
    """The rows by one of their places, the first of those that share it."""
    return {identity(one.of(column)): one for one in reversed(placed)}


def _around(folders: Iterable[Path], known: dict[Identity, _Placed]) -> Iterator[_Placed]:
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
