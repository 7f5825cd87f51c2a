"""随机源与种子 (3, 4, 7): forged commitments, sources, times, values and seeds, all that follows made again."""

from typing import Any

from second_reader.encoding import later

from protocol_rounds.bureau import Tap
from protocol_rounds.cases import Case, changing, dropping, forged, setting
from protocol_rounds.lotteries import dlt, fc3d, pl5, source, ssq
from protocol_rounds.scenarios import FIRST, committed, plain, rehearsed

C, R2 = "commitment.json", "roster_commitment.json"
BOUND = (C, "verify.py", "rules.json", "registers.json", "roster-0.csv", "frame_key.hex")
BOUND2 = (R2, "calendar.csv", "roster.csv", "recusals.csv")


def head(name: str, *path: Any, value: Any, story: Any = plain) -> Case:
    """Return a case with one field of the first commitment set."""
    return forged(name, BOUND, story, {"commitment": setting(value, *path)})


def first_round(taps: dict[str, Tap] | None = None) -> Any:
    """Return the first round of an agency."""
    return plain(taps, chained=0)


def fields() -> list[Case]:
    """Fields of commitment.json."""
    return [
        head("protocol 1", "protocol", value="supervision-draw/1"),
        head("an unknown rehearsal", "rehearsal", value="maybe"),
        head("the protocol as a number", "protocol", value=2),
        head("a field more", "note", value="x"),
        forged("no cause", C, plain, {"commitment": dropping("cause")}),
        forged("no software", C, plain, {"commitment": dropping("software")}),
        head("a cause in a normal round", "cause", value="because"),
        head("an agency with a space", "agency", value="su zhou"),
        head("an agency of 41 characters", "agency", value="a" * 41),
        head("another round than the folder", "round", value="2026-11"),
        head("evidence later than the commitment", "evidence", value="2026-11-26"),
        head("evidence that is no day", "evidence", value="2026-11-31"),
        head("sequence 0 in a real round", "sequence", value=0),
        head("sequence as a text", "sequence", value="7"),
        head("sequence 7 without previous", "previous", value=None),
        head("no log although the log has lines", "log", value=None),
        head("the log head of nothing", "log", value="0" * 64),
        head("previous that is no digest", "previous", value="AB" * 32),
        head("committed_at in UTC", "committed_at", value="2026-11-25T01:00:00+00:00"),
        head("committed_at without zone", "committed_at", value="2026-11-25T09:00:00"),
        head("committed_at on a day that is none", "committed_at", value="2026-11-25T25:00:00+08:00"),
        head("committed_at before its place in the log", "committed_at", value="2026-11-24T09:00:00+08:00"),
        head("another digest of verify.py", "software", value="0" * 64),
        head("another digest of the rules", "rules", value="0" * 64),
        head("another digest of the registers", "register", value="0" * 64),
        head("another digest of the roster", "roster", value="0" * 64),
        head("another digest of the key", "key_digest", value="0" * 64),
        head("tasks in another order", "tasks", value=[]),
        forged("tasks reversed", C, plain, {"commitment": changing(lambda c, _: c["tasks"].reverse())}),
        forged("a task twice", C, plain, {"commitment": changing(lambda c, _: c["tasks"].append(c["tasks"][-1]))}),
        forged("an unknown hash", (C, "hash"), committed, {"commitment": setting("md5", "hash")}),
        forged("previous of a first commitment", C, first_round, {"commitment": setting("0" * 64, "previous")}),
        forged(
            "a key digest of the key's text",
            BOUND,
            plain,
            {"commitment": changing(lambda c, r: c.update(key_digest=r.digest(r.keys.frame_key.hex().encode()).hex()))},
        ),
        forged("rules without digests", "rules.json", plain, {"bytes:audit/rules.json": lambda d, _: b'{"a":"b"}'}),
        forged("registers in a list", "registers.json", plain, {"bytes:audit/registers.json": lambda d, _: b"[]"}),
        forged(
            "a roster that is not salted",
            BOUND,
            plain,
            {"commitment": changing(lambda c, r: c.update(roster=r.digest(r.file("audit", "roster-0.csv")).hex()))},
        ),
        forged(
            "a roster salted with number 1",
            BOUND,
            plain,
            {
                "commitment": changing(
                    lambda c, r: c.update(roster=r.keys.file_digest("roster", 1, r.file("audit", "roster-0.csv")))
                )
            },
        ),
    ]


