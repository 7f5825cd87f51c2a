"""The definitions of the registers agree with themselves and with the dictionaries."""

from importlib.resources import files

import pytest
import yaml

from supervision.directory.checking.cells import labels, parse
from supervision.directory.reading.headers import header_key
from supervision.directory.register import DTYPES, kinds, register

DICTIONARIES = {
    ("history", "result"): "result",
    ("results", "result"): "result",
    ("results", "follow_up"): "follow_up",
    ("items", "method"): "method",
    ("items", "department"): "department",
    ("entities", "type"): "entity_type",
    ("entities", "region"): "region",
    ("events", "kind"): "event_kind",
}


def test_kinds() -> None:
    """The folder of definitions is the list of kinds."""
    assert kinds() == (
        "calendar",
        "caps",
        "entities",
        "events",
        "exemptions",
        "history",
        "inspectors",
        "items",
        "leave",
        "offices",
        "recusals",
        "results",
        "tasks",
    )
    with pytest.raises(KeyError):
        register("nothing")


def test_entities_have_thirty_columns_and_known_on() -> None:
    """The register of units has its thirty columns, and the day they became known as the last."""
    assert len(register("entities").columns) == 31
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
def test_every_label_can_be_read_back(kind: str) -> None:
    """What a pick-list offers in either language is understood as its code."""
    for column in register(kind).columns:
        for lang in ("zh", "en"):
            for code, label in labels(column, lang).items():
                assert parse(column, label) == code


@pytest.mark.parametrize(("place", "name"), DICTIONARIES.items())
def test_choices_follow_the_dictionaries(place: tuple[str, str], name: str) -> None:
    """Each code of a dictionary can be written as the code itself and by its Chinese name."""
    column = register(place[0]).column(place[1])
    codes = yaml.safe_load((files("supervision_data") / "dictionaries" / f"{name}.yaml").read_bytes())["codes"]
    for code, words in codes.items():
        assert (parse(column, code), parse(column, words["zh"])) == (code, code)


def test_storage() -> None:
    """Required integers cannot be missing, all others can."""
    items, entities = register("items"), register("entities")
    assert items.column("half_days").storage == "int64"
    assert entities.column("employees").storage == "Int64"
    assert entities.column("established").storage == "datetime64[s]"
    assert entities.column("above_scale").storage == "boolean"
    assert entities.column("lon").storage == "float64"
    assert entities.column("tags").storage == "str"
