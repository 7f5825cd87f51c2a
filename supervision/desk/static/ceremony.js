"use strict";
// Countdown of the ceremony: seconds go by between two answers of the desk, whose clock rules, not this machine's.
const pad = (number) => String(number).padStart(2, "0");
function tick() {
  for (const one of document.querySelectorAll("[data-until]")) {
    if (!one.dataset.began) one.dataset.began = String(performance.now());
    if (!/\d:\d/.test(one.textContent)) continue;
    const gone = performance.now() - Number(one.dataset.began);
    const seconds = Math.floor((Date.parse(one.dataset.until) - Date.parse(one.dataset.now) - gone) / 1000);
    if (seconds <= 0) {
      one.textContent = one.dataset.over;
      continue;
    }
    const hours = Math.floor(seconds / 3600);
    const rest = [hours % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(pad).join(":");
    one.textContent = `${Math.floor(hours / 24)} ${one.dataset.days} ${rest}`;
  }
}
tick();
setInterval(tick, 500);
