"""字节 (bytes): flipped, cut, lengthened files, and files that are not canonical although everything is made again."""

import json
from collections.abc import Callable
from functools import cache

from protocol_rounds.cases import Case, Files, bytes_by, edited, forged, rehashed
from protocol_rounds.scenarios import eventful, plain

ROUND = "2026-12"


@cache
def eventful_files() -> Files:
    """Return the files of an eventful round, made once."""
    return eventful().bureau.files


def flip(data: bytes) -> bytes:
    """Change one bit in the middle."""
    place = len(data) // 2
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def one_file(path: str, change: Callable[[bytes], bytes]) -> Callable[[Files], None]:
    """Return an edit of one file."""

    def edit(files: Files) -> None:
        files[path] = change(files[path])

    return edit


def flipped() -> list[Case]:
    """One bit of each file, nothing made again; evidence that anchors.json names is listed nowhere and left out."""
    paths = [path for path in eventful_files() if "/anchors" not in path and len(eventful_files()[path]) > 2]
    return [
        edited(f"one bit of {path}", (path.split("/", 2)[2], "manifest"), eventful, one_file(path, flip))
        for path in paths
    ]


def lengths() -> list[Case]:
    """Files cut by a byte or with a byte more."""
    names = ("commitment.json", "reveal.json", "result.json", "roster_commitment.json", "reveal2-2.json", "verify.py")
    paths = [f"public/{ROUND}/{name}" for name in names]
    names = ("frame_key.hex", "log.jsonl", "calendar.csv", "roster-2.json", "tasks/food-03/order.csv")
    paths += [f"audit/{ROUND}/{name}" for name in names]
    cases = []
    for path in paths:
        name = path.split("/", 2)[2]
        cases.append(edited(f"{path} cut", (name,), eventful, one_file(path, lambda data: data[:-1])))
        cases.append(edited(f"{path} with a byte more", (name,), eventful, one_file(path, lambda data: data + b"\n")))
        cases.append(edited(f"{path} empty", (name,), eventful, one_file(path, lambda data: b"")))
        cases.append(edited(f"{path} gone", (name,), eventful, lambda files, p=path: files.pop(p) and None))
    return cases


def unsorted(data: bytes) -> bytes:
    """Return JSON with the keys of its first object the other way round."""
    value = json.loads(data)
    first = value[0] if isinstance(value, list) else value
    turned = dict(sorted(first.items(), reverse=True))
    value = [turned, *value[1:]] if isinstance(value, list) else turned
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def doubled(data: bytes) -> bytes:
    """Return JSON whose first object has its first key twice."""
    text = data.decode()
    start = text.index("{") + 1
    key = text[start : text.index(":", start)]
    return (text[:start] + key + ":null," + text[start:]).encode()


def floated(data: bytes) -> bytes:
    """Return JSON whose first integer is written as a float."""
    text = data.decode()
    for place in range(1, len(text)):
        if text[place - 1] == ":" and text[place].isdigit():
            end = place
            while text[end].isdigit():
                end += 1
            return (text[:end] + ".0" + text[end:]).encode()
    return data + b" "


def escaped(data: bytes) -> bytes:
    """Return JSON in which one letter of the first key is written as an escape."""
    place = data.index(b'"') + 1
    return data[:place] + b"\\u%04x" % data[place] + data[place + 1 :]


JSON_WAYS: dict[str, Callable[[bytes], bytes]] = {
    "a final newline": lambda data: data + b"\n",
    "a space": lambda data: data.replace(b":", b": ", 1),
    "a BOM": lambda data: b"\xef\xbb\xbf" + data,
    "keys in another order": unsorted,
    "a key twice": doubled,
    "a float": floated,
    "an escaped letter": escaped,
}
JSON_FILES = {
    "public/commitment.json": "commitment.json",
    "public/reveal.json": "reveal.json",
    "public/result.json": "result.json",
    "public/roster_commitment.json": "roster_commitment.json",
    "public/reveal2.json": "reveal2.json",
    "public/manifest.json": "manifest.json",
    "public/anchors.json": "anchors.json",
    "public/open/open-02/strata.json": "strata.json",
    "audit/tasks/fire-01/strata.json": "strata.json",
    "audit/rules.json": "rules.json",
    "audit/stepins.json": "stepins.json",
    "audit/changes.json": "changes.json",
    "audit/roster.json": "roster.json",
    "audit/sent_back.json": "sent_back.json",
    "audit/manifest.json": "manifest.json",
}


def json_bytes() -> list[Case]:
    """JSON that says the same in other bytes, all that follows made again."""
    cases = []
    for number, (path, name) in enumerate(JSON_FILES.items()):
        for turn, (way, change) in enumerate(JSON_WAYS.items()):
            wide = path in ("public/commitment.json", "public/reveal.json", "audit/stepins.json")
            if wide or (turn + number) % 3 == 0:
                cases.append(forged(f"{path} with {way}", name, eventful, {f"bytes:{path}": bytes_by(change)}))
    return cases


