// 日志 (the log): chain, fixed files, order of steps, times, persons; sections 3, 6, 9.

const FROZEN = ["tasks.csv", "items.csv", "offices.csv", "rules.json", "registers.json"];
const STEP_OF = {
  commitment: "commit",
  reveal: "draw",
  roster_commitment: "commit_roster",
  reveal2: "match",
  abandoned: "abandon",
  abandoned2: "abandon",
};

/** Read the log and follow its chain (日志链): fields, numbers, times, each line's digest in the next. */
function readLog(round) {
  const { audit } = round;
  want(audit.has("log.jsonl") || !round.real, "paths.missing", audit.where("log.jsonl"));
  if (!audit.has("log.jsonl")) return;
  const lines = audit.lines("log.jsonl");
  let previous = null;
  let before = "";
  for (let number = 1; lines.next(); number++) {
    const at = `${audit.where("log.jsonl")}:${number}`;
    const line = lines.line();
    const entry = parseJson(line, at);
    checkForm(entry, FORMS.log, at);
    want(entry.seq === number, "log.seq", at, entry.seq);
    want(entry.previous === previous, "log.previous", at, entry.previous);
    want(entry.at >= before, "log.time", at, entry.at);
    previous = sha256Hex(line);
    before = entry.at;
    round.log.push(entry);
    round.logDigests.push(previous);
  }
}

/** Return where each fixed file was put, and its digest (固定文件的写入): once, and named alike ever after. */
function fixedOutputs(round, where) {
  const found = new Map();
  round.log.forEach((entry, number) => {
    const at = `${where}:${number + 1}`;
    for (const path of keysOf(entry.outputs)) {
      const parts = path.split("/");
      if (parts.length > 2 && isFixed(path, parts[1])) {
        want(!found.has(path), "log.twice", at, path);
        found.set(path, { number, digest: entry.outputs[path] });
      }
    }
    for (const path of keysOf(entry.inputs)) {
      want(!found.has(path) || found.get(path).digest === entry.inputs[path], "log.input", at, path);
    }
  });
  return found;
}

/** Check what the log says of a round's files, order, times and persons (日志). */
function checkLog(round, rounds) {
  const where = round.audit.where("log.jsonl");
  if (!round.log.length) {
    want(!round.real, "log.empty", where);
    round.report.unchecked.push([`${round.name} 无日志`, `${round.name} has no log`]);
    return;
  }
  const put = fixedOutputs(round, where);
  const files = new Map();
  for (const [side, folder] of [["public", round.public], ["audit", round.audit]]) {
    for (const [name, digest] of folder.digests) files.set(`${side}/${round.name}/${name}`, digest);
  }
  for (const [path, digest] of files) {
    if (!isFixed(path, round.name)) continue;
    want(put.has(path), "log.never_put", where, path);
    want(put.get(path).digest === digest, "log.digest", where, path);
  }
  round.log.forEach((entry, k) => {
    for (const path of keysOf(entry.outputs)) {
      const frozen = files.has(path) && FROZEN.includes(path.split("/").pop());
      want(!frozen || files.get(path) === entry.outputs[path], "log.digest", `${where}:${k + 1}`, path);
    }
  });
  for (const path of put.keys()) want(path.split("/")[1] !== round.name || files.has(path), "log.gone", where, path);
  checkLogOrder(round, put, where);
  checkLogLists(round, where);
  if (round.real) {
    checkLogTimes(round, put, where);
    checkPersons(round, put, where);
    checkOverdue(round, put, rounds, where);
  }
}

function publicPath(round, stem, number = 1) {
  return `public/${round.name}/${stem}${suffix(number)}.json`;
}

/** Ask for the steps in their order and each record in its own step (步骤次序). */
function checkLogOrder(round, put, where) {
  for (const [path, { number }] of put) {
    const found = /^public\/[^/]+\/([a-z_]+2?)(-[0-9]+)?\.json$/.exec(path);
    if (!found) continue;
    const { step } = round.log[number];
    want(step === STEP_OF[found[1]], "log.step", `${where}:${number + 1}`, `${step}: ${path}`);
  }
  const chain = [publicPath(round, "commitment"), publicPath(round, "reveal")];
  for (const number of round.seconds.keys()) {
    chain.push(publicPath(round, "roster_commitment", number));
    chain.push(publicPath(round, round.abandoned2.has(number) ? "abandoned2" : "reveal2", number));
  }
  const seen = chain.filter((path) => put.has(path));
  for (let k = 1; k < seen.length; k++) {
    want(put.get(seen[k - 1]).number < put.get(seen[k]).number, "log.order", where, seen[k]);
  }
  const place = (path, otherwise) => (put.has(path) ? put.get(path).number : otherwise);
  const commit = put.get(publicPath(round, "commitment")).number;
  const draw = place(publicPath(round, "reveal"), 0);
  for (const [path, { number }] of put) {
    if (!path.startsWith(`audit/${round.name}/`)) continue;
    const name = path.split("/").slice(2).join("/");
    const found = /^([a-z_]+)(?:-([0-9]+))?\.(csv|json)$/.exec(name);
    if (name.endsWith("/order.csv")) want(number >= draw, "log.order", where, path);
    else if (found && !["roster-0.csv", "strata_keys.csv"].includes(name)) {
      const isTable = found[3] === "csv";
      const stem = isTable ? "roster_commitment" : "reveal2";
      const step = place(publicPath(round, stem, Number(found[2] || 1)), round.log.length);
      want(isTable ? number <= step : number >= step, "log.order", where, path);
    } else want(number <= commit, "log.order", where, path);
  }
}

