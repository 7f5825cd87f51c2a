"""The draws of a forged round: order, results, step-ins, calendars, lotteries, changes."""

from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from forge import ONE, Forge, event, table, text

from supervision.sampling.protocol import verifier as v

CALENDAR, RECUSALS = "visit_id,office,place,half_days,items", "inspector_id,unit_id,ground"


class Full(Forge):
    """A round that is carried through all its steps."""

    def draw(self, at: str = "2026-11-29T21:30:00") -> "Full":
        """Draw the first time: reveal, orders, result."""
        self.seed = self.reveal("reveal", self.commitment, self.digest, b"supervision-draw/2\0")
        self.ranked: dict[tuple[str, str], list[str]] = {}
        self.drawn: dict[str, list[str]] = {}
        shown = []
        for task in self.tasks:
            name, (strata, rows, salts) = task["task_id"], self.frames[task["task_id"]]
            order = self.order(task, strata, rows, salts)
            self.drawn[name] = sorted(row[0] for row in order if row[3] == "drawn")
            order = self.edit(f"order:{name}", order)
            self.files[f"{self.aud}/tasks/{name}/order.csv"] = table("unit_id,stratum,rank,role,U,D", order)
            drawn = self.edit(f"drawn:{name}", self.drawn[name])
            digest = self.hx(b"\4", self.salt("list", name), text(drawn)).hex()
            is_open = task["access"] == "open"
            shown.append({"task_id": name} | ({"drawn": drawn} if is_open else {"digest": digest}))
        result = {"commitment": self.digest.hex(), "round": self.round, "seed": self.seed.hex(), "tasks": shown}
        self.files[f"{self.pub}/result.json"] = text(self.edit("result", result))
        names = [f"{self.pub}/reveal.json", f"{self.pub}/result.json"]
        names += [f"{self.aud}/tasks/{task['task_id']}/order.csv" for task in self.tasks]
        self.log("draw", "bob", self.time(at), names)
        for name in ("stepins", "changes"):
            self.files[f"{self.aud}/{name}.json"] = b"[]"
        return self

    def order(self, task: Any, strata: Any, rows: Any, salts: Any) -> list[list[str]]:
        """Return order.csv's rows by exact fractions, every unit of the stratum sorted."""
        head, found = self.seed + self.h(f"targets|{self.round}|{task['group']}".encode()), []
        salt_of = {row[0]: salt for row, salt in zip(rows, salts, strict=True)}
        for one in strata:
            keys = []
            for unit, stratum, _, low_text in rows:
                if stratum == one["stratum"]:
                    d, low = self.hx(head, salt_of[unit], unit.encode()), int(low_text)
                    u = 2 * (int.from_bytes(d[:8], "big") >> 11) + 1
                    keys.append((Fraction(u * (ONE - low), low * (2 * ONE - u)), d, unit, u))
            keys.sort()
            self.ranked[task["task_id"], one["stratum"]] = [unit for _, _, unit, _ in keys]
            for rank, (_, d, unit, u) in enumerate(keys[: one["sample"] + one["reserve"]], 1):
                role = "drawn" if rank <= one["sample"] else "reserve"
                found.append([unit, one["stratum"], str(rank), role, str(u), d.hex()])
        return sorted(found)

    def stepin(self, task: str, stratum: str, out: int, at: str) -> "Full":
        """Replace the unit at one place of a stratum's drawn list by the next of its reserve."""
        strata = {one["stratum"]: one for one in self.frames[task][0]}
        ranked, n = self.ranked[task, stratum], strata[stratum]["sample"]
        used = sum((one["task_id"], one["stratum"]) == (task, stratum) for one in self.stepins)
        left = ranked[n : n + strata[stratum]["reserve"]]
        one = {"at": self.time(at), "by": "clerk-1", "evidence": "ef" * 32, "no": len(self.stepins) + 1}
        one |= {"in": left[used] if used < len(left) else None, "out": ranked[out], "reason": "9"}
        one |= {"reviewed_by": "chief-2", "stratum": stratum, "task_id": task}
        self.stepins.append(self.edit("stepin", one))
        self.files[f"{self.aud}/stepins.json"] = text(self.edit("stepins", self.stepins))
        self.log("stepin", "clerk-1", self.time(at), [f"{self.aud}/stepins.json"])
        return self

    def plan(self) -> list[list[str]]:
        """Return the calendar of all drawn units, 4 a day; the rest of the tasks is unheld."""
        items = {task["task_id"]: task["items"] for task in self.tasks}
        office = {"fire-a": "F1", "market": "M1"}
        takes: dict[str, list[str]] = {}
        for name, units in self.drawn.items():
            for unit in units:
                takes.setdefault(unit, []).append(name)
        rows, unheld = [], []
        for number, (unit, names) in enumerate(sorted(takes.items())):
            if number >= 9:
                unheld.append([unit, " ".join(sorted(names)), "office_full"])
                continue
            day = self.time(f"2026-12-{7 + number // 3:02}T00:00:00")[:10]
            half = f"{day}T1 {day}T2" if number % 3 == 0 else f"{day}T{number % 2 + 1}"
            for item in sorted({items[name] for name in names}):
                rows += [[f"{unit}~1", office[item], place, half, item] for place in ("1", "2")]
        self.files[f"{self.aud}/unheld.csv"] = table("unit_id,task_ids,reason", self.edit("unheld", unheld))
        return rows

    def second(self, at: str, day: str, rows: list[list[str]], people: list[list[str]] | None = None) -> "Full":
        """Commit a calendar, a roster and recusals."""
        number = len(self.seconds) + 1
        end, old = v.suffix(number), self.roster
        self.roster = people or old
        tables = {
            "calendar": (CALENDAR, sorted(rows)),
            "roster": (",".join(v.ROSTER), self.roster),
            "recusals": (RECUSALS, [["F-0", "A00", "亲属"]]),
        }
        record: dict[str, Any] = {"agency": "suzhou", "commitment": self.digest.hex(), "hash": self.hash}
        names = []
        for stem, (header, cells) in tables.items():
            name = f"{self.aud}/{stem}{end}.csv"
            self.files[name] = table(header, self.edit(f"{stem}{end}", cells))
            record[stem] = self.hx(b"\3", self.salt(stem, str(number)), self.files[name]).hex()
            lines = self.files[name].decode().splitlines()
            self.tables[f"{stem}{end}.csv"] = [
                dict(zip(header.split(","), x.split(","), strict=False)) for x in lines[1:]
            ]
            names.append(name)
        was, now = ([dict(zip(v.ROSTER, row, strict=False)) for row in one] for one in (old, self.roster))
        changed = [[*row, "事由"] for row in v.roster_changes(was, now)]
        self.files[f"{self.aud}/roster_changes{end}.csv"] = table(
            "inspector_id,field,was,is,ground", self.edit(f"roster_changes{end}", changed)
        )
        record |= {"committed_at": self.time(at) if self.real else self.commitment["committed_at"], "number": number}
        record |= {"protocol": "supervision-roster/2", "rehearsal": self.commitment["rehearsal"], "round": self.round}
        record["sources"] = event(
            self.time(f"{day}T00:00:00")[:10], f"{self.round}-2-{number}", f"{self.round}-2-{number}"
        )
        record = self.edit(f"roster_commitment{end}", record | self.place_in_chain())
        self.seconds[number] = record
        name = f"{self.pub}/roster_commitment{end}.json"
        self.files[name] = text(record)
        self.digest2 = self.h(self.files[name])
        self.sequence, self.previous = self.sequence + 1, self.digest2.hex()
        names += [f"{self.aud}/roster_changes{end}.csv", name]
        self.log("commit_roster", "alice", self.time(at), names)
        self.anchor("roster_commitment", self.digest2, at)
        return self

    def match(self, at: str) -> "Full":
        """Draw the inspectors of the last roster commitment."""
        number = len(self.seconds)
        end, record = v.suffix(number), self.seconds[number]
        self.seeds2[number] = self.reveal(f"reveal2{end}", record, self.digest2, b"supervision-roster/2\0")
        course, places = self.course, v.places_of(self.tables[f"calendar{end}.csv"])
        course.leave = {}
        rows, back = v.draw_all(course.lottery(number, number), places, course.held)
        for place in places:
            course.draw_of[place.visit] = number
        course.places |= {place.key: place for place in places}
        course.sent_back = (course.sent_back - {place.visit for place in places}) | {*back}
        course.latest, self.drawn_rows, self.back = number, rows, back
        self.files[f"{self.aud}/roster{end}.json"] = text(self.edit(f"roster_json{end}", rows))
        out = [{"out": [{"inspector_id": "F-1", "why": "busy"}], "visit_id": visit} for visit in back]
        self.files[f"{self.aud}/sent_back{end}.json"] = text(self.edit(f"sent_back{end}", out))
        names = [f"{self.aud}/roster{end}.json", f"{self.aud}/sent_back{end}.json", f"{self.pub}/reveal2{end}.json"]
        self.log("match", "bob", self.time(at), names)
        return self

    def change(self, at: str, kind: str, rows: list[dict[str, Any]], step: str = "substitute") -> "Full":
        """Enter the rows of one change in the list and the log."""
        for row in rows:
            blank = {
                "half_days": [],
                "inspector_id": None,
                "office": None,
                "out": None,
                "place": None,
                "visit_id": None,
            }
            blank |= {"at": self.time(at), "by": "desk-1", "evidence": "aa" * 32, "ground": "事由已核", "kind": kind}
            self.changes.append(blank | {"no": len(self.changes) + 1, "reviewed_by": "chief-2"} | row)
        self.changes = self.edit("changes", self.changes)
        self.files[f"{self.aud}/changes.json"] = text(self.changes)
        self.log(step, "desk-1", self.time(at), [f"{self.aud}/changes.json"])
        return self

    def leave(self, at: str, who: str, halves: list[str]) -> "Full":
        """Enter somebody's leave."""
        self.course.leave[who] = self.course.leave.get(who, frozenset()) | {*halves}
        return self.change(at, "leave", [{"half_days": halves, "inspector_id": who}])

    def substitute(self, at: str, key: tuple[str, str, int]) -> "Full":
        """Substitute one place's inspector by the rule."""
        place, before = self.course.places[key], self.course.held.take(key)
        who = v.substitute(self.course, place, before)
        return self.change(at, "substituted", [self.row(place, before, who)])

    def row(self, place: v.Place, before: str | None, who: str | None) -> dict[str, Any]:
        """Return the fields of a change of one place."""
        row = {"half_days": [*place.halves], "inspector_id": who, "office": place.office, "out": before}
        return row | {"place": place.number, "visit_id": place.visit}

    def move(self, at: str, visit: str, start: str) -> "Full":
        """Move a visit to another half-day by the rule."""
        keys, rows = self.course.team(visit), []
        before = [self.course.held.holder.get(key) for key in keys]
        for key in keys:
            whole = len(self.course.places[key].halves) == 2
            rows.append(
                {"at": self.time(at), "half_days": [f"{start[:10]}T1", f"{start[:10]}T2"] if whole else [start]}
            )
        found = v.follow_move(self.course, rows, keys, "")
        places = [self.course.places[key] for key in keys]
        changed = [self.row(place, was, who) for place, was, who in zip(places, before, found, strict=True)]
        return self.change(at, "moved", changed, "replan")

    def cancel(self, at: str, visit: str) -> "Full":
        """Cancel a visit."""
        places = [self.course.places[key] for key in self.course.team(visit)]
        before = [self.course.held.take(place.key) for place in places]
        self.course.cancelled.add(visit)
        changed = [self.row(place, was, None) for place, was in zip(places, before, strict=True)]
        return self.change(at, "cancelled", changed, "replan")

    def whole(self) -> "Full":
        """Carry the round through: step-ins, leave, substitutes, a move, a cancellation and a supplement."""
        self.commit().draw()
        rows = self.plan()
        self.second("2026-11-30T09:00:00", "2026-12-01", rows).match("2026-12-01T21:30:00")
        if not self.real:
            return self.later()
        self.stepin("fire", self.stratum("D"), 0, "2026-12-02T09:00:00")
        self.stepin("fire", self.stratum("D"), 1, "2026-12-02T09:10:00")
        key = sorted(self.course.held.holder)[0]
        who, place = self.course.held.holder[key], self.course.places[key]
        self.leave("2026-12-02T09:30:00", who, [*place.halves]).substitute("2026-12-02T09:35:00", key)
        self.move("2026-12-02T10:00:00", self.visits()[1], self.time("2026-12-10T00:00:00")[:10] + "T1")
        self.supplement("2026-12-02T14:00:00", "2026-12-04").match("2026-12-04T21:30:00")
        return self.later()

    def stratum(self, key: str, task: str = "fire") -> str:
        """Return the name of the stratum with a key."""
        return next(row[1] for row in self.keys_rows if row[0] == task and row[2] == key)

    def visits(self) -> list[str]:
        """Return the visits that are held, in order."""
        return sorted({key[0] for key in self.course.held.holder})

    def supplement(self, at: str, day: str) -> "Full":
        """Commit a supplement: visits sent back, and step-in units without a visit."""
        date = self.time("2026-12-14T00:00:00")[:10]
        rows = [[*map(str, key), f"{date}T1"] for visit in self.course.sent_back for key in self.course.team(visit)]
        item = {"F1": "fire-a", "M1": "market"}
        rows = [[*row, item[row[1]]] for row in rows]
        visited = {v.unit_of(visit) for visit in self.course.draw_of}
        for one in self.stepins if self.real else ():
            if one["in"] and one["in"] not in visited:
                rows += [[f"{one['in']}~1", "F1", place, f"{date}T2", "fire-a"] for place in ("1", "2")]
        people = [[*row] for row in self.roster]
        people[1][6] = f"{date}T1"
        return self.second(at, day, self.edit("supplement", rows), people)

    def later(self) -> "Full":
        """Enter what happens after the last draw."""
        key = sorted(self.course.held.holder)[-1]
        who, place = self.course.held.holder[key], self.course.places[key]
        self.leave("2026-12-07T07:10:00", who, [*place.halves]).substitute("2026-12-07T07:20:00", key)
        self.cancel("2026-12-07T12:00:00", self.visits()[2])
        return self.stepin("fire", self.stratum("D"), 2, "2026-12-10T09:00:00") if self.real else self


def whole_round(out: Path, **options: Any) -> Path:
    """Write one whole round below a folder."""
    return Full(**options).whole().finish(out)


def two_rounds(out: Path, **edits: Any) -> tuple[Full, Full]:
    """Write an abandoned round's successor: a first round carried through and the next month's, one chain, one log."""
    one = Full(edits=edits.get("one", {})).whole()
    one.finish(out)
    two = Full(
        round="2027-01",
        sequence=one.sequence,
        previous=one.previous,
        lines=[*one.lines],
        shift=timedelta(days=31),
        edits=edits.get("two", {}),
    ).whole()
    two.finish(out)
    return one, two


def short(one: Full) -> Full:
    """Carry a round to its first draw of inspectors."""
    return one.commit().draw().second("2026-11-30T09:00:00", "2026-12-01", one.plan()).match("2026-12-01T21:30:00")


def changed(*steps: Any) -> Any:
    """Return a course that goes on after the first draw of inspectors."""

    def course(one: Full) -> Full:
        short(one)
        for step in steps:
            step(one)
        return one

    return course
