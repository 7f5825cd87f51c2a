// 本单位证明 (an owner's proof): own row, salt and path to the committed root; section 9.

const PROOF_ROWS = {
  frame: [isUnit, isStratum, matching("[1-9][0-9]{0,15}"), matching("[1-9][0-9]{0,15}")],
  excluded: [isUnit, isName, isRule],
};

/** Check one proof against the bytes of a commitment (核验证明); `unit` is the own code, empty where not given. */
function checkProof(name, bytes, commitmentBytes, unit, report) {
  const proof = parseJson(bytes, name);
  checkForm(proof, FORMS.proof, name);
  const first = parseJson(commitmentBytes, "commitment.json");
  checkForm(first, FORMS.commitment, "commitment.json");
  checkRecords(first.tasks, FORMS.task, "commitment.json tasks");
  const algorithm = first.hash === "sm3" ? SM3 : SHA256;
  const digest = hex(hashed(algorithm, commitmentBytes));
  want(proof.commitment === digest, "proof.commitment", name, `${proof.commitment}, not ${digest}`);
  const task = first.tasks.find((one) => one.task_id === proof.task_id);
  want(task, "proof.task", name, proof.task_id);
  const forms = PROOF_ROWS[proof.kind];
  const good = proof.row.length === forms.length && forms.every((form, k) => form(proof.row[k]));
  want(good, "proof.row", name, proof.row);
  const own = !unit || unit.toLowerCase() === proof.row[0].toLowerCase();
  want(own, "proof.unit", name, `${proof.row[0]}, not ${unit}`);
  const framed = proof.kind === "frame";
  const size = framed ? task.units : Object.values(task.excluded).reduce((total, count) => total + count, 0);
  want(proof.size === size, "proof.size", name, `${proof.size}, not ${size}`);
  want(!framed || task.access === "sealed" || /^0+$/.test(proof.salt), "proof.salt", name, proof.salt);
  const row = utf8(proof.row.join("\u001f"));
  const leaf = hashed(algorithm, Uint8Array.of(0), unhex(proof.salt), utf8(`${proof.task_id}\u001f`), row);
  const root = provenRoot(algorithm, leaf, proof.index, proof.size, proof.path.map(unhex));
  want(root && hex(root) === task[`${proof.kind}_root`], "proof.root", name, root ? hex(root) : "path");
  const [own_, stratum, x, low] = proof.row;
  const what = `${first.round} ${proof.task_id} ${own_}`;
  const line = framed
    ? [
        `${what}：在抽样框中，第 ${stratum} 层，规模 ${x}，机会 ${percent(low)}`,
        `${what}: in the frame, stratum ${stratum}, size ${x}, chance ${percent(low)}`,
      ]
    : [`${what}：未列入抽样框，原因 ${stratum}（规则 ${x}）`, `${what}: left out of the frame, reason ${stratum} (rule ${x})`];
  report.checked.push([`${name}：与承诺的摘要相符`, `${name}: leads to the committed root`], line);
  report.rehearsal = first.rehearsal === "yes";
  return first;
}

/** The working probability in words (机会): L / 2^53 as a percentage, rounded. */
function percent(low) {
  return `${((Number(low) / 2 ** 53) * 100).toFixed(2)} %`;
}

/** Return the root that a leaf and its path lead to (默克尔路径, RFC 9162 2.1.3.2), null where the path does not fit. */
function provenRoot(algorithm, leaf, index, size, path) {
  if (index >= size) return null;
  let [node, here, last] = [leaf, index, size - 1];
  const half = (number) => Math.floor(number / 2);
  for (const step of path) {
    if (last === 0) return null;
    if (here % 2 || here === last) {
      node = hashed(algorithm, Uint8Array.of(1), step, node);
      while (here % 2 === 0 && here !== 0) [here, last] = [half(here), half(last)];
    } else node = hashed(algorithm, Uint8Array.of(1), node, step);
    [here, last] = [half(here), half(last)];
  }
  return last === 0 ? node : null;
}

/** Check all proofs (核验全部证明) against the commitment that was given, or else the page's own. */
function checkProofs(proofs, commitmentBytes, unit, report) {
  report.step("本单位的行、盐和路径推算到承诺中的摘要", "The unit's row, salt and path lead to the committed root");
  try {
    let first = null;
    for (const { name, bytes } of proofs) first = checkProof(name, bytes, commitmentBytes, unit, report);
    report.unchecked.push([
      "是否抽中：须与公布的名单核对，密封任务的次序只有审计方可以重算",
      "whether it was drawn: compare the published list; the order of a sealed task is for an auditor to compute",
    ]);
    if (first && first.rehearsal === "no") {
      report.unchecked.push([
        "承诺是否唯一：须核验本轮的全部公开文件",
        "whether the commitment is the only one: check all published files of the round",
      ]);
    }
  } catch (error) {
    const known = error instanceof Difference;
    report.difference = known ? error : new Difference("crash", "proof", `${error.name}: ${error.message}`);
  }
}