def sourced(name: str, sources: list[dict], story: Any = plain) -> Case:
    """Return a case whose first commitment has other sources."""
    return forged(name, (C, "source", "源"), story, {"commitment": setting(sources, "sources")})


def changed(name: str, /, **values: Any) -> Case:
    """Return a case whose first source has other fields."""
    return sourced(name, [FIRST[0] | values, *FIRST[1:]], committed)


def sources() -> list[Case]:
    """Sources of the first commitment: kind, range, order, entropy, interval."""
    sat, sun = "2026-11-28T21:25:00+08:00", "2026-11-29T21:15:00+08:00"
    almost = [source("big", "sequence", (2, 0, 2**20 - 2), sat, "1")]
    last = [source("pick", "sequence", (30, 0, 1), sat, "1"), source("top", "number", (1, 0, 2**20 - 2), sun, "1")]
    return [
        sourced("less than 40 bits in all", fc3d(sat, "1") + ssq(sun, "1")),
        sourced("one outcome less than 40 bits", almost),
        sourced("a last event of 16 bits", [*FIRST[:2], *ssq(sat, "1"), *pl5(sun, "1")]),
        sourced("a last event one outcome short of 20 bits", last),
        sourced("no sources", []),
        sourced("a second less than 24 hours", dlt("2026-11-26T08:59:59+08:00", "1") + FIRST[2:]),
        sourced("sources not in the order of time", FIRST[2:] + FIRST[:2]),
        sourced("sources before the commitment", dlt("2026-11-21T21:25:00+08:00", "1") + FIRST[2:]),
        sourced("all sources before the commitment", dlt(later(sat, days=-7), "1") + ssq(later(sun, days=-7), "1")),
        sourced("a name twice", [*FIRST, source("ssq-red", "sequence", (6, 0, 9), sun, "7")], committed),
        sourced("the same issue twice under two names", [*FIRST, FIRST[3] | {"name": "blue-again"}]),
        changed("a set of one", count=1),
        changed("a set larger than its range", count=36),
        changed("a count of none", count=0),
        changed("a sequence of one", kind="sequence", count=1),
        changed("a number of five", kind="number"),
        changed("dice thrown on the spot", kind="dice"),
        changed("low equal to high", low=35),
        changed("low above high", low=36),
        changed("a negative low", low=-1),
        changed("high of 2^31", high=2**31),
        changed("low as a text", low="1"),
        changed("an issue as a number", issue=26136),
        changed("an issue with a slash", issue="26/136"),
        changed("a name of 41 characters", name="n" * 41),
        changed("a name with Chinese characters", name="大乐透"),
        changed("a time that is none", at="2026-11-28T24:25:00+08:00"),
        changed("a time in UTC", at="2026-11-28T13:25:00Z"),
        changed("a field more in a source", organiser="x"),
        sourced("a source without issue", [{k: v for k, v in FIRST[0].items() if k != "issue"}, *FIRST[1:]], committed),
    ]


def reveal(name: str, *path: Any, value: Any, says: Any = "reveal.json") -> Case:
    """Return a case with one field of the reveal set."""
    return forged(name, says, plain, {"reveal": setting(value, *path)})


def turned(text: str, _: Any) -> str:
    """Return a key string with its first two sources swapped."""
    first, second, rest = text.split("/", 2)
    return f"{second}/{first}/{rest}"


def as_texts(content: dict, _: Any) -> None:
    """Sort a set as texts; the key string stays."""
    content["values"]["ssq-red"] = ["1", "10", "2", "20", "3", "30"]


