// 变动 (leave, substitution, move, cancellation after a draw); section 7.

/** Apply the changes entered up to a time (应用变动). */
function applyChanges(course, groups, until) {
  const { round } = course;
  while (course.done < groups.length) {
    const rows = groups[course.done];
    const [row] = rows;
    if (until !== null && row.at > until) return;
    course.done++;
    const where = `${round.audit.where("changes.json")} #${row.no}`;
    if (row.kind === "leave") {
      const who = row.inspector_id;
      const rosters = [...round.tables.keys()].filter((name) => name.startsWith("roster-") || name === "roster.csv");
      const known = rosters.some((name) => round.tables.get(name).some((one) => one.inspector_id === who));
      want(known, "change.leave_unknown", where, who);
      course.leave = new Map(course.leave).set(who, new Set([...(course.leave.get(who) || []), ...row.half_days]));
      continue;
    }
    want(!course.waiting, "change.while_waiting", where, row.at);
    want(row.at >= course.drawnAt, "change.while_waiting", where, row.at);
    applyGroup(course, rows, where);
  }
}

function tripleOf(one) {
  return new Triple(one.visit, one.office, one.number);
}

/** Apply one substitution, move or cancellation (替换、改期、取消) and compare it with what is written. */
function applyGroup(course, rows, where) {
  const [{ visit_id: visit, kind }] = rows;
  want(course.drawOf.has(visit), "change.visit", where, visit);
  want(!course.cancelled.has(visit), "change.after_cancelled", where, visit);
  want(!course.sentBack.has(visit) || kind === "cancelled", "change.after_sent_back", where, visit);
  for (const row of rows) {
    for (const name of ["at", "by", "reviewed_by", "evidence", "ground"]) {
      want(row[name] === rows[0][name], "change.together", `${where} ${name}`, row[name]);
    }
  }
  const named = rows.map((row) => placeOf(row.visit_id, row.office, row.place, row.half_days, []));
  const keys = named.map((one) => one.key);
  if (kind === "substituted") want(course.places.has(keys[0]), "change.no_place", where, tripleOf(named[0]));
  else {
    const team = course.team(visit).map((place) => place.key);
    want(canonicalText(keys) === canonicalText(team), "change.whole_team", where, named.map(tripleOf));
  }
  rows.forEach((row, k) => {
    const holder = course.held.holder.get(keys[k]) || null;
    const words = `${written(tripleOf(named[k]))}: ${shown(row.out)}, not ${shown(holder)}`;
    want(row.out === holder, "change.out", where, words);
    const same = canonicalText(row.half_days) === canonicalText(course.places.get(keys[k]).halves);
    want(kind === "moved" || same, "change.half_days_other", where, row.half_days);
  });
  let due;
  if (kind === "substituted") due = [substitute(course, course.places.get(keys[0]), course.held.take(keys[0]))];
  else if (kind === "moved") due = followMove(course, rows, keys, where);
  else {
    due = keys.map((key) => course.held.take(key) && null);
    course.cancelled.add(visit);
    course.sentBack.delete(visit);
  }
  rows.forEach((row, k) => {
    const words = `${written(tripleOf(named[k]))}: ${shown(row.inspector_id)}, not ${shown(due[k])}`;
    want(row.inspector_id === due[k], "change.inspector", where, words);
  });
}

/**
 * Give an open place to a substitute (替换): as if drawn alone, by the latest roster less leave; null if nobody.
 * The place has been taken from `before`, who is not eligible.
 */
function substitute(course, place, before) {
  const lottery = course.lottery(course.drawOf.get(place.visit), course.latest);
  const eligible = lottery.staff(place).filter((who) => who !== before && canTake(course, lottery, place, who));
  if (!eligible.length) return null;
  const who = lottery.least(place, eligible, course.held);
  course.held.put(place, who);
  return who;
}

/** Tell whether somebody is eligible with all holdings of the moment (可否接替). */
function canTake(course, lottery, place, who) {
  return lottery.staff(place).includes(who) && lottery.couldHold(place, who, course.held.onDay(who, place.day));
}

/** Move a visit (改期): holders stay where eligible, the rest is substituted; over half replaced is sent back. */
function followMove(course, rows, keys, where) {
  const { round } = course;
  const visit = rows[0].visit_id;
  const start = rows[0].half_days[0];
  want(!course.moved.has(visit), "change.moved_twice", where, visit);
  const old = keys.map((key) => course.places.get(key));
  want(start !== old[0].halves[0], "change.same_half_day", where, start);
  const fresh = old.map((place, k) => {
    const day = start.slice(0, 10);
    const due = place.halves.length === 2 ? [`${day}T1`, `${day}T2`] : [start];
    want(canonicalText(rows[k].half_days) === canonicalText(due), "change.moved_half_days", where, rows[k].half_days);
    return placeOf(visit, place.office, place.number, due, place.items);
  });
  if (round.real) {
    want(start.slice(0, 10) >= rows[0].at.slice(0, 10), "change.moved_back", where, start);
    checkBegins(fresh.slice(0, 1), round.seconds.get(course.drawOf.get(visit)), where);
  }
  const before = keys.map((key) => course.held.take(key));
  const lottery = course.lottery(course.drawOf.get(visit), course.latest);
  const stays = fresh.map((place, k) => before[k] !== null && canTake(course, lottery, place, before[k]));
  fresh.forEach((place, k) => {
    course.places.set(place.key, place);
    if (stays[k]) course.held.put(place, before[k]);
  });
  course.moved.add(visit);
  const team = before.filter((who) => who !== null).length;
  if (2 * (team - stays.filter(Boolean).length) > team) {
    keys.forEach((key) => course.held.take(key));
    course.sentBack.add(visit);
    return keys.map(() => null);
  }
  return fresh.map((place, k) => (stays[k] ? before[k] : substitute(course, place, before[k])));
}
