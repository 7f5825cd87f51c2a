"""Ids of units: what is taken, what is taken with a note, and what goes back with which reason."""

from __future__ import annotations

import dataclasses

import pytest
from builders import CONVENTIONS, LISTS, check, faults, parse

from supervision.directory.checking.cells import parse_noted
from supervision.directory.register import register
from supervision.domain.uscc import is_valid, organisation_checks
from supervision.errors import SupervisionError
from supervision.law.code_lists import CodeLists
from supervision.store import shipped_files

COLUMN = register("entities").column("unit_id")
CODE = "91320505YY0000001P"
TAKEN = {
    CODE: (CODE, None),
    CODE.lower(): (CODE, None),
    "９１３２０５０５ＹＹ００００００１Ｐ": (CODE, None),
    f" {CODE}\n": (CODE, None),
    f"\u202d{CODE}\u202c": (CODE, None),
    f'="{CODE}"': (CODE, "directory.note_id_tidied"),
    f"'{CODE}": (CODE, "directory.note_id_tidied"),
    f"‘{CODE}’": (CODE, "directory.note_id_tidied"),
    f"`{CODE}": (CODE, "directory.note_id_tidied"),
    f'"{CODE}"': (CODE, "directory.note_id_tidied"),
    "91 320505 YY0000001 P": (CODE, "directory.note_id_tidied"),
    "91\u00a0320505\u3000YY0000001\u2009P": (CODE, "directory.note_id_tidied"),
    "91320505-YY0000001-P": (CODE, "directory.note_id_tidied"),
    "91320505—YY0000001－P": (CODE, "directory.note_id_tidied"),
    "320505000012345": ("320505000012345", "directory.note_old_number"),
    "3205051234567": ("3205051234567", "directory.note_old_number"),
    "3205-0500-0012345": ("320505000012345", "directory.note_old_number"),
    "320505000012345.0": ("320505000012345", "directory.note_old_number"),
    f"{CODE}、": (CODE, "directory.note_id_tidied"),
    f"\ufeff{CODE}\u200b": (CODE, None),
}
REFUSED = {
    "91320505YY0000001N": "directory.uscc",
    "91320505YY000000l": "directory.id_length",
    "91320505YY0000001": "directory.id_length",
    "91320505YY0000001P0": "directory.id_length",
    "9132050YY0000001P": "directory.id_unknown",
    "913205O5YY0000001P": "directory.id_look_alike",
    "9I320505YY0000001P": "directory.id_look_alike",
    f"{CODE[:-1]}Р": "directory.id_look_alike",  # a Cyrillic letter
    f"{CODE[:8]}ΥΥ{CODE[10:]}": "directory.id_look_alike",  # two Greek ones
    "9.13205E+17": "directory.scientific",
    "9.13205E17": "directory.scientific",
    "9,13205E+17": "directory.scientific",
    "913205051234567000": "directory.digits_lost",
    "91320505400001000": "directory.id_length",
    f"{CODE}（旧）": "directory.id_more",
    f"统一社会信用代码：{CODE}": "directory.id_more",
    f"①{CODE}": "directory.id_more",
    f'=T("{CODE}")': "directory.id_more",
    f"{CODE}\n甲公司": "directory.id_more",
    f"{CODE};91320505YY0000002T": "directory.id_several",
    "913,205,05Y,Y00,000,01P": "directory.id_unknown",
    "91320505YYOOOOOO1P": "directory.id_look_alike",
    "91320505YY000000VP": "directory.id_letters",
    "0" * 18: "directory.id_placeholder",
    "0": "directory.id_placeholder",
    "1" * 18: "directory.id_placeholder",
    "999999999999999": "directory.id_placeholder",
    "123456789012345": "directory.id_placeholder",
    "无": "directory.id_placeholder",
    "暂无": "directory.id_placeholder",
    "—": "directory.id_placeholder",
    "-": "directory.id_placeholder",
    "/": "directory.id_placeholder",
    "N/A": "directory.id_placeholder",
    "null": "directory.id_placeholder",
    "暂无代码": "directory.id_placeholder",
    "办理中": "directory.id_placeholder",
    "11010519491231002X": "directory.id_identity",
    "12345678-9": "directory.id_placeholder",
    "32050500001234": "directory.id_unknown",
    "012050500001234": "directory.id_unknown",
    "自编-001": "directory.id_unknown",
    "shop-1": "directory.id_unknown",
    "9.13205000000000E+17": "directory.digits_lost",
    "a\x00b": "directory.control_character",
    "a\ue000": "directory.control_character",
    "#N/A": "directory.formula_error",
}
OWN = {
    "shop-1": ("shop-1", None),
    "A.b_9": ("A.b_9", None),
    "'shop-1": ("shop-1", "directory.note_id_tidied"),
    "x1" + "a" * 37: ("x1" + "a" * 37, None),
    "SHOP20261101000001": ("SHOP20261101000001", None),
    CODE: (CODE, None),
    "320505000012345": ("320505000012345", "directory.note_old_number"),
}
OWN_REFUSED = {
    "x1" + "a" * 38: "directory.id_form",
    "自编-001": "directory.id_form",
    "a b": "directory.id_form",
    "913205O5YY0000001P": "directory.id_look_alike",
    "91320505YY0000001": "directory.id_length",
    "91320505YY0000001N": "directory.uscc",
    "无": "directory.id_placeholder",
    "0000": "directory.id_placeholder",
}


@pytest.mark.parametrize(("text", "found"), TAKEN.items())
def test_taken(text: str, found: tuple[str, str | None]) -> None:
    """A code is taken without what stands around and between its characters, and the import says so."""
    assert parse_noted(COLUMN, text, CONVENTIONS) == found


