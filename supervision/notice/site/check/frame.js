// 抽样框 (a task's frame, read once): form, order, salts, root, numbers; sections 2, 5, 6.

const ONE = 2n ** 53n; // working probability 1, section 1
const TWO = 2n ** 54n;
const FRAME_HEADER = "unit_id,stratum,x,L,salt";
const EXCLUDED_HEADER = "unit_id,reason,rule";
const EXCLUDED_ROW = /^([A-Za-z0-9._-]{1,39}),([A-Za-z0-9._-]{1,40}),([A-Za-z0-9._/-]{1,80})$/;
const COMMA = 44;

// 1 for the signs of a name, 2 for lower case.
const NAME_SIGN = signs("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-", "abcdefghijklmnopqrstuvwxyz");
const DIGIT = signs("0123456789");
const NIBBLE = Int8Array.from({ length: 256 }, (_, code) => "0123456789abcdef".indexOf(String.fromCharCode(code)));

function signs(...classes) {
  const table = new Uint8Array(256);
  classes.forEach((text, k) => [...text].forEach((sign) => (table[sign.charCodeAt(0)] = k + 1)));
  return table;
}

/** The units of a frame in their order, without an object for each (检查对象表). */
class UnitList {
  constructor() {
    this.bytes = new Uint8Array(2 ** 16);
    this.ends = new Uint32Array(2 ** 12);
    this.count = 0;
    this.size = 0;
  }

  push(bytes, start, end) {
    if (this.size + 64 > this.bytes.length) this.bytes = grown(this.bytes, Uint8Array);
    if (this.count === this.ends.length) this.ends = grown(this.ends, Uint32Array);
    for (; start < end; start++) this.bytes[this.size++] = bytes[start];
    this.ends[this.count++] = this.size;
  }

  at(k) {
    return this.bytes.subarray(k ? this.ends[k - 1] : 0, this.ends[k]);
  }

  text(k) {
    return loosely(this.at(k));
  }

  /** Compare the last unit with bytes[start .. end); negative where it is smaller. */
  compareLast(bytes, start, end) {
    if (!this.count) return -1;
    const last = this.count > 1 ? this.ends[this.count - 2] : 0;
    return compareBytes(this.bytes, last, this.size, bytes, start, end);
  }

  has(unit) {
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >> 1;
      const start = middle ? this.ends[middle - 1] : 0;
      const order = compareBytes(this.bytes, start, this.ends[middle], unit, 0, unit.length);
      if (!order) return true;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return false;
  }
}

function grown(array, Kind) {
  const more = new Kind(2 * array.length);
  more.set(array);
  return more;
}

function compareBytes(one, start, end, two, from, to) {
  for (; start < end && from < to; start++, from++) if (one[start] !== two[from]) return one[start] - two[from];
  return end - start - (to - from);
}

/** A Merkle tree that grows leaf by leaf (默克尔树, RFC 9162 2.1): equal full trees are joined from the left. */
class Tree {
  constructor(algorithm) {
    this.algorithm = algorithm;
    this.stack = new Uint8Array(64 * 32);
    this.depth = 0;
    this.count = 0;
    this.node = new Tail(algorithm);
  }

  /** Take the leaf that stands in `leaf.buffer[0 .. length)`. */
  push(leaf, length) {
    leaf.digest(length, this.stack, 32 * this.depth++);
    for (let number = this.count++; number % 2; number = (number - 1) / 2) this.join();
  }

  join() {
    const left = 32 * (this.depth - 2);
    const { buffer } = this.node;
    buffer[0] = 1;
    for (let k = 0; k < 64; k++) buffer[k + 1] = this.stack[left + k];
    this.node.digest(65, this.stack, left);
    this.depth--;
  }

  root() {
    if (!this.count) return hashed(this.algorithm);
    while (this.depth > 1) this.join();
    return this.stack.slice(0, 32);
  }
}

/** The first units of one stratum's order (一层次序的前段): float keys first, exact ones where floats are near. */
class Best {
  constructor(keep) {
    this.keep = keep;
    this.limit = Infinity;
    this.found = [];
  }

  /** Keep the first `keep` and whatever a rounded key cannot tell from the last of them (保留前段). */
  prune() {
    this.found.sort((a, b) => a.q - b.q);
    if (this.found.length > this.keep) {
      this.limit = this.keep ? this.found[this.keep - 1].q * (1 + 1e-9) : -1;
      this.found = this.found.filter((one) => one.q <= this.limit);
    }
  }

  order() {
    this.prune();
    return this.found.sort(compareNumbers).slice(0, this.keep);
  }
}

/** Compare by (Q, D) (按 Q、D 比较): as integers where floats are within 1e-9, their error being far smaller. */
function compareNumbers(a, b) {
  const far = Math.abs(a.q - b.q) > 1e-9 * Math.max(a.q, b.q);
  if (far) return a.q - b.q;
  const one = a.u * (ONE - a.low) * b.low * (TWO - b.u);
  const two = b.u * (ONE - b.low) * a.low * (TWO - a.u);
  if (one !== two) return one < two ? -1 : 1;
  return compareBytes(a.d, 0, 32, b.d, 0, 32);
}

