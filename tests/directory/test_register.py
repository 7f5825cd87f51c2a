"""The definitions of the registers agree with themselves and with the code lists."""

import pytest
from builders import LISTS, parse

from supervision.directory.reading.headers import header_key
from supervision.directory.register import DTYPES, kinds, register


def test_kinds() -> None:
    """The folder of definitions is the list of kinds."""
    assert kinds() == (
        "blocked",
        "calendar",
        "caps",
        "cases",
        "checkins",
        "entities",
        "events",
        "exemptions",
        "feedback",
        "handed_down",
        "history",
        "inspectors",
        "items",
        "leave",
        "licences",
        "objections",
        "offices",
        "permits",
        "plans",
        "professional",
        "recusals",
        "relations",
        "results",
        "tasks",
        "warnings",
    )
    with pytest.raises(KeyError):
        register("nothing")


def test_entities_have_thirty_one_columns_and_known_on() -> None:
    """The register of units has its thirty-one columns, and the day they became known as the last."""
    assert len(register("entities").columns) == 32
    assert register("entities").names[-1] == "known_on"


@pytest.mark.parametrize("kind", kinds())
def test_definition_is_sound(kind: str) -> None:
    """Keys, examples, spans and dtypes name what is there, and no header means two columns."""
    definition = register(kind)
    assert set(definition.key) | set(definition.example) <= set(definition.names)
    assert {name for span in definition.spans for name in span} <= set(definition.names)
    assert {column.dtype for column in definition.columns} <= set(DTYPES)
    assert all(column.private for column in definition.private)
    meanings: dict[str, str] = {}
    for column in (*definition.columns, *definition.private):
        for word in {header_key(word) for word in (column.name, column.zh, column.en)}:
            assert meanings.setdefault(word, column.name) == column.name


@pytest.mark.parametrize("kind", kinds())
def test_every_writing_can_be_read_back(kind: str) -> None:
    """What a pick-list offers in either language, the code itself and its aliases are understood as the code."""
    for column in register(kind).columns:
        if column.code_list is None:
            continue
        for code, row in LISTS.named(column.code_list).codes.items():
            assert {parse(column, word) for word in (code, *row.label, *row.aliases)} == {code}


def test_storage() -> None:
    """Required integers cannot be missing, all others can."""
    items, entities = register("items"), register("entities")
    assert items.column("half_days").storage == "int64"
    assert entities.column("employees").storage == "Int64"
    assert entities.column("established").storage == "datetime64[s]"
    assert entities.column("above_scale").storage == "boolean"
    assert entities.column("lon").storage == "float64"
    assert entities.column("tags").storage == "str"