@pytest.mark.parametrize(("text", "code"), REFUSED.items())
def test_refused(text: str, code: str) -> None:
    """What is no valid code goes back: each slip, placeholder and foreign id with its own reason."""
    with pytest.raises(SupervisionError) as caught:
        parse(COLUMN, text)
    assert caught.value.code == code


@pytest.mark.parametrize(("text", "found"), OWN.items())
def test_own_ids_by_choice(text: str, found: tuple[str, str | None]) -> None:
    """Ids of the city's own making are letters, digits and . _ - up to 39; codes stay codes."""
    assert parse_noted(COLUMN, text, dataclasses.replace(CONVENTIONS, own_ids=True)) == found


@pytest.mark.parametrize(("text", "code"), OWN_REFUSED.items())
def test_own_ids_are_no_way_around(text: str, code: str) -> None:
    """What looks like a code with a slip, or stands for no id, is refused among own ids, too."""
    with pytest.raises(SupervisionError) as caught:
        parse_noted(COLUMN, text, dataclasses.replace(CONVENTIONS, own_ids=True))
    assert caught.value.code == code


def test_a_slip_is_told_with_what_may_be_meant() -> None:
    """A letter that no code has is named with the code that would check, and a length with the length that is right."""
    said = check(
        "entities", "unit_id,name,region\n913205O5YY0000001P,甲,320505\n91320505YY0000001,乙,320505\n"
    ).rejected
    assert [reason.text("en") for reason in said["reason"]] == [
        f"codes have no letters I, O, S, V or Z, nor Greek or Cyrillic ones; is {CODE} meant? Look it up",
        "looks like a credit code, but has 17 characters instead of 18: look it up",
    ]


def test_codes_that_were_issued_wrongly() -> None:
    """A code whose check character is wrong is taken where the city lists it with its basis."""
    wrong = "91320505YY0000077N"
    with pytest.raises(SupervisionError, match="issued_code"):
        parse(COLUMN, wrong)
    own = f"""id: issued_code
title: {{zh: 例外代码, en: exceptions}}
basis: 某局函〔2026〕1号
verified: true
codes:
  "{wrong}": {{zh: 某局2015年赋码, en: issued in 2015}}
"""
    lists = CodeLists.read(shipped_files.shipped_code_lists(), {"code_lists/issued_code.yaml": own.encode()})
    assert parse_noted(COLUMN, f"'{wrong}", dataclasses.replace(CONVENTIONS, lists=lists)) == (
        wrong,
        "directory.note_id_tidied",
    )
    assert LISTS.codes("issued_code") == []


def test_notes_count_and_name_the_first_line() -> None:
    """Tidied codes and old numbers are counted over the file, each with its first line; plain codes say nothing."""
    text = (
        f"unit_id,name,region,type,status,established,tags\n{CODE},甲,320505,,,,\n'91320505YY0000002T,乙,320505,,,,\n"
    )
    text += "91320505 YY0000003X,丙,320505,,,,\n320505000012345,丁,320505,,,,\n"
    checked = check("entities", text)
    assert checked.good["unit_id"].tolist() == [CODE, "91320505YY0000002T", "91320505YY0000003X", "320505000012345"]
    assert [note.text("en") for note in checked.notes][:2] == [
        "Unit id: 2 ids were taken without their spaces, hyphens or quotes (such as line 3: '91320505YY0000002T)",
        "Unit id: 1 are old registration numbers, no credit codes (such as line 5: 320505000012345)",
    ]


def test_the_same_code_written_twice_is_one_unit() -> None:
    """A code with and without its hyphens is one unit: equal rows count once, others contradict each other."""
    text = f"unit_id,name,region\n{CODE},甲,320505\n91320505-YY0000001P,甲,320505\n"
    assert len(check("entities", text).good) == 1
    assert [code for *_, code in faults(check("entities", text.replace("P,甲,320505\n9", "P,乙,320505\n9")))] == [
        "directory.duplicate",
        "directory.duplicate",
    ]


def test_codes_that_end_in_zeros():
    """A number rounded to 15 digits goes back though its check character fits; a code that was issued so comes in."""
    rounded = [number for number in map(str, range(913205050000011000, 913205050000200000, 1000)) if is_valid(number)]
    assert len(rounded) > 3
    found = {number: organisation_checks(number) for number in rounded}
    assert set(found.values()) == {False, True}
    for number, issued in found.items():
        if issued:
            assert parse(COLUMN, number) == number
        else:
            with pytest.raises(SupervisionError) as caught:
                parse(COLUMN, number)
            assert caught.value.code == "directory.digits_lost"


def test_whole_columns_as_single_cells():
    """What is read in one go is what each cell means alone: persons' numbers, rounded ones and codes of digits too."""
    numbers = [f"51110219900307{serial:04}" for serial in range(10_000)]
    numbers += [str(number) for number in range(911101085551000000, 911101085555000000, 1000)]
    numbers += [f"9111010855500{serial:05}" for serial in range(2000)]
    codes = [number for number in numbers if is_valid(number)]
    found = check(
        "entities", "统一社会信用代码,企业名称,行政区划代码\n" + "".join(f"{code},甲,320505\n" for code in codes)
    )
    alone = []
    for code in codes:
        try:
            alone.append((parse(COLUMN, code), ""))
        except SupervisionError as error:
            alone.append((code, error.code))
    assert {code for _, code in alone} == {"", "directory.id_identity", "directory.digits_lost"}
    assert found.good["unit_id"].tolist() == [number for number, code in alone if not code]
    assert [[value, code] for _, _, value, code in faults(found)] == [[one, code] for one, code in alone if code]
