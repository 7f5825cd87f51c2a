"""Every command: its help, its place in the README, common options, JSON, languages, exit codes, completion."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from supervision.cli import _options
from supervision.cli._group import group

README = Path(__file__).parents[2] / "README.md"
COMMANDS = group.list_commands(click.Context(group))
HEAVY = {"pandas", "numpy", "sklearn", "ortools", "pyarrow", "sqlite_utils", "xlsxwriter", "jinja2"}
UNITS = "unit_id,name,type,status,region,established\n91320505YY0000001P,演示有限公司,企业,存续,320505,2020-01-02\n"


def command_of(name):
    """Load one command."""
    return group.get_command(click.Context(group), name)


def examples(name):
    """The example lines of a command's help, with continued lines joined."""
    text = re.sub(r"\\\n\s*", "", command_of(name).help)
    return re.findall(r"Example: (supervision .+)", text)


def run_program(code, **variables):
    """Run Python in a fresh process."""
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, **variables}, timeout=60
    )
    return found.returncode, found.stdout, found.stderr


def test_commands_of_a_month():
    """The commands that a month needs are there."""
    month = "abandon check commit demo draw follow-up import init match month plan preview publish record rules score"
    assert set(COMMANDS) >= {*month.split(), "template", "train", "verify"}


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_an_example_that_parses(name):
    """Each command's help says in both languages what it does, with an example that its own parser accepts."""
    text = command_of(name).help
    assert re.search(r"[一-鿿].* / [a-z]", text), text
    assert examples(name)
    for example in examples(name):
        words = shlex.split(example)[1:]
        with group.make_context("supervision", list(words)) as context:
            rest = [*context._protected_args, *context.args]
            assert rest[0] == name
            command_of(name).make_context(name, rest[1:], parent=context)
    _options.reset()


@pytest.mark.parametrize("name", COMMANDS)
def test_readme_mentions_it(name):
    """Each command has its place in the README."""
    if not README.exists():
        pytest.skip("README.md is not written yet")
    text = README.read_text(encoding="utf-8")
    assert re.search(rf"(supervision [^\n`]*\b{name}\b|`{name}\b)", text), f"README.md does not mention {name}"


def test_help_is_light():
    """Neither the group's help nor any command's imports pandas, scikit-learn, OR-Tools or another heavy library."""
    code = f"""
import sys
from supervision.cli._group import main
for arguments in [["--help"], ["--version"], *([name, "--help"] for name in {COMMANDS!r})]:
    try:
        main(arguments)
    except SystemExit as ended:
        assert not ended.code, arguments
print("LOADED", sorted({HEAVY!r} & set(sys.modules)))
"""
    code, out, err = run_program(code)
    assert code == 0, err
    assert out.splitlines()[-1] == "LOADED []"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(shell):
    """The program prints the completion script of each shell."""
    program = "from supervision.cli._group import main; main([])"
    code, out, _ = run_program(program, _SUPERVISION_COMPLETE=f"{shell}_source")
    assert code == 0
    assert "_SUPERVISION_COMPLETE" in out


def test_completion_of_commands():
    """A half-written command is completed."""
    program = "from supervision.cli._group import main; main([])"
    variables = {"_SUPERVISION_COMPLETE": "bash_complete", "COMP_WORDS": "supervision p", "COMP_CWORD": "1"}
    code, out, _ = run_program(program, **variables)
    assert code == 0
    assert {line.split(",")[1] for line in out.splitlines()} == {
        *("paper-templates", "papers", "plan", "preview", "proof", "province", "publish")
    }


def test_options_before_and_after(call, tmp_path):
    """The store, the language and JSON are taken before and after the command's name alike."""
    before = call("--store", tmp_path / "a.db", "--json", "--lang", "en", "init")
    after = call("init", "--store", tmp_path / "b.db", "--json", "--lang", "en")
    assert (before.code, after.code) == (0, 0)
    assert (tmp_path / "a.db").is_file()
    assert (tmp_path / "b.db").is_file()
    assert before.json.keys() == after.json.keys()


def test_store_from_the_environment(call, tmp_path, monkeypatch):
    """SUPERVISION_STORE names the store where no option does, and supervision.db is the default."""
    assert call("init").code == 0
    assert (tmp_path / "supervision.db").is_file()
    monkeypatch.setenv("SUPERVISION_STORE", str(tmp_path / "other.db"))
    assert call("init").code == 0
    assert (tmp_path / "other.db").is_file()


