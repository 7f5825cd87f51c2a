"""Changes of structured texts: XML, JSON, YAML and CSV that are nearly right, so that what reads them gets far."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from random import Random
from typing import Any

from fuzzing import hostile

ENTITIES = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
LAUGHS = f"<!DOCTYPE x [<!ENTITY a0 'ha'>{ENTITIES}]>"
LARGEST = 4_000_000
DOCTYPES = (
    LAUGHS,
    "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
    "<!DOCTYPE x [<!ENTITY % p SYSTEM 'http://192.0.2.1/'> %p;]>",
    "<!DOCTYPE x [<!ENTITY q '%s'>]>" % ("q" * 50_000),
)
SPREADSHEET = (
    *('<mergeCell ref="A1:XFD1048576"/>', '<mergeCell ref="A1:ZZZZZZZZ9999999999"/>', '<mergeCell ref="A0:B0"/>'),
    *("<mergeCell " * 50_000, '<mergeCell ref="A1:A1048576"/>' * 20_000, '<mergeCell ref="B2:' + "Z" * 20_000 + '1"/>'),
    *('<cols><col min="-999999999" max="16384" hidden="1"/></cols>', '<cols><col hidden="1" max="9"/></cols>'),
    *('<cols><col min="1" max="99999999999999999999" hidden="true"/></cols>', "<cols>" + "<col " * 50_000),
    *(
        '<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>',
        '<row r="99999999999999999999"><c><v>1</v></c></row>',
    ),
    *(
        '<row r="-5"><c r="A1"><v>1</v></c></row>',
        '<c r="A1" t="s"><v>-1</v></c>',
        '<c r="A1" t="s"><v>99999999</v></c>',
    ),
    *(
        '<c t="n" s="1"><v>1e400</v></c>',
        '<c t="n" s="1"><v>NaN</v></c>',
        '<c r="ZZZZ1"><v>1</v></c>',
        '<row r="1e3"/>',
    ),
    (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" '
        'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    ),
    (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="30" '
        'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    ),
    (
        '<table:table-cell table:number-columns-spanned="16384" table:number-rows-spanned="1048576"><text:p>x</text:p>'
        "</table:table-cell>"
    ),
    '<table:table-cell table:number-columns-repeated="16384"/>' * 2_000,
    '<table:table table:name="x"><table:table-row><table:table-cell/></table:table-row></table:table>' * 3_000,
    '<table:table table:name="x">' * 500,
)


def changed_xml(chance: Random, source: bytes) -> bytes:
    """Return XML with attributes, texts, elements or its declaration changed."""
    text = source.decode("utf-8", "surrogateescape")
    for _ in range(chance.choice((1, 1, 2, 5))):
        text = _one_xml_change(chance, text)
    return text.encode("utf-8", "surrogatepass") if text < "\udc80" else text.encode("utf-8", "surrogateescape")


def _one_xml_change(chance: Random, text: str) -> str:
    how = chance.randrange(12)
    tags = [found.span() for found in re.finditer(r"<[^>]*>", text)] or [(0, len(text))]
    start, end = chance.choice(tags)
    if how < 3:
        attributes = [found.span(1) for found in re.finditer(r"=\s*[\"']([^\"']*)[\"']", text)]
        if attributes:
            left, right = chance.choice(attributes)
            return text[:left] + _escaped(hostile.value(chance)) + text[right:]
    if how < 5:
        texts = [found.span(1) for found in re.finditer(r">([^<]+)<", text)]
        if texts:
            left, right = chance.choice(texts)
            return text[:left] + _escaped(hostile.value(chance)) + text[right:]
    if how == 5:
        return text[:start] + text[end:]
    if how == 6:
        times = min(chance.choice((1, 3, 1000, 20_000)), LARGEST // (end - start or 1))
        return text[:end] + text[start:end] * times + text[end:]
    if how == 7:
        close = text.find("?>") + 2 if text.startswith("<?xml") else 0
        entity = chance.choice(("", "&a11;", "&e;", "&q;" * 1000))
        return text[:close] + chance.choice(DOCTYPES) + text[close:end] + entity + text[end:]
    if how == 8:
        depth = chance.choice((10, 1000, hostile.NESTED))
        return text[:end] + "<a>" * depth + "</a>" * depth + text[end:]
    if how == 9:
        coding = chance.choice(("utf-16", "utf-7", "gb18030", "x", "idna", "rot13", "ascii", "cp037"))
        return re.sub(r"encoding=[\"'][^\"']*[\"']", f'encoding="{coding}"', text, count=1)
    if how == 10:
        return text[:end] + chance.choice(SPREADSHEET) + text[end:]
    return text[:start] + hostile.value(chance) + text[start:]


def _escaped(text: str) -> str:
    """A value as it can stand in XML, most times."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;") if len(text) > 3 else text


