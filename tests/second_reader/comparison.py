"""逐轮重算 (10): every round of an OUT folder, or of its files in memory, recomputed; differences by name."""

import itertools
from collections.abc import Callable
from pathlib import Path

from second_reader import records
from second_reader.changes import blocks
from second_reader.digests import HASHES, leaf, root_from_path
from second_reader.encoding import TEXT, Difference, from_json, matches, moment, require, same, values_of
from second_reader.first_draw import Folder, check_prefixes, read_commitment, read_draw, read_frames
from second_reader.second_draw import commitments_of, ending, numbers_of, read_people, second_sources


def read_out(out: Path) -> dict[str, bytes]:
    """Return the files of public/<round> and audit/<round> by path below OUT (读入)."""
    files = {}
    for side in ("public", "audit"):
        for path in sorted((out / side).glob("*/**/*")):
            if path.is_file():
                files[path.relative_to(out).as_posix()] = path.read_bytes()
    return files


def folders_of(files: dict[str, bytes]) -> list[Folder]:
    """Return the rounds of an OUT folder: those with a commitment (各轮)."""
    rounds = sorted(path.split("/")[1] for path in files if path.endswith("/commitment.json"))
    folders = []
    for round_id in rounds:
        sides = []
        for side in ("public", "audit"):
            start = f"{side}/{round_id}/"
            sides.append({path[len(start) :]: data for path, data in files.items() if path.startswith(start)})
        folders.append(Folder(round_id, *sides))
    return folders


def check_abandoned(folder: Folder) -> None:
    """Check abandoned.json of a round, abandoned2.json of roster commitments (3)."""
    own = [("abandoned.json", "commitment.json")]
    own += [(f"abandoned2{ending(n)}.json", f"roster_commitment{ending(n)}.json") for n in numbers_of(folder)]
    for name, commitment in own:
        if name not in folder.public:
            continue
        content, about = folder.json("public", name), folder.json("public", commitment)
        same(f"{name} fields", sorted(content), ["at", "cancelled", "commitment", "reason", "round"])
        same(f"{name} round", content["round"], folder.round_id)
        same(f"{name} commitment", content["commitment"], folder.digest_of(folder.public[commitment]))
        require(matches(TEXT, content["reason"]), f"{name}: reason {content['reason']!r}")
        moment(content["at"], name)
        reveal = commitment.replace("roster_commitment", "reveal2").replace("commitment", "reveal")
        require(reveal not in folder.public, f"{name}: {reveal} is there as well")
        early = folder.real and content["at"] < about["committed_at"]
        require(not early, f"{name}: {content['at']} is before the commitment")
        if content["cancelled"] is None:
            require(name == "abandoned.json", f"{name}: cancelled is null")
            require(content["at"] < about["sources"][0]["at"], f"{name}: {content['at']} is after the first source")
        else:
            require(content["cancelled"] in [one["name"] for one in about["sources"]], f"{name}: cancelled")


def check_log(folder: Folder, files: dict[str, bytes]) -> None:
    """Compare the log with commitments, clerks, step-ins, changes and files (9)."""
    if "log.jsonl" not in folder.audit and not folder.real:
        return
    lines = records.read_log(folder.audit.get("log.jsonl", b""))
    records.check_puts(lines, files, folder.round_id)
    if not folder.real:
        return
    for content, _, path in commitments_of(folder):
        entry = records.entry_that_put(lines, path)
        same(f"log head in {path}", content["log"], entry["previous"])
        before = max((line["at"] for line in lines[: entry["seq"] - 1]), default="")
        first = content["sources"][0]["at"]
        good = before <= content["committed_at"] <= entry["at"] < first
        require(good, f"log.jsonl: {path} of {content['committed_at']} was written at {entry['at']} after {before}")
    pairs = [("commitment.json", "reveal.json")]
    pairs += [(f"roster_commitment{ending(n)}.json", f"reveal2{ending(n)}.json") for n in numbers_of(folder)]
    for first, second in pairs:
        if second in folder.public:
            one, two = (records.entry_that_put(lines, f"public/{folder.round_id}/{name}") for name in (first, second))
            require(one["who"] != two["who"], f"log.jsonl: {one['who']} commits and draws")
            held = max(folder.json("public", second)["held"].values())
            require(two["at"] >= held, f"log.jsonl: {second} before its last source was held")
    stepins, changes = folder.audit.get("stepins.json"), folder.audit.get("changes.json")
    if stepins:
        count = len(folder.json("audit", "stepins.json"))
        check_prefixes(folder, lines, "stepins.json", list(range(1, count + 1)), each=True)
    if changes:
        check_prefixes(folder, lines, "changes.json", change_counts(folder), each=False)


def change_counts(folder: Folder) -> list[int]:
    """Return how long changes.json was after each of its blocks (7)."""
    counts: list[int] = []
    for block in blocks(folder.json("audit", "changes.json")):
        counts.append((counts[-1] if counts else 0) + len(block))
    return counts


def check_events(folder: Folder) -> None:
    """No two sources of a round agree (4)."""
    events = second_sources(folder)
    require(len(set(events)) == len(events), f"{folder.round_id}: a source is used twice")


def check_folder_anchors(folder: Folder) -> None:
    """Check anchors.json of the public folder (9)."""
    if "anchors.json" not in folder.public:
        return
    known = {("commitment", folder.digest_of(folder.public["commitment.json"]))}
    known |= {("roster_commitment", folder.digest_of(data)) for _, data, _ in commitments_of(folder)[1:]}
    for name, data in folder.public.items():
        if name == "manifest.json" or name.startswith("manifests/"):
            known.add(("manifest", records.plain(data)))
        if name.startswith("abandoned"):
            known.add(("abandoned", folder.digest_of(data)))
    anchors = folder.json("public", "anchors.json")
    records.check_anchors(anchors, known)
    for one in anchors:
        require(one["file"] in folder.public, f"anchors.json: {one['file']} is missing")


