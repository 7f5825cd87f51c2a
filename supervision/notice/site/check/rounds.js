// 各轮文件夹 (folders of rounds and the names of their files); sections 9 and 10.

const ONCE_PUBLIC = ["commitment", "reveal", "abandoned", "result"];
const NUMBERED_PUBLIC = ["roster_commitment", "reveal2", "abandoned2"];
const ONCE_AUDIT = ["stepins.json", "changes.json", "unheld.csv", "tasks.csv", "strata_keys.csv"];
const NUMBERED_AUDIT = [
  ...["calendar.csv", "roster.csv", "recusals.csv", "roster_changes.csv"],
  ...["roster.json", "sent_back.json"],
];
const SECRET = new RegExp(
  "^(?:frame_key.*|order\\.csv|excluded\\.csv|strata_keys\\.csv|stepins\\.json|changes\\.json|log\\.jsonl" +
    "|roster-0\\.csv|recusals(-.*)?\\.csv|roster_changes(-.*)?\\.csv|sent_back(-.*)?\\.json|roster(-.*)?\\.json" +
    "|frame\\.csv|strata\\.json)$",
);
const TASK_FILES = ["frame.csv", "strata.json", "excluded.csv", "order.csv"];

/** The end of a numbered file's name (文件编号后缀): nothing for 1, then -2, -3 … */
function suffix(number) {
  return number === 1 ? "" : `-${number}`;
}

/** One round's folders and what the checks learn from them (一轮). */
class Round {
  constructor(name, publicFolder, audit, report) {
    Object.assign(this, { name, report, audit, public: publicFolder });
    Object.assign(this, { first: null, reveal: null, result: null, abandoned: null, anchors: [] });
    Object.assign(this, { digest: null, key: null, seed: null, algorithm: SHA256, keepFrames: false });
    for (const kept of ["seconds", "digests2", "reveals2", "abandoned2", "seeds2"]) this[kept] = new Map();
    for (const kept of ["tables", "lists", "strata", "drawn", "ranked", "framed"]) this[kept] = new Map();
    this.log = [];
    this.logDigests = [];
  }

  get real() {
    return this.first.rehearsal === "no";
  }

  /** Tasks of the commitment by id (任务). */
  get tasks() {
    return new Map(this.first.tasks.map((task) => [task.task_id, task]));
  }

  /** Items of each task (任务的事项). */
  get items() {
    return new Map(this.tables.get("tasks.csv").map((row) => [row.task_id, new Set(row.items.split(" "))]));
  }

  h(...parts) {
    return hashed(this.algorithm, ...parts);
  }

  /** H("word|" and round), the inner hash of salts and ties (内层摘要). */
  text(word) {
    return this.h(utf8(`${word}|${this.name}`));
  }

  /** The salt of a table (表的盐): first 16 bytes of H(frame_key, H(word, round), name). */
  salted(word, name) {
    return this.h(this.key, this.text(word), utf8(name)).slice(0, 16);
  }

  /** File, commitment, digest, reveal and abandonment of each commitment, first and second alike (各次承诺). */
  commitments() {
    const out = [[this.public.where("commitment.json"), this.first, this.digest, this.reveal, this.abandoned]];
    for (const [number, second] of this.seconds) {
      const where = this.public.where(`roster_commitment${suffix(number)}.json`);
      const [reveal, abandoned] = [this.reveals2.get(number) || null, this.abandoned2.get(number) || null];
      out.push([where, second, this.digests2.get(number), reveal, abandoned]);
    }
    return out;
  }
}

/** Return the part of a folder's files that lies below a path (子文件夹). */
function below(files, path) {
  const out = new Map();
  for (const [name, file] of files) if (name.startsWith(`${path}/`)) out.set(name.slice(path.length + 1), file);
  return out;
}

function isThere(files, path) {
  return files.has(path) || below(files, path).size > 0;
}

/** Return the rounds that a folder holds (找出各轮): OUT, public/, or one round's public folder. */
function findRounds(input, report, work) {
  const { files, label } = input;
  if (isThere(files, "public")) return findPairs(files, report, work);
  if (isThere(files, "commitment.json")) return [new Round("", new Folder(files, label, work), null, report)];
  const audit = ["frame_key.hex", "log.jsonl", "tasks"].some((name) => isThere(files, name));
  want(!audit, "paths.audit_alone", label);
  checkNoOther(files, label);
  const names = roundsIn(files);
  want(names.length, "paths.nothing", label);
  return names.map((name) => new Round(name, new Folder(below(files, name), name, work), null, report));
}

