"""Presets: one place's practice, copied by choice, and how a command stops without it."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from supervision.domain.ratio import Ratio
from supervision.errors import RuleMissing, SupervisionError, UsageError
from supervision.law.presets import Preset, find_preset
from supervision.law.rules import Rules
from supervision.month import starting
from supervision.store import shipped_files

SHIPPED = shipped_files.shipped_rules()
DAY = date(2026, 12, 1)
VALUES = [
    ("wuwei", "shared/general_item_limit", "10%", "武威市"),
    ("henan", "shared/class_ratio", {"A": "1%", "B": "2%", "C": "10%", "D": "30%"}, "河南省"),
    ("chizhou", "ecology/quarterly_rate",
     {"key": "不低于25%", "special": "不低于15%", "general": "不低于5%"}, "池州市"),
    ("suzhou", "shared/check_kind", {"counted": ["routine", "special"]}, "市政府令第169号"),
    ("jiangsu", "shared/yearly_visit_cap",
     {"same_agency": 1, "all_agencies": None, "kinds": ["routine", "special"], "counted_by": "place"}, "同一经营场所"),
    ("jiangyan", "shared/quiet_days", {"days": list(range(1, 16))}, "姜堰区"),
]  # fmt: skip


def test_every_preset_is_sound():
    """All shipped presets name shipped rules and make rule files that read."""
    names = {file.removesuffix(".yaml") for file in shipped_files.shipped_presets()}
    assert names == {name for name, *_ in VALUES}
    for name in names:
        preset = find_preset(shipped_files.shipped_presets(), name)
        assert preset.name == name
        assert preset.files(Rules.read(SHIPPED))


@pytest.mark.parametrize(("name", "path", "value", "basis"), VALUES)
def test_a_copied_preset_is_the_citys_own_rule(tmp_path, name, path, value, basis):
    """The file lands in the city's folder with value and basis, and is in force there as the city's own."""
    report = starting.take_preset(tmp_path / "rules", name)
    assert str(tmp_path / "rules" / f"{path}.yaml") in report.facts["files"]
    law = Rules.read(SHIPPED, shipped_files.folder_rules(tmp_path / "rules")).on(DAY)
    entry = law.entry(path)
    assert (entry.value, entry.origin, entry.verified) == (value, "city", False)
    assert basis in entry.basis
    assert law.title(path) == Rules.read(SHIPPED).on(DAY).title(path)


def test_without_the_citys_value_the_command_stops():
    """The missing limit of general items names the file, its lines with an example, and the presets' command."""
    with pytest.raises(RuleMissing) as caught:
        Rules.read(SHIPPED).on(DAY).value("shared/general_item_limit")
    for lang in ("zh", "en"):
        text = caught.value.text(lang)
        assert "rules/shared/general_item_limit.yaml" in text
        assert "supervision rules" in text and "--preset" in text
    assert Ratio.parse("不高于10%").maximum == Fraction(1, 10)
    assert "不高于10%" in str(caught.value.params["lines"])


def test_a_rule_of_the_city_is_never_touched(tmp_path):
    """Where one of a preset's files is there already, nothing is written at all."""
    own = tmp_path / "rules" / "shared" / "whitelist_tier.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        starting.take_preset(tmp_path / "rules", "suzhou")
    assert (caught.value.code, caught.value.params["file"]) == ("month.preset_there", own)
    assert [path.name for path in Path(own.parent).iterdir()] == ["whitelist_tier.yaml"]
    assert own.read_text(encoding="utf-8") == "mine"


def test_unknown_presets_and_rules_are_named():
    """A name that is no preset lists those that are; a preset of a rule that is not shipped is refused."""
    with pytest.raises(SupervisionError) as caught:
        find_preset(shipped_files.shipped_presets(), "atlantis")
    assert "chizhou henan jiangsu" in str(caught.value.params["known"])
    with pytest.raises(SupervisionError) as caught:
        Preset.read("x.yaml", b"id: x\ntitle: {zh: a, en: b}\nrules: {shared/none: []}\n").files(Rules.read(SHIPPED))
    assert (caught.value.code, caught.value.params["rule"]) == ("law.presets.rule_unknown", "shared/none")
