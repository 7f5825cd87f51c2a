"""Cells (单元格): what one written cell of each dtype means; every vectorised shortcut must agree with these.

`parse(column, text, conventions)` gives a text, date, int, float or bool, or None for a blank, and raises
SupervisionError with the reason. Texts are stripped, NFC, with inner line breaks as single spaces; all other dtypes
are NFKC first, so that full-width digits and letters count as plain ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from supervision.directory.checking.agencies import find_agency
from supervision.directory.checking.amounts import read_amount
from supervision.directory.checking.conventions import Conventions, Noted, Plain, Value
from supervision.directory.checking.dates import plain_day, read_date
from supervision.directory.checking.districts import find_district
from supervision.directory.checking.unit_ids import read_unit_id
from supervision.directory.register import Column, register
from supervision.errors import SupervisionError

LONGEST_TEXT = 32767
SHOWN_CODES = 25
BLANKS = frozenset(
    {
        "-",
        "--",
        "---",
        "—",
        "——",
        "－",
        "/",
        "／",
        "\\",
        "\\N",
        "无",
        "暂无",
        "空",
        "不详",
        "未填",
        "无数据",
        "暂无数据",
    }
    | {"N/A", "n/a", "N.A.", "NA", "NULL", "null", "Null", "(null)", "None", "none", "NaN", "nan", "nil", "undefined"}
)
FORMULA_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
YES = frozenset({"是", "有", "对", "y", "yes", "true", "t", "1", "1.0", "√", "✓"})
NO = frozenset({"否", "非", "无", "n", "no", "false", "f", "0", "0.0", "×", "✗"})
SEPARATORS = re.compile(r"[\s,，、;；|]+")
MARKS = re.compile(r"[,，、;；|]+")

_BREAKS = re.compile(r"\s*[\t\n\v\f\r\u0085\u2028\u2029]\s*")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SCIENTIFIC = re.compile(r"[+-]?\d([.,]\d+)?[eE]\+\d+")
_SCIENTIFIC_ID = re.compile(r"\d[.,]\d+[eE]\d+")
_DECIMAL = re.compile(r"\d+\.0+")
_KEPT_AS_TEXT = re.compile(r"=\s*\"([^\"]*)\"|'(.*)")
_LOST_DIGITS = re.compile(r"-?\d\.\d{14}E\+\d\d")
_CODE_AND_NAME = re.compile(r"(?P<code>[0-9A-Za-z_]+)[\s.、:：—-]+(?P<name>.+)")
BY_RULE = ("rule", "按规则")
FINDERS = {"region": find_district, "department": find_agency}
EVERYTHING = ("*", "全部", "所有")


def tidy(text: str) -> str:
    """Return a text stripped, NFC, on one line and without invisible characters (整理文字).

    Raises SupervisionError for other control characters, for characters that were lost when the text was converted,
    and for a text longer than a spreadsheet cell.
    """
    if "_x000" in text:
        text = text.replace("_x000D_", "\n").replace("_x000A_", "\n")
    text = unicodedata.normalize("NFC", _BREAKS.sub(" ", _INVISIBLE.sub("", text)).strip())
    if _CONTROL.search(text):
        raise SupervisionError("directory.control_character")
    if "\ufffd" in text:
        raise SupervisionError("directory.lost_character")
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


def _text(column: Column, text: str, conventions: Conventions) -> str | None:
    text = tidy(text)
    if text in FORMULA_ERRORS:
        raise SupervisionError("directory.formula_error", value=text)
    _refuse_number_traps(text)
    if text in BLANKS:
        return None
    if column.required and not column.pattern and "??" in text:
        raise SupervisionError("directory.lost_character")
    return _shaped(column, text) if column.pattern else text


def _shaped(column: Column, text: str) -> str:
    """Return the text as its column's pattern wants it (按格式整理)."""
    pattern = column.pattern or ""
    if found := _KEPT_AS_TEXT.fullmatch(text):
        text = (found[1] or found[2] or "").strip()
    if _SCIENTIFIC_ID.fullmatch(text):
        raise SupervisionError("directory.scientific", value=text)
    if _DECIMAL.fullmatch(text):
        raise SupervisionError("directory.id_decimal")
    plain = unicodedata.normalize("NFKC", text)
    for trial in (text, plain, *(re.sub(found, put, plain) for found, put in column.repairs)):
        if re.fullmatch(pattern, trial):
            return trial
    raise SupervisionError("directory.bad_form", form=column.form)


def _chosen(column: Column, text: str, conventions: Conventions) -> str | None:
    """Return the code of what was written (写法转为代码); None for a word that the column's list does not have."""
    if column.everything and text in EVERYTHING:
        return EVERYTHING[0]
    codes = conventions.lists.named(str(column.code_list))
    text = re.sub(r"^(\d+)\.0+$", r"\1", text)
    find = FINDERS.get(str(column.code_list))
    found = find(text, codes) if find else codes.find(text)
    if found is None and (both := _CODE_AND_NAME.fullmatch(text)) and (code := codes.find(both["code"])):
        return code if code == codes.find(both["name"]) else None
    return found