def ended_at(folder: Folder, at: str) -> bool:
    """Return whether a round was drawn or abandoned by a time; without log, whether it ever was (3)."""
    names = {"reveal.json", "abandoned.json"} & set(folder.public)
    if not names or "log.jsonl" not in folder.audit:
        return bool(names)
    lines = records.read_log(folder.audit["log.jsonl"])
    return any(records.entry_that_put(lines, f"public/{folder.round_id}/{name}")["at"] <= at for name in names)


def check_chain(folders: list[Folder]) -> None:
    """Check sequences, digests before, keys, and rounds left open, agency by agency (3)."""
    found: dict[str, list[tuple[dict, bytes, Folder]]] = {}
    for folder in folders:
        if folder.keys and folder.real:
            for content, data, _ in commitments_of(folder):
                found.setdefault(content["agency"], []).append((content, data, folder))
    for agency, chain in found.items():
        chain.sort(key=lambda one: one[0]["sequence"])
        for (first, data, folder), (second, _, _) in itertools.pairwise(chain):
            what = f"{agency} sequence {second['sequence']}"
            same(f"{what}, after", second["sequence"], first["sequence"] + 1)
            same(f"{what} previous", second["previous"], HASHES[first["hash"]](data).hex())
            require(second["committed_at"] >= first["committed_at"], f"{what}: committed before the one before it")
            late = second["committed_at"] > folder.content["sources"][-1]["at"]
            ended = ended_at(folder, str(second["committed_at"]))
            require(ended or not late, f"{what}: {folder.round_id} was neither drawn nor abandoned")
        keys = [content["key_digest"] for content, _, _ in chain if "key_digest" in content]
        require(len(set(keys)) == len(keys), f"{agency}: a key_digest occurs twice")


def items_of(folder: Folder) -> dict[str, set[str]]:
    """Return the items under which each unit is framed in a round (3)."""
    result: dict[str, set[str]] = {}
    for row in folder.rows("tasks", "tasks.csv"):
        for unit in folder.tasks[row["task_id"]].rows:
            result.setdefault(unit["unit_id"], set()).update(values_of(row["items"], "items"))
    return result


def check_extra(folders: list[Folder]) -> None:
    """No unit of a drawn round of the month is framed again for the same item in an extra round (3)."""
    drawn = [folder for folder in folders if "reveal.json" in folder.public and folder.tasks and folder.real]
    for number, folder in enumerate(drawn):
        for other in drawn[:number]:
            if other.round_id[:7] != folder.round_id[:7]:
                continue
            before = items_of(other)
            for unit_id, items in items_of(folder).items():
                again = items & before.get(unit_id, set())
                require(not again, f"{folder.round_id}: {unit_id} was framed for {sorted(again)} in {other.round_id}")


def differences(files: dict[str, bytes]) -> list[str]:
    """Return what differs in the files of an OUT folder, the first of each part of each round (不符之处)."""
    found: list[str] = []

    def attempt(part: Callable[[], None]) -> bool:
        try:
            part()
        except (Difference, KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            words = str(error) if isinstance(error, Difference) else f"{type(error).__name__}: {error}"
            found.append(words)
            return False
        return True

    folders = folders_of(files)
    if not folders:
        return ["no round with a commitment.json"]
    for folder in folders:
        for side, content in (("public", folder.public), ("audit", folder.audit)):
            attempt(lambda c=content, s=side, f=folder: records.check_manifest(c, f.round_id, f"{s}/{f.round_id}"))
        if not attempt(lambda f=folder: read_commitment(f)):
            continue
        good = attempt(lambda f=folder: read_frames(f))
        parts = [check_abandoned, check_events, check_folder_anchors]
        if good and "abandoned.json" not in folder.public and "reveal.json" in folder.public:
            parts += [read_draw, read_people]
        for part in parts:
            attempt(lambda f=folder, p=part: p(f))
        attempt(lambda f=folder: check_log(f, files))
    attempt(lambda: check_chain(folders))
    attempt(lambda: check_extra(folders))
    return found


def compare(out: Path) -> list[str]:
    """Return the differences between an OUT folder and what this reader computes from it; empty when none."""
    return differences(read_out(Path(out)))


def proof_error(proof: dict, commitment: bytes) -> str:
    """Return what is wrong with an owner's proof, given the public commitment; empty when nothing (9)."""
    content = from_json(commitment, "commitment.json")
    digest = HASHES[content["hash"]]
    if proof["commitment"] != digest(commitment).hex():
        return f"commitment {proof['commitment']}"
    line = next((one for one in content["tasks"] if one["task_id"] == proof["task_id"]), None)
    if line is None:
        return f"task {proof['task_id']}"
    start = leaf(digest, bytes.fromhex(proof["salt"]), proof["task_id"], proof["row"])
    path = [bytes.fromhex(step) for step in proof["path"]]
    root = root_from_path(digest, start, proof["index"], proof["size"], path)
    size = line["units"] if proof["kind"] == "frame" else sum(line["excluded"].values())
    if proof["size"] != size:
        return f"size {proof['size']} instead of {size}"
    if root is None or root.hex() != line[f"{proof['kind']}_root"]:
        return f"the path leads to {root.hex() if root else 'nothing'}"
    return ""
