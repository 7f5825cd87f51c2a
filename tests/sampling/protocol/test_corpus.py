"""The stand-alone verifier over the corpus: every honest round passes, every tampered one is refused and named."""

import functools
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from protocol_rounds.bureau import write
from protocol_rounds.corpus import corpus

VERIFIER = Path(__file__).parents[3] / "supervision" / "sampling" / "protocol" / "verifier.py"
CASES = corpus()
ALONE = ("a real round with all kinds of changes", "no anchors", "the second draw uses the first one's lottery")


@pytest.fixture(scope="module")
def verifier():
    """The verifier, loaded from its file alone; equal strata are integrated once for the whole corpus."""
    spec = importlib.util.spec_from_file_location("verify", VERIFIER)
    module = importlib.util.module_from_spec(spec)
    sys.modules["verify"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    module.realised = remembering(module.realised)
    return module


def remembering(function):
    """Return the function with its results kept by the text of its arguments."""
    known = {}

    @functools.wraps(function)
    def kept(*given):
        key = repr(given)
        if key not in known:
            known[key] = function(*given)
        return known[key]

    return kept


def written(case, out):
    """Write the files of a case and return the folder that is verified."""
    write(case.make(), out)
    if case.disk:
        case.disk(out)
    return out / case.folder


class Shelf:
    """One OUT folder for many cases: only files that differ from those of the case before are written."""

    def __init__(self, out):
        """Start with nothing in the folder."""
        self.out, self.files = out, {}

    def show(self, case):
        """Make the folder that of a case."""
        files = case.make()
        for path in self.files.keys() - files.keys():
            (self.out / path).unlink()
        write({path: data for path, data in files.items() if self.files.get(path) != data}, self.out)
        self.files = files
        for folder in sorted((path for path in self.out.rglob("*") if path.is_dir()), reverse=True):
            if not any(folder.iterdir()):
                folder.rmdir()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """The folder that the cases share."""
    return Shelf(tmp_path_factory.mktemp("corpus") / "out")


@pytest.mark.parametrize("name", CASES)
def test_verdict(name, verifier, shelf, tmp_path_factory):
    """The verdict is the expected one; where something differs, the file or part is named in the last line."""
    case, out = CASES[name], shelf.out
    if case.disk:
        out = tmp_path_factory.mktemp("disk") / "out"
        written(case, out)
    else:
        shelf.show(case)
    report = verifier.verify(str(out / case.folder), history=[str(out / one) for one in case.history])
    said = report.lines("en")[-1]
    assert report.code in case.verdicts, said
    assert report.code != 5 or not case.says or any(word in said for word in case.says), said


@pytest.mark.parametrize("name", ALONE)
def test_the_file_alone_says_the_same(name, tmp_path):
    """`python3 -I verify.py FOLDER` ends with the code of the verdict and prints no traceback."""
    case = CASES[name]
    folder = written(case, tmp_path / "out")
    command = [sys.executable, "-I", str(VERIFIER), str(folder)]
    done = subprocess.run(command, capture_output=True, timeout=60, cwd=tmp_path, check=False)
    assert done.returncode in case.verdicts
    assert b"Traceback" not in done.stdout + done.stderr
