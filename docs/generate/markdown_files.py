"""Pages from the project's own files (取自项目文件的网页): the month, CONTRIBUTING, changes, examples."""

from __future__ import annotations

import re
from pathlib import Path

MONTHS = {"zh": ("README.zh-CN.md", "一个月，一步一步"), "en": ("README.md", "One month, step by step")}


def first_month(root: Path, lang: str) -> str:
    """Return README's section on one month (一个月) as a page of its own, in "zh" or "en"."""
    file, title = MONTHS[lang]
    text = (root / file).read_text(encoding="utf-8")
    match = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", text, flags=re.MULTILINE | re.DOTALL)
    if match is None:
        raise ValueError(f"{file} has no section {title!r}")
    return linked(f"# {title}\n{match[1]}")


def contributing(root: Path) -> str:
    """Return CONTRIBUTING as a page (参与)."""
    return linked((root / "CONTRIBUTING.md").read_text(encoding="utf-8"))


def changelog(root: Path) -> str:
    """Return the changelog as a page (更新记录)."""
    return linked((root / "CHANGELOG.md").read_text(encoding="utf-8"))


def example_programs(root: Path) -> str:
    """Return the example programs, each foldable (示例程序)."""
    parts = []
    for path in sorted((root / "examples").glob("*.py")):
        source = path.read_text(encoding="utf-8")
        title = source.split('"""')[1]
        body = source.partition('"""\n\n')[2]
        parts.append(f"### `examples/{path.name}`\n\n{title}\n\n```python\n{body}```\n")
    return "\n".join(parts)


def readme_example(root: Path) -> str:
    """Return README's short program (README 中的短例) as a block of code."""
    text = (root / "README.md").read_text(encoding="utf-8")
    match = re.search(r"^```python\n.*?^```$", text, flags=re.MULTILINE | re.DOTALL)
    if match is None:
        raise ValueError("README.md has no python block")
    return match[0]


def linked(text: str) -> str:
    """Return markdown with its links as they are from the site's root (改写链接); files outside it become words."""
    text = re.sub(r"\]\(docs/", "](", text)
    text = text.replace("](CONTRIBUTING.md)", "](contributing.md)").replace("](CHANGELOG.md)", "](changelog.md)")
    return re.sub(r"\[([^\]]+)\]\((LICENSE|README[^)]*|examples)\)", r"\1", text)


def joined(text: str) -> str:
    r"""Return markdown in which a line break between two Chinese characters is no space (中文换行不加空格).

    >>> joined("登记表\n由此导入\nand English\nstays")
    '登记表由此导入\nand English\nstays'
    """
    return re.sub(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef”])\n(?=[\u4e00-\u9fff\uff00-\uffef“])", "", text)
