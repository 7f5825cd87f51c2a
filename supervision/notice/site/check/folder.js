// 文件夹 (a folder of files): names, sizes, lines, strict CSV; sections 0 and 10.

const MAX_JSON = 64 * 2 ** 20; // bytes of one JSON file or of one line, as in verify.py
const BLOCK = 2 ** 22; // bytes read at a time: each reading waits for another process of the browser
const ROW_COST = 4; // a row takes about four times as long as the digest of its bytes: for the progress bar

/** Tell whether a text is a plain relative path (相对路径): no `..`, no root, nothing hidden in it. */
function isPath(text) {
  if (typeof text !== "string" || !text || Array.from(text).length > 1000) return false;
  const plain = (part) => !["", ".", ".."].includes(part) && isPrintable(part) && !part.includes("\\");
  return text.split("/").every(plain);
}

/** Return the files of a folder in the order in which verify.py meets them: a folder's own, then its last subfolder. */
function walked(files, label) {
  const tree = new Map();
  for (const [path, source] of files) {
    const parts = path.split("/");
    let here = tree;
    for (const part of parts.slice(0, -1)) {
      if (!(here.get(part) instanceof Map)) here.set(part, new Map());
      here = here.get(part);
    }
    here.set(parts[parts.length - 1], source);
  }
  const out = new Map();
  const todo = [[tree, ""]];
  while (todo.length) {
    const [folder, inner] = todo.pop();
    for (const part of sortedTexts(folder.keys())) {
      const name = inner + part;
      const found = folder.get(part);
      want(isPath(name), "paths.name", `${label}/${written(name)}`);
      want(!found.link, "paths.link", `${label}/${name}`);
      if (found instanceof Map) {
        want(name.split("/").length <= 40, "paths.deep", `${label}/${name}`);
        todo.push([found, `${name}/`]);
      } else {
        out.set(name, found);
      }
    }
  }
  return out;
}

/**
 * One round's public or audit folder (轮次文件夹): its files by relative path.
 * A file is {size, read(start, end) → Uint8Array}; `work.tell(bytes)` hears how much was read.
 */
class Folder {
  constructor(files, label, work) {
    this.label = label;
    this.files = walked(files, label);
    this.digests = new Map();
    this.work = work;
  }

  where(name) {
    return `${this.label}/${name}`;
  }

  has(name) {
    return this.files.has(name);
  }

  file(name, size = null) {
    want(this.has(name), "paths.missing", this.where(name));
    const file = this.files.get(name);
    want(size === null || file.size === size, "manifest.size", this.where(name), `${file.size}, not ${size}`);
    return file;
  }

  read(name) {
    const file = this.file(name);
    want(file.size <= MAX_JSON, "paths.huge", this.where(name), file.size);
    return file.read(0, file.size);
  }

  /** Return a file's digest, read in blocks (大文件摘要). */
  hashed(algorithm, name, size) {
    const file = this.file(name, size);
    const digest = new Digest(algorithm);
    for (let at = 0; at < file.size; at += BLOCK) {
      const bytes = file.read(at, Math.min(at + BLOCK, file.size));
      digest.update(bytes);
      this.work.tell(bytes.length);
    }
    return digest.bytes();
  }

  json(name) {
    return parseJson(this.read(name), this.where(name));
  }

  lines(name) {
    return new LineReader(this.file(name), this.where(name), this.work);
  }

  /** Return a CSV file's rows (读取 CSV 文件): exact header, each cell by its form, rows sorted, none twice. */
  csv(name, form) {
    const columns = Object.keys(form);
    const where = this.where(name);
    const lines = this.lines(name);
    const header = lines.next() ? loosely(lines.line()) : "";
    want(header === columns.join(","), "csv.header", where, header);
    const rows = [];
    let before = null;
    for (let number = 2; lines.next(); number++) {
      const at = `${where}:${number}`;
      const cells = splitRow(lines.line(), at);
      want(cells.length === columns.length, "csv.columns", at, cells.length);
      const row = Object.create(null);
      columns.forEach((column, k) => (row[column] = cells[k]));
      columns.forEach((column) => want(form[column](row[column]), "csv.cell", `${at} ${column}`, row[column]));
      const order = before === null ? 1 : compareRows(columns, row, before);
      want(order >= 0, "csv.order", at, cells[0]);
      want(order !== 0, "csv.twice", at, cells[0]);
      rows.push(row);
      before = row;
    }
    return rows;
  }
}

function compareRows(columns, one, two) {
  for (const column of columns) {
    const number = column === "place";
    const order = number ? Number(one[column]) - Number(two[column]) : compareTexts(one[column], two[column]);
    if (order) return order;
  }
  return 0;
}

/** Read a file line by line, without LF (逐行读取); the last line must end with one too. */
class LineReader {
  constructor(file, where, work) {
    this.file = file;
    this.where = where;
    this.work = work;
    this.read = 0;
    this.bytes = new Uint8Array(0);
    this.after = 0;
    this.start = this.end = 0;
  }

  /** Go to the next line: it is bytes[start .. end); false where there is none. */
  next() {
    for (;;) {
      const end = this.bytes.indexOf(10, this.after);
      if (end >= 0) {
        this.start = this.after;
        this.end = end;
        this.after = end + 1;
        return true;
      }
      const rest = this.bytes.subarray(this.after);
      want(rest.length <= MAX_JSON, "paths.huge", this.where, rest.length);
      if (this.read >= this.file.size) {
        want(!rest.length, "csv.end", this.where, loosely(rest.subarray(0, 80)));
        return false;
      }
      const more = this.file.read(this.read, Math.min(this.read + BLOCK, this.file.size));
      this.read += more.length;
      this.work.tell(ROW_COST * more.length);
      this.bytes = rest.length ? joined(rest, more) : more;
      this.after = 0;
    }
  }

  line() {
    return this.bytes.subarray(this.start, this.end);
  }
}

/** Return the cells of one CSV row (CSV 一行的单元格); quotes only where RFC 4180 needs them. */
function splitRow(line, where) {
  const text = decoded(line);
  want(text !== null, "csv.parse", where, "UTF-8");
  const cells = text.includes('"') ? quotedCells(text, where) : text.split(",");
  want(!/[\u0000-\u001f\u007f-\u009f]/.test(text), "csv.control", where, text);
  const again = cells.map((cell) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",");
  want(again === text, "csv.canonical", where, text);
  return cells;
}

function quotedCells(text, where) {
  const cells = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/y;
  for (let more = true; more; ) {
    const found = cell.exec(text);
    // An opening quote whose text does not end with a quote and a comma: what the second branch takes is no cell.
    const broken = !found || (found[1] === undefined && found[2].startsWith('"'));
    want(!broken, "csv.parse", where, text);
    cells.push(found[1] === undefined ? found[2] : found[1].replaceAll('""', '"'));
    more = found[3] === ",";
  }
  return cells;
}
