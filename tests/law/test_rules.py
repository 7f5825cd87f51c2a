"""Rules as dated values: what is in force, what is missing, what is refused."""

import hashlib
import math
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from supervision.domain.ratio import Ratio, parse_share
from supervision.errors import RuleMissing, SupervisionError
from supervision.law.rules import Rules

SHIPPED = Path(__file__).parents[2] / "data" / "rules"
HEAD = "id: shared/cap\ntitle: {zh: 上限, en: Cap}\nunit: visits\n"
FIRST = "  - {from: 2021-01-01, value: 4, basis: 甲文, verified: true, review_by: 2027-12-31}\n"
SECOND = "  - {from: 2024-01-01, value: null, basis: 乙文, verified: false, review_by: 2025-12-31}\n"


def shipped() -> dict[str, bytes]:
    """The shipped rule files, path → bytes."""
    return {path.relative_to(SHIPPED).as_posix(): path.read_bytes() for path in SHIPPED.rglob("*.yaml")}


def cap(values: str) -> dict[str, bytes]:
    """One rule file with these values."""
    return {"shared/cap.yaml": (HEAD + values).encode()}


def test_the_value_of_the_day_is_in_force():
    """A rule has the value of the latest date that has begun; null with a basis is a decision, not a gap."""
    rules = Rules.read(cap("values:\n" + FIRST + SECOND))
    assert rules.on(date(2023, 12, 31)).value("shared/cap") == 4
    assert rules.on(date(2024, 1, 1)).value("shared/cap") is None
    entry = rules.on(date(2024, 6, 1)).entry("shared/cap")
    assert (entry.path, entry.since, entry.basis, entry.verified, entry.review_by, entry.origin) == (
        "shared/cap",
        date(2024, 1, 1),
        "乙文",
        False,
        date(2025, 12, 31),
        "shipped",
    )


def test_the_city_writes_its_own_law():
    """Files of one path are merged: the later date wins, on the same date the city's value."""
    city = cap(
        "values:\n"
        "  - {from: 2021-01-01, value: 2, basis: 市文, verified: true, review_by: 2027-12-31}\n"
        "  - {from: 2023-01-01, value: 3, basis: 市文, verified: true, review_by: 2027-12-31}\n"
    )
    rules = Rules.read(cap("values:\n" + FIRST + SECOND), city)
    days = (date(2022, 1, 1), date(2023, 1, 1), date(2024, 1, 1))
    assert [(rules.on(d).value("shared/cap"), rules.on(d).entry("shared/cap").origin) for d in days] == [
        (2, "city"),
        (3, "city"),
        (None, "shipped"),
    ]


@pytest.mark.parametrize(
    ("values", "day"), [("values: []\n", date(2026, 12, 1)), ("values:\n" + FIRST, date(2020, 1, 1))]
)
def test_a_missing_rule_says_what_to_write(values, day):
    """Without a value on the day nothing is assumed: the error names the file, and its lines make a proper rule."""
    with pytest.raises(RuleMissing) as caught:
        Rules.read(cap(values + "example: {same: 1}\n")).on(day).value("shared/cap")
    assert "rules/shared/cap.yaml" in caught.value.text("zh")
    lines = str(caught.value.params["lines"])
    assert lines in caught.value.text("en")
    assert Rules.read({}, {"shared/cap.yaml": lines.encode()}).on(day).value("shared/cap") == {"same": 1}


def test_an_unknown_rule_is_missing_too():
    """A name that no file has is refused in the same way."""
    with pytest.raises(RuleMissing, match="shared/nothing"):
        Rules.read(cap("values: []\n")).on(date(2026, 1, 1)).value("shared/nothing")


