"""The words of the page: each in both languages, each used, none missing; the verifier's conditions all asked for."""

import json
import re

import pytest

from supervision.notice.site.checker import PAGE, WORKER, checker, joined
from supervision.sampling.protocol.verifier import RULES

SOURCE = joined(tuple(dict.fromkeys((*WORKER, *PAGE))))
WORDS = dict(
    re.findall(r'^  "([a-z]+\.[a-z_]+)": (\[.*?\n?.*?\]),$', joined(("words",)), flags=re.MULTILINE | re.DOTALL)
)
# What only a disk can have.
DISK = {"paths.special", "paths.sparse", "paths.changed"}
# What only `--registers` asks for: registers are deposited with the supervising body, and nobody gives them to a page.
# It says so among what could not be checked (test_page.py).
REGISTERS = {name for name in RULES if name.startswith("registers.")}
POPULATIONS = {"population.left_out", "population.outside", "population.region"}
ELSEWHERE = DISK | REGISTERS | POPULATIONS


def test_every_word_is_used():
    """Codes in words.js are those that the scripts name."""
    built = {"part", "column", "state", "verdict", "input", "zip"}
    used = set(re.findall(r'"([a-z]+\.[a-z_]+)"', SOURCE.replace(joined(("words",)), "")))
    assert {code for code in WORDS if code.split(".")[0] not in built} <= used
    assert {code for code in used if code.startswith(("input.", "zip."))} == {
        code for code in WORDS if code.startswith(("input.", "zip."))
    }


def test_every_word_is_in_two_languages(scripts):
    """Chinese first, English second, with the same places to fill in."""
    scripts.value(joined(("words",)) + "\nundefined")
    pairs = scripts.value("Object.entries(WORDS).concat(Object.entries(OWN_RULES).map(([k, v]) => [k, v.slice(1)]))")
    assert len(pairs) >= len(WORDS) >= 30
    for code, (zh, en) in pairs:
        assert re.search(r"[\u4e00-\u9fff]", zh), code
        assert not re.search(r"[\u4e00-\u9fff]", en), code
        assert sorted(re.findall(r"\{\w+\}", zh)) == sorted(re.findall(r"\{\w+\}", en)), code


@pytest.mark.parametrize("name", sorted({*RULES} - ELSEWHERE))
def test_every_condition_of_the_verifier_is_asked_for(name):
    """A condition that verify.py has and the page has not would let a forged round pass here."""
    stem, _, rest = name.partition(".")
    built = {"strata": "strata.sum_${key}", "roster": "roster.${name}", "reveal": "reveal.${part}"}
    assert f'"{name}"' in SOURCE or (stem in built and built[stem] in SOURCE and rest in BUILT)


BUILT = {"sum_units", "sum_sample", "sum_reserve", "agency", "hash", "rehearsal", "round", "values", "held"}


@pytest.mark.parametrize("names", [WORKER, PAGE])
def test_no_name_is_taken_twice(names):
    """The scripts share one scope, in which a second function of a name takes the place of the first in silence."""
    found = re.findall(r"^(?:async )?(?:function|class|const|let) (\w+)", joined(names), flags=re.MULTILINE)
    assert len(found) >= 2
    assert sorted(found) == sorted({*found})


def test_settings_cannot_end_the_script(sample):
    """A text of the commitment that looks like markup stays a text."""
    committed = json.loads(sample.commitment()) | {"agency": "</script><b>"}
    body = json.dumps(committed, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    told = checker(sample.make_content(proofs={"commitment.json": body}))["settings"]
    assert "<" not in told
    assert json.loads(told)["page"]["round"] == "2026-12"
