// 分片 (shards): a page opened from a file may fetch nothing, but it may load scripts, each of which calls shard().

const SHARDS = new Map();
const WAITING = new Map();

/** A file of the index that is not there (分片缺失). */
class ShardMissing extends Error {}

/** Take what a file of the index holds (收下分片). */
function shard(kind, key, value) {
  SHARDS.set(`${kind}-${key}`, value);
}

/** Return the value of a file (取分片), loaded once; a file that is not there is an error. */
function load(kind, key, folder, file = `${kind}-${key}`) {
  const name = `${kind}-${key}`;
  if (!WAITING.has(name)) {
    WAITING.set(
      name,
      new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = `${folder}/${file}.js`;
        script.onload = () => (SHARDS.has(name) ? done(SHARDS.get(name)) : failed(new ShardMissing(script.src)));
        script.onerror = () => {
          WAITING.delete(name);
          failed(new ShardMissing(script.src));
        };
        document.head.appendChild(script);
      }),
    );
  }
  return WAITING.get(name);
}

/** Say which file could not be read (文件缺失); any other error is a fault of the page and stays one. */
function unread(error) {
  if (!(error instanceof ShardMissing)) throw error;
  return both(SAID.failed, { file: error.message.split("/").pop() });
}

/** Mark a part of the page as being filled (正在填写), for screen readers and whoever waits, until its work is done. */
async function busy(part, work) {
  part.setAttribute("aria-busy", "true");
  part.waiting = (part.waiting || 0) + 1;
  try {
    return await work();
  } finally {
    part.waiting -= 1;
    if (!part.waiting) part.setAttribute("aria-busy", "false");
  }
}

/** Make an element (生成元素); its text is never read as HTML. */
function element(tag, text = "", className = "") {
  const out = document.createElement(tag);
  out.textContent = text;
  if (className) out.className = className;
  return out;
}

/** Put children into an element (放入子元素). */
function put(parent, ...children) {
  for (const child of children) if (child) parent.appendChild(child);
  return parent;
}

/** Return a name of a code list in both languages (代码名称), as it is where there is no English one. */
function named(text, english) {
  return english[text] && english[text] !== text ? both([text, english[text]]) : element("span", text);
}

/** Return words in both languages (双语文字), of which the page shows one; words of the register stay as they are. */
function both(pair, values = {}, inEnglish = values) {
  const filled = (text, given) => text.replace(/\{(\w+)\}/g, (_, name) => given[name]);
  const chinese = element("span", filled(pair[0], values), "zh");
  const english = element("span", filled(pair[1], inEnglish), "tr");
  chinese.lang = "zh-CN";
  english.lang = "en";
  const out = document.createDocumentFragment();
  return put(out, chinese, english);
}