def test_an_overdue_review_is_a_remark():
    """A rule stays in force after review_by, and a remark says so."""
    rules = Rules.read(cap("values:\n" + FIRST + SECOND))
    assert rules.on(date(2025, 12, 31)).remarks() == []
    remarks = rules.on(date(2026, 1, 1)).remarks()
    assert [remark.code for remark in remarks] == ["law.rules.review_due"]
    assert "2025-12-31" in remarks[0].text("zh")
    assert "乙文" in remarks[0].text("en")


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        (HEAD + "values:\n" + FIRST + FIRST, "law.rules.from_twice", "2021-01-01"),
        (HEAD + "values:\n" + SECOND + FIRST, "law.rules.from_order", "2024-01-01"),
        (HEAD + "values:\n" + FIRST.replace("basis: 甲文, ", ""), "law.yaml.key_missing", "basis"),
        (HEAD + "values:\n" + FIRST.replace("甲文", '""'), "law.yaml.shape", "basis"),
        (HEAD + "values:\n" + FIRST.replace("review_by", "review"), "law.yaml.key_unknown", "values[1]"),
        (HEAD + "values:\n" + FIRST.replace("verified: true", "verified: yes"), "law.yaml.shape", "verified"),
        (HEAD + "values:\n" + FIRST.replace("2021-01-01", "2021"), "law.yaml.shape", "from"),
        (HEAD + "values:\n" + FIRST.replace("value: 4", "value: 0.07"), "law.yaml.decimal", "0.07"),
        (HEAD + "values:\n" + FIRST.replace("value: 4", "value: 4, value: 5"), "law.yaml.key_twice", "value"),
        (HEAD + "values: 4\n", "law.yaml.shape", "values"),
        (HEAD.replace("unit: visits\n", "") + "values: []\n", "law.yaml.key_missing", "unit"),
        (HEAD + "values: []\nnote: x\n", "law.yaml.key_unknown", "note"),
        (HEAD.replace("shared/cap", "shared/cup") + "values: []\n", "law.rules.id_differs", "shared/cup"),
        ("id: [", "law.yaml.malformed", "shared/cap.yaml"),
        ("- 1\n", "law.yaml.shape", "shared/cap.yaml"),
    ],
)
def test_a_malformed_file_is_refused_by_name(text, code, named):
    """Whatever is not exactly a rule is refused; file and place stand in the message in both languages."""
    with pytest.raises(SupervisionError) as caught:
        Rules.read({}, {"shared/cap.yaml": text.encode()})
    assert caught.value.code == code
    for lang in ("zh", "en"):
        assert "rules/shared/cap.yaml" in caught.value.text(lang)
        assert named in caught.value.text(lang)


def test_a_file_that_is_not_utf8_or_not_yaml_by_name_is_refused():
    """A file saved in another encoding or under another ending is not silently passed over."""
    with pytest.raises(SupervisionError) as caught:
        Rules.read({}, {"shared/cap.yaml": (HEAD + "values: []\n").encode("gb18030")})
    assert caught.value.code == "law.yaml.malformed"
    with pytest.raises(SupervisionError) as caught:
        Rules.read({}, {"shared/cap.yml": (HEAD + "values: []\n").encode()})
    assert caught.value.code == "law.rules.file_name"


def test_a_value_cannot_be_changed_by_its_reader():
    """Each reader gets a copy of a value."""
    law = Rules.read(cap("values:\n" + FIRST.replace("value: 4", "value: [1, 2]"))).on(date(2026, 1, 1))
    law.value("shared/cap").append(3)
    assert law.value("shared/cap") == [1, 2]


def test_the_digest_is_that_of_the_draw_protocol():
    """The digest is H of canonical JSON of path and hex digest, shipped and city files told apart."""
    mine, theirs = cap("values: []\n"), {"calendar/2027.yaml": b"year: 2027\n"}
    first, second = (hashlib.sha256(next(iter(f.values()))).hexdigest() for f in (mine, theirs))
    text = f'{{"city/calendar/2027.yaml":"{second}","shipped/shared/cap.yaml":"{first}"}}'
    rules = Rules.read(mine, theirs)
    assert rules.digest("sha256") == hashlib.sha256(text.encode()).hexdigest()
    assert rules.digest("sm3") != rules.digest("sha256")


def test_the_shipped_law_reads_as_published():
    """The shipped files are well formed, what the city must decide is missing, and sources are named."""
    law = Rules.read(shipped()).on(date(2026, 12, 1))
    assert law.missing() == [
        "ecology/quarterly_rate",
        "shared/city",
        "shared/class_ratio",
        "shared/general_item_limit",
        "shared/notice_number",
        "shared/observation_period",
        "shared/publisher",
        "shared/yearly_visit_cap",
    ]
    assert law.value("shared/quiet_days") is None
    assert law.value("shared/publication_deadline") == {"working_days": 20}
    assert law.remarks() == []
    for entry in law.entries():
        assert entry.basis, entry.path
        assert law.title(entry.path, "en") != law.title(entry.path, "zh")


def test_shipped_ratios_are_ratio_texts():
    """Limits and shares in the shipped law are read by the same parser as those in registers."""
    law = Rules.read(shipped()).on(date(2026, 12, 1))
    assert Ratio.parse(law.value("market/annual_report_check")).minimum == Fraction(3, 100)
    assert Ratio.parse(law.value("sports/high_risk_venue")).per_year == 2
    assert parse_share(law.value("shared/reserve")) == Fraction(1, 5)
    assert parse_share(law.value("shared/reduced_contact")["factor"]) == Fraction(1, 2)


