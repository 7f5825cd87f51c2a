"""Check the rounds of a draw again from their files (核验), by draw protocol 2; one file, standard library only.

`python3 -I verify.py FOLDER [--history DIR ...] [--registers DIR] [--lang zh|en] [--json]`

FOLDER is all that an office published and deposited (`public/` and `audit/`, every round in it), one round's public
folder, or one round's audit folder that stands beside its public one. The file imports nothing but Python's standard
library and reads nothing but regular files whose size it knows; it writes nothing. Sections are those of the draw
protocol (docs/draw-protocol.md). Exit 0: agrees. Exit 6: agrees, but nobody outside the agency can tell that the
commitment is the only one. Exit 5: differs, and the first difference is named. Whatever cannot be read is a difference.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import heapq
import io
import itertools
import json
import math
import os
import re
import stat
import sys
from binascii import hexlify
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

Json = Any
Row = dict[str, str]
Hash = Callable[[bytes], bytes]
PlaceKey = tuple[str, str, int]

ONE = 2**53  # working probability 1, section 1
TWO = 2**54
SAFE = 2**53 - 1  # largest integer of a JSON file, section 0
INTERVAL = timedelta(hours=24)  # least time between commitment and first source, section 4
MAX_JSON = 64 * 2**20  # bytes of one JSON file or of one line: far more than any round has, far less than memory
MAX_FILE = 16 * 2**30
STEPS = {
    "import",
    "train",
    "score",
    "preview",
    "commit",
    "draw",
    "plan",
    "commit_roster",
    "match",
    "publish",
    "record",
    "review",
    "stepin",
    "substitute",
    "replan",
    "anchor",
    "abandon",
    "proof",
    "keys",
}

# ---------------------------------------------------------------------------------------------------------------------
# The report (核验报告)
# ---------------------------------------------------------------------------------------------------------------------


class Difference(Exception):
    """The first thing that does not agree (第一处不符): name of the condition, place and value."""

    def __init__(self, name: str, where: str, value: object = None) -> None:
        self.name, self.where, self.value = name, where, "" if value is None else shortened(value)
        super().__init__(f"{name} {where} {self.value}".strip())


def shortened(value: object) -> str:
    """Return a value as one line of at most 200 characters (缩短的值)."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text[:400])
    return text if len(text) <= 200 else text[:197] + "..."


def want(fact: object, name: str, where: str, value: object = None) -> None:
    """Go on only where a condition holds (条件须成立); `name` is its line in RULES."""
    if not fact:
        raise Difference(name, where, value)


@dataclass(kw_only=True)
class Report:
    """What was checked, what could not be, and the verdict (核验报告); texts are pairs of Chinese and English."""

    folder: str
    own_digest: str
    checked: list[tuple[str, str]] = field(default_factory=list)
    sources: list[tuple[str, str]] = field(default_factory=list)
    anchors: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    unchecked: list[tuple[str, str]] = field(default_factory=list)
    unanchored: list[tuple[str, str]] = field(default_factory=list)
    difference: Difference | None = None
    rehearsal: bool = False

    @property
    def code(self) -> int:
        """Exit code (退出码): 0 agrees, 6 agrees but not shown to be the only one, 5 differs."""
        return 5 if self.difference else 6 if self.unanchored else 0

    def lines(self, lang: str = "zh") -> list[str]:
        """Return the report in sentences of one language (文字报告)."""
        pick = 1 if lang == "en" else 0
        titles = {
            "checked": ("已核验", "Checked"),
            "sources": (
                "信源（期号与值，请与开奖机构公布的核对）",
                "Sources (compare issue and values with the organiser's)",
            ),
            "anchors": ("外部凭证", "Evidence outside the agency"),
            "remarks": ("说明", "Remarks"),
            "unchecked": ("无法核验", "Could not be checked"),
            "unanchored": ("外部无从确认唯一", "Not shown to be the only one"),
        }
        out = [("核验程序摘要 SHA-256：", "Verifier, SHA-256: ")[pick] + self.own_digest]
        for name, title in titles.items():
            texts = list(dict.fromkeys(getattr(self, name)))
            out += [title[pick], *(f"  - {text[pick]}" for text in texts)] if texts else []
        return [*out, self.verdict(lang)]

    def verdict(self, lang: str = "zh") -> str:
        """Return the one sentence that counts (结论)."""
        pick = 1 if lang == "en" else 0
        if self.difference:
            section, *words = RULES.get(self.difference.name, RULES["crash"])
            value = f" [{self.difference.value}]" if self.difference.value else ""
            if lang == "en":
                return (
                    f"DIFFERS: {self.difference.where}: {words[1]} (section {section}, {self.difference.name}){value}"
                )
            return f"不一致：{self.difference.where}：{words[0]}（规程第 {section} 节，{self.difference.name}）{value}"
        if self.unanchored:
            return (
                "一致，但机关以外无人能确认这是唯一的一份。",
                "AGREES, but nobody outside the agency can tell that it is the only one.",
            )[pick]
        if self.rehearsal:
            return ("一致（仅是演练，不是真实抽取）。", "AGREES (a rehearsal alone, not a real draw).")[pick]
        return ("一致。", "AGREES.")[pick]

    def as_json(self) -> Json:
        """Return the report as JSON values (机读报告)."""
        names = ("checked", "sources", "anchors", "remarks", "unchecked", "unanchored")
        texts = {name: [{"en": en, "zh": zh} for zh, en in dict.fromkeys(getattr(self, name))] for name in names}
        d = self.difference
        section = RULES.get(d.name, RULES["crash"])[0] if d else None
        found = {"name": d.name, "section": section, "value": d.value, "where": d.where} if d else None
        verdict = {"en": self.verdict("en"), "zh": self.verdict("zh")}
        head = {"difference": found, "exit": self.code, "folder": self.folder, "protocol": "supervision-draw/2"}
        return {**head, **texts, "verdict": verdict, "verifier": self.own_digest}


# ---------------------------------------------------------------------------------------------------------------------
# Section 0: hashes, files, canonical bytes
# ---------------------------------------------------------------------------------------------------------------------


def hash_of(name: str) -> Hash:
    """Return H of a round (摘要算法): SHA-256, or SM3 (GB/T 32905) from OpenSSL or else from this file."""
    if name == "sha256":
        return lambda data: hashlib.sha256(data).digest()
    try:
        hashlib.new("sm3")
    except ValueError:
        return sm3
    return lambda data: hashlib.new("sm3", data).digest()


def sm3(data: bytes) -> bytes:
    """Return the SM3 digest (SM3 摘要) by GB/T 32905-2016, for a Python without it."""

    def turn(x: int, k: int) -> int:
        k %= 32
        return ((x << k) | (x >> (32 - k))) & 0xFFFFFFFF

    state = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    message = data + b"\x80" + bytes((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    for start in range(0, len(message), 64):
        w = [int.from_bytes(message[k : k + 4], "big") for k in range(start, start + 64, 4)]
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ turn(w[j - 3], 15)
            w.append(x ^ turn(x, 15) ^ turn(x, 23) ^ turn(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            s = turn((turn(a, 12) + e + turn(0x79CC4519 if j < 16 else 0x7A879D8A, j)) & 0xFFFFFFFF, 7)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & g)
            t1 = (ff + d + (s ^ turn(a, 12)) + (w[j] ^ w[j + 4])) & 0xFFFFFFFF
            t2 = (gg + h + s + w[j]) & 0xFFFFFFFF
            a, b, c, d, e, f, g, h = t1, a, turn(b, 9), c, t2 ^ turn(t2, 9) ^ turn(t2, 17), e, turn(f, 19), g
        state = [x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h), strict=True)]
    return b"".join(x.to_bytes(4, "big") for x in state)


def sha256_hex(data: bytes) -> str:
    """Return SHA-256 in hex (SHA-256): log and manifests are always in it, section 3."""
    return hashlib.sha256(data).hexdigest()


def canonical(value: Json) -> bytes:
    """Return the one way to write a JSON value (规范 JSON)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def parse_json(data: bytes, where: str) -> Json:
    """Read canonical JSON (读取规范 JSON): written again it must give the same bytes."""

    def whole(text: str) -> int:
        want(len(text) <= 17 and -SAFE <= int(text) <= SAFE, "json.integer", where, text)
        return int(text)

    def never(text: str) -> None:
        raise Difference("json.number", where, text)

    try:
        value = json.loads(data.decode(), parse_int=whole, parse_float=never, parse_constant=never)
        again = canonical(value)
    except (ValueError, RecursionError) as error:
        raise Difference("json.parse", where, str(error)) from None
    if again != data:
        raise Difference("json.canonical", where, first_change(again, data))
    check_values(value, where)
    return value


def check_values(value: Json, where: str) -> None:
    """Ask for texts, integers, null, lists and objects alone (只许这些值), without control characters."""
    todo = [value]
    while todo:
        one = todo.pop()
        want(not isinstance(one, bool), "json.bool", where, one)
        if isinstance(one, dict):
            todo += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            todo += one
        elif isinstance(one, str):
            want(not any(c < " " for c in one), "json.control", where, one)


def first_change(expected: bytes, data: bytes) -> str:
    """Return where two byte strings part (首个不同处), for a message."""
    pairs = enumerate(itertools.zip_longest(expected, data))
    at = next(k for k, (a, b) in pairs if a != b)
    got, due = (text[at : at + 40].decode(errors="replace") for text in (data, expected))
    return f"byte {at}: {got!r}, not {due!r}"


def is_path(text: Json) -> bool:
    """Tell whether a text is a plain relative path (相对路径): no `..`, no root, nothing hidden in it."""
    if not isinstance(text, str) or not text or len(text) > 1000:
        return False
    parts = text.split("/")
    return all(part not in ("", ".", "..") and part.isprintable() and "\\" not in part for part in parts)


def look(path: Path, where: str) -> os.stat_result:
    """Return what a path is, without opening it or following a link (不打开、不跟随链接)."""
    info = path.lstat()
    want(not stat.S_ISLNK(info.st_mode), "paths.link", where)
    want(stat.S_ISREG(info.st_mode) or stat.S_ISDIR(info.st_mode), "paths.special", where)
    return info


def walk(root: Path, label: str, deepest: int = 40) -> dict[str, os.stat_result]:
    """Return every file below a folder (文件夹内全部文件), relative path → state; only regular files and folders."""
    want(stat.S_ISDIR(look(root, label).st_mode), "paths.folder", label)
    files, todo = dict[str, os.stat_result](), [(root, "")]
    while todo:
        folder, inner = todo.pop()
        for path in sorted(folder.iterdir()):
            name = f"{inner}{path.name}"
            want(is_path(name), "paths.name", f"{label}/{name!a}")
            info = look(path, f"{label}/{name}")
            if stat.S_ISDIR(info.st_mode):
                want(name.count("/") < deepest, "paths.deep", f"{label}/{name}")
                todo.append((path, f"{name}/"))
            else:
                files[name] = info
    return files


class Folder:
    """One round's public or audit folder (轮次文件夹): its files by relative path, read only as the manifest says."""

    def __init__(self, path: Path, label: str) -> None:
        self.path, self.label = path, label
        self.files = walk(path, label)
        self.digests = dict[str, str]()

    def where(self, name: str) -> str:
        """Return how a report names a file (报告中的文件名)."""
        return f"{self.label}/{name}"

    def has(self, name: str) -> bool:
        """Tell whether a file is there (文件是否存在)."""
        return name in self.files

    def blocks(self, name: str, size: int | None = None, most: int = MAX_FILE) -> Iterator[bytes]:
        """Yield a file in pieces (分块读取); it must be regular, whole, and no longer than it was when looked at."""
        where = self.where(name)
        want(name in self.files, "paths.missing", where)
        info = self.files[name]
        want(size is None or info.st_size == size, "manifest.size", where, f"{info.st_size}, not {size}")
        want(info.st_size <= most, "paths.huge", where, info.st_size)
        blocks = getattr(info, "st_blocks", info.st_size // 512 + 1)
        want(info.st_size < 2**20 or blocks * 512 * 64 > info.st_size, "paths.sparse", where, info.st_size)
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(self.path / name, flags), "rb") as handle:  # noqa: PTH123 - never through a link or a pipe
            state = os.fstat(handle.fileno())
            want(stat.S_ISREG(state.st_mode) and state.st_size == info.st_size, "paths.changed", where)
            yield from iter(lambda: handle.read(2**20), b"")

    def read(self, name: str) -> bytes:
        """Return a small file's bytes (读取小文件)."""
        return b"".join(self.blocks(name, most=MAX_JSON))

    def json(self, name: str) -> Json:
        """Return a canonical JSON file's value (读取 JSON 文件)."""
        return parse_json(self.read(name), self.where(name))

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield a file line by line, without LF (逐行读取); the last line must end with one too."""
        rest = b""
        for block in self.blocks(name):
            whole = (rest + block).split(b"\n")
            rest = whole.pop()
            yield from whole
            want(len(rest) <= MAX_JSON, "paths.huge", self.where(name), len(rest))
        want(not rest, "csv.end", self.where(name), rest[:80].decode(errors="replace"))

    def csv(self, name: str, columns: Mapping[str, Callable[[str], object]]) -> list[Row]:
        """Return a CSV file's rows (读取 CSV 文件): exact header, each cell by its form, rows sorted, none twice."""
        lines, where, rows, before = self.lines(name), self.where(name), list[Row](), list[Any]()
        header = next(lines, b"").decode(errors="replace")
        want(header == ",".join(columns), "csv.header", where, header)
        for number, line in enumerate(lines, 2):
            at = f"{where}:{number}"
            cells = split_row(line, at)
            want(len(cells) == len(columns), "csv.columns", at, len(cells))
            row = dict(zip(columns, cells, strict=True))
            for column, cell in row.items():
                want(columns[column](cell), "csv.cell", f"{at} {column}", cell)
            order = [int(cell) if column == "place" else cell.encode() for column, cell in row.items()]
            want(order >= before, "csv.order", at, cells[0])
            want(order != before, "csv.twice", at, cells[0])
            rows.append(row)
            before = order
        return rows


def split_row(line: bytes, where: str) -> list[str]:
    """Return the cells of one CSV row (CSV 一行的单元格); quotes only where RFC 4180 needs them."""
    try:
        text = line.decode()
        cells = next(csv.reader([text], strict=True)) if '"' in text else text.split(",")
    except (ValueError, csv.Error, StopIteration) as error:
        raise Difference("csv.parse", where, str(error)) from None
    want(not any(c < " " or "\x7f" <= c <= "\x9f" for c in text), "csv.control", where, text)
    again = ",".join('"' + cell.replace('"', '""') + '"' if {'"', ","} & {*cell} else cell for cell in cells)
    want(again == text, "csv.canonical", where, text)
    return cells


# ---------------------------------------------------------------------------------------------------------------------
# Sections 0, 3, 4, 7, 9: forms of names, times and records
# ---------------------------------------------------------------------------------------------------------------------

NAME = re.compile(r"[A-Za-z0-9._-]{1,40}")
TASK = re.compile(r"[A-Za-z0-9._-]{1,35}")
RULE = re.compile(r"[A-Za-z0-9._/-]{1,80}")
UNIT = re.compile(r"[A-Za-z0-9._-]{1,39}")
ROUND = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])(-[b-z])?")
VISIT = re.compile(r"([A-Za-z0-9._-]{1,39})~([1-9][0-9]*)")
STRATUM = re.compile(r"s[1-9][0-9]*")
WHOLE = re.compile(r"0|[1-9][0-9]{0,17}")
HEX = re.compile(r"[0-9a-f]{64}")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+08:00")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FRAME_ROW = re.compile(rb"([A-Z0-9._-]{1,39}),(s[1-9][0-9]*),([1-9][0-9]{0,15}),([1-9][0-9]{0,15}),([0-9a-f]{32})")
FRAME_ROW_ANY = re.compile(
    rb"([A-Za-z0-9._-]{1,39}),(s[1-9][0-9]*),([1-9][0-9]{0,15}),([1-9][0-9]{0,15}),([0-9a-f]{32})"
)
EXCLUDED_ROW = re.compile(rb"([A-Za-z0-9._-]{1,39}),([A-Za-z0-9._-]{1,40}),([A-Za-z0-9._/-]{1,80})")
FRAME_HEADER, EXCLUDED_HEADER = b"unit_id,stratum,x,L,salt", b"unit_id,reason,rule"


def matches(pattern: re.Pattern[str]) -> Callable[[Json], bool]:
    """Return a check that a text has a form (文本格式)."""
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


is_name, is_task, is_rule, is_unit = matches(NAME), matches(TASK), matches(RULE), matches(UNIT)
is_round, is_visit, is_stratum, is_hex, is_digits = (
    matches(ROUND),
    matches(VISIT),
    matches(STRATUM),
    matches(HEX),
    matches(WHOLE),
)


def is_text(value: Json) -> bool:
    """Tell whether a value is a text of 1 to 500 characters without control characters (说明文字)."""
    return (
        isinstance(value, str) and 1 <= len(value) <= 500 and not any(c < " " or "\x7f" <= c <= "\x9f" for c in value)
    )


def is_day(value: Json) -> bool:
    """Tell whether a value is a date (日期)."""
    try:
        return isinstance(value, str) and DAY.fullmatch(value) is not None and bool(date.fromisoformat(value))
    except ValueError:
        return False


def is_time(value: Json) -> bool:
    """Tell whether a value is a time at +08:00 (时间)."""
    try:
        return isinstance(value, str) and TIME.fullmatch(value) is not None and bool(datetime.fromisoformat(value))
    except ValueError:
        return False


def is_half_day(value: Json) -> bool:
    """Tell whether a value is a half-day (半天) such as 2026-12-03T1."""
    return isinstance(value, str) and value[10:] in ("T1", "T2") and is_day(value[:10])


def is_count(value: Json) -> bool:
    """Tell whether a value is an integer from 0 (非负整数)."""
    return isinstance(value, int) and value >= 0


def is_list(value: Json) -> bool:
    """Tell whether a value is a list (列表)."""
    return isinstance(value, list)


def several(good: Callable[[str], bool], least: int = 0) -> Callable[[str], bool]:
    """Return a check of several values in a cell (一格多值): sorted, none twice, joined by one space."""

    def check(cell: str) -> bool:
        values = cell.split(" ") if cell else []
        return len(values) >= least and all(map(good, values)) and values == sorted({*values}, key=str.encode)

    return check


def one_of(*values: Json) -> Callable[[Json], bool]:
    """Return a check for one of some values (枚举)."""
    return lambda value: value in values


def or_null(good: Callable[[Json], bool]) -> Callable[[Json], bool]:
    """Return a check that also allows null (可为空)."""
    return lambda value: value is None or good(value)


def list_of(good: Callable[[Json], bool]) -> Callable[[Json], bool]:
    """Return a check of every value of a list (列表各值)."""
    return lambda value: isinstance(value, list) and all(map(good, value))


def object_of(key: Callable[[Json], bool], good: Callable[[Json], bool]) -> Callable[[Json], bool]:
    """Return a check of keys and values of an object (对象的键与值)."""
    return lambda value: isinstance(value, dict) and all(map(key, value)) and all(map(good, value.values()))


Form = dict[str, Callable[[Json], object]]

