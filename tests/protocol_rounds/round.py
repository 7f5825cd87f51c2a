"""一轮 (one round), played step by step: commit, draw, roster draws, step-ins, changes, anchors, publication."""

import hashlib
from typing import Any

from second_reader import changes, drawing, sources
from second_reader.assignment import Draw, Place
from second_reader.digests import HASHES, Keys
from second_reader.encoding import to_csv, to_json
from second_reader.second_draw import ending, roster_changes

from protocol_rounds.bureau import REGISTERS, RULES, VERIFIER, Bureau
from protocol_rounds.lotteries import winning
from protocol_rounds.worlds import Plan, freeze, roster, texts


def name_keys(keys: Keys, plans: tuple[Plan, ...]) -> dict[str, dict[str, str]]:
    """Return the strata names of every task; an open task's one stratum is s1."""
    return {plan.task_id: keys.stratum_names(plan.task_id, list(plan.samples)) for plan in plans}


class Round:
    """一轮: what happened so far, with the files in the bureau."""

    def __init__(self, bureau: Bureau, round_id: str, digest: str = "sha256", rehearsal: bool = False) -> None:
        """Start a round; its frame_key follows from its name, so that rounds repeat."""
        self.bureau, self.round_id, self.hash, self.rehearsal = bureau, round_id, digest, rehearsal
        self.digest = HASHES[digest]
        key = hashlib.sha256(f"frame_key {bureau.agency} {round_id}".encode()).digest()
        self.keys = Keys(self.digest, bureau.tap("frame_key", key, self), round_id)
        self.content: dict = {}
        self.seconds: list[dict] = []
        self.tasks: dict[str, drawing.Task] = {}
        self.lists: dict[str, drawing.Lists] = {}
        self.plans: tuple[Plan, ...] = ()
        self.seed1 = b""
        self.stepins: list[dict] = []
        self.changes: list[dict] = []
        self.book = changes.Book(self.digest)
        self.roster0: list[dict] = []
        self.people: list[dict] = []

    def tap(self, name: str, value: Any) -> Any:
        """Let the attacker see a value."""
        return self.bureau.tap(name, value, self)

    def public(self, name: str, data: bytes) -> str:
        """Put a public file."""
        return self.bureau.put(f"public/{self.round_id}/{name}", data)

    def audit(self, name: str, data: bytes) -> str:
        """Put a file for the auditor."""
        return self.bureau.put(f"audit/{self.round_id}/{name}", data)

    def file(self, side: str, name: str) -> bytes:
        """Return a file of the round."""
        return self.bureau.files[f"{side}/{self.round_id}/{name}"]

    def committed(self, at: str) -> str:
        """Return what stands as committed_at: in a rehearsal the first of the month."""
        return f"{self.round_id[:7]}-01T00:00:00+08:00" if self.rehearsal else at

    def chain(self, data: bytes) -> None:
        """Remember a real commitment for the next one."""
        if not self.rehearsal:
            self.bureau.previous = self.digest(data).hex()

    def sequence(self) -> tuple[int, str | None, str | None]:
        """Return sequence, previous and log of the commitment to be made."""
        if self.rehearsal:
            return 0, None, None
        self.bureau.sequence += 1
        return self.bureau.sequence, self.bureau.previous, self.bureau.head()

    def freeze_tasks(self, plans: tuple[Plan, ...]) -> list[str]:
        """Freeze frames, strata tables and excluded lists; return the paths."""
        paths, keys_rows = [], []
        names = self.tap("strata_names", name_keys(self.keys, plans))
        for plan in plans:
            task = self.tap(f"task:{plan.task_id}", freeze(plan, names[plan.task_id]))
            task.salts = self.tap(f"salts:{plan.task_id}", drawing.salts_of(self.keys, task))
            self.tasks[plan.task_id] = task
            rows = [row | {"salt": task.salts[row["unit_id"]].hex()} for row in task.rows]
            home = f"tasks/{plan.task_id}"
            paths.append(self.audit(f"{home}/frame.csv", to_csv("frame", rows)))
            paths.append(self.audit(f"{home}/excluded.csv", to_csv("excluded", task.excluded)))
            paths.append(self.audit(f"{home}/strata.json", to_json(task.strata)))
            if task.access == "open":
                for name in ("frame.csv", "strata.json"):
                    paths.append(self.public(f"open/{plan.task_id}/{name}", self.file("audit", f"{home}/{name}")))
            keys_rows += [
                {"task_id": plan.task_id, "stratum": one, "key": key} for key, one in names[plan.task_id].items()
            ]
        paths.append(self.audit("strata_keys.csv", to_csv("strata_keys", self.tap("strata_keys", keys_rows))))
        rows = [{"task_id": plan.task_id, "items": sorted(plan.items)} for plan in plans]
        paths.append(self.audit("tasks.csv", to_csv("tasks", self.tap("tasks", rows))))
        return paths

    def commit(self, at: str, plans: tuple[Plan, ...], events: list[dict], evidence: str, cause: Any = None) -> None:
        """Make the first commitment (3)."""
        self.plans = plans
        paths = self.freeze_tasks(plans)
        self.roster0 = self.tap("roster-0", texts(roster()))
        paths.append(self.audit("frame_key.hex", self.keys.frame_key.hex().encode()))
        paths.append(self.audit("roster-0.csv", to_csv("roster", self.roster0)))
        paths.append(self.public("verify.py", VERIFIER))
        registers = [self.audit("registers.json", to_json(REGISTERS)), self.audit("rules.json", to_json(RULES))]
        lines = [drawing.entry_of(self.keys, self.tasks[plan.task_id], plan.disclosure) for plan in plans]
        sequence, previous, log = self.sequence()
        content = {
            "agency": self.bureau.agency,
            "cause": cause,
            "committed_at": self.committed(at),
            "evidence": evidence,
            "hash": self.hash,
            "key_digest": self.digest(self.keys.frame_key).hex(),
            "log": log,
            "previous": previous,
            "protocol": "supervision-draw/2",
            "register": self.digest(self.file("audit", "registers.json")).hex(),
            "rehearsal": "yes" if self.rehearsal else "no",
            "roster": self.keys.file_digest("roster", 0, self.file("audit", "roster-0.csv")),
            "round": self.round_id,
            "rules": self.digest(self.file("audit", "rules.json")).hex(),
            "sequence": sequence,
            "software": self.digest(self.file("public", "verify.py")).hex(),
            "sources": events,
            "tasks": sorted(lines, key=lambda line: line["task_id"].encode()),
        }
        self.content = self.tap("commitment", content)
        self.public("commitment.json", to_json(self.content))
        self.chain(self.file("public", "commitment.json"))
        paths.append(f"public/{self.round_id}/commitment.json")
        self.bureau.log(at, "commit", "alice", sorted(paths), registers)

    def reveal(self, content: dict, name: str, commitment: bytes, before: bytes) -> bytes:
        """Write a reveal and return the seed (4, 7)."""
        values = self.tap(f"values:{name}", winning(content["sources"]))
        text = self.tap(f"key_string:{name}", sources.key_string(content["sources"], values))
        seed = sources.seed2(self.digest, commitment, before, text) if before else None
        seed = self.tap(f"seed:{name}", seed or sources.seed1(self.digest, commitment, text))
        shown = {}
        for one in content["sources"]:
            numbers = values[one["name"]]
            shown[one["name"]] = [str(n) for n in (sorted(numbers) if one["kind"] == "set" else numbers)]
        reveal = {
            "commitment": self.digest(commitment).hex(),
            "held": {one["name"]: one["at"] for one in content["sources"]},
            "key_string": text,
            "round": self.round_id,
            "seed": seed.hex(),
            "values": shown,
        }
        self.public(f"{name}.json", to_json(self.tap(name, reveal)))
        return seed

    def draw(self, at: str, shown: tuple[str, ...] = ()) -> None:
        """Draw the lists (5, 6); shown are the sealed tasks whose list may be shown."""
        commitment = self.file("public", "commitment.json")
        self.seed1 = self.reveal(self.content, "reveal", commitment, b"")
        paths = [f"public/{self.round_id}/reveal.json"]
        for name, task in self.tasks.items():
            self.lists[name] = self.tap(f"lists:{name}", drawing.draw(self.keys, self.seed1, task))
            rows = self.tap(f"order:{name}", drawing.order_rows(task, self.lists[name]))
            paths.append(self.audit(f"tasks/{name}/order.csv", to_csv("order", rows)))
        paths.append(self.write_result(shown))
        commit = f"public/{self.round_id}/commitment.json"
        self.bureau.log(at, "draw", "bob", sorted(paths), [commit])

    def write_result(self, shown: tuple[str, ...]) -> str:
        """Write result.json (6)."""
        lines = []
        for name, task in sorted(self.tasks.items()):
            open_list = task.access == "open" or name in shown
            lines.append(drawing.result_line(self.keys, name, self.lists[name].drawn, open_list))
        commitment = self.digest(self.file("public", "commitment.json")).hex()
        result = {"commitment": commitment, "round": self.round_id, "seed": self.seed1.hex(), "tasks": lines}
        return self.public("result.json", to_json(self.tap("result", result)))

    def units_to_visit(self) -> dict[str, list[str]]:
        """Return the tasks of every drawn unit that gets a visit, and note the others as not held."""
        visits: dict[str, list[str]] = {}
        for plan in self.plans:
            for unit_id in self.lists[plan.task_id].drawn[: plan.held]:
                visits.setdefault(unit_id, []).append(plan.task_id)
        return visits

    def unheld_rows(self, visits: dict[str, list[str]]) -> list[dict]:
        """Return the rows of unheld.csv (7)."""
        rows: dict[str, list[str]] = {}
        for name, lists in self.lists.items():
            for unit_id in lists.drawn:
                if name not in visits.get(unit_id, []):
                    rows.setdefault(unit_id, []).append(name)
        return [{"unit_id": unit, "task_ids": names, "reason": "office_full"} for unit, names in rows.items()]

    def seats(self, visit_id: str, tasks: list[str], day: str, half: int, whole_day: bool = False) -> list[dict]:
        """Return the rows of a visit in a calendar: two places for each office."""
        offices: dict[str, list[str]] = {}
        for plan in self.plans:
            if plan.task_id in tasks:
                offices.setdefault(plan.office, []).extend(plan.items)
        rows = []
        for number, (office, items) in enumerate(sorted(offices.items())):
            halves = [f"{day}T{half}"]
            if whole_day and number == 0:
                halves = [f"{day}T1", f"{day}T2"]
            for place in (1, 2):
                row = {"visit_id": visit_id, "office": office, "place": place, "half_days": halves}
                rows.append(row | {"items": sorted(items)})
        return rows

    def calendar(self, days: list[str]) -> list[dict]:
        """Return a calendar of all visits: three a day, ties by T, every fourth of a day's mornings a whole day."""
        visits = self.units_to_visit()
        rows = []
        ranked = sorted(visits, key=lambda unit_id: self.keys.tie(self.seed1, unit_id))
        for number, unit_id in enumerate(ranked):
            day, slot = days[number // 3], number % 3
            half = 2 if slot == 1 else 1
            rows += self.seats(f"{unit_id}~1", visits[unit_id], day, half, whole_day=number % 12 == 0)
        return rows

    def commit_roster(self, at: str, events: list[dict], calendar: list[dict], **given: Any) -> None:
        """Make a roster commitment (7); given: roster, recusals, grounds, unheld."""
        number = len(self.seconds) + 1
        end, before = ending(number), self.people or self.roster0
        self.people = self.tap(f"roster{end}", given.get("roster", before))
        recusals = self.tap(f"recusals{end}", given.get("recusals", []))
        calendar = self.tap(f"calendar{end}", calendar)
        ground = given.get("ground", "sick leave")
        columns = ("inspector_id", "field", "was", "is")
        differing = [dict(zip(columns, row, strict=True)) for row in roster_changes(before, self.people)]
        rows = self.tap(f"roster_changes{end}", [row | {"ground": ground} for row in differing])
        if "unheld" in given:
            unheld = self.tap("unheld", given["unheld"])
            self.bureau.log(at, "plan", "planner", [self.audit("unheld.csv", to_csv("unheld", unheld))])
        data = {"calendar": to_csv("calendar", calendar), "roster": to_csv("roster", self.people)}
        data["recusals"] = to_csv("recusals", recusals)
        paths = [self.audit(f"{name}{end}.csv", text) for name, text in data.items()]
        paths.append(self.audit(f"roster_changes{end}.csv", to_csv("roster_changes", rows)))
        sequence, previous, log = self.sequence()
        content = {
            "agency": self.bureau.agency,
            "commitment": self.digest(self.file("public", "commitment.json")).hex(),
            "committed_at": self.committed(at),
            "hash": self.hash,
            "log": log,
            "number": number,
            "previous": previous,
            "protocol": "supervision-roster/2",
            "rehearsal": "yes" if self.rehearsal else "no",
            "round": self.round_id,
            "sequence": sequence,
            "sources": events,
        }
        for name in data:
            content[name] = self.keys.file_digest(name, number, self.file("audit", f"{name}{end}.csv"))
        content = self.tap(f"roster_commitment{end}", content)
        paths.append(self.public(f"roster_commitment{end}.json", to_json(content)))
        self.chain(self.file("public", f"roster_commitment{end}.json"))
        self.seconds.append(content | {"places": changes.places_of(texts(calendar)), "barred": recusals})
        self.bureau.log(at, "commit_roster", "alice", sorted(paths))

    def match(self, at: str) -> None:
        """Draw the people of the last roster commitment (7)."""
        number, content = len(self.seconds), self.seconds[-1]
        end = ending(number)
        commitment = self.file("public", f"roster_commitment{end}.json")
        seed = self.reveal(content, f"reveal2{end}", commitment, self.seed1)
        self.book.inspectors = changes.inspectors_of(self.people)
        self.book.recusals = {(row["inspector_id"], row["unit_id"]) for row in content["barred"]}
        self.book.since = content["committed_at"]
        draw = Draw(self.digest, seed, self.book.inspectors, self.book.recusals, self.book.held)
        rows = draw.run(content["places"])
        self.book.sent_back = (self.book.sent_back - {one.visit_id for one in content["places"]}) | set(draw.sent_back)
        back = [self.reasons(visit_id, draw, content["places"]) for visit_id in draw.sent_back]
        paths = [self.audit(f"roster{end}.json", to_json(self.tap(f"assignment{end}", rows)))]
        paths.append(self.audit(f"sent_back{end}.json", to_json(self.tap(f"sent_back{end}", back))))
        paths.append(f"public/{self.round_id}/reveal2{end}.json")
        self.bureau.log(at, "match", "bob", sorted(paths), [f"public/{self.round_id}/roster_commitment{end}.json"])

    def reasons(self, visit_id: str, draw: Draw, places: list[Place]) -> dict:
        """Return the line of a visit that is sent back: who of its offices is out."""
        seats = [place for place in places if place.visit_id == visit_id]
        offices = {place.office for place in seats}
        out = []
        for who in draw.inspectors:
            if who.office in offices and not any(draw.could_hold(who, place, set()) for place in seats):
                barred = (who.inspector_id, seats[0].unit_id) in draw.recusals
                out.append({"inspector_id": who.inspector_id, "why": "recused" if barred else "absent"})
        return {"out": sorted(out, key=lambda one: one["inspector_id"]), "visit_id": visit_id}
