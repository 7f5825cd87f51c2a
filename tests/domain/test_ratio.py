"""Ratio texts as the published lists write them."""

from fractions import Fraction

import pytest

from supervision.domain.ratio import Ratio, parse_allocation, parse_share
from supervision.domain.visits import VisitId
from supervision.errors import SupervisionError

F = Fraction


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "exact", "per_year", "discretionary"),
    [
        ("不低于5%", F(1, 20), None, None, None, False),
        ("≥5%", F(1, 20), None, None, None, False),
        (">=1", F(1), None, None, None, False),
        ("至少 2.5 %", F(1, 40), None, None, None, False),
        ("5%以上", F(1, 20), None, None, None, False),
        ("at least 5%", F(1, 20), None, None, None, False),
        ("不高于10%", None, F(1, 10), None, None, False),
        ("≤10%", None, F(1, 10), None, None, False),
        ("10％以内", None, F(1, 10), None, None, False),
        ("5%-10%", F(1, 20), F(1, 10), None, None, False),
        ("不低于3%；不高于10%", F(3, 100), F(1, 10), None, None, False),
        ("2‰", None, None, F(1, 500), None, False),
        ("３％", None, None, F(3, 100), None, False),
        ("=1", None, None, F(1), None, False),
        ("1/1", None, None, F(1), None, False),
        ("全覆盖", None, None, F(1), None, False),
        ("3%;2次/年", None, None, F(3, 100), 2, False),
        ("100%,抽查1次", None, None, F(1), 1, False),
        ("抽查比例不低于5%，每年一次", F(1, 20), None, None, 1, False),
        ("每季度1次", None, None, None, 4, False),
        ("不超过2次/年", None, None, None, 2, False),
        ("2 times a year", None, None, None, 2, False),
        ("根据实际情况确定", None, None, None, None, True),
        ("根据实际情况确定，不高于10%", None, F(1, 10), None, None, True),
    ],
)
def test_reads_the_texts_in_use(text, minimum, maximum, exact, per_year, discretionary):
    """Every form found in published lists is read into exact fractions."""
    assert Ratio.parse(text) == Ratio(
        minimum=minimum,
        maximum=maximum,
        exact=exact,
        per_year=per_year,
        discretionary=discretionary,
        text=text,
    )


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("不高于10%", ()),
        ("全年不高于10%", (("maximum", "year"),)),
        ("每年抽查比例不低于5%", (("minimum", "year"),)),
        ("抽查比例每年不低于5%", (("minimum", "year"),)),
        ("5%/年", (("exact", "year"),)),
        ("每批不高于10%", (("maximum", "batch"),)),
        ("本次抽查比例为3%", (("exact", "batch"),)),
        ("10%/批次", (("exact", "batch"),)),
        ("每年全覆盖", (("exact", "year"),)),
        ("全年不低于5%；每次不高于10%；每年一次", (("maximum", "batch"), ("minimum", "year"))),
        ("每年一次", ()),
    ],
)
def test_a_share_may_say_what_it_is_meant_for(text, periods):
    """For the year or for a batch; a frequency is always one of the year."""
    found = Ratio.parse(text)
    assert found.periods == periods
    assert all(getattr(found, name) is not None for name, _ in periods)
    assert [found.period(name) for name, _ in periods] == [period for _, period in periods]
    assert found.period("nothing") is None


@pytest.mark.parametrize(
    "text",
    [
        "每年",
        "每批",
        "全年1次5%",
        "",
        "很多",
        "3",
        "150%",
        "5%以上10%",
        "1/0",
        "大于5%",
        "3%;5%",
        "3%;≥1%",
        "10%-5%",
        "%",
    ],
)
def test_refuses_nonsense_with_its_text(text):
    """A text that says nothing, too much or contradicts itself is refused, and the message repeats it."""
    with pytest.raises(SupervisionError) as caught:
        Ratio.parse(text)
    assert caught.value.code in ("domain.ratio.malformed", "domain.ratio.twice")
    assert f"“{text}”" in caught.value.text("zh")


@pytest.mark.parametrize(
    ("text", "share"), [("20%", F(1, 5)), ("1/2", F(1, 2)), ("2‰", F(1, 500)), ("0%", F(0)), ("0.07", F(7, 100))]
)
def test_share_is_exact(text, share):
    """A share is a fraction, never a float: seven hundredths are 7/100."""
    assert parse_share(text) == share


@pytest.mark.parametrize(
    ("text", "allocation"),
    [
        ("A=1%;B=5%;C=20%;D=60%", {"A": F(1, 100), "B": F(1, 20), "C": F(1, 5), "D": F(3, 5)}),
        ("Ａ＝１％；Ｄ＝６０％", {"A": F(1, 100), "D": F(3, 5)}),
        ("A=2‰,D=1", {"A": F(1, 500), "D": F(1)}),
        ("3%", F(3, 100)),
        ("100%", F(1)),
        ("n=500", 500),
        ("n = 0", 0),
    ],
)
def test_allocation(text, allocation):
    """A task's sample is a share per class, one share, or a number of units."""
    assert parse_allocation(text) == allocation


@pytest.mark.parametrize("text", ["", "A=1%;A=2%", "A=1%;5%", "A=110%", "n=-1", "n=1.5", "A=", "不低于5%", "1%;2%"])
def test_allocation_refuses_nonsense(text):
    """An allocation that is not one of the three forms is refused with its text."""
    with pytest.raises(SupervisionError) as caught:
        parse_allocation(text)
    assert caught.value.code == "domain.ratio.allocation_malformed"
    assert text in caught.value.text("en")


LONG = "1" * 5000  # more digits than Python reads as a number


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        *((Ratio.parse, text) for text in (f"{LONG}%", f"1/{LONG}", f"{LONG}次/年", "10000次/年")),
        *((parse_share, text) for text in (f"{LONG}/{LONG}", f"0.{LONG}")),
        *((parse_allocation, text) for text in (f"n={LONG}", "n=1000000000", f"A={LONG}%")),
        (VisitId.parse, f"91320505YY0000001P~{LONG}"),
        (VisitId.parse, "91320505YY0000001P~1000000000"),
    ],
)
def test_endless_numbers_are_refused_as_any_other_nonsense(parse, text):
    """A number without end is no crash, and a count beyond any city no count; the message is short."""
    with pytest.raises(SupervisionError) as caught:
        parse(text)
    assert caught.value.code.endswith("malformed")
    assert len(caught.value.text("zh")) < 5000


def test_the_greatest_counts_that_are_read():
    """What a city could mean is read."""
    assert Ratio.parse("9999次/年").per_year == 9999
    assert parse_allocation("n=999999999") == 999_999_999
    assert VisitId.parse("91320505YY0000001P~999999999").ordinal == 999_999_999
    assert parse_share("0." + "0" * 900 + "1") > 0
