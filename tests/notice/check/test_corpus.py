"""Command line, one file and browser over the same rounds, good and tampered: one verdict, the same report."""

import importlib.util
import json
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from protocol_rounds import given_up
from protocol_rounds.bureau import write
from protocol_rounds.corpus import corpus

from supervision.cli import _options
from supervision.cli._group import main
from supervision.sampling.protocol import verifier

# Folders on the disk that are odd in themselves (links, pipes) cannot be given to a page; neither can a history.
CASES = [case for case in corpus().values() if not case.disk and not case.history]
GIVEN_UP = {case.name for case in given_up.cases()}
CHOSEN = [case for number, case in enumerate(CASES) if number % 4 == 0 or case.folder or case.name in GIVEN_UP]
PARTS = ("checked", "sources", "anchors", "remarks", "unchecked", "unanchored")
READER_WORDS = ("json.parse", "csv.parse", "crash")  # their value quotes the words of Python's own readers
OWN = "承诺的核验程序不是本程序"
SIGNATURES = "签名："  # remarks of the command alone: neither the one file nor the page reads signatures


@pytest.fixture(scope="module")
def one_file(tmp_path_factory):
    """The published file alone, as an outsider has it."""
    place = tmp_path_factory.mktemp("one") / "verify.py"
    place.write_bytes(Path(verifier.__file__).read_bytes())
    spec = importlib.util.spec_from_file_location("published_verify", place)
    module = importlib.util.module_from_spec(spec)
    sys.modules["published_verify"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def given(case, files):
    """Return a case's files as the page has them: label of the folder, path → bytes, whether without home page."""
    if not case.folder:
        return "out", files, False
    if case.folder.startswith("audit/"):  # the public part lies beside it
        name = case.folder.split("/")[1]
        return "out", {path: data for path, data in files.items() if path.split("/")[1] == name}, True
    head = f"{case.folder}/"
    inside = {path.removeprefix(head): data for path, data in files.items() if path.startswith(head)}
    return case.folder.split("/")[-1], inside, False


def in_browser(scripts, label, files, apart):
    """Return the report of the page's scripts."""
    told = json.dumps({path: b64encode(data).decode() for path, data in files.items()})
    code = f"""
    (() => {{
      const files = Object.entries({told}).map(([path, text]) => [path, new BytesFile(unbase64(text))]);
      const input = {{label: {json.dumps(label)}, files: new Map(files), apart: {json.dumps(apart)}}};
      return check(input).plain({json.dumps(verifier.RULES)});
    }})()"""
    return scripts.value(code)


def comparable(report):
    """Return what all three must agree on: exit, first difference, every line but on the own file and signatures."""
    found = report["difference"]
    place = found and (found["name"], found["section"], found["where"])
    value = found and (None if found["name"] in READER_WORDS else found["value"])
    return report["exit"], place, value, {part: lines_of(report[part]) for part in PARTS}


def lines_of(part):
    """Return a part's lines in both languages."""
    return [[one["zh"], one["en"]] for one in part if OWN not in one["zh"] and not one["zh"].startswith(SIGNATURES)]


def as_pairs(report):
    """Return the browser's report with its lines as verify.py has them."""
    return report | {part: [{"zh": zh, "en": en} for zh, en in report[part]] for part in PARTS}


def by_command(capsys, folder):
    """Return exit code and report of `supervision verify FOLDER --json`."""
    _options.reset()
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["verify", folder, "--json"])
    return int(ended.value.code or 0), json.loads(capsys.readouterr().out)


def test_enough_cases():
    """At least two hundred rounds, honest and tampered ones."""
    assert len(CHOSEN) >= 200
    assert sum(case.verdicts == {5} for case in CHOSEN) >= 150
    assert sum(5 not in case.verdicts for case in CHOSEN) >= 15


@pytest.fixture
def remembering(monkeypatch, one_file):
    """Equal strata are integrated once for all rounds."""
    known = {}

    def kept(function):
        def found(*given):
            key = repr(given)
            if key not in known:
                known[key] = function(*given)
            return known[key]

        return found

    for module in (verifier, one_file):
        monkeypatch.setattr(module, "realised", kept(module.realised))


@pytest.mark.slow
@pytest.mark.usefixtures("remembering")
def test_all_three_agree(scripts, one_file, tmp_path, capsys):
    """Exit code, first difference with file, condition and value, and every line of the report are the same."""
    apart = []
    for number, case in enumerate(CHOSEN):
        files, out = case.make(), tmp_path / str(number) / "out"
        write(files, out)
        folder = str(out / case.folder)
        alone = one_file.verify(folder).as_json()
        code, line = by_command(capsys, folder)
        page = as_pairs(in_browser(scripts, *given(case, files)))
        told = [comparable(alone), comparable(line), comparable(page)]
        codes = {alone["exit"], code, page["exit"]}
        if codes - case.verdicts or len(codes) > 1 or told[0] != told[1] or told[0] != told[2]:
            apart.append((case.name, codes, told))
    assert apart == []
