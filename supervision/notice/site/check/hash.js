// 摘要 (hash functions): padding, streams and fixed beginnings, for SHA-256 and SM3 alike (both: blocks of 64 bytes).

/** A stream of bytes that is hashed (流式摘要). */
class Digest {
  constructor(algorithm) {
    this.algorithm = algorithm;
    this.state = algorithm.start.slice();
    this.rest = new Uint8Array(128);
    this.held = 0;
    this.size = 0;
  }

  update(bytes, start = 0, end = bytes.length) {
    this.size += end - start;
    if (this.held) {
      const taken = Math.min(64 - this.held, end - start);
      this.rest.set(bytes.subarray(start, start + taken), this.held);
      this.held += taken;
      start += taken;
      if (this.held < 64) return this;
      this.algorithm.block(this.state, this.rest, 0);
      this.held = 0;
    }
    for (; start + 64 <= end; start += 64) this.algorithm.block(this.state, bytes, start);
    this.rest.set(bytes.subarray(start, end));
    this.held = end - start;
    return this;
  }

  copy() {
    const other = new Digest(this.algorithm);
    other.state.set(this.state);
    other.rest.set(this.rest);
    other.held = this.held;
    other.size = this.size;
    return other;
  }

  bytes() {
    const state = this.state.slice();
    const rest = this.rest.slice();
    const out = new Uint8Array(32);
    finish(this.algorithm, state, rest, this.held, this.size, out, 0);
    return out;
  }

  hex() {
    return hex(this.bytes());
  }
}

/** Hash what follows a beginning of whole blocks (固定前缀的摘要): `buffer` holds the tail, filled by the caller. */
class Tail {
  constructor(algorithm, head = new Uint8Array(0)) {
    this.algorithm = algorithm;
    this.head = head.length;
    this.start = algorithm.start.slice();
    for (let at = 0; at < head.length; at += 64) algorithm.block(this.start, head, at);
    this.state = new Int32Array(8);
    this.buffer = new Uint8Array(512);
  }

  room(length) {
    if (length + 128 <= this.buffer.length) return;
    const more = new Uint8Array(2 * length + 128);
    more.set(this.buffer);
    this.buffer = more;
  }

  digest(length, out, offset) {
    this.state.set(this.start);
    finish(this.algorithm, this.state, this.buffer, length, this.head + length, out, offset);
  }
}

/** Pad the last `length` bytes in `buffer`, work them in and write the digest; `size` is the length of everything. */
function finish(algorithm, state, buffer, length, size, out, offset) {
  const whole = (length + 9 + 63) & ~63;
  buffer[length] = 0x80;
  buffer.fill(0, length + 1, whole - 8);
  const high = Math.floor(size / 0x20000000);
  const low = (size << 3) | 0;
  for (let k = 0; k < 4; k++) {
    buffer[whole - 8 + k] = high >>> (24 - 8 * k);
    buffer[whole - 4 + k] = low >>> (24 - 8 * k);
  }
  for (let at = 0; at < whole; at += 64) algorithm.block(state, buffer, at);
  for (let k = 0; k < 8; k++) {
    const word = state[k];
    out[offset + 4 * k] = word >>> 24;
    out[offset + 4 * k + 1] = word >>> 16;
    out[offset + 4 * k + 2] = word >>> 8;
    out[offset + 4 * k + 3] = word;
  }
}

/** Return the digest of joined bytes (摘要). */
function hashed(algorithm, ...parts) {
  const digest = new Digest(algorithm);
  for (const part of parts) digest.update(part);
  return digest.bytes();
}

function sha256Hex(bytes) {
  return hex(hashed(SHA256, bytes));
}

const HEX_PAIRS = Array.from({ length: 256 }, (_, k) => k.toString(16).padStart(2, "0"));

function hex(bytes) {
  let text = "";
  for (const byte of bytes) text += HEX_PAIRS[byte];
  return text;
}

function unhex(text) {
  return Uint8Array.from({ length: text.length / 2 }, (_, k) => parseInt(text.slice(2 * k, 2 * k + 2), 16));
}

function joined(...parts) {
  const out = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