def swapped(data: bytes) -> bytes:
    """Return a CSV whose first two rows have changed places."""
    head, *rows = data.split(b"\n")
    return b"\n".join([head, rows[1], rows[0], *rows[2:]]) if len(rows) > 2 else b"\n".join([head, *rows[::-1]])


CSV_WAYS: dict[str, Callable[[bytes], bytes]] = {
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "a BOM": lambda data: b"\xef\xbb\xbf" + data,
    "no last line end": lambda data: data[:-1],
    "a quoted cell": lambda data: b'"' + data.replace(b",", b'",', 1),
    "two rows swapped": swapped,
    "a blank line": lambda data: data + b"\n",
    "a column more": lambda data: data.replace(b"\n", b",\n"),
    "a space in the header": lambda data: data.replace(b",", b", ", 1),
    "a NUL": lambda data: data[:-1] + b"\x00\n",
    "bytes that are no UTF-8": lambda data: data[:-1] + b"\xff\n",
}
CSV_FILES = {
    "audit/tasks/fire-01/frame.csv": "frame.csv",
    "audit/tasks/fire-01/excluded.csv": "excluded.csv",
    "audit/tasks/food-03/order.csv": "order.csv",
    "audit/strata_keys.csv": "strata_keys.csv",
    "audit/tasks.csv": "tasks.csv",
    "audit/calendar.csv": "calendar.csv",
    "audit/roster.csv": "roster.csv",
    "audit/roster-0.csv": "roster-0.csv",
    "audit/recusals.csv": "recusals.csv",
    "audit/roster_changes.csv": "roster_changes.csv",
    "audit/unheld.csv": "unheld.csv",
}


def csv_bytes() -> list[Case]:
    """CSV that says the same in other bytes, all that follows made again."""
    cases = []
    for number, (path, name) in enumerate(CSV_FILES.items()):
        for turn, (way, change) in enumerate(CSV_WAYS.items()):
            if (turn + number) % 3 != 0:
                cases.append(forged(f"{path} with {way}", name, eventful, {f"bytes:{path}": bytes_by(change)}))
    return cases


def surrogates() -> list[Case]:
    """Texts that JSON can write and UTF-8 cannot, and numbers too large."""

    def ground(text: bytes) -> Callable[[bytes], bytes]:
        return lambda data: data.replace("事由已核".encode(), text, 1)

    path = f"audit/{ROUND}/changes.json"
    return [
        rehashed("a lone surrogate as an escape", "changes.json", eventful, one_file(path, ground(b"\\ud800"))),
        rehashed("a lone surrogate as bytes", "changes.json", eventful, one_file(path, ground(b"\xed\xa0\x80"))),
        rehashed("a control character U+0085", "changes.json", eventful, one_file(path, ground(b"a\xc2\x85"))),
        rehashed("a line break in a ground", "changes.json", eventful, one_file(path, ground(b"a\\nb"))),
        rehashed("an empty ground", "changes.json", eventful, one_file(path, ground(b""))),
        rehashed("a ground of 501 characters", "changes.json", eventful, one_file(path, ground(b"g" * 501))),
        rehashed(
            "an integer above 2^53",
            "changes.json",
            eventful,
            one_file(path, lambda d: d.replace(b'"no":1,', b'"no":9007199254740993,', 1)),
        ),
        rehashed(
            "true for a number",
            "changes.json",
            eventful,
            one_file(path, lambda d: d.replace(b'"no":1,', b'"no":true,', 1)),
        ),
        rehashed(
            "JSON nested without end",
            "stepins.json",
            plain,
            one_file(f"audit/{ROUND}/stepins.json", lambda d: b"[" * 100000 + b"]" * 100000),
        ),
        rehashed(
            "an integer of 5000 digits",
            "stepins.json",
            plain,
            one_file(f"audit/{ROUND}/stepins.json", lambda d: b"[" + b"9" * 5000 + b"]"),
        ),
    ]


def numbers() -> list[Case]:
    """Numbers that JSON readers take and the protocol does not."""
    path = f"audit/{ROUND}/changes.json"
    words = {"minus nothing": b"-0", "a power": b"1E0", "a plus": b"+1", "a leading zero": b"01", "NaN": b"NaN"}
    words |= {"infinity": b"Infinity", "a text": b'"1"', "a list": b"[1]"}
    return [
        rehashed(
            f"{name} for a number",
            "changes.json",
            eventful,
            one_file(path, lambda d, w=word: d.replace(b'"no":1,', b'"no":' + w + b",", 1)),
        )
        for name, word in words.items()
    ]


def cases() -> list[Case]:
    """Return all cases about bytes."""
    return [*flipped(), *lengths(), *json_bytes(), *csv_bytes(), *surrogates(), *numbers()]
