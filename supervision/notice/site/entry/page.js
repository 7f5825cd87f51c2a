// 页面 (the page itself): a code comes in by camera, photograph or typing; what is found is shown. Nothing is sent.

(() => {
  const at = (id) => document.getElementById(id);
  const KEY = "supervision-own-unit";
  const keys = JSON.parse(at("entry-keys").textContent);
  const state = { stream: null, code: null };

  function element(tag, className = "", ...children) {
    const out = document.createElement(tag);
    if (className) out.className = className;
    out.append(...children);
    return out;
  }

  /** Return a text in both languages, of which the page shows one (双语); a value is one text or a pair of them. */
  function both(code, values = {}) {
    const out = document.createDocumentFragment();
    WORDS[code].forEach((text, k) => {
      const said = text.replace(/\{(\w+)\}/g, (_, name) => Array.isArray(values[name]) ? values[name][k] : values[name]);
      const span = element("span", k ? "tr" : "zh", said);
      if (k) span.lang = "en";
      out.append(span);
    });
    return out;
  }

  function today() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return {
      day: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
      time: `${two(now.getHours())}:${two(now.getMinutes())}`,
      half: now.getHours() < 12 ? "T1" : "T2",
    };
  }

  function ownUnit() {
    return at("own-unit").value.replace(/\s+/g, "").toUpperCase();
  }

  function check(text) {
    const now = today();
    const { verdict, code } = judged(text, keys, now.day, ownUnit());
    const told = code ? { unit: code.unit, id: code.unitId, first: code.first, last: code.last, day: now.day } : {};
    state.code = ["valid", "early", "late", "other_unit"].includes(verdict) ? code : null;
    const out = element("div", `verdict ${verdict}`, element("p", "says", both(`verdict.${verdict}`, told)));
    for (const note of notes(verdict, code, now)) out.append(element("p", "", note));
    at("answer").replaceChildren(out, ...(code ? [facts(code)] : []));
    at("answer").focus();
  }

  function notes(verdict, code, now) {
    const out = [];
    if (code && code.rehearsal) out.push(both("note.rehearsal"));
    if (["forged", "unknown_key"].includes(verdict) && code) out.push(both("note.said_only"));
    if (verdict !== "valid") return out;
    const due = code.halves.filter((one) => one.startsWith(now.day)).map((one) => one.slice(10));
    if (!due.includes(now.half)) out.push(both("note.other_half", { half: ["、", ", "].map((mark, k) => due.map((one) => WORDS[`half.${one}`][k]).join(mark)) }));
    if (!ownUnit()) out.push(both("note.unit_not_said"));
    out.push(both("note.compare"));
    return out;
  }

  function facts(code) {
    const list = element("dl", "facts");
    const add = (name, ...values) => {
      list.append(element("dt", "", both(`fact.${name}`)), element("dd", "", ...values));
    };
    const lines = (pairs) => pairs.map(([one, two]) => element("div", "", two ? `${one}（${two}）` : one));
    add("unit", element("b", "", code.unit), element("div", "", code.unitId));
    add("office", code.office);
    add("when", ...code.halves.map((one) => element("div", "", `${one.slice(0, 10)} `, both(`half.${one.slice(10)}`))));
    add("people", ...lines(code.people));
    add("items", ...lines(code.items.map(([id, name]) => (name ? [name, id] : [id, ""]))));
    add("tasks", ...lines(code.tasks.map((one) => [one, ""])));
    add("visit", code.visit);
    add("round", code.round);
    add("commitment", element("span", "hex", code.commitment));
    add("number", element("span", "hex", code.number));
    return list;
  }

  async function photo(file) {
    const picture = await createImageBitmap(file).catch(() => null);
    const text = picture ? await seen(picture, picture.width, picture.height) : "";
    if (text) return take(text);
    at("answer").replaceChildren(element("p", "note", both("photo.none")));
  }

  function take(text) {
    at("code-text").value = text;
    check(text);
  }

  async function camera() {
    const asked = { video: { facingMode: "environment", width: { ideal: 1920 } }, audio: false };
    state.stream = await navigator.mediaDevices.getUserMedia(asked).catch(() => null);
    if (!state.stream) return at("answer").replaceChildren(element("p", "note", both("camera.none")));
    const video = at("video");
    video.srcObject = state.stream;
    video.hidden = false;
    await video.play();
    look(video);
  }

  async function look(video) {
    if (!state.stream) return;
    const text = video.videoWidth ? await seen(video, video.videoWidth, video.videoHeight, [1000]) : "";
    if (!text) return setTimeout(look, 150, video);
    stop(video);
    take(text);
  }

  function stop(video) {
    state.stream.getTracks().forEach((track) => track.stop());
    state.stream = null;
    video.hidden = true;
  }

  /** Write the check-in as a file of the register (扫码登记): one line, for whoever collects them. */
  function register() {
    const now = today();
    const cell = (text) => `"${text.replace(/"/g, '""')}"`;
    const unit = ownUnit() || (state.code ? state.code.unitId : "");
    const row = [unit, state.code ? state.code.number : "", now.day, now.time, at("place").value.trim()];
    const head = ["统一社会信用代码", "入企码编号", "扫码日期", "扫码时间", "扫码地点"];
    const text = `\ufeff${head.map(cell).join(",")}\r\n${row.map(cell).join(",")}\r\n`;
    const link = element("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = `checkins-${unit}-${now.day}-${now.time.replace(":", "")}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function remembered() {
    try {
      return localStorage.getItem(KEY) || "";
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return "";
    }
  }

  at("own-unit").value = remembered();
  at("own-unit").addEventListener("change", () => {
    try {
      localStorage.setItem(KEY, ownUnit());
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    }
  });
  at("photo").addEventListener("change", () => at("photo").files.length && photo(at("photo").files[0]));
  at("typed").addEventListener("submit", (event) => {
    event.preventDefault();
    check(at("code-text").value);
  });
  at("camera").addEventListener("click", camera);
  at("register").addEventListener("click", register);
  if (navigator.mediaDevices && navigator.mediaDevices.getUserMedia) at("camera").hidden = false;
  at("entry").hidden = false;
})();