SOURCE: Form = {
    "at": is_time,
    "count": is_count,
    "high": is_count,
    "issue": is_name,
    "kind": one_of("set", "sequence", "number"),
    "low": is_count,
    "name": is_name,
}
TASK_FORM: Form = {
    "access": one_of("open", "sealed"),
    "disclosure": one_of("before", "after_visit", "never"),
    "excluded": object_of(is_name, lambda n: is_count(n) and n > 0),
    "excluded_root": is_hex,
    "frame_root": is_hex,
    "group": is_name,
    "reserve": is_count,
    "sample": is_count,
    "strata": is_hex,
    "task_id": is_task,
    "units": is_count,
}
COMMITMENT: Form = {
    "agency": is_name,
    "cause": or_null(is_text),
    "committed_at": is_time,
    "evidence": is_day,
    "hash": one_of("sha256", "sm3"),
    "key_digest": is_hex,
    "log": or_null(is_hex),
    "previous": or_null(is_hex),
    "protocol": one_of("supervision-draw/2"),
    "register": is_hex,
    "rehearsal": one_of("no", "yes"),
    "roster": is_hex,
    "round": is_round,
    "rules": is_hex,
    "sequence": is_count,
    "software": is_hex,
    "sources": is_list,
    "tasks": is_list,
}
ROSTER_COMMITMENT: Form = {
    "agency": is_name,
    "calendar": is_hex,
    "commitment": is_hex,
    "committed_at": is_time,
    "hash": one_of("sha256", "sm3"),
    "log": or_null(is_hex),
    "number": is_count,
    "previous": or_null(is_hex),
    "protocol": one_of("supervision-roster/2"),
    "recusals": is_hex,
    "rehearsal": one_of("no", "yes"),
    "roster": is_hex,
    "round": is_round,
    "sequence": is_count,
    "sources": is_list,
}
REVEAL: Form = {
    "commitment": is_hex,
    "held": object_of(is_name, is_time),
    "key_string": lambda value: isinstance(value, str),
    "round": is_round,
    "seed": is_hex,
    "values": object_of(is_name, list_of(matches(re.compile(r"0|[1-9][0-9]{0,9}")))),
}
RESULT: Form = {"commitment": is_hex, "round": is_round, "seed": is_hex, "tasks": is_list}
RESULT_OPEN: Form = {"drawn": list_of(is_unit), "task_id": is_task}
RESULT_SEALED: Form = {"digest": is_hex, "task_id": is_task}
ABANDONED: Form = {
    "at": is_time,
    "cancelled": or_null(is_name),
    "commitment": is_hex,
    "reason": is_text,
    "round": is_round,
}
MANIFEST: Form = {
    "files": is_list,
    "previous": or_null(is_hex),
    "reason": or_null(is_text),
    "round": is_round,
    "sequence": is_count,
}
HOME: Form = MANIFEST | {"round": one_of("home")}
LISTED: Form = {"digest": is_hex, "path": is_path, "size": is_count}
ANCHOR: Form = {
    "at": is_time,
    "digest": is_hex,
    "file": is_path,
    "kind": one_of("notice", "newspaper", "supervisor", "tsa"),
    "of": one_of("commitment", "roster_commitment", "manifest", "abandoned"),
}
STRATUM_FORM: Form = {
    "reserve": is_count,
    "sample": is_count,
    "size_total": is_digits,
    "stratum": is_stratum,
    "units": is_count,
    "working": one_of("pareto", "adjusted"),
}
STEPIN: Form = {
    "at": is_time,
    "by": is_name,
    "evidence": is_hex,
    "in": or_null(is_unit),
    "no": is_count,
    "out": is_unit,
    "reason": is_name,
    "reviewed_by": is_name,
    "stratum": is_stratum,
    "task_id": is_task,
}
CHANGE: Form = {
    "at": is_time,
    "by": is_name,
    "evidence": is_hex,
    "ground": is_text,
    "half_days": list_of(is_half_day),
    "inspector_id": or_null(is_name),
    "kind": one_of("leave", "substituted", "moved", "cancelled"),
    "no": is_count,
    "office": or_null(is_name),
    "out": or_null(is_name),
    "place": or_null(is_count),
    "reviewed_by": is_name,
    "visit_id": or_null(is_visit),
}
HELD_PLACE: Form = {
    "candidates": is_count,
    "inspector_id": is_name,
    "office": is_name,
    "place": is_count,
    "visit_id": is_visit,
}
SENT_BACK: Form = {"out": is_list, "visit_id": is_visit}
OUT_FORM: Form = {"inspector_id": is_name, "why": is_name}
LOG: Form = {
    "at": is_time,
    "inputs": object_of(is_path, is_hex),
    "outputs": object_of(is_path, is_hex),
    "previous": or_null(is_hex),
    "seq": is_count,
    "step": lambda value: isinstance(value, str) and value in STEPS,
    "who": is_name,
}
CALENDAR: Form = {
    "visit_id": is_visit,
    "office": is_name,
    "place": matches(re.compile(r"[1-9][0-9]{0,3}")),
    "half_days": several(is_half_day, 1),
    "items": several(is_name, 1),
}
ROSTER: Form = {
    "inspector_id": is_name,
    "office": is_name,
    "from": is_day,
    "until": is_day,
    "scopes": several(lambda item: item == "*" or is_name(item)),
    "daily_limit": matches(re.compile(r"0|[1-9][0-9]{0,3}")),
    "absent": several(is_half_day),
}
RECUSALS: Form = {"inspector_id": is_name, "unit_id": is_unit, "ground": is_text}
ROSTER_CHANGES: Form = {
    "inspector_id": is_name,
    "field": lambda text: text in ROSTER,
    "was": lambda text: True,
    "is": lambda text: True,
    "ground": is_text,
}
UNHELD: Form = {"unit_id": is_unit, "task_ids": several(is_task, 1), "reason": is_name}
TASKS: Form = {"task_id": is_task, "items": several(is_name, 1)}
STRATA_KEYS: Form = {"task_id": is_task, "stratum": is_stratum, "key": is_name}
ORDER: Form = {
    "unit_id": is_unit,
    "stratum": is_stratum,
    "rank": matches(WHOLE),
    "role": one_of("drawn", "reserve"),
    "U": matches(WHOLE),
    "D": is_hex,
}


def check_form(value: Json, form: Form, where: str) -> None:
    """Ask for an object with exactly these fields, each of its form (字段齐全且合格式)."""
    want(isinstance(value, dict), "fields.object", where, value)
    want({*value} <= {*form}, "fields.unknown", where, " ".join(sorted({*value} - {*form})))
    want({*form} <= {*value}, "fields.missing", where, " ".join(sorted({*form} - {*value})))
    for name, good in form.items():
        want(good(value[name]), "fields.value", f"{where} {name}", value[name])


def check_records(value: Json, form: Form, where: str) -> None:
    """Ask for a list of objects of one form (同类记录的列表)."""
    want(isinstance(value, list), "fields.list", where, value)
    for number, one in enumerate(value, 1):
        check_form(one, form, f"{where} #{number}")


def check_sorted(keys: Sequence[Any], where: str) -> None:
    """Ask for keys in order, none twice (已排序且不重复); texts by their bytes."""
    for before, after in itertools.pairwise(keys):
        want(before < after, "fields.sorted", where, after)


def is_uscc(text: str) -> bool:
    """Tell whether 18 characters are a valid unified social credit code (统一社会信用代码, GB 32100-2015)."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if len(text) != 18 or not {*text} <= {*alphabet}:
        return False
    total = sum(alphabet.index(c) * 3**k % 31 for k, c in enumerate(text[:17]))
    return text[17] == alphabet[-total % 31]


# ---------------------------------------------------------------------------------------------------------------------
# Sections 9 and 10: which folders, which files, manifests
# ---------------------------------------------------------------------------------------------------------------------

ONCE_PUBLIC = ("commitment", "reveal", "abandoned", "result")
NUMBERED_PUBLIC = ("roster_commitment", "reveal2", "abandoned2")
ONCE_AUDIT = ("stepins.json", "changes.json", "unheld.csv", "tasks.csv", "strata_keys.csv")
NUMBERED_AUDIT = ("calendar.csv", "roster.csv", "recusals.csv", "roster_changes.csv", "roster.json", "sent_back.json")
SECRET = re.compile(
    r"frame_key.*|order\.csv|excluded\.csv|strata_keys\.csv|stepins\.json|changes\.json|log\.jsonl|roster-0\.csv"
    r"|recusals(-.*)?\.csv|roster_changes(-.*)?\.csv|sent_back(-.*)?\.json|roster(-.*)?\.json|frame\.csv|strata\.json"
)
TASK_FILES = ("frame.csv", "strata.json", "excluded.csv", "order.csv")
EARLIER = re.compile(r"manifests/([0-9]{4,})\.json")


def suffix(number: int) -> str:
    """Return the end of a numbered file's name (文件编号后缀): nothing for 1, then -2, -3 …"""
    return "" if number == 1 else f"-{number}"


@dataclass(kw_only=True)
class Round:
    """One round's folders and what the checks learn from them (一轮)."""

    name: str
    public: Folder
    audit: Folder | None
    report: Report
    first: Json = None
    digest: bytes = b""
    h: Hash = sha256_hex  # type: ignore[assignment]
    key: bytes = b""
    seed: bytes = b""
    reveal: Json = None
    result: Json = None
    abandoned: Json = None
    anchors: list[Json] = field(default_factory=list)
    seconds: dict[int, Json] = field(default_factory=dict)
    digests2: dict[int, bytes] = field(default_factory=dict)
    reveals2: dict[int, Json] = field(default_factory=dict)
    abandoned2: dict[int, Json] = field(default_factory=dict)
    seeds2: dict[int, bytes] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    lists: dict[str, Json] = field(default_factory=dict)
    log: list[Json] = field(default_factory=list)
    log_digests: list[str] = field(default_factory=list)
    strata: dict[str, list[Json]] = field(default_factory=dict)
    drawn: dict[str, list[str]] = field(default_factory=dict)
    ranked: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    framed: dict[str, list[bytes]] = field(default_factory=dict)
    keep_frames: bool = False

    @property
    def real(self) -> bool:
        """Tell a real round from a rehearsal (真实轮次)."""
        return bool(self.first["rehearsal"] == "no")

    @property
    def tasks(self) -> dict[str, Json]:
        """Return the tasks of the commitment by id (任务)."""
        return {task["task_id"]: task for task in self.first["tasks"]}

    @property
    def items(self) -> dict[str, set[str]]:
        """Return the items of each task (任务的事项)."""
        return {row["task_id"]: {*row["items"].split(" ")} for row in self.tables["tasks.csv"]}

    def hx(self, *parts: bytes) -> bytes:
        """Return H of joined bytes (摘要)."""
        return self.h(b"".join(parts))

    def text(self, word: str) -> bytes:
        """Return H("word|" and round), the inner hash of salts and ties (内层摘要)."""
        return self.h(f"{word}|{self.name}".encode())

    def commitments(self) -> Iterator[tuple[str, Json, bytes, Json, Json]]:
        """Yield file, commitment, digest, reveal and abandonment, first and second alike (各次承诺)."""
        yield self.public.where("commitment.json"), self.first, self.digest, self.reveal, self.abandoned
        for number, second in self.seconds.items():
            where = self.public.where(f"roster_commitment{suffix(number)}.json")
            yield where, second, self.digests2[number], self.reveals2.get(number), self.abandoned2.get(number)


def find_rounds(folder: Path, report: Report) -> list[Round]:
    """Return the rounds that a folder holds (找出各轮): OUT, public/, one round's public or audit folder, or a pair."""
    folder = folder.resolve()
    label = folder.name or str(folder)
    want(folder.is_dir(), "paths.folder", label)

    def is_there(path: Path) -> bool:
        return os.path.lexists(path)  # a dangling link is there too

    if is_there(folder / "public"):
        return find_pairs(folder, report)
    if is_there(folder / "commitment.json"):
        return [Round(name="", public=Folder(folder, label), audit=None, report=report)]
    if is_there(folder / "frame_key.hex") or is_there(folder / "log.jsonl") or is_there(folder / "tasks"):
        public = folder.parent.parent / "public" / folder.name
        want(is_there(public / "commitment.json"), "paths.audit_alone", label)
        pair = Folder(public, f"public/{folder.name}"), Folder(folder, f"audit/{folder.name}")
        return [Round(name=folder.name, public=pair[0], audit=pair[1], report=report)]
    check_no_other(folder, label)
    names = sorted(path.name for path in folder.iterdir() if is_round(path.name))
    want(names, "paths.nothing", label)
    return [Round(name=name, public=Folder(folder / name, name), audit=None, report=report) for name in names]


def check_no_other(folder: Path, label: str) -> None:
    """Ask that no commitment lies outside the rounds' folders (轮次文件夹之外无承诺): it would be a second ticket."""
    for name in walk(folder, label):
        outside = not is_round(name.split("/")[0])
        want(not (outside and name.split("/")[-1] == "commitment.json"), "paths.round", f"{label}/{name}")


