"""Cells (单元格): what one written cell of each dtype means; every vectorised shortcut must agree with these.

`parse(column, text, lists)` gives a text, date, int, float or bool, or None for a blank, and raises SupervisionError
with the reason. Texts are stripped, NFC, with inner line breaks as single spaces; all other dtypes are NFKC first, so
that full-width digits and letters count as plain ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from supervision.domain import uscc
from supervision.directory.register import Column, register
from supervision.errors import SupervisionError
from supervision.law.code_lists import CodeLists

Value = str | date | int | float | bool | None

LONGEST_TEXT = 32767
SHOWN_CODES = 25
LARGEST = Decimal(10**300)
FOREVER = date(9999, 9, 9)
FOREVER_WORDS = frozenset({"长期", "长期有效", "永久", "永久有效", "无期限", "无固定期限", "long term", "permanent"})
BLANKS = frozenset({"-", "--", "—", "——", "/", "\\", "无", "NULL", "null", "None", "\\N", "NaN", "nan"})
FORMULA_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
YES = frozenset({"是", "有", "对", "y", "yes", "true", "t", "1", "1.0", "√", "✓"})
NO = frozenset({"否", "非", "n", "no", "false", "f", "0", "0.0", "×", "✗"})
SEPARATORS = re.compile(r"[\s,，、;；|]+")
MARKS = re.compile(r"[,，、;；|]+")
UNITS = {"元": Decimal(1), "万": Decimal(10_000), "万元": Decimal(10_000), "亿": Decimal(10**8), "亿元": Decimal(10**8)}

_BREAKS = re.compile(r"\s*[\t\n\v\f\r\u0085\u2028\u2029]\s*")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SCIENTIFIC = re.compile(r"[+-]?\d(\.\d+)?[eE]\+\d+")
_LOST_DIGITS = re.compile(r"-?\d\.\d{14}E\+\d\d")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_THOUSANDS = re.compile(r"([+-]?\d{1,3}(,\d{3})+)(\.\d+)?")
_AMOUNT = re.compile(r"[¥￥]?\s*([^¥￥]*?)\s*(元|万元|万|亿元|亿)?(?:整|人民币)?")
_DATE = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日?)"
    r"(?:[ T]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|\+08:?00)?)?"
)
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_SERIAL_START = date(1899, 12, 30)
_SERIALS = ((10_000, 99_999), (2_958_101, 2_958_465))

BY_RULE = ("rule", "按规则")
EVERYTHING = ("*", "全部", "所有")


def tidy(text: str) -> str:
    """Return a text stripped, NFC, on one line and without invisible characters (整理文字).

    Raises SupervisionError for other control characters and for a text longer than a spreadsheet cell.
    """
    if "_x000" in text:
        text = text.replace("_x000D_", "\n").replace("_x000A_", "\n")
    text = unicodedata.normalize("NFC", _BREAKS.sub(" ", _INVISIBLE.sub("", text)).strip())
    if _CONTROL.search(text):
        raise SupervisionError("directory.control_character")
    if len(text) > LONGEST_TEXT:
        raise SupervisionError("directory.too_long", length=len(text), longest=LONGEST_TEXT)
    return text


def _plain(text: str) -> str:
    """Return a tidy text in NFKC (全角转半角), refusing what a spreadsheet writes for a failed formula."""
    text = unicodedata.normalize("NFKC", tidy(text)).strip()
    if text in FORMULA_ERRORS:
        raise SupervisionError("directory.formula_error", value=text)
    return text


def _refuse_number_traps(text: str) -> None:
    """Refuse codes that a spreadsheet has turned into numbers (代码被当作数字)."""
    if _LOST_DIGITS.fullmatch(text):
        raise SupervisionError("directory.digits_lost")
    if _SCIENTIFIC.fullmatch(text):
        raise SupervisionError("directory.scientific", value=text)


def _text(column: Column, text: str, lists: CodeLists) -> str:
    text = tidy(text)
    if text in FORMULA_ERRORS:
        raise SupervisionError("directory.formula_error", value=text)
    _refuse_number_traps(text)
    return _shaped(column, text) if column.pattern else text


def _shaped(column: Column, text: str) -> str:
    """Return the text as its column's pattern wants it (按格式整理)."""
    pattern = column.pattern or ""
    plain = unicodedata.normalize("NFKC", text)
    for trial in (text, plain, *(re.sub(found, put, plain) for found, put in column.repairs)):
        if re.fullmatch(pattern, trial):
            return trial
    raise SupervisionError("directory.bad_form", form=column.form)


def _chosen(column: Column, text: str, lists: CodeLists) -> str:
    """Return the code of what was written (写法转为代码)."""
    codes = lists.named(str(column.code_list))
    plain = unicodedata.normalize("NFKC", text)
    if column.everything and plain in EVERYTHING:
        return EVERYTHING[0]
    for trial in (text, re.sub(r"^(\d+)\.0+$", r"\1", plain)):
        if code := codes.find(trial):
            return code
    if column.open_codes:
        return text
    shown = tuple(row.label for row in codes.codes.values())[:SHOWN_CODES]
    raise SupervisionError("directory.bad_choice", shown=shown)


def _code(column: Column, text: str, lists: CodeLists) -> str | None:
    text = tidy(text)
    _plain(text)
    return None if text in BLANKS else _chosen(column, text, lists)