RAW = (
    *(
        "NaN",
        "Infinity",
        "-Infinity",
        "1e999",
        "-1e999",
        "1.0",
        "1E5",
        "-0",
        "9007199254740992",
        "true",
        "null",
        '"\\ud800"',
    ),
    *("[" * hostile.NESTED + "]" * hostile.NESTED, '{"a":' * hostile.NESTED + "1" + "}" * hostile.NESTED),
    *("[" * 900 + "]" * 900, '{"a":' * 900 + "1" + "}" * 900, hostile.DIGITS, "1" * 5000, "[" + "0," * 100_000 + "0]"),
    *('"\\u0000"', '""', "[]", "{}", "[[]]", '{"":""}', "-1", "0", "4294967296", '"' + "a" * 100_000 + '"'),
)


def changed_json(chance: Random, value: Any) -> bytes:
    """Return a JSON value as canonical JSON, with some of its parts changed, taken away or added."""
    value = json.loads(json.dumps(value))
    raw: dict[str, str] = {}
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        holders = list(_holders(value))
        if not holders:
            break
        holder, key = chance.choice(holders)
        how = chance.randrange(10)
        if how < 4:
            mark = f"@@{len(raw)}@@"
            raw[mark], holder[key] = chance.choice(RAW), mark
        elif how < 6:
            holder[key] = hostile.value(chance)
        elif how == 6:
            del holder[key]
        elif how == 7 and isinstance(holder, dict):
            holder[chance.choice(("x", "", "__class__", "digest", "\u0000"))] = holder[key]
        elif how == 7:
            holder.extend([holder[key]] * chance.choice((1, 2, 1000)))
        elif how == 8:
            holder[key] = chance.choice(([holder[key]], {"x": holder[key]}, str(holder[key]), [[holder[key]]]))
        else:
            _, other = chance.choice(holders)
            if isinstance(holder, dict) and isinstance(other, str):
                holder[other] = holder[key]
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for mark, written in raw.items():
        text = text.replace(f'"{mark}"', written)
    if chance.random() < 0.1:
        text = chance.choice((f" {text}", f"{text}\n", f"\ufeff{text}", text.replace(":", ": ", 1), text * 2, ""))
    return text.encode("utf-8", "surrogatepass")


