"""公开随机源与随机种子 (4, 7): sources, their outcomes, key strings, seeds, reveals."""

from datetime import timedelta
from math import comb

from second_reader.digests import Hash
from second_reader.encoding import NAME, matches, moment, require, same, whole

FIELDS = ["at", "count", "high", "issue", "kind", "low", "name"]


def outcomes(source: dict) -> int:
    """Return how many results a source can have (结果数)."""
    span = source["high"] - source["low"] + 1
    return comb(span, source["count"]) if source["kind"] == "set" else span ** source["count"]


def event(source: dict) -> tuple:
    """Return what no two sources of a round may share (同一开奖)."""
    return tuple(source[name] for name in ("issue", "kind", "count", "low", "high"))


def check_source(source: dict, what: str) -> None:
    """Check the fields of one source (公开随机源)."""
    same(f"{what} fields", sorted(source), FIELDS)
    require(matches(NAME, source["name"]) and matches(NAME, source["issue"]), f"{what}: name or issue")
    count, low, high = source["count"], source["low"], source["high"]
    require(all(type(number) is int for number in (count, low, high)), f"{what}: count, low, high are integers")
    require(0 <= low < high < 2**31, f"{what}: values from {low} to {high}")
    allowed = {"number": count == 1, "set": 1 < count <= high - low + 1, "sequence": count > 1}
    require(allowed.get(source["kind"], False), f"{what}: {source['kind']} of {count}")


def check_sources(sources: list[dict], committed_at: str, in_time: bool, what: str) -> None:
    """Check the sources of a commitment: order, entropy, interval (4); in_time is false in a rehearsal."""
    for source in sources:
        check_source(source, f"{what} source {source.get('name')}")
    names = [source["name"] for source in sources]
    require(len(set(names)) == len(names), f"{what}: a name of a source stands twice")
    times = [moment(source["at"], f"{what} at") for source in sources]
    require(times == sorted(times) and bool(times), f"{what}: sources are not in the order of at")
    product, last = 1, 1
    for source, at in zip(sources, times, strict=True):
        product *= outcomes(source)
        last *= outcomes(source) if at == times[-1] else 1
    require(product >= 2**40, f"{what}: all sources have {product} outcomes")
    require(last >= 2**20, f"{what}: the last event has {last} outcomes")
    if in_time:
        start = moment(committed_at, f"{what} committed_at")
        require(times[0] - start >= timedelta(hours=24), f"{what}: the first source is less than 24 h after {start}")


def key_string(sources: list[dict], values: dict[str, list[int]]) -> str:
    """Return the key string of RFC 3797, 4 (键串)."""
    text = ""
    for source in sources:
        numbers = values[source["name"]]
        ordered = sorted(numbers) if source["kind"] == "set" else numbers
        text += "".join(f"{number}." for number in ordered) + "/"
    return text


def values_error(source: dict, texts: object) -> str:
    """Return what is wrong with the values of a source in a reveal, empty when nothing (公布值)."""
    if not isinstance(texts, list) or len(texts) != source["count"]:
        return f"{texts} are not {source['count']} values"
    numbers = [whole(text, source["name"]) for text in texts]
    if not all(source["low"] <= number <= source["high"] for number in numbers):
        return f"{texts} not within {source['low']} to {source['high']}"
    if source["kind"] == "set" and numbers != sorted(set(numbers)):
        return f"{texts} is no sorted set"
    return ""


def seed1(digest: Hash, commitment: bytes, text: str) -> bytes:
    """Return the seed of the first draw (4); commitment is the file's bytes."""
    return digest(b"supervision-draw/2\x00" + digest(commitment) + text.encode())


def seed2(digest: Hash, commitment: bytes, before: bytes, text: str) -> bytes:
    """Return the seed of a roster draw (7); before is seed1."""
    return digest(b"supervision-roster/2\x00" + digest(commitment) + before + text.encode())


def check_reveal(reveal: dict, content: dict, commitment: bytes, digest: Hash, before: bytes, what: str) -> bytes:
    """Check a reveal against its commitment and return the seed; before is empty in the first draw (公布)."""
    same(f"{what} fields", sorted(reveal), ["commitment", "held", "key_string", "round", "seed", "values"])
    same(f"{what} round", reveal["round"], content["round"])
    same(f"{what} commitment", reveal["commitment"], digest(commitment).hex())
    names = sorted(source["name"] for source in content["sources"])
    same(f"{what} names of values", sorted(reveal["values"]), names)
    same(f"{what} names of held", sorted(reveal["held"]), names)
    for source in content["sources"]:
        name = source["name"]
        error = values_error(source, reveal["values"][name])
        require(not error, f"{what} {name}: {error}")
        held = moment(reveal["held"][name], f"{what} {name} held")
        require(held >= moment(source["at"], name), f"{what} {name}: held before it was announced, the round is void")
    numbers = {name: [int(text) for text in texts] for name, texts in reveal["values"].items()}
    text = key_string(content["sources"], numbers)
    same(f"{what} key_string", reveal["key_string"], text)
    seed = seed2(digest, commitment, before, text) if before else seed1(digest, commitment, text)
    same(f"{what} seed", reveal["seed"], seed.hex())
    return seed
