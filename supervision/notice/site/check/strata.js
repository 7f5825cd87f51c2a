// 层与工作概率 (strata, certainty units, L); section 2, 2.2 to 2.4. Sizes are BigInt: nothing is rounded.

/** Check sizes, certainty units and every distinct L of one stratum (一层); `rows` is its frame. */
function checkStratum(frame, table, where, rows, report) {
  where = `${where} ${table.stratum}`;
  rows = `${rows} ${table.stratum}`;
  const kinds = frame.kinds.filter((kind) => kind.stratum === table.stratum);
  const sizes = new Map();
  for (const kind of kinds) sizes.set(kind.size, (sizes.get(kind.size) || 0n) + BigInt(kind.count));
  const n = BigInt(table.sample);
  const count = sum(sizes.values());
  want(count === BigInt(table.units), "stratum.units", where, count);
  want(1n <= n && n <= count, "stratum.sample", where, n);
  want(n + BigInt(table.reserve) <= count, "stratum.reserve", where, table.reserve);
  const total = sum([...sizes].map(([size, times]) => size * times));
  want(String(total) === table.size_total, "stratum.size_total", where, total);
  const rising = [...sizes.keys()].sort((a, b) => (a < b ? -1 : 1));
  const [least, most] = [rising[0], rising[rising.length - 1]];
  want(most * count <= ONE, "stratum.size_large", rows, most);
  want(most <= 1000000n * least, "stratum.size_ratio", rows, `${least}..${most}`);
  const rest = withoutCertainty(sizes, rising, n, total);
  const unequal = rest.sizes.size > 1;
  if (unequal && rest.count > 2000n) {
    const largest = rising[rest.sizes.size - 1];
    want(rest.n >= 20n, "stratum.large_n", where, rest.n);
    want(2n * rest.n * largest <= rest.total, "stratum.large_half", where, fraction(rest.n * largest, rest.total));
  }
  const due = unequal && isAdjusted(rest);
  want(due || table.working === "pareto", "stratum.not_adjusted", where);
  if (due && table.working === "pareto") {
    report.remarks.push([`${where} 未能校正，按 pareto`, `${where} could not be adjusted, pareto stands`]);
  }
  const adjusted = table.working === "adjusted";
  for (const { size, low } of kinds) {
    const at = `${rows} x=${size} L=${low}`;
    if (!rest.sizes.has(size)) want(low === ONE, "stratum.certainty", at, low);
    else if (adjusted) want(low < ONE, "stratum.L_one", at, low);
    else want(low === halfEven(ONE * rest.n * size, rest.total), "stratum.L", at, low);
  }
  if (adjusted) checkRealised(kinds.filter((kind) => rest.sizes.has(kind.size)), rest, rows);
}

function sum(values) {
  let total = 0n;
  for (const value of values) total += value;
  return total;
}

function fraction(top, bottom) {
  let [a, b] = [top, bottom];
  while (b) [a, b] = [b, a % b];
  return `Fraction(${top / a}, ${bottom / a})`;
}

/** Return the sizes that are left, n and the sum of sizes, once certainty units are taken out (必抽对象), 2.3. */
function withoutCertainty(sizes, rising, n, total) {
  let end = rising.length;
  for (;;) {
    let stop = end;
    while (stop > 0 && n * rising[stop - 1] >= total) stop--;
    if (stop === end) {
      const left = new Map(rising.slice(0, end).map((size) => [size, sizes.get(size)]));
      return { sizes: left, n, total, count: sum(left.values()) };
    }
    const taken = rising.slice(stop, end);
    n -= sum(taken.map((size) => sizes.get(size)));
    total -= sum(taken.map((size) => size * sizes.get(size)));
    end = stop;
  }
}

/** Tell whether a stratum's L is adjusted (是否校正), 2.4: small, and n or the sum of pi(1 - pi) is small too. */
function isAdjusted({ sizes, n, total, count }) {
  if (count > 2000n || count * n > 40000n) return false;
  const spread = sum([...sizes].map(([size, times]) => times * n * size * (total - n * size)));
  return n <= 20n || spread < 10n * total * total;
}

