// 信源、密钥串与种子 (sources, key strings, seeds), and evidence outside the agency; sections 4 and 9.

const INTERVAL = 24 * 3600 * 1000; // least time between commitment and first source, section 4

/** Check sources of every commitment of a round (信源); no issue serves twice, over both draws. */
function checkAllSources(round) {
  const seen = new Map();
  for (const [where, commitment] of round.commitments()) {
    checkSources(commitment, where);
    for (const source of commitment.sources) {
      const issue = issueOf(source);
      const at = `${where} ${source.name}`;
      want(!seen.has(issue), "source.reused", at, `${source.issue}, ${seen.get(issue)}`);
      seen.set(issue, at);
    }
  }
}

function issueOf(source) {
  return [source.issue, source.kind, source.count, source.low, source.high].join(" ");
}

/** Check one commitment's sources (信源): ranges, order, randomness as whole numbers of outcomes, interval. */
function checkSources(commitment, where) {
  const { sources } = commitment;
  for (const source of sources) {
    const at = `${where} ${source.name}`;
    want(source.low < source.high, "source.range", at, `${source.low}..${source.high}`);
    want(source.high < 2 ** 31, "source.high", at, source.high);
    want(source.count >= 1, "source.count", at, source.count);
    want((source.kind === "number") === (source.count === 1), "source.number", at, source.count);
    const room = source.kind !== "set" || source.count <= source.high - source.low + 1;
    want(room, "source.set", at, source.count);
  }
  const names = sources.map((source) => source.name);
  want(new Set(names).size === names.length, "source.name", where, names.join(" "));
  const ats = sources.map((source) => source.at);
  want(ats.every((at, k) => k === 0 || ats[k - 1] <= at), "source.order", where, ats.join(" "));
  const product = (some) => some.reduce((total, source) => total * outcomes(source), 1n);
  const every = product(sources);
  want(every >= 1n << 40n, "source.bits", where, `${every} < 2^40`);
  const last = product(sources.filter((source) => source.at === ats[ats.length - 1]));
  want(last >= 1n << 20n, "source.last_bits", where, `${last} < 2^20`);
  if (commitment.rehearsal === "no") {
    const gap = Date.parse(ats[0]) - Date.parse(commitment.committed_at);
    want(gap >= INTERVAL, "source.interval", where, duration(gap));
  }
}

