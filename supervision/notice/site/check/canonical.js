// 规范 JSON 与文本次序 (canonical JSON, order of texts), section 0.

const SAFE = Number.MAX_SAFE_INTEGER; // 2^53 - 1
const ENCODER = new TextEncoder();

function utf8(text) {
  return ENCODER.encode(text);
}

/** Decode UTF-8 strictly, a byte order mark kept as a character; null where the bytes are none. */
function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function loosely(bytes) {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

const SURROGATE = /[\ud800-\udfff]/;

/** Compare two texts by code points, which is the order of their UTF-8 bytes (按字节比较). */
function compareTexts(one, two) {
  if (one === two) return 0;
  // Without surrogates the language's own order is that of code points, and far quicker.
  if (!SURROGATE.test(one) && !SURROGATE.test(two)) return one < two ? -1 : 1;
  const length = Math.min(one.length, two.length);
  for (let k = 0; k < length; k++) {
    let a = one.charCodeAt(k);
    let b = two.charCodeAt(k);
    if (a === b) continue;
    // Surrogates stand for code points above all others, although their units are below U+E000.
    if (a >= 0xd800 && b >= 0xd800) {
      a = a >= 0xe000 ? a - 0x800 : a + 0x2000;
      b = b >= 0xe000 ? b - 0x800 : b + 0x2000;
    }
    return a - b;
  }
  return one.length - two.length;
}

function sortedTexts(texts) {
  return [...texts].sort(compareTexts);
}

function keysOf(value) {
  return Object.keys(value).sort(compareTexts);
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Return the one way to write a JSON value (规范 JSON), as text. */
function canonicalText(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (isObject(value)) {
    return `{${keysOf(value).map((key) => `${JSON.stringify(key)}:${canonicalText(value[key])}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

function canonical(value) {
  return utf8(canonicalText(value));
}

/** Read canonical JSON (读取规范 JSON): written again it must give the same bytes. */
function parseJson(bytes, where) {
  const text = decoded(bytes);
  want(text !== null, "json.parse", where, "UTF-8");
  const value = new JsonReader(text, where).whole();
  const again = canonicalText(value);
  if (again !== text) throw new Difference("json.canonical", where, firstChange(utf8(again), bytes));
  checkValues(value, where);
  return value;
}

/** A reader of JSON that keeps apart what JSON.parse blurs: large integers, fractions, doubled keys (JSON 读取). */
class JsonReader {
  constructor(text, where) {
    this.text = text;
    this.where = where;
    this.at = 0;
    this.depth = 0;
  }

  fail(words) {
    throw new Difference("json.parse", this.where, `${words}: char ${this.at}`);
  }

  space() {
    while (" \t\n\r".includes(this.text[this.at] || "x")) this.at++;
  }

  whole() {
    this.space();
    const value = this.value();
    this.space();
    if (this.at < this.text.length) this.fail("Extra data");
    return value;
  }

  value() {
    const sign = this.text[this.at];
    if (sign === '"') return this.string();
    if (sign === "{" || sign === "[") {
      if (++this.depth > 900) this.fail("too deep");
      const value = sign === "{" ? this.object() : this.list();
      this.depth--;
      return value;
    }
    for (const [word, value] of [["null", null], ["true", true], ["false", false]]) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.number();
  }

  number() {
    for (const word of ["NaN", "Infinity", "-Infinity"]) {
      if (this.text.startsWith(word, this.at)) throw new Difference("json.number", this.where, word);
    }
    const pattern = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) this.fail("Expecting value");
    want(found[1] === undefined && found[2] === undefined, "json.number", this.where, found[0]);
    const value = Number(found[0]);
    want(found[0].length <= 17 && Math.abs(value) <= SAFE, "json.integer", this.where, found[0]);
    this.at += found[0].length;
    return value + 0;
  }

  string() {
    const start = ++this.at;
    for (; this.text[this.at] !== '"'; this.at++) {
      if (this.at >= this.text.length) this.fail("Unterminated string");
      if (this.text[this.at] < " ") this.fail("Invalid control character");
      if (this.text[this.at] === "\\") this.at++;
    }
    const raw = this.text.slice(start, this.at++);
    if (!raw.includes("\\")) return raw;
    let value;
    try {
      value = JSON.parse(`"${raw}"`);
    } catch {
      this.fail("Invalid \\escape");
    }
    for (const sign of value) {
      const code = sign.codePointAt(0);
      if (code >= 0xd800 && code < 0xe000) this.fail("surrogates not allowed");
    }
    return value;
  }

  list() {
    const out = [];
    this.at++;
    this.space();
    if (this.text[this.at] === "]") return this.at++, out;
    for (;;) {
      this.space();
      out.push(this.value());
      this.space();
      const sign = this.text[this.at++];
      if (sign === "]") return out;
      if (sign !== ",") this.fail("Expecting ',' delimiter");
    }
  }

  object() {
    const out = Object.create(null);
    this.at++;
    this.space();
    if (this.text[this.at] === "}") return this.at++, out;
    for (;;) {
      this.space();
      if (this.text[this.at] !== '"') this.fail("Expecting property name enclosed in double quotes");
      const key = this.string();
      this.space();
      if (this.text[this.at++] !== ":") this.fail("Expecting ':' delimiter");
      this.space();
      out[key] = this.value();
      this.space();
      const sign = this.text[this.at++];
      if (sign === "}") return out;
      if (sign !== ",") this.fail("Expecting ',' delimiter");
    }
  }
}

/** Ask for texts, integers, null, lists and objects alone (只许这些值), without control characters. */
function checkValues(value, where) {
  want(value !== true && value !== false, "json.bool", where, value);
  if (typeof value === "string") want(!/[\u0000-\u001f]/.test(value), "json.control", where, value);
  else if (Array.isArray(value)) value.forEach((one) => checkValues(one, where));
  else if (isObject(value)) {
    for (const key of Object.keys(value)) {
      checkValues(key, where);
      checkValues(value[key], where);
    }
  }
}

/** Return where two byte strings part (首个不同处), for a message. */
function firstChange(expected, bytes) {
  let at = 0;
  while (at < expected.length && at < bytes.length && expected[at] === bytes[at]) at++;
  const [got, due] = [bytes, expected].map((one) => written(loosely(one.subarray(at, at + 40))));
  return `byte ${at}: ${got}, not ${due}`;
}

function sameBytes(one, two) {
  return one.length === two.length && one.every((byte, k) => byte === two[k]);
}
