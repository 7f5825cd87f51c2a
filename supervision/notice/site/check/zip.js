// 压缩包 (zip files): stored and deflated entries, read strictly; whatever is odd is an error, not a guess.

/** A file that cannot be taken as it is (无法读取的输入): what, and what to do; neither agreement nor difference. */
class InputError extends Error {
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

const MAX_UNPACKED = 2 ** 31 - 1; // bytes of one deflated entry that are kept in memory

/** A file of the user's computer (本机文件), read in pieces; for a worker, where reading may wait. */
class BlobFile {
  constructor(blob) {
    this.blob = blob;
    this.size = blob.size;
  }

  read(start, end) {
    return new Uint8Array(new FileReaderSync().readAsArrayBuffer(this.blob.slice(start, end)));
  }
}

/** Bytes in memory (内存中的文件). */
class BytesFile {
  constructor(bytes) {
    this.bytes = bytes;
    this.size = bytes.length;
  }

  read(start, end) {
    return this.bytes.subarray(start, end);
  }
}

/** A stored entry of a zip (未压缩条目): a part of another file. */
class PartFile {
  constructor(whole, start, size) {
    this.whole = whole;
    this.start = start;
    this.size = size;
  }

  read(start, end) {
    return this.whole.read(this.start + start, this.start + end);
  }
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});

/** Return the CRC-32 of bytes that follow others (校验和). */
function crc32(bytes, before = 0) {
  let crc = ~before;
  for (let k = 0; k < bytes.length; k++) crc = CRC_TABLE[(crc ^ bytes[k]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** Return the files of a zip by path (读取压缩包); `work.tell` hears of the bytes. */
async function openZip(whole, zip, work) {
  const entries = readDirectory(whole, zip);
  const out = new Map();
  for (const entry of entries) {
    if (entry.path.endsWith("/") || entry.path.startsWith("__MACOSX/")) continue;
    if (out.has(entry.path)) throw new InputError("zip.twice", { zip, path: entry.path });
    out.set(entry.path, await openEntry(whole, entry, zip, work));
  }
  for (const path of out.keys()) {
    const parts = path.split("/");
    for (let k = 1; k < parts.length; k++) {
      if (out.has(parts.slice(0, k).join("/"))) throw new InputError("zip.twice", { zip, path });
    }
  }
  return out;
}

/** Read the central directory (中央目录): it must be where the end of the file says it is. */
function readDirectory(whole, zip) {
  const cut = () => new InputError("zip.truncated", { zip });
  const tailStart = Math.max(0, whole.size - 22 - 65535);
  const tail = whole.read(tailStart, whole.size);
  const tailView = new DataView(tail.buffer, tail.byteOffset, tail.length);
  let at = tail.length - 22;
  while (at >= 0 && tailView.getUint32(at, true) !== 0x06054b50) at--;
  if (at < 0 || at + 22 + tailView.getUint16(at + 20, true) !== tail.length) throw cut();
  const count = tailView.getUint16(at + 10, true);
  const [size, start] = [tailView.getUint32(at + 12, true), tailView.getUint32(at + 16, true)];
  if (count === 0xffff || size === 0xffffffff || start === 0xffffffff) throw new InputError("zip.large", { zip });
  const end = tailStart + at;
  if (start + size !== end) throw cut();
  const bytes = whole.read(start, end);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries = [];
  for (let here = 0; entries.length < count; ) {
    if (here + 46 > bytes.length || view.getUint32(here, true) !== 0x02014b50) throw cut();
    const short = (offset) => view.getUint16(here + offset, true);
    const long = (offset) => view.getUint32(here + offset, true);
    const next = here + 46 + short(28) + short(30) + short(32);
    if (next > bytes.length) throw cut();
    const entry = { flags: short(8), method: short(10), crc: long(16), packed: long(20), size: long(24) };
    entry.offset = long(42);
    entry.path = entryName(bytes.subarray(here + 46, here + 46 + short(28)));
    entry.link = short(4) >> 8 === 3 && (long(38) >>> 28) === 10;
    if (entry.flags & 1) throw new InputError("zip.encrypted", { zip, path: entry.path });
    if ([entry.packed, entry.size, entry.offset].includes(0xffffffff)) throw new InputError("zip.large", { zip });
    entry.end = start;
    entries.push(entry);
    here = next;
  }
  return entries;
}

/** Names are UTF-8, or what an old Chinese Windows writes (文件名编码). */
function entryName(bytes) {
  const text = decoded(bytes);
  return text === null ? new TextDecoder("gb18030").decode(bytes) : text;
}

async function openEntry(whole, entry, zip, work) {
  const damaged = () => new InputError("zip.damaged", { zip, path: entry.path });
  if (entry.offset + 30 > entry.end) throw damaged();
  const head = whole.read(entry.offset, entry.offset + 30);
  const view = new DataView(head.buffer, head.byteOffset, 30);
  const start = entry.offset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  if (view.getUint32(0, true) !== 0x04034b50 || start + entry.packed > entry.end) throw damaged();
  const packed = new PartFile(whole, start, entry.packed);
  let file = packed;
  if (entry.method === 8) file = await inflated(packed, entry, zip, work);
  else if (entry.method !== 0) throw new InputError("zip.method", { zip, path: entry.path, method: entry.method });
  if (file.size !== entry.size) throw damaged();
  let crc = 0;
  for (let at = 0; at < file.size; at += BLOCK) {
    const bytes = file.read(at, Math.min(at + BLOCK, file.size));
    crc = crc32(bytes, crc);
    work.tell(bytes.length);
  }
  if (crc !== entry.crc) throw damaged();
  return entry.link ? { link: true, size: 0 } : file;
}

/** Unpack a deflated entry (解压) to exactly the size that the zip names, not a byte more. */
async function inflated(packed, entry, zip, work) {
  if (entry.size > MAX_UNPACKED) throw new InputError("zip.large", { zip });
  let unpacker;
  try {
    unpacker = new DecompressionStream("deflate-raw");
  } catch {
    throw new InputError("zip.browser", { zip, path: entry.path });
  }
  const out = new Uint8Array(entry.size);
  let [read, written_] = [0, 0];
  const source = new ReadableStream({
    pull(control) {
      if (read >= packed.size) return control.close();
      const bytes = packed.read(read, Math.min(read + BLOCK, packed.size));
      read += bytes.length;
      return control.enqueue(bytes);
    },
  });
  try {
    const reader = source.pipeThrough(unpacker).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      out.set(value, written_); // throws where there is more than the zip names
      written_ += value.length;
      work.tell(0);
    }
  } catch {
    throw new InputError("zip.damaged", { zip, path: entry.path });
  }
  if (written_ !== entry.size) throw new InputError("zip.damaged", { zip, path: entry.path });
  return new BytesFile(out);
}
