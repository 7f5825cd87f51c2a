// Ed25519 (RFC 8032, 5.1), checking alone: nothing here is secret, so it need not take the same time for every number.

const Ed25519 = (() => {
  const P = 2n ** 255n - 19n;
  const L = 2n ** 252n + 27742317777372353535851937790883648493n;
  const mod = (a) => ((a % P) + P) % P;

  function power(base, exponent) {
    let out = 1n;
    for (let b = mod(base); exponent; exponent >>= 1n, b = (b * b) % P) if (exponent & 1n) out = (out * b) % P;
    return out;
  }

  const inverse = (a) => power(a, P - 2n);
  const D = mod(-121665n * inverse(121666n));
  const ROOT = power(2n, (P - 1n) / 4n); // of -1

  /** Return the little-endian number of bytes (小端整数). */
  function number(bytes) {
    let out = 0n;
    for (let k = bytes.length - 1; k >= 0; k--) out = (out << 8n) | BigInt(bytes[k]);
    return out;
  }

  /** Return the point of 32 bytes in extended coordinates, null where there is none (解码点), 5.1.3. */
  function point(bytes) {
    const all = number(bytes);
    const y = all & (2n ** 255n - 1n);
    if (y >= P) return null;
    const y2 = (y * y) % P;
    const u = mod(y2 - 1n);
    const v = mod(D * y2 + 1n);
    let x = mod(u * power(v, 3n) * power(u * power(v, 7n), (P - 5n) / 8n));
    const found = mod(v * x * x);
    if (found === mod(-u)) x = mod(x * ROOT);
    else if (found !== u) return null;
    const sign = all >> 255n;
    if (x === 0n && sign) return null;
    if ((x & 1n) !== sign) x = P - x;
    return [x, y, 1n, (x * y) % P];
  }

  /** Add two points (点加), 5.1.4. */
  function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
    const a = mod((y1 - x1) * (y2 - x2));
    const b = mod((y1 + x1) * (y2 + x2));
    const c = mod(2n * D * t1 * t2);
    const d = mod(2n * z1 * z2);
    const [e, f, g, h] = [b - a, d - c, d + c, b + a];
    return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
  }

  function times(scalar, one) {
    let out = [0n, 1n, 1n, 0n];
    for (let doubled = one; scalar; scalar >>= 1n, doubled = add(doubled, doubled)) {
      if (scalar & 1n) out = add(out, doubled);
    }
    return out;
  }

  const BASE = point(Uint8Array.from({ length: 32 }, (_, k) => (k ? 0x66 : 0x58)));
  const same = (p, q) => mod(p[0] * q[2]) === mod(q[0] * p[2]) && mod(p[1] * q[2]) === mod(q[1] * p[2]);

  /** Tell whether a signature of 64 bytes is this key's over the message (验签), 5.1.7: S below L, one form alone. */
  function verify(key, message, signature) {
    if (key.length !== 32 || signature.length !== 64) return false;
    const [a, r] = [point(key), point(signature.subarray(0, 32))];
    const s = number(signature.subarray(32));
    if (!a || !r || s >= L) return false;
    const hashed = new Uint8Array(64 + message.length);
    hashed.set(signature.subarray(0, 32));
    hashed.set(key, 32);
    hashed.set(message, 64);
    const k = number(SHA512(hashed)) % L;
    return same(times(s, BASE), add(r, times(k, a)));
  }

  return { verify };
})();
