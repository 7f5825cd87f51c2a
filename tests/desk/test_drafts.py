"""Drafts: two people never lose each other's entries."""

import pytest

from supervision.desk import drafts
from supervision.errors import UsageError


def test_a_draft_is_kept_over_what_its_writer_saw_only(at):
    """The second of two who opened the same page is refused, with who was first; nothing of the first is lost."""
    file = at("committed").file
    seen = drafts.read(file, "result/1")
    assert (seen.content, seen.version) == (None, 0)
    first = drafts.keep(file, "result/1", {"result": "1"}, version=seen.version, who="sun-04")
    with pytest.raises(UsageError) as error:
        drafts.keep(file, "result/1", {"result": "2"}, version=seen.version, who="li-02")
    assert (error.value.code, error.value.params["who"]) == ("desk.draft_changed", "sun-04")
    assert drafts.read(file, "result/1").content == {"result": "1"}
    again = drafts.keep(file, "result/1", {"result": "3"}, version=first.version, who="li-02")
    assert (again.version, again.name) == (2, "li-02")


def test_a_draft_that_was_sent_is_gone(at):
    """Whoever still has it open is told."""
    file = at("committed").file
    kept = drafts.keep(file, "result/1", {}, version=0, who="sun-04")
    drafts.drop(file, "result/1")
    assert (drafts.read(file, "result/1").content, drafts.read(file, "result/1").version) == (None, kept.version + 1)
    drafts.keep(file, "result/1", {"new": 1}, version=kept.version + 1, who="li-02")
    with pytest.raises(UsageError):
        drafts.keep(file, "result/1", {}, version=kept.version, who="sun-04")


def test_a_number_that_no_draft_ever_had_is_refused(at):
    """A form that was made up, or of a file that is gone."""
    with pytest.raises(UsageError) as error:
        drafts.keep(at("committed").file, "result/1", {}, version=7, who="sun-04")
    assert error.value.code == "desk.draft_sent"
