// 入企码 (entry codes): read, checked, judged; docs/entry-code.md says what stands where.

const FORMAT = "ENTRY1";
const LETTERS = "RCVUODPBIKS";
const HALF_DAY = /^\d{4}-\d{2}-\d{2}T[12]$/;

/**
 * Return the text of a code as it was signed, however it was typed (还原文字): no value holds a blank, so blanks are
 * gone, and a line that does not begin as the next one is due to goes on from the line before.
 */
function tidied(text) {
  const out = [];
  for (const raw of text.split(/[\r\n]+/)) {
    const line = raw.replace(/\s+/g, "").replace(/^([A-Z])：/, "$1:");
    if (!line) continue;
    if (!out.length || line.startsWith(`${LETTERS[out.length - 1]}:`)) out.push(line);
    else out[out.length - 1] += line;
  }
  return out.join("\n");
}

/** Return a value's parts (拆分): before and after the first stroke; blanks were written as low lines. */
function parts(value) {
  const at = value.indexOf("/");
  const both = at < 0 ? [value, ""] : [value.slice(0, at), value.slice(at + 1)];
  return both.map((one) => one.replace(/_/g, " "));
}

/** Return what a code says, null where the text is none (解析). */
function parsed(text) {
  const lines = tidied(text).split("\n");
  if (lines[0] !== FORMAT || lines.length !== LETTERS.length + 1) return null;
  const told = {};
  for (let k = 0; k < LETTERS.length; k++) {
    if (!lines[k + 1].startsWith(`${LETTERS[k]}:`)) return null;
    told[LETTERS[k]] = lines[k + 1].slice(2);
  }
  const halves = told.D.split("|");
  const signature = bytesOf(told.S);
  if (!halves.every((one) => HALF_DAY.test(one)) || !signature || !told.V.includes("~")) return null;
  const [round, kind] = parts(told.R);
  if (kind && kind !== "REHEARSAL") return null;
  const said = lines.slice(0, -1).join("\n");
  return {
    round,
    rehearsal: kind !== "",
    commitment: told.C,
    visit: told.V,
    unitId: told.V.slice(0, told.V.lastIndexOf("~")),
    unit: parts(told.U)[0],
    office: parts(told.O)[1],
    halves,
    first: halves[0].slice(0, 10),
    last: halves[halves.length - 1].slice(0, 10),
    people: told.P.split("|").map(parts),
    tasks: told.B.split("|"),
    items: told.I.split("|").map(parts),
    key: told.K,
    said,
    signature,
    number: sha256Hex(utf8(said)).slice(0, 16),
  };
}

/** Return the bytes of base32 without padding, null where it is none (解码); 0 and 1, which it lacks, are O and I. */
function bytesOf(text) {
  const signs = text.toUpperCase().replace(/0/g, "O").replace(/1/g, "I");
  if (!/^[A-Z2-7]+$/.test(signs)) return null;
  const out = [];
  let held = 0;
  let bits = 0;
  for (const sign of signs) {
    held = ((held << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(sign)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    out.push((held >> bits) & 255);
  }
  return Uint8Array.from(out);
}

/**
 * Judge a code (判定): "not_a_code", "unknown_key", "forged", "other_unit", "early", "late" or "valid".
 *
 * `keys`: the agency's public keys, name and bytes as hex; `day`: today as 2026-12-03; `unit`: the id of the unit that
 * asks, "" where it does not say. What is not signed is told before anything that it says of itself.
 */
function judged(text, keys, day, unit) {
  const code = parsed(text);
  if (!code) return { verdict: "not_a_code", code: null };
  const own = keys.filter((one) => one.name.startsWith(code.key) && code.key.length === 16);
  const found = own.some((one) => Ed25519.verify(unhex(one.bytes), utf8(code.said), code.signature));
  if (!found) return { verdict: own.length ? "forged" : "unknown_key", code };
  if (unit && unit !== code.unitId) return { verdict: "other_unit", code };
  if (day < code.first) return { verdict: "early", code };
  if (day > code.last) return { verdict: "late", code };
  return { verdict: "valid", code };
}