def homes(folders: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Yield the folders that hold a home page over all rounds (首页所在文件夹): public/ of OUT, or public/ itself."""
    for folder in folders:
        whole = folder.resolve()
        if os.path.lexists(whole / "public"):
            yield whole / "public", "public"
        elif any(is_round(path.name) for path in whole.iterdir()):
            yield whole, whole.name


def find_pairs(out: Path, report: Report) -> list[Round]:
    """Return the rounds of a folder that holds public/ and perhaps audit/ (公开与审计成对)."""
    folders = dict[str, list[str]]()
    for side in ("public", "audit"):
        if not os.path.lexists(out / side):
            folders[side] = []
            continue
        check_no_other(out / side, side)
        folders[side] = sorted(path.name for path in (out / side).iterdir() if is_round(path.name))
    want(folders["public"], "paths.nothing", "public")
    for name in folders["audit"]:
        want(name in folders["public"], "paths.pair", f"audit/{name}")
    rounds = []
    for name in folders["public"]:
        audit = Folder(out / "audit" / name, f"audit/{name}") if name in folders["audit"] else None
        rounds.append(
            Round(name=name, public=Folder(out / "public" / name, f"public/{name}"), audit=audit, report=report)
        )
    return rounds


def check_paths(this: Round) -> None:
    """Ask for the protocol's files and no others of their kind, nothing unlisted, each with its size and digest."""
    check_public_names(this.public)
    if this.audit:
        check_audit_names(this.audit, this.public)
    count = sum(check_manifest(folder) for folder in (this.public, this.audit) if folder)
    this.report.checked.append((f"清单与 {count} 个文件", f"manifests and {count} files"))


def check_public_names(folder: Folder) -> None:
    """Ask for names of the public part (公开部分的文件名): no second ticket, nothing secret, no module of Python."""
    stems = "|".join((*ONCE_PUBLIC, *NUMBERED_PUBLIC, "commitment2"))
    for name in folder.files:
        last = name.split("/")[-1]
        listed = re.fullmatch(r"open/[^/]+/(frame\.csv|strata\.json)", name)
        want(listed or not SECRET.fullmatch(last), "paths.secret", folder.where(name))
        want(name == "verify.py" or not re.search(r"\.(py|pyc|pyd|so)$", last), "paths.module", folder.where(name))
        known = re.fullmatch(rf"({stems})(|-.*)\.json", last)
        numbers = r"|-[2-9]|-[1-9][0-9]+" if known and known[1] in NUMBERED_PUBLIC else ""
        good = not known or ("/" not in name and known[1] != "commitment2" and re.fullmatch(numbers, known[2]))
        want(good, "paths.not_protocol", folder.where(name))
    for name in ("commitment.json", "manifest.json", "verify.py"):
        want(folder.has(name), "paths.missing", folder.where(name))
    gone = "result.json" if folder.has("reveal.json") else "reveal.json"
    want(folder.has("reveal.json") == folder.has("result.json"), "paths.reveal_result", folder.where(gone))


def check_audit_names(folder: Folder, public: Folder) -> None:
    """Ask for names of the auditor's part (审计部分的文件名); a public record there is the public one."""
    stems = "|".join(re.escape(name).replace(r"\.", "(|-.*)\\.", 1) for name in (*ONCE_AUDIT, *NUMBERED_AUDIT))
    for name in folder.files:
        known = re.fullmatch(stems, name)
        end = "".join(known.groups(default="")) if known else ""
        plain = name.replace(end, "", 1) if end else name
        numbers = r"-[2-9]|-[1-9][0-9]+" if plain in NUMBERED_AUDIT else r"never"
        good = not end or re.fullmatch(numbers, end) or name == "roster-0.csv"
        want(good, "paths.not_protocol", folder.where(name))
        if re.fullmatch(rf"({'|'.join((*ONCE_PUBLIC, *NUMBERED_PUBLIC))})(-.*)?\.json", name):
            same = public.has(name) and folder.read(name) == public.read(name)
            want(same, "paths.other_copy", folder.where(name))
    for name in (
        "manifest.json",
        "frame_key.hex",
        "tasks.csv",
        "strata_keys.csv",
        "roster-0.csv",
        "rules.json",
        "registers.json",
    ):
        want(folder.has(name), "paths.missing", folder.where(name))


def check_manifest(folder: Folder) -> int:
    """Compare every file with the manifest (清单): nothing missing or unlisted, size first; return how many."""
    where = folder.where("manifest.json")
    manifest = folder.json("manifest.json")
    check_manifest_form(manifest, where)
    listed = {entry["path"]: entry for entry in manifest["files"]}
    named = set[str]()
    if folder.has("anchors.json"):
        anchors = folder.json("anchors.json")
        check_records(anchors, ANCHOR, folder.where("anchors.json"))
        named = {anchor["file"] for anchor in anchors}
    for name in sorted(named):
        want(folder.has(name), "anchors.file", folder.where("anchors.json"), name)
        plain = "/" not in name and not re.search(r"\.(json|py)$", name)
        want(
            plain or name.split("/")[0] not in (name, "open", "manifests", "tasks"),
            "anchors.hides",
            folder.where("anchors.json"),
            name,
        )
    for name in sorted({*listed} | {*folder.files} - {"manifest.json", "anchors.json"} - named):
        want(name in listed, "manifest.unlisted", folder.where(name), where)
        want(name not in {"manifest.json", "anchors.json"} | named, "manifest.itself", where, name)
    check_listed(folder, manifest, where)
    return len(listed)


def check_listed(folder: Folder, manifest: Json, where: str) -> None:
    """Compare the files that a manifest lists with it (清单所列文件): there, of their size, of their digest."""
    for entry in manifest["files"]:
        want(folder.has(entry["path"]), "manifest.missing", folder.where(entry["path"]), where)
    for entry in manifest["files"]:
        name, sha = entry["path"], hashlib.sha256()
        for block in folder.blocks(name, entry["size"]):
            sha.update(block)
        folder.digests[name] = sha.hexdigest()
        want(sha.hexdigest() == entry["digest"], "manifest.digest", folder.where(name), sha.hexdigest())


def check_home(public: Path, label: str, report: Report) -> None:
    """Check the home page over all rounds (各轮次首页) by its own manifests: its files, and the chain of manifests.

    Only what its manifest lists is its: what else stands beside the rounds' folders is remarked.
    """
    if not os.path.lexists(public / "manifest.json"):
        report.unchecked.append((f"{label} 首页没有清单", f"{label}: the home page has no manifest"))
        return
    folder = Folder(public, label)
    own = {name for name in folder.files if not is_round(name.split("/")[0])}
    for name in sorted(own):
        want(not re.search(r"\.(py|pyc|pyd|so)$", name), "paths.module", folder.where(name))
    manifest, where = folder.json("manifest.json"), folder.where("manifest.json")
    check_manifest_form(manifest, where, HOME)
    listed = {entry["path"] for entry in manifest["files"]}
    for name in sorted(listed):
        good = name != "manifest.json" and not is_round(name.split("/")[0])
        want(good, "manifest.itself", where, name)
    check_listed(folder, manifest, where)
    for _ in manifest_chain(folder, manifest, where, HOME):
        pass
    report.checked.append((f"首页清单与 {len(listed)} 个文件", f"home page: manifests and {len(listed)} files"))
    if other := sorted(own - listed - {"manifest.json"}):
        names = " ".join(other[:5])
        text = (f"{label} 中不在任何清单内的文件：{names}", f"{label}: files that no manifest lists: {names}")
        report.remarks.append(text)


def check_manifest_form(manifest: Json, where: str, form: Form = MANIFEST) -> None:
    """Ask for the form of one manifest (清单格式)."""
    check_form(manifest, form, where)
    check_records(manifest["files"], LISTED, where)
    check_sorted([entry["path"] for entry in manifest["files"]], where)
    want(manifest["sequence"] >= 1, "manifest.sequence", where, manifest["sequence"])
    want(
        (manifest["sequence"] == 1) == (manifest["previous"] is None), "manifest.previous", where, manifest["previous"]
    )
    want((manifest["sequence"] == 1) == (manifest["reason"] is None), "manifest.reason", where, manifest["reason"])


def manifest_chain(folder: Folder, manifest: Json, where: str, form: Form = MANIFEST) -> Iterator[tuple[Json, str]]:
    """Yield a folder's manifests from the last to the first (清单链), each the one that the next names."""
    last = manifest["sequence"]
    kept = {name for name in folder.files if name.startswith("manifests/")}
    wanted = {f"manifests/{number:04}.json" for number in range(1, last)} if last <= 10_000 else {"manifests/…"}
    want(kept == wanted, "manifest.earlier", where, " ".join(sorted(kept ^ wanted)[:5]))
    for number in range(last, 0, -1):
        want(manifest["sequence"] == number, "manifest.sequence", where, manifest["sequence"])
        yield manifest, where
        if number > 1:
            name = f"manifests/{number - 1:04}.json"
            want(sha256_hex(folder.read(name)) == manifest["previous"], "manifest.chain", where, manifest["previous"])
            manifest, where = folder.json(name), folder.where(name)
            check_manifest_form(manifest, where, form)


def check_manifest_chain(folder: Folder, this: Round) -> None:
    """Follow a folder's manifests back to the first (清单链); what was put once never changed or went away."""
    manifest, where = folder.json("manifest.json"), folder.where("manifest.json")
    fixed = {entry["path"]: entry["digest"] for entry in manifest["files"]}
    for one, at in manifest_chain(folder, manifest, where):
        want(one["round"] == this.name, "manifest.round", at, one["round"])
        for entry in one["files"]:
            kind = side_of(folder, this)
            same = (
                not is_fixed(f"{kind}/{this.name}/{entry['path']}", this.name)
                or fixed.get(entry["path"]) == entry["digest"]
            )
            want(same, "manifest.rewritten", at, entry["path"])


def side_of(folder: Folder, this: Round) -> str:
    """Tell the public folder from the auditor's (公开或审计)."""
    return "public" if folder is this.public else "audit"


FIXED = re.compile(
    r"public/R/(commitment|reveal|abandoned|(roster_commitment|reveal2|abandoned2)(-[0-9]+)?)\.json"
    r"|audit/R/(frame_key\.hex|tasks/.+|strata_keys\.csv|roster-0\.csv"
    r"|(roster_changes|calendar|roster|recusals)(-[0-9]+)?\.csv|(sent_back|roster)(-[0-9]+)?\.json)"
)


def is_fixed(path: str, round_name: str) -> bool:
    """Tell whether a file is put once (只写一次的文件), section 9."""
    side, _, rest = path.partition(f"/{round_name}/")
    return bool(rest) and FIXED.fullmatch(f"{side}/R/{rest}") is not None


# ---------------------------------------------------------------------------------------------------------------------
# Section 3: records of a round: forms and fields
# ---------------------------------------------------------------------------------------------------------------------


def read_records(this: Round) -> None:
    """Read the public records of a round (读取公开记录): canonical bytes, fields, ids."""
    public = this.public
    this.first = public.json("commitment.json")
    where = public.where("commitment.json")
    check_form(this.first, COMMITMENT, where)
    want(not this.name or this.first["round"] == this.name, "commitment.round", where, this.first["round"])
    this.name = this.first["round"]
    this.h = hash_of(this.first["hash"])
    this.digest = this.h(public.read("commitment.json"))
    check_first_fields(this, where)
    if public.has("reveal.json"):
        this.reveal = read_reveal(this, "reveal.json", this.digest)
        this.result = public.json("result.json")
        check_result_form(this)
    if public.has("abandoned.json"):
        this.abandoned = read_abandoned(this, "abandoned.json", this.first, this.digest)
        want(this.reveal is None, "abandoned.drawn", public.where("abandoned.json"))
    read_second_records(this)
    if public.has("anchors.json"):
        this.anchors = public.json("anchors.json")
        keys = [(a["of"], a["digest"], a["kind"], a["at"], a["file"]) for a in this.anchors]
        check_sorted(keys, public.where("anchors.json"))


def read_second_records(this: Round) -> None:
    """Read roster commitments, their reveals and abandonments (读取第二次承诺), numbered without gaps."""
    public = this.public
    there = {stem: set[int]() for stem in NUMBERED_PUBLIC}
    for name in public.files:
        if found := re.fullmatch(rf"({'|'.join(NUMBERED_PUBLIC)})(?:-([0-9]+))?\.json", name):
            there[found[1]].add(int(found[2] or 1))
    numbers = sorted(there["roster_commitment"])
    want(numbers == [*range(1, len(numbers) + 1)], "roster.numbers", public.where("roster_commitment.json"), numbers)
    want(not numbers or this.reveal, "roster.before_draw", public.where("roster_commitment.json"))
    for stem in ("reveal2", "abandoned2"):
        extra = there[stem] - {*numbers}
        want(not extra, "roster.without", public.where(f"{stem}{suffix(min(extra, default=1))}.json"))
    for number in numbers:
        name, end = f"roster_commitment{suffix(number)}.json", suffix(number)
        second = public.json(name)
        check_form(second, ROSTER_COMMITMENT, public.where(name))
        check_records(second["sources"], SOURCE, f"{public.where(name)} sources")
        want(second["sources"], "source.none", public.where(name))
        this.seconds[number], this.digests2[number] = second, this.h(public.read(name))
        if number in there["reveal2"]:
            this.reveals2[number] = read_reveal(this, f"reveal2{end}.json", this.digests2[number])
        if number in there["abandoned2"]:
            file = f"abandoned2{end}.json"
            this.abandoned2[number] = read_abandoned(this, file, second, this.digests2[number])
            want(number not in this.reveals2, "abandoned.drawn", public.where(file))
            want(this.abandoned2[number]["cancelled"] is not None, "abandoned.cancelled", public.where(file))


def read_reveal(this: Round, name: str, digest: bytes) -> Json:
    """Read one reveal (揭晓记录) and ask whose it is."""
    reveal, where = this.public.json(name), this.public.where(name)
    check_form(reveal, REVEAL, where)
    want(reveal["round"] == this.name, "reveal.round", where, reveal["round"])
    want(reveal["commitment"] == digest.hex(), "reveal.commitment", where, reveal["commitment"])
    return reveal


def read_abandoned(this: Round, name: str, commitment: Json, digest: bytes) -> Json:
    """Read one abandonment (放弃公告): whose, when, and for which cancelled source."""
    record, where = this.public.json(name), this.public.where(name)
    check_form(record, ABANDONED, where)
    want(record["round"] == this.name, "abandoned.round", where, record["round"])
    want(record["commitment"] == digest.hex(), "abandoned.commitment", where, record["commitment"])
    names = {source["name"] for source in commitment["sources"]}
    want(record["cancelled"] is None or record["cancelled"] in names, "abandoned.source", where, record["cancelled"])
    if commitment["rehearsal"] == "no":
        want(record["at"] >= commitment["committed_at"], "abandoned.early", where, record["at"])
        late = record["cancelled"] is None and record["at"] >= min(s["at"] for s in commitment["sources"])
        want(not late, "abandoned.late", where, record["at"])
    return record


def check_first_fields(this: Round, where: str) -> None:
    """Check the fields of commitment.json against each other (第一次承诺各字段)."""
    first = this.first
    check_records(first["sources"], SOURCE, f"{where} sources")
    check_records(first["tasks"], TASK_FORM, f"{where} tasks")
    want(first["sources"], "source.none", where)
    want(first["tasks"], "commitment.tasks", where)
    check_sorted([task["task_id"] for task in first["tasks"]], f"{where} tasks")
    extra = len(first["round"]) > 7
    want(extra == (first["cause"] is not None), "commitment.cause", where, first["cause"])
    want(first["evidence"] <= first["committed_at"][:10], "commitment.evidence", where, first["evidence"])
    check_place_in_chain(first, where)
    for task in first["tasks"]:
        at, name = f"{where} {task['task_id']}", task["task_id"]
        is_open = task["access"] == "open"
        want(is_open == (task["disclosure"] == "before"), "task.disclosure", at, task["disclosure"])
        own = task["group"] == f"task.{name}"
        want(own or not task["group"].startswith("task."), "task.group", at, task["group"])
        want(task["sample"] >= 1, "task.sample", at, task["sample"])
        want(task["sample"] + task["reserve"] <= task["units"], "task.sizes", at, task["units"])
    groups = {access: {t["group"] for t in first["tasks"] if t["access"] == access} for access in ("open", "sealed")}
    want(groups["open"].isdisjoint(groups["sealed"]), "task.shared_group", where, groups["open"] & groups["sealed"])
    software = this.h(this.public.read("verify.py")).hex()
    want(
        software == first["software"],
        "commitment.software",
        this.public.where("verify.py"),
        f"commitment.json software, not {software}",
    )


def check_place_in_chain(commitment: Json, where: str) -> None:
    """Check sequence, previous, log and time of a commitment by itself (链中位置)."""
    sequence, previous = commitment["sequence"], commitment["previous"]
    if commitment["rehearsal"] == "no":
        want(sequence >= 1, "chain.sequence", where, sequence)
        want((sequence == 1) == (previous is None), "chain.previous_null", where, previous)
        return
    want(sequence == 0, "rehearsal.sequence", where, sequence)
    want(previous is None, "rehearsal.previous", where, previous)
    want(commitment["log"] is None, "rehearsal.log", where, commitment["log"])
    start = f"{commitment['round'][:7]}-01T00:00:00+08:00"
    want(commitment["committed_at"] == start, "rehearsal.committed_at", where, commitment["committed_at"])


def check_result_form(this: Round) -> None:
    """Check result.json (抽取结果) as far as anybody can: whose, which tasks, and what may be shown."""
    where, result = this.public.where("result.json"), this.result
    check_form(result, RESULT, where)
    want(result["round"] == this.name, "result.round", where, result["round"])
    want(result["commitment"] == this.digest.hex(), "result.commitment", where, result["commitment"])
    want(result["seed"] == this.reveal["seed"], "result.seed", where, result["seed"])
    for number, shown in enumerate(result["tasks"], 1):
        is_shown = isinstance(shown, dict) and "drawn" in shown
        check_form(shown, RESULT_OPEN if is_shown else RESULT_SEALED, f"{where} #{number}")
    names = [shown["task_id"] for shown in result["tasks"]]
    want(names == [*this.tasks], "result.tasks", where, " ".join(names))
    for shown in result["tasks"]:
        task, at = this.tasks[shown["task_id"]], f"{where} {shown['task_id']}"
        want("drawn" in shown or task["access"] == "sealed", "result.open", at)
        want("drawn" not in shown or task["disclosure"] != "never", "result.never", at)
        if "drawn" in shown:
            check_sorted(shown["drawn"], at)
            want(len(shown["drawn"]) == task["sample"], "result.sample", at, len(shown["drawn"]))


def check_notices(this: Round) -> None:
    """Ask that a posted notice with a digest (张贴公告) shows its commitment's: digits in groups are read together."""
    shown = {"notice.html": this.digest}
    shown |= {f"notice-roster{suffix(number)}.html": digest for number, digest in this.digests2.items()}
    for name, digest in shown.items():
        text = without_tags(this.public.read(name)) if this.public.has(name) else b""
        found = [one.decode() for one in re.findall(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", text)]
        want(not found or digest.hex() in found, "commitment.posted", this.public.where(name), " ".join(found[:1]))


def without_tags(page: bytes) -> bytes:
    """Return a page without its tags and spaces (去除标记与空白), in time that grows with its length alone."""
    *closed, last = page.split(b">")
    kept = list[bytes]()
    for part in closed:
        before, opened, _ = part.partition(b"<")
        kept.append(before if opened else part + b">")
    return re.sub(rb"\s", b"", b"".join(kept) + last)


def check_second_fields(this: Round) -> None:
    """Check roster commitments against the first one and each other (第二次承诺各字段)."""
    drawn = 0
    for number, second in this.seconds.items():
        where = this.public.where(f"roster_commitment{suffix(number)}.json")
        check_place_in_chain(second, where)
        want(second["number"] == number, "roster.number", where, second["number"])
        want(second["commitment"] == this.digest.hex(), "roster.commitment", where, second["commitment"])
        for name in ("agency", "hash", "rehearsal", "round"):
            want(second[name] == this.first[name], f"roster.{name}", where, second[name])
        before = number - 1
        last = (this.seconds.get(before) or this.first)["sequence"]
        want(not this.real or second["sequence"] > last, "roster.sequence", where, second["sequence"])
        done = before == 0 or before in this.reveals2 or before in this.abandoned2
        want(done, "roster.unfinished", where, before)
        drawn += number not in this.abandoned2
        want(drawn <= 3, "roster.supplements", where, drawn - 1)
        if not this.real:
            continue
        drawn_before = [this.seconds[k] for k in range(1, number) if k in this.reveals2]
        last = max(source["at"] for source in [this.first, *drawn_before][-1]["sources"])
        want(second["committed_at"] >= last, "roster.too_early", where, second["committed_at"])
        if before in this.abandoned2:
            at = this.abandoned2[before]["at"]
            want(second["committed_at"] >= at, "roster.before_abandoned", where, second["committed_at"])


# ---------------------------------------------------------------------------------------------------------------------
# Section 3: the chain of commitments
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Link:
    """One real commitment in its agency's chain (承诺链的一环)."""

    where: str
    round: str
    commitment: Json
    digest: str
    drawn: bool
    abandoned: Json

    @property
    def last_at(self) -> str:
        """Return the time of its last source (最后信源时间)."""
        return str(max(source["at"] for source in self.commitment["sources"]))


def check_chain(rounds: Sequence[Round], past: Sequence[Round], report: Report) -> None:
    """Follow the chain of real commitments over all rounds at hand (承诺链), first and second alike."""
    agencies, known = defaultdict[str, dict[str, Link]](dict), dict[str, str]()
    for this in [*rounds, *past]:
        digest = this.digest.hex()
        want(
            known.setdefault(f"{this.first['agency']} {this.name}", digest) == digest,
            "chain.second_round",
            this.public.label,
        )
        for where, commitment, own, reveal, abandoned in this.commitments() if this.real else ():
            link = Link(
                where=where,
                round=this.name,
                commitment=commitment,
                digest=own.hex(),
                drawn=reveal is not None,
                abandoned=abandoned,
            )
            old = agencies[this.first["agency"]].get(link.digest)
            if old is None or link.drawn or link.abandoned:
                agencies[this.first["agency"]][link.digest] = link
    for agency, found in sorted(agencies.items()):
        links = sorted(found.values(), key=lambda link: (link.commitment["sequence"], link.digest))
        check_links(links, whole=len({link.round for link in links}) > 1 or bool(past))
        first, last = links[0].commitment["sequence"], links[-1].commitment["sequence"]
        report.checked.append(
            (f"{agency} 的承诺链：第 {first} 至 {last} 号", f"chain of {agency}: sequence {first} to {last}")
        )
        if first > 1:
            text = (
                f"第 {first} 号以前的承诺未提供（--history）",
                f"commitments before sequence {first} were not given (--history)",
            )
            report.unchecked.append(text)


def check_links(links: Sequence[Link], *, whole: bool) -> None:
    """Check one agency's commitments in the order of sequence (逐环核验)."""
    keys, months = dict[str, str](), dict[str, str]()
    for link in links:
        key = link.commitment.get("key_digest")
        want(key is None or keys.setdefault(key, link.round) == link.round, "chain.key_twice", link.where, key)
        if key is not None:
            latest = months.setdefault(link.round[:7], link.round)
            want(latest <= link.round, "chain.letter", link.where, link.round)
            months[link.round[:7]] = link.round
    numbers = {link.digest: link.commitment["sequence"] for link in links}
    for link in links:
        due = numbers.get(link.commitment["previous"], link.commitment["sequence"] - 1) + 1
        want(link.commitment["sequence"] == due, "chain.gap", link.where, due)
    for before, after in itertools.pairwise(links):
        step = after.commitment["sequence"] - before.commitment["sequence"]
        want(step != 0, "chain.fork", after.where, after.commitment["sequence"])
        want(step == 1 or not whole, "chain.gap", after.where, before.commitment["sequence"] + 1)
        linked = step != 1 or after.commitment["previous"] == before.digest
        want(linked, "chain.previous", after.where, after.commitment["previous"])
        time = after.commitment["committed_at"]
        want(before.commitment["committed_at"] <= time, "chain.clock", after.where, time)
    for number, after in enumerate(links):
        time = after.commitment["committed_at"]
        for before in links[:number]:
            late = before.last_at < time
            want(not late or before.drawn or before.abandoned, "chain.overdue", after.where, before.where)
            then = late and before.abandoned and before.abandoned["at"] > time
            want(not then, "chain.overdue_then", after.where, before.where)


# ---------------------------------------------------------------------------------------------------------------------
# Section 4: sources, key strings, seeds
# ---------------------------------------------------------------------------------------------------------------------


def check_all_sources(this: Round) -> None:
    """Check sources of every commitment of a round (信源); no issue serves twice, over both draws."""
    seen = dict[tuple[str, str, int, int, int], str]()
    for where, commitment, _, _, _ in this.commitments():
        check_sources(commitment, where)
        for source in commitment["sources"]:
            issue = (source["issue"], source["kind"], source["count"], source["low"], source["high"])
            want(
                issue not in seen, "source.reused", f"{where} {source['name']}", f"{source['issue']}, {seen.get(issue)}"
            )
            seen[issue] = f"{where} {source['name']}"


def check_sources(commitment: Json, where: str) -> None:
    """Check one commitment's sources (信源): ranges, order, randomness as whole numbers of outcomes, interval."""
    sources = commitment["sources"]
    for source in sources:
        at = f"{where} {source['name']}"
        want(source["low"] < source["high"], "source.range", at, f"{source['low']}..{source['high']}")
        want(source["high"] < 2**31, "source.high", at, source["high"])
        want(source["count"] >= 1, "source.count", at, source["count"])
        want((source["kind"] == "number") == (source["count"] == 1), "source.number", at, source["count"])
        room = source["kind"] != "set" or source["count"] <= source["high"] - source["low"] + 1
        want(room, "source.set", at, source["count"])
    names = [source["name"] for source in sources]
    want(len({*names}) == len(names), "source.name", where, " ".join(names))
    ats = [source["at"] for source in sources]
    want(ats == sorted(ats), "source.order", where, " ".join(ats))
    every = math.prod(outcomes(source) for source in sources)
    want(every >= 2**40, "source.bits", where, f"{every} < 2^40")
    last = math.prod(outcomes(source) for source in sources if source["at"] == ats[-1])
    want(last >= 2**20, "source.last_bits", where, f"{last} < 2^20")
    if commitment["rehearsal"] == "no":
        gap = datetime.fromisoformat(ats[0]) - datetime.fromisoformat(commitment["committed_at"])
        want(gap >= INTERVAL, "source.interval", where, str(gap))


def check_one_outcome(rounds: Iterable[Round]) -> None:
    """Ask that one issue has one outcome and one time in all rounds (同一期同一结果)."""
    seen = dict[tuple[object, ...], tuple[str, object]]()
    for this in rounds:
        for where, commitment, _, reveal, _ in this.commitments():
            for source in commitment["sources"] if reveal else ():
                name = source["name"]
                issue = tuple(source[key] for key in ("name", "issue", "kind", "count", "low", "high"))
                outcome = reveal["values"][name], reveal["held"][name]
                first = seen.setdefault(issue, (where, outcome))
                want(first[1] == outcome, "source.two_outcomes", f"{where} {name}", f"{source['issue']}, {first[0]}")


def outcomes(source: Json) -> int:
    """Return the number of outcomes of a source (结果总数); counting stops at 2^40, where it is enough."""
    values, count = source["high"] - source["low"] + 1, source["count"]
    total = 1
    for k in range(min(count, values - count) if source["kind"] == "set" else count):
        total = total * (values - k) // (k + 1) if source["kind"] == "set" else total * values
        if total >= 2**40:
            return 2**40
    return total


def check_seeds(this: Round) -> None:
    """Recompute key strings and seeds of both draws (密钥串与种子)."""
    if this.reveal is None:
        return
    prefix = b"supervision-draw/2\0" + this.digest
    this.seed = check_reveal(this, "reveal.json", this.first, this.reveal, prefix)
    for number, reveal in this.reveals2.items():
        prefix = b"supervision-roster/2\0" + this.digests2[number] + this.seed
        this.seeds2[number] = check_reveal(this, f"reveal2{suffix(number)}.json", this.seconds[number], reveal, prefix)


def check_reveal(this: Round, name: str, commitment: Json, reveal: Json, prefix: bytes) -> bytes:
    """Check one reveal's values, key string (RFC 3797, section 4) and seed; return the seed."""
    where, text = this.public.where(name), ""
    names = {source["name"] for source in commitment["sources"]}
    want({*reveal["values"]} == names, "reveal.values", where, " ".join(sorted(reveal["values"])))
    want({*reveal["held"]} == names, "reveal.held", where, " ".join(sorted(reveal["held"])))
    for source in commitment["sources"]:
        own, at = source["name"], f"{where} {source['name']}"
        values = [int(value) for value in reveal["values"][own]]
        want(reveal["held"][own] >= source["at"], "reveal.held_early", at, reveal["held"][own])
        want(len(values) == source["count"], "reveal.count", at, len(values))
        want(all(source["low"] <= value <= source["high"] for value in values), "reveal.range", at, values)
        rising = all(a < b for a, b in itertools.pairwise(values))
        want(source["kind"] != "set" or rising, "reveal.set", at, values)
        text += "".join(f"{value}." for value in values) + "/"
        shown = f"{own} {source['issue']}: {' '.join(reveal['values'][own])} ({reveal['held'][own]})"
        this.report.sources.append((f"{this.name} {shown}", f"{this.name} {shown}"))
    want(reveal["key_string"] == text, "reveal.key_string", where, reveal["key_string"])
    seed = this.hx(prefix, text.encode())
    want(reveal["seed"] == seed.hex(), "reveal.seed", where, reveal["seed"])
    return seed


# ---------------------------------------------------------------------------------------------------------------------
# Section 9: evidence outside the agency
# ---------------------------------------------------------------------------------------------------------------------


def check_anchors(this: Round) -> None:
    """Ask what each anchor stands for (外部凭证), and whether the round is shown to be the only one."""
    where, public = this.public.where("anchors.json"), this.public
    times = {("commitment", this.digest.hex()): this.first["committed_at"]}
    for number, second in this.seconds.items():
        times["roster_commitment", this.digests2[number].hex()] = second["committed_at"]
    given_up = {f"abandoned2{suffix(number)}.json": record for number, record in this.abandoned2.items()}
    given_up |= {"abandoned.json": this.abandoned} if this.abandoned else {}
    for name, record in given_up.items():
        times["abandoned", this.h(public.read(name)).hex()] = record["at"]
    for folder in (this.public, this.audit):
        for name in folder.files if folder else ():
            if folder and (name == "manifest.json" or EARLIER.fullmatch(name)):
                times["manifest", sha256_hex(folder.read(name))] = ""
    for anchor in this.anchors:
        of, digest = anchor["of"], anchor["digest"]
        if of == "manifest" and this.audit is None and (of, digest) not in times:
            text = (
                f"{this.name} 清单凭证 {digest[:16]} 或属审计部分",
                f"{this.name} manifest anchor {digest[:16]}: perhaps the auditor's",
            )
            this.report.unchecked.append(text)
            continue
        want((of, digest) in times, "anchors.digest", where, f"{of} {digest}")
        want(not this.real or anchor["at"] >= times[of, digest], "anchors.early", where, anchor["at"])
        line = f"{this.name} {of} {digest[:16]}: {anchor['kind']} {anchor['at']} {anchor['file']}"
        this.report.anchors.append((line, line))
    if this.real:
        check_only_one(this)


def check_only_one(this: Round) -> None:
    """Ask for a newspaper's or the supervising body's anchor older than the first source (唯一性)."""

    def shown(of: str, digest: bytes, before: str, what: str) -> None:
        kinds = {a["kind"] for a in this.anchors if (a["of"], a["digest"]) == (of, digest.hex()) and a["at"] < before}
        if not kinds & {"newspaper", "supervisor"}:
            zh = f"{what} 缺少早于 {before} 的报纸或监督机关凭证"
            this.report.unanchored.append((zh, f"{what}: no newspaper or supervisor anchor older than {before}"))

    for where, commitment, digest, _, record in this.commitments():
        of = "commitment" if digest == this.digest else "roster_commitment"
        shown(of, digest, min(source["at"] for source in commitment["sources"]), where)
        if record and record["cancelled"]:
            name = where.split("/")[-1].replace("roster_commitment", "abandoned2").replace("commitment", "abandoned")
            held = next(s["at"] for s in commitment["sources"] if s["name"] == record["cancelled"])
            shown("abandoned", this.h(this.public.read(name)), held, this.public.where(name))


# ---------------------------------------------------------------------------------------------------------------------
# Sections 2, 5, 6: frames, strata, L, numbers
# ---------------------------------------------------------------------------------------------------------------------


def check_key(this: Round, audit: Folder) -> None:
    """Check the frame key against the commitment (密钥摘要)."""
    where = audit.where("frame_key.hex")
    text = audit.read("frame_key.hex")
    want(re.fullmatch(rb"[0-9a-f]{64}", text), "key.form", where)
    this.key = bytes.fromhex(text.decode())
    want(this.h(this.key).hex() == this.first["key_digest"], "key.digest", where, "commitment.json key_digest")


def salted(this: Round, word: str, name: str) -> bytes:
    """Return the salt of a table (表的盐): first 16 bytes of H(frame_key, H(word, round), name)."""
    return this.hx(this.key, this.text(word), name.encode())[:16]


def check_inputs(this: Round, audit: Folder) -> None:
    """Check rules, registers, tasks, stratum names and the first roster against the commitment (冻结的输入)."""
    for name, key in (("rules.json", "rules"), ("registers.json", "register")):
        value, where = audit.json(name), audit.where(name)
        good = object_of(is_path, is_hex)
        want(good(value), "inputs.form", where)
        want(this.h(audit.read(name)).hex() == this.first[key], "inputs.digest", where, f"commitment.json {key}")
    for name, form in (("tasks.csv", TASKS), ("strata_keys.csv", STRATA_KEYS), ("roster-0.csv", ROSTER)):
        this.tables[name] = audit.csv(name, form)
    names = [row["task_id"] for row in this.tables["tasks.csv"]]
    want(names == [*this.tasks], "inputs.tasks", audit.where("tasks.csv"), " ".join(names))
    bound = this.hx(b"\3", salted(this, "roster", "0"), audit.read("roster-0.csv")).hex()
    want(bound == this.first["roster"], "inputs.roster", audit.where("roster-0.csv"), "commitment.json roster")
    check_people(this.tables["roster-0.csv"], audit.where("roster-0.csv"))
    keys = defaultdict[str, dict[str, str]](dict)
    for row in this.tables["strata_keys.csv"]:
        keys[row["task_id"]][row["key"]] = row["stratum"]
    where = audit.where("strata_keys.csv")
    want({*keys} == {*this.tasks}, "strata.keys_tasks", where, " ".join(sorted(keys)))
    for task, named in keys.items():
        inner = this.text("stratum")
        order = sorted(named, key=lambda key: this.hx(this.key, inner, task.encode(), b"\x1f", key.encode()))
        due = {key: f"s{number}" for number, key in enumerate(order, 1)}
        want(named == due, "strata.keys", f"{where} {task}", named)
    count = Counter(row["task_id"] for row in this.tables["strata_keys.csv"])
    want(all(count[task] == len(named) for task, named in keys.items()), "strata.keys_twice", where)


class Best:
    """The first units of one stratum's order (一层次序的前段): float keys first, fractions where floats are equal."""

    def __init__(self, keep: int) -> None:
        self.keep, self.limit = keep, math.inf
        self.found = list[tuple[float, int, int, bytes, bytes]]()

    def prune(self) -> None:
        """Keep the first `keep` and those whose key equals the last one's (保留前段)."""
        self.found.sort(key=lambda one: one[0])
        if len(self.found) > self.keep:
            self.limit = self.found[self.keep - 1][0]
            self.found = [one for one in self.found if one[0] <= self.limit]

    def order(self) -> list[tuple[bytes, int, bytes]]:
        """Return unit, U and D in the order of (Q, D) (次序); a quotient of integers is rounded, never reordered."""
        self.prune()
        out = list[tuple[bytes, int, bytes]]()
        for _, group in itertools.groupby(self.found, key=lambda one: one[0]):
            same = [*group]
            if len(same) > 1:
                same.sort(key=lambda one: (Fraction(one[2] * (ONE - one[1]), one[1] * (TWO - one[2])), one[3]))
            out += [(unit, u, d) for _, _, u, d, unit in same]
        return out[: self.keep]


@dataclass(kw_only=True)
class Frame:
    """What one pass over a frame found (抽样框一遍读得)."""

    root: bytes
    units: list[bytes]
    mixed: bool
    sizes: dict[str, Counter[int]]
    works: dict[str, dict[tuple[int, int], int]]
    best: dict[str, Best]


def read_frame(this: Round, task: Json, folder: Folder, name: str, strata: list[Json]) -> Frame:
    """Read a frame once (抽样框): form, order, salts, root, numbers; the only loop over all units."""
    where, h, is_open = folder.where(name), this.h, task["access"] == "open"
    group = f"{this.name}|{task['group']}".encode()
    salt_head, leaf_head = this.key + h(b"salt|" + group), task["task_id"].encode() + b"\x1f"
    zero = bytes(16) if is_open else b""
    number_head = this.seed + h(b"targets|" + group) if this.seed else b""
    best = {table["stratum"].encode(): Best(table["sample"] + table["reserve"]) for table in strata}
    known, stack, units, before, mixed = dict[bytes, list[Any]](), list[bytes](), list[bytes](), b"", False
    lines = folder.lines(name)
    want(next(lines, b"") == FRAME_HEADER, "csv.header", where)
    for number, line in enumerate(lines):
        row = FRAME_ROW.fullmatch(line)
        if row is None:
            row, mixed = FRAME_ROW_ANY.fullmatch(line), True
            if row is None:
                raise Difference("frame.row", f"{where}:{number + 2}", line[:80].decode(errors="replace"))
        unit, stratum, size, low, salt_hex = row.groups()
        if unit <= before:
            raise Difference("frame.order", f"{where}:{number + 2}", unit.decode())
        units.append(unit)
        before = unit
        salt = zero or h(salt_head + unit)[:16]
        if salt_hex != hexlify(salt):
            raise Difference("frame.salt", f"{where}:{number + 2}", unit.decode())
        entry = known.get(key := line[len(unit) : -33])
        if entry is None:
            want(int(low) <= ONE, "frame.L_range", f"{where}:{number + 2}", int(low))
            want(stratum in best, "frame.stratum", f"{where}:{number + 2}", stratum.decode())
            entry = known[key] = [0, int(low), ONE - int(low), best[stratum]]
        entry[0] += 1
        node = h(b"\0" + salt + leaf_head + b"\x1f".join((unit, stratum, size, low)))
        while number & 1:  # RFC 9162, 2.1: equal full trees are joined from the left
            node = h(b"\1" + stack.pop() + node)
            number >>= 1
        stack.append(node)
        if number_head:
            d = h(number_head + salt + unit)
            u = int.from_bytes(d[:8], "big") >> 11 << 1 | 1
            kept = entry[3]
            q = u * entry[2] / (entry[1] * (TWO - u))
            if q <= kept.limit:
                kept.found.append((q, entry[1], u, d, unit))
                if len(kept.found) > 2 * kept.keep + 5000:
                    kept.prune()
    root = fold(stack, h)
    sizes, works = defaultdict[str, Counter[int]](Counter), defaultdict[str, dict[tuple[int, int], int]](dict)
    for key, entry in known.items():
        _, stratum_text, size_text, low_text = key.decode().split(",")
        sizes[stratum_text][int(size_text)] += entry[0]
        works[stratum_text][int(size_text), int(low_text)] = entry[0]
    named = {stratum.decode(): one for stratum, one in best.items()}
    return Frame(root=root, units=units, mixed=mixed, sizes=sizes, works=works, best=named)


def fold(stack: list[bytes], h: Hash) -> bytes:
    """Return the root over the full trees on a stack (默克尔根); of no leaves H(empty)."""
    if not stack:
        return h(b"")
    node = stack.pop()
    while stack:
        node = h(b"\1" + stack.pop() + node)
    return node


def check_excluded(this: Round, task: Json, folder: Folder, frame: Frame) -> None:
    """Check the excluded units (排除名单): form, order, counts by reason, root, and that no unit stands twice."""
    name = f"tasks/{task['task_id']}/excluded.csv"
    where, h = folder.where(name), this.h
    salt_head = this.key + h(f"salt|{this.name}|{task['group']}".encode())
    reasons, stack, before, mixed = Counter[str](), list[bytes](), b"", frame.mixed
    others = list[bytes]()
    lines = folder.lines(name)
    want(next(lines, b"") == EXCLUDED_HEADER, "csv.header", where)
    for number, line in enumerate(lines):
        row = EXCLUDED_ROW.fullmatch(line)
        at = f"{where}:{number + 2}"
        if row is None:
            raise Difference("excluded.row", at, line[:80].decode(errors="replace"))
        unit = row[1]
        want(unit > before, "excluded.order", at, unit.decode())
        before = unit
        place = bisect_left(frame.units, unit)
        want(frame.units[place : place + 1] != [unit], "excluded.framed", at, unit.decode())
        reasons[row[2].decode()] += 1
        mixed = mixed or unit != unit.upper()
        others.append(unit)
        node = h(b"\0" + h(salt_head + unit)[:16] + task["task_id"].encode() + b"\x1f" + line.replace(b",", b"\x1f"))
        while number & 1:
            node = h(b"\1" + stack.pop() + node)
            number >>= 1
        stack.append(node)
    want(reasons == task["excluded"], "excluded.count", where, f"{dict(reasons)}, commitment.json excluded")
    want(fold(stack, h).hex() == task["excluded_root"], "excluded.root", where, "commitment.json excluded_root")
    if mixed:
        seen = check_letters(frame.units, folder.where(f"tasks/{task['task_id']}/frame.csv"), set())
        check_letters(others, where, seen)


def check_letters(units: Iterable[bytes], where: str, seen: set[bytes]) -> set[bytes]:
    """Ask that no two units differ by case alone, and that credit codes stand in upper case (大小写)."""
    for unit in units:
        lower = unit.lower()
        want(lower not in seen, "frame.case", where, unit.decode())
        seen.add(lower)
        text = unit.decode()
        want(text == text.upper() or not is_uscc(text.upper()), "frame.uscc", where, text)
    return seen


def check_task(this: Round, task: Json, folder: Folder, inner: str, audit: Folder | None) -> None:
    """Check one task (一个任务): strata table, frame, root, excluded, sizes, L, order and reserve."""
    name, where = task["task_id"], folder.where(f"{inner}/strata.json")
    strata = folder.json(f"{inner}/strata.json")
    check_records(strata, STRATUM_FORM, where)
    check_sorted([table["stratum"] for table in strata], where)
    frame = read_frame(this, task, folder, f"{inner}/frame.csv", strata)
    at = folder.where(f"{inner}/frame.csv")
    if not audit and frame.mixed:
        check_letters(frame.units, at, set())
    want(frame.root.hex() == task["frame_root"], "frame.root", at, f"commitment.json {name} frame_root")
    want(len(frame.units) == task["units"], "frame.units", at, f"{len(frame.units)}, commitment.json {name} units")
    if audit:
        check_excluded(this, task, audit, frame)
    salt = bytes(16) if task["access"] == "open" else salted(this, "strata", name)
    want(
        this.hx(b"\2", salt, canonical(strata)).hex() == task["strata"],
        "strata.digest",
        where,
        f"commitment.json {name} strata",
    )
    for key in ("units", "sample", "reserve"):
        total = sum(table[key] for table in strata)
        want(total == task[key], f"strata.sum_{key}", where, f"{total}, commitment.json {name} {key}")
    if task["access"] == "open":
        want([table["stratum"] for table in strata] == ["s1"], "strata.open_one", where)
        want(len(frame.sizes["s1"]) == 1, "strata.open_equal", where)
    if audit:
        named = sorted(row["stratum"] for row in this.tables["strata_keys.csv"] if row["task_id"] == name)
        want(named == [table["stratum"] for table in strata], "strata.keys_table", where, " ".join(named))
    for table in strata:
        check_stratum(frame, table, where, at, this.report)
    if this.seed:
        check_order(this, task, frame, strata, audit)
    if this.keep_frames:
        this.framed[name] = frame.units


def check_order(this: Round, task: Json, frame: Frame, strata: list[Json], audit: Folder | None) -> None:
    """Draw a task again (重新抽取): the first n of each stratum are drawn, the next r are the reserve."""
    name, rows, drawn = task["task_id"], list[list[str]](), list[str]()
    for table in strata:
        order = frame.best[table["stratum"]].order()
        units = [unit.decode() for unit, _, _ in order]
        this.ranked[name, table["stratum"]] = units
        drawn += units[: table["sample"]]
        for rank, (unit, u, d) in enumerate(order, 1):
            role = "drawn" if rank <= table["sample"] else "reserve"
            rows.append([unit.decode(), table["stratum"], str(rank), role, str(u), d.hex()])
    this.strata[name], this.drawn[name] = strata, sorted(drawn)
    if not audit:
        return
    file = f"tasks/{name}/order.csv"
    for number, (row, due) in enumerate(itertools.zip_longest(audit.csv(file, ORDER), sorted(rows)), 2):
        got = [*row.values()] if row else None
        want(got == due, "order.row", f"{audit.where(file)}:{number}", f"{got}, not {due}")


# ---------------------------------------------------------------------------------------------------------------------
# Section 2: wanted probabilities and L
# ---------------------------------------------------------------------------------------------------------------------


def check_stratum(frame: Frame, table: Json, where: str, rows: str, report: Report) -> None:
    """Check sizes, certainty units and every distinct L of one stratum (一层), 2.2 to 2.4; `rows` is its frame."""
    where, rows = f"{where} {table['stratum']}", f"{rows} {table['stratum']}"
    sizes, works, n = frame.sizes[table["stratum"]], frame.works[table["stratum"]], table["sample"]
    count = sizes.total()
    want(count == table["units"], "stratum.units", where, count)
    want(1 <= n <= count, "stratum.sample", where, n)
    want(n + table["reserve"] <= count, "stratum.reserve", where, table["reserve"])
    total = sum(size * times for size, times in sizes.items())
    want(str(total) == table["size_total"], "stratum.size_total", where, total)
    want(max(sizes) * count <= ONE, "stratum.size_large", rows, max(sizes))
    want(max(sizes) <= 10**6 * min(sizes), "stratum.size_ratio", rows, f"{min(sizes)}..{max(sizes)}")
    left, n, total = without_certainty(sizes, n)
    count = sum(left.values())
    unequal = len(left) > 1
    if unequal and count > 2000:
        want(n >= 20, "stratum.large_n", where, n)
        want(2 * n * max(left) <= total, "stratum.large_half", where, Fraction(n * max(left), total))
    due = unequal and is_adjusted(left, n, total)
    want(due or table["working"] == "pareto", "stratum.not_adjusted", where)
    if due and table["working"] == "pareto":
        report.remarks.append((f"{where} 未能校正，按 pareto", f"{where} could not be adjusted, pareto stands"))
    adjusted = table["working"] == "adjusted"
    for size, low in works:
        at = f"{rows} x={size} L={low}"
        if size not in left:
            want(low == ONE, "stratum.certainty", at, low)
        elif adjusted:
            want(low < ONE, "stratum.L_one", at, low)
        else:
            want(low == half_even(ONE * n * size, total), "stratum.L", at, low)
    if adjusted:
        free = {pair: times for pair, times in works.items() if pair[0] in left}
        check_realised(free, n, total, rows)


def without_certainty(sizes: Counter[int], n: int) -> tuple[dict[int, int], int, int]:
    """Return the sizes that are left, n and the sum of sizes, once certainty units are taken out (必抽对象), 2.3."""
    order = sorted(sizes, reverse=True)
    total, start = sum(size * times for size, times in sizes.items()), 0
    while True:
        stop = start
        while stop < len(order) and n * order[stop] >= total:
            stop += 1
        if stop == start:
            return {size: sizes[size] for size in order[start:]}, n, total
        n -= sum(sizes[size] for size in order[start:stop])
        total -= sum(size * sizes[size] for size in order[start:stop])
        start = stop


def is_adjusted(left: Mapping[int, int], n: int, total: int) -> bool:
    """Tell whether a stratum's L is adjusted (是否校正), 2.4: small, and n or the sum of pi(1 - pi) is small too."""
    count = sum(left.values())
    if count > 2000 or count * n > 40_000:
        return False
    spread = sum(times * n * size * (total - n * size) for size, times in left.items())
    return n <= 20 or spread < 10 * total * total


def half_even(top: int, bottom: int) -> int:
    """Return top / bottom rounded to the nearest integer, halves to even (四舍六入五成双)."""
    whole, rest = divmod(top, bottom)
    return whole + (2 * rest > bottom or (2 * rest == bottom and whole % 2))


def check_realised(free: Mapping[tuple[int, int], int], n: int, total: int, where: str) -> None:
    """Check adjusted L by the realised probabilities (实际入样概率), 2.4: within 1e-9 of the wanted ones."""
    pairs = sorted(free, key=lambda pair: pair[1], reverse=True)
    logits = [math.log(low) - math.log(ONE - low) for _, low in pairs]
    found = realised(logits, [free[pair] for pair in pairs], n)
    for (size, low), got in zip(pairs, found, strict=True):
        pi = Fraction(n * size, total)
        allowed = max(min(pi, 1 - pi) / 10**9, Fraction(1, 10**12))
        want(
            abs(Fraction(got) - pi) <= allowed,
            "stratum.realised",
            f"{where} x={size} L={low}",
            f"{got!r}, not {float(pi)!r}",
        )


def realised(logits: Sequence[float], times: Sequence[int], n: int) -> list[float]:
    """Return realised inclusion probabilities of Pareto sampling (实际入样概率), Aires 1999.

    One probability for each distinct logit, falling; `times` is how many units have it. The integral over ln t by the
    trapezoid rule, step 0.1. What is below 1e-16 in the whole is left out: where the densities are (f small), where
    almost surely n others are below t (Chernoff), and the loss where hardly ever n are (P(n or more) <= mean^n / n!).
    """
    step, out = 0.1, [0.0] * len(logits)
    start, stop = -max(logits) - 45, -min(logits) + 45
    for k in range(math.floor((stop - start) / step) + 1):
        f = [1 / (1 + math.exp(-(start + step * k + v))) for v in logits]
        mean = sum(p * m for p, m in zip(f, times, strict=True))
        others = mean - 1  # at least, whoever is left out
        if others > n - 1 and (others - n + 1) ** 2 > 100 * others:
            break
        if f[0] < 1e-18:
            continue
        rare = n * math.log(mean) - math.lgamma(n + 1) < -41
        for i, part in enumerate([1.0] * len(f) if rare else at_most(f, times, n)):
            out[i] += step * f[i] * (1 - f[i]) * part
    return out


def at_most(f: Sequence[float], times: Sequence[int], n: int) -> list[float]:
    """Return P(at most n-1 of the others) for one unit of each kind (其余至多 n-1 个), Poisson-binomial."""

    def add(counts: list[float], p: float) -> list[float]:
        q = 1 - p
        return [counts[0] * q, *(a * q + b * p for a, b in zip(counts[1:], counts, strict=False))]

    before, counts = list[list[float]](), [1.0] + [0.0] * (n - 1)
    for p, m in zip(f, times, strict=True):
        for _ in range(m - 1):
            counts = add(counts, p)
        before.append(counts)
        counts = add(counts, p)
    out, after = [0.0] * len(f), [1.0] + [0.0] * (n - 1)
    for i in range(len(f) - 1, -1, -1):
        totals = [*itertools.accumulate(after)]
        out[i] = sum(map(float.__mul__, before[i], reversed(totals)))
        for _ in range(times[i]):
            after = add(after, f[i])
    return out


# ---------------------------------------------------------------------------------------------------------------------
# Section 6: published lists, step-ins
# ---------------------------------------------------------------------------------------------------------------------


def check_tasks(this: Round) -> None:
    """Check every task that the files at hand allow (各任务), and that only open frames are public."""
    for name in this.public.files:
        inside = name.split("/")
        task = this.tasks.get(inside[1]) if inside[0] == "open" and len(inside) == 3 else None
        good = inside[0] != "open" or (task and task["access"] == "open" and inside[2] in ("frame.csv", "strata.json"))
        want(good, "frame.not_open", this.public.where(name))
    if this.audit:
        check_key(this, this.audit)
        check_inputs(this, this.audit)
        for name in this.audit.files:
            inside = name.split("/")
            known = inside[0] != "tasks" or (len(inside) == 3 and inside[1] in this.tasks and inside[2] in TASK_FILES)
            want(known, "frame.no_task", this.audit.where(name))
            want(this.result or inside[-1] != "order.csv", "order.undrawn", this.audit.where(name))
    for name, task in this.tasks.items():
        if task["access"] == "open":
            for file in ("frame.csv", "strata.json"):
                shown = f"open/{name}/{file}"
                want(this.public.has(shown), "paths.missing", this.public.where(shown))
                same = not this.audit or this.audit.digests.get(f"tasks/{name}/{file}") == this.public.digests[shown]
                want(same, "frame.public_copy", this.public.where(shown))
        if this.audit:
            check_task(this, task, this.audit, f"tasks/{name}", this.audit)
        elif task["access"] == "open":
            check_task(this, task, this.public, f"open/{name}", None)
            same = (task["excluded_root"] == this.h(b"").hex()) == (not task["excluded"])
            want(same, "excluded.none", this.public.where("commitment.json"), name)
        n, r, units, out = task["sample"], task["reserve"], task["units"], sum(task["excluded"].values())
        zh = f"{this.name} {name}：抽 {n}，备选 {r}，抽样框 {units}，排除 {out}"
        en = f"{this.name} {name}: drawn {n}, reserve {r}, frame {units}, excluded {out}"
        if this.audit or task["access"] == "open":
            this.report.checked.append((zh, en))
        else:
            this.report.unchecked.append((f"{zh}：名单须由审计方核验", f"{en}: its list is for an auditor to check"))


def check_result(this: Round) -> None:
    """Check the published lists, or their digests (公布名单)."""
    where = this.public.where("result.json")
    for shown in this.result["tasks"] if this.result else ():
        name = shown["task_id"]
        if name not in this.drawn:
            continue
        drawn, at = this.drawn[name], f"{where} {name}"
        if "drawn" in shown:
            other = sorted({*shown["drawn"]} ^ {*drawn})
            want(shown["drawn"] == drawn, "result.drawn", at, " ".join(other[:4]))
        else:
            digest = this.hx(b"\4", salted(this, "list", name), canonical(drawn)).hex()
            want(shown["digest"] == digest, "result.digest", at, shown["digest"])


def check_stepins(this: Round, audit: Folder) -> None:
    """Check the step-ins (递补): one by one, the next of the stratum's order, by two persons."""
    want(this.result is None or audit.has("stepins.json"), "paths.missing", audit.where("stepins.json"))
    if not audit.has("stepins.json"):
        return
    where, stepins = audit.where("stepins.json"), audit.json("stepins.json")
    check_records(stepins, STEPIN, where)
    want(not stepins or this.result, "stepin.before_draw", where)
    this.lists["stepins"] = stepins
    drawn_at = max(this.reveal["held"].values()) if this.reveal and this.real else ""
    used, gone, before = Counter[tuple[str, str]](), set[tuple[str, str]](), drawn_at
    for number, one in enumerate(stepins, 1):
        at, key = f"{where} #{number}", (one["task_id"], one["stratum"])
        want(one["no"] == number, "stepin.no", at, one["no"])
        want(one["at"] >= before, "stepin.time", at, one["at"])
        want(one["by"] != one["reviewed_by"], "stepin.persons", at, one["by"])
        want(key in this.ranked, "stepin.stratum", at, "/".join(key))
        table = next(table for table in this.strata[key[0]] if table["stratum"] == key[1])
        order, n, before = this.ranked[key], table["sample"], one["at"]
        there = order[: n + used[key]]
        want(one["out"] in there, "stepin.out", at, one["out"])
        want((key[0], one["out"]) not in gone, "stepin.out_twice", at, one["out"])
        gone.add((key[0], one["out"]))
        due = order[n + used[key]] if n + used[key] < len(order) else None
        want(one["in"] == due, "stepin.in", at, f"{one['in']}, not {due}")
        used[key] += due is not None


# ---------------------------------------------------------------------------------------------------------------------
# Section 7: calendar, rosters, lottery
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Place:
    """One place of a visit's team (岗位): office, number, half-days, items."""

    visit: str
    office: str
    number: int
    halves: tuple[str, ...]
    items: frozenset[str]

    @property
    def key(self) -> PlaceKey:
        """Return what names the place (岗位标识)."""
        return self.visit, self.office, self.number

    @property
    def unit(self) -> str:
        """Return the unit that is visited (检查对象)."""
        return unit_of(self.visit)

    @property
    def day(self) -> str:
        """Return the day (日期)."""
        return self.halves[0][:10]


@dataclass(frozen=True, kw_only=True)
class Person:
    """One inspector of a roster (检查人员)."""

    inspector_id: str
    office: str
    first: str
    last: str
    scopes: frozenset[str]
    limit: int
    absent: frozenset[str]


def unit_of(visit: str) -> str:
    """Return the unit of a visit_id (检查对象)."""
    return visit.rpartition("~")[0]


def places_of(rows: Iterable[Row]) -> list[Place]:
    """Return the places of a calendar (日程的岗位)."""
    return [
        Place(
            visit=row["visit_id"],
            office=row["office"],
            number=int(row["place"]),
            halves=tuple(row["half_days"].split(" ")),
            items=frozenset(row["items"].split(" ")),
        )
        for row in rows
    ]


def people_of(rows: Iterable[Row]) -> dict[str, Person]:
    """Return the inspectors of a roster by id (名册)."""
    return {
        row["inspector_id"]: Person(
            inspector_id=row["inspector_id"],
            office=row["office"],
            first=row["from"],
            last=row["until"],
            scopes=frozenset(row["scopes"].split()),
            limit=int(row["daily_limit"]),
            absent=frozenset(row["absent"].split()),
        )
        for row in rows
    }


def check_people(rows: Sequence[Row], where: str) -> None:
    """Ask for each inspector once, on duty from a day to the same or a later one (每人一行)."""
    for row in rows:
        want(row["from"] <= row["until"], "roster.dates", where, row["inspector_id"])
    for before, after in itertools.pairwise(rows):
        want(before["inspector_id"] != after["inspector_id"], "roster.twice", where, after["inspector_id"])


class Holdings:
    """Who holds which places in a round (持有岗位), and each inspector's load and half-days."""

    def __init__(self) -> None:
        self.holder = dict[PlaceKey, str]()
        self.place = dict[PlaceKey, Place]()
        self.load = Counter[str]()
        self.halves = defaultdict[tuple[str, str], set[str]](set)

    def put(self, place: Place, who: str) -> None:
        """Give a place to an inspector (安排)."""
        self.holder[place.key], self.place[place.key] = who, place
        self.load[who] += len(place.halves)
        self.halves[who, place.day] |= {*place.halves}

    def take(self, key: PlaceKey) -> str | None:
        """Take a place from its holder, who is returned (收回)."""
        who = self.holder.pop(key, None)
        if who is not None:
            place = self.place.pop(key)
            self.load[who] -= len(place.halves)
            self.halves[who, place.day] -= {*place.halves}
        return who


@dataclass(frozen=True, kw_only=True)
class Lottery:
    """One draw of inspectors (检查人员抽取): its seed, people and recusals; `leave` only for substitutions."""

    h: Hash
    seed: bytes
    people: Mapping[str, Person]
    recused: frozenset[tuple[str, str]]
    leave: Mapping[str, frozenset[str]] = field(default_factory=dict)
    offices: dict[str, list[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for who, person in self.people.items():
            self.offices.setdefault(person.office, []).append(who)

    def staff(self, place: Place) -> list[str]:
        """Return the inspectors of a place's office (本单位人员)."""
        return self.offices.get(place.office, [])

    def number(self, place: Place, who: str = "") -> bytes:
        """Return P(place), or R(place, inspector) (岗位号、人员号)."""
        return self.h(self.seed + "\x1f".join((*map(str, place.key), who)).encode())

    def could_hold(self, place: Place, who: str, held: set[str] | frozenset[str]) -> bool:
        """Tell whether one of its office could hold a place beside the half-days held that day (可承担)."""
        person, own = self.people[who], {*place.halves}
        return (
            person.first <= place.day <= person.last
            and own.isdisjoint(person.absent)
            and own.isdisjoint(self.leave.get(who, ()))
            and ("*" in person.scopes or place.items <= person.scopes)
            and (who, place.unit) not in self.recused
            and own.isdisjoint(held)
            and len(held) + len(own) <= person.limit
        )

    def least(self, place: Place, eligible: Iterable[str], load: Mapping[str, int]) -> str:
        """Return who takes a place: the least R among loads up to the least load and 2 (取号最小者)."""
        fit = [*eligible]
        most = min(load[who] for who in fit) + 2
        return min((who for who in fit if load[who] <= most), key=lambda who: self.number(place, who))


def draw_day(lottery: Lottery, places: Sequence[Place], held: Holdings) -> dict[PlaceKey, int]:
    """Draw one office's day (一个单位的一天): whole days first, then half-days; return candidates of each place."""
    found = dict[PlaceKey, int]()
    for whole in (True, False):
        stage = [place for place in places if (len(place.halves) == 2) == whole]
        found |= draw_stage(lottery, sorted(stage, key=lottery.number), held, whole=whole)
    return found


def draw_stage(lottery: Lottery, places: Sequence[Place], held: Holdings, *, whole: bool) -> dict[PlaceKey, int]:
    """Draw the places of one stage in their order (一个阶段); return the number of eligible at each place's turn."""
    if not places:
        return {}
    day, staff, found = places[0].day, lottery.staff(places[0]), dict[PlaceKey, int]()
    before = {who: frozenset(held.halves.get((who, day), ())) for who in staff}
    could = {p.key: [who for who in staff if lottery.could_hold(p, who, before[who])] for p in places}
    mine = defaultdict[str, set[str]](set)
    holds = dict[tuple[str, str], Place]()

    def node(place: Place, who: str) -> tuple[str, str]:
        single = whole or lottery.people[who].limit - len(before[who]) == 1
        return who, "" if single else place.halves[0]

    def move(place: Place, at: tuple[str, str]) -> None:
        if (who := held.take(place.key)) is not None:
            mine[who] -= {*place.halves}
        held.put(place, at[0])
        mine[at[0]] |= {*place.halves}
        holds[at] = place

    for place in places:
        own = {*place.halves}
        eligible = [
            who
            for who in could[place.key]
            if own.isdisjoint(mine[who]) and len(before[who]) + len(mine[who]) + len(own) <= lottery.people[who].limit
        ]
        found[place.key] = len(eligible)
        if eligible:
            move(place, node(place, lottery.least(place, eligible, held.load)))
            continue
        for at, step in find_path(lottery, place, could, held, holds, node):
            move(step, at)
    return found


def find_path(
    lottery: Lottery,
    place: Place,
    could: Mapping[PlaceKey, list[str]],
    held: Holdings,
    holds: Mapping[tuple[str, str], Place],
    node: Callable[[Place, str], tuple[str, str]],
) -> list[tuple[tuple[str, str], Place]]:
    """Return an augmenting path from an open place (增广路径), breadth first: who takes which place, the end first."""
    queue, seen = [place], dict[tuple[str, str], Place]()
    for at in queue:
        for who in sorted(could[at.key], key=lambda who: (held.load[who], lottery.number(at, who))):
            one = node(at, who)
            if one in seen:
                continue
            seen[one] = at
            if one in holds:
                queue.append(holds[one])
                continue
            path, back = [(one, at)], {holds[n].key: n for n in seen if n in holds}
            while path[-1][1].key != place.key:
                one = back[path[-1][1].key]
                path.append((one, seen[one]))
            return path
    return []


def draw_all(lottery: Lottery, places: Sequence[Place], held: Holdings) -> tuple[list[Json], list[str]]:
    """Draw the inspectors of one calendar (一次日程的抽取): roster.json's records, and the visits sent back."""
    count, back = dict[PlaceKey, int](), list[str]()
    days = sorted({place.day for place in places})
    grouped = defaultdict[tuple[str, str], list[Place]](list)
    for place in places:
        grouped[place.day, place.office].append(place)
    for day in days:
        for office in sorted(office for other, office in grouped if other == day):
            count |= draw_day(lottery, grouped[day, office], held)
        today = [place for place in places if place.day == day]
        open_visits = {place.visit for place in today if place.key not in held.holder}
        for place in today:
            if place.visit in open_visits:
                held.take(place.key)
        back += open_visits
    rows = [
        {
            "candidates": count[key],
            "inspector_id": held.holder[key],
            "office": key[1],
            "place": key[2],
            "visit_id": key[0],
        }
        for key in sorted(place.key for place in places)
        if key in held.holder
    ]
    return rows, sorted(back)


def check_calendar(this: Round, number: int, where: str, *, first: bool) -> list[Place]:
    """Check the form of one calendar (日程格式): one day and one beginning for all places of a visit, numbered."""
    places = places_of(this.tables[f"calendar{suffix(number)}.csv"])
    visits = defaultdict[str, list[Place]](list)
    for place in places:
        at = f"{where} {place.visit}"
        two = len(place.halves) == 2
        want(len(place.halves) <= 2, "calendar.halves", at, " ".join(place.halves))
        want(not two or place.halves == (f"{place.day}T1", f"{place.day}T2"), "calendar.whole_day", at, place.halves)
        visits[place.visit].append(place)
    for visit, team in visits.items():
        at = f"{where} {visit}"
        want(len({place.day for place in team}) == 1, "calendar.one_day", at, " ".join(sorted({p.day for p in team})))
        want(len({place.halves[0] for place in team}) == 1, "calendar.one_start", at)
        numbers = defaultdict[str, list[int]](list)
        for place in team:
            numbers[place.office].append(place.number)
        for office, found in numbers.items():
            want(found == [*range(1, len(found) + 1)], "calendar.places", f"{at} {office}", found)
    starts = defaultdict[str, dict[int, str]](dict)
    for visit, team in visits.items():
        starts[unit_of(visit)][int(visit.rpartition("~")[2])] = team[0].halves[0]
    for unit, found_starts in starts.items() if first else ():
        ordinals = sorted(found_starts)
        want(ordinals == [*range(1, len(ordinals) + 1)], "calendar.ordinals", f"{where} {unit}", ordinals)
        begins = [found_starts[ordinal] for ordinal in ordinals]
        want(begins == sorted({*begins}), "calendar.ordinal_order", f"{where} {unit}", " ".join(begins))
    return places


def check_begins(places: Iterable[Place], commitment: Json, where: str) -> None:
    """Ask that no place begins before the last source of its draw (不早于末次信源)."""
    last = max(source["at"] for source in commitment["sources"])
    for place in places:
        begin = half_day_start(place.halves[0])
        want(begin >= last, "calendar.too_early", f"{where} {place.visit}", place.halves[0])


def half_day_start(half: str) -> str:
    """Return when a half-day begins at the earliest (半天最早开始): midnight, noon."""
    return f"{half[:10]}T{'00' if half.endswith('T1') else '12'}:00:00+08:00"


def check_items(this: Round, places: Sequence[Place], audit: Folder) -> None:
    """Ask that each drawn unit's items stand in the calendar or as unheld, and no others (事项齐全)."""
    where, unheld = audit.where("unheld.csv"), defaultdict[str, set[str]](set)
    takes = defaultdict[str, set[str]](set)
    for name, units in this.drawn.items():
        for unit in units:
            takes[unit].add(name)
    joined = defaultdict[str, set[str]](set)
    for unit, names in takes.items():
        joined[unit] |= names
    for one in this.lists.get("stepins", ()):
        if one["in"]:
            joined[one["in"]].add(one["task_id"])
    for row in this.tables.get("unheld.csv", ()):
        names = {*row["task_ids"].split(" ")}
        want(names <= joined[row["unit_id"]], "unheld.not_drawn", where, f"{row['unit_id']} {row['task_ids']}")
        unheld[row["unit_id"]] |= names
    planned = defaultdict[str, set[str]](set)
    for place in places:
        planned[place.unit] |= place.items
    items = this.items
    for unit, names in sorted(takes.items()):
        due = set[str]().union(*(items[name] for name in names - unheld[unit]))
        want(
            due <= planned[unit],
            "calendar.items_missing",
            audit.where("calendar.csv"),
            f"{unit} {' '.join(sorted(due - planned[unit]))}",
        )


def check_allowed(this: Round, places: Sequence[Place], where: str, stepped: Iterable[Json]) -> None:
    """Ask that a calendar visits drawn or stepped-in units alone, for items of the round's tasks (只查抽中的)."""
    units = {unit for drawn in this.drawn.values() for unit in drawn} | {one["in"] for one in stepped}
    items = set[str]().union(*this.items.values())
    for place in places:
        want(place.unit in units, "calendar.not_drawn", where, place.visit)
        other = place.items - items
        want(not other, "calendar.items_other", f"{where} {place.visit}", " ".join(sorted(other)))


def read_second_tables(this: Round, audit: Folder) -> None:
    """Read calendars, rosters, recusals and what was drawn (读取第二次抽取的文件); none missing, none too many."""
    forms = {"calendar": CALENDAR, "roster": ROSTER, "recusals": RECUSALS, "roster_changes": ROSTER_CHANGES}
    last = max(this.seconds, default=0)
    for name in audit.files:
        found = re.fullmatch(r"(calendar|roster|recusals|roster_changes)(?:-([1-9][0-9]*))?\.csv", name)
        number = int(found[2] or 1) if found else 0
        want(not found or number <= last + 1, "roster.without", audit.where(name))
        if found:
            this.tables[name] = audit.csv(name, forms[found[1]])
        drawn = re.fullmatch(r"(roster|sent_back)(?:-([1-9][0-9]*))?\.json", name)
        want(not drawn or int(drawn[2] or 1) in this.reveals2, "roster.without", audit.where(name))
    for number in this.seconds:
        for stem in forms:
            name = f"{stem}{suffix(number)}.csv"
            want(name in this.tables, "paths.missing", audit.where(name))
    for number in this.reveals2:
        for stem, form in (("roster", HELD_PLACE), ("sent_back", SENT_BACK)):
            name = f"{stem}{suffix(number)}.json"
            this.lists[name] = audit.json(name)
            check_records(this.lists[name], form, audit.where(name))
        for one in this.lists[f"sent_back{suffix(number)}.json"]:
            check_records(one["out"], OUT_FORM, audit.where(f"sent_back{suffix(number)}.json"))
    if audit.has("unheld.csv"):
        this.tables["unheld.csv"] = audit.csv("unheld.csv", UNHELD)
    want(not this.reveals2 or audit.has("changes.json"), "paths.missing", audit.where("changes.json"))
    this.lists["changes"] = audit.json("changes.json") if audit.has("changes.json") else []
    check_records(this.lists["changes"], CHANGE, audit.where("changes.json"))


def check_second_tables(this: Round, audit: Folder) -> None:
    """Check the three tables of each roster commitment against its digests, and what changed in the roster."""
    before = this.tables["roster-0.csv"]
    for number, second in this.seconds.items():
        for stem in ("calendar", "roster", "recusals"):
            name = f"{stem}{suffix(number)}.csv"
            bound = this.hx(b"\3", salted(this, stem, str(number)), audit.read(name)).hex()
            want(
                bound == second[stem],
                "roster.digest",
                audit.where(name),
                f"roster_commitment{suffix(number)}.json {stem}",
            )
        rows = this.tables[f"roster{suffix(number)}.csv"]
        check_people(rows, audit.where(f"roster{suffix(number)}.csv"))
        name = f"roster_changes{suffix(number)}.csv"
        due = roster_changes(before, rows)
        got = [[row[column] for column in ("inspector_id", "field", "was", "is")] for row in this.tables[name]]
        other = [row for row in [*got, *due] if (row in got) != (row in due)]
        want(got == due, "roster.changes", audit.where(name), other[:1])
        before = rows


def roster_changes(old: Sequence[Row], new: Sequence[Row]) -> list[list[str]]:
    """Return how a roster differs from the one before (名册变动): inspector, field, was, is."""
    was, now = ({row["inspector_id"]: row for row in rows} for rows in (old, new))
    found = [[who, "inspector_id", who, ""] for who in was if who not in now]
    found += [[who, "inspector_id", "", who] for who in now if who not in was]
    for who in was.keys() & now.keys():
        found += [[who, name, was[who][name], now[who][name]] for name in ROSTER if was[who][name] != now[who][name]]
    return sorted(found)


# ---------------------------------------------------------------------------------------------------------------------
# Section 7: draws of inspectors and changes in their order of time
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(kw_only=True)
class Course:
    """How a round's visits stand while its draws and changes are followed (进程)."""

    this: Round
    audit: Folder
    held: Holdings = field(default_factory=Holdings)
    places: dict[PlaceKey, Place] = field(default_factory=dict)
    draw_of: dict[str, int] = field(default_factory=dict)
    sent_back: set[str] = field(default_factory=set)
    cancelled: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)
    leave: dict[str, frozenset[str]] = field(default_factory=dict)
    latest: int = 0
    drawn_at: str = ""
    waiting: bool = False
    done: int = 0

    def lottery(self, draw: int, number: int) -> Lottery:
        """Return the lottery with the seed of a draw and people and recusals of another (抽取依据)."""
        end = suffix(number)
        recused = frozenset((row["inspector_id"], row["unit_id"]) for row in self.this.tables[f"recusals{end}.csv"])
        people = people_of(self.this.tables[f"roster{end}.csv"])
        seed = self.this.seeds2[draw]
        return Lottery(h=self.this.h, seed=seed, people=people, recused=recused, leave=self.leave)

    def team(self, visit: str) -> list[PlaceKey]:
        """Return a visit's places in the order (office, place) (一次检查的岗位)."""
        return sorted(key for key in self.places if key[0] == visit)


def check_seconds(this: Round, audit: Folder) -> None:
    """Follow calendars, lotteries and changes in the order of time (日程、抽取与变动)."""
    read_second_tables(this, audit)
    check_second_tables(this, audit)
    groups = change_groups(this.lists["changes"], audit.where("changes.json"))
    course = Course(this=this, audit=audit)
    every = list[Place]()
    for number, second in this.seconds.items():
        where = audit.where(f"calendar{suffix(number)}.csv")
        if number in this.abandoned2:
            check_calendar(this, number, where, first=False)
            continue
        if this.real:
            apply_changes(course, groups, second["committed_at"])
        first = course.latest == 0
        places = check_calendar(this, number, where, first=first)
        every += places
        stepped = [
            s for s in this.lists.get("stepins", ()) if not first and this.real and s["at"] <= second["committed_at"]
        ]
        check_allowed(this, places, where, stepped)
        if not first:
            check_supplement(course, places, where, stepped)
        if this.real:
            check_begins(places, second, where)
        if number in this.reveals2:
            follow_draw(course, number, places)
        else:
            course.waiting = True
            this.report.remarks.append(
                (
                    f"{this.name} 第 {number} 次名册承诺尚待抽取",
                    f"{this.name} roster commitment {number} waits for its draw",
                )
            )
    apply_changes(course, groups, None)
    planned = f"calendar{suffix(len(this.seconds) + 1)}.csv"
    if planned in this.tables:
        places = check_calendar(this, len(this.seconds) + 1, audit.where(planned), first=course.latest == 0)
        every += places
        this.report.remarks.append((f"{this.name} {planned} 尚未承诺", f"{this.name} {planned} is not committed yet"))
    if not every and this.abandoned2:
        text = (
            f"{this.name} 名册承诺已放弃，日程尚待重排",
            f"{this.name}: its roster commitment was abandoned, no new calendar yet",
        )
        this.report.remarks.append(text)
    elif every or "unheld.csv" in this.tables:
        check_items(this, every, audit)


def check_supplement(course: Course, places: Sequence[Place], where: str, stepped: Iterable[Json]) -> None:
    """Ask for visits sent back and first visits of step-in units alone (补充抽取)."""
    visited = {unit_of(visit) for visit in course.draw_of}
    fresh = {f"{one['in']}~1" for one in stepped if one["in"] and one["in"] not in visited}
    for place in places:
        want(place.visit in course.sent_back | fresh, "supplement.visit", where, place.visit)


def follow_draw(course: Course, number: int, places: Sequence[Place]) -> None:
    """Draw one calendar's inspectors again (重新抽取检查人员) and compare roster.json and sent_back.json."""
    this, audit, end = course.this, course.audit, suffix(number)
    course.leave = {}
    rows, back = draw_all(course.lottery(number, number), places, course.held)
    where = audit.where(f"roster{end}.json")
    for row, (got, due) in enumerate(itertools.zip_longest(this.lists[f"roster{end}.json"], rows), 1):
        want(got == due, "roster.drawn", f"{where} #{row}", f"{got}, not {due}")
    told = [one["visit_id"] for one in this.lists[f"sent_back{end}.json"]]
    want(told == back, "roster.sent_back", audit.where(f"sent_back{end}.json"), " ".join(sorted({*told} ^ {*back})))
    visits = {place.visit for place in places}
    course.draw_of |= dict.fromkeys(visits, number)
    course.places = {key: place for key, place in course.places.items() if key[0] not in visits}
    course.places |= {place.key: place for place in places}
    course.sent_back = (course.sent_back - visits) | {*back}
    course.latest = number
    course.drawn_at = max(this.reveals2[number]["held"].values()) if this.real else ""
    few = sum(one["candidates"] < 3 for one in rows)
    zh = f"{this.name} 第 {number} 次检查人员抽取：{len(rows)} 个岗位，{few} 个候选不足三人，退回 {len(back)} 次检查"
    en = f"{this.name} draw {number} of inspectors: {len(rows)} places, {few} with fewer than three candidates,"
    en = f"{en} {len(back)} visits sent back"
    this.report.checked.append((zh, en))


def change_groups(changes: Sequence[Json], where: str) -> list[list[Json]]:
    """Return the changes, a moved or cancelled visit's rows together (变动分组), each row's own form checked."""
    before = ""
    for number, row in enumerate(changes, 1):
        at = f"{where} #{number}"
        want(row["no"] == number, "change.no", at, row["no"])
        want(row["at"] >= before, "change.time", at, row["at"])
        want(row["by"] != row["reviewed_by"], "change.persons", at, row["by"])
        want(
            row["half_days"] and row["half_days"] == sorted({*row["half_days"]}),
            "change.half_days",
            at,
            row["half_days"],
        )
        null = [row[name] is None for name in ("visit_id", "office", "place")]
        want(all(null) if row["kind"] == "leave" else not any(null), "change.place", at)
        want(row["kind"] != "leave" or row["inspector_id"] is not None, "change.leave", at)
        want(row["kind"] != "leave" or row["out"] is None, "change.leave_out", at, row["out"])
        want(row["kind"] != "cancelled" or row["inspector_id"] is None, "change.cancelled", at, row["inspector_id"])
        before = row["at"]

    def together(row: Json) -> object:
        return (row["kind"], row["visit_id"]) if row["kind"] in ("moved", "cancelled") else row["no"]

    return [[*rows] for _, rows in itertools.groupby(changes, key=together)]


def apply_changes(course: Course, groups: Sequence[list[Json]], until: str | None) -> None:
    """Apply the changes entered up to a time (应用变动)."""
    while course.done < len(groups):
        rows = groups[course.done]
        if until is not None and rows[0]["at"] > until:
            return
        course.done += 1
        where = f"{course.audit.where('changes.json')} #{rows[0]['no']}"
        if rows[0]["kind"] == "leave":
            who, this = rows[0]["inspector_id"], course.this
            rosters = [name for name in this.tables if name.startswith("roster-") or name == "roster.csv"]
            known = {row["inspector_id"] for name in rosters for row in this.tables[name]}
            want(who in known, "change.leave_unknown", where, who)
            course.leave = {**course.leave, who: course.leave.get(who, frozenset()) | {*rows[0]["half_days"]}}
            continue
        want(not course.waiting, "change.while_waiting", where, rows[0]["at"])
        want(rows[0]["at"] >= course.drawn_at, "change.while_waiting", where, rows[0]["at"])
        apply_group(course, rows, where)


def apply_group(course: Course, rows: Sequence[Json], where: str) -> None:
    """Apply one substitution, move or cancellation (替换、改期、取消) and compare it with what is written."""
    visit, kind = rows[0]["visit_id"], rows[0]["kind"]
    want(visit in course.draw_of, "change.visit", where, visit)
    want(visit not in course.cancelled, "change.after_cancelled", where, visit)
    want(visit not in course.sent_back or kind == "cancelled", "change.after_sent_back", where, visit)
    keys = [(row["visit_id"], row["office"], row["place"]) for row in rows]
    for row, name in itertools.product(rows, ("at", "by", "reviewed_by", "evidence", "ground")):
        want(row[name] == rows[0][name], "change.together", f"{where} {name}", row[name])
    if kind == "substituted":
        want(keys[0] in course.places, "change.no_place", where, keys[0])
    else:
        want(keys == course.team(visit), "change.whole_team", where, keys)
    for row, key in zip(rows, keys, strict=True):
        holder = course.held.holder.get(key)
        want(row["out"] == holder, "change.out", where, f"{key}: {row['out']}, not {holder}")
        same = row["half_days"] == [*course.places[key].halves]
        want(kind == "moved" or same, "change.half_days_other", where, row["half_days"])
    if kind == "substituted":
        due = [substitute(course, course.places[keys[0]], course.held.take(keys[0]))]
    elif kind == "moved":
        due = follow_move(course, rows, keys, where)
    else:
        for key in keys:
            course.held.take(key)
        due = [None] * len(keys)
        course.cancelled.add(visit)
        course.sent_back.discard(visit)
    for row, key, who in zip(rows, keys, due, strict=True):
        want(row["inspector_id"] == who, "change.inspector", where, f"{key}: {row['inspector_id']}, not {who}")


def substitute(course: Course, place: Place, before: str | None) -> str | None:
    """Give an open place to a substitute (替换): as if drawn alone, by the latest roster less leave; null if nobody.

    The place has been taken from `before`, who is not eligible.
    """
    lottery = course.lottery(course.draw_of[place.visit], course.latest)
    eligible = [who for who in lottery.staff(place) if who != before and can_take(course, lottery, place, who)]
    if not eligible:
        return None
    who = lottery.least(place, eligible, course.held.load)
    course.held.put(place, who)
    return who


def can_take(course: Course, lottery: Lottery, place: Place, who: str) -> bool:
    """Tell whether somebody is eligible with all holdings of the moment (可否接替)."""
    return who in lottery.staff(place) and lottery.could_hold(
        place, who, course.held.halves.get((who, place.day), set())
    )


def follow_move(course: Course, rows: Sequence[Json], keys: Sequence[PlaceKey], where: str) -> list[str | None]:
    """Move a visit (改期): holders stay where eligible, the rest is substituted; over half replaced is sent back."""
    visit, start = keys[0][0], rows[0]["half_days"][0]
    want(visit not in course.moved, "change.moved_twice", where, visit)
    old = [course.places[key] for key in keys]
    want(start != old[0].halves[0], "change.same_half_day", where, start)
    new = list[Place]()
    for place, row in zip(old, rows, strict=True):
        whole = len(place.halves) == 2
        due = (f"{start[:10]}T1", f"{start[:10]}T2") if whole else (start,)
        want(row["half_days"] == [*due], "change.moved_half_days", where, row["half_days"])
        new.append(Place(visit=visit, office=place.office, number=place.number, halves=due, items=place.items))
    if course.this.real:
        want(start[:10] >= rows[0]["at"][:10], "change.moved_back", where, start)
        check_begins(new[:1], course.this.seconds[course.draw_of[visit]], where)
    before = [course.held.take(key) for key in keys]
    lottery = course.lottery(course.draw_of[visit], course.latest)
    stays = [bool(who) and can_take(course, lottery, place, str(who)) for place, who in zip(new, before, strict=True)]
    for place, who, stay in zip(new, before, stays, strict=True):
        course.places[place.key] = place
        if stay:
            course.held.put(place, str(who))
    team = sum(who is not None for who in before)
    course.moved.add(visit)
    if 2 * (team - sum(stays)) > team:
        for key in keys:
            course.held.take(key)
        course.sent_back.add(visit)
        return [None] * len(keys)
    found = list[str | None]()
    for place, who, stay in zip(new, before, stays, strict=True):
        found.append(who if stay else substitute(course, place, who))
    return found


# ---------------------------------------------------------------------------------------------------------------------
# Sections 3, 9: the log
# ---------------------------------------------------------------------------------------------------------------------

FROZEN = ("tasks.csv", "items.csv", "offices.csv", "rules.json", "registers.json")
STEP_OF = {
    "commitment": "commit",
    "reveal": "draw",
    "roster_commitment": "commit_roster",
    "reveal2": "match",
    "abandoned": "abandon",
    "abandoned2": "abandon",
}


def read_log(this: Round, audit: Folder) -> None:
    """Read the log and follow its chain (日志链): fields, numbers, times, each line's digest in the next."""
    want(audit.has("log.jsonl") or not this.real, "paths.missing", audit.where("log.jsonl"))
    previous, before = None, ""
    for number, line in enumerate(audit.lines("log.jsonl") if audit.has("log.jsonl") else (), 1):
        at = f"{audit.where('log.jsonl')}:{number}"
        entry = parse_json(line, at)
        check_form(entry, LOG, at)
        want(entry["seq"] == number, "log.seq", at, entry["seq"])
        want(entry["previous"] == previous, "log.previous", at, entry["previous"])
        want(entry["at"] >= before, "log.time", at, entry["at"])
        previous, before = sha256_hex(line), entry["at"]
        this.log.append(entry)
        this.log_digests.append(previous)


def fixed_outputs(this: Round, where: str) -> dict[str, tuple[int, str]]:
    """Return where each fixed file was put, and its digest (固定文件的写入): once, and named alike ever after."""
    found = dict[str, tuple[int, str]]()
    for number, entry in enumerate(this.log):
        at = f"{where}:{number + 1}"
        for path, digest in entry["outputs"].items():
            parts = path.split("/")
            if len(parts) > 2 and is_fixed(path, parts[1]):
                want(path not in found, "log.twice", at, path)
                found[path] = number, digest
        for path, digest in entry["inputs"].items():
            want(path not in found or found[path][1] == digest, "log.input", at, path)
    return found


def check_log(this: Round, audit: Folder, rounds: Sequence[Round]) -> None:
    """Check what the log says of a round's files, order, times and persons (日志)."""
    where = audit.where("log.jsonl")
    if not this.log:
        want(not this.real, "log.empty", where)
        this.report.unchecked.append((f"{this.name} 无日志", f"{this.name} has no log"))
        return
    put = fixed_outputs(this, where)
    files = {f"public/{this.name}/{name}": digest for name, digest in this.public.digests.items()}
    files |= {f"audit/{this.name}/{name}": digest for name, digest in audit.digests.items()}
    for path, digest in files.items():
        if is_fixed(path, this.name):
            want(path in put, "log.never_put", where, path)
            want(put[path][1] == digest, "log.digest", where, path)
    for number, entry in enumerate(this.log, 1):
        for path, digest in entry["outputs"].items():
            frozen = path in files and path.split("/")[-1] in FROZEN
            want(not frozen or files[path] == digest, "log.digest", f"{where}:{number}", path)
    for path in put:
        mine = path.split("/")[1] == this.name
        want(not mine or path in files, "log.gone", where, path)
    check_log_order(this, put, where)
    check_log_lists(this, where)
    if this.real:
        check_log_times(this, put, where)
        check_persons(this, put, where)
        check_overdue(this, put, rounds, where)


def public_path(this: Round, stem: str, number: int = 1) -> str:
    """Return the path of a public record below OUT (公开文件路径)."""
    return f"public/{this.name}/{stem}{suffix(number)}.json"


def check_log_order(this: Round, put: Mapping[str, tuple[int, str]], where: str) -> None:
    """Ask for the steps in their order and each record in its own step (步骤次序)."""
    for path, (number, _) in put.items():
        found = re.fullmatch(r"public/[^/]+/([a-z_]+2?)(-[0-9]+)?\.json", path)
        if found:
            step = this.log[number]["step"]
            want(step == STEP_OF[found[1]], "log.step", f"{where}:{number + 1}", f"{step}: {path}")
    chain = [public_path(this, "commitment"), public_path(this, "reveal")]
    for number in this.seconds:
        chain += [public_path(this, "roster_commitment", number)]
        chain += [public_path(this, "abandoned2" if number in this.abandoned2 else "reveal2", number)]
    seen = [(put[path][0], path) for path in chain if path in put]
    for before, after in itertools.pairwise(seen):
        want(before[0] < after[0], "log.order", where, after[1])
    commit, draw = put[public_path(this, "commitment")][0], put.get(public_path(this, "reveal"), (0, ""))[0]
    for path, (number, _) in put.items():
        if not path.startswith(f"audit/{this.name}/"):
            continue
        name = path.split("/", 2)[2]
        found = re.fullmatch(r"([a-z_]+)(?:-([0-9]+))?\.(csv|json)", name)
        if name.endswith("/order.csv"):
            want(number >= draw, "log.order", where, path)
        elif found and name not in ("roster-0.csv", "strata_keys.csv"):
            stem = "roster_commitment" if found[3] == "csv" else "reveal2"
            step = put.get(public_path(this, stem, int(found[2] or 1)), (len(this.log), ""))[0]
            want(number <= step if found[3] == "csv" else number >= step, "log.order", where, path)
        else:
            want(number <= commit, "log.order", where, path)


def check_log_lists(this: Round, where: str) -> None:
    """Ask that every step-in and change was entered in the log, one after the other (逐条入日志)."""
    steps = {"stepin", "record", "review", "substitute", "replan"}
    for stem in ("stepins", "changes"):
        rows, path, got = this.lists.get(stem, []), f"audit/{this.name}/{stem}.json", 0
        prefixes = prefix_digests(rows)
        for number, entry in enumerate(this.log):
            digest, at = entry["outputs"].get(path), f"{where}:{number + 1}"
            if digest is None:
                continue
            now = prefixes.get(digest, -1)
            want(now >= got, "log.list", at, path)
            want(now == got or entry["step"] in steps, "log.step", at, f"{entry['step']}: {path}")
            want(stem != "stepins" or now <= got + 1, "log.one_by_one", at, path)
            for row in rows[got:now]:
                want(not this.real or row["at"] <= entry["at"], "log.later", at, f"{path} #{row['no']}")
            got = now
        want(got == len(rows), "log.list_missing", where, f"{path} #{got + 1}")


def prefix_digests(rows: Sequence[Json]) -> dict[str, int]:
    """Return the digest of every beginning of a list as JSON, and how many records it has (各前段的摘要)."""
    sha, found = hashlib.sha256(b"["), {sha256_hex(b"[]"): 0}
    for number, row in enumerate(rows, 1):
        sha.update((b"," if number > 1 else b"") + canonical(row))
        whole = sha.copy()
        whole.update(b"]")
        found[whole.hexdigest()] = number
    return found


def check_log_times(this: Round, put: Mapping[str, tuple[int, str]], where: str) -> None:
    """Check the clock (时钟): nothing is committed before the last entry, or drawn before its sources were held."""
    stems = {"commitment": ("reveal", "abandoned"), "roster_commitment": ("reveal2", "abandoned2")}
    for file, commitment, _, reveal, abandoned in this.commitments():
        stem = "roster_commitment" if "number" in commitment else "commitment"
        number = commitment.get("number", 1)
        index = put[public_path(this, stem, number)][0]
        entry, time, at = this.log[index], commitment["committed_at"], f"{where}:{index + 1}"
        head = this.log_digests[index - 1] if index else None
        want(commitment["log"] == head, "log.head", at, f"{file} {commitment['log']}")
        want(not index or this.log[index - 1]["at"] <= time, "log.clock", at, f"{file} {time}")
        want(time <= entry["at"], "log.committed_after", at, f"{file} {entry['at']}")
        first = min(source["at"] for source in commitment["sources"])
        want(entry["at"] < first, "log.committed_late", at, f"{file} {entry['at']}")
        if reveal:
            drawn = this.log[put[public_path(this, stems[stem][0], number)][0]]
            want(drawn["at"] >= max(reveal["held"].values()), "log.drawn_early", where, f"{file} {drawn['at']}")
        if abandoned:
            entered = this.log[put[public_path(this, stems[stem][1], number)][0]]
            want(entered["at"] >= abandoned["at"], "log.abandoned_early", where, f"{file} {entered['at']}")
            want(
                abandoned["cancelled"] or entered["at"] < first, "log.abandoned_late", where, f"{file} {entered['at']}"
            )


def check_persons(this: Round, put: Mapping[str, tuple[int, str]], where: str) -> None:
    """Ask for different persons (不相容职责): commit and draw, roster and match, step-ins and keys."""

    def clerk(stem: str, number: int = 1) -> str | None:
        path = public_path(this, stem, number)
        return str(this.log[put[path][0]]["who"]) if path in put else None

    want(clerk("commitment") != clerk("reveal"), "persons.draw", where, clerk("reveal"))
    for number in this.seconds:
        same = clerk("roster_commitment", number) == clerk("reveal2", number)
        want(not same, "persons.match", where, clerk("reveal2", number))
    for one in this.lists.get("stepins", ()):
        for name in ("by", "reviewed_by"):
            known = one[name] in (clerk("commitment"), clerk("reveal"))
            want(not known, "persons.stepin", f"{where} stepins.json #{one['no']}", one[name])


def check_overdue(this: Round, put: Mapping[str, tuple[int, str]], rounds: Sequence[Round], where: str) -> None:
    """Ask that whatever was due before a commitment had been drawn before it (先抽完再承诺), by the log."""
    for file, after, _, _, _ in this.commitments():
        stem = "roster_commitment" if "number" in after else "commitment"
        index = put[public_path(this, stem, after.get("number", 1))][0]
        for other in rounds:
            for _, before, _, reveal, _ in other.commitments() if other.real else ():
                due = max(source["at"] for source in before["sources"]) < after["committed_at"]
                kind = "reveal2" if "number" in before else "reveal"
                path = public_path(other, kind, before.get("number", 1))
                late = due and reveal and path in put and put[path][0] > index
                want(not late, "chain.overdue_then", file, path)


def check_one_log(rounds: Sequence[Round]) -> None:
    """Ask that logs with one beginning are one log (同一日志), copied earlier or later."""
    for one, two in itertools.combinations([this for this in rounds if this.log], 2):
        if one.log_digests[0] == two.log_digests[0] and one.audit and two.audit:
            length = min(len(one.log), len(two.log))
            same = one.log_digests[:length] == two.log_digests[:length]
            want(same, "log.forked", two.audit.where("log.jsonl"), one.audit.where("log.jsonl"))


# ---------------------------------------------------------------------------------------------------------------------
# Every condition by its name: section of the protocol, words (核验条件)
# ---------------------------------------------------------------------------------------------------------------------

RULES: dict[str, tuple[str, str, str]] = {
    name: (section, zh, en)
    for name, section, zh, en in (
        line.split(" | ")
        for line in """\
crash | 10 | 文件无法按规程读出 | cannot be read as the protocol says
paths.folder | 10 | 不是文件夹 | not a folder
paths.nothing | 10 | 没有任何一轮的文件 | holds no round's files
paths.audit_alone | 10 | 审计文件夹旁缺少公开部分 | an auditor's folder without ../../public/<round> beside it
paths.pair | 10 | 只有审计部分而无公开部分 | an auditor's part without its public part
paths.round | 10 | 承诺文件不在以轮次命名的文件夹内 | a commitment outside a folder named after its round
paths.link | 10 | 是链接，只许普通文件 | a link; only regular files are allowed
paths.special | 10 | 不是普通文件（管道、设备等） | not a regular file (a pipe, a device or the like)
paths.name | 10 | 文件名不合规程 | a file name that is not plain
paths.deep | 10 | 文件夹层数过多 | folders too deep
paths.missing | 10 | 文件缺失 | file is missing
paths.huge | 10 | 文件过大 | larger than any file of the protocol
paths.sparse | 10 | 是稀疏文件 | a sparse file
paths.changed | 10 | 读取时文件被改动 | changed while it was read
paths.secret | 9 | 不得公开的文件 | a file that must not be public
paths.module | 10 | 核验程序旁有其他程序文件 | a program file beside the verifier
paths.not_protocol | 10 | 文件名貌似规程文件而不是 | named like a file of the protocol, but none of it
paths.other_copy | 10 | 与公开的同名记录不同 | differs from the public record of the same name
paths.reveal_result | 6 | 揭晓与结果须同时存在 | reveal.json and result.json belong together
json.parse | 0 | 不是 JSON | not JSON
json.canonical | 0 | 不是规范 JSON | not canonical JSON
json.integer | 0 | 整数超出 ±(2^53−1) | integer beyond ±(2^53−1)
json.number | 0 | 不许小数 | a number that is no integer
json.bool | 0 | 不许 true、false | true or false is not allowed
json.control | 0 | 含控制字符 | control character
csv.header | 0 | 表头不符 | another header
csv.end | 0 | 末行未以 LF 结束 | last row is not ended by LF
csv.parse | 0 | 不是 UTF-8 的 CSV | not CSV in UTF-8
csv.control | 0 | 含控制字符 | control character
csv.canonical | 0 | 引号不合 RFC 4180 的最少要求 | quotes that RFC 4180 does not need
csv.columns | 0 | 列数不符 | another number of columns
csv.cell | 0 | 单元格不合格式 | a cell not of its form
csv.order | 0 | 行未排序 | rows out of order
csv.twice | 0 | 同一行出现两次 | a row twice
fields.object | 0 | 不是对象 | not an object
fields.list | 0 | 不是列表 | not a list
fields.unknown | 0 | 多出字段 | a field that is not of the protocol
fields.missing | 0 | 缺少字段 | a field is missing
fields.value | 0 | 字段值不合格式 | a value not of its form
fields.sorted | 0 | 未排序或重复 | out of order, or twice
manifest.missing | 9 | 清单所列文件缺失 | listed in the manifest, but missing
manifest.unlisted | 9 | 文件不在清单中 | not listed in the manifest
manifest.itself | 9 | 清单不得列出清单、凭证及凭证文件 | a manifest lists neither itself nor anchors and their files
manifest.size | 9 | 大小与清单不符 | size differs from the manifest
manifest.digest | 9 | 摘要与清单不符 | digest differs from the manifest
manifest.sequence | 9 | 清单序号不符 | manifest's sequence
manifest.previous | 9 | 首份清单以外须有前一摘要 | previous is null in the first manifest alone
manifest.reason | 9 | 首份清单以外须有缘由 | reason is null in the first manifest alone
manifest.round | 9 | 清单属于别的轮次 | manifest of another round
manifest.earlier | 9 | 以前的清单缺失或多出 | earlier manifests missing or too many
manifest.chain | 9 | 清单链断开 | chain of manifests is broken
manifest.rewritten | 9 | 只写一次的文件后来改动或消失 | a file that is put once was changed or taken away later
anchors.file | 9 | 凭证文件缺失 | file of an anchor is missing
anchors.hides | 9 | 凭证文件冒用规程文件名 | an anchor names a file of the protocol
anchors.digest | 9 | 凭证的摘要不是本轮任何记录的 | an anchor's digest is that of no record here
anchors.early | 9 | 凭证早于其所证 | an anchor older than what it shows
commitment.round | 3 | 属于别的轮次 | of another round
commitment.tasks | 3 | 没有任务 | no tasks
commitment.cause | 3 | 增补轮次须有缘由，其余须为空 | an extra round has a cause, any other null
commitment.evidence | 3 | 证据日晚于承诺 | evidence is later than the commitment
commitment.posted | 3 | 公告所载摘要不是该承诺的 | a notice shows another digest than its commitment's
commitment.software | 3 | 公布的 verify.py 不是承诺的 | the published verify.py is not the committed one
task.disclosure | 3 | 公开任务须事前公布，其余不得 | before for open tasks, and for them alone
task.group | 5 | 以 task. 开头的组名只属该任务自己 | a group that begins with task. is that task's own
task.sample | 2 | 抽取数须至少为 1 | sample is at least 1
task.sizes | 2 | 抽取与备选之和超过抽样框 | sample and reserve exceed the frame
task.shared_group | 5 | 公开任务与非公开任务同组 | open and sealed tasks share a group
chain.sequence | 3 | 真实承诺的序号从 1 起 | a real commitment's sequence is from 1
chain.previous_null | 3 | 仅第 1 号的前一承诺为空 | previous is null at sequence 1 alone
chain.second_round | 3 | 同一轮次有两份承诺 | two commitments of one round
chain.key_twice | 3 | 两轮共用密钥 | two rounds with one key
chain.letter | 3 | 增补轮次字母次序不符 | letters of extra rounds out of order
chain.fork | 3 | 同一序号有两份承诺 | two commitments with one sequence
chain.gap | 3 | 序号中断 | a sequence is missing
chain.previous | 3 | 与前一承诺未相接 | does not follow the commitment before it
chain.clock | 3 | 时钟早于前一承诺 | the clock stands before the commitment before it
chain.overdue | 3 | 此前的承诺逾期未抽也未放弃 | an earlier commitment was overdue, neither drawn nor abandoned
chain.overdue_then | 3 | 承诺时此前的一份逾期未抽也未放弃 | when this was committed, an earlier one was overdue
rehearsal.sequence | 3 | 演练的序号为 0 | a rehearsal's sequence is 0
rehearsal.previous | 3 | 演练的前一承诺为空 | a rehearsal's previous is null
rehearsal.log | 3 | 演练的日志头为空 | a rehearsal's log is null
rehearsal.committed_at | 3 | 演练的承诺时间为当月首日零时 | a rehearsal is committed on the month's first day, 00:00
abandoned.round | 3 | 属于别的轮次 | of another round
abandoned.commitment | 3 | 属于别的承诺 | of another commitment
abandoned.source | 3 | 所称取消的信源不在其中 | the cancelled source is none of its own
abandoned.cancelled | 3 | 名册承诺仅因信源取消而放弃 | a roster commitment is abandoned for a cancelled source alone
abandoned.drawn | 3 | 已抽取者不得放弃 | drawn, so it cannot be abandoned
abandoned.early | 3 | 放弃早于承诺 | abandoned before it was committed
abandoned.late | 3 | 首个信源之后不得放弃 | abandoned after its first source
source.none | 4 | 没有信源 | no sources
source.name | 4 | 信源重名 | two sources of one name
source.range | 4 | low 须小于 high | low is less than high
source.high | 4 | high 须小于 2^31 | high is less than 2^31
source.count | 4 | 个数须至少为 1 | count is at least 1
source.number | 4 | 单值须为 number | one value is a number, and a number is one value
source.set | 4 | 个数超过取值范围 | a set with more values than there are
source.order | 4 | 信源未按时间排列 | sources out of the order of time
source.bits | 4 | 信源合计不足 40 位 | sources hold fewer than 40 bits
source.last_bits | 4 | 末次信源不足 20 位 | the last event holds fewer than 20 bits
source.interval | 4 | 承诺与首个信源相隔不足 24 小时 | less than 24 hours between commitment and first source
source.two_outcomes | 4 | 同一期号在两轮有不同结果或时间 | one issue with two outcomes or times
source.reused | 4 | 同一期号在本轮用了两次 | an issue serves twice in the round
reveal.round | 4 | 属于别的轮次 | of another round
reveal.commitment | 4 | 属于别的承诺 | of another commitment
reveal.values | 4 | 值与信源不一一对应 | values of other sources
reveal.held | 4 | 开奖时间与信源不一一对应 | times of other sources
reveal.held_early | 4 | 开奖早于公告时间，本轮无效 | held before its time: the round is void
reveal.count | 4 | 值的个数不符 | another number of values
reveal.range | 4 | 值超出范围 | a value out of range
reveal.set | 4 | 集合未排序或重复 | a set unsorted, or with a value twice
reveal.key_string | 4 | 密钥串不符 | key string differs
reveal.seed | 4 | 种子不符 | seed differs
key.form | 3 | 密钥须为 64 位十六进制、无换行 | the key is 64 hex digits without a line end
key.digest | 3 | 密钥与承诺不符 | the key is not the committed one
inputs.form | 0 | 不是“路径：摘要”的对象 | not an object of paths and digests
inputs.digest | 3 | 与承诺的摘要不符 | differs from the committed digest
inputs.tasks | 9 | 任务与承诺不符 | tasks differ from the commitment
inputs.roster | 3 | 首份名册与承诺不符 | first roster is not the committed one
strata.keys_tasks | 2 | 层名表的任务不符 | stratum names of other tasks
strata.keys | 2 | 层名次序不由密钥而定 | names of strata are not in the order of the key
strata.keys_twice | 2 | 同一层列了两次 | a stratum stands twice
strata.keys_table | 2 | 层表与层名表不符 | strata table and stratum names differ
strata.digest | 2 | 层表与承诺不符 | strata table is not the committed one
strata.sum_units | 3 | 各层对象数之和不符 | units of the strata do not add up
strata.sum_sample | 3 | 各层抽取数之和不符 | samples of the strata do not add up
strata.sum_reserve | 3 | 各层备选数之和不符 | reserves of the strata do not add up
strata.open_one | 1 | 公开任务只有一层 s1 | an open task has the one stratum s1
strata.open_equal | 1 | 公开任务规模须相等 | an open task has equal sizes
frame.row | 2 | 抽样框的行不合格式 | a row not of the form of a frame
frame.order | 2 | 对象未排序或重复 | units out of order, or twice
frame.salt | 2 | 盐不符 | salt differs
frame.L_range | 2 | L 大于 2^53 | L is greater than 2^53
frame.stratum | 2 | 层不在层表中 | a stratum that the strata table does not have
frame.root | 2 | 抽样框的根不符 | root of the frame differs
frame.units | 3 | 抽样框对象数与承诺不符 | number of units is not the committed one
frame.case | 0 | 对象标识仅大小写不同 | two units differ by case alone
frame.uscc | 0 | 统一社会信用代码须大写 | a credit code stands in upper case
frame.not_open | 9 | 公开文件夹内有非公开任务的文件 | a file of no open task among the open frames
frame.no_task | 3 | 不属于任何任务的文件 | no file of a task of the commitment
frame.public_copy | 9 | 公开的抽样框与审计部分不同 | open frame differs from the auditor's
excluded.row | 2 | 排除名单的行不合格式 | a row not of the form of an excluded list
excluded.order | 2 | 对象未排序或重复 | units out of order, or twice
excluded.framed | 2 | 对象同在抽样框与排除名单 | a unit both framed and excluded
excluded.count | 3 | 各缘由的排除数与承诺不符 | counts by reason are not the committed ones
excluded.root | 2 | 排除名单的根不符 | root of the excluded list differs
excluded.none | 2 | 无排除时其根为 H(空) | without excluded units their root is H(empty)
stratum.units | 2 | 层内对象数不符 | number of units of the stratum
stratum.sample | 2 | 抽取数须在 1 与层内对象数之间 | sample is from 1 to the units of the stratum
stratum.reserve | 2 | 抽取与备选之和超过层内对象数 | sample and reserve exceed the stratum
stratum.size_total | 2 | 规模之和不符 | sum of sizes differs
stratum.size_large | 2 | 规模超过 2^53/N | a size greater than 2^53/N
stratum.size_ratio | 2 | 最大规模超过最小的一百万倍 | largest size over a million times the smallest
stratum.large_n | 2 | 超过 2,000 个不等规模对象的层，n 须至少 20 | over 2,000 unequal units need n of 20
stratum.large_half | 2 | 超过 2,000 个不等规模对象的层，概率不得过半 | over 2,000 unequal units allow no pi over 1/2
stratum.not_adjusted | 2 | 该层不应校正 | this stratum is not to be adjusted
stratum.certainty | 2 | 必抽对象的 L 须为 2^53 | L of a certainty unit is 2^53
stratum.L_one | 2 | 非必抽对象的 L 须小于 2^53 | L of any other unit is less than 2^53
stratum.L | 2 | L 不符 | L differs
stratum.realised | 2 | 校正后的概率不是所要的 | adjusted L does not realise the wanted probability
order.undrawn | 6 | 尚未抽取而有次序 | an order before the draw
order.row | 6 | 抽取次序、备选或签号不符 | order, reserve or number differs
result.round | 6 | 属于别的轮次 | of another round
result.commitment | 6 | 属于别的承诺 | of another commitment
result.seed | 6 | 种子与揭晓不同 | seed differs from the reveal
result.tasks | 6 | 任务与承诺不符 | tasks differ from the commitment
result.open | 6 | 公开任务须公布名单 | an open task shows its list
result.never | 6 | 该任务的名单不得公布 | this task's list is never shown
result.sample | 6 | 名单数与承诺不符 | the list has another length than committed
result.drawn | 6 | 公布名单与抽取不符 | the published list is not what is drawn
result.digest | 6 | 名单摘要与抽取不符 | the list's digest is not that of what is drawn
stepin.before_draw | 6 | 抽取之前不得递补 | a step-in before the draw
stepin.no | 6 | 递补未连续编号 | step-ins are not numbered one by one
stepin.time | 6 | 递补时间倒退或早于抽取 | a step-in's time falls, or is before the draw
stepin.persons | 6 | 记录与复核为同一人 | recorded and reviewed by one person
stepin.stratum | 6 | 没有这一任务或层 | no such task or stratum
stepin.out | 6 | 被替者未被抽中也未递补 | who is replaced was neither drawn nor stepped in
stepin.out_twice | 6 | 同一对象被替两次 | a unit is replaced twice
stepin.in | 6 | 递补者不是次序中的下一个 | who steps in is not the next of the order
calendar.halves | 7 | 岗位超过两个半天 | a place of more than two half-days
calendar.whole_day | 7 | 两个半天须为同日上下午 | two half-days are morning and afternoon of one day
calendar.one_day | 7 | 一次检查的岗位不在同一天 | places of a visit on different days
calendar.one_start | 7 | 一次检查的岗位不同时开始 | places of a visit begin in different half-days
calendar.places | 7 | 岗位未从 1 连续编号 | places are not numbered from 1
calendar.ordinals | 7 | 检查序号未从 1 连续 | visits are not numbered from 1
calendar.ordinal_order | 7 | 检查序号未按首个半天排列 | visits are not numbered by first half-day
calendar.too_early | 7 | 岗位早于末次信源 | a place begins before the last source
calendar.not_drawn | 7 | 检查的对象未被抽中 | a visited unit was not drawn
calendar.items_other | 7 | 检查事项不属于本轮任何任务 | an item of no task of the round
calendar.items_missing | 7 | 抽中对象的事项既未排定也未列为未排 | items of a drawn unit neither planned nor unheld
unheld.not_drawn | 7 | 未排名单的任务未抽中该对象 | unheld for a task that did not draw the unit
roster.numbers | 7 | 名册承诺未连续编号 | roster commitments are not numbered one by one
roster.before_draw | 7 | 抽取之前的名册承诺 | a roster commitment before the draw
roster.without | 7 | 没有与之相应的名册承诺或揭晓 | without its roster commitment or reveal
roster.number | 7 | 编号与文件名不符 | number differs from the file's name
roster.commitment | 7 | 属于别的承诺 | of another commitment
roster.agency | 7 | 机关与第一次承诺不同 | another agency than the first commitment
roster.sequence | 3 | 序号不大于此前的承诺 | sequence is not after the commitment before it
roster.hash | 7 | 摘要算法与第一次承诺不同 | another hash than the first commitment
roster.rehearsal | 7 | 演练与否与第一次承诺不同 | rehearsal or not, unlike the first commitment
roster.round | 7 | 属于别的轮次 | of another round
roster.unfinished | 7 | 前一次名册承诺未抽也未放弃 | the roster commitment before was neither drawn nor abandoned
roster.supplements | 7 | 补充抽取超过两次 | more than two supplements
roster.too_early | 7 | 早于此前抽取的末次信源 | before the last source of the draw before it
roster.before_abandoned | 7 | 早于前一次的放弃 | before the one before was abandoned
roster.digest | 7 | 与名册承诺不符 | is not what the roster commitment binds
roster.twice | 7 | 同一人员列了两次 | an inspector stands twice
roster.dates | 7 | 任职截止早于起始 | until is before from
roster.changes | 7 | 名册变动与名册不符 | changes of the roster are not those between the rosters
roster.drawn | 7 | 检查人员与抽取不符 | inspectors are not those that are drawn
roster.sent_back | 7 | 退回的检查不符 | visits sent back differ
supplement.visit | 7 | 补充抽取只收退回的与递补的检查 | a supplement takes visits sent back and of step-in units alone
change.no | 7 | 变动未连续编号 | changes are not numbered one by one
change.time | 7 | 变动时间倒退 | a change's time falls
change.persons | 7 | 记录与复核为同一人 | entered and reviewed by one person
change.half_days | 7 | 半天为空、未排序或重复 | half-days empty, unsorted or twice
change.place | 7 | 请假不写岗位，其余须写 | leave names no place, everything else does
change.leave | 7 | 请假须写人员 | leave names who is absent
change.leave_unknown | 7 | 请假者不在名册 | leave of somebody in no roster
change.leave_out | 7 | 请假的 out 为空 | out of a leave is null
change.cancelled | 7 | 取消的人员为空 | a cancelled place has nobody
change.while_waiting | 7 | 承诺与抽取之间只许请假 | between roster commitment and draw only leave is entered
change.visit | 7 | 没有这次检查 | no such visit
change.no_place | 7 | 没有这一岗位 | no such place
change.whole_team | 7 | 须按次序列出该次检查的全部岗位 | all places of the visit, in their order
change.together | 7 | 同一变动各行的时间、人员、凭证、事由不一 | rows of one change differ
change.after_cancelled | 7 | 检查已取消 | the visit is cancelled
change.after_sent_back | 7 | 检查已退回 | the visit is sent back
change.out | 7 | 原人员不符 | the holder before is another
change.half_days_other | 7 | 半天不是该岗位的 | half-days are not the place's
change.inspector | 7 | 接替人员不是按规程所定 | the inspector is not the one that the rule gives
change.moved_twice | 7 | 检查改期两次 | a visit is moved twice
change.same_half_day | 7 | 改到同一半天 | moved to the same half-day
change.moved_half_days | 7 | 改期后的半天不合规程 | half-days after the move are not of the rule
change.moved_back | 7 | 改到已过的日子 | moved to a day that is past
log.empty | 9 | 日志为空 | the log is empty
log.seq | 9 | 日志未连续编号 | log lines are not numbered one by one
log.previous | 9 | 日志链断开 | chain of the log is broken
log.time | 9 | 日志时间倒退 | time falls in the log
log.twice | 9 | 固定文件写了两次 | a fixed file was put twice
log.input | 9 | 所用文件与写入的不同 | a step used another file than was put
log.never_put | 9 | 日志未记写入 | the log does not know it
log.digest | 9 | 与日志所记摘要不符 | differs from what the log names
log.gone | 9 | 日志所记文件已不在 | the log names it, but it is gone
log.step | 9 | 不是该步骤的文件 | put by another step than its own
log.order | 9 | 步骤次序不符 | steps out of order
log.list | 9 | 日志所记不是其前段 | the log names something that is not its beginning
log.one_by_one | 6 | 递补须逐条入日志 | step-ins enter the log one by one
log.later | 9 | 记录晚于其日志 | a record is later than its log line
log.list_missing | 9 | 记录未入日志 | a record is not in the log
log.head | 3 | 承诺的日志头不是其前一行 | log head of the commitment is not that of the line before it
log.clock | 3 | 承诺早于日志上一行 | committed before the last line of the log
log.committed_after | 3 | 承诺晚于其日志 | committed later than its log line
log.committed_late | 3 | 首个信源之后才记入日志 | entered after its first source
log.drawn_early | 4 | 开奖之前已抽取 | drawn before its sources were held
log.abandoned_early | 3 | 放弃晚于其日志 | abandoned later than its log line
log.abandoned_late | 3 | 首个信源之后才记入放弃 | abandonment entered after the first source
log.forked | 9 | 两轮的日志分叉 | logs of two rounds part
persons.draw | 3 | 承诺与抽取为同一人 | one person committed and drew
persons.match | 9 | 名册承诺与人员抽取为同一人 | one person committed the roster and drew from it
persons.stepin | 6 | 递补的记录或复核人经手密钥与次序 | who recorded or reviewed a step-in held key or order
extra.framed_again | 3 | 增补轮次重复抽样框中的对象 | an extra round frames a unit again for an item it shares
registers.missing | 10 | 登记表未寄存 | a register was not deposited
registers.digest | 10 | 寄存的登记表与承诺不符 | deposited register is not the committed one
registers.rule | 10 | 寄存的规则与承诺不符 | deposited rule is not the committed one
registers.tasks | 10 | 登记表中本轮的任务与承诺不符 | the round's tasks in the register are not the committed ones
registers.task | 10 | 登记表中的任务与承诺不符 | a task in the register differs from the committed one
registers.order | 10 | 登记表未按标识排序或有重复 | units of the register out of order, or twice
population.left_out | 10 | 在范围内，却既未入框也未排除 | in the population, yet neither framed nor excluded
population.outside | 10 | 不在范围内，却入框或排除 | not in the population, yet framed or excluded
population.region | 10 | 对象所在区不是其层的区 | a unit of another region than its stratum's
registers.column | 10 | 登记表缺列 | a column is missing
registers.unit | 10 | 对象不在登记表中 | a unit is not in the register
registers.inspector | 10 | 人员不在登记表中 | an inspector is not in the register
""".splitlines()
    )
}


# ---------------------------------------------------------------------------------------------------------------------
# Section 3: extra rounds; section 10: deposited registers
# ---------------------------------------------------------------------------------------------------------------------


def check_extra_rounds(rounds: Sequence[Round], report: Report) -> None:
    """Ask that no unit of a drawn round is framed again in the month for an item it shares (增补轮次)."""
    months = defaultdict[str, list[Round]](list)
    for this in rounds:
        if this.real:
            months[this.name[:7]].append(this)
    for month, found in sorted(months.items()):
        extra = [this for this in found if len(this.name) > 7]
        seen = any(this.framed for this in found)
        if extra and (len(found) == 1 or not seen):
            zh = f"{month} 增补轮次是否重复抽样框中的对象"
            report.unchecked.append((zh, f"{month}: whether the extra round frames units again"))
        for before, after in itertools.combinations(sorted(found, key=lambda this: this.name), 2):
            if before.reveal is None or not before.framed or not after.framed:
                continue
            for (old, units), (new, others) in itertools.product(before.framed.items(), after.framed.items()):
                if before.items[old] & after.items[new]:
                    again = sorted({*units} & {*others})
                    where = f"{after.public.label} {new}"
                    want(not again, "extra.framed_again", where, f"{before.name} {old}: {again[:1]}")


def check_registers(rounds: Sequence[Round], deposited: Path, report: Report) -> None:
    """Compare the deposited registers with registers.json (寄存的登记表), and the frames with the register of units."""
    files = walk(deposited.resolve(), "registers")
    folder = Folder(deposited.resolve(), "registers")
    for this in rounds:
        if this.audit is None:
            continue
        kinds = this.audit.json("registers.json")
        for kind, digest in sorted(kinds.items()):
            name = f"{kind}.csv"
            want(name in files, "registers.missing", folder.where(name), this.name)
            want(digest_of(folder, name, this) == digest, "registers.digest", folder.where(name), this.name)
        rules = this.audit.json("rules.json")
        for path, digest in sorted(rules.items()):
            name = f"rules/{path}"
            if name in files:
                want(digest_of(folder, name, this) == digest, "registers.rule", folder.where(name), this.name)
        known = column(folder, "entities.csv", "unit_id") if "entities" in kinds else None
        for task, units in this.framed.items():
            where = this.audit.where(f"tasks/{task}/frame.csv")
            other = [unit.decode() for unit in units if known is not None and unit.decode() not in known]
            want(not other, "registers.unit", where, " ".join(other[:1]))
        people = column(folder, "inspectors.csv", "inspector_id") if "inspectors" in kinds else None
        for row in this.tables["roster-0.csv"]:
            good = people is None or row["inspector_id"] in people
            want(good, "registers.inspector", this.audit.where("roster-0.csv"), row["inspector_id"])
        zh = f"{this.name} 寄存的 {len(kinds)} 份登记表"
        report.checked.append((zh, f"{this.name}: {len(kinds)} deposited registers"))
        check_populations(this, this.audit, folder, {*kinds}, report)
    zh = "排除的缘由、各对象的类别与规模、各层抽取数未由登记表与规则重建"
    en = "reasons of exclusion, classes and sizes of units, and samples of strata were not built again from registers"
    report.unchecked.append((zh, f"{en} and rules"))


# Columns of the register of units that are no plain text: by them a population's condition is read.
NUMBERS = {"lon", "lat", "capital", "employees", "paid_capital"}
DATES = {"approved", "capital_due", "established", "last_annual_report", "licence_until"}
TRUTHS = {"above_scale"}
LISTS = {"tags"}
CLAUSE = re.compile(r"\s*([a-z_][a-z_0-9]*)\s*(!=|\^=|>=|<=|=)\s*(.+?)\s*")
Cells = list[str]
Condition = Callable[[Cells], bool]


def check_populations(this: Round, audit: Folder, folder: Folder, kinds: set[str], report: Report) -> None:
    """Build each task's population again (重建抽查对象范围) from the deposited tasks and units, 2.1.

    Whoever fulfils the task's condition is framed or excluded, and nobody else; a stratum of a region holds units of
    that region alone. What the register of tasks says of a committed task must be what was committed.
    """
    header, tasks = deposited(folder, "tasks.csv") if "tasks" in kinds else ([], iter(()))
    if not {"task_id", "round", "population"} <= {*header} or "entities" not in kinds:
        zh = f"{this.name} 抽查对象范围未重建：寄存的登记表没有任务的范围"
        report.unchecked.append(
            (zh, f"{this.name}: populations were not built again, the registers hold no conditions")
        )
        return
    rows = [dict(zip(header, cells, strict=True)) for cells in tasks]
    own = {row["task_id"]: row for row in rows if row["round"] == this.name}
    other = " ".join(sorted({*own} ^ {*this.tasks}))
    want({*own} == {*this.tasks}, "registers.tasks", folder.where("tasks.csv"), other)
    for name, row in own.items():
        check_registered_task(this, this.tasks[name], row, f"{folder.where('tasks.csv')} {name}")
    names, _ = deposited(folder, "entities.csv")
    walks = list[Population]()
    for name, row in own.items():
        condition = condition_of(row["population"], names, folder.where("entities.csv"))
        if condition is None:
            text = f"{this.name} {name} {row['population']}"
            report.unchecked.append((f"{text}：范围的条件读不懂", f"{text}: the condition could not be read"))
        else:
            walks.append(Population(this, audit, name, condition))
    follow_populations(walks, folder)
    done = " ".join(one.name for one in walks)
    report.checked.append((f"{this.name} 抽查对象范围：{done}", f"{this.name}, populations built again: {done}"))


def check_registered_task(this: Round, task: Json, row: Row, where: str) -> None:
    """Ask that a committed task is as registered (任务与登记表一致): items, access, disclosure, where they are said."""
    due = {"access": task["access"], "disclosure": task["disclosure"]}
    for name, value in due.items():
        want(row.get(name, "") in ("", value), "registers.task", f"{where} {name}", f"{row.get(name)}, not {value}")
    items = {*row.get("items", "").split()}
    want(not items or items == this.items[task["task_id"]], "registers.task", f"{where} items", " ".join(sorted(items)))


class Population:
    """One task's framed and excluded units in order (范围的一遍对照), beside the register of units."""

    def __init__(self, this: Round, audit: Folder, name: str, fulfils: Condition) -> None:
        self.name, self.fulfils, self.where = name, fulfils, audit.where(f"tasks/{name}")
        frame, excluded = (audit.lines(f"tasks/{name}/{file}.csv") for file in ("frame", "excluded"))
        next(frame), next(excluded)
        self.members = heapq.merge(
            ((line.split(b",", 2)[0], line.split(b",", 2)[1].decode()) for line in frame),
            ((line.split(b",", 1)[0], "") for line in excluded),
        )
        keys = this.tables["strata_keys.csv"]
        found = {row["stratum"]: re.search(r"-([0-9]{6})$", row["key"]) for row in keys if row["task_id"] == name}
        self.regions = {stratum: region[1] for stratum, region in found.items() if region}
        self.next = next(self.members, None)

    def meet(self, unit: bytes, cells: Cells, region: str) -> None:
        """Compare one unit of the register (逐户对照)."""
        text = unit.decode()
        while self.next and self.next[0] < unit:
            raise Difference("population.outside", self.where, self.next[0].decode())
        mine = self.next if self.next and self.next[0] == unit else None
        if self.fulfils(cells):
            want(mine, "population.left_out", self.where, text)
        else:
            want(not mine, "population.outside", self.where, text)
        if mine:
            due = self.regions.get(mine[1], region)
            want(due == region, "population.region", self.where, f"{text}: {region}, not {due}")
            self.next = next(self.members, None)

    def end(self) -> None:
        """Ask that nobody is left (无剩余): each framed or excluded unit stands in the register."""
        want(not self.next, "population.outside", self.where, self.next and self.next[0].decode())


def follow_populations(walks: Sequence[Population], folder: Folder) -> None:
    """Walk the register of units once (遍历检查对象名录), all populations beside it."""
    header, rows = deposited(folder, "entities.csv")
    where, before = folder.where("entities.csv"), b""
    at, place = header.index("unit_id"), header.index("region") if "region" in header else None
    for cells in rows:
        unit = cells[at].encode()
        want(unit > before, "registers.order", where, cells[at])
        before = unit
        for walk in walks:
            walk.meet(unit, cells, "" if place is None else cells[place])
    for walk in walks:
        walk.end()


def condition_of(text: str, header: Cells, where: str) -> Condition | None:
    """Return a population's condition (抽查对象范围的条件), None where it cannot be read.

    Clauses joined by `;`, all must hold: `column op value[,value...]` with `=`, `!=`, `^=` (begins with), `>=`, `<=`;
    `*` is everybody. A blank cell fulfils only `!=`.
    """
    if text.strip() == "*":
        return lambda cells: True
    clauses = list[Condition]()
    for part in re.split("[;；]", text):
        if not part.strip():
            continue
        found = CLAUSE.fullmatch(part.replace("＝", "=").replace("≥", ">=").replace("≤", "<="))
        if found is None:
            return None
        name, sign, values = found[1], found[2], [v.strip() for v in re.split("[,，、]", found[3]) if v.strip()]
        want(name in header, "registers.column", where, name)
        clause = clause_of(name, sign, values, header.index(name))
        if clause is None:
            return None
        clauses.append(clause)
    return (lambda cells: all(clause(cells) for clause in clauses)) if clauses else None


def clause_of(name: str, sign: str, values: Sequence[str], at: int) -> Condition | None:
    """Return one clause (一个条件) on the cell at a place, by what kind of column it is; None where it has no sense."""
    if sign == "^=":
        return lambda cells: cells[at].startswith(tuple(values))
    kind: Callable[[str], Any] = str
    if name in NUMBERS:
        kind = float
    elif name in TRUTHS:
        kind = {"true": "1", "yes": "1", "1": "1", "是": "1", "false": "0", "no": "0", "0": "0", "否": "0"}.get
    try:
        wanted = [kind(value.lower() if name in TRUTHS else value) for value in values]
    except ValueError:
        return None
    if None in wanted or (name in DATES and not all(map(is_day, values))):
        return None
    if sign in (">=", "<="):
        if name not in NUMBERS | DATES or len(wanted) != 1:
            return None
        bound = wanted[0]
        if sign == ">=":
            return lambda cells: cells[at] != "" and kind(cells[at]) >= bound
        return lambda cells: cells[at] != "" and kind(cells[at]) <= bound
    read: Callable[[str], set[Any]] = (lambda cell: {*cell.split()}) if name in LISTS else (lambda cell: {cell})
    if name in NUMBERS:
        read = lambda cell: {float(cell)} if cell else set()  # noqa: E731 - a reader like the two above
    some = {*wanted}
    if sign == "=":
        return lambda cells: not some.isdisjoint(read(cells[at]))
    return lambda cells: some.isdisjoint(read(cells[at]))


def deposited(folder: Folder, name: str) -> tuple[Cells, Iterator[Cells]]:
    """Return header and rows of a deposited register (寄存登记表), read as they come."""
    rows = csv.reader((line.decode() + "\n" for line in folder.lines(name)), strict=True)
    header = next(rows, [])

    def cells() -> Iterator[Cells]:
        for number, row in enumerate(rows, 2):
            want(len(row) == len(header), "csv.columns", f"{folder.where(name)}:{number}", len(row))
            yield row

    return header, cells()


def digest_of(folder: Folder, name: str, this: Round) -> str:
    """Return a large file's digest in a round's hash (大文件摘要)."""
    if this.first["hash"] == "sm3":
        return this.h(b"".join(folder.blocks(name))).hex()
    sha = hashlib.sha256()
    for block in folder.blocks(name):
        sha.update(block)
    return sha.hexdigest()


def column(folder: Folder, name: str, wanted: str) -> set[str]:
    """Return the values of one column of a deposited register (登记表的一列)."""
    header, rows = deposited(folder, name)
    want(wanted in header, "registers.column", folder.where(name), wanted)
    place = header.index(wanted)
    return {row[place] for row in rows}


# ---------------------------------------------------------------------------------------------------------------------
# Section 10: all checks in their order
# ---------------------------------------------------------------------------------------------------------------------


def verify(
    folder: str | os.PathLike[str],
    *,
    history: Iterable[str | os.PathLike[str]] = (),
    registers: str | os.PathLike[str] | None = None,
) -> Report:
    """Check a folder's rounds again from their files (核验).

    Parameters
    ----------
    folder : path
        All that was published and deposited (OUT), one round's public folder, or one round's audit folder beside it.
    history : paths
        Folders of earlier rounds, by which the chain of commitments is followed.
    registers : path, optional
        The deposited registers, one CSV file each.

    Returns
    -------
    Report
        What was checked, what could not be, the first difference and the exit code. It never raises on bad files.
    """
    own = sha256_hex(Path(__file__).read_bytes())
    report = Report(folder=str(folder), own_digest=own)
    try:
        check_everything(Path(folder), [Path(path) for path in history], Path(registers) if registers else None, report)
    except Difference as difference:
        report.difference = difference
    except Exception as error:  # whatever a forged file makes break is a difference, section 10: a crash is exit 5
        report.difference = Difference("crash", str(folder), f"{type(error).__name__}: {error}")
    return report


def check_everything(folder: Path, history: Sequence[Path], registers: Path | None, report: Report) -> None:
    """Make every check in the order of section 10 (依次核验); the first difference is raised."""
    rounds = find_rounds(folder, report)
    past = [this for path in history for this in find_rounds(path, report)]
    for this in [*rounds, *past]:
        check_paths(this)
    for this in [*rounds, *past]:
        read_records(this)
        check_second_fields(this)
        check_notices(this)
    for this in [*rounds, *past]:
        for side in (this.public, this.audit):
            if side:
                check_manifest_chain(side, this)
    for home, label in homes([folder, *history]):
        check_home(home, label, report)
    check_chain(rounds, past, report)
    for this in [*rounds, *past]:
        check_all_sources(this)
        check_seeds(this)
    check_one_outcome([this for this in [*rounds, *past] if this.real])
    for this in rounds:
        this.keep_frames = registers is not None or sum(other.name[:7] == this.name[:7] for other in rounds) > 1
        check_round(this, rounds)
    check_one_log(rounds)
    check_extra_rounds(rounds, report)
    if registers:
        check_registers(rounds, registers, report)
    for this in rounds:
        check_anchors(this)
    add_limits(rounds, report, deposited=registers is not None)


def check_round(this: Round, rounds: Sequence[Round]) -> None:
    """Check one round's draws as far as its files allow (一轮)."""
    check_tasks(this)
    check_result(this)
    if this.audit:
        check_stepins(this, this.audit)
        check_seconds(this, this.audit)
        read_log(this, this.audit)
        check_log(this, this.audit, rounds)
    state = (
        ("已抽取", "drawn")
        if this.reveal
        else ("已放弃", "abandoned")
        if this.abandoned
        else ("尚未抽取", "not drawn yet")
    )
    kind = ("真实轮次", "a real round") if this.real else ("演练", "a rehearsal")
    this.report.checked.append((f"{this.name}：{kind[0]}，{state[0]}", f"{this.name}: {kind[1]}, {state[1]}"))


def add_limits(rounds: Sequence[Round], report: Report, *, deposited: bool) -> None:
    """Say what no file can show (文件所不能证明的)."""
    report.rehearsal = not any(this.real for this in rounds)
    if any(this.audit for this in rounds) and not deposited:
        zh = "抽样框、排除与分层是否即为登记表与规则所给（寄存的登记表见 --registers）"
        en = (
            "whether frames, exclusions and strata are what registers and rules give (deposited registers: --registers)"
        )
        report.unchecked.append((zh, en))
    for this in rounds:
        if this.audit is None:
            zh = "仅有公开部分：密钥、盐、非公开抽样框与分层、备选、递补、日程、人员、变动、日志"
            en = "public part alone: key, salts, sealed frames, strata, reserve, step-ins, calendar, inspectors, log"
            report.unchecked.append((f"{this.name} {zh}", f"{this.name}, {en}"))
        if this.h(Path(__file__).read_bytes()).hex() != this.first["software"]:
            zh = f"{this.name} 承诺的核验程序不是本程序"
            report.remarks.append((zh, f"{this.name}: the verifier that its commitment names is another one than this"))
    zh = "开奖结果与时间须与开奖机构公布的核对；规则所列信源与间隔、改期的半天、网页与文书（公告所载摘要除外）未核验"
    en = (
        "values and times of sources are to be compared with the organiser's; the rules' list of sources and longer"
        " intervals, the half-day of a move, pages and papers (but for a notice's digest) are not checked"
    )
    report.unchecked.append((zh, en))


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a folder from the command line (命令行核验) and print the report."""
    parser = argparse.ArgumentParser(prog="verify.py", description="双随机抽取核验 / check the rounds of a draw")
    parser.add_argument("folder", help="公开与审计文件夹 / folder of public and audit files")
    parser.add_argument("--history", nargs="*", default=[], help="以往轮次的文件夹 / folders of earlier rounds")
    parser.add_argument("--registers", help="寄存的登记表 / deposited registers")
    parser.add_argument("--lang", choices=("zh", "en"), help="语言 / language")
    parser.add_argument("--json", action="store_true", help="机读结果 / machine-readable report")
    options = parser.parse_args(arguments)
    lang = options.lang or ("en" if os.environ.get("LANG", "").startswith("en") else "zh")
    report = verify(options.folder, history=options.history, registers=options.registers)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    print(canonical(report.as_json()).decode() if options.json else "\n".join(report.lines(lang)))
    return report.code


if __name__ == "__main__":
    sys.exit(main())
