// 各任务 (tasks: frozen inputs, frames, order, published lists, step-ins); sections 2, 3, 5, 6, 9.

/** Check the frame key against the commitment (密钥摘要). */
function checkKey(round) {
  const where = round.audit.where("frame_key.hex");
  const text = loosely(round.audit.read("frame_key.hex"));
  want(isHex(text), "key.form", where);
  round.key = unhex(text);
  want(hex(round.h(round.key)) === round.first.key_digest, "key.digest", where, "commitment.json key_digest");
}

/** Check rules, registers, tasks, stratum names and the first roster against the commitment (冻结的输入). */
function checkInputs(round) {
  const { audit, first, tasks } = round;
  for (const [name, key] of [["rules.json", "rules"], ["registers.json", "register"]]) {
    const where = audit.where(name);
    want(objectOf(isPath, isHex)(audit.json(name)), "inputs.form", where);
    want(hex(round.h(audit.read(name))) === first[key], "inputs.digest", where, `commitment.json ${key}`);
  }
  for (const [name, form] of [["tasks.csv", "tasks"], ["strata_keys.csv", "strata_keys"], ["roster-0.csv", "roster"]]) {
    round.tables.set(name, audit.csv(name, TABLES[form]));
  }
  const names = round.tables.get("tasks.csv").map((row) => row.task_id);
  want(names.join(" ") === [...tasks.keys()].join(" "), "inputs.tasks", audit.where("tasks.csv"), names.join(" "));
  const at = audit.where("roster-0.csv");
  const bound = hex(round.h(Uint8Array.of(3), round.salted("roster", "0"), audit.read("roster-0.csv")));
  want(bound === first.roster, "inputs.roster", at, "commitment.json roster");
  checkPeople(round.tables.get("roster-0.csv"), at);
  checkStratumNames(round);
}

/** Ask that strata are named in the order that the key gives (层名). */
function checkStratumNames(round) {
  const where = round.audit.where("strata_keys.csv");
  const rows = round.tables.get("strata_keys.csv");
  const keys = new Map();
  for (const row of rows) {
    if (!keys.has(row.task_id)) keys.set(row.task_id, new Map());
    keys.get(row.task_id).set(row.key, row.stratum);
  }
  const named = sortedTexts(keys.keys()).join(" ");
  want(named === sortedTexts(round.tasks.keys()).join(" "), "strata.keys_tasks", where, named);
  const inner = round.text("stratum");
  for (const [task, names] of keys) {
    const hashes = new Map();
    for (const key of names.keys()) hashes.set(key, hex(round.h(round.key, inner, utf8(`${task}\u001f${key}`))));
    const order = [...names.keys()].sort((a, b) => compareTexts(hashes.get(a), hashes.get(b)));
    const good = order.every((key, k) => names.get(key) === `s${k + 1}`);
    want(good, "strata.keys", `${where} ${task}`, names);
  }
  for (const [task, names] of keys) {
    const count = rows.filter((row) => row.task_id === task).length;
    want(count === names.size, "strata.keys_twice", where);
  }
}

