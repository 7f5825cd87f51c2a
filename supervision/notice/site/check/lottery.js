// 检查人员抽取 (the second draw: calendars, rosters, lottery); section 7.

/** The unit of a visit_id (检查对象). */
function unitOf(visit) {
  return visit.slice(0, Math.max(0, visit.lastIndexOf("~")));
}

function ordinalOf(visit) {
  return Number(visit.slice(visit.lastIndexOf("~") + 1));
}

/** One place of a visit's team (岗位): office, number, half-days, items; `key` names it. */
function placeOf(visit, office, number, halves, items) {
  const key = `${visit}\u0000${office}\u0000${number}`;
  return { key, visit, office, number, halves, items, unit: unitOf(visit), day: halves[0].slice(0, 10) };
}

function placesOf(rows) {
  return rows.map((row) =>
    placeOf(row.visit_id, row.office, Number(row.place), row.half_days.split(" "), row.items.split(" ")),
  );
}

function comparePlaces(one, two) {
  return compareKeys([one.visit, one.office, one.number], [two.visit, two.office, two.number]);
}

/** The inspectors of a roster by id (名册). */
function peopleOf(rows) {
  const several_ = (cell) => new Set(cell ? cell.split(" ") : []);
  const person = (row) => ({
    office: row.office,
    first: row.from,
    last: row.until,
    scopes: several_(row.scopes),
    limit: Number(row.daily_limit),
    absent: several_(row.absent),
  });
  return new Map(rows.map((row) => [row.inspector_id, person(row)]));
}

/** Ask for each inspector once, on duty from a day to the same or a later one (每人一行). */
function checkPeople(rows, where) {
  for (const row of rows) want(row.from <= row.until, "roster.dates", where, row.inspector_id);
  for (let k = 1; k < rows.length; k++) {
    want(rows[k - 1].inspector_id !== rows[k].inspector_id, "roster.twice", where, rows[k].inspector_id);
  }
}

/** Who holds which places in a round (持有岗位), and each inspector's load and half-days. */
class Holdings {
  constructor() {
    this.holder = new Map();
    this.place = new Map();
    this.loads = new Map();
    this.halves = new Map();
  }

  load(who) {
    return this.loads.get(who) || 0;
  }

  /** The half-days that somebody holds on a day. */
  onDay(who, day) {
    const key = `${who} ${day}`;
    if (!this.halves.has(key)) this.halves.set(key, new Set());
    return this.halves.get(key);
  }

  put(place, who) {
    this.holder.set(place.key, who);
    this.place.set(place.key, place);
    this.loads.set(who, this.load(who) + place.halves.length);
    for (const half of place.halves) this.onDay(who, place.day).add(half);
  }

  /** Take a place from its holder, who is returned (收回). */
  take(key) {
    const who = this.holder.get(key);
    if (who === undefined) return null;
    const place = this.place.get(key);
    this.holder.delete(key);
    this.place.delete(key);
    this.loads.set(who, this.load(who) - place.halves.length);
    for (const half of place.halves) this.onDay(who, place.day).delete(half);
    return who;
  }
}

/** One draw of inspectors (检查人员抽取): its seed, people and recusals; `leave` only for substitutions. */
class Lottery {
  constructor(round, seed, people, recused, leave) {
    Object.assign(this, { round, seed, people, recused, leave });
    this.offices = new Map();
    this.numbers = new Map();
    for (const [who, person] of people) {
      this.offices.set(person.office, [...(this.offices.get(person.office) || []), who]);
    }
  }

  staff(place) {
    return this.offices.get(place.office) || [];
  }

  /** P(place), or R(place, inspector) (岗位号、人员号), in hex. */
  number(place, who = "") {
    const text = [place.visit, place.office, place.number, who].join("\u001f");
    if (!this.numbers.has(text)) this.numbers.set(text, hex(this.round.h(this.seed, utf8(text))));
    return this.numbers.get(text);
  }

  /** Tell whether one of its office could hold a place beside the half-days held that day (可承担). */
  couldHold(place, who, held) {
    const person = this.people.get(who);
    const leave = this.leave.get(who);
    return (
      person.first <= place.day &&
      place.day <= person.last &&
      !place.halves.some((half) => person.absent.has(half) || (leave && leave.has(half)) || held.has(half)) &&
      (person.scopes.has("*") || place.items.every((item) => person.scopes.has(item))) &&
      !this.recused.has(`${who} ${place.unit}`) &&
      held.size + place.halves.length <= person.limit
    );
  }

