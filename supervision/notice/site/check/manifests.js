// 清单 (manifests of rounds and of the home page, and the files that they list); sections 9 and 10.

const FIXED = new RegExp(
  "^(?:public/R/(commitment|reveal|abandoned|(roster_commitment|reveal2|abandoned2)(-[0-9]+)?)\\.json" +
    "|audit/R/(frame_key\\.hex|tasks/.+|strata_keys\\.csv|roster-0\\.csv" +
    "|(roster_changes|calendar|roster|recusals)(-[0-9]+)?\\.csv|(sent_back|roster)(-[0-9]+)?\\.json))$",
);

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

/** Return the folder of the home page over all rounds (首页所在文件夹), null where rounds were given one by one. */
function homeOf({ files, label, apart }, work) {
  if (apart) return null;
  if (isThere(files, "public")) return new Folder(below(files, "public"), "public", work);
  return roundsIn(files).length ? new Folder(files, label, work) : null;
}

/** Tell whether a file is put once (只写一次的文件), section 9. */
function isFixed(path, roundName) {
  const cut = path.indexOf(`/${roundName}/`);
  if (cut < 0) return false;
  const rest = path.slice(cut + roundName.length + 2);
  return rest.length > 0 && FIXED.test(`${path.slice(0, cut)}/R/${rest}`);
}
