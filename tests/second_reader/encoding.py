"""规范字节 (0): canonical JSON and CSV, names, times and digests as the protocol writes them."""

import csv
import io
import json
import re
from datetime import date, datetime, timedelta

NAME = re.compile(r"[A-Za-z0-9._-]{1,40}")
TASK_ID = re.compile(r"[A-Za-z0-9._-]{1,35}")
RULE = re.compile(r"[A-Za-z0-9._/-]{1,80}")
UNIT_ID = re.compile(r"[A-Za-z0-9._-]{1,39}")
ROUND = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])(-[b-z])?")
WHOLE = re.compile(r"0|[1-9][0-9]*")
DIGEST = re.compile(r"[0-9a-f]{64}")
TEXT = re.compile("[^\u0000-\u001f\u007f-\u009f]{1,500}")
HALF_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T[12]")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+08:00")
LARGEST = 2**53 - 1

COLUMNS = {
    "frame": ["unit_id", "stratum", "x", "L", "salt"],
    "excluded": ["unit_id", "reason", "rule"],
    "order": ["unit_id", "stratum", "rank", "role", "U", "D"],
    "strata_keys": ["task_id", "stratum", "key"],
    "tasks": ["task_id", "items"],
    "calendar": ["visit_id", "office", "place", "half_days", "items"],
    "roster": ["inspector_id", "office", "from", "until", "scopes", "daily_limit", "absent"],
    "recusals": ["inspector_id", "unit_id", "ground"],
    "roster_changes": ["inspector_id", "field", "was", "is", "ground"],
    "unheld": ["unit_id", "task_ids", "reason"],
}


class Difference(Exception):
    """A thing in the files that the protocol does not allow, or another value than the recomputed one (不符)."""


def require(truth: bool, message: str) -> None:
    """Raise a Difference with the message unless the statement is true (要求)."""
    if not truth:
        raise Difference(message)


def same(what: str, stated: object, recomputed: object) -> None:
    """Raise a Difference unless the stated value is the recomputed one (比对)."""
    require(stated == recomputed, f"{what}: stated {stated!r}, recomputed {recomputed!r}")


def matches(pattern: re.Pattern[str], value: object) -> bool:
    """Return whether the value is a text that fits the whole pattern (格式)."""
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def check_values(value: object, what: str) -> None:
    """Allow texts without control characters to escape, small integers, null, lists and objects only (JSON 的值)."""
    if isinstance(value, dict):
        for key, inner in value.items():
            check_values(key, what)
            check_values(inner, what)
    elif isinstance(value, list):
        for inner in value:
            check_values(inner, what)
    elif isinstance(value, str):
        require(not any(ord(sign) < 32 or 0xD800 <= ord(sign) < 0xE000 for sign in value), f"{what}: {value!r}")
    else:
        whole = type(value) is int and -LARGEST <= value <= LARGEST
        require(value is None or whole, f"{what}: {value!r} is no text, integer within 2^53-1, null, list or object")


def to_json(value: object) -> bytes:
    """Return the canonical JSON bytes (规范 JSON)."""
    check_values(value, "JSON")
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def from_json(data: bytes, what: str) -> object:
    """Return the value of canonical JSON bytes (读规范 JSON)."""
    try:
        value = json.loads(data.decode())
    except (ValueError, RecursionError) as error:
        raise Difference(f"{what}: no JSON: {error}") from None
    check_values(value, what)
    require(to_json(value) == data, f"{what}: not the canonical JSON bytes")
    return value