  /** Who takes a place: the least R among loads up to the least load and 2 (取号最小者). */
  least(place, eligible, held) {
    const most = Math.min(...eligible.map((who) => held.load(who))) + 2;
    const fit = eligible.filter((who) => held.load(who) <= most);
    return fit.reduce((one, two) => (this.number(place, two) < this.number(place, one) ? two : one));
  }
}

/** Draw the places of one stage in their order (一个阶段); `count` hears of the eligible at each place's turn. */
function drawStage(lottery, places, held, whole, count) {
  if (!places.length) return;
  const { day } = places[0];
  const staff = lottery.staff(places[0]);
  const before = new Map(staff.map((who) => [who, new Set(held.onDay(who, day))]));
  const could = new Map(
    places.map((place) => [place.key, staff.filter((who) => lottery.couldHold(place, who, before.get(who)))]),
  );
  const mine = new Map(staff.map((who) => [who, new Set()]));
  const holds = new Map();
  const limit = (who) => lottery.people.get(who).limit;
  const node = (place, who) => {
    const single = whole || limit(who) - before.get(who).size === 1;
    return `${who} ${single ? "" : place.halves[0]}`;
  };
  const move = (place, who) => {
    const last = held.take(place.key);
    if (last !== null) place.halves.forEach((half) => mine.get(last).delete(half));
    held.put(place, who);
    place.halves.forEach((half) => mine.get(who).add(half));
    holds.set(node(place, who), place);
  };
  const order = new Map(places.map((place) => [place, lottery.number(place)]));
  for (const place of [...places].sort((a, b) => compareTexts(order.get(a), order.get(b)))) {
    const eligible = could.get(place.key).filter((who) => {
      const own = mine.get(who);
      const room = before.get(who).size + own.size + place.halves.length <= limit(who);
      return room && !place.halves.some((half) => own.has(half));
    });
    count.set(place.key, eligible.length);
    if (eligible.length) move(place, lottery.least(place, eligible, held));
    else for (const [who, step] of findPath(lottery, place, could, held, holds, node)) move(step, who);
  }
}

/** Return an augmenting path from an open place (增广路径), breadth first: who takes which place, the end first. */
function findPath(lottery, place, could, held, holds, node) {
  const queue = [place];
  const seen = new Map();
  for (const at of queue) {
    const ranked = could.get(at.key).map((who) => [held.load(who), lottery.number(at, who), who]);
    for (const [, , who] of ranked.sort(compareKeys)) {
      const one = node(at, who);
      if (seen.has(one)) continue;
      seen.set(one, [who, at]);
      if (holds.has(one)) {
        queue.push(holds.get(one));
        continue;
      }
      const path = [[who, at]];
      const back = new Map([...seen.keys()].filter((n) => holds.has(n)).map((n) => [holds.get(n).key, n]));
      while (path[path.length - 1][1].key !== place.key) path.push(seen.get(back.get(path[path.length - 1][1].key)));
      return path;
    }
  }
  return [];
}

/** Draw the inspectors of one calendar (一次日程的抽取): roster.json's records, and the visits sent back. */
function drawAll(lottery, places, held) {
  const count = new Map();
  const back = new Set();
  for (const day of sortedTexts(new Set(places.map((place) => place.day)))) {
    const today = places.filter((place) => place.day === day);
    for (const office of sortedTexts(new Set(today.map((place) => place.office)))) {
      const own = today.filter((place) => place.office === office);
      for (const whole of [true, false]) {
        const stage = own.filter((place) => (place.halves.length === 2) === whole);
        drawStage(lottery, stage, held, whole, count);
      }
    }
    const open = new Set(today.filter((place) => !held.holder.has(place.key)).map((place) => place.visit));
    for (const place of today) if (open.has(place.visit)) held.take(place.key);
    for (const visit of open) back.add(visit);
  }
  const rows = [...places]
    .sort(comparePlaces)
    .filter((place) => held.holder.has(place.key))
    .map((place) => ({
      candidates: count.get(place.key),
      inspector_id: held.holder.get(place.key),
      office: place.office,
      place: place.number,
      visit_id: place.visit,
    }));
  return [rows, sortedTexts(back)];
}

/** Return a map from the key of each value to its values (分组). */
function grouped(values, key) {
  const out = new Map();
  for (const value of values) out.set(key(value), [...(out.get(key(value)) || []), value]);
  return out;
}

