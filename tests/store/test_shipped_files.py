from __future__ import annotations

import pytest

from supervision.errors import SupervisionError
from supervision.store.shipped_files import folder_rules, shipped_calendar, shipped_code_lists, shipped_rules


def test_what_is_shipped_is_read_by_relative_path():
    """Rules, calendars and code lists come with the program under the paths that the rules stage expects."""
    rules = shipped_rules()
    assert "shared/class_ratio.yaml" in rules and b"values" in rules["shared/class_ratio.yaml"]
    assert list(rules) == sorted(rules)
    assert "2026.yaml" in shipped_calendar()
    assert "result.yaml" in shipped_code_lists()


def test_a_city_has_its_own_folder(tmp_path):
    """Only YAML files count, folders inside are read, and no folder is no rules."""
    (tmp_path / "rules" / "shared").mkdir(parents=True)
    (tmp_path / "rules" / "shared" / "quiet_days.yaml").write_bytes(b"id: shared/quiet_days\n")
    (tmp_path / "rules" / "readme.txt").write_bytes(b"")
    assert folder_rules(tmp_path / "rules") == {"shared/quiet_days.yaml": b"id: shared/quiet_days\n"}
    assert folder_rules(tmp_path / "none") == {}
    with pytest.raises(SupervisionError) as error:
        folder_rules(tmp_path / "rules" / "readme.txt")
    assert error.value.code == "store.no_rules_folder"