/** Return top / bottom rounded to the nearest integer, halves to even (四舍六入五成双). */
function halfEven(top, bottom) {
  const whole = top / bottom;
  const rest = 2n * (top % bottom);
  return whole + (rest > bottom || (rest === bottom && whole % 2n) ? 1n : 0n);
}

/** Check adjusted L by the realised probabilities (实际入样概率), 2.4: within 1e-9 of the wanted ones. */
function checkRealised(kinds, { n, total }, where) {
  const falling = [...kinds].sort((a, b) => (a.low === b.low ? 0 : a.low > b.low ? -1 : 1));
  const logits = falling.map(({ low }) => Math.log(Number(low)) - Math.log(Number(ONE - low)));
  const found = realised(logits, falling.map((kind) => kind.count), Number(n));
  falling.forEach(({ size, low }, k) => {
    const wanted = n * size;
    const [top, bottom] = exactly(found[k]);
    const apart = top * total - wanted * bottom;
    const smaller = wanted < total - wanted ? wanted : total - wanted;
    // |got − π| ≤ max(min(π, 1−π)·1e-9, 1e-12), everything over the denominator bottom·total.
    const distance = (apart < 0n ? -apart : apart) * 10n ** 12n;
    const allowed = smaller * 1000n > total ? smaller * 1000n : total;
    const words = `${found[k]}, not ${Number(wanted) / Number(total)}`;
    want(distance <= allowed * bottom, "stratum.realised", `${where} x=${size} L=${low}`, words);
  });
}

/** Return a float from 0 as an exact fraction (浮点数的精确值): [top, bottom]. */
function exactly(value) {
  let power = 0;
  for (; !Number.isInteger(value); power++) value *= 2;
  return [BigInt(value), 2n ** BigInt(power)];
}

/**
 * Return realised inclusion probabilities of Pareto sampling (实际入样概率), Aires 1999: one for each distinct logit,
 * falling; `times` is how many units have it. The integral over ln t by the trapezoid rule, step 0.1; what is below
 * 1e-16 in the whole is left out, as in verify.py.
 */
function realised(logits, times, n) {
  const step = 0.1;
  const out = new Float64Array(logits.length);
  const start = -logits[0] - 45;
  const stop = -logits[logits.length - 1] + 45;
  let logFactorial = 0;
  for (let k = 2; k <= n; k++) logFactorial += Math.log(k);
  for (let k = 0; k <= Math.floor((stop - start) / step); k++) {
    const f = logits.map((v) => 1 / (1 + Math.exp(-(start + step * k + v))));
    const mean = f.reduce((total, p, i) => total + p * times[i], 0);
    const others = mean - 1;
    if (others > n - 1 && (others - n + 1) ** 2 > 100 * others) break;
    if (f[0] < 1e-18) continue;
    const rare = n * Math.log(mean) - logFactorial < -41;
    const parts = rare ? null : atMost(f, times, n);
    for (let i = 0; i < f.length; i++) out[i] += step * f[i] * (1 - f[i]) * (parts ? parts[i] : 1);
  }
  return out;
}

/** Return P(at most n-1 of the others) for one unit of each kind (其余至多 n-1 个), Poisson-binomial. */
function atMost(f, times, n) {
  const add = (counts, p) => {
    const out = new Float64Array(n);
    out[0] = counts[0] * (1 - p);
    for (let k = 1; k < n; k++) out[k] = counts[k] * (1 - p) + counts[k - 1] * p;
    return out;
  };
  const nothing = new Float64Array(n);
  nothing[0] = 1;
  const before = [];
  let counts = nothing;
  f.forEach((p, i) => {
    for (let k = 1; k < times[i]; k++) counts = add(counts, p);
    before.push(counts);
    counts = add(counts, p);
  });
  const out = new Float64Array(f.length);
  let after = nothing;
  for (let i = f.length - 1; i >= 0; i--) {
    let total = 0;
    for (let k = 0; k < n; k++) {
      total += after[k];
      out[i] += before[i][n - 1 - k] * total;
    }
    for (let k = 0; k < times[i]; k++) after = add(after, f[i]);
  }
  return out;
}
