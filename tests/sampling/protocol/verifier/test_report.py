"""The report and the command: folders, languages, exit codes, and that nothing crashes."""

import hashlib
import io
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from forge import CODE
from forge_draws import Full, whole_round

from supervision.sampling.protocol import verifier
from supervision.sampling.protocol.verifier import RULES, main, verify

HERE = Path(verifier.__file__)
OWN = hashlib.sha256(HERE.read_bytes()).hexdigest()
PUB, AUD = "public/2026-12", "audit/2026-12"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an honest round that no test changes."""
    return whole_round(tmp_path_factory.mktemp("honest"))


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the verifier as a stranger does."""
    command = [sys.executable, "-I", str(HERE), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)


def test_a_stranger_runs_the_file_alone(out: Path) -> None:
    """One file, isolated, any place: exit 0, Chinese first, its digest, sources with issue and values, one verdict."""
    done = run(out)
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr, lines[-1]) == (0, "", "一致。")
    assert lines[0] == f"核验程序摘要 SHA-256：{OWN}"
    values = json.loads((out / PUB / "reveal.json").read_bytes())["values"]["ssq-blue"][0]
    assert f"  - 2026-12 ssq-blue 2026-12-1: {values} (2026-11-29T21:25:00+08:00)" in lines


def test_language_is_that_of_the_terminal(out: Path) -> None:
    """English where LANG says so or --lang asks."""
    assert run(out, LANG="en_US.UTF-8").stdout.splitlines()[-1] == "AGREES."
    assert run(out, "--lang", "en").stdout.splitlines()[-1] == "AGREES."
    assert run(out, "--lang", "zh", LANG="en_US.UTF-8").stdout.splitlines()[-1] == "一致。"


def test_a_terminal_without_chinese_still_gets_the_verdict(out: Path) -> None:
    """What a terminal cannot show is escaped, never a crash."""
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8=0", HERE, out],
        capture_output=True,
        env={"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"},
    )
    assert done.returncode == 0


def test_exit_codes_and_verdicts(out: Path, tmp_path: Path) -> None:
    """0 agrees, 6 agrees but nobody outside can tell, 5 differs with file, section, rule and value; usage is 2."""
    lone = Full(edits={"anchors": lambda rows: []}).commit().draw().finish(tmp_path / "lone")
    done = run(lone, "--lang", "en")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        6,
        "AGREES, but nobody outside the agency can tell that it is the only one.",
    )
    assert run(lone).stdout.splitlines()[-1] == "一致，但机关以外无人能确认这是唯一的一份。"
    bad = Full(edits={"reveal": lambda one: one | {"key_string": "1./"}}).commit().draw().finish(tmp_path / "bad")
    done = run(bad, "--lang", "en")
    assert done.returncode == 5
    assert (
        done.stdout.splitlines()[-1]
        == f"DIFFERS: {PUB}/reveal.json: key string differs (section 4, reveal.key_string) [1./]"
    )
    assert (
        run(bad).stdout.splitlines()[-1]
        == f"不一致：{PUB}/reveal.json：密钥串不符（规程第 4 节，reveal.key_string） [1./]"
    )
    assert run().returncode == 2
    missing = run(tmp_path / "nothing", "--lang", "en")
    assert (missing.returncode, missing.stdout.splitlines()[-1]) == (
        5,
        "DIFFERS: nothing: not a folder (section 10, paths.folder)",
    )


def test_the_report_for_programs(out: Path, tmp_path: Path) -> None:
    """--json gives one canonical line with the same content."""
    value = json.loads(run(out, "--json").stdout)
    assert (value["exit"], value["difference"], value["verifier"]) == (0, None, OWN)
    assert value["verdict"] == {"en": "AGREES.", "zh": "一致。"}
    assert {"en": "chain of suzhou: sequence 1 to 3", "zh": "suzhou 的承诺链：第 1 至 3 号"} in value["checked"]
    bad = Full(edits={"commitment": lambda one: one | {"key_digest": "0" * 64}}).commit().finish(tmp_path / "bad")
    where = {
        "name": "key.digest",
        "section": "3",
        "value": "commitment.json key_digest",
        "where": f"{AUD}/frame_key.hex",
    }
    assert json.loads(run(bad, "--json").stdout)["difference"] == where


