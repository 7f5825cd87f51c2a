// 公开记录 (records of a round: commitments, reveals, abandonments, results); section 3.

/** Read the public records of a round (读取公开记录): canonical bytes, fields, ids. */
function readRecords(round) {
  const folder = round.public;
  const where = folder.where("commitment.json");
  round.first = folder.json("commitment.json");
  checkForm(round.first, FORMS.commitment, where);
  want(!round.name || round.first.round === round.name, "commitment.round", where, round.first.round);
  round.name = round.first.round;
  round.algorithm = round.first.hash === "sm3" ? SM3 : SHA256;
  round.digest = round.h(folder.read("commitment.json"));
  checkFirstFields(round, where);
  if (folder.has("reveal.json")) {
    round.reveal = readReveal(round, "reveal.json", round.digest);
    round.result = folder.json("result.json");
    checkResultForm(round);
  }
  if (folder.has("abandoned.json")) {
    round.abandoned = readAbandoned(round, "abandoned.json", round.first, round.digest);
    want(round.reveal === null, "abandoned.drawn", folder.where("abandoned.json"));
  }
  readSecondRecords(round);
  if (folder.has("anchors.json")) {
    round.anchors = folder.json("anchors.json");
    const keys = round.anchors.map((a) => [a.of, a.digest, a.kind, a.at, a.file]);
    checkSorted(keys, folder.where("anchors.json"));
  }
}

/** Read roster commitments, their reveals and abandonments (读取第二次承诺), numbered without gaps. */
function readSecondRecords(round) {
  const folder = round.public;
  const there = Object.fromEntries(NUMBERED_PUBLIC.map((stem) => [stem, new Set()]));
  const pattern = new RegExp(`^(${NUMBERED_PUBLIC.join("|")})(?:-([0-9]+))?\\.json$`);
  for (const name of folder.files.keys()) {
    const found = pattern.exec(name);
    if (found) there[found[1]].add(Number(found[2] || 1));
  }
  const numbers = [...there.roster_commitment].sort((a, b) => a - b);
  const firstFile = folder.where("roster_commitment.json");
  want(numbers.every((number, k) => number === k + 1), "roster.numbers", firstFile, numbers);
  want(!numbers.length || round.reveal, "roster.before_draw", firstFile);
  for (const stem of ["reveal2", "abandoned2"]) {
    const extra = [...there[stem]].filter((number) => !numbers.includes(number));
    want(!extra.length, "roster.without", folder.where(`${stem}${suffix(Math.min(...extra))}.json`));
  }
  for (const number of numbers) {
    const end = suffix(number);
    const name = `roster_commitment${end}.json`;
    const second = folder.json(name);
    checkForm(second, FORMS.rosterCommitment, folder.where(name));
    checkRecords(second.sources, FORMS.source, `${folder.where(name)} sources`);
    want(second.sources.length, "source.none", folder.where(name));
    const digest = round.h(folder.read(name));
    round.seconds.set(number, second);
    round.digests2.set(number, digest);
    if (there.reveal2.has(number)) round.reveals2.set(number, readReveal(round, `reveal2${end}.json`, digest));
    if (there.abandoned2.has(number)) {
      const file = `abandoned2${end}.json`;
      const record = readAbandoned(round, file, second, digest);
      round.abandoned2.set(number, record);
      want(!round.reveals2.has(number), "abandoned.drawn", folder.where(file));
      want(record.cancelled !== null, "abandoned.cancelled", folder.where(file));
    }
  }
}

function readReveal(round, name, digest) {
  const where = round.public.where(name);
  const reveal = round.public.json(name);
  checkForm(reveal, FORMS.reveal, where);
  want(reveal.round === round.name, "reveal.round", where, reveal.round);
  want(reveal.commitment === hex(digest), "reveal.commitment", where, reveal.commitment);
  return reveal;
}

/** Read one abandonment (放弃公告): whose, when, and for which cancelled source. */
function readAbandoned(round, name, commitment, digest) {
  const where = round.public.where(name);
  const record = round.public.json(name);
  checkForm(record, FORMS.abandoned, where);
  want(record.round === round.name, "abandoned.round", where, record.round);
  want(record.commitment === hex(digest), "abandoned.commitment", where, record.commitment);
  const named = commitment.sources.some((source) => source.name === record.cancelled);
  want(record.cancelled === null || named, "abandoned.source", where, record.cancelled);
  if (commitment.rehearsal === "no") {
    want(record.at >= commitment.committed_at, "abandoned.early", where, record.at);
    const late = record.cancelled === null && record.at >= firstAt(commitment);
    want(!late, "abandoned.late", where, record.at);
  }
  return record;
}

function firstAt(commitment) {
  return sortedTexts(commitment.sources.map((source) => source.at))[0];
}

function lastAt(commitment) {
  return sortedTexts(commitment.sources.map((source) => source.at)).pop();
}

