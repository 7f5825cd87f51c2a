"""Ratio and frequency texts (抽查比例和频次) as people write them, read into exact fractions.

An item's text limits ("不低于5%", "3%;2次/年"); a task's text allocates ("A=1%;B=5%", "3%", "n=500").
Full-width digits and signs, white space and case make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from supervision.errors import SupervisionError

LONGEST = 1000  # characters: Python refuses to read numbers of more than 4,300 digits
_NUMBER = r"\d+(?:\.\d+)?[%‰]?|\d+/\d+"
_AT_LEAST = r"不低于|不少于|不小于|至少|大于等于|>=|≥|≧|⩾|atleast|notlessthan"
_AT_MOST = r"不高于|不超过|不多于|不大于|至多|最多|小于等于|<=|≤|≦|⩽|atmost|notmorethan|upto"
_SHARE = re.compile(
    rf"(?:(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST})|=)?(?P<number>{_NUMBER})(?:(?P<up>以上)|(?P<down>以下|以内))?"
)
_RANGE = re.compile(rf"(?P<low>{_NUMBER})(?:-|~|–|—|至|到)(?P<high>{_NUMBER})")
_COUNT = r"(?P<count>\d{1,4}|[一二两三四五六七八九十])"
_PERIOD = r"(?P<period>半年|季度|季|月|年|year|yr|quarter|month)"
_FREQUENCIES = (
    re.compile(rf"(?:抽查|检查)?(?:{_AT_MOST})?{_COUNT}次(?:/|每|a)?{_PERIOD}?"),
    re.compile(rf"(?:每|一)?{_PERIOD}(?:度)?(?:抽查|检查)?(?:{_AT_MOST})?{_COUNT}次"),
    re.compile(rf"(?:{_AT_MOST})?{_COUNT}(?:times|visits)?(?:/|per|a){_PERIOD}"),
)
_PER_YEAR = {"半年": 2, "季度": 4, "季": 4, "quarter": 4, "月": 12, "month": 12}
_CHINESE_COUNTS = {sign: value for value, sign in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_DISCRETION = re.compile(
    r"(?:根据|按照|按|结合|视)(?:工作|监管)?(?:实际)?(?:工作)?(?:情况|需要|情)(?:确定|而定|开展)?|按需|asneeded|discretionary"
)
_LABEL = re.compile(r"^(?:抽查|检查)?(?:比例|频次)(?:为|:)?")
_WHOLE = ("全覆盖", "全部")
Read = Fraction | int | bool
YEAR, BATCH = "year", "batch"
_PERIODS = (
    (
        YEAR,
        re.compile(
            r"^(?:每年度?|全年|一年|本?年度|annually|yearly)(?:累计)?|(?:/|每)(?:年度?|year|yr)$|peryear$|ayear$"
        ),
    ),
    (BATCH, re.compile(r"^(?:每批次?|本批次?|每次|本次|单次|perbatch)|(?:/|每)(?:批次?|次|batch)$")),
)


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """The limits that a ratio text sets (抽查比例和频次): shares as fractions from 0 to 1, None where it sets none.

    `exact` excludes `minimum` and `maximum`. `per_year` is the most visits in a calendar year; a number without a
    period ("抽查1次") is taken per year. `discretionary`: the text leaves the ratio to the regulator. `periods`: which
    of the shares are meant for the "year" or the "batch", where the text says so.
    """

    minimum: Fraction | None
    maximum: Fraction | None
    exact: Fraction | None
    per_year: int | None
    discretionary: bool
    text: str
    periods: tuple[tuple[str, str], ...] = ()

    def period(self, name: str) -> str | None:
        """Return what a share ("minimum", "maximum", "exact") is meant for (比例口径), None where it is not said."""
        return dict(self.periods).get(name)

    @classmethod
    def parse(cls, text: str) -> Ratio:
        """Read one ratio text (读取比例文字); what is not understood raises `ratio.malformed` with the text.

        >>> Ratio.parse("3%；2次/年").exact, Ratio.parse("不低于５％").minimum
        (Fraction(3, 100), Fraction(1, 20))
        """
        if len(text) > LONGEST:
            raise SupervisionError("domain.ratio.malformed", text=text, clause=text)
        found: dict[str, Read] = {}
        periods: dict[str, str] = {}
        for clause in _clauses(text):
            period, read = _clause(clause, text)
            periods |= dict.fromkeys(read, period) if period else {}
            for name, value in read.items():
                if name in found:
                    raise SupervisionError("domain.ratio.twice", text=text, clause=clause)
                found[name] = value
        minimum, maximum, exact = (_fraction(found.get(name)) for name in ("minimum", "maximum", "exact"))
        contrary = minimum is not None and maximum is not None and minimum > maximum
        if not found or contrary or (exact is not None and (minimum is not None or maximum is not None)):
            raise SupervisionError("domain.ratio.malformed", text=text, clause=text)
        per_year = found.get("per_year")
        return cls(
            minimum=minimum,
            maximum=maximum,
            exact=exact,
            per_year=None if per_year is None else int(per_year),
            discretionary=bool(found.get("discretionary", False)),
            text=text,
            periods=tuple(sorted(periods.items())),
        )


def parse_share(text: str) -> Fraction:
    """Return one share from 0 to 1 (比例) as an exact fraction: "20%", "2‰", "1/2", "=1".

    Anything else, a limit such as "≥5%" among it, raises `ratio.share_malformed` with the text.
    """
    plain = _plain(text).removeprefix("=")
    share = _number(plain) if len(plain) <= LONGEST and re.fullmatch(_NUMBER, plain) else None
    if share is None:
        raise SupervisionError("domain.ratio.share_malformed", text=text)
    return share


def parse_allocation(text: str) -> dict[str, Fraction] | int | Fraction:
    """Return how a task spreads its sample (抽取数量的分配).

    "A=1%;B=5%" → share of each class; "n=500" → number of units; "3%" → share of all. A class named twice, a share
    above 1 or anything else raises `ratio.allocation_malformed` with the text.

    >>> parse_allocation("n=500"), parse_allocation("3%")
    (500, Fraction(3, 100))
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"\s+", "", plain)
    count = re.fullmatch(r"[nN]=(\d{1,9})", plain)
    if count:
        return int(count[1])
    clauses = [clause for clause in re.split(r"[;,、]", plain) if clause]
    named = [re.fullmatch(r"([A-Za-z][A-Za-z0-9._-]*)=(.+)", clause) for clause in clauses]
    try:
        if len(clauses) == 1 and named[0] is None:
            return parse_share(clauses[0])
        shares = {match[1]: parse_share(match[2]) for match in named if match}
    except SupervisionError as error:
        raise SupervisionError("domain.ratio.allocation_malformed", text=text) from error
    if not shares or len(shares) != len(clauses):
        raise SupervisionError("domain.ratio.allocation_malformed", text=text)
    return shares


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def _clauses(text: str) -> list[str]:
    return [clause for clause in re.split(r"[;,、。]", _plain(text)) if clause]


