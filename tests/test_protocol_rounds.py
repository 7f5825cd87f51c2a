"""Whole rounds from the builders: the second reader agrees with the honest ones and names what was forged."""

import pytest
from protocol_rounds import chains, scenarios
from protocol_rounds.bureau import write
from protocol_rounds.corpus import corpus
from second_reader import comparison, drawing

CASES = corpus()
HONEST = [name for name, case in CASES.items() if case.verdicts != {5}]
FORGED = [
    name for name, case in CASES.items() if case.verdicts == {5} and not (case.disk or case.folder or case.history)
]


@pytest.mark.parametrize("name", [name for name in HONEST if 5 not in CASES[name].verdicts])
def test_the_second_reader_agrees_with_honest_rounds(name):
    """Nothing differs in an honest round, whatever is odd about it."""
    assert comparison.differences(CASES[name].make()) == []


@pytest.mark.parametrize("name", FORGED[::6])
def test_the_second_reader_notices_what_was_forged(name):
    """Every sixth tampered round differs somewhere (all of them are for the verifier)."""
    assert comparison.differences(CASES[name].make())


def test_the_corpus_is_large_enough():
    """At least thirty honest odd cases and three hundred tampered ones."""
    assert len(HONEST) >= 30
    assert len(CASES) - len(HONEST) >= 300


@pytest.mark.parametrize("story", [scenarios.eventful, scenarios.rehearsed, chains.supplements])
def test_rounds_repeat_to_the_byte(story):
    """The same story gives the same files."""

    def files():
        one = story()
        return one.files if hasattr(one, "files") else one.bureau.files

    assert files() == files()


def test_a_written_round_is_read_again(tmp_path):
    """`compare` reads an OUT folder and finds nothing; one changed byte is named."""
    write(scenarios.eventful().bureau.files, tmp_path)
    assert comparison.compare(tmp_path) == []
    path = tmp_path / "audit" / "2026-12" / "calendar.csv"
    path.write_bytes(path.read_bytes().replace(b"T1", b"T2", 1))
    found = comparison.compare(tmp_path)
    assert any("calendar" in words for words in found)


def test_every_unit_has_a_proof_and_no_other_row_passes():
    """Framed and excluded units are proven against the public commitment; another row, size or task is refused."""
    one = scenarios.committed()
    commitment = one.file("public", "commitment.json")
    for task in one.tasks.values():
        for row in task.rows + task.excluded:
            proof = drawing.proof(one.keys, one.digest(commitment).hex(), task, row["unit_id"])
            assert comparison.proof_error(proof, commitment) == ""
    assert "leads to" in comparison.proof_error(proof | {"row": [*proof["row"][:-1], "9"]}, commitment)
    assert "size" in comparison.proof_error(proof | {"size": proof["size"] + 1}, commitment)
    assert "task" in comparison.proof_error(proof | {"task_id": "gas-01"}, commitment)
    assert "commitment" in comparison.proof_error(proof | {"commitment": "0" * 64}, commitment)
    assert "nothing" in comparison.proof_error(proof | {"index": proof["size"]}, commitment)