/** Check the fields of commitment.json against each other (第一次承诺各字段). */
function checkFirstFields(round, where) {
  const { first } = round;
  checkRecords(first.sources, FORMS.source, `${where} sources`);
  checkRecords(first.tasks, FORMS.task, `${where} tasks`);
  want(first.sources.length, "source.none", where);
  want(first.tasks.length, "commitment.tasks", where);
  checkSorted(first.tasks.map((task) => task.task_id), `${where} tasks`);
  want(first.round.length > 7 === (first.cause !== null), "commitment.cause", where, first.cause);
  want(first.evidence <= first.committed_at.slice(0, 10), "commitment.evidence", where, first.evidence);
  checkPlaceInChain(first, where);
  const groups = { open: new Set(), sealed: new Set() };
  for (const task of first.tasks) {
    const at = `${where} ${task.task_id}`;
    want((task.access === "open") === (task.disclosure === "before"), "task.disclosure", at, task.disclosure);
    const own = task.group === `task.${task.task_id}`;
    want(own || !task.group.startsWith("task."), "task.group", at, task.group);
    want(task.sample >= 1, "task.sample", at, task.sample);
    want(task.sample + task.reserve <= task.units, "task.sizes", at, task.units);
    groups[task.access].add(task.group);
  }
  const shared = new Set([...groups.open].filter((group) => groups.sealed.has(group)));
  want(!shared.size, "task.shared_group", where, shared);
  const software = hex(round.h(round.public.read("verify.py")));
  const words = `commitment.json software, not ${software}`;
  want(software === first.software, "commitment.software", round.public.where("verify.py"), words);
}

/** Check sequence, previous, log and time of a commitment by itself (链中位置). */
function checkPlaceInChain(commitment, where) {
  const { sequence, previous } = commitment;
  if (commitment.rehearsal === "no") {
    want(sequence >= 1, "chain.sequence", where, sequence);
    want((sequence === 1) === (previous === null), "chain.previous_null", where, previous);
    return;
  }
  want(sequence === 0, "rehearsal.sequence", where, sequence);
  want(previous === null, "rehearsal.previous", where, previous);
  want(commitment.log === null, "rehearsal.log", where, commitment.log);
  const start = `${commitment.round.slice(0, 7)}-01T00:00:00+08:00`;
  want(commitment.committed_at === start, "rehearsal.committed_at", where, commitment.committed_at);
}

/** Check result.json (抽取结果) as far as anybody can: whose, which tasks, and what may be shown. */
function checkResultForm(round) {
  const where = round.public.where("result.json");
  const { result, tasks } = round;
  checkForm(result, FORMS.result, where);
  want(result.round === round.name, "result.round", where, result.round);
  want(result.commitment === hex(round.digest), "result.commitment", where, result.commitment);
  want(result.seed === round.reveal.seed, "result.seed", where, result.seed);
  const isShown = (one) => isObject(one) && "drawn" in one;
  result.tasks.forEach((one, k) => {
    checkForm(one, isShown(one) ? FORMS.resultOpen : FORMS.resultSealed, `${where} #${k + 1}`);
  });
  const names = result.tasks.map((one) => one.task_id);
  want(names.join(" ") === [...tasks.keys()].join(" "), "result.tasks", where, names.join(" "));
  for (const one of result.tasks) {
    const task = tasks.get(one.task_id);
    const at = `${where} ${one.task_id}`;
    want(isShown(one) || task.access === "sealed", "result.open", at);
    want(!isShown(one) || task.disclosure !== "never", "result.never", at);
    if (isShown(one)) {
      checkSorted(one.drawn, at);
      want(one.drawn.length === task.sample, "result.sample", at, one.drawn.length);
    }
  }
}

/** Ask that a posted notice with a digest (张贴公告) shows its commitment's: digits in groups are read together. */
function checkNotices(round) {
  const due = new Map([["notice.html", round.digest]]);
  for (const [number, digest] of round.digests2) due.set(`notice-roster${suffix(number)}.html`, digest);
  for (const [name, digest] of due) {
    const text = round.public.has(name) ? withoutTags(loosely(round.public.read(name))) : "";
    const found = (text.match(/[0-9a-f]+/g) || []).filter((one) => one.length === 64);
    const good = !found.length || found.includes(hex(digest));
    want(good, "commitment.posted", round.public.where(name), found.slice(0, 1).join(""));
  }
}

/** Return a page without tags and spaces (去掉标签与空白); a tag that does not end is none, and is not looked for. */
function withoutTags(text) {
  const end = text.lastIndexOf(">") + 1;
  const spaces = /[ \t\n\r\f\v]/g;
  return text.slice(0, end).replace(/<[^>]*>/g, "").replace(spaces, "") + text.slice(end).replace(spaces, "");
}

/** Check roster commitments against the first one and each other (第二次承诺各字段). */
function checkSecondFields(round) {
  let drawn = 0;
  for (const [number, second] of round.seconds) {
    const where = round.public.where(`roster_commitment${suffix(number)}.json`);
    checkPlaceInChain(second, where);
    want(second.number === number, "roster.number", where, second.number);
    want(second.commitment === hex(round.digest), "roster.commitment", where, second.commitment);
    for (const name of ["agency", "hash", "rehearsal", "round"]) {
      want(second[name] === round.first[name], `roster.${name}`, where, second[name]);
    }
    const before = number - 1;
    const last = (round.seconds.get(before) || round.first).sequence;
    want(!round.real || second.sequence > last, "roster.sequence", where, second.sequence);
    const done = before === 0 || round.reveals2.has(before) || round.abandoned2.has(before);
    want(done, "roster.unfinished", where, before);
    drawn += round.abandoned2.has(number) ? 0 : 1;
    want(drawn <= 3, "roster.supplements", where, drawn - 1);
    if (!round.real) continue;
    let earlier = round.first;
    for (let k = 1; k < number; k++) if (round.reveals2.has(k)) earlier = round.seconds.get(k);
    want(second.committed_at >= lastAt(earlier), "roster.too_early", where, second.committed_at);
    if (round.abandoned2.has(before)) {
      const { at } = round.abandoned2.get(before);
      want(second.committed_at >= at, "roster.before_abandoned", where, second.committed_at);
    }
  }
}
