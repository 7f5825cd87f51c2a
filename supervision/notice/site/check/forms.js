// 字段格式 (forms of names, times and records); sections 0, 3, 4, 7, 9.

function matching(pattern) {
  const whole = new RegExp(`^(?:${pattern})$`);
  return (value) => typeof value === "string" && !value.endsWith("\n") && whole.test(value);
}

const isName = matching("[A-Za-z0-9._-]{1,40}");
const isTask = matching("[A-Za-z0-9._-]{1,35}");
const isUnit = matching("[A-Za-z0-9._-]{1,39}");
const isRound = matching("[0-9]{4}-(0[1-9]|1[0-2])(-[b-z])?");
const isVisit = matching("([A-Za-z0-9._-]{1,39})~([1-9][0-9]*)");
const isStratum = matching("s[1-9][0-9]*");
const isHex = matching("[0-9a-f]{64}");
const isDigits = matching("0|[1-9][0-9]{0,17}");
const isRule = matching("[A-Za-z0-9._/-]{1,80}");
const looksLikeTime = matching("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\+08:00");
const looksLikeDay = matching("[0-9]{4}-[0-9]{2}-[0-9]{2}");

/** A text of 1 to 500 characters without control characters (说明文字). */
function isText(value) {
  if (typeof value !== "string" || /[\u0000-\u001f\u007f-\u009f]/.test(value)) return false;
  const length = Array.from(value).length;
  return length >= 1 && length <= 500;
}