/** Where the fields of one row of a frame end (抽样框一行的字段); `read` is false where it is not of the form. */
class FrameRow {
  read(bytes, start, end) {
    let at = start;
    this.lower = false;
    for (; NAME_SIGN[bytes[at]]; at++) if (NAME_SIGN[bytes[at]] === 2) this.lower = true;
    this.unitEnd = at;
    if (at === start || at - start > 39 || bytes[at++] !== COMMA || bytes[at++] !== 115) return false;
    at = this.digits(bytes, at, Infinity);
    this.stratumEnd = at;
    if (at < 0 || bytes[at++] !== COMMA) return false;
    at = this.digits(bytes, at, 16);
    this.sizeEnd = at;
    if (at < 0 || bytes[at++] !== COMMA) return false;
    at = this.digits(bytes, at, 16);
    this.lowEnd = at;
    if (at < 0 || bytes[at++] !== COMMA || end - at !== 32) return false;
    for (; at < end; at++) if (NIBBLE[bytes[at]] < 0) return false;
    return true;
  }

  /** Return where digits without a leading zero end, -1 where there are none or too many. */
  digits(bytes, start, most) {
    let at = start;
    while (DIGIT[bytes[at]]) at++;
    return at === start || bytes[start] === 48 || at - start > most ? -1 : at;
  }
}

/** What one pass over a frame finds, a pair of size and L at a time (规模与 L 的组合). */
class Kinds {
  constructor(best) {
    this.best = best;
    this.all = [];
    this.known = new Map();
  }

  /** Return the entry of the text in bytes[start .. end), which is `,stratum,x,L`. */
  entry(bytes, start, end, row, at) {
    let sum = 0x811c9dc5;
    for (let k = start; k < end; k++) sum = Math.imul(sum ^ bytes[k], 0x01000193);
    for (let one = this.known.get(sum); one; one = one.next) {
      if (!compareBytes(one.key, 0, one.key.length, bytes, start, end)) return one;
    }
    const cells = loosely(bytes.subarray(start + 1, end)).split(",");
    const low = BigInt(cells[2]);
    want(low <= ONE, "frame.L_range", at(), low);
    want(this.best.has(cells[0]), "frame.stratum", at(), cells[0]);
    const one = { stratum: cells[0], size: BigInt(cells[1]), low, count: 0, best: this.best.get(cells[0]) };
    one.lowFloat = Number(low);
    one.restFloat = Number(ONE - low);
    one.key = bytes.slice(start, end);
    one.next = this.known.get(sum);
    this.known.set(sum, one);
    this.all.push(one);
    return one;
  }
}

/** Read a frame once (抽样框): the only loop over all units. */
function readFrame(round, task, folder, name, strata) {
  const where = folder.where(name);
  const { algorithm } = round;
  const isOpen = task.access === "open";
  const inner = (word) => round.h(utf8(`${word}|${round.name}|${task.group}`));
  const salter = isOpen ? null : new Tail(algorithm, joined(round.key, inner("salt")));
  const numberer = round.seed ? new Tail(algorithm, joined(round.seed, inner("targets"))) : null;
  const leaf = new Tail(algorithm);
  leaf.buffer.set(utf8(`${task.task_id}\u001f`), 17);
  const leafStart = 18 + task.task_id.length;
  const best = new Map(strata.map((table) => [table.stratum, new Best(table.sample + table.reserve)]));
  const kinds = new Kinds(best);
  const [tree, units, row] = [new Tree(algorithm), new UnitList(), new FrameRow()];
  const [salt, d] = [new Uint8Array(32), new Uint8Array(32)];
  let mixed = false;
  let number = 1;
  const lines = folder.lines(name);
  want(lines.next() && loosely(lines.line()) === FRAME_HEADER, "csv.header", where);
  const at = () => `${where}:${number}`;
  while (lines.next()) {
    number++;
    const { bytes, start, end } = lines;
    if (!row.read(bytes, start, end)) {
      throw new Difference("frame.row", at(), loosely(bytes.subarray(start, Math.min(start + 80, end))));
    }
    mixed = mixed || row.lower;
    const { unitEnd } = row;
    const unitSize = unitEnd - start;
    const unit = () => loosely(bytes.subarray(start, unitEnd));
    if (units.compareLast(bytes, start, unitEnd) >= 0) throw new Difference("frame.order", at(), unit());
    units.push(bytes, start, unitEnd);
    if (salter) {
      for (let k = 0; k < unitSize; k++) salter.buffer[k] = bytes[start + k];
      salter.digest(unitSize, salt, 0);
    }
    let other = 0;
    for (let k = 0; k < 16; k++) {
      other |= salt[k] ^ ((NIBBLE[bytes[end - 32 + 2 * k]] << 4) | NIBBLE[bytes[end - 31 + 2 * k]]);
    }
    if (other) throw new Difference("frame.salt", at(), unit());
    const kind = kinds.entry(bytes, unitEnd, end - 33, row, at);
    kind.count++;
    leaf.room(leafStart + end - start);
    const { buffer } = leaf;
    buffer[0] = 0;
    for (let k = 0; k < 16; k++) buffer[k + 1] = salt[k];
    let length = leafStart;
    for (let k = start; k < end - 33; k++) buffer[length++] = bytes[k] === COMMA ? 0x1f : bytes[k];
    tree.push(leaf, length);
    if (!numberer) continue;
    for (let k = 0; k < 16; k++) numberer.buffer[k] = salt[k];
    for (let k = 0; k < unitSize; k++) numberer.buffer[k + 16] = bytes[start + k];
    numberer.digest(16 + unitSize, d, 0);
    // U = 2·half + 1 has 54 bits, one too many for a float: half has 53, and the last bit is made up by the 0.5.
    const half = ((d[0] << 24) | (d[1] << 16) | (d[2] << 8) | d[3]) >>> 0;
    const low = ((d[4] << 24) | (d[5] << 16) | (d[6] << 8) | d[7]) >>> 11;
    const whole = half * 2 ** 21 + low;
    const q = ((whole + 0.5) * kind.restFloat) / (kind.lowFloat * (2 ** 53 - whole - 0.5));
    const kept = kind.best;
    if (q > kept.limit) continue;
    kept.found.push({ q, low: kind.low, u: 2n * BigInt(whole) + 1n, d: d.slice(), unit: unit() });
    if (kept.found.length > 2 * kept.keep + 5000) kept.prune();
  }
  return { root: tree.root(), units, mixed, kinds: kinds.all, best };
}

