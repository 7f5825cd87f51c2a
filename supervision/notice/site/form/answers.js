// 填写内容 (what was entered) and the result file that is made of it; docs/phone-form.md says what stands where.

const RESULTS = "supervision-form-results-1";
const KEPT = "supervision-form-kept-1";

/** Return an empty answer to a form (空表). */
function blank(form) {
  const visits = {};
  for (const visit of form.visits) {
    const items = {};
    for (const item of visit.items) {
      items[item.item_id] = { result: "", item_result: "", method: [], follow_up: "", note: "", points: item.points.map(() => "") };
    }
    visits[visit.visit_id] = {
      date: form.day,
      begun: "",
      ended: "",
      inspectors: visit.inspectors.map((one) => one.id),
      items,
      opinion: "",
      photos: [],
      refused: "",
      reviewer: "",
      signatures: { unit: "", inspectors: "" },
    };
  }
  return { format: KEPT, visits };
}

/** Return what was kept, on a blank form where that is another (取回填写). */
function restored(form, kept) {
  const all = blank(form);
  if (!kept || kept.format !== KEPT) return all;
  for (const id of Object.keys(all.visits)) if (kept.visits[id]) all.visits[id] = kept.visits[id];
  return all;
}

/** Return which results of the item go with a result (可并存的单项结果): all where none is entered. */
function agreeing(form, result) {
  return form.agreeing[result] || form.choices.item_result;
}

/** Return how many items have a result, of how many that none is on record of (进度). */
function progress(visit, answer) {
  const open = visit.items.filter((item) => item.recorded === "no");
  return { done: open.filter((item) => answer.items[item.item_id].result).length, all: open.length };
}

/** Return what a visit still lacks before its results are accepted (缺项), as words' codes. */
function lacking(visit, answer) {
  if (!progress(visit, answer).done) return [];
  const out = [];
  const entered = visit.items.filter((item) => item.recorded === "no" && answer.items[item.item_id].result);
  if (entered.some((item) => !answer.items[item.item_id].item_result)) out.push("item_result");
  if (!answer.reviewer.trim()) out.push("reviewer");
  if (answer.inspectors.length < 2) out.push("inspectors");
  if (!answer.signatures.unit && !answer.refused.trim()) out.push("signature");
  return out;
}

/** Return the rows of a visit in the register's columns (结果行): items with a result alone. */
function rowsOf(form, visit, answer) {
  const entered = visit.items.filter((item) => item.recorded === "no" && answer.items[item.item_id].result);
  return entered.map((item) => {
    const said = answer.items[item.item_id];
    const points = item.points.map((point, k) => ({ answer: said.points[k], point })).filter((one) => one.answer);
    return {
      agency: form.agency,
      follow_up: said.follow_up,
      inspected_on: answer.date,
      inspectors: answer.inspectors.join(" "),
      item_id: item.item_id,
      item_result: said.item_result,
      method: said.method.join("、"),
      note: said.note.trim(),
      points,
      result: said.result,
      reviewer: answer.reviewer.trim(),
      unit_id: visit.unit_id,
      visit_id: visit.visit_id,
    };
  });
}

function signed(picture) {
  return picture ? { png: picture, sha256: sha256Hex(utf8(picture)) } : null;
}

/**
 * Return the result file (结果文件) as canonical JSON: `digest` is the SHA-256 of the same without itself, so that a
 * changed file is noticed. `saved`: the time, as 2026-12-03T10:15.
 */
function resultFile(form, answers, saved) {
  const rows = [];
  const visits = [];
  for (const visit of form.visits) {
    const answer = answers.visits[visit.visit_id];
    const own = rowsOf(form, visit, answer);
    if (!own.length) continue;
    rows.push(...own);
    visits.push({
      begun: answer.begun,
      code: visit.code,
      ended: answer.ended,
      opinion: answer.opinion.trim(),
      photos: answer.photos,
      refused: answer.refused.trim(),
      signatures: { inspectors: signed(answer.signatures.inspectors), unit: signed(answer.signatures.unit) },
      visit_id: visit.visit_id,
    });
  }
  const told = { day: form.day, form: form.form, format: RESULTS, office: form.office, round: form.round, rows, saved, visits };
  told.digest = sha256Hex(utf8(canonicalText(told)));
  return { rows, digest: told.digest, text: canonicalText(told) };
}
