"""Amounts with their units in the cell or the header; people counted in 人."""

from __future__ import annotations

import pytest
from builders import check, parse

from supervision.directory.register import register
from supervision.errors import SupervisionError

CAPITAL = {
    "3.4000(万元人民币)": 3.4,
    "31,332.6686(万元人民币)": 31332.6686,
    "512.6万人民币": 512.6,
    "人民币500万元": 500.0,
    "500万元整": 500.0,
    "500（万元）": 500.0,
    "RMB 1,200,000元": 120.0,
    "￥1200000万": 1200000.0,
    "12000元": 1.2,
    "3千元": 0.3,
    "2百万元": 200.0,
    "2千万": 2000.0,
    "1.5亿元": 15000.0,
    "100.0万人民币元": 100.0,
    "0": 0.0,
    "无": None,
    "N/A": None,
}
REFUSED = {
    "500万美元": "directory.bad_number",
    "500USD": "directory.bad_number",
    "500人": "directory.bad_number",
    "500元万元": "directory.bad_number",
    "(500)": "directory.bad_number",
    "5 00": "directory.bad_number",
    "约500万元": "directory.bad_number",
    "-5": "directory.too_small",
    "-5万元": "directory.too_small",
    "−5": "directory.bad_number",
    "负5": "directory.bad_number",
    "￥1200000": "directory.amount_unit",
    "人民币100": "directory.amount_unit",
    "1234567890123456789": "directory.too_large",
    "91320505000000001": "directory.too_large",
    "1亿2000万": "directory.bad_number",
    "一百万元": "directory.bad_number",
    "100-200万元": "directory.bad_number",
    "1.234,50": "directory.bad_number",
}
HEADERS = {
    "注册资本": [500.0, 3.0],
    "注册资本（万元）": [500.0, 3.0],
    "注册资本(元)": [0.05, 3.0],
    "注册资金（元）": [0.05, 3.0],
    "注册资本（亿元）": [5000000.0, 3.0],
}


@pytest.mark.parametrize(("text", "value"), CAPITAL.items())
def test_capital(text: str, value: float | None) -> None:
    """Capital comes in 万元 whatever unit stands with it, before or after, in brackets or not."""
    assert parse(register("entities").column("capital"), text) == value


@pytest.mark.parametrize(("text", "code"), REFUSED.items())
def test_refused(text: str, code: str) -> None:
    """Other currencies and kinds, two units, guesses and negative amounts go back."""
    with pytest.raises(SupervisionError) as caught:
        parse(register("entities").column("capital"), text)
    assert caught.value.code == code


@pytest.mark.parametrize(("header", "values"), HEADERS.items())
def test_a_header_names_the_unit(header: str, values: list[float]) -> None:
    """A plain number is in the header's unit, a number with its own unit is not touched by it."""
    rows = "91320505YY0000001P,甲,320505,500\n91320505YY0000002T,乙,320505,3万元\n"
    checked = check("entities", f"unit_id,name,region,{header}\n{rows}")
    assert checked.rejected.empty
    assert checked.good["capital"].tolist() == values


def test_fines() -> None:
    """A fine is in 元, in a column headed 万元 ten thousand times that, and never negative."""
    head = "unit_id,kind,happened,罚款金额（万元）\n91320505YY0000001P,处罚,2026-01-05,"
    assert check("events", f"{head}1.2\n").good["amount"].tolist() == [12000.0]
    assert check("events", f"{head}500元\n").good["amount"].tolist() == [500.0]
    refused = check("events", f"{head}-1.2\n").rejected["reason"]
    assert [reason.code for reason in refused] == ["directory.too_small"]


def test_people() -> None:
    """A number of people may say so, and must be whole."""
    employees = register("entities").column("employees")
    assert [parse(employees, text) for text in ("35人", "35 名", "1,200")] == [35, 35, 1200]
    for text, code in {"35万元": "bad_number", "3.5人": "not_whole", "-1人": "too_small"}.items():
        with pytest.raises(SupervisionError) as caught:
            parse(employees, text)
        assert caught.value.code == f"directory.{code}"
