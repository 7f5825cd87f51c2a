// 各轮文件夹与清单 (folders of rounds and their manifests); sections 9 and 10.

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
const FIXED = new RegExp(
  "^(?:public/R/(commitment|reveal|abandoned|(roster_commitment|reveal2|abandoned2)(-[0-9]+)?)\\.json" +
    "|audit/R/(frame_key\\.hex|tasks/.+|strata_keys\\.csv|roster-0\\.csv" +
    "|(roster_changes|calendar|roster|recusals)(-[0-9]+)?\\.csv|(sent_back|roster)(-[0-9]+)?\\.json))$",
);

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

/** Return the folder of the home page over all rounds (首页所在文件夹), null where rounds were given one by one. */
function homeOf({ files, label, apart }, work) {
  if (apart) return null;
  if (isThere(files, "public")) return new Folder(below(files, "public"), "public", work);
  return roundsIn(files).length ? new Folder(files, label, work) : null;
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

/** Compare every file with the manifest (清单): nothing missing or unlisted, size first; return how many. */
function checkManifest(folder) {
  const where = folder.where("manifest.json");
  const manifest = folder.json("manifest.json");
  checkManifestForm(manifest, where);
  const listed = new Map(manifest.files.map((entry) => [entry.path, entry]));
  let named = new Set();
  const anchorsAt = folder.where("anchors.json");
  if (folder.has("anchors.json")) {
    const anchors = folder.json("anchors.json");
    checkRecords(anchors, FORMS.anchor, anchorsAt);
    named = new Set(anchors.map((anchor) => anchor.file));
  }
  for (const name of sortedTexts(named)) {
    want(folder.has(name), "anchors.file", anchorsAt, name);
    const plain = !name.includes("/") && !/\.(json|py)$/.test(name);
    const hides = [name, "open", "manifests", "tasks"].includes(name.split("/")[0]);
    want(plain || !hides, "anchors.hides", anchorsAt, name);
  }
  const apart = new Set(["manifest.json", "anchors.json", ...named]);
  const others = [...folder.files.keys()].filter((name) => !apart.has(name));
  for (const name of sortedTexts(new Set([...listed.keys(), ...others]))) {
    want(listed.has(name), "manifest.unlisted", folder.where(name), where);
    want(!apart.has(name), "manifest.itself", where, name);
  }
  checkListed(folder, manifest, where);
  return listed.size;
}

/** Compare the files that a manifest lists with it (清单所列文件): there, of their size, of their digest. */
function checkListed(folder, manifest, where) {
  for (const { path } of manifest.files) want(folder.has(path), "manifest.missing", folder.where(path), where);
  for (const { path, size, digest } of manifest.files) {
    const own = hex(folder.hashed(SHA256, path, size));
    folder.digests.set(path, own);
    want(own === digest, "manifest.digest", folder.where(path), own);
  }
}

/**
 * Check the home page over all rounds (各轮次首页) by its own manifests: its files, and the chain of manifests.
 * Only what its manifest lists is its: what else stands beside the rounds' folders is remarked.
 */
function checkHome(folder, report) {
  const { label } = folder;
  if (!isThere(folder.files, "manifest.json")) {
    report.unchecked.push([`${label} 首页没有清单`, `${label}: the home page has no manifest`]);
    return;
  }
  report.step("首页的文件与首页历次清单相符", "Files of the home page are as its manifests list them");
  const own = sortedTexts([...folder.files.keys()].filter((name) => !isRound(name.split("/")[0])));
  for (const name of own) want(!/\.(py|pyc|pyd|so)$/.test(name), "paths.module", folder.where(name));
  const where = folder.where("manifest.json");
  const manifest = folder.json("manifest.json");
  checkManifestForm(manifest, where, FORMS.home);
  const listed = new Set(manifest.files.map((entry) => entry.path));
  for (const name of listed) {
    const good = name !== "manifest.json" && !isRound(name.split("/")[0]);
    want(good, "manifest.itself", where, name);
  }
  checkListed(folder, manifest, where);
  followManifests(folder, manifest, where, FORMS.home, () => {});
  report.checked.push([`首页清单与 ${listed.size} 个文件`, `home page: manifests and ${listed.size} files`]);
  const other = own.filter((name) => name !== "manifest.json" && !listed.has(name));
  if (!other.length) return;
  const names = other.slice(0, 5).join(" ");
  report.remarks.push([
    `${label} 中不在任何清单内的文件：${names}`,
    `${label}: files that no manifest lists: ${names}`,
  ]);
}

function checkManifestForm(manifest, where, form = FORMS.manifest) {
  checkForm(manifest, form, where);
  checkRecords(manifest.files, FORMS.listed, where);
  checkSorted(manifest.files.map((entry) => entry.path), where);
  const first = manifest.sequence === 1;
  want(manifest.sequence >= 1, "manifest.sequence", where, manifest.sequence);
  want(first === (manifest.previous === null), "manifest.previous", where, manifest.previous);
  want(first === (manifest.reason === null), "manifest.reason", where, manifest.reason);
}

/** Look at a folder's manifests from the last to the first (清单链), each the one that the next names. */
function followManifests(folder, manifest, where, form, look) {
  const last = manifest.sequence;
  const kept = new Set([...folder.files.keys()].filter((name) => name.startsWith("manifests/")));
  const wanted = new Set(last <= 10000 ? [] : ["manifests/…"]);
  for (let number = 1; number < last && last <= 10000; number++) wanted.add(earlierManifest(number));
  const other = [...kept].filter((name) => !wanted.has(name)).concat([...wanted].filter((name) => !kept.has(name)));
  want(!other.length, "manifest.earlier", where, sortedTexts(other).slice(0, 5).join(" "));
  for (let number = last; number > 0; number--) {
    want(manifest.sequence === number, "manifest.sequence", where, manifest.sequence);
    look(manifest, where);
    if (number > 1) {
      const name = earlierManifest(number - 1);
      want(sha256Hex(folder.read(name)) === manifest.previous, "manifest.chain", where, manifest.previous);
      manifest = folder.json(name);
      where = folder.where(name);
      checkManifestForm(manifest, where, form);
    }
  }
}

/** Follow a round's manifests back to the first (清单链); what was put once never changed or went away. */
function checkManifestChain(folder, round) {
  const manifest = folder.json("manifest.json");
  const fixed = new Map(manifest.files.map((entry) => [entry.path, entry.digest]));
  const side = folder === round.public ? "public" : "audit";
  followManifests(folder, manifest, folder.where("manifest.json"), FORMS.manifest, (one, where) => {
    want(one.round === round.name, "manifest.round", where, one.round);
    for (const entry of one.files) {
      const once = isFixed(`${side}/${round.name}/${entry.path}`, round.name);
      want(!once || fixed.get(entry.path) === entry.digest, "manifest.rewritten", where, entry.path);
    }
  });
}

function earlierManifest(number) {
  return `manifests/${String(number).padStart(4, "0")}.json`;
}

/** Tell whether a file is put once (只写一次的文件), section 9. */
function isFixed(path, roundName) {
  const cut = path.indexOf(`/${roundName}/`);
  if (cut < 0) return false;
  const rest = path.slice(cut + roundName.length + 2);
  return rest.length > 0 && FIXED.test(`${path.slice(0, cut)}/R/${rest}`);
}