/** Check the form of one calendar (日程格式): one day and one beginning for all places of a visit, numbered. */
function checkCalendar(round, number, where, first) {
  const places = placesOf(round.tables.get(`calendar${suffix(number)}.csv`));
  for (const place of places) {
    const at = `${where} ${place.visit}`;
    const { halves, day } = place;
    want(halves.length <= 2, "calendar.halves", at, halves.join(" "));
    const whole = halves.length !== 2 || (halves[0] === `${day}T1` && halves[1] === `${day}T2`);
    want(whole, "calendar.whole_day", at, new Triple(...halves));
  }
  const visits = grouped(places, (place) => place.visit);
  for (const [visit, team] of visits) {
    const at = `${where} ${visit}`;
    const days = new Set(team.map((place) => place.day));
    want(days.size === 1, "calendar.one_day", at, sortedTexts(days).join(" "));
    want(new Set(team.map((place) => place.halves[0])).size === 1, "calendar.one_start", at);
    for (const [office, own] of grouped(team, (place) => place.office)) {
      const numbers = own.map((place) => place.number);
      want(numbers.every((one, k) => one === k + 1), "calendar.places", `${at} ${office}`, numbers);
    }
  }
  if (!first) return places;
  for (const [unit, own] of grouped([...visits.keys()], unitOf)) {
    own.sort((a, b) => ordinalOf(a) - ordinalOf(b));
    const ordinals = own.map(ordinalOf);
    want(ordinals.every((one, k) => one === k + 1), "calendar.ordinals", `${where} ${unit}`, ordinals);
    const begins = own.map((visit) => visits.get(visit)[0].halves[0]);
    const rising = begins.every((one, k) => k === 0 || begins[k - 1] < one);
    want(rising, "calendar.ordinal_order", `${where} ${unit}`, begins.join(" "));
  }
  return places;
}

/** Ask that no place begins before the last source of its draw (不早于末次信源). */
function checkBegins(places, commitment, where) {
  const last = lastAt(commitment);
  for (const place of places) {
    const half = place.halves[0];
    const begin = `${half.slice(0, 10)}T${half.endsWith("T1") ? "00" : "12"}:00:00+08:00`;
    want(begin >= last, "calendar.too_early", `${where} ${place.visit}`, half);
  }
}

/** Ask that each drawn unit's items stand in the calendar or as unheld, and no others (事项齐全). */
function checkItems(round, places) {
  const { audit, items } = round;
  const takes = new Map();
  const joinedBy = new Map();
  const note = (map, unit, name) => map.set(unit, (map.get(unit) || new Set()).add(name));
  for (const [name, units] of round.drawn) {
    for (const unit of units) {
      note(takes, unit, name);
      note(joinedBy, unit, name);
    }
  }
  for (const one of round.lists.get("stepins") || []) if (one.in) note(joinedBy, one.in, one.task_id);
  const unheld = new Map();
  for (const row of round.tables.get("unheld.csv") || []) {
    const known = joinedBy.get(row.unit_id) || new Set();
    const names = row.task_ids.split(" ");
    const drawn = names.every((name) => known.has(name));
    want(drawn, "unheld.not_drawn", audit.where("unheld.csv"), `${row.unit_id} ${row.task_ids}`);
    for (const name of names) note(unheld, row.unit_id, name);
  }
  const planned = new Map();
  for (const place of places) for (const item of place.items) note(planned, place.unit, item);
  for (const unit of sortedTexts(takes.keys())) {
    const out = unheld.get(unit) || new Set();
    const due = new Set([...takes.get(unit)].filter((name) => !out.has(name)).flatMap((name) => [...items.get(name)]));
    const have = planned.get(unit) || new Set();
    const gone = [...due].filter((item) => !have.has(item));
    want(!gone.length, "calendar.items_missing", audit.where("calendar.csv"), `${unit} ${sortedTexts(gone).join(" ")}`);
  }
}

/** Ask that a calendar visits drawn or stepped-in units alone, for items of the round's tasks (只查抽中的). */
function checkAllowed(round, places, where, stepped) {
  const units = new Set([...round.drawn.values()].flat().concat(stepped.map((one) => one.in)));
  const items = new Set([...round.items.values()].flatMap((own) => [...own]));
  for (const place of places) {
    want(units.has(place.unit), "calendar.not_drawn", where, place.visit);
    const other = place.items.filter((item) => !items.has(item));
    want(!other.length, "calendar.items_other", `${where} ${place.visit}`, sortedTexts(other).join(" "));
  }
}