function isDay(value) {
  if (!looksLikeDay(value)) return false;
  const [year, month, day] = value.split("-").map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

function isTime(value) {
  if (!looksLikeTime(value) || !isDay(value.slice(0, 10))) return false;
  const [hour, minute, second] = value.slice(11, 19).split(":").map(Number);
  return hour < 24 && minute < 60 && second < 60;
}

function isHalfDay(value) {
  return typeof value === "string" && ["T1", "T2"].includes(value.slice(10)) && isDay(value.slice(0, 10));
}

function isCount(value) {
  return Number.isInteger(value) && value >= 0;
}

const isList = Array.isArray;
const anything = () => true;
const oneOf = (...values) => (value) => values.includes(value);
const orNull = (good) => (value) => value === null || good(value);
const listOf = (good) => (value) => Array.isArray(value) && value.every((one) => good(one));

function objectOf(key, good) {
  return (value) => isObject(value) && Object.keys(value).every((name) => key(name) && good(value[name]));
}

/** Several values in a cell (一格多值): sorted, none twice, joined by one space. */
function several(good, least = 0) {
  return (cell) => {
    const values = cell ? cell.split(" ") : [];
    const rising = values.every((value, k) => k === 0 || compareTexts(values[k - 1], value) < 0);
    return values.length >= least && values.every((value) => good(value)) && rising;
  };
}

const FORMS = {
  source: {
    at: isTime,
    count: isCount,
    high: isCount,
    issue: isName,
    kind: oneOf("set", "sequence", "number"),
    low: isCount,
    name: isName,
  },
  task: {
    access: oneOf("open", "sealed"),
    disclosure: oneOf("before", "after_visit", "never"),
    excluded: objectOf(isName, (n) => isCount(n) && n > 0),
    excluded_root: isHex,
    frame_root: isHex,
    group: isName,
    reserve: isCount,
    sample: isCount,
    strata: isHex,
    task_id: isTask,
    units: isCount,
  },
  commitment: {
    agency: isName,
    cause: orNull(isText),
    committed_at: isTime,
    evidence: isDay,
    hash: oneOf("sha256", "sm3"),
    key_digest: isHex,
    log: orNull(isHex),
    previous: orNull(isHex),
    protocol: oneOf("supervision-draw/2"),
    register: isHex,
    rehearsal: oneOf("no", "yes"),
    roster: isHex,
    round: isRound,
    rules: isHex,
    sequence: isCount,
    software: isHex,
    sources: isList,
    tasks: isList,
  },
  rosterCommitment: {
    agency: isName,
    calendar: isHex,
    commitment: isHex,
    committed_at: isTime,
    hash: oneOf("sha256", "sm3"),
    log: orNull(isHex),
    number: isCount,
    previous: orNull(isHex),
    protocol: oneOf("supervision-roster/2"),
    recusals: isHex,
    rehearsal: oneOf("no", "yes"),
    roster: isHex,
    round: isRound,
    sequence: isCount,
    sources: isList,
  },
  reveal: {
    commitment: isHex,
    held: objectOf(isName, isTime),
    key_string: (value) => typeof value === "string",
    round: isRound,
    seed: isHex,
    values: objectOf(isName, listOf(matching("0|[1-9][0-9]{0,9}"))),
  },
  result: { commitment: isHex, round: isRound, seed: isHex, tasks: isList },
  resultOpen: { drawn: listOf(isUnit), task_id: isTask },
  resultSealed: { digest: isHex, task_id: isTask },
  abandoned: { at: isTime, cancelled: orNull(isName), commitment: isHex, reason: isText, round: isRound },
  manifest: { files: isList, previous: orNull(isHex), reason: orNull(isText), round: isRound, sequence: isCount },
  home: {
    files: isList,
    previous: orNull(isHex),
    reason: orNull(isText),
    round: oneOf("home"),
    sequence: isCount,
  },
  listed: { digest: isHex, path: isPath, size: isCount },
  anchor: {
    at: isTime,
    digest: isHex,
    file: isPath,
    kind: oneOf("notice", "newspaper", "supervisor", "tsa"),
    of: oneOf("commitment", "roster_commitment", "manifest", "abandoned"),
  },
  stratum: {
    reserve: isCount,
    sample: isCount,
    size_total: isDigits,
    stratum: isStratum,
    units: isCount,
    working: oneOf("pareto", "adjusted"),
  },
  stepin: {
    at: isTime,
    by: isName,
    evidence: isHex,
    in: orNull(isUnit),
    no: isCount,
    out: isUnit,
    reason: isName,
    reviewed_by: isName,
    stratum: isStratum,
    task_id: isTask,
  },
  change: {
    at: isTime,
    by: isName,
    evidence: isHex,
    ground: isText,
    half_days: listOf(isHalfDay),
    inspector_id: orNull(isName),
    kind: oneOf("leave", "substituted", "moved", "cancelled"),
    no: isCount,
    office: orNull(isName),
    out: orNull(isName),
    place: orNull(isCount),
    reviewed_by: isName,
    visit_id: orNull(isVisit),
  },
  heldPlace: { candidates: isCount, inspector_id: isName, office: isName, place: isCount, visit_id: isVisit },
  sentBack: { out: isList, visit_id: isVisit },
  out: { inspector_id: isName, why: isName },
  log: {
    at: isTime,
    inputs: objectOf(isPath, isHex),
    outputs: objectOf(isPath, isHex),
    previous: orNull(isHex),
    seq: isCount,
    step: oneOf(
      ..."import train score preview commit draw plan commit_roster match publish record review stepin".split(" "),
      ..."substitute replan anchor abandon proof keys".split(" "),
    ),
    who: isName,
  },
  proof: {
    commitment: isHex,
    index: isCount,
    kind: oneOf("frame", "excluded"),
    path: listOf(isHex),
    row: listOf((value) => typeof value === "string"),
    salt: matching("[0-9a-f]{32}"),
    size: isCount,
    task_id: isTask,
  },
};

// Columns of CSV files, in their order.
const TABLES = {
  calendar: {
    visit_id: isVisit,
    office: isName,
    place: matching("[1-9][0-9]{0,3}"),
    half_days: several(isHalfDay, 1),
    items: several(isName, 1),
  },
  roster: {
    inspector_id: isName,
    office: isName,
    from: isDay,
    until: isDay,
    scopes: several((item) => item === "*" || isName(item)),
    daily_limit: matching("0|[1-9][0-9]{0,3}"),
    absent: several(isHalfDay),
  },
  recusals: { inspector_id: isName, unit_id: isUnit, ground: isText },
  roster_changes: {
    inspector_id: isName,
    field: (text) => Object.keys(TABLES.roster).includes(text),
    was: anything,
    is: anything,
    ground: isText,
  },
  unheld: { unit_id: isUnit, task_ids: several(isTask, 1), reason: isName },
  tasks: { task_id: isTask, items: several(isName, 1) },
  strata_keys: { task_id: isTask, stratum: isStratum, key: isName },
  order: {
    unit_id: isUnit,
    stratum: isStratum,
    rank: isDigits,
    role: oneOf("drawn", "reserve"),
    U: isDigits,
    D: isHex,
  },
};

/** Ask for an object with exactly these fields, each of its form (字段齐全且合格式). */
function checkForm(value, form, where) {
  want(isObject(value), "fields.object", where, value);
  const names = Object.keys(form);
  const unknown = keysOf(value).filter((name) => !names.includes(name));
  want(!unknown.length, "fields.unknown", where, unknown.join(" "));
  const missing = sortedTexts(names).filter((name) => !(name in value));
  want(!missing.length, "fields.missing", where, missing.join(" "));
  for (const name of names) want(form[name](value[name]), "fields.value", `${where} ${name}`, value[name]);
}

/** Ask for a list of objects of one form (同类记录的列表). */
function checkRecords(value, form, where) {
  want(Array.isArray(value), "fields.list", where, value);
  value.forEach((one, k) => checkForm(one, form, `${where} #${k + 1}`));
}

/** Ask for keys in order, none twice (已排序且不重复); a key is a text or a list of texts. */
function checkSorted(keys, where) {
  for (let k = 1; k < keys.length; k++) {
    const [before, after] = [keys[k - 1], keys[k]];
    const value = Array.isArray(after) ? new Triple(...after) : after;
    want(compareKeys(before, after) < 0, "fields.sorted", where, value);
  }
}

/** Compare texts, numbers, or lists of them, part by part (逐项比较). */
function compareKeys(one, two) {
  if (!Array.isArray(one)) return typeof one === "number" ? one - two : compareTexts(one, two);
  for (let k = 0; k < Math.min(one.length, two.length); k++) {
    const order = compareKeys(one[k], two[k]);
    if (order) return order;
  }
  return one.length - two.length;
}

/** Tell whether 18 characters are a valid unified social credit code (统一社会信用代码, GB 32100-2015). */
function isUscc(text) {
  const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  if (text.length !== 18 || ![...text].every((sign) => alphabet.includes(sign))) return false;
  let total = 0;
  let weight = 1;
  for (const sign of text.slice(0, 17)) {
    total += alphabet.indexOf(sign) * weight;
    weight = (weight * 3) % 31;
  }
  return text[17] === alphabet[(31 - (total % 31)) % 31];
}
