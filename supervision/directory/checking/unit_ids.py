"""Ids of units (主体代码): unified social credit codes, old registration numbers, and ids of a city's own making.

What is not a valid code is never taken for one, and what looks like a code with a slip is never taken for an own id:
it goes back with its reason. White space, hyphens, quotes and the apostrophe or `="…"` by which spreadsheets keep a
text are no part of a code. Own ids are taken only where the import says so (`--ids own`).
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from supervision.directory.checking.conventions import Conventions, Noted
from supervision.domain import uscc
from supervision.errors import SupervisionError

ISSUED = "issued_code"
OWN = re.compile(r"[A-Za-z0-9._-]{1,39}")
OLD_NUMBER = re.compile(r"[1-9]\d{14}|[1-9]\d{12}")
PLACEHOLDERS = re.compile(
    r"0+|(.)\1{5,}|[-._/\\]+|1234567\d*|(?i:x+|na|n[./]a\.?|null|nil|none|nan|test)"
    r"|[无空暂缺]+|暂?无(代码|编号|信用代码|统一社会信用代码)|未知|不详|待办?|待补|补办中?|办理中"
)
LIKE_CODE = re.compile(r"[1-9ANY][0-9A-Z]\d{6}[0-9A-Z]{8,12}")
LOOK_ALIKE = str.maketrans(
    {"O": "0", "I": "1", "S": "5", "Z": "2"}
    | dict(zip("АВЕКМНРСТУХ", "ABEKMHPCTYX", strict=True))  # Cyrillic
    | dict(zip("ΑΒΕΗΚΜΝΡΤΥΧ", "ABEHKMNPTYX", strict=True))  # Greek
    | dict.fromkeys("ОΟ〇", "0")
)
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])")
_ROUNDED = re.compile(r"[1-9]\d{14}000")
_WHOLE = re.compile(r"(\d{13}|\d{15})\.0+")
_AROUND = "'\"`´‘’“”′″＇＂=,，、;；:：.。·()（）[]【】<>《》*"
_DASHES = re.compile(r"[\s\-‐‑‒–—―−_·.]+")
_IDENTITY = re.compile(r"[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]")
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


def read_unit_id(text: str, conventions: Conventions) -> str | Noted:
    """Return the id that a tidy text means (读主体代码); raises SupervisionError with the reason why it is none."""
    text = text.translate(_WIDE)
    whole = _WHOLE.sub(r"\1", text).strip(_AROUND + " \t\u3000")
    bare = _DASHES.sub("", whole).upper()
    if _IDENTITY.fullmatch(bare) and _identity_checks(bare):
        raise SupervisionError("directory.id_identity")
    if _is_rounded(bare, conventions):
        raise SupervisionError("directory.digits_lost")
    if _is_code(bare, conventions):
        return bare if bare == text.upper() else Noted(bare, "directory.note_id_tidied")
    _refuse_placeholders(whole, bare)
    _refuse_slips(bare)
    _refuse_more(text.upper(), conventions)
    if OLD_NUMBER.fullmatch(bare):
        return Noted(bare, "directory.note_old_number")
    if not conventions.own_ids:
        raise SupervisionError("directory.id_unknown")
    if not OWN.fullmatch(whole):
        raise SupervisionError("directory.id_form")
    return whole if whole == text else Noted(whole, "directory.note_id_tidied")


def doubtful(codes: uscc.Bytes) -> uscc.Flags:
    """Tell which codes of digits may be a person's number or a rounded one (可能不是代码), n bools.

    `codes` is uint8 of shape (n, 18), the ASCII bytes. Whatever `read_unit_id` refuses for its digits is among them.
    """
    first, second = codes[:, 6], codes[:, 7]
    century = ((first == ord("1")) & (second == ord("9"))) | ((first == ord("2")) & (second == ord("0")))
    zeros = (codes[:, 15] == ord("0")) & (codes[:, 16] == ord("0")) & (codes[:, 17] == ord("0"))
    at = np.flatnonzero(century | zeros)
    found = np.zeros(len(codes), dtype=np.bool_)
    found[at] = ((codes[at, :17] >= ord("0")) & (codes[at, :17] <= ord("9"))).all(axis=1)
    return found


def _is_code(bare: str, conventions: Conventions) -> bool:
    """Tell whether a text is a code that checks, or one that was issued as it is (有效代码或例外代码)."""
    return uscc.is_valid(bare) or bare in conventions.lists.named(ISSUED).codes


def _is_rounded(bare: str, conventions: Conventions) -> bool:
    """Tell whether a spreadsheet has rounded a code to 15 digits (代码后三位被改成零).

    Such a number passes the check character once in 31 times; a code that really ends so has an organisation code
    inside that checks as well.
    """
    if not _ROUNDED.fullmatch(bare) or bare in conventions.lists.named(ISSUED).codes:
        return False
    return not (uscc.is_valid(bare) and uscc.organisation_checks(bare))


def _refuse_placeholders(whole: str, bare: str) -> None:
    """Refuse what people write where they have no id (占位写法)."""
    if not bare or PLACEHOLDERS.fullmatch(whole) or PLACEHOLDERS.fullmatch(bare):
        raise SupervisionError("directory.id_placeholder")


def _refuse_slips(bare: str) -> None:
    """Refuse what is meant to be a code and has a slip (代码笔误)."""
    if any(unicodedata.category(character)[0] == "C" for character in bare):
        raise SupervisionError("directory.control_character")
    meant = bare.translate(LOOK_ALIKE)
    if meant != bare and uscc.is_valid(meant):
        raise SupervisionError("directory.id_look_alike", meant=meant)
    if not (LIKE_CODE.fullmatch(bare) or LIKE_CODE.fullmatch(meant)):
        return
    if len(bare) != 18:
        raise SupervisionError("directory.id_length", length=len(bare))
    raise SupervisionError("directory.uscc" if uscc.is_code(bare) else "directory.id_letters")


def _refuse_more(text: str, conventions: Conventions) -> None:
    """Refuse a cell that holds a code and something else, or several codes (代码之外另有文字)."""
    held = [code for code in dict.fromkeys(_CODE.findall(text)) if _is_code(code, conventions)]
    if len(held) == 1:
        raise SupervisionError("directory.id_more", held=held[0])
    if held:
        raise SupervisionError("directory.id_several", count=len(held))


def _identity_checks(number: str) -> bool:
    """Tell whether an identity number's check character is right (身份证号校验), GB 11643-1999: ISO 7064 MOD 11-2."""
    total = sum(pow(2, 17 - place, 11) * (10 if sign == "X" else int(sign)) for place, sign in enumerate(number))
    return total % 11 == 1
