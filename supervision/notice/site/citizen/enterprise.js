// 我的企业 (my enterprise): what is published of one unit – its own visits, why it was drawn, what is checked.

(() => {
  const page = document.getElementById("unit");
  const words = (text, tag = "span") => put(element(tag), both(SAID[text]));

  function facts(pairs) {
    const list = element("dl", "", "facts");
    for (const [name, value] of pairs) {
      const said = typeof value === "string" ? element("dd", value) : put(element("dd"), value);
      if (value) put(list, put(element("dt"), both(SAID[name])), said);
    }
    return list;
  }

  function heading(level, said, values = {}) {
    return put(element(`h${level}`), both(SAID[said], values));
  }

  function taskOf(task, english) {
    const said = (text) => (text ? named(text, english) : "");
    const window = task.start ? both(SAID.until, { start: task.start, end: task.end }) : null;
    return facts([
      ["task", task.name],
      ["number", task.number],
      ["cause", task.cause],
      ["regime", said(task.regime)],
      ["lead", said(task.lead)],
      ["partners", said(task.partners)],
      ["window", window],
      ["population", said(task.population)],
      ["ratio", said(task.ratio)],
    ]);
  }

  function itemOf(name, item = {}, english = {}) {
    return put(
      element("section", "", "item"),
      element("h4", name),
      facts([["content", item.content], ["basis", item.basis], ["method", item.method ? named(item.method, english) : ""]]),
    );
  }

  function resultOf(row, english) {
    const agency = put(element("span"), named(row.agency, english), element("span", row.office ? `　${row.office}` : ""));
    const published = element("span", row.published_on);
    if (row.due) put(published, element("span", "　"), both(SAID.due, { due: row.due }));
    return put(
      element("section", "", "item"),
      element("h4", row.item),
      facts([
        ["category", named(row.category, english)],
        ["day", row.inspected_on],
        ["agency", agency],
        ["followUp", row.follow_up ? named(row.follow_up, english) : ""],
        ["published", row.published_on ? published : ""],
        ["corrected", row.correction ? named(row.correction, english) : ""],
      ]),
    );
  }

  function changeOf(row, english) {
    const to = (text) => english[text] || text;
    const values = { ...row, day: row.corrected_on, field: `${row.agency} ${row.item} ${row.field}` };
    const field = `${to(row.agency)} ${row.item} ${to(row.field)}`;
    return put(element("li"), both(SAID.change, values, { ...values, old: to(row.old), new: to(row.new), field }));
  }

  function links(round) {
    const list = element("ul", "", "parts");
    for (const name of ["plan", "draw", "results", "verify"]) {
      const link = put(element("a"), both(SAID[name]));
      link.href = `${round}/${name}.html`;
      put(list, put(element("li"), link));
    }
    return list;
  }

  const columns = (fields) => (row) => Object.fromEntries(fields.map((name, at) => [name, row[at]]));

  async function roundOf(index, [number, listed, rows, changes]) {
    const round = index.rounds[number];
    const about = await load("round", round.round, SEARCH);
    const results = rows.map(columns(index.results));
    const drew = new Set([...listed, ...results.flatMap((row) => row.tasks.split(" ").filter(Boolean))]);
    const tasks = [...drew].sort().map((id) => about.tasks[id]).filter(Boolean);
    const items = new Set(results.map((row) => row.item));
    if (!results.length) for (const task of tasks) for (const item of task.items.split("、")) items.add(item);
    const title = heading(2, "round", { round: round.round });
    if (round.rehearsal) put(title, both(SAID.rehearsal));
    const out = put(element("section", "", "visit"), title);
    if (results.length) put(out, heading(3, "results"), ...results.map((row) => resultOf(row, index.english)));
    else put(out, put(element("p", "", "note"), both(SAID.waiting)));
    const corrections = changes.map(columns(index.corrections)).map((row) => changeOf(row, index.english));
    if (corrections.length) put(out, heading(3, "corrected"), put(element("ul"), ...corrections));
    if (tasks.length) put(out, heading(3, "drawn"), words("drawnBy", "p"), ...tasks.map((task) => taskOf(task, index.english)));
    put(out, heading(3, "checked"), ...[...items].filter(Boolean).map((item) => itemOf(item, about.items[item], index.english)));
    return put(out, heading(3, "pages"), links(round.round));
  }

  async function show() {
    const code = decodeURIComponent(location.hash.slice(1));
    document.getElementById("unit-none").hidden = Boolean(code);
    page.replaceChildren();
    if (!code) return;
    try {
      const [index, unit] = await Promise.all([load("index", 0, SEARCH, "index"), unitOf(code)]);
      if (!unit) {
        put(page, put(element("p", "", "note"), both(SAID.none, { text: code })));
        return;
      }
      const rounds = await Promise.all(unit[2].map((one) => roundOf(index, one)));
      put(page, element("h1", unit[1][0] || unit[0]), element("p", unit[0], "hex"), ...rounds.reverse());
      document.title = `${unit[1][0] || unit[0]} · ${document.title.split(" · ").pop()}`;
    } catch (error) {
      put(page, put(element("p", "", "alarm"), unread(error)));
    }
  }

  window.addEventListener("hashchange", () => busy(page, show));
  busy(page, show);
})();