def cell_text(value: object) -> str:
    """Return one CSV cell: several values sorted and joined by a space, quotes only where needed (单元格)."""
    text = " ".join(sorted(value)) if isinstance(value, list) else str(value)
    if any(sign in text for sign in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def row_order(columns: list[str], row: dict) -> list:
    """Return what a CSV row is sorted by: bytes of its cells, place numbers as numbers (行序)."""
    cells = []
    for name in columns:
        value = row[name]
        text = " ".join(sorted(value)) if isinstance(value, list) else str(value)
        cells.append(int(text) if name == "place" else text.encode())
    return cells


def to_csv(kind: str, rows: list[dict]) -> bytes:
    """Return the canonical CSV bytes of the rows of a known table (规范 CSV)."""
    columns = COLUMNS[kind]
    ordered = sorted(rows, key=lambda row: row_order(columns, row))
    lines = [",".join(columns)] + [",".join(cell_text(row[name]) for name in columns) for row in ordered]
    return "".join(line + "\n" for line in lines).encode()


def from_csv(kind: str, data: bytes, what: str) -> list[dict]:
    """Return the rows of canonical CSV bytes, cells as texts (读规范 CSV)."""
    columns = COLUMNS[kind]
    try:
        table = list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))
    except (ValueError, csv.Error) as error:
        raise Difference(f"{what}: no CSV: {error}") from None
    require(bool(table) and table[0] == columns, f"{what}: the header is not {','.join(columns)}")
    for number, cells in enumerate(table[1:], 2):
        require(len(cells) == len(columns), f"{what} row {number}: {len(cells)} cells")
        if "place" in columns:
            place = cells[columns.index("place")]
            require(matches(WHOLE, place), f"{what} row {number}: place {place!r}")
    require(len({tuple(cells) for cells in table}) == len(table), f"{what}: a row stands twice")
    rows = [dict(zip(columns, cells, strict=True)) for cells in table[1:]]
    require(to_csv(kind, rows) == data, f"{what}: not the canonical CSV bytes")
    return rows


def values_of(text: str, what: str) -> list[str]:
    """Return the several values of one cell, which must be sorted, each once (多值单元格)."""
    values = text.split(" ") if text else []
    require(values == sorted(set(values)) and "" not in values, f"{what}: {text!r} is not sorted values with one space")
    return values


def whole(text: object, what: str) -> int:
    """Return the integer of a decimal text without leading zeros (整数)."""
    require(matches(WHOLE, text), f"{what}: {text!r} is no decimal integer")
    return int(str(text))


def moment(text: object, what: str) -> datetime:
    """Return the point in time of `2026-12-03T21:15:00+08:00` (时刻)."""
    require(matches(TIME, text), f"{what}: {text!r} is no time of the protocol")
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        raise Difference(f"{what}: {text!r} is no time") from None


def day(text: object, what: str) -> date:
    """Return the day of `2026-12-03` (日期)."""
    require(
        isinstance(text, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is not None, f"{what}: {text!r}"
    )
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise Difference(f"{what}: {text!r} is no day") from None


def half_day(text: object, what: str) -> str:
    """Return the half-day `2026-12-03T1` after looking at it (半天)."""
    require(matches(HALF_DAY, text), f"{what}: {text!r} is no half-day")
    day(str(text)[:10], what)
    return str(text)


def time_text(at: datetime) -> str:
    """Return a point in time as the protocol writes it (时刻文字)."""
    return at.strftime("%Y-%m-%dT%H:%M:%S+08:00")


def later(text: str, **shift: int) -> str:
    """Return the time of a text moved by days, hours, minutes or seconds (推移时刻)."""
    return time_text(moment(text, "time") + timedelta(**shift))


def is_credit_code(text: str) -> bool:
    """Return whether the text is a valid 统一社会信用代码 (GB 32100: 31 signs, weights 3^i mod 31)."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if len(text) != 18 or any(sign not in signs for sign in text):
        return False
    total = sum(signs.index(sign) * pow(3, place, 31) for place, sign in enumerate(text[:17]))
    return signs[-total % 31] == text[17]


def check_unit_ids(unit_ids: list[str], what: str) -> None:
    """Check ids of a task's units: form, upper case of credit codes, unique after lower-casing (检查对象编号)."""
    for unit_id in unit_ids:
        require(matches(UNIT_ID, unit_id), f"{what}: unit_id {unit_id!r}")
        code = is_credit_code(unit_id.upper())
        require(not code or unit_id == unit_id.upper(), f"{what}: {unit_id} is a credit code and not in upper case")
    require(len({unit_id.lower() for unit_id in unit_ids}) == len(unit_ids), f"{what}: a unit stands twice")
