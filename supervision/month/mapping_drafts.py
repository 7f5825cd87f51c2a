"""Drafts of mappings (映射草案): proposed from a file, kept under a name, listed, shown and removed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from supervision.directory.mapping.definition import mapped_register
from supervision.directory.mapping.draft import draft, shown_examples
from supervision.directory.mapping.first_look import FirstLook, first_look, wide_register
from supervision.directory.mapping.overrides import Overrides, with_overrides
from supervision.directory.mapping.proposal import Proposal, likeliest, overruled, propose, with_unknown
from supervision.directory.mapping.source import SourceMapping, read_mapping, to_yaml
from supervision.directory.mapping.values import refuse_values
from supervision.directory.reading.register_file import read_as
from supervision.directory.register import kinds, register
from supervision.directory.returning.text_marks import without_marks
from supervision.errors import DirectoryError, UsageError
from supervision.law.code_lists import CodeLists
from supervision.month.city import City, beijing_now
from supervision.month.mapped_files import with_units
from supervision.month.output_folder import write_whole
from supervision.month.report import Report
from supervision.store import shipped_files

RESULTS = "results"


def write_draft(file: Path, *, kind: str | None, out: Path, overrides: Overrides, rules: Path, lang: str) -> Report:
    """Propose a mapping of a file and write it (写出映射草案) to `out`, which must not be there.

    `rules` is the city's rule folder, whose code lists replace shipped ones. Without a kind the likeliest is taken and
    said.
    """
    if not file.is_file():
        raise UsageError("month.file_missing", file=file)
    if kind is not None and (kind not in kinds() or kind == RESULTS):
        raise UsageError("month.kind_unknown", kind=kind, kinds=", ".join(one for one in kinds() if one != RESULTS))
    lists = CodeLists.read(shipped_files.shipped_code_lists(), shipped_files.folder_rules(rules))
    proposal, rows = proposed(file, kind=kind, overrides=overrides, lists=lists.on(beijing_now().date()))
    body = draft(proposal, file=file.name, lang=lang)
    if out.exists() and out.read_bytes() != body:
        raise UsageError("month.draft_exists", file=out)
    write_whole(out, body)
    return _report(file, out, proposal, guessed=kind is None, rows=rows, lang=lang)


def proposed(file: Path, *, kind: str | None, overrides: Overrides, lists: CodeLists) -> tuple[Proposal, int]:
    """Return how a file may be read (拟出映射), with the words that no code knows, and how many rows it has.

    `overrides` is what a person says of single columns, fields and words; `lists` are those of a day.
    """
    data = file.read_bytes()
    proposal = _proposed(file, data, kind, lists, overrides)
    mapping = proposal.mapping
    refuse_values(mapping, lists, file="--set/--result")
    definition = mapped_register(mapping, file=file.name)
    loose = replace(definition, columns=tuple(replace(column, required=False) for column in definition.columns))
    table = without_marks(read_as(loose, file.name, data))
    return with_unknown(proposal, table, mapping, lists), len(table.line)


def _proposed(file: Path, data: bytes, kind: str | None, lists: CodeLists, overrides: Overrides) -> Proposal:
    """Return the proposal for the kind that was asked for, or for the likeliest with all fields of `overrides`."""
    asked = [kind] if kind else [one for one in kinds() if one != RESULTS]
    looks: dict[str, FirstLook] = {one: first_look(wide_register(one, lists), file.name, data) for one in asked}
    found = [propose(one, look, lists, title=file.stem) for one, look in looks.items() if look.score]
    if not found:
        raise DirectoryError("directory.mapping_no_header", name=file.name, kinds=", ".join(asked))
    fitting, refused = [], []
    for one in found:
        try:
            fitting.append(overruled(one, with_overrides(one.mapping, overrides)))
        except DirectoryError as error:
            refused.append((one, error))
    if not fitting:
        best = likeliest([one for one, _ in refused])
        raise next(error for one, error in refused if one is best)
    return likeliest(fitting)


def _report(file: Path, out: Path, proposal: Proposal, *, guessed: bool, rows: int, lang: str) -> Report:
    unread = [guess.header for guess in proposal.guesses if not guess.field and guess.why not in ("rows", "number")]
    report = Report(
        facts={
            "file": str(out),
            "kind": proposal.kind,
            "columns": dict(proposal.mapping.columns),
            "set": dict(proposal.mapping.set),
            "unread": unread,
            "missing": [column.name for column in proposal.missing],
            "unknown": {name: dict(words) for name, words in proposal.unknown.items()},
        }
    )
    title = register(proposal.kind).title
    report.say(
        "month.draft_guessed" if guessed else "month.draft_kind",
        file=file.name,
        kind=proposal.kind,
        title=title,
        rows=rows,
    )
    for guess in proposal.guesses:
        if guess.field:
            shown = shown_examples(guess, lang)
            report.say("month.draft_column", header=guess.header, field=guess.field, examples=shown)
    for name, value in proposal.mapping.set.items():
        report.say("month.draft_set", field=name, value=value)
    if unread:
        report.say("month.draft_unread", headers="、".join(unread))
    for column in proposal.missing:
        report.say("month.draft_missing", field=column.name, title=column.title)
    for name, words in proposal.unknown.items():
        told = "、".join(f"{word}（{count}）" for word, count in list(words.items())[:10])
        report.say("month.draft_unknown", field=name, words=told)
    report.say("month.draft_written", file=out, kind=proposal.kind, source=file)
    return report


def keep(city: City, file: Path, name: str) -> Report:
    """Keep the mapping of a file under a name (按名保存映射), with the units that it names."""
    if not file.is_file():
        raise UsageError("month.file_missing", file=file)
    mapping = with_units(read_mapping(file.name, file.read_bytes()), file.parent)
    refuse_values(mapping, city.code_lists, file=file.name)
    return keep_mapping(city, mapping, name)


def keep_mapping(city: City, mapping: SourceMapping, name: str) -> Report:
    """Keep a mapping under a name (按名保存映射)."""
    new = city.store.keep_mapping(name, to_yaml(mapping), who=city.who, at=city.now().isoformat())
    report = Report(facts={"name": name, "kind": mapping.kind, "new": new})
    report.say("month.mapping_kept" if new else "month.mapping_there", name=name, kind=mapping.kind)
    return report


def listed(city: City) -> Report:
    """List the mappings that are kept (列出映射)."""
    found = {name: read_mapping(name, city.store.mapping(name)).kind for name in city.store.mappings()}
    report = Report(facts={"mappings": found})
    for name, kind in found.items():
        report.say("month.mapping_listed", name=name, kind=kind)
    if not found:
        report.say("month.mapping_none")
    return report


def show(city: City, name: str) -> Report:
    """Show a mapping that is kept (查看映射)."""
    text = city.store.mapping(name).decode()
    report = Report(facts={"name": name, "yaml": text})
    report.say("month.mapping_text", text=text.rstrip("\n"))
    return report


def remove(city: City, name: str) -> Report:
    """Remove a mapping that is kept (删除映射); what was imported by it stays, and it stays on record."""
    city.store.remove_mapping(name, who=city.who, at=city.now().isoformat())
    report = Report(facts={"name": name})
    report.say("month.mapping_removed", name=name)
    return report
