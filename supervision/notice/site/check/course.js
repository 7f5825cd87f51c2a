// 抽取与变动的进程 (draws of inspectors and changes, in their order of time); section 7.

const SECOND_TABLES = ["calendar", "roster", "recusals", "roster_changes"];

/** Read calendars, rosters, recusals and what was drawn (读取第二次抽取的文件); none missing, none too many. */
function readSecondTables(round) {
  const { audit, tables, lists } = round;
  const last = Math.max(0, ...round.seconds.keys());
  for (const name of audit.files.keys()) {
    const found = /^(calendar|roster|recusals|roster_changes)(?:-([1-9][0-9]*))?\.csv$/.exec(name);
    want(!found || Number(found[2] || 1) <= last + 1, "roster.without", audit.where(name));
    if (found) tables.set(name, audit.csv(name, TABLES[found[1]]));
    const drawn = /^(roster|sent_back)(?:-([1-9][0-9]*))?\.json$/.exec(name);
    want(!drawn || round.reveals2.has(Number(drawn[2] || 1)), "roster.without", audit.where(name));
  }
  for (const number of round.seconds.keys()) {
    for (const stem of SECOND_TABLES) {
      const name = `${stem}${suffix(number)}.csv`;
      want(tables.has(name), "paths.missing", audit.where(name));
    }
  }
  for (const number of round.reveals2.keys()) {
    for (const [stem, form] of [["roster", FORMS.heldPlace], ["sent_back", FORMS.sentBack]]) {
      const name = `${stem}${suffix(number)}.json`;
      lists.set(name, audit.json(name));
      checkRecords(lists.get(name), form, audit.where(name));
    }
    const back = `sent_back${suffix(number)}.json`;
    for (const one of lists.get(back)) checkRecords(one.out, FORMS.out, audit.where(back));
  }
  if (audit.has("unheld.csv")) tables.set("unheld.csv", audit.csv("unheld.csv", TABLES.unheld));
  want(!round.reveals2.size || audit.has("changes.json"), "paths.missing", audit.where("changes.json"));
  lists.set("changes", audit.has("changes.json") ? audit.json("changes.json") : []);
  checkRecords(lists.get("changes"), FORMS.change, audit.where("changes.json"));
}

/** Check the three tables of each roster commitment against its digests, and what changed in the roster. */
function checkSecondTables(round) {
  const { audit, tables } = round;
  let before = tables.get("roster-0.csv");
  for (const [number, second] of round.seconds) {
    const end = suffix(number);
    for (const stem of ["calendar", "roster", "recusals"]) {
      const name = `${stem}${end}.csv`;
      const bound = hex(round.h(Uint8Array.of(3), round.salted(stem, String(number)), audit.read(name)));
      want(bound === second[stem], "roster.digest", audit.where(name), `roster_commitment${end}.json ${stem}`);
    }
    const rows = tables.get(`roster${end}.csv`);
    checkPeople(rows, audit.where(`roster${end}.csv`));
    const name = `roster_changes${end}.csv`;
    const got = tables.get(name).map((row) => [row.inspector_id, row.field, row.was, row.is]);
    const due = rosterChanges(before, rows);
    const [gotTexts, dueTexts] = [got.map(canonicalText), due.map(canonicalText)];
    const other = [...got, ...due].filter((row) => {
      const text = canonicalText(row);
      return gotTexts.includes(text) !== dueTexts.includes(text);
    });
    want(gotTexts.join() === dueTexts.join(), "roster.changes", audit.where(name), other.slice(0, 1));
    before = rows;
  }
}

/** Return how a roster differs from the one before (名册变动): inspector, field, was, is. */
function rosterChanges(old, rows) {
  const [was, now] = [old, rows].map((some) => new Map(some.map((row) => [row.inspector_id, row])));
  const found = [];
  for (const [who, row] of was) {
    const other = now.get(who);
    if (!other) found.push([who, "inspector_id", who, ""]);
    else {
      const changed = Object.keys(TABLES.roster).filter((name) => row[name] !== other[name]);
      found.push(...changed.map((name) => [who, name, row[name], other[name]]));
    }
  }
  for (const who of now.keys()) if (!was.has(who)) found.push([who, "inspector_id", "", who]);
  return found.sort(compareKeys);
}

/** How a round's visits stand while its draws and changes are followed (进程). */
class Course {
  constructor(round) {
    this.round = round;
    this.held = new Holdings();
    for (const kept of ["places", "drawOf", "leave"]) this[kept] = new Map();
    for (const kept of ["sentBack", "cancelled", "moved"]) this[kept] = new Set();
    Object.assign(this, { latest: 0, drawnAt: "", waiting: false, done: 0 });
  }

  /** The lottery with the seed of a draw and people and recusals of another (抽取依据). */
  lottery(draw, number) {
    const { round } = this;
    const end = suffix(number);
    const recused = round.tables.get(`recusals${end}.csv`).map((row) => `${row.inspector_id} ${row.unit_id}`);
    const people = peopleOf(round.tables.get(`roster${end}.csv`));
    return new Lottery(round, round.seeds2.get(draw), people, new Set(recused), this.leave);
  }

  /** A visit's places in the order (office, place) (一次检查的岗位). */
  team(visit) {
    return [...this.places.values()].filter((place) => place.visit === visit).sort(comparePlaces);
  }
}

