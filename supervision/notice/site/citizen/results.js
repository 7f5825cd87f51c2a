// 结果筛选 (filter of results): counts come from the index, rows from the files that hold them.

(() => {
  const ROWS = "rows";
  const STEP = 100;
  const form = document.getElementById("filter");
  if (!form) return;
  const all = document.getElementById("all");
  const out = document.getElementById("filtered");
  const body = out.querySelector("tbody");
  const said = out.querySelector("[role=status]");
  const more = out.querySelector(".more");
  let asked = 0;
  let next = null;

  function wanted(index) {
    const set = index.facets.map((name) => form.elements[name].value);
    return set.map((value, at) => (value ? index.listed[index.facets[at]].indexOf(value) : -1));
  }

  const fits = (row, want) => want.every((value, at) => value < 0 || row[at] === value);

  function cell(label, ...children) {
    const made = put(element("td"), put(element("span"), ...children));
    made.dataset.label = SAID[label][0];
    made.dataset.en = SAID[label][1];
    return made;
  }

  const second = (text, english = {}) => (text ? put(element("span", "", "id"), named(text, english)) : null);

  function line(row, number, index) {
    const value = Object.fromEntries(index.fields.map((name, at) => [name, row[at]]));
    for (const name of Object.keys(index.listed)) value[name] = index.listed[name][value[name]];
    const link = element("a", value.name);
    link.href = `../enterprise.html#${encodeURIComponent(value.unit_id)}`;
    const tasks = value.tasks.split(" ").filter((task) => index.tasks[task]);
    const drew = tasks.map((task) => second(index.tasks[task].join(" ")));
    const word = put(element("b"), both(SAID.corrected));
    const mark = value.correction ? put(element("span", "", "mark"), word, element("span", ` ${value.correction}`)) : null;
    const due = value.due ? put(element("span", "", "id"), both(SAID.due, { due: value.due })) : null;
    return put(
      element("tr"),
      put(element("td", String(number), "n no")),
      cell("unit", link, second(value.unit_id), second(value.region, index.english)),
      cell("agency", named(value.agency, index.english), second(value.office)),
      cell("checkedItem", element("span", value.item), ...drew),
      cell("day", element("span", value.inspected_on, "date")),
      cell("category", named(value.category, index.english), mark, second(value.follow_up, index.english)),
      cell("published", element("span", value.published_on || "—", "date"), due),
    );
  }

  /** Show what is chosen (显示筛选结果): the count at once, then rows, a hundred at a time. */
  async function show() {
    const mine = ++asked;
    const index = await load("results", 0, ROWS, "index");
    const want = wanted(index);
    if (mine !== asked) return;
    const active = want.some((value) => value >= 0);
    all.hidden = active;
    out.hidden = !active;
    body.replaceChildren();
    if (!active) return;
    const count = (file) => file.reduce((sum, one) => sum + (fits(one, want) ? one[want.length] : 0), 0);
    const sums = index.counts.map(count);
    const files = sums.flatMap((sum, at) => (sum ? [at + 1] : []));
    const total = sums.reduce((sum, one) => sum + one, 0);
    said.replaceChildren(both(SAID.matching, { count: total }));
    let left = [];
    let number = 0;
    next = async () => {
      const rows = left;
      while (rows.length < STEP && files.length) {
        const file = files.shift();
        rows.push(...(await load("rows", file, ROWS, String(file))).filter((row) => fits(row, want)));
      }
      if (mine !== asked) return;
      put(body, ...rows.slice(0, STEP).map((row) => line(row, ++number, index)));
      left = rows.slice(STEP);
      more.hidden = number >= total;
    };
    await next();
  }

  function failed(error) {
    said.replaceChildren(unread(error));
    out.hidden = false;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(out, show).catch(failed);
  });
  form.addEventListener("change", () => busy(out, show).catch(failed));
  more.addEventListener("click", () => busy(out, next).catch(failed));
  form.hidden = false;
})();
