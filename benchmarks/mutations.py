"""Do the tests notice a wrong token (变异检验)? Change one token of the source at a time and run the tests.

    python benchmarks/mutations.py supervision/sampling --count 20 --seed 1 --tests tests/sampling [--jobs 1]
                                   [--since COMMIT]

Paths are files or folders of the package. A mutation swaps a comparison (`<` and `<=`, `==` and `!=`, `in` and
`not in`), an operator (`+` and `-`), `and` and `or`, drops a `not`, or adds 1 to an integer; never in docstrings,
annotations, decorators, the parameters of messages and exceptions, or `if TYPE_CHECKING`. `--count` of all possible
ones are chosen by `--seed`, each is made in a copy of the tree; the tree itself is only read. The tests run with -x and
a limit of time; a run that fails or takes too long has noticed. --since takes only lines changed since a commit. Exit
code 1 when less than nine in ten were noticed.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).parents[1]
COPIED = ("supervision", "tests", "data", "supervision_data", "examples", "docs", "benchmarks")
WANTED = 0.9
COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "+",
    ast.FloorDiv: "*",
    ast.Mod: "+",
    ast.BitAnd: "|",
    ast.BitOr: "&",
    ast.LShift: ">>",
    ast.RShift: "<<",
}
MESSAGES = ("SupervisionError", "UsageError", "RuleMissing", "Message", "say", "progress", "Difference")


@dataclass(frozen=True)
class Mutation:
    """One change: bytes `start` to `stop` of a file become `text`."""

    path: Path
    line: int
    start: int
    stop: int
    text: str

    def changed(self, source: bytes) -> bytes:
        """Return the file with the change."""
        return source[: self.start] + self.text.encode() + source[self.stop :]


class Finder:
    """Every mutation of one file, by a walk over its syntax tree."""

    def __init__(self, path: Path, source: bytes) -> None:
        self.path, self.source = path, source
        self.starts = [0]
        for line in source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def at(self, line: int, column: int) -> int:
        """Return the offset of a place that the syntax tree names."""
        return self.starts[line - 1] + column

    def span(self, node: ast.expr) -> tuple[int, int]:
        """Return where an expression begins and ends."""
        stop = self.at(node.end_lineno or node.lineno, node.end_col_offset or 0)
        return self.at(node.lineno, node.col_offset), stop

    def found(self) -> Iterator[Mutation]:
        """Yield all mutations of the file."""
        yield from self.walk(ast.parse(self.source))

    def walk(self, node: ast.AST) -> Iterator[Mutation]:
        """Yield the mutations of a node and of what it holds, leaving out what no test can or need notice."""
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return
        if isinstance(node, ast.Call) and called(node) in MESSAGES:
            return
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return
        yield from self.own(node)
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "type_params", "msg", "format_spec"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from self.walk(child)

    def own(self, node: ast.AST) -> Iterator[Mutation]:
        """Yield the mutations of the node itself."""
        if isinstance(node, ast.Compare):
            left = node.left
            for sign, right in zip(node.ops, node.comparators, strict=True):
                yield from self.between(left, right, COMPARISONS.get(type(sign), ""))
                left = right
        elif isinstance(node, ast.BinOp) and not is_text(node):
            yield from self.between(node.left, node.right, OPERATORS.get(type(node.op), ""))
        elif isinstance(node, ast.BoolOp):
            other = "or" if isinstance(node.op, ast.And) else "and"
            for left, right in zip(node.values, node.values[1:], strict=False):
                yield from self.between(left, right, other)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            start, stop = self.at(node.lineno, node.col_offset), self.span(node.operand)[0]
            yield Mutation(self.path, node.lineno, start, start + 3 if stop - start < 4 else start + 4, "")
        elif isinstance(node, ast.Constant) and type(node.value) is int:
            yield Mutation(self.path, node.lineno, *self.span(node), str(node.value + 1))

    def between(self, left: ast.expr, right: ast.expr, text: str) -> Iterator[Mutation]:
        """Yield the change of the operator that stands between two expressions; brackets and comments stay."""
        start, stop = self.span(left)[1], self.span(right)[0]
        gap = self.source[start:stop]
        lead = len(gap) - len(gap.lstrip(b" \n\\)"))
        sign = gap[lead:].rstrip(b" \n\\(")
        if text and sign and b"#" not in gap:
            line = self.source[: start + lead].count(b"\n") + 1
            yield Mutation(self.path, line, start + lead, start + lead + len(sign), text)


def called(node: ast.Call) -> str:
    """Return the last name of what is called."""
    function = node.func
    if isinstance(function, ast.Attribute):
        owner = function.value
        return owner.id if isinstance(owner, ast.Name) and owner.id in MESSAGES else function.attr
    return function.id if isinstance(function, ast.Name) else ""


def is_text(node: ast.BinOp) -> bool:
    """Tell whether an operator joins texts, where a change is no arithmetic but a crash."""
    sides = (node.left, node.right)
    return any(isinstance(x, ast.JoinedStr) or (isinstance(x, ast.Constant) and type(x.value) is str) for x in sides)


def mutations(paths: Sequence[Path]) -> list[Mutation]:
    """Return all mutations of files and folders, in the order of path and place; each still is Python."""
    found = []
    for path in sorted({file for one in paths for file in ([one] if one.is_file() else one.rglob("*.py"))}):
        source = path.read_bytes()
        for one in Finder(path, source).found():
            try:
                ast.parse(one.changed(source))
            except SyntaxError:
                continue
            found.append(one)
    return found


def changed_lines(since: str) -> set[tuple[Path, int]]:
    """Return the lines that are new since a commit, as git shows them."""
    command = ["git", "-C", str(ROOT), "diff", "--unified=0", "--no-prefix", since, "--", "supervision"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: set[tuple[Path, int]] = set()
    path = ROOT
    for line in shown.splitlines():
        if line.startswith("+++ "):
            path = ROOT / line.removeprefix("+++ ")
        elif match := re.match(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@", line):
            first = int(match[1])
            found |= {(path, number) for number in range(first, first + int(match[2] or 1))}
    return found


def copied(folder: Path) -> Path:
    """Copy what the tests need into a folder of its own."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy2(path, folder / path.name)
    return folder


