"""The public names of `supervision`: there, lazy, cheap, documented."""

from __future__ import annotations

import dataclasses
import doctest
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import supervision
from supervision.directory.register import register

ROOT = Path(__file__).parents[2]
FUNCTIONS = (
    "build_frame",
    "draw",
    "draw_inspectors",
    "expert_scorecard",
    "fit_cards",
    "fit_scorecard",
    "plan_calendar",
    "read_law",
    "read_register",
    "score_units",
    "verify",
)
NOUNS = ("Cards", "Frame", "Item", "Law", "Office", "Scorecard", "SupervisionError", "Task")
HEAVY = ("pandas", "numpy", "pyarrow", "sklearn", "ortools", "click", "yaml", "sqlite_utils")


def sections_of(thing: object) -> dict[str, str]:
    """Return the numpydoc sections of a docstring whose first line has the Chinese term."""
    text = inspect.getdoc(thing) or ""
    assert re.search(r"\([\u4e00-\u9fff、]+\)", text.splitlines()[0])
    parts = re.split(r"^(\w+)\n-+\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def names_in(section: str) -> list[str]:
    """Return the names that a section describes, in its order; one line may name several."""
    lines = re.findall(r"^(\w[\w, ]*)$", section, flags=re.MULTILINE)
    return [name for line in lines for name in line.split(", ")]


def test_the_public_names_are_these() -> None:
    """A new name is a decision: it is added here, too."""
    assert supervision.__all__ == [*NOUNS, *FUNCTIONS]
    assert set(supervision.__all__) <= set(dir(supervision))
    assert "__version__" in dir(supervision)


@pytest.mark.parametrize("name", [*NOUNS, *FUNCTIONS])
def test_every_public_name_is_what_it_is_called(name: str) -> None:
    """A name that is loaded lazily is the thing of that name, and stays loaded."""
    found = getattr(supervision, name)
    assert found.__name__ == name
    assert vars(supervision)[name] is found


def test_another_name_is_an_attribute_error() -> None:
    """Lazy loading does not swallow a misspelling."""
    with pytest.raises(AttributeError, match="no attribute 'drow'"):
        supervision.drow  # noqa: B018 - reading the name is the test


def test_importing_loads_nothing_heavy_and_takes_less_than_a_twentieth_of_a_second() -> None:
    """The best of five imports in fresh interpreters; none loads a library of tables, a solver or the command line."""
    program = (
        "import sys, time; began = time.perf_counter(); import supervision; took = time.perf_counter() - began; "
        f"print(took, *[name for name in {HEAVY!r} if name in sys.modules])"
    )
    answers = [
        subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for _ in range(5)
    ]
    times, loaded = zip(*(answer.strip().partition(" ")[::2] for answer in answers), strict=True)
    assert set(loaded) == {""}
    assert min(float(one) for one in times) < 0.05


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_its_sections_and_an_example(name: str) -> None:
    """numpydoc: each parameter named in its order, a Returns section, a doctest that has something to compare."""
    function = getattr(supervision, name)
    bodies = sections_of(function)
    assert {"Parameters", "Returns", "Examples"} <= bodies.keys()
    assert names_in(bodies["Parameters"]) == list(inspect.signature(function).parameters)
    examples = doctest.DocTestParser().get_examples(bodies["Examples"])
    assert any(example.want for example in examples)


@pytest.mark.parametrize("name", NOUNS)
def test_every_noun_names_its_fields_and_has_an_example(name: str) -> None:
    """numpydoc: every field is under Attributes, in its order, and an example runs."""
    noun = getattr(supervision, name)
    bodies = sections_of(noun)
    fields = (
        [field.name for field in dataclasses.fields(noun)] if dataclasses.is_dataclass(noun) else ["exit_code", "told"]
    )
    assert names_in(bodies["Attributes"]) == fields
    assert any(example.want for example in doctest.DocTestParser().get_examples(bodies["Examples"]))


def test_a_task_needs_exactly_what_its_register_requires() -> None:
    """A field has a default where, and only where, the column may be blank; an item's methods decide nothing here."""
    called = {"from_date": "start", "until_date": "end", "ratio_period": "period"}
    for noun, kind in ((supervision.Task, "tasks"), (supervision.Item, "items")):
        fields = {field.name: field.default is dataclasses.MISSING for field in dataclasses.fields(noun)}
        columns = {called.get(column.name, column.name): column.required for column in register(kind).columns}
        assert {name for name in fields if fields[name] != columns[name]} <= {"method"}


def test_the_package_says_that_it_is_typed() -> None:
    """PEP 561: type checkers of other programs read our annotations."""
    assert (Path(supervision.__file__).parent / "py.typed").is_file()
    assert '"py.typed"' in (ROOT / "setup.py").read_text(encoding="utf-8")