function roundsIn(files) {
  return sortedTexts(new Set([...files.keys()].map((path) => path.split("/")[0]))).filter(isRound);
}

/** Ask that no commitment lies outside the rounds' folders (轮次文件夹之外无承诺): it would be a second ticket. */
function checkNoOther(files, label) {
  for (const name of walked(files, label).keys()) {
    const parts = name.split("/");
    const stray = !isRound(parts[0]) && parts[parts.length - 1] === "commitment.json";
    want(!stray, "paths.round", `${label}/${name}`);
  }
}

/** Return the rounds of a folder that holds public/ and perhaps audit/ (公开与审计成对). */
function findPairs(files, report, work) {
  const folders = {};
  for (const side of ["public", "audit"]) {
    want(!files.has(side), "paths.folder", side);
    const inside = below(files, side);
    checkNoOther(inside, side);
    folders[side] = roundsIn(inside);
  }
  want(folders.public.length, "paths.nothing", "public");
  for (const name of folders.audit) want(folders.public.includes(name), "paths.pair", `audit/${name}`);
  const folder = (side, name) => new Folder(below(files, `${side}/${name}`), `${side}/${name}`, work);
  return folders.public.map((name) => {
    const audit = folders.audit.includes(name) ? folder("audit", name) : null;
    return new Round(name, folder("public", name), audit, report);
  });
}

/** Ask for the protocol's files and no others of their kind, nothing unlisted, each with its size and digest. */
function checkPaths(round) {
  checkPublicNames(round.public);
  if (round.audit) checkAuditNames(round.audit, round.public);
  let count = 0;
  for (const folder of [round.public, round.audit]) if (folder) count += checkManifest(folder);
  round.report.checked.push([`清单与 ${count} 个文件`, `manifests and ${count} files`]);
}

const NUMBERS = /^(?:|-[2-9]|-[1-9][0-9]+)$/;

/** Ask for names of the public part (公开部分的文件名): no second ticket, nothing secret, no module of Python. */
function checkPublicNames(folder) {
  const stems = new RegExp(`^(${[...ONCE_PUBLIC, ...NUMBERED_PUBLIC, "commitment2"].join("|")})(|-.*)\\.json$`);
  for (const name of folder.files.keys()) {
    const last = name.split("/").pop();
    const listed = /^open\/[^/]+\/(frame\.csv|strata\.json)$/.test(name);
    want(listed || !SECRET.test(last), "paths.secret", folder.where(name));
    want(name === "verify.py" || !/\.(py|pyc|pyd|so)$/.test(last), "paths.module", folder.where(name));
    const known = stems.exec(last);
    const numbers = known && NUMBERED_PUBLIC.includes(known[1]) ? NUMBERS : /^$/;
    const good = !known || (!name.includes("/") && known[1] !== "commitment2" && numbers.test(known[2]));
    want(good, "paths.not_protocol", folder.where(name));
  }
  for (const name of ["commitment.json", "manifest.json", "verify.py"]) {
    want(folder.has(name), "paths.missing", folder.where(name));
  }
  const gone = folder.has("reveal.json") ? "result.json" : "reveal.json";
  want(folder.has("reveal.json") === folder.has("result.json"), "paths.reveal_result", folder.where(gone));
}

/** Ask for names of the auditor's part (审计部分的文件名); a public record there is the public one. */
function checkAuditNames(folder, publicFolder) {
  const records = new RegExp(`^(${[...ONCE_PUBLIC, ...NUMBERED_PUBLIC].join("|")})(-.*)?\\.json$`);
  for (const name of folder.files.keys()) {
    for (const plain of [...ONCE_AUDIT, ...NUMBERED_AUDIT]) {
      const [stem, ending] = plain.split(".");
      if (!name.startsWith(`${stem}-`) || !name.endsWith(`.${ending}`)) continue;
      const end = name.slice(stem.length, name.length - ending.length - 1);
      const good = (NUMBERED_AUDIT.includes(plain) && NUMBERS.test(end)) || name === "roster-0.csv";
      want(good, "paths.not_protocol", folder.where(name));
    }
    if (records.test(name)) {
      const same = publicFolder.has(name) && sameBytes(folder.read(name), publicFolder.read(name));
      want(same, "paths.other_copy", folder.where(name));
    }
  }
  const needed = "manifest.json frame_key.hex tasks.csv strata_keys.csv roster-0.csv rules.json registers.json";
  for (const name of needed.split(" ")) want(folder.has(name), "paths.missing", folder.where(name));
}