def test_language(call, monkeypatch):
    """Messages are Chinese, English with --lang en or an English LANG."""
    assert re.search("[一-鿿]", call("init").out)
    assert not re.search("[一-鿿]", call("init", "--lang", "en").out.replace("rules", ""))
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert call("init").out.isascii()
    assert call("--lang", "zh", "init").out != call("init").out


def test_json_has_one_shape(call, tmp_path):
    """JSON begins with version and command, then the exit code, for good ends and for rejected rows alike."""
    (tmp_path / "entities.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "bad.csv").write_text(UNITS.replace("2020-01-02", "soon").replace("320505", ""), encoding="utf-8")
    call("init")
    for arguments, code in (
        (("init",), 0),
        (("rules", "--on", "2026-12-01"), 0),
        (("import", "entities", "entities.csv", "--as-of", "2026-11-30"), 0),
        (("check", "entities", "bad.csv", "--as-of", "2026-11-30"), 3),
        (("import", "entities", "bad.csv", "--as-of", "2026-11-30"), 3),
        (("template", "offices"), 0),
    ):
        ended = call(*arguments, "--json")
        assert ended.code == code, ended
        assert list(ended.json)[:3] == ["version", "command", "exit"]
        assert (ended.json["version"], ended.json["command"], ended.json["exit"]) == (1, arguments[0], code)


def test_json_of_an_error(call):
    """An error as JSON has a code and a sentence, on stdout, with nothing on stderr."""
    ended = call("--json", "plan", "2026-12")
    assert ended.code == 1
    assert ended.json["version"] == 1
    assert set(ended.json["error"]) == {"code", "text"}
    assert ended.err == ""


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("plan", "2026-12"), 1, "supervision.db"),
        (("rules", "--on", "yesterday"), 2, "yesterday"),
        (("template", "enterprises"), 2, "entities"),
        (("import", "enterprises", "x.csv"), 2, "entities"),
        (("import", "entities", "nowhere.csv"), 1, "nowhere.csv"),
        (("month", "2026-13", "--inputs", ".", "--out", "out", "--rehearsal"), 2, "2026-13"),
        (("month", "2026-12", "--inputs", "nowhere", "--out", "out", "--rehearsal"), 2, "nowhere"),
        (("draw", "2026-12", "--source", "11"), 2, "11"),
        (("demo", "town", "--entities", "3"), 2, "3"),
        (("verify", "nowhere"), 2, "nowhere"),
        (("record", "nowhere.xlsx"), 1, "nowhere.xlsx"),
        (("dance",), 2, "dance"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_exit_codes(call, arguments, code, words, lang):
    """What cannot be done ends with its exit code and one sentence that names the value, and never with a traceback."""
    if arguments[0] not in ("plan", "dance"):
        call("init")
    ended = call(*arguments, "--lang", lang)
    said = ended.out + ended.err
    assert ended.code == code, said
    assert words in said
    assert "Traceback" not in said
    assert len(ended.err.splitlines()) <= 6


def test_rejected_rows_exit_3(call, tmp_path):
    """Rejected rows end with exit code 3 and say where their reasons are."""
    (tmp_path / "bad.csv").write_text(UNITS.replace("2020-01-02", "soon"), encoding="utf-8")
    call("init")
    ended = call("import", "entities", "bad.csv", "--as-of", "2026-11-30")
    assert ended.code == 3
    assert "bad.csv.rejected.xlsx" in ended.out
    assert (tmp_path / "bad.csv.rejected.xlsx").is_file()


def test_template_of_every_kind(call, tmp_path):
    """A template is written under the register's name unless another is given."""
    assert call("template", "inspectors").code == 0
    assert call("template", "inspectors", "--lang", "en", "--out", "mine.xlsx").code == 0
    assert {path.name for path in tmp_path.glob("*.xlsx")} == {"inspectors.xlsx", "mine.xlsx"}


def test_program_in_a_pipe():
    """Chinese output through a pipe of another locale neither fails nor is lost."""
    found = subprocess.run(
        [sys.executable, "-c", "from supervision.cli._group import main; main(['rules', '--json'])"],
        capture_output=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": ""},
        timeout=60,
    )
    assert found.returncode == 0
    assert json.loads(found.stdout.decode("utf-8"))["rules"]
