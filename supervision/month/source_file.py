"""Values of sources in a file (信源数值文件): the rows of sources.csv, and all that is wrong, each with its row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from supervision.directory.reading.side_files import read_rows
from supervision.errors import SupervisionError, UsageError
from supervision.messages import Message
from supervision.month.source_values import plain_name
from supervision.sampling.protocol.seeds import Source, parse_values

FILE = "sources.csv"
HEADERS = (("name", "信源", "信源名称"), ("values", "数值", "信源数值"))
Known = Mapping[str, Source]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of the file (文件中的一行): its number as a spreadsheet counts, the name as written, the values."""

    row: int
    name: str
    values: list[str]


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """The file as it was read (已读取的文件): rows that name a source, and what is wrong with rows in themselves."""

    lines: tuple[Line, ...]
    faults: tuple[Message, ...]

    @property
    def values(self) -> dict[str, list[str]]:
        """The values by name (各信源数值); of a name that stands twice the first."""
        return {line.name: line.values for line in reversed(self.lines)}

    def wrong(self, known: Known | None) -> list[Message]:
        """Return all that is wrong (全部问题), by row; None = the sources are not known."""
        of_values = [] if known is None else [(line, refusal(line.name, line.values, known)) for line in self.lines]
        found = [*self.faults, *(in_row(line.row, reason) for line, reason in of_values if reason)]
        return sorted(found, key=lambda one: int(str(one.params["row"])))


def read_source_file(name: str, source: bytes) -> SourceFile:
    """Read sources.csv (读取信源数值文件): columns name and values, others are remarks; read like any register."""
    rows = read_rows(name, source)
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    at_name, at_values = (next((header.index(word) for word in words if word in header), -1) for words in HEADERS)
    if min(at_name, at_values) < 0:
        raise UsageError("month.sources_file", header=",".join(header))
    lines: dict[str, Line] = {}
    repeated: list[Line] = []
    faults: list[Message] = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) <= max(at_name, at_values) or not row[at_name].strip():
            faults.append(in_row(number, Message.of("month.source_row", row=",".join(row))))
            continue
        line = Line(row=number, name=row[at_name].strip(), values=parse_values(row[at_values]))
        before = lines.setdefault(line.name, line)
        if before is not line:
            repeated.append(line)
            faults.append(in_row(number, Message.of("month.source_again", name=line.name, before=before.row)))
    return SourceFile(lines=(*lines.values(), *repeated), faults=tuple(faults))


def refuse_rows(file: object, faults: Sequence[Message]) -> None:
    """Refuse a file with all that is wrong with it (有误即拒绝), each on a line of its own."""
    if faults:
        error = UsageError("month.sources_refused", file=file, count=len(faults))
        error.told = tuple(faults)
        raise error


def refusal(name: str, texts: Sequence[str], known: Known) -> Message | None:
    """Return why no draw would take these values (不能采用的原因), under the name as written; None where one would.

    `known`: the sources by name, also by `name-2` … where they are known apart.
    """
    names = {source.name for source in known.values()}
    source = known.get(name) or known.get(plain_name(name, names))
    if source is None:
        return Message.of("month.source_unknown", name=name, known=" ".join(sorted(names)))
    try:
        replace(source, name=name).numbers(texts)
    except SupervisionError as error:
        return error.message
    return None


def of_rule(rule: Sequence[Mapping[str, object]]) -> dict[str, Source]:
    """Return the sources of the rule shared/draw_source (规则中的信源), by name, of no issue yet."""
    return {source.name: source for source in _sources(rule)}


def in_row(row: int, reason: Message) -> Message:
    """Return what is wrong with a row (某行的问题)."""
    return Message.of("month.source_in_row", row=row, reason=reason)


def _sources(rule: Sequence[Mapping[str, object]]) -> Iterator[Source]:
    for entry in rule:
        shape = {name: entry[name] for name in ("name", "kind", "count", "low", "high")}
        yield Source(**shape, issue="", at="")  # type: ignore[arg-type]  # the rule's shape was looked at