/** Ask that every step-in and change was entered in the log, one after the other (逐条入日志). */
function checkLogLists(round, where) {
  const steps = ["stepin", "record", "review", "substitute", "replan"];
  for (const stem of ["stepins", "changes"]) {
    const rows = round.lists.get(stem) || [];
    const path = `audit/${round.name}/${stem}.json`;
    const beginnings = beginningDigests(rows);
    let got = 0;
    round.log.forEach((entry, number) => {
      const digest = entry.outputs[path];
      if (digest === undefined) return;
      const at = `${where}:${number + 1}`;
      const now = beginnings.has(digest) ? beginnings.get(digest) : -1;
      want(now >= got, "log.list", at, path);
      want(now === got || steps.includes(entry.step), "log.step", at, `${entry.step}: ${path}`);
      want(stem !== "stepins" || now <= got + 1, "log.one_by_one", at, path);
      for (const row of rows.slice(got, now)) {
        want(!round.real || row.at <= entry.at, "log.later", at, `${path} #${row.no}`);
      }
      got = now;
    });
    want(got === rows.length, "log.list_missing", where, `${path} #${got + 1}`);
  }
}

/** Return the digest of every beginning of a list as JSON, and how many records it has (各前段的摘要). */
function beginningDigests(rows) {
  const found = new Map([[sha256Hex(utf8("[]")), 0]]);
  const digest = new Digest(SHA256).update(utf8("["));
  rows.forEach((row, k) => {
    digest.update(utf8((k ? "," : "") + canonicalText(row)));
    found.set(digest.copy().update(utf8("]")).hex(), k + 1);
  });
  return found;
}

/** The stem and number of a commitment's file (承诺文件). */
function stemOf(commitment) {
  if ("number" in commitment) return ["roster_commitment", "reveal2", "abandoned2", commitment.number];
  return ["commitment", "reveal", "abandoned", 1];
}

/** Check the clock (时钟): nothing is committed before the last entry, or drawn before its sources were held. */
function checkLogTimes(round, put, where) {
  for (const [file, commitment, , reveal, abandoned] of round.commitments()) {
    const [stem, revealStem, abandonedStem, number] = stemOf(commitment);
    const entryOf = (name) => put.get(publicPath(round, name, number)).number;
    const index = entryOf(stem);
    const entry = round.log[index];
    const time = commitment.committed_at;
    const at = `${where}:${index + 1}`;
    const head = index ? round.logDigests[index - 1] : null;
    want(commitment.log === head, "log.head", at, `${file} ${shown(commitment.log)}`);
    want(!index || round.log[index - 1].at <= time, "log.clock", at, `${file} ${time}`);
    want(time <= entry.at, "log.committed_after", at, `${file} ${entry.at}`);
    const first = firstAt(commitment);
    want(entry.at < first, "log.committed_late", at, `${file} ${entry.at}`);
    if (reveal) {
      const drawn = round.log[entryOf(revealStem)];
      const held = sortedTexts(Object.values(reveal.held)).pop();
      want(drawn.at >= held, "log.drawn_early", where, `${file} ${drawn.at}`);
    }
    if (abandoned) {
      const entered = round.log[entryOf(abandonedStem)];
      want(entered.at >= abandoned.at, "log.abandoned_early", where, `${file} ${entered.at}`);
      want(abandoned.cancelled || entered.at < first, "log.abandoned_late", where, `${file} ${entered.at}`);
    }
  }
}

/** Ask for different persons (不相容职责): commit and draw, roster and match, step-ins and keys. */
function checkPersons(round, put, where) {
  const clerk = (stem, number = 1) => {
    const found = put.get(publicPath(round, stem, number));
    return found ? round.log[found.number].who : null;
  };
  want(clerk("commitment") !== clerk("reveal"), "persons.draw", where, clerk("reveal"));
  for (const number of round.seconds.keys()) {
    const same = clerk("roster_commitment", number) === clerk("reveal2", number);
    want(!same, "persons.match", where, clerk("reveal2", number));
  }
  for (const one of round.lists.get("stepins") || []) {
    for (const name of ["by", "reviewed_by"]) {
      const known = [clerk("commitment"), clerk("reveal")].includes(one[name]);
      want(!known, "persons.stepin", `${where} stepins.json #${one.no}`, one[name]);
    }
  }
}

/** Ask that whatever was due before a commitment had been drawn before it (先抽完再承诺), by the log. */
function checkOverdue(round, put, rounds) {
  for (const [file, after] of round.commitments()) {
    const [stem, , , number] = stemOf(after);
    const index = put.get(publicPath(round, stem, number)).number;
    for (const other of rounds) {
      for (const [, before, , reveal] of other.real ? other.commitments() : []) {
        const [, revealStem, , otherNumber] = stemOf(before);
        const path = publicPath(other, revealStem, otherNumber);
        const due = lastAt(before) < after.committed_at;
        const late = due && reveal && put.has(path) && put.get(path).number > index;
        want(!late, "chain.overdue_then", file, path);
      }
    }
  }
}

/** Ask that logs with one beginning are one log (同一日志), copied earlier or later. */
function checkOneLog(rounds) {
  const logged = rounds.filter((round) => round.log.length);
  logged.forEach((one, k) => {
    for (const two of logged.slice(k + 1)) {
      if (one.logDigests[0] !== two.logDigests[0]) continue;
      const length = Math.min(one.log.length, two.log.length);
      const same = one.logDigests[length - 1] === two.logDigests[length - 1];
      want(same, "log.forked", two.audit.where("log.jsonl"), one.audit.where("log.jsonl"));
    }
  });
}
