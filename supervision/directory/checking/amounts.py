"""Amounts (数值与金额): a number as it is written, with the unit of its cell, its header or its column."""

from __future__ import annotations

import re
from decimal import Decimal

from supervision.errors import SupervisionError

LARGEST = Decimal(10**15)  # from here on a number is more likely a code, and cannot be kept to the digit
YUAN = {
    "元": 1,
    "圆": 1,
    "千元": 1_000,
    "万": 10_000,
    "万元": 10_000,
    "百万": 1_000_000,
    "百万元": 1_000_000,
    "千万": 10_000_000,
    "千万元": 10_000_000,
    "亿": 10**8,
    "亿元": 10**8,
}
PEOPLE = {"人": 1, "名": 1}
FAMILIES = (YUAN, PEOPLE)
_UNIT = "|".join(sorted((unit for family in FAMILIES for unit in family), key=len, reverse=True))
_MONEY = r"人民币|RMB|CNY|[¥￥]"
_AMOUNT = re.compile(
    rf"(?P<sign>{_MONEY})?\s*(?P<number>[-+]?[\d.,]+(?:[eE][+-]?\d{{1,3}})?)\s*"
    rf"(?P<rest>(?:(?:{_MONEY}|{_UNIT}|整)\s*|\(\s*(?:(?:{_MONEY}|{_UNIT})\s*)*\)\s*)*)",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"{_MONEY}|{_UNIT}", re.IGNORECASE)
_HEADED = re.compile(rf"[(\[【:,/]\s*(?:单位\s*[:]?\s*)?(?:人民币)?(?P<unit>{_UNIT})\s*[)\]】]?$")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")


def read_amount(text: str, unit: str | None, header_unit: str | None = None) -> Decimal:
    """Return the number that a text in NFKC means (读数值), in `unit` where the column has one.

    The cell's own unit is converted, else the one that its header names. A unit of another family, a foreign currency
    and misplaced separators raise `directory.bad_number`; a sign of currency without any unit, which may mean yuan or
    the column's unit, `directory.amount_unit`.
    """
    factor = Decimal(1)
    if unit is not None:
        found = _AMOUNT.fullmatch(text)
        if found is None:
            raise SupervisionError("directory.bad_number")
        rest = found["rest"] if _units(found["rest"]) else (header_unit or "")
        if unit != "元" and not rest and (found["sign"] or found["rest"]) and unit in YUAN:
            raise SupervisionError("directory.amount_unit", unit=unit)
        text, factor = found["number"], _factor(rest, unit)
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if not _NUMBER.fullmatch(text):
        raise SupervisionError("directory.bad_number")
    number = Decimal(text) * factor
    if abs(number) >= LARGEST:
        raise SupervisionError("directory.too_large", high=LARGEST)
    return number


def unit_of_header(header: str) -> str | None:
    """Return the unit that a header in NFKC names (列名中的单位), as in "注册资本(万元)"; None where it names none.

    >>> unit_of_header("注册资本(万元)"), unit_of_header("金额,单位:元"), unit_of_header("注册资本")
    ('万元', '元', None)
    """
    found = _HEADED.search(header)
    return found["unit"] if found else None


def _units(text: str) -> list[str]:
    """Return the units that a text names (文字中的单位), without the words for the currency."""
    return [word for word in _NAMED.findall(text) if word in YUAN or word in PEOPLE]


def _factor(rest: str, unit: str) -> Decimal:
    """Return what a cell's own unit makes of the column's unit (换算系数); several units, or of another kind, raise."""
    named = _units(rest)
    family = next(family for family in FAMILIES if unit in family)
    if len(named) > 1 and not (len(named) == 2 and named[1] == "元" and named[0] in ("万", "亿")):
        raise SupervisionError("directory.bad_number")
    if not named:
        return Decimal(1)
    if named[0] not in family:
        raise SupervisionError("directory.bad_number")
    return Decimal(family[named[0]]) / family[unit]
