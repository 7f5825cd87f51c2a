"use strict";
// Small helps of the desk's pages: asking before what cannot be taken back, and dropping files onto a form.
document.addEventListener("submit", (event) => {
  const asked = event.target.dataset.ask;
  if (asked && !window.confirm(asked)) event.preventDefault();
  // A second click would send the form twice; the button that was pressed is sent all the same.
  if (!event.defaultPrevented && event.target.method === "post" && !event.target.hasAttribute("hx-post")) {
    setTimeout(() => { for (const button of event.target.querySelectorAll("button")) button.disabled = true; }, 0);
  }
});
addEventListener("pageshow", () => { for (const button of document.querySelectorAll("button[disabled]")) button.disabled = false; });
for (const area of document.querySelectorAll(".drop")) {
  const field = area.querySelector("input[type=file]");
  for (const name of ["dragenter", "dragover"]) {
    area.addEventListener(name, (event) => { event.preventDefault(); area.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) area.addEventListener(name, () => area.classList.remove("over"));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
// Filters of a list act at once; without scripts their button does.
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form && "send" in form.dataset) form.requestSubmit();
});
for (const box of document.querySelectorAll(".tick-all")) {
  box.hidden = false;
  box.addEventListener("change", () => {
    for (const one of box.closest("form").querySelectorAll("input[name=row]")) one.checked = box.querySelector(".all").checked;
  });
}