def _clause(clause: str, text: str) -> tuple[str, Mapping[str, Read]]:
    """What a clause says, and what its share is meant for ("" where it does not say)."""
    plain = _LABEL.sub("", clause)
    if _DISCRETION.fullmatch(plain):
        return "", {"discretionary": True}
    for pattern in _FREQUENCIES:
        if match := pattern.fullmatch(plain):
            return "", {"per_year": _count(match["count"]) * _PER_YEAR.get(match["period"] or "", 1)}
    period, plain = _period(plain)
    return period, _shares(plain, clause, text)


def _period(plain: str) -> tuple[str, str]:
    """What a share is meant for, and the rest of its text."""
    for name, pattern in _PERIODS:
        rest = pattern.sub("", plain, count=1)
        if rest != plain:
            return name, _LABEL.sub("", rest)
    return "", plain


def _shares(plain: str, clause: str, text: str) -> dict[str, Fraction]:
    if plain in _WHOLE:
        return {"exact": Fraction(1)}
    if match := _SHARE.fullmatch(plain):
        share = _number(match["number"])
        least, most = match["least"] or match["up"], match["most"] or match["down"]
        if share is not None and not (least and most):
            return {"minimum" if least else "maximum" if most else "exact": share}
    if match := _RANGE.fullmatch(plain):
        low, high = _number(match["low"]), _number(match["high"])
        if low is not None and high is not None:
            return {"minimum": low, "maximum": high}
    raise SupervisionError("domain.ratio.malformed", text=text, clause=clause)


def _number(plain: str) -> Fraction | None:
    scale = {"%": 100, "‰": 1000}.get(plain[-1], 1)
    over, _, under = plain.rstrip("%‰").partition("/")
    if under and int(under) == 0:
        return None
    share = Fraction(over) / (int(under) if under else scale)
    return share if share <= 1 else None


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else _CHINESE_COUNTS[text]


def _fraction(value: Read | None) -> Fraction | None:
    return None if value is None else Fraction(value)
