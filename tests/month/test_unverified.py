"""Rules that nobody has verified: a real round needs a name, the log keeps it, the public page lists the rules."""

from __future__ import annotations

import json
import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from supervision.errors import UsageError
from supervision.law.rules import Rules
from supervision.month import line
from supervision.month.city import BEIJING, City, silent
from supervision.month.unverified import READ, unverified
from supervision.store import shipped_files
from supervision.store.store import Store

SOURCE = Path(__file__).parents[2] / "supervision"


def run(town, work, accept):
    """Run a real round of the town as far as it goes."""
    return line.run(
        work / "x.db", "2026-12", inputs=town, out=work / "out", values={}, rehearsal=False, who="jia", progress=silent,
        accept_unverified=accept, now=lambda: datetime(2026, 11, 23, 9, tzinfo=BEIJING),
    )  # fmt: skip


def test_every_rule_that_is_read_is_on_the_list():
    """The list holds exactly the shared rules that the program's source names, but for those of no round."""
    of_no_round = {
        *(
            "case_deadline",
            "feedback",
            "desk_roles",
            "early_warning",
            "for_cause_watch",
            "inspected_rights",
            "item_list_review",
            "monitor_limits",
        ),
        *("oversight_tables", "permit_handover", "plan_dates", "plan_merge", "proportion", "publisher"),
        *("risk_receipt", "special_checks"),
    }
    files = [path for path in SOURCE.rglob("*.py") if path.parent.name != "shapes"]  # which name what nobody reads, too
    named = {word for path in files for word in re.findall(r"shared/[a-z_]+", path.read_text("utf-8"))}
    assert named - {"shared/nothing", *(f"shared/{name}" for name in of_no_round)} == set(READ)


def test_a_named_person_answers_for_them(town, tmp_path):
    """Without a name the commitment is refused and names the rules; with one the log keeps who and which."""
    with pytest.raises(UsageError) as refused:
        run(town, tmp_path, "")
    for nobody in ("  ", "无", "—"):
        with pytest.raises(UsageError):
            run(town, tmp_path, nobody)
    assert refused.value.code == "month.unverified"
    assert Store.open(tmp_path / "x.db").rounds() == []  # nobody was scored for it
    assert "shared/class_override" in refused.value.text("zh") and "--accept-unverified" in refused.value.text("en")
    report = run(town, tmp_path, "赵核准")
    assert report.exit_code == 0
    city = City.open(tmp_path / "x.db", who="jia", rules=town / "rules")
    assert json.loads(city.store.get("2026-12", "audit/accepted_rules.json")) == {
        "who": "赵核准",
        "rules": [one.path for one in unverified(city.round("2026-12").law)],
    }
    page = (tmp_path / "out" / "public" / "2026-12" / "plan.html").read_text(encoding="utf-8")
    assert "未经核实的规则" in page and "直接确定信用风险类别的情形" in page
    assert "赵核准" not in "".join(path.read_text("utf-8") for path in (tmp_path / "out" / "public").rglob("*.html"))


def test_a_verified_rule_needs_nobody(town, tmp_path):
    """A city that has compared every rule with its document commits without the option, and its page lists none."""
    inputs = shutil.copytree(town, tmp_path / "inputs")
    own, shipped = shipped_files.folder_rules(inputs / "rules"), shipped_files.shipped_rules()
    for path, source in (shipped | own).items():
        if path.startswith("shared/"):
            (inputs / "rules" / path).parent.mkdir(parents=True, exist_ok=True)
            (inputs / "rules" / path).write_bytes(source.replace(b"verified: false", b"verified: true"))
    law = Rules.read(shipped, shipped_files.folder_rules(inputs / "rules"))
    assert unverified(law.on(datetime(2026, 12, 1).date())) == []
    run(inputs, tmp_path, "")
    assert "未经核实的规则" not in (tmp_path / "out" / "public" / "2026-12" / "plan.html").read_text(encoding="utf-8")
