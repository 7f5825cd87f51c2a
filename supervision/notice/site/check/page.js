// 页面 (the page itself): takes files, starts the worker, shows what it says. Nothing leaves this computer.

(() => {
  const at = (id) => document.getElementById(id);
  const source = at("checker").textContent;
  const settings = JSON.parse(at("check-settings").textContent);
  const state = { lang: 0, given: [], worker: null, shown: null, started: 0 };

  const pick = (pair) => pair[state.lang];
  const word = (code, values = {}) => pick(WORDS[code]).replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function element(tag, text = "", className = "") {
    const out = document.createElement(tag);
    out.textContent = text;
    if (className) out.className = className;
    return out;
  }

  function put(parent, ...children) {
    for (const child of children) if (child) parent.appendChild(child);
    return parent;
  }

  /** Take what was chosen (收下所选): public and audit folders have one name, so only single files replace each other. */
  function take(more) {
    const names = more.filter((one) => one.kind === "file").map((one) => one.name);
    state.given = [...state.given.filter((one) => one.kind !== "file" || !names.includes(one.name)), ...more];
    start();
  }

  function groupsOf(files) {
    const folders = new Map();
    const out = [];
    for (const file of files) {
      const path = file.webkitRelativePath || "";
      if (path) {
        const [top, ...rest] = path.split("/");
        folders.set(top, [...(folders.get(top) || []), [rest.join("/"), file]]);
      } else out.push(groupOf(file));
    }
    for (const [name, inside] of folders) out.push({ kind: "folder", name, files: inside });
    return out;
  }

  function groupOf(file) {
    return { kind: /\.zip$/i.test(file.name) ? "zip" : "file", name: file.name, files: [["", file]] };
  }

  /**
   * Read what was dropped (拖放). A page opened from a file may not read folders by their entries, one over plain http
   * not by their handles: both are asked for at once, since later nothing is given any more.
   */
  async function dropped(items) {
    const found = [...items]
      .filter((item) => item.kind === "file")
      .map((item) => ({
        file: item.getAsFile(),
        entry: item.webkitGetAsEntry ? item.webkitGetAsEntry() : null,
        handle: item.getAsFileSystemHandle ? item.getAsFileSystemHandle() : null,
      }));
    const out = [];
    for (const { file, entry, handle } of found) {
      if (!entry || entry.isFile) out.push(groupOf(file));
      else {
        const files = [];
        if (handle) await walkHandle(await handle, "", files);
        else await walk(entry, "", files);
        out.push({ kind: "folder", name: entry.name, files });
      }
    }
    return out;
  }

  async function walkHandle(folder, prefix, files) {
    for await (const [name, one] of folder.entries()) {
      if (one.kind === "file") files.push([prefix + name, await one.getFile()]);
      else await walkHandle(one, `${prefix}${name}/`, files);
    }
  }

  function fileOf(entry) {
    return new Promise((good, bad) => entry.file(good, bad));
  }

  async function walk(folder, prefix, files) {
    const reader = folder.createReader();
    for (;;) {
      const some = await new Promise((good, bad) => reader.readEntries(good, bad));
      if (!some.length) return;
      for (const entry of some) {
        if (entry.isFile) files.push([prefix + entry.name, await fileOf(entry)]);
        else await walk(entry, `${prefix}${entry.name}/`, files);
      }
    }
  }

  function stop() {
    if (state.worker) state.worker.terminate();
    state.worker = null;
    at("check-stop").hidden = at("check-bar").hidden = true;
  }

  function start() {
    stop();
    state.shown = { working: true };
    state.started = Date.now();
    const address = URL.createObjectURL(new Blob([source, "\nserve(self);\n"], { type: "text/javascript" }));
    state.worker = new Worker(address);
    URL.revokeObjectURL(address);
    state.worker.onmessage = ({ data }) => hear(data);
    state.worker.onerror = (event) => hear({ error: { code: "input.unreadable", values: { words: event.message } } });
    const unit = at("check-unit").value.trim();
    const { page, rules } = settings;
    state.worker.postMessage({ given: state.given, page, rules, unit, source });
    at("check-stop").hidden = at("check-bar").hidden = false;
    at("check-bar").removeAttribute("value");
    show();
  }

  function hear(message) {
    if (message.total !== undefined) {
      at("check-bar").max = message.total;
      at("check-bar").value = Math.min(message.done, message.total);
      return;
    }
    stop();
    state.shown = { ...message, seconds: (Date.now() - state.started) / 1000 };
    show();
    at("check-answer").focus({ preventScroll: true });
    at("check-answer").scrollIntoView({ block: "nearest" });
  }

  /** Show everything again, in the language of the moment (显示). */
  function show() {
    const { shown } = state;
    state.lang = document.documentElement.dataset.lang === "en" ? 1 : 0;
    at("check-chosen").replaceChildren(...state.given.map((one) => element("li", one.name)));
    at("check-clear").hidden = !state.given.length;
    const out = at("check-answer");
    out.replaceChildren();
    if (!shown) return;
    if (shown.working || shown.stopped) put(out, element("p", word(shown.working ? "state.working" : "state.stopped")));
    else if (shown.error) {
      const { code, values } = shown.error;
      put(out, banner("input", word("state.input"), word(code, values)));
    } else showReport(out, shown);
  }

  function banner(kind, title, words) {
    const box = element("div", "", `verdict ${kind}`);
    box.setAttribute("role", "status");
    return put(box, element("b", title), element("p", words));
  }

  function showReport(out, { report, own, seconds }) {
    const kind = { 0: "agrees", 5: "differs", 6: "alone" }[report.exit];
    const words = kind === "alone" ? pick(report.verdict) : word(`verdict.${kind}`);
    const box = banner(kind, word(`state.${kind}`), report.rehearsal ? `${words} ${word("verdict.rehearsal")}` : words);
    box.dataset.exit = report.exit;
    put(out, box);
    if (report.difference) put(out, differenceOf(report.difference));
    const last = report.difference ? report.steps.length - 1 : -1;
    listOf(out, "steps", report.steps, (k) => (k === last ? "✗" : "✓"));
    listOf(out, "unanchored", report.unanchored, () => "!");
    listOf(out, "checked", report.checked, () => "✓");
    if (report.sources.length) put(out, element("h3", word("part.sources")), sourcesOf(report.sources));
    listOf(out, "anchors", report.anchors, () => "✓");
    listOf(out, "unchecked", report.unchecked, () => "?");
    listOf(out, "remarks", report.remarks, () => "·");
    const time = element("span", ` · ${seconds.toFixed(1)} s`);
    put(out, put(element("p", word("own.digest"), "data"), element("span", own, "hex"), time));
  }

  function listOf(out, part, pairs, mark) {
    if (!pairs.length) return;
    const list = element("ul", "", `findings ${part}`);
    pairs.forEach((pair, k) => {
      const tick = element("span", mark(k), mark(k) === "✗" ? "tick cross" : "tick");
      // Options of the command line mean nothing on a page.
      const text = pick(pair).replace(/（[^（）]*--[a-z]+）| \([^()]*--[a-z]+\)/g, "");
      put(list, put(element("li"), tick, element("span", text)));
    });
    put(out, element("h3", word(`part.${part}`)), list);
  }

  function differenceOf({ name, section, where, value }) {
    const words = pick(settings.rules[name] ? settings.rules[name].slice(1) : OWN_RULES[name].slice(1));
    const list = element("dl", "", "facts");
    const condition = state.lang ? `${words} (section ${section}, ${name})` : `${words}（规程第 ${section} 节，${name}）`;
    for (const [code, text] of [["where.file", where], ["where.rule", condition], ["where.value", value]]) {
      if (text) put(list, element("dt", word(code)), element("dd", text, code === "where.rule" ? "" : "hex"));
    }
    const hint = name === "paths.audit_alone" ? element("p", word("hint.audit_alone"), "note") : null;
    return put(element("div"), list, hint);
  }

  function sourcesOf(lines) {
    const columns = ["round", "source", "issue", "values", "held"].map((name) => word(`column.${name}`));
    const table = element("table", "", "cards");
    const head = element("tr");
    for (const column of columns) {
      const cell = element("th", column);
      cell.scope = "col";
      put(head, cell);
    }
    const body = element("tbody");
    for (const [line] of lines) {
      const [, round, name, issue, values, held] = /^(\S+) (\S+) (\S+): (.*) \((.*)\)$/.exec(line);
      const time = held.replace("T", " ").replace("+08:00", "");
      const row = element("tr");
      [round, nameOf(name), issue, values, time].forEach((text, k) => {
        const cell = put(element("td"), element("span", text));
        cell.dataset.label = columns[k];
        put(row, cell);
      });
      put(body, row);
    }
    put(table, put(element("thead"), head), body);
    return put(element("div", "", "scroll"), table);
  }

  function nameOf(name) {
    const known = settings.names[name.replace(/-[0-9]+$/, "")];
    return known ? `${pick(known)} (${name})` : name;
  }

  for (const id of ["check-files", "check-folder"]) {
    at(id).addEventListener("change", (event) => {
      const chosen = groupsOf(event.target.files);
      event.target.value = "";
      if (chosen.length) take(chosen);
    });
  }
  const zone = at("check-zone");
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    dropped(event.dataTransfer.items).then(
      (chosen) => chosen.length && take(chosen),
      (error) => hear({ error: { code: "input.unreadable", values: { words: String(error) } } }),
    );
  });
  at("check-unit").addEventListener("change", () => state.given.length && start());
  at("check-stop").addEventListener("click", () => {
    stop();
    state.shown = { stopped: true };
    show();
  });
  at("check-clear").addEventListener("click", () => {
    stop();
    Object.assign(state, { given: [], shown: null });
    at("check-unit").value = "";
    show();
  });
  document.addEventListener("language", show);
  // A file that misses the marked place must not replace the page by itself.
  for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
  at("check-old").hidden = true;
  at("check").hidden = false;
  show();
})();
