// SHA-512 (FIPS 180-4), for Ed25519: short messages alone, so BigInt is fast enough and easy to read.

const SHA512 = (() => {
  const MASK = (1n << 64n) - 1n;
  const isPrime = (n) => {
    for (let k = 2; k * k <= n; k++) if (n % k === 0) return false;
    return true;
  };
  const primes = [];
  for (let n = 2; primes.length < 80; n++) if (isPrime(n)) primes.push(n);
  // The constants are the first 64 bits of the fractions of square and cube roots of primes: exact in BigInt.
  const root = (n, power) => {
    const wanted = BigInt(n) << BigInt(64 * power);
    let low = 0n;
    let high = 1n << 72n;
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      if (middle ** BigInt(power) <= wanted) low = middle;
      else high = middle;
    }
    return low & MASK;
  };
  const START = primes.slice(0, 8).map((n) => root(n, 2));
  const K = primes.map((n) => root(n, 3));
  const turn = (x, by) => ((x >> by) | (x << (64n - by))) & MASK;

  function block(state, bytes, at) {
    const w = [];
    for (let t = 0; t < 16; t++) w.push(number(bytes, at + 8 * t));
    for (let t = 16; t < 80; t++) {
      const s0 = turn(w[t - 15], 1n) ^ turn(w[t - 15], 8n) ^ (w[t - 15] >> 7n);
      const s1 = turn(w[t - 2], 19n) ^ turn(w[t - 2], 61n) ^ (w[t - 2] >> 6n);
      w.push((w[t - 16] + s0 + w[t - 7] + s1) & MASK);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let t = 0; t < 80; t++) {
      const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
      const t1 = h + s1 + ((e & f) ^ (~e & MASK & g)) + K[t] + w[t];
      const s0 = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n);
      const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & MASK, c, b, a, (t1 + t2) & MASK];
    }
    [a, b, c, d, e, f, g, h].forEach((word, k) => (state[k] = (state[k] + word) & MASK));
  }

  function number(bytes, at) {
    let out = 0n;
    for (let k = 0; k < 8; k++) out = (out << 8n) | BigInt(bytes[at + k]);
    return out;
  }

  /** Return the digest of bytes (摘要), 64 bytes. */
  return (bytes) => {
    const size = (bytes.length + 17 + 127) & ~127;
    const padded = new Uint8Array(size);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    for (let k = 0, bits = bytes.length * 8; k < 6; k++, bits = Math.floor(bits / 256)) padded[size - 1 - k] = bits & 255;
    const state = START.slice();
    for (let at = 0; at < size; at += 128) block(state, padded, at);
    const out = new Uint8Array(64);
    state.forEach((word, k) => {
      for (let at = 7; at >= 0; at--, word >>= 8n) out[8 * k + at] = Number(word & 255n);
    });
    return out;
  };
})();
