"""Values of a mapping (映射中的取值): what is set for all rows, and the codes of words, are read like any cell."""

from __future__ import annotations

from supervision.directory.checking.cells import parse
from supervision.directory.checking.conventions import Conventions
from supervision.directory.mapping.fields import field_of
from supervision.directory.mapping.source import OTHER, SourceMapping
from supervision.errors import DirectoryError, SupervisionError
from supervision.law.code_lists import CodeLists


def refuse_values(mapping: SourceMapping, lists: CodeLists, *, file: str) -> None:
    """Refuse a mapping with a value that its field cannot have (核对取值), as DirectoryError with the reason."""
    fixed = [(name, value) for name, value in mapping.set.items() if not value.startswith(OTHER)]
    coded = [(name, value) for name, words in mapping.words.items() for value in words.values()]
    for name, value in [*fixed, *coded]:
        try:
            parse(field_of(file, mapping.kind, name), value, Conventions(lists=lists))
        except SupervisionError as error:
            told = {"field": name, "value": value, "reason": error.message}
            raise DirectoryError("directory.mapping_value", file=file, **told) from error