/** Follow calendars, lotteries and changes in the order of time (日程、抽取与变动). */
function checkSeconds(round) {
  const { audit, report } = round;
  readSecondTables(round);
  checkSecondTables(round);
  const groups = changeGroups(round.lists.get("changes"), audit.where("changes.json"));
  const course = new Course(round);
  const every = [];
  for (const [number, second] of round.seconds) {
    const where = audit.where(`calendar${suffix(number)}.csv`);
    if (round.abandoned2.has(number)) {
      checkCalendar(round, number, where, false);
      continue;
    }
    if (round.real) applyChanges(course, groups, second.committed_at);
    const first = course.latest === 0;
    const places = checkCalendar(round, number, where, first);
    every.push(...places);
    const entered = (one) => !first && round.real && one.at <= second.committed_at;
    const stepped = (round.lists.get("stepins") || []).filter(entered);
    checkAllowed(round, places, where, stepped);
    if (!first) checkSupplement(course, places, where, stepped);
    if (round.real) checkBegins(places, second, where);
    if (round.reveals2.has(number)) followDraw(course, number, places);
    else {
      course.waiting = true;
      report.remarks.push([
        `${round.name} 第 ${number} 次名册承诺尚待抽取`,
        `${round.name} roster commitment ${number} waits for its draw`,
      ]);
    }
  }
  applyChanges(course, groups, null);
  const next = round.seconds.size + 1;
  const planned = `calendar${suffix(next)}.csv`;
  if (round.tables.has(planned)) {
    every.push(...checkCalendar(round, next, audit.where(planned), course.latest === 0));
    report.remarks.push([`${round.name} ${planned} 尚未承诺`, `${round.name} ${planned} is not committed yet`]);
  }
  if (!every.length && round.abandoned2.size) {
    report.remarks.push([
      `${round.name} 名册承诺已放弃，日程尚待重排`,
      `${round.name}: its roster commitment was abandoned, no new calendar yet`,
    ]);
  } else if (every.length || round.tables.has("unheld.csv")) checkItems(round, every);
}

/** Ask for visits sent back and first visits of step-in units alone (补充抽取). */
function checkSupplement(course, places, where, stepped) {
  const visited = new Set([...course.drawOf.keys()].map(unitOf));
  const fresh = new Set(stepped.filter((one) => one.in && !visited.has(one.in)).map((one) => `${one.in}~1`));
  for (const place of places) {
    want(course.sentBack.has(place.visit) || fresh.has(place.visit), "supplement.visit", where, place.visit);
  }
}

/** Draw one calendar's inspectors again (重新抽取检查人员) and compare roster.json and sent_back.json. */
function followDraw(course, number, places) {
  const { round } = course;
  const { audit } = round;
  const end = suffix(number);
  course.leave = new Map();
  const [rows, back] = drawAll(course.lottery(number, number), places, course.held);
  const where = audit.where(`roster${end}.json`);
  const told = round.lists.get(`roster${end}.json`);
  for (let k = 0; k < Math.max(told.length, rows.length); k++) {
    const same = told[k] && rows[k] && canonicalText(told[k]) === canonicalText(rows[k]);
    const words = () => `${written(told[k])}, not ${written(rows[k])}`;
    if (!same) throw new Difference("roster.drawn", `${where} #${k + 1}`, words());
  }
  const visitsBack = round.lists.get(`sent_back${end}.json`).map((one) => one.visit_id);
  const apart = [...visitsBack, ...back].filter((one) => visitsBack.includes(one) !== back.includes(one));
  const at = audit.where(`sent_back${end}.json`);
  want(visitsBack.join(" ") === back.join(" "), "roster.sent_back", at, sortedTexts(new Set(apart)).join(" "));
  const visits = new Set(places.map((place) => place.visit));
  for (const [key, place] of course.places) if (visits.has(place.visit)) course.places.delete(key);
  for (const visit of visits) {
    course.drawOf.set(visit, number);
    course.sentBack.delete(visit);
  }
  for (const place of places) course.places.set(place.key, place);
  for (const visit of back) course.sentBack.add(visit);
  course.latest = number;
  course.drawnAt = round.real ? sortedTexts(Object.values(round.reveals2.get(number).held)).pop() : "";
  const few = rows.filter((one) => one.candidates < 3).length;
  const zh = `${round.name} 第 ${number} 次检查人员抽取：${rows.length} 个岗位，${few} 个候选不足三人，退回 ${back.length} 次检查`;
  const en = `${round.name} draw ${number} of inspectors: ${rows.length} places,`;
  const more = `${few} with fewer than three candidates, ${back.length} visits sent back`;
  round.report.checked.push([zh, `${en} ${more}`]);
}

/** Return the changes, a moved or cancelled visit's rows together (变动分组), each row's own form checked. */
function changeGroups(changes, where) {
  let before = "";
  const groups = [];
  let last = null;
  changes.forEach((row, k) => {
    const at = `${where} #${k + 1}`;
    const { half_days: halves } = row;
    want(row.no === k + 1, "change.no", at, row.no);
    want(row.at >= before, "change.time", at, row.at);
    want(row.by !== row.reviewed_by, "change.persons", at, row.by);
    const rising = halves.every((half, i) => i === 0 || halves[i - 1] < half);
    want(halves.length && rising, "change.half_days", at, halves);
    const nulls = ["visit_id", "office", "place"].filter((name) => row[name] === null).length;
    want(row.kind === "leave" ? nulls === 3 : nulls === 0, "change.place", at);
    want(row.kind !== "leave" || row.inspector_id !== null, "change.leave", at);
    want(row.kind !== "leave" || row.out === null, "change.leave_out", at, row.out);
    want(row.kind !== "cancelled" || row.inspector_id === null, "change.cancelled", at, row.inspector_id);
    before = row.at;
    const together = ["moved", "cancelled"].includes(row.kind) ? `${row.kind} ${row.visit_id}` : row.no;
    if (together !== last) groups.push([]);
    groups[groups.length - 1].push(row);
    last = together;
  });
  return groups;
}