def test_a_module_beside_the_verifier_is_not_imported(out: Path, tmp_path: Path) -> None:
    """`python3 -I` never looks beside the file, and the file beside it is named."""
    shutil.copytree(out, tmp_path / "out")
    beside = tmp_path / "out" / PUB
    (beside / "verify.py").write_bytes(HERE.read_bytes())
    (beside / "json.py").write_text("import sys\nprint('Everything agrees')\nsys.exit(0)\n")
    done = subprocess.run(
        [sys.executable, "-I", beside / "verify.py", tmp_path / "out", "--lang", "en"], capture_output=True, text=True
    )
    assert done.returncode == 5
    assert f"{PUB}/json.py" in done.stdout.splitlines()[-1]
    assert "Everything agrees" not in done.stdout


def test_every_folder_a_reader_may_have(out: Path, tmp_path: Path) -> None:
    """OUT, public/, one round's public folder or a copy of it anywhere, one round's audit folder, a pair."""
    shutil.copytree(out / PUB, tmp_path / "download")
    whole = {str(out): True, str(out / AUD): True}
    part = {str(out / "public"): False, str(out / PUB): False, str(tmp_path / "download"): False}
    for folder, audited in (whole | part).items():
        report = verify(folder)
        assert report.code == 0, report.lines("en")[-1]
        limit = [en for _, en in report.unchecked if en.startswith("2026-12, public part alone")]
        assert bool(limit) != audited
        assert any("fire: drawn 7" in en for _, en in (report.checked if audited else report.unchecked))
    shutil.copytree(out / "audit", tmp_path / "audit")
    assert verify(tmp_path / "audit" / "2026-12").difference.name == "paths.audit_alone"


def test_an_audit_folder_is_known_by_any_of_its_files(out: Path, tmp_path: Path) -> None:
    """A key, a log or tasks make a folder an auditor's."""
    for name in ("frame_key.hex", "log.jsonl", "tasks"):
        (tmp_path / "x" / name / name).mkdir(parents=True)
        assert verify(tmp_path / "x" / name).difference.name == "paths.audit_alone"
    assert verify(tmp_path).difference.name == "paths.nothing"
    (tmp_path / "empty" / "public").mkdir(parents=True)
    assert verify(tmp_path / "empty").difference.name == "paths.nothing"


def test_a_published_verifier_that_is_this_one_is_not_remarked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The report says when the verifier that runs is not the one that the commitment names."""
    text = "2026-12: the verifier that its commitment names is another one than this"
    out = Full().commit().finish(tmp_path / "out")
    assert text in [en for _, en in verify(out).remarks]
    (tmp_path / "verify.py").write_bytes(CODE)
    monkeypatch.setattr(verifier, "__file__", str(tmp_path / "verify.py"))
    report = verify(out)
    assert (report.code, text in [en for _, en in report.remarks]) == (0, False)


def test_a_crash_is_a_difference(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever breaks while reading is exit 5 and names the folder."""

    def broken(*_: object) -> None:
        raise MemoryError("none left")

    monkeypatch.setattr(verifier, "check_round", broken)
    report = verify(out)
    assert report.code == 5
    assert report.lines("en")[-1] == (
        f"DIFFERS: {out}: cannot be read as the protocol says (section 10, crash) [MemoryError: none left]"
    )


