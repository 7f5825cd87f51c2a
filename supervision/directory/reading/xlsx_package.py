"""The parts of an xlsx workbook (工作簿部件): its sheets, shared texts, date formats and date system.

Source: ECMA-376 part 1, 18.2 (workbook), 18.4 (shared strings), 18.8 (styles); part 2 (packages). Strict and
transitional files, and namespace prefixes of any name, are read alike: only local names count.
"""

from __future__ import annotations

import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from xml.parsers import expat

from supervision.directory.reading.refusals import foreign
from supervision.directory.reading.zip_parts import part, pieces, readable

LARGEST_SHEET = 4 << 30
LARGEST_TEXTS = 1 << 30
EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
# Formats of the standard that show a day or a time: 18.8.30, with those of Chinese, Japanese and Korean systems.
DAY = "yyyy-mm-dd"  # stands for every day format that is built in
_BUILT_IN = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ESCAPED = re.compile(r"_x((?!D[89A-F])[0-9A-F]{4})_", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class SheetPart:
    """A sheet of a workbook (工作表): `state` is "visible", "hidden" or "veryHidden", `path` its part."""

    title: str
    state: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Package:
    """An open xlsx workbook (打开的工作簿).

    `texts` are the shared strings; `day_styles` the numbers of cell styles that show a day or a time, as written;
    `padded_styles` those that show a whole number with zeros before it → how many digits they show; `from_1904` tells
    the date system; `stale` that the program that wrote it left its formulas to be calculated.
    """

    name: str
    archive: zipfile.ZipFile
    sheets: tuple[SheetPart, ...]
    texts: list[str]
    day_styles: frozenset[str]
    padded_styles: dict[str, int]
    from_1904: bool
    stale: bool


def open_package(name: str, data: bytes) -> Package:
    """Return an xlsx workbook (打开工作簿); DirectoryError where it is damaged, locked or too large to be one."""
    with readable(name):
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = {info.filename.replace("\\", "/").lower(): info.filename for info in archive.infolist()}
        book = _book_path(name, archive, names)
        root = _root(name, archive, names[book])
        targets = _relations(name, archive, names, book)
        by_type = dict(targets.values())
        facts = {_local(element.tag): element.attrib for element in root}
        formats = _style_formats(name, archive, by_type.get("styles"))
        return Package(
            name=name,
            archive=archive,
            sheets=tuple(_sheets(name, archive, root, targets)),
            texts=_texts(name, archive, by_type.get("sharedStrings")),
            day_styles=frozenset(style for style, code in formats.items() if shows_day(code)),
            padded_styles={style: digits for style, code in formats.items() if (digits := digits_shown(code))},
            from_1904=is_true(facts.get("workbookPr", {}).get("date1904")),
            stale=is_true(facts.get("calcPr", {}).get("fullCalcOnLoad")),
        )


def parser_of(
    name: str, start: Callable[[str, dict[str, str]], None], end: Callable[[str], None]
) -> expat.XMLParserType:
    """Return a parser that refuses document types (解析器): workbooks have none, and entities can grow."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end

    def refuse(*_: object) -> None:
        raise foreign(name, "directory.is_bomb")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def unescaped(text: str) -> str:
    r"""Return a text with its escaped characters written out (还原转义字符): 22.9.2.19, ST_Xstring.

    >>> unescaped("a_x000D_b"), unescaped("a_x005F_x000D_b")
    ('a\rb', 'a_x000D_b')
    """
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text) if "_x" in text else text


def is_true(value: str | None) -> bool:
    """Tell whether an attribute of type boolean is set (布尔属性)."""
    return value in ("1", "true", "on")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _root(name: str, archive: zipfile.ZipFile, path: str) -> ET.Element:
    """Return a small part's XML (解析小部件), by a parser that refuses document types in every encoding."""
    data = part(name, archive, path)
    parser_of(name, lambda _, __: None, lambda _: None).Parse(data, True)
    return ET.fromstring(data)


def _book_path(name: str, archive: zipfile.ZipFile, names: dict[str, str]) -> str:
    """Return the path of the workbook's own part (工作簿主部件), in small letters."""
    if "_rels/.rels" in names:
        for element in _root(name, archive, names["_rels/.rels"]):
            if element.get("Type", "").endswith("/officeDocument"):
                path = element.get("Target", "").replace("\\", "/").lstrip("/").lower()
                if path in names:
                    return path
    return next(path for path in ("xl/workbook.xml", *sorted(names)) if path.endswith("workbook.xml") and path in names)


def _relations(name: str, archive: zipfile.ZipFile, names: dict[str, str], book: str) -> dict[str, tuple[str, str]]:
    """Return relation id → (last word of its type, path in the archive) (部件关系)."""
    folder, file = posixpath.split(book)
    where = f"{folder}/_rels/{file}.rels".lstrip("/")
    found: dict[str, tuple[str, str]] = {}
    for element in _root(name, archive, names[where]):
        target = element.get("Target", "").replace("\\", "/")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if path.lower() in names:
            found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], names[path.lower()])
    return found


