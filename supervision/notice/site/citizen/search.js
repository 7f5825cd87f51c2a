// 检索 (search): by code or by name, in the files of the index that the query needs and in no others.

const SEARCH = "search";
const SHOWN = 20;

/** Return a name as it is compared (比对用名称), as search_index.py does. */
function folded(text, dropped) {
  return [...text.normalize("NFKC").toUpperCase()].filter((mark) => !dropped.includes(mark) && mark.trim()).join("");
}

/** Return in which of `count` files a pair stands (所在分片), as search_index.py does. */
function bucket(word, count) {
  let found = 0;
  for (const mark of word) found = (Math.imul(found, 31) + mark.codePointAt(0)) >>> 0;
  return found % count;
}

/** Return a code as it is compared (比对用代码). */
function codeOf(text) {
  return text.normalize("NFKC").replace(/\s/g, "").toUpperCase();
}

/** Return the number of the file in which a code would stand (代码所在分片), 0 where it is before all of them. */
function fileOf(code, first) {
  let low = 0;
  let high = first.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (first[middle] <= code) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Return the unit of a code (按代码取单位), undefined where nothing is published of it. */
async function unitOf(code) {
  const index = await load("index", 0, SEARCH, "index");
  const file = fileOf(codeOf(code), index.first);
  if (!file) return undefined;
  const units = await load("units", file, SEARCH);
  return units.find((unit) => codeOf(unit[0]) === codeOf(code));
}

/** Return units whose code begins so (按代码开头检索). */
async function byCode(code, index) {
  const found = [];
  for (let file = Math.max(1, fileOf(code, index.first)); file <= index.first.length && found.length <= SHOWN; file++) {
    if (file > 1 && index.first[file - 1] > code && !index.first[file - 1].startsWith(code)) break;
    for (const unit of await load("units", file, SEARCH)) if (codeOf(unit[0]).startsWith(code)) found.push(unit);
  }
  return found;
}

/** Return the places of the units that have all pairs of a name (按名称检索候选), null where all pairs are common. */
async function placesOf(name, index) {
  const marks = [...name];
  const pairs = [...new Set(marks.slice(1).map((mark, at) => marks[at] + mark))];
  const files = await Promise.all(pairs.map((pair) => load("words", bucket(pair, index.words), SEARCH)));
  const lists = [];
  for (const [at, pair] of pairs.entries()) {
    const listed = files[at][pair];
    if (listed === undefined) return [];
    if (listed !== 0) lists.push(listed);
  }
  if (!lists.length) return null;
  lists.sort((one, other) => one.length - other.length);
  let places = summed(lists[0]);
  for (const listed of lists.slice(1)) {
    const there = new Set(summed(listed));
    places = places.filter((place) => there.has(place));
  }
  return places;
}

function summed(differences) {
  let place = 0;
  return differences.map((one) => (place += one));
}

/** Return units by what was typed (检索): {units, more} – or {said}, a code of words, where it cannot be looked up. */
async function search(text) {
  const index = await load("index", 0, SEARCH, "index");
  const name = folded(text, index.dropped);
  if ([...name].length < 2 || !index.units) return { said: index.units ? "short" : "empty" };
  const code = codeOf(text);
  if (/^[0-9A-Z._-]{6,39}$/.test(code)) {
    const units = await byCode(code, index);
    if (units.length) return { units: units.slice(0, SHOWN), more: units.length > SHOWN };
  }
  const places = await placesOf(name, index);
  if (places === null) return { said: "common" };
  const units = [];
  for (const place of places) {
    const file = Math.floor(place / index.shard);
    const unit = (await load("units", file + 1, SEARCH))[place % index.shard];
    if (unit[1].some((one) => folded(one, index.dropped).includes(name))) units.push(unit);
    if (units.length > SHOWN) break;
  }
  return { units: units.slice(0, SHOWN), more: units.length > SHOWN };
}
