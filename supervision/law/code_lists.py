"""Dictionaries (字典): codes with their Chinese and English names, one YAML file each.

A file `result.yaml` holds id, title {zh, en}, basis, verified, and `codes`: code → {zh, en}. Result codes also say
which of the eight public categories they are (null = none) and their outcome: clean, problem or could_not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from supervision.errors import SupervisionError
from supervision.law.strict_yaml import check_keys, read_yaml, typed

OUTCOMES = ("clean", "problem", "could_not")


@dataclass(frozen=True, kw_only=True)
class Dictionary:
    """One dictionary (一部字典): `codes` in the file's order, code → {"zh", "en", …}; `basis` says where from."""

    name: str
    title: tuple[str, str]
    basis: str
    verified: bool
    codes: Mapping[str, Mapping[str, str | None]]


@dataclass(frozen=True, kw_only=True)
class Dictionaries:
    """All dictionaries (全部字典), by name."""

    by_name: Mapping[str, Dictionary]

    @classmethod
    def read(cls, files: Mapping[str, bytes]) -> Dictionaries:
        """Read dictionary files (读取字典): file name such as "result.yaml" → bytes.

        Whatever is not exactly as the module says raises SupervisionError naming the file and the code.
        """
        read = [_read_dictionary(file, files[file]) for file in sorted(files)]
        found = cls(by_name={dictionary.name: dictionary for dictionary in read})
        if "result" in found.by_name:
            for code in found.codes("result"):
                category = found.category(code)
                if category is not None:
                    found.row("category", category)
        return found

    def row(self, name: str, code: str) -> Mapping[str, str | None]:
        """Return what a dictionary says about a code (一条代码): "zh", "en" and its other keys.

        Unknown ones raise `dictionaries.name_unknown`, `dictionaries.code_unknown`.
        """
        codes = self._dictionary(name).codes
        if code not in codes:
            raise SupervisionError("law.code_lists.code_unknown", name=name, value=code, known=" ".join(codes))
        return codes[code]

    def label(self, name: str, code: str, lang: str = "zh") -> str:
        """Return the name of a code (代码的名称) in "zh" or "en"."""
        return str(self.row(name, code)["en" if lang == "en" else "zh"])

    def codes(self, name: str) -> list[str]:
        """Return the codes of a dictionary in its own order (字典的全部代码)."""
        return list(self._dictionary(name).codes)

    def find(self, name: str, text: str) -> str:
        """Return the code that a text means (文字对应的代码): the code itself or one of its two names."""
        for code, row in self._dictionary(name).codes.items():
            if text in (code, row["zh"], row["en"]):
                return code
        raise SupervisionError("law.code_lists.code_unknown", name=name, value=text, known=" ".join(self.codes(name)))

    def category(self, result_code: str) -> str | None:
        """Return the public category of a result code (公示类别); None = no public row."""
        return self.row("result", result_code)["category"]

    def outcome(self, result_code: str) -> str:
        """Return what a result code counts as (检查结果分组): "clean", "problem" or "could_not"."""
        return str(self.row("result", result_code)["outcome"])

    def outcomes(self) -> dict[str, str]:
        """Return what every result code counts as (各结果代码的分组)."""
        return {code: self.outcome(code) for code in self.codes("result")}

    def _dictionary(self, name: str) -> Dictionary:
        if name not in self.by_name:
            raise SupervisionError("law.code_lists.name_unknown", name=name, known=" ".join(self.by_name))
        return self.by_name[name]


def _read_dictionary(file: str, source: bytes) -> Dictionary:
    raw = read_yaml(file, source)
    check_keys(raw, ("id", "title", "basis", "verified", "codes"), file=file)
    name = file.rpartition("/")[2].removesuffix(".yaml")
    if typed(raw["id"], str, file=file, place="", key="id") != name:
        raise SupervisionError("law.code_lists.id_differs", file=file, id=raw["id"], wanted=name)
    title = typed(raw["title"], dict, file=file, place="", key="title")
    check_keys(title, ("zh", "en"), file=file, place="title")
    zh, en = (typed(title[lang], str, file=file, place="title", key=lang) for lang in ("zh", "en"))
    codes = typed(raw["codes"], dict, file=file, place="", key="codes")
    return Dictionary(
        name=name,
        title=(zh, en),
        basis=typed(raw["basis"], str, file=file, place="", key="basis"),
        verified=typed(raw["verified"], bool, file=file, place="", key="verified"),
        codes={code: _read_code(code, row, name=name, file=file) for code, row in codes.items()},
    )


def _read_code(code: Any, row: Any, *, name: str, file: str) -> dict[str, str | None]:
    place = f"codes {code}"
    typed(code, str, file=file, place="codes", key=str(code))
    typed(row, dict, file=file, place="codes", key=code)
    check_keys(row, ("zh", "en", "category", "outcome") if name == "result" else ("zh", "en"), file=file, place=place)
    for key, value in row.items():
        if not (key == "category" and value is None):
            typed(value, str, file=file, place=place, key=key)
    if name == "result" and row["outcome"] not in OUTCOMES:
        known = " ".join(OUTCOMES)
        raise SupervisionError(
            "law.code_lists.outcome_unknown", file=file, place=place, value=row["outcome"], known=known
        )
    return dict(row)
