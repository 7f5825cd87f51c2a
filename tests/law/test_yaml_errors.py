"""What is said of a file that is no proper YAML: in Chinese, with line and column; libyaml's words in English only."""

import re

import pytest

from supervision.errors import SupervisionError
from supervision.law.strict_yaml import read_yaml

CASES = {
    "a:\n\tb: 1\n": ("第 2 行第 1 列：缩进用了制表符", "cannot start any token"),
    "a:\n  b: 1\n\tc: 2\n": ("第 3 行第 1 列：缩进用了制表符", "tab character"),
    "a: 1\n b: 2\n": ("第 2 行第 3 列：这一行不能再写“键: 值”", "mapping values"),
    "a: b: c\n": ("第 1 行第 5 列：这一行不能再写“键: 值”", "mapping values"),
    "a:\n   b: 1\n  c: 2\n": ("第 3 行第 3 列：缩进与上下各行不一致", "expected key"),
    "a: - 1\n": ("第 1 行第 4 列：这里不能写列表项", "block sequence"),
    "a: 1\nb: [1, 2\nc: 3\n": ("第 2 行第 4 列：方括号 [ 没有闭合", "',' or ']'"),
    "a: {b: 1\nc: 2\n": ("第 1 行第 4 列：花括号 { 没有闭合", "',' or '}'"),
    "a: ]\n": ("第 1 行第 4 列：这里缺少值，或多了括号", "node content"),
    'a: 1\nb: "x\nc: 2\n': ("第 2 行第 4 列：引号没有配对", "end of stream"),
    'a: "x\n---\n': ("第 1 行第 4 列：引号没有配对", "document indicator"),
    'a: "\\q"\n': ("第 1 行第 5 列：双引号中的反斜杠 \\ 后面不认识：请写成 \\\\，", "escape"),
    'a: "\\xzz"\n': ("第 1 行第 7 列：双引号中的反斜杠", "hexdecimal"),
    'a: "\\ud800"\n': ("第 1 行第 7 列：双引号中的反斜杠", "Unicode"),
    "a: *no\n": ("第 1 行第 4 列：* 所引用的名称没有用 & 定义过", "undefined alias"),
    "a: &\n": ("第 1 行第 5 列：& 或 * 的名称不对", "anchor"),
    "a: &x 1\nb: &x 2\n": ("第 2 行第 4 列：& 或 * 的名称不对，或定义了两次", "duplicate anchor"),
    "a: @x\n": ("第 1 行第 4 列：“@”不能作为值的开头", "cannot start any token"),
    "a: 1\nbcd\ne: 2\n": ("第 3 行第 1 列：键的后面缺少冒号和空格", "expected ':'"),
    "a: 1\n---\nb: 2\n": ("第 2 行第 1 列：一个文件只能有一份内容", "single document"),
    "a: 1\n...\nb: 2\n": ("第 3 行第 1 列：一个文件只能有一份内容", "document start"),
    "a: 1\nbc: \x07\n": ("第 2 行第 5 列：有不可见的控制字符 U+0007", "control characters"),
    "x: " + "[" * 2000: ("列：嵌套太深", "nesting depth"),
    "%YAML 3.0\n---\na: 1": ("第 1 行第 1 列：写法不合 YAML 格式", "incompatible YAML document"),
}
OTHERS = {
    "": ("law.yaml.empty", "是空文件"),
    "# 只有注释\n": ("law.yaml.empty", "是空文件"),
    "a：1\n": ("law.yaml.shape", 'x.yaml：整个文件 应为键和值，现为 文字 "a：1"'),
    "- 1\n": ("law.yaml.shape", "整个文件 应为键和值，现为 列表 [1]"),
    "a: 2026-02-30\n": ("law.yaml.no_day", "第 1 行：没有 2026-02-30 这一天"),
    "? [a]\n: 1\n": ("law.yaml.key_no_text", "第 1 行：键应为一个文字"),
}


@pytest.mark.parametrize("text", CASES, ids=lambda text: text[:20])
def test_what_is_wrong_is_said_in_chinese(text: str) -> None:
    """Line and column of what was left open or cannot stand there; no English word of a parser."""
    zh, original = CASES[text]
    with pytest.raises(SupervisionError) as caught:
        read_yaml("x.yaml", text.encode())
    assert caught.value.code == "law.yaml.malformed"
    said = caught.value.text("zh")
    assert zh in said
    assert re.findall(r"[A-Za-z]{3,}", said.replace("x.yaml", "").replace("YAML", "").replace("Tab", "")) in (
        [],
        ["UTF"],
    )
    assert original in caught.value.text("en")
    assert re.search(r"line \d+, column \d+", caught.value.text("en"))


@pytest.mark.parametrize("text", OTHERS, ids=lambda text: text[:20])
def test_what_is_no_mapping(text: str) -> None:
    """An empty file is called so; another value is shown as it stands there."""
    code, zh = OTHERS[text]
    with pytest.raises(SupervisionError) as caught:
        read_yaml("x.yaml", text.encode())
    assert caught.value.code == code
    assert zh in caught.value.text("zh")
    assert "None" not in caught.value.text("zh")


def test_another_encoding_is_named_with_its_place() -> None:
    """The first byte that is not UTF-8, counted in characters."""
    with pytest.raises(SupervisionError) as caught:
        read_yaml("x.yaml", b"a: 1\nb: " + "名".encode("gb18030"))
    assert "第 2 行第 4 列：不是 UTF-8 编码的文字" in caught.value.text("zh")
    assert "utf-8" in caught.value.text("en")