def reveals() -> list[Case]:
    """Values, key strings, seeds of both draws."""
    key = "key_string:reveal"
    values: Tap = setting([36, 1, 2, 3, 4], "dlt-front")
    return [
        reveal("held before it was announced", "held", "ssq-red", value="2026-11-29T21:14:59+08:00"),
        reveal("held without zone", "held", "ssq-red", value="2026-11-29T21:20:00"),
        reveal("a value of held too many", "held", "x", value="2026-11-29T21:20:00+08:00"),
        forged("no held of a source", "reveal.json", plain, {"reveal": dropping("held", "ssq-red")}),
        forged("no values of a source", "reveal.json", plain, {"reveal": dropping("values", "ssq-red")}),
        reveal("values of a source that is none", "values", "x", value=["1"]),
        forged("a value out of range", "reveal.json", plain, {"values:reveal": values}),
        forged("a value below the range", "reveal.json", plain, {"values:reveal": setting([0], "ssq-blue")}),
        forged(
            "a value twice in a set", "reveal.json", plain, {"values:reveal": setting([1, 1, 2, 3, 4], "dlt-front")}
        ),
        forged("four values of five", "reveal.json", plain, {"values:reveal": setting([1, 2, 3, 4], "dlt-front")}),
        forged("six values of five", "reveal.json", plain, {"values:reveal": setting([1, 2, 3, 4, 5, 6], "dlt-front")}),
        forged(
            "a set not sorted",
            "reveal.json",
            plain,
            {"reveal": changing(lambda r, _: r["values"]["dlt-front"].reverse())},
        ),
        forged(
            "a value with a leading zero",
            "reveal.json",
            plain,
            {"reveal": changing(lambda r, _: r["values"].update({"ssq-blue": ["0" + r["values"]["ssq-blue"][0]]}))},
        ),
        forged(
            "values as numbers",
            "reveal.json",
            plain,
            {"reveal": changing(lambda r, _: r["values"].update({"ssq-blue": [int(r["values"]["ssq-blue"][0])]}))},
        ),
        forged("a key string without the last slash", "reveal.json", plain, {key: lambda text, _: text[:-1]}),
        forged(
            "a key string with one number changed", "reveal.json", plain, {key: lambda t, _: t.replace("1", "2", 1)}
        ),
        forged("two sources swapped in the key string", "reveal.json", plain, {key: turned}),
        forged("a set sorted as texts", "reveal.json", plain, {"reveal": changing(as_texts)}),
        reveal("held at a second that is none", "held", "ssq-red", value="2026-11-29T21:20:60+08:00"),
        reveal("held after the draw", "held", "ssq-red", value="2026-11-29T23:00:00+08:00", says=("reveal", "log", C)),
        forged(
            "second sources held after the match",
            ("reveal2", "log", R2),
            plain,
            {"reveal2": setting("2026-12-01T23:00:00+08:00", "held", "pl5")},
        ),
        forged("a seed taken from nowhere", "reveal.json", plain, {"seed:reveal": lambda seed, _: bytes(32)}),
        forged(
            "a seed without the commitment",
            "reveal.json",
            plain,
            {"seed:reveal": lambda _, r: r.digest(b"supervision-draw/2\x00" + b"1.2.3./")},
        ),
        reveal("the digest of another commitment", "commitment", value="0" * 64),
        reveal("another round", "round", value="2026-11"),
        reveal("a field more in the reveal", "note", value=""),
        forged("no key string", "reveal.json", plain, {"reveal": dropping("key_string")}),
        forged("a second seed taken from nowhere", "reveal2.json", plain, {"seed:reveal2": lambda seed, _: bytes(32)}),
        forged("second values out of range", "reveal2.json", plain, {"values:reveal2": setting([17], "ssq-blue")}),
        forged(
            "a digit of ten",
            "reveal2.json",
            plain,
            {"values:reveal2": setting([1, 2, 3, 4, 10], "pl5")},
        ),
        forged(
            "a second source held too early",
            "reveal2.json",
            plain,
            {"reveal2": setting("2026-12-01T21:24:59+08:00", "held", "pl5")},
        ),
        forged(
            "the second reveal names the first commitment",
            "reveal2.json",
            plain,
            {"reveal2": changing(lambda v, r: v.update(commitment=r.digest(r.file("public", C)).hex()))},
        ),
        forged(
            "a second seed without the first",
            "reveal2.json",
            plain,
            {
                "seed:reveal2": lambda _, r: r.digest(
                    b"supervision-roster/2\x00" + r.digest(r.file("public", R2)) + b"1./"
                )
            },
        ),
    ]