def passes(tree: Path, tests: Sequence[str], seconds: float) -> bool:
    """Tell whether the tests pass in a tree within a time."""
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    paths = {"PYTHONPATH": f"{tree}{os.pathsep}{tree / 'tests'}", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        run = subprocess.run(
            command, cwd=tree, env=os.environ | paths, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return run.returncode == 0


def is_noticed(one: Mutation, tree: Path, tests: Sequence[str], seconds: float) -> bool:
    """Make one change in a copied tree, run the tests, and put the file back."""
    target = tree / one.path.relative_to(ROOT)
    source = target.read_bytes()
    target.write_bytes(one.changed(source))
    try:
        return not passes(tree, tests, seconds)
    finally:
        target.write_bytes(source)


def told(one: Mutation) -> str:
    """Return file, line and the change as a reader would write it."""
    source = one.path.read_bytes()
    line = source.splitlines()[one.line - 1].decode().strip()
    old = source[one.start : one.stop].decode().strip()
    return f"{one.path.relative_to(ROOT)}:{one.line}: {old} -> {one.text or 'nothing'}: {line}"


def campaign(chosen: Sequence[Mutation], tests: Sequence[str], jobs: int, limit: float) -> int:
    """Run the tests once unchanged and once for each mutation; print each verdict and return how many survived."""
    survived = 0
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(jobs) as pool:
        trees: SimpleQueue[Path] = SimpleQueue()
        for number in range(jobs):
            trees.put(copied(Path(name) / str(number)))
        tree = trees.get()
        begun = time.monotonic()
        if not passes(tree, tests, limit):
            sys.exit("the tests do not pass as they are, or not in time")
        print(f"unchanged: {time.monotonic() - begun:.0f} s", flush=True)
        trees.put(tree)

        def judged(one: Mutation) -> bool:
            tree = trees.get()
            try:
                return is_noticed(one, tree, tests, limit)
            finally:
                trees.put(tree)

        for one, noticed in zip(chosen, pool.map(judged, chosen), strict=True):
            survived += not noticed
            print(f"{'noticed ' if noticed else 'SURVIVED'} {told(one)}", flush=True)
    return survived


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, help="files or folders of the package")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tests", nargs="+", default=["tests"])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--limit", type=float, default=600, help="seconds of one run of the tests")
    parser.add_argument("--since", metavar="COMMIT", help="only lines that were changed since")
    parser.add_argument("--list", action="store_true", help="show the chosen mutations and run nothing")
    given = parser.parse_args()
    possible = mutations([path.resolve() for path in given.paths])
    if given.since:
        lines = changed_lines(given.since)
        possible = [one for one in possible if (one.path, one.line) in lines]
    chosen = random.Random(given.seed).sample(possible, min(given.count, len(possible)))
    chosen.sort(key=lambda one: (one.path, one.start))
    print(f"{len(possible)} possible mutations, {len(chosen)} chosen by seed {given.seed}")
    if given.list:
        print("\n".join(told(one) for one in chosen))
        return
    survived = campaign(chosen, given.tests, given.jobs, given.limit)
    print(f"{len(chosen) - survived} of {len(chosen)} noticed, {survived} survived")
    sys.exit(0 if len(chosen) - survived >= WANTED * len(chosen) else 1)


if __name__ == "__main__":
    main()
