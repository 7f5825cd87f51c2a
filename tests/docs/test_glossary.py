"""The glossary: one word, one meaning, and names that exist."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = [
    tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
    for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| 中文")
]


def find(name: str) -> object:
    """Return what a dotted name below `supervision` means: a module, or what stands in one."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        module = f"supervision.{'.'.join(parts[:length])}"
        try:
            found: object = importlib.import_module(module)
        except ModuleNotFoundError as error:
            if error.name is None or not module.startswith(error.name):
                raise
            continue
        for attribute in parts[length:]:
            fields = getattr(found, "__dataclass_fields__", {})
            found = fields[attribute] if attribute in fields else getattr(found, attribute)
        return found
    raise LookupError(name)


@pytest.mark.parametrize("name", [row[2].strip("`") for row in ROWS])
def test_every_name_in_the_glossary_exists(name: str) -> None:
    """A module that is renamed is renamed in the glossary, too."""
    assert find(name) is not None


def test_a_name_that_is_not_there_is_noticed() -> None:
    """The test above can fail: neither a missing module nor a missing attribute passes."""
    with pytest.raises(LookupError):
        find("frobnication")
    with pytest.raises(AttributeError):
        find("domain.items.Itme")


def test_every_row_has_four_cells_and_no_word_stands_twice() -> None:
    """Chinese term, English term and code name each stand once, or a word would have two meanings."""
    assert len(ROWS) >= 40
    assert {len(row) for row in ROWS} == {4}
    for place in (0, 1, 2):
        words = [row[place] for row in ROWS]
        assert sorted(words) == sorted(set(words))
    assert all(re.search(r"[\u4e00-\u9fff]", row[0]) and re.fullmatch(r"`[\w.]+`", row[2]) for row in ROWS)


def test_the_search_knows_every_chinese_term_as_one_word() -> None:
    """Chinese has no spaces; a term that the search's word list lacks would be cut apart."""
    listed = (ROOT / "docs" / "generate" / "search_terms.txt").read_text(encoding="utf-8").splitlines()
    terms = {term for row in ROWS for term in row[0].split("、")}
    assert [line.split(" ")[0] for line in listed] == sorted(terms)