def _sheets(
    name: str, archive: zipfile.ZipFile, root: ET.Element, targets: dict[str, tuple[str, str]]
) -> Iterator[SheetPart]:
    for element in root.iter():
        if _local(element.tag) != "sheet":
            continue
        identity = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        kind, path = targets.get(identity, ("", ""))
        if kind == "worksheet":
            yield SheetPart(title=element.get("name", ""), state=element.get("state", "visible"), path=path)


def _texts(name: str, archive: zipfile.ZipFile, path: str | None) -> list[str]:
    """Return the shared strings (共享文字), rich text joined, phonetic guides left out."""
    if path is None:
        return []
    texts: list[str] = []
    parts: list[str] = []
    phonetic = False

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal phonetic
        local = tag.rpartition(":")[2]
        if local == "t" and not phonetic:
            parser.CharacterDataHandler = parts.append
        elif local == "rPh":
            phonetic = True

    def end(tag: str) -> None:
        nonlocal phonetic
        local = tag.rpartition(":")[2]
        if local == "t":
            parser.CharacterDataHandler = None
        elif local == "si":
            texts.append(unescaped("".join(parts)))
            parts.clear()
        elif local == "rPh":
            phonetic = False

    parser = parser_of(name, start, end)
    for piece in pieces(name, archive, path, LARGEST_TEXTS):
        parser.Parse(piece, False)
    parser.Parse(b"", True)
    return texts


def _style_formats(name: str, archive: zipfile.ZipFile, path: str | None) -> dict[str, str]:
    """Return the cell styles with their number formats (单元格样式的数字格式): a style's number, as written → code."""
    if path is None:
        return {}
    root = _root(name, archive, path)
    own = {
        element.get("numFmtId", ""): element.get("formatCode", "")
        for element in root.iter()
        if _local(element.tag) == "numFmt"
    }
    styles: list[str] = []
    for group in root:
        if _local(group.tag) == "cellXfs":
            styles = [element.get("numFmtId", "0") for element in group]
    return {
        str(at): own[number] if number in own else DAY if number.isdigit() and int(number) in _BUILT_IN else ""
        for at, number in enumerate(styles)
    }


def digits_shown(code: str) -> int:
    """Return how many digits a number format shows at least (补零位数), 0 where it puts no zeros before a number.

    >>> digits_shown("0000"), digits_shown("[Red]000000;-000000"), digits_shown("0.00"), digits_shown("0")
    (4, 6, 0, 0)
    """
    zeros = re.fullmatch(r"(?:\[[^\]]*\])*(00+)", code.split(";", maxsplit=1)[0])
    return len(zeros[1]) if zeros else 0


def shows_day(code: str) -> bool:
    """Tell whether a number format shows a day or a time (是否日期格式).

    >>> shows_day('yyyy"年"m"月"'), shows_day('[Red]0.00'), shows_day('General"d"')
    (True, False, False)
    """
    plain = _LITERAL.sub("", code.split(";", maxsplit=1)[0]).lower()
    plain = re.sub(r"general|通用格式|(?<=s)[.,]0+", "", plain)
    return re.search("[ymdhs]", plain) is not None and re.search("[0#?]", plain) is None