def _list(column: Column, text: str, lists: CodeLists) -> str | None:
    text = tidy(text)
    _plain(text)
    _refuse_number_traps(text)
    if text in BLANKS:
        return None
    if column.code_list:
        return " ".join(sorted(set(_chosen_all(column, text, lists)))) or None
    parts = [part for part in SEPARATORS.split(text) if part]
    if column.pattern:
        parts = [_shaped(column, part) for part in parts]
    return " ".join(sorted(set(parts))) or None


def _chosen_all(column: Column, text: str, lists: CodeLists) -> list[str]:
    """Return the codes of several values (多个写法转为代码); a name may hold spaces, as "water affairs"."""
    found: list[str] = []
    for group in filter(None, map(str.strip, MARKS.split(text))):
        whole = lists.named(str(column.code_list)).find(group) is not None
        found += [_chosen(column, part, lists) for part in ([group] if whole else group.split())]
    return found


def _date(column: Column, text: str, lists: CodeLists) -> date | None:
    text = _plain(text)
    if not text or text in BLANKS:
        return None
    if text.casefold() in FOREVER_WORDS:
        return FOREVER
    try:
        if found := _DATE.fullmatch(text):
            year, _, month, day, month_zh, day_zh = found.groups()
            return date(int(year), int(month or month_zh), int(day or day_zh))
        if re.fullmatch(r"\d{8}", text):
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError as error:
        raise SupervisionError("directory.no_such_day") from error
    if re.fullmatch(r"\d{5,7}(\.\d+)?", text):
        serial = int(text.split(".")[0])
        if any(low <= serial <= high for low, high in _SERIALS):
            return _SERIAL_START + timedelta(days=serial)
    raise SupervisionError("directory.bad_date")


def _decimal(column: Column, text: str) -> Decimal | None:
    """Return a number as it was written (数值), in the column's unit where it has one."""
    text = _plain(text)
    if not text or text in BLANKS:
        return None
    factor = Decimal(1)
    if column.unit and (found := _AMOUNT.fullmatch(text)):
        text = found.group(1)
        factor = UNITS[found.group(2)] / UNITS[column.unit] if found.group(2) else factor
    if found := _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if not _NUMBER.fullmatch(text):
        raise SupervisionError("directory.bad_number")
    number = Decimal(text) * factor
    if abs(number) > LARGEST:
        raise SupervisionError("directory.bad_number")
    if column.low is not None and number < column.low:
        raise SupervisionError("directory.too_small", low=column.low)
    if column.high is not None and number > column.high:
        raise SupervisionError("directory.too_large", high=column.high)
    return number


def _number(column: Column, text: str, lists: CodeLists) -> float | None:
    number = _decimal(column, text)
    return None if number is None else float(number)


def _integer(column: Column, text: str, lists: CodeLists) -> int | None:
    number = _decimal(column, text)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise SupervisionError("directory.not_whole")
    if abs(number) >= 2**63:
        raise SupervisionError("directory.too_large", high=2**63 - 1)
    return int(number)


def _boolean(column: Column, text: str, lists: CodeLists) -> bool | None:
    word = _plain(text).casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    if not word or word in BLANKS:
        return None
    raise SupervisionError("directory.bad_boolean")


def _unit_id(column: Column, text: str, lists: CodeLists) -> str:
    text = tidy(text).translate(_WIDE)
    if text in FORMULA_ERRORS:
        raise SupervisionError("directory.formula_error", value=text)
    _refuse_number_traps(text)
    if uscc.is_code(text.upper()):
        if not uscc.is_valid(text.upper()):
            raise SupervisionError("directory.uscc")
        return text.upper()
    if any(unicodedata.category(character)[0] == "C" for character in text):
        raise SupervisionError("directory.control_character")
    if len(text.encode()) > 39:
        raise SupervisionError("directory.id_too_long", bytes=len(text.encode()))
    return text


def _ratio(column: Column, text: str, lists: CodeLists) -> str:
    from supervision.domain.ratio import Ratio

    Ratio.parse(plain := _plain(text))
    return plain


def _allocation(column: Column, text: str, lists: CodeLists) -> str | None:
    from supervision.domain.ratio import parse_allocation

    plain = _plain(text)
    if plain in BLANKS:
        return None
    if column.name == "ratio" and plain in BY_RULE:
        return BY_RULE[0]
    parse_allocation(plain)
    return plain


def _population(column: Column, text: str, lists: CodeLists) -> str:
    from supervision.domain.population import Population

    _plain(text)
    Population.parse(condition := tidy(text), columns=register("entities").names)
    return condition


PARSERS: dict[str, Callable[[Column, str, CodeLists], Value]] = {
    "text": _text,
    "list": _list,
    "date": _date,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "code": _code,
    "ratio": _ratio,
    "allocation": _allocation,
    "unit_id": _unit_id,
    "population": _population,
}


def parse(column: Column, text: str, lists: CodeLists) -> Value:
    """Return what a cell means (读单元格): a value of the column's dtype, or None for a blank.

    Raises SupervisionError with the reason. Whether a blank may be is the table's business, not the cell's.
    """
    return PARSERS[column.dtype](column, text, lists) if tidy(text) else None
