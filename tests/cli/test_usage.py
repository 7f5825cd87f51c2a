"""Wrong command lines are answered in the language asked for, wherever that stands."""

import click
import pytest

from supervision.cli._options import needed
from supervision.cli._usage import asked_language, usage_error

USAGE_ZH = "。用法：supervision import [OPTIONS] KIND FILES...；说明见 supervision import --help"
USAGE_EN = ". Usage: supervision import [OPTIONS] KIND FILES...; for more see supervision import --help"
ALL_ZH = "。用法：supervision [OPTIONS] COMMAND [ARGS]...；说明见 supervision --help"
ALL_EN = ". Usage: supervision [OPTIONS] COMMAND [ARGS]...; for more see supervision --help"
DEMO_ZH = "。用法：supervision demo [OPTIONS] FOLDER；说明见 supervision demo --help"
DEMO_EN = ". Usage: supervision demo [OPTIONS] FOLDER; for more see supervision demo --help"
WRONG = {
    ("import",): ("缺少参数 KIND" + USAGE_ZH, "The argument KIND is missing" + USAGE_EN),
    ("import", "entities"): ("缺少参数 FILES..." + USAGE_ZH, "The argument FILES... is missing" + USAGE_EN),
    ("import", "entities", "a", "--as-off", "x"): (
        "没有选项 --as-off（相近的有 --as-of、--as）" + USAGE_ZH,
        "There is no option --as-off (close to it: --as-of、--as)" + USAGE_EN,
    ),
    ("import", "entities", "a", "--xyz"): ("没有选项 --xyz" + USAGE_ZH, "There is no option --xyz" + USAGE_EN),
    ("import", "entities", "a", "--as-of", "soon"): (
        "--as-of 的值“soon”不对：应写作 2026-11-30" + USAGE_ZH,
        "--as-of cannot be 'soon': write a day as 2026-11-30" + USAGE_EN,
    ),
    ("--store",): ("选项 --store 后面要有值" + ALL_ZH, "The option --store needs a value" + ALL_EN),
    ("--json=1", "init"): ("选项 --json 不带值" + ALL_ZH, "The option --json takes no value" + ALL_EN),
    ("impot", "x"): (
        "没有命令 impot（相近的有 import、month）" + ALL_ZH,
        "There is no command impot (close to it: import、month)" + ALL_EN,
    ),
    ("texts",): ("没有命令 texts" + ALL_ZH, "There is no command texts" + ALL_EN),
    ("demo", "a", "b", "c"): ("多出的参数：b c" + DEMO_ZH, "Arguments too many: b c" + DEMO_EN),
    ("demo", "a", "--entities", "499"): (
        "--entities 的值“499”不对：应为 500 到 10000000 的整数" + DEMO_ZH,
        "--entities cannot be '499': a whole number from 500 to 10000000 is wanted" + DEMO_EN,
    ),
    ("demo", "a", "--entities", "many"): (
        "--entities 的值“many”不对：应为 500 到 10000000 的整数" + DEMO_ZH,
        "--entities cannot be 'many': a whole number from 500 to 10000000 is wanted" + DEMO_EN,
    ),
    ("demo", "file"): (
        "FOLDER 的值“file”不对：这是文件，应为文件夹" + DEMO_ZH,
        "FOLDER cannot be 'file': it is a file where a folder is wanted" + DEMO_EN,
    ),
    ("--store", "folder", "init"): (
        "--store 的值“folder”不对：这是文件夹，应为文件" + ALL_ZH,
        "--store cannot be 'folder': it is a folder where a file is wanted" + ALL_EN,
    ),
    ("--lang", "fr", "init"): (
        "--lang 的值“fr”不对：可选 zh、en" + ALL_ZH,
        "--lang cannot be 'fr': choose from zh、en" + ALL_EN,
    ),
}


@pytest.mark.parametrize(("arguments", "said"), WRONG.items(), ids=lambda value: " ".join(value)[:40])
def test_wrong_command_lines(call, tmp_path, arguments, said):
    """Each kind of mistake is one sentence with the value and how the command is written, and exit code 2."""
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    close = ("--as-of、--as、--json", "--as-of、--as")  # click lists by its own measure; the first two are what matters
    ended = call(*arguments)
    assert (ended.code, ended.out, ended.err.replace(*close)) == (2, "", f"错误：{said[0]}\n")
    ended = call("--lang=en", *arguments) if arguments[0] == "--lang" else call("--lang", "en", *arguments)
    assert (ended.code, ended.err.replace(*close)) == (2, f"Error: {said[1]}\n")


def test_the_language_after_the_mistake(call):
    """The language counts where it stands behind the mistake as well."""
    assert call("import", "--asof", "x", "--lang", "en").err.startswith("Error: There is no option --asof")
    assert call("--lang", "en", "import", "--asof", "x", "--lang", "zh").err.startswith("错误：没有选项 --asof")


LANGUAGES = {
    (): "",
    ("--lang", "en"): "en",
    ("--lang=en", "--lang=zh"): "zh",
    ("--lang=zh", "--lang", "en"): "en",
    ("--lang", "fr"): "",
    ("--lang",): "",
    ("x", "--language", "en"): "",
}


@pytest.mark.parametrize(("arguments", "language"), LANGUAGES.items())
def test_asked_language(arguments, language):
    """The last language that is one counts."""
    assert asked_language(arguments) == language


def test_wrong_usage_as_json(call):
    """A mistake with --json is an error in JSON on stdout."""
    ended = call("--json", "impot")
    assert (ended.code, ended.err, ended.json["error"]["code"]) == (2, "", "cli.no_command_close")


def test_another_mistake(call, monkeypatch):
    """A mistake that has no sentence of its own is told in click's words."""
    from supervision.cli._group import group

    def refuse(*_, **__):
        raise click.UsageError("odd")

    monkeypatch.setattr(group, "invoke", refuse)
    assert call("init").err == "错误：命令写法不对（odd）" + ALL_ZH + "\n"


def test_no_arguments_show_the_help(call):
    """Without arguments the help is shown."""
    ended = call()
    assert ended.code == 2
    assert "COMMAND" in ended.err + ended.out


@pytest.mark.parametrize(
    ("given", "lacking"), [([], "--task"), (["--task", "T1"], "--reason"), (["--task", ""], "--task")]
)
def test_an_option_that_this_use_of_a_command_needs(given, lacking):
    """It is missing as any other option is, by its name and in the language asked for; what is there is handed on."""

    @click.command("step")
    @click.option("--task", "task_id")
    @click.option("--reason")
    def command(task_id, reason):
        return needed("task_id", task_id), needed("reason", reason)

    with pytest.raises(click.MissingParameter) as caught:
        command.main(given, standalone_mode=False)
    error = usage_error(caught.value, [])
    assert (error.code, error.params["name"]) == ("cli.missing_option", lacking)
    assert lacking in error.text("zh")
    assert command.main(["--task", "T1", "--reason", "6"], standalone_mode=False) == ("T1", "6")