/** Check every task that the files at hand allow (各任务), and that only open frames are public. */
function checkTasks(round) {
  const { audit, tasks, report } = round;
  for (const name of round.public.files.keys()) {
    const inside = name.split("/");
    if (inside[0] !== "open") continue;
    const task = inside.length === 3 ? tasks.get(inside[1]) : null;
    const good = task && task.access === "open" && ["frame.csv", "strata.json"].includes(inside[2]);
    want(good, "frame.not_open", round.public.where(name));
  }
  if (audit) {
    checkKey(round);
    checkInputs(round);
    for (const name of audit.files.keys()) {
      const inside = name.split("/");
      const known = inside.length === 3 && tasks.has(inside[1]) && TASK_FILES.includes(inside[2]);
      want(inside[0] !== "tasks" || known, "frame.no_task", audit.where(name));
      want(round.result || inside[inside.length - 1] !== "order.csv", "order.undrawn", audit.where(name));
    }
  }
  for (const [name, task] of tasks) {
    const isOpen = task.access === "open";
    for (const file of isOpen ? ["frame.csv", "strata.json"] : []) {
      const path = `open/${name}/${file}`;
      want(round.public.has(path), "paths.missing", round.public.where(path));
      const same = !audit || audit.digests.get(`tasks/${name}/${file}`) === round.public.digests.get(path);
      want(same, "frame.public_copy", round.public.where(path));
    }
    if (audit) checkTask(round, task, audit, `tasks/${name}`);
    else if (isOpen) {
      checkTask(round, task, round.public, `open/${name}`);
      const empty = task.excluded_root === hex(round.h());
      const none = !Object.keys(task.excluded).length;
      want(empty === none, "excluded.none", round.public.where("commitment.json"), name);
    }
    const out = Object.values(task.excluded).reduce((total, count) => total + count, 0);
    const zh = `${round.name} ${name}：抽 ${task.sample}，备选 ${task.reserve}，抽样框 ${task.units}，排除 ${out}`;
    const counts = `drawn ${task.sample}, reserve ${task.reserve}, frame ${task.units}, excluded ${out}`;
    const en = `${round.name} ${name}: ${counts}`;
    if (audit || isOpen) report.checked.push([zh, en]);
    else report.unchecked.push([`${zh}：名单须由审计方核验`, `${en}: its list is for an auditor to check`]);
  }
}

/** Check one task (一个任务): strata table, frame, root, excluded, sizes, L, order and reserve. */
function checkTask(round, task, folder, inner) {
  const { audit } = round;
  const name = task.task_id;
  const where = folder.where(`${inner}/strata.json`);
  const at = folder.where(`${inner}/frame.csv`);
  const isOpen = task.access === "open";
  const strata = folder.json(`${inner}/strata.json`);
  checkRecords(strata, FORMS.stratum, where);
  checkSorted(strata.map((table) => table.stratum), where);
  const frame = readFrame(round, task, folder, `${inner}/frame.csv`, strata);
  if (!audit && frame.mixed) checkLetters(frame.units, at, new Set());
  want(hex(frame.root) === task.frame_root, "frame.root", at, `commitment.json ${name} frame_root`);
  want(frame.units.count === task.units, "frame.units", at, `${frame.units.count}, commitment.json ${name} units`);
  if (audit) checkExcluded(round, task, audit, frame);
  const salt = isOpen ? new Uint8Array(16) : round.salted("strata", name);
  const digest = hex(round.h(Uint8Array.of(2), salt, canonical(strata)));
  want(digest === task.strata, "strata.digest", where, `commitment.json ${name} strata`);
  for (const key of ["units", "sample", "reserve"]) {
    const total = strata.reduce((soFar, table) => soFar + table[key], 0);
    want(total === task[key], `strata.sum_${key}`, where, `${total}, commitment.json ${name} ${key}`);
  }
  if (isOpen) {
    want(strata.length === 1 && strata[0].stratum === "s1", "strata.open_one", where);
    want(new Set(frame.kinds.map((kind) => kind.size)).size === 1, "strata.open_equal", where);
  }
  if (audit) {
    const rows = round.tables.get("strata_keys.csv").filter((row) => row.task_id === name);
    const named = sortedTexts(rows.map((row) => row.stratum)).join(" ");
    want(named === strata.map((table) => table.stratum).join(" "), "strata.keys_table", where, named);
  }
  for (const table of strata) checkStratum(frame, table, where, at, round.report);
  if (round.seed) checkOrder(round, task, frame, strata);
  if (round.keepFrames) round.framed.set(name, frame.units);
}

