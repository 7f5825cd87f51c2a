// 后台核验 (the worker): takes what was given, tells how far it is, gives back one report.

/** Send how far the work is, at most ten times a second (进度). */
class Progress {
  constructor(send) {
    Object.assign(this, { send, done: 0, total: 0, told: 0 });
  }

  tell(bytes) {
    this.done += bytes;
    const now = Date.now();
    if (now - this.told < 100) return;
    this.told = now;
    this.send({ done: this.done, total: this.total });
  }
}

/** Return about how many bytes will be read (工作量): every file once for the manifest, tables once more as rows. */
function workOf(files) {
  let total = 0;
  for (const [path, file] of files) total += file.size * (path.endsWith(".csv") ? 1 + ROW_COST : 1);
  return total;
}

/** Say what verify.py or the program can check and this page cannot (本页不能核验的). */
function addOwnLimits(files, report) {
  report.unchecked.push([
    "抽查对象范围未由登记表重建，谁应入框而未入框，本页看不出：有寄存的登记表时，用 supervision verify --registers 核验",
    "populations were not built again from registers, so this page cannot see who was left out of a frame:" +
      " with deposited registers, supervision verify --registers does",
  ]);
  const signed = [...files.keys()].some((path) => /^(public\/)?signatures\//.test(path));
  if (!signed) return;
  report.unchecked.push([
    "signatures/ 中的签名未核验：用 supervision verify --signer 公钥文件，或 openssl pkeyutl -verify -rawin 核验",
    "signatures in signatures/ were not checked: supervision verify --signer with the agency's public key does," +
      " or openssl pkeyutl -verify -rawin",
  ]);
}

/** Check what was given (核验所给文件): `page` is {round, digest, commitment} of the page, or null. */
async function answer({ given, page, rules, unit, source }, send) {
  const work = new Progress(send);
  const allRules = { ...rules, ...OWN_RULES };
  work.total = given.reduce((total, one) => total + (one.kind === "zip" ? one.files[0][1].size : 0), 0);
  const { input, rounds, proofs, commitment } = await assembled(given, work);
  if (input && page && !rounds.includes(page.round) && rounds.length) {
    throw new InputError("input.other_round", { given: rounds.join(" "), page: page.round });
  }
  let report = new Report();
  let own = commitment || (page ? unbase64(page.commitment) : null);
  if (input) {
    work.total += workOf(input.files);
    report = check(input, work, (checked) => {
      const mine = checked.find((round) => page && round.name === page.round);
      const where = mine ? mine.public.where("commitment.json") : "";
      const words = mine ? `${hex(mine.digest)}, not ${page.digest}` : "";
      want(!mine || hex(mine.digest) === page.digest, "page.commitment", where, words);
      if (!commitment && checked.length === 1) own = checked[0].public.read("commitment.json");
    });
    addOwnLimits(input.files, report);
  }
  if (proofs.length && !report.difference) {
    if (!own) throw new InputError("input.no_commitment");
    checkProofs(proofs, own, unit, report);
  }
  if (page) {
    report.remarks.push([
      "本页的核验程序随公示文件发布；承诺所指的核验程序是 verify.py，两者应得出同样的结论",
      "this page's program is published with the round; the commitment names verify.py, and both should say the same",
    ]);
  }
  send({ report: report.plain(allRules), own: sha256Hex(utf8(source)) });
}

function unbase64(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

function serve(scope) {
  scope.onmessage = (event) => {
    const send = (message) => scope.postMessage(message);
    answer(event.data, send).catch((error) => {
      const known = error instanceof InputError;
      const values = known ? error.values : { words: `${error.name}: ${error.message}` };
      send({ error: { code: known ? error.code : "input.unreadable", values } });
    });
  };
}