def _holders(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place of a value: what holds it, and under which key."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in list(parts):
        yield value, key
        yield from _holders(part)


BOMB_YAML = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
YAML_LINES = (
    BOMB_YAML,
    "x: !!python/object/apply:os.system ['true']\n",
    "x: !!python/name:os.system\n",
    "x: !!binary gA==\n",
    "x: !!set {a, b}\n",
    "x: !!omap [a: 1]\n",
    "x: !!timestamp 2026-13-45\n",
    "x: !!int 0x\n",
    "x: !!int abc\n",
    "x: !!float .inf\n",
    "x: !!null y\n",
    "x: !!bool maybe\n",
    "x: !!str [a]\n",
    "x: !!map [a]\n",
    "x: !!seq {a: b}\n",
    "x: !unknown y\n",
    "x: &r [*r]\n",
    "x: &r {y: *r}\n",
    "? &k [*k]\n: 1\n",
    "? {a: b}\n: 1\n",
    "<<: {a: b}\n",
    "x: *nowhere\n",
    "x: 2026-02-30\n",
    "x: 0000-00-00\n",
    "x: 1:60:60\n",
    "x: =\n",
    "--- \n---\n",
    "...\n",
    "%YAML 9.9\n---\n",
    "%TAG ! tag:x,2000:\n---\n",
    "\tx: 1\n",
    "x: |9\n y\n",
    'x: "\\ud800"\n',
    'x: "\\U00110000"\n',
    'x: "\\x0"\n',
    "x: \x00\n",
    "x: \x85y\u2028z\n",
    "x: " + "[" * hostile.NESTED + "\n",
    "x: " + "[" * 400 + "]" * 400 + "\n",
    "x: " + "{a: " * 400 + "1" + "}" * 400 + "\n",
    "".join(f"{' ' * n}a:\n" for n in range(600)),
    "x: " + "- " * 2000 + "1\n",
    "x: " + hostile.DIGITS + "\n",
    "x: " + "1" * 5000 + "\n",
    hostile.DIGITS + ": x\n",
)


def changed_yaml(chance: Random, source: bytes) -> bytes:
    """Return YAML with scalars, lines or whole parts changed."""
    lines = source.decode().splitlines(keepends=True)
    for _ in range(chance.choice((1, 1, 2, 3))):
        at = chance.randrange(len(lines)) if lines else 0
        how = chance.randrange(8)
        if how < 3 and lines:
            key, colon, _ = lines[at].partition(":")
            lines[at] = f"{key}{colon} {hostile.value(chance)}\n"
        elif how == 3:
            lines.insert(at, chance.choice(YAML_LINES))
        elif how == 4 and lines:
            key, colon, rest = lines[at].partition(":")
            new = chance.choice(YAML_LINES).partition(":")[2]
            lines[at] = f"{key}{colon}{new or rest}"
        elif how == 5 and lines:
            del lines[at]
        elif how == 6 and lines:
            lines[at:at] = [lines[at]] * chance.choice((1, 2, 500))
        elif lines:
            lines[at] = chance.choice((" ", "  ", "- ", "\t")) + lines[at]
    text = "".join(lines)
    if chance.random() < 0.1:
        return text.encode(chance.choice(("utf-16", "utf-32", "gb18030", "utf-8-sig")), "replace")
    return text.encode("utf-8", "surrogatepass")


def changed_csv(chance: Random, source: bytes) -> bytes:
    """Return CSV with cells, rows, quotes or its encoding changed."""
    rows = [line.split(",") for line in source.decode("utf-8-sig").splitlines()]
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(rows)) if rows else 0
        how = chance.randrange(10)
        if how < 4 and rows:
            rows[at][chance.randrange(len(rows[at]))] = _csv_value(chance)
        elif how == 4 and rows:
            rows[at] = rows[at] + [""] * chance.choice((1, 5, 20_000))
        elif how == 5 and rows:
            rows[at] = rows[at][: chance.randrange(len(rows[at]))] or [""]
        elif how == 6 and rows:
            rows[at:at] = [rows[at]] * chance.choice((1, 3, 300))
        elif how == 7 and rows:
            del rows[at]
        elif rows:
            place = chance.randrange(len(rows[at]))
            rows[at][place] = chance.choice(('"', '"a\nb"', 'a"b', '"a""', '"' + "x\n" * 300, '""""')) + rows[at][place]
    mark = chance.choice((",", ",", ",", ",", "\t", ";", "|", "，"))
    end = chance.choice(("\n", "\n", "\r\n", "\r", "\n\r"))
    text = end.join(mark.join(row) for row in rows)
    coding = chance.choice(
        ("utf-8", "utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-32", "cp1252")
    )
    made = text.encode(coding, "replace")
    return hostile.changed_bytes(chance, made) if chance.random() < 0.25 else made


def _csv_value(chance: Random) -> str:
    found = hostile.value(chance)
    return f'"{found}"' if chance.random() < 0.3 else found
