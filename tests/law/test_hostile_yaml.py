"""YAML made to stumble over: what no person writes is refused with its line, in little time."""

from __future__ import annotations

import time

import pytest

from supervision.errors import SupervisionError
from supervision.law.strict_yaml import DEEPEST, MOST_VALUES, read_yaml

LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("x: 1\ny: !!int ''\n", "law.yaml.tag", 2),
        ("x: !!bool maybe\n", "law.yaml.tag", 1),
        ("x: !!timestamp a\n", "law.yaml.tag", 1),
        ("x: !!python/object/apply:os.system ['true']\n", "law.yaml.tag", 1),
        ("x: ! y\n", "law.yaml.tag", 1),
        ("x: !!map [a]\n", "law.yaml.tag", 1),
        ("x: [a]\ny: &r [*r]\n", "law.yaml.too_large", 2),
        ("x: &r {y: *r}\n", "law.yaml.too_large", 1),
        ("x: " + "[" * 900, "law.yaml.too_large", 1),
        ("x: " + "[" * 100_000, "law.yaml.malformed", None),  # libyaml goes no deeper than 1,000
        ("x: " + "{a: " * 400 + "1" + "}" * 400, "law.yaml.too_large", 1),
        (LAUGHS, "law.yaml.too_large", 6),
        ("x: " + "1" * 1_001, "law.yaml.long_number", 1),
        ("x: *nowhere\n", "law.yaml.malformed", None),
    ],
)
def test_what_no_person_writes(text, code, line):
    """A tag, a value inside itself, a depth or a size without end: refused, with the line where it begins."""
    begun = time.process_time()
    with pytest.raises(SupervisionError) as caught:
        read_yaml("x.yaml", text.encode())
    assert (caught.value.code, caught.value.params.get("line")) == (code, line)
    assert caught.value.text().startswith("x.yaml")
    assert time.process_time() - begun < 2


def test_a_file_of_many_megabytes():
    """More bytes than any list of a city has are not even looked at."""
    begun = time.process_time()
    with pytest.raises(SupervisionError, match="1000000"):
        read_yaml("x.yaml", b"x: " + b"a" * (9 << 20))
    assert time.process_time() - begun < 1 and MOST_VALUES == 1_000_000


def test_a_number_of_a_thousand_digits():
    """What Python can read exactly is read."""
    assert read_yaml("x.yaml", b"x: -" + b"1" * 999) == {"x": -int("1" * 999)}


def test_a_value_in_several_places():
    """A list that stands in two places is read in both; so is one as deep as may be."""
    assert read_yaml("x.yaml", b"a: &a [1, 2]\nb: *a\n") == {"a": [1, 2], "b": [1, 2]}
    deep = "x: " + "[" * (DEEPEST - 2) + "1" + "]" * (DEEPEST - 2)
    assert list(read_yaml("x.yaml", deep.encode())) == ["x"]
    with pytest.raises(SupervisionError, match="40"):
        read_yaml("x.yaml", deep.replace("1", "[1]").encode())
