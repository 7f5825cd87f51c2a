// 首页检索 (search on the home page): shows units by name and code, each with a link to its own page.

(() => {
  const form = document.getElementById("search");
  const field = document.getElementById("search-text");
  const answer = document.getElementById("search-answer");
  let asked = 0;

  function line(unit) {
    const link = element("a", unit[1][0] || unit[0]);
    link.href = `enterprise.html#${encodeURIComponent(unit[0])}`;
    const count = put(element("span", "", "id"), element("span", `${unit[0]}　`));
    return put(element("li"), link, put(count, both(SAID.lines, { count: unit[2].length })));
  }

  async function answered(text) {
    const number = ++asked;
    const found = await search(text).catch((error) => ({ missing: unread(error) }));
    if (number !== asked) return;
    if (found.missing) {
      answer.replaceChildren(put(element("p", "", "alarm"), found.missing));
      return;
    }
    const said = found.said || (found.units.length ? "found" : "none");
    const count = found.units ? found.units.length : 0;
    answer.replaceChildren(put(element("p"), both(SAID[said], { text, count })));
    if (!count) return;
    put(answer, put(element("ul", "", "hits"), ...found.units.map(line)));
    if (found.more) put(answer, put(element("p"), both(SAID.many, { count: SHOWN })));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `#${encodeURIComponent(field.value.trim())}`);
    busy(answer, () => answered(field.value.trim()));
  });
  form.hidden = false;
  const given = decodeURIComponent(location.hash.slice(1));
  if (given && !document.getElementById(given)) {
    field.value = given;
    busy(answer, () => answered(given));
  }
})();