/** Return a duration as days and clock (时长), the way verify.py says it. */
function duration(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  const days = Math.floor(seconds / 86400);
  const rest = seconds - days * 86400;
  const two = (number) => String(number).padStart(2, "0");
  const clock = `${Math.floor(rest / 3600)}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
  return days ? `${days} day${Math.abs(days) === 1 ? "" : "s"}, ${clock}` : clock;
}

/** Return the number of outcomes of a source (结果总数); counting stops at 2^40, where it is enough. */
function outcomes(source) {
  const values = BigInt(source.high - source.low + 1);
  const count = BigInt(source.count);
  const isSet = source.kind === "set";
  const steps = isSet && values - count < count ? values - count : count;
  let total = 1n;
  for (let k = 0n; k < steps; k++) {
    total = isSet ? (total * (values - k)) / (k + 1n) : total * values;
    if (total >= 1n << 40n) return 1n << 40n;
  }
  return total;
}

/** Ask that one issue has one outcome and one time in all rounds (同一期同一结果). */
function checkOneOutcome(rounds) {
  const seen = new Map();
  for (const round of rounds) {
    for (const [where, commitment, , reveal] of round.commitments()) {
      for (const source of reveal ? commitment.sources : []) {
        const key = `${source.name} ${issueOf(source)}`;
        const outcome = canonicalText([reveal.values[source.name], reveal.held[source.name]]);
        if (!seen.has(key)) seen.set(key, [where, outcome]);
        const [first, due] = seen.get(key);
        want(outcome === due, "source.two_outcomes", `${where} ${source.name}`, `${source.issue}, ${first}`);
      }
    }
  }
}

/** Recompute key strings and seeds of both draws (密钥串与种子). */
function checkSeeds(round) {
  if (round.reveal === null) return;
  const head = joined(utf8("supervision-draw/2\0"), round.digest);
  round.seed = checkReveal(round, "reveal.json", round.first, round.reveal, head);
  for (const [number, reveal] of round.reveals2) {
    const name = `reveal2${suffix(number)}.json`;
    const start = joined(utf8("supervision-roster/2\0"), round.digests2.get(number), round.seed);
    round.seeds2.set(number, checkReveal(round, name, round.seconds.get(number), reveal, start));
  }
}

/** Check one reveal's values, key string (RFC 3797, section 4) and seed; return the seed. */
function checkReveal(round, name, commitment, reveal, head) {
  const where = round.public.where(name);
  const names = sortedTexts(commitment.sources.map((source) => source.name)).join(" ");
  for (const part of ["values", "held"]) {
    const own = keysOf(reveal[part]).join(" ");
    want(own === names, `reveal.${part}`, where, own);
  }
  let text = "";
  for (const source of commitment.sources) {
    const at = `${where} ${source.name}`;
    const [texts, held] = [reveal.values[source.name], reveal.held[source.name]];
    const values = texts.map(Number);
    want(held >= source.at, "reveal.held_early", at, held);
    want(values.length === source.count, "reveal.count", at, values.length);
    want(values.every((value) => source.low <= value && value <= source.high), "reveal.range", at, values);
    const rising = values.every((value, k) => k === 0 || values[k - 1] < value);
    want(source.kind !== "set" || rising, "reveal.set", at, values);
    text += `${values.map((value) => `${value}.`).join("")}/`;
    const line = `${round.name} ${source.name} ${source.issue}: ${texts.join(" ")} (${held})`;
    round.report.sources.push([line, line]);
  }
  want(reveal.key_string === text, "reveal.key_string", where, reveal.key_string);
  const seed = round.h(head, utf8(text));
  want(reveal.seed === hex(seed), "reveal.seed", where, reveal.seed);
  return seed;
}

/** Ask what each anchor stands for (外部凭证), and whether the round is shown to be the only one. */
function checkAnchors(round) {
  const folder = round.public;
  const where = folder.where("anchors.json");
  const times = new Map([[`commitment ${hex(round.digest)}`, round.first.committed_at]]);
  for (const [number, second] of round.seconds) {
    times.set(`roster_commitment ${hex(round.digests2.get(number))}`, second.committed_at);
  }
  const givenUp = [...round.abandoned2].map(([number, record]) => [`abandoned2${suffix(number)}.json`, record]);
  if (round.abandoned) givenUp.push(["abandoned.json", round.abandoned]);
  for (const [name, record] of givenUp) times.set(`abandoned ${hex(round.h(folder.read(name)))}`, record.at);
  for (const one of [round.public, round.audit]) {
    for (const name of one ? one.files.keys() : []) {
      const isManifest = name === "manifest.json" || /^manifests\/([0-9]{4,})\.json$/.test(name);
      if (isManifest) times.set(`manifest ${sha256Hex(one.read(name))}`, "");
    }
  }
  for (const anchor of round.anchors) {
    const key = `${anchor.of} ${anchor.digest}`;
    const short = anchor.digest.slice(0, 16);
    if (anchor.of === "manifest" && round.audit === null && !times.has(key)) {
      round.report.unchecked.push([
        `${round.name} 清单凭证 ${short} 或属审计部分`,
        `${round.name} manifest anchor ${short}: perhaps the auditor's`,
      ]);
      continue;
    }
    want(times.has(key), "anchors.digest", where, key);
    want(!round.real || anchor.at >= times.get(key), "anchors.early", where, anchor.at);
    const line = `${round.name} ${anchor.of} ${short}: ${anchor.kind} ${anchor.at} ${anchor.file}`;
    round.report.anchors.push([line, line]);
  }
  if (round.real) checkOnlyOne(round);
}

/** Ask for a newspaper's or the supervising body's anchor older than the first source (唯一性). */
function checkOnlyOne(round) {
  const check = (of, digest, before, what) => {
    const shows = (anchor) =>
      anchor.of === of &&
      anchor.digest === hex(digest) &&
      anchor.at < before &&
      ["newspaper", "supervisor"].includes(anchor.kind);
    if (round.anchors.some(shows)) return;
    round.report.unanchored.push([
      `${what} 缺少早于 ${before} 的报纸或监督机关凭证`,
      `${what}: no newspaper or supervisor anchor older than ${before}`,
    ]);
  };
  for (const [where, commitment, digest, , record] of round.commitments()) {
    const of = digest === round.digest ? "commitment" : "roster_commitment";
    check(of, digest, firstAt(commitment), where);
    if (record && record.cancelled) {
      const file = where.split("/").pop();
      const name = file.startsWith("roster_") ? file.replace("roster_commitment", "abandoned2") : "abandoned.json";
      const held = commitment.sources.find((source) => source.name === record.cancelled).at;
      check("abandoned", round.h(round.public.read(name)), held, round.public.where(name));
    }
  }
}