def test_an_unreadable_file_is_a_difference(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system will not open is named."""
    original = os.open

    def refuse(path: Path, flags: int) -> int:
        if Path(path).name == "reveal.json":
            raise PermissionError(13, "Permission denied", str(path))
        return original(path, flags)

    monkeypatch.setattr(verifier.os, "open", refuse)
    report = verify(out)
    assert report.code == 5
    assert "reveal.json" in report.verdict("en")


def test_values_in_messages_are_short_and_harmless() -> None:
    """A forged value cannot fill or control a terminal."""
    assert verifier.shortened("a\x1b[31m\n") == "a\\x1b[31m\\n"
    assert verifier.shortened("x" * 201) == "x" * 197 + "..."
    assert verifier.shortened("x" * 200) == "x" * 200
    assert verifier.shortened(["a"]) == "['a']"


def test_the_command_prints_to_whatever_stands_for_a_terminal(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Called inside a program it returns its exit code and prints the verdict last."""
    assert main([str(out), "--lang", "en", "--history", str(out)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "AGREES."


def test_a_program_may_take_the_output(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report goes wherever output goes, as text or for programs."""
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert main([str(out), "--json"]) == 0
    value = json.loads(sys.stdout.getvalue())  # type: ignore[attr-defined]
    assert (value["difference"], value["exit"], value["folder"]) == (None, 0, str(out))


def test_the_file_is_a_program(out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Run as a program it ends with the exit code."""
    monkeypatch.setattr(sys, "argv", ["verify.py", str(out / "nowhere"), "--json"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(HERE), run_name="__main__")
    assert ended.value.code == 5
    difference = {"name": "paths.folder", "section": "10", "value": "", "where": "nowhere"}
    assert json.loads(capsys.readouterr().out)["difference"] == difference


def test_a_rehearsal_is_called_one(tmp_path: Path) -> None:
    """Nobody may take a rehearsal for a draw: the verdict says what it is."""
    report = verify(whole_round(tmp_path / "rehearsal", real=False))
    assert (report.code, report.verdict("en")) == (0, "AGREES (a rehearsal alone, not a real draw).")
    assert report.verdict() == "一致（仅是演练，不是真实抽取）。"


def test_a_report_in_both_languages(tmp_path: Path) -> None:
    """Verdict 6 in words, and where evidence is missing."""
    report = verify(Full(edits={"anchors": lambda rows: []}).commit().finish(tmp_path / "lone"))
    line = f"{PUB}/commitment.json: no newspaper or supervisor anchor older than 2026-11-29T21:25:00+08:00"
    assert report.lines("en")[-2:] == [f"  - {line}", report.verdict("en")]
    assert report.verdict() == "一致，但机关以外无人能确认这是唯一的一份。"


@pytest.mark.parametrize(
    ("path", "good"),
    [
        ("a", True),
        ("a/b.c", True),
        ("检查/甲", True),
        ("x" * 1000, True),
        ("x" * 1001, False),
        ("", False),
        (None, False),
        ("/a", False),
        ("a/", False),
        ("a//b", False),
        ("./a", False),
        ("a/..", False),
        ("a\\b", False),
        ("a\n", False),
    ],
)
def test_paths_are_plain(path: object, good: bool) -> None:
    """Relative, downwards, printable."""
    assert verifier.is_path(path) == good


def test_every_rule_has_a_section_and_words_in_both_languages() -> None:
    """Each condition says its section of the protocol, and itself in Chinese and English."""
    for name, (section, zh, en) in RULES.items():
        assert section in set("0123456789") | {"10"}, name
        assert any("\u4e00" <= c <= "\u9fff" for c in zh), name
        assert en.isascii() or "±" in en or "−" in en, name


def test_every_rule_is_broken_by_a_test() -> None:
    """Each name of a condition stands in a test that breaks it."""
    texts = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py")).replace("\\.", ".")
    assert [name for name in RULES if not re.search(rf"\b{re.escape(name)}\b", texts)] == []


def test_nothing_but_the_standard_library_is_imported() -> None:
    """One file for strangers: its imports are Python's own."""
    names = {
        line.split()[1].split(".")[0]
        for line in HERE.read_text("utf-8").splitlines()
        if line.startswith(("import ", "from "))
    }
    assert names <= sys.stdlib_module_names | {"__future__"}
