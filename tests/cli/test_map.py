"""Mappings on the command line: draft, check, import, unmatched names, kept by name, and what is refused."""

from __future__ import annotations

import openpyxl
import pytest

ONE, TWO = "91320507YY49M3021Y", "91320508YYHT5N260K"
UNITS = f"统一社会信用代码,企业名称,行政区划代码\n{ONE},甲饭店,320507\n{TWO},乙饭店,320508\n"
VISITS = "检查公示\n被检查单位,检查时间,检查结论\n甲饭店,2025年3月4日,通过\n乙饭店铺,2025年3月5日,合格\n"
SAID = ("--set", "agency=market", "--set", "kind=routine", "--set", "item_id=food", "--result", "通过=1")
DAY = ("--as-of", "2026-01-01")


@pytest.fixture
def town(call, tmp_path):
    """A store with two units, and a foreign file in GBK."""
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "v.csv").write_text(VISITS, encoding="gb18030")
    call("init")
    assert call("import", "entities", "units.csv", *DAY).code == 0
    return tmp_path


def test_from_a_draft_to_every_row_in_the_store(call, town):
    """Draft, check, import; the unmatched name is given its unit by a person, and the second import takes it."""
    told = call("--json", "map", "v.csv", *SAID, "--out", "v.yaml").json
    assert (told["kind"], told["missing"], told["unknown"], told["unread"]) == ("history", [], {}, [])
    assert call("--json", "check", "history", "v.csv", "--mapping", "v.yaml", *DAY).json["good"] == 1
    assert not (town / "v.csv.unmatched.xlsx").exists()
    first = call("import", "history", "v.csv", "--mapping", "v.yaml", *DAY)
    assert first.code == 3
    assert first.out.index("“检查时间” → 检查日期 date") < first.out.index("导入 history")
    assert "各行 检查机关 agency = market" in first.out
    assert "结果代码 result 的写法：通过=1" in first.out
    book = openpyxl.load_workbook("v.csv.unmatched.xlsx")
    row = [cell.value for cell in book.active[2]]
    assert row[:5] == [None, "乙饭店铺", None, "1", "4"]
    assert row[6] == f"{TWO} 乙饭店"
    book.active["A2"] = TWO
    book.save("filled.xlsx")
    again = call("--json", "import", "history", "v.csv", "--mapping", "v.yaml", "--units", "filled.xlsx", *DAY)
    assert again.code == 0
    taken = again.json["files"][0]
    assert (taken["inserted"], taken["unchanged"], taken["rejected"], taken["unmatched_file"]) == (1, 1, 0, None)


def test_a_filled_list_beside_the_mapping(call, town):
    """`units` of a mapping names a file that stands beside it, wherever the command is called; kept, it goes along."""
    (town / "m").mkdir()
    (town / "m" / "names.csv").write_text(f"统一社会信用代码,单位名称\n{TWO},乙饭店铺\n", encoding="utf-8")
    call("map", "v.csv", *SAID, "--out", "m/v.yaml")
    with (town / "m" / "v.yaml").open("a", encoding="utf-8") as handle:
        handle.write("units: names.csv\n")
    assert call("map", "m/v.yaml", "--keep", "公示").code == 0
    (town / "m" / "names.csv").unlink()
    assert call("import", "history", "v.csv", "--mapping", "公示", *DAY).code == 0
    missing = call("import", "history", "v.csv", "--mapping", "m/v.yaml", *DAY)
    assert (missing.code, "names.csv" in missing.err) == (2, True)


def test_mappings_are_kept_listed_shown_and_removed(call, town):
    """The same again changes nothing; what is removed is gone, and an unknown name says which are kept."""
    call("map", "v.csv", *SAID, "--out", "v.yaml")
    assert "库中没有映射" in call("map", "--list").out
    assert "已存入" in call("map", "v.yaml", "--keep", "food").out
    assert "没有变化" in call("map", "v.yaml", "--keep", "food").out
    assert call("--json", "map", "--list").json["mappings"] == {"food": "history"}
    assert '"检查时间": "date"' in call("map", "--show", "food").out
    assert call("map", "--remove", "food").code == 0
    gone = call("check", "history", "v.csv", "--mapping", "food", *DAY)
    assert (gone.code, "food" in gone.err) == (1, True)


def test_a_draft_never_writes_over_a_file(call, town):
    """A person may have changed it; the same draft again is no harm. Without --out it goes beside the file."""
    assert call("map", "v.csv", *SAID).code == 0
    assert call("map", "v.csv", *SAID).code == 0
    path = town / "v.csv.mapping.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    before = path.read_bytes()
    assert call("map", "v.csv", *SAID).code == 2
    assert path.read_bytes() == before


def test_options_alone_are_a_mapping(call, town):
    """Without a file or name: each column is said; a misspelt one is told with what resembles it."""
    maps = ("--map", "被检查单位=unit_name", "--map", "检查结论=result")
    done = call("--json", "check", "history", "v.csv", *maps, *SAID, *DAY)
    assert (done.json["good"], done.json["rejected"]) == (1, 1)
    wrong = call("check", "history", "v.csv", "--map", "被检单位=unit_name", *SAID, *DAY)
    assert wrong.code == 1
    assert "被检单位" in wrong.err
    assert "“被检查单位”" in wrong.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("map",), 2, "--list"),
        (("map", "v.csv", "--list"), 2, "--list"),
        (("map", "--list", "--keep", "x"), 2, "--list"),
        (("map", "no.csv"), 2, "no.csv"),
        (("map", "v.csv", "--kind", "results"), 2, "results"),
        (("map", "v.csv", "--kind", "history", "--set", "colour=red"), 1, "colour"),
        (("map", "v.csv", "--kind", "history", "--set", "kind=red"), 1, "red"),
        (("map", "v.csv", "--map", "神秘=date"), 1, "神秘"),
        (("map", "units.csv", "--keep", "x"), 1, "units.csv"),
        (("check", "events", "v.csv", "--mapping", "good.yaml", *DAY), 2, "good.yaml"),
        (("check", "results", "v.csv", "--mapping", "good.yaml", *DAY), 2, "record"),
        (("import", "history", "v.csv", "--mapping", "no.yaml", *DAY), 2, "no.yaml"),
        (("import", "history", "v.csv", "--mapping", "bad.yaml", *DAY), 1, "bad.yaml"),
        (("import", "history", "v.csv", "--map", "x", *DAY), 1, "COLUMN=FIELD"),
        (("import", "history", "v.csv", "--units", "no.xlsx", *DAY), 2, "no.xlsx"),
        (("import", "history", "v.csv", "--result", "通过=77", "--map", "检查结论=result", *DAY), 1, "77"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_refused(call, town, arguments, code, words, lang):
    """One sentence that names it, and nothing is written or stored."""
    (town / "good.yaml").write_text("kind: history\n", encoding="utf-8")
    (town / "bad.yaml").write_text("- a\n", encoding="utf-8")
    before = sorted(path.name for path in town.iterdir())
    ended = call(*arguments, "--lang", lang)
    assert (ended.code, "Traceback" in ended.err) == (code, False), ended.err
    assert words in ended.err
    assert sorted(path.name for path in town.iterdir()) == before