def second(name: str, *path: Any, value: Any, says: str | tuple[str, ...] = BOUND2) -> Case:
    """Return a case with one field of the roster commitment set."""
    return forged(name, says, plain, {"roster_commitment": setting(value, *path)})


def reused() -> list[dict]:
    """Return sources of the second draw of which two are the first one's."""
    at = "2026-12-01T21:25:00+08:00"
    return [*pl5(at, "26320"), *[one | {"at": at} for one in FIRST[2:]]]


def seconds() -> list[Case]:
    """Fields and sources of the roster commitment."""
    at = "2026-12-01T21:25:00+08:00"
    renamed = [*pl5(at, "26320"), *[one | {"at": at, "name": f"again-{one['name']}"} for one in FIRST[2:]]]
    early = "2026-11-29T20:00:00+08:00"
    soon = pl5("2026-12-01T08:59:59+08:00", "26320") + ssq(at, "2026139")
    return [
        second("the second draw uses the first one's lottery", "sources", value=reused(), says=(R2, "source")),
        second("the first one's lottery under other names", "sources", value=renamed, says=(R2, "source")),
        second("second sources of 16 bits", "sources", value=pl5(at, "26320")),
        second("a second source too soon", "sources", value=soon),
        second("a second commitment before the first draw's last source", "committed_at", value=early),
        second("second number 2", "number", value=2),
        second("number as a text", "number", value="1"),
        second("another first commitment", "commitment", value="0" * 64),
        second("another hash in the second", "hash", value="sm3"),
        second("another agency in the second", "agency", value="wuxi"),
        second("a rehearsal in the second", "rehearsal", value="yes"),
        second("protocol of the first in the second", "protocol", value="supervision-draw/2"),
        second("another round in the second", "round", value="2026-11"),
        second("a sequence left out", "sequence", value=9),
        second("the sequence of the first", "sequence", value=7),
        second("previous of nothing", "previous", value="0" * 64),
        second("another log head in the second", "log", value="0" * 64),
        second("a field more in the second", "cause", value=None),
        second("another calendar", "calendar", value="0" * 64),
        second("another roster", "roster", value="0" * 64),
        second("other recusals", "recusals", value="0" * 64),
        forged("no recusals in the second", R2, plain, {"roster_commitment": dropping("recusals")}),
        forged(
            "a calendar that is not salted",
            BOUND2,
            plain,
            {
                "roster_commitment": changing(
                    lambda c, r: c.update(calendar=r.digest(b"\x03" + r.file("audit", "calendar.csv")).hex())
                )
            },
        ),
        forged(
            "a roster salted as a calendar",
            BOUND2,
            plain,
            {
                "roster_commitment": changing(
                    lambda c, r: c.update(roster=r.keys.file_digest("calendar", 1, r.file("audit", "roster.csv")))
                )
            },
        ),
    ]


def rehearsals() -> list[Case]:
    """Rehearsals that pretend, and real rounds that hide."""
    return [
        head("a rehearsal that says it is real", "rehearsal", value="no", story=rehearsed),
        head("a rehearsal with a sequence", "sequence", value=8, story=rehearsed),
        head("a rehearsal with a previous commitment", "previous", value="0" * 64, story=rehearsed),
        head("a rehearsal with a log head", "log", value="0" * 64, story=rehearsed),
        head(
            "a rehearsal committed on another day", "committed_at", value="2026-12-02T00:00:00+08:00", story=rehearsed
        ),
        head("a real round that says it is a rehearsal", "rehearsal", value="yes"),
        forged(
            "a rehearsal whose second draw is real",
            R2,
            rehearsed,
            {"roster_commitment": setting("no", "rehearsal")},
        ),
        forged(
            "a rehearsal whose second draw has a sequence",
            R2,
            rehearsed,
            {"roster_commitment": setting(1, "sequence")},
        ),
        forged(
            "a rehearsal whose second draw was committed later",
            R2,
            rehearsed,
            {"roster_commitment": setting("2026-12-01T09:00:00+08:00", "committed_at")},
        ),
    ]


def cases() -> list[Case]:
    """Return all cases about sources and commitments."""
    return [*fields(), *sources(), *reveals(), *seconds(), *rehearsals()]