EVERY_YEAR = {"visits": 1, "years": 1, "counted": "calendar"}
EVERY_TWO_YEARS = {"visits": 1, "years": 2, "counted": "rolling"}
CITED = [  # what a rule holds, from when, and the text that says it
    ("fire/technical_service_body", "2021-11-09", {"regime": ["random"]}, "应急管理部令第7号"),
    ("commerce/scrap_vehicle", "2019-06-01", {"regime": ["random"]}, "国务院令第715号"),
    ("market/certification_body", "2022-01-01", {"regime": ["random"]}, "第二部分（二）3"),
    ("market/designated_certification_body", "2022-01-01", {"regime": ["full"]}, "第二部分（二）3"),
    ("market/testing_body", "2021-06-01", {"regime": ["random"]}, "总局令第39号"),
    ("market/vehicle_test", "2022-01-01", {"regime": ["random"]}, "四个方面"),
    ("market/food", "2022-03-15", {"coverage": {"minimum": EVERY_TWO_YEARS}}, "第二十一、二十二条"),
    ("market/special_equipment", "2022-07-01", {"coverage": {"maximum": {"visits": 1, "years": 1}}}, "总局令第57号"),
    ("market/special_equipment_user", "2022-07-01", {"regime": ["random"], "people": 2}, "总局令第57号"),
    ("market/medical_device", "2022-05-01", {"coverage": {"minimum": EVERY_YEAR}, "people": 2}, "第四十九条"),
    ("market/self_declared_standard", "2018-01-01", {"regime": ["random"]}, "标准化法"),
    ("medicare/fund_inspection", "2021-05-01", {"people": 2}, "国务院令第735号"),
    ("medicare/flight_check", "2023-05-01", {"levels": ["national", "provincial"]}, "医保局令第6号"),
    ("ecology/positive_list", "2021-04-01", {"regime": ["reduced"]}, "环办执法〔2021〕10号"),
    ("safety/evaluation_body", "2019-05-01", {"regime": ["random"]}, "应急管理部令第1号"),
    ("shared/record_use", "2026-04-01", None, "发展改革委令第36号"),
    ("shared/class_override", "2026-04-01", None, "发展改革委令第36号"),
    ("shared/merge_duty", "2024-12-01", {"same_agency": "must", "other_agencies": "may"}, "国办发〔2024〕54号"),
    ("shared/off_site_first", "2020-01-01", None, "第五十六条"),
    ("shared/full_coverage_basis", "2020-01-01", ["公共安全", "人民群众生命健康"], "第五十四条"),
    ("shared/oversight", "2026-02-01", {"reader": "司法行政部门"}, "国务院令第825号"),
    ("shared/minimum_inspectors", "2022-07-01", 2, "特种设备安全法第六十五条"),
    ("shared/publication_deadline", "2022-03-15", {"working_days": 20}, "第三十九条"),
    ("shared/statutory_holidays", "2025-01-01", None, "国务院令第795号"),
]


@pytest.mark.parametrize(("path", "since", "value", "text"), CITED)
def test_a_rule_cites_the_text_that_says_it(path, since, value, text):
    """Value, date and basis of each rule; none is called verified, for nobody has compared it with the original."""
    entry = Rules.read(shipped()).on(date(2026, 12, 1)).entry(path)
    assert (entry.since.isoformat(), entry.verified) == (since, False)
    assert text in entry.basis
    if isinstance(value, dict):
        assert value.items() <= entry.value.items()
    elif value is not None:
        assert entry.value == value


def test_no_shipped_rule_rests_on_another_citys_practice():
    """What one city or province decided stands in presets: no basis of a shipped value names one as its source."""
    places = ("武威", "河南", "池州", "江苏", "浙江", "沈阳", "福建", "credit.suzhou", "fsou.com", "苏州市行政检查办法")
    for entry in Rules.read(shipped()).on(date(2026, 12, 1)).entries():
        assert not [place for place in places if place in entry.basis], entry.path


def test_the_shipped_sources_have_the_bits_that_the_protocol_asks():
    """Whichever of the two lotteries is last, its sources have at least 20 bits, all together 40 (draw protocol 4)."""
    sources = Rules.read(shipped()).on(date(2026, 12, 1)).value("shared/draw_source")
    assert [source["name"] for source in sources] == ["dlt-front", "dlt-back", "ssq-red", "ssq-blue"]
    lotteries: dict[tuple[str, ...], int] = {}
    for source in sources:
        drawn = (source["time"], *map(str, source["weekdays"]))
        outcomes = math.comb(source["high"] - source["low"] + 1, source["count"])
        lotteries[drawn] = lotteries.get(drawn, 1) * outcomes
    assert list(lotteries) == [("21:25", "1", "3", "6"), ("21:15", "2", "4", "7")]
    assert min(lotteries.values()) >= 2**20
    assert math.prod(lotteries.values()) >= 2**40