/** Draw a task again (重新抽取): the first n of each stratum are drawn, the next r are the reserve. */
function checkOrder(round, task, frame, strata) {
  const name = task.task_id;
  const rows = [];
  const drawn = [];
  for (const table of strata) {
    const order = frame.best.get(table.stratum).order();
    round.ranked.set(`${name}/${table.stratum}`, order.map((one) => one.unit));
    order.forEach(({ unit, u, d }, k) => {
      const isDrawn = k < table.sample;
      if (isDrawn) drawn.push(unit);
      rows.push([unit, table.stratum, String(k + 1), isDrawn ? "drawn" : "reserve", String(u), hex(d)]);
    });
  }
  round.strata.set(name, strata);
  round.drawn.set(name, sortedTexts(drawn));
  if (!round.audit) return;
  const file = `tasks/${name}/order.csv`;
  const columns = Object.keys(TABLES.order);
  const got = round.audit.csv(file, TABLES.order).map((row) => columns.map((column) => row[column]));
  rows.sort(compareKeys);
  for (let k = 0; k < Math.max(got.length, rows.length); k++) {
    const same = got[k] && rows[k] && compareKeys(got[k], rows[k]) === 0;
    if (!same) {
      const words = `${written(got[k])}, not ${written(rows[k])}`;
      throw new Difference("order.row", `${round.audit.where(file)}:${k + 2}`, words);
    }
  }
}

/** Check the published lists, or their digests (公布名单). */
function checkResult(round) {
  const where = round.public.where("result.json");
  for (const one of round.result ? round.result.tasks : []) {
    const at = `${where} ${one.task_id}`;
    if (!round.drawn.has(one.task_id)) continue;
    const drawn = round.drawn.get(one.task_id);
    if ("drawn" in one) {
      if (one.drawn.join(" ") === drawn.join(" ")) continue;
      const [told, due] = [new Set(one.drawn), new Set(drawn)];
      const other = [...one.drawn.filter((unit) => !due.has(unit)), ...drawn.filter((unit) => !told.has(unit))];
      throw new Difference("result.drawn", at, sortedTexts(other).slice(0, 4).join(" "));
    } else {
      const digest = hex(round.h(Uint8Array.of(4), round.salted("list", one.task_id), canonical(drawn)));
      want(one.digest === digest, "result.digest", at, one.digest);
    }
  }
}

/** Check the step-ins (递补): one by one, the next of the stratum's order, by two persons. */
function checkStepins(round) {
  const { audit } = round;
  const where = audit.where("stepins.json");
  want(round.result === null || audit.has("stepins.json"), "paths.missing", where);
  if (!audit.has("stepins.json")) return;
  const stepins = audit.json("stepins.json");
  checkRecords(stepins, FORMS.stepin, where);
  want(!stepins.length || round.result, "stepin.before_draw", where);
  round.lists.set("stepins", stepins);
  let before = round.reveal && round.real ? sortedTexts(Object.values(round.reveal.held)).pop() : "";
  const used = new Map();
  const gone = new Set();
  stepins.forEach((one, k) => {
    const at = `${where} #${k + 1}`;
    const key = `${one.task_id}/${one.stratum}`;
    want(one.no === k + 1, "stepin.no", at, one.no);
    want(one.at >= before, "stepin.time", at, one.at);
    want(one.by !== one.reviewed_by, "stepin.persons", at, one.by);
    want(round.ranked.has(key), "stepin.stratum", at, key);
    const table = round.strata.get(one.task_id).find((each) => each.stratum === one.stratum);
    const order = round.ranked.get(key);
    const next = table.sample + (used.get(key) || 0);
    before = one.at;
    want(order.slice(0, next).includes(one.out), "stepin.out", at, one.out);
    want(!gone.has(`${one.task_id}/${one.out}`), "stepin.out_twice", at, one.out);
    gone.add(`${one.task_id}/${one.out}`);
    const due = next < order.length ? order[next] : null;
    want(one.in === due, "stepin.in", at, `${shown(one.in)}, not ${shown(due)}`);
    used.set(key, (used.get(key) || 0) + (due === null ? 0 : 1));
  });
}
