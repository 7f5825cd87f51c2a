"""What replan refuses, in words and with nothing changed; and what a killed change leaves behind: nothing."""

from __future__ import annotations

import pytest
from real_rounds import COMMITS, DRAWS
from replanned import AFTER, agrees, ask, held, urgent_file

from supervision.errors import SupervisionError
from supervision.month import planning
from supervision.store import log
from supervision.store.store import Store


@pytest.fixture
def play(at):
    """The round after its second draw, on the next morning."""
    found = at("matched")
    found.set(AFTER)
    return found


def refused(play, *words, **more):
    """The error of what is refused; the round's record is as it was."""
    before = play.log()
    with pytest.raises(SupervisionError) as error:
        ask(play, *words, **more)
    assert play.log() == before
    return error.value


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("absent", "market-320505-03", "2026-11-28"), "month.replan_past"),
        (("absent", "market-320505-03", "2026-11-30T1"), "month.replan_month"),
        (("absent", "market-320505-03", "2027-01-04"), "month.replan_month"),
        (("absent", "market-320505-03", "2026-12-3"), "month.replan_date"),
        (("absent", "market-320505-03", "2026-12-03T3"), "month.replan_date"),
        (("absent", "market-320505-03", "2026-12-04", "2026-12-03"), "month.replan_span"),
        (("absent", "nobody-01", "2026-12-03"), "month.replan_inspector"),
        (("office", "market-999999", "2026-12-03"), "month.replan_office"),
        (("closed", "91320505YY0000001P"), "month.replan_not_drawn"),
        (("blocked", "91320505YY0000001P", "2026-12-03"), "month.replan_not_drawn"),
    ],
)
def test_what_cannot_be_is_named(play, words, code):
    """A past or malformed date, one of another month, an unknown inspector, office or unit: each in its own words."""
    error = refused(play, *words)
    assert (error.code, error.exit_code) == (code, 2)
    assert str(words[1] if code.endswith(("inspector", "office", "drawn")) else words[2]) in error.text("zh")
    assert error.text("en") != error.text("zh")


def test_two_persons_and_a_ground(play):
    """Who enters may not review; a ground is needed."""
    office = held(play)["office"].iloc[0]
    assert refused(play, "office", office, "2026-12-03", by=COMMITS).code == "sampling.one_person"
    assert refused(play, "office", office, "2026-12-03", ground="").code == "sampling.text"


def test_begun_half_days_stay(play):
    """In the afternoon that day is over: leave of its morning alone is refused, longer leave begins with the rest."""
    row = held(play).sort_values("half_days").iloc[0]
    day = row["half_days"][:10]
    play.set(f"{day}T13:00")
    assert refused(play, "absent", row["inspector_id"], f"{day}T1").code == "month.replan_begun"
    report = ask(play, "absent", row["inspector_id"], day, "2026-12-31")
    assert "month.replan_frozen" in [line.code for line in report.lines]
    assert not [one for one in report.facts["changes"] if one["half_days"].split()[0] <= f"{day}T2"]
    agrees(play)


def test_a_round_that_is_not_there_yet(at):
    """Not planned, or committed and not drawn: the command that comes first, or the time to wait for, is said."""
    early = at("committed")
    early.set("2026-11-24T09:00")
    error = refused(early, "absent", "market-320505-03", "2026-12-03")
    assert (error.code, error.params["command"]) == ("month.step_missing", "plan")
    waiting = at("rostered")
    error = refused(waiting, "absent", "market-320505-03", "2026-12-03")
    assert (error.code, error.params["at"][:10]) == ("month.replan_waits", "2026-11-29")
    assert planning.plan(waiting.round(DRAWS)).exit_code == 0


def market(play):
    """A duty of an office that may not inspect fire safety, whatever was drawn first."""
    table = held(play)
    return table[table["office"].str.startswith("market-")].iloc[0]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["X 1", "{office}", "2026-12-03T1", "{item}", "2"], "visit"),
        (["X1", "market-999999", "2026-12-03T1", "{item}", "2"], "office"),
        (["X1", "{office}", "2026-12-03", "{item}", "2"], "half_days"),
        (["X1", "{office}", "2026-12-03T1 2026-12-04T1", "{item}", "2"], "half_days"),
        (["X1", "{office}", "2026-12-03T1", "fire-premises", "2"], "items"),
        (["X1", "{office}", "2026-12-03T1", "{item}", "1"], "people"),
        (["X1", "{office}", "2026-12-03T1", "{item}", "two"], "people"),
        (["X1", "{office}", "2026-12-03T1", "{item}", "2", "", "个案"], "kind"),
        (["X1", "{office}", "2026-12-03T1", "{item}", "2", "", "special"], "unit_id"),
        (["X1", "{office}", "2026-12-03T1", "{item}", "2", "91320505MA1NOBODY1", "for_cause"], "unit_id"),
    ],
)
def test_a_list_of_urgent_visits_is_checked_cell_by_cell(play, tmp_path, row, column):
    """The row and the column that cannot be are named."""
    own = market(play)
    row = [cell.format(office=own["office"], item=own["items"].split()[0]) for cell in row]
    path = urgent_file(tmp_path / "urgent.csv", row)
    error = refused(play, "urgent", urgent=path)
    assert (error.code, error.params["line"], error.params["column"]) == ("month.urgent_row", 2, column)


def test_a_list_of_urgent_visits_has_its_form(play, tmp_path):
    """Another header, no row, no UTF-8, no file."""
    path = tmp_path / "urgent.csv"
    for content, code in (
        (b"visit,office\nX1,A\n", "month.urgent_header"),
        (b"visit,office,half_days,items,people\n", "month.urgent_header"),
        (b"visit,office,half_days,items,people,unit_id,kind\n", "month.urgent_empty"),
        ("visit,office\n投诉,A\n".encode("gb18030"), "month.urgent_encoding"),
    ):
        path.write_bytes(content)
        assert refused(play, "urgent", urgent=path).code == code
    assert refused(play, "urgent", urgent=tmp_path / "none.csv").code == "month.evidence_missing"


def test_too_few_people_for_an_urgent_visit(play, tmp_path):
    """More than the office has: nothing is changed, exit 4."""
    path = urgent_file(tmp_path / "urgent.csv", ["X1", market(play)["office"], "2026-12-03T1", "market-food", "20"])
    error = refused(play, "urgent", urgent=path)
    assert (error.code, error.exit_code) == ("month.urgent_nobody", 4)
    play.set("2026-12-04T09:00")
    assert refused(play, "urgent", urgent=path).code == "month.replan_past"


def test_a_change_that_dies_leaves_nothing(play, monkeypatch):
    """Killed while it is written, a change is not there; asked again it is made, once."""
    office, plain = held(play)["office"].iloc[0], log.append

    def dies(database, entry, *, scope, name, **more):
        plain(database, entry, scope=scope, name=name, **more)
        if name == "replan":
            raise KeyboardInterrupt

    before, paths = play.log(), set(Store.open(play.store).paths(play.round(COMMITS).key))
    with monkeypatch.context() as patch:
        patch.setattr(log, "append", dies)
        with pytest.raises(KeyboardInterrupt):
            ask(play, "office", office, "2026-12-01")
    assert (play.log(), set(Store.open(play.store).paths(play.round(COMMITS).key))) == (before, paths)
    ask(play, "office", office, "2026-12-01")
    assert [one["step"] for one in play.log()].count("replan") == 1
    agrees(play)
