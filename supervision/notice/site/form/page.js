// 页面 (the form itself): visits in the order of the day, every change kept at once, a file at the end.

(() => {
  const at = (id) => document.getElementById(id);
  const form = JSON.parse(at("form").textContent);
  let answers = restored(form, keeping.kept(form.form));

  const say = (code, values = {}) => WORDS[code].replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function element(tag, values = {}, ...children) {
    const out = document.createElement(tag);
    for (const [name, value] of Object.entries(values)) {
      if (name in out) out[name] = value;
      else out.setAttribute(name, value);
    }
    out.append(...children);
    return out;
  }

  function two(number) {
    return String(number).padStart(2, "0");
  }

  function time() {
    const now = new Date();
    return `${two(now.getHours())}:${two(now.getMinutes())}`;
  }

  function changed() {
    const size = keeping.keep(form.form, answers);
    const told = { time: time(), bytes: `${Math.ceil(size / 1024)} KB` };
    at("kept").textContent = say(size < 0 ? (size === -1 ? "kept.none" : "kept.full") : "kept", told);
    at("kept").classList.toggle("alarm", size < 0);
    for (const visit of form.visits) tell(visit);
  }

  function tell(visit) {
    const answer = answers.visits[visit.visit_id];
    const box = at(`visit-${visit.visit_id}`);
    box.querySelector(".progress").textContent = say("progress", progress(visit, answer));
    const what = lacking(visit, answer).map((one) => say(`lacking.${one}`));
    box.querySelector(".lacking").textContent = what.length ? say("lacking", { what: what.join("、") }) : "";
  }

  /** A field that is kept as it is typed (填写栏). */
  function field(tag, label, value, set, values = {}) {
    const input = element(tag, values);
    if (tag === "select") for (const text of values.choices) input.append(element("option", { value: text, textContent: text }));
    input.value = value;
    input.addEventListener(tag === "select" ? "change" : "input", () => {
      set(input.value);
      changed();
    });
    return element("label", {}, element("span", { textContent: label }), input);
  }

  /** Some boxes to tick (多选). */
  function ticks(label, choices, value, set) {
    const out = element("fieldset", {}, element("legend", { textContent: label }));
    for (const [key, text] of choices) {
      const box = element("input", { type: "checkbox", checked: value.includes(key) });
      box.value = key;
      box.addEventListener("change", () => {
        set([...out.querySelectorAll("input")].filter((one) => one.checked).map((one) => one.value));
        changed();
      });
      out.append(element("label", { className: "tick" }, box, text));
    }
    return out;
  }

  /** The result of the item as national systems want it (单项结果): only what goes with the result is offered. */
  function itemResult(said) {
    const label = field("select", "单项结果", said.item_result, (text) => (said.item_result = text), { choices: [], className: "item-result" });
    const list = label.querySelector("select");
    const offer = () => {
      const choices = ["", ...agreeing(form, said.result)];
      list.replaceChildren(...choices.map((text) => element("option", { value: text, textContent: text })));
      if (!choices.includes(said.item_result)) said.item_result = "";
      list.value = said.item_result;
    };
    offer();
    return { label, offer };
  }

  function itemBox(item, said) {
    const out = element("section", { className: "item" }, element("h2", { textContent: item.item }));
    out.append(element("p", { className: "small", textContent: `${item.kind}　依据：${item.basis}` }));
    if (item.recorded === "yes") {
      out.append(element("p", { className: "done", textContent: "已有结果，更正请用工作簿" }));
      return out;
    }
    item.points.forEach((point, k) => {
      out.append(field("select", point, said.points[k], (text) => (said.points[k] = text), { choices: POINT_ANSWERS, className: "point" }));
    });
    const whole = itemResult(said);
    const entered = (text) => {
      said.result = text;
      whole.offer();
    };
    out.append(
      field("select", "检查结果", said.result, entered, { choices: ["", ...form.choices.result], className: "result" }),
      whole.label,
      ticks("检查方式", form.choices.method.map((one) => [one, one]), said.method, (list) => (said.method = list)),
      field("select", "后续处置", said.follow_up, (text) => (said.follow_up = text), { choices: ["", ...form.choices.follow_up] }),
      field("textarea", "检查情况", said.note, (text) => (said.note = text), { rows: 2, maxLength: 500 }),
    );
    return out;
  }

  function photos(answer) {
    const list = element("ul", { className: "photos" });
    const show = () => {
      list.replaceChildren(
        ...answer.photos.map((one, k) => {
          const drop = element("button", { type: "button", textContent: "移除", className: "quiet" });
          drop.addEventListener("click", () => {
            answer.photos.splice(k, 1);
            show();
            changed();
          });
          const name = say("photo.hashed", { name: one.name, size: Math.ceil(one.size / 1024) });
          return element("li", {}, element("span", { textContent: name }), drop, element("code", { textContent: one.sha256 }));
        }),
      );
    };
    const input = element("input", { type: "file", accept: "image/*", multiple: true });
    input.addEventListener("change", async () => {
      for (const file of [...input.files]) {
        const sha256 = sha256Hex(new Uint8Array(await file.arrayBuffer()));
        if (answer.photos.some((one) => one.sha256 === sha256)) window.alert(say("photo.again", { name: file.name }));
        else answer.photos.push({ name: file.name, sha256, size: file.size });
      }
      input.value = "";
      show();
      changed();
    });
    show();
    const label = element("span", { textContent: "照片（请先用相机拍好再选：原图留在手机里，结果文件只记文件名和摘要）" });
    return element("div", { className: "block" }, element("label", {}, label, input), list);
  }

  function signature(label, answer, name) {
    const canvas = element("canvas", { width: 640, height: 220, tabIndex: 0, className: `sign-${name}` });
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", label);
    const clear = signable(canvas, answer.signatures[name], (picture) => {
      answer.signatures[name] = picture;
      changed();
    });
    const button = element("button", { type: "button", textContent: "重签", className: "quiet" });
    button.addEventListener("click", clear);
    return element("div", { className: "block" }, element("span", { textContent: label }), canvas, button);
  }

  function facts(visit) {
    const list = element("dl", { className: "facts" });
    const add = (name, text) => text && list.append(element("dt", { textContent: name }), element("dd", { textContent: text }));
    add("代码", visit.unit_id);
    add("地址", `${visit.address} ${visit.street}`.trim());
    add("法定代表人", visit.legal_rep);
    add("联络", `${visit.contact} ${visit.phone}`.trim());
    add("同行机构", visit.partners);
    add("任务", visit.tasks);
    add("频次", visit.used);
    add("历次发现问题", visit.earlier);
    add("入企码编号", visit.code);
    return list;
  }

  function visitBox(visit) {
    const answer = answers.visits[visit.visit_id];
    const head = element("summary", {}, element("b", { textContent: `${visit.half}　${visit.name}` }));
    head.append(element("span", { className: "progress" }), element("span", { className: "lacking" }));
    const out = element("details", { id: `visit-${visit.visit_id}`, className: "visit" }, head, facts(visit));
    out.append(
      field("input", "检查日期", answer.date, (text) => (answer.date = text), { type: "date" }),
      field("input", "开始时间", answer.begun, (text) => (answer.begun = text), { type: "time" }),
      field("input", "结束时间", answer.ended, (text) => (answer.ended = text), { type: "time" }),
      ticks("检查人员", visit.inspectors.map((one) => [one.id, `${one.name}（${one.id}）`]), answer.inspectors, (list) => (answer.inspectors = list)),
      ...visit.items.map((item) => itemBox(item, answer.items[item.item_id])),
      photos(answer),
      field("textarea", "被检查单位意见", answer.opinion, (text) => (answer.opinion = text), { rows: 2, maxLength: 500 }),
      signature("被检查单位签名", answer, "unit"),
      field("input", "拒绝签名的理由", answer.refused, (text) => (answer.refused = text), { maxLength: 200 }),
      signature("检查人员签名", answer, "inspectors"),
      field("input", "审核人（检查人员以外的另一人）", answer.reviewer, (text) => (answer.reviewer = text), { maxLength: 40, className: "reviewer" }),
    );
    return out;
  }

  function save() {
    const now = new Date();
    const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    const made = resultFile(form, answers, `${day}T${time()}`);
    const name = `results-${form.office}-${form.day}.json`;
    if (made.rows.length) {
      const link = element("a", { href: URL.createObjectURL(new Blob([made.text], { type: "application/json" })), download: name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    }
    const told = { file: name, rows: made.rows.length, digest: made.digest.slice(0, 16) };
    at("saved").textContent = say(made.rows.length ? "saved" : "saved.nothing", told);
  }

  function show() {
    at("visits").replaceChildren(...form.visits.map(visitBox));
    changed();
  }

  at("save").addEventListener("click", save);
  at("clear").addEventListener("click", () => {
    if (!window.confirm(say("clear"))) return;
    keeping.forget(form.form);
    answers = blank(form);
    show();
  });
  show();
})();