def _unknown(column: Column, conventions: Conventions) -> SupervisionError:
    codes = conventions.lists.named(str(column.code_list)).codes
    return SupervisionError("directory.bad_choice", shown=tuple(row.label for row in codes.values())[:SHOWN_CODES])


def _code(column: Column, text: str, conventions: Conventions) -> Value:
    text = tidy(text)
    plain = _plain(text)
    if code := _chosen(column, plain, conventions):
        return code
    if text in BLANKS:
        return None
    if column.open_codes:
        return Noted(text, "directory.note_unknown_word")
    raise _unknown(column, conventions)


def _list(column: Column, text: str, conventions: Conventions) -> Value:
    text = tidy(text)
    plain = _plain(text)
    _refuse_number_traps(text)
    if text in BLANKS and not (column.code_list and _chosen(column, plain, conventions)):
        return None
    if column.code_list:
        return _codes(column, text if column.open_codes else plain, conventions)
    parts = [part for part in SEPARATORS.split(text) if part]
    if column.pattern:
        parts = [_shaped(column, part) for part in parts]
    return " ".join(sorted(set(parts))) or None


def _codes(column: Column, text: str, conventions: Conventions) -> Value:
    """Return the codes of several values (多个写法转为代码); a name may hold spaces, as "water affairs"."""
    found: set[str] = set()
    unknown = False
    for group in filter(None, map(str.strip, MARKS.split(text))):
        for part in [group] if _chosen(column, group, conventions) else group.split():
            code = _chosen(column, part, conventions)
            if code is None and not column.open_codes:
                raise _unknown(column, conventions)
            unknown |= code is None
            found.add(code or part)
    value = " ".join(sorted(found)) or None
    listed = bool(conventions.lists.named(str(column.code_list)).codes)
    return Noted(value, "directory.note_unknown_word") if unknown and listed else value


def _date(column: Column, text: str, conventions: Conventions) -> Value:
    text = _plain(text)
    return None if not text or text in BLANKS else read_date(text, endless=column.endless)


def _decimal(column: Column, text: str) -> Decimal | None:
    """Return a number as it was written (数值), in the column's unit where it has one."""
    text = _plain(text)
    if not text or text in BLANKS:
        return None
    number = read_amount(text, column.unit, column.header_unit)
    if column.low is not None and number < column.low:
        raise SupervisionError("directory.too_small", low=column.low)
    if column.high is not None and number > column.high:
        raise SupervisionError("directory.too_large", high=column.high)
    return number


def _number(column: Column, text: str, conventions: Conventions) -> float | None:
    number = _decimal(column, text)
    return None if number is None else float(number)


def _integer(column: Column, text: str, conventions: Conventions) -> int | None:
    number = _decimal(column, text)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise SupervisionError("directory.not_whole")
    if abs(number) >= 2**63:
        raise SupervisionError("directory.too_large", high=2**63 - 1)
    return int(number)


def _boolean(column: Column, text: str, conventions: Conventions) -> bool | None:
    word = _plain(text).casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    if not word or word in BLANKS:
        return None
    raise SupervisionError("directory.bad_boolean")


def _unit_id(column: Column, text: str, conventions: Conventions) -> Value:
    text = tidy(text)
    if text in FORMULA_ERRORS:
        raise SupervisionError("directory.formula_error", value=text)
    _refuse_number_traps(text)
    if _SCIENTIFIC_ID.fullmatch(text):
        raise SupervisionError("directory.scientific", value=text)
    return read_unit_id(text, conventions)


def _ratio(column: Column, text: str, conventions: Conventions) -> str:
    from supervision.domain.ratio import Ratio

    Ratio.parse(plain := _plain(text))
    return plain


def _allocation(column: Column, text: str, conventions: Conventions) -> str | None:
    from supervision.domain.ratio import parse_allocation

    plain = _plain(text)
    if plain in BLANKS:
        return None
    if column.name == "ratio" and plain in BY_RULE:
        return BY_RULE[0]
    parse_allocation(plain)
    return plain


def _population(column: Column, text: str, conventions: Conventions) -> str:
    from supervision.domain.population import Population

    _plain(text)
    Population.parse(condition := tidy(text), columns=register("entities").names)
    return condition


PARSERS: dict[str, Callable[[Column, str, Conventions], Value]] = {
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


def parse(column: Column, text: str, conventions: Conventions) -> Plain:
    """Return what a cell means (读单元格): a value of the column's dtype, or None for a blank.

    Raises SupervisionError with the reason. Whether a blank may be is the table's business, not the cell's.
    """
    return parse_noted(column, text, conventions)[0]


def parse_noted(column: Column, text: str, conventions: Conventions) -> tuple[Plain, str | None]:
    """Return what `parse` does, and the code of the note that the cell gives rise to (值与说明), if any."""
    if column.dtype == "date" and (day := plain_day(text)):
        return day, None
    if not tidy(text):
        return None, None
    found = PARSERS[column.dtype](column, text, conventions)
    return (found.value, found.note) if isinstance(found, Noted) else (found, None)
