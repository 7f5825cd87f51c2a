// SM3 (GB/T 32905-2016), for rounds whose commitment says "hash":"sm3".

const SM3 = (() => {
  const start = Int32Array.of(
    0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
  );
  const T = Int32Array.from({ length: 64 }, (_, j) => {
    const value = j < 16 ? 0x79cc4519 : 0x7a879d8a;
    const turn = j % 32;
    return turn ? (value << turn) | (value >>> (32 - turn)) : value;
  });
  const w = new Int32Array(68);

  function block(state, bytes, at) {
    for (let t = 0; t < 16; t++, at += 4) {
      w[t] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let t = 16; t < 68; t++) {
      const x = w[t - 16] ^ w[t - 9] ^ ((w[t - 3] << 15) | (w[t - 3] >>> 17));
      const y = w[t - 13];
      w[t] = x ^ ((x << 15) | (x >>> 17)) ^ ((x << 23) | (x >>> 9)) ^ ((y << 7) | (y >>> 25)) ^ w[t - 6];
    }
    let a = state[0];
    let b = state[1];
    let c = state[2];
    let d = state[3];
    let e = state[4];
    let f = state[5];
    let g = state[6];
    let h = state[7];
    for (let j = 0; j < 64; j++) {
      const turned = (a << 12) | (a >>> 20);
      const s = (turned + e + T[j]) | 0;
      const ss1 = (s << 7) | (s >>> 25);
      const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
      const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
      const t1 = (ff + d + (ss1 ^ turned) + (w[j] ^ w[j + 4])) | 0;
      const t2 = (gg + h + ss1 + w[j]) | 0;
      d = c;
      c = (b << 9) | (b >>> 23);
      b = a;
      a = t1;
      h = g;
      g = (f << 19) | (f >>> 13);
      f = e;
      e = t2 ^ ((t2 << 9) | (t2 >>> 23)) ^ ((t2 << 17) | (t2 >>> 15));
    }
    state[0] ^= a;
    state[1] ^= b;
    state[2] ^= c;
    state[3] ^= d;
    state[4] ^= e;
    state[5] ^= f;
    state[6] ^= g;
    state[7] ^= h;
  }

  return { start, block };
})();
