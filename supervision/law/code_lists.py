"""Code lists (代码表): codes with their Chinese and English names and the ways people write them, one YAML file each.

A file `result.yaml` holds id, title {zh, en}, basis, verified, and `codes`: code → {zh, en}, perhaps `aliases` (a list
of other writings) and `from` and `until` (the first and last day on which the code is in use). Result codes also say
which of the eight public categories they are (null = none) and their outcome: clean, problem or could_not. A file may
say `bracketed: remark`, where what stands in brackets after a name is no part of it, and name `prefixes` that may stand
before one, as 江苏省苏州市 before 虎丘区.
A city's folder may hold `code_lists/<name>.yaml`, which replaces the shipped file of that name wholly: districts and
departments are data.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from supervision.errors import SupervisionError
from supervision.law.strict_yaml import check_keys, read_yaml, typed
from supervision.messages import Label

CODE_LISTS_FOLDER = "code_lists/"
OUTCOMES = ("clean", "problem", "could_not")
_BRACKETED = re.compile(r"(?P<name>[^()]+)\((?P<remark>.*)\)")
_STEPS = re.compile(r"[/\\>|-]")


@dataclass(frozen=True, kw_only=True)
class Code:
    """One code (一条代码): its name, other writings, and the days from `since` to `until` on which it is in use.

    Only result codes have a public `category` (None = no public row) and an `outcome`, one of `OUTCOMES`.
    """

    label: Label
    aliases: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    category: str | None = None
    outcome: str = ""

    def is_used(self, day: date) -> bool:
        """Tell whether the code is in use on a day (某日是否在用)."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, kw_only=True, eq=False)
class CodeList:
    """One code list (一张代码表): `codes` in the file's order; `basis` says where it is from.

    With `remarks`, brackets after a name hold a remark; `prefixes` may stand before a name.
    """

    name: str
    title: Label
    basis: str
    verified: bool
    codes: Mapping[str, Code]
    remarks: bool = False
    prefixes: tuple[str, ...] = ()

    @cached_property
    def writings(self) -> dict[str, str]:
        """Every writing as `normal` gives it → its code (写法对应的代码)."""
        return {normal(word): code for code, row in self.codes.items() for word in (code, *row.label, *row.aliases)}

    def find(self, text: str) -> str | None:
        """Return the code that a text means (文字对应的代码): a code, a name or an alias; None where it means none."""
        word = normal(text)
        found = self._plainly(word)
        if found is None and self.remarks and (parts := _BRACKETED.fullmatch(word)):
            found = self._plainly(parts["name"])
            if self._plainly(parts["remark"]) not in (None, found):
                return None
        return found

    def _plainly(self, word: str) -> str | None:
        """Return the code of a normal word as it stands, or without what may stand before a name."""
        if word in self.writings:
            return self.writings[word]
        plain = _STEPS.sub("", word)
        rests = [plain, *(plain.removeprefix(normal(prefix)) for prefix in self.prefixes)]
        found = {self.writings[rest] for rest in rests if rest in self.writings} if self.prefixes else set()
        return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, kw_only=True)
class CodeLists:
    """All code lists (全部代码表), by name."""

    by_name: Mapping[str, CodeList]

    @classmethod
    def read(cls, shipped: Mapping[str, bytes], city: Mapping[str, bytes] | None = None) -> CodeLists:
        """Read the code lists (读取代码表).

        `shipped`: file name such as "result.yaml" → bytes; `city`: the city's rule folder, relative path → bytes, of
        which `code_lists/<name>.yaml` replace shipped files. Whatever is not exactly as the module says raises
        SupervisionError naming the file and the code.
        """
        own = {path: source for path, source in (city or {}).items() if path.startswith(CODE_LISTS_FOLDER)}
        listed = [_read_list(file, shipped[file]) for file in sorted(shipped)]
        listed += [_read_list(f"rules/{path}", own[path]) for path in sorted(own)]
        lists = cls(by_name={code_list.name: code_list for code_list in listed})
        if "result" in lists.by_name:
            for code in lists.codes("result"):
                category = lists.category(code)
                if category is not None:
                    lists.row("category", category)
        return lists

    def on(self, day: date) -> CodeLists:
        """Return the lists without the codes that are not in use on a day (某日在用的代码)."""
        used = {
            name: replace(code_list, codes={code: row for code, row in code_list.codes.items() if row.is_used(day)})
            for name, code_list in self.by_name.items()
        }
        return CodeLists(by_name=used)

    def named(self, name: str) -> CodeList:
        """Return one list (取一张代码表); an unknown name raises `law.code_lists.name_unknown`."""
        if name not in self.by_name:
            raise SupervisionError("law.code_lists.name_unknown", name=name, known=" ".join(self.by_name))
        return self.by_name[name]

    def row(self, name: str, code: str) -> Code:
        """Return what a list says about a code (一条代码); an unknown one raises `law.code_lists.code_unknown`."""
        codes = self.named(name).codes
        if code not in codes:
            raise SupervisionError("law.code_lists.code_unknown", name=name, value=code, known=" ".join(codes))
        return codes[code]

    def label(self, name: str, code: str, lang: str = "zh") -> str:
        """Return the name of a code (代码的名称) in "zh" or "en"."""
        return self.row(name, code).label.text(lang)

    def codes(self, name: str) -> list[str]:
        """Return the codes of a list in its own order (代码表的全部代码)."""
        return list(self.named(name).codes)

    def category(self, result_code: str) -> str | None:
        """Return the public category of a result code (公示类别); None = no public row."""
        return self.row("result", result_code).category

    def outcome(self, result_code: str) -> str:
        """Return what a result code counts as (检查结果分组): "clean", "problem" or "could_not"."""
        return self.row("result", result_code).outcome

    def outcomes(self) -> dict[str, str]:
        """Return what every result code counts as (各结果代码的分组)."""
        return {code: self.outcome(code) for code in self.codes("result")}


