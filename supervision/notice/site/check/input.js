// 所给文件的整理 (what was given: zips, folders, single files): which rounds, which proofs.

const MAX_PROOF = 2 ** 20;

/**
 * Bring what was given into one folder as verify.py knows it (整理输入).
 * `given` is a list of {kind: "zip" | "folder" | "file", name, files: [[path, Blob]]}; returns {input, rounds, proofs,
 * commitment}: `input` null where only proofs were given, `apart` where each round's folder was given by itself, without
 * the home page beside it.
 */
async function assembled(given, work) {
  const groups = [];
  const proofs = [];
  const loose = new Map();
  for (const one of given) {
    if (one.kind === "file") {
      const [[, blob]] = one.files;
      const proof = proofIn(blob);
      if (proof) proofs.push({ name: one.name, bytes: proof });
      else loose.set(one.name, new BlobFile(blob));
      continue;
    }
    const files =
      one.kind === "zip"
        ? await openZip(new BlobFile(one.files[0][1]), one.name, work)
        : new Map(one.files.map(([path, blob]) => [path, new BlobFile(blob)]));
    groups.push(unwrapped(one.name.replace(/\.zip$/i, ""), files));
  }
  for (const { files } of groups) {
    for (const [path, file] of files) {
      if (!/^proof-[^/]*\.json$/.test(path)) continue;
      const proof = proofIn(file.blob || new Blob([file.read(0, Math.min(file.size, MAX_PROOF + 1))]));
      if (proof) proofs.push({ name: path, bytes: proof });
    }
  }
  const only = loose.size === 1 && proofs.length ? loose.get("commitment.json") : null;
  if (loose.size && !only) groups.push({ label: "files", files: loose });
  const known = groups.filter((group) => kindOf(group.files) !== "other");
  const foreign = groups.find((group) => kindOf(group.files) === "other");
  const proofAlone = proofs.length && groups.length === 1;
  if (foreign && !proofAlone) throw new InputError("input.unknown", { name: foreign.label });
  if (!known.length && !proofs.length) throw new InputError("input.nothing");
  const commitment = only ? only.read(0, Math.min(only.size, MAX_JSON)) : null;
  const [first] = known;
  const alone = known.length === 1 && ["out", "public", "audit"].includes(kindOf(first.files));
  const input = !known.length ? null : alone ? first : { label: "out", files: outOf(known), apart: !known.some(hasHome) };
  return { input, rounds: input ? roundsOf(input.files) : [], proofs, commitment };
}

/** Take away folders that hold nothing but one folder (去掉外层文件夹), as zips often have. */
function unwrapped(label, files) {
  for (;;) {
    const tops = new Set([...files.keys()].map((path) => path.split("/")[0]));
    const [top] = tops;
    if (tops.size !== 1 || files.has(top) || kindOf(files) !== "other") return { label, files };
    files = below(files, top);
    label = top;
  }
}

/** Tell what a folder is (文件夹种类): OUT, one round's public or audit folder, several rounds, or something else. */
function kindOf(files) {
  if (isThere(files, "public")) return "out";
  // A public folder that shows a secret is still the public one: the verifier stands in it alone.
  const marked = ["frame_key.hex", "log.jsonl", "tasks"].some((name) => isThere(files, name));
  if (marked && !files.has("verify.py")) return "audit";
  if (files.has("commitment.json") || (files.has("manifest.json") && !roundsIn(files).length)) return "public";
  const rounds = roundsIn(files).filter((name) => below(files, name).size);
  if (rounds.length) return "rounds";
  return isThere(files, "audit") ? "audits" : "other";
}

/** Return for each round of a folder of rounds whether it is its public or its audit folder (各轮属公开或审计). */
function sidesOf(files) {
  const side = (name) => (kindOf(below(files, name)) === "audit" ? "audit" : "public");
  return new Map(roundsIn(files).map((name) => [name, side(name)]));
}

/** Tell whether a group is OUT or its public folder, where the home page stands (首页所在); a round's zip is none. */
function hasHome({ files }) {
  const beside = [...files.keys()].some((path) => !isRound(path.split("/")[0]));
  const kind = kindOf(files);
  return kind === "out" || (kind === "rounds" && beside && [...sidesOf(files).values()].includes("public"));
}

/** Return the function from paths of a group to paths in OUT (在合并文件夹中的位置). */
function targetsOf({ label, files }) {
  const kind = kindOf(files);
  if (kind === "out" || kind === "audits") return (path) => path;
  if (kind !== "rounds") {
    const folder = `${kind}/${roundOf(files) || label}`;
    return (path) => `${folder}/${path}`;
  }
  const sides = sidesOf(files);
  // What stands beside the public folders of rounds is the home page's.
  const rest = [...sides.values()].includes("public") ? "public" : "audit";
  return (path) => `${sides.get(path.split("/")[0]) || rest}/${path}`;
}

/** Put several folders together as public/ and audit/ (合为一个文件夹). */
function outOf(groups) {
  const out = new Map();
  for (const group of groups) {
    const targetOf = targetsOf(group);
    for (const [path, file] of group.files) {
      const name = targetOf(path);
      if (out.has(name) && !sameFile(out.get(name), file)) throw new InputError("input.twice", { path: name });
      out.set(name, file);
    }
  }
  return out;
}

function sameFile(one, two) {
  if (one.size !== two.size) return false;
  for (let at = 0; at < one.size; at += BLOCK) {
    const end = Math.min(at + BLOCK, one.size);
    if (!sameBytes(one.read(at, end), two.read(at, end))) return false;
  }
  return true;
}

/** The round that a folder says it is of (所属轮次), null where it says nothing. */
function roundOf(files) {
  for (const name of ["commitment.json", "manifest.json"]) {
    if (!files.has(name)) continue;
    const round = jsonIn(files.get(name)).round;
    if (isRound(round)) return round;
  }
  return null;
}

function roundsOf(files) {
  const one = roundOf(files);
  if (one) return [one];
  return roundsIn(isThere(files, "public") ? below(files, "public") : files);
}

/** Return a JSON file's object, an empty one where it cannot be read: the checks will say so. */
function jsonIn(file) {
  try {
    const value = JSON.parse(loosely(file.read(0, Math.min(file.size, MAX_JSON))));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Return a file's bytes where it looks like an owner's proof (疑似证明文件), else null. */
function proofIn(blob) {
  if (blob.size > MAX_PROOF) return null;
  const file = new BlobFile(blob);
  const value = jsonIn(file);
  return "path" in value && "row" in value && "salt" in value ? file.read(0, file.size) : null;
}
