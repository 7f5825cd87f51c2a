// 核验报告 (the report): what was checked, what could not be, the first difference; texts are pairs [Chinese, English].

/** The first thing that does not agree (第一处不符): name of the condition, place and value. */
class Difference extends Error {
  constructor(name, where, value = null) {
    super(`${name} ${where}`);
    this.rule = name;
    this.where = where;
    this.value = value === null ? "" : shortened(value);
  }
}

/** Go on only where a condition holds (条件须成立). */
function want(fact, name, where, value = null) {
  if (!fact) throw new Difference(name, where, value);
}

const UNPRINTABLE = /[\p{C}\p{Z}]/u;

function isPrintable(text) {
  for (const sign of text) if (sign !== " " && UNPRINTABLE.test(sign)) return false;
  return true;
}

function escapedSign(sign) {
  const named = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  const code = sign.codePointAt(0);
  if (named[sign]) return named[sign];
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
}

/** Return a value as one line of at most 200 characters (缩短的值). */
function shortened(value) {
  const signs = Array.from(shown(value)).slice(0, 400);
  const text = Array.from(signs.map((sign) => (isPrintable(sign) ? sign : escapedSign(sign))).join(""));
  return text.length <= 200 ? text.join("") : `${text.slice(0, 197).join("")}...`;
}

/** Return a value as a report says it (值的写法): texts as they are, everything else as `written`. */
function shown(value) {
  return typeof value === "string" ? value : written(value);
}

/** Return a value as verify.py writes it, so that both reports can be compared (与 verify.py 同样的写法). */
function written(value) {
  if (value === null || value === undefined) return "None";
  if (value === true || value === false) return value ? "True" : "False";
  if (typeof value === "string") {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    const inner = Array.from(value, (sign) => {
      if (sign === "\\" || sign === quote) return `\\${sign}`;
      return isPrintable(sign) ? sign : escapedSign(sign);
    });
    return quote + inner.join("") + quote;
  }
  if (value instanceof Triple) return `(${value.parts.map(written).join(", ")})`;
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (value instanceof Set) return `{${[...value].map(written).join(", ")}}`;
  if (value instanceof Map) return `{${[...value].map(([key, one]) => `${written(key)}: ${written(one)}`).join(", ")}}`;
  if (typeof value === "object") {
    return `{${keysOf(value).map((key) => `${written(key)}: ${written(value[key])}`).join(", ")}}`;
  }
  return String(value);
}

/** What names a place (岗位标识): visit, office, number; written in round brackets. */
class Triple {
  constructor(...parts) {
    this.parts = parts;
  }
}

const REPORT_PARTS = ["checked", "sources", "anchors", "remarks", "unchecked", "unanchored"];

/** What one check found (一次核验的结果). */
class Report {
  constructor() {
    for (const part of REPORT_PARTS) this[part] = [];
    this.steps = [];
    this.difference = null;
    this.rehearsal = false;
  }

  /** Begin a step (开始一步), in plain words: the steps before it are done, and a difference belongs to the last one. */
  step(zh, en) {
    this.steps.push([zh, en]);
  }

  /** 0 agrees, 6 agrees but not shown to be the only one, 5 differs. */
  get code() {
    return this.difference ? 5 : this.unanchored.length ? 6 : 0;
  }

  verdict(rules) {
    const found = this.difference;
    if (found) {
      const [section, zh, en] = rules[found.rule] || rules.crash;
      const value = found.value ? ` [${found.value}]` : "";
      return [
        `不一致：${found.where}：${zh}（规程第 ${section} 节，${found.rule}）${value}`,
        `DIFFERS: ${found.where}: ${en} (section ${section}, ${found.rule})${value}`,
      ];
    }
    if (this.unanchored.length) {
      return ["一致，但机关以外无人能确认这是唯一的一份。", "AGREES, but nobody outside the agency can tell that it is the only one."];
    }
    if (this.rehearsal) return ["一致（仅是演练，不是真实抽取）。", "AGREES (a rehearsal alone, not a real draw)."];
    return ["一致。", "AGREES."];
  }

  plain(rules) {
    const out = { exit: this.code, verdict: this.verdict(rules), difference: null, steps: this.steps };
    out.rehearsal = this.rehearsal;
    for (const part of REPORT_PARTS) {
      const seen = new Map(this[part].map((pair) => [pair.join("\u0000"), pair]));
      out[part] = [...seen.values()];
    }
    if (this.difference) {
      const { rule, where, value } = this.difference;
      out.difference = { name: rule, section: (rules[rule] || rules.crash)[0], where, value };
    }
    return out;
  }
}