/** Check the excluded units (排除名单): form, order, counts by reason, root, and that no unit stands twice. */
function checkExcluded(round, task, folder, frame) {
  const name = `tasks/${task.task_id}/excluded.csv`;
  const where = folder.where(name);
  const salter = new Tail(round.algorithm, joined(round.key, round.h(utf8(`salt|${round.name}|${task.group}`))));
  const leaf = new Tail(round.algorithm);
  const tree = new Tree(round.algorithm);
  const salt = new Uint8Array(32);
  const reasons = new Map();
  const others = new UnitList();
  const middle = utf8(`${task.task_id}\u001f`);
  let { mixed } = frame;
  const lines = folder.lines(name);
  want(lines.next() && loosely(lines.line()) === EXCLUDED_HEADER, "csv.header", where);
  for (let number = 2; lines.next(); number++) {
    const line = lines.line();
    const text = loosely(line);
    const found = EXCLUDED_ROW.exec(text);
    const at = `${where}:${number}`;
    if (!found) throw new Difference("excluded.row", at, loosely(line.subarray(0, 80)));
    const unit = line.subarray(0, found[1].length);
    want(others.compareLast(unit, 0, unit.length) < 0, "excluded.order", at, found[1]);
    want(!frame.units.has(unit), "excluded.framed", at, found[1]);
    reasons.set(found[2], (reasons.get(found[2]) || 0) + 1);
    mixed = mixed || /[a-z]/.test(found[1]);
    others.push(unit, 0, unit.length);
    salter.buffer.set(unit);
    salter.digest(unit.length, salt, 0);
    const row = line.map((code) => (code === COMMA ? 0x1f : code));
    leaf.buffer[0] = 0;
    leaf.buffer.set(salt.subarray(0, 16), 1);
    leaf.buffer.set(middle, 17);
    leaf.buffer.set(row, 17 + middle.length);
    tree.push(leaf, 17 + middle.length + row.length);
  }
  const due = task.excluded;
  const counted = [...reasons].every(([reason, count]) => due[reason] === count);
  const same = counted && reasons.size === Object.keys(due).length;
  want(same, "excluded.count", where, `${written(reasons)}, commitment.json excluded`);
  want(hex(tree.root()) === task.excluded_root, "excluded.root", where, "commitment.json excluded_root");
  if (mixed) {
    const seen = checkLetters(frame.units, folder.where(`tasks/${task.task_id}/frame.csv`), new Set());
    checkLetters(others, where, seen);
  }
}

/** Ask that no two units differ by case alone, and that credit codes stand in upper case (大小写). */
function checkLetters(units, where, seen) {
  for (let k = 0; k < units.count; k++) {
    const text = units.text(k);
    const lower = text.toLowerCase();
    want(!seen.has(lower), "frame.case", where, text);
    seen.add(lower);
    const upper = text.toUpperCase();
    want(text === upper || !isUscc(upper), "frame.uscc", where, text);
  }
  return seen;
}