def normal(word: str) -> str:
    """Return a word as writings and headers are compared (比对用写法): NFKC, no white space, one case.

    >>> normal("住所（经营场所）"), normal(" Unit ID ")
    ('住所(经营场所)', 'unitid')
    """
    return "".join(unicodedata.normalize("NFKC", word).split()).casefold()


@lru_cache(maxsize=256)  # a desk, and a province's worker, opens cities all day: the same files are read once
def _read_list(file: str, source: bytes) -> CodeList:
    raw = read_yaml(file, source)
    check_keys(raw, ("id", "title", "basis", "verified", "codes"), ("bracketed", "prefixes"), file=file)
    name = file.rpartition("/")[2].removesuffix(".yaml")
    if typed(raw["id"], str, file=file, place="", key="id") != name:
        raise SupervisionError("law.code_lists.id_differs", file=file, id=raw["id"], wanted=name)
    title = typed(raw["title"], dict, file=file, place="", key="title")
    check_keys(title, ("zh", "en"), file=file, place="title")
    zh, en = (typed(title[lang], str, file=file, place="title", key=lang) for lang in ("zh", "en"))
    rows = typed(raw["codes"], dict, file=file, place="", key="codes")
    codes = {code: _read_code(code, row, name=name, file=file) for code, row in rows.items()}
    _refuse_writing_twice(codes, file)
    return CodeList(
        name=name,
        title=Label(zh, en),
        basis=typed(raw["basis"], str, file=file, place="", key="basis"),
        verified=typed(raw["verified"], bool, file=file, place="", key="verified"),
        codes=codes,
        remarks=_remarks(raw.get("bracketed"), file),
        prefixes=_texts(raw.get("prefixes"), file=file, place="", key="prefixes"),
    )


def _remarks(value: Any, file: str) -> bool:
    if value not in (None, "remark"):
        raise SupervisionError("law.code_lists.bracketed", file=file, value=value)
    return value is not None


def _texts(value: Any, *, file: str, place: str, key: str) -> tuple[str, ...]:
    """Return a list of texts that need not be there (文字列表)."""
    words = [] if value is None else typed(value, list, file=file, place=place, key=key)
    return tuple(typed(word, str, file=file, place=place, key=key) for word in words)


def _read_code(code: Any, row: Any, *, name: str, file: str) -> Code:
    place = f"codes {code}"
    typed(code, str, file=file, place="codes", key=str(code))
    typed(row, dict, file=file, place="codes", key=code)
    own = ("category", "outcome") if name == "result" else ()
    check_keys(row, ("zh", "en", *own), ("aliases", "from", "until"), file=file, place=place)

    def take(key: str, kind: type) -> Any:
        return typed(row[key], kind, file=file, place=place, key=key) if row.get(key) is not None else None

    if own and row["outcome"] not in OUTCOMES:
        known = " ".join(OUTCOMES)
        raise SupervisionError(
            "law.code_lists.outcome_unknown", file=file, place=place, value=row["outcome"], known=known
        )
    return Code(
        label=Label(*(typed(row[lang], str, file=file, place=place, key=lang) for lang in ("zh", "en"))),
        aliases=_texts(row.get("aliases"), file=file, place=place, key="aliases"),
        since=take("from", date),
        until=take("until", date),
        category=take("category", str),
        outcome=row.get("outcome", ""),
    )


def _refuse_writing_twice(codes: Mapping[str, Code], file: str) -> None:
    """Refuse a writing that would mean two codes (一种写法不能指两个代码)."""
    seen: dict[str, str] = {}
    for code, row in codes.items():
        for word in (code, *row.label, *row.aliases):
            if seen.setdefault(normal(word), code) != code:
                other = seen[normal(word)]
                raise SupervisionError("law.code_lists.writing_twice", file=file, value=word, first=other, second=code)
